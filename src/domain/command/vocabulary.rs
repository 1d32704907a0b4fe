//! The words and phrases of `vocabulary.txt`, by section.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::words::Words;
use crate::domain::language::Language;

/// One section: phrases in plain lower-case words.
pub(super) struct List {
    phrases: Vec<&'static str>,
    set: HashSet<&'static str>,
    /// By their first word, so that a text is read in one pass.
    by_first: HashMap<&'static str, Vec<&'static str>>,
    /// Those whose first word is only a beginning.
    stems: Vec<&'static str>,
}

impl List {
    /// Whether it has exactly this word or phrase.
    pub(super) fn contains(&self, phrase: &str) -> bool {
        self.set.contains(phrase)
    }

    /// Its phrases.
    pub(super) fn iter(&self) -> impl Iterator<Item = &'static str> {
        self.phrases.iter().copied()
    }

    /// How many words its longest phrase takes at a position, 0 where none stands there.
    pub(super) fn at(&self, words: &Words<'_>, at: usize) -> usize {
        let candidates = self.by_first.get(words.get(at));
        candidates
            .into_iter()
            .flatten()
            .chain(&self.stems)
            .filter_map(|phrase| words.phrase(at, phrase))
            .max()
            .unwrap_or(0)
    }

    /// Whether the words are one of its phrases, whole.
    pub(super) fn is(&self, words: &Words<'_>) -> bool {
        let candidates = self.by_first.get(words.get(0));
        candidates
            .into_iter()
            .flatten()
            .any(|phrase| words.are(phrase))
    }

    /// The same, with or without "please" and "now" around it.
    pub(super) fn is_politely(&self, words: &Words<'_>) -> bool {
        let first = usize::from(matches!(words.get(0), "please" | "pls" | "plz"));
        let end = words.len().saturating_sub(1);
        let last = usize::from(matches!(words.get(end), "please" | "pls" | "plz" | "now"));
        let ends = |from: usize, taken: usize| {
            from + taken == words.len() || from + taken + last == words.len()
        };
        let candidates = |from: usize| self.by_first.get(words.get(from)).into_iter().flatten();
        [0, first].into_iter().any(|from| {
            candidates(from).any(|phrase| {
                words
                    .phrase(from, phrase)
                    .is_some_and(|taken| ends(from, taken))
            })
        })
    }

    /// Whether one of its phrases stands somewhere in the words.
    pub(super) fn is_in(&self, words: &Words<'_>) -> bool {
        (0..words.len()).any(|at| self.at(words, at) > 0)
    }
}

/// The sections of that name: `[stop foreign]`, and those of single languages, `[stop foreign es]`.
fn section(name: &str) -> List {
    let in_a_language = |title: &str| {
        let code = title
            .strip_prefix(name)
            .and_then(|rest| rest.strip_prefix(' '));
        code.is_some_and(|code| Language::ALL.iter().any(|language| language.code() == code))
    };
    read(|title| title == name || in_a_language(title))
}

fn read(wanted: impl Fn(&str) -> bool) -> List {
    let mut phrases = Vec::new();
    let mut inside = false;
    for line in TEXT.lines().map(str::trim) {
        if let Some(title) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            inside = wanted(title);
        } else if inside && !line.starts_with('#') {
            phrases.extend(line.split(',').map(str::trim).filter(|p| !p.is_empty()));
        }
    }
    let mut by_first: HashMap<&str, Vec<&str>> = HashMap::new();
    let mut stems = Vec::new();
    for phrase in &phrases {
        let first = phrase.split(' ').next().unwrap_or("");
        if first.ends_with('*') {
            stems.push(*phrase);
        }
        by_first.entry(first).or_default().push(phrase);
    }
    List {
        set: phrases.iter().copied().collect(),
        phrases,
        by_first,
        stems,
    }
}

/// What shows the language of an opt-out.
pub(super) static STOP_BY_LANGUAGE: LazyLock<[(Language, List); 6]> = LazyLock::new(|| {
    Language::ALL.map(|language| {
        let code = language.code();
        let whole = format!("stop whole {code}");
        let parts = format!("stop foreign {code}");
        (language, read(|title| title == whole || title == parts))
    })
});

/// What our languages are called, and their codes.
pub(super) static LANGUAGES: LazyLock<[(Language, List); 6]> = LazyLock::new(|| {
    Language::ALL.map(|language| {
        let title = format!("languages {}", language.code());
        (language, read(|section| section == title))
    })
});

const TEXT: &str = include_str!("vocabulary.txt");

