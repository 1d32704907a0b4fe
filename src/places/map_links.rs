//! Positions in links: the maps of Google, Apple and OpenStreetMap, and geo: URIs.

use crate::domain::place::Coordinates;

/// The position that a link points to.
pub(crate) fn parse(text: &str) -> Option<Coordinates> {
    let lower = text
        .to_ascii_lowercase()
        .replace("%2c", ",")
        .replace("%20", "")
        .replace("%2b", "")
        .replace(",+", ",");
    if !lower.contains("://")
        && !lower.contains("geo:")
        && !lower.contains("maps.")
        && !lower.contains("loc:")
    {
        return None;
    }
    if let (Some(lat), Some(lon)) = (after(&lower, "!3d"), after(&lower, "!4d")) {
        return Coordinates::new(lat, lon);
    }
    if let (Some(lat), Some(lon)) = (after(&lower, "mlat="), after(&lower, "mlon=")) {
        return Coordinates::new(lat, lon);
    }
    if let Some((_, rest)) = lower.split_once("map=") {
        let mut parts = rest.split('/').skip(1);
        if let (Some(lat), Some(lon)) = (
            parts.next().and_then(leading),
            parts.next().and_then(leading),
        ) {
            return Coordinates::new(lat, lon);
        }
    }
    MARKS
        .iter()
        .flat_map(|mark| {
            lower
                .match_indices(mark)
                .map(move |(at, _)| at + mark.len())
        })
        .find_map(|at| {
            let rest = lower[at..].trim_start_matches("loc:");
            let (lat, lon) = rest.split_once([',', '~'])?;
            (lat.len() < 24 && lat.contains('.')).then_some(())?;
            let (first, second) = (lat.trim().parse().ok()?, leading(lon.trim_start())?);
            // Yandex puts the longitude first.
            if lower.contains("yandex.") {
                Coordinates::new(second, first)
            } else {
                Coordinates::new(first, second)
            }
        })
}

/// What stands before a position in a link.
const MARKS: &[&str] = &[
    "geo:",
    "loc:",
    "@",
    "q=",
    "ll=",
    "query=",
    "center=",
    "destination=",
    "daddr=",
    "saddr=",
    "coordinate=",
    "/maps/place/",
    "/search/",
    "/dir/",
    "sll=",
    "cp=",
];

fn after(text: &str, mark: &str) -> Option<f64> {
    leading(text.split_once(mark)?.1)
}

/// The number that a text begins with.
fn leading(text: &str) -> Option<f64> {
    let end = text
        .find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | '-' | '+'))
        .unwrap_or(text.len());
    text[..end.min(24)].parse().ok()
}
