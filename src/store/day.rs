//! The day: who is due, and turning due dates into deliveries.

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, params};

use super::sqlite::deliveries::{self, New, What};
use super::sqlite::values::{Columns, at, count, ms};
use super::sqlite::{subscribers, subscriptions};
use super::{Claimed, Store, StoreError};
use crate::domain::delivery::{DedupKey, DeliveryId, DeliveryKind, SkipReason};
use crate::domain::language::Language;
use crate::domain::phone::{Country, PhoneNumber};
use crate::domain::schedule::Slot;
use crate::domain::subscriber::{Channel, Subscription, SubscriptionId, Units};

/// A subscription whose next date has come, or will.
#[derive(Debug, Clone, PartialEq)]
pub struct Due {
    /// The subscription; it has an id and a next slot.
    pub subscription: Subscription,
    /// Whose it is.
    pub phone: PhoneNumber,
    /// In which units it is read: chosen ones, else those of the country.
    pub units: Units,
    /// In which language: the chosen one, else the one heard, else that of the country.
    pub language: Language,
    /// Where the phone is from.
    pub country: Option<Country>,
}

/// What becomes of one date of a subscription.
#[derive(Clone, PartialEq)]
pub struct Plan {
    /// Which subscription.
    pub subscription: SubscriptionId,
    /// The local date.
    pub date: Date,
    /// When it was due: the plan holds only while the subscription still says so.
    pub due_at: Timestamp,
    /// What is done.
    pub what: Planned,
    /// The date after it.
    pub next: Option<Slot>,
}

/// Sent, or a record of why not.
#[derive(Clone, PartialEq)]
pub enum Planned {
    /// A text or a call for the outbox.
    Send {
        /// Which of them.
        channel: Channel,
        /// The text.
        body: String,
        /// How many segments it has.
        segments: usize,
        /// When it is no longer worth sending.
        expires_at: Timestamp,
    },
    /// Nothing is sent on that date.
    Skip {
        /// Why.
        reason: SkipReason,
    },
}

/// What became of a batch of plans.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PlanCount {
    /// Texts that wait in the outbox now.
    pub queued: usize,
    /// Records of dates without a text.
    pub skipped: usize,
    /// Dates that had their record already.
    pub existing: usize,
    /// Subscriptions that were edited, stopped or ended meanwhile: nothing was done.
    pub left_alone: usize,
}

impl Store {
    /// A page of what is due, in order; `after` is where the last page ended. Rows that cannot be read move an hour ahead
    /// by themselves and never hold the others up.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn take_due(
        &self,
        now: Timestamp,
        after: Option<(Timestamp, SubscriptionId)>,
        limit: usize,
    ) -> Result<Vec<Due>, StoreError> {
        let mut after = after.map_or((i64::MIN, 0), |(at, id)| (ms(at), id.0));
        loop {
            let page = self
                .read(move |connection| page(connection, after, ms(now), limit))
                .await?;
            for id in page.unreadable {
                tracing::error!(
                    subscription = id.0,
                    "a subscription cannot be read; it is tried again in an hour"
                );
                let later = now.saturating_add(HOUR).unwrap_or(now);
                self.push_back(id, later).await?;
            }
            match page.last {
                Some(last) if page.due.is_empty() => after = last,
                _ => return Ok(page.due),
            }
        }
    }

    /// What falls due in `[from, to]`, in order.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn upcoming(
        &self,
        from: Timestamp,
        to: Timestamp,
        limit: usize,
    ) -> Result<Vec<Due>, StoreError> {
        self.read(move |connection| Ok(page(connection, (ms(from), 0), ms(to), limit)?.due))
            .await
    }

    /// When somebody is due next.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn next_due_at(&self) -> Result<Option<Timestamp>, StoreError> {
        self.read(|connection| {
            let next: Option<i64> = connection
                .prepare_cached(NEXT)?
                .query_row([], |row| row.get(0))?;
            Ok(next.and_then(at))
        })
        .await
    }

    /// Turns due dates into deliveries, one for each subscription and date whatever happens, and moves the subscriptions
    /// on. One transaction.
    ///
    /// # Errors
    /// [`StoreError`]; nothing was planned then.
    pub async fn plan(&self, plans: Vec<Plan>, now: Timestamp) -> Result<PlanCount, StoreError> {
        self.write_many(move |connection| {
            let mut done = PlanCount::default();
            let mut id = deliveries::next_id(connection, now)?;
            for plan in &plans {
                let carried = carry_out(connection, plan, id, false, now)?;
                match (&carried, &plan.what) {
                    (Carried::LeftAlone, _) => done.left_alone += 1,
                    (Carried::Existing, _) => done.existing += 1,
                    (Carried::Made(_), Planned::Send { .. }) => done.queued += 1,
                    (Carried::Made(_), Planned::Skip { .. }) => done.skipped += 1,
                }
                if matches!(carried, Carried::Made(_)) {
                    id = DeliveryId(id.0 + 1);
                }
            }
            Ok(done)
        })
        .await
    }

    /// Lets a subscription that fails again and again wait until `until`, out of the way of the others.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn push_back(
        &self,
        subscription: SubscriptionId,
        until: Timestamp,
    ) -> Result<(), StoreError> {
        self.write(move |connection| {
            connection
                .prepare_cached(PUSH_BACK)?
                .execute(params![subscription.0, ms(until)])?;
            Ok(())
        })
        .await
    }
}

const HOUR: jiff::SignedDuration = jiff::SignedDuration::from_hours(1);

/// A page of due rows.
struct Page {
    due: Vec<Due>,
    unreadable: Vec<SubscriptionId>,
    last: Option<(i64, i64)>,
}

