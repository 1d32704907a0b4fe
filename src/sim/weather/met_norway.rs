//! MET Norway's Locationforecast 2.0, compact and complete, with its house rules.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

use super::met_symbol::symbol;
use super::variables::dew;
use super::{Hour, Weather, faulty, note};
use crate::sim::answer::{Answer, with_header};
use crate::sim::form::Form;
use crate::sim::world::World;

/// Everything under `/weatherapi/locationforecast/2.0`.
pub(crate) async fn answer(State(world): State<Arc<World>>, request: Request) -> Response {
    let query = Form::parse(request.uri().query().unwrap_or("").as_bytes());
    let now = world.now().div_euclid(1000);
    let updated = now.div_euclid(1800) * 1800;
    let unchanged = header_of(request.headers(), header::IF_MODIFIED_SINCE) == http_date(updated);
    let good = match Asked::read(request.uri().path(), &query, request.headers()) {
        Err((status, sentence)) => {
            world.violate(format!("met norway: {sentence}"));
            Answer::Text(
                status,
                "text/html",
                format!("<html><body>{sentence}</body></html>"),
            )
        }
        Ok(_) if unchanged => Answer::Empty(304),
        Ok(asked) => Answer::Json(200, forecast(&world.weather, &asked, now, updated)),
    };
    let too_many = Answer::Text(
        429,
        "text/html",
        "<html><body>429 Too Many Requests</body></html>".into(),
    );
    let answer = faulty(
        world.faults.met_norway.draw(),
        good,
        too_many,
        "Service unavailable",
    )
    .await;
    note(&world, "met-norway", &request, &answer);
    let response = answer.into_response();
    let response = with_header(response, "date", &http_date(now));
    let response = with_header(response, "expires", &http_date(now + 1860));
    with_header(response, "last-modified", &http_date(updated))
}

struct Asked {
    latitude: f64,
    longitude: f64,
    altitude: i64,
    complete: bool,
}

impl Asked {
    fn read(path: &str, query: &Form, headers: &HeaderMap) -> Result<Asked, (u16, String)> {
        let agent = header_of(headers, header::USER_AGENT);
        // App and contact: whoever cannot be reached is not served.
        if !agent.contains('@') && !agent.contains("://") {
            return Err((403, "the User-Agent names no contact".into()));
        }
        let complete = match path.rsplit('/').next() {
            Some("compact") => false,
            Some("complete") => true,
            _ => return Err((404, "there is no such product".into())),
        };
        if let Some((name, _)) = query
            .0
            .iter()
            .find(|(name, _)| !matches!(name.as_str(), "lat" | "lon" | "altitude"))
        {
            return Err((400, format!("the parameter {name} is unknown")));
        }
        let altitude = match query.given("altitude") {
            None => 0,
            Some(text) => text
                .parse()
                .map_err(|_| (400, "altitude is not a whole number".to_owned()))?,
        };
        Ok(Asked {
            latitude: coordinate(query, "lat", 90.0)?,
            longitude: coordinate(query, "lon", 180.0)?,
            altitude,
            complete,
        })
    }
}

fn coordinate(query: &Form, name: &str, most: f64) -> Result<f64, (u16, String)> {
    let text = query.given(name).unwrap_or("");
    let decimals = text
        .split_once('.')
        .map_or(0, |(_, decimals)| decimals.len());
    if decimals > 4 {
        return Err((403, format!("{name} has more than four decimals")));
    }
    match text.parse::<f64>() {
        Ok(value) if value.abs() <= most => Ok(value),
        Ok(_) => Err((400, format!("{name} is out of range"))),
        Err(_) => Err((400, format!("{name} is missing or no number"))),
    }
}

fn forecast(weather: &Weather, asked: &Asked, now: i64, updated: i64) -> Value {
    let times = times(now);
    let last = times.len().saturating_sub(1);
    let hours = hours(weather, asked, &times);
    let series: Vec<Value> = times
        .iter()
        .enumerate()
        .map(|(place, &at)| {
            let hourly = times.get(place + 1).is_some_and(|next| next - at == 3600);
            let block = Block {
                asked,
                hours: &hours,
                place: usize::try_from((at - times[0]) / 3600).unwrap_or(0),
                at,
            };
            // Towards the end the blocks would reach past what is known.
            block.entry(hourly, last - place)
        })
        .collect();
    json!({
        "type": "Feature",
        "geometry": {
            "type": "Point",
            "coordinates": [asked.longitude, asked.latitude, asked.altitude],
        },
        "properties": {
            "meta": { "updated_at": iso(updated), "units": units(asked.complete) },
            "timeseries": series,
        },
    })
}

/// Hourly for 58 hours, then at 0, 6, 12 and 18 UTC until about nine and a half days out.
fn times(now: i64) -> Vec<i64> {
    let first = now.div_euclid(3600) * 3600;
    let mut times: Vec<i64> = (0..58).map(|step| first + step * 3600).collect();
    let far = first + 57 * 3600;
    let next = (far.div_euclid(21_600) + 1) * 21_600;
    times.extend((0..30).map(|step| next + step * 21_600));
    times
}

