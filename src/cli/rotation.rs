//! A directory of dated backups, of which the last few are kept.

use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

const BEFORE: &str = "weatherline-";
const AFTER: &str = ".db";
const DATED: &str = "%Y%m%dT%H%M%SZ";

/// The name of a backup made now: `weatherline-20261122T023000Z.db`.
pub(super) fn dated(directory: &Path, now: Timestamp) -> PathBuf {
    directory.join(format!("{BEFORE}{}{AFTER}", now.strftime(DATED)))
}

/// Makes the directory, readable to its owner only, where it is not there yet.
pub(super) fn make(directory: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    if directory.is_dir() {
        return Ok(());
    }
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(directory)
}

/// Removes all dated backups but the newest `keep`, and what broken-off ones left behind. Nothing else in the directory is
/// touched. Gives how many were removed.
pub(super) fn trim(directory: &Path, keep: usize) -> io::Result<usize> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(directory)? {
        let name = entry?.file_name();
        if let Some(name) = name.to_str() {
            if is_dated(name) {
                names.push(name.to_owned());
            } else if name.strip_suffix(".part").is_some_and(is_dated) {
                std::fs::remove_file(directory.join(name))?;
            }
        }
    }
    // In UTC and of one width: the order of names is the order of times.
    names.sort_unstable();
    let old = names.len().saturating_sub(keep);
    for name in &names[..old] {
        std::fs::remove_file(directory.join(name))?;
    }
    Ok(old)
}

fn is_dated(name: &str) -> bool {
    let middle = name
        .strip_prefix(BEFORE)
        .and_then(|rest| rest.strip_suffix(AFTER));
    middle.is_some_and(|middle| {
        middle.len() == 16
            && middle.bytes().enumerate().all(|(at, byte)| match at {
                8 => byte == b'T',
                15 => byte == b'Z',
                _ => byte.is_ascii_digit(),
            })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_are_kept_and_what_is_not_ours_is_left_alone() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("made");
        make(&path).unwrap();
        make(&path).unwrap();
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let mut dated_names = Vec::new();
        for day in [9, 31, 1, 20] {
            let now = at(&format!("2026-{:02}-{day:02}T02:30:05Z", day % 12 + 1));
            dated_names.push(dated(&path, now));
        }
        dated_names.sort();
        let others = ["notes.txt", "weatherline-2026.db", "weatherline.db"].map(|n| path.join(n));
        let part = path.join("weatherline-20260101T000000Z.db.part");
        for file in dated_names.iter().chain(&others).chain([&part]) {
            std::fs::write(file, "x").unwrap();
        }
        assert!(dated_names[0].ends_with("weatherline-20260201T023005Z.db"));
        assert_eq!(trim(&path, 2).unwrap(), 2);
        assert_eq!(trim(&path, 2).unwrap(), 0);
        let left: Vec<bool> = dated_names.iter().map(|file| file.exists()).collect();
        assert_eq!(left, [false, false, true, true]);
        assert!(others.iter().all(|file| file.exists()) && !part.exists());
    }
}