fn page(
    connection: &Connection,
    after: (i64, i64),
    to: i64,
    limit: usize,
) -> Result<Page, StoreError> {
    let mut page = Page {
        due: Vec::new(),
        unreadable: Vec::new(),
        last: None,
    };
    let mut statement = connection.prepare_cached(&due_sql())?;
    let mut rows = statement.query(params![after.0, after.1, to, count(limit)])?;
    while let Some(row) = rows.next()? {
        let (at, id) = (row.get(0)?, row.get(1)?);
        page.last = Some((at, id));
        match read_due(row) {
            Ok(due) => page.due.push(due),
            Err(_) => page.unreadable.push(SubscriptionId(id)),
        }
    }
    Ok(page)
}

pub(super) fn due_sql() -> String {
    format!(
        "SELECT s.next_due_at, s.id, u.phone, u.units, u.country, u.language, u.heard, {}
         FROM subscriptions s JOIN subscribers u ON u.id = s.subscriber_id
         WHERE s.live = 1 AND (s.next_due_at, s.id) > (?1, ?2) AND s.next_due_at <= ?3
         ORDER BY s.next_due_at, s.id LIMIT ?4",
        subscriptions::COLUMNS
    )
}

fn read_due(row: &rusqlite::Row<'_>) -> rusqlite::Result<Due> {
    let mut columns = Columns::of(row);
    let _: (i64, i64) = (columns.raw()?, columns.raw()?);
    let phone = columns.phone()?;
    let units = columns.parsed_or_null(Units::parse, "no units")?;
    let country = columns.country_or_null()?;
    let chosen = subscribers::language_or_null(&mut columns)?;
    let heard = subscribers::language_or_null(&mut columns)?;
    Ok(Due {
        subscription: subscriptions::read(&mut columns)?,
        language: Language::for_reader(chosen, heard, country),
        units: subscribers::units(units, country),
        phone,
        country,
    })
}

pub(super) const NEXT: &str = "SELECT min(next_due_at) FROM subscriptions WHERE live = 1";

pub(super) const PUSH_BACK: &str =
    "UPDATE subscriptions SET next_due_at = max(next_due_at, ?2) WHERE id = ?1 AND live = 1";

/// Until when a live subscription waits, and whose it is.
pub(super) const WAITS: &str =
    "SELECT s.next_due_at, u.phone FROM subscriptions s JOIN subscribers u ON u.id = s.subscriber_id
     WHERE s.id = ?1 AND s.live = 1";

/// Carries drafts out; a text among them that may be sent now is claimed as its row is made, as long as `claimed` has less than `limit`.
pub(super) fn claim_drafts(
    connection: &Connection,
    drafts: &[Plan],
    now: Timestamp,
    limit: usize,
    claimed: &mut Vec<Claimed>,
) -> Result<(), StoreError> {
    if drafts.is_empty() {
        return Ok(());
    }
    let mut id = deliveries::next_id(connection, now)?;
    for draft in drafts {
        let text = match &draft.what {
            Planned::Send {
                channel: Channel::Text,
                body,
                segments,
                expires_at,
            } if claimed.len() < limit && *expires_at > now => Some((body, *segments, *expires_at)),
            _ => None,
        };
        let Carried::Made(phone) = carry_out(connection, draft, id, text.is_some(), now)? else {
            continue;
        };
        if let Some((body, segments, expires_at)) = text {
            claimed.push(Claimed {
                id,
                attempt: 1,
                kind: DeliveryKind::Daily,
                phone,
                body: body.clone(),
                segments,
                due_at: draft.due_at,
                expires_at,
            });
        }
        id = DeliveryId(id.0 + 1);
    }
    Ok(())
}

/// What became of a plan.
enum Carried {
    /// Its subscription was edited, stopped or ended meanwhile.
    LeftAlone,
    /// The date had its record already.
    Existing,
    /// It has it now, for this phone.
    Made(PhoneNumber),
}

/// Makes the row, claimed or waiting, and moves the subscription on. A phone that stopped has no live subscription.
fn carry_out(
    connection: &Connection,
    plan: &Plan,
    id: DeliveryId,
    is_claimed: bool,
    now: Timestamp,
) -> Result<Carried, StoreError> {
    let found = connection
        .prepare_cached(WAITS)?
        .query_row([plan.subscription.0], |row| {
            let mut columns = Columns::of(row);
            Ok((columns.raw::<Option<i64>>()?, columns.phone()?))
        })
        .optional()?;
    let Some((_, phone)) = found.filter(|(due_at, _)| *due_at == Some(ms(plan.due_at))) else {
        return Ok(Carried::LeftAlone);
    };
    let new = New {
        key: &DedupKey::daily(plan.subscription, plan.date),
        kind: plan.what.kind(),
        phone: &phone,
        subscription: Some(plan.subscription),
        local_date: Some(plan.date),
        what: plan.what.for_row(),
        due_at: plan.due_at,
    };
    let made = deliveries::insert(connection, id, &new, is_claimed, now)?;
    subscriptions::move_on(connection, plan.subscription, plan.date, plan.next, now)?;
    Ok(if made {
        Carried::Made(phone)
    } else {
        Carried::Existing
    })
}

impl Planned {
    const fn kind(&self) -> DeliveryKind {
        match self {
            Self::Send {
                channel: Channel::Call,
                ..
            } => DeliveryKind::Call,
            Self::Send { .. } | Self::Skip { .. } => DeliveryKind::Daily,
        }
    }

    fn for_row(&self) -> What<'_> {
        match self {
            Self::Send {
                body,
                segments,
                expires_at,
                ..
            } => What::Send {
                body,
                segments: *segments,
                expires_at: *expires_at,
            },
            Self::Skip { reason } => What::Skip(*reason),
        }
    }
}
