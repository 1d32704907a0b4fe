//! Moving a clock that is not the world's: every due instant on the way is lived through, as if time had passed.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use tokio_util::sync::CancellationToken;

use super::App;
use crate::store::StoreError;

impl App {
    /// Moves the clock forward to `to`, ticking and sending at every instant at which something falls due, and every
    /// quarter of an hour while something is unfinished. Does nothing to the system's clock, and never moves back.
    ///
    /// # Errors
    /// [`StoreError`] when the database does not answer; the clock stands where it got to.
    pub async fn travel(
        self: &Arc<Self>,
        to: Timestamp,
        stop: &CancellationToken,
    ) -> Result<(), StoreError> {
        while self.clock.now() < to && !stop.is_cancelled() {
            let now = self.clock.now();
            // Who waits for the weather is due already: a minute later there is another tick.
            let soon = now.saturating_add(TICK).unwrap_or(to);
            let open = self.store.open_work().await?;
            let due = open
                .next_due_at
                .map(|due| if due > now { due } else { soon });
            let check = if open.is_unfinished() {
                now.saturating_add(CHECK).ok()
            } else {
                None
            };
            let next = due.into_iter().chain(check).min().unwrap_or(to).min(to);
            self.clock.set(next);
            self.live(stop).await?;
        }
        Ok(())
    }

    /// One tick, and everything that is ready is sent.
    ///
    /// # Errors
    /// [`StoreError`] when the database does not answer.
    pub async fn live(self: &Arc<Self>, stop: &CancellationToken) -> Result<(), StoreError> {
        if self.tick().await?.ready {
            self.send_ready(stop).await?;
        }
        Ok(())
    }
}

const TICK: SignedDuration = SignedDuration::from_mins(1);
const CHECK: SignedDuration = SignedDuration::from_mins(15);
