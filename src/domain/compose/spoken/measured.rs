//! Measured things for the ear: degrees, wind, rain and snow, with their units as words.

use super::numbers::{Before, number_words};
use super::words::Word;
use crate::domain::compose::measure::{self, Amount, Rain, Snow, WindUnit};
use crate::domain::language::Language;
use crate::domain::subscriber::Units;

/// `minus two degrees`, `veintiún grados`.
pub(super) fn degrees(celsius: f32, units: Units, language: Language) -> String {
    change(measure::degrees(celsius, units), language)
}

/// Degrees that are whole already.
pub(super) fn change(degrees: i32, language: Language) -> String {
    let noun = match is_one(degrees, language) {
        true => Word::Degree,
        false => Word::Degrees,
    };
    counted(degrees, Before::Masculine, noun, language)
}

/// `thirty kilometers an hour`, `twelve meters a second`.
pub(super) fn speed(kmh: f32, unit: WindUnit, language: Language) -> String {
    let noun = match unit {
        WindUnit::KilometresAnHour => Word::Kilometers,
        WindUnit::MilesAnHour => Word::Miles,
        WindUnit::MetresASecond => Word::MetersSecond,
    };
    counted(unit.round(kmh), before(unit, language), noun, language)
}

/// The number of it alone, where its unit has just been said.
pub(super) fn bare_speed(kmh: f32, unit: WindUnit, language: Language) -> String {
    number_words(unit.round(kmh), language, before(unit, language))
}

/// What falls, behind what is said of it: `rain, five to ten millimeters`.
pub(super) fn with_amount(what: &str, amount: Amount, units: Units, language: Language) -> String {
    match amount {
        Amount::Rain(one) => format!("{what}, {}", rain(one, units, language)),
        Amount::Snow(one) => Word::OfSnow.fill(
            language,
            &[("what", what), ("amount", &snow(one, units, language))],
        ),
    }
}

fn rain(rain: Rain, units: Units, language: Language) -> String {
    let with = |word: Word, tenths| {
        word.fill(
            language,
            &[("amount", &rain_amount(tenths, units, language))],
        )
    };
    match rain {
        Rain::Under(tenths) => with(Word::LessThan, tenths),
        Rain::Over(tenths) => with(Word::MoreThan, tenths),
        Rain::Between(first, last) => {
            let before = match units {
                Units::Metric => Before::Masculine,
                Units::Imperial => inches(language),
            };
            let first = match first % 10 {
                0 => number_words(first / 10, language, before),
                _ => rain_amount(first, units, language),
            };
            let last = rain_amount(last, units, language);
            Word::Range.fill(language, &[("first", &first), ("last", &last)])
        }
    }
}

/// `ten millimeters`, `half an inch`: the steps of rain have no other fraction.
fn rain_amount(tenths: i32, units: Units, language: Language) -> String {
    let (noun, before) = match units {
        Units::Metric => (Word::Millimeters, Before::Masculine),
        Units::Imperial if tenths < 10 => return Word::HalfInch.text(language).to_owned(),
        Units::Imperial if tenths == 10 => (Word::Inch, inches(language)),
        Units::Imperial => (Word::Inches, inches(language)),
    };
    counted(tenths / 10, before, noun, language)
}

fn snow(snow: Snow, units: Units, language: Language) -> String {
    let (one, many, before) = match units {
        Units::Metric => (Word::Centimeter, Word::Centimeters, Before::Masculine),
        Units::Imperial => (Word::Inch, Word::Inches, inches(language)),
    };
    let amount = |n: u8| {
        let n = i32::from(n);
        let noun = if is_one(n, language) { one } else { many };
        counted(n, before, noun, language)
    };
    let with = |word: Word, n| word.fill(language, &[("amount", &amount(n))]);
    match snow {
        Snow::Under(n) => with(Word::LessThan, n),
        Snow::About(n) => with(Word::AboutAmount, n),
        Snow::Over(n) => with(Word::MoreThan, n),
        Snow::Between(first, last) => {
            let first = number_words(i32::from(first), language, before);
            Word::Range.fill(language, &[("first", &first), ("last", &amount(last))])
        }
    }
}

fn counted(n: i32, before: Before, noun: Word, language: Language) -> String {
    format!(
        "{} {}",
        number_words(n, language, before),
        noun.text(language)
    )
}

/// Whether the noun stands in the singular. In French nothing is one thing too.
const fn is_one(n: i32, language: Language) -> bool {
    match language {
        Language::French => n.abs() < 2,
        _ => n.abs() == 1,
    }
}

const fn before(unit: WindUnit, language: Language) -> Before {
    match (unit, language) {
        (WindUnit::MilesAnHour, Language::Spanish | Language::Portuguese | Language::German) => {
            Before::Feminine
        }
        _ => Before::Masculine,
    }
}

const fn inches(language: Language) -> Before {
    match language {
        Language::Spanish | Language::Portuguese => Before::Feminine,
        _ => Before::Masculine,
    }
}

#[cfg(test)]
mod tests;
