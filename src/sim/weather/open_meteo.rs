//! Open-Meteo's `/v1/forecast`: hourly series for one place or many, and its refusals.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

use super::variables::{self, Spot};
use super::{Hour, Weather, faulty, note};
use crate::sim::answer::Answer;
use crate::sim::form::Form;
use crate::sim::world::World;

/// Everything under `/v1/forecast`.
pub(crate) async fn answer(State(world): State<Arc<World>>, request: Request) -> Response {
    let query = Form::parse(request.uri().query().unwrap_or("").as_bytes());
    let good = match Asked::read(&query) {
        Ok(asked) => Answer::Json(200, forecast(&world.weather, &asked, world.now())),
        Err(reason) => {
            world.violate(format!("open-meteo: {reason}"));
            refuse(400, &reason)
        }
    };
    let too_many = refuse(
        429,
        "Minutely API request limit exceeded. Please try again in one minute.",
    );
    let not_json = "Unexpected error while streaming data: timeoutReached";
    let answer = faulty(world.faults.open_meteo.draw(), good, too_many, not_json).await;
    note(&world, "open-meteo", &request, &answer);
    answer.into_response()
}

fn refuse(status: u16, reason: &str) -> Answer {
    Answer::Json(status, json!({ "error": true, "reason": reason }))
}

/// The parameters that are understood here.
const KNOWN: &[&str] = &[
    "latitude",
    "longitude",
    "elevation",
    "hourly",
    "timezone",
    "timeformat",
    "past_hours",
    "forecast_hours",
    "past_days",
    "forecast_days",
    "models",
    "cell_selection",
    "temperature_unit",
    "wind_speed_unit",
    "precipitation_unit",
    "apikey",
];

/// A request that can be answered.
struct Asked {
    places: Vec<(f64, f64, f64)>,
    hourly: Vec<String>,
    unixtime: bool,
    /// One zone for all places, as a name; its offset of now is used throughout, as the service does.
    zone: String,
    past_hours: Option<i64>,
    forecast_hours: Option<i64>,
    past_days: i64,
    forecast_days: i64,
}

impl Asked {
    fn read(query: &Form) -> Result<Asked, String> {
        if let Some((name, _)) = query
            .0
            .iter()
            .find(|(name, _)| !KNOWN.contains(&name.as_str()))
        {
            return Err(format!("the parameter {name} is not spoken here"));
        }
        for (name, metric) in [
            ("temperature_unit", "celsius"),
            ("wind_speed_unit", "kmh"),
            ("precipitation_unit", "mm"),
            ("models", "best_match"),
        ] {
            if query.given(name).is_some_and(|value| value != metric) {
                return Err(format!("{name} can only be {metric} here"));
            }
        }
        let hourly: Vec<String> = list(query, "hourly").map(str::to_owned).collect();
        if let Some(name) = hourly.iter().find(|name| variables::find(name).is_none()) {
            return Err(format!(
                "Data corrupted at path ''. Cannot initialize SurfacePressureAndHeightVariable<VariableAndPreviousDay, ForecastPressureVariable, ForecastHeightVariable> from invalid String value {name}."
            ));
        }
        let unixtime = match query.given("timeformat") {
            None | Some("iso8601") => false,
            Some("unixtime") => true,
            Some(_) => return Err("Cannot initialize Timeformat from invalid String value".into()),
        };
        Ok(Asked {
            places: places(query)?,
            hourly,
            unixtime,
            zone: query.given("timezone").unwrap_or("GMT").to_owned(),
            past_hours: whole(query, "past_hours", 24 * 92)?,
            forecast_hours: whole(query, "forecast_hours", 24 * 16)?,
            past_days: whole(query, "past_days", 92)?.unwrap_or(0),
            forecast_days: whole(query, "forecast_days", 16)?.unwrap_or(7),
        })
    }
}

