//! Which of my daily texts a sentence names.

use super::super::super::command::Which;
use super::super::super::command::words::{fold, is_one_of};
use super::super::super::compose::place_label_in;
use super::super::super::subscriber::{Subscriber, Subscription};
use super::super::daily::in_full;

/// Those whose place stands in the words, and at which word.
pub(super) fn named(me: &Subscriber, words: &[&str]) -> Vec<(usize, usize)> {
    let mut all = Vec::new();
    for (nth, mine) in me.subscriptions.iter().enumerate() {
        if let Some(at) = names_of(me, mine)
            .iter()
            .find_map(|name| stands_at(words, name))
        {
            all.push((nth, at));
        }
    }
    all
}

fn names_of(me: &Subscriber, mine: &Subscription) -> Vec<String> {
    let label = place_label_in(&mine.place, me.country, me.language());
    let mut names = vec![fold(&mine.place.name), fold(&label)];
    let first = names[0].split(' ').next().unwrap_or("").to_owned();
    if first.len() > 3 && first.len() < names[0].len() {
        names.push(first);
    }
    if let Some(trip) = &mine.trip {
        names.push(fold(&trip.place.name));
    }
    names
}

fn stands_at(words: &[&str], name: &str) -> Option<usize> {
    let wanted: Vec<&str> = name.split(' ').filter(|word| !word.is_empty()).collect();
    let like = |typed: &str, wanted: &str| {
        let owned = typed.strip_suffix('s').unwrap_or(typed);
        typed == wanted
            || owned == wanted
            || (wanted.len() > 5 && strsim::osa_distance(typed, wanted) <= 1)
    };
    if wanted.is_empty() {
        return None;
    }
    words.windows(wanted.len()).position(|window| {
        window
            .iter()
            .zip(&wanted)
            .all(|(typed, wanted)| like(typed, wanted))
    })
}

/// As a command names it.
pub(super) fn which(me: &Subscriber, at: usize) -> Which {
    me.subscriptions
        .get(at)
        .map_or(Which::Unsaid, |mine| Which::Named(in_full(&mine.place)))
}

/// "Leave miami alone", "miami stays": named only to say that nothing is meant for it.
pub(super) fn is_left_alone(words: &[&str], at: usize) -> bool {
    const BEFORE: &str = "leave|keep|lass|behalte|garde|laisse|deja|lascia|deixa|not";
    const BEHIND: &str = "alone|stays|remains|bleibt|reste|queda|resta|fica|unchanged";
    let before = at.checked_sub(1).and_then(|before| words.get(before));
    let behind = words.get(at + 1);
    before.is_some_and(|word| is_one_of(word, BEFORE))
        || behind.is_some_and(|word| is_one_of(word, BEHIND))
}

/// Which are to end: those that are named, but for those to be kept ("stop leeds keep whitby", "only need leeds now").
pub(super) fn to_end(me: &Subscriber, words: &[&str]) -> Vec<usize> {
    const KEEPS: &str = "keep|leave|only|just|still|behalte|behalten|nur|lass|garde|gardez|garder|seulement|que|solo|deja|dejame|tieni|\
        mantieni|tenere|mantenha|apenas|so|not";
    let named = named(me, words);
    let kept = |at: usize| {
        let near = at.saturating_sub(2)..at;
        let before = near
            .into_iter()
            .any(|before| words.get(before).is_some_and(|word| is_one_of(word, KEEPS)));
        let behind = words.get(at + 1).is_some_and(|word| {
            matches!(
                *word,
                "only" | "stays" | "bleibt" | "behalten" | "reste" | "queda" | "resta" | "fica"
            )
        });
        before || behind
    };
    let (keep, end): (Vec<_>, Vec<_>) = named.into_iter().partition(|(_, at)| kept(*at));
    if end.is_empty() && !keep.is_empty() {
        let others =
            (0..me.subscriptions.len()).filter(|at| !keep.iter().any(|(kept, _)| kept == at));
        return others.collect();
    }
    end.into_iter().map(|(nth, _)| nth).collect()
}
