//! Stop words mistyped, stretched, and in letters that only look like them.

use super::KEYWORDS;

/// A word that ends things, also mistyped; never a part of a word.
pub(super) fn is_stop_word(word: &str) -> bool {
    KEYWORDS.contains(&word)
        || is_stretched(word)
        || matches!(
            word,
            "stopp"
                | "stoppp"
                | "sttop"
                | "stpo"
                | "sotp"
                | "st0p"
                | "sstop"
                | "unsub"
                | "cancle"
                | "cancell"
                | "qiut"
        )
        || is_unsubscribe(word)
}

/// `stooop`, `stoppppp`.
pub(super) fn is_stretched(word: &str) -> bool {
    let mut letters: Vec<char> = word.chars().collect();
    letters.dedup();
    word.len() > 5 && letters.iter().collect::<String>() == "stop"
}

/// How many slips a word or phrase of so many letters may have to be known again.
pub(super) const fn slips(letters: usize) -> usize {
    match letters {
        0..=5 => 0,
        6..=9 => 1,
        _ => 2,
    }
}

/// Every run of a letter as one of it: `bastaaa`, `stoop`.
pub(super) fn unstretched(word: &str) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    letters.dedup();
    letters.into_iter().collect()
}

/// The text with Cyrillic and Greek letters as the Latin ones that they look like: `SТОР`.
pub(super) fn look_alike(text: &str) -> String {
    const LIKE: &str = "аaеeоoрpсcтtуyхxѕsіiкkмmнhвbαaεeοoρpτtυuχxκkνn";
    let letters: Vec<char> = LIKE.chars().collect();
    let typed = text.trim().chars().take(16).flat_map(char::to_lowercase);
    typed
        .filter(|letter| letter.is_alphanumeric())
        .map(|letter| {
            let mut pairs = letters.chunks_exact(2);
            pairs
                .find(|pair| pair[0] == letter)
                .map_or(letter, |pair| pair[1])
        })
        .collect()
}

/// `unsubscribe` with up to two slips.
fn is_unsubscribe(word: &str) -> bool {
    word.len() >= 8
        && word.len() <= 14
        && word.starts_with("un")
        && strsim::osa_distance(word, "unsubscribe") <= 2
}
