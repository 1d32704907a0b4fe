//! `ME`, `MY DATA`, `UNITS`.

use super::super::compose::{place_label, texts};
use super::super::decision::Decision;
use super::super::subscriber::Units;
use super::super::zone::Zone;
use super::breaks::next_words;
use super::turn::Turn;

/// What is set, what comes next, how the last one ended.
pub(super) fn status(turn: Turn<'_>) -> Decision {
    let mine = listed(&turn);
    if mine.is_empty() {
        let place = turn
            .me
            .last_place
            .as_ref()
            .map(|place| place_label(place, turn.me.country));
        return turn.answer(texts::status_none(place.as_deref()), "status");
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
        let day = match (today - last.date).get_days() {
            0 => "today".to_owned(),
            1 => "yesterday".to_owned(),
            _ => texts::month_day(last.date),
        };
        texts::last_words(&day, last.status)
    });
    let text = texts::status(&mine, Some(&next), last.as_deref());
    turn.answer(text, "status")
}

/// What we keep, in at most five segments.
pub(super) fn my_data(turn: Turn<'_>) -> Decision {
    let me = &turn.me;
    let since = me.created_at.to_zoned(Zone::utc().rules().clone()).date();
    let kept = texts::Kept {
        phone: me.phone.e164().to_owned(),
        since: format!("{}, {}", texts::month_day(since), since.year()),
        units: me.units().name(),
        place: me
            .last_place
            .as_ref()
            .map(|place| place_label(place, me.country)),
        subscriptions: listed(&turn),
    };
    turn.answer(texts::my_data(&kept), "my_data")
}

/// `UNITS F`.
pub(super) fn units(mut turn: Turn<'_>, units: Option<Units>) -> Decision {
    match units {
        Some(units) => {
            turn.me.units = Some(units);
            turn.answer(texts::units_set(units), "changed")
        }
        None => turn.answer(texts::which_units(), "which_units"),
    }
}

/// The daily texts, each with its break or trip.
fn listed(turn: &Turn<'_>) -> Vec<texts::Line> {
    let (reader, clock) = (turn.me.country, turn.clock());
    let mut lines = Vec::new();
    for mine in &turn.me.subscriptions {
        let mut line = texts::subscription_line(mine, reader, clock);
        let today = turn.today(&mine.place.zone);
        let until = |date| format!("until {}", texts::day_words(date, today));
        let away = mine.trip.as_ref().filter(|trip| trip.until >= today);
        let note = match (mine.pause, away) {
            (Some(pause), _) => pause.until.map_or_else(
                || "(paused)".to_owned(),
                |date| format!("(paused {})", until(date)),
            ),
            (None, Some(trip)) => format!(
                "({} {})",
                place_label(&trip.place, reader),
                until(trip.until)
            ),
            (None, None) => String::new(),
        };
        line.rest = format!("{} {note}", line.rest).trim().to_owned();
        lines.push(line);
    }
    lines
}
