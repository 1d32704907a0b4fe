//! Airports: their codes, and what people call them.

use std::collections::BTreeMap;
use std::path::Path;

use super::super::fold::fold;
use super::spots::Spots;
use super::{Made, write_map};

/// Words that say only that it is an airport.
const KIND: &[&str] = &[
    "airport",
    "international",
    "intl",
    "intercontinental",
    "regional",
    "municipal",
    "field",
    "airfield",
    "air",
    "base",
    "executive",
];

/// `London Heathrow Airport` in London is also `london heathrow` and `heathrow`.
pub(crate) fn names(name: &str, cities: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    for part in name.split('/') {
        let whole = fold(part);
        let bare: Vec<&str> = whole
            .split(' ')
            .filter(|word| !KIND.contains(word))
            .collect();
        let city = cities.first().map(|c| fold(c)).unwrap_or_default();
        let bare = bare.join(" ");
        let short = bare.strip_prefix(&city).unwrap_or(&bare).trim().to_owned();
        // A bare town's name means the town; "nice airport" finds the airport by its town.
        for candidate in [whole, bare, short] {
            if candidate.len() >= 4 && candidate != city && !found.contains(&candidate) {
                found.push(candidate);
            }
        }
    }
    found
}

/// Codes of three and four letters, lower case; and the airports of each town, by its folded name.
pub(crate) fn write(spots: &Spots, out: &Path) -> Made<()> {
    let mut codes = BTreeMap::new();
    let mut towns: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for (at, spot) in spots
        .list
        .iter()
        .enumerate()
        .filter(|(_, s)| !s.codes[0].is_empty())
    {
        for code in spot.codes.iter().filter(|c| !c.is_empty()) {
            codes.insert(code.to_lowercase(), at as u64);
        }
        towns
            .entry(fold(spot.other_names.first().map_or("", String::as_str)))
            .or_default()
            .push(at as u32);
    }
    write_map(
        &out.join("airports.fst"),
        codes.iter().map(|(k, v)| (k.as_bytes(), *v)),
    )?;
    let mut lists: Vec<u8> = Vec::new();
    let mut entries = Vec::new();
    for (town, airports) in towns.iter().filter(|(town, _)| !town.is_empty()) {
        entries.push((town.as_bytes(), lists.len() as u64));
        lists.push(airports.len().min(255) as u8);
        lists.extend(airports.iter().take(255).flat_map(|at| at.to_le_bytes()));
    }
    std::fs::write(out.join("airport_lists.bin"), lists)?;
    write_map(&out.join("airport_towns.fst"), entries.into_iter())
}
