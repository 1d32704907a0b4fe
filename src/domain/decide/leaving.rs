//! STOP, START, the end of one daily text, DELETE ME. An opt-out is honoured from everywhere, at once, past every limit.

use jiff::SignedDuration;

use super::super::command::words::fold;
use super::super::command::{Asked, PlaceText, When, Which};
use super::super::compose::texts;
use super::super::decision::{ConsentKind, Decision};
use super::super::facts::within;
use super::super::place::Resolution;
use super::super::subscriber::{Question, Standing, StoppedBy};
use super::breaks::next_words;
use super::daily::{names, not_picked};
use super::mine::{Pick, called, is_called, pick};
use super::turn::Turn;
use super::{answering, stopped_by};

/// A stop by the words of this text.
pub(super) fn stop_by_words(turn: Turn<'_>) -> Decision {
    let by = stopped_by(turn.inbound, turn.rules);
    stop(turn, by)
}

/// Stops everything. One confirmation, unless the carrier has given it; none to somebody who had stopped us already.
pub(super) fn stop(mut turn: Turn<'_>, by: StoppedBy) -> Decision {
    let confirmed = matches!(
        turn.me.standing,
        Standing::Stopped {
            by: StoppedBy::Carrier | StoppedBy::Us,
            ..
        }
    );
    let at = match turn.me.standing {
        Standing::Stopped { at, .. } if confirmed => at,
        _ => turn.now,
    };
    turn.me.standing = Standing::Stopped { at, by };
    turn.me.pending = None;
    turn.me.stop_notice_at = None;
    turn.log(ConsentKind::Stop);
    let silent = by == StoppedBy::Carrier || confirmed || !turn.is_country_allowed();
    let answer = (!silent).then(|| texts::stopped(turn.language()));
    turn.end(answer, "stopped")
}

/// Once a day: that they stopped us, and how to come back.
pub(super) fn notice(mut turn: Turn<'_>, by: StoppedBy) -> Decision {
    let today = turn
        .me
        .stop_notice_at
        .is_some_and(|at| within(at, SignedDuration::from_hours(24), turn.now));
    if today {
        return Decision::silence("stopped");
    }
    turn.me.stop_notice_at = Some(turn.now);
    let say = if by == StoppedBy::Us {
        texts::stop_notice
    } else {
        texts::held_notice
    };
    turn.say(say, "stopped")
}

/// Resumes exactly what was stopped, or says how to begin.
pub(super) fn start(mut turn: Turn<'_>) -> Decision {
    if !turn.is_country_allowed() {
        return Decision::silence("country");
    }
    let was_stopped = turn.me.standing != Standing::Active;
    turn.me.standing = Standing::Active;
    turn.me.stop_notice_at = None;
    turn.me.pending = None;
    let now = turn.now;
    if was_stopped {
        for mine in &mut turn.me.subscriptions {
            mine.reschedule(now);
        }
        turn.log(ConsentKind::Start);
    }
    let soonest = (0..turn.me.subscriptions.len())
        .min_by_key(|at| turn.me.subscriptions[*at].next.map(|next| next.at));
    let text = match soonest {
        None if turn.facts.is_forgotten => texts::restarted_anew(turn.language()),
        None => texts::restarted(turn.language()),
        Some(soonest) => {
            let clock = turn.clock();
            let mine: Vec<texts::Line> = turn
                .me
                .subscriptions
                .iter()
                .map(|mine| texts::subscription_line(turn.language(), mine, turn.me.country, clock))
                .collect();
            let next = next_words(&turn, soonest);
            if was_stopped {
                texts::resumed(turn.language(), &mine, &next)
            } else {
                texts::already_on(turn.language(), &mine, &next)
            }
        }
    };
    turn.answer(text, "started")
}

