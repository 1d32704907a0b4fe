//! Fetches under way: whoever asks for a cell that is already being fetched waits for that answer.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

use super::WeatherError;
use super::cell::Cell;
use crate::domain::forecast::Forecast;

/// How a fetch ended.
pub(super) type Outcome = Result<Arc<Forecast>, WeatherError>;

/// The cells being fetched now.
#[derive(Debug, Default)]
pub(super) struct Flights(Mutex<HashMap<Cell, watch::Receiver<Option<Outcome>>>>);

/// What boarding gives: a place in somebody's fetch, or the duty to fetch.
pub(super) enum Boarding {
    /// It is in already.
    Arrived(Arc<Forecast>),
    /// Somebody fetches it.
    Aboard(Waiter),
    /// The caller fetches it, and tells the others.
    Pilot(Flight, Waiter),
}

impl Flights {
    /// Joins the fetch of a cell or opens one. `arrived` looks into the cache under the same lock, so that a fetch which has
    /// just landed is not repeated.
    pub(super) fn board(
        self: &Arc<Self>,
        cell: Cell,
        arrived: impl FnOnce() -> Option<Arc<Forecast>>,
    ) -> Boarding {
        let mut flights = self.flights();
        if let Some(receiver) = flights.get(&cell) {
            return Boarding::Aboard(Waiter(receiver.clone()));
        }
        if let Some(forecast) = arrived() {
            return Boarding::Arrived(forecast);
        }
        let (sender, receiver) = watch::channel(None);
        flights.insert(cell, receiver.clone());
        let flight = Flight {
            cell,
            sender,
            all: Arc::clone(self),
        };
        Boarding::Pilot(flight, Waiter(receiver))
    }

    fn flights(&self) -> MutexGuard<'_, HashMap<Cell, watch::Receiver<Option<Outcome>>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An open fetch. Dropped without landing (a panic, a cancelled task), it tells the waiting that there is nothing.
pub(super) struct Flight {
    cell: Cell,
    sender: watch::Sender<Option<Outcome>>,
    all: Arc<Flights>,
}

impl Flight {
    /// Tells everybody who waits; the cache has the forecast already.
    pub(super) fn land(self, outcome: Outcome) {
        self.sender.send_replace(Some(outcome));
    }
}

impl Drop for Flight {
    fn drop(&mut self) {
        self.all.flights().remove(&self.cell);
    }
}

/// A place in a fetch.
pub(super) struct Waiter(watch::Receiver<Option<Outcome>>);

impl Waiter {
    /// Waits for the landing.
    pub(super) async fn outcome(mut self) -> Outcome {
        match self.0.wait_for(Option::is_some).await {
            Ok(outcome) => outcome.clone().unwrap_or(Err(WeatherError::Down)),
            Err(_) => Err(WeatherError::Down),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::place::Coordinates;
    use crate::weather::Spot;

    fn cell() -> Cell {
        Cell::of(&Spot {
            coordinates: Coordinates::new(45.0, 5.0).unwrap(),
            elevation_m: None,
            country: None,
        })
    }

    #[tokio::test]
    async fn one_flies_and_the_others_wait_for_it() {
        let flights = Arc::new(Flights::default());
        let Boarding::Pilot(flight, own) = flights.board(cell(), || None) else {
            panic!("nobody flew before")
        };
        let Boarding::Aboard(other) = flights.board(cell(), || None) else {
            panic!("somebody flies")
        };
        flight.land(Err(WeatherError::NoData));
        assert_eq!(own.outcome().await, Err(WeatherError::NoData));
        assert_eq!(other.outcome().await, Err(WeatherError::NoData));
        assert!(matches!(
            flights.board(cell(), || None),
            Boarding::Pilot(..)
        ));
    }

    #[tokio::test]
    async fn a_crash_is_told() {
        let flights = Arc::new(Flights::default());
        let Boarding::Pilot(flight, own) = flights.board(cell(), || None) else {
            panic!("nobody flew before")
        };
        drop(flight);
        assert_eq!(own.outcome().await, Err(WeatherError::Down));
    }
}