/// Every hour from the first time to the end of the last block, made once.
fn hours(weather: &Weather, asked: &Asked, times: &[i64]) -> Vec<Hour> {
    let (Some(first), Some(last)) = (times.first(), times.last()) else {
        return Vec::new();
    };
    let height = asked.altitude as f64;
    (*first..=*last + 12 * 3600)
        .step_by(3600)
        .map(|at| weather.hour(asked.latitude, asked.longitude, height, at))
        .collect()
}

struct Block<'a> {
    asked: &'a Asked,
    hours: &'a [Hour],
    /// The place of its time in `hours`.
    place: usize,
    at: i64,
}

impl Block<'_> {
    fn entry(&self, hourly: bool, left: usize) -> Value {
        let mut data = Map::new();
        data.insert("instant".into(), json!({ "details": self.instant() }));
        if hourly {
            data.insert("next_1_hours".into(), self.next(1, true));
        }
        if left >= 1 {
            data.insert("next_6_hours".into(), self.next(6, true));
        }
        if left >= 2 {
            data.insert("next_12_hours".into(), self.next(12, false));
        }
        json!({ "time": iso(self.at), "data": data })
    }

    fn instant(&self) -> Value {
        let hour = self.hours[self.place];
        let mut details = json!({
            "air_pressure_at_sea_level": tenth(hour.pressure),
            "air_temperature": tenth(hour.temperature),
            "cloud_area_fraction": tenth(hour.cloud),
            "relative_humidity": tenth(hour.humidity),
            "wind_from_direction": tenth(hour.wind_from),
            "wind_speed": tenth(hour.wind / 3.6),
        });
        if self.asked.complete {
            details["dew_point_temperature"] = tenth(dew(&hour));
            details["fog_area_fraction"] = tenth(if hour.visibility <= 1000.0 {
                100.0
            } else {
                0.0
            });
            details["ultraviolet_index_clear_sky"] = tenth(hour.uv);
            if self.is_nordic() {
                details["wind_speed_of_gust"] = tenth(hour.gusts / 3.6);
            }
        }
        details
    }

    /// A block names what falls after its time, so it looks at the hours that end in it.
    fn next(&self, hours: usize, amounts: bool) -> Value {
        let inside = &self.hours[self.place + 1..=self.place + hours];
        let name = symbol(self.asked.latitude, self.asked.longitude, self.at, inside);
        let mut block = json!({ "summary": { "symbol_code": name } });
        if !amounts {
            return block;
        }
        let water: f64 = inside.iter().map(Hour::precipitation).sum();
        block["details"] = json!({ "precipitation_amount": tenth(water) });
        if self.asked.complete {
            let highest = inside
                .iter()
                .map(|hour| hour.temperature)
                .fold(f64::MIN, f64::max);
            let lowest = inside
                .iter()
                .map(|hour| hour.temperature)
                .fold(f64::MAX, f64::min);
            if hours == 6 {
                block["details"]["air_temperature_max"] = tenth(highest);
                block["details"]["air_temperature_min"] = tenth(lowest);
            }
            if self.is_nordic() {
                let most = inside
                    .iter()
                    .map(|hour| hour.probability)
                    .fold(0.0, f64::max);
                block["details"]["probability_of_precipitation"] = tenth(most);
            }
        }
        block
    }

    /// Gusts and probabilities exist for the Nordic models only.
    fn is_nordic(&self) -> bool {
        (54.0..=72.0).contains(&self.asked.latitude) && (0.0..=35.0).contains(&self.asked.longitude)
    }
}

fn units(complete: bool) -> Value {
    let mut units = json!({
        "air_pressure_at_sea_level": "hPa",
        "air_temperature": "celsius",
        "cloud_area_fraction": "%",
        "precipitation_amount": "mm",
        "relative_humidity": "%",
        "wind_from_direction": "degrees",
        "wind_speed": "m/s",
    });
    if complete {
        units["dew_point_temperature"] = json!("celsius");
        units["fog_area_fraction"] = json!("%");
        units["ultraviolet_index_clear_sky"] = json!("1");
        units["wind_speed_of_gust"] = json!("m/s");
        units["probability_of_precipitation"] = json!("%");
        units["air_temperature_max"] = json!("celsius");
        units["air_temperature_min"] = json!("celsius");
    }
    units
}

fn tenth(value: f64) -> Value {
    json!((value * 10.0).round() / 10.0)
}

fn iso(at: i64) -> String {
    jiff::Timestamp::from_second(at)
        .map(|at| at.to_string())
        .unwrap_or_default()
}

fn http_date(at: i64) -> String {
    crate::sim::carrier::message::http_date(at * 1000)
}

fn header_of(headers: &HeaderMap, name: header::HeaderName) -> String {
    headers
        .get(name)
        .and_then(|value| value.to_str().ok())
        .unwrap_or("")
        .to_owned()
}
