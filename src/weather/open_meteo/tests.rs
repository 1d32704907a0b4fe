//! Reading Open-Meteo's answers.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::hours_of;
use crate::domain::forecast::{Conditions, Hour};
use crate::weather::tests::sample::{at, open_meteo};

fn read(answer: &Value) -> Result<Vec<Hour>, &'static str> {
    hours_of(answer.to_string().as_bytes())
}

#[test]
fn sums_and_maxima_belong_to_the_hour_that_their_stamp_ends() {
    let hours = read(&open_meteo(10.0)).unwrap();
    assert_eq!(hours.len(), 6);
    assert_eq!(
        hours[2],
        Hour {
            start: at("2026-06-04T11:00:00Z"),
            span_hours: 1,
            temperature_c: Some(12.0),
            feels_like_c: Some(13.0),
            precipitation_probability: Some(60),
            precipitation_mm: Some(2.4),
            snowfall_cm: Some(0.0),
            wind_kmh: Some(7.0),
            gusts_kmh: Some(18.0),
            wind_from_deg: Some(180),
            uv_index: Some(3.5),
            conditions: Some(Conditions::Rain),
        }
    );
    let last = hours[5];
    assert_eq!(
        (last.temperature_c, last.precipitation_mm, last.conditions),
        (Some(15.0), None, None)
    );
    assert_eq!(hours[4].snowfall_cm, Some(0.7));
    assert_eq!(hours[4].conditions, None, "code 4 is never sent");
    assert_eq!(hours[4].wind_from_deg, Some(0));
}

#[test]
fn what_is_missing_or_wrong_is_left_out_and_the_rest_is_kept() {
    let mut answer = open_meteo(10.0);
    let hourly = answer["hourly"].as_object_mut().unwrap();
    hourly["temperature_2m"] = json!([null, "12", 12.5, 9999, {}, 15.0]);
    hourly["precipitation"] = json!([0.0, 1.0]);
    hourly["weather_code"] = json!("rain");
    hourly["uv_index"] = Value::Null;
    hourly.remove("wind_speed_10m");
    let hours = read(&answer).unwrap();
    let temperatures: Vec<_> = hours.iter().map(|h| h.temperature_c).collect();
    assert_eq!(
        temperatures,
        [None, None, Some(12.5), None, None, Some(15.0)]
    );
    assert!(
        hours
            .iter()
            .all(|h| h.precipitation_mm.is_none() && h.conditions.is_none())
    );
    assert!(
        hours
            .iter()
            .all(|h| h.uv_index.is_none() && h.wind_kmh.is_none())
    );
    assert_eq!(hours[0].gusts_kmh, Some(16.0));
}

#[test]
fn a_place_of_nulls_has_no_hours() {
    let mut answer = open_meteo(10.0);
    for (name, values) in answer["hourly"].as_object_mut().unwrap() {
        if name != "time" {
            *values = json!([null, null, null, null, null, null]);
        }
    }
    assert_eq!(read(&answer), Ok(Vec::new()));
}

#[test]
fn a_gap_breaks_the_shift_and_disorder_is_skipped() {
    let mut answer = open_meteo(10.0);
    let first = at("2026-06-04T09:00:00Z").as_second();
    answer["hourly"]["time"] = json!([
        first,
        first + 3600,
        first + 10_800,
        first + 7200,
        first + 10_801,
        first + 14_400
    ]);
    let hours = read(&answer).unwrap();
    let starts: Vec<i64> = hours.iter().map(|h| h.start.as_second() - first).collect();
    assert_eq!(starts, [0, 3600, 10_800, 14_400]);
    assert_eq!(hours[0].gusts_kmh, Some(16.0));
    assert_eq!(hours[1].gusts_kmh, None);
}

#[test]
fn a_server_that_ignores_our_units_and_times_is_understood() {
    let mut answer = open_meteo(50.0);
    answer["utc_offset_seconds"] = json!(-14_400);
    answer["hourly"]["time"] = json!([
        "2026-06-04T05:00",
        "2026-06-04T06:00",
        "2026-06-04T07:00",
        "2026-06-04T08:00",
        "2026-06-04T09:00",
        "2026-06-04T10:00"
    ]);
    answer["hourly_units"]["temperature_2m"] = json!("°F");
    answer["hourly_units"]["wind_speed_10m"] = json!("mp/h");
    answer["hourly_units"]["precipitation"] = json!("inch");
    answer["hourly_units"]["wind_gusts_10m"] = json!("furlongs");
    let hour = read(&answer).unwrap()[0];
    assert_eq!(hour.start, at("2026-06-04T09:00:00Z"));
    assert_eq!((hour.temperature_c, hour.gusts_kmh), (Some(10.0), None));
    assert!((hour.wind_kmh.unwrap() - 8.046_72).abs() < 0.001);
}

proptest! {
    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = hours_of(&bytes);
        let _ = super::answer::reason(&bytes);
    }

    #[test]
    fn no_damage_to_an_answer_panics(at in 0usize..2000, with in any::<u8>()) {
        let mut bytes = open_meteo(10.0).to_string().into_bytes();
        let at = at % bytes.len();
        bytes[at] = with;
        let _ = hours_of(&bytes);
    }

    #[test]
    fn hours_ascend_whatever_the_stamps(stamps in proptest::collection::vec(any::<i64>(), 6), hour in -10i64..10) {
        let mut answer = open_meteo(10.0);
        let base = 1_780_000_000 / 3600 * 3600;
        answer["hourly"]["time"] = json!([stamps[0], base, stamps[1], base + hour * 3600, stamps[2], base + 7200]);
        let hours = read(&answer).unwrap();
        prop_assert!(hours.windows(2).all(|pair| pair[0].start < pair[1].start));
    }
}
