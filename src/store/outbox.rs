//! The outbox: claiming what may be sent now, and writing down how it went.

use std::collections::HashSet;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use super::sqlite::deliveries::{self, New, What};
use super::sqlite::values::{Columns, count, ms};
use super::sqlite::{outcomes, subscribers};
use super::{Plan, Store, StoreError, day};
use crate::domain::delivery::{
    DedupKey, DeliveryId, DeliveryKind, Settlement, SkipReason, StatusReport,
};
use crate::domain::phone::PhoneNumber;
use crate::domain::subscriber::Standing;

/// A delivery whose attempt is written down: it is to be sent now, once.
#[derive(Clone, PartialEq)]
pub struct Claimed {
    /// Its row.
    pub id: DeliveryId,
    /// Which attempt this is, from 1.
    pub attempt: u32,
    /// What it is.
    pub kind: DeliveryKind,
    /// To whom.
    pub phone: PhoneNumber,
    /// The text.
    pub body: String,
    /// How many segments it has.
    pub segments: usize,
    /// When it was due.
    pub due_at: Timestamp,
    /// When it is no longer worth sending.
    pub expires_at: Timestamp,
}

impl Store {
    /// Puts a text of the operator's into the outbox, once for each key; gives its row.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn enqueue_notice(
        &self,
        key: DedupKey,
        phone: &PhoneNumber,
        body: &str,
        segments: usize,
        expires_at: Timestamp,
        now: Timestamp,
    ) -> Result<DeliveryId, StoreError> {
        let (phone, body) = (phone.clone(), body.to_owned());
        self.write(move |connection| {
            if let Some(known) = deliveries::by_key(connection, &key)? {
                return Ok(known);
            }
            let id = deliveries::next_id(connection, now)?;
            let new = New {
                key: &key,
                kind: DeliveryKind::Notice,
                phone: &phone,
                subscription: None,
                local_date: None,
                what: What::Send {
                    body: &body,
                    segments,
                    expires_at,
                },
                due_at: now,
            };
            deliveries::insert(connection, id, &new, false, now)?;
            Ok(id)
        })
        .await
    }

    /// Takes up to `limit` texts that may be sent now, and writes their attempts down before anybody sends them. Follow-ups
    /// come first, then mornings, then the rest, the longest waiting first. What expired or stopped meanwhile is skipped.
    ///
    /// # Errors
    /// [`StoreError`]; nothing was claimed then.
    pub async fn claim(&self, now: Timestamp, limit: usize) -> Result<Vec<Claimed>, StoreError> {
        let claimed = self
            .settle_and_claim(Vec::new(), Vec::new(), now, limit, |_| ())
            .await?;
        Ok(claimed.into_iter().map(|(one, ())| one).collect())
    }

    /// Writes down how attempts went, then claims: in one transaction, for a sender that has many under way. `drafts` are carried out
    /// after follow-ups were claimed: texts among them are claimed as they are made, where `limit` has room. `enter` is called
    /// inside of it for each that is claimed: a stop that is written down before is seen, one that is written after finds the
    /// phone entered.
    ///
    /// # Errors
    /// [`StoreError`]; nothing was written and nothing was claimed then, try again.
    pub async fn settle_and_claim<T, F>(
        &self,
        settlements: Vec<Settlement>,
        drafts: Vec<Plan>,
        now: Timestamp,
        limit: usize,
        enter: F,
    ) -> Result<Vec<(Claimed, T)>, StoreError>
    where
        T: Send + 'static,
        F: Fn(&Claimed) -> T + Send + 'static,
    {
        self.write(move |connection| {
            for settlement in &settlements {
                outcomes::settle(connection, settlement, now)?;
            }
            expire(connection, now)?;
            let mut claimed = Vec::with_capacity(limit.min(1_024));
            claim_of(connection, 0, now, limit, &mut claimed)?;
            day::claim_drafts(connection, &drafts, now, limit, &mut claimed)?;
            for urgency in 1..=2_u8 {
                claim_of(connection, urgency, now, limit, &mut claimed)?;
            }
            let enter = |one: Claimed| {
                let entered = enter(&one);
                (one, entered)
            };
            Ok(claimed.into_iter().map(enter).collect())
        })
        .await
    }

    /// Whether a claim would find something: to be sent now, or to be let go as too late.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn is_anything_claimable(&self, now: Timestamp) -> Result<bool, StoreError> {
        self.look_up(move |connection| {
            Ok(connection
                .prepare_cached(ANY_CLAIMABLE)?
                .query_row([ms(now)], |row| row.get(0))?)
        })
        .await
    }

    /// Which of some claimed deliveries are still to be sent: for those that wait a while before they go out.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn still_wanted(
        &self,
        ids: Vec<DeliveryId>,
    ) -> Result<HashSet<DeliveryId>, StoreError> {
        self.read(move |connection| {
            let mut wanted = HashSet::with_capacity(ids.len());
            for id in ids {
                let phone = connection
                    .prepare_cached(ATTEMPTING)?
                    .query_row([id.0], |row| Columns::of(row).phone_or_null())
                    .optional()?
                    .flatten();
                if let Some(phone) = phone
                    && !is_stopped(connection, &phone)?
                {
                    wanted.insert(id);
                }
            }
            Ok(wanted)
        })
        .await
    }

    /// Gives a claimed text back that was not sent and shall not be.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn release(
        &self,
        id: DeliveryId,
        attempt: u32,
        reason: SkipReason,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.write(move |connection| {
            connection.prepare_cached(RELEASE)?.execute(params![
                id.0,
                attempt,
                reason.name(),
                ms(now)
            ])?;
            Ok(())
        })
        .await
    }

    /// Writes down how attempts went, in one transaction. Answers of earlier attempts, and failures of what the carrier
    /// has reported to have, change nothing.
    ///
    /// # Errors
    /// [`StoreError`]; nothing was written then, try again.
    pub async fn settle(
        &self,
        settlements: Vec<Settlement>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.write(move |connection| {
            for settlement in &settlements {
                outcomes::settle(connection, settlement, now)?;
            }
            Ok(())
        })
        .await
    }

    /// Writes down what the carrier reports; whether that changed anything.
    ///
    /// # Errors
    /// [`StoreError`]; nothing was written then, try again.
    pub async fn advance(&self, report: StatusReport, now: Timestamp) -> Result<bool, StoreError> {
        self.write(move |connection| Ok(outcomes::advance(connection, &report, now)?))
            .await
    }
}

