//! The ways to read a run of words as a place: a name, a name with qualifiers, a quarter of a town, a whole region.

use super::gazetteer::{Division, Gazetteer, Kind, Named, Spot, SpotId};
use super::nearest::distance_km;
use super::qualifiers::Qualifiers;
use super::query::Query;
use super::rank::{self, Sender};

/// How a text came to mean a spot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum How {
    /// The words are its name, perhaps with where it lies.
    Name { qualified: bool },
    /// A nickname or an alternate name.
    OtherName { qualified: bool },
    /// It stands for a whole country or state.
    Whole,
    /// With so many typing errors.
    Typo { edits: usize },
}

impl How {
    /// A name that stands alone.
    pub(crate) fn is_bare(self) -> bool {
        matches!(
            self,
            Self::Name { qualified: false } | Self::OtherName { qualified: false }
        )
    }
}

/// One meaning of a text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hit {
    pub(crate) spot: Spot,
    pub(crate) score: f32,
    pub(crate) how: How,
}

/// All meanings of one run of words, and whether its name exists but not where the qualifiers say.
#[derive(Default)]
pub(crate) struct Reading {
    pub(crate) hits: Vec<Hit>,
    pub(crate) contradicted: Vec<Hit>,
}

/// A quarter lies within this of its town.
const TOWN_REACH_KM: f64 = 45.0;
/// A whole region weighs less than its people: a town of the same name is meant more often.
const WHOLE: f32 = 1.3;
const MOST_HITS: usize = 400;
/// People of a place that scores less than [`BEYOND_VILLAGES`] by more than any verdict looks at, even at home and in the
/// sender's own state.
const VILLAGE: u32 = 2_000;
const BEYOND_VILLAGES: f32 = 7.5;

/// Reads words `start..end` of a query.
pub(crate) fn read(
    gazetteer: &Gazetteer,
    query: &Query,
    (start, end): (usize, usize),
    sender: Sender,
) -> Reading {
    let words = &query.words[start..end];
    let mut reading = Reading::default();
    whole_name(gazetteer, words, sender, &mut reading.hits);
    for cut in (1..words.len()).rev() {
        qualified(
            gazetteer,
            &words[..cut],
            &words[cut..],
            sender,
            &mut reading,
        );
    }
    whole_division(gazetteer, words, sender, &mut reading.hits);
    if reading.hits.is_empty() {
        for cut in 1..words.len() {
            let front_is_filler = (start..start + cut).any(|at| query.class(at).is_filler());
            let is_region = gazetteer
                .divisions_named(&words[cut..].join(" "))
                .iter()
                .any(|(division, is_code)| division.level == 0 && !is_code);
            if !front_is_filler && !is_region {
                qualified(
                    gazetteer,
                    &words[cut..],
                    &words[..cut],
                    sender,
                    &mut reading,
                );
            }
        }
    }
    if reading.hits.is_empty() {
        for cut in (1..words.len()).rev() {
            within_town(
                gazetteer,
                &words[..cut],
                &words[cut..],
                sender,
                &mut reading.hits,
            );
            within_town(
                gazetteer,
                &words[cut..],
                &words[..cut],
                sender,
                &mut reading.hits,
            );
        }
    }
    settle(&mut reading.hits);
    settle(&mut reading.contradicted);
    reading
}

/// Best first, every spot once.
pub(crate) fn settle(hits: &mut Vec<Hit>) {
    hits.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.spot.id.cmp(&b.spot.id)));
    let mut seen: Vec<SpotId> = Vec::new();
    hits.retain(|hit| {
        let new = !seen.contains(&hit.spot.id);
        if new && seen.len() < 64 {
            seen.push(hit.spot.id);
        }
        new
    });
    hits.truncate(32);
}

