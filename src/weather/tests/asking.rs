//! Asking: order of providers, cache, sharing, batches, pauses.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use jiff::SignedDuration;

use super::sample::{self, now, open_meteo_for, spot};
use super::stand_in::{Reply, StandIn, http};
use crate::weather::{Cell, Freshness, ProviderName, Settings, Spot, Weather, WeatherError};

fn settings(open_meteo: &StandIn, met_norway: &StandIn) -> Settings {
    Settings {
        providers: vec![ProviderName::OpenMeteo, ProviderName::MetNorway],
        timeout_ms: 1500,
        contact: "weather@example.org".into(),
        open_meteo_url: open_meteo.url.clone(),
        met_norway_url: format!("{}/", met_norway.url),
        nws_url: "http://127.0.0.1:9".into(),
        open_meteo_api_key: None,
    }
}

async fn open_meteo() -> StandIn {
    StandIn::start(|head| Reply::json(200, open_meteo_for(head))).await
}

async fn met_norway() -> StandIn {
    StandIn::start(|_| Reply::json(200, sample::met_norway().to_string())).await
}

async fn broken() -> StandIn {
    StandIn::start(|_| Reply::Close).await
}

fn lyon() -> Spot {
    spot(45.748_46, 4.846_71)
}

#[tokio::test]
async fn a_fresh_copy_serves_and_an_old_one_is_asked_for_again() {
    let (first, second) = (open_meteo().await, met_norway().await);
    let weather = Weather::new(settings(&first, &second), http());
    let asked = weather
        .forecast(&lyon(), Freshness::Answer, now())
        .await
        .unwrap();
    assert_eq!((asked.provider, asked.issued_at), ("open-meteo", now()));
    let hour_later = now() + SignedDuration::from_mins(60);
    let again = weather
        .forecast(&lyon(), Freshness::Answer, hour_later)
        .await
        .unwrap();
    assert!(Arc::ptr_eq(&asked, &again));
    let later = hour_later + SignedDuration::from_mins(1);
    assert!(weather.cached(&lyon(), Freshness::Answer, later).is_none());
    assert!(weather.cached(&lyon(), Freshness::Batch, later).is_some());
    weather
        .forecast(&lyon(), Freshness::Answer, later)
        .await
        .unwrap();
    assert_eq!(first.asked().len(), 2);
    assert!(second.asked().is_empty());
}

#[tokio::test]
async fn the_request_is_the_documented_one() {
    let (first, second) = (open_meteo().await, met_norway().await);
    let weather = Weather::new(settings(&first, &second), http());
    weather
        .forecast(&lyon(), Freshness::Answer, now())
        .await
        .unwrap();
    let head = first.asked().remove(0);
    assert!(
        head.starts_with(
            "GET /v1/forecast?latitude=45.7485&longitude=4.8467&elevation=170&hourly="
        ),
        "{head}"
    );
    for (name, value) in [
        ("past_hours", "24"),
        ("forecast_hours", "192"),
        ("timezone", "GMT"),
        ("timeformat", "unixtime"),
    ] {
        assert_eq!(sample::parameter(&head, name), value);
    }
    assert_eq!(sample::parameter(&head, "hourly").split(',').count(), 10);
}

#[tokio::test]
async fn many_who_ask_at_once_share_one_request() {
    let (first, second) = (open_meteo().await, met_norway().await);
    let weather = Weather::new(settings(&first, &second), http());
    let asking: Vec<_> = (0..50)
        .map(|_| {
            let weather = weather.clone();
            tokio::spawn(async move { weather.forecast(&lyon(), Freshness::Answer, now()).await })
        })
        .collect();
    for asked in asking {
        assert!(asked.await.unwrap().is_ok());
    }
    assert_eq!(first.asked().len(), 1);
}

