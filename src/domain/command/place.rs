//! The place in a text: what remains when *when* words, polite words and questions are taken away.

use super::clock::time_at;
use super::sentence;
pub use super::sentence::{Inside, Wide};
use super::vocabulary::{ASKED_BACK, POLITE_ALONE, POLITE_BACK, POLITE_FRONT};
use super::when::{When, when_at};
use super::words::{Words, is_one_of};

/// How much of a text can be the name of a place.
const MAX_PLACE_WORDS: usize = 10;
const MAX_PLACE_CHARS: usize = 80;

/// A place as typed, with a second reading for names that hold a *when* or a polite word (Friday Harbor, Show Low).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PlaceText {
    /// Without *when* and polite words: `lyon`.
    pub text: String,
    /// With them, where there are any. When the place of that name really has those words, they are no *when* words.
    pub whole: Option<WholeText>,
    /// What it is where it is no place as it stands.
    pub inside: Inside,
}

/// The second reading of a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WholeText {
    /// As typed: `friday harbor`.
    pub text: String,
    /// Which of its words the name must have, in plain letters.
    pub words: Vec<String>,
}

/// A place and a time, either of which may not be there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Asked {
    /// Where.
    pub place: Option<PlaceText>,
    /// When.
    pub when: Option<When>,
}

/// Reads *where × when × what* in any order out of the words that are not taken for something else.
pub(super) fn read(words: &Words<'_>, free: &[bool]) -> Asked {
    let mut kept = free.to_vec();
    let when = take_when(words, &mut kept);
    take_hour(words, &mut kept);
    let asks = strip_front(words, &mut kept);
    if asks {
        strip_question(words, &mut kept);
    }
    strip_back(words, &mut kept, asks);
    // A *when* word may have stood between two polite ones.
    strip_front(words, &mut kept);
    strip_joints(words, &mut kept);
    let text = bounded(words, &kept);
    let whole = whole(words, free, &kept, &text);
    let inside = sentence::read(words, &kept, when.is_some());
    let place = (!text.is_empty() || whole.is_some()).then_some(PlaceText {
        text,
        whole,
        inside,
    });
    Asked { place, when }
}

/// The text as it stands, cut to what a name can be.
fn bounded(words: &Words<'_>, kept: &[bool]) -> String {
    let mut left = MAX_PLACE_WORDS;
    let first: Vec<bool> = kept
        .iter()
        .map(|kept| {
            let takes = *kept && left > 0;
            left -= usize::from(takes);
            takes
        })
        .collect();
    words.typed(&first).chars().take(MAX_PLACE_CHARS).collect()
}

