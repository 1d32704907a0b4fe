//! Directories for pretend databases: nobody needs them afterwards, and those of a process that was killed are swept away.

use std::fs::{self, File};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use anyhow::Context;

/// A directory for a pretend database, removed at the end.
#[derive(Debug)]
pub(super) struct Directory {
    path: PathBuf,
    /// Locked as long as we live: the kernel lets go of it, however we end.
    _alive: File,
}

impl Directory {
    /// On a disk, like a real one.
    pub(super) fn create() -> anyhow::Result<Self> {
        Self::below(&std::env::temp_dir())
    }

    /// In memory where the system has such a place: for a database that needs not outlive us and waits for no disk.
    pub(super) fn create_in_memory() -> anyhow::Result<Self> {
        Self::below(Path::new("/dev/shm")).or_else(|_| Self::create())
    }

    fn below(parent: &Path) -> anyhow::Result<Self> {
        let name = format!(
            "{PREFIX}{}-{:08x}",
            std::process::id(),
            rand::random::<u32>()
        );
        let path = parent.join(&name);
        // It gets its name when it is locked: others sweep away what has the name and is not.
        let unnamed = parent.join(format!(".{name}"));
        let make = || {
            fs::create_dir(&unnamed)?;
            let alive = File::create(unnamed.join(ALIVE))?;
            alive.try_lock()?;
            fs::rename(&unnamed, &path)?;
            Ok::<_, std::io::Error>(alive)
        };
        let alive =
            make().with_context(|| format!("cannot make the directory {}", path.display()))?;
        let made = Self {
            path,
            _alive: alive,
        };
        made.sweep(parent);
        Ok(made)
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Removes directories of ours whose process is gone. What cannot be removed stays.
    fn sweep(&self, parent: &Path) {
        let Ok(own) = fs::symlink_metadata(&self.path) else {
            return;
        };
        for entry in fs::read_dir(parent).into_iter().flatten().flatten() {
            let is_one = entry
                .file_name()
                .to_str()
                .is_some_and(|name| name.starts_with(PREFIX));
            let is_ours = || {
                fs::symlink_metadata(entry.path())
                    .is_ok_and(|found| found.is_dir() && found.uid() == own.uid())
            };
            let is_dead =
                || File::open(entry.path().join(ALIVE)).is_ok_and(|alive| alive.try_lock().is_ok());
            if is_one && is_ours() && is_dead() {
                let _ = fs::remove_dir_all(entry.path());
            }
        }
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.path);
    }
}

const PREFIX: &str = "weatherline-simulate-";
const ALIVE: &str = "alive";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_killed_process_left_is_swept_away_and_what_lives_stays() {
        let parent = tempfile::TempDir::new().unwrap();
        let left = parent.path().join(format!("{PREFIX}1-00000000"));
        let others = parent.path().join("somebody-elses");
        for made in [&left, &others] {
            fs::create_dir(made).unwrap();
            fs::write(made.join(ALIVE), "").unwrap();
            fs::write(made.join("weatherline.db"), "").unwrap();
        }
        let first = Directory::below(parent.path()).unwrap();
        let second = Directory::below(parent.path()).unwrap();
        assert!(!left.exists());
        assert!(others.exists() && first.path().exists() && second.path().exists());
        let paths = [first.path().to_owned(), second.path().to_owned()];
        drop((first, second));
        assert!(paths.iter().all(|path| !path.exists()));
        assert_eq!(fs::read_dir(parent.path()).unwrap().count(), 1);
    }
}
