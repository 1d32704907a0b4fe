//! Reading MET Norway's answers, and its manners.

use jiff::SignedDuration;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::hours_of;
use crate::domain::forecast::{Conditions, Hour};
use crate::weather::tests::sample::{at, met_norway, now, spot};
use crate::weather::tests::stand_in::{Reply, StandIn, http};
use crate::weather::{Freshness, ProviderName, Settings, Weather, WeatherError};

fn weather(service: &StandIn) -> Weather {
    let settings = Settings {
        providers: vec![ProviderName::MetNorway],
        timeout_ms: 1500,
        contact: "weather@example.org".into(),
        open_meteo_url: String::new(),
        met_norway_url: service.url.clone(),
        nws_url: String::new(),
        open_meteo_api_key: None,
    };
    Weather::new(settings, http())
}

#[test]
fn hours_blocks_and_the_bare_end() {
    let hours = hours_of(met_norway().to_string().as_bytes()).unwrap();
    assert_eq!(
        hours[0],
        Hour {
            temperature_c: Some(14.5),
            precipitation_probability: Some(40),
            precipitation_mm: Some(1.5),
            wind_kmh: Some(36.0),
            gusts_kmh: Some(72.0),
            wind_from_deg: Some(0),
            uv_index: Some(5.5),
            conditions: Some(Conditions::Rain),
            ..Hour::empty(at("2026-06-04T10:00:00Z"))
        }
    );
    let spans: Vec<_> = hours
        .iter()
        .map(|h| (h.span_hours, h.precipitation_mm))
        .collect();
    assert_eq!(
        spans,
        [(1, Some(1.5)), (1, Some(0.0)), (6, Some(3.0)), (1, None)]
    );
    assert_eq!(hours[2].conditions, Some(Conditions::Thunderstorm));
    assert_eq!(
        (hours[3].temperature_c, hours[3].conditions),
        (Some(9.5), None)
    );
}

#[test]
fn blocks_of_six_hours_tell_their_extremes() {
    let mut answer = met_norway();
    let entries = answer["properties"]["timeseries"].as_array_mut().unwrap();
    for (entry, block) in [(0, "next_1_hours"), (2, "next_6_hours")] {
        let details = &mut entries[entry]["data"][block]["details"];
        details["air_temperature_max"] = json!(19.5);
        details["air_temperature_min"] = json!(11.0);
    }
    let hours = hours_of(answer.to_string().as_bytes()).unwrap();
    assert_eq!((hours[2].low_c, hours[2].high_c), (Some(11.0), Some(19.5)));
    assert_eq!(hours[2].warmest_c(), Some(19.5));
    assert_eq!(hours[2].coldest_c(), Some(11.0));
    assert_eq!((hours[0].low_c, hours[0].high_c), (None, None));
    assert_eq!(hours[0].warmest_c(), Some(14.5));
}

#[test]
fn sums_that_would_overlap_the_next_entry_are_left_out() {
    let mut answer = met_norway();
    let entries = answer["properties"]["timeseries"].as_array_mut().unwrap();
    entries[2]["time"] = json!("2026-06-04T14:00:00Z");
    let hours = hours_of(answer.to_string().as_bytes()).unwrap();
    assert_eq!((hours[2].span_hours, hours[2].precipitation_mm), (1, None));
    assert_eq!(hours[2].temperature_c, Some(16.5));
}

