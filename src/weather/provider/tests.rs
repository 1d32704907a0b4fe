//! Tests of `weather/provider.rs`.

use super::*;
use crate::domain::forecast::Hour;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

#[test]
fn pauses_end_on_the_clock() {
    assert_eq!(until_next(60, at("2026-06-04T10:59:12Z")), 48);
    assert_eq!(until_next(3600, at("2026-06-04T10:59:12Z")), 48);
    assert_eq!(until_next(86_400, at("2026-06-04T23:00:00Z")), 3600);
}

#[test]
fn a_forecast_covers_the_hour_before_it_begins_and_not_the_hour_after_it_ends() {
    let forecast = Forecast {
        provider: "test",
        issued_at: at("2026-02-06T20:27:00Z"),
        hours: vec![
            Hour::empty(at("2026-02-06T21:00:00Z")),
            Hour::empty(at("2026-02-06T22:00:00Z")),
        ],
    };
    assert!(covers(&forecast, at("2026-02-06T20:40:00Z")));
    assert!(covers(&forecast, at("2026-02-06T22:59:00Z")));
    assert!(!covers(&forecast, at("2026-02-06T23:00:00Z")));
    assert!(!covers(&forecast, at("2026-02-06T12:00:00Z")));
}

#[test]
fn only_a_stuck_service_makes_a_new_forecast_old() {
    let now = at("2020-07-20T11:44:31Z");
    assert_eq!(issued_at(None, now), now);
    assert_eq!(issued_at(Some(at("2020-07-20T01:30:57Z")), now), now);
    let stuck = at("2020-07-19T13:30:57Z");
    assert_eq!(issued_at(Some(stuck), now), stuck);
    assert_eq!(issued_at(Some(at("2020-07-21T13:30:57Z")), now), now);
}
