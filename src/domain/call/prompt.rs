//! What is said next, what may be pressed or said after it, and where that goes.

use super::step::Step;
use crate::domain::language::Language;
use crate::domain::phone::Country;

/// One turn of ours.
#[derive(Debug, Clone, PartialEq)]
pub struct Prompt {
    /// How it is spoken and listened to.
    pub accent: Accent,
    /// What is said first, sentence by sentence.
    pub told: Vec<String>,
    /// What is asked then; `None`: we hang up.
    pub question: Option<Question>,
}

/// What we ask, and where the answer goes. Silence goes there too, so that no call hangs.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// The question.
    pub words: String,
    /// What is said behind it to speakers of other languages, in theirs.
    pub others: Vec<(Accent, String)>,
    /// What may be pressed.
    pub keys: Keys,
    /// What will probably be said.
    pub hints: Vec<String>,
    /// Where the answer goes.
    pub next: Step,
}

/// What may be pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keys {
    /// One key of a menu.
    One,
    /// A postcode of so many digits, else one that the hash key ends.
    Postcode(Option<u8>),
}

/// How a language is spoken, as its listeners hear it every day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Accent {
    /// English of the United States.
    American,
    /// English of the United Kingdom.
    British,
    /// English of Australia.
    Australian,
    /// English of Canada.
    Canadian,
    /// English of India.
    Indian,
    /// Spanish of Spain.
    Castilian,
    /// Spanish of the Americas.
    Mexican,
    /// French of France.
    French,
    /// French of Canada.
    Quebecois,
    /// German.
    German,
    /// Portuguese of Portugal.
    Portuguese,
    /// Portuguese of Brazil.
    Brazilian,
    /// Italian.
    Italian,
}

impl Accent {
    /// Of a language, as it is spoken in a country.
    #[must_use]
    pub fn of(language: Language, country: Option<Country>) -> Self {
        let code = country.as_ref().map(Country::code);
        match (language, code) {
            (Language::English, Some("GB" | "IE" | "MT" | "GG" | "JE" | "IM" | "GI")) => {
                Self::British
            }
            (Language::English, Some("AU" | "NZ")) => Self::Australian,
            (Language::English, Some("CA")) => Self::Canadian,
            (Language::English, Some("IN")) => Self::Indian,
            (Language::English, _) => Self::American,
            // Africa's one country of Spanish speaks that of Spain.
            (Language::Spanish, Some("ES" | "GQ" | "AD")) => Self::Castilian,
            (Language::Spanish, Some(_)) if !Self::is_in_europe(country) => Self::Mexican,
            (Language::Spanish, _) => Self::Castilian,
            (Language::French, Some("CA")) => Self::Quebecois,
            (Language::French, _) => Self::French,
            (Language::German, _) => Self::German,
            (Language::Portuguese, Some("BR" | "US" | "CA" | "PY" | "UY" | "AR" | "BO")) => {
                Self::Brazilian
            }
            (Language::Portuguese, None) => Self::Brazilian,
            (Language::Portuguese, Some(_)) => Self::Portuguese,
            (Language::Italian, _) => Self::Italian,
        }
    }

    fn is_in_europe(country: Option<Country>) -> bool {
        const EUROPE: &str = "AL AT BA BE BG BY CH CY CZ DE DK EE FI FR GB GI GR HR HU IE IS IT LI LT LU LV MA MC MD ME \
            MK MT NL NO PL PT RO RS SE SI SK SM UA VA XK";
        country.is_some_and(|country| {
            EUROPE
                .split_ascii_whitespace()
                .any(|one| one == country.code())
        })
    }
}
