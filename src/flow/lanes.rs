//! What the sender shares with its lanes, each of which sends one text after the other: what is claimed and waits for a lane, and how
//! sends went that are not written down yet. A lane takes the next text itself; the sender is woken once for many.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use super::in_flight::Entered;
use crate::domain::delivery::Settlement;
use crate::store::Claimed;

/// A claimed delivery, whose phone was entered among those under way as it was claimed.
pub(super) struct Begun {
    pub(super) claimed: Claimed,
    pub(super) entered: Entered,
    /// When, by the clock that never goes back.
    pub(super) at_ms: i64,
}

/// Outcomes that are written down together at most, unless more came meanwhile.
const BATCH: usize = 64;

/// Shared by the sender and its lanes.
#[derive(Default)]
pub(super) struct Lanes {
    state: Mutex<State>,
    /// Rings when the sender has something to do.
    pub(super) bell: Notify,
}

#[derive(Default)]
struct State {
    ready: VecDeque<Begun>,
    done: Vec<Settlement>,
    open: usize,
    most: usize,
    low: usize,
}

/// How it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Counts {
    /// Lanes that send.
    pub(super) open: usize,
    /// Texts that wait for one.
    pub(super) ready: usize,
    /// Outcomes to be written down.
    pub(super) done: usize,
    /// Whether so few texts wait that more should be claimed.
    pub(super) is_low: bool,
}

impl Counts {
    /// Whether nothing is left.
    pub(super) const fn is_over(&self) -> bool {
        self.open == 0 && self.ready == 0 && self.done == 0
    }

    /// Whether outcomes are to be written down without waiting for more.
    pub(super) const fn is_batch(&self) -> bool {
        self.done >= BATCH || self.done > 0 && self.open == 0
    }
}

impl Lanes {
    /// How it stands, where so many lanes may be open and so many texts wait for them.
    pub(super) fn counts(&self, (most, reserve): (usize, usize)) -> Counts {
        let mut state = self.lock();
        (state.most, state.low) = (most, reserve / 2);
        Counts {
            open: state.open,
            ready: state.ready.len(),
            done: state.done.len(),
            is_low: state.ready.len() <= state.low,
        }
    }

    /// Texts for the lanes; gives a seat for each lane that is to be opened, with its first text.
    pub(super) fn put(self: &Arc<Self>, begun: Vec<Begun>) -> Vec<(Seat, Begun)> {
        let mut state = self.lock();
        state.ready.extend(begun);
        let more = state.most.saturating_sub(state.open);
        let more = more.min(state.ready.len());
        state.open += more;
        let first = state.ready.drain(..more);
        first.map(|one| (Seat(Arc::clone(self)), one)).collect()
    }

    /// How sends went since this was asked last.
    pub(super) fn take_done(&self) -> Vec<Settlement> {
        std::mem::take(&mut self.lock().done)
    }

    /// What waits, not to be sent now.
    pub(super) fn take_ready(&self) -> VecDeque<Begun> {
        std::mem::take(&mut self.lock().ready)
    }

    /// Outcomes of what was never sent.
    pub(super) fn add_done(&self, done: impl IntoIterator<Item = Settlement>) {
        self.lock().done.extend(done);
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The right to send, one text at a time; dropped, the lane is closed.
pub(super) struct Seat(Arc<Lanes>);

impl Seat {
    /// The next text, after how the one before went; `None` when the lane is to be closed.
    pub(super) fn next(&self, went: Option<Settlement>) -> Option<Begun> {
        let mut state = self.0.lock();
        let mut rings = false;
        if let Some(settlement) = went {
            state.done.push(settlement);
            rings = state.done.len() == 1 || state.done.len() == BATCH;
        }
        let next = if state.open > state.most {
            None
        } else {
            state.ready.pop_front()
        };
        rings |= next.is_some() && state.ready.len() == state.low;
        drop(state);
        if rings {
            self.0.bell.notify_one();
        }
        next
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut state = self.0.lock();
        state.open -= 1;
        let rings = state.open == 0 || !state.ready.is_empty();
        drop(state);
        if rings {
            self.0.bell.notify_one();
        }
    }
}
