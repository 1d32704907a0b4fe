//! `DAILY`, and what changes a daily text: `TIME`, `DAYS`, `PLACE`.

use super::super::command::{DailyWish, PlaceText, Which};
use super::super::compose::{clock_words, texts};
use super::super::decision::{ConsentKind, Decision};
use super::super::place::Place;
use super::super::schedule::{Days, SendTime, slot_on};
use super::super::subscriber::{Channel, Condition, Question, Subscription};
use super::MAX_SUBSCRIPTIONS;
use super::answering::{FoundPlace, find, is_no_place};
use super::calling::can_call;
use super::mine::{Pick, is_same, pick};
use super::turn::Turn;

/// `DAILY [place] [time] [days] [if …]`.
pub(super) fn daily(turn: Turn<'_>, wish: &DailyWish) -> Decision {
    if wish.channel == Some(Channel::Call) && !can_call(turn.rules) {
        return turn.say(texts::no_calls, "no_calls");
    }
    if wish.bad_time {
        return turn.say(texts::bad_time, "bad_time");
    }
    // "can I get this daily" names no place.
    let nameless = |typed: &&PlaceText| typed.inside.is_nameless() && is_no_place(&turn);
    if let Some(typed) = wish.place.as_ref().filter(|typed| !nameless(typed)) {
        return match find(turn, typed) {
            Ok(FoundPlace { place, whole, turn }) => {
                let days = wish.days.filter(|_| !whole);
                subscribe(
                    turn,
                    place,
                    &DailyWish {
                        days,
                        ..wish.clone()
                    },
                )
            }
            Err(decision) => *decision,
        };
    }
    if let Some(place) = turn.chosen.place.clone() {
        return subscribe(turn, place, wish);
    }
    let own = match pick(&turn, &Which::Unsaid) {
        Pick::These(these) => these
            .first()
            .map(|at| turn.me.subscriptions[*at].place.clone()),
        Pick::Unclear | Pick::NotMine(_) => return which(turn, None),
        Pick::NoneYet => turn.me.last_place.clone(),
    };
    match own {
        Some(place) => subscribe(turn, place, wish),
        None => {
            let mut turn = turn;
            let text = turn.text();
            turn.ask(Question::Where { text });
            turn.say(texts::daily_where, "which_place")
        }
    }
}

/// A new daily text, or the one of that place changed.
fn subscribe(mut turn: Turn<'_>, place: Place, wish: &DailyWish) -> Decision {
    let now = turn.now;
    let existing = turn
        .me
        .subscriptions
        .iter()
        .position(|s| is_same(&s.place, &place));
    let at = match existing {
        Some(at) => at,
        None if turn.me.subscriptions.len() >= MAX_SUBSCRIPTIONS => {
            let text = texts::too_many(turn.language(), MAX_SUBSCRIPTIONS);
            return turn.answer(text, "too_many");
        }
        None => {
            let time = wish.time.unwrap_or(turn.rules.default_time);
            turn.me
                .subscriptions
                .push(Subscription::new(place.clone(), time, now));
            turn.me.subscriptions.len() - 1
        }
    };
    let mine = &mut turn.me.subscriptions[at];
    mine.time = wish.time.unwrap_or(mine.time);
    mine.days = wish.days.unwrap_or(Days::DAILY);
    mine.only_if = wish.only_if;
    mine.channel = wish.channel.unwrap_or(mine.channel);
    mine.pause = None;
    mine.skip = None;
    mine.reschedule(now);
    turn.me.last_place = Some(place);
    let confirmed = confirmed(&turn, at);
    turn.log(ConsentKind::Subscribe);
    let text = texts::confirmation(turn.language(), &confirmed);
    turn.answer(text, "subscribed")
}

