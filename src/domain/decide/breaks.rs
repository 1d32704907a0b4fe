//! `PAUSE`, `RESUME`, `SKIP`, `TRIP`.

use jiff::ToSpan;
use jiff::civil::Date;

use super::super::command::{Span, TripWish, When, Which};
use super::super::compose::texts::{self, Day};
use super::super::compose::{clock_words, weekday_short};
use super::super::decision::Decision;
use super::super::forecast::Window;
use super::super::place::Place;
use super::super::schedule::next_slot;
use super::super::subscriber::{Pause, Question, Subscription, Trip};
use super::answering::{FoundPlace, find};
use super::daily::{in_full, not_picked, which};
use super::mine::{Pick, pick};
use super::turn::Turn;

/// `PAUSE`, `PAUSE until fri`, `PAUSE paris 5 days`.
pub(super) fn pause(mut turn: Turn<'_>, which_one: &Which, span: Option<Span>) -> Decision {
    let these = match pick(&turn, which_one) {
        Pick::These(these) => these,
        other => return not_picked(turn, other, None),
    };
    for at in &these {
        let until = span.and_then(|span| first_after(&turn, &turn.me.subscriptions[*at], span));
        turn.me.subscriptions[*at].pause = Some(Pause { until });
    }
    let first = these.first().copied().unwrap_or(0);
    let label = label_of(&turn, &these);
    let text = match turn.me.subscriptions[first]
        .pause
        .and_then(|pause| pause.until)
    {
        Some(_) => texts::paused_until(turn.language(), &label, &next_words(&turn, first)),
        None => texts::paused(turn.language(), &label),
    };
    turn.answer(text, "paused")
}

/// `RESUME`: ends breaks, and takes a SKIP back.
pub(super) fn resume(mut turn: Turn<'_>, which_one: &Which) -> Decision {
    let paused = |mine: &Subscription| mine.pause.is_some() || mine.skip.is_some();
    let which_one = match which_one {
        Which::Unsaid if turn.chosen.subscription.is_none() => &Which::All,
        said => said,
    };
    let these = match pick(&turn, which_one) {
        Pick::These(these) => these,
        other => return not_picked(turn, other, None),
    };
    let breaks: Vec<usize> = these
        .iter()
        .copied()
        .filter(|at| paused(&turn.me.subscriptions[*at]))
        .collect();
    let now = turn.now;
    for at in &breaks {
        let mine = &mut turn.me.subscriptions[*at];
        mine.pause = None;
        mine.skip = None;
        mine.reschedule(now);
    }
    let about = if breaks.is_empty() { &these } else { &breaks };
    let first = about.first().copied().unwrap_or(0);
    let (label, next) = (label_of(&turn, about), next_words(&turn, first));
    let text = if breaks.is_empty() {
        texts::not_paused(turn.language(), &label, &next)
    } else {
        texts::resumed_one(turn.language(), &label, &next)
    };
    turn.answer(text, "resumed")
}

/// `SKIP`, `SKIP tomorrow`, `SKIP fri paris`.
pub(super) fn skip(mut turn: Turn<'_>, which_one: &Which, day: Option<When>) -> Decision {
    let at = match pick(&turn, which_one) {
        Pick::These(these) => these.first().copied().unwrap_or(0),
        other => return not_picked(turn, other, None),
    };
    let mine = &turn.me.subscriptions[at];
    let today = turn.today(&mine.place.zone);
    let due = mine.next.map(|next| next.date);
    let date = match day {
        None => due,
        Some(day) => Some(date_of(day, today)),
    };
    let label = label_of(&turn, &[at]);
    let Some(date) = date.filter(|date| is_due_on(mine, *date)) else {
        let language = turn.language();
        let day = date.map_or_else(
            || texts::then(language),
            |date| Day::of(date, today).on(language),
        );
        let text = texts::nothing_to_skip(language, &label, &day, &next_words(&turn, at));
        return turn.answer(text, "nothing_to_skip");
    };
    turn.me.subscriptions[at].skip = Some(date);
    let text = texts::skipped(
        turn.language(),
        &label,
        &Day::of(date, today).on(turn.language()),
        &after_words(&turn, at, date),
    );
    turn.answer(text, "skipped")
}

