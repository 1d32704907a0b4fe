//! Lists for operators: deliveries and subscribers, page by page, and a few figures.

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::types::ToSql;
use rusqlite::{Connection, OptionalExtension, params};

use super::sqlite::values::{Columns, at, count, ms};
use super::sqlite::{subscribers, subscriptions};
use super::{Store, StoreError};
use crate::domain::delivery::{DeliveryId, DeliveryKind, DeliveryStatus};
use crate::domain::facts::LastDelivery;
use crate::domain::phone::PhoneNumber;
use crate::domain::subscriber::{Subscriber, Subscription, SubscriptionId};

/// Which deliveries; everything that is `None` is not asked for.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct DeliveryFilter {
    /// In this status.
    pub status: Option<DeliveryStatus>,
    /// Of this kind.
    pub kind: Option<DeliveryKind>,
    /// Made at or after this.
    pub since: Option<Timestamp>,
    /// To this phone.
    pub phone: Option<PhoneNumber>,
    /// The id that the last page ended with.
    pub after_id: Option<DeliveryId>,
    /// How many at most.
    pub limit: usize,
}

/// A delivery, whole.
#[derive(Clone, PartialEq, Eq)]
pub struct DeliveryRow {
    /// Its number.
    pub id: DeliveryId,
    /// To whom; `None` once erased.
    pub phone: Option<PhoneNumber>,
    /// What it is.
    pub kind: DeliveryKind,
    /// Of which subscription.
    pub subscription: Option<SubscriptionId>,
    /// For which local date.
    pub local_date: Option<Date>,
    /// How far it travelled.
    pub status: DeliveryStatus,
    /// Why, where that needs saying.
    pub reason: Option<String>,
    /// The carrier's id.
    pub sid: Option<String>,
    /// How often it was tried.
    pub attempts: u32,
    /// The carrier's error code.
    pub error_code: Option<u32>,
    /// How many segments it has.
    pub segments: Option<u32>,
    /// The text, while it is kept.
    pub body: Option<String>,
    /// When it was due.
    pub due_at: Timestamp,
    /// When it was no longer worth sending.
    pub expires_at: Option<Timestamp>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When something happened to it last.
    pub updated_at: Timestamp,
}

/// Which subscribers.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct SubscriberFilter {
    /// Only this phone.
    pub phone: Option<PhoneNumber>,
    /// The id that the last page ended with.
    pub after: Option<i64>,
    /// How many at most.
    pub limit: usize,
}

/// A subscriber, whole.
#[derive(Clone, PartialEq)]
pub struct SubscriberRow {
    /// Its number, for the next page.
    pub id: i64,
    /// The phone with its subscriptions.
    pub subscriber: Subscriber,
}

impl Store {
    /// A page of deliveries, the last made first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn deliveries(&self, filter: DeliveryFilter) -> Result<Vec<DeliveryRow>, StoreError> {
        self.read(move |connection| select(connection, &filter))
            .await
    }

    /// One delivery.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn delivery(&self, id: DeliveryId) -> Result<Option<DeliveryRow>, StoreError> {
        self.read(move |connection| {
            Ok(connection
                .prepare_cached(&format!("SELECT {DELIVERY} FROM deliveries WHERE id = ?1"))?
                .query_row([id.0], read_delivery)
                .optional()?)
        })
        .await
    }

    /// Since when the longest waiting text could have been sent.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn oldest_unsent(&self) -> Result<Option<Timestamp>, StoreError> {
        self.read(|connection| {
            let mut oldest: Option<i64> = None;
            for urgency in 0..=2_u8 {
                let first: Option<i64> = connection
                    .prepare_cached(OLDEST)?
                    .query_row([urgency], |row| row.get(0))?;
                oldest = [oldest, first].into_iter().flatten().min();
            }
            Ok(oldest.and_then(at))
        })
        .await
    }

    /// How the last daily text of a phone went.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn last_daily(
        &self,
        phone: &PhoneNumber,
    ) -> Result<Option<LastDelivery>, StoreError> {
        let phone = phone.clone();
        self.read(move |connection| {
            Ok(connection
                .prepare_cached(LAST_DAILY)?
                .query_row([phone.e164()], |row| {
                    let mut columns = Columns::of(row);
                    Ok(LastDelivery {
                        date: columns.parsed(|text| text.parse().ok(), "no date")?,
                        status: columns.parsed(DeliveryStatus::parse, "no status")?,
                    })
                })
                .optional()?)
        })
        .await
    }

    /// A page of subscribers, in the order in which they came.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn subscriptions(
        &self,
        filter: SubscriberFilter,
    ) -> Result<Vec<SubscriberRow>, StoreError> {
        self.read(move |connection| page(connection, &filter)).await
    }

    /// How many phones there are, and how many subscriptions are live.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn size(&self) -> Result<(u64, u64), StoreError> {
        self.read(|connection| {
            Ok(connection
                .prepare_cached(SIZE)?
                .query_row([], |row| Ok((whole(row.get(0)?), whole(row.get(1)?))))?)
        })
        .await
    }
}

