//! The raw layers of a grid cell: each a list of values with the stretch for which they hold.

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::words;
use crate::domain::forecast::{Conditions, Hour};
use crate::weather::numbers;

/// Eight days and the past hours that come along.
const MOST_HOURS: usize = 240;
/// The longest stretch a value is believed for, hours.
const LONGEST: i64 = 240;
/// A layer has at most a value an hour.
const MOST_VALUES: usize = 1000;

/// The hours, out of `properties`.
pub(super) fn hours(properties: &Value) -> Result<Vec<Hour>, &'static str> {
    let temperature = Layer::of(properties, "temperature");
    let first = temperature.stretches().map(|(start, ..)| start).min();
    let first = first.ok_or("its answer has no temperatures")?;
    let mut hours = Hours {
        first,
        hours: Vec::new(),
    };
    hours.fill(&temperature, |hour, v, _| {
        hour.temperature_c = numbers::temperature_c(v)
    });
    let layer = |name: &str| Layer::of(properties, name);
    hours.fill(&layer("apparentTemperature"), |hour, v, _| {
        hour.feels_like_c = numbers::temperature_c(v)
    });
    hours.fill(&layer("windSpeed"), |hour, v, _| {
        hour.wind_kmh = numbers::kmh(v)
    });
    hours.fill(&layer("windGust"), |hour, v, _| {
        hour.gusts_kmh = numbers::kmh(v)
    });
    hours.fill(&layer("windDirection"), |hour, v, _| {
        hour.wind_from_deg = numbers::degrees(v)
    });
    hours.fill(&layer("probabilityOfPrecipitation"), |hour, v, _| {
        hour.precipitation_probability = numbers::percent(v);
    });
    // Amounts are for the whole stretch: an even share keeps the sums right (docs/wire.md#nws-layers).
    hours.fill(&layer("quantitativePrecipitation"), |hour, v, span| {
        hour.precipitation_mm = numbers::millimetres(v / span);
    });
    hours.fill(&layer("snowfallAmount"), |hour, v, span| {
        hour.snowfall_cm = numbers::centimetres(v / 10.0 / span);
    });
    hours.fill(&layer("skyCover"), |hour, v, _| hour.conditions = sky(v));
    // What falls says more than the sky.
    hours.fall(&layer("weather"));
    let mut hours = hours.hours;
    while hours
        .last()
        .is_some_and(|hour| hour.temperature_c.is_none())
    {
        hours.pop();
    }
    if hours.is_empty() {
        return Err("its temperatures are not readable");
    }
    Ok(hours)
}

fn sky(cover: f64) -> Option<Conditions> {
    Some(match cover {
        c if !(0.0..=100.0).contains(&c) => return None,
        c if c < 20.0 => Conditions::Clear,
        c if c < 50.0 => Conditions::MostlyClear,
        c if c < 80.0 => Conditions::PartlyCloudy,
        _ => Conditions::Cloudy,
    })
}

/// Consecutive hours from the first temperature on.
struct Hours {
    first: Timestamp,
    hours: Vec<Hour>,
}

impl Hours {
    fn fill(&mut self, layer: &Layer<'_>, set: impl Fn(&mut Hour, f64, f64)) {
        for (start, span, value) in layer.stretches() {
            if let Some(value) = value.as_f64().map(layer.to_metric) {
                self.each(start, span, |hour| set(hour, value, span as f64));
            }
        }
    }

    fn fall(&mut self, layer: &Layer<'_>) {
        for (start, span, value) in layer.stretches() {
            if let Some(conditions) = words::of_layer(value) {
                self.each(start, span, |hour| hour.conditions = Some(conditions));
            }
        }
    }

    fn each(&mut self, start: Timestamp, span: i64, mut set: impl FnMut(&mut Hour)) {
        let offset = start.duration_since(self.first).as_hours();
        for at in offset..offset + span {
            let Ok(at) = usize::try_from(at) else {
                continue;
            };
            if at >= MOST_HOURS {
                return;
            }
            while self.hours.len() <= at {
                let ahead = i64::try_from(self.hours.len()).unwrap_or(i64::MAX);
                let start = self.first.saturating_add(SignedDuration::from_hours(ahead));
                self.hours.push(Hour::empty(start.unwrap_or(self.first)));
            }
            set(&mut self.hours[at]);
        }
    }
}

/// One layer; empty where it is missing or in a unit that is not known.
struct Layer<'a> {
    values: &'a [Value],
    to_metric: fn(f64) -> f64,
}

impl<'a> Layer<'a> {
    fn of(properties: &'a Value, name: &str) -> Self {
        let values = || properties.get(name)?.get("values")?.as_array();
        let unit = properties
            .get(name)
            .and_then(|layer| layer.get("uom"))
            .and_then(Value::as_str);
        let to_metric = to_metric(unit);
        Self {
            values: values()
                .filter(|_| to_metric.is_some())
                .map_or(&[], Vec::as_slice),
            to_metric: to_metric.unwrap_or(|v| v),
        }
    }

    /// Start, hours and value of each stretch that begins on a full hour.
    fn stretches(&self) -> impl Iterator<Item = (Timestamp, i64, &'a Value)> {
        self.values.iter().take(MOST_VALUES).filter_map(|entry| {
            let (start, span) = stretch(entry.get("validTime")?.as_str()?)?;
            Some((start, span, entry.get("value")?))
        })
    }
}

/// `2022-02-03T21:00:00+00:00/PT3H`, `…/P1DT6H`: a start on the full hour and whole hours.
fn stretch(text: &str) -> Option<(Timestamp, i64)> {
    let (start, span) = text.split_once('/')?;
    let start: Timestamp = start.parse().ok()?;
    let span: jiff::Span = span.parse().ok()?;
    let days = i64::from(span.get_weeks()) * 7 + i64::from(span.get_days());
    let hours = days * 24 + i64::from(span.get_hours());
    let whole = start.as_second() % 3600 == 0 && (1..=LONGEST).contains(&hours);
    whole.then_some((start, hours))
}

/// `wmoUnit:degC`, formerly `unit:degC`; without a unit the documented metric one.
fn to_metric(unit: Option<&str>) -> Option<fn(f64) -> f64> {
    let Some(unit) = unit else {
        return Some(|v| v);
    };
    let unit = unit.rsplit(':').next().unwrap_or(unit);
    Some(match unit {
        "degC" | "km_h-1" | "mm" | "percent" | "degree_(angle)" => |v| v,
        "degF" => |v| (v - 32.0) / 1.8,
        "m_s-1" => |v| v * 3.6,
        _ => return None,
    })
}
