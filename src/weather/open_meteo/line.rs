//! The line in front of Open-Meteo: who waits while a request runs is asked for together with the others in the next one.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use tokio::sync::oneshot;

use crate::weather::PLACES_A_REQUEST;
use crate::weather::provider::{Ask, Failure, Got, Limits};

/// The questions in line.
#[derive(Debug, Default)]
pub(super) struct Line(Mutex<VecDeque<Waiting>>);

/// One question, and where its answer goes.
#[derive(Debug)]
pub(super) struct Waiting {
    pub(super) ask: Ask,
    pub(super) limits: Limits,
    answer: oneshot::Sender<Result<Got, Failure>>,
}

impl Waiting {
    pub(super) fn answer(self, answer: Result<Got, Failure>) {
        // Whoever stopped waiting is not told.
        let _ = self.answer.send(answer);
    }
}

impl Line {
    /// Puts all of them in line at once.
    pub(super) fn join(
        &self,
        asks: &[Ask],
        limits: Limits,
    ) -> Vec<oneshot::Receiver<Result<Got, Failure>>> {
        let mut line = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let join = |ask: &Ask| {
            let (answer, receiver) = oneshot::channel();
            line.push_back(Waiting {
                ask: ask.clone(),
                limits,
                answer,
            });
            receiver
        };
        asks.iter().map(join).collect()
    }

    /// The next request's places, first come first served: all with a known height or all without one, since `elevation` is
    /// given for all places of a request or for none.
    pub(super) fn next_group(&self) -> Vec<Waiting> {
        let mut line = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        line.retain(|waiting| !waiting.answer.is_closed());
        let has_height = |waiting: &Waiting| waiting.ask.spot.elevation_m.is_some();
        let Some(height) = line.front().map(has_height) else {
            return Vec::new();
        };
        let mut group = Vec::new();
        let mut others = VecDeque::new();
        for waiting in line.drain(..) {
            if group.len() < PLACES_A_REQUEST && has_height(&waiting) == height {
                group.push(waiting);
            } else {
                others.push_back(waiting);
            }
        }
        *line = others;
        group
    }
}
