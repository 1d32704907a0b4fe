//! What is said next: every wish gets an answer, and every answer a question or a goodbye.

use jiff::Timestamp;

use super::caller::{Caller, Texting};
use super::choosing::{can_resume, window_of};
use super::mishap::{give_up, is_over};
use super::prompt::Prompt;
use super::step::{At, MAX_OPTIONS, Step};
use super::wish::{Act, Done, Facts, Wish};
use crate::domain::command::{DailyWish, When};
use crate::domain::compose::spoken::{self, Line};
use crate::domain::compose::{Ask, ClockStyle, spoken_text};
use crate::domain::decision::Weather;
use crate::domain::forecast::Window;
use crate::domain::language::Language;
use crate::domain::place::{Candidate, Place, Resolution};
use crate::domain::schedule::SendTime;
use crate::domain::subscriber::{Channel, StoppedBy};

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
    let talk = Talk::new(step, caller, facts, now);
    let (prompt, outcome) = match wish {
        _ if is_over(step) => (give_up(&talk, Vec::new()), "given_up"),
        Wish::Forecast { place, window } => return talk.forecast(place, *window, Vec::new()),
        Wish::Find {
            when, daily, sure, ..
        } => {
            let whole = talk.is_whole_name(wish);
            return talk.found(when.filter(|_| !whole), daily.as_ref(), *sure);
        }
        Wish::Act(act) => (talk.did(act), "act"),
        Wish::AskPlace => (
            talk.ask_place(step.then(At::Ask), talk.greeting(), false),
            "ask",
        ),
        Wish::Offer { place } => {
            let place = place.clone();
            (
                talk.offer(step.then(At::Offer { place }), talk.greeting()),
                "ask",
            )
        }
        Wish::Languages => (
            talk.languages(step.then(At::Languages), Vec::new()),
            "languages",
        ),
        Wish::Again => (talk.same(step.again(), Vec::new()), "again"),
        Wish::HowToStop => (talk.same(step.again(), talk.how_to_stop()), "again"),
        Wish::NoneToStop => (talk.same(step.again(), talk.say(Line::NoneToStop)), "again"),
        Wish::CannotText => (talk.same(step.again(), talk.cannot_text()), "cannot_text"),
        Wish::Unclear => (talk.missed(talk.say(Line::NotUnderstood)), "unclear"),
        Wish::Silence => (talk.silence(), "silence"),
        Wish::Goodbye => (talk.end(talk.say(Line::Goodbye)), "goodbye"),
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
    let talk = Talk::new(&step, caller, &facts, now);
    let mut told = talk.say(Line::HereIsYourForecast);
    told.push(body.to_owned());
    if is_machine {
        told.extend(talk.say(Line::Goodbye));
        return talk.end(told);
    }
    let place = place.clone();
    talk.menu(step.then(At::Menu { place, window }), told, false)
}

/// A call that is one too many: it is told so, and ended.
#[must_use]
pub fn too_many_calls(caller: &Caller, now: Timestamp) -> Prompt {
    let (step, facts) = (Step::START, Facts::default());
    let talk = Talk::new(&step, caller, &facts, now);
    let mut told = talk.say(Line::TooManyCalls);
    told.extend(talk.say(Line::Goodbye));
    talk.end(told)
}

/// One turn, with all that it stands on.
pub(super) struct Talk<'a> {
    pub(super) step: &'a Step,
    pub(super) caller: &'a Caller,
    pub(super) language: Language,
    facts: &'a Facts,
    now: Timestamp,
}

impl<'a> Talk<'a> {
    fn new(step: &'a Step, caller: &'a Caller, facts: &'a Facts, now: Timestamp) -> Self {
        Self {
            step,
            caller,
            language: step.spoken(caller),
            facts,
            now,
        }
    }

    /// One line as all that is said before the next question.
    pub(super) fn say(&self, line: Line) -> Vec<String> {
        vec![line.text(self.language).to_owned()]
    }

    pub(super) fn say_of(&self, line: Line, place: &Place) -> String {
        let name = spoken::place_name(place, self.caller.country, self.language);
        line.fill(self.language, &[("name", &name)])
    }

    /// Reads a forecast, or says why there is none.
    fn forecast(&self, place: &Place, window: Window, mut told: Vec<String>) -> Answer {
        let menu = || {
            self.step.then(At::Menu {
                place: place.clone(),
                window,
            })
        };
        let (prompt, outcome) = match &self.facts.weather {
            Some(Weather::Ready(forecast)) => {
                let ask = Ask {
                    language: self.language,
                    place,
                    window,
                    units: self.caller.units(),
                    clock: ClockStyle::for_reader(self.language, self.caller.country),
                    reader: self.caller.country,
                    now: self.now,
                    room: 160,
                };
                let (text, outcome) = match spoken_text(forecast, &ask) {
                    Ok(text) => (text, "forecast"),
                    Err(_) => (self.say_of(Line::NotThatFar, place), "no_forecast"),
                };
                told.push(text);
                (self.menu(menu(), told, false), outcome)
            }
            Some(Weather::NoData) => {
                told.push(self.say_of(Line::NoWeather, place));
                let prompt = self.ask_place(self.step.then(At::Ask), told, false);
                return self.answer(prompt, None, "no_weather");
            }
            Some(Weather::Late) | None => {
                told.push(self.say_of(Line::Late, place));
                (self.without_weather(menu(), told), "late")
            }
            Some(Weather::Down) => {
                told.push(self.say_of(Line::Down, place));
                (self.without_weather(menu(), told), "down")
            }
        };
        self.answer(prompt, Some(place.clone()), outcome)
    }

