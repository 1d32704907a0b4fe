//! What is not over yet: attempts that were cut off, unclear sends, and missing receipts.

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OptionalExtension, params};

use super::outbox::is_stopped;
use super::sqlite::deliveries;
use super::sqlite::values::{Columns, count, ms};
use super::{Store, StoreError};
use crate::domain::delivery::{DeliveryId, DeliveryKind, SkipReason};
use crate::domain::phone::PhoneNumber;

/// A send whose outcome nobody knows.
#[derive(Clone, PartialEq)]
pub struct Unclear {
    /// Its row.
    pub id: DeliveryId,
    /// Which attempt.
    pub attempt: u32,
    /// What it is.
    pub kind: DeliveryKind,
    /// To whom.
    pub phone: PhoneNumber,
    /// The text.
    pub body: String,
    /// When it was tried.
    pub attempted_at: Timestamp,
    /// How often the carrier's list did not have it.
    pub absent_checks: u32,
    /// When that was seen last.
    pub last_absent_at: Option<Timestamp>,
    /// When it is no longer worth sending.
    pub expires_at: Timestamp,
}

/// A text that the carrier has, of which it never said how it went on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreported {
    /// Its row.
    pub id: DeliveryId,
    /// The carrier's id.
    pub sid: String,
    /// When it was accepted.
    pub accepted_at: Timestamp,
}

/// A clock that went back further than this leaves rows in the future, which must not wait until then.
const JUMP: SignedDuration = SignedDuration::from_hours(1);

impl Store {
    /// Holds attempts from before `before` as unclear: their process died, or nobody wrote down how they went. At start
    /// that is all of them (`Timestamp::MAX`). Also lets go of times in a far future, which a clock that was put back
    /// leaves behind: retries may be tried now, and what waits for the carrier's word is asked about again. How many are
    /// held.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn hold_interrupted(
        &self,
        before: Timestamp,
        now: Timestamp,
    ) -> Result<usize, StoreError> {
        self.write(move |connection| {
            let mut held = 0;
            held += connection
                .prepare_cached(INTERRUPTED)?
                .execute(params![ms(before), ms(now)])?;
            held += connection
                .prepare_cached(INTERRUPTED_AHEAD)?
                .execute(params![ms(later(now)), ms(now)])?;
            for urgency in 0..=2_u8 {
                connection.prepare_cached(RETRY_AHEAD)?.execute(params![
                    urgency,
                    ms(later(now)),
                    ms(now)
                ])?;
            }
            for sql in [ABSENT_AHEAD, ACCEPTED_AHEAD] {
                connection
                    .prepare_cached(sql)?
                    .execute(params![ms(later(now)), ms(now)])?;
            }
            Ok(held)
        })
        .await
    }

    /// Unclear sends tried before `before` that were not missing in the carrier's list since then, the oldest first;
    /// also those that a clock put back left in the future.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn unclear(
        &self,
        before: Timestamp,
        limit: usize,
    ) -> Result<Vec<Unclear>, StoreError> {
        self.read(move |connection| {
            let mut found = connection
                .prepare_cached(UNCLEAR)?
                .query_map(params![ms(before), count(limit)], read_unclear)?
                .collect::<Result<Vec<_>, _>>()?;
            let room = limit.saturating_sub(found.len());
            let ahead = connection
                .prepare_cached(UNCLEAR_AHEAD)?
                .query_map(
                    params![ms(later(before)), count(room), ms(before)],
                    read_unclear,
                )?
                .collect::<Result<Vec<_>, _>>()?;
            found.extend(ahead);
            Ok(found)
        })
        .await
    }

    /// The carrier's list did not have it.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn note_absent(
        &self,
        id: DeliveryId,
        attempt: u32,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        self.change_unclear(NOTE_ABSENT, id, attempt, now).await
    }

    /// Nothing could be proven: the record ends as unknown.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn give_up(
        &self,
        id: DeliveryId,
        attempt: u32,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        self.change_unclear(GIVE_UP, id, attempt, now).await
    }

    /// The carrier provably never had it: it waits for another attempt, unless that is too late or its phone stopped.
    /// Whether it does.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn resend(
        &self,
        id: DeliveryId,
        attempt: u32,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        self.write(move |connection| resend(connection, id, attempt, now))
            .await
    }

    /// Accepted texts to ask about, the longest silent first: accepted and not asked about since `silent`, and not again
    /// before as much time has passed as lay between acceptance and the last question. Those from before `old` anyway.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn unreported(
        &self,
        silent: Timestamp,
        old: Timestamp,
        now: Timestamp,
        limit: usize,
    ) -> Result<Vec<Unreported>, StoreError> {
        self.read(move |connection| {
            Ok(connection
                .prepare_cached(UNREPORTED)?
                .query_map(params![ms(silent), ms(now), ms(old), count(limit)], |row| {
                    let mut columns = Columns::of(row);
                    Ok(Unreported {
                        id: DeliveryId(columns.raw()?),
                        sid: columns.raw()?,
                        accepted_at: columns.instant()?,
                    })
                })?
                .collect::<Result<_, _>>()?)
        })
        .await
    }

    /// The carrier was asked about an accepted text and had no news: it is asked about the others first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn note_asked(&self, id: DeliveryId, now: Timestamp) -> Result<(), StoreError> {
        self.write(move |connection| {
            connection
                .prepare_cached(NOTE_ASKED)?
                .execute(params![id.0, ms(now)])?;
            Ok(())
        })
        .await
    }

    /// No report will come any more: the record ends as sent.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn mark_sent(&self, id: DeliveryId, now: Timestamp) -> Result<(), StoreError> {
        self.write(move |connection| {
            connection
                .prepare_cached(MARK_SENT)?
                .execute(params![id.0, ms(now)])?;
            Ok(())
        })
        .await
    }

    /// Runs a statement of (id, attempt, now) on a row that is still unclear; whether it was.
    async fn change_unclear(
        &self,
        sql: &'static str,
        id: DeliveryId,
        attempt: u32,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        self.write(move |connection| {
            let changed =
                connection
                    .prepare_cached(sql)?
                    .execute(params![id.0, attempt, ms(now)])?;
            Ok(changed > 0)
        })
        .await
    }
}

