//! All sending on hold because the carrier refuses our sender or account: told to everybody, and kept across restarts.

use jiff::Timestamp;

use super::App;
use crate::domain::delivery::{SendOutcome, Treatment};
use crate::store::{Store, StoreError};

/// All sending has stopped, because the carrier says that the sender or the account is at fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hold {
    /// The carrier's error code.
    pub code: u32,
    /// Since when.
    pub since: Timestamp,
    /// How often it was probed.
    pub probes: u32,
    /// When one may be tried, by the clock that never jumps.
    pub(super) probe_at_ms: i64,
}

impl Hold {
    /// The hold that a daemon wrote down, if sending is on hold; to be asked beside a running daemon, too.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn stored(store: &Store) -> Result<Option<Self>, StoreError> {
        Ok(store.meta(KEY).await?.and_then(|text| Self::read(&text)))
    }

    fn read(text: &str) -> Option<Self> {
        let mut parts = text.split(' ');
        Some(Self {
            code: parts.next()?.parse().ok()?,
            since: parts.next()?.parse().ok()?,
            probes: parts.next()?.parse().ok()?,
            probe_at_ms: 0,
        })
    }

    fn written(self) -> String {
        format!("{} {} {}", self.code, self.since, self.probes)
    }
}

impl App {
    /// Whether sending is on hold.
    #[must_use]
    pub fn hold(&self) -> Option<Hold> {
        self.sender.lock().ok()?.hold()
    }

    /// Goes on holding what the process before held: one text tries whether the carrier takes messages again.
    ///
    /// # Errors
    /// [`StoreError`] when the database does not answer.
    pub async fn recall_hold(&self) -> Result<(), StoreError> {
        let Some(hold) = Hold::stored(&self.store).await? else {
            return Ok(());
        };
        tracing::error!(
            code = hold.code,
            "the carrier refused our sender or account before the restart: one text tries whether it still does"
        );
        let probe_at_ms = self.clock.monotonic_ms();
        if let Ok(mut sender) = self.sender.lock() {
            sender.set_hold(Hold {
                probe_at_ms,
                ..hold
            });
        }
        Ok(())
    }

    /// Learns from an attempt how fast to send, and whether at all.
    pub(super) async fn learn(&self, outcome: &SendOutcome) {
        let (now, now_ms) = (self.clock.now(), self.clock.monotonic_ms());
        let Ok((before, after)) = self.sender.lock().map(|mut sender| {
            let before = sender.hold();
            sender.learn(outcome, now, now_ms);
            (before, sender.hold())
        }) else {
            return;
        };
        if before == after {
            return;
        }
        let text = after.map(Hold::written).unwrap_or_default();
        if let Err(error) = self.store.set_meta(KEY, &text).await {
            tracing::error!(%error, "could not write down whether sending is on hold");
        }
    }

    /// A callback said that the sender or the account is at fault: the same as if the create call had been refused.
    pub(super) async fn hold_all(&self, code: u32) {
        // Callbacks of a whole burst say it at once: one hold is enough.
        if self.hold().is_none() {
            let refused = SendOutcome::Rejected {
                code,
                treatment: Treatment::HoldAll,
            };
            self.learn(&refused).await;
        }
    }
}

const KEY: &str = "hold";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hold_reads_back_and_nothing_is_no_hold() {
        let hold = Hold {
            code: 20003,
            since: Timestamp::UNIX_EPOCH,
            probes: 3,
            probe_at_ms: 0,
        };
        assert_eq!(Hold::read(&hold.written()), Some(hold));
        for text in ["", "20003", "x 1970-01-01T00:00:00Z 0"] {
            assert_eq!(Hold::read(text), None);
        }
    }
}
