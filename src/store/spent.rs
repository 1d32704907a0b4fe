//! What was spent: segments that went out since an instant.

use jiff::Timestamp;
use rusqlite::params;

use super::sqlite::values::{count, ms};
use super::tallies::{self, What};
use super::{Store, StoreError};
use crate::domain::delivery::{DeliveryKind, DeliveryStatus};

/// Segments that went out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Spent {
    /// All of them, an answer counting as one.
    pub segments: u64,
    /// Daily texts among them, as messages.
    pub mornings: u64,
    /// Subscriptions that may still want one.
    pub subscribed: u64,
}

impl Store {
    /// What went out, or may have, since `since`.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn spent_since(&self, since: Timestamp) -> Result<Spent, StoreError> {
        self.read(move |connection| {
            let mut spent = Spent::default();
            for one in tallies::between(connection, since, Timestamp::MAX)? {
                match one.what {
                    What::Delivery {
                        status: DeliveryStatus::Pending | DeliveryStatus::Skipped,
                        ..
                    }
                    | What::InboundCall => {}
                    What::Delivery { kind, .. } => {
                        spent.segments += one.segments;
                        if kind == DeliveryKind::Daily {
                            spent.mornings += one.count;
                        }
                    }
                    What::Inbound { answered, .. } if answered => spent.segments += one.count,
                    What::Inbound { .. } => {}
                }
            }
            let subscribed: i64 = connection
                .prepare_cached(SUBSCRIBED)?
                .query_row([], |row| row.get(0))?;
            spent.subscribed = u64::try_from(subscribed).unwrap_or(0);
            Ok(spent)
        })
        .await
    }
}

impl Store {
    /// Answers given since `since`, by the sender's number without its last digits.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn answered_since(
        &self,
        since: Timestamp,
        last_digits: usize,
    ) -> Result<Vec<(String, u64)>, StoreError> {
        self.read(move |connection| {
            let rows = connection
                .prepare_cached(BY_RANGE)?
                .query_map(params![ms(since), count(last_digits)], |row| {
                    let answers: i64 = row.get(1)?;
                    Ok((row.get(0)?, u64::try_from(answers).unwrap_or(0)))
                })?
                .collect::<Result<_, _>>()?;
            Ok(rows)
        })
        .await
    }
}

pub(super) const BY_RANGE: &str = "
SELECT substr(phone, 1, length(phone) - ?2), count(*) FROM inbound_texts
WHERE received_at >= ?1 AND reply IS NOT NULL AND phone IS NOT NULL GROUP BY 1 ORDER BY 2 DESC";

const SUBSCRIBED: &str = "SELECT count(*) FROM subscriptions WHERE live = 1";