fn whole_name(gazetteer: &Gazetteer, words: &[String], sender: Sender, hits: &mut Vec<Hit>) {
    let key = words.join(" ");
    // A city that bears the very name is meant before one that is somewhere called so.
    let rivalled = gazetteer
        .named(&key)
        .take(MOST_HITS)
        .filter(|(_, named)| *named == Named::Name)
        .map(|(id, _)| gazetteer.spot(id))
        .any(|spot| spot.people >= 100_000 || sender.country == Some(spot.country))
        || gazetteer
            .divisions_named(&key)
            .iter()
            .any(|(division, is_code)| division.level < 2 && !is_code);
    let town_at_home = gazetteer
        .named(&key)
        .take(MOST_HITS)
        .filter(|(_, named)| *named == Named::Name)
        .map(|(id, _)| gazetteer.spot(id))
        .any(|spot| sender.country == Some(spot.country) && spot.people >= 8_000);
    let land = gazetteer
        .divisions_named(&key)
        .into_iter()
        .find(|(division, is_code)| division.level == 0 && !is_code)
        .map(|(division, _)| division.country);
    let mut best = f32::MIN;
    for (id, named) in gazetteer.named(&key).take(MOST_HITS) {
        let spot = gazetteer.spot(id);
        // A hundred villages are called San Antonio: beside a city, none of them is looked at closely.
        let village = spot.people < VILLAGE && !matches!(spot.kind, Kind::Capital | Kind::Seat);
        if spot.kind == Kind::Airport || (village && best > BEYOND_VILLAGES) {
            continue;
        }
        let at_home = sender.country == Some(spot.country);
        // "panama" is the country before it is what a town elsewhere is also called.
        let elsewhere = named == Named::OtherName && land.is_some_and(|land| land != spot.country);
        let elsewhere = if elsewhere { 2.0 } else { 0.0 };
        let unlike = elsewhere
            + match (rivalled, at_home) {
                (false, _) => 0.0,
                (true, true) => 1.8 * rank::unlike(&spot, named, &key),
                (true, false) => rank::unlike(&spot, named, &key),
            };
        // A town at home that bears the name is meant before what is called so in some language.
        let abroad = named == Named::OtherName && !at_home && town_at_home;
        let unlike = unlike + if abroad { 1.2 } else { 0.0 };
        let score =
            rank::score(&spot, named, sender) + own_state(gazetteer, &spot, named, sender) - unlike;
        best = best.max(score);
        hits.push(Hit {
            spot,
            score,
            how: how(named, false),
        });
    }
    if !key.is_ascii() {
        greater_namesakes(gazetteer, sender, hits);
    }
}

/// The state of the sender's number decides between towns of one name, and nothing else.
fn own_state(gazetteer: &Gazetteer, spot: &Spot, named: Named, sender: Sender) -> f32 {
    let own = named == Named::Name
        && sender.country == Some(spot.country)
        && sender.state.is_some_and(|state| {
            spot.admin1
                .is_some_and(|id| gazetteer.division(id).short.eq_ignore_ascii_case(state))
        });
    if own { 0.8 } else { 0.0 }
}

/// 华盛顿 is an alternate name of a Washington in Utah, and the capital lacks it: of what bears the same name in Latin letters, the
/// biggest is meant.
fn greater_namesakes(gazetteer: &Gazetteer, sender: Sender, hits: &mut Vec<Hit>) {
    let small: Vec<Spot> = hits.iter().map(|hit| hit.spot).take(4).collect();
    for spot in small {
        for (id, named) in gazetteer
            .named(&super::fold::fold(&spot.name.read()))
            .take(40)
        {
            let namesake = gazetteer.spot(id);
            if namesake.kind != Kind::Airport && namesake.people / 5 > spot.people {
                hits.push(Hit {
                    spot: namesake,
                    score: rank::score(&namesake, named, sender) - 0.3,
                    how: How::OtherName { qualified: false },
                });
            }
        }
    }
}

fn how(named: Named, qualified: bool) -> How {
    match named {
        Named::Name => How::Name { qualified },
        Named::OtherName | Named::Nickname => How::OtherName { qualified },
    }
}

fn qualified(
    gazetteer: &Gazetteer,
    name: &[String],
    qualifiers: &[String],
    sender: Sender,
    reading: &mut Reading,
) {
    let mut named = gazetteer
        .named(&name.join(" "))
        .take(MOST_HITS * 4)
        .peekable();
    if named.peek().is_none() {
        return;
    }
    let Some(qualifiers) = Qualifiers::read(gazetteer, qualifiers) else {
        return;
    };
    let before = reading.hits.len();
    let mut by_name = false;
    for (id, named) in named {
        let spot = gazetteer.spot(id);
        if spot.kind == Kind::Airport {
            continue;
        }
        let score = rank::score(&spot, named, sender);
        let how = how(named, true);
        match qualifiers.fit(&spot, sender.country) {
            Some(off) => {
                by_name |= named == Named::Name;
                let score = score - off;
                reading.hits.push(Hit { spot, score, how });
            }
            None if reading.contradicted.len() < MOST_HITS => {
                reading.contradicted.push(Hit { spot, score, how });
            }
            None => {}
        }
    }
    // Of two in one state, the one that bears the very name: not Cold Spring Harbor.
    if by_name {
        let other = |hit: &&mut Hit| matches!(hit.how, How::OtherName { .. });
        reading.hits[before..]
            .iter_mut()
            .filter(other)
            .for_each(|hit| hit.score -= 2.5);
    }
}