#[tokio::test]
async fn every_way_to_fail_leads_to_the_next_provider() {
    let replies = [
        Reply::json(200, "Unexpected error while streaming data: timeoutReached"),
        Reply::json(
            200,
            format!(
                "{}Unexpected error while streaming data",
                sample::open_meteo(1.0)
            ),
        ),
        Reply::json(200, "[]"),
        Reply::json(200, "{}"),
        Reply::json(200, "null"),
        Reply::json(200, r#"{"error":true,"reason":"x"}"#),
        Reply::json(200, r#"{"hourly":{"time":["soon"]}}"#),
        Reply::json(200, r#"{"hourly":{"time":[1,2,3]}}"#),
        Reply::json(200, "[".repeat(100_000)),
        Reply::json(200, " ".repeat(2_000_000)),
        Reply::Whole(
            200,
            "Content-Encoding: gzip\r\n".into(),
            b"not gzip".to_vec(),
        ),
        Reply::json(400, r#"{"error":true,"reason":"No such variable"}"#),
        Reply::json(
            429,
            r#"{"error":true,"reason":"Minutely API request limit exceeded."}"#,
        ),
        Reply::json(500, ""),
        Reply::Whole(
            502,
            "Content-Type: text/html\r\n".into(),
            b"<html>502</html>".to_vec(),
        ),
        Reply::Whole(301, "Location: https://example.org/\r\n".into(), Vec::new()),
        Reply::Truncated(sample::open_meteo(1.0).to_string().into_bytes()),
        Reply::Close,
        Reply::Hang,
    ];
    for (i, reply) in replies.into_iter().enumerate() {
        let first = StandIn::start(move |_| reply.clone()).await;
        let second = met_norway().await;
        let weather = Weather::new(settings(&first, &second), http());
        let asked = weather.forecast(&lyon(), Freshness::Answer, now()).await;
        assert_eq!(asked.map(|f| f.provider), Ok("met-norway"), "reply {i}");
        assert_eq!(first.asked().len(), 1, "reply {i}");
    }
}

#[tokio::test]
async fn no_data_is_told_apart_from_no_service() {
    let no_data = || {
        StandIn::start(|_| {
            Reply::json(
                400,
                r#"{"error":true,"reason":"No data is available for this location"}"#,
            )
        })
    };
    let outside = StandIn::start(|_| Reply::Whole(422, String::new(), Vec::new())).await;
    let weather = Weather::new(settings(&no_data().await, &outside), http());
    let asked = weather.forecast(&lyon(), Freshness::Answer, now()).await;
    assert_eq!(asked, Err(WeatherError::NoData));
    let weather = Weather::new(settings(&no_data().await, &broken().await), http());
    let asked = weather.forecast(&lyon(), Freshness::Answer, now()).await;
    assert_eq!(asked, Err(WeatherError::Down));
    let weather = Weather::new(settings(&broken().await, &outside), http());
    let asked = weather.forecast(&lyon(), Freshness::Answer, now()).await;
    assert_eq!(asked, Err(WeatherError::Down));
}

#[tokio::test]
async fn an_older_copy_serves_up_to_six_hours_when_all_fail() {
    let up = Arc::new(AtomicBool::new(true));
    let seen = Arc::clone(&up);
    let first = StandIn::start(move |head| match seen.load(Ordering::SeqCst) {
        true => Reply::json(200, open_meteo_for(head)),
        false => Reply::Close,
    })
    .await;
    let weather = Weather::new(settings(&first, &broken().await), http());
    let asked = weather
        .forecast(&lyon(), Freshness::Answer, now())
        .await
        .unwrap();
    up.store(false, Ordering::SeqCst);
    let later = now() + SignedDuration::from_hours(3);
    let older = weather
        .forecast(&lyon(), Freshness::Answer, later)
        .await
        .unwrap();
    assert_eq!(older.issued_at, asked.issued_at);
    // Its last hour ends at 15:00.
    let too_late = now() + SignedDuration::from_hours(5);
    let none = weather.forecast(&lyon(), Freshness::Answer, too_late).await;
    assert_eq!(none, Err(WeatherError::Down));
    up.store(true, Ordering::SeqCst);
    let back = weather
        .forecast(&lyon(), Freshness::Answer, later)
        .await
        .unwrap();
    assert_eq!(back.issued_at, later);
}

#[tokio::test]
async fn a_morning_is_asked_for_in_requests_of_fifty() {
    let (first, second) = (open_meteo().await, met_norway().await);
    let weather = Weather::new(settings(&first, &second), http());
    let mut spots: Vec<Spot> = (0..120).map(|i| spot(f64::from(i) / 2.0, 4.85)).collect();
    spots.push(spots[7]);
    let forecasts = weather.forecasts(&spots, now()).await;
    assert_eq!(forecasts.len(), 121);
    for (spot, forecast) in spots.iter().zip(&forecasts) {
        let hours = &forecast.as_ref().unwrap().hours;
        let expected = spot.coordinates.latitude().round() as f32;
        assert_eq!(
            hours[0].temperature_c,
            Some(expected),
            "each place gets its own weather"
        );
    }
    let sizes: Vec<usize> = first
        .asked()
        .iter()
        .map(|head| sample::parameter(head, "latitude").split(',').count())
        .collect();
    assert_eq!(sizes, [50, 50, 20]);
    let fresh = weather.take_fresh();
    assert_eq!(fresh.len(), 120);
    assert!(weather.take_fresh().is_empty());

    let after_restart = Weather::new(settings(&broken().await, &broken().await), http());
    let kept = fresh
        .into_iter()
        .map(|(cell, forecast, at)| (cell, (*forecast).clone(), at));
    after_restart.warm(kept.collect());
    assert!(
        after_restart
            .forecasts(&spots, now())
            .await
            .iter()
            .all(Result::is_ok)
    );
}

#[tokio::test]
async fn one_spoilt_place_does_not_spoil_the_others() {
    let first = StandIn::start(|head| {
        if sample::parameter(head, "latitude")
            .split(',')
            .any(|l| l == "66.0000")
        {
            Reply::json(
                400,
                r#"{"error":true,"reason":"No data is available for this location"}"#,
            )
        } else {
            Reply::json(200, open_meteo_for(head))
        }
    })
    .await;
    let outside = StandIn::start(|_| Reply::Whole(422, String::new(), Vec::new())).await;
    let weather = Weather::new(settings(&first, &outside), http());
    let spots: Vec<Spot> = (50..80).map(|i| spot(f64::from(i), 4.85)).collect();
    let forecasts = weather.forecasts(&spots, now()).await;
    for (spot, forecast) in spots.iter().zip(forecasts) {
        let spoilt = (spot.coordinates.latitude() - 66.0).abs() < 0.1;
        assert_eq!(forecast.err(), spoilt.then_some(WeatherError::NoData));
    }
}

#[tokio::test]
async fn a_morning_falls_back_place_by_place() {
    let first = StandIn::start(|_| {
        Reply::json(
            503,
            r#"{"error":true,"reason":"The service is overloaded"}"#,
        )
    })
    .await;
    let second = met_norway().await;
    let weather = Weather::new(settings(&first, &second), http());
    let spots: Vec<Spot> = (0..6).map(|i| spot(f64::from(i), 4.85)).collect();
    let forecasts = weather.forecasts(&spots, now()).await;
    assert!(
        forecasts
            .iter()
            .all(|f| f.as_ref().is_ok_and(|f| f.provider == "met-norway"))
    );
    assert_eq!((first.asked().len(), second.asked().len()), (1, 6));
}

#[tokio::test]
async fn a_provider_that_asks_for_a_pause_gets_it() {
    let first = StandIn::start(|_| {
        let reason = "Hourly API request limit exceeded. Please try again in the next hour.";
        Reply::json(429, format!(r#"{{"error":true,"reason":"{reason}"}}"#))
    })
    .await;
    let weather = Weather::new(settings(&first, &met_norway().await), http());
    for i in 0..5 {
        let asked = weather
            .forecast(&spot(f64::from(i), 0.0), Freshness::Answer, now())
            .await;
        assert_eq!(asked.unwrap().provider, "met-norway");
    }
    assert_eq!(first.asked().len(), 1);
    let next_hour = sample::at("2026-06-04T11:00:00Z");
    weather
        .forecast(&spot(9.0, 0.0), Freshness::Answer, next_hour)
        .await
        .unwrap();
    assert_eq!(first.asked().len(), 2);
}

#[tokio::test]
async fn a_failing_provider_is_left_alone_for_seconds() {
    let failures = Arc::new(AtomicUsize::new(0));
    let seen = Arc::clone(&failures);
    let first = StandIn::start(move |head| match seen.fetch_add(1, Ordering::SeqCst) {
        0..3 => Reply::json(500, ""),
        _ => Reply::json(200, open_meteo_for(head)),
    })
    .await;
    let weather = Weather::new(settings(&first, &broken().await), http());
    for i in 0..5 {
        let asked = weather
            .forecast(&spot(f64::from(i), 0.0), Freshness::Answer, now())
            .await;
        assert_eq!(asked, Err(WeatherError::Down));
    }
    assert_eq!(first.asked().len(), 3);
    let seconds_later = now() + SignedDuration::from_secs(10);
    assert!(
        weather
            .forecast(&spot(9.0, 0.0), Freshness::Answer, seconds_later)
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn a_provider_that_insists_on_a_contact_is_not_asked_without_one() {
    let (first, second) = (broken().await, met_norway().await);
    let mut settings = settings(&first, &second);
    settings.contact = " ".into();
    let weather = Weather::new(settings, http());
    let asked = weather.forecast(&lyon(), Freshness::Answer, now()).await;
    assert_eq!(asked, Err(WeatherError::Down));
    assert!(second.asked().is_empty());
}

#[tokio::test]
async fn a_forecast_for_another_time_is_none() {
    let (first, second) = (open_meteo().await, met_norway().await);
    let weather = Weather::new(settings(&first, &second), http());
    let asked = weather
        .forecast(
            &lyon(),
            Freshness::Answer,
            sample::at("2026-07-04T10:20:30Z"),
        )
        .await;
    assert_eq!(asked, Err(WeatherError::Down));
}

#[test]
fn a_place_is_a_spot() {
    assert_eq!(Cell::of(&lyon()).to_string(), "45.75,4.85,100");
}
