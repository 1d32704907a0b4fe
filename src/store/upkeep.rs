//! Upkeep: what the daemon remembers, whether it can write, what an operator takes back, what is let go in time.

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OptionalExtension, params};

use super::sqlite::deliveries::{self, New, What};
use super::sqlite::values::{Columns, count, ms};
use super::sqlite::{meta, subscribers, subscriptions};
use super::{Store, StoreError, inbound};
use crate::domain::delivery::{DedupKey, DeliveryId, DeliveryKind, SkipReason};
use crate::domain::phone::PhoneNumber;
use crate::domain::subscriber::SubscriptionId;

/// Until when things are kept; what is older goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retention {
    /// Words of texts, both ways, and who sent the inbound ones.
    pub texts_before: Timestamp,
    /// Phones that stopped our texts: only a salted hash stays.
    pub left_before: Timestamp,
    /// Records of deliveries and of inbound texts altogether.
    pub records_before: Timestamp,
}

/// How much was let go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Pruned {
    /// Texts without words now.
    pub texts: usize,
    /// Phones forgotten.
    pub phones: usize,
    /// Records deleted.
    pub records: usize,
}

impl Store {
    /// Something that the daemon remembered.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn meta(&self, key: &str) -> Result<Option<String>, StoreError> {
        let key = key.to_owned();
        self.read(move |connection| Ok(meta::get(connection, &key)?))
            .await
    }

    /// Remembers something.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn set_meta(&self, key: &str, value: &str) -> Result<(), StoreError> {
        let (key, value) = (key.to_owned(), value.to_owned());
        self.write(move |connection| Ok(meta::set(connection, &key, &value)?))
            .await
    }

    /// Writes something to the disk.
    ///
    /// # Errors
    /// [`StoreError`], why it cannot.
    pub async fn writable(&self) -> Result<(), StoreError> {
        self.set_meta("probe", &rand::random::<u32>().to_string())
            .await
    }

    /// Takes a waiting text back. Whether it still waited.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn cancel(&self, id: DeliveryId, now: Timestamp) -> Result<bool, StoreError> {
        self.write(move |connection| {
            let changed = connection.prepare_cached(CANCEL)?.execute(params![
                id.0,
                SkipReason::Cancelled.name(),
                ms(now)
            ])?;
            Ok(changed > 0)
        })
        .await
    }

    /// Sends a text that ended badly once more, as a delivery of its own: the old one keeps its record, and asking twice
    /// sends once. `None` where it did not end, arrived, or its words are gone.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn retry(
        &self,
        id: DeliveryId,
        expires_at: Timestamp,
        now: Timestamp,
    ) -> Result<Option<DeliveryId>, StoreError> {
        self.write(move |connection| retry(connection, id, expires_at, now))
            .await
    }

    /// Lets go of what is older than it is to be kept, at most `limit` rows of each kind at a time.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn prune(
        &self,
        retention: Retention,
        limit: usize,
        now: Timestamp,
    ) -> Result<Pruned, StoreError> {
        self.write_many(move |connection| prune(connection, &retention, limit, now))
            .await
    }

    /// Computes when a page of live subscriptions is due next, by the tz data of today. What is due already stays due.
    /// Gives the last of the page, `None` after the last page.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn reschedule(
        &self,
        after: Option<SubscriptionId>,
        limit: usize,
        now: Timestamp,
    ) -> Result<Option<SubscriptionId>, StoreError> {
        self.write_many(move |connection| reschedule(connection, after, limit, now))
            .await
    }
}

pub(super) const CANCEL: &str =
    "UPDATE deliveries SET status = 'skipped', reason = ?2, updated_at = ?3
     WHERE id = ?1 AND status = 'pending'";
pub(super) const RETRIABLE: &str = "SELECT phone, body, segments FROM deliveries
     WHERE id = ?1 AND body IS NOT NULL AND phone IS NOT NULL
         AND status IN ('undelivered', 'failed', 'skipped', 'unknown')";

