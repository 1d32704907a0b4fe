//! MET Norway's symbol codes, made from hours.

use super::{Hour, sample};

/// The symbol for a block of hours that begins at `at` at a place.
pub(crate) fn symbol(latitude: f64, longitude: f64, at: i64, hours: &[Hour]) -> String {
    let count = hours.len().max(1) as f64;
    let cloud = hours.iter().map(|hour| hour.cloud).sum::<f64>() / count;
    let water: f64 = hours.iter().map(Hour::precipitation).sum();
    let snow: f64 = hours.iter().map(|hour| hour.snow).sum();
    let thunder = hours.iter().any(|hour| hour.wmo() >= 95);
    let fog = hours
        .iter()
        .filter(|hour| hour.visibility <= 1000.0)
        .count()
        * 2
        > hours.len();
    let middle = at + i64::try_from(hours.len()).unwrap_or(1) * 1800;
    let light = sample::is_day(latitude, longitude, middle);
    let suffix = if light { "day" } else { "night" };
    if water >= 0.1 {
        let strength = match water / count.sqrt() {
            rate if rate < 0.5 => "light",
            rate if rate < 2.5 => "",
            _ => "heavy",
        };
        let kind = if snow * 10.0 / 7.0 > water * 0.8 {
            "snow"
        } else if snow > 0.0 {
            "sleet"
        } else {
            "rain"
        };
        let storm = if thunder { "andthunder" } else { "" };
        return match cloud {
            // Broken clouds make showers, whose symbols know day and night.
            cloud if cloud < 70.0 => misspelt(format!("{strength}{kind}showers{storm}_{suffix}")),
            _ => format!("{strength}{kind}{storm}"),
        };
    }
    match cloud {
        _ if fog => "fog".into(),
        cloud if cloud < 13.0 => format!("clearsky_{suffix}"),
        cloud if cloud < 38.0 => format!("fair_{suffix}"),
        cloud if cloud < 86.0 => format!("partlycloudy_{suffix}"),
        _ => "cloudy".into(),
    }
}

/// Two of the names carry a typo for ever.
fn misspelt(name: String) -> String {
    if name.starts_with("lightsleetshowersandthunder")
        || name.starts_with("lightsnowshowersandthunder")
    {
        name.replacen("light", "lights", 1)
    } else {
        name
    }
}
