//! MET Norway: one place a request, politely: it says who asks, keeps to `Expires`, and never hurries.

mod answer;
mod symbols;
#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::Mutex;
use tokio::time::{Interval, MissedTickBehavior, interval};

use super::provider::{Ask, Failure, FailureKind, Got, Known, Limits, Slot, Validators};
use super::provider::{issued_at, one_by_one, until_next};
use crate::domain::forecast::Forecast;
use crate::net::{Answer, Headers, Http, Method, Request};

/// Twenty requests a second are allowed to the whole application (docs/wire.md#met-norway-manners).
const APART: Duration = Duration::from_millis(60);
/// Whose allowance that is; another host has its own.
const HOST: &str = "https://api.met.no";
const AT_ONCE: usize = 4;
/// A complete answer has about 90 KB.
const MOST_BYTES: usize = 1024 * 1024;
/// Answers live half an hour; one that claims much longer has a wrong clock.
const LONGEST_LIFE: SignedDuration = SignedDuration::from_hours(2);

/// The service.
#[derive(Debug, Clone)]
pub(super) struct MetNorway(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    base: String,
    user_agent: String,
    http: Http,
    pace: Mutex<Option<Interval>>,
}

impl MetNorway {
    pub(super) fn new(url: &str, user_agent: &str, http: Http) -> Self {
        Self(Arc::new(Inner {
            base: url.trim_end_matches('/').to_owned(),
            user_agent: user_agent.to_owned(),
            http,
            pace: Mutex::new(None),
        }))
    }

    pub(super) async fn ask(&self, asks: &[Ask], limits: Limits, slots: &mut [Slot]) {
        one_by_one(asks, AT_ONCE, slots, |ask| {
            let inner = Arc::clone(&self.0);
            async move { inner.one(&ask, limits).await }
        })
        .await;
    }
}

impl Inner {
    async fn one(&self, ask: &Ask, limits: Limits) -> Result<Got, Failure> {
        let known = ask
            .known
            .as_ref()
            .filter(|known| known.forecast.provider == "met-norway");
        if let Some(known) = known.filter(|known| limits.now < known.validators.expires_at) {
            return Ok(confirmed(known, known.validators.clone(), limits.now));
        }
        self.wait_for_turn().await;
        let url = self.url(ask);
        let mut headers = vec![
            ("User-Agent", self.user_agent.as_str()),
            ("Accept", "application/json"),
        ];
        if let Some(known) = known {
            headers.push(("If-Modified-Since", &known.validators.last_modified));
        }
        let request = Request {
            method: Method::Get,
            url: &url,
            headers: &headers,
            basic_auth: None,
            form: None,
            timeout_ms: limits.timeout_ms,
            max_bytes: MOST_BYTES,
        };
        let answer = self.http.send(request).await?;
        read(&answer, known, limits.now)
    }

    /// Requests start at least [`APART`], whoever asks.
    async fn wait_for_turn(&self) {
        if self.base != HOST {
            return;
        }
        let mut pace = self.pace.lock().await;
        let pace = pace.get_or_insert_with(|| {
            let mut pace = interval(APART);
            pace.set_missed_tick_behavior(MissedTickBehavior::Delay);
            pace
        });
        pace.tick().await;
    }

    fn url(&self, ask: &Ask) -> String {
        let base = &self.base;
        let spot = &ask.spot;
        // More than four decimals are answered 403.
        let latitude = format!("{:.4}", spot.coordinates.latitude());
        let longitude = format!("{:.4}", spot.coordinates.longitude());
        let altitude = spot.elevation_m.map(|m| format!("&altitude={m}"));
        let altitude = altitude.unwrap_or_default();
        format!(
            "{base}/weatherapi/locationforecast/2.0/complete?lat={latitude}&lon={longitude}{altitude}"
        )
    }
}

/// What the answer means (docs/wire.md#met-norway-answers).
fn read(answer: &Answer, known: Option<&Known>, now: Timestamp) -> Result<Got, Failure> {
    let status = answer.status;
    match status {
        200 | 203 => {
            if status == 203 {
                tracing::warn!(
                    "MET Norway says that this version of its API is deprecated; weatherline needs an update"
                );
            }
            let read = answer::parse(&answer.body).map_err(Failure::failed)?;
            if read.hours.is_empty() {
                return Err(Failure::no_data("it sent no data for that place"));
            }
            Ok(Got {
                forecast: Arc::new(Forecast {
                    provider: "met-norway",
                    issued_at: issued_at(read.updated_at, now),
                    hours: read.hours,
                }),
                validators: validators(&answer.headers, None, now),
            })
        }
        304 => {
            let known = known.ok_or_else(|| Failure::failed("it confirmed what we never had"))?;
            let last_modified = Some(known.validators.last_modified.clone());
            let validators = validators(&answer.headers, last_modified, now);
            let validators = validators.unwrap_or_else(|| known.validators.clone());
            Ok(confirmed(known, validators, now))
        }
        404 => Err(Failure::no_data("status 404: no data for that place")),
        422 => Err(Failure::no_data(
            "status 422: that place is outside its area",
        )),
        429 => Err(Failure::refused(
            now,
            pause_s(&answer.headers, now),
            "status 429: too many requests",
        )),
        401 | 403 => Err(Failure::refused(
            now,
            600,
            "status 403: it blocks us; is weather.contact a real contact?",
        )),
        400 => Err(Failure::new(
            FailureKind::Rejected,
            "status 400: it finds the request wrong",
        )),
        _ => Err(Failure::failed(format!("status {status}"))),
    }
}

/// The earlier forecast, as of now: the service stands by it.
fn confirmed(known: &Known, validators: Validators, now: Timestamp) -> Got {
    let forecast = Forecast {
        issued_at: now,
        ..(*known.forecast).clone()
    };
    Got {
        forecast: Arc::new(forecast),
        validators: Some(validators),
    }
}

/// The validators of an answer; its life counts from our `now`, since clocks differ.
fn validators(headers: &Headers, earlier: Option<String>, now: Timestamp) -> Option<Validators> {
    let last_modified = headers
        .get("last-modified")
        .map(str::to_owned)
        .or(earlier)?;
    let date = headers.get("date").and_then(http_date).unwrap_or(now);
    let expires = headers.get("expires").and_then(http_date).unwrap_or(date);
    let life = expires
        .duration_since(date)
        .clamp(SignedDuration::ZERO, LONGEST_LIFE);
    Some(Validators {
        last_modified,
        expires_at: now.saturating_add(life).unwrap_or(now),
    })
}

fn http_date(text: &str) -> Option<Timestamp> {
    jiff::fmt::rfc2822::parse(text)
        .ok()
        .map(|date| date.timestamp())
}

/// `Retry-After` in seconds, at most an hour; else to the next minute.
fn pause_s(headers: &Headers, now: Timestamp) -> i64 {
    let given = headers
        .get("retry-after")
        .and_then(|text| text.trim().parse::<i64>().ok());
    given.map_or_else(|| until_next(60, now), |seconds| seconds.clamp(1, 3600))
}

/// The hours of a body.
#[cfg(test)]
pub(super) fn hours_of(body: &[u8]) -> Result<Vec<crate::domain::forecast::Hour>, &'static str> {
    answer::parse(body).map(|read| read.hours)
}
