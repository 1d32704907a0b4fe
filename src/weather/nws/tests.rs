//! Reading the US National Weather Service's answers, and living with its moods.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use jiff::SignedDuration;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Nws, hours_of};
use crate::domain::forecast::{Conditions, Hour};
use crate::domain::phone::Country;
use crate::weather::cell::Cell;
use crate::weather::provider::{Ask, Failure, FailureKind, Got, Limits};
use crate::weather::tests::sample::{at, now, open_meteo_for, spot};
use crate::weather::tests::stand_in::{Reply, StandIn, http};
use crate::weather::{Freshness, ProviderName, Settings, Spot, Weather};

fn layers() -> Value {
    let layer = |unit: &str, values: Value| {
        let values: Vec<Value> = values
            .as_array()
            .unwrap()
            .iter()
            .map(|pair| json!({"validTime": pair[0], "value": pair[1]}))
            .collect();
        json!({"uom": unit, "values": values})
    };
    json!({"type": "Feature", "properties": {
        "updateTime": "2026-06-04T08:41:00+00:00",
        "temperature": layer("wmoUnit:degC", json!([
            ["2026-06-04T10:00:00+00:00/PT1H", 21.5], ["2026-06-04T11:00:00+00:00/PT3H", 23.0],
            ["2026-06-04T14:00:00+00:00/PT1H", null]])),
        "apparentTemperature": layer("wmoUnit:degC", json!([["2026-06-04T10:00:00+00:00/P1DT6H", 25.0]])),
        "windSpeed": layer("wmoUnit:km_h-1", json!([["2026-06-04T08:00:00+00:00/PT4H", 12.0]])),
        "windGust": layer("wmoUnit:furlongs", json!([["2026-06-04T08:00:00+00:00/PT4H", 12.0]])),
        "windDirection": layer("wmoUnit:degree_(angle)", json!([["2026-06-04T10:00:00+00:00/PT4H", 360]])),
        "probabilityOfPrecipitation": layer("wmoUnit:percent", json!([["2026-06-04T10:00:00+00:00/PT6H", 64]])),
        "quantitativePrecipitation": layer("wmoUnit:mm", json!([["2026-06-04T06:00:00+00:00/PT6H", 9.0]])),
        "snowfallAmount": layer("wmoUnit:mm", json!([["2026-06-04T10:00:00+00:00/PT2H", 40.0]])),
        "skyCover": layer("wmoUnit:percent", json!([["2026-06-04T10:00:00+00:00/PT4H", 30]])),
        "weather": {"values": [
            {"validTime": "2026-06-04T11:00:00+00:00/PT1H", "value": [
                {"coverage": "likely", "weather": "thunderstorms", "intensity": null, "attributes": []}]},
            {"validTime": "soon/PT1H", "value": []}, {"validTime": 5}]}
    }})
}

fn hourly() -> Value {
    let period = |start: &str, end: &str| {
        json!({"startTime": start, "endTime": end, "isDaytime": true, "temperature": "68", "temperatureUnit": "F",
            "probabilityOfPrecipitation": {"unitCode": "wmoUnit:percent", "value": null}, "windSpeed": "5 to 10 mph",
            "windDirection": "W", "shortForecast": "Mostly Sunny"})
    };
    json!({"properties": {"updateTime": "2026-06-04T08:41:00+00:00", "periods": [
        period("2026-06-04T06:00:00-04:00", "2026-06-04T07:00:00-04:00"),
        period("2026-06-04T07:00:00-04:00", "2026-06-04T08:00:00-04:00"),
        period("2026-06-04T08:00:00-04:00", "2026-06-04T18:00:00-04:00"),
        {"startTime": null}
    ]}})
}

fn points() -> Value {
    json!({"properties": {"gridId": "ALY", "gridX": 71, "gridY": 67,
        "forecastGridData": "https://elsewhere.example/gridpoints/ALY/71,67"}})
}

fn problem(status: u16, title: &str) -> Reply {
    let body =
        json!({"title": title, "status": status, "type": "https://api.weather.gov/problems/X"});
    Reply::Whole(
        status,
        "Content-Type: application/problem+json\r\n".into(),
        body.to_string().into_bytes(),
    )
}

