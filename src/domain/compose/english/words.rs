//! Single words and short phrases for kinds of weather.

use crate::domain::compose::measure::{self, Amount, Snow};
use crate::domain::compose::outlook::{Cover, Family, Kind, Name, Spell, Strength};
use crate::domain::subscriber::Units;

/// Appends `heavy rain`, `showers with thunder`, `freezing rain and snow`.
pub(super) fn push_name(out: &mut String, name: Name) {
    out.push_str(short_name(name));
    match name.with {
        Some(Family::Snow) => out.push_str(" and snow"),
        Some(Family::Liquid | Family::Mixed | Family::Freezing) => out.push_str(" and rain"),
        None => {}
    }
    if name.thunder {
        out.push_str(" with thunder");
    }
}

/// `rain`, `heavy snow`, `thunderstorms`.
pub(super) const fn short_name(name: Name) -> &'static str {
    match (name.kind, name.strength) {
        (Kind::Rain, Strength::Light) => "light rain",
        (Kind::Rain, Strength::Plain) => "rain",
        (Kind::Rain, Strength::Heavy) => "heavy rain",
        (Kind::Showers, Strength::Light) => "light showers",
        (Kind::Showers, Strength::Plain) => "showers",
        (Kind::Showers, Strength::Heavy) => "heavy showers",
        (Kind::Thunder, Strength::Heavy) => "strong thunderstorms",
        (Kind::Thunder, _) => "thunderstorms",
        (Kind::Hail, _) => "thunderstorms with hail",
        (Kind::Sleet, _) => "sleet",
        (Kind::FreezingRain, _) => "freezing rain",
        (Kind::Snow, Strength::Light) => "light snow",
        (Kind::Snow, Strength::Plain) => "snow",
        (Kind::Snow, Strength::Heavy) => "heavy snow",
        (Kind::SnowShowers, Strength::Heavy) => "heavy snow showers",
        (Kind::SnowShowers, _) => "snow showers",
    }
}

/// `sunny` by day is `clear` by night.
pub(super) const fn cover(cover: Cover, by_day: bool) -> &'static str {
    match (cover, by_day) {
        (Cover::Clear, true) => "sunny",
        (Cover::MostlyClear, true) => "mostly sunny",
        (Cover::Mixed, true) => "sun and clouds",
        (Cover::Clear, false) => "clear",
        (Cover::MostlyClear, false) => "mostly clear",
        (Cover::Mixed, false) => "partly cloudy",
        (Cover::Cloudy, _) => "cloudy",
    }
}

/// `9mm`, `0.4in`, `5-10cm`: of snow where there is some, else of rain. Slush and ice have no amount that says much.
pub(super) fn amount(spell: &Spell, again: Option<&Spell>, units: Units) -> Option<String> {
    match measure::amount(spell, again, units)? {
        Amount::Snow(snow) => Some(snow_words(snow, units)),
        Amount::Rain(rain) => {
            let (whole, tenth) = (rain.tenths / 10, rain.tenths % 10);
            let unit = match rain.units {
                Units::Metric => "mm",
                Units::Imperial => "in",
            };
            Some(if tenth == 0 {
                format!("{whole}{unit}")
            } else {
                format!("{whole}.{tenth}{unit}")
            })
        }
    }
}

/// `5-10cm`, `under 1in`.
fn snow_words(snow: Snow, units: Units) -> String {
    let unit = match units {
        Units::Metric => "cm",
        Units::Imperial => "in",
    };
    match snow {
        Snow::Under(n) => format!("under {n}{unit}"),
        Snow::About(n) => format!("{n}{unit}"),
        Snow::Between(a, b) => format!("{a}-{b}{unit}"),
        Snow::Over(n) => format!("over {n}{unit}"),
    }
}

/// `SW`, for where the wind comes from.
pub(super) fn compass(degrees: u16) -> &'static str {
    const POINTS: [&str; 8] = ["N", "NE", "E", "SE", "S", "SW", "W", "NW"];
    POINTS[usize::from((degrees % 360 + 22) / 45) % 8]
}
