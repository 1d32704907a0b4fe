//! What a morning text costs to compose, in English and in German.

use criterion::{Criterion, criterion_group, criterion_main};
use jiff::{SignedDuration, Timestamp};
use weatherline::domain::compose::{Ask, ClockStyle, forecast_text};
use weatherline::domain::forecast::{Conditions, Forecast, Hour, Window};
use weatherline::domain::language::Language;
use weatherline::domain::phone::Country;
use weatherline::domain::place::{Coordinates, Place};
use weatherline::domain::subscriber::Units;
use weatherline::domain::zone::Zone;

/// Four days, of which the first is wet and windy.
fn forecast(start: Timestamp) -> Forecast {
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
            ..Hour::empty(start + SignedDuration::from_hours(n))
        }
    };
    Forecast {
        provider: "open-meteo",
        issued_at: start,
        hours: (0..96).map(hour).collect(),
    }
}

fn compose(criterion: &mut Criterion) {
    let start = Timestamp::UNIX_EPOCH + SignedDuration::from_hours(496_968);
    let forecast = forecast(start);
    let (Some(zone), Some(coordinates), Some(country)) = (
        Zone::named("Europe/Berlin"),
        Coordinates::new(50.94, 6.96),
        Country::parse("DE"),
    ) else {
        return;
    };
    let place = Place {
        name: "Köln".to_owned(),
        admin1: None,
        admin1_code: None,
        country,
        coordinates,
        elevation_m: Some(50),
        zone,
    };
    for language in [Language::English, Language::German] {
        for (name, window) in [("today", Window::Today), ("week", Window::Week)] {
            let ask = Ask {
                place: &place,
                window,
                units: Units::Metric,
                language,
                clock: ClockStyle::H24,
                reader: Some(country),
                now: start + SignedDuration::from_hours(7),
                room: 160,
            };
            let name = format!("compose/{}/{name}", language.code());
            criterion.bench_function(&name, |b| b.iter(|| forecast_text(&forecast, &ask)));
        }
    }
}

criterion_group!(benches, compose);
criterion_main!(benches);
