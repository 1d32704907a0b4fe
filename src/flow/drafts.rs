//! Texts of a morning on their way to the sender, which writes them down as it claims them: one transaction, where making a row that
//! waits and claiming it would be two. What the sender does not take at once is written down as waiting.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::Notify;
use tokio::task::JoinSet;

use super::App;
use crate::store::{Plan, StoreError};

/// Offered by the daily job, taken by the sender. Nothing here is needed after a restart: its subscriptions are still due then.
#[derive(Default)]
pub(super) struct Drafts {
    waiting: Mutex<VecDeque<Plan>>,
    /// The sender took some.
    taken: Notify,
    is_open: AtomicBool,
    /// Pages that are not offered, after one that the sender was too slow for.
    sit_out: AtomicUsize,
}

/// While it lives, somebody takes what is offered.
pub(super) struct Taker<'a>(&'a Drafts);

impl Drop for Taker<'_> {
    fn drop(&mut self) {
        self.0.is_open.store(false, Ordering::SeqCst);
    }
}

impl Drafts {
    /// Somebody takes what is offered, from now on.
    pub(super) fn open(&self) -> Taker<'_> {
        self.is_open.store(true, Ordering::SeqCst);
        Taker(self)
    }

    /// Whether a page is worth offering.
    pub(super) fn is_wanted(&self) -> bool {
        let pass = |pages: usize| pages.checked_sub(1);
        self.is_open.load(Ordering::SeqCst)
            && self
                .sit_out
                .fetch_update(Ordering::SeqCst, Ordering::SeqCst, pass)
                .is_err()
    }

    /// Offers a page.
    pub(super) fn offer(&self, plans: Vec<Plan>) {
        self.lock().extend(plans);
    }

    /// Waits until at most `most` are left, which stay; or gives all back when the sender takes none for a moment.
    pub(super) async fn drain(&self, most: usize) -> Vec<Plan> {
        loop {
            let taken = self.taken.notified();
            if self.lock().len() <= most {
                return Vec::new();
            }
            if tokio::time::timeout(STALL, taken).await.is_err() {
                self.sit_out.store(SIT_OUT, Ordering::SeqCst);
                return self.take(usize::MAX);
            }
        }
    }

    /// Whether none wait.
    pub(super) fn is_empty(&self) -> bool {
        self.lock().is_empty()
    }

    /// The first of them, for good.
    pub(super) fn take(&self, most: usize) -> Vec<Plan> {
        let mut waiting = self.lock();
        let most = most.min(waiting.len());
        let taken = waiting.drain(..most).collect();
        drop(waiting);
        if most > 0 {
            self.taken.notify_one();
        }
        taken
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<Plan>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl App {
    /// Writes a page down: through a sender that sends at once, all but the last `ahead`, which it takes meanwhile; else a few rows at
    /// a time, as texts that come in wait for the writer, too. While none do, the writer commits them together.
    pub(super) async fn write(
        &self,
        plans: Vec<Plan>,
        now: Timestamp,
        ahead: usize,
    ) -> Result<(), StoreError> {
        self.drafts.offer(plans);
        let is_wanted = self.settings.segments_per_second <= 0.0 && self.drafts.is_wanted();
        let mut plans = if is_wanted {
            self.wake.notify_one();
            self.drafts.drain(ahead).await
        } else {
            self.drafts.take(usize::MAX)
        };
        let mut writes = JoinSet::new();
        while !plans.is_empty() {
            let rest = plans.split_off(plans.len().min(AT_ONCE));
            let store = self.store.clone();
            writes.spawn(async move { store.plan(plans, now).await });
            plans = rest;
        }
        let mut all = Ok(());
        while let Some(written) = writes.join_next().await {
            let lost = || Err(StoreError::Other("a page's write was lost".to_owned()));
            all = all.and(written.unwrap_or_else(|_| lost()).map(|_| ()));
        }
        all
    }
}

/// So many drafts wait for the sender while the next page is made.
pub(super) const AHEAD: usize = 250;
/// Rows of one transaction: a few milliseconds of the writer.
const AT_ONCE: usize = 100;
/// How long a sender that sends at once may take none.
const STALL: Duration = Duration::from_millis(25);
const SIT_OUT: usize = 9;
