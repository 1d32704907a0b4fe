//! Calls of ours: putting one into the outbox, and what is read when it is answered.

use jiff::Timestamp;
use rusqlite::OptionalExtension;

use super::sqlite::deliveries::{self, New, What};
use super::sqlite::json::AskJson;
use super::sqlite::values::Columns;
use super::{Store, StoreError};
use crate::domain::decision::FollowUp;
use crate::domain::delivery::{DedupKey, DeliveryId, DeliveryKind};
use crate::domain::phone::PhoneNumber;
use crate::domain::subscriber::{Channel, SubscriptionId};

/// What is read when a call of ours is answered.
#[derive(Clone, PartialEq)]
pub struct SpokenDelivery {
    /// Whom we call.
    pub phone: PhoneNumber,
    /// What is read.
    pub body: String,
    /// Of which subscription, where it is a daily call.
    pub subscription: Option<SubscriptionId>,
    /// What was asked for, where it was asked for.
    pub ask: Option<FollowUp>,
}

impl Store {
    /// Puts a call into the outbox, once for each key; it is written when the weather is in. Gives its row.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn enqueue_call(
        &self,
        key: DedupKey,
        phone: &PhoneNumber,
        ask: FollowUp,
        now: Timestamp,
    ) -> Result<DeliveryId, StoreError> {
        let phone = phone.clone();
        self.write(move |connection| {
            if let Some(known) = deliveries::by_key(connection, &key)? {
                return Ok(known);
            }
            let id = deliveries::next_id(connection, now)?;
            let new = New {
                key: &key,
                kind: DeliveryKind::Call,
                phone: &phone,
                subscription: None,
                local_date: None,
                what: What::Owe(&ask),
                due_at: now,
            };
            deliveries::insert(connection, id, &new, false, now)?;
            Ok(id)
        })
        .await
    }

    /// What a call of ours reads; `None` when there is no such call, or its words are gone.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn spoken_delivery(
        &self,
        id: DeliveryId,
    ) -> Result<Option<SpokenDelivery>, StoreError> {
        self.read(move |connection| {
            let found = connection
                .prepare_cached(SPOKEN)?
                .query_row([id.0], read_spoken)
                .optional()?;
            Ok(found)
        })
        .await
    }
}

pub(super) const SPOKEN: &str = "SELECT phone, body, subscription_id, ask FROM deliveries
     WHERE id = ?1 AND kind = 'call' AND phone IS NOT NULL AND body IS NOT NULL";

fn read_spoken(row: &rusqlite::Row<'_>) -> rusqlite::Result<SpokenDelivery> {
    let mut columns = Columns::of(row);
    let phone = columns.phone()?;
    let body = columns.raw()?;
    let subscription = columns.raw::<Option<i64>>()?.map(SubscriptionId);
    let ask = columns.json_or_null::<AskJson>()?;
    Ok(SpokenDelivery {
        phone,
        body,
        subscription,
        ask: ask.and_then(|ask| ask.ask(Channel::Call)),
    })
}
