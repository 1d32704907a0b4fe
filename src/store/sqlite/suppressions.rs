//! Salted hashes of erased phones, so that no import brings them back.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Result, params};
use sha2::{Digest, Sha256};

use super::meta;
use super::values::{Columns, ms};
use crate::domain::phone::PhoneNumber;
use crate::domain::subscriber::{Standing, StoppedBy};

const SALT: &str = "suppression_salt";

pub(in crate::store) const GET: &str = "SELECT stopped_by, at FROM suppressions WHERE hash = ?1";

/// Keeps the hash of a phone that is being erased. One that had stopped our texts stays stopped.
pub(in crate::store) fn add(
    connection: &Connection,
    phone: &PhoneNumber,
    standing: Option<&Standing>,
    now: Timestamp,
) -> Result<()> {
    let salt = match meta::get(connection, SALT)? {
        Some(salt) => salt,
        None => {
            let fresh = format!(
                "{:032x}{:032x}",
                rand::random::<u128>(),
                rand::random::<u128>()
            );
            meta::set(connection, SALT, &fresh)?;
            fresh
        }
    };
    let by = match standing {
        Some(Standing::Stopped { by, .. }) => Some(by.name()),
        _ => None,
    };
    connection
        .prepare_cached(
            "INSERT INTO suppressions (hash, stopped_by, at) VALUES (?1, ?2, ?3)
             ON CONFLICT (hash) DO UPDATE SET stopped_by = coalesce(excluded.stopped_by, stopped_by), at = excluded.at",
        )?
        .execute(params![hash(&salt, phone), by, ms(now)])?;
    Ok(())
}

/// Whether the phone was erased, and how it stood.
pub(in crate::store) fn find(
    connection: &Connection,
    phone: &PhoneNumber,
) -> Result<Option<Standing>> {
    // Without a salt nothing was ever erased.
    let Some(salt) = meta::get(connection, SALT)? else {
        return Ok(None);
    };
    connection
        .prepare_cached(GET)?
        .query_row([hash(&salt, phone)], |row| {
            let mut columns = Columns::of(row);
            let by = columns.parsed_or_null(StoppedBy::parse, "no stop")?;
            let at = columns.instant()?;
            Ok(by.map_or(Standing::Active, |by| Standing::Stopped { at, by }))
        })
        .optional()
}

/// Forgets the hash: its person asked for our texts again.
pub(in crate::store) fn lift(connection: &Connection, phone: &PhoneNumber) -> Result<()> {
    if let Some(salt) = meta::get(connection, SALT)? {
        connection
            .prepare_cached("DELETE FROM suppressions WHERE hash = ?1")?
            .execute([hash(&salt, phone)])?;
    }
    Ok(())
}

fn hash(salt: &str, phone: &PhoneNumber) -> [u8; 32] {
    Sha256::new()
        .chain_update(salt)
        .chain_update(phone.e164())
        .finalize()
        .into()
}
