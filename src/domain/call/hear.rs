//! Understanding what was pressed or said, by the question that was asked.

use super::caller::{Caller, Texting};
use super::choosing::{
    Picked, can_resume, named_among, other_day, pick_key, time_there, window_of,
};
use super::heard::{Heard, is_about_texts, is_of_the_morning, key, without_polite};
use super::said::{digits, typed, without_in};
use super::step::{At, Step};
use super::switch::KEY as OTHER_LANGUAGE;
use super::wish::{Act, Input, Wish};
use crate::domain::command::words::fold;
use crate::domain::command::{Asked, Command, DailyWish, PlaceText, When};
use crate::domain::decision::{Reading, Trust};
use crate::domain::forecast::Window;
use crate::domain::language::Language;
use crate::domain::place::{Place, PlaceQuery};
use crate::domain::schedule::SendTime;
use crate::domain::subscriber::Channel;

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
                    daily: None,
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
            (
                _,
                At::Pick {
                    options, window, ..
                },
            ) => match pick_key(key, options) {
                Picked::This(place) => self.picked(place, *window),
                Picked::None => Wish::AskPlace,
                Picked::Unclear => Wish::Unclear,
            },
            (_, At::Offer { place }) => match pick_key(key, std::slice::from_ref(place)) {
                Picked::This(place) => self.picked(place, Window::Today),
                Picked::None => Wish::AskPlace,
                Picked::Unclear => Wish::Unclear,
            },
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
            '4' => self.daily(place, DailyWish::default()),
            '9' if self.caller.is_paused(self.now) => self.resume(),
            '9' => match self.caller.texting() {
                Texting::Stopped(_) => self.resume(),
                Texting::May | Texting::NoNumber => self.end_daily(),
            },
            '0' | '#' => Wish::Again,
            _ => Wish::Unclear,
        }
    }

    /// The end of the daily texts, which may be taken back; it opts nobody out.
    fn end_daily(&self) -> Wish {
        match self.caller.texting() {
            Texting::May if !self.caller.has_daily() => Wish::NoneToStop,
            _ => self.act(Act::Pause),
        }
    }

    /// Daily texts again, or all texts after an opt-out.
    fn resume(&self) -> Wish {
        match self.caller.texting() {
            Texting::May if !self.caller.has_daily() => Wish::NoneToStop,
            _ => self.act(Act::Resume),
        }
    }

    /// A daily text as it is wished; at this time of day where none is said.
    fn daily(&self, place: Place, wish: DailyWish) -> Wish {
        if wish.bad_time {
            return Wish::Unclear;
        }
        let time = wish.time.unwrap_or_else(|| time_there(&place, self.now));
        let wish = DailyWish {
            place: None,
            time: Some(time),
            channel: wish.channel.or(Some(Channel::Text)),
            ..wish
        };
        self.act(Act::Daily { place, wish })
    }

    /// One of several places, for which a forecast was wished, or a daily text.
    fn picked(&self, place: &Place, window: Window) -> Wish {
        let place = place.clone();
        match self.step.at {
            At::Pick {
                daily: Some(time), ..
            } => self.daily(
                place,
                DailyWish {
                    time: Some(time),
                    ..DailyWish::default()
                },
            ),
            _ => Wish::Forecast { place, window },
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
        let plain = self.bare(fold(words));
        if plain.is_empty() {
            return Wish::Silence;
        }
        let is_choice = matches!(self.step.at, At::Pick { .. } | At::Offer { .. });
        let is_asked = matches!(self.step.at, At::Start | At::Ask);
        if let Some(key) = key(&plain, self.language).filter(|_| !is_asked) {
            return self.key(key);
        }
        if let At::Pick {
            options, window, ..
        } = &self.step.at
            && let Some(chosen) = named_among(options, &plain)
        {
            return self.picked(chosen, *window);
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
            Some(Heard::EndDaily) => self.end_daily(),
            Some(Heard::Resume) => self.resume(),
            Some(heard) => self.heard(heard, words, sure),
            None => self.command(words, sure),
        }
    }

    /// Without the politeness around a phrase or a key; anything else as it is.
    fn bare(&self, plain: String) -> String {
        if Heard::of(&plain, self.language).is_some() {
            return plain;
        }
        let bare = without_polite(&plain, self.language);
        let known = Heard::of(bare, self.language).is_some() || key(bare, self.language).is_some();
        if known { bare.to_owned() } else { plain }
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
            Heard::Hours => Window::Hours,
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
            Command::Daily(mut wish) => {
                let is_early = is_of_the_morning(&fold(words), self.language);
                wish.time = wish.time.or(is_early.then_some(SendTime::SEVEN));
                self.daily_command(wish, sure)
            }
            Command::Agree | Command::Yes if is_choice => self.key('1'),
            Command::No if is_choice => Wish::AskPlace,
            Command::Number(number) => self.digits(&number.to_string()),
            Command::Stop { .. } if is_about_texts(&fold(words), self.language) => {
                self.act(Act::Stop)
            }
            Command::Stop { .. } => Wish::HowToStop,
            Command::Start | Command::Resume { .. } if self.has_menu() => self.resume(),
            Command::Pause { .. } if self.has_menu() => self.end_daily(),
            Command::No | Command::Thanks if self.has_menu() => Wish::Goodbye,
            Command::Menu | Command::Help | Command::Greeting => Wish::Again,
            _ => Wish::Unclear,
        }
    }

    /// A daily text: of a place that is named, of the one that is talked about, of one's own. Without a time a place that is
    /// named is asked about, not subscribed to: "the daily forecast for Lyon".
    fn daily_command(&self, mut wish: DailyWish, sure: bool) -> Wish {
        match (wish.place.take(), &self.step.at, self.caller.own_place()) {
            (Some(place), ..) if wish.time.is_none() && !wish.bad_time => {
                let when = None;
                self.asked(
                    Asked {
                        place: Some(place),
                        when,
                    },
                    sure,
                )
            }
            (Some(_), ..) if self.caller.texting() != Texting::May => Wish::CannotText,
            (Some(_), ..) if wish.bad_time => Wish::Unclear,
            (Some(place), ..) => Wish::Find {
                readings: self.readings(place),
                when: None,
                daily: Some(DailyWish {
                    channel: wish.channel.or(Some(Channel::Text)),
                    ..wish
                }),
                sure,
            },
            (None, At::Menu { place, .. } | At::Offer { place }, _) => {
                self.daily(place.clone(), wish)
            }
            (None, _, Some(own)) if wish.time.is_some() => self.daily(own.clone(), wish),
            (None, ..) => Wish::Unclear,
        }
    }

    fn readings(&self, place: PlaceText) -> Vec<Reading> {
        let PlaceText { text, whole, .. } = place;
        let whole = whole.map(|whole| self.reading(&whole.text, whole.words));
        let plain = (!text.is_empty()).then(|| self.reading(&text, Vec::new()));
        let apart = without_in(&text, self.language).map(|text| self.reading(&text, Vec::new()));
        whole.into_iter().chain(apart).chain(plain).collect()
    }

    fn asked(&self, asked: Asked, sure: bool) -> Wish {
        match (asked.place, &self.step.at) {
            (Some(place), _) => Wish::Find {
                readings: self.readings(place),
                when: asked.when,
                daily: None,
                sure,
            },
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
