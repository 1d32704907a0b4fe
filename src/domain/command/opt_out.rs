//! Opt-outs: the carrier's keywords as whole messages, and plain wording in the languages of the places we serve.
//!
//! Two mistakes are possible and both are bad: to miss an opt-out, and to take the name of a place for one (Quitman,
//! Endicott, Stopford). So a single word counts only as the whole message, a sentence only by what no place is called.

mod asked;
mod nearly;
mod one;
mod spelling;

pub use self::nearly::is_nearly_opt_out;

use self::asked::{is_about_weather, is_break, is_question_about_stopping};
use self::nearly::polite_less;
use self::one::one;
use self::spelling::{is_stop_word, is_stretched, look_alike};
use super::vocabulary::{
    List, STOP, STOP_ALONE, STOP_BESIDE, STOP_FOREIGN, STOP_FRENCH, STOP_GERMAN, STOP_ITALIAN,
    STOP_PORTUGUESE, STOP_RAW, STOP_SPANISH, STOP_WEAK, STOP_WHOLE,
};
use super::when::When;
use super::words::Words;
use crate::domain::phone::Country;

/// What a text wants ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum OptOutWish {
    /// Everything, unless `named` is exactly one of several places of mine.
    All {
        /// What the text says beside its stop words, often nothing.
        named: String,
    },
    /// What is named after the word: one of my places; else everything, where the word was one that stops.
    One {
        /// As typed.
        named: String,
        /// Whether the word stops everything when nothing of mine is named.
        stops: bool,
        /// When, where it may be a question: "stop in paris tomorrow?"
        when: Option<When>,
    },
}

/// The words that a carrier takes for an opt-out when they are the whole message (docs/wire.md#opt-out).
pub(crate) const KEYWORDS: [&str; 8] = [
    "stop",
    "stopall",
    "unsubscribe",
    "cancel",
    "end",
    "quit",
    "revoke",
    "optout",
];

/// Whether the text is, whole and alone, a word that the carrier itself acts upon.
pub(crate) fn is_keyword(text: &str) -> bool {
    let text = text.trim();
    KEYWORDS
        .iter()
        .any(|keyword| keyword.eq_ignore_ascii_case(text))
}

/// Whether the text is, whole and alone, a word that means stop to people of the country, and may be a place to others
/// (`baja`, `alto`, `ende`).
#[must_use]
pub fn is_opt_out_in(text: &str, country: Country) -> bool {
    let list: &List = match country.code() {
        "ES" | "MX" | "AR" | "CO" | "CL" | "PE" | "VE" | "EC" | "GT" | "CU" | "BO" | "DO"
        | "HN" | "PY" | "SV" | "NI" | "CR" | "PA" | "UY" | "PR" | "GQ" => &STOP_SPANISH,
        "BR" | "PT" | "AO" | "MZ" | "CV" | "GW" | "ST" | "TL" => &STOP_PORTUGUESE,
        "FR" | "CA" | "BE" | "LU" | "MC" | "SN" | "CI" | "GP" | "MQ" | "RE" | "GF" | "YT"
        | "NC" | "PF" => &STOP_FRENCH,
        "DE" | "AT" | "CH" | "LI" => &STOP_GERMAN,
        "IT" | "SM" | "VA" => &STOP_ITALIAN,
        "TR" => return STOP_SHORT_TURKISH.contains(&super::words::fold(text).as_str()),
        "CN" => return STOP_SHORT_CHINESE.contains(&super::words::fold(text).as_str()),
        _ => return false,
    };
    list.is(&Words::of(text))
}

/// Carriers' own keywords there.
const STOP_SHORT_TURKISH: [&str; 4] = ["ret", "iptal", "red", "dur"];
const STOP_SHORT_CHINESE: [&str; 4] = ["td", "t", "tuiding", "n"];

/// Whether somebody misses their texts and asks why: that ends nothing.
#[must_use]
pub fn misses_texts(text: &str) -> bool {
    is_question_about_stopping(&Words::of(text))
}

/// The same for any country, or wherever no place is called so; for what is no place.
#[must_use]
pub fn is_foreign_stop(text: &str) -> bool {
    let words = Words::of(text);
    let lists: [&List; 6] = [
        &STOP_ALONE,
        &STOP_SPANISH,
        &STOP_PORTUGUESE,
        &STOP_FRENCH,
        &STOP_GERMAN,
        &STOP_ITALIAN,
    ];
    lists.iter().any(|list| list.is(&words))
}

/// Whether the text is a word or two that mean stop, and are no place nearby.
#[must_use]
pub fn is_stop_anywhere(text: &str) -> bool {
    STOP_ALONE.is(&Words::of(text))
}

/// Reads an opt-out, if the text is one.
pub(super) fn read(words: &Words<'_>) -> Option<OptOutWish> {
    if !words.source.is_ascii() && STOP_RAW.iter().any(|raw| words.source.contains(raw)) {
        return Some(all(words));
    }
    if words.len() == 0 {
        return None;
    }
    let whole: String = words.all.iter().map(|w| w.fold.as_str()).collect();
    if !words.source.is_ascii() && KEYWORDS.contains(&look_alike(words.source).as_str()) {
        return Some(all(words));
    }
    let core = polite_less(words).concat();
    let is_whole = |text: &String| STOP_WHOLE.contains(text);
    if KEYWORDS.contains(&whole.as_str())
        || is_whole(&whole)
        || is_whole(&core)
        || is_stretched(&whole)
    {
        return Some(all(words));
    }
    if is_question_about_stopping(words) || super::loose::limited(words).is_some() {
        return None;
    }
    if says(words, &STOP) || says(words, &STOP_FOREIGN) {
        return Some(all(words));
    }
    if is_about_weather(words) || is_break(words) {
        return None;
    }
    if is_shouted(words) {
        return Some(all(words));
    }
    let one = one(words);
    // "Delete me and stop".
    if let Some(OptOutWish::One { named, .. }) = &one
        && (0..words.len()).any(|at| is_stop_word(words.get(at)) && !is_negated(words, at))
        && Words::of(named)
            .all
            .iter()
            .all(|word| matches!(word.fold.as_str(), "and" | "me" | "then" | "all"))
    {
        return Some(all(words));
    }
    if let Some(OptOutWish::One { named, .. }) = &one
        && Words::of(named)
            .all
            .iter()
            .all(|word| !STOP_BESIDE.contains(&word.fold))
    {
        return one;
    }
    let weak = says(words, &STOP_WEAK);
    if weak || is_closed(words) || names_what_we_send(words) {
        return Some(all(words));
    }
    one
}

