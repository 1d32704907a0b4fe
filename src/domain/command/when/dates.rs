//! Dates of a month, and counts.

use super::super::words::Words;

/// `dec 3`, `3 december`, `the 3rd of dec`.
pub(super) fn date_at(words: &Words<'_>, at: usize) -> Option<(i8, i8, usize)> {
    let day = |word: &str| -> Option<i8> {
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let ending = &word[digits.len()..];
        let day: i8 = digits.parse().ok()?;
        (matches!(ending, "" | "st" | "nd" | "rd" | "th") && (1..=31).contains(&day)).then_some(day)
    };
    let first = words.get(at);
    if let Some(month) = month_named(first) {
        return Some((month, day(words.get(at + 1))?, 2));
    }
    let number = day(first)?;
    let of = usize::from(words.get(at + 1) == "of");
    let month = month_named(words.get(at + 1 + of))?;
    Some((month, number, 2 + of))
}

fn month_named(word: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    if word.len() < 3 {
        return None;
    }
    let at = MONTHS
        .iter()
        .position(|month| *month == word || (word.len() <= 4 && month.starts_with(word)))?;
    i8::try_from(at + 1).ok()
}

/// `5`, `five`, `a`.
pub(super) fn count_of(word: &str) -> Option<u16> {
    const COUNTS: [&str; 10] = [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    ];
    match word {
        "a" | "an" => Some(1),
        "couple" | "few" => Some(3),
        _ => COUNTS
            .iter()
            .position(|count| *count == word)
            .and_then(|at| u16::try_from(at + 1).ok())
            .or_else(|| word.parse().ok()),
    }
}
