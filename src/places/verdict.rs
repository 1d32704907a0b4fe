//! From weighed meanings to an answer: this one, one of several, perhaps one of these, or none.

use super::gazetteer::{Kind, Named, Spot};
use super::nearest::distance_km;
use super::query::Query;
use super::rank::{self, Sender};
use super::reading::{Hit, How};

/// What the hits amount to.
pub(crate) enum Verdict {
    Certain(Hit),
    Choice(Vec<Hit>),
    Guess(Vec<Hit>),
    None,
}

/// Two places nearer than this get the same weather.
const SAME_KM: f64 = 40.0;
/// Within this of the best, another place may as well be meant.
const CLOSE: f32 = 0.25;
/// A place at home yields to one abroad only when they weigh the same.
const CLOSE_AT_HOME: f32 = 0.1;
/// A city that the whole world knows is asked for even where a smaller one of its name is near.
const FAMOUS: f32 = 0.28;
/// Of two cities at home that bear the very same name a well-known one is meant so often that it is asked, even where the other
/// is several times as big: Portland, Salem.
const NAMESAKE: f32 = 1.05;
const WELL_KNOWN: u8 = 35;
/// The same where they are about as big.
const NAMESAKE_AS_BIG: f32 = 0.5;
const KNOWN: u8 = 20;
const MOST_OFFERED: usize = 4;

/// Judges hits of correctly written names, best first.
pub(crate) fn judge(
    hits: &[Hit],
    query: &Query,
    window: (usize, usize),
    sender: Sender,
) -> Verdict {
    let Some(best) = hits.first() else {
        return Verdict::None;
    };
    match trust(best, query, window, sender) {
        Trust::No => return Verdict::None,
        Trust::Little => return Verdict::Guess(offer(hits, 1.0)),
        Trust::Yes => {}
    }
    let at_home = sender.country == Some(best.spot.country);
    let rivals: Vec<Hit> = offer(hits, NAMESAKE)
        .into_iter()
        .filter(|hit| is_rival(hit, best, at_home) || (at_home && is_namesake(hit, best, sender)))
        .collect();
    if rivals.len() < 2 {
        Verdict::Certain(*best)
    } else {
        Verdict::Choice(rivals)
    }
}

/// Judges hits that need typing errors to be explained.
pub(crate) fn judge_typos(hits: &[Hit]) -> Verdict {
    let Some(best) = hits.first() else {
        return Verdict::None;
    };
    let How::Typo { edits } = best.how else {
        return Verdict::None;
    };
    let clear = offer(hits, 0.5).len() < 2 || (edits <= 1 && offer(hits, 0.3).len() < 2);
    let plausible = best.score >= 4.2 + edits as f32 * 0.1;
    match (plausible, clear) {
        (true, true) => Verdict::Certain(*best),
        _ if best.score >= 2.5 => Verdict::Guess(offer(hits, 1.2)),
        _ => Verdict::None,
    }
}

enum Trust {
    Yes,
    Little,
    No,
}

/// Whether so short or so everyday a text can be meant as that place.
fn trust(best: &Hit, query: &Query, (start, end): (usize, usize), sender: Sender) -> Trust {
    let words = &query.words[start..end];
    let qualified = matches!(
        best.how,
        How::Name { qualified: true } | How::OtherName { qualified: true }
    );
    if qualified {
        return Trust::Yes;
    }
    let at_home = sender.country == Some(best.spot.country);
    let own_name = matches!(best.how, How::Name { .. });
    let letters: usize = words.iter().map(|w| w.chars().count()).sum();
    let latin = words.iter().all(|w| w.is_ascii());
    if best.spot.kind == Kind::Area && own_name && words.len() >= 2 {
        // "lake como": each word is an everyday one, both together are a name from our own list.
        return Trust::Yes;
    }
    let common =
        (start..end).all(|at| query.class(at).is_common() || query.class(at).may_be_dropped());
    if words.len() == 1 && query.class(start).is_everyday() && !query.asks_beside((start, end)) {
        return alone(best, at_home);
    }
    if common {
        let (home, abroad) = if query.asks_beside((start, end)) {
            (4.2, 6.3)
        } else {
            (5.6, 6.8)
        };
        let known = (at_home && best.score >= home) || best.score >= abroad;
        return if own_name && known {
            Trust::Yes
        } else {
            Trust::No
        };
    }
    if best.how == How::Whole {
        return Trust::Yes;
    }
    if latin && letters <= 3 {
        let known = if own_name {
            best.score >= 5.6
        } else {
            best.score >= 6.6
        };
        return if known { Trust::Yes } else { Trust::No };
    }
    let enough = if own_name { 3.2 } else { 4.0 };
    if best.score >= enough {
        Trust::Yes
    } else {
        Trust::Little
    }
}

/// An everyday word and nothing else: only a place that many live in is meant by it for certain.
fn alone(best: &Hit, at_home: bool) -> Trust {
    let (sure, likely) = if at_home { (7.0, 5.0) } else { (7.5, 6.8) };
    match best.how {
        How::Name { .. } if best.score >= sure => Trust::Yes,
        How::Name { .. } if best.score >= likely => Trust::Little,
        _ => Trust::No,
    }
}

/// The best, and those within `margin` of it that lie elsewhere.
fn offer(hits: &[Hit], margin: f32) -> Vec<Hit> {
    let mut offered: Vec<Hit> = Vec::new();
    for hit in hits {
        let close = offered
            .first()
            .is_none_or(|best| hit.score >= best.score - margin);
        if close
            && offered.iter().all(|other| apart(&other.spot, &hit.spot))
            && offered.len() < MOST_OFFERED
        {
            offered.push(*hit);
        }
    }
    offered
}

fn apart(one: &Spot, two: &Spot) -> bool {
    distance_km((one.latitude, one.longitude), (two.latitude, two.longitude)) > SAME_KM
}

/// Whether another place may as well be meant.
fn is_rival(hit: &Hit, best: &Hit, best_at_home: bool) -> bool {
    let behind = best.score - hit.score;
    let abroad = hit.spot.country != best.spot.country;
    let famous = hit.spot.fame >= 45 && hit.spot.people / 4 >= best.spot.people;
    let limit = match (best_at_home && abroad, famous) {
        (true, true) => FAMOUS,
        (true, false) => CLOSE_AT_HOME,
        (false, _) => CLOSE,
    };
    behind <= limit && well_known(hit, best)
}

/// Another well-known city of that very name in the same country.
fn is_namesake(hit: &Hit, best: &Hit, sender: Sender) -> bool {
    // The number's own state decided.
    let in_own_state = best.score - rank::score(&best.spot, Named::Name, sender) > 0.5;
    let bare = |hit: &Hit| hit.how == How::Name { qualified: false };
    let behind = best.score - hit.score;
    bare(hit)
        && bare(best)
        && !in_own_state
        && hit.spot.country == best.spot.country
        && hit.spot.people >= 40_000
        && ((behind <= NAMESAKE_AS_BIG && hit.spot.fame >= KNOWN)
            || (behind <= NAMESAKE && hit.spot.fame >= WELL_KNOWN))
}

/// A hamlet is not offered beside its namesake of some size.
fn well_known(hit: &Hit, best: &Hit) -> bool {
    let known = |spot: &Spot| {
        if spot.kind == Kind::Area {
            50_000
        } else {
            spot.people
        }
    };
    let (people, most) = (known(&hit.spot), known(&best.spot));
    people >= 15_000 || people * 2 >= most
}
