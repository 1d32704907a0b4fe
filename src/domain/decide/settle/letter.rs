//! Long letters: one sentence of many says what is wanted.

use super::super::super::command::intent::{Heard, Intent};
use super::super::super::command::is_opt_out;
use super::super::super::command::said::Said;
use super::leave::lists::LEAVING;

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
        .filter(|(sentence, _)| (3..LETTER).contains(&sentence.split_whitespace().count()))
        .take(MOST)
        .map(|(sentence, whole)| (sentence, whole, Heard::of(sentence).best()));
    let mut clear: Vec<(&str, bool, Intent, f32)> = heard
        .filter(|(_, _, (intent, odds))| wants(*intent) && *odds >= 0.7)
        .map(|(sentence, whole, (intent, odds))| (sentence, whole, intent, odds))
        .collect();
    clear.sort_by(|a, b| b.3.total_cmp(&a.3));
    let (sentence, _, intent, _) = *clear.first()?;
    let alone = clear.iter().all(|(_, _, other, _)| *other == intent);
    // Whoever wants to leave says so after much else; a part of a sentence that never ends says little by itself.
    let leaves = clear.iter().find(|(sentence, whole, intent, odds)| {
        let sure = *odds >= 0.95 || (*odds >= 0.8 && (*whole || speaks_of_leaving(sentence)));
        *intent == Intent::Stop && sure
    });
    match leaves {
        Some((sentence, ..)) => Some(sentence),
        None => alone.then_some(sentence),
    }
}

/// "Please stop these messages", "how do I cancel": not a family that has stopped talking.
fn speaks_of_leaving(sentence: &str) -> bool {
    is_opt_out(sentence) || Said::of(sentence, None, None).has_any(&LEAVING)
}

/// Parts of a letter, and whether they are whole: between full stops, and between commas where there is no stop for long.
fn sentences(text: &str) -> Vec<(&str, bool)> {
    let mut all = Vec::new();
    for sentence in text.split(['.', '!', '?', '\n', ';']) {
        if sentence.split_whitespace().count() < LETTER {
            all.push((sentence.trim(), true));
        } else {
            all.extend(sentence.split(',').map(|part| (part.trim(), false)));
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
