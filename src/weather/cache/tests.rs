//! Tests of `weather/cache.rs`.

use super::*;
use crate::domain::forecast::Hour;
use crate::domain::place::Coordinates;
use crate::weather::Spot;

fn at(minute: i64) -> Timestamp {
    Timestamp::from_second(1_780_000_000 / 3600 * 3600 + minute * 60).unwrap()
}

fn cell(latitude: f64, longitude: f64) -> Cell {
    Cell::of(&Spot {
        coordinates: Coordinates::new(latitude, longitude).unwrap(),
        elevation_m: None,
        country: None,
    })
}

fn got(issued_at: Timestamp) -> Got {
    let hours = (0..24)
        .map(|h| Hour::empty(at(0) + SignedDuration::from_hours(h)))
        .collect();
    Got {
        forecast: Arc::new(Forecast {
            provider: "open-meteo",
            issued_at,
            hours,
        }),
        validators: None,
    }
}

#[test]
fn a_copy_is_given_until_its_age() {
    let cache = Cache::default();
    let hour = SignedDuration::from_hours(1);
    cache.keep(cell(1.0, 1.0), &got(at(0)), at(0));
    assert!(cache.fresh(cell(1.0, 1.0), hour, at(60)).is_some());
    assert!(cache.fresh(cell(1.0, 1.0), hour, at(61)).is_none());
    assert!(cache.fresh(cell(1.0, 1.0), USABLE, at(360)).is_some());
    assert!(cache.fresh(cell(2.0, 1.0), USABLE, at(0)).is_none());
}

#[test]
fn each_forecast_is_handed_to_the_database_once() {
    let cache = Cache::default();
    cache.keep(cell(1.0, 1.0), &got(at(0)), at(0));
    assert_eq!(cache.take_unsaved().len(), 1);
    assert!(cache.take_unsaved().is_empty());
    cache.keep(cell(1.0, 1.0), &got(at(5)), at(5));
    assert_eq!(cache.take_unsaved().len(), 1);
}

#[test]
fn warming_never_replaces_something_newer() {
    let cache = Cache::default();
    cache.keep(cell(1.0, 1.0), &got(at(5)), at(5));
    cache.warm(cell(1.0, 1.0), (*got(at(0)).forecast).clone(), at(0));
    let kept = cache.fresh(cell(1.0, 1.0), USABLE, at(6)).unwrap();
    assert_eq!(kept.issued_at, at(5));
    cache.warm(cell(2.0, 1.0), (*got(at(0)).forecast).clone(), at(0));
    assert!(cache.fresh(cell(2.0, 1.0), USABLE, at(6)).is_some());
    assert_eq!(cache.take_unsaved().len(), 1);
}

#[test]
fn the_oldest_goes_when_it_is_full() {
    let cache = Cache::default();
    let got = got(at(0));
    for i in 0..i16::try_from(CAPACITY).unwrap() {
        let fetched_at = at(0) + SignedDuration::from_secs(i64::from(i) % 600 + 1);
        cache.keep(
            cell(f64::from(i / 100), f64::from(i % 100)),
            &got,
            fetched_at,
        );
    }
    let (oldest, newcomer) = (cell(0.0, 0.0), cell(-40.0, 0.0));
    cache.keep(oldest, &got, at(0));
    cache.keep(newcomer, &got, at(10));
    assert!(cache.fresh(oldest, USABLE, at(10)).is_none());
    assert!(cache.fresh(newcomer, USABLE, at(10)).is_some());
    assert_eq!(cache.entries().len(), CAPACITY);
}
