//! The end of one daily text: "STOP paris", "paris stop", "unsubscribe me from paris".

use super::super::place::take_when;
use super::super::vocabulary::{EVERYDAY, STOP_BESIDE};
use super::super::when::When;
use super::super::words::Words;
use super::{OptOutWish, is_negated, is_stop_word};
use crate::domain::forecast::Window;

/// "STOP paris", "paris stop", "unsubscribe me from paris".
pub(super) fn one(words: &Words<'_>) -> Option<OptOutWish> {
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
    let stops = is_stop_word(first) && !(is_weak(first) && is_a_name(words, lead + 1));
    if (is_stop_word(first) || matches!(first, "delete" | "remove")) && !is_negated(words, lead) {
        let (named, when) = named_rest(words, lead + 1);
        return (!named.is_empty()).then_some(OptOutWish::One { named, stops, when });
    }
    let last = words.len().checked_sub(1)?;
    let ends = matches!(
        words.get(last),
        "stop" | "unsubscribe" | "unsub" | "stopall" | "optout"
    );
    if last == 0 || !ends || is_negated(words, last) || is_a_kind_of_stop(words.get(last - 1)) {
        return None;
    }
    let mut kept = vec![true; words.len()];
    kept[last] = false;
    let named = words.typed(&kept);
    Some(OptOutWish::One {
        named,
        stops: true,
        when: None,
    })
}

/// Words that people use for other ends as well.
fn is_weak(word: &str) -> bool {
    matches!(word, "quit" | "end" | "revoke")
}

/// "Quit Creek": what stands there is no word of ordinary sentences.
fn is_a_name(words: &Words<'_>, from: usize) -> bool {
    from < words.len()
        && words.len() - from <= 2
        && (from..words.len())
            .all(|at| !EVERYDAY.contains(words.get(at)) && !STOP_BESIDE.contains(words.get(at)))
}

/// A bus stop is a place.
pub(super) fn is_a_kind_of_stop(word: &str) -> bool {
    matches!(
        word,
        "bus"
            | "truck"
            | "rest"
            | "pit"
            | "whistle"
            | "tram"
            | "train"
            | "trolley"
            | "full"
            | "non"
            | "next"
            | "last"
            | "one"
            | "gas"
            | "coach"
    )
}

/// What is named after a stop word, without the words around a name.
fn named_rest(words: &Words<'_>, from: usize) -> (String, Option<When>) {
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
    // A stopover: "stop in paris tomorrow", "stopping over in lyon?"
    let stays = matches!(
        words.get(from),
        "in" | "at" | "over" | "by" | "near" | "off"
    );
    let asks = words.source.trim_end().ends_with('?');
    let when = stays
        .then(|| take_when(words, &mut kept).or(asks.then_some(When::Window(Window::Today))))
        .flatten();
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
    (words.typed(&kept), when)
}
