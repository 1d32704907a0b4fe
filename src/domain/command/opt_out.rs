//! Opt-outs: the carrier's keywords as whole messages, and plain wording in the languages of the places we serve.
//!
//! Two mistakes are possible and both are bad: to miss an opt-out, and to take the name of a place for one (Quitman,
//! Endicott, Stopford). So a single word counts only as the whole message, a sentence only by what no place is called.

use super::vocabulary::{
    List, STOP, STOP_BESIDE, STOP_FOREIGN, STOP_FRENCH, STOP_GERMAN, STOP_ITALIAN, STOP_PORTUGUESE,
    STOP_RAW, STOP_SPANISH, STOP_WEAK, STOP_WHOLE,
};
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
pub(crate) fn is_opt_out_in(text: &str, country: Country) -> bool {
    let list: &List = match country.code() {
        "ES" | "MX" | "AR" | "CO" | "CL" | "PE" | "VE" | "EC" | "GT" | "CU" | "BO" | "DO"
        | "HN" | "PY" | "SV" | "NI" | "CR" | "PA" | "UY" | "PR" | "GQ" => &STOP_SPANISH,
        "BR" | "PT" | "AO" | "MZ" | "CV" | "GW" | "ST" | "TL" => &STOP_PORTUGUESE,
        "FR" | "BE" | "LU" | "MC" | "SN" | "CI" | "GP" | "MQ" | "RE" | "GF" | "YT" | "NC"
        | "PF" => &STOP_FRENCH,
        "DE" | "AT" | "CH" | "LI" => &STOP_GERMAN,
        "IT" | "SM" | "VA" => &STOP_ITALIAN,
        _ => return false,
    };
    list.is(&Words::of(text))
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
    if KEYWORDS.contains(&whole.as_str()) || STOP_WHOLE.contains(&whole) {
        return Some(all(words));
    }
    if is_question_about_stopping(words) {
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
    (0..words.len()).any(|at| phrases.at(words, at) > 0 && !is_negated(words, at))
}

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
    no(before)
        || (no(two)
            && matches!(
                before,
                "ever" | "please" | "to" | "want" | "say" | "me" | "you"
            ))
}

/// "Why did it stop?", "did you stop": they miss their texts.
fn is_question_about_stopping(words: &Words<'_>) -> bool {
    let asks = [
        "why did", "why have", "why has", "did you", "did it", "did my", "have you", "has it",
        "have my", "why no",
    ];
    asks.iter().any(|ask| words.phrase(0, ask).is_some())
}

/// "When will the rain stop?"
fn is_about_weather(words: &Words<'_>) -> bool {
    const FALLING: &str = "rain raining rains rainy snow snowing snows storm storms storming wind winds hail hailing fog sleet \
        thunder thunderstorm drizzle drizzling pouring heatwave sun shower showers blowing freezing";
    words
        .all
        .iter()
        .any(|word| FALLING.split(' ').any(|falling| falling == word.fold))
        || words.has("when will it")
        || words.has("will it stop")
        || words.has("will this stop")
}

/// "Stop until Friday" is a break, not an end.
fn is_break(words: &Words<'_>) -> bool {
    let first = words.get(0);
    let lead = usize::from(matches!(first, "please" | "pls" | "can"));
    matches!(words.get(lead), "stop" | "cancel" | "hold" | "quit")
        && (lead + 1..words.len()).any(|at| {
            super::when::span_at(words, at).is_some_and(|(_, taken)| {
                at + taken == words.len()
                    && matches!(words.get(at), "until" | "till" | "til" | "for")
            })
        })
        || (first == "cancel"
            && matches!(words.get(1), "tomorrow" | "tomorrows" | "today" | "todays"))
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
    });
    let subject = words
        .all
        .iter()
        .any(|word| SENT.contains(&word.fold.as_str()));
    stop && subject && !words.has("dont stop")
}

/// "STOP paris", "paris stop", "unsubscribe me from paris".
fn one(words: &Words<'_>) -> Option<OptOutWish> {
    let lead = (0..words.len()).find(|at| {
        !matches!(
            words.get(*at),
            "please"
                | "pls"
                | "plz"
                | "can"
                | "could"
                | "you"
                | "i"
                | "want"
                | "to"
                | "id"
                | "like"
        )
    })?;
    let first = words.get(lead);
    if first == "end" && words.get(lead + 1) == "of" {
        // "end of the week" is a time.
        return None;
    }
    let stops = is_stop_word(first);
    if (stops || matches!(first, "delete" | "remove")) && !is_negated(words, lead) {
        let named = named_rest(words, lead + 1);
        return (!named.is_empty()).then_some(OptOutWish::One { named, stops });
    }
    let last = words.len().checked_sub(1)?;
    let ends = matches!(
        words.get(last),
        "stop" | "unsubscribe" | "unsub" | "stopall" | "optout"
    );
    if last == 0 || !ends || is_negated(words, last) {
        return None;
    }
    let mut kept = vec![true; words.len()];
    kept[last] = false;
    let named = words.typed(&kept);
    Some(OptOutWish::One { named, stops: true })
}

/// What is named after a stop word, without the words around a name.
fn named_rest(words: &Words<'_>, from: usize) -> String {
    const AROUND: [&str; 34] = [
        "my",
        "the",
        "daily",
        "text",
        "texts",
        "message",
        "messages",
        "sms",
        "forecast",
        "forecasts",
        "weather",
        "for",
        "from",
        "to",
        "about",
        "of",
        "in",
        "subscription",
        "subscriptions",
        "please",
        "pls",
        "sending",
        "me",
        "alerts",
        "alert",
        "updates",
        "update",
        "now",
        "one",
        "service",
        "at",
        "thanks",
        "thank",
        "subscribing",
    ];
    let mut kept: Vec<bool> = (0..words.len())
        .map(|at| at >= from && !is_stop_word(words.get(at)))
        .collect();
    let around = |at: usize| AROUND.contains(&words.get(at));
    let mut at = from;
    while at < words.len() && (around(at) || !kept[at]) {
        kept[at] = false;
        at += 1;
    }
    let mut at = words.len();
    while at > from && (around(at - 1) || !kept[at - 1]) {
        at -= 1;
        kept[at] = false;
    }
    words.typed(&kept)
}

/// A word that ends things, also mistyped; never a part of a word.
fn is_stop_word(word: &str) -> bool {
    KEYWORDS.contains(&word)
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

/// `unsubscribe` with up to two slips.
fn is_unsubscribe(word: &str) -> bool {
    word.len() >= 8
        && word.len() <= 14
        && word.starts_with("un")
        && strsim::osa_distance(word, "unsubscribe") <= 2
}
