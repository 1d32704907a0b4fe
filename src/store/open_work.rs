//! What is open, and which of the carrier's messages are accounted for.

use jiff::Timestamp;
use rusqlite::params;

use super::sqlite::values::at;
use super::{Store, StoreError};
use crate::domain::delivery::DeliveryId;
use crate::domain::phone::PhoneNumber;

/// What there is to be done: who is due, and deliveries that are not over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OpenWork {
    /// When somebody is due next.
    pub next_due_at: Option<Timestamp>,
    /// Some wait to be sent.
    pub waiting: bool,
    /// Some are owed until the weather is back.
    pub owed: bool,
    /// Some are being tried, or were when a process died.
    pub attempting: bool,
    /// Some are held as unclear.
    pub unclear: bool,
    /// Some were accepted and have no receipt.
    pub unreported: bool,
}

impl OpenWork {
    /// Whether somebody is due at that time.
    #[must_use]
    pub fn is_due(self, at: Timestamp) -> bool {
        self.next_due_at.is_some_and(|due| due <= at)
    }

    /// Whether anything is open but for receipts.
    #[must_use]
    pub const fn is_unfinished(self) -> bool {
        self.waiting || self.owed || self.attempting || self.unclear
    }
}

impl Store {
    /// What is open. Each answer is the head of an index that holds nothing else.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn open_work(&self) -> Result<OpenWork, StoreError> {
        self.read(|connection| {
            Ok(connection.prepare_cached(OPEN)?.query_row([], |row| {
                Ok(OpenWork {
                    waiting: row.get(0)?,
                    owed: row.get(1)?,
                    attempting: row.get(2)?,
                    unclear: row.get(3)?,
                    unreported: row.get(4)?,
                    next_due_at: row.get::<_, Option<i64>>(5)?.and_then(at),
                })
            })?)
        })
        .await
    }

    /// Whether a delivery waits, is under way, is unclear or is owed.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn is_unfinished(&self) -> Result<bool, StoreError> {
        Ok(self.open_work().await?.is_unfinished())
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

// Left to itself, SQLite reads all texts that are kept instead of the first of these indexes.
pub(super) const OPEN: &str = "SELECT
    EXISTS (SELECT 1 FROM deliveries INDEXED BY deliveries_expiring WHERE status = 'pending' AND body IS NOT NULL),
    EXISTS (SELECT 1 FROM deliveries INDEXED BY deliveries_owed WHERE status = 'pending' AND body IS NULL),
    EXISTS (SELECT 1 FROM deliveries INDEXED BY deliveries_attempting WHERE status = 'attempting'),
    EXISTS (SELECT 1 FROM deliveries INDEXED BY deliveries_unclear WHERE status = 'unclear'),
    EXISTS (SELECT 1 FROM deliveries INDEXED BY deliveries_unreported WHERE status = 'accepted'),
    (SELECT min(next_due_at) FROM subscriptions WHERE live = 1)";

pub(super) const SIDS: &str = "
SELECT sid FROM deliveries WHERE phone = ?1 AND id <> ?2 AND sid IS NOT NULL ORDER BY id DESC LIMIT 200";
