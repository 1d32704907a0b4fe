//! `ME`, `MY DATA`, `UNITS`, `LANGUAGE`.

use super::super::compose::texts::{self, Day};
use super::super::decision::Decision;
use super::super::language::Language;
use super::super::subscriber::Units;
use super::super::zone::Zone;
use super::breaks::next_words;
use super::turn::Turn;

/// What is set, what comes next, how the last one ended.
pub(super) fn status(turn: Turn<'_>) -> Decision {
    let mine = listed(&turn);
    if mine.is_empty() {
        let place = turn.me.last_place.as_ref().map(|place| turn.label(place));
        let text = texts::status_none(turn.language(), place.as_deref());
        return turn.answer(text, "status");
    }
    let running = (0..turn.me.subscriptions.len())
        .filter(|at| turn.me.subscriptions[*at].pause.is_none())
        .min_by_key(|at| turn.me.subscriptions[*at].next.map(|next| next.at));
    let next = next_words(&turn, running.unwrap_or(0));
    let last = turn.facts.last.map(|last| {
        let zone = turn
            .me
            .own_place()
            .map_or_else(Zone::utc, |place| place.zone.clone());
        let today = turn.today(&zone);
        texts::last_words(turn.language(), last.date, today, last.status)
    });
    let text = texts::status(turn.language(), &mine, Some(&next), last.as_deref());
    turn.answer(text, "status")
}

/// What we keep, in at most five segments.
pub(super) fn my_data(turn: Turn<'_>) -> Decision {
    let me = &turn.me;
    let since = me.created_at.to_zoned(Zone::utc().rules().clone()).date();
    let kept = texts::Kept {
        phone: me.phone.e164().to_owned(),
        since,
        units: me.units(),
        language: me.language.or(me.heard),
        place: me.last_place.as_ref().map(|place| turn.label(place)),
        subscriptions: listed(&turn),
    };
    let text = texts::my_data(turn.language(), &kept);
    turn.answer(text, "my_data")
}

/// `UNITS F`.
pub(super) fn units(mut turn: Turn<'_>, units: Option<Units>) -> Decision {
    match units {
        Some(units) => {
            turn.me.units = Some(units);
            let text = texts::units_set(turn.language(), units);
            turn.answer(text, "changed")
        }
        None => turn.say(texts::which_units, "which_units"),
    }
}

/// `LANGUAGE es`: answered in the new one.
pub(super) fn language(mut turn: Turn<'_>, language: Option<Language>) -> Decision {
    match language {
        Some(language) => {
            turn.me.language = Some(language);
            turn.say(texts::language_set, "language")
        }
        None => turn.say(texts::which_language, "language"),
    }
}

/// The daily texts, each with its break or trip.
fn listed(turn: &Turn<'_>) -> Vec<texts::Line> {
    let (reader, clock, language) = (turn.me.country, turn.clock(), turn.language());
    let mut lines = Vec::new();
    for mine in &turn.me.subscriptions {
        let mut line = texts::subscription_line(language, mine, reader, clock);
        let today = turn.today(&mine.place.zone);
        let away = mine.trip.as_ref().filter(|trip| trip.until >= today);
        let note = match (mine.pause, away) {
            (Some(pause), _) => {
                let until = pause.until.map(|date| Day::of(date, today));
                texts::paused_note(language, until)
            }
            (None, Some(trip)) => {
                let label = turn.label(&trip.place);
                texts::trip_note(language, &label, Day::of(trip.until, today))
            }
            (None, None) => String::new(),
        };
        line.rest = format!("{} {note}", line.rest).trim().to_owned();
        lines.push(line);
    }
    lines
}
