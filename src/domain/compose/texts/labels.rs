//! Short names for what texts speak of: places told apart, days, times, schedules.

use std::fmt::Write;

use jiff::civil::{Date, Weekday};

use super::super::{ClockStyle, clock_words, place_label, weekday_short};
use super::{Line, plain};
use crate::domain::condition::threshold_words;
use crate::domain::phone::Country;
use crate::domain::place::Place;
use crate::domain::schedule::Days;
use crate::domain::subscriber::{Channel, Condition, Subscription, Units};

/// Labels that differ wherever the places do: with the state or region where the short ones would be the same.
#[must_use]
pub fn told_apart(places: &[Place], reader: Option<Country>) -> Vec<Line> {
    let short: Vec<String> = places
        .iter()
        .map(|place| plain(&place_label(place, reader)))
        .collect();
    let same = |label: &String| short.iter().filter(|other| *other == label).count() > 1;
    places
        .iter()
        .zip(&short)
        .map(|(place, label)| match &place.admin1 {
            Some(region) if same(label) => with_region(place, &plain(region), reader),
            _ => label.clone(),
        })
        .map(|label| Line::of_place(&label))
        .collect()
}

fn with_region(place: &Place, region: &str, reader: Option<Country>) -> String {
    let mut label = format!("{}, {region}", plain(&place.name));
    if reader.is_some_and(|reader| reader != place.country) {
        let _ = write!(label, " {}", place.country);
    }
    label
}

/// `today`, `tomorrow`, `Fri`, `Fri Dec 4`.
#[must_use]
pub fn day_words(date: Date, today: Date) -> String {
    let days = (date - today).get_days();
    match days {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        2..=6 => weekday_short(date.weekday()).to_owned(),
        _ => date_words(date),
    }
}

/// `Fri Dec 4`.
#[must_use]
pub fn date_words(date: Date) -> String {
    format!("{} {}", weekday_short(date.weekday()), month_day(date))
}

/// `Dec 4`.
#[must_use]
pub fn month_day(date: Date) -> String {
    format!("{} {}", month(date.month()), date.day())
}

/// `Dec`, for 12.
#[must_use]
pub fn month(month: i8) -> &'static str {
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    usize::try_from(month - 1)
        .ok()
        .and_then(|at| MONTHS.get(at))
        .unwrap_or(&"")
}

/// `Mon`.
#[must_use]
pub const fn weekday(day: Weekday) -> &'static str {
    weekday_short(day)
}

/// `every day`, `every day by call`.
#[must_use]
pub fn days_and_channel(days: Days, channel: Channel) -> String {
    match channel {
        Channel::Text => days_words(days),
        Channel::Call => format!("{} by call", days_words(days)),
    }
}

/// `every day`, `weekdays`, `weekends`, `Mon, Wed, Fri`.
#[must_use]
pub fn days_words(days: Days) -> String {
    match days {
        Days::DAILY => "every day".to_owned(),
        Days::WEEKDAYS => "weekdays".to_owned(),
        Days::WEEKENDS => "weekends".to_owned(),
        some => some
            .iter()
            .map(weekday_short)
            .collect::<Vec<_>>()
            .join(", "),
    }
}

/// ` if rain`, or nothing.
#[must_use]
pub const fn condition_words(only_if: Option<Condition>) -> &'static str {
    match only_if {
        None => "",
        Some(Condition::Rain) => " if rain",
        Some(Condition::Snow) => " if snow",
        Some(Condition::Frost) => " if frost",
        Some(Condition::Wind) => " if windy",
        Some(Condition::Heat) => " if hot",
    }
}

/// ` if frost (at or below 0C)`: the condition with its threshold, for a confirmation; or nothing.
#[must_use]
pub fn threshold(only_if: Option<Condition>, units: Units) -> String {
    let Some(condition) = only_if else {
        return String::new();
    };
    let words = threshold_words(condition, units);
    match condition {
        // These thresholds name the thing themselves.
        Condition::Wind | Condition::Heat => format!(" if {words}"),
        _ => format!("{} ({words})", condition_words(only_if)),
    }
}

/// `Lyon 7am weekdays if rain`, as a line of a list.
#[must_use]
pub fn subscription_line(
    subscription: &Subscription,
    reader: Option<Country>,
    clock: ClockStyle,
) -> Line {
    let days = match (subscription.days, subscription.channel) {
        (Days::DAILY, Channel::Text) => String::new(),
        (Days::DAILY, Channel::Call) => "by call".to_owned(),
        (days, channel) => days_and_channel(days, channel),
    };
    Line {
        place: plain(&place_label(&subscription.place, reader)),
        time: clock_words(subscription.time, clock),
        rest: format!("{days}{}", condition_words(subscription.only_if))
            .trim()
            .to_owned(),
    }
}
