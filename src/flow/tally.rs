//! What happened since the start, counted for monitoring. No phone, no text and nothing else from outside stands in it.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::SignedDuration;

use crate::domain::cost::Billed;
use crate::domain::delivery::{DeliveryKind, SendOutcome};
use crate::domain::latency::Latency;

/// Counts what happens.
#[derive(Debug, Default)]
pub struct Tally(Mutex<Counts>);

/// What was counted until now.
#[derive(Debug, Clone, Default)]
pub struct Counts {
    /// Texts that came in, by what became of them.
    pub texts: BTreeMap<&'static str, u64>,
    /// Steps of calls that were answered, by what was said.
    pub call_steps: BTreeMap<&'static str, u64>,
    /// Attempts to send, by how they ended: `accepted`, `retry`, `rejected`, `unknown`.
    pub sends: BTreeMap<&'static str, u64>,
    /// Segments that the carrier took.
    pub segments: u64,
    /// Segments of answers to texts.
    pub answered_segments: u64,
    /// Segments of texts that came in.
    pub segments_in: u64,
    /// Calls of ours that the carrier took.
    pub calls_out: u64,
    /// Calls that came in.
    pub calls_in: u64,
    /// How long the carrier took to answer a request to send.
    pub carrier_took: Latency,
    /// Signs of life to somebody else's machine that got through.
    pub pings: u64,
    /// Those that did not.
    pub pings_failed: u64,
    /// How long after it was due the carrier took a delivery, by kind.
    pub lateness: BTreeMap<&'static str, Lateness>,
    /// Webhooks without a right signature.
    pub webhooks_refused: u64,
    /// Wrong passwords at the operator's listener.
    pub passwords_refused: u64,
}

impl Counts {
    /// What the carrier bills of it.
    #[must_use]
    pub const fn billed(&self) -> Billed {
        Billed {
            segments_out: self.segments + self.answered_segments,
            segments_in: self.segments_in,
            calls_out: self.calls_out,
            calls_in: self.calls_in,
        }
    }
}

/// A histogram over [`Lateness::BOUNDS_S`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Lateness {
    /// How many up to each bound and above the one before it; the last is everything beyond.
    pub buckets: [u64; Self::BOUNDS_S.len() + 1],
    /// All seconds together.
    pub sum_s: u64,
}

impl Lateness {
    /// From "at once" to the default of `delivery.lateness_minutes`, seconds.
    pub const BOUNDS_S: [u64; 10] = [1, 5, 15, 60, 300, 900, 1_800, 3_600, 7_200, 10_800];

    fn add(&mut self, seconds: u64) {
        let bucket = Self::BOUNDS_S.iter().position(|bound| seconds <= *bound);
        self.buckets[bucket.unwrap_or(Self::BOUNDS_S.len())] += 1;
        self.sum_s = self.sum_s.saturating_add(seconds);
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.buckets.iter().sum()
    }
}

impl Tally {
    /// What was counted until now.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.lock().clone()
    }

    /// A text came in, and this became of it.
    pub fn text(&self, outcome: &'static str) {
        *self.lock().texts.entry(outcome).or_default() += 1;
    }

    /// A step of a call was answered.
    pub fn call_step(&self, outcome: &'static str) {
        *self.lock().call_steps.entry(outcome).or_default() += 1;
    }

    /// A text of so many segments came in, which is billed whatever becomes of it.
    pub fn received(&self, segments: usize) {
        self.lock().segments_in += u64::try_from(segments).unwrap_or_default();
    }

    /// A call came in.
    pub(super) fn called(&self) {
        self.lock().calls_in += 1;
    }

    /// A text was answered with so many segments.
    pub(super) fn answered(&self, segments: usize) {
        self.lock().answered_segments += u64::try_from(segments).unwrap_or_default();
    }

    /// The carrier answered a request to send, or its time was over.
    pub(super) fn carrier_took(&self, took_ms: i64) {
        let took_ms = u64::try_from(took_ms).unwrap_or_default();
        self.lock().carrier_took.add(took_ms);
    }

    /// A sign of life was given, and heard or not.
    pub fn ping(&self, heard: bool) {
        let mut counts = self.lock();
        if heard {
            counts.pings += 1;
        } else {
            counts.pings_failed += 1;
        }
    }

    /// A webhook was not genuine.
    pub fn webhook_refused(&self) {
        self.lock().webhooks_refused += 1;
    }

    /// A password was wrong.
    pub fn password_refused(&self) {
        self.lock().passwords_refused += 1;
    }

    pub(super) fn send(
        &self,
        kind: DeliveryKind,
        segments: usize,
        outcome: &SendOutcome,
        late: SignedDuration,
    ) {
        let mut counts = self.lock();
        let name = match outcome {
            SendOutcome::Accepted { .. } => "accepted",
            SendOutcome::Retry { .. } => "retry",
            SendOutcome::Rejected { .. } => "rejected",
            SendOutcome::Unknown => "unknown",
        };
        *counts.sends.entry(name).or_default() += 1;
        if matches!(outcome, SendOutcome::Accepted { .. }) {
            // A call has no segments to pay for.
            if kind == DeliveryKind::Call {
                counts.calls_out += 1;
            } else {
                counts.segments += u64::try_from(segments).unwrap_or_default();
            }
            let late_s = u64::try_from(late.as_secs()).unwrap_or_default();
            counts.lateness.entry(kind.name()).or_default().add(late_s);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Counts> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_carrier_takes_counts_with_its_lateness() {
        let tally = Tally::default();
        let accepted = SendOutcome::Accepted { sid: "SM1".into() };
        for late_s in [-3, 0, 1, 2, 100_000] {
            let late = SignedDuration::from_secs(late_s);
            tally.send(DeliveryKind::Daily, 2, &accepted, late);
        }
        tally.send(
            DeliveryKind::Daily,
            1,
            &SendOutcome::Unknown,
            SignedDuration::ZERO,
        );
        let counts = tally.counts();
        assert_eq!(counts.segments, 10);
        assert_eq!(counts.sends["accepted"], 5);
        assert_eq!(counts.sends["unknown"], 1);
        let lateness = counts.lateness["daily"];
        assert_eq!(lateness.buckets, [3, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
        assert_eq!((lateness.count(), lateness.sum_s), (5, 100_003));
    }
}
