//! Forecasts asked for, and the questions on the way to a place.

use std::sync::Arc;

use super::super::command::words::fold;
use super::super::command::{Asked, PlaceText, When, is_foreign_stop};
use super::super::compose::{Ask, texts};
use super::super::decision::{Decision, FollowUp};
use super::super::facts::Weather;
use super::super::forecast::{Forecast, Window};
use super::super::message::{Encoding, septets_of};
use super::super::place::{Candidate, Place, Resolution};
use super::super::subscriber::{Channel, Question, Subscriber};
use super::leaving;
use super::mine::is_same;
use super::turn::{Turn, meant_place, remembered};

/// How many places a choice offers.
const OFFERED: usize = 4;

/// The place that a command is about, or the answer that is given instead: a question, or that there is no such place.
pub(super) type Found<'a> = Result<FoundPlace<'a>, Box<Decision>>;

/// A place, and the turn that goes on with it.
pub(super) struct FoundPlace<'a> {
    pub(super) place: Place,
    /// Whether the second reading was right, so that *when* words are a part of the name.
    pub(super) whole: bool,
    pub(super) turn: Turn<'a>,
}

/// Finds what a typed place means, from the choice that was made or from the facts.
pub(super) fn find<'a>(mut turn: Turn<'a>, typed: &PlaceText) -> Found<'a> {
    if let Some(place) = turn.chosen.place.take() {
        let whole = typed.whole.as_ref().is_some_and(|whole| {
            let name = fold(&place.name);
            whole
                .words
                .iter()
                .all(|word| name.split(' ').any(|part| part == word))
        });
        return Ok(FoundPlace { place, whole, turn });
    }
    let whole = (typed.whole.is_some() && turn.facts.reading == 0) || is_wide(&turn, typed);
    match &turn.facts.resolution {
        Some(Resolution::Certain(one)) => {
            let place = one.place.clone();
            Ok(FoundPlace { place, whole, turn })
        }
        Some(Resolution::Choice(many)) if many.len() > 1 => offer(turn, many, true),
        Some(Resolution::Choice(many) | Resolution::Guess(many)) if !many.is_empty() => {
            offer(turn, many, false)
        }
        _ => Err(Box::new(unknown_place(turn, typed))),
    }
}

/// Whether the place was found with the word before it: which reading that was, says [`super::needs`].
fn is_wide(turn: &Turn<'_>, typed: &PlaceText) -> bool {
    typed.inside.wide.is_some() && turn.facts.reading == usize::from(typed.whole.is_some())
}

/// Whether the text names no place that we know, and nothing like one.
pub(super) fn is_no_place(turn: &Turn<'_>) -> bool {
    let found = turn.facts.resolution.as_ref();
    turn.facts.hinted || found.is_none_or(|found| found.places().is_empty())
}

pub(super) fn unknown_place<'a>(turn: Turn<'a>, typed: &PlaceText) -> Decision {
    let inside = &typed.inside;
    let name = inside
        .names
        .first()
        .filter(|_| inside.is_sentence || inside.is_led)
        .unwrap_or(&typed.text);
    let text = texts::unknown_place(turn.language(), name);
    turn.answer(text, "unknown_place")
}

/// Asks which one, and remembers the text that led here.
fn offer<'a>(mut turn: Turn<'a>, candidates: &[Candidate], sure: bool) -> Found<'a> {
    let options: Vec<Place> = candidates
        .iter()
        .take(OFFERED)
        .map(|candidate| candidate.place.clone())
        .collect();
    let labels = texts::told_apart(turn.language(), &options, turn.me.country);
    let text = match labels.as_slice() {
        [one] => texts::did_you_mean(turn.language(), &one.place),
        _ => texts::choice(turn.language(), &labels, sure),
    };
    let led_here = turn.text();
    turn.ask(Question::Place {
        options,
        text: led_here,
    });
    let outcome = if sure { "choice" } else { "did_you_mean" };
    Err(Box::new(turn.answer(text, outcome)))
}

/// The same question again, after an answer that is none of those offered.
pub(super) fn ask_again(turn: Turn<'_>) -> Decision {
    let labels = match remembered(&turn.me, turn.now) {
        Some(Question::Place { options, .. } | Question::Offered { options }) => {
            texts::told_apart(turn.language(), options, turn.me.country)
        }
        Some(Question::Subscription { options, .. }) => {
            let of = |me: &Subscriber| {
                me.subscriptions
                    .iter()
                    .filter(|s| s.id.is_some_and(|id| options.contains(&id)))
                    .map(|s| texts::subscription_line(turn.language(), s, me.country, turn.clock()))
                    .collect()
            };
            of(&turn.me)
        }
        Some(Question::DeleteMe) => return turn.say(texts::delete_question, "delete_me"),
        Some(Question::Where { .. } | Question::HowLong { .. }) | None => Vec::new(),
    };
    if labels.is_empty() {
        return turn.say(texts::nothing_to_choose, "help");
    }
    let text = texts::wrong_number(turn.language(), &labels);
    turn.answer(text, "wrong_number")
}

