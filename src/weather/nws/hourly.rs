//! The hourly forecast: periods of an hour, half of them numbers and half of them words.

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::words;
use crate::domain::forecast::Hour;
use crate::weather::numbers;

/// 156 are sent.
const MOST_PERIODS: usize = 240;

/// The hours, out of `properties`.
pub(super) fn hours(properties: &Value) -> Result<Vec<Hour>, &'static str> {
    let periods = properties.get("periods").and_then(Value::as_array);
    let periods = periods.ok_or("its answer has no periods")?;
    let mut hours: Vec<Hour> = Vec::new();
    for hour in periods.iter().take(MOST_PERIODS).filter_map(hour) {
        if hours.last().is_none_or(|last| last.start < hour.start) {
            hours.push(hour);
        }
    }
    if hours.iter().all(|hour| hour.temperature_c.is_none()) {
        return Err("its periods are not readable hours");
    }
    Ok(hours)
}

/// One period, if it is an hour: the same shape serves half days.
fn hour(period: &Value) -> Option<Hour> {
    let stamp = |name: &str| period.get(name)?.as_str()?.parse::<Timestamp>().ok();
    let (start, end) = (stamp("startTime")?, stamp("endTime")?);
    let whole = start.as_second() % 3600 == 0;
    if !whole || end.duration_since(start) != SignedDuration::from_hours(1) {
        return None;
    }
    let words = |name: &str| period.get(name).and_then(Value::as_str);
    Some(Hour {
        temperature_c: temperature(period).and_then(numbers::temperature_c),
        precipitation_probability: period
            .pointer("/probabilityOfPrecipitation/value")
            .and_then(Value::as_f64)
            .and_then(numbers::percent),
        wind_kmh: period
            .get("windSpeed")
            .and_then(speed_kmh)
            .and_then(numbers::kmh),
        gusts_kmh: period
            .get("windGust")
            .and_then(speed_kmh)
            .and_then(numbers::kmh),
        wind_from_deg: words("windDirection").and_then(direction),
        conditions: words("shortForecast").and_then(words::of_phrase),
        ..Hour::empty(start)
    })
}

/// A number, or a number in a string, in the unit beside it.
fn temperature(period: &Value) -> Option<f64> {
    let value = period.get("temperature")?;
    let degrees = value
        .as_f64()
        .or_else(|| value.as_str()?.trim().parse().ok())?;
    match period.get("temperatureUnit").and_then(Value::as_str)? {
        "C" => Some(degrees),
        "F" => Some((degrees - 32.0) / 1.8),
        _ => None,
    }
}

/// `10 mph`, `2 to 17 mph`, `2 to 35 km/h`: the upper figure; or a number with its unit.
fn speed_kmh(value: &Value) -> Option<f64> {
    if let Some(number) = value.get("value").and_then(Value::as_f64) {
        let unit = value.get("unitCode")?.as_str()?;
        return unit.ends_with(":km_h-1").then_some(number);
    }
    let (numbers, factor) = match value.as_str()?.trim() {
        text if text.ends_with("mph") => (text.strip_suffix("mph")?, 1.609_344),
        text => (text.strip_suffix("km/h")?, 1.0),
    };
    let upper: f64 = numbers.split_whitespace().last()?.parse().ok()?;
    Some(upper * factor)
}

fn direction(point: &str) -> Option<u16> {
    const ROSE: [&str; 16] = [
        "N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW",
        "NW", "NNW",
    ];
    let index = ROSE.iter().position(|name| *name == point)?;
    numbers::degrees(index as f64 * 22.5)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn wind_is_a_sentence() {
        let kmh = |value: Value| speed_kmh(&value).map(f64::round);
        assert_eq!(kmh(json!("10 mph")), Some(16.0));
        assert_eq!(kmh(json!("2 to 17 mph")), Some(27.0));
        assert_eq!(kmh(json!("2 to 35 km/h")), Some(35.0));
        assert_eq!(
            kmh(json!({"unitCode": "wmoUnit:km_h-1", "value": 12.0})),
            Some(12.0)
        );
        for other in [
            json!("calm"),
            json!(""),
            json!("mph"),
            json!(7),
            json!(null),
            json!("5 furlongs"),
        ] {
            assert_eq!(kmh(other.clone()), None, "{other}");
        }
    }

    #[test]
    fn the_wind_rose() {
        assert_eq!(direction("N"), Some(0));
        assert_eq!(direction("NNE"), Some(23));
        assert_eq!(direction("NW"), Some(315));
        assert_eq!(direction(""), None);
    }
}
