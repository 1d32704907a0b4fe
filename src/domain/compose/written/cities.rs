//! Cities that languages name otherwise: a Milan is a Milano, a Mailand, a Milán. The list beside this file is data.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::domain::language::Language;
use crate::domain::place::Place;

const LIST: &str = include_str!("cities.txt");

/// By country and the gazetteer's name: the names in the order of [`Language::ALL`].
type Cities = HashMap<(&'static str, &'static str), Vec<&'static str>>;

static CITIES: LazyLock<Cities> = LazyLock::new(|| rows().collect());

/// A place's name as people of a language say it; its own where that is no other.
pub(in crate::domain::compose) fn name(place: &Place, language: Language) -> &str {
    let known = CITIES.get(&(place.country.code(), place.name.trim()));
    let named = known.and_then(|names| names.get(language as usize));
    named.copied().unwrap_or(&place.name)
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
    rows().map(|(city, _)| city)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::message::{septets_of, transliterate};

    #[test]
    fn every_city_has_a_short_plain_name_in_every_language() {
        assert_eq!(CITIES.len(), rows().count(), "one is listed twice");
        for ((country, name), names) in rows() {
            assert_eq!(names.len(), Language::ALL.len(), "{country} {name}");
            for name in names {
                let septets = septets_of(&transliterate(name));
                assert!(septets.is_some_and(|n| (3..=28).contains(&n)), "{name}");
            }
        }
    }
}
