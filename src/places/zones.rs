//! The clock at a position, from the borders of time zones: the nearest town is wrong where a border is near.

use std::sync::OnceLock;

use tzf_rs::EmbeddedFinder;

use crate::domain::zone::Zone;

/// The zone at a position; at sea the nautical one.
pub(crate) fn zone_at(latitude: f64, longitude: f64) -> Option<Zone> {
    static FINDER: OnceLock<EmbeddedFinder> = OnceLock::new();
    // Opening takes milliseconds, so it is done when the first bare position is asked for.
    let name = FINDER
        .get_or_init(EmbeddedFinder::new)
        .get_tz_name(longitude, latitude);
    Zone::named(name)
}

#[cfg(test)]
mod tests {
    use super::zone_at;

    #[test]
    fn borders_are_kept() {
        for (latitude, longitude, zone) in [
            (48.8566, 2.3522, "Europe/Paris"),
            // Either side of the line between Spain and Portugal at the Guadiana.
            (37.2138, -7.4075, "Europe/Madrid"),
            (37.1948, -7.4157, "Europe/Lisbon"),
            // Texas, and New Mexico just across.
            (31.7619, -106.4850, "America/Denver"),
            (30.2672, -97.7431, "America/Chicago"),
        ] {
            assert_eq!(zone_at(latitude, longitude).unwrap().name(), zone);
        }
        assert!(
            zone_at(-48.88, -123.39).is_some(),
            "the middle of the Pacific"
        );
    }
}
