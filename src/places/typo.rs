//! Readings with typing errors: in the name, in a qualifier, in both.

use super::fuzzy::{self, Effort, Near, tolerance};
use super::gazetteer::{Gazetteer, Kind, Named, Postings};
use super::qualifiers::Qualifiers;
use super::query::Query;
use super::rank::{self, Sender};
use super::reading::{Hit, How, settle, whole_score};
use super::words::Class;

/// A place of this score with few errors is not beaten by one with more.
const GOOD_ENOUGH: f32 = 6.5;
/// How many near names are weighed.
const MOST_NEAR: usize = 3000;

/// What a search for mistyped names needs.
struct Search<'q> {
    gazetteer: &'q Gazetteer,
    sender: Sender<'q>,
    effort: &'q Effort,
}

/// Every meaning of words `start..end` that a few typing errors would explain.
pub(crate) fn read(
    gazetteer: &Gazetteer,
    query: &Query,
    (start, end): (usize, usize),
    sender: Sender,
) -> Vec<Hit> {
    let words = &query.words[start..end];
    let search = Search {
        gazetteer,
        sender,
        effort: &query.effort,
    };
    let mut hits = Vec::new();
    if words.is_empty() || words.len() > 6 {
        return hits;
    }
    for cut in (1..words.len()).rev() {
        let (name, rest) = words.split_at(cut);
        if let Some(qualifiers) = Qualifiers::read(gazetteer, rest) {
            mistyped(&search, name, Some(&qualifiers), &mut hits);
        } else if let Some((corrected, edits)) = corrected(&search, rest) {
            spelled(&search, name, &corrected, edits, &mut hits);
            if hits.is_empty() {
                mistyped(&search, name, Some(&corrected), &mut hits);
            }
        }
    }
    if hits.iter().all(|hit| hit.score < GOOD_ENOUGH) {
        mistyped(&search, words, None, &mut hits);
        mistyped_division(&search, words, &mut hits);
    }
    settle(&mut hits);
    hits
}

fn mistyped(
    search: &Search,
    name: &[String],
    qualifiers: Option<&Qualifiers>,
    hits: &mut Vec<Hit>,
) {
    let typed = name.join(" ");
    let letters = typed.bytes().filter(u8::is_ascii_alphabetic).count();
    if typed.bytes().any(|b| b.is_ascii_digit()) {
        return;
    }
    // Few errors first: each one more costs several times as long, and seldom finds what is meant better.
    for edits in 1..=tolerance(letters) {
        let mut near = fuzzy::near(&search.gazetteer.fuzzy, &typed, edits, search.effort);
        // An everyday word is written as meant: "new yrok" is New York, "love yuo" is no place.
        // And a short name must not be half errors.
        near.retain(|n| {
            n.edits == edits
                && n.edits * 3 <= n.key.len()
                && keeps_words(search.gazetteer, name, &n.key)
        });
        near.truncate(MOST_NEAR);
        for found in &near {
            let first_differs = found.key.as_bytes().first() != typed.as_bytes().first();
            weigh(search, found, first_differs, qualifiers, hits);
        }
        if hits.iter().any(|hit| hit.score >= GOOD_ENOUGH) {
            break;
        }
    }
    settle(hits);
}

fn weigh(
    search: &Search,
    found: &Near,
    first_differs: bool,
    qualifiers: Option<&Qualifiers>,
    hits: &mut Vec<Hit>,
) {
    for (id, named) in Postings::at(found.value).take(60) {
        let spot = search.gazetteer.spot(id);
        let light = spot.people < 1000 && spot.kind != Kind::Airport;
        let off = match qualifiers {
            Some(qualifiers) => qualifiers.fit(&spot, search.sender.country),
            None => Some(0.0),
        };
        let Some(off) = off.filter(|_| !light) else {
            continue;
        };
        let at_home = search.sender.country == Some(spot.country);
        // A mistyped nickname, or a name of long ago, of a place far away is seldom what is meant.
        let unlike = match (at_home, named) {
            (true, _) => 0.0,
            (false, Named::Nickname) => 1.8,
            (false, _) => 1.5 * rank::unlike(&spot, named, &found.key),
        };
        let score = rank::score(&spot, named, search.sender) - unlike - off;
        hits.push(Hit {
            spot,
            score: score - rank::edits(found.edits, first_differs),
            how: How::Typo { edits: found.edits },
        });
    }
}

/// "conneticut": a state or country, for which its capital stands.
fn mistyped_division(search: &Search, words: &[String], hits: &mut Vec<Hit>) {
    let typed = words.join(" ");
    let most = match typed.len() {
        0..=5 => return,
        6..=7 => 1,
        _ => 2,
    };
    for near in fuzzy::near(&search.gazetteer.divisions, &typed, most, search.effort) {
        for (division, is_code) in search.gazetteer.divisions_named(&near.key) {
            let known = division.level == 0 || (division.level == 1 && division.people >= 400_000);
            if let (Some(capital), true, false) = (division.capital, known, is_code) {
                let first_differs = near.key.as_bytes().first() != typed.as_bytes().first();
                let score =
                    whole_score(&division, search.sender) - rank::edits(near.edits, first_differs);
                let spot = search.gazetteer.spot(capital);
                hits.push(Hit {
                    spot,
                    score,
                    how: How::Typo { edits: near.edits },
                });
            }
        }
    }
}

fn keeps_words(gazetteer: &Gazetteer, typed: &[String], key: &str) -> bool {
    typed.iter().all(|word| {
        let class = Class::of(gazetteer, word);
        !(class.is_common() || class.is_filler() || class.is_refused())
            || key
                .split(' ')
                .any(|kept| kept == word || is_begun(word, kept))
    })
}

/// "bueno aires": a letter is missing at its end.
fn is_begun(word: &str, kept: &str) -> bool {
    word.len() >= 4 && kept.len() == word.len() + 1 && kept.starts_with(word)
}

/// A right name with a mistyped qualifier.
fn spelled(
    search: &Search,
    name: &[String],
    qualifiers: &Qualifiers,
    edits: usize,
    hits: &mut Vec<Hit>,
) {
    for (id, named) in search.gazetteer.named(&name.join(" ")).take(400) {
        let spot = search.gazetteer.spot(id);
        if let (Some(off), false) = (
            qualifiers.fit(&spot, search.sender.country),
            spot.kind == Kind::Airport,
        ) {
            let score = rank::score(&spot, named, search.sender) - off - 0.5 * edits as f32;
            let weak = named == Named::OtherName;
            hits.push(Hit {
                spot,
                score: score - if weak { 0.5 } else { 0.0 },
                how: How::Typo { edits },
            });
        }
    }
}

/// A qualifier's words with one or two errors mended.
fn corrected(search: &Search, words: &[String]) -> Option<(Qualifiers, usize)> {
    let typed = words.join(" ");
    if words.len() > 3 || !typed.bytes().all(|b| b.is_ascii_lowercase() || b == b' ') {
        return None;
    }
    let most = match typed.len() {
        0..=4 => 0,
        5..=8 => 1,
        _ => 2,
    };
    let mut near = fuzzy::near(&search.gazetteer.divisions, &typed, most, search.effort);
    near.sort_by_key(|n| n.edits);
    let edits = near.first()?.edits;
    let meant: Vec<Vec<String>> = near
        .iter()
        .filter(|n| n.edits == edits)
        .map(|n| n.key.split(' ').map(str::to_owned).collect())
        .collect();
    Some((Qualifiers::any_of(search.gazetteer, &meant), edits))
}
