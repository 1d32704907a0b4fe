//! Trip c, outgoing messages: claim → POST → settle, at the sender's pace, a bounded number at once.

mod sender;

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken as Stop;

use self::sender::PROBE_MS;
pub(super) use self::sender::Sender;
use super::App;
use super::in_flight::Entered;
use super::lanes::{Begun, Lanes, Seat};
use crate::crash;
use crate::domain::delivery::{
    DeliveryKind, SendOutcome, Settlement, SkipReason, Treatment, backoff_ms,
};
use crate::store::{Claimed, StoreError};

impl App {
    /// Sends whenever there is something to send, until `stop`; what is under way then is finished.
    pub async fn send_until(self: Arc<Self>, stop: Stop) {
        // At the start, and when it was woken; else a look comes first that costs next to nothing.
        let mut woken = true;
        let _taker = self.drafts.open();
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
        let (lanes, mut tasks) = (Arc::<Lanes>::default(), JoinSet::new());
        let (mut attempts, mut empty, mut refused, mut lingered) = (0, false, None, false);
        loop {
            while tasks.try_join_next().is_some() {}
            if stop.is_cancelled() || self.hold().is_some() {
                self.give_back(&lanes);
            }
            let counts = lanes.counts(self.lanes());
            let room = if empty || stop.is_cancelled() {
                Ok(0)
            } else {
                self.room(counts.open + counts.ready)
            };
            let take = room.as_ref().map_or(0, |room| *room);
            let (claims, settles) = (take > 0 && counts.is_low, counts.is_batch() || lingered);
            if claims || settles {
                let take = if claims { take } else { 0 };
                match self.turn(lanes.take_done(), take, stop).await? {
                    Ok(claimed) => {
                        empty = empty || claims && claimed.is_empty();
                        attempts += claimed.len();
                        self.begin(claimed, &lanes, &mut tasks);
                    }
                    // What is under way is finished all the same: a request that is cut off is unclear.
                    Err(error) => (empty, refused) = (true, Some(error)),
                }
            }
            let counts = lanes.counts(self.lanes());
            if counts.is_over() {
                match room {
                    // On hold: the loop around us comes back.
                    Err(wait) if wait > LONG_WAIT_MS => return Ok(attempts),
                    Err(wait) => tokio::time::sleep(Duration::from_millis(wait)).await,
                    Ok(_) => return refused.map_or(Ok(attempts), Err),
                }
                continue;
            }
            // A request that hangs must not keep others from being sent that fell due since.
            let wait = room.err().map_or(IDLE, Duration::from_millis);
            let wait = if counts.done > 0 {
                LINGER.min(wait)
            } else {
                wait
            };
            let (waited, woken) = tokio::select! {
                () = lanes.bell.notified() => (false, false),
                () = self.wake.notified(), if empty => (false, true),
                () = tokio::time::sleep(wait) => (true, false),
            };
            lingered = waited && counts.done > 0;
            if empty && refused.is_none() && (woken || waited && !lingered) {
                // A look that costs next to nothing; whoever only looks gives no sign of life.
                empty = self.drafts.is_empty() && !self.may_claim().await;
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
            self.settled(done.len());
            crash::point("before-settle");
        }
        let claimed = if take == 0 {
            self.record(done, stop).await?;
            Ok(Vec::new())
        } else {
            let now = self.clock.now();
            let in_flight = Arc::clone(&self.in_flight);
            let enter = move |one: &Claimed| in_flight.enter(&one.phone);
            let at_ms = self.clock.monotonic_ms();
            let drafts = self.drafts.take(take);
            let claimed = self
                .store
                .settle_and_claim(done.clone(), drafts, now, take, enter)
                .await;
            if claimed.is_err() && settles {
                self.record(done, stop).await?;
            }
            let begun = |(claimed, entered)| Begun {
                claimed,
                entered,
                at_ms,
            };
            claimed.map(|all| all.into_iter().map(begun).collect())
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

    /// Hands what was claimed to the lanes, and opens as many as are missing.
    fn begin(self: &Arc<Self>, claimed: Vec<Begun>, lanes: &Arc<Lanes>, tasks: &mut JoinSet<()>) {
        for one in &claimed {
            self.spend(one.claimed.segments);
        }
        for (seat, first) in lanes.put(claimed) {
            tasks.spawn(Arc::clone(self).send_in(seat, first));
        }
    }

    /// One lane: a text after the other.
    async fn send_in(self: Arc<Self>, seat: Seat, first: Begun) {
        let mut next = Some(first);
        while let Some(begun) = next {
            let went = self.send(begun).await;
            next = seat.next(went);
        }
    }

    async fn send(&self, begun: Begun) -> Option<Settlement> {
        let Begun {
            claimed,
            entered,
            at_ms,
        } = begun;
        if claimed.kind == DeliveryKind::Call {
            // It waits for its turn: a STOP meanwhile must not wait for it.
            drop(entered);
            self.wait_to_call().await;
        } else if self.clock.monotonic_ms() - at_ms < FRESH_MS {
            return Some(self.attempt(claimed, entered).await);
        }
        self.send_if_wanted(claimed).await
    }

    /// Sends what waited a while since it was claimed, if it is still wanted.
    async fn send_if_wanted(&self, one: Claimed) -> Option<Settlement> {
        // Entered before the question is asked: a STOP that comes between the two waits for us.
        let entered = self.in_flight.enter(&one.phone);
        let now = self.clock.now();
        match self.store.still_wanted(vec![one.id]).await {
            Ok(wanted) if wanted.contains(&one.id) => Some(self.attempt(one, entered).await),
            Ok(_) => {
                let (id, attempt) = (one.id, one.attempt);
                let released = self.store.release(id, attempt, SkipReason::Stopped, now);
                if let Err(error) = released.await {
                    tracing::error!(delivery = %id, %error, "could not record that nothing was sent to a stopped phone");
                }
                None
            }
            Err(_) => Some(self.unsent(&one)),
        }
    }

    /// What is claimed and was not sent may be claimed again.
    fn give_back(&self, lanes: &Lanes) {
        let ready = lanes.take_ready();
        lanes.add_done(ready.iter().map(|begun| self.unsent(&begun.claimed)));
    }

    /// Nothing was sent: the row may go back.
    fn unsent(&self, claimed: &Claimed) -> Settlement {
        let again = SendOutcome::Retry {
            code: None,
            slow_down: false,
        };
        self.settlement(claimed, again)
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

    /// How many may be under way now, and be claimed beyond.
    fn lanes(&self) -> (usize, usize) {
        self.sender.lock().map_or((1, 0), |sender| sender.lanes())
    }

    fn settled(&self, outcomes: usize) {
        let now_ms = self.clock.monotonic_ms();
        if let Ok(mut sender) = self.sender.lock() {
            sender.settled(outcomes, now_ms);
        }
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
/// How long an outcome waits for others, to be written down with them.
const LINGER: Duration = Duration::from_millis(10);
/// For so long what was claimed may wait without being asked about again.
const FRESH_MS: i64 = 250;
const LONG_WAIT_MS: u64 = 5_000;
