//! Open-Meteo: many places in one request, hourly, metric, in UTC.

mod answer;
mod codes;
mod line;
#[cfg(test)]
mod tests;

use std::fmt::Write as _;
use std::sync::Arc;

use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Semaphore;

use super::Spot;
use super::provider::{Ask, Failure, FailureKind, Got, Limits, Slot, until_next};
use crate::domain::forecast::Forecast;
use crate::net::{Answer, Http, Method, Request};
use answer::Coded;
use line::{Line, Waiting};

/// Ten variables cost one call a place, an eleventh more than one (docs/wire.md#open-meteo-cost).
const HOURLY: &str = "temperature_2m,apparent_temperature,precipitation_probability,precipitation,snowfall,weather_code,\
                      wind_speed_10m,wind_gusts_10m,wind_direction_10m,uv_index";
/// Yesterday, for comparison.
const PAST_HOURS: u32 = 24;
/// A week from any hour of today; together under the 14 days from which a request costs more.
const FORECAST_HOURS: u32 = 192;
const FREE_HOST: &str = "https://api.open-meteo.com";
const PAID_HOST: &str = "https://customer-api.open-meteo.com";
/// The free tier runs one request at a time for each address and refuses the sixth (docs/wire.md#open-meteo-limits).
const FREE_AT_ONCE: usize = 1;
const PAID_AT_ONCE: usize = 8;
/// An answer for one place has about 15 KB.
const BYTES_A_PLACE: usize = 128 * 1024;
/// So many times a group is halved to find the one place that spoils a request for many.
const HALVINGS: usize = 8;

/// The service.
#[derive(Debug, Clone)]
pub(super) struct OpenMeteo(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    base: String,
    key: Option<SecretString>,
    http: Http,
    line: Line,
    at_once: Semaphore,
}

impl OpenMeteo {
    pub(super) fn new(url: &str, key: Option<SecretString>, http: Http) -> Self {
        let url = url.trim_end_matches('/');
        // The free host redirects a key to the paid one.
        let base = if key.is_some() && url == FREE_HOST {
            PAID_HOST
        } else {
            url
        };
        let at_once = if base == FREE_HOST {
            FREE_AT_ONCE
        } else {
            PAID_AT_ONCE
        };
        Self::with_width(base, key, http, at_once)
    }

    fn with_width(base: &str, key: Option<SecretString>, http: Http, at_once: usize) -> Self {
        Self(Arc::new(Inner {
            base: base.to_owned(),
            key,
            http,
            line: Line::default(),
            at_once: Semaphore::new(at_once),
        }))
    }

    pub(super) async fn ask(&self, asks: &[Ask], limits: Limits, slots: &mut [Slot]) {
        let answers = self.0.line.join(asks, limits);
        // On its own, because it may ask for others, too, and they may be more patient than we are.
        let inner = Arc::clone(&self.0);
        tokio::spawn(async move { inner.serve().await });
        for (slot, answer) in slots.iter_mut().zip(answers) {
            *slot = answer.await.ok();
        }
    }
}

impl Inner {
    /// Serves the line until it is empty.
    async fn serve(&self) {
        loop {
            let _permit = self.at_once.acquire().await;
            let group = self.line.next_group();
            if group.is_empty() {
                return;
            }
            self.answer(group).await;
        }
    }

    /// Asks in as few requests as possible. One place that the service rejects spoils a request: halves find it.
    async fn answer(&self, group: Vec<Waiting>) {
        let mut groups = vec![group];
        let mut halvings = HALVINGS;
        while let Some(mut group) = groups.pop() {
            let failure = match self.request(&group).await {
                Ok(places) => {
                    for (waiting, place) in group.into_iter().zip(places) {
                        waiting.answer(place);
                    }
                    continue;
                }
                Err(failure) => failure,
            };
            let one_spoils = matches!(failure.kind, FailureKind::Rejected | FailureKind::NoData);
            if one_spoils && group.len() > 1 && halvings > 0 {
                halvings -= 1;
                let half = group.split_off(group.len() / 2);
                groups.extend([half, group]);
                continue;
            }
            let failure = if one_spoils && group.len() > 1 {
                // Which of them it was stays unknown.
                Failure::failed(failure.why)
            } else {
                failure
            };
            if !one_spoils {
                // The rest would fare no better.
                group.extend(groups.drain(..).flatten());
            }
            for waiting in group {
                waiting.answer(Err(failure.clone()));
            }
        }
    }

