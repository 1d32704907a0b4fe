//! What is said next: every wish gets an answer, and every answer a question or a goodbye.

use jiff::Timestamp;

use super::caller::{Caller, Texting};
use super::hear::{can_resume, other_day, window_of};
use super::mishap::{give_up, is_over};
use super::prompt::{Accent, Keys, Prompt, Question};
use super::step::{At, MAX_OPTIONS, Step};
use super::wish::{Act, Done, Facts, Wish};
use crate::domain::compose::{Ask, ClockStyle, spoken, spoken_text};
use crate::domain::decision::Weather;
use crate::domain::forecast::Window;
use crate::domain::phone::Country;
use crate::domain::place::{Candidate, Place, Resolution};
use crate::domain::subscriber::StoppedBy;

/// One turn of a call.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// What is said.
    pub prompt: Prompt,
    /// A place to remember as theirs.
    pub remember: Option<Place>,
    /// What kind of answer it was, for logs and metrics.
    pub outcome: &'static str,
}

/// Answers a wish.
#[must_use]
pub fn next(step: &Step, wish: &Wish, caller: &Caller, facts: &Facts, now: Timestamp) -> Answer {
    let talk = Talk {
        step,
        caller,
        facts,
        now,
    };
    let (prompt, outcome) = match wish {
        _ if is_over(step) => (give_up(&talk, Vec::new()), "given_up"),
        Wish::Forecast { place, window } => return talk.forecast(place, *window, Vec::new()),
        Wish::Find { when, sure, .. } => {
            let whole = talk.is_whole_name(wish);
            return talk.found(when.filter(|_| !whole), *sure);
        }
        Wish::Act(act) => (talk.did(act), "act"),
        Wish::AskPlace => {
            let told = match step.at {
                At::Start => vec![spoken::hello()],
                _ => Vec::new(),
            };
            (talk.ask_place(step.then(At::Ask), told, false), "ask")
        }
        Wish::Again => (talk.same(step.again(), Vec::new()), "again"),
        Wish::HowToStop => (talk.same(step.again(), vec![talk.how_to_stop()]), "again"),
        Wish::NoneToStop => (
            talk.same(step.again(), vec![spoken::none_to_stop()]),
            "again",
        ),
        Wish::CannotText => (
            talk.same(step.again(), vec![talk.cannot_text()]),
            "cannot_text",
        ),
        Wish::Unclear => (talk.missed(vec![spoken::not_understood()]), "unclear"),
        Wish::Silence => (talk.silence(), "silence"),
        Wish::Goodbye => (talk.end(vec![spoken::goodbye()]), "goodbye"),
    };
    Answer {
        prompt,
        remember: None,
        outcome,
    }
}

/// A call of ours is answered: `body` is read to a person, who may go on, or left on a machine.
#[must_use]
pub fn delivered(
    body: &str,
    place: &Place,
    window: Window,
    caller: &Caller,
    is_machine: bool,
    now: Timestamp,
) -> Prompt {
    let (step, facts) = (Step::START, Facts::default());
    let talk = Talk {
        step: &step,
        caller,
        facts: &facts,
        now,
    };
    let told = vec![spoken::here_is_your_forecast(), body.to_owned()];
    if is_machine {
        return talk.end(told.into_iter().chain([spoken::goodbye()]).collect());
    }
    let place = place.clone();
    talk.menu(step.then(At::Menu { place, window }), told, false)
}

/// One turn, with all that it stands on.
pub(super) struct Talk<'a> {
    step: &'a Step,
    caller: &'a Caller,
    facts: &'a Facts,
    now: Timestamp,
}

