//! The pretend weather: repeatable samples or exact series, spoken by two services.

use std::sync::Mutex;
use std::time::Duration;

use axum::extract::Request;
use serde_json::Value;

mod met_norway;
mod met_symbol;
mod open_meteo;
mod sample;
mod variables;

use super::answer::{Answer, Break, half};
use super::faults::WeatherFault;
use super::wire::Exchange;
use super::world::{World, held, seen};

pub(crate) use met_norway::answer as met_norway;
pub(crate) use open_meteo::answer as open_meteo;

/// The weather of one hour, metric. Sums and gusts are those of the hour before the stamp.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hour {
    /// °C at two metres.
    pub temperature: f64,
    /// °C as it feels.
    pub feels: f64,
    /// Per cent.
    pub humidity: f64,
    /// Millimetres of liquid rain.
    pub rain: f64,
    /// Centimetres of fresh snow; 7 cm are 10 mm of water.
    pub snow: f64,
    /// Per cent.
    pub probability: f64,
    /// The WMO code; none to have it made from the amounts.
    pub code: Option<u8>,
    /// Per cent.
    pub cloud: f64,
    /// km/h at ten metres.
    pub wind: f64,
    /// km/h
    pub gusts: f64,
    /// Degrees it comes from.
    pub wind_from: f64,
    /// Index.
    pub uv: f64,
    /// Metres.
    pub visibility: f64,
    /// hPa at sea level.
    pub pressure: f64,
}

impl Default for Hour {
    /// A mild, dry, quiet hour.
    fn default() -> Hour {
        Hour {
            temperature: 15.0,
            feels: 15.0,
            humidity: 60.0,
            rain: 0.0,
            snow: 0.0,
            probability: 0.0,
            code: None,
            cloud: 10.0,
            wind: 8.0,
            gusts: 14.0,
            wind_from: 250.0,
            uv: 2.0,
            visibility: 24_000.0,
            pressure: 1018.0,
        }
    }
}

impl Hour {
    /// Rain and melted snow together, in millimetres.
    pub fn precipitation(&self) -> f64 {
        self.rain + self.snow * 10.0 / 7.0
    }

    /// The WMO code: the one given, else computed from the amounts as Open-Meteo does for most models.
    pub fn wmo(&self) -> u8 {
        if let Some(code) = self.code {
            return code;
        }
        match (self.snow, self.rain) {
            (snow, _) if snow >= 0.8 => 75,
            (snow, _) if snow >= 0.2 => 73,
            (snow, _) if snow >= 0.01 => 71,
            (_, rain) if rain >= 7.6 => 65,
            (_, rain) if rain >= 2.5 => 63,
            (_, rain) if rain >= 1.3 => 61,
            (_, rain) if rain >= 1.0 => 55,
            (_, rain) if rain >= 0.5 => 53,
            (_, rain) if rain >= 0.01 => 51,
            _ if self.visibility <= 1000.0 => 45,
            _ if self.cloud >= 80.0 => 3,
            _ if self.cloud >= 50.0 => 2,
            _ if self.cloud >= 20.0 => 1,
            _ => 0,
        }
    }
}

/// Where the pretend weather comes from: exact series where a test set them, samples elsewhere.
#[derive(Debug)]
pub struct Weather {
    seed: u64,
    set: Mutex<Vec<Series>>,
}

#[derive(Debug)]
struct Series {
    latitude: f64,
    longitude: f64,
    /// Unix seconds of the first hour.
    start: i64,
    hours: Vec<Hour>,
}

/// How far, in degrees, a request may stand from a set place: callers round to share forecasts.
const NEAR: f64 = 0.06;

impl Weather {
    pub(crate) fn new(seed: u64) -> Weather {
        Weather {
            seed,
            set: Mutex::new(Vec::new()),
        }
    }

    /// From `start_ms` (Unix, cut to its hour) this place has exactly these hours; samples before and after.
    pub fn set(&self, latitude: f64, longitude: f64, start_ms: i64, hours: Vec<Hour>) {
        held(&self.set).insert(
            0,
            Series {
                latitude,
                longitude,
                start: start_ms.div_euclid(3_600_000) * 3600,
                hours,
            },
        );
    }