fn all(words: &Words<'_>) -> OptOutWish {
    let kept: Vec<bool> = (0..words.len())
        .map(|at| !STOP_BESIDE.contains(words.get(at)) && !is_stop_word(words.get(at)))
        .collect();
    OptOutWish::All {
        named: words.typed(&kept),
    }
}

/// One of the phrases somewhere in the text, not turned into its opposite by the word before.
fn says(words: &Words<'_>, phrases: &List) -> bool {
    (0..words.len()).any(|at| {
        let taken = phrases.at(words, at);
        let behind = at + taken;
        let of = usize::from(matches!(words.get(behind), "de" | "di" | "zu" | "d" | "to"));
        let article = usize::from(matches!(
            words.get(behind),
            "la" | "el" | "le" | "il" | "lo" | "a" | "o" | "der" | "die" | "das"
        ));
        let weather = taken > 0
            && (FALLING_VERBS.contains(&words.get(behind + of))
                || FALLING_THINGS.contains(&words.get(behind + article)));
        // "No, dont text me at all": a phrase that begins with a not is none the less.
        let denies = matches!(
            words.get(at),
            "dont" | "no" | "not" | "never" | "non" | "nao" | "pas"
        );
        taken > 0 && !weather && (denies || !is_negated(words, at))
    })
}

/// "deja de llover": what stops is the rain.
const FALLING_VERBS: [&str; 18] = [
    "raining", "snowing", "blowing", "hailing", "pouring", "llover", "nevar", "granizar",
    "pleuvoir", "neiger", "souffler", "regnen", "schneien", "chover", "ventar", "piovere",
    "nevicare", "soplar",
];

/// "smette la pioggia", "no mas lluvia".
const FALLING_THINGS: [&str; 14] = [
    "pioggia", "neve", "vento", "lluvia", "nieve", "viento", "pluie", "neige", "vent", "regen",
    "schnee", "wind", "chuva", "tormenta",
];

fn is_negated(words: &Words<'_>, at: usize) -> bool {
    let before = at.checked_sub(1).map_or("", |b| words.get(b));
    let two = at.checked_sub(2).map_or("", |b| words.get(b));
    let no = |word: &str| {
        matches!(
            word,
            "dont"
                | "not"
                | "never"
                | "didnt"
                | "didn"
                | "wont"
                | "doesnt"
                | "non"
                | "no"
                | "nicht"
                | "pas"
                | "nao"
                | "cant"
        )
    };
    let three = at.checked_sub(3).map_or("", |b| words.get(b));
    let light = |word: &str| {
        matches!(
            word,
            "ever"
                | "please"
                | "to"
                | "want"
                | "wanna"
                | "say"
                | "me"
                | "you"
                | "need"
                | "like"
                | "wish"
        )
    };
    no(before) || (light(before) && (no(two) || (light(two) && no(three))))
}

/// "STOP! Who is this?", "Stop. I mean it": a sentence of its own, before another one.
fn is_shouted(words: &Words<'_>) -> bool {
    let end = words.all.first().map_or(0, |word| word.at.end);
    words.len() > 1
        && is_stop_word(words.get(0))
        && words.source[end..].starts_with(['!', '.', '?', ';', '\n'])
}

/// A stop word, and beside it only words that say nothing else.
fn is_closed(words: &Words<'_>) -> bool {
    let mut stops = 0;
    for at in 0..words.len() {
        let word = words.get(at);
        if is_stop_word(word) && !is_negated(words, at) {
            stops += 1;
        } else if !STOP_BESIDE.contains(word) {
            return false;
        }
    }
    let end_only = words
        .all
        .iter()
        .all(|w| !is_stop_word(&w.fold) || w.fold == "end");
    stops > 0 && (!end_only || matches!(words.get(0), "end" | "please" | "pls"))
}

/// "you need to stop this spam": somewhere a stop, and beside it what we do.
fn names_what_we_send(words: &Words<'_>) -> bool {
    const SENT: [&str; 24] = [
        "you",
        "your",
        "yall",
        "text",
        "texts",
        "texting",
        "message",
        "messages",
        "messaging",
        "sms",
        "msgs",
        "msg",
        "spam",
        "spamming",
        "sending",
        "harassing",
        "bothering",
        "bugging",
        "contact",
        "contacting",
        "writing",
        "notifications",
        "alerts",
        "subscription",
    ];
    let stop = (0..words.len()).any(|at| {
        matches!(
            words.get(at),
            "stop" | "stopp" | "unsubscribe" | "unsub" | "stopall" | "optout" | "quit"
        ) && !is_negated(words, at)
            && !at
                .checked_sub(1)
                .is_some_and(|before| one::is_a_kind_of_stop(words.get(before)))
    });
    let subject = words
        .all
        .iter()
        .any(|word| SENT.contains(&word.fold.as_str()));
    stop && subject && !words.has("dont stop")
}
