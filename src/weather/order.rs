//! The order of asking: one provider after the other, each within its time, until every spot has its forecast.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;

use super::breaker::Breaker;
use super::provider::{Ask, Failure, FailureKind, Got, Limits, Provider, Slot, covers};
use super::{Freshness, ProviderName, WeatherError};
use crate::domain::latency::Latency;
use crate::net::Stopwatch;

/// All providers together, for somebody who waits, milliseconds.
const TOTAL_MS: u64 = 7_500;
/// What is kept for each provider still to be asked.
const LEAST_MS: u64 = 1_200;
/// Nobody waits for a batch of fifty places, and it takes longer to make (docs/wire.md#open-meteo-answers).
const BATCH_FACTOR: u64 = 3;

/// The providers in the order in which they are asked.
#[derive(Debug)]
pub(super) struct Order {
    sources: Vec<Source>,
    timeout_ms: u64,
}

#[derive(Debug)]
struct Source {
    provider: Provider,
    breaker: Breaker,
    counts: [AtomicU64; OUTCOMES.len()],
    latency: Mutex<Latency>,
}

/// What comes of asking a provider for one place.
const OUTCOMES: [&str; 4] = ["ok", "no_data", "refused", "failed"];

impl Order {
    pub(super) fn new(providers: Vec<Provider>, timeout_ms: u64) -> Self {
        let mut sources: Vec<Source> = providers
            .into_iter()
            .map(|provider| Source {
                provider,
                breaker: Breaker::default(),
                counts: Default::default(),
                latency: Mutex::default(),
            })
            .collect();
        // A country's own service knows its country best: it is asked first where it has weather at all.
        sources.sort_by_key(|source| source.provider.name() != ProviderName::Nws);
        Self {
            sources,
            timeout_ms,
        }
    }

    /// How many places each provider was asked for, by what came of it.
    pub(super) fn counts(&self) -> Vec<(ProviderName, &'static str, u64)> {
        let of = |source: &Source| {
            let name = source.provider.name();
            let counts = source.counts.each_ref().map(|n| n.load(Ordering::Relaxed));
            OUTCOMES
                .into_iter()
                .zip(counts)
                .map(move |(outcome, count)| (name, outcome, count))
        };
        self.sources.iter().flat_map(of).collect()
    }

    /// How long each provider took to answer.
    pub(super) fn latencies(&self) -> Vec<(ProviderName, Latency)> {
        let of = |source: &Source| (source.provider.name(), *source.latency());
        self.sources.iter().map(of).collect()
    }

    /// An answer for each ask, in their order.
    pub(super) async fn ask(
        &self,
        asks: &[Ask],
        freshness: Freshness,
        now: Timestamp,
    ) -> Vec<Result<Got, WeatherError>> {
        let usable: Vec<&Source> = self
            .sources
            .iter()
            .filter(|source| source.breaker.pause(now).is_none())
            .filter(|source| asks.iter().any(|ask| source.provider.covers(&ask.spot)))
            .collect();
        // `Down` until a provider says otherwise; `NoData` only when every provider asked said so.
        let mut answers: Vec<Option<Result<Got, WeatherError>>> = vec![None; asks.len()];
        let budgets = budgets(self.timeout_ms, usable.len(), freshness);
        for (source, budget_ms) in usable.into_iter().zip(budgets) {
            let open: Vec<usize> = (0..asks.len())
                .filter(|&i| !matches!(answers[i], Some(Ok(_))))
                .filter(|&i| source.provider.covers(&asks[i].spot))
                .collect();
            let group: Vec<Ask> = open.iter().map(|&i| asks[i].clone()).collect();
            let limits = Limits {
                now,
                timeout_ms: budget_ms,
            };
            for (i, slot) in open.into_iter().zip(source.ask(&group, limits).await) {
                let no_data_so_far = matches!(answers[i], None | Some(Err(WeatherError::NoData)));
                answers[i] = Some(slot.map_err(|failure| match failure.kind {
                    FailureKind::NoData if no_data_so_far => WeatherError::NoData,
                    _ => WeatherError::Down,
                }));
            }
        }
        answers
            .into_iter()
            .map(|answer| answer.unwrap_or(Err(WeatherError::Down)))
            .collect()
    }
}

