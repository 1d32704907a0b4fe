//! Sentences: which words of one may be the name of a place, and what it is about when none is.

use super::place::{WholeText, take_when};
use super::vocabulary::{EVERYDAY, FOLLOW_UP, LOCATIVE, POLITE_FRONT, SUBJECTS, WEATHER_WORDS};
use super::when::When;
use super::words::Words;

/// How many names are looked up besides the text itself.
const MAX_NAMES: usize = 3;
/// How long such a name may be.
const MAX_NAME_WORDS: usize = 4;
/// From how many words on a text is a sentence, when it is no place as it stands.
const SENTENCE: usize = 4;

/// What a text says besides the name of a place, for when it is no place as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Inside {
    /// Runs of words that sentences have no use for, the likeliest first: "edinburgh".
    pub names: Vec<String>,
    /// Whether the first of them stands where a place stands: "in edinburgh".
    pub is_led: bool,
    /// Whether people talk rather than name a place.
    pub is_sentence: bool,
    /// Whether it is about the weather, or goes on where the last question ended.
    pub asks: bool,
    /// Whether it has seven words or more.
    pub is_long: bool,
    /// What stands behind an "in", though its words are everyday ones: "in el paso".
    pub behind: Option<String>,
    /// The first of the names with the word before it, which may belong to it: "friday harbor tomorrow".
    pub wide: Option<Wide>,
}

/// A name that begins with a word that usually means something else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wide {
    /// With that word; the place must have it in its name.
    pub name: WholeText,
    /// When, without that word.
    pub when: Option<When>,
}

impl Inside {
    /// Whether it is about the weather where I am, unless it names a place after all: "will it rain, or are you guessing".
    #[must_use]
    pub fn is_about_mine(&self) -> bool {
        self.asks && (self.is_nameless() || (self.is_sentence && self.is_long && !self.is_led))
    }

    /// Whether nothing in it can be the name of a place.
    #[must_use]
    pub fn is_nameless(&self) -> bool {
        self.is_sentence && self.names.is_empty()
    }
}

/// Reads a text of which `kept` words are left when *when* and polite words are taken away.
pub(super) fn read(words: &Words<'_>, kept: &[bool], has_when: bool) -> Inside {
    let left: Vec<usize> = (0..words.len()).filter(|at| kept[*at]).collect();
    if left.is_empty() {
        return Inside::default();
    }
    let mut runs = runs(words, kept);
    runs.sort_by_key(|run| (!is_led(words, run.0), std::cmp::Reverse(run.1 - run.0)));
    let wide = runs
        .iter()
        .find_map(|(from, to)| wide(words, kept, *from, *to));
    let is_led = runs.first().is_some_and(|run| is_led(words, run.0));
    let is_told = words.len() > 1 && SUBJECTS.contains(words.get(0)) && !is_led;
    let plain = (0..words.len())
        .filter(|at| !kept[*at] || is_everyday(words, *at))
        .count();
    let follows = left
        .iter()
        .all(|at| FOLLOW_UP.contains(words.get(*at)) || FOLLOW_UP.contains(words.plain(*at)));
    let about_weather = words
        .all
        .iter()
        .any(|word| WEATHER_WORDS.contains(&word.fold));
    let again = ["again", "same", "repeat"]
        .iter()
        .any(|word| words.has(word));
    Inside {
        is_sentence: is_told
            || (runs.is_empty() && (words.len() > 1 || follows))
            || (words.len() >= SENTENCE && plain * 2 >= words.len()),
        asks: about_weather
            || (follows && (has_when || again))
            || super::follow::goes_on(words.source),
        is_led,
        is_long: words.len() >= 7,
        wide,
        names: names(
            words,
            &runs,
            is_led || about_weather || has_when || words.len() >= SENTENCE,
        ),
        behind: behind(words, kept),
    }
}

/// The runs as names; then parts of the likeliest, which may have a word too many: "potsdam grillen".
fn names(words: &Words<'_>, runs: &[(usize, usize)], talks: bool) -> Vec<String> {
    let name = |from: usize, to: usize| {
        let run: Vec<bool> = (0..words.len())
            .map(|at| (from..to).contains(&at))
            .collect();
        words.typed(&run)
    };
    let mut names: Vec<String> = runs
        .iter()
        .take(MAX_NAMES)
        .map(|(from, to)| name(*from, *to))
        .collect();
    if let Some((from, to)) = runs.first().filter(|(from, to)| talks && to - from > 1) {
        names.push(name(*from, to - 1));
        names.push(name(from + 1, *to));
    }
    names
}

