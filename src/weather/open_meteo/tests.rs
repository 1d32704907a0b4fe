//! Reading Open-Meteo's answers.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{OpenMeteo, hours_of};
use crate::domain::forecast::{Conditions, Hour};
use crate::weather::cell::Cell;
use crate::weather::provider::{Ask, Failure, Got, Limits};
use crate::weather::tests::sample::{at, now, open_meteo, open_meteo_for, parameter, spot};
use crate::weather::tests::stand_in::{Reply, StandIn, http};

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
            low_c: None,
            high_c: None,
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

async fn ask_for(
    service: OpenMeteo,
    latitude: f64,
    height: Option<i16>,
    timeout_ms: u64,
) -> Result<Got, Failure> {
    let mut spot = spot(latitude, 4.85);
    spot.elevation_m = height;
    let asks = [Ask {
        cell: Cell::of(&spot),
        spot,
        known: None,
    }];
    let limits = Limits {
        now: now(),
        timeout_ms,
    };
    let mut slots = [None];
    service.ask(&asks, limits, &mut slots).await;
    let [slot] = slots;
    slot.unwrap()
}

#[tokio::test]
async fn a_reason_is_told_without_coordinates_and_a_key_is_sent_and_never_shown() {
    let stand_in = StandIn::start(|head| {
        let place = parameter(head, "latitude");
        Reply::json(
            400,
            format!(r#"{{"error":true,"reason":"Bad place\n {place}°"}}"#),
        )
    })
    .await;
    let key = Some("hunter&2".to_owned().into());
    let service = OpenMeteo::new(&stand_in.url, key, http());
    let shown = format!("{service:?}");
    let failure = ask_for(service, 45.7485, None, 1000).await.unwrap_err();
    assert_eq!(failure.why, "status 400: Bad place ##.####°");
    assert!(stand_in.asked()[0].contains("&apikey=hunter%262 "));
    assert!(!shown.contains("hunter"), "{shown}");
}

#[tokio::test]
async fn who_waits_in_line_is_asked_for_together() {
    let stand_in = StandIn::start(|head| Reply::json(200, open_meteo_for(head))).await;
    let service = OpenMeteo::with_width(&stand_in.url, None, http(), 1);
    let asking: Vec<_> = (0..80_i32)
        .map(|i| {
            let height = (i % 2 == 0).then_some(170);
            let ask = ask_for(service.clone(), f64::from(i) / 2.0, height, 2000);
            (i, tokio::spawn(ask))
        })
        .collect();
    for (i, asked) in asking {
        let hours = &asked.await.unwrap().unwrap().forecast.hours;
        let own = (f64::from(i) / 2.0).round() as f32;
        assert_eq!(hours[0].temperature_c, Some(own));
    }
    let heads = stand_in.asked();
    assert!(heads.len() <= 4, "{} requests", heads.len());
    for head in heads {
        let heights = parameter(&head, "elevation");
        let places = parameter(&head, "latitude").split(',').count();
        assert!(heights.is_empty() || heights.split(',').count() == places);
        assert!(places <= 50);
    }
}

#[tokio::test]
async fn who_left_the_line_is_not_asked_for() {
    let stand_in = StandIn::start(|head| match parameter(head, "latitude").as_str() {
        "1.0000" => Reply::Hang,
        _ => Reply::json(200, open_meteo_for(head)),
    })
    .await;
    let service = OpenMeteo::with_width(&stand_in.url, None, http(), 1);
    let slow = tokio::spawn(ask_for(service.clone(), 1.0, None, 1000));
    tokio::task::yield_now().await;
    tokio::task::yield_now().await;
    let impatient = tokio::spawn(ask_for(service.clone(), 2.0, None, 1000));
    tokio::task::yield_now().await;
    impatient.abort();
    assert!(slow.await.unwrap().is_err());
    assert!(ask_for(service, 3.0, None, 1000).await.is_ok());
    let latitudes: Vec<String> = stand_in
        .asked()
        .iter()
        .map(|head| parameter(head, "latitude"))
        .collect();
    assert_eq!(latitudes, ["1.0000", "3.0000"]);
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
