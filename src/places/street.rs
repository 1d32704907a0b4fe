//! "350 5th Ave, New York", "Hauptstraße 5, Freiburg", "12 rue Victor Hugo, Lyon": of an address the town counts.

use super::query::Query;

/// How many endings of an address are looked up.
const MOST_TAILS: usize = 5;

/// What may be the town of an address, the longest first; empty where the text has no street and number.
pub(crate) fn towns(query: &Query) -> Vec<String> {
    let words = &query.words;
    let Some(street) = words.iter().position(|word| is_street(word)) else {
        return Vec::new();
    };
    let near = street.saturating_sub(4)..words.len().min(street + 5);
    let Some(number) = near.clone().rev().find(|at| is_number(&words[*at])) else {
        return Vec::new();
    };
    // "rue Victor Hugo 12, Lyon": the number closes the street's name; "12 Main St, Lyon": its word does.
    let from = street.max(number) + 1;
    (from..words.len())
        .take(MOST_TAILS)
        .filter(|at| !is_direction(&words[*at]))
        .map(|at| words[at..].join(" "))
        .collect()
}

fn is_street(word: &str) -> bool {
    const STREETS: &[&str] = &[
        "street",
        "st",
        "ave",
        "avenue",
        "road",
        "rd",
        "blvd",
        "boulevard",
        "drive",
        "dr",
        "lane",
        "ln",
        "hwy",
        "highway",
        "pkwy",
        "parkway",
        "court",
        "ct",
        "place",
        "strasse",
        "str",
        "rue",
        "chemin",
        "allee",
        "quai",
        "impasse",
        "calle",
        "avenida",
        "av",
        "carrera",
        "paseo",
        "plaza",
        "via",
        "viale",
        "piazza",
        "corso",
        "rua",
        "travessa",
        "alameda",
        "rodovia",
        "platz",
        "weg",
        "gasse",
    ];
    const ENDINGS: [&str; 6] = ["strasse", "str", "weg", "gasse", "platz", "allee"];
    STREETS.contains(&word)
        || ENDINGS
            .iter()
            .any(|ending| word.len() > ending.len() + 3 && word.ends_with(ending))
}

/// Of a house, or of a street: `350`, `12b`, `5th`.
fn is_number(word: &str) -> bool {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    (1..=5).contains(&digits.len())
        && digits.bytes().all(|b| b.is_ascii_digit())
        && matches!(
            &word[digits.len()..],
            "" | "a" | "b" | "c" | "d" | "bis" | "ter" | "st" | "nd" | "rd" | "th"
        )
}

fn is_direction(word: &str) -> bool {
    matches!(
        word,
        "n" | "s" | "e" | "w" | "nw" | "ne" | "sw" | "se" | "street" | "st" | "ave" | "apt"
    )
}
