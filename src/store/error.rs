//! What can go wrong with the database, in sentences that never carry a stored value.

use std::path::PathBuf;

/// Why a transaction was not done. Nothing of it was written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// Another program holds the write lock; trying again is safe.
    #[error("the database is locked by another program; nothing was written, try again")]
    Busy,
    /// No room; trying again is safe once there is.
    #[error("the disk is full; nothing was written, free some space")]
    Full,
    /// Opened for reading, or made read-only meanwhile.
    #[error(
        "the database is read-only; give this user the right to write the file and its directory"
    )]
    ReadOnly,
    /// The file is damaged.
    #[error("the database file is damaged; stop the daemon and restore a backup")]
    Corrupt,
    /// After `close`.
    #[error("the database is closed, as the program is stopping")]
    Closed,
    /// Anything else, as a sentence.
    #[error("{0}")]
    Other(String),
}

/// Why a database was not opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The directory is not there.
    #[error("the directory {} for the database does not exist; create it or change database.path", .0.display())]
    NoDirectory(PathBuf),
    /// There is no database yet, and this one was to be read only.
    #[error("there is no database at {}; start `weatherline serve` once, or change database.path", .0.display())]
    Missing(PathBuf),
    /// Another daemon has it.
    #[error("another weatherline is running on {}; two must never send from one database, stop the other first", .0.display())]
    Locked(PathBuf),
    /// No right to write.
    #[error("the database {} is read-only; give this user the right to write the file and its directory", .0.display())]
    ReadOnly(PathBuf),
    /// Some other file.
    #[error("{} is not a database; move it away or change database.path", .0.display())]
    NotADatabase(PathBuf),
    /// Some other program's database.
    #[error("{} is a database of another program; change database.path", .0.display())]
    NotOurs(PathBuf),
    /// Made by a later version of this program.
    #[error("the database {} is from a newer weatherline (schema {found}, this one knows {known}); install that version", path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its schema.
        found: i64,
        /// Ours.
        known: i64,
    },
    /// Made by an earlier version, and not to be changed now.
    #[error("the database {} is from an older weatherline (schema {found}, this one needs {known}); start `weatherline serve` once", path.display())]
    Older {
        /// The file.
        path: PathBuf,
        /// Its schema.
        found: i64,
        /// Ours.
        known: i64,
    },
    /// Anything else.
    #[error("the database {} cannot be opened: {why}", path.display())]
    Failed {
        /// The file.
        path: PathBuf,
        /// A sentence.
        why: String,
    },
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        Self::from_sqlite(&error)
    }
}

impl StoreError {
    pub(super) fn from_sqlite(error: &rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        match error {
            rusqlite::Error::SqliteFailure(cause, _) => match cause.code {
                Code::DatabaseBusy | Code::DatabaseLocked => Self::Busy,
                Code::DiskFull => Self::Full,
                Code::ReadOnly => Self::ReadOnly,
                Code::DatabaseCorrupt | Code::NotADatabase => Self::Corrupt,
                Code::SystemIoFailure => Self::Other(format!(
                    "the disk failed to read or write the database (SQLite code {})",
                    cause.extended_code
                )),
                _ => Self::Other(format!(
                    "the database refused a change (SQLite code {})",
                    cause.extended_code
                )),
            },
            rusqlite::Error::FromSqlConversionFailure(column, _, why) => Self::Other(format!(
                "a stored value cannot be read (column {column}: {why})"
            )),
            rusqlite::Error::InvalidColumnType(column, name, _) => Self::Other(format!(
                "a stored value has the wrong type (column {column}, {name})"
            )),
            rusqlite::Error::QueryReturnedNoRows => {
                Self::Other("a row is missing from the database".to_owned())
            }
            // The others are mistakes in our own statements, whose text has no values in it, but may quote some.
            _ => Self::Other("the database could not follow a statement".to_owned()),
        }
    }
}