/// A place, a *when* word, or nothing at all: its weather.
pub(super) fn forecast(turn: Turn<'_>, asked: &Asked) -> Decision {
    let Some(typed) = &asked.place else {
        return own(turn, asked.when);
    };
    if turn.chosen.place.is_none()
        && is_no_place(&turn)
        && !turn.me.subscriptions.is_empty()
        && is_foreign_stop(&turn.inbound.body)
    {
        // No place, and "stop" in some language: an opt-out is never missed.
        return leaving::stop_by_words(turn);
    }
    if turn.chosen.place.is_none() && is_no_place(&turn) && typed.inside.is_sentence {
        let about = &typed.inside;
        return match (about.is_nameless(), about.asks) {
            (true, true) => own(turn, asked.when),
            _ if about.is_about_mine() && turn.me.own_place().is_some() => own(turn, asked.when),
            (false, true) => unknown_place(turn, typed),
            (_, false) if about.is_led && about.names.len() == 1 => unknown_place(turn, typed),
            _ => turn.say(texts::not_understood, "help"),
        };
    }
    match find(turn, typed) {
        Ok(FoundPlace { place, whole, turn }) => {
            let wide = typed.inside.wide.as_ref().filter(|_| is_wide(&turn, typed));
            let when = match wide {
                Some(wide) => wide.when,
                None => asked.when.filter(|_| !whole),
            };
            weather(turn, place, when, false)
        }
        Err(decision) => *decision,
    }
}

/// My own place, or the one that the number hints at.
fn own(turn: Turn<'_>, when: Option<When>) -> Decision {
    let mine = turn
        .chosen
        .place
        .clone()
        .or_else(|| meant_place(&turn.me, &turn.inbound.body, turn.now).cloned());
    if let Some(place) = mine {
        return weather(turn, place, when, false);
    }
    match &turn.facts.resolution {
        Some(Resolution::Certain(one)) => {
            let place = one.place.clone();
            weather(turn, place, when, true)
        }
        _ => turn.say(texts::which_place, "which_place"),
    }
}

/// More of the place asked for last: its week.
pub(super) fn more(turn: Turn<'_>) -> Decision {
    let last = turn
        .me
        .last_place
        .clone()
        .or_else(|| turn.me.own_place().cloned());
    match last {
        Some(place) => weather(turn, place, Some(When::Window(Window::Week)), false),
        None => own(turn, Some(When::Window(Window::Week))),
    }
}

/// The weather of a place, or why there is none.
pub(super) fn weather(
    mut turn: Turn<'_>,
    place: Place,
    when: Option<When>,
    guessed: bool,
) -> Decision {
    let Some(window) = window(&turn, when, &place) else {
        let text = texts::no_forecast(
            turn.language(),
            &turn.label(&place),
            Window::Weekday(turn.today(&place.zone).weekday()),
        );
        turn.me.last_place = Some(place);
        return turn.answer(text, "no_forecast");
    };
    if !guessed {
        turn.me.last_place = Some(place.clone());
    }
    let gathered = match &turn.facts.weather {
        Some((of, weather)) if is_same(of, &place) => weather.clone(),
        // Gathered for another place, because another text of this phone was quicker.
        _ => Weather::Late,
    };
    let label = turn.label(&place);
    let language = turn.language();
    match gathered {
        Weather::Ready(forecast) => {
            let text = write(&turn, &forecast, &place, window, guessed);
            match text {
                Some(text) => turn.answer(text, "forecast"),
                None => turn.answer(texts::no_forecast(language, &label, window), "no_forecast"),
            }
        }
        Weather::NoData => turn.answer(texts::no_weather(language, &label), "no_weather"),
        Weather::Late | Weather::Down => {
            turn.follow_up = Some(FollowUp {
                channel: Channel::Text,
                place,
                window,
                units: turn.me.units(),
            });
            turn.answer(texts::late(language, &label), "late")
        }
    }
}

fn write(
    turn: &Turn<'_>,
    forecast: &Arc<Forecast>,
    place: &Place,
    window: Window,
    guessed: bool,
) -> Option<String> {
    let room = room(turn.rules.max_segments);
    let language = turn.language();
    let hint = if guessed {
        texts::guessed(language)
    } else {
        ""
    };
    let ask = Ask {
        language,
        place,
        window,
        units: turn.me.units(),
        clock: turn.clock(),
        reader: turn.me.country,
        now: turn.now,
        room: room.saturating_sub(septets_of(hint).unwrap_or(0)),
    };
    let text = turn.facts.recent.forecast_text(forecast, &ask).ok()?;
    if guessed {
        return Some(format!("{text}{hint}"));
    }
    // Whoever has a daily text knows how to get one.
    if turn.me.subscriptions.is_empty() {
        return Some(texts::with_daily_hint(
            language,
            &text,
            turn.rules.default_time,
            turn.clock(),
        ));
    }
    Some(text.as_ref().to_owned())
}

/// Septets of a message of so many segments.
pub(super) const fn room(segments: usize) -> usize {
    match segments {
        0 | 1 => Encoding::Gsm7.whole(),
        many => Encoding::Gsm7.part() * many,
    }
}

/// `None`: a date too far ahead.
fn window(turn: &Turn<'_>, when: Option<When>, place: &Place) -> Option<Window> {
    let today = turn.today(&place.zone);
    when.map_or(Some(Window::Now), |when| {
        when.window(today, turn.me.country)
    })
}
