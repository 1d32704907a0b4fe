//! The weather services: shapes, refusals, samples and exact series.

use super::*;

const HOURLY: &str = "temperature_2m,apparent_temperature,precipitation_probability,precipitation,snowfall,weather_code,wind_speed_10m,wind_gusts_10m,wind_direction_10m,uv_index";

#[tokio::test]
async fn open_meteo_answers_one_place_with_an_object_and_many_with_an_array() {
    let (sim, _) = world().await;
    let path = format!(
        "/v1/forecast?latitude=45.75&longitude=4.85&elevation=173&hourly={HOURLY}&past_hours=24&forecast_hours=72&timezone=GMT&timeformat=unixtime"
    );
    let (status, one) = get(&sim, &path).await;
    assert_eq!(status, 200);
    assert_eq!(one["elevation"], 173.0);
    assert_eq!(one["utc_offset_seconds"], 0);
    assert_eq!(one["hourly_units"]["time"], "unixtime");
    assert_eq!(one["hourly"]["time"][0], NOON / 1000 - 24 * 3600);
    for name in HOURLY.split(',') {
        assert_eq!(one["hourly"][name].as_array().unwrap().len(), 96, "{name}");
        assert!(one["hourly_units"][name].is_string(), "{name}");
    }
    let (_, many) = get(
        &sim,
        "/v1/forecast?latitude=1,2&longitude=3,4&hourly=temperature_2m&forecast_hours=1",
    )
    .await;
    assert!(many[0]["location_id"].is_null());
    assert_eq!(many[1]["location_id"], 1);
    assert_eq!(
        many[1]["hourly"]["time"],
        serde_json::json!(["2026-11-22T12:00"])
    );
    assert!(sim.violations().is_empty());
}

#[tokio::test]
async fn open_meteo_refuses_what_it_does_not_know() {
    let (sim, _) = world().await;
    for query in [
        "latitude=1&longitude=2&hourly=tempeture_2m",
        "latitude=999&longitude=2&hourly=rain",
        "latitude=1,2&longitude=2&hourly=rain",
        "latitude=1&longitude=2&hourly=rain&timeformat=roman",
        "latitude=1&longitude=2&hourly=rain&colour=red",
        "hourly=rain",
    ] {
        let (status, json) = get(&sim, &format!("/v1/forecast?{query}")).await;
        assert_eq!(
            (status, json["error"].as_bool()),
            (400, Some(true)),
            "{query}"
        );
        assert_eq!(sim.take_violations().len(), 1, "{query}");
    }
}

#[tokio::test]
async fn exact_hours_are_told_near_their_place() {
    let (sim, _) = world().await;
    let wet = Hour {
        temperature: 7.3,
        rain: 3.0,
        ..Hour::default()
    };
    sim.weather()
        .set(45.764, 4.835, NOON, vec![Hour::default(), wet]);
    let (_, json) = get(
        &sim,
        "/v1/forecast?latitude=45.75&longitude=4.85&hourly=temperature_2m,precipitation,weather_code&forecast_hours=2&timeformat=unixtime",
    )
    .await;
    assert_eq!(
        json["hourly"]["temperature_2m"],
        serde_json::json!([15, 7.3])
    );
    assert_eq!(json["hourly"]["precipitation"], serde_json::json!([0, 3]));
    assert_eq!(json["hourly"]["weather_code"], serde_json::json!([0, 63]));
}

