//! From any released schema to the current one, and no further.

use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use super::connection::failed;
use crate::store::error::OpenError;

/// The current schema, as a new database gets it.
pub(in crate::store) const SCHEMA: &str = include_str!("../../../schema.sql");

/// Upgrade number N (counted from 1) leads from schema N - 1 to schema N. Released ones never change.
pub(in crate::store) const UPGRADES: &[&str] = &[
    include_str!("upgrades/001.sql"),
    include_str!("upgrades/002.sql"),
    include_str!("upgrades/003.sql"),
    include_str!("upgrades/004.sql"),
    include_str!("upgrades/005.sql"),
    include_str!("upgrades/006.sql"),
    include_str!("upgrades/007.sql"),
    include_str!("upgrades/008.sql"),
];

/// `PRAGMA application_id` of our databases: "Wthr".
pub(in crate::store) const APPLICATION_ID: i64 = 0x5774_6872;

/// Which schema a file has; 0 is an empty one.
pub(in crate::store) fn recognize(
    connection: &Connection,
    path: &Path,
) -> Result<usize, OpenError> {
    let ask = |sql: &str| -> Result<i64, OpenError> {
        connection
            .query_row(sql, [], |row| row.get(0))
            .map_err(|e| failed(path, &e))
    };
    let objects = ask("SELECT count(*) FROM sqlite_schema")?;
    let application = ask("PRAGMA application_id")?;
    let version = ask("PRAGMA user_version")?;
    if objects == 0 && application == 0 && version == 0 {
        return Ok(0);
    }
    if application != APPLICATION_ID || version < 1 {
        return Err(OpenError::NotOurs(path.to_owned()));
    }
    match usize::try_from(version) {
        Ok(version) if version <= UPGRADES.len() => Ok(version),
        _ => Err(OpenError::Newer {
            path: path.to_owned(),
            found: version,
            known: current(),
        }),
    }
}

/// Brings a recognized database to the current schema in one transaction; a new one is made from [`SCHEMA`].
pub(in crate::store) fn arrive(
    connection: &mut Connection,
    found: usize,
    path: &Path,
) -> Result<(), OpenError> {
    if found == UPGRADES.len() {
        return Ok(());
    }
    let steps: &[&str] = if found == 0 {
        &[SCHEMA]
    } else {
        &UPGRADES[found..]
    };
    run(connection, steps).map_err(|e| failed(path, &e))?;
    if found > 0 {
        tracing::info!(
            from = found,
            to = UPGRADES.len(),
            "the database was upgraded"
        );
    }
    Ok(())
}

/// The current schema's number.
pub(in crate::store) fn current() -> i64 {
    i64::try_from(UPGRADES.len()).unwrap_or(i64::MAX)
}

/// Runs scripts all or none. Tables that are rebuilt may be referenced: foreign keys are checked at the end instead.
pub(in crate::store) fn run(connection: &mut Connection, steps: &[&str]) -> rusqlite::Result<()> {
    connection.pragma_update(None, "foreign_keys", false)?;
    let result = (|| {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for step in steps {
            transaction.execute_batch(step)?;
        }
        let broken = transaction
            .prepare("PRAGMA foreign_key_check")?
            .query([])?
            .next()?
            .is_some();
        if broken {
            return Err(rusqlite::Error::QueryReturnedNoRows);
        }
        transaction.commit()
    })();
    connection.pragma_update(None, "foreign_keys", true)?;
    result
}

#[cfg(test)]
mod tests;
