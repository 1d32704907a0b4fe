//! Trip c, outgoing messages: claim → POST → settle, at the sender's pace, a bounded number at once.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken as Stop;

use super::App;
use super::hold::Hold;
use super::in_flight::Entered;
use crate::crash;
use crate::domain::delivery::{
    DeliveryId, DeliveryKind, SendOutcome, Settlement, SkipReason, Treatment, backoff_ms,
};
use crate::domain::pace::Pace;
use crate::store::{Claimed, StoreError};

/// What the sender remembers between two messages. Nothing here is needed after a restart.
#[derive(Debug)]
pub(super) struct Sender {
    pace: Pace,
    /// How many may be under way now; halved when the carrier asks, growing again by one a success.
    limit: usize,
    most: usize,
    hold: Option<Hold>,
}

impl Sender {
    pub(super) const fn new(pace: Pace, most: usize) -> Self {
        Self {
            pace,
            limit: most,
            most,
            hold: None,
        }
    }

    /// How many may be claimed now, or how many milliseconds to wait. While held, one at a time may probe.
    fn room(&mut self, under_way: usize, now_ms: i64) -> Result<usize, u64> {
        if let Some(hold) = self.hold {
            return match (now_ms >= hold.probe_at_ms, under_way) {
                (true, 0) => Ok(1),
                (true, _) => Ok(0),
                (false, _) => Err(u64::try_from(hold.probe_at_ms - now_ms).unwrap_or(1)),
            };
        }
        Ok(self
            .pace
            .ready(now_ms)?
            .min(self.limit.saturating_sub(under_way)))
    }

    pub(super) const fn hold(&self) -> Option<Hold> {
        self.hold
    }

    pub(super) const fn set_hold(&mut self, hold: Hold) {
        self.hold = Some(hold);
    }

