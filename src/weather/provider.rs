//! A weather service behind one face: what it is asked, and what may come back.

use std::borrow::Cow;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use tokio::task::JoinSet;

use super::cell::Cell;
use super::met_norway::MetNorway;
use super::nws::Nws;
use super::open_meteo::OpenMeteo;
use super::{ProviderName, Spot};
use crate::domain::forecast::Forecast;

/// A weather service.
#[derive(Debug)]
pub(super) enum Provider {
    OpenMeteo(OpenMeteo),
    MetNorway(MetNorway),
    Nws(Nws),
}

impl Provider {
    pub(super) const fn name(&self) -> ProviderName {
        match self {
            Self::OpenMeteo(_) => ProviderName::OpenMeteo,
            Self::MetNorway(_) => ProviderName::MetNorway,
            Self::Nws(_) => ProviderName::Nws,
        }
    }

    /// Whether it has weather there at all.
    pub(super) fn covers(&self, spot: &Spot) -> bool {
        match self {
            Self::OpenMeteo(_) | Self::MetNorway(_) => true,
            Self::Nws(_) => Nws::covers(spot.country),
        }
    }

    /// Asks for every spot and puts each answer into its slot as it comes, so that a deadline loses only what is still missing.
    pub(super) async fn ask(&self, asks: &[Ask], limits: Limits, slots: &mut [Slot]) {
        match self {
            Self::OpenMeteo(service) => service.ask(asks, limits, slots).await,
            Self::MetNorway(service) => service.ask(asks, limits, slots).await,
            Self::Nws(service) => service.ask(asks, limits, slots).await,
        }
    }
}

/// One cell's question.
#[derive(Debug, Clone)]
pub(super) struct Ask {
    pub(super) cell: Cell,
    pub(super) spot: Spot,
    /// An answer of some provider that may only need confirming.
    pub(super) known: Option<Known>,
}

/// The moment of asking and how long one request may take.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    pub(super) now: Timestamp,
    pub(super) timeout_ms: u64,
}

/// Where an answer goes; `None` while there is none.
pub(super) type Slot = Option<Result<Got, Failure>>;

/// A forecast from a provider.
#[derive(Debug, Clone)]
pub(super) struct Got {
    pub(super) forecast: Arc<Forecast>,
    pub(super) validators: Option<Validators>,
}

/// What lets a provider confirm an earlier answer.
#[derive(Debug, Clone)]
pub(super) struct Validators {
    /// Verbatim, as it came.
    pub(super) last_modified: String,
    /// Before this the same question is not repeated.
    pub(super) expires_at: Timestamp,
}

/// An earlier answer with its validators.
#[derive(Debug, Clone)]
pub(super) struct Known {
    pub(super) forecast: Arc<Forecast>,
    pub(super) validators: Validators,
}

/// Why there is no forecast.
#[derive(Debug, Clone)]
pub(super) struct Failure {
    pub(super) kind: FailureKind,
    /// For the log: a clause that stands alone, without coordinates.
    pub(super) why: Cow<'static, str>,
}

/// What a failure means for the next try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FailureKind {
    /// The service works and has no weather there.
    NoData,
    /// The service wants to be left alone until then.
    Refused { until: Timestamp },
    /// The service finds this very request wrong; another one may be right.
    Rejected,
    /// Anything that may pass.
    Failed,
}

impl Failure {
    pub(super) fn new(kind: FailureKind, why: impl Into<Cow<'static, str>>) -> Self {
        let why = why.into();
        Self { kind, why }
    }

    pub(super) fn failed(why: impl Into<Cow<'static, str>>) -> Self {
        Self::new(FailureKind::Failed, why)
    }

    pub(super) fn no_data(why: impl Into<Cow<'static, str>>) -> Self {
        Self::new(FailureKind::NoData, why)
    }

    /// A pause the service asked for, between a second and a day.
    pub(super) fn refused(now: Timestamp, pause_s: i64, why: impl Into<Cow<'static, str>>) -> Self {
        let pause = SignedDuration::from_secs(pause_s.clamp(1, 86_400));
        let until = now.saturating_add(pause).unwrap_or(now);
        Self::new(FailureKind::Refused { until }, why)
    }
}

impl From<crate::net::NetError> for Failure {
    fn from(error: crate::net::NetError) -> Self {
        Self::failed(error.to_string())
    }
}

/// A forecast is of use while it reaches past now and begins about now: MET Norway's begins with the next full hour.
pub(super) fn covers(forecast: &Forecast, now: Timestamp) -> bool {
    let soon = SignedDuration::from_hours(2);
    forecast
        .hours
        .iter()
        .any(|hour| hour.end() > now && hour.start.duration_since(now) <= soon)
}

/// When a forecast is as of. Services renew theirs every 1 to 12 hours, so one that was made hours ago and is given as the
/// current one is not old: what counts is when it was given. Beyond that rhythm the service is stuck, and its own stamp counts.
pub(super) fn issued_at(made_at: Option<Timestamp>, now: Timestamp) -> Timestamp {
    let rhythm = SignedDuration::from_hours(12);
    made_at
        .filter(|made_at| now.duration_since(*made_at) > rhythm)
        .unwrap_or(now)
}

/// Somebody else's sentence for our log: short, printable, and without digits, which may be coordinates.
pub(super) fn shown(text: &str) -> String {
    let text = text.chars().filter(|c| !c.is_control()).take(120);
    text.map(|c| if c.is_numeric() { '#' } else { c }).collect()
}

/// Seconds to the next full `period_s` of the UTC clock.
pub(super) fn until_next(period_s: i64, now: Timestamp) -> i64 {
    period_s - now.as_second().rem_euclid(period_s)
}

/// Asks one request a spot, at most `width` at a time, and stops after a refusal or when three failed: the rest would, too.
pub(super) async fn one_by_one<F, R>(asks: &[Ask], width: usize, slots: &mut [Slot], ask: F)
where
    F: Fn(Ask) -> R,
    R: Future<Output = Result<Got, Failure>> + Send + 'static,
{
    let mut running = JoinSet::new();
    let mut waiting = asks.iter().cloned().enumerate();
    let mut failures = 0;
    loop {
        while failures < 3 && running.len() < width {
            let Some((index, next)) = waiting.next() else {
                break;
            };
            let answer = ask(next);
            running.spawn(async move { (index, answer.await) });
        }
        let Some(joined) = running.join_next().await else {
            return;
        };
        // A panicked task leaves its slot empty, which is a failure.
        let Ok((index, answer)) = joined else {
            failures += 1;
            continue;
        };
        match answer.as_ref().map_err(|failure| failure.kind) {
            Ok(_) | Err(FailureKind::NoData) => {}
            Err(FailureKind::Refused { .. }) => failures = 3,
            Err(FailureKind::Failed | FailureKind::Rejected) => failures += 1,
        }
        if let Some(slot) = slots.get_mut(index) {
            *slot = Some(answer);
        }
    }
}

#[cfg(test)]
mod tests;
