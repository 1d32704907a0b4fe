//! A small builder of places and hourly series, by local days and hours.

use std::ops::Range;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use crate::domain::compose::*;
use crate::domain::forecast::{Conditions, Forecast, Hour, Window};
use crate::domain::language::Language;
use crate::domain::message::MessageBody;
use crate::domain::phone::Country;
use crate::domain::place::{Coordinates, Place};
use crate::domain::subscriber::Units;
use crate::domain::zone::Zone;

pub(super) fn place(name: &str, country: &str, zone: &str, latitude: f64, longitude: f64) -> Place {
    Place {
        name: name.to_owned(),
        admin1: None,
        admin1_code: None,
        country: Country::parse(country).unwrap(),
        coordinates: Coordinates::new(latitude, longitude).unwrap(),
        elevation_m: None,
        zone: Zone::named(zone).unwrap(),
    }
}

pub(super) fn in_state(mut place: Place, state: &str) -> Place {
    place.admin1_code = Some(state.to_owned());
    place
}

/// Days of weather at a place; day 0 is yesterday, day 1 the day of the text.
#[derive(Clone)]
pub(super) struct Series {
    pub(super) place: Place,
    pub(super) first: Date,
    pub(super) forecast: Forecast,
    pub(super) now: Timestamp,
}

impl Series {
    /// Eight dry, sunny, calm days around `now` (local, `2026-09-15 07:00`), from `low` at six to `high` at fifteen.
    pub(super) fn new(place: Place, now: &str, low: f32, high: f32) -> Self {
        let civil: jiff::civil::DateTime = now.replace(' ', "T").parse().unwrap();
        let now = civil
            .to_zoned(place.zone.rules().clone())
            .unwrap()
            .timestamp();
        let first = civil.date().yesterday().unwrap();
        // Providers' hours are full hours of UTC, whatever the zone.
        let start = at(&place, first, 0);
        let start = start - SignedDuration::from_secs(start.as_second().rem_euclid(3600));
        let end = at(&place, first + jiff::Span::new().days(9), 0);
        let hours = (0..start.duration_until(end).as_hours())
            .map(|n| Hour {
                precipitation_probability: Some(0),
                precipitation_mm: Some(0.0),
                snowfall_cm: Some(0.0),
                wind_kmh: Some(9.0),
                gusts_kmh: Some(20.0),
                wind_from_deg: Some(225),
                uv_index: Some(3.0),
                conditions: Some(Conditions::Clear),
                ..Hour::empty(start + SignedDuration::from_hours(n))
            })
            .collect();
        let forecast = Forecast {
            provider: "test",
            issued_at: now,
            hours,
        };
        let mut series = Self {
            place,
            first,
            forecast,
            now,
        };
        for day in 0..9 {
            series = series.temperature(day, low, high);
        }
        series
    }

    /// A day's curve: `low` at six, `high` at fifteen, half-way at midnight.
    pub(super) fn temperature(self, day: i32, low: f32, high: f32) -> Self {
        let (middle, swing) = ((low + high) / 2.0, (high - low) / 2.0);
        self.each(day, 0..24, |at, hour| {
            let phase = match at {
                ..6 => -(at as f32) / 6.0,
                6..15 => (at as f32 - 6.0) / 9.0 * 2.0 - 1.0,
                _ => 1.0 - (at as f32 - 15.0) / 9.0,
            };
            let celsius = middle + swing * phase;
            hour.temperature_c = Some(celsius);
            hour.feels_like_c = Some(celsius);
        })
    }

    pub(super) fn each(
        mut self,
        day: i32,
        hours: Range<i32>,
        mut change: impl FnMut(i32, &mut Hour),
    ) -> Self {
        let date = self.first + jiff::Span::new().days(day);
        let zone = self.place.zone.clone();
        for hour in &mut self.forecast.hours {
            let civil = zone.rules().to_datetime(hour.start);
            if civil.date() == date && hours.contains(&i32::from(civil.hour())) {
                change(i32::from(civil.hour()), hour);
            }
        }
        self
    }

    pub(super) fn sky(self, day: i32, hours: Range<i32>, conditions: Conditions) -> Self {
        self.each(day, hours, |_, h| h.conditions = Some(conditions))
    }

    /// Something falls: with a chance, in mm an hour; snow of 10 to 1.
    pub(super) fn falls(
        self,
        day: i32,
        hours: Range<i32>,
        what: Conditions,
        chance: u8,
        millimetres: f32,
    ) -> Self {
        use Conditions::{HeavySnow, HeavySnowShowers, LightSnow, Snow, SnowShowers};
        let snow = matches!(
            what,
            HeavySnow | HeavySnowShowers | LightSnow | Snow | SnowShowers
        );
        self.each(day, hours, |_, h| {
            h.conditions = Some(what);
            h.precipitation_probability = Some(chance);
            h.precipitation_mm = Some(millimetres);
            h.snowfall_cm = Some(if snow { millimetres } else { 0.0 });
        })
    }

    pub(super) fn wind(
        self,
        day: i32,
        hours: Range<i32>,
        mean: f32,
        gusts: f32,
        from: u16,
    ) -> Self {
        self.each(day, hours, |_, h| {
            h.wind_kmh = Some(mean);
            h.gusts_kmh = Some(gusts);
            h.wind_from_deg = Some(from);
        })
    }

    pub(super) fn with(mut self, change: impl Fn(&mut Hour)) -> Self {
        self.forecast.hours.iter_mut().for_each(change);
        self
    }

    pub(super) fn ask(&self, window: Window, units: Units, clock: ClockStyle) -> Ask<'_> {
        Ask {
            language: Language::English,
            place: &self.place,
            window,
            units,
            clock,
            reader: None,
            now: self.now,
            room: 160,
        }
    }

    /// The first so many hours of data only.
    pub(super) fn until(mut self, hours: usize) -> Self {
        self.forecast.hours.truncate(hours);
        self
    }
}

pub(super) fn measured(text: Result<String, NoText>) -> String {
    match text {
        Ok(text) => {
            let body = MessageBody::new(&text);
            assert_eq!(body.as_str(), text, "made plain already");
            let (encoding, septets, segments) = (body.encoding(), body.septets(), body.segments());
            format!("{text}\n    {encoding} {septets} x{segments}\n")
        }
        Err(why) => format!("{why:?}\n"),
    }
}

fn at(place: &Place, date: Date, hour: i8) -> Timestamp {
    date.at(hour, 0, 0, 0)
        .to_zoned(place.zone.rules().clone())
        .unwrap()
        .timestamp()
}
