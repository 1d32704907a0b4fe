//! Figures for an operator's page and for monitoring: one read of one snapshot, every statement by an index.

use jiff::Timestamp;
use rusqlite::Connection;

use super::lists::{DELIVERY, DeliveryRow, OLDEST, read_delivery, whole};
use super::sqlite::values::{Columns, at, ms};
use super::{Store, StoreError};
use crate::domain::delivery::{DeliveryKind, DeliveryStatus};
use crate::domain::phone::PhoneNumber;

/// What the database says about the last day and the next one.
#[derive(Clone, Default)]
pub struct Figures {
    /// The deliveries of the time asked for, those alike together.
    pub groups: Vec<DeliveryGroup>,
    /// Texts that came in since `today`, by what kind of answer they got.
    pub texts: Vec<(String, u64)>,
    /// What waits in the outbox.
    pub waiting: Waiting,
    /// Answers that are owed until the weather is back.
    pub owed: u64,
    /// Requests under way.
    pub attempting: u64,
    /// Sends of which nobody knows yet whether they arrived.
    pub unclear: u64,
    /// Accepted, and no receipt yet.
    pub unreported: u64,
    /// Since when the longest waiting text could have been sent.
    pub oldest_unsent: Option<Timestamp>,
    /// How many forecasts fall due when, in order.
    pub ahead: Vec<(Timestamp, u64)>,
    /// What ended badly last, the newest first.
    pub troubled: Vec<DeliveryRow>,
    /// Phones.
    pub phones: u64,
    /// Live subscriptions.
    pub subscriptions: u64,
}

/// Deliveries that are alike in all that is counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryGroup {
    /// The quarter of an hour in which they were due, by its beginning.
    pub due: Timestamp,
    /// What they are.
    pub kind: DeliveryKind,
    /// How far they travelled.
    pub status: DeliveryStatus,
    /// Why they were skipped.
    pub reason: Option<String>,
    /// Made since `today`.
    pub today: bool,
    /// Made since `recent`.
    pub recent: bool,
    /// How many.
    pub count: u64,
    /// Their segments.
    pub segments: u64,
}

/// What waits in the outbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Waiting {
    /// How many texts.
    pub texts: u64,
    /// How many segments.
    pub segments: u64,
}

impl Store {
    /// The figures since `today` and since `recent`, and what falls due until `horizon`.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn figures(
        &self,
        today: Timestamp,
        recent: Timestamp,
        horizon: Timestamp,
    ) -> Result<Figures, StoreError> {
        let (phones, subscriptions) = self.size().await?;
        self.read(move |connection| {
            let mut figures = counted(connection)?;
            figures.groups = groups(connection, today, recent)?;
            figures.texts = connection
                .prepare_cached(TEXTS)?
                .query_map([ms(today)], |row| Ok((row.get(0)?, whole(row.get(1)?))))?
                .collect::<Result<_, _>>()?;
            figures.ahead = connection
                .prepare_cached(AHEAD)?
                .query_map([ms(horizon)], |row| {
                    let mut columns = Columns::of(row);
                    Ok((columns.instant()?, whole(columns.raw()?)))
                })?
                .collect::<Result<_, _>>()?;
            figures.troubled = connection
                .prepare_cached(&troubled_sql())?
                .query_map([ms(recent)], read_delivery)?
                .collect::<Result<_, _>>()?;
            (figures.phones, figures.subscriptions) = (phones, subscriptions);
            Ok(figures)
        })
        .await
    }

    /// When a phone's last daily text was delivered, by a receipt.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn last_delivered(
        &self,
        phone: &PhoneNumber,
    ) -> Result<Option<Timestamp>, StoreError> {
        let phone = phone.e164().to_owned();
        self.read(move |connection| {
            let last: Option<i64> = connection
                .prepare_cached(LAST_DELIVERED)?
                .query_row([phone], |row| row.get(0))?;
            Ok(last.and_then(at))
        })
        .await
    }

    /// When somebody is due next, and how many are due then.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn next_due(&self) -> Result<Option<(Timestamp, u64)>, StoreError> {
        self.read(|connection| {
            let mut next = connection.prepare_cached(NEXT_DUE)?;
            let mut rows = next.query_map([], |row| {
                let mut columns = Columns::of(row);
                Ok((columns.instant()?, whole(columns.raw()?)))
            })?;
            Ok(rows.next().transpose()?)
        })
        .await
    }
}

