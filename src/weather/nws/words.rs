//! The US National Weather Service's words for the weather.

use serde_json::Value;

use crate::domain::forecast::Conditions;

/// Chances under a quarter: the sky says more about such an hour (docs/wire.md#nws-words).
const UNLIKELY: [&str; 5] = [
    "slight_chance",
    "isolated",
    "few",
    "patchy",
    "slight chance",
];

/// The `weather` layer's value: a list of `{coverage, weather, intensity, attributes}`. The gravest likely one counts.
pub(super) fn of_layer(value: &Value) -> Option<Conditions> {
    let entries = value.as_array()?;
    entries
        .iter()
        .filter_map(of_entry)
        .max_by_key(|conditions| gravity(*conditions))
}

fn of_entry(entry: &Value) -> Option<Conditions> {
    let word = |name: &str| entry.get(name).and_then(Value::as_str).unwrap_or("");
    if UNLIKELY.contains(&word("coverage")) {
        return None;
    }
    let attributes = entry.get("attributes").and_then(Value::as_array);
    let has = |name: &str| attributes.is_some_and(|a| a.iter().any(|a| a.as_str() == Some(name)));
    let (light, heavy) = match word("intensity") {
        "light" | "very_light" => (true, false),
        "heavy" => (false, true),
        _ => (false, false),
    };
    Some(match word("weather") {
        "thunderstorms" if has("large_hail") || has("small_hail") => Conditions::Hail,
        "thunderstorms" if heavy || has("damaging_wind") || has("tornadoes") => {
            Conditions::StrongThunderstorm
        }
        "thunderstorms" => Conditions::Thunderstorm,
        "hail" => Conditions::Hail,
        "freezing_rain" | "freezing_drizzle" => Conditions::FreezingRain,
        "sleet" | "ice_pellets" => Conditions::Sleet,
        "snow_showers" if heavy => Conditions::HeavySnowShowers,
        "snow_showers" => Conditions::SnowShowers,
        "snow" if heavy => Conditions::HeavySnow,
        "snow" if light => Conditions::LightSnow,
        "snow" => Conditions::Snow,
        "rain_showers" if heavy => Conditions::HeavyShowers,
        "rain_showers" if light => Conditions::LightShowers,
        "rain_showers" => Conditions::Showers,
        "rain" if heavy => Conditions::HeavyRain,
        "rain" if light => Conditions::LightRain,
        "rain" => Conditions::Rain,
        "drizzle" => Conditions::LightRain,
        "freezing_fog" | "ice_fog" => Conditions::FreezingFog,
        "fog" => Conditions::Fog,
        "smoke" | "volcanic_ash" => Conditions::Smoke,
        "haze" => Conditions::Haze,
        "blowing_dust" | "blowing_sand" => Conditions::Dust,
        _ => return None,
    })
}

/// A `shortForecast` such as `Chance Light Snow then Mostly Cloudy`: of an hour its beginning counts.
pub(super) fn of_phrase(phrase: &str) -> Option<Conditions> {
    let phrase = phrase.to_ascii_lowercase();
    let first = phrase.split(" then ").next().unwrap_or("");
    if UNLIKELY.iter().any(|word| first.starts_with(word)) {
        return None;
    }
    let says = |word: &str| first.contains(word);
    let (light, heavy) = (says("light"), says("heavy"));
    Some(match () {
        () if says("thunderstorm") || says("t-storm") => Conditions::Thunderstorm,
        () if says("freezing rain") || says("freezing drizzle") => Conditions::FreezingRain,
        () if says("sleet") || says("wintry mix") || (says("rain") && says("snow")) => {
            Conditions::Sleet
        }
        () if says("blizzard") => Conditions::HeavySnow,
        () if says("snow shower") && heavy => Conditions::HeavySnowShowers,
        () if says("snow shower") => Conditions::SnowShowers,
        () if says("flurries") => Conditions::LightSnow,
        () if says("snow") && !says("blowing snow") => pick(light, heavy, LIGHT_TO_HEAVY_SNOW),
        () if says("shower") => pick(light, heavy, LIGHT_TO_HEAVY_SHOWERS),
        () if says("drizzle") => Conditions::LightRain,
        () if says("rain") => pick(light, heavy, LIGHT_TO_HEAVY_RAIN),
        () if says("freezing fog") => Conditions::FreezingFog,
        () if says("fog") => Conditions::Fog,
        () if says("smoke") || says("volcanic ash") => Conditions::Smoke,
        () if says("haze") => Conditions::Haze,
        () if says("dust") || says("sand") => Conditions::Dust,
        () if says("mostly sunny") || says("mostly clear") => Conditions::MostlyClear,
        () if says("partly sunny") || says("partly cloudy") => Conditions::PartlyCloudy,
        () if says("cloudy") || says("overcast") => Conditions::Cloudy,
        () if says("sunny") || says("clear") => Conditions::Clear,
        () => return None,
    })
}

const LIGHT_TO_HEAVY_RAIN: [Conditions; 3] = [
    Conditions::LightRain,
    Conditions::Rain,
    Conditions::HeavyRain,
];
const LIGHT_TO_HEAVY_SHOWERS: [Conditions; 3] = [
    Conditions::LightShowers,
    Conditions::Showers,
    Conditions::HeavyShowers,
];
const LIGHT_TO_HEAVY_SNOW: [Conditions; 3] = [
    Conditions::LightSnow,
    Conditions::Snow,
    Conditions::HeavySnow,
];

fn pick(light: bool, heavy: bool, [weak, plain, strong]: [Conditions; 3]) -> Conditions {
    match (light, heavy) {
        (_, true) => strong,
        (true, _) => weak,
        _ => plain,
    }
}

/// Among several at once, what people must know first.
const fn gravity(conditions: Conditions) -> u8 {
    match conditions {
        Conditions::Hail => 9,
        Conditions::StrongThunderstorm => 8,
        Conditions::Thunderstorm => 7,
        Conditions::FreezingRain => 6,
        Conditions::HeavySnow | Conditions::HeavySnowShowers => 5,
        Conditions::HeavyRain | Conditions::HeavyShowers | Conditions::Sleet => 4,
        Conditions::Snow | Conditions::SnowShowers | Conditions::LightSnow => 3,
        Conditions::Rain
        | Conditions::Showers
        | Conditions::LightRain
        | Conditions::LightShowers => 2,
        Conditions::Fog | Conditions::FreezingFog | Conditions::Smoke | Conditions::Dust => 1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests;