pub(super) fn take_when(words: &Words<'_>, kept: &mut [bool]) -> Option<When> {
    let mut found = None;
    let mut at = 0;
    while at < words.len() {
        match when_at(words, at).filter(|_| kept[at]) {
            Some((when, taken)) => {
                let end = (at + taken).min(words.len());
                kept[at..end].fill(false);
                found = Some(closer(found, when));
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

/// "lyon at 5pm": the hour belongs to no place. Only what can be nothing but a time of day.
fn take_hour(words: &Words<'_>, kept: &mut [bool]) {
    for at in 0..words.len() {
        let word = words.get(at);
        let sure = word.contains(':')
            || word.ends_with("am")
            || word.ends_with("pm")
            || word
                .trim_end_matches(|c: char| c.is_ascii_digit())
                .ends_with('h')
            || matches!(words.get(at + 1), "am" | "pm" | "uhr" | "oclock");
        let digits = word.starts_with(|c: char| c.is_ascii_digit());
        if let Some((_, taken)) = time_at(words, at, false).filter(|_| sure && digits && kept[at]) {
            let from =
                at - usize::from(at > 0 && matches!(words.get(at - 1), "at" | "around" | "by"));
            let end = (at + taken).min(words.len());
            kept[from..end].fill(false);
        }
    }
}

/// "is it nice in lyon": what is asked stands before the `in`, the place behind it.
fn strip_question(words: &Words<'_>, kept: &mut [bool]) {
    let first = kept.iter().position(|kept| *kept).unwrap_or(0);
    let led = first
        .checked_sub(1)
        .is_some_and(|before| words.get(before) == "in");
    if led {
        // "what's the weather in Aix en Provence": behind the first `in` already.
        return;
    }
    let inner: Vec<usize> = (0..words.len()).filter(|at| kept[*at]).collect();
    let behind = inner
        .iter()
        .position(|at| words.get(*at) == "in")
        .filter(|at| *at > 0 && *at + 1 < inner.len());
    if let Some(behind) = behind {
        for at in &inner[..=behind] {
            kept[*at] = false;
        }
    }
}

/// "tomorrow hourly" is about tomorrow, "friday night" about Friday: the first that is more than a general word.
const fn closer(found: Option<When>, new: When) -> When {
    use crate::domain::forecast::Window;
    match found {
        None | Some(When::Window(Window::Now | Window::Hours)) => new,
        Some(kept) => kept,
    }
}

/// Takes polite and asking words from the front; says whether a question stood there.
fn strip_front(words: &Words<'_>, kept: &mut [bool]) -> bool {
    let mut asks = false;
    for at in 0..words.len() {
        let word = words.get(at);
        if !kept[at] {
            continue;
        }
        let last = kept.iter().skip(at + 1).all(|kept| !kept);
        let place = last && (!POLITE_ALONE.contains(word) || is_named_after(words, at));
        if !POLITE_FRONT.contains(word) || place {
            break;
        }
        asks |= matches!(
            word,
            "will"
                | "is"
                | "does"
                | "what"
                | "whats"
                | "how"
                | "hows"
                | "gonna"
                | "would"
                | "should"
                | "can"
        );
        kept[at] = false;
    }
    asks
}

/// "in nice", "for hail": behind such a word stands a place, whatever else it may mean.
fn is_named_after(words: &Words<'_>, at: usize) -> bool {
    let before = at.checked_sub(1).map_or("", |before| words.get(before));
    matches!(before, "in" | "for" | "at" | "near" | "around") && words.get(at).len() > 2
}

fn strip_back(words: &Words<'_>, kept: &mut [bool], asks: bool) {
    for at in (0..words.len()).rev() {
        if !kept[at] {
            continue;
        }
        let word = words.get(at);
        let front = kept.iter().take(at).any(|kept| *kept);
        let named = is_named_after(words, at);
        let polite =
            POLITE_BACK.contains(word) || (!front && !named && POLITE_ALONE.contains(word));
        let asked = asks && !named && ASKED_BACK.contains(word);
        let joint = at + 1 < words.len()
            && matches!(word, "for" | "the" | "on" | "and" | "at")
            && !kept[at + 1];
        if !polite && !asked && !joint {
            break;
        }
        kept[at] = false;
    }
}

/// "toluca en la [noche]": prepositions and articles at the end belong to what was taken away behind them.
fn strip_joints(words: &Words<'_>, kept: &mut [bool]) {
    const JOINTS: &str = "en|la|el|los|las|le|les|l|der|die|das|den|dem|the|in|at|on|for|to|of|a|an|de|du|da|do|des|del|no|na|em|im|am|au|aux|\
        nel|nella|il|lo|o|os|as|y|and|e|et|und|with|con|mit|avec|com|para|pour|per|fur|von|vom|from|by|um|ab|bis|until|till|per|por";
    // Of states: "austin in", "monroe la".
    const STATES: &str = "in|la|de|il|al|at|no|do|as";
    let left: Vec<usize> = (0..words.len()).filter(|at| kept[*at]).collect();
    let joints = left
        .iter()
        .rev()
        .take_while(|at| is_one_of(words.plain(**at), JOINTS))
        .count();
    let last = left.last().map_or("", |at| words.plain(*at));
    let cut = left.last().is_some_and(|at| at + 1 < words.len());
    let single = joints == 1 && (is_one_of(last, STATES) || !cut);
    if joints == 0 || joints >= left.len() || single {
        return;
    }
    for at in left.iter().rev().take(joints) {
        kept[*at] = false;
    }
}

/// The reading with *when* and asking words kept: everything behind the last plain weather word at the front.
fn whole(words: &Words<'_>, free: &[bool], kept: &[bool], text: &str) -> Option<WholeText> {
    let mut wide = free.to_vec();
    let first_kept = kept.iter().position(|kept| *kept).unwrap_or(words.len());
    let from = (0..first_kept)
        .rev()
        .find(|at| {
            matches!(
                words.get(*at),
                "weather" | "wx" | "forecast" | "please" | "pls" | "hi" | "hello" | "hey"
            ) && words.all[*at].typed.is_none()
        })
        .map_or(0, |at| {
            let skip = usize::from(matches!(words.get(at + 1), "in" | "for" | "at" | "of"));
            at + 1 + skip
        });
    wide.iter_mut().take(from).for_each(|kept| *kept = false);
    for at in (0..words.len()).rev().filter(|at| free[*at]) {
        if !matches!(
            words.get(at),
            "please"
                | "pls"
                | "plz"
                | "thanks"
                | "thx"
                | "thank"
                | "you"
                | "weather"
                | "wx"
                | "forecast"
        ) || kept[at]
        {
            break;
        }
        wide[at] = false;
    }
    let left_out = (0..words.len()).filter(|at| wide[*at] && !kept[*at]);
    let needed: Vec<String> = left_out
        .flat_map(|at| words.plain(at).split(' '))
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    // A lone *when* word is a *when* word, and a name has something of its own besides.
    if needed.is_empty() || text.is_empty() || needed.len() > 3 {
        return None;
    }
    let text = bounded(words, &wide);
    (!text.is_empty()).then_some(WholeText {
        text,
        words: needed,
    })
}
