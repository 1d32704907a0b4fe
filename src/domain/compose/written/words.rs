//! Single words and short phrases for kinds of weather, in every language.

use super::phrases::Phrase;
use crate::domain::compose::measure::{self, Amount, Rain, Snow};
use crate::domain::compose::outlook::{Cover, Family, Kind, Murk, Name, Spell, Strength};
use crate::domain::language::Language;
use crate::domain::subscriber::Units;

/// `heavy rain`, `showers with thunder`, `freezing rain and snow`.
pub(in crate::domain::compose) fn name(name: Name, language: Language) -> String {
    let mut words = short_name(name, language).to_owned();
    let with = name.with.map(|family| match family {
        Family::Snow => Phrase::AndSnow,
        Family::Liquid | Family::Mixed | Family::Freezing => Phrase::AndRain,
    });
    let thunder = name.thunder.then_some(Phrase::WithThunder);
    for phrase in with.into_iter().chain(thunder) {
        words = phrase.fill(language, &[("name", &words)]);
    }
    words
}

/// `rain`, `heavy snow`, `thunderstorms`.
pub(in crate::domain::compose) fn short_name(name: Name, language: Language) -> &'static str {
    match (name.kind, name.strength) {
        (Kind::Rain, Strength::Light) => Phrase::LightRain,
        (Kind::Rain, Strength::Plain) => Phrase::Rain,
        (Kind::Rain, Strength::Heavy) => Phrase::HeavyRain,
        (Kind::Showers, Strength::Light) => Phrase::LightShowers,
        (Kind::Showers, Strength::Plain) => Phrase::Showers,
        (Kind::Showers, Strength::Heavy) => Phrase::HeavyShowers,
        (Kind::Thunder, Strength::Heavy) => Phrase::StrongThunderstorms,
        (Kind::Thunder, _) => Phrase::Thunderstorms,
        (Kind::Hail, _) => Phrase::Hail,
        (Kind::Sleet, _) => Phrase::Sleet,
        (Kind::FreezingRain, _) => Phrase::FreezingRain,
        (Kind::Snow, Strength::Light) => Phrase::LightSnow,
        (Kind::Snow, Strength::Plain) => Phrase::Snow,
        (Kind::Snow, Strength::Heavy) => Phrase::HeavySnow,
        (Kind::SnowShowers, Strength::Heavy) => Phrase::HeavySnowShowers,
        (Kind::SnowShowers, _) => Phrase::SnowShowers,
    }
    .text(language)
}

/// The sky of hours: more sun than cloud is one word, how much more differs from run to run. By night it is clear.
pub(in crate::domain::compose) fn cover(
    cover: Cover,
    by_day: bool,
    language: Language,
) -> &'static str {
    match (cover, by_day) {
        (Cover::Clear | Cover::MostlyClear, true) => Phrase::Sunshine.text(language),
        _ => cover_of_hour(cover, by_day, language),
    }
}

/// The sky of an hour, as its data call it.
pub(in crate::domain::compose) fn cover_of_hour(
    cover: Cover,
    by_day: bool,
    language: Language,
) -> &'static str {
    match (cover, by_day) {
        (Cover::Clear, true) => Phrase::Sunny,
        (Cover::MostlyClear, true) => Phrase::MostlySunny,
        (Cover::Mixed, true) => Phrase::SunAndClouds,
        (Cover::Clear, false) => Phrase::Clear,
        (Cover::MostlyClear, false) => Phrase::MostlyClear,
        (Cover::Mixed, false) => Phrase::PartlyCloudy,
        (Cover::Cloudy, _) => Phrase::Cloudy,
    }
    .text(language)
}

/// `fog`, `smoke`.
pub(in crate::domain::compose) fn murk(murk: Murk, language: Language) -> &'static str {
    match murk {
        Murk::Fog => Phrase::Fog,
        Murk::FreezingFog => Phrase::FreezingFog,
        Murk::Smoke => Phrase::Smoke,
        Murk::Haze => Phrase::Haze,
        Murk::Dust => Phrase::Dust,
    }
    .text(language)
}

/// `5-10mm`, `0.5-1in`, `5-10cm`: of snow where there is some, else of rain. Slush and ice have no amount that says much.
pub(super) fn amount(
    spell: &Spell,
    again: Option<&Spell>,
    units: Units,
    language: Language,
) -> Option<String> {
    Some(match measure::amount(spell, again, units)? {
        Amount::Snow(snow) => snow_words(snow, units, language),
        Amount::Rain(rain) => rain_words(rain, units, language),
    })
}

/// `5-10mm`, `0.5-1in`, `over 50mm`.
fn rain_words(rain: Rain, units: Units, language: Language) -> String {
    let figure = |tenths: i32| match tenths % 10 {
        0 => (tenths / 10).to_string(),
        tenth => format!("{}{}{tenth}", tenths / 10, Phrase::Point.text(language)),
    };
    let (bound, figure) = match rain {
        Rain::Under(n) => (Some(Phrase::Under), figure(n)),
        Rain::Between(a, b) => (None, format!("{}-{}", figure(a), figure(b))),
        Rain::Over(n) => (Some(Phrase::Over), figure(n)),
    };
    let unit = match units {
        Units::Metric => Phrase::Mm,
        Units::Imperial => Phrase::Inches,
    };
    bounded(bound, unit.fill(language, &[("amount", &figure)]), language)
}

fn bounded(bound: Option<Phrase>, amount: String, language: Language) -> String {
    match bound {
        Some(bound) => bound.fill(language, &[("amount", &amount)]),
        None => amount,
    }
}

/// `5-10cm`, `under 1in`.
fn snow_words(snow: Snow, units: Units, language: Language) -> String {
    let (bound, figure) = match snow {
        Snow::Under(n) => (Some(Phrase::Under), n.to_string()),
        Snow::About(n) => (None, n.to_string()),
        Snow::Between(a, b) => (None, format!("{a}-{b}")),
        Snow::Over(n) => (Some(Phrase::Over), n.to_string()),
    };
    let unit = match units {
        Units::Metric => Phrase::Cm,
        Units::Imperial => Phrase::Inches,
    };
    bounded(bound, unit.fill(language, &[("amount", &figure)]), language)
}

/// `SW`, for where the wind comes from.
pub(super) fn compass(degrees: u16, language: Language) -> &'static str {
    const POINTS: [Phrase; 8] = [
        Phrase::North,
        Phrase::NorthEast,
        Phrase::East,
        Phrase::SouthEast,
        Phrase::South,
        Phrase::SouthWest,
        Phrase::West,
        Phrase::NorthWest,
    ];
    POINTS[usize::from((degrees % 360 + 22) / 45) % 8].text(language)
}
