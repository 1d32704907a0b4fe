//! The embedded gazetteer: what people text for a place, to ranked places. No network, nothing built at start.

mod airport;
mod articles;
mod cases;
mod coordinates;
mod fold;
mod fuzzy;
mod gazetteer;
mod layout;
mod map_links;
mod nearest;
mod packed;
mod plus_code;
mod postal;
mod postcode;
mod qualifiers;
mod query;
mod rank;
mod reading;
mod refused;
mod resolve;
mod street;
mod texts;
mod typo;
mod verdict;
mod words;
mod zones;

use gazetteer::{Gazetteer, Kind, Spot};
use postcode::Found;
use rank::Sender;
use resolve::Meaning;
use verdict::Verdict;

use crate::domain::phone::Country;
use crate::domain::place::{Candidate, Coordinates, Place, PlaceQuery, Resolution};
use crate::domain::zone::Zone;

/// Places of the whole world, by name, postcode, airport and position.
pub struct Places {
    gazetteer: Gazetteer,
}

/// What a position or a postcode is worth; nothing is compared with it.
const SURE: f32 = 10.0;

impl Places {
    /// The data that are part of the program. Opening them costs microseconds.
    #[must_use]
    pub fn embedded() -> Self {
        Self {
            gazetteer: Gazetteer::embedded(),
        }
    }

    /// What a typed place means. Total, and of bounded time for any text.
    #[must_use]
    pub fn resolve(&self, query: &PlaceQuery) -> Resolution {
        self.read(query, true)
    }

    /// The same, without forgiving a typo: nothing that is only like a name.
    #[must_use]
    pub fn resolve_as_typed(&self, query: &PlaceQuery) -> Resolution {
        match self.read(query, false) {
            Resolution::Guess(_) => Resolution::None,
            found => found,
        }
    }

    fn read(&self, query: &PlaceQuery, forgiving: bool) -> Resolution {
        let sender = Sender {
            country: query.country,
            state: query.state.as_deref(),
        };
        match resolve::read(&self.gazetteer, &query.text, sender, forgiving) {
            Meaning::Position(at) => Resolution::Certain(Candidate {
                place: self.nearest(at),
                score: SURE,
                is_typo: false,
            }),
            Meaning::Postcodes(found, sure) => self.postcodes(&found, sure),
            Meaning::Spots(verdict) => self.resolution(&verdict),
        }
    }

    /// The place at a position: named after the town that people there would say, with the position's own clock.
    #[must_use]
    pub fn nearest(&self, at: Coordinates) -> Place {
        let (latitude, longitude) = (at.latitude(), at.longitude());
        let town = nearest::name_giver(&self.gazetteer, (latitude, longitude));
        let zone = zones::zone_at(latitude, longitude);
        let Some(town) = town else {
            return Place {
                name: format!("{latitude:.2}, {longitude:.2}"),
                admin1: None,
                admin1_code: None,
                country: Country::of(b"ZZ"),
                coordinates: at,
                elevation_m: None,
                zone: zone.unwrap_or_else(Zone::utc),
            };
        };
        let zone = zone.unwrap_or_else(|| self.zone(&town));
        Place {
            coordinates: at,
            elevation_m: None,
            zone,
            ..self.place(&town)
        }
    }

    fn postcodes(&self, found: &[Found], sure: bool) -> Resolution {
        let candidates: Vec<Candidate> = found
            .iter()
            .filter_map(|f| {
                Some(Candidate {
                    place: self.posted(f)?,
                    score: SURE,
                    is_typo: false,
                })
            })
            .collect();
        match candidates.first() {
            None => Resolution::None,
            Some(first) if sure => Resolution::Certain(first.clone()),
            Some(_) => Resolution::Guess(candidates),
        }
    }

    /// A postcode's place: its own town's name where the data have it.
    fn posted(&self, found: &Found) -> Option<Place> {
        let mut place = self.nearest(Coordinates::new(found.at.0, found.at.1)?);
        if let Some(town) = found.town {
            place.name = town.read();
        }
        place.country = found.country;
        Some(place)
    }

    fn resolution(&self, verdict: &Verdict) -> Resolution {
        let candidate = |hit: &reading::Hit| Candidate {
            place: self.place(&hit.spot),
            score: hit.score,
            is_typo: is_typo(hit),
        };
        match verdict {
            Verdict::Certain(hit) => Resolution::Certain(candidate(hit)),
            Verdict::Choice(hits) => Resolution::Choice(hits.iter().map(candidate).collect()),
            Verdict::Guess(hits) => Resolution::Guess(hits.iter().map(candidate).collect()),
            Verdict::None => Resolution::None,
        }
    }

    fn place(&self, spot: &Spot) -> Place {
        let division = spot.admin1.map(|id| self.gazetteer.division(id));
        Place {
            name: spot.name.read(),
            admin1: division
                .map(|d| d.name.read())
                .filter(|name| !name.is_empty()),
            admin1_code: division
                .filter(|_| has_short_states(spot.country))
                .map(|d| d.short.to_owned())
                .filter(|short| !short.is_empty()),
            country: spot.country,
            coordinates: clamped(spot),
            elevation_m: spot.height_m,
            zone: self.zone(spot),
        }
    }

    /// A town's own clock; airports far out and areas are looked up on the map of zones.
    fn zone(&self, spot: &Spot) -> Zone {
        let own = spot
            .zone
            .and_then(|zone| self.gazetteer.zone_name(zone))
            .and_then(Zone::named);
        let mapped = || zones::zone_at(spot.latitude, spot.longitude);
        let zone = if spot.kind == Kind::Area {
            mapped()
        } else {
            own.or_else(mapped)
        };
        zone.unwrap_or_else(Zone::utc)
    }
}

impl std::fmt::Debug for Places {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Places")
    }
}

const fn is_typo(hit: &reading::Hit) -> bool {
    matches!(hit.how, reading::How::Typo { .. })
}

/// Countries in which people write their states short.
fn has_short_states(country: Country) -> bool {
    ["US", "CA", "AU", "BR"].contains(&country.code())
}

fn clamped(spot: &Spot) -> Coordinates {
    let at = |latitude, longitude| Coordinates::new(latitude, longitude);
    at(spot.latitude, spot.longitude)
        .or_else(|| at(0.0, 0.0))
        .unwrap_or_else(|| unreachable!("0, 0 is a position"))
}

#[cfg(test)]
mod tests;
