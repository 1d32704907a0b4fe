//! Open-Meteo, with the same mild day everywhere.

use serde_json::{Map, Value, json};

use super::http::{Answer, Fields, value};

/// `GET /v1/forecast`.
pub(super) fn answer(query: &Fields) -> Answer {
    let places = value(query, "latitude").split(',').count();
    let hours = |name| value(query, name).parse::<i64>().unwrap_or(0);
    let (past, coming) = (hours("past_hours"), hours("forecast_hours"));
    let hour = jiff::Timestamp::now().as_second() / 3600;
    let mut hourly = Map::new();
    let mut units = Map::new();
    let times: Vec<i64> = (hour - past..hour + coming).map(|h| h * 3600).collect();
    for name in value(query, "hourly").split(',') {
        let (unit, value) = match name {
            "temperature_2m" | "apparent_temperature" => ("°C", 14.3),
            "precipitation" => ("mm", 0.0),
            "snowfall" => ("cm", 0.0),
            "precipitation_probability" => ("%", 5.0),
            "weather_code" => ("wmo code", 1.0),
            "wind_speed_10m" | "wind_gusts_10m" => ("km/h", 9.0),
            "wind_direction_10m" => ("°", 200.0),
            _ => ("", 2.0),
        };
        units.insert(name.to_owned(), json!(unit));
        hourly.insert(name.to_owned(), json!(vec![value; times.len()]));
    }
    units.insert("time".to_owned(), json!("unixtime"));
    hourly.insert("time".to_owned(), json!(times));
    let place = json!({
        "latitude": 45.75, "longitude": 4.85, "elevation": 170.0, "generationtime_ms": 0.3, "utc_offset_seconds": 0,
        "timezone": "GMT", "timezone_abbreviation": "GMT", "hourly_units": units, "hourly": hourly,
    });
    let body = if places == 1 {
        place
    } else {
        Value::Array(vec![place; places])
    };
    Answer::Whole(200, body.to_string())
}