    pub(super) fn learn(&mut self, outcome: &SendOutcome, now: Timestamp, now_ms: i64) {
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

impl App {
    /// Sends whenever there is something to send, until `stop`; what is under way then is finished.
    pub async fn send_until(self: Arc<Self>, stop: Stop) {
        while !stop.is_cancelled() {
            if self.call_is_owed.swap(false, Ordering::SeqCst)
                && let Err(error) = self.answer_owed(self.clock.now()).await
            {
                tracing::error!(%error, "a call could not be written; the next tick tries again");
            }
            if let Err(error) = self.send_ready(&stop).await {
                tracing::error!(%error, "the sender could not use the database; it tries again");
            }
            self.pulse.sender();
            tokio::select! {
                () = stop.cancelled() => {}
                () = self.wake.notified() => {}
                () = tokio::time::sleep(IDLE) => {}
            }
        }
    }

    /// Sends all that is ready now, at the sender's pace, and returns how many attempts were made.
    ///
    /// # Errors
    /// [`StoreError`] when the database does not answer; attempts that it could not record are unclear then.
    pub async fn send_ready(self: &Arc<Self>, stop: &Stop) -> Result<usize, StoreError> {
        let mut under_way: JoinSet<Option<Settlement>> = JoinSet::new();
        let mut done = Vec::new();
        let (mut attempts, mut empty, mut refused) = (0, false, None);
        loop {
            let room = if empty || stop.is_cancelled() {
                Ok(0)
            } else {
                self.room(under_way.len())
            };
            let take = *room.as_ref().unwrap_or(&0);
            if take > 0 || !done.is_empty() {
                match self.turn(std::mem::take(&mut done), take, stop).await? {
                    Ok(claimed) => {
                        empty = take > 0 && claimed.is_empty();
                        attempts += claimed.len();
                        self.begin(claimed, &mut under_way).await;
                    }
                    // What is under way is finished all the same: a request that is cut off is unclear.
                    Err(error) => (empty, refused) = (true, Some(error)),
                }
            }
            let wait = match room {
                Ok(_) => None,
                // On hold and nothing under way: the loop around us comes back.
                Err(wait) if under_way.is_empty() && wait > LONG_WAIT_MS => return Ok(attempts),
                Err(wait) => Some(Duration::from_millis(wait)),
            };
            if under_way.is_empty() {
                let Some(wait) = wait else {
                    return refused.map_or(Ok(attempts), Err);
                };
                tokio::time::sleep(wait).await;
                continue;
            }
            let first = match wait {
                Some(wait) => tokio::time::timeout(wait, under_way.join_next())
                    .await
                    .ok()
                    .flatten(),
                None => under_way.join_next().await,
            };
            done.extend(first.and_then(Result::ok).flatten());
            while let Some(more) = under_way.try_join_next() {
                done.extend(more.ok().flatten());
            }
        }
    }

    /// Writes down what came back and claims up to `take` more, in one transaction. The inner error: nothing was claimed.
    async fn turn(
        &self,
        done: Vec<Settlement>,
        take: usize,
        stop: &Stop,
    ) -> Result<Result<Vec<Claimed>, StoreError>, StoreError> {
        let settles = !done.is_empty();
        if settles {
            crash::point("before-settle");
        }
        let claimed = if take == 0 {
            self.record(done, stop).await?;
            Ok(Vec::new())
        } else {
            let now = self.clock.now();
            let claimed = self.store.settle_and_claim(done.clone(), now, take).await;
            if claimed.is_err() && settles {
                self.record(done, stop).await?;
            }
            claimed
        };
        if settles {
            crash::point("after-settle");
        }
        if take > 0 {
            crash::point("after-claim");
        }
        self.pulse.sender();
        Ok(claimed)
    }

    /// Sends what was claimed, but for what is no longer wanted.
    async fn begin(
        self: &Arc<Self>,
        claimed: Vec<Claimed>,
        under_way: &mut JoinSet<Option<Settlement>>,
    ) {
        let is_call = |one: &Claimed| one.kind == DeliveryKind::Call;
        let (calls, texts): (Vec<_>, Vec<_>) = claimed.into_iter().partition(is_call);
        for call in calls {
            self.spend(call.segments);
            let app = Arc::clone(self);
            under_way.spawn(async move {
                app.wait_to_call().await;
                let entered = app.in_flight.enter(&call.phone);
                let wanted = app.store.still_wanted(vec![call.id]).await;
                app.attempt(call, entered, wanted.as_ref()).await
            });
        }
        if texts.is_empty() {
            return;
        }
        // Entered before the question is asked: a STOP that comes between the two waits for us.
        let entered: Vec<_> = texts
            .iter()
            .map(|one| self.in_flight.enter(&one.phone))
            .collect();
        let ids = texts.iter().map(|one| one.id).collect();
        let wanted = Arc::new(self.store.still_wanted(ids).await);
        for (one, entered) in texts.into_iter().zip(entered) {
            self.spend(one.segments);
            let (app, wanted) = (Arc::clone(self), Arc::clone(&wanted));
            under_way
                .spawn(async move { app.attempt(one, entered, wanted.as_ref().as_ref()).await });
        }
    }

    /// Writes down how attempts went. While the database cannot be written, that waits, and no new attempt begins: an
    /// outcome that is forgotten would have to be asked for.
    async fn record(&self, done: Vec<Settlement>, stop: &Stop) -> Result<(), StoreError> {
        loop {
            let written = self.store.settle(done.clone(), self.clock.now()).await;
            let Err(error @ (StoreError::Busy | StoreError::Full | StoreError::ReadOnly)) = written
            else {
                return written;
            };
            if stop.is_cancelled() {
                return Err(error);
            }
            tracing::error!(%error, outcomes = done.len(), "how sends went could not be written down; it is tried again");
            self.pulse.sender();
            tokio::select! {
                () = stop.cancelled() => {}
                () = tokio::time::sleep(IDLE) => {}
            }
        }
    }

    /// How many seconds `segments` take at the sender's pace.
    #[must_use]
    pub fn seconds_to_send(&self, segments: u64) -> u64 {
        self.sender
            .lock()
            .map_or(0, |sender| sender.pace.seconds_for(segments))
    }

    /// One try. `wanted` was asked after `_entered` was.
    async fn attempt(
        &self,
        claimed: Claimed,
        _entered: Entered,
        wanted: Result<&HashSet<DeliveryId>, &StoreError>,
    ) -> Option<Settlement> {
        let is_call = claimed.kind == DeliveryKind::Call;
        let now = self.clock.now();
        match wanted.map(|wanted| wanted.contains(&claimed.id)) {
            Ok(true) => {}
            Ok(false) => {
                if let Err(error) = self
                    .store
                    .release(claimed.id, claimed.attempt, SkipReason::Stopped, now)
                    .await
                {
                    tracing::error!(delivery = %claimed.id, %error, "could not record that a stopped phone was not texted");
                }
                return None;
            }
            // Nothing was sent: the row may go back.
            Err(_) => {
                return Some(self.settlement(
                    &claimed,
                    SendOutcome::Retry {
                        code: None,
                        slow_down: false,
                    },
                ));
            }
        }
        let validity_s = claimed
            .expires_at
            .duration_since(now)
            .as_secs()
            .clamp(1, 36_000);
        crash::point("before-post");
        let began_ms = self.clock.monotonic_ms();
        let outcome = if is_call {
            self.place_call(&claimed).await
        } else {
            let validity_s = u32::try_from(validity_s).unwrap_or(1);
            let (phone, body) = (&claimed.phone, &claimed.body);
            self.carrier
                .send_text(phone, body, claimed.id, validity_s)
                .await
        };
        crash::point("after-post");
        let took_ms = self.clock.monotonic_ms() - began_ms;
        self.tally.carrier_took(took_ms);
        self.learn(&outcome).await;
        if !is_call && matches!(outcome, SendOutcome::Accepted { .. } | SendOutcome::Unknown) {
            self.spend_budget(claimed.segments, claimed.kind == DeliveryKind::Daily, now);
        }
        log(&claimed, &outcome);
        let late = self.clock.now().duration_since(claimed.due_at);
        self.tally
            .send(claimed.kind, claimed.segments, &outcome, late);
        Some(self.settlement(&claimed, outcome))
    }

    fn settlement(&self, claimed: &Claimed, outcome: SendOutcome) -> Settlement {
        let wait_ms = match &outcome {
            SendOutcome::Rejected {
                treatment: Treatment::HoldAll,
                ..
            } => PROBE_MS,
            _ => backoff_ms(claimed.attempt, rand::random()),
        };
        let retry_at = self
            .clock
            .now()
            .saturating_add(SignedDuration::from_millis(wait_ms))
            .unwrap_or(Timestamp::MAX);
        Settlement {
            delivery: claimed.id,
            attempt: claimed.attempt,
            outcome,
            retry_at,
        }
    }

    fn room(&self, under_way: usize) -> Result<usize, u64> {
        let now_ms = self.clock.monotonic_ms();
        self.sender
            .lock()
            .map_or(Ok(1), |mut sender| sender.room(under_way, now_ms))
    }

    fn spend(&self, segments: usize) {
        if let Ok(mut sender) = self.sender.lock() {
            sender.pace.spend(segments);
        }
    }
}

fn log(claimed: &Claimed, outcome: &SendOutcome) {
    let (delivery, attempt) = (claimed.id, claimed.attempt);
    match outcome {
        SendOutcome::Accepted { .. } => {
            tracing::debug!(%delivery, attempt, "the carrier took a message")
        }
        SendOutcome::Retry { code, .. } => {
            tracing::warn!(%delivery, attempt, code, "not accepted yet; it is tried again")
        }
        SendOutcome::Rejected { code, .. } => {
            tracing::warn!(%delivery, attempt, code, "the carrier refuses the message")
        }
        SendOutcome::Unknown => {
            tracing::warn!(%delivery, attempt, "no clear answer to a send; it is held until the carrier tells what became of it");
        }
    }
}

const IDLE: Duration = Duration::from_secs(1);
const LONG_WAIT_MS: u64 = 5_000;
const PROBE_MS: i64 = 60_000;
const PROBE_MOST_MS: i64 = 900_000;

#[cfg(test)]
mod tests;
