//! Open-Meteo's answers, read without trust: whatever is missing, null, of another type or of another length is left out.

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use crate::domain::forecast::Hour;
use crate::weather::numbers;
use crate::weather::provider::shown;

/// No answer of ours has more: 20 days.
const MOST_HOURS: usize = 480;
const HOUR_S: i64 = 3600;

/// An hour with its weather code, which needs the place to be understood.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Coded {
    pub(super) hour: Hour,
    pub(super) code: Option<u8>,
}

/// The hours of each place, by position: the first of several has no `location_id` (docs/wire.md#open-meteo-answers). A place
/// without a single value has no hours.
pub(super) fn parse(
    body: &[u8],
    places: usize,
) -> Result<Vec<Result<Vec<Coded>, &'static str>>, &'static str> {
    // Answers are streamed place by place: what began as JSON may end in words, and none of it counts then.
    let answer: Value = serde_json::from_slice(body).map_err(|_| "its answer is not JSON")?;
    let answers = match answer {
        Value::Array(answers) => answers,
        one @ Value::Object(_) => vec![one],
        _ => return Err("its answer is neither an object nor a list"),
    };
    if answers.len() != places {
        return Err("it answered for another number of places");
    }
    if answers
        .iter()
        .any(|a| a.get("error") == Some(&Value::Bool(true)))
    {
        return Err("it answered 200 with an error");
    }
    Ok(answers.iter().map(place).collect())
}

/// The `reason` of an error.
pub(super) fn reason(body: &[u8]) -> Option<String> {
    let answer: Value = serde_json::from_slice(body).ok()?;
    Some(shown(answer.get("reason")?.as_str()?))
}

fn place(answer: &Value) -> Result<Vec<Coded>, &'static str> {
    let block = answer.get("hourly").ok_or("its answer has no hours")?;
    let stamps = block.get("time").and_then(Value::as_array);
    let stamps = stamps.ok_or("its hours have no times")?;
    let offset_s = answer
        .get("utc_offset_seconds")
        .and_then(Value::as_i64)
        .unwrap_or(0);
    let columns = Columns::of(block, answer.get("hourly_units"), stamps.len());
    let mut hours: Vec<Coded> = Vec::with_capacity(stamps.len().min(MOST_HOURS));
    for (i, value) in stamps.iter().enumerate().take(MOST_HOURS) {
        let Some(start) = stamp(value, offset_s) else {
            continue;
        };
        if hours.last().is_some_and(|last| last.hour.start >= start) {
            continue;
        }
        // Sums and maxima are stamped with the end of their hour (docs/wire.md#open-meteo-hours).
        let next = stamps.get(i + 1).and_then(|value| stamp(value, offset_s));
        let adjoins =
            next.is_some_and(|n| n.duration_since(start) == SignedDuration::from_secs(HOUR_S));
        hours.push(columns.hour(start, i, adjoins.then_some(i + 1)));
    }
    if hours.is_empty() {
        return Err("its hours have no usable times");
    }
    if hours
        .iter()
        .all(|coded| coded.hour == Hour::empty(coded.hour.start) && coded.code.is_none())
    {
        hours.clear();
    }
    Ok(hours)
}

/// A full hour: seconds since 1970, or local time at the answer's one offset, as the service gives it where `timeformat` is not
/// honoured.
fn stamp(value: &Value, offset_s: i64) -> Option<Timestamp> {
    let second = match value {
        Value::Number(number) => number.as_i64()?,
        Value::String(text) => {
            let local: jiff::civil::DateTime = text.parse().ok()?;
            let utc = local.to_zoned(jiff::tz::TimeZone::UTC).ok()?;
            utc.timestamp().as_second().checked_sub(offset_s)?
        }
        _ => return None,
    };
    (second % HOUR_S == 0).then(|| Timestamp::from_second(second).ok())?
}

struct Columns<'a> {
    temperature: Column<'a>,
    feels_like: Column<'a>,
    probability: Column<'a>,
    precipitation: Column<'a>,
    snowfall: Column<'a>,
    code: Column<'a>,
    wind: Column<'a>,
    gusts: Column<'a>,
    direction: Column<'a>,
    uv: Column<'a>,
}

