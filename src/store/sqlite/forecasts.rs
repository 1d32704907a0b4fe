//! Forecasts as JSON: one list a variable, so that hours without one cost little.

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, Result, params};
use serde::{Deserialize, Serialize};

use super::json::text;
use super::values::{Columns, ms};
use crate::domain::forecast::{Conditions, Forecast, Hour};

pub(in crate::store) fn keep(
    connection: &Connection,
    cell: &str,
    forecast: &Forecast,
    fetched_at: Timestamp,
) -> Result<()> {
    connection.prepare_cached(KEEP)?.execute(params![
        cell,
        forecast.provider,
        ms(forecast.issued_at),
        ms(fetched_at),
        text(&HoursJson::of(&forecast.hours))?
    ])?;
    Ok(())
}

pub(in crate::store) const KEEP: &str =
    "INSERT INTO forecasts (cell, provider, issued_at, fetched_at, hours)
     VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (cell) DO UPDATE SET provider = excluded.provider,
     issued_at = excluded.issued_at, fetched_at = excluded.fetched_at, hours = excluded.hours";

/// Drops what was fetched outside of `[from, to]`: too old, or by a clock that was put back since.
pub(in crate::store) fn prune(
    connection: &Connection,
    from: Timestamp,
    to: Timestamp,
) -> Result<()> {
    connection.prepare_cached(PRUNE_OLD)?.execute([ms(from)])?;
    connection.prepare_cached(PRUNE_AHEAD)?.execute([ms(to)])?;
    Ok(())
}

pub(in crate::store) const PRUNE_OLD: &str = "DELETE FROM forecasts WHERE fetched_at < ?1";
pub(in crate::store) const PRUNE_AHEAD: &str = "DELETE FROM forecasts WHERE fetched_at > ?1";

pub(in crate::store) const KEPT: &str = "SELECT cell, provider, issued_at, fetched_at, hours FROM forecasts WHERE fetched_at >= ?1 ORDER BY fetched_at";

/// What was fetched since `since`. A cache: what cannot be read any more is left out.
pub(in crate::store) fn kept(
    connection: &Connection,
    since: Timestamp,
) -> Result<Vec<(String, Forecast, Timestamp)>> {
    let mut statement = connection.prepare_cached(KEPT)?;
    let mut rows = statement.query([ms(since)])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        let mut columns = Columns::of(row);
        let cell = columns.raw()?;
        let provider = columns.parsed(provider, "no provider");
        let (issued_at, fetched_at) = (columns.instant()?, columns.instant()?);
        let hours = columns.json::<HoursJson>().ok().and_then(HoursJson::hours);
        if let (Ok(provider), Some(hours)) = (provider, hours) {
            let forecast = Forecast {
                provider,
                issued_at,
                hours,
            };
            all.push((cell, forecast, fetched_at));
        }
    }
    Ok(all)
}

/// The providers that there are, by the names they have in the configuration.
fn provider(name: &str) -> Option<&'static str> {
    ["open-meteo", "met-norway", "nws"]
        .into_iter()
        .find(|known| *known == name)
}

#[derive(Serialize, Deserialize)]
struct HoursJson {
    /// Seconds since 1970 of the first hour; the others by the seconds since the one before.
    first: i64,
    steps: Vec<i64>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    spans: Vec<u8>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    temperature_c: Vec<Option<f32>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    low_c: Vec<Option<f32>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    high_c: Vec<Option<f32>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    feels_like_c: Vec<Option<f32>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    probability: Vec<Option<u8>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    precipitation_mm: Vec<Option<f32>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    snowfall_cm: Vec<Option<f32>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    wind_kmh: Vec<Option<f32>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    gusts_kmh: Vec<Option<f32>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    wind_from_deg: Vec<Option<u16>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    uv_index: Vec<Option<f32>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    conditions: Vec<Option<u8>>,
}

impl HoursJson {
    fn of(hours: &[Hour]) -> Self {
        let seconds: Vec<_> = hours.iter().map(|h| h.start.as_second()).collect();
        let first = seconds.first().copied().unwrap_or_default();
        let steps = std::iter::once(&first)
            .chain(&seconds)
            .zip(&seconds)
            .map(|(before, now)| now - before)
            .collect();
        let spans = if hours.iter().all(|h| h.span_hours == 1) {
            Vec::new()
        } else {
            hours.iter().map(|h| h.span_hours).collect()
        };
        Self {
            first,
            steps,
            spans,
            temperature_c: list(hours, |h| h.temperature_c),
            low_c: list(hours, |h| h.low_c),
            high_c: list(hours, |h| h.high_c),
            feels_like_c: list(hours, |h| h.feels_like_c),
            probability: list(hours, |h| h.precipitation_probability),
            precipitation_mm: list(hours, |h| h.precipitation_mm),
            snowfall_cm: list(hours, |h| h.snowfall_cm),
            wind_kmh: list(hours, |h| h.wind_kmh),
            gusts_kmh: list(hours, |h| h.gusts_kmh),
            wind_from_deg: list(hours, |h| h.wind_from_deg),
            uv_index: list(hours, |h| h.uv_index),
            conditions: list(hours, |h| h.conditions.and_then(number)),
        }
    }

