//! Open-Meteo: many places in one request, hourly, metric, in UTC.

mod answer;
mod codes;
#[cfg(test)]
mod tests;

use std::fmt::Write as _;
use std::sync::Arc;

use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Semaphore;

use super::provider::{Ask, Failure, FailureKind, Got, Limits, Slot, until_next};
use crate::domain::forecast::Forecast;
use crate::net::{Answer, Http, Method, Request};

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
/// So many further requests may be spent on finding the one place that spoils a request for many.
const HALVINGS: usize = 16;

/// The service.
#[derive(Debug)]
pub(super) struct OpenMeteo {
    base: String,
    key: Option<SecretString>,
    http: Http,
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
        Self {
            base: base.to_owned(),
            key,
            http,
            at_once: Semaphore::new(at_once),
        }
    }

    /// Asks in as few requests as possible. One place that the service rejects spoils a request: halves find it.
    pub(super) async fn ask(&self, asks: &[Ask], limits: Limits, slots: &mut [Slot]) {
        // Where no height is known the service's terrain model serves, and that goes by leaving the parameter out.
        let (known, unknown): (Vec<usize>, Vec<usize>) =
            (0..asks.len()).partition(|&i| asks[i].spot.elevation_m.is_some());
        let mut groups: Vec<Vec<usize>> = vec![unknown, known];
        let mut halvings = HALVINGS;
        while let Some(mut group) = groups.pop() {
            if group.is_empty() {
                continue;
            }
            let failure = match self.request(asks, &group, limits).await {
                Ok(places) => {
                    for (i, place) in group.into_iter().zip(places) {
                        slots[i] = Some(place);
                    }
                    continue;
                }
                Err(failure) => failure,
            };
            let one_spoils = matches!(failure.kind, FailureKind::Rejected | FailureKind::NoData);
            if one_spoils && group.len() > 1 && halvings > 1 {
                halvings -= 2;
                let half = group.split_off(group.len() / 2);
                groups.extend([half, group]);
                continue;
            }
            let failure = if one_spoils && group.len() > 1 {
                Failure::failed(failure.why)
            } else {
                failure
            };
            if !one_spoils {
                // The rest would fare no better.
                group.extend(groups.drain(..).flatten());
            }
            for i in group {
                slots[i] = Some(Err(failure.clone()));
            }
        }
    }

    /// One request, for places that all have a height or all have none.
    async fn request(
        &self,
        asks: &[Ask],
        group: &[usize],
        limits: Limits,
    ) -> Result<Vec<Result<Got, Failure>>, Failure> {
        let url = self.url(asks, group);
        let permit = self.at_once.acquire().await;
        let answer = self.http.send(Request {
            method: Method::Get,
            url: &url,
            headers: &[("Accept", "application/json")],
            basic_auth: None,
            form: None,
            timeout_ms: limits.timeout_ms,
            max_bytes: BYTES_A_PLACE * (group.len() + 1),
        });
        let answer = answer.await?;
        drop(permit);
        if answer.status != 200 {
            return Err(refusal(&answer, limits));
        }
        let places = answer::parse(&answer.body, group.len()).map_err(Failure::failed)?;
        let places = places.into_iter().zip(group).map(|(hours, &i)| {
            let coordinates = &asks[i].spot.coordinates;
            let hours = hours.map_err(Failure::failed)?;
            if hours.is_empty() {
                return Err(Failure::no_data("it sent no data for that place"));
            }
            Ok(Got {
                forecast: Arc::new(Forecast {
                    provider: "open-meteo",
                    // It does not say when it made the forecast.
                    issued_at: limits.now,
                    hours: codes::with_conditions(hours, coordinates),
                }),
                validators: None,
            })
        });
        Ok(places.collect())
    }

    fn url(&self, asks: &[Ask], group: &[usize]) -> String {
        let list = |value: &dyn Fn(&Ask) -> Option<String>| {
            let values: Vec<String> = group.iter().filter_map(|&i| value(&asks[i])).collect();
            values.join(",")
        };
        let base = &self.base;
        let latitudes = list(&|ask| Some(format!("{:.4}", ask.spot.coordinates.latitude())));
        let longitudes = list(&|ask| Some(format!("{:.4}", ask.spot.coordinates.longitude())));
        let mut url = format!("{base}/v1/forecast?latitude={latitudes}&longitude={longitudes}");
        let elevations = list(&|ask| ask.spot.elevation_m.map(|m| m.to_string()));
        if !elevations.is_empty() {
            let _ = write!(url, "&elevation={elevations}");
        }
        let _ = write!(
            url,
            "&hourly={HOURLY}&past_hours={PAST_HOURS}&forecast_hours={FORECAST_HOURS}&timezone=GMT&timeformat=unixtime"
        );
        if let Some(key) = &self.key {
            let key: String =
                form_urlencoded::byte_serialize(key.expose_secret().as_bytes()).collect();
            let _ = write!(url, "&apikey={key}");
        }
        url
    }
}

/// What an answer that is not 200 means (docs/wire.md#open-meteo-answers).
fn refusal(answer: &Answer, limits: Limits) -> Failure {
    let reason = answer::reason(&answer.body);
    let says = |words: &str| reason.as_deref().is_some_and(|r| r.contains(words));
    let why = match &reason {
        Some(reason) => format!("status {}: {reason}", answer.status),
        None => format!("status {}", answer.status),
    };
    let now = limits.now;
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
