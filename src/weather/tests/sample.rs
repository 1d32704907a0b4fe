//! Hand-written answers in the documented shapes.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::domain::place::Coordinates;
use crate::weather::Spot;

/// A moment within the sample answers, off the full hour.
pub(crate) fn now() -> Timestamp {
    "2026-06-04T10:20:30Z".parse().unwrap()
}

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub(crate) fn spot(latitude: f64, longitude: f64) -> Spot {
    Spot {
        coordinates: Coordinates::new(latitude, longitude).unwrap(),
        elevation_m: Some(170),
        country: crate::domain::phone::Country::parse("FR"),
    }
}

/// One place's Open-Meteo answer: 2026-06-04T09:00Z and five hours more, its temperatures beginning with `base`.
pub(crate) fn open_meteo(base: f64) -> Value {
    let first = at("2026-06-04T09:00:00Z").as_second();
    let stamps: Vec<i64> = (0..6).map(|h| first + h * 3600).collect();
    let temperatures: Vec<f64> = (0..6).map(|h| base + f64::from(h)).collect();
    json!({
        "latitude": 45.75, "longitude": 4.85, "generationtime_ms": 0.3, "utc_offset_seconds": 0,
        "timezone": "GMT", "timezone_abbreviation": "GMT", "elevation": 170.0,
        "hourly_units": {"time": "unixtime", "temperature_2m": "°C", "apparent_temperature": "°C",
            "precipitation_probability": "%", "precipitation": "mm", "snowfall": "cm", "weather_code": "wmo code",
            "wind_speed_10m": "km/h", "wind_gusts_10m": "km/h", "wind_direction_10m": "°", "uv_index": ""},
        "hourly": {
            "time": stamps,
            "temperature_2m": temperatures,
            "apparent_temperature": [11.0, 12.0, 13.0, 14.0, 15.0, 16.0],
            "precipitation_probability": [0, 10, 20, 60, 80, 100],
            "precipitation": [0.0, 0.0, 0.1, 2.4, 3.5, 9.0],
            "snowfall": [0.0, 0.0, 0.0, 0.0, 0.0, 0.7],
            "weather_code": [0, 1, 51, 61, 95, 4],
            "wind_speed_10m": [5.0, 6.0, 7.0, 8.0, 9.0, 10.0],
            "wind_gusts_10m": [15.0, 16.0, 17.0, 18.0, 19.0, 20.0],
            "wind_direction_10m": [0, 90, 180, 270, 360, 12],
            "uv_index": [1.0, 2.0, 3.5, 4.0, 3.0, 2.0]
        }
    })
}

/// Open-Meteo's answer to this request: as many places as latitudes were given, told apart by their temperature.
pub(crate) fn open_meteo_for(head: &str) -> String {
    let latitudes = parameter(head, "latitude");
    let places: Vec<Value> = latitudes
        .split(',')
        .map(|latitude| open_meteo(latitude.parse::<f64>().unwrap().round()))
        .collect();
    match places.as_slice() {
        [one] => one.to_string(),
        many => Value::from(many.to_vec()).to_string(),
    }
}

/// A parameter of the request line, or nothing.
pub(crate) fn parameter(head: &str, name: &str) -> String {
    let query = head.lines().next().unwrap().split(' ').nth(1).unwrap();
    let query = query.split_once('?').map_or("", |(_, query)| query);
    let value = query
        .split('&')
        .find_map(|pair| pair.strip_prefix(&format!("{name}=")));
    value.unwrap_or_default().to_owned()
}

/// MET Norway: two hours, then six-hour blocks, then a bare moment.
pub(crate) fn met_norway() -> Value {
    let entry = |time: &str, temperature: f64, blocks: Value| {
        let mut data = json!({"instant": {"details": {
            "air_temperature": temperature, "wind_speed": 10.0, "wind_speed_of_gust": 20.0,
            "wind_from_direction": 359.6, "cloud_area_fraction": 20.0, "ultraviolet_index_clear_sky": 5.5}}});
        for (name, block) in blocks.as_object().unwrap() {
            data[name] = block.clone();
        }
        json!({"time": time, "data": data})
    };
    let block = |symbol: &str, mm: f64| {
        json!({"summary": {"symbol_code": symbol},
               "details": {"precipitation_amount": mm, "probability_of_precipitation": 40.4}})
    };
    json!({
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [4.85, 45.75, 170]},
        "properties": {
            "meta": {"updated_at": "2026-06-04T05:30:00Z", "units": {"air_temperature": "celsius"}},
            "timeseries": [
                entry("2026-06-04T10:00:00Z", 14.5,
                      json!({"next_1_hours": block("rain", 1.5), "next_6_hours": block("rain", 6.0)})),
                entry("2026-06-04T11:00:00Z", 15.5, json!({"next_1_hours": block("fair_day", 0.0)})),
                entry("2026-06-04T12:00:00Z", 16.5,
                      json!({"next_6_hours": block("lightssnowshowersandthunder_day", 3.0), "next_12_hours": {}})),
                entry("2026-06-04T18:00:00Z", 9.5, json!({}))
            ]
        }
    })
}
