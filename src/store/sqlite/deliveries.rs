//! The outbox: making rows, taking them out of the queue, and letting go of what stopped, ended or was erased.

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, Result, params};

use super::json::{AskJson, text};
use super::values::{count, date_or_null, ms};
use crate::domain::decision::FollowUp;
use crate::domain::delivery::{DedupKey, DeliveryId, DeliveryKind, SkipReason};
use crate::domain::phone::PhoneNumber;
use crate::domain::subscriber::SubscriptionId;

/// A row to be made.
pub(in crate::store) struct New<'a> {
    pub(in crate::store) key: &'a DedupKey,
    pub(in crate::store) kind: DeliveryKind,
    pub(in crate::store) phone: &'a PhoneNumber,
    pub(in crate::store) subscription: Option<SubscriptionId>,
    pub(in crate::store) local_date: Option<Date>,
    pub(in crate::store) what: What<'a>,
    pub(in crate::store) due_at: Timestamp,
}

/// What a new row is for.
#[derive(Clone, Copy)]
pub(in crate::store) enum What<'a> {
    /// To be sent.
    Send {
        body: &'a str,
        segments: usize,
        expires_at: Timestamp,
    },
    /// Owed, to be written when the weather is back.
    Owe(&'a FollowUp),
    /// Only a record of why not.
    Skip(SkipReason),
}

/// Makes the row, unless its key has one already: returns whether it did. Every row begins as pending, or, claimed, as attempting: it is
/// counted when that ends.
pub(in crate::store) fn insert(
    connection: &Connection,
    id: DeliveryId,
    new: &New<'_>,
    is_claimed: bool,
    now: Timestamp,
) -> Result<bool> {
    let (body, segments, expires_at) = match new.what {
        What::Send {
            body,
            segments,
            expires_at,
        } => (Some(body), Some(count(segments)), Some(ms(expires_at))),
        _ => (None, None, None),
    };
    let ask = match new.what {
        What::Owe(ask) => Some(text(&AskJson::of(ask))?),
        _ => None,
    };
    let made = connection
        .prepare_cached(
            "INSERT INTO deliveries (id, key, kind, urgency, phone, subscription_id, local_date, status, body, segments,
                ask, due_at, expires_at, next_attempt_at, attempts, attempted_at, created_at, updated_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?14, ?8, ?9, ?10, ?11, ?12, ?11, ?15, ?16, ?13, ?13)
             ON CONFLICT (key) DO NOTHING",
        )?
        .execute(params![
            id.0,
            new.key.as_str(),
            new.kind.name(),
            urgency(new.kind),
            new.phone.e164(),
            new.subscription.map(|s| s.0),
            date_or_null(new.local_date),
            body,
            segments,
            ask,
            ms(new.due_at),
            expires_at,
            ms(now),
            if is_claimed { "attempting" } else { "pending" },
            u8::from(is_claimed),
            is_claimed.then(|| ms(now)),
        ])?;
    if let (true, What::Skip(reason)) = (made > 0, new.what) {
        skip(connection, id, reason, now)?;
    }
    Ok(made > 0)
}

/// A number that no row ever had: above all others, and from the time, so that also a restored backup makes no second one.
pub(in crate::store) fn next_id(connection: &Connection, now: Timestamp) -> Result<DeliveryId> {
    let last: i64 = connection
        .prepare_cached(LAST_ID)?
        .query_row([], |row| row.get(0))?;
    let random = i64::from(rand::random::<u16>() & 0x3ff);
    // Clocks far in the future must not use the numbers up.
    let timed = ms(now).clamp(0, 1 << 42) << 10 | random;
    Ok(DeliveryId(timed.max(last + 1)))
}

pub(in crate::store) const LAST_ID: &str = "SELECT coalesce(max(id), 0) FROM deliveries";

/// The row of a key.
pub(in crate::store) fn by_key(
    connection: &Connection,
    key: &DedupKey,
) -> Result<Option<DeliveryId>> {
    connection
        .prepare_cached(BY_KEY)?
        .query_row([key.as_str()], |row| row.get(0).map(DeliveryId))
        .optional()
}

pub(in crate::store) const BY_KEY: &str = "SELECT id FROM deliveries WHERE key = ?1";

/// Ends a row that waits or is being tried, without its having been sent.
pub(in crate::store) fn skip(
    connection: &Connection,
    id: DeliveryId,
    reason: SkipReason,
    now: Timestamp,
) -> Result<()> {
    connection
        .prepare_cached(SKIP)?
        .execute(params![id.0, reason.name(), ms(now)])?;
    Ok(())
}

pub(in crate::store) const SKIP: &str =
    "UPDATE deliveries SET status = 'skipped', reason = ?2, updated_at = ?3 WHERE id = ?1";

/// Nothing that waits for this phone is sent any more.
pub(in crate::store) fn stop_phone(
    connection: &Connection,
    phone: &PhoneNumber,
    now: Timestamp,
) -> Result<()> {
    connection.prepare_cached(STOP_PHONE)?.execute(params![
        phone.e164(),
        SkipReason::Stopped.name(),
        ms(now)
    ])?;
    Ok(())
}

pub(in crate::store) const STOP_PHONE: &str =
    "UPDATE deliveries SET status = 'skipped', reason = ?2, updated_at = ?3
     WHERE phone = ?1 AND status = 'pending'";

/// Nothing that waits for this subscription is sent any more.
pub(in crate::store) fn end_subscription(
    connection: &Connection,
    id: SubscriptionId,
    now: Timestamp,
) -> Result<()> {
    connection
        .prepare_cached(END_SUBSCRIPTION)?
        .execute(params![id.0, SkipReason::Ended.name(), ms(now)])?;
    Ok(())
}

pub(in crate::store) const END_SUBSCRIPTION: &str =
    "UPDATE deliveries SET status = 'skipped', reason = ?2,
     updated_at = ?3 WHERE subscription_id = ?1 AND status = 'pending'";

/// Takes phone and words out of every row of the phone. What waited is not sent; what is under way ends as unknown, as
/// nobody can be asked about it without the number; a late report still settles it.
pub(in crate::store) fn erase(
    connection: &Connection,
    phone: &PhoneNumber,
    now: Timestamp,
) -> Result<()> {
    connection.prepare_cached(ERASE)?.execute(params![
        phone.e164(),
        SkipReason::Stopped.name(),
        ms(now)
    ])?;
    Ok(())
}

pub(in crate::store) const ERASE: &str = "UPDATE deliveries SET
        reason = iif(status = 'pending', ?2, reason),
        status = CASE status WHEN 'pending' THEN 'skipped' WHEN 'attempting' THEN 'unknown' WHEN 'unclear' THEN 'unknown'
                 ELSE status END,
        phone = NULL, body = NULL, ask = NULL, updated_at = ?3
     WHERE phone = ?1";

/// Follow-ups before mornings before the rest.
pub(in crate::store) const fn urgency(kind: DeliveryKind) -> u8 {
    match kind {
        DeliveryKind::FollowUp => 0,
        DeliveryKind::Daily => 1,
        DeliveryKind::Notice | DeliveryKind::Call => 2,
    }
}
