//! Trip c, outgoing messages: claim → POST → settle, at the sender's pace, a bounded number at once.

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
    DeliveryKind, SendOutcome, Settlement, SkipReason, Treatment, backoff_ms,
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

/// A claimed delivery, whose phone was entered among those under way as it was claimed.
type Begun = (Claimed, Entered);

impl App {
    /// Sends whenever there is something to send, until `stop`; what is under way then is finished.
    pub async fn send_until(self: Arc<Self>, stop: Stop) {
        // At the start, and when it was woken; else a look comes first that costs next to nothing.
        let mut woken = true;
        while !stop.is_cancelled() {
            if self.call_is_owed.swap(false, Ordering::SeqCst)
                && let Err(error) = self.answer_owed(self.clock.now()).await
            {
                tracing::error!(%error, "a call could not be written; the next tick tries again");
            }
            if (woken || self.may_claim().await)
                && let Err(error) = self.send_ready(&stop).await
            {
                tracing::error!(%error, "the sender could not use the database; it tries again");
            }
            self.pulse.sender();
            woken = tokio::select! {
                () = stop.cancelled() => false,
                () = self.wake.notified() => true,
                () = tokio::time::sleep(IDLE) => false,
            }
        }
    }

    /// Whether there is something to claim, or nobody knows.
    async fn may_claim(&self) -> bool {
        let claimable = self.store.is_anything_claimable(self.clock.now()).await;
        claimable.unwrap_or(true)
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
                        self.begin(claimed, &mut under_way);
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
            // A request that hangs must not keep others from being sent that fell due since.
            let wait = wait.unwrap_or(IDLE);
            match tokio::time::timeout(wait, under_way.join_next()).await {
                Ok(first) => done.extend(first.and_then(Result::ok).flatten()),
                Err(_) => empty = empty && !self.may_claim().await,
            }
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
    ) -> Result<Result<Vec<Begun>, StoreError>, StoreError> {
        let settles = !done.is_empty();
        if settles {
            crash::point("before-settle");
        }
        let claimed = if take == 0 {
            self.record(done, stop).await?;
            Ok(Vec::new())
        } else {
            let now = self.clock.now();
            let in_flight = Arc::clone(&self.in_flight);
            let enter = move |one: &Claimed| in_flight.enter(&one.phone);
            let claimed = self
                .store
                .settle_and_claim(done.clone(), now, take, enter)
                .await;
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

    /// Sends what was claimed.
    fn begin(self: &Arc<Self>, claimed: Vec<Begun>, under_way: &mut JoinSet<Option<Settlement>>) {
        for (one, entered) in claimed {
            self.spend(one.segments);
            let app = Arc::clone(self);
            if one.kind == DeliveryKind::Call {
                // It waits for its turn: a STOP meanwhile must not wait for it.
                drop(entered);
                under_way.spawn(async move { app.call_in_turn(one).await });
            } else {
                under_way.spawn(async move { Some(app.attempt(one, entered).await) });
            }
        }
    }

    /// Calls when it is its turn, if it is still wanted then.
    async fn call_in_turn(&self, call: Claimed) -> Option<Settlement> {
        self.wait_to_call().await;
        // Entered before the question is asked: a STOP that comes between the two waits for us.
        let entered = self.in_flight.enter(&call.phone);
        let now = self.clock.now();
        match self.store.still_wanted(vec![call.id]).await {
            Ok(wanted) if wanted.contains(&call.id) => Some(self.attempt(call, entered).await),
            Ok(_) => {
                let (id, attempt) = (call.id, call.attempt);
                let released = self.store.release(id, attempt, SkipReason::Stopped, now);
                if let Err(error) = released.await {
                    tracing::error!(delivery = %id, %error, "could not record that a stopped phone was not called");
                }
                None
            }
            // Nothing was sent: the row may go back.
            Err(_) => {
                let again = SendOutcome::Retry {
                    code: None,
                    slow_down: false,
                };
                Some(self.settlement(&call, again))
            }
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

    /// One try, while the phone is entered among those under way.
    async fn attempt(&self, claimed: Claimed, _entered: Entered) -> Settlement {
        let is_call = claimed.kind == DeliveryKind::Call;
        let now = self.clock.now();
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
        self.settlement(&claimed, outcome)
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
