//! Texts in other languages, read as the English words of the grammar: `dictionary/*.txt` says which word stands for which.
//!
//! A text is in the language that most of its clear words belong to. Only then the unclear ones count (`si`, `a`, `no`), so
//! that the name of a place is left alone. What is read stays as it was typed: a place keeps its own name.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::vocabulary::STOP_BY_LANGUAGE;
use super::words::{Word, Words, fold};
use crate::domain::language::Language;
use crate::domain::phone::Country;

/// The language that the words of a text show clearly; a place's name shows none, nor does a word that several share.
pub(super) fn shown(words: &Words<'_>) -> Option<Language> {
    let mut opt_outs = STOP_BY_LANGUAGE
        .iter()
        .filter(|(_, list)| list.is_in(words))
        .map(|(language, _)| *language);
    let opt_out = opt_outs.next().filter(|_| opt_outs.next().is_none());
    opt_out.or_else(|| {
        let (best, score) = best(words)?;
        let rivals = DICTIONARIES
            .iter()
            .filter(|other| other.language != best.language);
        let alone = rivals.into_iter().all(|other| other.clear(words) < score);
        alone.then_some(best.language)
    })
}

/// The language that a text from a country shows: one word of Spanish is no Spanish where Portuguese is spoken, as the two share most of theirs.
#[must_use]
pub fn language_from(text: &str, country: Option<Country>) -> Option<Language> {
    let home = Language::of_country(country);
    let akin = |language| {
        matches!(
            language,
            Language::Spanish | Language::Portuguese | Language::Italian
        )
    };
    super::language_of(text).filter(|shown| {
        *shown == home || !(akin(*shown) && akin(home)) || shows_twice(&Words::of(text), *shown)
    })
}

/// Whether at least two of the words show the language by themselves.
fn shows_twice(words: &Words<'_>, language: Language) -> bool {
    let mut all = DICTIONARIES.iter();
    all.any(|dictionary| dictionary.language == language && dictionary.clear(words) >= 2)
}

/// The text in the words of the grammar. Where its words show no language, the likely ones are tried.
pub(super) fn translated<'a>(words: &Words<'a>, likely: &[Language]) -> Option<Words<'a>> {
    let shown = best(words).map(|(first, score)| {
        let mut all = DICTIONARIES.iter();
        let rival =
            all.find(|other| likely.contains(&other.language) && other.clear(words) == score);
        rival.unwrap_or(first)
    });
    let spoken = || {
        likely.iter().find_map(|language| {
            let mut all = DICTIONARIES.iter();
            all.find(|dictionary| dictionary.language == *language && dictionary.knows(words))
        })
    };
    let dictionary = shown.or_else(spoken)?;
    Some(dictionary.translate(words))
}

/// Which of our languages people text in, besides English: the one that they are answered in, and those of their country.
pub(super) fn likely(country: Option<Country>, answered_in: Option<Language>) -> Vec<Language> {
    let more: &[Language] = match country.as_ref().map_or("", Country::code) {
        "CH" => &[Language::French, Language::Italian],
        "BE" | "CA" => &[Language::French],
        "LU" => &[Language::German],
        _ => &[],
    };
    let mut all: Vec<Language> = answered_in.into_iter().collect();
    all.push(Language::of_country(country));
    all.extend(more);
    all.retain(|language| *language != Language::English);
    all
}

/// The language with the most clear words, and how many; the first of several.
fn best(words: &Words<'_>) -> Option<(&'static Dictionary, usize)> {
    let mut best: Option<(&Dictionary, usize)> = None;
    for dictionary in DICTIONARIES.iter() {
        let score = dictionary.clear(words);
        if score > best.map_or(0, |(_, most)| most) {
            best = Some((dictionary, score));
        }
    }
    best
}

/// What people write in one language.
pub(super) struct Dictionary {
    language: Language,
    /// By their first word.
    by_first: HashMap<String, Vec<Entry>>,
}

/// One phrase.
pub(super) struct Entry {
    /// In plain words.
    words: Vec<String>,
    /// The words of the grammar that it stands for; [`SHOWS`]: its own.
    meaning: &'static str,
    /// Whether it shows the language by itself.
    clear: bool,
    /// Whether a word that begins with a digit must stand before it, or behind it.
    digit_before: bool,
    digit_behind: bool,
}

/// The heading of phrases that stand for themselves.
const SHOWS: &str = "shows";

/// Meanings of words that nobody texts alone.
const SMALL: [&str; 14] = [
    "in", "to", "of", "and", "the", "my", "it", "for", "for the", "at", "is", "on", "me", "here",
];

impl Dictionary {
    fn read(language: Language, text: &'static str) -> Self {
        let mut by_first: HashMap<String, Vec<Entry>> = HashMap::new();
        for entry in entries(text) {
            by_first
                .entry(entry.words.first().cloned().unwrap_or_default())
                .or_default()
                .push(entry);
        }
        Self { language, by_first }
    }

    /// The longest phrase that stands at a word.
    fn at(&self, words: &Words<'_>, at: usize) -> Option<&Entry> {
        self.by_first
            .get(words.get(at))?
            .iter()
            .filter(|entry| entry.stands_at(words, at))
            .max_by_key(|entry| {
                (
                    entry.words.len(),
                    entry.clear,
                    entry.digit_before || entry.digit_behind,
                )
            })
    }