    fn hours(self) -> Option<Vec<Hour>> {
        let mut at = Timestamp::from_second(self.first).ok()?;
        let mut hours = Vec::with_capacity(self.steps.len());
        for (i, step) in self.steps.iter().enumerate() {
            at = at.checked_add(SignedDuration::from_secs(*step)).ok()?;
            hours.push(Hour {
                start: at,
                span_hours: self.spans.get(i).copied().unwrap_or(1),
                temperature_c: nth(&self.temperature_c, i),
                low_c: nth(&self.low_c, i),
                high_c: nth(&self.high_c, i),
                feels_like_c: nth(&self.feels_like_c, i),
                precipitation_probability: nth(&self.probability, i),
                precipitation_mm: nth(&self.precipitation_mm, i),
                snowfall_cm: nth(&self.snowfall_cm, i),
                wind_kmh: nth(&self.wind_kmh, i),
                gusts_kmh: nth(&self.gusts_kmh, i),
                wind_from_deg: nth(&self.wind_from_deg, i),
                uv_index: nth(&self.uv_index, i),
                conditions: nth(&self.conditions, i)
                    .and_then(|n| CONDITIONS.get(usize::from(n)).copied()),
            });
        }
        Some(hours)
    }
}

/// One variable of all hours; empty where no hour has it.
fn list<T>(hours: &[Hour], pick: impl Fn(&Hour) -> Option<T>) -> Vec<Option<T>> {
    let all: Vec<_> = hours.iter().map(pick).collect();
    if all.iter().all(Option::is_none) {
        Vec::new()
    } else {
        all
    }
}

fn nth<T: Copy>(list: &[Option<T>], i: usize) -> Option<T> {
    list.get(i).copied().flatten()
}

fn number(conditions: Conditions) -> Option<u8> {
    let position = CONDITIONS.iter().position(|c| *c == conditions)?;
    u8::try_from(position).ok()
}

/// By their stored numbers; new ones are added at the end.
const CONDITIONS: [Conditions; 25] = [
    Conditions::Clear,
    Conditions::MostlyClear,
    Conditions::PartlyCloudy,
    Conditions::Cloudy,
    Conditions::Fog,
    Conditions::FreezingFog,
    Conditions::LightRain,
    Conditions::Rain,
    Conditions::HeavyRain,
    Conditions::LightShowers,
    Conditions::Showers,
    Conditions::HeavyShowers,
    Conditions::FreezingRain,
    Conditions::Sleet,
    Conditions::LightSnow,
    Conditions::Snow,
    Conditions::HeavySnow,
    Conditions::SnowShowers,
    Conditions::HeavySnowShowers,
    Conditions::Thunderstorm,
    Conditions::StrongThunderstorm,
    Conditions::Hail,
    Conditions::Smoke,
    Conditions::Haze,
    Conditions::Dust,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_read_back_as_they_were() {
        let start: Timestamp = "2026-11-22T00:00:00Z".parse().unwrap();
        let mut hours: Vec<_> = (0..22_u8)
            .map(|n| {
                let mut hour = Hour::empty(start + SignedDuration::from_hours(i64::from(n)));
                hour.temperature_c = (n % 3 != 0).then_some(f32::from(n) * 0.3 - 4.1);
                hour.gusts_kmh = Some(33.336_002);
                hour.wind_from_deg = Some(359);
                hour.precipitation_probability = Some(n);
                hour.conditions = Some(CONDITIONS[usize::from(n)]);
                hour
            })
            .collect();
        let read = |hours: &[Hour]| {
            let json = text(&HoursJson::of(hours)).unwrap();
            serde_json::from_str::<HoursJson>(&json)
                .unwrap()
                .hours()
                .unwrap()
        };
        assert_eq!(read(&hours), hours);
        hours[20].span_hours = 6;
        hours.remove(5);
        assert_eq!(read(&hours), hours);
        assert!(read(&[]).is_empty());
    }
}
