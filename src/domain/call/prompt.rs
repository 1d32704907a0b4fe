//! What is said next, what may be pressed or said after it, and where that goes.

use super::step::Step;
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

/// Which English is spoken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Accent {
    /// Of the United States.
    American,
    /// Of the United Kingdom.
    British,
    /// Of Australia.
    Australian,
    /// Of Canada.
    Canadian,
    /// Of India.
    Indian,
}

impl Accent {
    /// What people of the country hear every day.
    #[must_use]
    pub fn of_country(country: Option<Country>) -> Self {
        match country.as_ref().map(Country::code) {
            Some("GB" | "IE" | "MT" | "GG" | "JE" | "IM" | "GI") => Self::British,
            Some("AU" | "NZ") => Self::Australian,
            Some("CA") => Self::Canadian,
            Some("IN") => Self::Indian,
            _ => Self::American,
        }
    }
}
