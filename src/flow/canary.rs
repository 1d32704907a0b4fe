//! Looks at the canary: the operator's phone whose daily text proves the whole way.

use jiff::{SignedDuration, Timestamp};

use super::App;
use crate::domain::canary::{Canary, Sighting, proving};
use crate::domain::delivery::DeliveryKind;
use crate::domain::phone::PhoneNumber;
use crate::store::{DeliveryFilter, Store, StoreError};

/// What a phone's daily text proves now, where each has `patience` to arrive.
///
/// # Errors
/// [`StoreError`] when the database does not answer.
pub async fn look(
    store: &Store,
    phone: &PhoneNumber,
    patience: SignedDuration,
    now: Timestamp,
) -> Result<Canary, StoreError> {
    let known = store.subscriber(phone).await?;
    let daily: Vec<_> = known.iter().flat_map(proving).collect();
    let next = daily.iter().filter_map(|one| one.next).map(|slot| slot.at);
    let next = next.min();
    let filter = DeliveryFilter {
        phone: Some(phone.clone()),
        kind: Some(DeliveryKind::Daily),
        limit: LAST,
        ..DeliveryFilter::default()
    };
    let rows = store.deliveries(filter).await?;
    let last: Vec<_> = rows
        .iter()
        .filter(|row| daily.iter().any(|one| one.id == row.subscription))
        .map(|row| Sighting {
            due_at: row.due_at,
            status: row.status,
            at: row.updated_at,
        })
        .collect();
    Ok(Canary::judge(next, &last, patience, now))
}

/// Enough for a few subscriptions over a few days.
const LAST: usize = 20;

impl App {
    /// What the canary proves now; `None` where none is watched.
    ///
    /// # Errors
    /// [`StoreError`] when the database does not answer.
    pub async fn canary(&self) -> Result<Option<Canary>, StoreError> {
        let Some(phone) = &self.settings.canary else {
            return Ok(None);
        };
        let found = look(&self.store, phone, self.lateness(), self.clock.now()).await?;
        Ok(Some(found))
    }
}
