//! Understanding what was pressed or said, by the question that was asked.

use super::caller::{Caller, Texting};
use super::heard::{Heard, is_about_texts, key};
use super::said::{digits, typed, without_in};
use super::step::{At, Step};
use super::switch::KEY as OTHER_LANGUAGE;
use super::wish::{Act, Input, Wish};
use crate::domain::command::words::fold;
use crate::domain::command::{Asked, Command, PlaceText, When};
use crate::domain::decision::{Reading, Trust};
use crate::domain::forecast::Window;
use crate::domain::language::Language;
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
    let language = step.spoken(caller);
    let ear = Ear {
        step,
        caller,
        now,
        language,
    };
    match (input, &step.at) {
        (_, At::Start) => match (caller.own_place(), &caller.hint) {
            (Some(place), _) => Wish::Forecast {
                place: place.clone(),
                window: Window::Today,
            },
            (None, Some(place)) => Wish::Offer {
                place: place.clone(),
            },
            (None, None) => Wish::AskPlace,
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
    language: Language,
}

impl Ear<'_> {
    fn digits(&self, digits: &str) -> Wish {
        let mut keys = digits.chars();
        match (keys.next(), keys.next()) {
            (None, _) => Wish::Silence,
            (Some(key), None) => self.key(key),
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

    /// One key, pressed or named.
    fn key(&self, key: char) -> Wish {
        match (key, &self.step.at) {
            ('*', _) => self.repeat(),
            (OTHER_LANGUAGE, _) => Wish::Languages,
            (_, At::Menu { place, window }) => self.menu_key(key, place, *window),
            (_, At::Pick { options, window }) => pick_key(key, options, *window),
            (_, At::Offer { place }) => pick_key(key, std::slice::from_ref(place), Window::Today),
            (_, At::Start | At::Ask | At::Languages) => Wish::Unclear,
        }
    }

    fn menu_key(&self, key: char, place: &Place, window: Window) -> Wish {
        let place = place.clone();
        match key {
            '1' => self.act(Act::Text { place, window }),
            '2' => Wish::Forecast {
                place,
                window: other_day(window),
            },
            '3' => Wish::AskPlace,
            '4' => {
                let time = time_there(&place, self.now);
                self.act(Act::Daily {
                    place,
                    window,
                    time,
                })
            }
            '9' => match self.caller.texting() {
                Texting::Stopped(_) => self.act(Act::Resume),
                Texting::May if !self.caller.has_daily() => Wish::NoneToStop,
                Texting::May | Texting::NoNumber => self.act(Act::Stop),
            },
            '0' | '#' => Wish::Again,
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
        // "Yes, thanks" is a phrase; "yes, Lyon" begins with a filler.
        let words = match Heard::of(&fold(words), self.language) {
            Some(_) => words,
            None => typed(words, self.language),
        };
        let plain = fold(words);
        if plain.is_empty() {
            return Wish::Silence;
        }
        let is_choice = matches!(self.step.at, At::Pick { .. } | At::Offer { .. });
        let is_asked = matches!(self.step.at, At::Start | At::Ask);
        if let Some(key) = key(&plain, self.language).filter(|_| !is_asked) {
            return self.key(key);
        }
        if let At::Pick { options, window } = &self.step.at
            && let Some(chosen) = named_among(options, &plain)
        {
            return Wish::Forecast {
                place: chosen.clone(),
                window: *window,
            };
        }
        match Heard::of(&plain, self.language) {
            Some(Heard::Goodbye) => Wish::Goodbye,
            Some(Heard::Again) => self.repeat(),
            Some(Heard::Another) => Wish::AskPlace,
            Some(Heard::Help) => Wish::Again,
            Some(Heard::Yes) if is_choice => self.key('1'),
            Some(Heard::No) if is_choice => Wish::AskPlace,
            Some(Heard::Stop) => Wish::HowToStop,
            Some(Heard::EndTexts) => self.act(Act::Stop),
            Some(heard) => self.heard(heard, words, sure),
            None => self.command(words, sure),
        }
    }

    /// A phrase that is about a forecast.
    fn heard(&self, heard: Heard, words: &str, sure: bool) -> Wish {
        let window = match heard {
            Heard::Today => Window::Today,
            Heard::Tomorrow => Window::Tomorrow,
            Heard::Tonight => Window::Tonight,
            Heard::Weekend => Window::Weekend,
            Heard::Week => Window::Week,
            Heard::Now => Window::Now,
            Heard::Text if self.has_menu() => return self.key('1'),
            Heard::Daily if self.has_menu() => return self.key('4'),
            Heard::No if self.has_menu() => return Wish::Goodbye,
            _ => return self.command(words, sure),
        };
        self.asked(
            Asked {
                place: None,
                when: Some(When::Window(window)),
            },
            sure,
        )
    }

    const fn has_menu(&self) -> bool {
        matches!(self.step.at, At::Menu { .. })
    }

    /// What a text of these words would ask for.
    fn command(&self, words: &str, sure: bool) -> Wish {
        let postcode = digits(words, self.language);
        if let Some(postcode) = postcode.filter(|digits| digits.len() >= POSTCODE_DIGITS) {
            return self.digits(&postcode);
        }
        let is_choice = matches!(self.step.at, At::Pick { .. } | At::Offer { .. });
        match Command::parse_from(words, self.caller.country, Some(self.language)) {
            Command::Forecast(asked) => self.asked(asked, sure),
            Command::Daily(wish) if wish.place.is_some() => {
                let asked = Asked {
                    place: wish.place,
                    when: None,
                };
                self.asked(asked, sure)
            }
            Command::Daily(_) if self.has_menu() => self.key('4'),
            Command::Agree | Command::Yes if is_choice => self.key('1'),
            Command::No if is_choice => Wish::AskPlace,
            Command::Number(number) => self.digits(&number.to_string()),
            Command::Stop { .. } if is_about_texts(&fold(words), self.language) => {
                self.act(Act::Stop)
            }
            Command::Stop { .. } => Wish::HowToStop,
            Command::Start | Command::Resume { .. } if self.has_menu() => self.act(Act::Resume),
            Command::No | Command::Thanks if self.has_menu() => Wish::Goodbye,
            Command::Menu | Command::Help | Command::Greeting => Wish::Again,
            _ => Wish::Unclear,
        }
    }

    fn asked(&self, asked: Asked, sure: bool) -> Wish {
        match (asked.place, &self.step.at) {
            (Some(PlaceText { text, whole, .. }), _) => {
                let whole = whole.map(|whole| self.reading(&whole.text, whole.words));
                let plain = (!text.is_empty()).then(|| self.reading(&text, Vec::new()));
                let apart =
                    without_in(&text, self.language).map(|text| self.reading(&text, Vec::new()));
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
            (None, At::Offer { place }) => Wish::Forecast {
                window: asked
                    .when
                    .map_or(Window::Today, |when| window_of(when, place, self.now)),
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
            trust: Trust::Any,
        }
    }
}

/// Whether a key can take a stop back: not what the carrier blocks, nor what never arrives.
pub(super) const fn can_resume(by: StoppedBy) -> bool {
    matches!(by, StoppedBy::Us | StoppedBy::Operator)
}

/// The stretch of time that a *when* word means at a place.
pub(super) fn window_of(when: When, place: &Place, now: jiff::Timestamp) -> Window {
    let today = now.to_zoned(place.zone.rules().clone()).date();
    when.window(today, None).unwrap_or(Window::Week)
}

/// The other of today and tomorrow.
pub(super) const fn other_day(window: Window) -> Window {
    match window {
        Window::Tomorrow => Window::Today,
        _ => Window::Tomorrow,
    }
}

fn pick_key(key: char, options: &[Place], window: Window) -> Wish {
    let at = key.to_digit(10).and_then(|digit| digit.checked_sub(1));
    let chosen = at.and_then(|at| options.get(usize::try_from(at).ok()?));
    match (chosen, key, options.len()) {
        (Some(place), _, _) => Wish::Forecast {
            place: place.clone(),
            window,
        },
        // Of one place the second key is a no.
        (None, '2', 1) | (None, '0', _) => Wish::AskPlace,
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
