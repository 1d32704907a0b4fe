//! What an operator writes of a subscription, in a command or in a row of a list, read as a texted one would be.

use std::collections::HashMap;

use jiff::Timestamp;

use crate::cli::place::one_place;
use crate::domain::command::{Command, Which};
use crate::domain::compose::place_label;
use crate::domain::language::Language;
use crate::domain::phone::{Country, PhoneNumber};
use crate::domain::place::Place;
use crate::domain::schedule::{Days, SendTime};
use crate::domain::subscriber::{Condition, Subscription, Units};
use crate::places::Places;
use crate::store::ImportRow;

/// As written; what is empty was not said.
#[derive(Default)]
pub(super) struct Wish<'a> {
    pub(super) phone: &'a str,
    pub(super) place: &'a str,
    pub(super) time: &'a str,
    pub(super) days: &'a str,
    pub(super) units: &'a str,
    pub(super) only_if: &'a str,
    pub(super) language: &'a str,
    pub(super) consent: &'a str,
}

impl Wish<'_> {
    /// The subscription that is meant, or a clause that says why there is none. Never repeats the number.
    pub(super) fn read(
        &self,
        atlas: &mut Atlas,
        usual: SendTime,
        now: Timestamp,
    ) -> Result<ImportRow, String> {
        let phone = PhoneNumber::parse(self.phone).map_err(|error| error.to_string())?;
        let units = given(self.units, Units::parse, "units are metric or imperial")?;
        let only_if = given(
            self.only_if,
            Condition::parse,
            "only_if is rain, snow, frost, wind or heat",
        )?;
        let days = days(self.days)?;
        let time = time(self.time)?;
        let language = given(
            self.language,
            Language::parse,
            "language is en, es, fr, de, pt or it",
        )?;
        let place = atlas.find(self.place, phone.country())?;
        let mut subscription = Subscription::new(place, time.unwrap_or(usual), now);
        subscription.days = days.unwrap_or(Days::DAILY);
        subscription.only_if = only_if;
        subscription.reschedule(now);
        let consent = self.consent.chars().take(160).collect();
        Ok(ImportRow {
            country: phone.country(),
            phone,
            units,
            language,
            subscription,
            consent,
        })
    }
}

/// The gazetteer, and what it was asked lately: a list has the same towns again and again.
pub(super) struct Atlas {
    places: Places,
    known: HashMap<(String, Option<Country>), Result<Place, String>>,
}

impl Atlas {
    pub(super) fn new() -> Self {
        Self {
            places: Places::embedded(),
            known: HashMap::new(),
        }
    }

    fn find(&mut self, text: &str, country: Option<Country>) -> Result<Place, String> {
        if text.len() > MEMORABLE {
            return one_place(&self.places, text, country);
        }
        let asked = (text.to_owned(), country);
        if let Some(known) = self.known.get(&asked) {
            return known.clone();
        }
        if self.known.len() >= REMEMBERED {
            self.known.clear();
        }
        let found = one_place(&self.places, text, country);
        self.known.insert(asked, found.clone());
        found
    }
}

/// Bytes of a text that is remembered.
const MEMORABLE: usize = 60;
const REMEMBERED: usize = 10_000;

/// What a subscription is now, in a sentence.
pub(super) fn sentence(phone: &PhoneNumber, mine: &Subscription) -> String {
    let place = place_label(&mine.place, None);
    let next = mine
        .next
        .map(|slot| slot.at.to_zoned(mine.place.zone.rules().clone()));
    let next = next
        .map(|at| at.strftime("%a %-d %b %H:%M %Z").to_string())
        .unwrap_or_default();
    format!(
        "{phone} gets {place} at {} ({}); next: {next}",
        mine.time, mine.days
    )
}

/// A time of day as it would be texted; empty: not said.
pub(super) fn time(text: &str) -> Result<Option<SendTime>, String> {
    given(
        text,
        read_time,
        "a time is written like 7am, 6:30 pm or 18:30",
    )
}

/// Days as they would be texted; empty: not said.
pub(super) fn days(text: &str) -> Result<Option<Days>, String> {
    given(
        text,
        read_days,
        "days are daily, weekdays, weekends or a list such as mon,wed,fri",
    )
}

fn read_time(text: &str) -> Option<SendTime> {
    match Command::parse(&format!("time {text}")) {
        Command::Time {
            which: Which::Unsaid,
            time,
        } => time,
        _ => None,
    }
}

fn read_days(text: &str) -> Option<Days> {
    Days::parse(text).or_else(|| match Command::parse(&format!("days {text}")) {
        Command::Days {
            which: Which::Unsaid,
            days,
        } => days,
        _ => None,
    })
}

/// What was written, read; empty: not said.
pub(super) fn given<T>(
    text: &str,
    read: impl Fn(&str) -> Option<T>,
    rule: &str,
) -> Result<Option<T>, String> {
    let text = text.trim().to_ascii_lowercase();
    if text.is_empty() {
        return Ok(None);
    }
    read(&text).map(Some).ok_or_else(|| rule.to_owned())
}

#[cfg(test)]
mod tests;
