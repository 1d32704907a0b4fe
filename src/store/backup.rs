//! Backups: a whole copy made beside the running daemon, and whether a file is one that could be restored.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, ErrorCode, OpenFlags};
use tokio::sync::oneshot;

use super::error::OpenError;
use super::sqlite::{connection, upgrades};
use super::{Store, StoreError};

/// Pages copied at a time: a megabyte.
const PAGES: i32 = 256;

/// Why a file cannot be restored.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// Not one of our databases, or of a version that this program does not know.
    #[error(transparent)]
    Open(OpenError),
    /// Not there.
    #[error("there is no file {}", .0.display())]
    Missing(PathBuf),
    /// Something else.
    #[error("{} is no database of weatherline; give a file that `weatherline backup` wrote", .0.display())]
    NotOurs(PathBuf),
    /// Damaged.
    #[error("{} is damaged: {found}", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What SQLite says of it.
        found: String,
    },
}

impl Store {
    /// Copies the database as it is now to `to`, which must not be there yet. The daemon goes on writing meanwhile; the
    /// file has its name only once it is complete and on the disk.
    ///
    /// # Errors
    /// [`StoreError`], as a sentence.
    pub async fn backup(&self, to: &Path) -> Result<(), StoreError> {
        let from = self.inner.path.clone();
        let to = to.to_owned();
        let (reply, answer) = oneshot::channel();
        std::thread::Builder::new()
            .name("store-backup".to_owned())
            .spawn(move || {
                let _ = reply.send(copy(&from, &to));
            })
            .map_err(|error| StoreError::Other(format!("no thread could be started: {error}")))?;
        answer.await.unwrap_or(Err(StoreError::Closed))
    }
}

/// Whether `path` is a sound database of ours, of this schema or an older one; gives its schema's number.
///
/// # Errors
/// [`VerifyError`], as a sentence.
pub fn verify(path: &Path) -> Result<usize, VerifyError> {
    if !path.is_file() {
        return Err(VerifyError::Missing(path.to_owned()));
    }
    let failed = |error: rusqlite::Error| match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseCorrupt) => VerifyError::Damaged {
            path: path.to_owned(),
            found: "parts of it are missing or overwritten".to_owned(),
        },
        _ => connection::failed(path, &error).into(),
    };
    let file = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )
    .map_err(failed)?;
    file.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))
        .map_err(failed)?;
    let version = upgrades::recognize(&file, path)?;
    if version == 0 {
        return Err(VerifyError::NotOurs(path.to_owned()));
    }
    let damage: String = file
        .query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))
        .map_err(failed)?;
    // The words name tables and pages, never a value.
    let found = if damage == "ok" {
        let broken = file
            .prepare("PRAGMA foreign_key_check")
            .and_then(|mut check| check.exists([]))
            .map_err(failed)?;
        broken.then(|| "rows refer to others that are missing".to_owned())
    } else {
        Some(one_line(&damage))
    };
    match found {
        None => Ok(version),
        Some(found) => Err(VerifyError::Damaged {
            path: path.to_owned(),
            found,
        }),
    }
}

/// What SQLite says, without the heading that it puts above.
fn one_line(damage: &str) -> String {
    let lines = damage.lines().map(str::trim);
    let told = lines.filter(|line| !line.is_empty() && !line.starts_with("***"));
    told.collect::<Vec<_>>().join("; ")
}

impl From<OpenError> for VerifyError {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::NotADatabase(path) | OpenError::NotOurs(path) => Self::NotOurs(path),
            other => Self::Open(other),
        }
    }
}

fn copy(from: &Path, to: &Path) -> Result<(), StoreError> {
    let other = |error: std::io::Error| {
        StoreError::Other(format!(
            "the backup {} cannot be written: {error}",
            to.display()
        ))
    };
    if to.exists() {
        return Err(StoreError::Other(format!(
            "{} is there already; move it away or take another name",
            to.display()
        )));
    }
    let mut part = to.as_os_str().to_owned();
    part.push(".part");
    let part = PathBuf::from(part);
    // What an earlier try left behind. Made here, so that only its owner may read it.
    let _ = fs::remove_file(&part);
    private(&part).map_err(other)?;
    let copied = copy_pages(from, &part);
    if let Err(error) = copied {
        let _ = fs::remove_file(&part);
        return Err(error);
    }
    File::open(&part)
        .and_then(|file| file.sync_all())
        .map_err(other)?;
    fs::rename(&part, to).map_err(other)?;
    let directory = to.parent().filter(|p| !p.as_os_str().is_empty());
    File::open(directory.unwrap_or(Path::new(".")))
        .and_then(|directory| directory.sync_all())
        .map_err(other)
}

/// Copies one snapshot: the read transaction keeps writers' commits out of it, so that it never starts over.
fn copy_pages(from: &Path, part: &Path) -> Result<(), StoreError> {
    let source = connection::reader(from).map_err(|e| StoreError::Other(e.to_string()))?;
    source.execute_batch("BEGIN")?;
    source.query_row("SELECT count(*) FROM meta", [], |_| Ok(()))?;
    let mut target = Connection::open(part)?;
    let backup = Backup::new(&source, &mut target)?;
    loop {
        match backup.step(PAGES)? {
            StepResult::Done => break,
            StepResult::More => {}
            _ => return Err(StoreError::Busy),
        }
    }
    drop(backup);
    // One file, without a log beside it.
    target.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(()))?;
    Ok(())
}

#[cfg(unix)]
fn private(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::OpenOptionsExt;
    fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
        .map(drop)
}

#[cfg(not(unix))]
fn private(path: &Path) -> std::io::Result<()> {
    File::create_new(path).map(drop)
}
