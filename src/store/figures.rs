//! Figures for an operator's page and for monitoring: one read of one snapshot, every statement by an index.

use jiff::{SignedDuration, Timestamp};
use rusqlite::Connection;

use super::lists::{DELIVERY, DeliveryRow, OLDEST, read_delivery, whole};
use super::sqlite::values::{Columns, at, ms};
use super::tallies::{self, Tallied, What};
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
    /// What ended badly last, the newest first.
    pub troubled: Vec<DeliveryRow>,
}

/// How many people there are: what takes the longer to count the more there are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct People {
    /// Phones.
    pub phones: u64,
    /// Live subscriptions.
    pub subscriptions: u64,
    /// How many of them fall due when, in order.
    pub due: Vec<(Timestamp, u64)>,
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
    /// The figures since `today` and since `recent`.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn figures(
        &self,
        today: Timestamp,
        recent: Timestamp,
    ) -> Result<Figures, StoreError> {
        self.read(move |connection| {
            let mut figures = counted(connection)?;
            let since = today.min(recent).saturating_sub(WAITS);
            let since = since.unwrap_or(Timestamp::MIN);
            let tallied = tallies::between(connection, since, Timestamp::MAX)?;
            figures.put(tallied, today, recent);
            figures.troubled = connection
                .prepare_cached(&troubled_sql())?
                .query_map([ms(recent)], read_delivery)?
                .collect::<Result<_, _>>()?;
            Ok(figures)
        })
        .await
    }

    /// How many people there are, and when they are due.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn people(&self) -> Result<People, StoreError> {
        self.read(|connection| {
            let mut people = People::default();
            let mut phones = connection.prepare_cached(PHONES)?;
            people.phones = whole(phones.query_row([], |row| row.get(0))?);
            let mut statement = connection.prepare_cached(DUE)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let mut columns = Columns::of(row);
                let (due, count) = (columns.instant()?, whole(columns.raw()?));
                people.subscriptions += count;
                people.due.push((due, count));
            }
            Ok(people)
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

/// Nothing waits for longer to be sent.
const WAITS: SignedDuration = SignedDuration::from_hours(24);

/// Every term reads an index that holds nothing else.
pub(super) const OPEN: &str = "
SELECT (SELECT count(*) FROM deliveries WHERE status = 'pending' AND body IS NULL AND created_at > 0),
    (SELECT count(*) FROM deliveries WHERE status = 'attempting' AND attempted_at > 0),
    (SELECT count(*) FROM deliveries WHERE status = 'unclear' AND attempted_at > 0),
    (SELECT count(*) FROM deliveries WHERE status = 'accepted' AND updated_at > 0)";

pub(super) const PHONES: &str = "SELECT count(*) FROM subscribers";

/// All that are live, by when they fall due: as many rows as there are minutes.
pub(super) const DUE: &str = "
SELECT next_due_at, count(*) FROM subscriptions WHERE live = 1 AND next_due_at > 0 GROUP BY next_due_at";

pub(super) fn troubled_sql() -> String {
    format!(
        "SELECT {DELIVERY} FROM deliveries
         WHERE (status = 'undelivered' OR status = 'failed' OR status = 'unknown') AND created_at >= ?1
         ORDER BY created_at DESC LIMIT 12"
    )
}

fn counted(connection: &Connection) -> Result<Figures, StoreError> {
    let mut figures = Figures::default();
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

impl Figures {
    /// Sorts what was counted; what was owed and under way must be known.
    fn put(&mut self, tallied: Vec<Tallied>, today: Timestamp, recent: Timestamp) {
        for one in tallied {
            let (is_today, is_recent) = (one.made >= today, one.made >= recent);
            match one.what {
                What::Inbound { outcome, .. } if is_today => self.text(outcome, one.count),
                What::Delivery {
                    due,
                    kind,
                    status,
                    reason,
                    ..
                } => {
                    if status == DeliveryStatus::Pending {
                        self.waiting.texts += one.count;
                        self.waiting.segments += one.segments;
                    }
                    if is_today || is_recent {
                        self.group(DeliveryGroup {
                            due,
                            kind,
                            status,
                            reason,
                            today: is_today,
                            recent: is_recent,
                            count: one.count,
                            segments: one.segments,
                        });
                    }
                }
                What::Inbound { .. } | What::InboundCall => {}
            }
        }
        // What is owed has no text yet that could wait.
        self.waiting.texts = self.waiting.texts.saturating_sub(self.owed);
    }

    fn text(&mut self, outcome: String, count: u64) {
        match self.texts.iter_mut().find(|(known, _)| *known == outcome) {
            Some((_, sum)) => *sum += count,
            None => self.texts.push((outcome, count)),
        }
    }

    fn group(&mut self, new: DeliveryGroup) {
        let alike = |known: &&mut DeliveryGroup| {
            (known.due, known.kind, known.status) == (new.due, new.kind, new.status)
                && (known.today, known.recent) == (new.today, new.recent)
                && known.reason == new.reason
        };
        match self.groups.iter_mut().find(alike) {
            Some(known) => {
                known.count += new.count;
                known.segments += new.segments;
            }
            None => self.groups.push(new),
        }
    }
}
