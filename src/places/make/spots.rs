//! Everything that has a position and a name: towns, quarters, airports, areas. Sorted by weight, heaviest first.

use std::path::Path;

use super::super::layout::spot::{
    BYTES, DIVISION, FAME, HEIGHT, KIND, LATITUDE, LONGITUDE, LOWEST, NAME, ZONE,
};
use super::divisions::Divisions;
use super::hand::Hand;
use super::source::Source;
use super::texts::Texts;
use super::{Made, field, field_or_none};

pub(crate) const CAPITAL: u8 = 1;
pub(crate) const QUARTER: u8 = 4;
pub(crate) const AIRPORT: u8 = 5;
pub(crate) const AREA: u8 = 6;
const NONE: u16 = u16::MAX;

pub(crate) struct Spot {
    pub(crate) name: String,
    pub(crate) other_names: Vec<String>,
    pub(crate) lat: i32,
    pub(crate) lon: i32,
    pub(crate) people: u32,
    pub(crate) kind: u8,
    pub(crate) country: [u8; 2],
    pub(crate) admin1: u16,
    pub(crate) admin2: u16,
    zone: u16,
    height: i16,
    fame: u8,
    /// Airports: IATA and ICAO.
    pub(crate) codes: [String; 2],
}

pub(crate) struct Spots {
    pub(crate) list: Vec<Spot>,
    division_codes: Vec<String>,
}

impl Spots {
    pub(crate) fn read(source: &Source, hand: &Hand, divisions: &Divisions) -> Made<Self> {
        let mut list = towns(source, divisions)?;
        for row in hand.patches("forget") {
            forget(&mut list, row)?;
        }
        for row in hand.patches("people") {
            recount(&mut list, row, divisions)?;
        }
        for row in hand.patches("place") {
            list.push(patched(row, divisions)?);
        }
        for row in &hand.areas {
            list.push(area(row)?);
        }
        for row in source.rows("airports")? {
            list.push(airport(&row.split('\t').collect::<Vec<_>>())?);
        }
        for row in hand.patches("airport") {
            for spot in list.iter_mut().filter(|s| s.codes[0] == row[0]) {
                (spot.lat, spot.lon) = (thousandths(&row[1])?, thousandths(&row[2])?);
            }
        }
        list.sort_by(|a, b| (b.people, b.fame, &a.name).cmp(&(a.people, a.fame, &b.name)));
        Ok(Self {
            list,
            division_codes: divisions.codes(),
        })
    }

    /// Whether a division's number has this code, such as `US.TX`.
    pub(crate) fn division_is(&self, at: u16, code: &str) -> bool {
        self.division_codes
            .get(at as usize)
            .is_some_and(|known| known == code)
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.list.iter().map(|spot| spot.name.as_str())
    }

    /// Packed records; and since they are sorted by people, only where each count begins. The reader's mirror is
    /// `places::gazetteer`.
    pub(crate) fn write(&self, texts: &Texts, divisions: &Divisions, out: &Path) -> Made<()> {
        let (mut bytes, mut counts): (Vec<u8>, Vec<u8>) = (Vec::new(), Vec::new());
        let mut before = None;
        for (at, spot) in self.list.iter().enumerate() {
            if before != Some(spot.people) {
                counts.extend((at as u32).to_le_bytes());
                counts.extend(spot.people.to_le_bytes());
                before = Some(spot.people);
            }
            let height = (spot.height != i16::MIN)
                .then(|| u64::try_from(i32::from(spot.height) - i32::from(LOWEST)))
                .transpose()?;
            let zone = (spot.zone != NONE).then(|| u64::from(spot.zone));
            let record = field(u64::try_from(spot.lat + 90_000)?, LATITUDE)?
                | field(u64::try_from(spot.lon + 180_000)?, LONGITUDE)?
                | field(texts.number(&spot.name)?, NAME)?
                | field(u64::from(divisions.smallest(spot)?), DIVISION)?
                | field_or_none(zone, ZONE)?
                | field_or_none(height, HEIGHT)?
                | field(u64::from(spot.kind), KIND)?
                | field(u64::from(spot.fame), FAME)?;
            bytes.extend(&record.to_le_bytes()[..BYTES]);
        }
        std::fs::write(out.join("spots.bin"), bytes)?;
        std::fs::write(out.join("people.bin"), counts)?;
        Ok(())
    }
}

