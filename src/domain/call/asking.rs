//! The questions of a call: for a place, whether it is here, which one, in which language, and what next.

use super::caller::Texting;
use super::choosing::other_day;
use super::heard::Heard;
use super::prompt::{Accent, Keys, Prompt, Question};
use super::step::{At, Step};
use super::switch;
use super::talk::Talk;
use crate::domain::compose::spoken::{self, Line, Menu, key_name};
use crate::domain::forecast::Window;
use crate::domain::language::Language;
use crate::domain::phone::Country;

impl Talk<'_> {
    /// The last words.
    pub(super) fn end(&self, told: Vec<String>) -> Prompt {
        self.prompt(told, None)
    }

    /// The question of a step.
    pub(super) fn same(&self, next: Step, told: Vec<String>) -> Prompt {
        match next.at {
            At::Start | At::Ask => {
                let helped = next.misses > 0;
                self.ask_place(next, told, helped)
            }
            At::Offer { .. } => self.offer(next, told),
            At::Languages => self.languages(next, told),
            At::Pick { .. } => self.pick(next, told),
            At::Menu { .. } => self.menu(next, told, false),
        }
    }

    /// For which place; `helped`: with an example.
    pub(super) fn ask_place(&self, next: Step, told: Vec<String>, helped: bool) -> Prompt {
        let digits = postcode_digits(self.caller.country);
        let line = match (digits, helped) {
            (Some(_), false) => Line::AskZip,
            (Some(_), true) => Line::AskZipAgain,
            (None, false) => Line::AskPostcode,
            (None, true) => Line::AskPostcodeAgain,
        };
        let mine = self.caller.me.iter().flat_map(|me| &me.subscriptions);
        let mine = mine.map(|mine| mine.place.name.clone());
        let hints = mine.chain([Heard::Tomorrow.usual(self.language)]);
        let hints = hints.chain(switch::names_in_their_own()).collect();
        let question = Question {
            words: line.text(self.language).to_owned(),
            others: self.other_languages(),
            keys: Keys::Postcode(digits),
            hints,
            next: Step {
                at: At::Ask,
                ..next
            },
        };
        self.ask(told, question)
    }

    /// Whether it is where their number is from.
    pub(super) fn offer(&self, next: Step, told: Vec<String>) -> Prompt {
        let At::Offer { place } = &next.at else {
            return self.end(told);
        };
        let question = Question {
            words: self.say_of(Line::Offer, place),
            others: self.other_languages(),
            keys: Keys::One,
            hints: self
                .hints(&[Heard::Yes, Heard::No, Heard::Another])
                .into_iter()
                .chain([place.name.clone()])
                .chain(switch::names_in_their_own())
                .collect(),
            next,
        };
        self.ask(told, question)
    }

    /// In which language: each in its own.
    pub(super) fn languages(&self, next: Step, told: Vec<String>) -> Prompt {
        let others = Language::ALL
            .into_iter()
            .filter(|language| *language != self.language);
        let option = |language| (self.accent(language), spoken::language_option(language));
        let question = Question {
            words: spoken::language_option(self.language),
            others: others.map(option).collect(),
            keys: Keys::One,
            hints: switch::names_in_their_own().collect(),
            next,
        };
        self.ask(told, question)
    }

    /// Which of several, or whether this one.
    pub(super) fn pick(&self, next: Step, told: Vec<String>) -> Prompt {
        let At::Pick { options, .. } = &next.at else {
            return self.end(told);
        };
        let (country, language) = (self.caller.country, self.language);
        let names: Vec<String> = options
            .iter()
            .map(|option| spoken::full_name(option, country, language))
            .collect();
        let words = match names.as_slice() {
            [one] => Line::DidYouMean.fill(language, &[("name", one)]),
            many => spoken::choice(many, language),
        };
        let keys = (1..=4).map(|key| key_name(key, language));
        let hints = names.iter().cloned().chain(keys);
        let more = self.hints(&[Heard::Yes, Heard::No, Heard::Another]);
        let question = Question {
            words,
            others: Vec::new(),
            keys: Keys::One,
            hints: hints.chain(more).collect(),
            next,
        };
        self.ask(told, question)
    }

    /// What next; `owed`: the forecast could not be read.
    pub(super) fn menu(&self, next: Step, told: Vec<String>, owed: bool) -> Prompt {
        let At::Menu { window, .. } = &next.at else {
            return self.end(told);
        };
        let may = self.caller.texting() == Texting::May;
        let menu = Menu {
            texts: may,
            owed,
            tomorrow: other_day(*window) == Window::Tomorrow,
            nine: match may {
                true if self.is_paused() => Some(Line::MenuResumeDaily),
                true if self.caller.has_daily() => Some(Line::MenuStop),
                true => None,
                false => self.can_resume().then_some(Line::MenuResume),
            },
        };
        let keys = [1, 2, 3, 4, 9].map(|key| key_name(key, self.language));
        let hints = self.hints(&[
            Heard::Text,
            Heard::Tomorrow,
            Heard::Another,
            Heard::Daily,
            Heard::Again,
            Heard::Goodbye,
            Heard::Tonight,
            Heard::Weekend,
        ]);
        let question = Question {
            words: spoken::menu(&menu, self.language),
            others: Vec::new(),
            keys: Keys::One,
            hints: hints.into_iter().chain(keys).collect(),
            next,
        };
        self.ask(told, question)
    }

    fn ask(&self, told: Vec<String>, question: Question) -> Prompt {
        self.prompt(told, Some(question))
    }

    /// All that is said goes through here, so that each country hears its own words.
    fn prompt(&self, mut told: Vec<String>, mut question: Option<Question>) -> Prompt {
        let accent = self.accent(self.language);
        if accent == Accent::Portuguese {
            let asked = question.iter_mut().map(|question| &mut question.words);
            for text in told.iter_mut().chain(asked) {
                *text = spoken::european(text).into_owned();
            }
        }
        Prompt {
            accent,
            told,
            question,
        }
    }

    fn hints(&self, heard: &[Heard]) -> Vec<String> {
        heard
            .iter()
            .map(|heard| heard.usual(self.language))
            .collect()
    }

    /// That there are other languages, in the one that the caller speaks most probably if not this; only at the beginning.
    fn other_languages(&self) -> Vec<(Accent, String)> {
        if !matches!(self.step.at, At::Start) || self.step.language.is_some() {
            return Vec::new();
        }
        let other = second_language(self.language, self.caller.country);
        let line = match other == self.language {
            true => Line::PressEightAgain,
            false => Line::PressEight,
        };
        vec![(self.accent(other), line.text(other).to_owned())]
    }

    fn accent(&self, language: Language) -> Accent {
        Accent::of(language, self.caller.country)
    }
}

/// The language that callers of a country speak most probably if not the first one.
fn second_language(first: Language, country: Option<Country>) -> Language {
    let code = country.as_ref().map_or("", Country::code);
    match (first, code) {
        (Language::English, "US" | "PR" | "BZ" | "GI") => Language::Spanish,
        (Language::English, "CA" | "BE" | "MU" | "SC" | "VU" | "RW") => Language::French,
        (Language::German, "CH") | (Language::English, "LU") => Language::French,
        _ => Language::English,
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