fn list<'a>(query: &'a Form, name: &str) -> impl Iterator<Item = &'a str> + use<'a> {
    let name = name.to_owned();
    query
        .0
        .iter()
        .filter(move |(key, _)| *key == name)
        .flat_map(|(_, value)| value.split(','))
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

fn places(query: &Form) -> Result<Vec<(f64, f64, f64)>, String> {
    let numbers = |name: &str| -> Result<Vec<f64>, String> {
        list(query, name)
            .map(|text| {
                text.parse()
                    .map_err(|_| format!("Value of type 'Float' required for key '{name}'."))
            })
            .collect()
    };
    let (latitudes, longitudes) = (numbers("latitude")?, numbers("longitude")?);
    let elevations = numbers("elevation")?;
    if latitudes.is_empty() {
        return Err("Parameter 'latitude' and 'longitude' must not be empty".into());
    }
    if latitudes.len() != longitudes.len() {
        return Err(
            "Parameter 'latitude' and 'longitude' must have the same number of elements".into(),
        );
    }
    if !elevations.is_empty() && elevations.len() != latitudes.len() {
        return Err("Parameter 'elevation' must have the same number of elements".into());
    }
    if latitudes.len() > 1000 {
        return Err("Only up to 1000 locations can be requested at once".into());
    }
    if let Some(bad) = latitudes
        .iter()
        .find(|value| !(-90.0..=90.0).contains(*value))
    {
        return Err(format!(
            "Latitude must be in range of -90 to 90°. Given: {bad:?}."
        ));
    }
    if let Some(bad) = longitudes
        .iter()
        .find(|value| !(-180.0..=180.0).contains(*value))
    {
        return Err(format!(
            "Longitude must be in range of -180 to 180°. Given: {bad:?}."
        ));
    }
    Ok(latitudes
        .iter()
        .zip(&longitudes)
        .enumerate()
        .map(|(at, (&latitude, &longitude))| {
            // Without a given height the service reads a terrain model; ours is a gentle plain.
            let height = elevations
                .get(at)
                .copied()
                .filter(|height| height.is_finite());
            (latitude, longitude, height.unwrap_or(38.0))
        })
        .collect())
}

fn whole(query: &Form, name: &str, most: i64) -> Result<Option<i64>, String> {
    match query.given(name) {
        None => Ok(None),
        Some(text) => match text.parse() {
            Ok(number) if (0..=most).contains(&number) => Ok(Some(number)),
            _ => Err(format!("{name} is invalid. Allowed range 0 to {most}.")),
        },
    }
}

fn forecast(weather: &Weather, asked: &Asked, now_ms: i64) -> Value {
    let answers: Vec<Value> = asked
        .places
        .iter()
        .enumerate()
        .map(|(at, &place)| one(weather, asked, now_ms, at, place))
        .collect();
    match <[Value; 1]>::try_from(answers) {
        Ok([only]) => only,
        Err(many) => Value::Array(many),
    }
}

fn one(
    weather: &Weather,
    asked: &Asked,
    now_ms: i64,
    place: usize,
    (latitude, longitude, elevation): (f64, f64, f64),
) -> Value {
    let offset = offset(&asked.zone, now_ms);
    let times = times(asked, now_ms, offset);
    let mut answer = json!({
        // The centre of the cell, not what was asked for.
        "latitude": (latitude * 50.0).round() / 50.0,
        "longitude": (longitude * 50.0).round() / 50.0,
        "generationtime_ms": 0.31,
        "utc_offset_seconds": offset,
        "timezone": asked.zone,
        "timezone_abbreviation": abbreviation(offset),
        "elevation": elevation,
    });
    if place > 0 {
        answer["location_id"] = json!(place);
    }
    if asked.hourly.is_empty() {
        return answer;
    }
    let mut units = Map::new();
    let mut hourly = Map::new();
    let format = if asked.unixtime {
        "unixtime"
    } else {
        "iso8601"
    };
    units.insert("time".into(), json!(format));
    let stamps: Vec<Value> = times
        .iter()
        .map(|at| stamp(*at, offset, asked.unixtime))
        .collect();
    hourly.insert("time".into(), Value::Array(stamps));
    let hours: Vec<(Hour, Spot)> = times
        .iter()
        .map(|&at| {
            let hour = weather.hour(latitude, longitude, elevation, at);
            let spot = Spot {
                latitude,
                longitude,
                elevation,
                at,
            };
            (hour, spot)
        })
        .collect();
    for name in &asked.hourly {
        let Some((unit, read)) = variables::find(name) else {
            continue;
        };
        let values: Vec<Value> = hours
            .iter()
            .map(|(hour, spot)| number(read(hour, *spot)))
            .collect();
        units.insert(name.clone(), json!(unit));
        hourly.insert(name.clone(), Value::Array(values));
    }
    answer["hourly_units"] = Value::Object(units);
    answer["hourly"] = Value::Object(hourly);
    answer
}

/// Whole numbers print without a fraction; what is not finite prints as null.
fn number(value: f64) -> Value {
    let rounded = (value * 100.0).round() / 100.0;
    if rounded.fract() == 0.0 && rounded.abs() < 1e9 {
        json!(rounded as i64)
    } else {
        json!(rounded)
    }
}

/// Hours count from the current one; days from local midnight at the offset of now.
fn times(asked: &Asked, now_ms: i64, offset: i64) -> Vec<i64> {
    let now = now_ms.div_euclid(1000);
    let hour = now.div_euclid(3600) * 3600;
    let midnight = (now + offset).div_euclid(86_400) * 86_400 - offset;
    let start = match asked.past_hours {
        Some(hours) => hour - hours * 3600,
        None if asked.forecast_hours.is_some() => hour,
        None => midnight - asked.past_days * 86_400,
    };
    let end = match asked.forecast_hours {
        Some(hours) => hour + hours * 3600,
        None => midnight + asked.forecast_days * 86_400,
    };
    (0..)
        .map(|step| start + step * 3600)
        .take_while(|at| *at < end)
        .collect()
}

fn offset(zone: &str, now_ms: i64) -> i64 {
    let at = jiff::Timestamp::from_millisecond(now_ms).unwrap_or_default();
    jiff::tz::TimeZone::get(zone)
        .map(|zone| i64::from(zone.to_offset(at).seconds()))
        .unwrap_or(0)
}

fn abbreviation(offset: i64) -> String {
    match offset / 3600 {
        0 => "GMT".into(),
        hours => format!("GMT{hours:+}"),
    }
}

/// A true instant, or local wall time without offset and seconds.
fn stamp(at: i64, offset: i64, unixtime: bool) -> Value {
    if unixtime {
        return json!(at);
    }
    let local = jiff::Timestamp::from_second(at + offset).unwrap_or_default();
    json!(local.strftime("%Y-%m-%dT%H:%M").to_string())
}
