//! `LANGUAGE es`, "en français", "Deutsch bitte", "hablas español?": the language to be answered in.

use super::vocabulary::{LANGUAGE_BESIDE, LANGUAGES};
use super::words::Words;
use crate::domain::language::Language;

/// Words that name the wish itself; behind them a code is enough (`LANGUAGE es`).
const LEADS: [&str; 6] = [
    "language", "idioma", "langue", "sprache", "lingua", "lengua",
];

/// Reads a wish for a language; `Some(None)`: for none of ours, or it is not said which.
pub(super) fn read(words: &Words<'_>) -> Option<Option<Language>> {
    if words.len() == 0 || words.len() > 7 {
        return None;
    }
    if words.has("what language") || words.has("which language") || words.has("what languages") {
        return Some(None);
    }
    let lead = (0..words.len()).find(|at| LEADS.contains(&words.get(*at)));
    let named = (0..words.len()).rev().find_map(|at| {
        let word = words.get(at);
        let enough = lead.is_some() || word.len() > 3;
        let (language, _) = LANGUAGES.iter().find(|(_, list)| list.contains(word))?;
        let is_lead = lead == Some(at);
        let beside =
            (0..words.len()).all(|other| other == at || LANGUAGE_BESIDE.contains(words.get(other)));
        (enough && !is_lead && beside).then_some(*language)
    });
    match (named, lead) {
        (Some(language), _) => Some(Some(language)),
        (None, Some(0)) if words.len() <= 4 => Some(None),
        (None, _) => None,
    }
}
