//! Four days of weather, of which the first is wet and windy, and a place that has it.

use jiff::{SignedDuration, Timestamp};
use weatherline::domain::forecast::{Conditions, Forecast, Hour};
use weatherline::domain::phone::Country;
use weatherline::domain::place::{Coordinates, Place};
use weatherline::domain::zone::Zone;

/// When the forecast begins.
pub(crate) fn start() -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_hours(496_968)
}

pub(crate) fn forecast() -> Forecast {
    let hour = |n: i64| {
        let wet = (14..18).contains(&n) || (33..40).contains(&n);
        Hour {
            temperature_c: Some(10.0 + ((n % 24) as f32 - 12.0) / 3.0),
            feels_like_c: Some(9.0),
            precipitation_probability: Some(if wet { 70 } else { 5 }),
            precipitation_mm: Some(if wet { 1.7 } else { 0.0 }),
            snowfall_cm: Some(0.0),
            wind_kmh: Some(27.0),
            gusts_kmh: Some(48.0),
            wind_from_deg: Some(230),
            uv_index: Some(3.0),
            conditions: Some(if wet {
                Conditions::Rain
            } else {
                Conditions::PartlyCloudy
            }),
            ..Hour::empty(start() + SignedDuration::from_hours(n))
        }
    };
    Forecast {
        provider: "open-meteo",
        issued_at: start(),
        hours: (0..96).map(hour).collect(),
    }
}

pub(crate) fn place() -> Option<Place> {
    Some(Place {
        name: "Köln".to_owned(),
        admin1: None,
        admin1_code: None,
        country: Country::parse("DE")?,
        coordinates: Coordinates::new(50.94, 6.96)?,
        elevation_m: Some(50),
        zone: Zone::named("Europe/Berlin")?,
    })
}