#[tokio::test]
async fn met_norway_has_its_house_rules() {
    let (sim, _) = world().await;
    let path = "/weatherapi/locationforecast/2.0/compact?lat=59.91&lon=10.75&altitude=5";
    let (status, json) = get(&sim, path).await;
    assert_eq!(status, 200);
    let series = json["properties"]["timeseries"].as_array().unwrap();
    assert_eq!(series[0]["time"], "2026-11-22T12:00:00Z");
    assert!(series[56]["data"]["next_1_hours"].is_object());
    assert!(series[58]["data"]["next_1_hours"].is_null());
    let last = &series.last().unwrap()["data"];
    assert_eq!(
        last.as_object().unwrap().keys().collect::<Vec<_>>(),
        ["instant"]
    );
    let nobody = ask(&sim, "GET", path, "User-Agent: reqwest/0.13\r\n", "")
        .await
        .unwrap();
    assert_eq!(nobody.0, 403);
    let agent = "User-Agent: weatherline/1 me@example.org\r\n";
    let fine = path.replace("59.91", "59.91234");
    assert_eq!(ask(&sim, "GET", &fine, agent, "").await.unwrap().0, 403);
    let since = format!("{agent}If-Modified-Since: Sun, 22 Nov 2026 12:00:00 GMT\r\n");
    assert_eq!(ask(&sim, "GET", path, &since, "").await.unwrap().0, 304);
    assert_eq!(sim.take_violations().len(), 2);
    let complete = path.replace("compact", "complete");
    let (_, json) = get(&sim, &complete).await;
    let first = &json["properties"]["timeseries"][0]["data"];
    assert!(first["instant"]["details"]["wind_speed_of_gust"].is_number());
    assert!(first["next_6_hours"]["details"]["probability_of_precipitation"].is_number());
}

#[tokio::test]
async fn weather_fails_as_planned() {
    let (sim, _) = world().await;
    let path =
        "/v1/forecast?latitude=1&longitude=2&hourly=rain&forecast_hours=2&timeformat=unixtime";
    let plan = &sim.faults().open_meteo;
    for (fault, status) in [
        (WeatherFault::TooMany, 429),
        (WeatherFault::ServerError, 500),
        (WeatherFault::BadGateway, 502),
        (WeatherFault::NotJson, 200),
        (WeatherFault::Truncated, 200),
    ] {
        plan.next(fault);
        let (seen, json) = get(&sim, path).await;
        assert_eq!(seen, status);
        assert!(json["hourly"].is_null(), "{fault:?}");
    }
    plan.next(WeatherFault::Nulls);
    let (_, json) = get(&sim, path).await;
    assert_eq!(json["hourly"]["rain"], serde_json::json!([null, null]));
    assert!(json["hourly"]["time"][0].is_number());
    plan.next(WeatherFault::Down);
    assert!(ask(&sim, "GET", path, "", "").await.is_none());
    assert_eq!(get(&sim, path).await.0, 200);
    assert_eq!(sim.asked("open-meteo"), 8);
}

/// A year in three climates: nothing impossible, enough of everything that texts speak of.
#[tokio::test]
async fn samples_look_like_weather() {
    let (sim, _) = world().await;
    let start = NOON / 1000;
    let year = |latitude: f64, longitude: f64| -> Vec<Hour> {
        (0..8760)
            .map(|step| {
                sim.weather()
                    .hour(latitude, longitude, 100.0, start + step * 3600)
            })
            .collect()
    };
    for (latitude, longitude, coldest, warmest) in [
        (45.75, 4.85, -14.0, 40.0),
        (69.6, 18.9, -45.0, 22.0),
        (1.3, 103.8, 15.0, 40.0),
    ] {
        let hours = year(latitude, longitude);
        let lowest = hours
            .iter()
            .map(|hour| hour.temperature)
            .fold(f64::MAX, f64::min);
        let highest = hours
            .iter()
            .map(|hour| hour.temperature)
            .fold(f64::MIN, f64::max);
        assert!(
            lowest > coldest && highest < warmest,
            "{latitude}: {lowest} to {highest}"
        );
        let wet = hours
            .iter()
            .filter(|hour| hour.precipitation() > 0.0)
            .count();
        assert!((800..3500).contains(&wet), "{latitude}: {wet} wet hours");
        let spells = hours
            .windows(2)
            .filter(|pair| pair[0].precipitation() == 0.0 && pair[1].precipitation() > 0.0)
            .count();
        assert!((60..700).contains(&spells), "{latitude}: {spells} spells");
        assert!(
            hours
                .iter()
                .all(|hour| hour.gusts >= hour.wind && (0.0..=100.0).contains(&hour.probability))
        );
    }
    let lyon = year(45.75, 4.85);
    assert!(lyon.iter().any(|hour| hour.wmo() == 45), "fog");
    assert!(year(69.6, 18.9).iter().any(|hour| hour.snow > 0.5), "snow");
    assert!(lyon.iter().any(|hour| hour.gusts > 45.0), "wind");
    assert_eq!(lyon, year(45.75, 4.85));
}
