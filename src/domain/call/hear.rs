//! Understanding what was pressed or said, by the question that was asked.

use super::caller::{Caller, Texting};
use super::said::{digits, typed, without_in};
use super::step::{At, Step};
use super::wish::{Act, Input, Wish};
use crate::domain::command::words::fold;
use crate::domain::command::{Asked, Command, PlaceText, When};
use crate::domain::decision::Reading;
use crate::domain::forecast::Window;
use crate::domain::place::{Place, PlaceQuery};
use crate::domain::schedule::SendTime;
use crate::domain::subscriber::StoppedBy;

/// Below this a place that was heard is asked back.
const WELL_HEARD: f32 = 0.5;

/// The least digits that can be a postcode.
const POSTCODE_DIGITS: usize = 3;

/// How much of what was said is read.
const MAX_CHARS: usize = 200;

/// Understands an input. Total: whatever is no answer is `Unclear`.
#[must_use]
pub fn hear(step: &Step, input: &Input, caller: &Caller, now: jiff::Timestamp) -> Wish {
    let ear = Ear { step, caller, now };
    match (input, &step.at) {
        (_, At::Start) => match caller.own_place() {
            Some(place) => Wish::Forecast {
                place: place.clone(),
                window: Window::Today,
            },
            None => Wish::AskPlace,
        },
        (Input::Silence, _) => Wish::Silence,
        (Input::Digits(digits), _) => ear.digits(digits.trim()),
        (Input::Speech { words, confidence }, _) => {
            let words: String = words.chars().take(MAX_CHARS).collect();
            let sure = confidence.is_none_or(|confidence| confidence >= WELL_HEARD);
            ear.speech(&words, sure)
        }
    }
}

struct Ear<'a> {
    step: &'a Step,
    caller: &'a Caller,
    now: jiff::Timestamp,
}

