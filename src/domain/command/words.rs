//! Texts as plain lower-case words: what people type differs in case, accents, punctuation and spacing only.

use std::ops::Range;

/// How much of a text is read. The carrier's own limit; whatever is longer says nothing new.
const MAX_CHARS: usize = 1_600;

/// Lower case, Latin letters without marks, everything that is neither letter nor digit a space.
pub(crate) fn fold(text: &str) -> String {
    let words = Words::of(text);
    let folded: Vec<&str> = words.all.iter().map(|word| word.fold.as_str()).collect();
    folded.join(" ")
}

/// Whether a word is one of a list that is written with bars between.
pub(crate) fn is_one_of(word: &str, list: &str) -> bool {
    list.split('|').any(|one| one == word)
}

/// A text, word by word.
#[derive(Debug, Clone)]
pub(crate) struct Words<'a> {
    /// The text itself, as far as it is read.
    pub(crate) source: &'a str,
    /// Its words.
    pub(crate) all: Vec<Word>,
}

/// One word, or one number with its inner points and colons (`6:30pm`, `-33.86`).
#[derive(Debug, Clone)]
pub(crate) struct Word {
    /// Where it stands in the source.
    pub(crate) at: Range<usize>,
    /// In plain lower-case letters and digits, or the word of the grammar that it stands for.
    pub(crate) fold: String,
    /// What was typed, in plain words, where it stands for something else.
    pub(crate) typed: Option<String>,
}

impl<'a> Words<'a> {
    /// Takes the text apart.
    pub(crate) fn of(text: &'a str) -> Self {
        let end = text
            .char_indices()
            .nth(MAX_CHARS)
            .map_or(text.len(), |(at, _)| at);
        let source = &text[..end];
        let mut all: Vec<Word> = Vec::new();
        let mut chars = source.char_indices().peekable();
        let mut open: Option<Word> = None;
        let mut before = ' ';
        while let Some((at, c)) = chars.next() {
            let next = chars.peek().map_or(' ', |(_, next)| *next);
            let inner = joins(before, c, next);
            let part = c.is_alphanumeric() || (open.is_some() && is_sign(c));
            if part || inner || (open.is_some() && is_silent(c)) {
                let word = open.get_or_insert_with(|| Word {
                    at: at..at,
                    fold: String::new(),
                    typed: None,
                });
                word.at.end = at + c.len_utf8();
                if part {
                    let latin = any_ascii::any_ascii_char(c).to_ascii_lowercase();
                    word.fold.push_str(latin.trim());
                } else if inner {
                    word.fold.push(c);
                }
            } else if !is_silent(c) {
                all.extend(open.take().filter(|word| !word.fold.is_empty()));
            }
            if !is_silent(c) {
                before = c;
            }
        }
        all.extend(open.filter(|word| !word.fold.is_empty()));
        Self { source, all }
    }

    /// The words with those in other scripts made unlike any of ours: `سالت` is no `slt`, though its letters are.
    pub(crate) fn in_their_script(&self) -> Self {
        let mut words = self.clone();
        for word in &mut words.all {
            let typed = &self.source[word.at.clone()];
            if typed.chars().any(|c| c.is_alphabetic() && !is_latin(c)) {
                let fold = std::mem::take(&mut word.fold);
                word.fold = format!("~{fold}");
                word.typed = Some(fold);
            }
        }
        words
    }

    /// How many words there are.
    pub(crate) fn len(&self) -> usize {
        self.all.len()
    }

    /// The plain form of a word, empty past the end.
    pub(crate) fn get(&self, at: usize) -> &str {
        self.all.get(at).map_or("", |word| word.fold.as_str())
    }

    /// A word as it was typed, in plain letters; several words where several stand for one.
    pub(crate) fn plain(&self, at: usize) -> &str {
        let word = self.all.get(at);
        word.map_or("", |word| word.typed.as_deref().unwrap_or(&word.fold))
    }

