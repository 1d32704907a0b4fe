//! Putting a backup in the place of the database: on a copy beside it, with everybody else kept out until it is done.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::params;

use super::backup::{VerifyError, verify};
use super::error::OpenError;
use super::sqlite::values::{at, ms};
use super::sqlite::{connection, deliveries};
use super::{Settings, Store, StoreError};
use crate::domain::delivery::{DedupKey, DeliveryId};
use crate::domain::subscriber::SubscriptionId;

/// A restore that was begun. Nothing has changed until [`Restoring::finish`]; dropping it takes the copy away again.
#[derive(Debug)]
pub struct Restoring {
    path: PathBuf,
    copy: PathBuf,
    finished: bool,
    /// Held until the new database is in place, so that no daemon starts meanwhile.
    _lock: File,
}

/// Why a restore was not begun.
#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    /// The backup is not one that can be restored.
    #[error(transparent)]
    Backup(#[from] VerifyError),
    /// A daemon runs, the directory is missing, or the copy cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// A file could not be written or moved.
    #[error("{} cannot be written: {why}; the database is as it was", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        why: io::Error,
    },
}

impl Restoring {
    /// Keeps every daemon out, verifies the backup and copies it beside the database.
    ///
    /// # Errors
    /// [`RestoreError`], as a sentence; nothing has changed then.
    pub fn begin(settings: &Settings, backup: &Path) -> Result<Self, RestoreError> {
        let path = settings.path.clone();
        connection::has_directory(&path)?;
        let lock = connection::lock(&path)?;
        verify(backup)?;
        let restoring = Self {
            copy: beside(&path, ".restoring"),
            path,
            finished: false,
            _lock: lock,
        };
        restoring.clear();
        fs::copy(backup, &restoring.copy).map_err(|why| RestoreError::File {
            path: restoring.copy.clone(),
            why,
        })?;
        Ok(restoring)
    }

    /// The copy, of the current schema, to be worked on.
    ///
    /// # Errors
    /// [`OpenError`].
    pub fn open(&self) -> Result<Store, OpenError> {
        Store::open(&Settings {
            path: self.copy.clone(),
        })
    }

    /// Puts the copy, which must have been closed, in the place of the database; the old one stays beside it under the
    /// name that is returned, if there was one.
    ///
    /// # Errors
    /// [`RestoreError::File`].
    pub fn finish(mut self, now: Timestamp) -> Result<Option<PathBuf>, RestoreError> {
        let failed = |path: &Path, why| RestoreError::File {
            path: path.to_owned(),
            why,
        };
        let sync = |path: &Path| File::open(path).and_then(|file| file.sync_all());
        // What stands in a log would not come along.
        let log = beside(&self.copy, "-wal");
        if fs::metadata(&log).is_ok_and(|log| log.len() > 0) {
            return Err(failed(&log, io::Error::other("it was not folded in")));
        }
        sync(&self.copy).map_err(|why| failed(&self.copy, why))?;
        let old = beside(
            &self.path,
            &now.strftime(".before-%Y%m%dT%H%M%SZ").to_string(),
        );
        let had_one = self.path.exists();
        if had_one {
            // A second name first: at no moment is there no database.
            fs::hard_link(&self.path, &old).map_err(|why| failed(&old, why))?;
            // The old log belongs to the old file, and must not be read into the new one.
            let log = beside(&self.path, "-wal");
            if log.exists() {
                fs::rename(&log, beside(&old, "-wal")).map_err(|why| failed(&log, why))?;
            }
            let _ = fs::remove_file(beside(&self.path, "-shm"));
        }
        fs::rename(&self.copy, &self.path).map_err(|why| failed(&self.path, why))?;
        self.finished = true;
        let directory = self.path.parent().filter(|p| !p.as_os_str().is_empty());
        // In place already; a directory that cannot be synced loses at most the new name.
        let _ = sync(directory.unwrap_or(Path::new(".")));
        self.clear();
        Ok(had_one.then_some(old))
    }

    fn clear(&self) {
        for end in ["", "-wal", "-shm", ".lock"] {
            let _ = fs::remove_file(beside(&self.copy, end));
        }
    }
}

impl Drop for Restoring {
    fn drop(&mut self) {
        if !self.finished {
            self.clear();
        }
    }
}

impl Store {
    /// When the database last heard of anything: for a backup, when it was made, give or take a tick.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn last_moment(&self) -> Result<Option<Timestamp>, StoreError> {
        self.read(|connection| {
            let last: Option<i64> = connection.query_row(LAST_MOMENT, [], |row| row.get(0))?;
            Ok(last.and_then(at))
        })
        .await
    }

    /// The record of a date of a subscription.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn daily_of(
        &self,
        subscription: SubscriptionId,
        date: Date,
    ) -> Result<Option<DeliveryId>, StoreError> {
        self.read(move |connection| {
            let key = DedupKey::daily(subscription, date);
            Ok(deliveries::by_key(connection, &key)?)
        })
        .await
    }

    /// Everything that waited to be sent may have been sent since `since`: it is held as unclear, to be settled by the
    /// carrier's list. How many are held.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn doubt_waiting(
        &self,
        since: Timestamp,
        now: Timestamp,
    ) -> Result<usize, StoreError> {
        self.write(move |connection| Ok(connection.execute(DOUBT, params![ms(since), ms(now)])?))
            .await
    }
}

const LAST_MOMENT: &str = "SELECT max(moment) FROM (
    SELECT max(updated_at) AS moment FROM deliveries
    UNION ALL SELECT max(received_at) FROM inbound_texts
    UNION ALL SELECT max(updated_at) FROM subscribers
    UNION ALL SELECT max(updated_at) FROM subscriptions)";

const DOUBT: &str = "UPDATE deliveries SET status = 'unclear', attempts = max(attempts, 1),
        attempted_at = min(coalesce(attempted_at, ?1), ?1), absent_checks = 0, last_absent_at = NULL, updated_at = ?2
     WHERE status IN ('attempting', 'unclear') OR status = 'pending' AND body IS NOT NULL";

fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}
