//! The US National Weather Service: a point's grid cell first, then that cell's forecast, with its known moods.

mod grid;
mod hourly;
mod points;
#[cfg(test)]
mod tests;
mod words;

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::provider::{Ask, Failure, FailureKind, Got, Limits, Slot};
use super::provider::{issued_at, one_by_one, shown};
use crate::domain::forecast::{Forecast, Hour};
use crate::domain::phone::Country;
use crate::net::{Http, Method, Request};
use points::{Grid, Points, Remembered};

/// Its limit is not published, "generous" and for all of us together.
const AT_ONCE: usize = 8;
/// A cell's layers have up to 400 KB.
const MOST_BYTES: usize = 3 * 1024 * 1024;
/// Edges of its delivery network have served copies of 20 to 88 hours (docs/wire.md#nws-moods).
const STALE: SignedDuration = SignedDuration::from_hours(18);
/// Pauses before asking again: with two repetitions nearly every question is answered (docs/wire.md#nws-moods).
const PAUSES: [Duration; 3] = [
    Duration::from_secs(1),
    Duration::from_secs(2),
    Duration::from_secs(5),
];
/// The United States and those of its territories for which it makes forecasts.
const COUNTRIES: [Country; 6] = [
    Country::of(b"US"),
    Country::of(b"PR"),
    Country::of(b"VI"),
    Country::of(b"GU"),
    Country::of(b"MP"),
    Country::of(b"AS"),
];

/// The service.
#[derive(Debug, Clone)]
pub(super) struct Nws(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    base: String,
    user_agent: String,
    http: Http,
    points: Points,
    pauses: [Duration; 3],
}

impl Nws {
    pub(super) fn new(url: &str, user_agent: &str, http: Http) -> Self {
        Self::with_pauses(url, user_agent, http, PAUSES)
    }

    fn with_pauses(url: &str, user_agent: &str, http: Http, pauses: [Duration; 3]) -> Self {
        Self(Arc::new(Inner {
            base: url.trim_end_matches('/').to_owned(),
            user_agent: user_agent.to_owned(),
            http,
            points: Points::default(),
            pauses,
        }))
    }

