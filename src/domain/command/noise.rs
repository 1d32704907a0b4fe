//! Texts that nobody wrote to be answered: reactions, auto-replies, delivery failures, our own words echoed.

use super::vocabulary::{
    AUTOMATIC, OURS, REACTION_CONNECTORS, REACTION_OBJECTS, REACTION_RAW, REACTION_RAW_AFTER,
    REACTION_ROOTS, REACTION_VERBS, REACTION_VERBS_AFTER,
};
use super::words::Words;
use crate::domain::compose::texts::is_ours;

/// Why a text gets no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Noise {
    /// `Liked "…"` and its kin.
    Reaction,
    /// An absence notice, a driving notice, a delivery failure.
    AutoReply,
    /// Our own words, or those of a carrier's keyword answer.
    Echo,
}

/// Recognises them.
pub(super) fn read(words: &Words<'_>) -> Option<Noise> {
    if is_reaction(words) {
        return Some(Noise::Reaction);
    }
    if words.len() >= 8 && (OURS.is_in(words) || is_forecast(words) || is_ours(words.source)) {
        return Some(Noise::Echo);
    }
    let alone = words.are("im driving") || words.are("i am driving");
    (alone || AUTOMATIC.is_in(words)).then_some(Noise::AutoReply)
}

/// Two temperatures with their units: nobody asks for weather by telling it.
fn is_forecast(words: &Words<'_>) -> bool {
    let told = |word: &str| {
        let degrees = word.strip_suffix(['c', 'f']).unwrap_or("");
        !degrees.is_empty()
            && degrees.len() <= 4
            && degrees
                .trim_start_matches('-')
                .bytes()
                .all(|b| b.is_ascii_digit())
    };
    words.all.iter().filter(|word| told(&word.fold)).count() >= 2
}

/// A reaction as phones without that feature get it: a verb (or the emoji itself) and the quoted text, or the verb and
/// "an image". The verb is in the language of the reacting phone.
fn is_reaction(words: &Words<'_>) -> bool {
    let text = words.source.trim();
    let single = || text.find(" ‘").map(|at| at + 1);
    if let Some(at) = text.find(QUOTES).or_else(single) {
        let lead = Words::of(&text[..at]);
        let last = text.rfind(QUOTES).or_else(|| text.rfind('’'));
        let after = last.map_or("", |last| &text[last..]);
        return is_reaction_to(&lead, after, text);
    }
    let raw = words.len() <= 12 && REACTION_RAW.iter().any(|raw| text.starts_with(raw));
    let verb = REACTION_VERBS.at(words, 0);
    let object = (verb..words.len()).any(|at| REACTION_OBJECTS.at(words, at) > 0);
    raw || (words.len() <= 7 && verb > 0 && object)
}

fn is_reaction_to(lead: &Words<'_>, after: &str, text: &str) -> bool {
    let verb = lead.len() <= 8 && REACTION_VERBS.at(lead, 0) > 0;
    let pictogram = text
        .chars()
        .find(|c| !super::words::is_silent(*c))
        .is_some_and(is_pictogram);
    let emoji = pictogram
        && (lead.len() == 0 || (lead.len() <= 3 && REACTION_CONNECTORS.contains(lead.get(0))));
    let root =
        (0..lead.len()).any(|at| REACTION_ROOTS.at(lead, at) > 0) || lead_pictogram(text, lead);
    if lead.len() <= 8 && root && after.trim_end_matches(QUOTES).is_empty() && (lead.len() > 0) {
        return true;
    }
    let tail = Words::of(after);
    let verb_after =
        lead.len() <= 1 && (1..=4).contains(&tail.len()) && REACTION_VERBS_AFTER.is_in(&tail);
    let raw = REACTION_RAW.iter().any(|raw| text.starts_with(raw))
        || REACTION_RAW_AFTER.iter().any(|raw| after.contains(raw));
    verb || emoji || verb_after || raw
}

/// "Hai reagito con ❤️ a": a picture before the quotation.
fn lead_pictogram(text: &str, lead: &Words<'_>) -> bool {
    let end = lead.source.len().min(text.len());
    text.get(..end)
        .is_some_and(|lead| lead.chars().any(is_pictogram))
}

/// Whether the character is a picture.
pub(super) fn is_pictogram(c: char) -> bool {
    matches!(
        c,
        '\u{1f000}'..='\u{1faff}' | '\u{2600}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}' | '\u{203c}' | '\u{2049}'
    )
}

const QUOTES: [char; 10] = ['"', '“', '”', '„', '‟', '«', '»', '「', '『', '”'];
