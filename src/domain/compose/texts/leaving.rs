//! Stopping, starting again, ending one daily text, erasure.

use super::{Line, around, first_fit, listed, run_on};

/// The one confirmation of a stop that we handled ourselves.
#[must_use]
pub fn stopped() -> String {
    "weatherline: you are unsubscribed and will get no more texts. Reply START to get them again."
        .to_owned()
}

/// Once a day, to somebody who stopped us and asks for something.
#[must_use]
pub fn stop_notice() -> String {
    "You stopped our texts, so I can't answer. Reply START to get texts again.".to_owned()
}

/// Once a day, to somebody whose texts an operator or a dead line stopped.
#[must_use]
pub fn held_notice() -> String {
    "Texts to this number are stopped. Reply START to get them again.".to_owned()
}

/// START, and what it resumed.
#[must_use]
pub fn resumed(subscriptions: &[Line], next: &str) -> String {
    listed(subscriptions, false, |list| {
        format!("Welcome back! On again: {list}. Next comes {next}. Reply STOP to end, ? for help.")
    })
}

/// START, with nothing to resume.
#[must_use]
pub fn restarted() -> String {
    "weatherline: you're on. Text a town, postcode or airport for its weather, or DAILY and a place for every morning. \
     STOP to end, ? for help."
        .to_owned()
}

/// START, when nothing was stopped.
#[must_use]
pub fn already_on(subscriptions: &[Line], next: &str) -> String {
    listed(subscriptions, false, |list| {
        format!("You're on: {list}. Next comes {next}. Reply STOP to end, ? for help.")
    })
}

/// The end of one daily text.
#[must_use]
pub fn ended_one(label: &str, others: &[Line]) -> String {
    if others.is_empty() {
        return around(label, |label| {
            format!(
                "Ended: no more daily texts for {label}. You have no others. Text a place any time; STOP ends all texts."
            )
        });
    }
    let rest = run_on(others);
    first_fit([
        format!("Ended: no more daily texts for {label}. Still on: {rest}. STOP ends all."),
        around(label, |label| {
            format!(
                "Ended: no more daily texts for {label}. {} others go on. ME lists them, STOP ends all.",
                others.len()
            )
        }),
    ])
}

/// "STOP paris", and Paris is not mine.
#[must_use]
pub fn not_yours(named: &str, mine: &[Line]) -> String {
    if mine.is_empty() {
        return around(named, |named| {
            format!("You have no daily text for {named}. Text DAILY and a place to get one.")
        });
    }
    let first = around(named, |named| {
        format!("You have no daily text for {named}. ME lists yours. Reply STOP to end all texts.")
    });
    let list = run_on(mine);
    first_fit([
        format!("You have no daily text for {named}. Yours: {list}. Reply STOP to end all texts."),
        first,
    ])
}

/// Before everything is erased.
#[must_use]
pub fn delete_question() -> String {
    "This erases all I keep about your number: places, daily texts, messages. No more texts will come. Reply DELETE to do it."
        .to_owned()
}

/// NO to that question.
#[must_use]
pub fn not_erased() -> String {
    "OK, nothing is erased. STOP ends all texts without erasing anything.".to_owned()
}

/// Everything is erased.
#[must_use]
pub fn erased() -> String {
    "weatherline: all about your number is erased and no more texts will come. Goodbye!".to_owned()
}