fn retry(
    connection: &Connection,
    id: DeliveryId,
    expires_at: Timestamp,
    now: Timestamp,
) -> Result<Option<DeliveryId>, StoreError> {
    let found: Option<(PhoneNumber, String, u32)> = connection
        .prepare_cached(RETRIABLE)?
        .query_row([id.0], |row| {
            let mut columns = Columns::of(row);
            Ok((columns.phone()?, columns.raw()?, columns.raw()?))
        })
        .optional()?;
    let Some((phone, body, segments)) = found else {
        return Ok(None);
    };
    let key = DedupKey::notice(&format!("retry:{id}"));
    if let Some(known) = deliveries::by_key(connection, &key)? {
        return Ok(Some(known));
    }
    let copy = deliveries::next_id(connection, now)?;
    let new = New {
        key: &key,
        kind: DeliveryKind::Notice,
        phone: &phone,
        subscription: None,
        local_date: None,
        what: What::Send {
            body: &body,
            segments: segments as usize,
            expires_at,
        },
        due_at: now,
    };
    deliveries::insert(connection, copy, &new, false, now)?;
    Ok(Some(copy))
}

const ENDED: &str =
    "status IN ('sent', 'delivered', 'undelivered', 'failed', 'skipped', 'unknown')";

pub(super) fn prune_sql() -> [String; 4] {
    [
        format!(
            "UPDATE deliveries SET body = NULL, ask = NULL WHERE id IN (SELECT id FROM deliveries
             WHERE body IS NOT NULL AND created_at < ?1 AND {ENDED} ORDER BY created_at LIMIT ?2)"
        ),
        "UPDATE inbound_texts SET phone = NULL, body = NULL, reply = NULL WHERE rowid IN (SELECT rowid FROM inbound_texts
         WHERE phone IS NOT NULL AND received_at < ?1 ORDER BY received_at LIMIT ?2)"
            .to_owned(),
        format!(
            "DELETE FROM deliveries WHERE id IN (SELECT id FROM deliveries
             WHERE created_at < ?1 AND {ENDED} ORDER BY created_at LIMIT ?2)"
        ),
        "DELETE FROM inbound_texts WHERE rowid IN (SELECT rowid FROM inbound_texts
         WHERE received_at < ?1 ORDER BY received_at LIMIT ?2)"
            .to_owned(),
    ]
}

pub(super) const LEFT: &str = "SELECT phone FROM subscribers WHERE status = 'stopped' AND stopped_at < ?1 ORDER BY stopped_at LIMIT ?2";

fn prune(
    connection: &Connection,
    retention: &Retention,
    limit: usize,
    now: Timestamp,
) -> Result<Pruned, StoreError> {
    let run = |sql: &str, before: Timestamp| {
        connection
            .prepare_cached(sql)?
            .execute(params![ms(before), count(limit)])
    };
    let [bodies, senders, deliveries, inbound_texts] = prune_sql();
    let phones = connection
        .prepare_cached(LEFT)?
        .query_map(params![ms(retention.left_before), count(limit)], |row| {
            Columns::of(row).phone()
        })?
        .collect::<Result<Vec<_>, _>>()?;
    for phone in &phones {
        let standing = subscribers::standing(connection, phone)?;
        inbound::erase(connection, phone, standing.as_ref(), now)?;
    }
    Ok(Pruned {
        phones: phones.len(),
        texts: run(&bodies, retention.texts_before)? + run(&senders, retention.texts_before)?,
        records: run(&deliveries, retention.records_before)?
            + run(&inbound_texts, retention.records_before)?,
    })
}

pub(super) fn live_sql() -> String {
    format!(
        "SELECT {} FROM subscriptions s WHERE s.id > ?1 AND s.live = 1 ORDER BY s.id LIMIT ?2",
        subscriptions::COLUMNS
    )
}

fn reschedule(
    connection: &Connection,
    after: Option<SubscriptionId>,
    limit: usize,
    now: Timestamp,
) -> Result<Option<SubscriptionId>, StoreError> {
    let mut last = None;
    let mut page = Vec::new();
    {
        let mut statement = connection.prepare_cached(&live_sql())?;
        let mut rows = statement.query(params![after.map_or(0, |id| id.0), count(limit)])?;
        while let Some(row) = rows.next()? {
            last = Some(SubscriptionId(row.get(0)?));
            // One that cannot be read is met again, and told, when it is due.
            page.extend(subscriptions::read(&mut Columns::of(row)));
        }
    }
    for mut subscription in page {
        let before = subscription.next;
        if before.is_some_and(|slot| slot.at <= now) {
            continue;
        }
        // A moment more than `now`, as what fell due in it may be under way.
        subscription.reschedule(
            now.saturating_add(SignedDuration::from_millis(1))
                .unwrap_or(now),
        );
        if subscription.next != before {
            subscriptions::update(connection, &subscription, true, now)?;
        }
    }
    Ok(last)
}
