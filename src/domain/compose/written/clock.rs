//! Hours, times and weekdays, written for a 12-hour or a 24-hour reader, in every language.

use std::fmt::Write;

use jiff::civil::Weekday;

use super::phrases::Phrase;
use crate::domain::compose::outlook::{Part, Reach, When};
use crate::domain::language::Language;
use crate::domain::phone::Country;
use crate::domain::schedule::SendTime;

/// How a reader's clock counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ClockStyle {
    /// 2pm.
    H12,
    /// 14:00.
    H24,
}

impl ClockStyle {
    /// What people of the country read in English; 24 hours where the country is unknown.
    #[must_use]
    pub fn of_country(country: Option<Country>) -> Self {
        // CLDR timeData where "h" comes first, and the countries that write 2pm in English whatever their screens show.
        const TWELVE: &str = "US CA AU NZ IE GB IM GG JE GI MT ZA NG KE GH UG TZ ZM ZW BW NA MW LS SZ SL LR GM RW \
            ET ER SS SD IN PK BD LK NP BT PH MY SG BN HK MO TW KR EG SA AE JO KW QA BH OM YE IQ SY LB LY PS MR DZ \
            JM BS BB BZ TT GY AG AI BM DM GD KN KY LC MS TC VC VG VI PR GU AS MP UM FM MH PW FJ PG SB VU WS TO KI \
            NR TV CO VE PA HN SV NI DO MX GT CY GR AL";
        match country {
            Some(country) if TWELVE.split_ascii_whitespace().any(|c| c == country.code()) => {
                Self::H12
            }
            _ => Self::H24,
        }
    }
}

/// A time of day: `7am`, `6:30pm`, `noon`, or `07:00`.
#[must_use]
pub fn clock_words(time: SendTime, style: ClockStyle) -> String {
    let mut words = String::with_capacity(8);
    match style {
        ClockStyle::H24 => words = time.to_string(),
        ClockStyle::H12 if time.minute() == 0 => words = twelve_hours(time.hour()),
        ClockStyle::H12 => {
            let hour = twelve(time.hour());
            let half = half(time.hour());
            let _ = write!(words, "{hour}:{:02}{half}", time.minute());
        }
    }
    words
}

/// `Mon`.
#[must_use]
pub const fn weekday_short(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "Mon",
        Weekday::Tuesday => "Tue",
        Weekday::Wednesday => "Wed",
        Weekday::Thursday => "Thu",
        Weekday::Friday => "Fri",
        Weekday::Saturday => "Sat",
        Weekday::Sunday => "Sun",
    }
}

/// `Monday`.
#[must_use]
pub const fn weekday_long(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

/// The short name of a weekday in a language: `Mon`, `lun`, `Mo`.
#[must_use]
pub fn weekday_in(day: Weekday, language: Language) -> &'static str {
    match day {
        Weekday::Monday => Phrase::Mon,
        Weekday::Tuesday => Phrase::Tue,
        Weekday::Wednesday => Phrase::Wed,
        Weekday::Thursday => Phrase::Thu,
        Weekday::Friday => Phrase::Fri,
        Weekday::Saturday => Phrase::Sat,
        Weekday::Sunday => Phrase::Sun,
    }
    .text(language)
}

/// A word that stands before an hour. Some languages say it otherwise at one o'clock and at midnight.
#[derive(Clone, Copy)]
pub(super) enum Before {
    Until,
    From,
    Around,
    At,
    By,
    Turn,
    Age,
}

impl Before {
    const fn phrases(self) -> [Phrase; 3] {
        match self {
            Self::Until => [Phrase::Until, Phrase::UntilOne, Phrase::UntilMidnight],
            Self::From => [Phrase::From, Phrase::FromOne, Phrase::FromMidnight],
            Self::Around => [Phrase::Around, Phrase::AroundOne, Phrase::AroundMidnight],
            Self::At => [Phrase::At, Phrase::AtOne, Phrase::AtMidnight],
            Self::By => [Phrase::By, Phrase::ByOne, Phrase::ByMidnight],
            Self::Turn => [Phrase::Turn, Phrase::TurnOne, Phrase::TurnMidnight],
            Self::Age => [Phrase::Age, Phrase::AgeOne, Phrase::AgeMidnight],
        }
    }
}

/// How a reader is told times: 2pm is English, the other languages count to 24.
#[derive(Clone, Copy)]
pub(super) struct Dial {
    pub(super) language: Language,
    style: ClockStyle,
}

impl Dial {
    pub(super) const fn new(language: Language, style: ClockStyle) -> Self {
        Self { language, style }
    }

    fn english(self) -> Option<ClockStyle> {
        (self.language == Language::English).then_some(self.style)
    }

