//! Secrets: from systemd's credentials, the environment or .env, in that order, without ever touching the process environment.

use std::collections::BTreeMap;
use std::fmt;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use secrecy::SecretString;

use super::file::Problem;

/// The secrets that we read. Nothing else is taken from the environment's secrets.
const NAMES: [&str; 6] = [
    "TWILIO_ACCOUNT_SID",
    "TWILIO_AUTH_TOKEN",
    "TWILIO_API_KEY",
    "TWILIO_API_SECRET",
    "OPEN_METEO_API_KEY",
    "ADMIN_PASSWORD",
];

/// The package's file of secrets, which its user may read: asked last, and nobody else's business.
const SYSTEM_WIDE: &str = "/etc/weatherline/env";

/// Larger files are no files of secrets.
const BYTES_MAX: u64 = 64 * 1024;

/// What the process was started with.
#[derive(Default)]
pub struct Environment {
    secrets: BTreeMap<&'static str, (SecretString, Origin)>,
    /// Under systemd, where the database belongs.
    pub(super) state_directory: Option<PathBuf>,
    /// What was wrong with the files of secrets.
    pub(super) problems: Vec<Problem>,
}

/// Where a secret came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// A file of `$CREDENTIALS_DIRECTORY`.
    Credential,
    /// The environment.
    Environment,
    /// A line of this file.
    File(PathBuf),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Credential => f.write_str("a systemd credential"),
            Self::Environment => f.write_str("the environment"),
            Self::File(path) => path.display().fmt(f),
        }
    }
}

impl Environment {
    /// Of this process, with the `.env` of the working directory and the package's file.
    #[must_use]
    pub fn of_process() -> Self {
        let mut read = Self::new(|name| std::env::var(name).ok(), Path::new(".env"));
        read.lines_where_allowed(Path::new(SYSTEM_WIDE));
        read
    }

    /// With the given variables and file.
    #[must_use]
    pub fn new(variable: impl Fn(&str) -> Option<String>, dot_env: &Path) -> Self {
        let mut read = Self::default();
        if let Some(directory) = variable("CREDENTIALS_DIRECTORY").map(PathBuf::from) {
            for name in NAMES {
                read.credential(name, &directory.join(name));
            }
            // All of them in one file, of the form of .env.
            read.lines(&directory.join("env"), |_| Origin::Credential);
        }
        for name in NAMES {
            read.put(
                name,
                variable(name).unwrap_or_default(),
                Origin::Environment,
            );
        }
        read.lines(dot_env, |path| Origin::File(path.to_owned()));
        // A list where several state directories are configured; the first is ours.
        let state =
            variable("STATE_DIRECTORY").and_then(|list| list.split(':').next().map(PathBuf::from));
        read.state_directory = state.filter(|path| path.is_absolute());
        read
    }

    /// The secret, where it was given.
    pub(super) fn secret(&self, name: &str) -> Option<SecretString> {
        self.secrets.get(name).map(|(secret, _)| secret.clone())
    }

    /// The names of all secrets, and where each came from, if it was given.
    pub(super) fn secrets(&self) -> impl Iterator<Item = (&'static str, Option<&Origin>)> {
        NAMES
            .into_iter()
            .map(|name| (name, self.secrets.get(name).map(|(_, origin)| origin)))
    }

    /// The first to come stays; an empty one is none.
    fn put(&mut self, name: &'static str, value: String, origin: Origin) {
        let value = value.trim();
        if !value.is_empty() {
            self.secrets
                .entry(name)
                .or_insert((value.to_owned().into(), origin));
        }
    }

    fn credential(&mut self, name: &'static str, path: &Path) {
        match read_small(path) {
            Ok(Some(value)) => self.put(name, value, Origin::Credential),
            Ok(None) => {}
            Err(wrong) => self.problems.push(Problem {
                key: name.to_owned(),
                wrong: format!("its credential {wrong}"),
                example: format!("LoadCredential={name}:/etc/weatherline/{name}"),
            }),
        }
    }

    /// The same as `lines` for a file that is not everybody's: who may not read it has none.
    fn lines_where_allowed(&mut self, path: &Path) {
        if std::fs::File::open(path).is_ok() {
            self.lines(path, |path| Origin::File(path.to_owned()));
        }
    }

    /// Reads a file of `NAME=value` lines, where there is one. What it says is never repeated in a problem.
    fn lines(&mut self, path: &Path, origin: impl Fn(&Path) -> Origin) {
        let mut wrong = match read_small(path) {
            Ok(None) => return,
            Ok(Some(_)) => None,
            Err(wrong) => Some(wrong),
        };
        let pairs = match (&wrong, dotenvy::from_path_iter(path)) {
            (None, Ok(pairs)) => pairs.collect(),
            (None, Err(_)) => Err(dotenvy::Error::Io(ErrorKind::Other.into())),
            (Some(_), _) => Ok(Vec::new()),
        };
        match pairs {
            Ok(pairs) => {
                for (name, value) in pairs {
                    if let Some(name) = NAMES.into_iter().find(|known| *known == name) {
                        self.put(name, value, origin(path));
                    }
                }
            }
            Err(dotenvy::Error::LineParse(_, column)) => {
                wrong = Some(format!(
                    "has a line that is not NAME=value (trouble at its character {column})"
                ));
            }
            Err(_) => wrong = Some("cannot be read".to_owned()),
        }
        if let Some(wrong) = wrong {
            self.problems.push(Problem {
                key: path.display().to_string(),
                wrong,
                example: "ADMIN_PASSWORD='long and secret'".to_owned(),
            });
        }
    }
}

/// A file's text; `None` where there is no file, a clause where it cannot be taken.
fn read_small(path: &Path) -> Result<Option<String>, String> {
    match std::fs::metadata(path) {
        Ok(data) if data.is_dir() => Err("is a directory".to_owned()),
        Ok(data) if data.len() > BYTES_MAX => Err("is larger than 64 KiB".to_owned()),
        Ok(_) => match std::fs::read(path).map(String::from_utf8) {
            Ok(Ok(text)) => Ok(Some(text)),
            Ok(Err(_)) => Err("is not UTF-8".to_owned()),
            Err(error) => Err(format!("cannot be read ({error})")),
        },
        // In a directory that is closed to us, such as root's to the daemon's user, there is nothing for us.
        Err(error)
            if matches!(
                error.kind(),
                ErrorKind::NotFound | ErrorKind::PermissionDenied
            ) =>
        {
            Ok(None)
        }
        Err(error) => Err(format!("cannot be read ({error})")),
    }
}

impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Environment")
            .field("secrets", &self.secrets.keys())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