impl Talk<'_> {
    /// The last words.
    pub(super) fn end(&self, told: Vec<String>) -> Prompt {
        Prompt {
            accent: self.accent(),
            told,
            question: None,
        }
    }

    /// Reads a forecast, or says why there is none.
    fn forecast(&self, place: &Place, window: Window, mut told: Vec<String>) -> Answer {
        let name = spoken::place_name(place, self.caller.country);
        let menu = || {
            self.step.then(At::Menu {
                place: place.clone(),
                window,
            })
        };
        let (prompt, outcome) = match &self.facts.weather {
            Some(Weather::Ready(forecast)) => {
                let ask = Ask {
                    language: self.caller.language(),
                    place,
                    window,
                    units: self.caller.units(),
                    clock: ClockStyle::for_reader(self.caller.language(), self.caller.country),
                    reader: self.caller.country,
                    now: self.now,
                    room: 160,
                };
                match spoken_text(forecast, &ask) {
                    Ok(text) => {
                        told.push(text);
                        (self.menu(menu(), told, false), "forecast")
                    }
                    Err(_) => {
                        told.push(spoken::not_that_far(&name));
                        (self.menu(menu(), told, false), "no_forecast")
                    }
                }
            }
            Some(Weather::NoData) => {
                told.push(spoken::no_weather(&name));
                let prompt = self.ask_place(self.step.then(At::Ask), told, false);
                return self.answer(prompt, None, "no_weather");
            }
            Some(Weather::Late) | None => {
                told.push(spoken::late(&name));
                (self.without_weather(menu(), told), "late")
            }
            Some(Weather::Down) => {
                told.push(spoken::down(&name));
                (self.without_weather(menu(), told), "down")
            }
        };
        self.answer(prompt, Some(place.clone()), outcome)
    }

    fn without_weather(&self, next: Step, mut told: Vec<String>) -> Prompt {
        if self.caller.texting() != Texting::May {
            told.push(spoken::call_again());
        }
        self.menu(next, told, true)
    }

    /// What was looked up.
    fn found(&self, when: Option<crate::domain::command::When>, sure: bool) -> Answer {
        let offer = |candidates: &[Candidate]| {
            let options: Vec<Place> = candidates
                .iter()
                .take(MAX_OPTIONS)
                .map(|candidate| candidate.place.clone())
                .collect();
            let window = options.first().map_or(Window::Today, |first| {
                when.map_or(Window::Today, |when| window_of(when, first, self.now))
            });
            let next = self.step.then(At::Pick { options, window });
            self.answer(self.pick(next, Vec::new()), None, "choice")
        };
        match &self.facts.resolution {
            Some(Resolution::Certain(one)) if sure => {
                let window =
                    when.map_or(Window::Today, |when| window_of(when, &one.place, self.now));
                let name = spoken::full_name(&one.place, self.caller.country);
                self.forecast(&one.place, window, vec![spoken::taken(&name)])
            }
            Some(Resolution::Certain(one)) => offer(std::slice::from_ref(one)),
            Some(Resolution::Choice(many) | Resolution::Guess(many)) if !many.is_empty() => {
                offer(many)
            }
            _ => {
                let told = vec![spoken::unknown_place()];
                self.answer(self.ask_after_miss(told), None, "unknown_place")
            }
        }
    }

    /// Whether the reading that was right has the *when* words as a part of the name.
    fn is_whole_name(&self, wish: &Wish) -> bool {
        let Wish::Find { readings, .. } = wish else {
            return false;
        };
        readings
            .get(self.facts.reading)
            .is_some_and(|reading| !reading.only_if_named.is_empty())
    }

    /// What came of an act, and the menu again.
    fn did(&self, act: &Act) -> Prompt {
        let done = self.facts.done.unwrap_or(Done::Failed);
        let name = |place: &Place| spoken::place_name(place, self.caller.country);
        let told = match (done, act) {
            (Done::Texted, _) => spoken::texted(),
            (Done::Promised, _) => spoken::promised(),
            (Done::Subscribed, Act::Daily { place, time, .. }) => {
                spoken::subscribed(&name(place), *time)
            }
            (Done::Subscribed, _) => spoken::texted(),
            (Done::Stopped, _) => spoken::stopped(),
            (Done::Resumed, _) => spoken::resumed(),
            (Done::NoWeather, Act::Text { place, .. }) => spoken::no_weather(&name(place)),
            (Done::TooManyTexts, _) => spoken::too_many_texts(),
            (Done::TooManyDaily, _) => spoken::too_many_daily(),
            (Done::NoWeather | Done::Failed, _) => spoken::failed(),
        };
        self.same(self.step.again(), vec![told])
    }

    /// Silence after a forecast is an end, after a moment; to any other question it is no answer.
    fn silence(&self) -> Prompt {
        match self.step.at {
            At::Menu { .. } if self.step.misses > 0 => self.end(vec![spoken::goodbye()]),
            At::Menu { .. } => self.same(self.step.missed(), Vec::new()),
            _ => self.missed(vec![spoken::not_heard()]),
        }
    }

    /// The same question after an answer that was none; at last the end.
    fn missed(&self, told: Vec<String>) -> Prompt {
        let next = self.step.missed();
        if is_over(&next) {
            return give_up(self, told);
        }
        self.same(next, told)
    }

    /// A place is asked for once more, whatever the question was.
    fn ask_after_miss(&self, told: Vec<String>) -> Prompt {
        let missed = self.step.missed();
        if is_over(&missed) {
            return give_up(self, told);
        }
        let next = Step {
            at: At::Ask,
            ..missed
        };
        self.ask_place(next, told, true)
    }

    /// The question of a step.
    fn same(&self, next: Step, told: Vec<String>) -> Prompt {
        match next.at {
            At::Start | At::Ask => {
                let helped = next.misses > 0;
                self.ask_place(next, told, helped)
            }
            At::Pick { .. } => self.pick(next, told),
            At::Menu { .. } => self.menu(next, told, false),
        }
    }

    fn ask_place(&self, next: Step, told: Vec<String>, helped: bool) -> Prompt {
        let digits = postcode_digits(self.caller.country);
        let words = match (digits, helped) {
            (Some(_), false) => spoken::ask_place_or_zip(),
            (Some(_), true) => spoken::ask_place_or_zip_again(),
            (None, false) => spoken::ask_place_or_postcode(),
            (None, true) => spoken::ask_place_or_postcode_again(),
        };
        let mine = self.caller.me.iter().flat_map(|me| &me.subscriptions);
        let hints = mine.map(|mine| mine.place.name.clone());
        self.ask(
            told,
            words,
            Keys::Postcode(digits),
            hints.chain([spoken::HINT_TOMORROW.to_owned()]).collect(),
            Step {
                at: At::Ask,
                ..next
            },
        )
    }

    fn pick(&self, next: Step, told: Vec<String>) -> Prompt {
        let At::Pick { options, .. } = &next.at else {
            return self.end(told);
        };
        let names: Vec<String> = options
            .iter()
            .map(|option| spoken::full_name(option, self.caller.country))
            .collect();
        let words = match names.as_slice() {
            [one] => spoken::did_you_mean(one),
            many => spoken::choice(many),
        };
        let hints = names.iter().cloned().chain(spoken::hints_of_choice());
        let hints = hints.collect();
        self.ask(told, words, Keys::One, hints, next)
    }

    /// What next; `owed`: the forecast could not be read.
    fn menu(&self, next: Step, told: Vec<String>, owed: bool) -> Prompt {
        let At::Menu { window, .. } = &next.at else {
            return self.end(told);
        };
        let texting = self.caller.texting();
        let words = spoken::menu(&spoken::Menu {
            texts: texting == Texting::May,
            owed,
            tomorrow: other_day(*window) == Window::Tomorrow,
            stop: texting == Texting::May && self.caller.has_daily(),
            resume: matches!(texting, Texting::Stopped(by) if can_resume(by)),
        });
        self.ask(told, words, Keys::One, spoken::hints_of_menu(), next)
    }

    fn ask(
        &self,
        told: Vec<String>,
        words: String,
        keys: Keys,
        hints: Vec<String>,
        next: Step,
    ) -> Prompt {
        let question = Question {
            words,
            keys,
            hints,
            next,
        };
        Prompt {
            accent: self.accent(),
            told,
            question: Some(question),
        }
    }

    fn how_to_stop(&self) -> String {
        if self.caller.has_daily() {
            spoken::how_to_stop()
        } else {
            spoken::how_to_hang_up()
        }
    }

    fn cannot_text(&self) -> String {
        match self.caller.texting() {
            Texting::NoNumber => spoken::no_number(),
            Texting::Stopped(StoppedBy::Carrier) => spoken::stopped_at_carrier(),
            Texting::Stopped(StoppedBy::Unreachable) => spoken::unreachable(),
            Texting::Stopped(_) => spoken::stopped_with_us(),
            Texting::May => spoken::failed(),
        }
    }

    fn answer(&self, prompt: Prompt, place: Option<Place>, outcome: &'static str) -> Answer {
        let remember = place.filter(|_| self.caller.phone.is_some());
        Answer {
            prompt,
            remember,
            outcome,
        }
    }

    fn accent(&self) -> Accent {
        Accent::of_country(self.caller.country)
    }
}

/// How many digits the country's postcodes have, where they are digits and always as many.
fn postcode_digits(country: Option<Country>) -> Option<u8> {
    // Everywhere else the hash key ends them: a caller from Austria may want Germany.
    match country.as_ref().map(Country::code) {
        Some("US" | "PR") => Some(5),
        _ => None,
    }
}