/// Answers points and layers, unless `mood` has another reply.
async fn service(mood: impl Fn(&str) -> Option<Reply> + Send + Sync + 'static) -> StandIn {
    StandIn::start(move |head| {
        if let Some(reply) = mood(head) {
            return reply;
        }
        let path = head.split(' ').nth(1).unwrap();
        match path {
            path if path.starts_with("/points/") => Reply::json(200, points().to_string()),
            path if path.ends_with("/forecast/hourly") => Reply::json(200, hourly().to_string()),
            path if path.starts_with("/gridpoints/") => Reply::json(200, layers().to_string()),
            path => panic!("not asked for in the documentation: {path}"),
        }
    })
    .await
}

fn albany() -> Spot {
    Spot {
        country: Country::parse("US"),
        ..spot(42.745, -73.75)
    }
}

/// The service with hardly any patience.
fn nws(service: &StandIn) -> Nws {
    let pauses = [1, 2, 3].map(Duration::from_millis);
    Nws::with_pauses(&service.url, "weatherline/0 x@example.org", http(), pauses)
}

async fn ask(nws: &Nws, now: jiff::Timestamp) -> Result<Got, Failure> {
    let spot = albany();
    let asks = [Ask {
        cell: Cell::of(&spot),
        spot,
        known: None,
    }];
    let mut slots = [None];
    let limits = Limits {
        now,
        timeout_ms: 2000,
    };
    nws.ask(&asks, limits, &mut slots).await;
    let [slot] = slots;
    slot.unwrap()
}

fn paths(service: &StandIn) -> Vec<String> {
    let heads = service.asked();
    heads
        .iter()
        .map(|head| head.split(' ').nth(1).unwrap().to_owned())
        .collect()
}

#[test]
fn layers_become_hours() {
    let hours = hours_of(layers().to_string().as_bytes()).unwrap();
    assert_eq!(hours.len(), 4);
    assert_eq!(
        hours[0],
        Hour {
            temperature_c: Some(21.5),
            feels_like_c: Some(25.0),
            precipitation_probability: Some(64),
            precipitation_mm: Some(1.5),
            snowfall_cm: Some(2.0),
            wind_kmh: Some(12.0),
            wind_from_deg: Some(0),
            conditions: Some(Conditions::MostlyClear),
            ..Hour::empty(at("2026-06-04T10:00:00Z"))
        }
    );
    assert_eq!(hours[1].conditions, Some(Conditions::Thunderstorm));
    assert_eq!((hours[3].precipitation_mm, hours[3].wind_kmh), (None, None));
}

#[test]
fn periods_become_hours() {
    let hours = hours_of(hourly().to_string().as_bytes()).unwrap();
    assert_eq!(hours.len(), 2);
    assert_eq!(hours[0].start, at("2026-06-04T10:00:00Z"));
    assert_eq!(
        (hours[0].temperature_c, hours[0].wind_from_deg),
        (Some(20.0), Some(270))
    );
    assert_eq!(hours[0].conditions, Some(Conditions::MostlyClear));
    assert_eq!(hours[0].precipitation_probability, None);
}

#[tokio::test]
async fn a_point_is_resolved_once_and_asked_with_its_headers() {
    let service = service(|_| None).await;
    let nws = nws(&service);
    for minute in [0, 90] {
        let got = ask(&nws, now() + SignedDuration::from_mins(minute))
            .await
            .unwrap();
        assert_eq!(got.forecast.provider, "nws");
    }
    assert_eq!(
        paths(&service),
        [
            "/points/42.745,-73.75",
            "/gridpoints/ALY/71,67",
            "/gridpoints/ALY/71,67"
        ]
    );
    for head in service.asked() {
        let head = head.to_lowercase();
        assert!(head.contains("accept: application/geo+json"), "{head}");
        assert!(
            head.contains("user-agent: weatherline/0 x@example.org"),
            "{head}"
        );
    }
    ask(&nws, now() + SignedDuration::from_hours(8 * 24))
        .await
        .unwrap_err();
    assert_eq!(
        paths(&service)[3],
        "/points/42.745,-73.75",
        "a week later it is resolved again"
    );
}

#[tokio::test]
async fn what_may_pass_is_asked_again() {
    let bad = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&bad);
    let service = service(move |_| {
        (count.fetch_add(1, Ordering::SeqCst) < 2).then(|| problem(500, "Unexpected Problem"))
    })
    .await;
    assert!(ask(&nws(&service), now()).await.is_ok());
    assert_eq!(service.asked().len(), 4);
}

