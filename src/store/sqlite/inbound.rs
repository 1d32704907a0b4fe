//! Texts that came in, and the answer that the same one gets again.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Result, params};

use super::values::ms;
use crate::domain::phone::PhoneNumber;

pub(in crate::store) const REPLY: &str = "SELECT reply FROM inbound_texts WHERE sid = ?1";

/// The answer to a text that was answered before; `Some(None)`: with silence.
pub(in crate::store) fn reply(
    connection: &Connection,
    sid: &str,
) -> Result<Option<Option<String>>> {
    connection
        .prepare_cached(REPLY)?
        .query_row([sid], |row| row.get(0))
        .optional()
}

/// A text and its answer; without phone and words where they are being erased.
pub(in crate::store) struct Answer<'a> {
    pub(in crate::store) sid: &'a str,
    pub(in crate::store) sender: Option<(&'a PhoneNumber, &'a str)>,
    pub(in crate::store) reply: Option<&'a str>,
    pub(in crate::store) outcome: &'a str,
}

pub(in crate::store) fn add(
    connection: &Connection,
    answer: &Answer<'_>,
    now: Timestamp,
) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT OR FAIL INTO inbound_texts (sid, phone, body, reply, outcome, received_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            answer.sid,
            answer.sender.map(|(phone, _)| phone.e164()),
            answer.sender.map(|(_, body)| body),
            answer.reply,
            answer.outcome,
            ms(now)
        ])?;
    Ok(())
}

/// Takes phone and words out of every text of the phone; that it was answered stays, for when the carrier repeats it.
pub(in crate::store) fn erase(connection: &Connection, phone: &PhoneNumber) -> Result<()> {
    connection.prepare_cached(ERASE)?.execute([phone.e164()])?;
    Ok(())
}

pub(in crate::store) const ERASE: &str =
    "UPDATE inbound_texts SET phone = NULL, body = NULL, reply = NULL WHERE phone = ?1";
