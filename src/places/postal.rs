//! Texts with a postcode in them: which of the countries that know it is meant, by the words beside it and the sender.

use super::gazetteer::{Gazetteer, Kind, Spot};
use super::nearest::distance_km;
use super::postcode::{self, Code, Found};
use super::qualifiers::{Qualifiers, governs};
use super::query::Query;
use super::rank::Sender;
use crate::domain::phone::Country;

/// What a postcode in a text means.
pub(crate) enum Postal {
    /// This spot.
    At(Found),
    /// One of these, best first.
    Perhaps(Vec<Found>),
}

/// A code and the town written beside it lie within this of each other.
const TOWN_KM: f64 = 45.0;

/// The spot of the postcode in a text, when the rest of the text goes with it.
pub(crate) fn read(gazetteer: &Gazetteer, query: &Query, sender: Sender) -> Option<Postal> {
    let codes = postcode::codes(&query.words, query.raw);
    codes
        .iter()
        .find_map(|code| placed(gazetteer, query, code, sender))
}

fn placed(gazetteer: &Gazetteer, query: &Query, code: &Code, sender: Sender) -> Option<Postal> {
    let beside: Vec<usize> = (0..query.words.len())
        .filter(|at| !(code.start..code.end).contains(at))
        .collect();
    let rest: Vec<String> = beside
        .iter()
        .filter(|at| !query.class(**at).may_be_dropped() && !is_label(&query.words[**at]))
        .map(|at| query.words[*at].clone())
        .collect();
    // Other numbers beside it: a phone number, a date, a street.
    let digits = |at: &&usize| query.words[**at].bytes().all(|b| b.is_ascii_digit());
    if code.text.bytes().all(|b| b.is_ascii_digit())
        && beside.iter().filter(digits).any(|at| {
            query.words[*at].len() >= 3
                && at.abs_diff(code.start).min(at.abs_diff(code.end - 1)) == 1
        })
    {
        return None;
    }
    let mut found = candidates(gazetteer, code, sender);
    let plate = beside
        .first()
        .filter(|at| beside.len() == 1 && **at + 1 == code.start);
    if let Some(country) =
        plate.and_then(|at| plate_country(&query.words[*at], &query.words[code.start]))
    {
        found.retain(|f| f.country == country);
        return found.first().copied().filter(|f| f.exact).map(Postal::At);
    }
    if rest.is_empty() {
        return alone(found, code, sender);
    }
    if let Some(named) = beside_town(gazetteer, &rest, &found) {
        return Some(Postal::At(named));
    }
    if let Some(qualifiers) = Qualifiers::read(gazetteer, &rest) {
        let countries = qualifiers.countries();
        let first = found.iter().find(|f| {
            f.exact
                && (countries.iter().any(|c| governs(*c, f.country))
                    || super::nearest::nearest(gazetteer, f.at)
                        .is_some_and(|town| qualifiers.fit(&town, None).is_some()))
        });
        return first.copied().map(Postal::At);
    }
    // A street address ends in its code: believe a code that nothing else looks like, or a ZIP after its state.
    let at_end = code.end == query.words.len() && query.words.len() >= 3;
    let first = found.first().copied().filter(|f| f.exact)?;
    (code.unmistakable && code.text.len() >= 6
        || at_end
            && sender
                .country
                .is_some_and(|home| governs(home, first.country))
            && rest.len() >= 3
            && code.text.len() >= 5)
        .then_some(Postal::At(first))
}

/// Everywhere the code exists: the sender's country first.
fn candidates(gazetteer: &Gazetteer, code: &Code, sender: Sender) -> Vec<Found> {
    let mut countries: Vec<Country> = Vec::new();
    if let Some(home) = sender.country {
        let kin = if code.countries.contains(&home) {
            postcode::kin(home).collect()
        } else {
            Vec::new()
        };
        countries.extend(
            code.countries
                .iter()
                .copied()
                .filter(|c| *c == home || kin.contains(c)),
        );
        countries.sort_by_key(|c| *c != home);
    }
    let others: Vec<Country> = code
        .countries
        .iter()
        .copied()
        .filter(|c| !countries.contains(c))
        .collect();
    countries.extend(others);
    let mut found: Vec<Found> = countries
        .into_iter()
        .filter_map(|country| postcode::locate(gazetteer, country, &code.text))
        .collect();
    // A code known in a territory beats one that only begins like one at home.
    let at_home = |f: &Found| sender.country.is_some_and(|home| governs(home, f.country));
    found.sort_by_key(|f| {
        let length = if at_home(f) { f.length } else { 0 };
        (!f.exact, !at_home(f), std::cmp::Reverse(length))
    });
    found
}