    fn without_weather(&self, next: Step, mut told: Vec<String>) -> Prompt {
        if self.caller.texting() != Texting::May {
            told.extend(self.say(Line::CallAgain));
        }
        self.menu(next, told, true)
    }

    /// What was looked up.
    fn found(&self, when: Option<When>, daily: Option<&DailyWish>, sure: bool) -> Answer {
        let choose = |candidates: &[Candidate]| {
            let options: Vec<Place> = candidates
                .iter()
                .take(MAX_OPTIONS)
                .map(|candidate| candidate.place.clone())
                .collect();
            let window = options.first().map_or(Window::Today, |first| {
                when.map_or(Window::Today, |when| window_of(when, first, self.now))
            });
            let next = self.step.then(At::Pick {
                options,
                window,
                daily: daily.and_then(|daily| daily.time),
            });
            self.answer(self.pick(next, Vec::new()), None, "choice")
        };
        match &self.facts.resolution {
            Some(Resolution::Certain(one)) if sure => {
                let window =
                    when.map_or(Window::Today, |when| window_of(when, &one.place, self.now));
                let name = spoken::full_name(&one.place, self.caller.country, self.language);
                let taken = Line::Taken.fill(self.language, &[("name", &name)]);
                self.forecast(&one.place, window, vec![taken])
            }
            Some(Resolution::Certain(one)) => choose(std::slice::from_ref(one)),
            Some(Resolution::Choice(many) | Resolution::Guess(many)) if !many.is_empty() => {
                choose(many)
            }
            _ => {
                let told = self.say(Line::UnknownPlace);
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
        let line = match (done, act) {
            (Done::Subscribed, Act::Daily { place, wish }) => return self.subscribed(place, wish),
            (Done::NoWeather, Act::Text { place, .. }) => {
                let told = vec![self.say_of(Line::NoWeather, place)];
                return self.same(self.step.again(), told);
            }
            (Done::Texted | Done::Subscribed, _) => Line::Texted,
            (Done::Promised, _) => Line::Promised,
            (Done::Stopped, _) => Line::Stopped,
            (Done::Paused, _) => Line::Paused,
            (Done::Resumed, _) => Line::Resumed,
            (Done::ResumedDaily, _) => Line::ResumedDaily,
            (Done::TooManyTexts, _) => Line::TooManyTexts,
            (Done::TooManyDaily, _) => Line::TooManyDaily,
            (Done::NoWeather | Done::Failed, _) => Line::Failed,
        };
        self.same(self.step.again(), self.say(line))
    }

    /// A daily text is set: what was set is said back, and the place is the one talked about.
    fn subscribed(&self, place: &Place, wish: &DailyWish) -> Prompt {
        let name = spoken::place_name(place, self.caller.country, self.language);
        let time = wish.time.unwrap_or(SendTime::SEVEN);
        let time = spoken::time_words(time, self.language);
        let is_plain = wish.days.is_none() && wish.only_if.is_none();
        let line = match is_plain && wish.channel != Some(Channel::Call) {
            true => Line::Subscribed,
            false => Line::SubscribedSo,
        };
        let told = line.fill(self.language, &[("name", name.as_str()), ("time", &time)]);
        let next = match &self.step.at {
            At::Menu { place: about, .. } if about == place => self.step.again(),
            _ => self.step.then(At::Menu {
                place: place.clone(),
                window: Window::Today,
            }),
        };
        self.same(next, vec![told])
    }

    /// Silence after a forecast is an end, after a moment; to any other question it is no answer.
    fn silence(&self) -> Prompt {
        match self.step.at {
            At::Menu { .. } if self.step.misses > 0 => self.end(self.say(Line::Goodbye)),
            At::Menu { .. } => self.same(self.step.missed(), Vec::new()),
            _ => self.missed(self.say(Line::NotHeard)),
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

    fn greeting(&self) -> Vec<String> {
        match self.step.at {
            At::Start => self.say(Line::Hello),
            _ => Vec::new(),
        }
    }

    fn how_to_stop(&self) -> Vec<String> {
        self.say(match self.caller.has_daily() && !self.is_paused() {
            true => Line::HowToStop,
            false => Line::HowToHangUp,
        })
    }

    fn cannot_text(&self) -> Vec<String> {
        self.say(match self.caller.texting() {
            Texting::NoNumber => Line::NoNumber,
            Texting::Stopped(StoppedBy::Carrier) => Line::StoppedAtCarrier,
            Texting::Stopped(StoppedBy::Unreachable) => Line::Unreachable,
            Texting::Stopped(_) => Line::StoppedWithUs,
            Texting::May => Line::Failed,
        })
    }

    /// Whether all of their daily texts are paused.
    pub(super) fn is_paused(&self) -> bool {
        self.caller.is_paused(self.now)
    }

    /// Whether a key takes their stop back.
    pub(super) fn can_resume(&self) -> bool {
        matches!(self.caller.texting(), Texting::Stopped(by) if can_resume(by))
    }

    fn answer(&self, prompt: Prompt, place: Option<Place>, outcome: &'static str) -> Answer {
        let remember = place.filter(|_| self.caller.phone.is_some());
        Answer {
            prompt,
            remember,
            outcome,
        }
    }
}