/// "STOP paris": ends it where it is mine, tells of the others where it is another place, and is an opt-out otherwise.
pub(super) fn end_named(
    turn: Turn<'_>,
    named: &str,
    stops: bool,
    whole: &str,
    when: Option<When>,
) -> Decision {
    let mine = called(&turn.me.subscriptions, named);
    if !mine.is_empty() {
        return end_one(turn, &mine);
    }
    if is_whole_place(&turn, whole, named) {
        let asked = Asked {
            place: Some(PlaceText {
                text: whole.to_owned(),
                ..PlaceText::default()
            }),
            when: None,
        };
        return answering::forecast(turn, &asked);
    }
    let is_a_place = is_other_place(&turn, named);
    if stops && !is_a_place {
        return stop_by_words(turn);
    }
    let place = |text: &str| PlaceText {
        text: text.to_owned(),
        ..PlaceText::default()
    };
    if is_a_place && when.is_some() {
        let place = Some(place(named));
        return answering::forecast(turn, &Asked { place, when });
    }
    let removes = ["delete", "remove"]
        .iter()
        .any(|word| fold(whole).contains(word));
    if !stops && !is_a_place && !removes {
        // "Quit Creek": some place, but not mine, and none that we know.
        return answering::unknown_place(turn, &place(whole));
    }
    let others = names(&turn);
    let text = texts::not_yours(turn.language(), named, &others);
    turn.answer(text, "not_yours")
}

/// Whether "stop paris" of somebody without daily texts ends everything: not when it is a place as a whole ("End Moor"), nor
/// when a weaker word than STOP stands before a real place ("Quit MN").
pub(super) fn ends_all(turn: &Turn<'_>, named: &str, whole: &str, asks: bool) -> bool {
    if is_whole_place(turn, whole, named) || (asks && is_other_place(turn, named)) {
        return false;
    }
    let strong = fold(whole)
        .split(' ')
        .any(|word| word.starts_with("stop") || word.starts_with("unsub") || word == "optout");
    strong || !is_other_place(turn, named)
}

/// The first reading is the whole text, and counts only when the place has the stop word in its name.
fn is_whole_place(turn: &Turn<'_>, whole: &str, named: &str) -> bool {
    let found = matches!(
        turn.facts.resolution,
        Some(Resolution::Certain(_) | Resolution::Choice(_))
    );
    found && turn.facts.reading == 0 && !is_other_place(turn, named) && whole != named
}

fn is_other_place(turn: &Turn<'_>, named: &str) -> bool {
    match &turn.facts.resolution {
        Some(found @ (Resolution::Certain(_) | Resolution::Choice(_))) => found
            .places()
            .iter()
            .any(|candidate| is_called(&candidate.place, named)),
        _ => false,
    }
}

/// The end of one of mine, named or chosen; asks which where it is not said.
pub(super) fn end_of(turn: Turn<'_>, which: &Which) -> Decision {
    match pick(&turn, which) {
        Pick::These(these) => end_one(turn, &these),
        other => not_picked(turn, other, None),
    }
}

/// Ends one daily text (or all that are called so).
pub(super) fn end_one(mut turn: Turn<'_>, these: &[usize]) -> Decision {
    let label = these
        .first()
        .map(|at| turn.label(&turn.me.subscriptions[*at].place))
        .unwrap_or_default();
    let mut at = 0;
    turn.me.subscriptions.retain(|_| {
        at += 1;
        !these.contains(&(at - 1))
    });
    turn.me.pending = None;
    turn.log(ConsentKind::Stop);
    let others = names(&turn);
    let text = texts::ended_one(turn.language(), &label, &others);
    turn.answer(text, "ended")
}

/// DELETE ME asks once.
pub(super) fn ask_to_erase(mut turn: Turn<'_>) -> Decision {
    turn.ask(Question::DeleteMe);
    turn.say(texts::delete_question, "delete_me")
}

/// And then erases.
pub(super) fn erase(mut turn: Turn<'_>) -> Decision {
    turn.log(ConsentKind::Erase);
    let reply = texts::erased(turn.language());
    Decision {
        subscriber: None,
        erase: true,
        ..turn.end(Some(reply), "erased")
    }
}
