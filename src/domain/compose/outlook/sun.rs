//! Whether the sun is up, near enough for words: "sunny" or "clear".

use jiff::Timestamp;

use crate::domain::place::Coordinates;

/// The sun over one spot, for the days around one instant.
#[derive(Debug, Clone, Copy)]
pub(in crate::domain) struct Sun {
    longitude: f64,
    /// sin(latitude) sin(declination).
    height: f64,
    /// cos(latitude) cos(declination).
    swing: f64,
    /// Degrees by which the sundial is ahead of the clock.
    ahead: f64,
}

impl Sun {
    /// Declination and the equation of time change little within a week: one reckoning serves a text.
    pub(in crate::domain) fn over(spot: Coordinates, around: Timestamp) -> Self {
        // Days since noon of 1 January 2000; mean anomaly, ecliptic longitude (Astronomical Almanac, low precision).
        let days = (around.as_second() - 946_728_000) as f64 / 86_400.0;
        let anomaly = (357.529 + 0.985_600_28 * days).to_radians();
        let mean = 280.459 + 0.985_647_36 * days;
        let ecliptic = (mean + 1.915 * anomaly.sin() + 0.020 * (2.0 * anomaly).sin()).to_radians();
        let tilt = 23.439_f64.to_radians();
        let declination = (tilt.sin() * ecliptic.sin()).asin();
        let ascension = (tilt.cos() * ecliptic.sin())
            .atan2(ecliptic.cos())
            .to_degrees();
        let ahead = (mean - ascension + 180.0).rem_euclid(360.0) - 180.0;
        let latitude = spot.latitude().to_radians();
        Self {
            longitude: spot.longitude(),
            height: latitude.sin() * declination.sin(),
            swing: latitude.cos() * declination.cos(),
            ahead,
        }
    }

    /// Whether any of the disc stands above the horizon.
    pub(in crate::domain) fn is_up_at(&self, time: Timestamp) -> bool {
        let of_day = time.as_second().rem_euclid(86_400) as f64 / 240.0;
        let hour_angle = (of_day + self.longitude + self.ahead - 180.0).to_radians();
        // -0.833 degrees: half the disc, and refraction.
        self.height + self.swing * hour_angle.cos() > -0.014_538
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Changes between day and night within 24 hours, to five minutes.
    fn changes(latitude: f64, longitude: f64, day: &str) -> Vec<String> {
        let start: Timestamp = format!("{day}T00:00:00Z").parse().unwrap();
        let sun = Sun::over(
            Coordinates::new(latitude, longitude).unwrap(),
            start + jiff::SignedDuration::from_hours(12),
        );
        (0..288)
            .map(|n| start + jiff::SignedDuration::from_mins(5 * n))
            .filter(|t| sun.is_up_at(*t) != sun.is_up_at(*t - jiff::SignedDuration::from_mins(5)))
            .map(|t| t.strftime("%H:%M").to_string())
            .collect()
    }

    #[test]
    fn rises_and_sets_when_almanacs_say() {
        // London 2026-06-21: 03:43 and 20:21 UTC; 2026-12-21: 08:04 and 15:53.
        assert_eq!(changes(51.51, -0.13, "2026-06-21"), ["03:45", "20:25"]);
        assert_eq!(changes(51.51, -0.13, "2026-12-21"), ["08:05", "15:55"]);
        // Sydney 2026-12-21: sets 09:05, rises 18:41 UTC (of the day before there).
        assert_eq!(changes(-33.87, 151.21, "2026-12-21"), ["09:10", "18:45"]);
    }

    #[test]
    fn knows_polar_night_and_polar_day() {
        assert!(changes(78.22, 15.64, "2026-12-21").is_empty());
        assert!(changes(78.22, 15.64, "2026-06-21").is_empty());
        let sun = |day: &str| {
            let noon = format!("{day}T11:00:00Z").parse().unwrap();
            Sun::over(Coordinates::new(78.22, 15.64).unwrap(), noon).is_up_at(noon)
        };
        assert!(!sun("2026-12-21"));
        assert!(sun("2026-06-21"));
    }
}