    /// `2pm`, `noon`, `14:00`, `14h`, `14 Uhr`; 24 is midnight.
    fn hour(self, hour: u8) -> String {
        let language = self.language;
        if self.english() == Some(ClockStyle::H12) {
            return twelve_hours(hour);
        }
        match hour {
            0 | 24 if self.english().is_none() => Phrase::Midnight.text(language).to_owned(),
            12 if self.english().is_none() => Phrase::Noon.text(language).to_owned(),
            _ => Phrase::Hour.fill(language, &[("hour", &self.digits(hour % 24))]),
        }
    }

    /// The hour in a list of hours.
    pub(super) fn hour_in_list(self, hour: u8) -> String {
        match self.english() {
            Some(_) => self.hour(hour),
            None => {
                let digits = self.digits(hour % 24);
                Phrase::HourInList.fill(self.language, &[("hour", &digits)])
            }
        }
    }

    fn digits(self, hour: u8) -> String {
        match self.english() {
            Some(_) => format!("{hour:02}"),
            None => hour.to_string(),
        }
    }

    /// The hour after a word: `until 2pm`, `hasta la 1h`, `fino a mezzanotte`.
    pub(super) fn after(self, before: Before, hour: u8) -> String {
        let [plain, one, midnight] = before.phrases();
        let phrase = match hour {
            0 | 24 => midnight,
            1 => one,
            _ => plain,
        };
        phrase.fill(self.language, &[("hour", &self.hour(hour))])
    }

    /// When: `all day`, `until 2pm`, `from 14:00`, `2-6pm`, `around noon`, `in the afternoon`.
    pub(super) fn when(self, when: When) -> String {
        let language = self.language;
        match when {
            When::Throughout(reach) => throughout(reach).text(language).to_owned(),
            When::Until(hour) => self.after(Before::Until, hour),
            When::From(hour) => self.after(Before::From, hour),
            When::Around(hour) => self.after(Before::Around, hour),
            When::Between(first, last) => self.range(first, last),
            When::Parts(first, last) if first == last => in_part(first).text(language).to_owned(),
            When::Parts(first, last) => {
                let [from, to] = [from_part(first), to_part(last)].map(|p| p.text(language));
                format!("{from} {to}")
            }
        }
    }

    fn range(self, first: u8, last: u8) -> String {
        let named = |hour: u8| hour.is_multiple_of(12);
        let (from, to) = match self.english() {
            Some(ClockStyle::H12) => {
                let one_half = !named(first) && !named(last) && half(first) == half(last);
                let from = if one_half && first < last {
                    twelve(first).to_string()
                } else {
                    self.hour(first)
                };
                (from, self.hour(last))
            }
            Some(ClockStyle::H24) => (self.hour(first), self.hour(last)),
            None => (self.digits(first % 24), self.digits(last)),
        };
        Phrase::Range.fill(self.language, &[("from", &from), ("to", &to)])
    }
}

fn twelve_hours(hour: u8) -> String {
    match hour {
        0 | 24 => Phrase::Midnight.text(Language::English).to_owned(),
        12 => Phrase::Noon.text(Language::English).to_owned(),
        _ => format!("{}{}", twelve(hour), half(hour)),
    }
}

pub(in crate::domain::compose) const fn throughout(reach: Reach) -> Phrase {
    match reach {
        Reach::Day => Phrase::AllDay,
        Reach::RestOfDay => Phrase::RestOfDay,
        Reach::Evening => Phrase::AllEvening,
        Reach::LateEvening => Phrase::LateEvening,
        Reach::Night => Phrase::AllNight,
        Reach::NextHours => Phrase::NextHours,
    }
}

pub(in crate::domain::compose) const fn in_part(part: Part) -> Phrase {
    match part {
        Part::Night => Phrase::InNight,
        Part::Morning => Phrase::InMorning,
        Part::Midday => Phrase::InMidday,
        Part::Afternoon => Phrase::InAfternoon,
        Part::Evening => Phrase::InEvening,
    }
}

const fn from_part(part: Part) -> Phrase {
    match part {
        Part::Night => Phrase::FromNight,
        Part::Morning => Phrase::FromMorning,
        Part::Midday => Phrase::FromMidday,
        Part::Afternoon => Phrase::FromAfternoon,
        Part::Evening => Phrase::FromEvening,
    }
}

const fn to_part(part: Part) -> Phrase {
    match part {
        Part::Night => Phrase::ToNight,
        Part::Morning => Phrase::ToMorning,
        Part::Midday => Phrase::ToMidday,
        Part::Afternoon => Phrase::ToAfternoon,
        Part::Evening => Phrase::ToEvening,
    }
}

const fn twelve(hour: u8) -> u8 {
    match hour % 12 {
        0 => 12,
        other => other,
    }
}

const fn half(hour: u8) -> &'static str {
    if hour % 24 < 12 { "am" } else { "pm" }
}

#[cfg(test)]
mod tests;
