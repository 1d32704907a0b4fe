//! What the sender remembers: its pace, how many at once, whether all is on hold.

use jiff::Timestamp;

use crate::domain::delivery::{SendOutcome, Treatment};
use crate::domain::pace::Pace;
use crate::flow::hold::Hold;

/// What the sender remembers between two messages. Nothing here is needed after a restart.
#[derive(Debug)]
pub(in crate::flow) struct Sender {
    pub(in crate::flow) pace: Pace,
    /// How many may be under way now; halved when the carrier asks, growing again by one a success.
    limit: usize,
    most: usize,
    /// How many are claimed before a lane is free for them, so that no lane waits for the database.
    reserve: usize,
    /// When outcomes were written down last.
    settled_ms: i64,
    hold: Option<Hold>,
}

impl Sender {
    pub(in crate::flow) const fn new(pace: Pace, most: usize) -> Self {
        Self {
            pace,
            limit: most,
            most,
            reserve: most,
            settled_ms: 0,
            hold: None,
        }
    }

    /// How many may be claimed now, or how many milliseconds to wait. While held, one at a time may probe.
    pub(super) fn room(&mut self, under_way: usize, now_ms: i64) -> Result<usize, u64> {
        if let Some(hold) = self.hold {
            return match (now_ms >= hold.probe_at_ms, under_way) {
                (true, 0) => Ok(1),
                (true, _) => Ok(0),
                (false, _) => Err(u64::try_from(hold.probe_at_ms - now_ms).unwrap_or(1)),
            };
        }
        let most = self.limit + self.reserve.min(self.limit * 4);
        Ok(self.pace.ready(now_ms)?.min(most.saturating_sub(under_way)))
    }

    /// How many may be under way now, and be claimed beyond.
    pub(super) fn lanes(&self) -> (usize, usize) {
        (self.limit, self.reserve.min(self.limit * 4))
    }

    /// Learns how fast it goes: what is claimed beyond is sent within some milliseconds, few or many.
    pub(super) fn settled(&mut self, outcomes: usize, now_ms: i64) {
        let took_ms = usize::try_from(now_ms - self.settled_ms)
            .unwrap_or_default()
            .max(1);
        self.settled_ms = now_ms;
        let wanted = (outcomes * AHEAD_MS / took_ms).clamp(1, RESERVE);
        self.reserve = (self.reserve * 3 + wanted)
            .div_ceil(4)
            .max(self.limit.min(RESERVE));
    }

    pub(in crate::flow) const fn hold(&self) -> Option<Hold> {
        self.hold
    }

    pub(in crate::flow) const fn set_hold(&mut self, hold: Hold) {
        self.hold = Some(hold);
    }

    pub(in crate::flow) fn learn(&mut self, outcome: &SendOutcome, now: Timestamp, now_ms: i64) {
        match outcome {
            SendOutcome::Accepted { .. } => {
                if let Some(hold) = self.hold.take() {
                    tracing::info!(code = hold.code, "the carrier takes messages again");
                }
                self.limit = (self.limit + 1).min(self.most);
            }
            SendOutcome::Retry {
                slow_down: true, ..
            } => self.limit = (self.limit / 2).max(1),
            SendOutcome::Rejected {
                code,
                treatment: Treatment::HoldAll,
            } => {
                let (since, probes) = self
                    .hold
                    .map_or((now, 0), |hold| (hold.since, hold.probes + 1));
                let wait_ms = (PROBE_MS << probes.min(4)).min(PROBE_MOST_MS);
                self.hold = Some(Hold {
                    code: *code,
                    since,
                    probes,
                    probe_at_ms: now_ms + wait_ms,
                });
                tracing::error!(
                    code,
                    "the carrier refuses our sender or account: all sending is on hold; `weatherline check` tells what to do"
                );
            }
            _ => {}
        }
    }
}

/// Texts that are claimed before a lane is free for them, at most: as many are unclear after a crash.
const RESERVE: usize = 128;
/// For so long they last.
const AHEAD_MS: usize = 40;
pub(super) const PROBE_MS: i64 = 60_000;
const PROBE_MOST_MS: i64 = 900_000;

#[cfg(test)]
mod tests;