impl Ear<'_> {
    fn digits(&self, digits: &str) -> Wish {
        if digits == "*" {
            return self.repeat();
        }
        match (&self.step.at, digits.as_bytes()) {
            (_, []) => Wish::Silence,
            (At::Menu { place, window }, [key]) => self.menu_key(*key, place, *window),
            (At::Pick { options, window }, [key]) => pick_key(*key, options, *window),
            _ => {
                let digits: String = digits.chars().filter(char::is_ascii_digit).collect();
                if digits.len() < POSTCODE_DIGITS {
                    return Wish::Unclear;
                }
                Wish::Find {
                    readings: vec![self.reading(&digits, Vec::new())],
                    when: None,
                    sure: true,
                }
            }
        }
    }

    fn menu_key(&self, key: u8, place: &Place, window: Window) -> Wish {
        let place = place.clone();
        match key {
            b'1' => self.act(Act::Text { place, window }),
            b'2' => Wish::Forecast {
                place,
                window: other_day(window),
            },
            b'3' => Wish::AskPlace,
            b'4' => {
                let time = time_there(&place, self.now);
                self.act(Act::Daily {
                    place,
                    window,
                    time,
                })
            }
            b'9' => match self.caller.texting() {
                Texting::Stopped(_) => self.act(Act::Resume),
                Texting::May if !self.caller.has_daily() => Wish::NoneToStop,
                Texting::May | Texting::NoNumber => self.act(Act::Stop),
            },
            b'0' | b'#' => Wish::Again,
            _ => Wish::Unclear,
        }
    }

    /// A forecast is read again as a whole, any other question as it stands.
    fn repeat(&self) -> Wish {
        match &self.step.at {
            At::Menu { place, window } => Wish::Forecast {
                place: place.clone(),
                window: *window,
            },
            _ => Wish::Again,
        }
    }

    /// Something that outlives the call, if they can be texted.
    fn act(&self, act: Act) -> Wish {
        match (self.caller.texting(), &act) {
            (Texting::May, _) => Wish::Act(act),
            (Texting::Stopped(by), Act::Resume) if can_resume(by) => Wish::Act(act),
            _ => Wish::CannotText,
        }
    }

    fn speech(&self, words: &str, sure: bool) -> Wish {
        let plain = fold(words);
        let said = |list: &[&str]| list.contains(&plain.as_str());
        if plain.is_empty() {
            return Wish::Silence;
        }
        if said(GOODBYE) {
            return Wish::Goodbye;
        }
        if said(AGAIN) {
            return self.repeat();
        }
        if said(ANOTHER) {
            return Wish::AskPlace;
        }
        let key = KEYS.iter().find(|(names, _)| said(names));
        match &self.step.at {
            At::Start | At::Ask => {}
            At::Pick { options, window } => {
                if let Some((_, key)) = key {
                    return pick_key(*key, options, *window);
                }
                if let Some(chosen) = named_among(options, &plain) {
                    return Wish::Forecast {
                        place: chosen.clone(),
                        window: *window,
                    };
                }
            }
            At::Menu { place, window } => {
                if let Some((_, key)) = key {
                    return self.menu_key(*key, place, *window);
                }
                if said(TEXT) {
                    return self.menu_key(b'1', place, *window);
                }
                if said(DAILY) {
                    return self.menu_key(b'4', place, *window);
                }
            }
        }
        self.command(words, sure)
    }

    /// What a text of these words would ask for.
    fn command(&self, words: &str, sure: bool) -> Wish {
        let words = typed(words);
        if let Some(postcode) = digits(words).filter(|digits| digits.len() >= POSTCODE_DIGITS) {
            return self.digits(&postcode);
        }
        match (Command::parse(words), &self.step.at) {
            (Command::Forecast(asked), _) => self.asked(asked, sure),
            (Command::Daily(wish), _) if wish.place.is_some() => {
                let asked = Asked {
                    place: wish.place,
                    when: None,
                };
                self.asked(asked, sure)
            }
            (Command::Agree | Command::Yes, At::Pick { options, window }) => {
                pick_key(b'1', options, *window)
            }
            (Command::No, At::Pick { .. }) => Wish::AskPlace,
            (Command::Number(number), at) => {
                let key = u8::try_from(number).ok().filter(|n| *n < 10);
                match (at, key) {
                    (At::Menu { place, window }, Some(n)) => {
                        self.menu_key(b'0' + n, place, *window)
                    }
                    (At::Pick { options, window }, Some(n)) => pick_key(b'0' + n, options, *window),
                    _ => self.digits(&number.to_string()),
                }
            }
            (Command::Stop { .. }, _) if is_about_texts(words) => self.act(Act::Stop),
            (Command::Stop { .. }, _) => Wish::HowToStop,
            (Command::Start | Command::Resume { .. }, At::Menu { .. }) => self.act(Act::Resume),
            (Command::No | Command::Thanks, At::Menu { .. }) => Wish::Goodbye,
            (Command::Menu | Command::Help | Command::Greeting, _) => Wish::Again,
            _ => Wish::Unclear,
        }
    }

    fn asked(&self, asked: Asked, sure: bool) -> Wish {
        match (asked.place, &self.step.at) {
            (Some(PlaceText { text, whole }), _) => {
                let whole = whole.map(|whole| self.reading(&whole.text, whole.words));
                let plain = (!text.is_empty()).then(|| self.reading(&text, Vec::new()));
                let apart = without_in(&text).map(|text| self.reading(&text, Vec::new()));
                Wish::Find {
                    readings: whole.into_iter().chain(apart).chain(plain).collect(),
                    when: asked.when,
                    sure,
                }
            }
            (None, At::Menu { place, window }) => Wish::Forecast {
                window: asked
                    .when
                    .map_or(*window, |when| window_of(when, place, self.now)),
                place: place.clone(),
            },
            (None, _) => match self.caller.own_place() {
                Some(place) => Wish::Forecast {
                    window: asked
                        .when
                        .map_or(Window::Today, |when| window_of(when, place, self.now)),
                    place: place.clone(),
                },
                None => Wish::Unclear,
            },
        }
    }

    fn reading(&self, text: &str, only_if_named: Vec<String>) -> Reading {
        Reading {
            query: PlaceQuery {
                text: text.to_owned(),
                country: self.caller.country,
                state: self.caller.state.clone(),
            },
            only_if_named,
        }
    }
}

