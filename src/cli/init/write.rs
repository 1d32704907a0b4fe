//! Writing both files: what is there keeps its owner and its rights, and secrets are nobody else's.

use std::fs::{self, OpenOptions, Permissions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;

use crate::cli::failure::Failure;

/// Larger files are none of ours.
const BYTES_MAX: u64 = 1024 * 1024;

/// A file's text, where there is one.
pub(super) fn existing(file: &Path) -> Result<Option<String>, Failure> {
    match fs::metadata(file) {
        Ok(data) if data.len() > BYTES_MAX => return Err(failed(file, "it is larger than 1 MiB")),
        _ => {}
    }
    match fs::read_to_string(file) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(failed(file, &error.to_string())),
    }
}

/// Makes the directory where it is not there yet.
pub(super) fn directory(path: &Path) -> Result<(), Failure> {
    if path.as_os_str().is_empty() || path.is_dir() {
        return Ok(());
    }
    let made = fs::DirBuilder::new()
        .recursive(true)
        .mode(0o750)
        .create(path);
    made.map_err(|error| failed(path, &error.to_string()))
}

/// Writes what anybody may read.
pub(super) fn public(file: &Path, text: &str) -> Result<(), Failure> {
    put(file, text, 0o644)
}

/// Writes what only its owner may read, and the group that it was given to.
pub(super) fn private(file: &Path, text: &str) -> Result<(), Failure> {
    put(file, text, 0o600)?;
    let closed = fs::metadata(file).and_then(|data| {
        let mode = data.permissions().mode();
        fs::set_permissions(file, Permissions::from_mode(mode & 0o770))
    });
    closed.map_err(|error| failed(file, &error.to_string()))
}

fn put(file: &Path, text: &str, mode: u32) -> Result<(), Failure> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true).mode(mode);
    let written = options.open(file).and_then(|mut open| {
        open.write_all(text.as_bytes())?;
        open.sync_all()
    });
    written.map_err(|error| failed(file, &error.to_string()))
}

/// Whether a secret can be one, and can stand in a line of .env as it is.
pub(super) fn is_secret(name: &str, value: &str) -> Result<(), &'static str> {
    // Nothing that a shell or a file of variables would read as more than itself.
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || b"-_.+/=".contains(&b);
    let plain = value.bytes().all(is_plain);
    match name {
        "TWILIO_ACCOUNT_SID" if !(plain && value.len() == 34 && value.starts_with("AC")) => {
            Err("is not an account SID (AC and 32 characters)")
        }
        _ if !plain => Err("has characters that are in no token of Twilio's"),
        _ => Ok(()),
    }
}

fn failed(file: &Path, why: &str) -> Failure {
    Failure::sentence(format!("{}: {why}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_private_from_the_first_byte_and_stay_with_their_group() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("made/env");
        directory(file.parent().unwrap()).unwrap();
        let mode = |file: &Path| fs::metadata(file).unwrap().permissions().mode() & 0o777;
        private(&file, "A=1\n").unwrap();
        assert_eq!(mode(&file), 0o600);
        fs::set_permissions(&file, Permissions::from_mode(0o644)).unwrap();
        private(&file, "A=2\n").unwrap();
        assert_eq!(mode(&file), 0o640);
        assert_eq!(existing(&file).unwrap().unwrap(), "A=2\n");
        assert_eq!(existing(&dir.path().join("none")).unwrap(), None);
        assert!(existing(dir.path()).is_err());
    }

    #[test]
    fn what_is_no_secret_is_refused() {
        assert!(is_secret("TWILIO_ACCOUNT_SID", "AC0123456789abcdef0123456789abcdef").is_ok());
        assert!(is_secret("TWILIO_ACCOUNT_SID", "SK0123456789abcdef0123456789abcdef").is_err());
        assert!(is_secret("TWILIO_AUTH_TOKEN", "0123456789abcdef").is_ok());
        assert!(is_secret("TWILIO_AUTH_TOKEN", "a'b").is_err());
    }
}
