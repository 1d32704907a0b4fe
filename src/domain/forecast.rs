//! A provider-neutral forecast: metric, hourly, in UTC. Local days are built here, with time-zone rules.

use jiff::Timestamp;
use jiff::civil::Date;

use super::zone::Zone;

/// What the weather will be at one spot, hour by hour.
#[derive(Debug, Clone, PartialEq)]
pub struct Forecast {
    /// The provider's name in the configuration: `open-meteo`, `met-norway`, `nws`.
    pub provider: &'static str,
    /// As of when it holds: when the provider last gave it as its current one, or when it was made where that is far longer ago
    /// than the provider's rhythm. A copy that is kept keeps it.
    pub issued_at: Timestamp,
    /// Ascending by `start`, without overlap; may have gaps.
    pub hours: Vec<Hour>,
}

/// The stretch `[start, start + span_hours)`. A `None` was not given by the provider: say nothing about it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hour {
    /// When it begins; on the full hour.
    pub start: Timestamp,
    /// How many hours amounts and conditions cover: 1, or 6 in the far end of some providers (times of day within it are
    /// not known then).
    pub span_hours: u8,
    /// Air temperature at `start`, Celsius.
    pub temperature_c: Option<f32>,
    /// The coldest within a stretch of several hours, Celsius, where the provider tells it.
    pub low_c: Option<f32>,
    /// The warmest within a stretch of several hours, Celsius, where the provider tells it.
    pub high_c: Option<f32>,
    /// Felt temperature at `start`, Celsius.
    pub feels_like_c: Option<f32>,
    /// Chance of measurable precipitation in the stretch, percent 0-100.
    pub precipitation_probability: Option<u8>,
    /// Rain and melted snow in the stretch, millimetres.
    pub precipitation_mm: Option<f32>,
    /// Fresh snow in the stretch, centimetres.
    pub snowfall_cm: Option<f32>,
    /// Mean wind at 10 m at `start`, km/h.
    pub wind_kmh: Option<f32>,
    /// Strongest gust in the stretch, km/h.
    pub gusts_kmh: Option<f32>,
    /// Where the wind comes from, degrees 0-359.
    pub wind_from_deg: Option<u16>,
    /// UV index at `start`.
    pub uv_index: Option<f32>,
    /// The sky and what falls from it in the stretch.
    pub conditions: Option<Conditions>,
}

impl Hour {
    /// An hour of which nothing is known yet.
    #[must_use]
    pub const fn empty(start: Timestamp) -> Self {
        Self {
            start,
            span_hours: 1,
            temperature_c: None,
            low_c: None,
            high_c: None,
            feels_like_c: None,
            precipitation_probability: None,
            precipitation_mm: None,
            snowfall_cm: None,
            wind_kmh: None,
            gusts_kmh: None,
            wind_from_deg: None,
            uv_index: None,
            conditions: None,
        }
    }

    /// The coldest that is known of it, Celsius.
    #[must_use]
    pub fn coldest_c(&self) -> Option<f32> {
        let known = [self.temperature_c, self.low_c].into_iter().flatten();
        known.reduce(f32::min)
    }

    /// The warmest that is known of it, Celsius.
    #[must_use]
    pub fn warmest_c(&self) -> Option<f32> {
        let known = [self.temperature_c, self.high_c].into_iter().flatten();
        known.reduce(f32::max)
    }

    /// Its end, exclusive.
    #[must_use]
    pub fn end(&self) -> Timestamp {
        self.start
            .saturating_add(jiff::SignedDuration::from_hours(i64::from(self.span_hours)))
            .unwrap_or(self.start)
    }
}

/// Sky and precipitation, as far as providers agree on them. Ordered from fair to severe within each kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Conditions {
    /// Less than a fifth cloud.
    Clear,
    /// A fifth to half.
    MostlyClear,
    /// Half to four fifths.
    PartlyCloudy,
    /// Overcast.
    Cloudy,
    /// Visibility under a kilometre.
    Fog,
    /// Fog below zero that leaves rime.
    FreezingFog,
    /// A little, steady.
    LightRain,
    /// Steady.
    Rain,
    /// Much.
    HeavyRain,
    /// Short and patchy.
    LightShowers,
    /// Short and patchy.
    Showers,
    /// Short and violent.
    HeavyShowers,
    /// Rain that freezes on the ground.
    FreezingRain,
    /// Rain and snow mixed.
    Sleet,
    /// A little, steady.
    LightSnow,
    /// Steady.
    Snow,
    /// Much.
    HeavySnow,
    /// Short and patchy.
    SnowShowers,
    /// Short and violent.
    HeavySnowShowers,
    /// Thunder, with rain or without.
    Thunderstorm,
    /// Severe thunder.
    StrongThunderstorm,
    /// Thunder with hail, where the provider really forecasts hail.
    Hail,
    /// Of fires.
    Smoke,
    /// Dry, from dust too fine to see or from exhausts.
    Haze,
    /// Blown up from the ground.
    Dust,
}

/// Which stretch of time a text is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Window {
    /// This moment and the next few hours.
    Now,
    /// From now to the end of the local day, with tonight's low.
    Today,
    /// 18:00 to 06:00.
    Tonight,
    /// The next local day.
    Tomorrow,
    /// The next such day, today included.
    Weekday(jiff::civil::Weekday),
    /// The coming Saturday and Sunday, or what is left of them.
    Weekend,
    /// Seven days.
    Week,
    /// Hour by hour for the next hours.
    Hours,
}

impl Forecast {
    /// The hours of the local date, by the zone's own rules: 23, 24 or 25 of them where the data cover it.
    #[must_use]
    pub fn day(&self, date: Date, zone: &Zone) -> &[Hour] {
        let start = date.to_zoned(zone.rules().clone()).map(|z| z.timestamp());
        let end = date
            .tomorrow()
            .and_then(|d| d.to_zoned(zone.rules().clone()))
            .map(|z| z.timestamp());
        match (start, end) {
            (Ok(start), Ok(end)) => self.between(start, end),
            _ => &[],
        }
    }

    /// The hours that begin in `[from, to)`.
    #[must_use]
    pub fn between(&self, from: Timestamp, to: Timestamp) -> &[Hour] {
        let first = self.hours.partition_point(|h| h.start < from);
        let last = self.hours.partition_point(|h| h.start < to);
        self.hours.get(first..last.max(first)).unwrap_or(&[])
    }
}

#[cfg(test)]
mod tests;
