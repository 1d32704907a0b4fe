//! Codes of airports in sentences.

use super::super::words::{Words, is_one_of};
use super::names::{Name, push};

/// "DEL airport": a code in capitals beside the word.
pub(super) fn airports(words: &Words<'_>, all: &mut Vec<(u8, Name)>) {
    const AIRPORT: &str = "airport|flughafen|aeroport|aeropuerto|aeroporto|luchthaven|terminal";
    for at in 0..words.len() {
        let typed = words
            .all
            .get(at)
            .and_then(|word| words.source.get(word.at.clone()));
        let code =
            typed.filter(|typed| typed.len() == 3 && typed.bytes().all(|b| b.is_ascii_uppercase()));
        let before = at.checked_sub(1).map_or("", |before| words.plain(before));
        let beside = is_one_of(words.plain(at + 1), AIRPORT) || is_one_of(before, AIRPORT);
        // "Stuck at DEN til tomorrow": capitals in a text that has small letters as well.
        let among = words.source.contains(|c: char| c.is_lowercase())
            && words.len() > 2
            && is_one_of(
                before,
                "at|in|to|from|into|out of|through|via|near|leaving|ab|nach|von|an|depuis|a|da|di|de|en|em",
            );
        if let Some(code) = code.filter(|_| beside || among) {
            push(words, (at, at + 1), 0, true, format!("{code} airport"), all);
        }
    }
}
