//! Hours, times and weekdays, written for a 12-hour or a 24-hour reader.

use std::fmt::Write;

use jiff::civil::Weekday;

use crate::domain::compose::outlook::{Part, Reach, When};
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
        ClockStyle::H12 if time.minute() == 0 => push_hour(&mut words, time.hour(), style),
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

/// Appends `2pm`, `noon`, `midnight` or `14:00`; 24 is midnight.
pub(super) fn push_hour(out: &mut String, hour: u8, style: ClockStyle) {
    match (style, hour) {
        (ClockStyle::H24, _) => {
            let _ = write!(out, "{:02}:00", hour % 24);
        }
        (ClockStyle::H12, 0 | 24) => out.push_str("midnight"),
        (ClockStyle::H12, 12) => out.push_str("noon"),
        (ClockStyle::H12, _) => {
            let _ = write!(out, "{}{}", twelve(hour), half(hour));
        }
    }
}

/// Appends when: `all day`, `until 2pm`, `from 14:00`, `2-6pm`, `around noon`, `in the afternoon`.
pub(super) fn push_when(out: &mut String, when: When, style: ClockStyle) {
    match when {
        When::Throughout(reach) => out.push_str(throughout(reach)),
        When::Until(hour) => {
            out.push_str("until ");
            push_hour(out, hour, style);
        }
        When::From(hour) => {
            out.push_str("from ");
            push_hour(out, hour, style);
        }
        When::Around(hour) => {
            out.push_str("around ");
            push_hour(out, hour, style);
        }
        When::Between(first, last) => push_range(out, first, last, style),
        When::Parts(first, last) if first == last => out.push_str(in_part(first)),
        When::Parts(first, last) => {
            let _ = write!(out, "from {} to {}", part(first), part(last));
        }
    }
}

fn push_range(out: &mut String, first: u8, last: u8, style: ClockStyle) {
    let named = |hour: u8| hour.is_multiple_of(12);
    let one_half =
        style == ClockStyle::H12 && !named(first) && !named(last) && half(first) == half(last);
    if one_half && first < last {
        let _ = write!(out, "{}", twelve(first));
    } else {
        push_hour(out, first, style);
    }
    out.push('-');
    push_hour(out, last, style);
}

pub(super) const fn throughout(reach: Reach) -> &'static str {
    match reach {
        Reach::Day => "all day",
        Reach::RestOfDay => "for the rest of the day",
        Reach::Evening => "all evening",
        Reach::LateEvening => "late this evening",
        Reach::Night => "all night",
        Reach::NextHours => "for the next 12 hours",
    }
}

pub(super) const fn in_part(part: Part) -> &'static str {
    match part {
        Part::Night => "overnight",
        Part::Morning => "in the morning",
        Part::Midday => "around midday",
        Part::Afternoon => "in the afternoon",
        Part::Evening => "in the evening",
    }
}

pub(super) const fn part(part: Part) -> &'static str {
    match part {
        Part::Night => "night",
        Part::Morning => "morning",
        Part::Midday => "midday",
        Part::Afternoon => "afternoon",
        Part::Evening => "evening",
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
mod tests {
    use super::*;

    #[test]
    fn says_times_as_the_country_does() {
        let country = |code: &str| ClockStyle::of_country(Country::parse(code));
        assert_eq!(country("US"), ClockStyle::H12);
        assert_eq!(country("GB"), ClockStyle::H12);
        assert_eq!(country("FR"), ClockStyle::H24);
        assert_eq!(ClockStyle::of_country(None), ClockStyle::H24);
        let words = |text: &str| {
            let time = SendTime::parse(text).unwrap();
            format!(
                "{} {}",
                clock_words(time, ClockStyle::H12),
                clock_words(time, ClockStyle::H24)
            )
        };
        assert_eq!(words("07:00"), "7am 07:00");
        assert_eq!(words("18:30"), "6:30pm 18:30");
        assert_eq!(words("00:00"), "midnight 00:00");
        assert_eq!(words("00:05"), "12:05am 00:05");
        assert_eq!(words("12:00"), "noon 12:00");
        assert_eq!(words("12:30"), "12:30pm 12:30");
    }

    #[test]
    fn ranges_name_the_half_once() {
        let range = |a, b| {
            let mut text = String::new();
            push_range(&mut text, a, b, ClockStyle::H12);
            text.push(' ');
            push_range(&mut text, a, b, ClockStyle::H24);
            text
        };
        assert_eq!(range(14, 18), "2-6pm 14:00-18:00");
        assert_eq!(range(9, 14), "9am-2pm 09:00-14:00");
        assert_eq!(range(12, 15), "noon-3pm 12:00-15:00");
        assert_eq!(range(21, 24), "9pm-midnight 21:00-00:00");
        assert_eq!(range(22, 3), "10pm-3am 22:00-03:00");
        assert_eq!(range(23, 22), "11pm-10pm 23:00-22:00");
    }
}