pub(super) const LAST_DELIVERED: &str = "
SELECT max(updated_at) FROM deliveries WHERE phone = ?1 AND kind = 'daily' AND status = 'delivered'";

pub(super) const NEXT_DUE: &str = "
SELECT next_due_at, count(*) FROM subscriptions INDEXED BY subscriptions_due WHERE live = 1 AND next_due_at =
    (SELECT min(next_due_at) FROM subscriptions INDEXED BY subscriptions_due WHERE live = 1) GROUP BY next_due_at";

pub(super) const GROUPS: &str = "
SELECT due_at / 900000, kind, status, CASE status WHEN 'skipped' THEN reason END,
    created_at >= ?2, created_at >= ?3, count(*), coalesce(sum(segments), 0)
FROM deliveries WHERE created_at >= ?1 GROUP BY 1, 2, 3, 4, 5, 6";

pub(super) const WAITING: &str = "
SELECT count(*), coalesce(sum(segments), 0) FROM deliveries
WHERE status = 'pending' AND body IS NOT NULL AND urgency BETWEEN 0 AND 2";

/// Every term reads an index that holds nothing else.
pub(super) const OPEN: &str = "
SELECT (SELECT count(*) FROM deliveries WHERE status = 'pending' AND body IS NULL AND created_at > 0),
    (SELECT count(*) FROM deliveries WHERE status = 'attempting' AND attempted_at > 0),
    (SELECT count(*) FROM deliveries WHERE status = 'unclear' AND attempted_at > 0),
    (SELECT count(*) FROM deliveries WHERE status = 'accepted' AND updated_at > 0)";

pub(super) const AHEAD: &str = "
SELECT next_due_at, count(*) FROM subscriptions WHERE live = 1 AND next_due_at <= ?1 GROUP BY next_due_at";

pub(super) const TEXTS: &str =
    "SELECT outcome, count(*) FROM inbound_texts WHERE received_at >= ?1 GROUP BY outcome";

pub(super) fn troubled_sql() -> String {
    format!(
        "SELECT {DELIVERY} FROM deliveries
         WHERE status IN ('undelivered', 'failed', 'unknown') AND created_at >= ?1
         ORDER BY created_at DESC LIMIT 12"
    )
}

fn counted(connection: &Connection) -> Result<Figures, StoreError> {
    let waiting = connection.prepare_cached(WAITING)?.query_row([], |row| {
        Ok(Waiting {
            texts: whole(row.get(0)?),
            segments: whole(row.get(1)?),
        })
    })?;
    let mut figures = Figures {
        waiting,
        ..Figures::default()
    };
    let open = connection.prepare_cached(OPEN)?.query_row([], |row| {
        Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?].map(whole))
    })?;
    [
        figures.owed,
        figures.attempting,
        figures.unclear,
        figures.unreported,
    ] = open;
    for urgency in 0..=2_u8 {
        let first: Option<i64> = connection
            .prepare_cached(OLDEST)?
            .query_row([urgency], |row| row.get(0))?;
        let first = first.and_then(at);
        figures.oldest_unsent = figures.oldest_unsent.into_iter().chain(first).min();
    }
    Ok(figures)
}

fn groups(
    connection: &Connection,
    today: Timestamp,
    recent: Timestamp,
) -> Result<Vec<DeliveryGroup>, StoreError> {
    let since = ms(today.min(recent));
    Ok(connection
        .prepare_cached(GROUPS)?
        .query_map([since, ms(today), ms(recent)], |row| {
            let mut columns = Columns::of(row);
            let quarter: i64 = columns.raw()?;
            Ok(DeliveryGroup {
                due: columns.must(at(quarter.saturating_mul(900_000)), "no instant")?,
                kind: columns.parsed(DeliveryKind::parse, "no kind")?,
                status: columns.parsed(DeliveryStatus::parse, "no status")?,
                reason: columns.raw()?,
                today: columns.raw()?,
                recent: columns.raw()?,
                count: whole(columns.raw()?),
                segments: whole(columns.raw()?),
            })
        })?
        .collect::<Result<_, _>>()?)
}
