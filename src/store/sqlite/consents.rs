//! The consent log: never changed, only added to, and erased with its phone.

use jiff::Timestamp;
use rusqlite::{Connection, Result, params};

use super::values::ms;
use crate::domain::decision::Consent;
use crate::domain::phone::PhoneNumber;

pub(in crate::store) fn add(
    connection: &Connection,
    phone: &PhoneNumber,
    consent: &Consent,
    now: Timestamp,
) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO consents (phone, kind, words, answer, at) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![
            phone.e164(),
            consent.kind.name(),
            consent.words,
            consent.answer,
            ms(now)
        ])?;
    Ok(())
}

pub(in crate::store) fn erase(connection: &Connection, phone: &PhoneNumber) -> Result<()> {
    connection
        .prepare_cached("DELETE FROM consents WHERE phone = ?1")?
        .execute([phone.e164()])?;
    Ok(())
}
