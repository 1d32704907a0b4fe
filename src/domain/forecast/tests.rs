//! Tests of `domain/forecast.rs`.

use super::*;

fn hourly(from: &str, hours: i64) -> Forecast {
    let from: Timestamp = from.parse().unwrap();
    let hours = (0..hours)
        .map(|h| Hour::empty(from + jiff::SignedDuration::from_hours(h)))
        .collect();
    Forecast {
        provider: "test",
        issued_at: from,
        hours,
    }
}

#[test]
fn local_days_have_23_or_25_hours_when_clocks_change() {
    let new_york = Zone::named("America/New_York").unwrap();
    let spring = hourly("2026-03-07T00:00:00Z", 96);
    assert_eq!(
        spring.day("2026-03-08".parse().unwrap(), &new_york).len(),
        23
    );
    let autumn = hourly("2026-10-31T00:00:00Z", 96);
    assert_eq!(
        autumn.day("2026-11-01".parse().unwrap(), &new_york).len(),
        25
    );
}

#[test]
fn half_hour_zones_get_the_hours_that_begin_in_the_day() {
    let kolkata = Zone::named("Asia/Kolkata").unwrap();
    let day = hourly("2026-05-01T00:00:00Z", 72);
    let hours = day.day("2026-05-02".parse().unwrap(), &kolkata);
    assert_eq!(hours.len(), 24);
    assert_eq!(hours[0].start, "2026-05-01T19:00:00Z".parse().unwrap());
}