#[tokio::test]
async fn broken_layers_leave_the_hourly_forecast() {
    let service = service(|head| {
        head.contains("71,67 HTTP")
            .then(|| Reply::json(200, "{\"prop"))
    })
    .await;
    let got = ask(&nws(&service), now()).await.unwrap();
    assert_eq!(got.forecast.hours[0].temperature_c, Some(20.0));
}

#[tokio::test]
async fn a_stale_copy_is_refused() {
    let service = service(|_| None).await;
    let failure = ask(&nws(&service), at("2026-06-05T02:42:00Z"))
        .await
        .unwrap_err();
    assert_eq!(failure.kind, FailureKind::Failed);
    assert!(failure.why.contains("18 hours"), "{}", failure.why);
}

#[tokio::test]
async fn a_moved_grid_is_found_again() {
    let moved = Arc::new(AtomicUsize::new(0));
    let seen = Arc::clone(&moved);
    let service = service(move |head| {
        let moved = seen.load(Ordering::SeqCst) > 0;
        if moved && head.contains("/points/") {
            return Some(Reply::json(200, points().to_string().replace("71", "72")));
        }
        (moved && head.contains("71,67")).then(|| problem(404, "Marine Forecast Not Supported"))
    })
    .await;
    let nws = nws(&service);
    ask(&nws, now()).await.unwrap();
    moved.store(1, Ordering::SeqCst);
    ask(&nws, now()).await.unwrap();
    assert_eq!(paths(&service).last().unwrap(), "/gridpoints/ALY/72,67");
}

#[tokio::test]
async fn nowhere_is_remembered_for_a_day() {
    let service = service(|_| Some(problem(404, "Data Unavailable For Requested Point"))).await;
    let nws = nws(&service);
    for hour in [0, 1, 23] {
        let failure = ask(&nws, now() + SignedDuration::from_hours(hour))
            .await
            .unwrap_err();
        assert_eq!(failure.kind, FailureKind::NoData);
    }
    assert_eq!(service.asked().len(), 1);
    ask(&nws, now() + SignedDuration::from_hours(25))
        .await
        .unwrap_err();
    assert_eq!(service.asked().len(), 2);
}

#[tokio::test]
async fn an_office_that_is_out_is_not_hammered() {
    let service = service(|head| {
        head.contains("/gridpoints/")
            .then(|| problem(503, "Forecast Grid Expired"))
    })
    .await;
    let failure = ask(&nws(&service), now()).await.unwrap_err();
    assert_eq!(failure.kind, FailureKind::Rejected);
    assert!(failure.why.contains("Forecast Grid Expired"));
    assert_eq!(service.asked().len(), 3);
}

#[tokio::test]
async fn american_places_are_asked_here_first_and_others_never() {
    let service = service(|_| None).await;
    let world = StandIn::start(|head| Reply::json(200, open_meteo_for(head))).await;
    let settings = Settings {
        providers: vec![ProviderName::OpenMeteo, ProviderName::Nws],
        timeout_ms: 2000,
        contact: "x@example.org".into(),
        open_meteo_url: world.url.clone(),
        met_norway_url: String::new(),
        nws_url: service.url.clone(),
        open_meteo_api_key: None,
    };
    let weather = Weather::new(settings, http());
    let forecasts = weather
        .forecasts(&[albany(), spot(45.75, 4.85)], now())
        .await;
    let providers: Vec<_> = forecasts.into_iter().map(|f| f.unwrap().provider).collect();
    assert_eq!(providers, ["nws", "open-meteo"]);
    let asked = weather
        .forecast(&spot(51.0, 0.0), Freshness::Answer, now())
        .await
        .unwrap();
    assert_eq!(asked.provider, "open-meteo");
    assert_eq!(service.asked().len(), 2);
}

proptest! {
    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = hours_of(&bytes);
    }

    #[test]
    fn no_stretch_panics(start in "[0-9T:+/-]{0,40}", span in "[PTDHWMS0-9-]{0,12}") {
        let mut answer = layers();
        answer["properties"]["temperature"]["values"][1]["validTime"] = json!(format!("{start}/{span}"));
        answer["properties"]["windSpeed"]["values"][0]["validTime"] = json!(format!("2026-06-04T10:00:00Z/{span}"));
        let hours = hours_of(answer.to_string().as_bytes()).unwrap();
        prop_assert!(hours.windows(2).all(|pair| pair[0].end() == pair[1].start));
    }
}
