//! The database: whole transactions, each named for what it does. Nobody outside holds a transaction or sees SQL.
//!
//! Writes run one after the other on one thread, many in one commit, and are answered after it; reads run beside them on
//! snapshots of their own. A caller that stops waiting leaves what it asked for half as likely undone as done, but whole.

mod backup;
mod calls;
mod coming;
mod day;
mod error;
mod figures;
mod forecasts;
mod history;
mod import;
mod inbound;
mod lists;
mod open_work;
mod outbox;
mod owed;
mod readers;
mod restore;
mod spent;
mod sqlite;
mod tallies;
mod totals;
mod unclear;
mod upkeep;
mod writer;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use rusqlite::Connection;
use tokio::sync::oneshot;

pub use backup::{VerifyError, verify};
pub use calls::SpokenDelivery;
pub use coming::Coming;
pub use day::{Due, Plan, PlanCount, Planned};
pub use error::{OpenError, StoreError};
pub use figures::{DeliveryGroup, Figures, People, Waiting};
pub use history::{ConsentRow, History, RecentText, TextRow};
pub use import::{ImportRow, RowProblem};
pub use inbound::{Answered, Recalled, SavedAnswer};
pub use lists::{DeliveryFilter, DeliveryRow, SubscriberFilter, SubscriberRow};
pub use open_work::OpenWork;
pub use outbox::Claimed;
pub use owed::Owed;
pub use restore::{RestoreError, Restoring};
pub use spent::Spent;
pub use totals::DayTotals;
pub use unclear::{Unclear, Unreported};
pub use upkeep::{Pruned, Retention};

use sqlite::{connection, upgrades};
use writer::Length;

/// Where the database is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Its file; a lock file, a log and an index stand beside it.
    pub path: PathBuf,
}

/// The database. Clones share it.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    path: PathBuf,
    /// `None` once closed. The writer's is `None` always where the database was opened for reading.
    doors: RwLock<Option<Doors>>,
    ended: Mutex<Option<oneshot::Receiver<()>>>,
}

struct Doors {
    writer: Option<writer::Jobs>,
    readers: readers::Reads,
}

/// How many connections read at the same time.
const READERS: usize = 2;

impl Store {
    /// Opens the daemon's database: makes or upgrades it, and keeps every other daemon out until it is closed.
    ///
    /// # Errors
    /// [`OpenError`], as a sentence for the operator.
    pub fn open(settings: &Settings) -> Result<Self, OpenError> {
        let path = &settings.path;
        connection::has_directory(path)?;
        let lock = connection::lock(path)?;
        let writer = connection::writer(path)?;
        Self::start(path, Some(writer), move || drop(lock))
    }

    /// Opens it for short writes beside a running daemon; makes or upgrades it where no daemon runs.
    ///
    /// # Errors
    /// [`OpenError`], as a sentence for the operator.
    pub fn open_shared(settings: &Settings) -> Result<Self, OpenError> {
        let path = &settings.path;
        connection::has_directory(path)?;
        let is_current = || {
            let reader = connection::reader(path)?;
            upgrades::recognize(&reader, path).map(|found| found == upgrades::UPGRADES.len())
        };
        let lock = match is_current() {
            Ok(true) => None,
            Ok(false) | Err(OpenError::Missing(_)) => Some(connection::lock(path)?),
            Err(other) => return Err(other),
        };
        let writer = connection::writer(path)?;
        drop(lock);
        Self::start(path, Some(writer), || {})
    }

    /// Opens it for lists, beside a running daemon or without one.
    ///
    /// # Errors
    /// [`OpenError`], as a sentence for the operator.
    pub fn open_read_only(settings: &Settings) -> Result<Self, OpenError> {
        let path = &settings.path;
        connection::has_directory(path)?;
        let found = upgrades::recognize(&connection::reader(path)?, path)?;
        if found < upgrades::UPGRADES.len() {
            return Err(OpenError::Older {
                path: path.clone(),
                found: i64::try_from(found).unwrap_or_default(),
                known: upgrades::current(),
            });
        }
        Self::start(path, None, || {})
    }

    /// Lets what is queued finish, folds the log into the file and lets go of it. Later calls answer `Closed`.
    pub async fn close(&self) {
        drop(self.inner.take_doors());
        let ended = self
            .inner
            .ended
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if let Some(ended) = ended {
            let _ = ended.await;
        }
    }

    fn start(
        path: &Path,
        writer: Option<Connection>,
        release: impl FnOnce() + Send + 'static,
    ) -> Result<Self, OpenError> {
        let failed = |error: std::io::Error| OpenError::Failed {
            path: path.to_owned(),
            why: format!("no thread could be started: {error}"),
        };
        let connections = (0..READERS)
            .map(|_| connection::reader(path))
            .collect::<Result<Vec<_>, _>>()?;
        let readers = readers::start(connections).map_err(failed)?;
        let (writer, ended) = match writer {
            None => (None, None),
            Some(connection) => {
                let last = move |connection: &Connection| {
                    let _ = connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)");
                    release();
                };
                let (jobs, ended) = writer::start(connection, last).map_err(failed)?;
                (Some(jobs), Some(ended))
            }
        };
        Ok(Self {
            inner: Arc::new(Inner {
                path: path.to_owned(),
                doors: RwLock::new(Some(Doors { writer, readers })),
                ended: Mutex::new(ended),
            }),
        })
    }

    /// One transaction on the writer's thread; its answer comes after the commit.
    async fn write<T, F>(&self, act: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnMut(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        writer::write(&self.jobs()?, Length::Short, act).await
    }

    /// The same of many rows: it lets all others by first.
    async fn write_many<T, F>(&self, act: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnMut(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        writer::write(&self.jobs()?, Length::Long, act).await
    }

    fn jobs(&self) -> Result<writer::Jobs, StoreError> {
        self.inner
            .through(|doors| doors.writer.clone().ok_or(StoreError::ReadOnly))
    }

    /// Reads from one snapshot, which has every write that was answered before.
    async fn read<T, F>(&self, act: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        let reads = self.inner.through(|doors| Ok(doors.readers.clone()))?;
        readers::read(&reads, act).await
    }

    /// The same for a few rows by their keys.
    async fn look_up<T, F>(&self, act: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        let reads = self.inner.through(|doors| Ok(doors.readers.clone()))?;
        readers::look_up(&reads, act).await
    }
}

impl Inner {
    fn through<T>(
        &self,
        pick: impl FnOnce(&Doors) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let doors = self.doors.read().unwrap_or_else(PoisonError::into_inner);
        doors.as_ref().map_or(Err(StoreError::Closed), pick)
    }

    fn take_doors(&self) -> Option<Doors> {
        self.doors
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .take()
    }
}

#[cfg(test)]
mod tests;