/// What a confirmation says of a daily text.
pub(super) fn confirmed(turn: &Turn<'_>, at: usize) -> texts::Confirmed {
    let mine = &turn.me.subscriptions[at];
    let today = turn.today(&mine.place.zone);
    let first = mine.next.map(|next| next.date);
    let passed = mine.days.contains(today.weekday())
        && mine.last_date != Some(today)
        && first.is_some_and(|first| first > today)
        && slot_on(today, mine.time, &mine.place.zone).is_some_and(|slot| slot.at < turn.now);
    texts::Confirmed {
        label: turn.label(&mine.place),
        time: clock_words(mine.time, turn.clock()),
        days: texts::days_and_channel(turn.language(), mine.days, mine.channel),
        condition: texts::threshold(turn.language(), mine.only_if, turn.me.units()),
        first: first.map(|first| texts::Day::of(first, today)),
        passed,
        abroad: turn
            .me
            .country
            .is_some_and(|country| country != mine.place.country),
    }
}

/// `TIME [place] 6:30am`.
pub(super) fn time(turn: Turn<'_>, which_one: &Which, time: Option<SendTime>) -> Decision {
    let Some(time) = time else {
        return turn.say(texts::bad_time, "bad_time");
    };
    change(turn, which_one, Some(time), |mine| mine.time = time)
}

/// `DAYS [place] weekdays`.
pub(super) fn days(turn: Turn<'_>, which_one: &Which, days: Option<Days>) -> Decision {
    let Some(days) = days else {
        return turn.say(texts::which_days, "which_days");
    };
    change(turn, which_one, None, |mine| mine.days = days)
}

/// "an hour earlier": relative to what is set.
pub(super) fn shift(turn: Turn<'_>, which_one: &Which, minutes: i32) -> Decision {
    change(turn, which_one, None, |mine| {
        let now = i32::from(mine.time.hour()) * 60 + i32::from(mine.time.minute());
        let then = (now + minutes).rem_euclid(24 * 60);
        let time = u8::try_from(then / 60)
            .ok()
            .zip(u8::try_from(then % 60).ok())
            .and_then(|(hour, minute)| SendTime::new(hour, minute));
        mine.time = time.unwrap_or(mine.time);
    })
}

/// "not wednesdays": the days that are left. When none is left, the question which.
pub(super) fn days_off(turn: Turn<'_>, which_one: &Which, off: Days) -> Decision {
    let left = |days: Days| Days::of(days.iter().filter(|day| !off.contains(*day)));
    if turn
        .me
        .subscriptions
        .iter()
        .any(|mine| left(mine.days).is_none())
    {
        return turn.say(texts::which_days, "which_days");
    }
    change(turn, which_one, None, |mine| {
        mine.days = left(mine.days).unwrap_or(mine.days)
    })
}

/// "only if it rains", "whatever the weather".
pub(super) fn only_if(turn: Turn<'_>, which_one: &Which, only_if: Option<Condition>) -> Decision {
    change(turn, which_one, None, |mine| mine.only_if = only_if)
}

fn change(
    mut turn: Turn<'_>,
    which_one: &Which,
    time: Option<SendTime>,
    edit: impl Fn(&mut Subscription),
) -> Decision {
    let these = match pick(&turn, which_one) {
        Pick::These(these) => these,
        other => return not_picked(turn, other, time),
    };
    let now = turn.now;
    for at in &these {
        let mine = &mut turn.me.subscriptions[*at];
        edit(mine);
        mine.reschedule(now);
    }
    let first = these.first().copied().unwrap_or(0);
    let text = texts::changed(turn.language(), &confirmed(&turn, first));
    turn.answer(text, "changed")
}

/// `PLACE lyon`: the daily text moves there.
pub(super) fn place(turn: Turn<'_>, typed: Option<&PlaceText>) -> Decision {
    let chosen = turn.chosen.place.clone();
    let blank = PlaceText::default();
    let typed = match typed {
        Some(typed) => typed,
        None if chosen.is_some() => &blank,
        None => return turn.say(texts::move_where, "which_place"),
    };
    match find(turn, typed) {
        Ok(FoundPlace { place, turn, .. }) => move_to(turn, &Which::Unsaid, place),
        Err(decision) => *decision,
    }
}