#[test]
fn wrong_kinds_are_left_out() {
    let mut answer = met_norway();
    answer["properties"]["timeseries"][0]["data"]["instant"]["details"] = json!({"air_temperature": "14", "wind_speed": null, "cloud_area_fraction": 99.0, "ultraviolet_index_clear_sky": 7.0});
    answer["properties"]["timeseries"][0]["data"]["next_1_hours"] = json!([]);
    let hour = hours_of(answer.to_string().as_bytes()).unwrap()[0];
    assert_eq!(hour, Hour::empty(at("2026-06-04T10:00:00Z")));
    for body in [
        "",
        "null",
        "<html>",
        r#"{"properties":{}}"#,
        r#"{"properties":{"timeseries":[{"time":7,"data":{}}]}}"#,
    ] {
        assert!(hours_of(body.as_bytes()).is_err(), "{body}");
    }
    assert_eq!(
        hours_of(br#"{"properties":{"timeseries":[]}}"#),
        Ok(Vec::new())
    );
}

/// The first answer is whole and lives half an hour; later ones confirm it.
async fn confirming() -> StandIn {
    StandIn::start(|head| {
        let headers =
            "Date: Thu, 04 Jun 2026 08:00:00 GMT\r\nExpires: Thu, 04 Jun 2026 08:30:00 GMT\r\n";
        if head
            .to_lowercase()
            .contains("if-modified-since: wed, 03 jun 2026 00:00:00 gmt")
        {
            return Reply::Whole(304, headers.into(), Vec::new());
        }
        let headers = format!("{headers}Last-Modified: Wed, 03 Jun 2026 00:00:00 GMT\r\n");
        Reply::Whole(200, headers, met_norway().to_string().into_bytes())
    })
    .await
}

#[tokio::test]
async fn the_request_says_who_asks_and_keeps_to_four_decimals() {
    let service = confirming().await;
    let place = spot(45.748_463_9, -4.846_711_1);
    weather(&service)
        .forecast(&place, Freshness::Answer, now())
        .await
        .unwrap();
    let head = service.asked().remove(0);
    let line =
        "GET /weatherapi/locationforecast/2.0/complete?lat=45.7485&lon=-4.8467&altitude=170 ";
    assert!(head.starts_with(line), "{head}");
    let agent = head
        .lines()
        .find(|line| line.to_lowercase().starts_with("user-agent:"))
        .unwrap();
    assert!(
        agent.contains("weatherline/") && agent.contains("weather@example.org"),
        "{agent}"
    );
    assert!(!head.to_lowercase().contains("if-modified-since"));
}

#[tokio::test]
async fn an_unchanged_forecast_is_confirmed_and_young_again() {
    let service = confirming().await;
    let weather = weather(&service);
    let place = spot(45.75, 4.85);
    let first = weather
        .forecast(&place, Freshness::Answer, now())
        .await
        .unwrap();
    let later = now() + SignedDuration::from_mins(61);
    let second = weather
        .forecast(&place, Freshness::Answer, later)
        .await
        .unwrap();
    assert_eq!(service.asked().len(), 2);
    assert_eq!((first.issued_at, second.issued_at), (now(), later));
    assert_eq!(first.hours, second.hours);
    assert!(weather.cached(&place, Freshness::Answer, later).is_some());
    let third = later + SignedDuration::from_mins(61);
    weather
        .forecast(&place, Freshness::Answer, third)
        .await
        .unwrap();
    assert_eq!(service.asked().len(), 3);
    assert!(
        service.asked()[2]
            .to_lowercase()
            .contains("if-modified-since: wed, 03 jun")
    );
}

#[tokio::test]
async fn a_question_is_not_repeated_before_its_answer_expires() {
    let service = StandIn::start(|_| {
        let headers = "Date: Thu, 04 Jun 2026 08:00:00 GMT\r\nExpires: Thu, 04 Jun 2026 09:30:00 GMT\r\n\
                       Last-Modified: Wed, 03 Jun 2026 00:00:00 GMT\r\n";
        Reply::Whole(203, headers.into(), met_norway().to_string().into_bytes())
    })
    .await;
    let weather = weather(&service);
    let place = spot(45.75, 4.85);
    weather
        .forecast(&place, Freshness::Answer, now())
        .await
        .unwrap();
    let later = now() + SignedDuration::from_mins(89);
    weather
        .forecast(&place, Freshness::Answer, later)
        .await
        .unwrap();
    assert_eq!(service.asked().len(), 1);
}

#[tokio::test]
async fn refusals_are_heard() {
    for (status, expected, requests) in [
        (403, WeatherError::Down, 1),
        (429, WeatherError::Down, 1),
        (422, WeatherError::NoData, 2),
        (404, WeatherError::NoData, 2),
        (400, WeatherError::Down, 2),
        (304, WeatherError::Down, 2),
        (503, WeatherError::Down, 2),
    ] {
        let service =
            StandIn::start(move |_| Reply::Whole(status, String::new(), b"<html>".to_vec())).await;
        let weather = weather(&service);
        for latitude in [1.0, 2.0] {
            let asked = weather
                .forecast(&spot(latitude, 4.85), Freshness::Answer, now())
                .await;
            assert_eq!(asked, Err(expected), "{status}");
        }
        assert_eq!(service.asked().len(), requests, "{status}");
    }
}

proptest! {
    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = hours_of(&bytes);
    }

    #[test]
    fn hours_never_overlap(starts in proptest::collection::vec(0u8..40, 4)) {
        let mut answer: Value = met_norway();
        for (entry, start) in answer["properties"]["timeseries"].as_array_mut().unwrap().iter_mut().zip(starts) {
            entry["time"] = json!(format!("2026-06-0{}T{:02}:00:00Z", 4 + start / 24, start % 24));
        }
        let hours = hours_of(answer.to_string().as_bytes()).unwrap();
        prop_assert!(hours.windows(2).all(|pair| pair[0].end() <= pair[1].start));
    }
}
