//! Opt-outs but for a slip of the thumb.

use super::super::vocabulary::{
    STOP, STOP_ALONE, STOP_FOREIGN, STOP_FRENCH, STOP_GERMAN, STOP_ITALIAN, STOP_PORTUGUESE,
    STOP_SPANISH, STOP_WHOLE,
};
use super::super::words::Words;
use super::KEYWORDS;

/// Whether the text is, but for a slip of the thumb or two, a word or a phrase that means stop: "darme de vaja", "disicrivetemi",
/// "bastaaa", "srop".
#[must_use]
pub fn is_nearly_opt_out(text: &str) -> bool {
    let words = Words::of(text);
    let whole: String = words.all.iter().map(|word| word.fold.as_str()).collect();
    let plain: Vec<&str> = polite_less(&words);
    let core = plain.concat();
    let once = super::spelling::unstretched(&core);
    let near = |phrase: &str, typed: &str| {
        let letters = phrase.len() - phrase.matches(' ').count();
        let slips = if KEYWORDS.contains(&phrase) {
            1
        } else {
            super::spelling::slips(letters)
        };
        letters.abs_diff(typed.len()) <= slips
            && !phrase.ends_with('*')
            && strsim::osa_distance(&phrase.replace(' ', ""), typed) <= slips
    };
    let phrase = (2..=6).contains(&words.len())
        && whole.len() >= 8
        && STOP
            .iter()
            .chain(STOP_FOREIGN.iter())
            .any(|stop| near(stop, &whole));
    let single = || {
        let keywords = KEYWORDS.iter().copied().filter(|word| word.len() > 3);
        let listed = [
            &STOP_SPANISH,
            &STOP_PORTUGUESE,
            &STOP_FRENCH,
            &STOP_GERMAN,
            &STOP_ITALIAN,
            &STOP_ALONE,
        ]
        .into_iter()
        .flat_map(|list| list.iter());
        keywords
            .chain(STOP_WHOLE.iter())
            .chain(listed)
            .any(|stop| near(stop, &core) || (once.len() >= 4 && stop.replace(' ', "") == once))
    };
    phrase || (!plain.is_empty() && plain.len() <= 3 && single())
}

/// The words without "please" and the like before and behind them.
pub(super) fn polite_less<'w>(words: &'w Words<'_>) -> Vec<&'w str> {
    const POLITE: [&str; 18] = [
        "please", "pls", "plz", "bitte", "svp", "stp", "por", "favor", "per", "favore", "merci",
        "danke", "gracias", "grazie", "obrigado", "obrigada", "thanks", "now",
    ];
    let all = words.all.iter().map(|word| word.fold.as_str());
    all.filter(|word| !POLITE.contains(word)).collect()
}
