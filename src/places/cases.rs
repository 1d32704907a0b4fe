//! Names in the case that a preposition asks for: "в москве", "w warszawie", "helsingissä".

use super::gazetteer::{Gazetteer, Kind};
use super::query::Query;
use super::rank::{self, Sender};
use super::reading::{Hit, How, settle};

/// Most letters that a case changes at the end of a name.
const ENDING: usize = 5;
const MOST_KEYS: usize = 400;

/// Well-known places whose name begins like the last word; only when the text shows the language by its filler.
pub(crate) fn inflected(gazetteer: &Gazetteer, query: &Query, sender: Sender) -> Option<Vec<Hit>> {
    let (start, end) = query.core();
    let words = &query.words[start..end];
    if let Some(hits) = prefixed(gazetteer, words, sender) {
        return Some(hits);
    }
    let asked = (0..start)
        .chain(end..query.words.len())
        .any(|at| query.class(at).inflects());
    if !asked || words.is_empty() || words.len() > 3 {
        return None;
    }
    let typed: Vec<char> = words.join(" ").chars().collect();
    let mut hits = Vec::new();
    for cut in 1..=ENDING {
        let kept = typed.len().saturating_sub(cut);
        if kept < 3 || (kept as f32) < typed.len() as f32 * 0.45 {
            break;
        }
        let stem: String = typed[..kept].iter().collect();
        beginning_with(gazetteer, &stem, sender, cut, &mut hits);
        if !hits.is_empty() {
            break;
        }
    }
    settle(&mut hits);
    (!hits.is_empty()).then_some(hits)
}

/// Hebrew writes "in" and "to" as a letter before the name.
fn prefixed(gazetteer: &Gazetteer, words: &[String], sender: Sender) -> Option<Vec<Hit>> {
    let text = words.join(" ");
    let name = text.strip_prefix(['ב', 'ל', 'מ'])?;
    let mut hits: Vec<Hit> = gazetteer
        .named(name)
        .take(50)
        .map(|(id, named)| (gazetteer.spot(id), named))
        .filter(|(spot, _)| spot.kind != Kind::Airport)
        .map(|(spot, named)| Hit {
            score: rank::score(&spot, named, sender),
            how: How::OtherName { qualified: false },
            spot,
        })
        .collect();
    settle(&mut hits);
    (!hits.is_empty()).then_some(hits)
}

fn beginning_with(
    gazetteer: &Gazetteer,
    stem: &str,
    sender: Sender,
    cut: usize,
    hits: &mut Vec<Hit>,
) {
    use fst::{IntoStreamer, Streamer};
    let mut keys = gazetteer.names.range().ge(stem).into_stream();
    let mut seen = 0;
    while let Some((key, value)) = keys.next() {
        if !key.starts_with(stem.as_bytes()) || seen >= MOST_KEYS {
            break;
        }
        seen += 1;
        let added = String::from_utf8_lossy(&key[stem.len()..]).chars().count();
        if added > 3 {
            continue;
        }
        for (id, named) in super::gazetteer::Postings::at(value.value()).take(20) {
            let spot = gazetteer.spot(id);
            if spot.people >= 30_000 && spot.kind != Kind::Airport && spot.kind != Kind::Quarter {
                let score = rank::score(&spot, named, sender) - 0.4 * (cut + added) as f32;
                hits.push(Hit {
                    spot,
                    score,
                    how: How::OtherName { qualified: false },
                });
            }
        }
    }
}