const SIZE: &str = "SELECT (SELECT count(*) FROM subscribers), (SELECT count(*) FROM subscriptions WHERE live = 1)";

pub(super) const DELIVERY: &str = "id, phone, kind, subscription_id, local_date, status, reason, sid, attempts, error_code, segments, \
     body, due_at, expires_at, created_at, updated_at";

pub(super) const OLDEST: &str = "SELECT min(next_attempt_at) FROM deliveries
     WHERE status = 'pending' AND body IS NOT NULL AND urgency = ?1";
pub(super) const LAST_DAILY: &str = "SELECT local_date, status FROM deliveries
     WHERE phone = ?1 AND kind IN ('daily', 'call') AND local_date IS NOT NULL ORDER BY local_date DESC LIMIT 1";

/// A count, which is never negative.
pub(super) fn whole(count: i64) -> u64 {
    u64::try_from(count).unwrap_or_default()
}

fn select(
    connection: &Connection,
    filter: &DeliveryFilter,
) -> Result<Vec<DeliveryRow>, StoreError> {
    let limit = count(filter.limit);
    let (status, kind) = (
        filter.status.map(DeliveryStatus::name),
        filter.kind.map(DeliveryKind::name),
    );
    let (since, after) = (filter.since.map(ms), filter.after_id.map(|id| id.0));
    let phone = filter.phone.as_ref().map(PhoneNumber::e164);
    let mut sql = format!("SELECT {DELIVERY} FROM deliveries WHERE 1");
    let mut values: Vec<&dyn ToSql> = Vec::new();
    // Only what is asked for stands in the statement, so that it can use an index.
    let mut and = |present: bool, condition: &str, value| {
        if present {
            sql.push_str(condition);
            values.push(value);
        }
    };
    and(phone.is_some(), " AND phone = ?", &phone);
    and(status.is_some(), " AND status = ?", &status);
    and(kind.is_some(), " AND kind = ?", &kind);
    and(since.is_some(), " AND created_at >= ?", &since);
    and(after.is_some(), " AND id < ?", &after);
    and(true, " ORDER BY id DESC LIMIT ?", &limit);
    Ok(connection
        .prepare_cached(&sql)?
        .query_map(values.as_slice(), read_delivery)?
        .collect::<Result<_, _>>()?)
}

pub(super) fn read_delivery(row: &rusqlite::Row<'_>) -> rusqlite::Result<DeliveryRow> {
    let mut columns = Columns::of(row);
    Ok(DeliveryRow {
        id: DeliveryId(columns.raw()?),
        phone: columns.phone_or_null()?,
        kind: columns.parsed(DeliveryKind::parse, "no kind")?,
        subscription: columns.raw::<Option<i64>>()?.map(SubscriptionId),
        local_date: columns.date_or_null()?,
        status: columns.parsed(DeliveryStatus::parse, "no status")?,
        reason: columns.raw()?,
        sid: columns.raw()?,
        attempts: columns.raw()?,
        error_code: columns.raw()?,
        segments: columns.raw()?,
        body: columns.raw()?,
        due_at: columns.instant()?,
        expires_at: columns.instant_or_null()?,
        created_at: columns.instant()?,
        updated_at: columns.instant()?,
    })
}

fn page(
    connection: &Connection,
    filter: &SubscriberFilter,
) -> Result<Vec<SubscriberRow>, StoreError> {
    if let Some(phone) = &filter.phone {
        let one = subscribers::load(connection, phone)?;
        return Ok(one.map(row_of).into_iter().collect());
    }
    let after = filter.after.unwrap_or(i64::MIN);
    let mut rows: Vec<SubscriberRow> = connection
        .prepare_cached(&format!(
            "SELECT {} FROM subscribers u WHERE u.id > ?1 ORDER BY u.id LIMIT ?2",
            subscribers::COLUMNS
        ))?
        .query_map(params![after, count(filter.limit)], |row| {
            subscribers::read(&mut Columns::of(row)).map(row_of)
        })?
        .collect::<Result<_, _>>()?;
    for row in &mut rows {
        row.subscriber.subscriptions = subscriptions::of(connection, row.id)?;
    }
    Ok(rows)
}

fn row_of(saved: subscribers::Saved) -> SubscriberRow {
    SubscriberRow {
        id: saved.id,
        subscriber: saved.subscriber,
    }
}

/// The subscriptions of a row, or one `None` where it has none: a line each in a list.
impl SubscriberRow {
    /// A line for each subscription; a subscriber without one has a single line without.
    pub fn lines(&self) -> impl Iterator<Item = Option<&Subscription>> {
        let none = self.subscriber.subscriptions.is_empty().then_some(None);
        self.subscriber.subscriptions.iter().map(Some).chain(none)
    }
}