/// The words behind the last "in" up to a *when* word, at most three.
fn behind(words: &Words<'_>, kept: &[bool]) -> Option<String> {
    let at = (1..words.len()).rev().find(|at| {
        let lead = words.get(at - 1);
        matches!(lead, "in" | "near") && words.get(*at).len() > 1
    })?;
    let mut end = at + 1;
    while end < words.len() && end < at + 3 && kept[end] {
        end += 1;
    }
    let run: Vec<bool> = (0..words.len())
        .map(|other| (at..end).contains(&other))
        .collect();
    (at..end).any(|at| kept[at]).then(|| words.typed(&run))
}

/// "friday harbor", "mar del plata", "el alto": with the word before that was taken for something else.
fn wide(words: &Words<'_>, kept: &[bool], from: usize, to: usize) -> Option<Wide> {
    let mut first = from.checked_sub(1)?;
    while first > 0 && is_joint(words, first) && kept[first] {
        first -= 1;
    }
    let word = words.plain(first);
    if kept[first] || word.len() < 2 || LOCATIVE.contains(word) || word.contains(' ') {
        return None;
    }
    let range = |at: &usize| (first..to).contains(at);
    let text: Vec<bool> = (0..words.len()).map(|at| range(&at)).collect();
    let mut others: Vec<bool> = (0..words.len()).map(|at| !range(&at)).collect();
    Some(Wide {
        name: WholeText {
            text: words.typed(&text),
            words: vec![word.to_owned()],
        },
        when: take_when(words, &mut others),
    })
}

/// Neighbouring words that are not everyday ones, from and to; an article or `de` between two of them belongs to the name.
fn runs(words: &Words<'_>, kept: &[bool]) -> Vec<(usize, usize)> {
    let own = |at: usize| at < words.len() && kept[at] && !is_everyday(words, at);
    let mut runs: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        if !own(at) {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        loop {
            let joint = (end..words.len().min(end + 3))
                .find(|next| !is_joint(words, *next) || !kept[*next])
                .filter(|next| own(*next));
            match joint {
                Some(next) => end = next + 1,
                None => break,
            }
        }
        if end - at <= MAX_NAME_WORDS {
            runs.push((at, end));
        }
        at = end;
    }
    runs
}

/// Stands inside names: Mar del Plata, Halle an der Saale.
fn is_joint(words: &Words<'_>, at: usize) -> bool {
    const JOINTS: [&str; 20] = [
        "de", "del", "della", "do", "da", "dos", "das", "di", "du", "des", "of", "the", "la", "le",
        "les", "los", "las", "sur", "am", "an",
    ];
    words.is_hyphened(at)
        || JOINTS.contains(&words.plain(at))
        || matches!(words.plain(at), "der" | "en" | "in" | "upon" | "on")
}

fn is_led(words: &Words<'_>, from: usize) -> bool {
    let before = from.checked_sub(1);
    before.is_some_and(|at| LOCATIVE.contains(words.get(at)) || LOCATIVE.contains(words.plain(at)))
}

fn is_everyday(words: &Words<'_>, at: usize) -> bool {
    // Trois-Rivières: half of a name.
    let half = (words.is_hyphened(at) && !is_listed(words, at - 1))
        || (words.is_hyphened(at + 1) && !is_listed(words, at + 1));
    !half && is_listed(words, at)
}

fn is_listed(words: &Words<'_>, at: usize) -> bool {
    let word = words.get(at);
    let typed = words.plain(at);
    let digits = |word: &str| word.starts_with(|c: char| c.is_ascii_digit() || c == '-');
    let all_digits = words.all.iter().all(|word| digits(&word.fold));
    let number = typed.len() <= 2 && digits(typed) && !all_digits;
    let clock = typed.starts_with(|c: char| c.is_ascii_digit())
        && (typed.contains(':') || typed.ends_with("am") || typed.ends_with("pm"));
    let translated = typed != word && !word.starts_with('~');
    number
        || clock
        || translated
        || EVERYDAY.contains(word)
        || POLITE_FRONT.contains(word)
        || typed.is_empty()
}
