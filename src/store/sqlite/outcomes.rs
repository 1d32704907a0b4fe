//! How a delivery went: what an attempt's outcome or a report of the carrier makes of its row and of its subscriber.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Result, params};

use super::deliveries;
use super::subscribers::{self, Saved};
use super::values::{Columns, ms};
use crate::domain::delivery::{
    DeliveryId, DeliveryStatus, SendOutcome, Settlement, SkipReason, StatusReport, Treatment,
};
use crate::domain::phone::PhoneNumber;
use crate::domain::subscriber::{Standing, StoppedBy, Subscriber};

/// Writes down how an attempt went.
pub(in crate::store) fn settle(
    connection: &Connection,
    settlement: &Settlement,
    now: Timestamp,
) -> Result<()> {
    let id = settlement.delivery;
    // Nearly all go this way: no report came before the answer to the create call.
    if let SendOutcome::Accepted { sid } = &settlement.outcome
        && connection.prepare_cached(ACCEPT)?.execute(params![
            id.0,
            settlement.attempt,
            sid,
            ms(now)
        ])? > 0
    {
        return Ok(());
    }
    let Some(row) = find(connection, id)? else {
        return Ok(());
    };
    if row.attempts != settlement.attempt {
        return Ok(());
    }
    match &settlement.outcome {
        SendOutcome::Accepted { sid } => {
            if row.sid.as_ref().is_none_or(|known| known == sid) {
                let status = row.status.advance(DeliveryStatus::Accepted);
                travel(connection, id, &row, status, Some(sid), None, now)?;
            }
            Ok(())
        }
        // A report that came first proves more than any of these.
        _ if row.is_with_carrier() => Ok(()),
        SendOutcome::Retry { code, .. } => again(connection, &row, settlement, *code, now),
        SendOutcome::Rejected { code, treatment } => match treatment {
            Treatment::Transient | Treatment::HoldAll => {
                again(connection, &row, settlement, Some(*code), now)
            }
            Treatment::OptedOut | Treatment::PhoneGone | Treatment::ThisMessage => {
                fail(connection, id, *code, *treatment, now)?;
                treat(connection, &row, *treatment, now)
            }
        },
        SendOutcome::Unknown => {
            if row.status == DeliveryStatus::Attempting {
                connection
                    .prepare_cached(HOLD)?
                    .execute(params![id.0, ms(now)])?;
            }
            Ok(())
        }
    }
}

/// Writes down what the carrier reports; whether that changed anything.
pub(in crate::store) fn advance(
    connection: &Connection,
    report: &StatusReport,
    now: Timestamp,
) -> Result<bool> {
    let id = report.delivery;
    let Some(row) = find(connection, id)? else {
        return Ok(false);
    };
    if row.sid.as_ref().is_some_and(|known| *known != report.sid) {
        return Ok(false);
    }
    let status = row.status.advance(report.status);
    let moved = status != row.status;
    if !moved && row.sid.is_some() {
        return Ok(false);
    }
    let code = report.error_code.filter(|_| moved);
    travel(connection, id, &row, status, Some(&report.sid), code, now)?;
    // A report that comes twice must not undo what its person did in between.
    if let Some(treatment) = report.treatment.filter(|_| moved) {
        treat(connection, &row, treatment, now)?;
    }
    Ok(true)
}

/// Stops a phone: its subscriptions are no longer due, and nothing that waits for it is sent.
pub(in crate::store) fn stop(
    connection: &Connection,
    phone: &PhoneNumber,
    by: StoppedBy,
    now: Timestamp,
) -> Result<()> {
    let saved = subscribers::load(connection, phone)?;
    let mut after = saved.as_ref().map_or_else(
        || Subscriber::new(phone.clone(), None, now),
        |saved: &Saved| saved.subscriber.clone(),
    );
    after.standing = match after.standing {
        Standing::Active => Standing::Stopped { at: now, by },
        // The carrier's block is what decides who may still be answered.
        Standing::Stopped { at, .. } if by == StoppedBy::Carrier => Standing::Stopped { at, by },
        stopped @ Standing::Stopped { .. } => stopped,
    };
    subscribers::save(connection, saved.as_ref(), &after, now)?;
    deliveries::stop_phone(connection, phone, now)
}

/// What decides about an outcome.
struct Row {
    status: DeliveryStatus,
    attempts: u32,
    phone: Option<PhoneNumber>,
    sid: Option<String>,
    expires_at: Option<Timestamp>,
}

impl Row {
    /// Whether it is beyond what an attempt's failure could say of it.
    const fn is_with_carrier(&self) -> bool {
        matches!(
            self.status,
            DeliveryStatus::Accepted
                | DeliveryStatus::Sent
                | DeliveryStatus::Delivered
                | DeliveryStatus::Undelivered
                | DeliveryStatus::Failed
                | DeliveryStatus::Skipped
        )
    }
}