    /// Whether it forecasts for that country.
    pub(super) fn covers(country: Option<Country>) -> bool {
        country.is_some_and(|country| COUNTRIES.contains(&country))
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
    /// Repeats what may pass, as long as the pauses fit into the time.
    async fn one(&self, ask: &Ask, limits: Limits) -> Result<Got, Failure> {
        let budget = Duration::from_millis(limits.timeout_ms);
        let mut paused = Duration::ZERO;
        let mut pauses = self.pauses.iter();
        loop {
            let answer = self.attempt(ask, limits).await;
            let again = matches!(&answer, Err(failure) if failure.kind == FailureKind::Failed);
            let Some(pause) = pauses.next().filter(|_| again) else {
                return answer;
            };
            paused += *pause;
            if paused >= budget {
                // The reason is worth more than running into the deadline.
                return answer;
            }
            tokio::time::sleep(*pause).await;
        }
    }

    async fn attempt(&self, ask: &Ask, limits: Limits) -> Result<Got, Failure> {
        let (grid, remembered) = match self.points.get(ask.cell, limits.now) {
            Some(Remembered::Grid(grid)) => (grid, true),
            Some(Remembered::Nowhere) => {
                return Err(Failure::no_data("it has no forecast there, it said lately"));
            }
            None => (self.resolve(ask, limits).await?, false),
        };
        let answer = self.forecast(&grid, limits).await;
        match answer {
            // Grids are renumbered without notice: the remembered cell may be in the sea now (docs/wire.md#nws-moods).
            Err(failure) if failure.kind == FailureKind::NoData && remembered => {
                let grid = self.resolve(ask, limits).await?;
                let answer = self.forecast(&grid, limits).await;
                self.remember_nowhere(ask, answer, limits)
            }
            answer => self.remember_nowhere(ask, answer, limits),
        }
    }

    fn remember_nowhere(
        &self,
        ask: &Ask,
        answer: Result<Got, Failure>,
        limits: Limits,
    ) -> Result<Got, Failure> {
        if matches!(&answer, Err(failure) if failure.kind == FailureKind::NoData) {
            self.points.keep(ask.cell, Remembered::Nowhere, limits.now);
        }
        answer
    }

    /// Which grid cell the point is in.
    async fn resolve(&self, ask: &Ask, limits: Limits) -> Result<Grid, Failure> {
        let latitude = points::degrees(ask.spot.coordinates.latitude());
        let longitude = points::degrees(ask.spot.coordinates.longitude());
        let answer = self
            .get(&format!("/points/{latitude},{longitude}"), limits)
            .await;
        if matches!(&answer, Err(failure) if failure.kind == FailureKind::NoData) {
            self.points.keep(ask.cell, Remembered::Nowhere, limits.now);
        }
        let answer = answer?;
        let grid =
            Grid::read(&answer).ok_or_else(|| Failure::failed("its answer names no grid cell"))?;
        self.points
            .keep(ask.cell, Remembered::Grid(grid.clone()), limits.now);
        Ok(grid)
    }

    /// The cell's layers, which have everything; where they fail, the hourly forecast made of them.
    async fn forecast(&self, grid: &Grid, limits: Limits) -> Result<Got, Failure> {
        let path = grid.path();
        let layers = self.read(&path, limits, grid::hours).await;
        let failure = match layers {
            Ok(got) => return Ok(got),
            Err(failure) if matches!(failure.kind, FailureKind::Refused { .. }) => {
                return Err(failure);
            }
            Err(failure) => failure,
        };
        let hourly = self
            .read(&format!("{path}/forecast/hourly"), limits, hourly::hours)
            .await;
        hourly.map_err(|second| match second.kind {
            FailureKind::Refused { .. } => second,
            // A place is nowhere only when both say so.
            _ if failure.kind == FailureKind::NoData => second,
            _ => failure,
        })
    }

    async fn read(
        &self,
        path: &str,
        limits: Limits,
        hours: fn(&Value) -> Result<Vec<Hour>, &'static str>,
    ) -> Result<Got, Failure> {
        let answer = self.get(path, limits).await?;
        let properties = answer
            .get("properties")
            .ok_or_else(|| Failure::failed("its answer has no properties"))?;
        let updated_at = ["updateTime", "updated"]
            .iter()
            .find_map(|name| properties.get(*name)?.as_str()?.parse::<Timestamp>().ok());
        if updated_at.is_some_and(|at| limits.now.duration_since(at) > STALE) {
            return Err(Failure::failed("it served a copy of more than 18 hours"));
        }
        let hours = hours(properties).map_err(Failure::failed)?;
        Ok(Got {
            forecast: Arc::new(Forecast {
                provider: "nws",
                issued_at: issued_at(updated_at, limits.now),
                hours,
            }),
            validators: None,
        })
    }

    async fn get(&self, path: &str, limits: Limits) -> Result<Value, Failure> {
        let url = format!("{}{path}", self.base);
        // Without `Accept` an hours-old copy may come.
        let headers = [
            ("User-Agent", self.user_agent.as_str()),
            ("Accept", "application/geo+json"),
        ];
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
        let json: Option<Value> = serde_json::from_slice(&answer.body).ok();
        if answer.status == 200 {
            return json.ok_or_else(|| Failure::failed("its answer is not JSON"));
        }
        let title = json
            .as_ref()
            .and_then(|json| json.get("title"))
            .and_then(Value::as_str);
        let status = answer.status;
        let why = match title {
            Some(title) => format!("status {status}: {}", shown(title)),
            None => format!("status {status}"),
        };
        let pause_s = answer
            .headers
            .get("retry-after")
            .and_then(|text| text.trim().parse().ok());
        Err(match status {
            404 => Failure::no_data(why),
            // Throttling passes within five seconds.
            429 => Failure::refused(limits.now, pause_s.unwrap_or(5).min(3600), why),
            403 => Failure::refused(limits.now, 600, why),
            // An office's data are late or it is out, for hours perhaps: asking again would not help.
            400 | 503 => Failure::new(FailureKind::Rejected, why),
            _ => Failure::failed(why),
        })
    }
}

/// The hours of a body, layers or periods.
#[cfg(test)]
pub(super) fn hours_of(body: &[u8]) -> Result<Vec<Hour>, &'static str> {
    let answer: Value = serde_json::from_slice(body).map_err(|_| "its answer is not JSON")?;
    let properties = answer
        .get("properties")
        .ok_or("its answer has no properties")?;
    let _ = Grid::read(&answer);
    grid::hours(properties).or_else(|_| hourly::hours(properties))
}