fn alone(found: Vec<Found>, code: &Code, sender: Sender) -> Option<Postal> {
    let first = *found.first()?;
    let home = sender.country.filter(|home| code.countries.contains(home));
    let sure = match home {
        Some(home) if governs(home, first.country) => {
            return Some(if first.exact {
                Postal::At(first)
            } else {
                Postal::Perhaps(vec![first])
            });
        }
        _ => code.unmistakable && first.exact && !is_like_a_phone_number(code, sender),
    };
    if sure {
        return Some(Postal::At(first));
    }
    let american = found.iter().find(|f| f.country.code() == "US" && f.exact);
    if let (Some(zip), true) = (
        american,
        sender.country.is_none_or(|c| c.code() == "CA") && code.text.len() == 5,
    ) {
        return Some(Postal::At(*zip));
    }
    // A number of five digits may be a postcode of the sender's neighbour; shorter ones may be anything.
    let digits = code.text.bytes().all(|b| b.is_ascii_digit());
    let asked: Vec<Found> = found.into_iter().filter(|f| f.exact).take(4).collect();
    (digits && code.text.len() >= 5 && home.is_none() && !asked.is_empty())
        .then_some(Postal::Perhaps(asked))
}

/// 555-0123 from North America: seven digits, and no Japanese code that begins so is meant there.
fn is_like_a_phone_number(code: &Code, sender: Sender) -> bool {
    let american = sender
        .country
        .is_some_and(|home| ["US", "CA", "PR"].contains(&home.code()));
    american
        && code.text.len() == 7
        && code.text.bytes().all(|b| b.is_ascii_digit())
        && code.text.as_bytes()[0] >= b'2'
}

/// Of the countries where the code exists, the one where a town of that name is near it.
fn beside_town(gazetteer: &Gazetteer, rest: &[String], found: &[Found]) -> Option<Found> {
    let mut names = vec![rest.join(" ")];
    for cut in (1..rest.len()).rev() {
        if Qualifiers::read(gazetteer, &rest[cut..]).is_some() {
            names.push(rest[..cut].join(" "));
        }
    }
    for name in names {
        let mut spots: Vec<Spot> = gazetteer
            .named(&name)
            .take(400)
            .map(|(id, _)| gazetteer.spot(id))
            .collect();
        spots.sort_by_key(|spot| std::cmp::Reverse(spot.people));
        let near = |f: &Found| {
            let town = spots
                .iter()
                .find(|s| distance_km((s.latitude, s.longitude), f.at) < TOWN_KM)?;
            // What they call the town is its name, not that of the village where its post lies.
            let town = (town.kind != Kind::Airport).then_some(town.name).or(f.town);
            Some(Found {
                exact: true,
                town,
                ..*f
            })
        };
        if let Some(near) = found.iter().find_map(near) {
            return Some(near);
        }
    }
    None
}

/// "ZIP 10001", "postcode 8001".
fn is_label(word: &str) -> bool {
    [
        "zip",
        "zipcode",
        "code",
        "postcode",
        "postal",
        "plz",
        "cp",
        "cep",
        "cap",
        "pin",
        "pincode",
        "postleitzahl",
        "us",
    ]
    .contains(&word)
        && word != "us"
}

/// D-10115, F-75001: the letters of cars, which post once used.
fn plate_country(plate: &str, code: &str) -> Option<Country> {
    let country = match plate {
        "d" => "DE",
        "f" => "FR",
        "a" => "AT",
        "i" => "IT",
        "b" => "BE",
        "l" => "LU",
        "s" => "SE",
        "e" => "ES",
        _ => return None,
    };
    code.bytes()
        .all(|b| b.is_ascii_digit())
        .then(|| Country::parse(country))
        .flatten()
}