pub(super) const INTERRUPTED: &str = "UPDATE deliveries SET status = 'unclear', updated_at = ?2
     WHERE status = 'attempting' AND attempted_at < ?1";
pub(super) const INTERRUPTED_AHEAD: &str =
    "UPDATE deliveries SET status = 'unclear', updated_at = ?2
     WHERE status = 'attempting' AND attempted_at > ?1";
pub(super) const RETRY_AHEAD: &str = "UPDATE deliveries SET next_attempt_at = ?3
     WHERE status = 'pending' AND body IS NOT NULL AND urgency = ?1 AND next_attempt_at > ?2 AND attempts > 0";
// When it was tried stays as it is, though it was another clock's time: the carrier's list is searched by it.
pub(super) const ABSENT_AHEAD: &str =
    "UPDATE deliveries SET absent_checks = 0, last_absent_at = NULL, updated_at = ?2
     WHERE status = 'unclear' AND attempted_at > 0 AND last_absent_at > ?1";
pub(super) const ACCEPTED_AHEAD: &str =
    "UPDATE deliveries SET accepted_at = min(accepted_at, ?2), updated_at = ?2
     WHERE status = 'accepted' AND updated_at > ?1";
pub(super) const UNCLEAR: &str =
    "SELECT id, attempts, kind, phone, body, attempted_at, absent_checks, last_absent_at, expires_at
     FROM deliveries WHERE status = 'unclear' AND attempted_at < ?1
     AND (last_absent_at IS NULL OR last_absent_at <= ?1) ORDER BY attempted_at LIMIT ?2";
pub(super) const UNCLEAR_AHEAD: &str =
    "SELECT id, attempts, kind, phone, body, attempted_at, absent_checks, last_absent_at,
     expires_at FROM deliveries WHERE status = 'unclear' AND attempted_at > ?1
     AND (last_absent_at IS NULL OR last_absent_at <= ?3) ORDER BY attempted_at LIMIT ?2";
pub(super) const NOTE_ABSENT: &str =
    "UPDATE deliveries SET absent_checks = absent_checks + 1, last_absent_at = ?3,
     updated_at = ?3 WHERE id = ?1 AND attempts = ?2 AND status = 'unclear'";
pub(super) const GIVE_UP: &str =
    "UPDATE deliveries SET status = 'unknown', reason = 'nobody could say', updated_at = ?3
     WHERE id = ?1 AND attempts = ?2 AND status = 'unclear'";
pub(super) const RESEND: &str =
    "UPDATE deliveries SET status = 'pending', next_attempt_at = ?3, updated_at = ?3
     WHERE id = ?1 AND attempts = ?2 AND status = 'unclear'";
pub(super) const OF_UNCLEAR: &str = "SELECT phone, expires_at FROM deliveries WHERE id = ?1 AND attempts = ?2 AND status = 'unclear'";
pub(super) const UNREPORTED: &str = "SELECT id, sid, accepted_at FROM deliveries
     WHERE status = 'accepted' AND updated_at < ?1 AND sid IS NOT NULL
     AND (updated_at - accepted_at <= ?2 - updated_at OR accepted_at <= ?3) ORDER BY updated_at LIMIT ?4";
pub(super) const NOTE_ASKED: &str =
    "UPDATE deliveries SET updated_at = ?2 WHERE id = ?1 AND status = 'accepted'";
pub(super) const MARK_SENT: &str =
    "UPDATE deliveries SET status = 'sent', reason = 'no receipt', updated_at = ?2
     WHERE id = ?1 AND status = 'accepted'";
fn later(at: Timestamp) -> Timestamp {
    at.saturating_add(JUMP).unwrap_or(Timestamp::MAX)
}

fn read_unclear(row: &rusqlite::Row<'_>) -> rusqlite::Result<Unclear> {
    let mut columns = Columns::of(row);
    Ok(Unclear {
        id: DeliveryId(columns.raw()?),
        attempt: columns.raw()?,
        kind: columns.parsed(DeliveryKind::parse, "no kind")?,
        phone: columns.phone()?,
        body: columns.raw()?,
        attempted_at: columns.instant()?,
        absent_checks: columns.raw()?,
        last_absent_at: columns.instant_or_null()?,
        expires_at: columns.instant()?,
    })
}

fn resend(
    connection: &Connection,
    id: DeliveryId,
    attempt: u32,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let row = connection
        .prepare_cached(OF_UNCLEAR)?
        .query_row(params![id.0, attempt], |row| {
            let mut columns = Columns::of(row);
            Ok((columns.phone()?, columns.instant()?))
        })
        .optional()?;
    let Some((phone, expires_at)) = row else {
        return Ok(false);
    };
    if is_stopped(connection, &phone)? {
        deliveries::skip(connection, id, SkipReason::Stopped, now)?;
        return Ok(false);
    }
    if expires_at <= now {
        deliveries::skip(connection, id, SkipReason::TooLate, now)?;
        return Ok(false);
    }
    connection
        .prepare_cached(RESEND)?
        .execute(params![id.0, attempt, ms(now)])?;
    Ok(true)
}
