//! Weather services: which are asked and in what order, what is remembered, and what is shared.
//!
//! A forecast belongs to a [`Cell`]. One that is fresh enough comes from the cache; else the providers are asked one after the
//! other, once for everybody who waits for that cell; when all fail, a copy of up to six hours serves.

mod breaker;
mod cache;
mod cell;
mod flights;
mod met_norway;
mod numbers;
mod nws;
mod open_meteo;
mod order;
mod provider;
mod settings;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use crate::domain::forecast::Forecast;
use crate::domain::latency::Latency;
use crate::domain::phone::Country;
use crate::domain::place::{Coordinates, Place};
use crate::net::Http;

use cache::{Cache, USABLE};
use flights::{Boarding, Flight, Flights, Outcome, Waiter};
use order::Order;
use provider::Ask;

pub use cell::{Cell, NotACell};
pub use settings::{ProviderName, Settings, UnknownProvider};

/// Places in one request: enough to save round trips, few enough for an answer in a few seconds.
const PLACES_A_REQUEST: usize = 50;
/// Nobody waits longer for one answer.
const PATIENCE: Duration = Duration::from_millis(7_900);

/// The weather. Cloning shares everything.
#[derive(Debug, Clone)]
pub struct Weather(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    order: Order,
    cache: Cache,
    flights: Arc<Flights>,
    hits: AtomicU64,
    misses: AtomicU64,
}

impl Weather {
    /// Stands ready to ask the configured services.
    #[must_use]
    pub fn new(settings: Settings, http: Http) -> Self {
        Self(Arc::new(Inner {
            order: Order::new(settings.providers(&http), settings.timeout_ms),
            cache: Cache::default(),
            flights: Arc::default(),
            hits: AtomicU64::new(0),
            misses: AtomicU64::new(0),
        }))
    }

    /// The forecast for a spot, within eight seconds.
    ///
    /// # Errors
    /// [`WeatherError::NoData`] when the services say that they have no weather there, else [`WeatherError::Down`].
    pub async fn forecast(
        &self,
        spot: &Spot,
        freshness: Freshness,
        now: Timestamp,
    ) -> Result<Arc<Forecast>, WeatherError> {
        let cached = self.cached(spot, freshness, now);
        self.0.count(cached.is_some());
        if let Some(forecast) = cached {
            return Ok(forecast);
        }
        let mut waiters = self.begin(&[(Cell::of(spot), *spot)], freshness, now);
        let Some((cell, waiting)) = waiters.pop() else {
            return Err(WeatherError::Down);
        };
        let outcome = tokio::time::timeout(PATIENCE, waiting.outcome()).await;
        // The fetch goes on without us; meanwhile an older copy serves.
        outcome.unwrap_or_else(|_| self.0.or_older(cell, Err(WeatherError::Down), now))
    }

    /// Forecasts for the morning's spots, in their order: many places a request, each cell once.
    pub async fn forecasts(
        &self,
        spots: &[Spot],
        now: Timestamp,
    ) -> Vec<Result<Arc<Forecast>, WeatherError>> {
        let mut outcomes: HashMap<Cell, Outcome> = HashMap::new();
        let mut missing: Vec<(Cell, Spot)> = Vec::new();
        for spot in spots {
            let cell = Cell::of(spot);
            if let std::collections::hash_map::Entry::Vacant(entry) = outcomes.entry(cell) {
                let cached = self.cached(spot, Freshness::Batch, now);
                self.0.count(cached.is_some());
                if cached.is_none() {
                    missing.push((cell, *spot));
                }
                entry.insert(cached.ok_or(WeatherError::Down));
            }
        }
        // One request after the other: the free tier runs one at a time, and a service that fails is noticed early.
        for group in missing.chunks(PLACES_A_REQUEST) {
            for (cell, waiting) in self.begin(group, Freshness::Batch, now) {
                outcomes.insert(cell, waiting.outcome().await);
            }
        }
        let outcome = |spot| outcomes.get(&Cell::of(spot)).cloned();
        let outcome = |spot| outcome(spot).unwrap_or(Err(WeatherError::Down));
        spots.iter().map(outcome).collect()
    }

    /// A forecast that needs no asking.
    #[must_use]
    pub fn cached(
        &self,
        spot: &Spot,
        freshness: Freshness,
        now: Timestamp,
    ) -> Option<Arc<Forecast>> {
        self.0.cache.fresh(Cell::of(spot), freshness.limit(), now)
    }

    /// How many places each service was asked for since the start, by what came of it: `ok`, `no_data`, `refused`, `failed`.
    #[must_use]
    pub fn counts(&self) -> Vec<(ProviderName, &'static str, u64)> {
        self.0.order.counts()
    }

