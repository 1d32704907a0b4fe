//! Regions that languages name otherwise: Bavaria is Bayern, Lombardy is Lombardia. The list beside this file is data.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::domain::language::Language;
use crate::domain::place::Place;

const LIST: &str = include_str!("regions.txt");

/// By country and the gazetteer's name: the names in the order of [`Language::ALL`].
type Regions = HashMap<(&'static str, &'static str), Vec<&'static str>>;

static REGIONS: LazyLock<Regions> = LazyLock::new(|| rows().collect());

/// The region of a place as people of a language say it; its own name where that is no other.
pub(in crate::domain::compose) fn name(place: &Place, language: Language) -> Option<&str> {
    let region = place.admin1.as_deref()?;
    let known = REGIONS.get(&(place.country.code(), region));
    let named = known.and_then(|names| names.get(language as usize));
    Some(named.copied().unwrap_or(region))
}

fn rows() -> impl Iterator<Item = ((&'static str, &'static str), Vec<&'static str>)> {
    let lines = LIST.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| {
        let mut cells = line.split(" | ");
        Some(((cells.next()?, cells.next()?), cells.collect()))
    })
}

/// The list, for the tests of the gazetteer.
#[cfg(test)]
pub(crate) fn listed() -> impl Iterator<Item = (&'static str, &'static str)> {
    rows().map(|(region, _)| region)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::message::{septets_of, transliterate};

    #[test]
    fn every_region_has_a_plain_name_in_every_language() {
        assert_eq!(REGIONS.len(), rows().count(), "one is listed twice");
        for ((country, name), names) in rows() {
            assert_eq!(names.len(), Language::ALL.len(), "{country} {name}");
            for name in names {
                let septets = septets_of(&transliterate(name));
                assert!(septets.is_some_and(|n| (3..=40).contains(&n)), "{name}");
            }
        }
    }
}