fn towns(source: &Source, divisions: &Divisions) -> Made<Vec<Spot>> {
    let column = |name: &str| source.rows(&format!("place.{name}"));
    let (countries, names, others) = (column("country")?, column("name")?, column("names")?);
    let (admin1, admin2, zones) = (column("admin1")?, column("admin2")?, column("zone")?);
    let (lats, lons, people) = (column("lat")?, column("lon")?, column("people")?);
    let (kinds, heights, fames) = (column("kind")?, column("height")?, column("fame")?);
    let mut list = Vec::with_capacity(names.len());
    let mut lat = 0;
    for at in 0..names.len() {
        lat += lats[at].parse::<i32>()?;
        list.push(Spot {
            name: names[at].to_owned(),
            other_names: others[at]
                .split('|')
                .filter(|n| !n.is_empty())
                .map(str::to_owned)
                .collect(),
            lat,
            lon: lons[at].parse()?,
            people: people[at].parse()?,
            kind: kinds[at].parse()?,
            country: country(countries[at])?,
            admin1: divisions.first_level(admin1[at])?,
            admin2: divisions.second_level(admin2[at])?,
            zone: zones[at].parse()?,
            height: if heights[at].is_empty() {
                i16::MIN
            } else {
                heights[at].parse()?
            },
            fame: fames[at].parse()?,
            codes: Default::default(),
        });
    }
    Ok(list)
}

/// `forget name country.state alternate`: an alternate name that is wrong, or misleads.
fn forget(list: &mut [Spot], row: &[String]) -> Made<()> {
    let mut found = false;
    for spot in list
        .iter_mut()
        .filter(|s| s.name == row[0] && s.country == country_bytes(&row[1]))
    {
        let before = spot.other_names.len();
        spot.other_names.retain(|n| *n != row[2]);
        found |= spot.other_names.len() < before;
    }
    if found {
        Ok(())
    } else {
        Err(format!("patches.tsv: nothing to forget: {row:?}").into())
    }
}

/// `people name country.state people`.
fn recount(list: &mut [Spot], row: &[String], divisions: &Divisions) -> Made<()> {
    let people = row[2].parse()?;
    let there = |spot: &&mut Spot| {
        spot.name == row[0]
            && spot.country == country_bytes(&row[1])
            && (row[1].len() == 2 || divisions.by_code(&row[1]) == Some(spot.admin1))
    };
    let most = list.iter_mut().filter(there).max_by_key(|spot| spot.people);
    most.ok_or_else(|| format!("patches.tsv: no such place: {row:?}"))?
        .people = people;
    Ok(())
}

/// `place name country.state lat lon people kind aliases`.
fn patched(row: &[String], divisions: &Divisions) -> Made<Spot> {
    let [name, whence, lat, lon, people, kind, aliases] = row else {
        return Err(format!("patches.tsv: a place has 7 columns: {row:?}").into());
    };
    Ok(Spot {
        name: name.clone(),
        other_names: aliases
            .split('|')
            .filter(|n| !n.is_empty())
            .map(str::to_owned)
            .collect(),
        admin1: divisions
            .by_code(whence)
            .filter(|_| whence.len() > 2)
            .unwrap_or(NONE),
        country: country_bytes(whence),
        lat: thousandths(lat)?,
        lon: thousandths(lon)?,
        people: people.parse()?,
        kind: kind.parse()?,
        ..Spot::anywhere()
    })
}

fn area(row: &[String]) -> Made<Spot> {
    Ok(Spot {
        name: row[0].clone(),
        other_names: row[5]
            .split('|')
            .filter(|n| !n.is_empty())
            .map(str::to_owned)
            .collect(),
        country: country(&row[1])?,
        lat: thousandths(&row[2])?,
        lon: thousandths(&row[3])?,
        people: row[4].parse()?,
        kind: AREA,
        fame: 60,
        ..Spot::anywhere()
    })
}

fn airport(row: &[&str]) -> Made<Spot> {
    let [iata, icao, name, city, whose, lat, lon, zone, height] = row else {
        return Err(format!("an airport has 9 columns: {row:?}").into());
    };
    Ok(Spot {
        name: (*name).to_owned(),
        other_names: vec![(*city).to_owned()],
        country: country(whose)?,
        lat: thousandths(lat)?,
        lon: thousandths(lon)?,
        zone: zone.parse().unwrap_or(NONE),
        height: height.parse().unwrap_or(i16::MIN),
        kind: AIRPORT,
        codes: [(*iata).to_owned(), (*icao).to_owned()],
        ..Spot::anywhere()
    })
}

impl Spot {
    fn anywhere() -> Self {
        Self {
            name: String::new(),
            other_names: Vec::new(),
            lat: 0,
            lon: 0,
            people: 0,
            kind: 0,
            country: *b"??",
            admin1: NONE,
            admin2: NONE,
            zone: NONE,
            height: i16::MIN,
            fame: 0,
            codes: Default::default(),
        }
    }
}

fn country(code: &str) -> Made<[u8; 2]> {
    code.as_bytes()
        .try_into()
        .map_err(|_| format!("{code:?} is no country code").into())
}

/// The country of `US.TX`.
pub(crate) fn country_bytes(whence: &str) -> [u8; 2] {
    let bytes = whence.as_bytes();
    [
        bytes.first().copied().unwrap_or(b'?'),
        bytes.get(1).copied().unwrap_or(b'?'),
    ]
}

pub(crate) fn thousandths(degrees: &str) -> Made<i32> {
    Ok((degrees.parse::<f64>()? * 1000.0).round() as i32)
}