    /// Whether only a hyphen stands between a word and the one before it: `Aix-en-Provence`.
    pub(crate) fn is_hyphened(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.all.get(before));
        let (Some(before), Some(word)) = (before, self.all.get(at)) else {
            return false;
        };
        matches!(&self.source[before.at.end..word.at.start], "-" | "–")
    }

    /// Whether a number is half of a position (`-72.01,2.53`): it is no time of day, whatever its digits.
    pub(crate) fn is_coordinate(&self, at: usize) -> bool {
        let pair = |first: usize| {
            let (one, other) = (self.all.get(first)?, self.all.get(first + 1)?);
            let between = self.source[one.at.end..other.at.start].trim();
            let numbers = is_degrees(&one.fold) && is_degrees(&other.fold);
            let decimal = one.fold.contains('.') || other.fold.contains('.');
            let exact = [one, other].iter().all(|word| {
                word.fold
                    .split_once('.')
                    .is_some_and(|(_, more)| more.len() > 2)
            });
            Some(numbers && ((between == "," && decimal) || (between.is_empty() && exact)))
        };
        [Some(at), at.checked_sub(1)]
            .into_iter()
            .flatten()
            .any(|first| pair(first) == Some(true))
    }

    /// Whether the phrase stands at a position; gives how many words it has. `*` ends a word of which it is the beginning.
    pub(crate) fn phrase(&self, at: usize, phrase: &str) -> Option<usize> {
        // Nearly all fail at the first letter.
        if self.get(at).bytes().next() != phrase.bytes().next() {
            return None;
        }
        let mut length = 0;
        for wanted in phrase.split(' ') {
            let word = self.get(at + length);
            let same = match wanted.strip_suffix('*') {
                Some(stem) => word.starts_with(stem),
                None => word == wanted,
            };
            if !same {
                return None;
            }
            length += 1;
        }
        Some(length)
    }

    /// Whether the phrase stands anywhere.
    pub(crate) fn has(&self, phrase: &str) -> bool {
        (0..self.len()).any(|at| self.phrase(at, phrase).is_some())
    }

    /// Whether all words are the phrase.
    pub(crate) fn are(&self, phrase: &str) -> bool {
        self.phrase(0, phrase) == Some(self.len())
    }

    /// The kept words as they were typed: with the punctuation between neighbours, with a space where words are left out.
    pub(crate) fn typed(&self, kept: &[bool]) -> String {
        let mut text = String::new();
        let mut at = 0;
        while at < self.len() {
            if !kept.get(at).copied().unwrap_or(false) {
                at += 1;
                continue;
            }
            let first = at;
            while at < self.len() && kept.get(at).copied().unwrap_or(false) {
                at += 1;
            }
            let slice = &self.source[self.all[first].at.start..self.all[at - 1].at.end];
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(slice);
        }
        text
    }
}

/// The text without what a phone writes beneath it: "Sent from my iPad".
pub(crate) fn without_signature(text: &str) -> &str {
    const SIGNATURES: [&str; 6] = [
        "Sent from my ",
        "Gesendet von ",
        "Von meinem ",
        "Envoyé de ",
        "Enviado desde ",
        "Inviato da ",
    ];
    let from = SIGNATURES
        .iter()
        .filter_map(|signature| text.rfind(&format!("\n{signature}")))
        .min();
    from.map_or(text, |from| text[..from].trim_end())
}

/// `48.8`, `-33`: up to three digits before the point.
fn is_degrees(word: &str) -> bool {
    let unsigned = word.trim_start_matches(['-', '−', '+']);
    let (whole, more) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    digits(whole) && digits(more) && whole.len() <= 3
}

/// Points and colons between digits, an apostrophe's digits, and the minus of a number belong to the number.
fn joins(before: char, c: char, next: char) -> bool {
    match c {
        '.' | ':' => before.is_ascii_digit() && next.is_ascii_digit(),
        '-' | '−' => next.is_ascii_digit() && (before == ' ' || before == ',' || before == '\n'),
        _ => false,
    }
}

/// Vowel signs and tone marks of scripts in which they belong to the word: Devanagari to Sinhala, Burmese, Tibetan.
const fn is_sign(c: char) -> bool {
    matches!(
        c,
        '\u{900}'..='\u{963}' | '\u{971}'..='\u{dff}' | '\u{f18}'..='\u{fbc}' | '\u{1000}'..='\u{1049}' | '\u{1050}'..='\u{109f}'
            | '\u{a9e0}'..='\u{aadf}'
    )
}

/// Letters of the Latin alphabet, with whatever marks.
fn is_latin(c: char) -> bool {
    c < '\u{370}' || ('\u{1e00}'..='\u{1eff}').contains(&c)
}

/// Apostrophes, marks on letters, and what cannot be seen: they neither part words nor belong to them.
pub(super) fn is_silent(c: char) -> bool {
    matches!(
        c,
        '\'' | '’' | '‘' | '´' | '`' | '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ad}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_case_marks_and_punctuation() {
        assert_eq!(fold("  Köln,  NRW! "), "koln nrw");
        assert_eq!(fold("what's up—Zürich?"), "whats up zurich");
        assert_eq!(fold("s\u{200b}top"), "stop");
        assert_eq!(fold("..."), "");
        assert_eq!(fold("👍"), "");
        assert_eq!(fold("Cafe\u{301}"), "cafe");
    }

    #[test]
    fn numbers_keep_their_points() {
        assert_eq!(fold("-33.86,151.2 at 6:30pm."), "-33.86 151.2 at 6:30pm");
        assert_eq!(fold("Saint-Denis 7-8"), "saint denis 7 8");
    }

    #[test]
    fn a_pair_of_degrees_is_a_position() {
        let at = |text: &str| {
            let words = Words::of(text);
            (0..words.len())
                .map(|at| words.is_coordinate(at))
                .collect::<Vec<bool>>()
        };
        assert_eq!(at("x -72.01,2.53 00:00"), [false, true, true, false]);
        assert_eq!(at("48.8, 2"), [true, true]);
        assert_eq!(at("51.507 0.128"), [true, true]);
        assert_eq!(at("lyon 7.30"), [false, false]);
        assert_eq!(at("7.30 8.30"), [false, false]);
        assert_eq!(at("7,30"), [false, false]);
    }

    #[test]
    fn kept_words_stay_as_typed() {
        let words = Words::of("St. Louis, MO tomorrow, please?");
        let typed = words.typed(&[true, true, true, false, false]);
        assert_eq!(typed, "St. Louis, MO");
        let words = Words::of("-33.86,151.2");
        assert_eq!(words.typed(&[true, true]), "-33.86,151.2");
    }
}
