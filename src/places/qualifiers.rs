//! "il", "tx usa", "north yorkshire": words after a name that say in which country, state or county it lies.

use super::gazetteer::{Division, Gazetteer, Spot};
use super::words::Class;
use crate::domain::phone::Country;

/// Each qualifier with every division that it may mean.
pub(crate) struct Qualifiers(Vec<Vec<(Division, bool)>>);

/// Longest name of a division, in words.
const MOST_WORDS: usize = 6;

impl Qualifiers {
    /// `None` unless all words together are names of divisions; filler between them is passed over.
    pub(crate) fn read(gazetteer: &Gazetteer, words: &[String]) -> Option<Self> {
        let mut found = Vec::new();
        if words.is_empty() || words.len() > 3 * MOST_WORDS {
            return None;
        }
        if split(gazetteer, words, &mut found) {
            return Some(Self(found));
        }
        Self::without_filler(gazetteer, words)
    }

    /// As `read`, but every word must be part of a name.
    pub(crate) fn strictly(gazetteer: &Gazetteer, words: &[String]) -> Option<Self> {
        let mut found = Vec::new();
        (words.len() <= 3 * MOST_WORDS && split(gazetteer, words, &mut found))
            .then_some(Self(found))
    }

    fn without_filler(gazetteer: &Gazetteer, words: &[String]) -> Option<Self> {
        let mut found = Vec::new();
        let solid: Vec<String> = words
            .iter()
            .filter(|w| !Class::of(gazetteer, w).is_filler())
            .cloned()
            .collect();
        (!solid.is_empty() && solid.len() < words.len() && split(gazetteer, &solid, &mut found))
            .then_some(Self(found))
    }

    /// One qualifier that may be any of several names.
    pub(crate) fn any_of(gazetteer: &Gazetteer, names: &[Vec<String>]) -> Self {
        Self(vec![
            names
                .iter()
                .flat_map(|words| gazetteer.divisions_named(&words.join(" ")))
                .filter(|(_, is_code)| !is_code)
                .collect(),
        ])
    }

    /// How far a spot is from fitting: `None` when it lies elsewhere, else what to take off its score.
    pub(crate) fn fit(&self, spot: &Spot, home: Option<Country>) -> Option<f32> {
        self.0
            .iter()
            .map(|meant| {
                meant
                    .iter()
                    .filter_map(|(division, is_code)| fit(division, *is_code, spot, home))
                    .reduce(f32::min)
            })
            .sum()
    }

    /// Divisions that the first qualifier means and that lie within all others: "ontario canada".
    pub(crate) fn innermost(&self) -> impl Iterator<Item = Division> + '_ {
        let (first, rest) = self.0.split_at(1);
        first
            .iter()
            .flatten()
            .filter(|(_, is_code)| !is_code)
            .map(|(division, _)| *division)
            .filter(|division| {
                rest.iter()
                    .all(|meant| meant.iter().any(|(outer, _)| lies_in(division, outer)))
            })
    }

    /// How many qualifiers there are.
    pub(crate) fn count(&self) -> usize {
        self.0.len()
    }

    /// The countries that one qualifier alone names.
    pub(crate) fn countries(&self) -> Vec<Country> {
        self.0
            .iter()
            .flatten()
            .filter(|(d, _)| d.level == 0)
            .map(|(d, _)| d.country)
            .collect()
    }
}

fn split(gazetteer: &Gazetteer, words: &[String], found: &mut Vec<Vec<(Division, bool)>>) -> bool {
    if words.is_empty() {
        return true;
    }
    for end in (1..=words.len().min(MOST_WORDS)).rev() {
        let meant = gazetteer.divisions_named(&words[..end].join(" "));
        if !meant.is_empty() {
            found.push(meant);
            if split(gazetteer, &words[end..], found) {
                return true;
            }
            found.pop();
        }
    }
    false
}

fn fit(division: &Division, is_code: bool, spot: &Spot, home: Option<Country>) -> Option<f32> {
    let lies = match division.level {
        0 => governs(division.country, spot.country),
        1 => spot.admin1 == Some(division.id),
        _ => spot.admin2 == Some(division.id),
    };
    lies.then(|| match (division.level, is_code) {
        (0, true) if home == Some(division.country) => 0.1,
        (0, true) => 0.4,
        (1, true) if home == Some(division.country) => 0.0,
        (1, true) if ["US", "CA"].contains(&division.country.code()) => 0.2,
        (1, true) => 1.2,
        (2, _) => 0.1,
        _ => 0.0,
    })
}

/// Whether people say the one country for places in the other.
pub(crate) fn governs(named: Country, actual: Country) -> bool {
    named == actual
        || match named.code() {
            "US" => ["PR", "GU", "VI", "AS", "MP"].contains(&actual.code()),
            "GB" => ["JE", "GG", "IM", "GI"].contains(&actual.code()),
            "FR" => ["GP", "MQ", "RE", "GF", "YT", "PM", "BL", "MF", "NC", "PF"]
                .contains(&actual.code()),
            "NL" => ["AW", "CW", "SX", "BQ"].contains(&actual.code()),
            "CN" => ["HK", "MO"].contains(&actual.code()),
            "DK" => ["GL", "FO"].contains(&actual.code()),
            "FI" => actual.code() == "AX",
            "NO" => actual.code() == "SJ",
            _ => false,
        }
}

fn lies_in(division: &Division, outer: &Division) -> bool {
    match outer.level {
        0 => division.level > 0 && governs(outer.country, division.country),
        _ => division.parent == Some(outer.id),
    }
}
