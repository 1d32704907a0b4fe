//! Our own words, recognised when they come back: another machine that answers us, or somebody who quotes us.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::say::Say;
use crate::domain::command::words::fold;
use crate::domain::language::Language;

/// Words in a row that nobody else would write.
const TELLING: usize = 6;
/// Words of ours around what was filled in, in their order, that nobody else would write.
const WHOLE: usize = 5;

/// Whether the words are a text of ours, or have a telling piece of one.
#[must_use]
pub fn is_ours(text: &str) -> bool {
    let folded = fold(text);
    let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
    let telling = |piece: &[&str]| OURS.pieces.contains(&piece.join(" "));
    words.windows(TELLING).any(telling) || OURS.texts.iter().any(|text| holds(&words, text))
}

/// Whether the pieces stand in the words, in their order.
fn holds(words: &[&str], pieces: &[Vec<String>]) -> bool {
    let mut from = 0;
    pieces.iter().all(|piece| {
        let found = words
            .get(from..)
            .unwrap_or_default()
            .windows(piece.len())
            .position(|window| window.iter().zip(piece).all(|(word, ours)| *word == ours));
        from += found.unwrap_or(0) + piece.len();
        found.is_some()
    })
}

/// The catalogue, cut up.
struct Ours {
    /// Every run of so many words.
    pieces: HashSet<String>,
    /// What stands between the places to fill, of texts that have enough words of their own.
    texts: Vec<Vec<Vec<String>>>,
}

static OURS: LazyLock<Ours> = LazyLock::new(|| {
    let mut ours = Ours {
        pieces: HashSet::new(),
        texts: Vec::new(),
    };
    for language in Language::ALL {
        // Conditions are written to us, too: "if wind over 40km/h".
        for (name, text) in Say::named(language).filter(|(name, _)| !name.starts_with("if_")) {
            let pieces = cut(text);
            for run in pieces.iter().flat_map(|piece| piece.windows(TELLING)) {
                ours.pieces.insert(run.join(" "));
            }
            // A list of daily texts may have hardly a word of ours besides when the next one comes.
            let whole = pieces.iter().map(Vec::len).sum::<usize>() >= WHOLE;
            if whole || name == "status_next" {
                ours.texts.push(pieces);
            }
        }
    }
    ours
});

/// The words between the places to fill.
fn cut(template: &str) -> Vec<Vec<String>> {
    template
        .split('{')
        .enumerate()
        .map(|(at, part)| match part.split_once('}') {
            Some((_, rest)) if at > 0 => rest,
            _ => part,
        })
        .map(|part| {
            let folded = fold(part);
            let words = folded.split(' ').filter(|word| !word.is_empty());
            words.map(str::to_owned).collect::<Vec<_>>()
        })
        .filter(|words| !words.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_words_are_ours_and_others_are_not() {
        for ours in [
            "Done: Lyon weather every day at 7am. Next: tomorrow. ME lists all.",
            "Hecho: el tiempo de Lyon cada dia a las 07:00. Siguiente: hoy. AJUSTES muestra todo.",
            "re: Je te l'envoie dès que je l'ai. what is that",
        ] {
            assert!(is_ours(ours), "{ours}");
        }
        for theirs in [
            "",
            "what will the weather be like in lyon tomorrow afternoon please",
            "quiero el tiempo de Sevilla cada dia a las siete por favor gracias",
            "quel temps fera-t-il demain à Lyon et pour le week-end à Nice",
            "can you send me the weather every day at 7am for springfield il",
            "daily lyon 7am if wind over 40km/h or gusts over 65km/h",
        ] {
            assert!(!is_ours(theirs), "{theirs}");
        }
    }
}