pub(in crate::store) const FIND: &str =
    "SELECT status, attempts, phone, sid, expires_at FROM deliveries WHERE id = ?1";

fn find(connection: &Connection, id: DeliveryId) -> Result<Option<Row>> {
    connection
        .prepare_cached(FIND)?
        .query_row([id.0], |row| {
            let mut columns = Columns::of(row);
            Ok(Row {
                status: columns.parsed(DeliveryStatus::parse, "no status")?,
                attempts: columns.raw()?,
                phone: columns.phone_or_null()?,
                sid: columns.raw()?,
                expires_at: columns.instant_or_null()?,
            })
        })
        .optional()
}

pub(in crate::store) const ACCEPT: &str =
    "UPDATE OR FAIL deliveries SET status = 'accepted', sid = ?3, error_code = NULL, reason = NULL,
        accepted_at = coalesce(accepted_at, ?4), updated_at = ?4
     WHERE id = ?1 AND attempts = ?2 AND status = 'attempting' AND sid IS NULL";

/// The carrier has it, as far as `status`.
fn travel(
    connection: &Connection,
    id: DeliveryId,
    row: &Row,
    status: DeliveryStatus,
    sid: Option<&str>,
    code: Option<u32>,
    now: Timestamp,
) -> Result<()> {
    let moved = status != row.status;
    let sid_now = sid.or(row.sid.as_deref());
    let why = match sid_now.is_some_and(|sid| sid.starts_with("CA")) {
        true => "the call failed or was ended before an answer",
        false => "refused by the carrier",
    };
    let reason = (moved && status == DeliveryStatus::Failed).then_some(why);
    connection.prepare_cached(TRAVEL)?.execute(params![
        id.0,
        status.name(),
        sid,
        code,
        moved,
        reason,
        ms(now)
    ])?;
    Ok(())
}

pub(in crate::store) const TRAVEL: &str =
    "UPDATE OR FAIL deliveries SET status = ?2, sid = coalesce(sid, ?3),
        error_code = iif(?5, ?4, error_code), reason = iif(?5, ?6, reason),
        accepted_at = coalesce(accepted_at, ?7), updated_at = ?7
     WHERE id = ?1";

pub(in crate::store) const HOLD: &str = "UPDATE deliveries SET status = 'unclear', absent_checks = 0, last_absent_at = NULL, updated_at = ?2 WHERE id = ?1";

/// It provably was not sent: later, unless that is too late or its phone wants nothing any more.
fn again(
    connection: &Connection,
    row: &Row,
    settlement: &Settlement,
    code: Option<u32>,
    now: Timestamp,
) -> Result<()> {
    let id = settlement.delivery;
    // It waits already: the message list was faster than this answer.
    if row.status == DeliveryStatus::Pending {
        return Ok(());
    }
    connection.prepare_cached(AGAIN)?.execute(params![
        id.0,
        code,
        ms(settlement.retry_at),
        ms(now)
    ])?;
    let Some(phone) = &row.phone else {
        return deliveries::skip(connection, id, SkipReason::Stopped, now);
    };
    if matches!(
        subscribers::standing(connection, phone)?,
        Some(Standing::Stopped { .. })
    ) {
        return deliveries::skip(connection, id, SkipReason::Stopped, now);
    }
    if row.expires_at.is_some_and(|end| end <= settlement.retry_at) {
        return deliveries::skip(connection, id, SkipReason::TooLate, now);
    }
    Ok(())
}

pub(in crate::store) const AGAIN: &str =
    "UPDATE deliveries SET status = iif(phone IS NULL, 'unknown', 'pending'),
        error_code = coalesce(?2, error_code), next_attempt_at = ?3, updated_at = ?4
     WHERE id = ?1";

fn fail(
    connection: &Connection,
    id: DeliveryId,
    code: u32,
    treatment: Treatment,
    now: Timestamp,
) -> Result<()> {
    let reason = match treatment {
        Treatment::OptedOut => "opted out at the carrier",
        Treatment::PhoneGone => "the phone cannot be reached",
        _ => "refused by the carrier",
    };
    connection
        .prepare_cached(FAIL)?
        .execute(params![id.0, code, reason, ms(now)])?;
    Ok(())
}

pub(in crate::store) const FAIL: &str = "UPDATE deliveries SET status = 'failed', error_code = ?2, reason = ?3, updated_at = ?4 WHERE id = ?1";

/// What a code means beyond its message.
fn treat(connection: &Connection, row: &Row, treatment: Treatment, now: Timestamp) -> Result<()> {
    let by = match treatment {
        Treatment::OptedOut => StoppedBy::Carrier,
        Treatment::PhoneGone => StoppedBy::Unreachable,
        Treatment::Transient | Treatment::HoldAll | Treatment::ThisMessage => return Ok(()),
    };
    match &row.phone {
        Some(phone) => stop(connection, phone, by, now),
        None => Ok(()),
    }
}