    /// How many words show this language by themselves.
    fn clear(&self, words: &Words<'_>) -> usize {
        let mut clear = 0;
        let mut at = 0;
        while at < words.len() {
            match self.at(words, at) {
                Some(entry) => {
                    clear += if entry.clear { entry.words.len() } else { 0 };
                    at += entry.words.len();
                }
                None => at += 1,
            }
        }
        clear
    }

    /// Whether any of the words is one of its own; of a single word, whether it says more than `and` or `in`: Y is a town.
    fn knows(&self, words: &Words<'_>) -> bool {
        let alone = words.len() == 1;
        (0..words.len()).any(|at| {
            let entry = self.at(words, at);
            entry.is_some_and(|entry| !alone || !SMALL.contains(&entry.meaning))
        })
    }

    fn translate<'a>(&self, words: &Words<'a>) -> Words<'a> {
        let mut all: Vec<Word> = Vec::with_capacity(words.len());
        let mut at = 0;
        while at < words.len() {
            match self.at(words, at) {
                Some(entry) if entry.meaning != SHOWS => {
                    let taken = &words.all[at..at + entry.words.len()];
                    all.extend(entry.instead_of(taken));
                    at += entry.words.len();
                }
                _ => {
                    all.push(words.all[at].clone());
                    at += 1;
                }
            }
        }
        Words {
            source: words.source,
            all,
        }
    }
}

impl Entry {
    fn stands_at(&self, words: &Words<'_>, at: usize) -> bool {
        let digit = |at: Option<usize>| {
            at.is_some_and(|at| words.get(at).starts_with(|c: char| c.is_ascii_digit()))
        };
        let free =
            self.clear || !(words.is_hyphened(at) || words.is_hyphened(at + self.words.len()));
        let same = self
            .words
            .iter()
            .enumerate()
            .all(|(offset, word)| words.get(at + offset) == word);
        free && same
            && (!self.digit_before || digit(at.checked_sub(1)))
            && (!self.digit_behind || digit(Some(at + self.words.len())))
    }

    /// The words that it stands for; the first of them is the whole phrase as it was typed.
    fn instead_of(&self, taken: &[Word]) -> Vec<Word> {
        let (Some(first), Some(last)) = (taken.first(), taken.last()) else {
            return Vec::new();
        };
        let typed: Vec<&str> = taken.iter().map(|word| word.fold.as_str()).collect();
        let typed = typed.join(" ");
        self.meaning
            .split(' ')
            .enumerate()
            .map(|(nth, meaning)| Word {
                at: if nth == 0 {
                    first.at.start
                } else {
                    last.at.end
                }..last.at.end,
                fold: meaning.to_owned(),
                typed: Some(if nth == 0 {
                    typed.clone()
                } else {
                    String::new()
                }),
            })
            .collect()
    }
}

/// The phrases of a file: `meaning: phrase, ~unclear phrase, phrase #`.
fn entries(text: &'static str) -> impl Iterator<Item = Entry> {
    text.lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once(':'))
        .flat_map(|(meaning, phrases)| {
            phrases.split(',').map(move |phrase| {
                let phrase = phrase.trim();
                let plain = phrase.trim_start_matches('~');
                let parts: Vec<&str> = plain.split_whitespace().collect();
                Entry {
                    words: fold(&plain.replace('#', " "))
                        .split(' ')
                        .map(str::to_owned)
                        .collect(),
                    meaning: meaning.trim(),
                    clear: plain.len() == phrase.len(),
                    digit_before: parts.first() == Some(&"#"),
                    digit_behind: parts.last() == Some(&"#"),
                }
            })
        })
}

static DICTIONARIES: LazyLock<[Dictionary; 6]> =
    LazyLock::new(|| Language::ALL.map(|language| Dictionary::read(language, text_of(language))));

const fn text_of(language: Language) -> &'static str {
    match language {
        Language::English => include_str!("dictionary/en.txt"),
        Language::Spanish => include_str!("dictionary/es.txt"),
        Language::French => include_str!("dictionary/fr.txt"),
        Language::German => include_str!("dictionary/de.txt"),
        Language::Portuguese => include_str!("dictionary/pt.txt"),
        Language::Italian => include_str!("dictionary/it.txt"),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn no_phrase_has_two_meanings_in_one_language() {
        let mut wrong = Vec::new();
        for language in Language::ALL {
            let mut seen: BTreeMap<String, &str> = BTreeMap::new();
            for entry in entries(text_of(language)) {
                let key = format!(
                    "{} {} {}",
                    entry.digit_before,
                    entry.words.join(" "),
                    entry.digit_behind
                );
                assert!(
                    !entry.words.concat().is_empty(),
                    "{}: an empty phrase of {}",
                    language.code(),
                    entry.meaning
                );
                if let Some(before) = seen.insert(key, entry.meaning) {
                    wrong.push(format!(
                        "{}: {} is {before} and {}",
                        language.code(),
                        entry.words.join(" "),
                        entry.meaning
                    ));
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn every_line_is_a_comment_or_has_a_meaning() {
        for language in Language::ALL {
            for line in text_of(language).lines() {
                let fine = line.is_empty()
                    || line.starts_with('#')
                    || line
                        .split_once(": ")
                        .is_some_and(|(meaning, _)| fold(meaning) == meaning);
                assert!(fine, "{}: {line}", language.code());
            }
        }
    }
}
