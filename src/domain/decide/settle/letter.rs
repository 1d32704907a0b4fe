//! Long letters: one sentence of many says what is wanted.

use super::super::super::command::intent::{Heard, Intent};

/// From how many words on a text is a letter.
const LETTER: usize = 36;
/// How many sentences are listened to.
const MOST: usize = 40;

/// The sentence of a long letter that says what is wanted, where it is one and clear.
pub(super) fn said_in(text: &str) -> Option<&str> {
    if text.split_whitespace().count() < LETTER {
        return None;
    }
    let heard = sentences(text)
        .into_iter()
        .filter(|sentence| (3..LETTER).contains(&sentence.split_whitespace().count()))
        .take(MOST)
        .map(|sentence| (sentence, Heard::of(sentence).best()));
    let mut clear: Vec<(&str, Intent, f32)> = heard
        .filter(|(_, (intent, odds))| wants(*intent) && *odds >= 0.7)
        .map(|(sentence, (intent, odds))| (sentence, intent, odds))
        .collect();
    clear.sort_by(|a, b| b.2.total_cmp(&a.2));
    let (sentence, intent, _) = *clear.first()?;
    let alone = clear.iter().all(|(_, other, _)| *other == intent);
    // Whoever wants to leave says so after much else.
    let leaves = clear
        .iter()
        .find(|(_, intent, odds)| *intent == Intent::Stop && *odds >= 0.8);
    match leaves {
        Some((sentence, ..)) => Some(sentence),
        None => alone.then_some(sentence),
    }
}

/// Parts of a letter: between full stops, and between commas where there is no stop for long.
fn sentences(text: &str) -> Vec<&str> {
    let mut all = Vec::new();
    for sentence in text.split(['.', '!', '?', '\n', ';']) {
        if sentence.split_whitespace().count() < LETTER {
            all.push(sentence.trim());
        } else {
            all.extend(sentence.split(',').map(str::trim));
        }
    }
    all
}

/// Whether somebody who says so wants something of us.
const fn wants(intent: Intent) -> bool {
    use Intent as I;
    !matches!(
        intent,
        I::Thanks
            | I::Greeting
            | I::Other
            | I::About
            | I::No
            | I::Yes
            | I::Choose
            | I::Machine
            | I::Mistaken
            | I::WrongNumber
            | I::MyData
            | I::Resume
    )
}