/// "hawaii", "ontario canada": its capital stands for it.
fn whole_division(gazetteer: &Gazetteer, words: &[String], sender: Sender, hits: &mut Vec<Hit>) {
    let Some(meant) = Qualifiers::strictly(gazetteer, words) else {
        return;
    };
    for division in meant.innermost() {
        let Some(spot) = division.capital.map(|id| gazetteer.spot(id)) else {
            continue;
        };
        let town_of_that_name = hits.iter().any(|hit| {
            let inside = match division.level {
                0 => hit.spot.country == division.country,
                _ => hit.spot.admin1 == Some(division.id),
            };
            let named_so = hit.spot.people >= 100_000 || hit.spot.kind == Kind::Area;
            let country = hit.spot.country == division.country;
            (inside || (country && hit.spot.kind == Kind::Area)) && hit.how.is_bare() && named_so
        });
        if !town_of_that_name {
            hits.push(Hit {
                spot,
                score: whole_score(&division, sender) - 0.3 * (meant.count() as f32 - 1.0),
                how: How::Whole,
            });
        }
    }
}

pub(crate) fn whole_score(division: &Division, sender: Sender) -> f32 {
    let home = if sender.country == Some(division.country) {
        2.0
    } else {
        0.0
    };
    let known = match division.level {
        0 => 2.0,
        1 => 1.0,
        _ => -0.8,
    };
    ((division.people + 1000) as f32).log10() + home + known - WHOLE
}

/// "brooklyn new york", "shinjuku tokyo": a name near a bigger place.
fn within_town(
    gazetteer: &Gazetteer,
    name: &[String],
    town: &[String],
    sender: Sender,
    hits: &mut Vec<Hit>,
) {
    let towns: Vec<(Spot, f32)> = gazetteer
        .named(&town.join(" "))
        .take(24)
        .map(|(id, named)| (gazetteer.spot(id), named))
        .filter(|(spot, _)| spot.people >= 20_000 && spot.kind != Kind::Airport)
        .map(|(spot, named)| (spot, rank::score(&spot, named, sender)))
        .collect();
    if towns.is_empty() {
        return;
    }
    let before = hits.len();
    let mut elsewhere: f32 = f32::MAX;
    for (id, named) in gazetteer.named(&name.join(" ")).take(MOST_HITS) {
        let spot = gazetteer.spot(id);
        if spot.kind == Kind::Airport {
            continue;
        }
        let alone = rank::score(&spot, named, sender);
        elsewhere = if elsewhere == f32::MAX {
            alone
        } else {
            elsewhere.max(alone)
        };
        for (town, weight) in &towns {
            let km = distance_km(
                (spot.latitude, spot.longitude),
                (town.latitude, town.longitude),
            );
            if km < TOWN_REACH_KM && town.id != spot.id && town.people >= spot.people / 4 {
                hits.push(Hit {
                    spot,
                    score: rank::score(&spot, named, sender) * 0.5 + weight * 0.5,
                    how: how(named, true),
                });
            }
        }
    }
    // A quarter that we do not know, of a city that we do: the city has the same weather.
    let heaviest = towns.iter().max_by(|a, b| a.1.total_cmp(&b.1));
    if let (Some((town, weight)), true) = (heaviest, hits.len() == before && elsewhere < 6.0) {
        let certain = town.people >= 300_000
            || (town.people >= 50_000 && sender.country == Some(town.country));
        if certain && Qualifiers::strictly(gazetteer, name).is_none() {
            hits.push(Hit {
                spot: *town,
                score: *weight - 1.0,
                how: How::Name { qualified: true },
            });
        }
    }
}