/// Whether a key can take a stop back: not what the carrier blocks, nor what never arrives.
pub(super) const fn can_resume(by: StoppedBy) -> bool {
    matches!(by, StoppedBy::Us | StoppedBy::Operator)
}

/// The stretch of time that a *when* word means at a place.
pub(super) fn window_of(when: When, place: &Place, now: jiff::Timestamp) -> Window {
    match when {
        When::Window(window) => window,
        When::InDays(days) => {
            let today = now.to_zoned(place.zone.rules().clone()).date();
            let date = today.checked_add(jiff::Span::new().days(i32::from(days)));
            Window::Weekday(date.unwrap_or(today).weekday())
        }
    }
}

/// The other of today and tomorrow.
pub(super) const fn other_day(window: Window) -> Window {
    match window {
        Window::Tomorrow => Window::Today,
        _ => Window::Tomorrow,
    }
}

fn pick_key(key: u8, options: &[Place], window: Window) -> Wish {
    let chosen = usize::from(key.wrapping_sub(b'1'));
    match (options.get(chosen), key, options.len()) {
        (Some(place), _, _) => Wish::Forecast {
            place: place.clone(),
            window,
        },
        // Of one place the second key is a no.
        (None, b'2', 1) | (None, b'0', _) => Wish::AskPlace,
        _ => Wish::Unclear,
    }
}

/// The only one of the options whose name or region was said.
fn named_among<'a>(options: &'a [Place], plain: &str) -> Option<&'a Place> {
    let region = |place: &Place| place.admin1.as_deref().map(fold);
    let named: Vec<&Place> = options
        .iter()
        .filter(|place| {
            let name = fold(&place.name);
            let region = region(place);
            let both = region.as_ref().map(|region| format!("{name} {region}"));
            [Some(name), region, both].contains(&Some(plain.to_owned()))
        })
        .collect();
    match named[..] {
        [one] => Some(one),
        _ => None,
    }
}

/// The time that it is there now, to five minutes: what "every day at this time" means.
fn time_there(place: &Place, now: jiff::Timestamp) -> SendTime {
    let there = now.to_zoned(place.zone.rules().clone());
    let part = |n: i8| u8::try_from(n).unwrap_or_default();
    SendTime::new(part(there.hour()), part(there.minute()) / 5 * 5).unwrap_or(SendTime::SEVEN)
}

/// Whether a stop is about texts, or perhaps only about this call.
fn is_about_texts(words: &str) -> bool {
    let plain = fold(words);
    ["text", "message", "sms", "subscri", "daily"]
        .iter()
        .any(|word| plain.contains(word))
}

/// Digits as they are said.
const KEYS: &[(&[&str], u8)] = &[
    (&["one", "1", "press one", "press 1", "won"], b'1'),
    (&["two", "2", "press two", "press 2"], b'2'),
    (&["three", "3", "press three", "press 3"], b'3'),
    (&["four", "4", "press four", "press 4"], b'4'),
    (&["nine", "9", "press nine", "press 9"], b'9'),
    (&["zero", "0", "press zero", "press 0"], b'0'),
];
const TEXT: &[&str] = &[
    "text",
    "text it",
    "text me",
    "text it to me",
    "text that to me",
    "send it",
    "send it to me",
    "send me a text",
    "sms",
];
const DAILY: &[&str] = &["daily", "every day", "everyday", "subscribe", "sign me up"];
const AGAIN: &[&str] = &[
    "again",
    "repeat",
    "repeat that",
    "repeat it",
    "say it again",
    "say that again",
    "once more",
    "pardon",
    "star",
];
const ANOTHER: &[&str] = &[
    "another",
    "another place",
    "other place",
    "a different place",
    "different place",
    "somewhere else",
    "new place",
    "change place",
    "none",
    "none of them",
    "none of these",
    "neither",
];
const GOODBYE: &[&str] = &[
    "bye",
    "goodbye",
    "good bye",
    "bye bye",
    "hang up",
    "thats all",
    "that is all",
    "that was all",
    "nothing",
    "nothing else",
    "thank you",
    "thanks",
    "thank you bye",
    "thank you goodbye",
    "no thanks",
    "no thank you",
    "im done",
    "done",
    "end call",
    "end the call",
];