macro_rules! lists {
    ($($list:ident = $name:literal),* $(,)?) => {
        $(pub(super) static $list: LazyLock<List> = LazyLock::new(|| section($name));)*

        #[cfg(test)]
        const NAMES: &[&str] = &[$($name),*];
    };
}

lists! {
    STOP_WHOLE = "stop whole",
    STOP = "stop",
    STOP_WEAK = "stop weak",
    STOP_FOREIGN = "stop foreign",
    STOP_RAW = "stop raw",
    STOP_BESIDE = "stop beside",
    STOP_SPANISH = "stop spanish",
    STOP_PORTUGUESE = "stop portuguese",
    STOP_FRENCH = "stop french",
    STOP_GERMAN = "stop german",
    STOP_ITALIAN = "stop italian",
    STOP_ALONE = "stop alone",
    LANGUAGE_BESIDE = "language beside",
    REACTION_CONNECTORS = "reaction connectors",
    REACTION_VERBS = "reaction verbs",
    REACTION_VERBS_AFTER = "reaction verbs after",
    REACTION_RAW_AFTER = "reaction raw after",
    REACTION_RAW = "reaction raw",
    REACTION_OBJECTS = "reaction objects",
    AUTOMATIC = "automatic",
    OURS = "ours",
    POLITE_FRONT = "polite front",
    POLITE_ALONE = "polite alone",
    POLITE_BACK = "polite back",
    ASKED_BACK = "asked back",
    MENU = "menu",
    STATUS = "status",
    MISSED = "missed",
    AGREE = "agree",
    NO = "no",
    GREETING = "greeting",
    THANKS = "thanks",
    TALK_BESIDE = "small talk beside",
    THANKS_FOR = "thanks for",
    DAILY = "daily",
    DAILY_LEAD = "daily lead",
    DAILY_BESIDE = "daily beside",
    CHANGE_LEAD = "change lead",
    CHANGE_BESIDE = "change beside",
    START = "start",
    YES = "yes",
    HELP = "help",
    MY_DATA = "my data",
    DELETE = "delete",
    CALL_ME = "call me",
    MORE = "more",
    DELETE_ME = "delete me",
    WHEN_LEAD = "when lead",
    DAYS_DAILY = "days daily",
    DAYS_WEEKDAYS = "days weekdays",
    DAYS_WEEKENDS = "days weekends",
    WHEN_NOW = "when now",
    WHEN_TODAY = "when today",
    WHEN_TONIGHT = "when tonight",
    WHEN_TOMORROW = "when tomorrow",
    WHEN_IN_TWO_DAYS = "when in two days",
    WHEN_WEEKEND = "when weekend",
    WHEN_WEEK = "when week",
    WHEN_HOURS = "when hours",
    EVERYDAY = "everyday",
    LOCATIVE = "locative",
    WEATHER_WORDS = "weather words",
    FOLLOW_UP = "follow up",
    ABOUT = "about",
    ALERT = "alert",
    ALERT_WEAK = "alert weak",
    CONDITION_BESIDE = "condition beside",
    CHANGE_WORDS = "change words",
    CHANGE_MARKS = "change marks",
    LIMITED_NOT = "limited not",
    LIMITED_BESIDE = "limited beside",
    MOVED = "moved",
    AWAY = "away",
    AWAY_BESIDE = "away beside",
    BACK = "back",
    TRIP_OVER = "trip over",
    UNITS_BESIDE = "units beside",
    SUBJECTS = "subjects",
    PAUSES = "pauses",
    REACTION_ROOTS = "reaction roots",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_section_is_read_and_has_entries() {
        for name in NAMES {
            assert!(!section(name).phrases.is_empty(), "{name}");
        }
        for (language, list) in LANGUAGES.iter() {
            assert!(list.contains(language.code()), "{language:?}");
        }
        let read: usize = NAMES.iter().map(|name| section(name).phrases.len()).sum();
        let named: usize = LANGUAGES.iter().map(|(_, list)| list.phrases.len()).sum();
        let written = super::read(|_| true).phrases.len();
        assert_eq!(read + named, written, "a section that nothing reads");
    }

    #[test]
    fn entries_are_plain_words_and_no_entry_comes_twice() {
        for name in NAMES {
            let list = section(name);
            assert_eq!(
                list.set.len(),
                list.phrases.len(),
                "{name} has an entry twice"
            );
            if name.contains("raw") {
                continue;
            }
            for phrase in list.iter() {
                let plain = phrase.replace('*', "");
                let folded = super::super::words::fold(&plain);
                assert_eq!(folded.replace('\'', ""), plain.replace('\'', ""), "{name}");
            }
        }
    }
}
