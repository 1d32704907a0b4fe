//! Where weather will be wanted soon: the places of what falls due, each once, without reading whole subscriptions.

use std::collections::HashSet;

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::params;

use super::sqlite::json::{PlaceJson, TripJson};
use super::sqlite::values::{at, count, ms};
use super::{Store, StoreError};
use crate::domain::place::Place;
use crate::domain::subscriber::SubscriptionId;

/// A page of what falls due.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Coming {
    /// The places of its rows, each with when the first of them is due.
    pub places: Vec<(Place, Timestamp)>,
    /// Where the next page goes on; `None` after the last one.
    pub last: Option<(Timestamp, SubscriptionId)>,
}

impl Store {
    /// The places of what falls due in `(from, to]`, of `limit` rows at most; `last`: where the page before ended, within
    /// `from`. Rows that cannot be read are left out: the day's plan tells of them.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn coming(
        &self,
        from: Timestamp,
        last: Option<SubscriptionId>,
        to: Timestamp,
        limit: usize,
    ) -> Result<Coming, StoreError> {
        let last = last.map_or(i64::MAX, |id| id.0);
        self.read(move |connection| {
            let mut coming = Coming::default();
            let mut known: HashSet<String> = HashSet::new();
            let mut statement = connection.prepare_cached(COMING)?;
            let mut rows = statement.query(params![ms(from), last, ms(to), count(limit)])?;
            let mut read = 0;
            while let Some(row) = rows.next()? {
                read += 1;
                let (due_ms, id): (i64, i64) = (row.get(0)?, row.get(1)?);
                let Some(due_at) = at(due_ms) else { continue };
                coming.last = Some((due_at, SubscriptionId(id)));
                let (text, trip) = (row.get_ref(2)?.as_str(), row.get_ref(3)?.as_str_or_null());
                let (Ok(text), Ok(trip)) = (text, trip) else {
                    continue;
                };
                // Rows come in order: the first of a place is the first that is due.
                if trip.is_none() && known.contains(text) {
                    continue;
                }
                if let Some(place) = place(row, trip.is_some()) {
                    if trip.is_none() {
                        known.insert(text.to_owned());
                    }
                    coming.places.push((place, due_at));
                }
            }
            if read < limit {
                coming.last = None;
            }
            Ok(coming)
        })
        .await
    }
}

/// Where its person is on the date that is due.
fn place(row: &rusqlite::Row<'_>, travels: bool) -> Option<Place> {
    let json = |column| row.get_ref(column).ok()?.as_str().ok();
    if travels {
        let trip = serde_json::from_str::<TripJson>(json(3)?).ok()?.trip()?;
        let date: Date = json(4)?.parse().ok()?;
        if date <= trip.until {
            return Some(trip.place);
        }
    }
    serde_json::from_str::<PlaceJson>(json(2)?).ok()?.place()
}

pub(super) const COMING: &str =
    "SELECT s.next_due_at, s.id, s.place, s.trip, s.next_date FROM subscriptions s
     WHERE s.live = 1 AND (s.next_due_at, s.id) > (?1, ?2) AND s.next_due_at <= ?3
     ORDER BY s.next_due_at, s.id LIMIT ?4";
