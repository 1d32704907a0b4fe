//! Airports: by code, by name, or as the airport of a town.

use super::gazetteer::{Gazetteer, Kind, Named, Spot};
use super::nearest::distance_km;
use super::query::Query;
use super::rank::Sender;
use super::reading::{self, Hit, How};

/// A town's airport lies within this of it.
const REACH_KM: f64 = 90.0;

/// "jfk airport", "flughafen münchen": only for texts with a word for airport in them.
pub(crate) fn worded(gazetteer: &Gazetteer, query: &Query, sender: Sender) -> Option<Vec<Hit>> {
    let is_airport = |at: &usize| query.class(*at).is_airport();
    (0..query.words.len())
        .any(|at| is_airport(&at))
        .then_some(())?;
    let rest: Vec<String> = (0..query.words.len())
        .filter(|at| {
            // "DEL airport": filler in small letters only.
            let code =
                query.is_upper(&query.words[*at]) && coded(gazetteer, &query.words[*at]).is_some();
            !is_airport(at) && (code || !query.class(*at).is_filler())
        })
        .map(|at| query.words[at].clone())
        .collect();
    if rest.is_empty() {
        return None;
    }
    if let Some(spot) = rest
        .iter()
        .find_map(|word| coded(gazetteer, word).filter(|_| rest.len() == 1 || query.is_upper(word)))
    {
        return Some(vec![hit(spot, 9.0, How::Name { qualified: true })]);
    }
    let mut hits = named(gazetteer, &rest.join(" "), sender);
    if hits.is_empty() {
        let text = rest.join(" ");
        let town = Query::read(gazetteer, &text)?;
        let towns = reading::read(gazetteer, &town, (0, town.words.len()), sender).hits;
        hits = towns
            .iter()
            .take(1)
            .map(|hit| serving(gazetteer, hit))
            .collect();
    }
    reading::settle(&mut hits);
    (!hits.is_empty()).then_some(hits)
}

/// A text that is nothing but a code: "JFK".
///
/// In capitals it is the airport's code even where it is a nickname of the airport's town: `BKK`.
pub(crate) fn bare(
    gazetteer: &Gazetteer,
    query: &Query,
    sender: Sender,
    others: &[Hit],
) -> Vec<Hit> {
    let (start, end) = query.core();
    let words = &query.words[start..end];
    let mut hits = Vec::new();
    // "J'ai" is no code.
    if let [word] = words
        && !query.raw.contains(['\'', '’'])
        && let Some(spot) = coded(gazetteer, word)
    {
        let class = query.class(start);
        let plain = class.is_common() || class.is_refused();
        let at_home = sender.country == Some(spot.country);
        let upper = query.is_upper(word);
        let score = match (upper, plain) {
            (true, false) => 6.6,
            (true, true) | (false, true) => 0.0,
            (false, false) if word.len() == 4 => 4.0,
            (false, false) => 4.6,
        };
        if score > 0.0 && (upper || serves_many(gazetteer, &spot)) {
            let at = (spot.latitude, spot.longitude);
            // "lhr" from abroad: nothing else is called so.
            let only = !upper
                && word.len() == 3
                && others.is_empty()
                && !class.may_be_dropped()
                && super::nearest::is_near_a_city(gazetteer, at, 1_000_000, 60.0);
            let score: f32 = score + if at_home || only { 1.0 } else { 0.0 };
            let near = |town: &&Hit| {
                upper && distance_km(at, (town.spot.latitude, town.spot.longitude)) < REACH_KM
            };
            let town = others.first().filter(near);
            let score = town.map_or(score, |town| score.max(town.score + 0.1));
            hits.push(hit(spot, score, How::Name { qualified: false }));
        }
    }
    hits
}

/// "DEN", "SEA": codes that are everyday words as well, from their own country; in small letters they are a guess.
pub(crate) fn everyday_code(gazetteer: &Gazetteer, query: &Query, sender: Sender) -> Option<Hit> {
    let [word] = &query.words[..] else {
        return None;
    };
    let spot = coded(gazetteer, word)?;
    let meant = super::words::Class::of(gazetteer, word).is_airport_code()
        && sender.country == Some(spot.country);
    meant.then(|| hit(spot, 6.6, How::Name { qualified: false }))
}

/// A text that is the name of an airport and of nothing else: "heathrow".
pub(crate) fn only(gazetteer: &Gazetteer, query: &Query, sender: Sender) -> Vec<Hit> {
    let (start, end) = query.core();
    let common = (start..end).all(|at| query.class(at).is_common());
    let name = query.words[start..end].join(" ");
    if common || name.len() < 5 {
        return Vec::new();
    }
    named(gazetteer, &name, sender)
}

/// Whether the airport has a big city near it.
fn serves_many(gazetteer: &Gazetteer, airport: &Spot) -> bool {
    let at = (airport.latitude, airport.longitude);
    super::nearest::is_near_a_city(gazetteer, at, 200_000, 45.0) || is_international(airport)
}

fn coded(gazetteer: &Gazetteer, word: &str) -> Option<Spot> {
    ((3..=4).contains(&word.len()) && word.is_ascii())
        .then(|| gazetteer.airport(word))
        .flatten()
}

fn named(gazetteer: &Gazetteer, name: &str, sender: Sender) -> Vec<Hit> {
    gazetteer
        .named(name)
        .take(400)
        .map(|(id, named)| (gazetteer.spot(id), named))
        .filter(|(spot, _)| spot.kind == Kind::Airport)
        .map(|(spot, named)| {
            let home = if sender.country == Some(spot.country) {
                2.0
            } else {
                0.0
            };
            // The big ones have their names by hand.
            let known = if named == Named::Nickname { 2.5 } else { 0.0 };
            let score = 4.5 + prominence(&spot) + home + known;
            hit(spot, score, How::Name { qualified: false })
        })
        .collect()
}

fn prominence(airport: &Spot) -> f32 {
    if is_international(airport) { 1.0 } else { 0.0 }
}

fn is_international(airport: &Spot) -> bool {
    airport.name.read().contains("International")
}

/// The airport that serves a town; the town itself when there is none.
fn serving(gazetteer: &Gazetteer, town: &Hit) -> Hit {
    let at = (town.spot.latitude, town.spot.longitude);
    let cost = |airport: &Spot| {
        distance_km(at, (airport.latitude, airport.longitude))
            - 40.0 * f64::from(prominence(airport))
    };
    gazetteer
        .airports_of(&super::fold::fold(&town.spot.name.read()))
        .into_iter()
        .filter(|airport| {
            airport.country == town.spot.country
                && distance_km(at, (airport.latitude, airport.longitude)) < REACH_KM
        })
        .min_by(|a, b| cost(a).total_cmp(&cost(b)))
        .map_or(*town, |spot| {
            hit(spot, town.score, How::Name { qualified: true })
        })
}

fn hit(spot: Spot, score: f32, how: How) -> Hit {
    Hit { spot, score, how }
}