impl Source {
    async fn ask(&self, asks: &[Ask], limits: Limits) -> Vec<Result<Got, Failure>> {
        let mut slots: Vec<Slot> = asks.iter().map(|_| None).collect();
        if !asks.is_empty() {
            let budget = Duration::from_millis(limits.timeout_ms);
            let asking = self.provider.ask(asks, limits, &mut slots);
            // What came before the deadline counts; an empty slot says that it did not.
            let watch = Stopwatch::start();
            let _ = tokio::time::timeout(budget, asking).await;
            self.latency().add(watch.elapsed_ms());
        }
        let answers: Vec<_> = slots
            .into_iter()
            .map(|slot| match slot {
                Some(Ok(got)) if !covers(&got.forecast, limits.now) => {
                    Err(Failure::failed("its forecast is not for this time"))
                }
                Some(answer) => answer,
                None => Err(Failure::failed("no answer in time")),
            })
            .collect();
        self.note(asks, &answers, limits.now);
        answers
    }

    fn latency(&self) -> MutexGuard<'_, Latency> {
        self.latency.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells the breaker and, once for all asks, the log.
    fn note(&self, asks: &[Ask], answers: &[Result<Got, Failure>], now: Timestamp) {
        for answer in answers {
            let outcome = match answer.as_ref().map_err(|failure| &failure.kind) {
                Ok(_) => 0,
                Err(FailureKind::NoData) => 1,
                Err(FailureKind::Refused { .. }) => 2,
                Err(FailureKind::Rejected | FailureKind::Failed) => 3,
            };
            self.counts[outcome].fetch_add(1, Ordering::Relaxed);
        }
        let failures = || {
            let pairs = asks.iter().zip(answers);
            pairs.filter_map(|(ask, answer)| Some((ask, answer.as_ref().err()?)))
        };
        let until = failures()
            .filter_map(|(_, failure)| match failure.kind {
                FailureKind::Refused { until } => Some(until),
                _ => None,
            })
            .max();
        let works = answers.iter().any(|answer| match answer {
            Ok(_) => true,
            Err(failure) => failure.kind == FailureKind::NoData,
        });
        let pause = match until {
            Some(until) => {
                self.breaker.refused(until);
                Some(until)
            }
            None if works || answers.is_empty() => {
                self.breaker.succeeded();
                None
            }
            None => self.breaker.failed(now),
        };
        let real = |failure: &Failure| failure.kind != FailureKind::NoData;
        // One line however many places failed: they mostly fail together.
        if let Some((ask, failure)) = failures().find(|(_, failure)| real(failure)) {
            tracing::warn!(
                provider = %self.provider.name(), cell = %ask.cell, why = %failure.why,
                failed = failures().filter(|(_, failure)| real(failure)).count(), asked = asks.len(),
                paused_until = pause.map(tracing::field::display),
                "a weather service gave no forecast"
            );
        } else if let Some((ask, failure)) = failures().next() {
            tracing::info!(
                provider = %self.provider.name(), cell = %ask.cell, why = %failure.why,
                "a weather service has no weather there"
            );
        }
    }
}

/// How long each of so many providers may take: its own limit, and what leaves the later ones a chance within the total.
fn budgets(timeout_ms: u64, providers: usize, freshness: Freshness) -> Vec<u64> {
    if freshness == Freshness::Batch {
        return vec![timeout_ms.saturating_mul(BATCH_FACTOR); providers];
    }
    let mut left_ms = TOTAL_MS;
    let mut later = u64::try_from(providers).unwrap_or(u64::MAX);
    let mut budgets = Vec::with_capacity(providers);
    for _ in 0..providers {
        later = later.saturating_sub(1);
        let budget_ms = timeout_ms.min(left_ms.saturating_sub(later.saturating_mul(LEAST_MS)));
        left_ms = left_ms.saturating_sub(budget_ms);
        budgets.push(budget_ms);
    }
    budgets
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_providers_together_stay_under_eight_seconds() {
        assert_eq!(budgets(4000, 1, Freshness::Answer), [4000]);
        assert_eq!(budgets(4000, 2, Freshness::Answer), [4000, 3500]);
        assert_eq!(budgets(4000, 3, Freshness::Answer), [4000, 2300, 1200]);
        assert_eq!(budgets(60_000, 2, Freshness::Answer), [6300, 1200]);
        assert_eq!(budgets(1000, 2, Freshness::Answer), [1000, 1000]);
        assert_eq!(budgets(4000, 2, Freshness::Batch), [12_000, 12_000]);
    }
}
