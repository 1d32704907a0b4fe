//! Opening the file: the kernel lock, the settings of a connection, and whether it is ours at all.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::upgrades;
use crate::store::error::OpenError;

/// Statements kept prepared on each connection: more than there are.
const STATEMENTS: usize = 128;

/// Takes the lock that only one daemon can have. The kernel frees it, however the process ends.
pub(in crate::store) fn lock(path: &Path) -> Result<File, OpenError> {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(PathBuf::from(name))
        .map_err(|error| refused(path, &error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(OpenError::Locked(path.to_owned())),
        Err(TryLockError::Error(error)) => Err(refused(path, &error)),
    }
}

/// Whether the directory is there to create a file in.
pub(in crate::store) fn has_directory(path: &Path) -> Result<(), OpenError> {
    let directory = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    if directory.is_dir() {
        Ok(())
    } else {
        Err(OpenError::NoDirectory(directory.to_owned()))
    }
}

/// The connection that writes; creates and upgrades the database.
pub(in crate::store) fn writer(path: &Path) -> Result<Connection, OpenError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(path, flags).map_err(|e| failed(path, &e))?;
    if connection.is_readonly("main").unwrap_or(true) {
        return Err(OpenError::ReadOnly(path.to_owned()));
    }
    set_up(&connection, 16_000).map_err(|e| failed(path, &e))?;
    let found = upgrades::recognize(&connection, path)?;
    let mode: String = connection
        .query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))
        .map_err(|e| failed(path, &e))?;
    if mode != "wal" {
        return Err(OpenError::Failed {
            path: path.to_owned(),
            why: format!("its file system allows no write-ahead log (journal mode {mode})"),
        });
    }
    // A forgotten send is a double send: every commit reaches the disk. Group commit makes it cheap.
    connection
        .execute_batch(
            "PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA journal_size_limit = 67108864;
             PRAGMA wal_autocheckpoint = 2000;",
        )
        .map_err(|e| failed(path, &e))?;
    upgrades::arrive(&mut connection, found, path)?;
    // Statistics from when the database was small make SQLite read whole tables once it is large: plans come from the
    // indexes alone, so that they are the ones that the tests saw.
    connection
        .execute_batch("DROP TABLE IF EXISTS sqlite_stat1; DROP TABLE IF EXISTS sqlite_stat4;")
        .map_err(|e| failed(path, &e))?;
    Ok(connection)
}

/// A connection that only reads, beside the writer or beside another process.
pub(in crate::store) fn reader(path: &Path) -> Result<Connection, OpenError> {
    if !path.exists() {
        return Err(OpenError::Missing(path.to_owned()));
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(|e| failed(path, &e))?;
    set_up(&connection, 4_000).map_err(|e| failed(path, &e))?;
    Ok(connection)
}

/// An error of SQLite while opening, as one for people.
pub(in crate::store) fn failed(path: &Path, error: &rusqlite::Error) -> OpenError {
    let path = path.to_owned();
    match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => OpenError::NotADatabase(path),
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => OpenError::ReadOnly(path),
        Some(ErrorCode::CannotOpen) if path.is_dir() => OpenError::NotADatabase(path),
        Some(ErrorCode::CannotOpen) => OpenError::ReadOnly(path),
        _ => OpenError::Failed {
            path,
            why: crate::store::StoreError::from_sqlite(error).to_string(),
        },
    }
}

fn refused(path: &Path, error: &std::io::Error) -> OpenError {
    match error.kind() {
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            OpenError::ReadOnly(path.to_owned())
        }
        _ => OpenError::Failed {
            path: path.to_owned(),
            why: error.to_string(),
        },
    }
}

/// What every connection wants. `cache_kib` of pages are kept at most.
fn set_up(connection: &Connection, cache_kib: u32) -> rusqlite::Result<()> {
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    // Plans do not depend on bound values: otherwise SQLite parses a statement again for every new LIMIT.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.execute_batch(&format!(
        "PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF;
         PRAGMA cache_size = -{cache_kib};"
    ))
}
