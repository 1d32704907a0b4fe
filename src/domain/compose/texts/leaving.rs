//! Stopping, starting again, ending one daily text, erasure.

use super::say::Say;
use super::{Line, around, first_fit, listed, run_on};
use crate::domain::language::Language;

/// The one confirmation of a stop that we handled ourselves.
#[must_use]
pub fn stopped(language: Language) -> String {
    Say::Stopped.text(language).to_owned()
}

/// Once a day, to somebody who stopped us and asks for something.
#[must_use]
pub fn stop_notice(language: Language) -> String {
    Say::StopNotice.text(language).to_owned()
}

/// Once a day, to somebody whose texts an operator or a dead line stopped.
#[must_use]
pub fn held_notice(language: Language) -> String {
    Say::HeldNotice.text(language).to_owned()
}

/// START, and what it resumed.
#[must_use]
pub fn resumed(language: Language, subscriptions: &[Line], next: &str) -> String {
    listed(language, subscriptions, false, |list| {
        Say::Resumed.fill(language, &[("list", list), ("next", next)])
    })
}

/// START, with nothing to resume.
#[must_use]
pub fn restarted(language: Language) -> String {
    Say::Restarted.text(language).to_owned()
}

/// START of somebody of whom we have kept no more than that they left.
#[must_use]
pub fn restarted_anew(language: Language) -> String {
    Say::RestartedAnew.text(language).to_owned()
}

/// START, when nothing was stopped.
#[must_use]
pub fn already_on(language: Language, subscriptions: &[Line], next: &str) -> String {
    listed(language, subscriptions, false, |list| {
        Say::AlreadyOn.fill(language, &[("list", list), ("next", next)])
    })
}

/// The end of one daily text.
#[must_use]
pub fn ended_one(language: Language, label: &str, others: &[Line]) -> String {
    if others.is_empty() {
        return around(label, |label| {
            Say::EndedLast.fill(language, &[("place", label)])
        });
    }
    let (rest, count) = (run_on(others), others.len().to_string());
    first_fit([
        Say::EndedOne.fill(language, &[("place", label), ("list", &rest)]),
        around(label, |label| {
            Say::EndedOneOfMany.fill(language, &[("place", label), ("count", &count)])
        }),
    ])
}

/// "STOP paris", and Paris is not mine.
#[must_use]
pub fn not_yours(language: Language, named: &str, mine: &[Line]) -> String {
    if mine.is_empty() {
        return around(named, |named| {
            Say::NotYoursNorAny.fill(language, &[("place", named)])
        });
    }
    first_fit([
        Say::NotYours.fill(language, &[("place", named), ("list", &run_on(mine))]),
        around(named, |named| {
            Say::NotYoursShort.fill(language, &[("place", named)])
        }),
    ])
}

/// Before everything is erased.
#[must_use]
pub fn delete_question(language: Language) -> String {
    Say::DeleteQuestion.text(language).to_owned()
}

/// NO to that question.
#[must_use]
pub fn not_erased(language: Language) -> String {
    Say::NotErased.text(language).to_owned()
}

/// Everything is erased.
#[must_use]
pub fn erased(language: Language) -> String {
    Say::Erased.text(language).to_owned()
}
