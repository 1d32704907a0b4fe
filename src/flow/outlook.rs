//! How sending stands: what is on hold, what waits and how long that takes, what is unclear or unknown.

use jiff::{SignedDuration, Timestamp};

use super::App;
use crate::domain::delivery::DeliveryStatus;
use crate::store::StoreError;

/// How sending stands. Counts are of deliveries made within a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outlook {
    /// The carrier's code for which all sending is on hold.
    pub held_for: Option<u32>,
    /// Texts that wait in the outbox.
    pub waiting: u64,
    /// How long they take at the sender's pace, a segment each, in seconds.
    pub takes_s: u64,
    /// Held until the carrier tells what became of them.
    pub unclear: u64,
    /// Nobody could tell.
    pub unknown: u64,
}

impl App {
    /// How sending stands now.
    ///
    /// # Errors
    /// [`StoreError`] when the database does not answer.
    pub async fn outlook(&self) -> Result<Outlook, StoreError> {
        let since = self
            .clock
            .now()
            .saturating_sub(DAY)
            .unwrap_or(Timestamp::MIN);
        let counts = self.store.counts(since).await?;
        let of =
            |status: DeliveryStatus| counts.iter().find(|(s, _)| *s == status).map_or(0, |c| c.1);
        let waiting = of(DeliveryStatus::Pending);
        Ok(Outlook {
            held_for: self.hold().map(|hold| hold.code),
            waiting,
            takes_s: self.seconds_to_send(waiting),
            unclear: of(DeliveryStatus::Unclear),
            unknown: of(DeliveryStatus::Unknown),
        })
    }
}

impl std::fmt::Display for Outlook {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(code) = self.held_for {
            write!(
                f,
                "on hold since Twilio refused our sender or account ({code}), "
            )?;
        }
        let Self {
            waiting,
            takes_s,
            unclear,
            unknown,
            ..
        } = self;
        write!(
            f,
            "{waiting} waiting ({takes_s} s at the sender's pace), {unclear} unclear, {unknown} unknown"
        )
    }
}

const DAY: SignedDuration = SignedDuration::from_hours(24);
