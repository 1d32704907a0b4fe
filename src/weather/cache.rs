//! The cache: forecasts by cell, bounded, and which of them the database has not seen yet.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};

use super::cell::Cell;
use super::provider::{Got, Known, Validators, covers};
use crate::domain::forecast::Forecast;

/// About 18 KB each; the oldest goes first.
const CAPACITY: usize = 2000;
/// Beyond this nobody is given a forecast.
pub(super) const USABLE: SignedDuration = SignedDuration::from_hours(6);

/// What was fetched, by cell.
#[derive(Debug, Default)]
pub(super) struct Cache(Mutex<HashMap<Cell, Entry>>);

#[derive(Debug)]
struct Entry {
    forecast: Arc<Forecast>,
    fetched_at: Timestamp,
    validators: Option<Validators>,
    saved: bool,
}

impl Cache {
    /// The forecast, if it was fetched at most `limit` ago.
    pub(super) fn fresh(
        &self,
        cell: Cell,
        limit: SignedDuration,
        now: Timestamp,
    ) -> Option<Arc<Forecast>> {
        let entries = self.entries();
        let entry = entries.get(&cell)?;
        (age(entry.fetched_at, now) <= limit && covers(&entry.forecast, now))
            .then(|| Arc::clone(&entry.forecast))
    }

    /// What a provider may be asked to confirm instead of sending it again.
    pub(super) fn known(&self, cell: Cell, now: Timestamp) -> Option<Known> {
        let entries = self.entries();
        let entry = entries.get(&cell)?;
        let validators = entry.validators.clone()?;
        covers(&entry.forecast, now).then(|| Known {
            forecast: Arc::clone(&entry.forecast),
            validators,
        })
    }

    /// Keeps what came.
    pub(super) fn keep(&self, cell: Cell, got: &Got, now: Timestamp) {
        let entry = Entry {
            forecast: Arc::clone(&got.forecast),
            fetched_at: now,
            validators: got.validators.clone(),
            saved: false,
        };
        self.insert(cell, entry, now);
    }

    /// Takes in what the database kept, unless something newer is here.
    pub(super) fn warm(&self, cell: Cell, forecast: Forecast, fetched_at: Timestamp) {
        let newer = self
            .entries()
            .get(&cell)
            .is_some_and(|entry| entry.fetched_at >= fetched_at);
        if !newer {
            let entry = Entry {
                forecast: Arc::new(forecast),
                fetched_at,
                validators: None,
                saved: true,
            };
            self.insert(cell, entry, fetched_at);
        }
    }

    /// What came since the last call.
    pub(super) fn take_unsaved(&self) -> Vec<(Cell, Arc<Forecast>, Timestamp)> {
        self.entries()
            .iter_mut()
            .filter_map(|(cell, entry)| {
                let saved = std::mem::replace(&mut entry.saved, true);
                (!saved).then(|| (*cell, Arc::clone(&entry.forecast), entry.fetched_at))
            })
            .collect()
    }

    fn insert(&self, cell: Cell, entry: Entry, now: Timestamp) {
        let mut entries = self.entries();
        if entries.len() >= CAPACITY && !entries.contains_key(&cell) {
            entries.retain(|_, entry| age(entry.fetched_at, now) <= USABLE);
            while entries.len() >= CAPACITY {
                let oldest = entries.iter().min_by_key(|(_, entry)| entry.fetched_at);
                let Some(oldest) = oldest.map(|(cell, _)| *cell) else {
                    break;
                };
                entries.remove(&oldest);
            }
        }
        entries.insert(cell, entry);
    }

    fn entries(&self) -> MutexGuard<'_, HashMap<Cell, Entry>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Either way: after the clock was set back, a copy "from the future" is as old as it is ahead.
fn age(fetched_at: Timestamp, now: Timestamp) -> SignedDuration {
    now.duration_since(fetched_at).abs()
}

#[cfg(test)]
mod tests;
