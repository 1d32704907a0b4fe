//! What the daemon remembers about itself, by name.

use rusqlite::{Connection, OptionalExtension, Result, params};

pub(in crate::store) const GET: &str = "SELECT value FROM meta WHERE key = ?1";

pub(in crate::store) fn get(connection: &Connection, key: &str) -> Result<Option<String>> {
    connection
        .prepare_cached(GET)?
        .query_row([key], |row| row.get(0))
        .optional()
}

pub(in crate::store) fn set(connection: &Connection, key: &str, value: &str) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO meta (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        )?
        .execute(params![key, value])?;
    Ok(())
}
