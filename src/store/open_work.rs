//! Whether anything is open, and which of the carrier's messages are accounted for.

use rusqlite::params;

use super::{Store, StoreError};
use crate::domain::delivery::DeliveryId;
use crate::domain::phone::PhoneNumber;

impl Store {
    /// Whether a delivery waits, is under way, is unclear or is owed.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn is_unfinished(&self) -> Result<bool, StoreError> {
        self.read(|connection| {
            Ok(connection
                .prepare_cached(UNFINISHED)?
                .query_row([], |row| row.get(0))?)
        })
        .await
    }

    /// The carrier's ids of a phone's other deliveries, the newest 200: the same words may have been sent before.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn sids_of(
        &self,
        phone: &PhoneNumber,
        other_than: DeliveryId,
    ) -> Result<Vec<String>, StoreError> {
        let phone = phone.clone();
        self.read(move |connection| {
            Ok(connection
                .prepare_cached(SIDS)?
                .query_map(params![phone.e164(), other_than.0], |row| row.get(0))?
                .collect::<Result<_, _>>()?)
        })
        .await
    }
}

const UNFINISHED: &str = "
SELECT EXISTS (SELECT 1 FROM deliveries WHERE status = 'pending' AND body IS NOT NULL)
    OR EXISTS (SELECT 1 FROM deliveries WHERE status = 'pending' AND body IS NULL)
    OR EXISTS (SELECT 1 FROM deliveries WHERE status = 'attempting')
    OR EXISTS (SELECT 1 FROM deliveries WHERE status = 'unclear')";

const SIDS: &str = "
SELECT sid FROM deliveries WHERE phone = ?1 AND id <> ?2 AND sid IS NOT NULL ORDER BY id DESC LIMIT 200";