impl<'a> Columns<'a> {
    fn of(block: &'a Value, units: Option<&'a Value>, length: usize) -> Self {
        let column = |name: &str, kind: Kind| {
            let unit = units.and_then(|u| u.get(name)).and_then(Value::as_str);
            Column::of(block.get(name), unit, kind, length)
        };
        Self {
            temperature: column("temperature_2m", Kind::Temperature),
            feels_like: column("apparent_temperature", Kind::Temperature),
            probability: column("precipitation_probability", Kind::Plain),
            precipitation: column("precipitation", Kind::Rain),
            snowfall: column("snowfall", Kind::Snow),
            code: column("weather_code", Kind::Plain),
            wind: column("wind_speed_10m", Kind::Speed),
            gusts: column("wind_gusts_10m", Kind::Speed),
            direction: column("wind_direction_10m", Kind::Plain),
            uv: column("uv_index", Kind::Plain),
        }
    }

    /// What is measured at row `at`, with what row `sums` says of the hour that it ends.
    fn hour(&self, start: Timestamp, at: usize, sums: Option<usize>) -> Coded {
        let ended = |column: &Column<'_>| sums.and_then(|row| column.at(row));
        let hour = Hour {
            start,
            span_hours: 1,
            temperature_c: self.temperature.at(at).and_then(numbers::temperature_c),
            low_c: None,
            high_c: None,
            feels_like_c: self.feels_like.at(at).and_then(numbers::temperature_c),
            precipitation_probability: ended(&self.probability).and_then(numbers::percent),
            precipitation_mm: ended(&self.precipitation).and_then(numbers::millimetres),
            snowfall_cm: ended(&self.snowfall).and_then(numbers::centimetres),
            wind_kmh: self.wind.at(at).and_then(numbers::kmh),
            gusts_kmh: ended(&self.gusts).and_then(numbers::kmh),
            wind_from_deg: self.direction.at(at).and_then(numbers::degrees),
            uv_index: self.uv.at(at).and_then(numbers::uv_index),
            conditions: None,
        };
        let whole = |v: f64| (v.fract() == 0.0 && (0.0..=99.0).contains(&v)).then_some(v as u8);
        Coded {
            hour,
            code: ended(&self.code).and_then(whole),
        }
    }
}

/// One variable, empty where it is missing, of a length that leaves unclear which hour is which, or of an unknown unit.
struct Column<'a> {
    values: &'a [Value],
    to_metric: fn(f64) -> f64,
}

impl<'a> Column<'a> {
    fn of(values: Option<&'a Value>, unit: Option<&str>, kind: Kind, length: usize) -> Self {
        let values = values.and_then(Value::as_array);
        match (values, kind.to_metric(unit)) {
            (Some(values), Some(to_metric)) if values.len() == length => Self { values, to_metric },
            _ => Self {
                values: &[],
                to_metric: |v| v,
            },
        }
    }

    fn at(&self, row: usize) -> Option<f64> {
        self.values.get(row)?.as_f64().map(self.to_metric)
    }
}

#[derive(Clone, Copy)]
enum Kind {
    Temperature,
    Speed,
    Rain,
    Snow,
    Plain,
}

impl Kind {
    /// We ask for metric units; a server that answers in others says so (docs/wire.md#open-meteo-units).
    fn to_metric(self, unit: Option<&str>) -> Option<fn(f64) -> f64> {
        let same: fn(f64) -> f64 = |v| v;
        let Some(unit) = unit else {
            return Some(same);
        };
        Some(match (self, unit) {
            (Self::Plain, _)
            | (Self::Temperature, "°C")
            | (Self::Speed, "km/h")
            | (Self::Rain, "mm")
            | (Self::Snow, "cm") => same,
            (Self::Temperature, "°F") => |v| (v - 32.0) / 1.8,
            (Self::Speed, "m/s") => |v| v * 3.6,
            (Self::Speed, "mp/h") => |v| v * 1.609_344,
            (Self::Speed, "kn") => |v| v * 1.852,
            (Self::Rain, "inch") => |v| v * 25.4,
            (Self::Snow, "inch") => |v| v * 2.54,
            _ => return None,
        })
    }
}
