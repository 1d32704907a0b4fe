//! Forecasts fetched ahead of the texts that need them: each row is looked at once, when it comes within half an hour.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};

use super::App;
use crate::store::StoreError;
use crate::weather::{Cell, Freshness, Spot};

/// How long before a text is due its place is looked up.
pub(super) const AHEAD: SignedDuration = SignedDuration::from_mins(30);

/// Where forecasts will be wanted soon.
#[derive(Debug, Default)]
pub(super) struct Ahead {
    /// Until when the coming rows were looked at.
    seen_until: Option<Timestamp>,
    /// The cells that they are in, with when the first text of each is due.
    cells: HashMap<Cell, (Spot, Timestamp)>,
}

impl Ahead {
    /// From where to look on; from `now`, and with nothing in mind, after a start and where the clock jumped.
    fn go_on(&mut self, now: Timestamp, horizon: Timestamp) -> Timestamp {
        self.cells.retain(|_, (_, due_at)| *due_at >= now);
        match self.seen_until {
            Some(seen) if (now..=horizon).contains(&seen) => seen,
            _ => {
                self.cells.clear();
                now
            }
        }
    }

    fn note(&mut self, spot: Spot, due_at: Timestamp) {
        let entry = self.cells.entry(Cell::of(&spot)).or_insert((spot, due_at));
        entry.1 = entry.1.min(due_at);
    }

    /// Those whose moment has come: each cell has its own, so that neither we nor the service meet everybody's full hour.
    fn ripe(&self, now: Timestamp) -> Vec<Spot> {
        let is_ripe = |cell: &Cell, due_at: Timestamp| {
            due_at.duration_since(now).as_secs() <= i64::from(cell.lead_s())
        };
        self.cells
            .iter()
            .filter(|(cell, (_, due_at))| is_ripe(cell, *due_at))
            .map(|(_, (spot, _))| *spot)
            .collect()
    }
}

impl App {
    /// Fetches what the next half hour will need, each cell at its own minute.
    pub(super) async fn fetch_ahead(&self, now: Timestamp) -> Result<(), StoreError> {
        let horizon = now.saturating_add(AHEAD).unwrap_or(Timestamp::MAX);
        let mut ahead = self.ahead.lock().await;
        let mut after = Some((ahead.go_on(now, horizon), None));
        while let Some((from, last)) = after {
            let page = self.store.coming(from, last, horizon, PAGE).await?;
            for (place, due_at) in &page.places {
                ahead.note(Spot::from(place), *due_at);
            }
            after = page.last.map(|(at, id)| (at, Some(id)));
        }
        ahead.seen_until = Some(horizon);
        let mut spots = ahead.ripe(now);
        spots.retain(|spot| self.weather.cached(spot, Freshness::Batch, now).is_none());
        for some in spots.chunks(AT_ONCE) {
            // Only to have it in the cache: what fails now is asked again at the next tick, and when it is due.
            let _ = self.weather.forecasts(some, now).await;
            self.pulse.job();
        }
        Ok(())
    }
}

/// Rows of one read: some milliseconds of a reader.
const PAGE: usize = 5_000;
/// Two requests' worth of places, between two signs of life.
const AT_ONCE: usize = 100;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::place::Coordinates;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn spot(longitude: f64) -> Spot {
        Spot {
            coordinates: Coordinates::new(50.0, longitude).unwrap(),
            elevation_m: None,
            country: None,
        }
    }

    #[test]
    fn what_was_seen_is_not_looked_at_again_until_the_clock_jumps() {
        let mut ahead = Ahead::default();
        let (now, horizon) = (at("2026-11-22T06:00:00Z"), at("2026-11-22T06:30:00Z"));
        assert_eq!(ahead.go_on(now, horizon), now);
        ahead.seen_until = Some(horizon);
        ahead.note(spot(1.0), at("2026-11-22T06:29:00Z"));
        let next = at("2026-11-22T06:01:00Z");
        assert_eq!(ahead.go_on(next, at("2026-11-22T06:31:00Z")), horizon);
        assert_eq!(ahead.cells.len(), 1);
        let yesterday = at("2026-11-21T06:01:00Z");
        assert_eq!(
            ahead.go_on(yesterday, at("2026-11-21T06:31:00Z")),
            yesterday
        );
        assert!(ahead.cells.is_empty());
    }

    #[test]
    fn every_cell_is_ripe_once_before_it_is_due_and_gone_after() {
        let mut ahead = Ahead::default();
        let due_at = at("2026-11-22T07:00:00Z");
        for n in 0..40 {
            ahead.note(spot(f64::from(n)), due_at);
            ahead.note(spot(f64::from(n)), due_at + AHEAD);
        }
        let before = |minutes| {
            ahead
                .ripe(due_at - SignedDuration::from_mins(minutes))
                .len()
        };
        let ripe = [29, 20, 12, 5].map(before);
        assert!(ripe.is_sorted() && ripe[0] < 5 && ripe[3] == 40, "{ripe:?}");
        let late = due_at + SignedDuration::from_secs(1);
        ahead.go_on(late, late + AHEAD);
        assert!(ahead.cells.is_empty());
    }
}