    /// One request, for places that all have a height or all have none.
    async fn request(&self, group: &[Waiting]) -> Result<Vec<Result<Got, Failure>>, Failure> {
        let patience = group.iter().map(|waiting| waiting.limits.timeout_ms).max();
        let now = group.iter().map(|waiting| waiting.limits.now).max();
        let (Some(timeout_ms), Some(now)) = (patience, now) else {
            return Ok(Vec::new());
        };
        let url = self.url(group);
        let request = Request {
            method: Method::Get,
            url: &url,
            headers: &[("Accept", "application/json")],
            basic_auth: None,
            form: None,
            timeout_ms,
            max_bytes: BYTES_A_PLACE * (group.len() + 1),
        };
        let answer = self.http.send(request).await?;
        if answer.status != 200 {
            return Err(refusal(&answer, now));
        }
        let places = answer::parse(&answer.body, group.len()).map_err(Failure::failed)?;
        let places = places.into_iter().zip(group);
        Ok(places
            .map(|(hours, waiting)| got(hours.map_err(Failure::failed)?, waiting))
            .collect())
    }

    fn url(&self, group: &[Waiting]) -> String {
        let list = |value: &dyn Fn(&Spot) -> Option<String>| {
            let values = group.iter().filter_map(|waiting| value(&waiting.ask.spot));
            values.collect::<Vec<String>>().join(",")
        };
        let base = &self.base;
        let latitudes = list(&|spot| Some(format!("{:.4}", spot.coordinates.latitude())));
        let longitudes = list(&|spot| Some(format!("{:.4}", spot.coordinates.longitude())));
        let mut url = format!("{base}/v1/forecast?latitude={latitudes}&longitude={longitudes}");
        // Where no height is known the service's terrain model serves, and that goes by leaving the parameter out.
        let elevations = list(&|spot| spot.elevation_m.map(|m| m.to_string()));
        if !elevations.is_empty() {
            let _ = write!(url, "&elevation={elevations}");
        }
        let _ = write!(
            url,
            "&hourly={HOURLY}&past_hours={PAST_HOURS}&forecast_hours={FORECAST_HOURS}&timezone=GMT&timeformat=unixtime"
        );
        if let Some(key) = &self.key {
            let key = key.expose_secret().as_bytes();
            let key: String = form_urlencoded::byte_serialize(key).collect();
            let _ = write!(url, "&apikey={key}");
        }
        url
    }
}

fn got(hours: Vec<Coded>, waiting: &Waiting) -> Result<Got, Failure> {
    if hours.is_empty() {
        return Err(Failure::no_data("it sent no data for that place"));
    }
    Ok(Got {
        forecast: Arc::new(Forecast {
            provider: "open-meteo",
            // It does not say when it made the forecast.
            issued_at: waiting.limits.now,
            hours: codes::with_conditions(hours, &waiting.ask.spot.coordinates),
        }),
        validators: None,
    })
}

/// What an answer that is not 200 means (docs/wire.md#open-meteo-answers).
fn refusal(answer: &Answer, now: Timestamp) -> Failure {
    let reason = answer::reason(&answer.body);
    let says = |words: &str| reason.as_deref().is_some_and(|r| r.contains(words));
    let why = match &reason {
        Some(reason) => format!("status {}: {reason}", answer.status),
        None => format!("status {}", answer.status),
    };
    match answer.status {
        400 if says("No data is available") => Failure::no_data(why),
        400 if says("API key") => Failure::refused(now, 600, why),
        400 => Failure::new(FailureKind::Rejected, why),
        401 | 403 => Failure::refused(now, 600, why),
        429 if says("Daily") => Failure::refused(now, until_next(86_400, now), why),
        429 if says("Hourly") => Failure::refused(now, until_next(3600, now), why),
        429 if says("concurrent") => Failure::refused(now, 2, why),
        429 => Failure::refused(now, until_next(60, now), why),
        _ => Failure::failed(why),
    }
}

/// The hours of a body for one place, as if in the middle of the ocean.
#[cfg(test)]
pub(super) fn hours_of(body: &[u8]) -> Result<Vec<crate::domain::forecast::Hour>, &'static str> {
    let mut places = answer::parse(body, 1)?;
    let hours = places.pop().unwrap_or(Err("no place"))?;
    let ocean = crate::domain::place::Coordinates::new(0.0, 0.0).unwrap();
    Ok(codes::with_conditions(hours, &ocean))
}
