//! What the words of the other languages stand for, from the same dictionaries as the grammar's: a wording learned in one language
//! helps in another.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::features::words;

const DICTIONARIES: [&str; 6] = [
    include_str!("../dictionary/de.txt"),
    include_str!("../dictionary/en.txt"),
    include_str!("../dictionary/es.txt"),
    include_str!("../dictionary/fr.txt"),
    include_str!("../dictionary/it.txt"),
    include_str!("../dictionary/pt.txt"),
];

/// The lists of phrases, and which of their sections say what is wanted.
const LISTS: &str = include_str!("../vocabulary.txt");
const SECTIONS: [&str; 21] = [
    "stop",
    "status",
    "missed",
    "agree",
    "no",
    "greeting",
    "thanks",
    "daily",
    "start",
    "delete me",
    "yes",
    "my data",
    "call me",
    "languages",
    "about",
    "limited not",
    "moved",
    "away",
    "back",
    "trip over",
    "pauses",
];

/// The words of a phrase and its meaning.
type Phrase = (Vec<String>, &'static str);

/// By the first word.
static PHRASES: LazyLock<HashMap<String, Vec<Phrase>>> = LazyLock::new(|| {
    let mut all: HashMap<String, Vec<Phrase>> = HashMap::new();
    let lines = DICTIONARIES.iter().flat_map(|text| text.lines());
    let lines = lines.filter(|line| !line.starts_with('#'));
    for (meaning, phrases) in lines.filter_map(|line| line.split_once(':')) {
        if meaning == "shows" {
            continue;
        }
        for phrase in phrases.split(',') {
            let words = words(&phrase.replace(['#', '~'], " "));
            if let Some(first) = words.first() {
                all.entry(first.clone()).or_default().push((words, meaning));
            }
        }
    }
    let mut title = "";
    for line in LISTS.lines().map(str::trim) {
        if let Some(new) = line
            .strip_prefix('[')
            .and_then(|line| line.strip_suffix(']'))
        {
            let of = |section: &&&str| new == **section || new.starts_with(&format!("{section} "));
            title = SECTIONS
                .iter()
                .find(of)
                .filter(|_| new != "stop beside")
                .copied()
                .unwrap_or("");
        } else if !title.is_empty() && !line.starts_with('#') {
            for phrase in line.split(',').filter(|phrase| !phrase.contains('*')) {
                let words = words(phrase);
                if let Some(first) = words.first() {
                    all.entry(first.clone()).or_default().push((words, title));
                }
            }
        }
    }
    all
});

/// The meanings in a text, in its order; of several at a word the longest phrases.
pub(crate) fn concepts(words: &[String]) -> Vec<&'static str> {
    let mut all = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let found = PHRASES.get(&words[at]);
        let fits: Vec<&Phrase> = found
            .into_iter()
            .flatten()
            .filter(|(phrase, _)| words[at..].starts_with(phrase))
            .collect();
        let longest = fits
            .iter()
            .map(|(phrase, _)| phrase.len())
            .max()
            .unwrap_or(0);
        for (_, meaning) in fits.iter().filter(|(phrase, _)| phrase.len() == longest) {
            if all.last() != Some(meaning) {
                all.push(*meaning);
            }
        }
        at += longest.max(1);
    }
    all
}
