//! MET Norway's answers, read without trust: hours first, six-hour blocks later, a bare moment at the end.

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::symbols;
use crate::domain::forecast::Hour;
use crate::weather::numbers;

/// No answer has more: about 90.
const MOST_ENTRIES: usize = 500;
const KMH: f64 = 3.6;
/// Under so much cloud, percent, the clear-sky UV index is about the real one.
const THIN_CLOUD: f64 = 50.0;

/// A forecast as it was sent.
#[derive(Debug)]
pub(super) struct Read {
    pub(super) updated_at: Option<Timestamp>,
    /// Empty where there is no weather in it.
    pub(super) hours: Vec<Hour>,
}

/// Reads an answer of `compact` or `complete`.
pub(super) fn parse(body: &[u8]) -> Result<Read, &'static str> {
    let answer: Value = serde_json::from_slice(body).map_err(|_| "its answer is not JSON")?;
    let properties = answer
        .get("properties")
        .ok_or("its answer has no properties")?;
    let entries = properties.get("timeseries").and_then(Value::as_array);
    let entries = entries.ok_or("its answer has no time series")?;
    let updated_at = properties
        .pointer("/meta/updated_at")
        .and_then(Value::as_str)
        .and_then(|text| text.parse().ok());
    let sent = entries.len();
    let entries: Vec<(Timestamp, &Value)> = entries
        .iter()
        .take(MOST_ENTRIES)
        .filter_map(|entry| Some((stamp(entry)?, entry.get("data")?)))
        .collect();
    let mut hours: Vec<Hour> = Vec::with_capacity(entries.len());
    for (i, &(start, data)) in entries.iter().enumerate() {
        if hours.last().is_some_and(|last| last.end() > start) {
            continue;
        }
        let room = entries
            .get(i + 1)
            .map(|(next, _)| next.duration_since(start));
        hours.push(hour(start, data, room));
    }
    if hours.is_empty() && sent > 0 {
        return Err("its time series is unusable");
    }
    if hours.iter().all(|hour| {
        *hour
            == Hour {
                span_hours: hour.span_hours,
                ..Hour::empty(hour.start)
            }
    }) {
        hours.clear();
    }
    Ok(Read { updated_at, hours })
}

fn stamp(entry: &Value) -> Option<Timestamp> {
    let start: Timestamp = entry.get("time")?.as_str()?.parse().ok()?;
    (start.as_second() % 3600 == 0).then_some(start)
}

/// One entry; `room` is the time until the next, none for the last.
fn hour(start: Timestamp, data: &Value, room: Option<SignedDuration>) -> Hour {
    let instant = |name: &str| data.pointer("/instant/details")?.get(name)?.as_f64();
    let fits = |hours: i64| room.is_none_or(|room| room >= SignedDuration::from_hours(hours));
    let block = |name: &str, hours: i64| data.get(name).filter(|_| fits(hours));
    // Six hours' sums cannot be told apart once the next entry begins within them.
    let (block, span_hours) = match (block("next_1_hours", 1), block("next_6_hours", 6)) {
        (Some(one), _) => (Some(one), 1),
        (None, Some(six)) => (Some(six), 6),
        (None, None) => (None, 1),
    };
    let detail = |name: &str| block?.get("details")?.get(name)?.as_f64();
    let symbol = block
        .and_then(|b| b.pointer("/summary/symbol_code"))
        .and_then(Value::as_str);
    let thin_cloud = instant("cloud_area_fraction").is_some_and(|percent| percent < THIN_CLOUD);
    let wind = |name: &str| instant(name).and_then(|speed| numbers::kmh(speed * KMH));
    // Of a single hour the instant says as much.
    let extreme = |name: &str| {
        detail(name)
            .filter(|_| span_hours > 1)
            .and_then(numbers::temperature_c)
    };
    Hour {
        start,
        span_hours,
        temperature_c: instant("air_temperature").and_then(numbers::temperature_c),
        low_c: extreme("air_temperature_min"),
        high_c: extreme("air_temperature_max"),
        feels_like_c: None,
        precipitation_probability: detail("probability_of_precipitation")
            .and_then(numbers::percent),
        precipitation_mm: detail("precipitation_amount").and_then(numbers::millimetres),
        snowfall_cm: None,
        wind_kmh: wind("wind_speed"),
        gusts_kmh: wind("wind_speed_of_gust"),
        wind_from_deg: instant("wind_from_direction").and_then(numbers::degrees),
        uv_index: instant("ultraviolet_index_clear_sky")
            .filter(|_| thin_cloud)
            .and_then(numbers::uv_index),
        conditions: symbol.and_then(symbols::conditions),
    }
}