/// "move whitby to scarborough".
pub(super) fn move_one(turn: Turn<'_>, which_one: &Which, typed: Option<&PlaceText>) -> Decision {
    let Some(typed) = typed else {
        return turn.say(texts::move_where, "which_place");
    };
    match find(turn, typed) {
        Ok(FoundPlace { place, turn, .. }) => move_to(turn, which_one, place),
        Err(decision) => *decision,
    }
}

fn move_to(mut turn: Turn<'_>, which_one: &Which, place: Place) -> Decision {
    let now = turn.now;
    let label = turn.label(&place);
    let at = match pick(&turn, which_one) {
        Pick::These(these) => these.first().copied().unwrap_or(0),
        Pick::NoneYet => {
            turn.me.last_place = Some(place);
            let text = texts::own_place(turn.language(), &label);
            return turn.answer(text, "changed");
        }
        Pick::Unclear | Pick::NotMine(_) => {
            return which(turn, Some(format!("PLACE {}", in_full(&place))));
        }
    };
    let taken = turn
        .me
        .subscriptions
        .iter()
        .enumerate()
        .any(|(other, mine)| other != at && is_same(&mine.place, &place));
    if taken {
        let text = texts::already_yours(turn.language(), &label);
        return turn.answer(text, "changed");
    }
    let mine = &mut turn.me.subscriptions[at];
    mine.place = place.clone();
    mine.trip = None;
    mine.reschedule(now);
    turn.me.last_place = Some(place);
    let text = texts::changed(turn.language(), &confirmed(&turn, at));
    turn.answer(text, "changed")
}

/// A place so that it is found again without a choice.
pub(super) fn in_full(place: &Place) -> String {
    match &place.admin1 {
        Some(region) => format!("{}, {region}, {}", place.name, place.country),
        None => format!("{}, {}", place.name, place.country),
    }
}

/// Asks which of my daily texts is meant, by number; `text` is what led here, where it is not this text as it stands.
pub(super) fn which(mut turn: Turn<'_>, text: Option<String>) -> Decision {
    let clock = turn.clock();
    let labels: Vec<texts::Line> = turn
        .me
        .subscriptions
        .iter()
        .map(|mine| texts::subscription_line(turn.language(), mine, turn.me.country, clock))
        .collect();
    let options = turn
        .me
        .subscriptions
        .iter()
        .filter_map(|mine| mine.id)
        .collect();
    let text = text.unwrap_or_else(|| turn.text());
    turn.ask(Question::Subscription { options, text });
    let text = texts::which_subscription(turn.language(), &labels);
    turn.answer(text, "choice")
}

/// The answer when no daily text was picked.
pub(super) fn not_picked(turn: Turn<'_>, pick: Pick, time: Option<SendTime>) -> Decision {
    let clock = turn.clock();
    match pick {
        Pick::NotMine(name) => {
            let mine = names(&turn);
            let text = texts::not_yours(turn.language(), &name, &mine);
            turn.answer(text, "not_yours")
        }
        Pick::NoneYet => {
            let time = time.map_or_else(
                || texts::example_time(clock).to_owned(),
                |time| clock_words(time, clock).to_uppercase(),
            );
            let label = turn.me.last_place.as_ref().map(|place| turn.label(place));
            let text = texts::none_yet(turn.language(), label.as_deref(), &time);
            turn.answer(text, "none_yet")
        }
        Pick::Unclear | Pick::These(_) => which(turn, None),
    }
}

/// My places, by label.
pub(super) fn names(turn: &Turn<'_>) -> Vec<texts::Line> {
    turn.me
        .subscriptions
        .iter()
        .map(|mine| texts::Line::of_place(&turn.label(&mine.place)))
        .collect()
}