fn is_due_on(mine: &Subscription, date: Date) -> bool {
    mine.days.contains(date.weekday()) && mine.next.is_some_and(|next| date >= next.date)
}

fn date_of(day: When, today: Date) -> Date {
    let ahead = |days: i32| today.checked_add(days.days()).unwrap_or(today);
    match day {
        When::InDays(days) => ahead(i32::from(days)),
        When::Window(Window::Tomorrow) => ahead(1),
        When::Window(Window::Weekday(day)) => {
            let days = (day.to_monday_zero_offset() - today.weekday().to_monday_zero_offset())
                .rem_euclid(7);
            ahead(i32::from(days))
        }
        When::Window(_) => today,
        // The window of a date is its weekday, this far ahead.
        When::On { .. } | When::Slashed(..) => match day.window(today, None) {
            Some(window @ (Window::Tomorrow | Window::Weekday(_))) => {
                date_of(When::Window(window), today)
            }
            _ => today,
        },
    }
}

/// `TRIP paris 5 days`, `TRIP over`.
pub(super) fn trip(turn: Turn<'_>, wish: &TripWish) -> Decision {
    if wish.over {
        return trip_over(turn);
    }
    if turn.me.subscriptions.is_empty() {
        return not_picked(turn, Pick::NoneYet, None);
    }
    let Some(typed) = &wish.place else {
        let mut turn = turn;
        let text = turn.text();
        turn.ask(Question::Where { text });
        return turn.say(texts::trip_how, "trip_how");
    };
    match (find(turn, typed), wish.span) {
        (Ok(FoundPlace { place, turn, .. }), Some(span)) => set_trip(turn, place, span),
        (Ok(FoundPlace { place, turn, .. }), None) => ask_how_long(turn, place),
        (Err(decision), _) => *decision,
    }
}

fn ask_how_long(mut turn: Turn<'_>, place: Place) -> Decision {
    let text = texts::trip_how_long(turn.language(), &turn.label(&place));
    turn.ask(Question::HowLong { place });
    turn.answer(text, "trip_how")
}

fn set_trip(mut turn: Turn<'_>, away: Place, span: Span) -> Decision {
    let at = match pick(&turn, &Which::Unsaid) {
        Pick::These(these) => these.first().copied().unwrap_or(0),
        _ => {
            let text = format!("TRIP {} {}", in_full(&away), span_words(span));
            return which(turn, Some(text));
        }
    };
    let until = last_of(&turn, &turn.me.subscriptions[at], &away, span);
    let now = turn.now;
    let today = turn.today(&away.zone);
    let clock = turn.clock();
    let mine = &mut turn.me.subscriptions[at];
    mine.trip = Some(Trip {
        place: away.clone(),
        until,
    });
    mine.reschedule(now);
    let home = mine.place.clone();
    turn.me.last_place = Some(away.clone());
    let mine = &turn.me.subscriptions[at];
    let time = clock_words(mine.time, clock);
    let until = Day::of(until, today);
    let (away, home) = (turn.label(&away), turn.label(&home));
    let text = texts::trip_set(turn.language(), &away, &home, &time, until);
    turn.answer(text, "trip")
}

fn trip_over(mut turn: Turn<'_>) -> Decision {
    let now = turn.now;
    let away: Vec<usize> = (0..turn.me.subscriptions.len())
        .filter(|at| turn.me.subscriptions[*at].trip.is_some())
        .collect();
    let Some(first) = away.first().copied() else {
        return turn.say(texts::no_trip, "trip_how");
    };
    for at in &away {
        let mine = &mut turn.me.subscriptions[*at];
        mine.trip = None;
        mine.reschedule(now);
    }
    let (home, next) = (label_of(&turn, &away), next_words(&turn, first));
    let text = texts::trip_over(turn.language(), &home, &next);
    turn.answer(text, "trip")
}

