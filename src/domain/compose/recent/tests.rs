//! Tests of `domain/compose/recent.rs`.

use super::*;
use crate::domain::forecast::Hour;
use crate::domain::place::Coordinates;
use crate::domain::zone::Zone;

fn forecast(celsius: f32) -> Arc<Forecast> {
    let start = Timestamp::from_second(1_780_000_000 / 3600 * 3600).unwrap();
    let hour = |h: i64| Hour {
        temperature_c: Some(celsius),
        ..Hour::empty(start + jiff::SignedDuration::from_hours(h))
    };
    Arc::new(Forecast {
        provider: "open-meteo",
        issued_at: start,
        hours: (0..48).map(hour).collect(),
    })
}

fn lyon() -> Place {
    Place {
        name: "Lyon".to_owned(),
        admin1: None,
        admin1_code: None,
        country: Country::parse("FR").unwrap(),
        coordinates: Coordinates::new(45.75, 4.85).unwrap(),
        elevation_m: None,
        zone: Zone::named("Europe/Paris").unwrap(),
    }
}

fn ask(place: &Place, now: Timestamp) -> Ask<'_> {
    Ask {
        place,
        window: Window::Today,
        units: Units::Metric,
        language: Language::English,
        clock: ClockStyle::H24,
        reader: None,
        now,
        room: 160,
    }
}

#[test]
fn the_same_ask_gets_the_same_words_without_composing_them_again() {
    let (recent, place, forecast) = (Recent::default(), lyon(), forecast(11.0));
    let now = forecast.issued_at + jiff::SignedDuration::from_secs(90);
    let first = recent.forecast_text(&forecast, &ask(&place, now)).unwrap();
    let later = now + jiff::SignedDuration::from_secs(20);
    let second = recent
        .forecast_text(&forecast, &ask(&place, later))
        .unwrap();
    assert!(Arc::ptr_eq(&first, &second));
    let minute = ask(
        &place,
        forecast.issued_at + jiff::SignedDuration::from_secs(60),
    );
    assert_eq!(*first, forecast_text(&forecast, &minute).unwrap());
}

#[test]
fn another_forecast_moment_reader_or_room_has_words_of_its_own() {
    let (recent, place, mild) = (Recent::default(), lyon(), forecast(11.0));
    let now = mild.issued_at;
    let first = recent.forecast_text(&mild, &ask(&place, now)).unwrap();
    let warm = forecast(31.0);
    let other = recent.forecast_text(&warm, &ask(&place, now)).unwrap();
    assert_ne!(first, other);
    let french = Ask {
        language: Language::French,
        ..ask(&place, now)
    };
    assert_ne!(recent.forecast_text(&mild, &french).unwrap(), first);
    let later = now + jiff::SignedDuration::from_secs(60);
    let again = recent.forecast_text(&mild, &ask(&place, later)).unwrap();
    assert!(!Arc::ptr_eq(&first, &again));
    // The minute before is forgotten, and with it the forecasts of then.
    assert_eq!(Arc::strong_count(&warm), 1);
}