pub(super) const ANY_CLAIMABLE: &str = "SELECT
    EXISTS (SELECT 1 FROM deliveries WHERE status = 'pending' AND body IS NOT NULL AND urgency = 0 AND next_attempt_at <= ?1)
    OR EXISTS (SELECT 1 FROM deliveries WHERE status = 'pending' AND body IS NOT NULL AND urgency = 1 AND next_attempt_at <= ?1)
    OR EXISTS (SELECT 1 FROM deliveries WHERE status = 'pending' AND body IS NOT NULL AND urgency = 2 AND next_attempt_at <= ?1)
    OR EXISTS (SELECT 1 FROM deliveries WHERE status = 'pending' AND body IS NOT NULL AND expires_at <= ?1)";

pub(super) const EXPIRED: &str = "SELECT EXISTS (SELECT 1 FROM deliveries
     WHERE status = 'pending' AND body IS NOT NULL AND expires_at <= ?1)";

pub(super) const EXPIRE: &str =
    "UPDATE deliveries SET status = 'skipped', reason = ?2, updated_at = ?1
     WHERE status = 'pending' AND body IS NOT NULL AND expires_at <= ?1";

fn expire(connection: &Connection, now: Timestamp) -> Result<(), StoreError> {
    // A look at the head of an index: an update that finds nothing costs ten times as much.
    let some: bool = connection
        .prepare_cached(EXPIRED)?
        .query_row([ms(now)], |row| row.get(0))?;
    if some {
        connection
            .prepare_cached(EXPIRE)?
            .execute(params![ms(now), SkipReason::TooLate.name()])?;
    }
    Ok(())
}

pub(super) const CLAIMABLE: &str =
    "SELECT id, attempts + 1, kind, phone, body, segments, due_at, expires_at
     FROM deliveries
     WHERE status = 'pending' AND body IS NOT NULL AND urgency = ?1 AND next_attempt_at <= ?2
     ORDER BY next_attempt_at, id LIMIT ?3";

/// `OR FAIL`, as in all that is written for each message where triggers count: whoever fails has everything of the transaction undone,
/// so that SQLite need not keep copies of the pages to undo the statement alone.
pub(super) const CLAIM: &str =
    "UPDATE OR FAIL deliveries SET status = 'attempting', attempts = attempts + 1, attempted_at = ?2,
        updated_at = ?2, absent_checks = 0, last_absent_at = NULL
     WHERE id = ?1";

/// Fills `claimed` up to `limit` from one urgency.
fn claim_of(
    connection: &Connection,
    urgency: u8,
    now: Timestamp,
    limit: usize,
    claimed: &mut Vec<Claimed>,
) -> Result<(), StoreError> {
    while claimed.len() < limit {
        let room = limit - claimed.len();
        let found = connection
            .prepare_cached(CLAIMABLE)?
            .query_map(params![urgency, ms(now), count(room)], read_claimed)?
            .collect::<Result<Vec<_>, _>>()?;
        if found.is_empty() {
            return Ok(());
        }
        for one in found {
            if is_stopped(connection, &one.phone)? {
                deliveries::skip(connection, one.id, SkipReason::Stopped, now)?;
            } else {
                connection
                    .prepare_cached(CLAIM)?
                    .execute(params![one.id.0, ms(now)])?;
                claimed.push(one);
            }
        }
    }
    Ok(())
}

fn read_claimed(row: &rusqlite::Row<'_>) -> rusqlite::Result<Claimed> {
    let mut columns = Columns::of(row);
    Ok(Claimed {
        id: DeliveryId(columns.raw()?),
        attempt: columns.raw()?,
        kind: columns.parsed(DeliveryKind::parse, "no kind")?,
        phone: columns.phone()?,
        body: columns.raw()?,
        segments: columns.raw::<u32>()? as usize,
        due_at: columns.instant()?,
        expires_at: columns.instant()?,
    })
}

pub(super) const ATTEMPTING: &str =
    "SELECT phone FROM deliveries WHERE id = ?1 AND status = 'attempting'";

pub(super) const RELEASE: &str =
    "UPDATE deliveries SET status = 'skipped', reason = ?3, updated_at = ?4
     WHERE id = ?1 AND attempts = ?2 AND status = 'attempting'";

pub(super) fn is_stopped(connection: &Connection, phone: &PhoneNumber) -> Result<bool, StoreError> {
    let standing = subscribers::standing(connection, phone)?;
    Ok(matches!(standing, Some(Standing::Stopped { .. })))
}
