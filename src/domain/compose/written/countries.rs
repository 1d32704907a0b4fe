//! Countries as people call them in each language, short enough for a message. The lists beside this file are data: a code
//! and a name a line, ascending by code.

use std::sync::LazyLock;

use crate::domain::language::Language;
use crate::domain::phone::Country;

const LISTS: [&str; 6] = [
    include_str!("countries/en.txt"),
    include_str!("countries/es.txt"),
    include_str!("countries/fr.txt"),
    include_str!("countries/de.txt"),
    include_str!("countries/pt.txt"),
    include_str!("countries/it.txt"),
];

type Names = Vec<(&'static str, &'static str)>;

static NAMES: LazyLock<[Names; 6]> = LazyLock::new(|| LISTS.map(read));

/// The short name in its own letters; `None` for a code that is no country's.
pub(in crate::domain::compose) fn name(
    country: Country,
    language: Language,
) -> Option<&'static str> {
    let names = NAMES.get(language as usize)?;
    names
        .binary_search_by_key(&country.code(), |(code, _)| *code)
        .ok()
        .map(|at| names[at].1)
}

fn read(list: &'static str) -> Names {
    let lines = list.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once(' ')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::message::{septets_of, transliterate};

    #[test]
    fn the_lists_are_in_order_and_alike() {
        for names in NAMES.iter() {
            assert!(names.windows(2).all(|pair| pair[0].0 < pair[1].0));
            let codes = |names: &Names| names.iter().map(|(code, _)| *code).collect::<Vec<_>>();
            assert_eq!(codes(names), codes(&NAMES[0]));
        }
    }

    #[test]
    fn every_name_has_a_short_plain_form() {
        for (code, name) in NAMES.iter().flatten() {
            let septets = septets_of(&transliterate(name));
            assert!(septets.is_some_and(|n| n <= 25), "{code} {name}");
        }
    }

    #[test]
    fn countries_are_named_in_the_readers_language() {
        let germany = |language| name(Country::of(b"DE"), language);
        assert_eq!(germany(Language::English), Some("Germany"));
        assert_eq!(germany(Language::Spanish), Some("Alemania"));
        assert_eq!(germany(Language::German), Some("Deutschland"));
        assert_eq!(name(Country::of(b"QQ"), Language::French), None);
    }
}