/// The span as the grammar reads it.
fn span_words(span: Span) -> String {
    match span {
        Span::Days(days) => format!("{days} days"),
        Span::Until(day) => format!("until {}", weekday_short(day)),
        Span::UntilDate { month, day } => format!("until {} {day}", month_name(month)),
        Span::UntilTomorrow => "until tomorrow".to_owned(),
    }
}

/// `dec`, for 12.
fn month_name(month: i8) -> &'static str {
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    usize::try_from(month - 1)
        .ok()
        .and_then(|at| MONTHS.get(at))
        .unwrap_or(&"")
}

/// The first local date after a break.
fn first_after(turn: &Turn<'_>, mine: &Subscription, span: Span) -> Option<Date> {
    let today = turn.today(&mine.place.zone);
    let begins = begins(mine, today);
    match span {
        Span::Days(days) => begins.checked_add(i32::from(days).days()).ok(),
        until => Some(named_date(until, today)),
    }
}

/// The last local date of a trip.
fn last_of(turn: &Turn<'_>, mine: &Subscription, away: &Place, span: Span) -> Date {
    let today = turn.today(&away.zone);
    let begins = begins(mine, today);
    match span {
        Span::Days(days) => begins
            .checked_add((i32::from(days) - 1).days())
            .unwrap_or(begins),
        until => named_date(until, today),
    }
}

/// Today, when today's text is still to come; else tomorrow.
fn begins(mine: &Subscription, today: Date) -> Date {
    let to_come = mine.next.is_some_and(|next| next.date <= today);
    if to_come {
        today
    } else {
        today.tomorrow().unwrap_or(today)
    }
}

/// `until fri`, said on a Friday, is the next one; a day of the year that has passed is next year's.
fn named_date(span: Span, today: Date) -> Date {
    let ahead = |days: i32| today.checked_add(days.days()).unwrap_or(today);
    match span {
        Span::Days(days) => ahead(i32::from(days)),
        Span::UntilTomorrow => ahead(1),
        Span::Until(day) => {
            let days = (day.to_monday_zero_offset() - today.weekday().to_monday_zero_offset() - 1)
                .rem_euclid(7)
                + 1;
            ahead(i32::from(days))
        }
        Span::UntilDate { month, day } => [today.year(), today.year().saturating_add(1)]
            .into_iter()
            .filter_map(|year| Date::new(year, month, day).ok())
            .find(|date| *date > today)
            .unwrap_or_else(|| ahead(1)),
    }
}

/// When the next text really comes: `tomorrow at 7am`, past a break and a skipped date.
pub(super) fn next_words(turn: &Turn<'_>, at: usize) -> String {
    let mine = &turn.me.subscriptions[at];
    let from = match mine.pause {
        Some(Pause { until: None }) => return texts::after_resume(turn.language()),
        Some(Pause { until }) => until,
        None => mine.next.map(|next| next.date),
    };
    from.map_or_else(String::new, |from| words_from(turn, mine, from))
}

fn after_words(turn: &Turn<'_>, at: usize, date: Date) -> String {
    let mine = &turn.me.subscriptions[at];
    words_from(turn, mine, date.tomorrow().unwrap_or(date))
}

fn words_from(turn: &Turn<'_>, mine: &Subscription, from: Date) -> String {
    let zone = &mine.place_on(from).zone;
    let before = from.yesterday().ok().max(mine.last_date);
    let slot = next_slot(mine.time, mine.days, zone, turn.now, before)
        .filter(|slot| Some(slot.date) != mine.skip)
        .or_else(|| next_slot(mine.time, mine.days, zone, turn.now, mine.skip));
    let today = turn.today(zone);
    let day = slot.map(|slot| Day::of(slot.date, today));
    texts::next_at(turn.language(), day, mine.time, turn.clock())
}

/// The label of one, or how many there are.
fn label_of(turn: &Turn<'_>, these: &[usize]) -> String {
    match these {
        [one] => turn.label(&turn.me.subscriptions[*one].place),
        many => texts::all_daily(turn.language(), many.len()),
    }
}
