//! Short names for what texts speak of: places told apart, schedules, conditions.

use std::fmt::Write;

use super::super::written::{cities, regions};
use super::super::{ClockStyle, clock_words, place_label_in};
use super::days::weekday_short;
use super::say::Say;
use super::{Day, Line, plain};
use crate::domain::language::Language;
use crate::domain::phone::Country;
use crate::domain::place::Place;
use crate::domain::schedule::Days;
use crate::domain::subscriber::{Channel, Condition, Subscription, Units};

/// Labels that differ wherever the places do: with the state or region where the short ones would be the same.
#[must_use]
pub fn told_apart(language: Language, places: &[Place], reader: Option<Country>) -> Vec<Line> {
    let short: Vec<String> = places
        .iter()
        .map(|place| plain(&place_label_in(place, reader, language)))
        .collect();
    let same = |label: &String| short.iter().filter(|other| *other == label).count() > 1;
    places
        .iter()
        .zip(&short)
        .map(|(place, label)| match regions::name(place, language) {
            Some(region) if same(label) => with_region(place, &plain(region), reader, language),
            _ => label.clone(),
        })
        .map(|label| Line::of_place(&label))
        .collect()
}

fn with_region(place: &Place, region: &str, reader: Option<Country>, language: Language) -> String {
    let mut label = format!("{}, {region}", plain(cities::name(place, language)));
    if reader.is_some_and(|reader| reader != place.country) {
        let _ = write!(label, " {}", place.country);
    }
    label
}

/// `every day`, `every day by call`.
#[must_use]
pub fn days_and_channel(language: Language, days: Days, channel: Channel) -> String {
    let days = days_words(language, days);
    match channel {
        Channel::Text => days,
        Channel::Call => Say::ByCall.fill(language, &[("days", &days)]),
    }
}

/// `every day`, `weekdays`, `weekends`, `Mon, Wed, Fri`.
fn days_words(language: Language, days: Days) -> String {
    match days {
        Days::DAILY => Say::EveryDay.text(language).to_owned(),
        Days::WEEKDAYS => Say::Weekdays.text(language).to_owned(),
        Days::WEEKENDS => Say::Weekends.text(language).to_owned(),
        some => some
            .iter()
            .map(|day| weekday_short(language, day))
            .collect::<Vec<_>>()
            .join(", "),
    }
}

/// ` if rain`, or nothing.
fn condition_words(language: Language, only_if: Option<Condition>) -> &'static str {
    let say = match only_if {
        None => return "",
        Some(Condition::Rain) => Say::IfRain,
        Some(Condition::Snow) => Say::IfSnow,
        Some(Condition::Frost) => Say::IfFrost,
        Some(Condition::Wind) => Say::IfWind,
        Some(Condition::Heat) => Say::IfHeat,
    };
    say.text(language)
}

/// ` if frost (at or below 0C)`: the condition with its threshold, for a confirmation; or nothing.
#[must_use]
pub fn threshold(language: Language, only_if: Option<Condition>, units: Units) -> String {
    let say = match (only_if, units) {
        (None, _) => return String::new(),
        (Some(Condition::Rain), _) => Say::IfRainLikely,
        (Some(Condition::Snow), _) => Say::IfSnowLikely,
        (Some(Condition::Frost), Units::Metric) => Say::IfFrostMetric,
        (Some(Condition::Frost), Units::Imperial) => Say::IfFrostImperial,
        (Some(Condition::Wind), Units::Metric) => Say::IfWindMetric,
        (Some(Condition::Wind), Units::Imperial) => Say::IfWindImperial,
        (Some(Condition::Heat), Units::Metric) => Say::IfHeatMetric,
        (Some(Condition::Heat), Units::Imperial) => Say::IfHeatImperial,
    };
    say.text(language).to_owned()
}

/// `Lyon 7am weekdays if rain`, as a line of a list.
#[must_use]
pub fn subscription_line(
    language: Language,
    subscription: &Subscription,
    reader: Option<Country>,
    clock: ClockStyle,
) -> Line {
    let days = match (subscription.days, subscription.channel) {
        (Days::DAILY, Channel::Text) => String::new(),
        (Days::DAILY, Channel::Call) => Say::ByCallDaily.text(language).to_owned(),
        (days, channel) => days_and_channel(language, days, channel),
    };
    let condition = condition_words(language, subscription.only_if);
    Line {
        place: plain(&place_label_in(&subscription.place, reader, language)),
        time: clock_words(subscription.time, clock),
        rest: format!("{days}{condition}").trim().to_owned(),
    }
}

/// `all 3 daily texts`.
#[must_use]
pub fn all_daily(language: Language, count: usize) -> String {
    Say::AllDaily.fill(language, &[("count", &count.to_string())])
}

/// `(paused until Fri)`.
#[must_use]
pub fn paused_note(language: Language, until: Option<Day>) -> String {
    match until {
        None => Say::PausedNote.text(language).to_owned(),
        Some(day) => Say::PausedUntilNote.fill(language, &[("until", &day.until(language))]),
    }
}

/// `(Paris until Fri)`.
#[must_use]
pub fn trip_note(language: Language, label: &str, until: Day) -> String {
    Say::TripNote.fill(
        language,
        &[("place", label), ("until", &until.until(language))],
    )
}