    /// All places have samples again.
    pub fn reset(&self) {
        held(&self.set).clear();
    }

    /// The weather that a service would tell for a place and an hour (Unix seconds).
    pub fn hour(&self, latitude: f64, longitude: f64, elevation: f64, at: i64) -> Hour {
        let exact = held(&self.set).iter().find_map(|series| {
            let near = (series.latitude - latitude).abs() <= NEAR
                && (series.longitude - longitude).abs() <= NEAR;
            let place = usize::try_from((at - series.start).div_euclid(3600)).ok()?;
            series.hours.get(place).copied().filter(|_| near)
        });
        exact.unwrap_or_else(|| sample::hour(self.seed, latitude, longitude, elevation, at))
    }
}

/// Weather does what the plan says: breaks, lies, or says what it was going to say.
pub(crate) async fn faulty(
    fault: Option<WeatherFault>,
    good: Answer,
    too_many: Answer,
    not_json: &str,
) -> Answer {
    let Some(fault) = fault else { return good };
    let body = match &good {
        Answer::Json(_, value) => value.to_string(),
        _ => String::new(),
    };
    match fault {
        WeatherFault::Down => Answer::Broken(Break::Reset),
        WeatherFault::Hang => Answer::Broken(Break::Hang),
        WeatherFault::TooMany => too_many,
        WeatherFault::ServerError => Answer::Text(
            500,
            "application/json",
            r#"{"error":true,"reason":"Something went wrong."}"#.into(),
        ),
        WeatherFault::BadGateway => Answer::Text(
            502,
            "text/html",
            "<html>\n<head><title>502 Bad Gateway</title></head>\n<body>\n<center><h1>502 Bad Gateway</h1></center>\n</body>\n</html>\n".into(),
        ),
        WeatherFault::NotJson => Answer::Text(200, "application/json", not_json.to_owned()),
        WeatherFault::Truncated => Answer::Text(200, "application/json", half(&body)),
        WeatherFault::Nulls => match good {
            Answer::Json(status, mut value) => {
                variables::blank(&mut value);
                Answer::Json(status, value)
            }
            other => other,
        },
        WeatherFault::Slow(ms) => {
            tokio::time::sleep(Duration::from_millis(ms)).await;
            good
        }
    }
}

/// Writes a weather request down, for the ledger and for whoever watches.
pub(crate) fn note(world: &World, service: &'static str, request: &Request, answer: &Answer) {
    let at_ms = world.now();
    let path = request.uri().path();
    world.saw(
        service,
        seen(at_ms, request.method().as_str(), path, answer.outcome()),
    );
    world.wire.exchange(|| {
        let query = super::form::Form::parse(request.uri().query().unwrap_or("").as_bytes());
        Exchange {
            at_ms,
            kind: "weather",
            way: "out",
            method: request.method().to_string(),
            url: format!("{}{path}", world.url.get().map_or("", String::as_str)),
            headers: Vec::new(),
            fields: query.0,
            status: match answer.outcome() {
                super::Outcome::Answered(status) => status,
                _ => 0,
            },
            answer_type: "application/json".into(),
            answer: shortened(answer),
        }
    });
}

/// Thousands of numbers are nothing to read: series keep their beginning.
fn shortened(answer: &Answer) -> String {
    let Answer::Json(status, value) = answer else {
        return answer.shown();
    };
    let mut value = value.clone();
    shorten(&mut value);
    Answer::Json(*status, value).shown()
}

fn shorten(value: &mut Value) {
    const MOST: usize = 6;
    match value {
        Value::Array(items) => {
            let most = if items.iter().any(Value::is_object) {
                2
            } else {
                MOST
            };
            let left = items.len().saturating_sub(most);
            items.truncate(most);
            items.iter_mut().for_each(shorten);
            if left > 0 {
                items.push(format!("and {left} more").into());
            }
        }
        Value::Object(map) => map.values_mut().for_each(shorten),
        _ => {}
    }
}