    /// How long each service took to answer a request, or to a few of them for many places.
    #[must_use]
    pub fn latencies(&self) -> Vec<(ProviderName, Latency)> {
        self.0.order.latencies()
    }

    /// How often a forecast was in the cache, and how often it had to be fetched.
    #[must_use]
    pub fn cache_counts(&self) -> (u64, u64) {
        let read = |count: &AtomicU64| count.load(Ordering::Relaxed);
        (read(&self.0.hits), read(&self.0.misses))
    }

    /// What was fetched since the last call, with its time, to be kept over a restart.
    #[must_use]
    pub fn take_fresh(&self) -> Vec<(Cell, Arc<Forecast>, Timestamp)> {
        self.0.cache.take_unsaved()
    }

    /// Takes in what was kept over a restart.
    pub fn warm(&self, kept: Vec<(Cell, Forecast, Timestamp)>) {
        for (cell, forecast, fetched_at) in kept {
            self.0.cache.warm(cell, forecast, fetched_at);
        }
    }

    /// Joins the fetches of these cells, and starts one for those that nobody fetches yet. It runs on its own: whoever stops
    /// waiting takes nothing from the others.
    fn begin(
        &self,
        cells: &[(Cell, Spot)],
        freshness: Freshness,
        now: Timestamp,
    ) -> Vec<(Cell, Wait)> {
        let mut waiters = Vec::with_capacity(cells.len());
        let mut asks = Vec::new();
        let mut opened = Vec::new();
        for &(cell, spot) in cells {
            let arrived = || self.0.cache.fresh(cell, freshness.limit(), now);
            match self.0.flights.board(cell, arrived) {
                Boarding::Arrived(forecast) => waiters.push((cell, Wait::Over(forecast))),
                Boarding::Aboard(waiter) => waiters.push((cell, Wait::Open(waiter))),
                Boarding::Pilot(flight, waiter) => {
                    waiters.push((cell, Wait::Open(waiter)));
                    opened.push(flight);
                    let known = self.0.cache.known(cell, now);
                    asks.push(Ask { cell, spot, known });
                }
            }
        }
        if !asks.is_empty() {
            let inner = Arc::clone(&self.0);
            tokio::spawn(async move { inner.fetch(asks, opened, freshness, now).await });
        }
        waiters
    }
}

impl Inner {
    fn count(&self, hit: bool) {
        let count = if hit { &self.hits } else { &self.misses };
        count.fetch_add(1, Ordering::Relaxed);
    }

    async fn fetch(
        &self,
        asks: Vec<Ask>,
        flights: Vec<Flight>,
        freshness: Freshness,
        now: Timestamp,
    ) {
        let answers = self.order.ask(&asks, freshness, now).await;
        for ((ask, flight), answer) in asks.iter().zip(flights).zip(answers) {
            let outcome = answer.map(|got| {
                self.cache.keep(ask.cell, &got, now);
                got.forecast
            });
            flight.land(self.or_older(ask.cell, outcome, now));
        }
    }

    fn or_older(&self, cell: Cell, outcome: Outcome, now: Timestamp) -> Outcome {
        match outcome {
            Err(WeatherError::Down) => self
                .cache
                .fresh(cell, USABLE, now)
                .ok_or(WeatherError::Down),
            other => other,
        }
    }
}

enum Wait {
    Over(Arc<Forecast>),
    Open(Waiter),
}

impl Wait {
    async fn outcome(self) -> Outcome {
        match self {
            Self::Over(forecast) => Ok(forecast),
            Self::Open(waiter) => waiter.outcome().await,
        }
    }
}

/// Where the weather is wanted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spot {
    /// Where it is.
    pub coordinates: Coordinates,
    /// Metres above the sea, where known; temperatures are corrected to it.
    pub elevation_m: Option<i16>,
    /// Decides which services have weather there.
    pub country: Option<Country>,
}

impl From<&Place> for Spot {
    fn from(place: &Place) -> Self {
        Self {
            coordinates: place.coordinates,
            elevation_m: place.elevation_m,
            country: Some(place.country),
        }
    }
}

/// How old a forecast may be before the services are asked again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Freshness {
    /// Somebody asked: an hour.
    Answer,
    /// The morning's texts: three hours.
    Batch,
}

impl Freshness {
    const fn limit(self) -> SignedDuration {
        match self {
            Self::Answer => SignedDuration::from_hours(1),
            Self::Batch => SignedDuration::from_hours(3),
        }
    }
}

/// Why there is no forecast. The two are different answers to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WeatherError {
    /// No service answers, and no copy is recent enough.
    #[error("no weather service answers at the moment")]
    Down,
    /// The services have no weather for that spot.
    #[error("the weather services have no data for that place")]
    NoData,
}
