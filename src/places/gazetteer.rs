//! The index files that the build script made, read in place: nothing is unpacked, nothing lies on the heap.

use fst::raw::Fst;

use super::layout::{self, POSTCODES_A_BLOCK};
use super::packed::{Record, difference, half, number, word};
use super::texts::Text;
use crate::domain::phone::Country;

/// Number of a spot; a smaller one is a heavier place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct SpotId(pub(crate) u32);

/// What a spot is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Town,
    Capital,
    /// Seat of a first-level division.
    Seat,
    /// Seat of a second-level division.
    LesserSeat,
    Quarter,
    Airport,
    Area,
}

/// Something that has a position and a name.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Spot {
    pub(crate) id: SpotId,
    pub(crate) name: Text,
    pub(crate) latitude: f64,
    pub(crate) longitude: f64,
    pub(crate) people: u32,
    pub(crate) kind: Kind,
    pub(crate) country: Country,
    pub(crate) admin1: Option<u16>,
    pub(crate) admin2: Option<u16>,
    pub(crate) zone: Option<u16>,
    pub(crate) height_m: Option<i16>,
    pub(crate) fame: u8,
}

/// What a name is to its spot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Named {
    Name,
    OtherName,
    Nickname,
}

/// A country, state or county.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Division {
    pub(crate) id: u16,
    pub(crate) name: Text,
    /// `TX`; empty when there is none.
    pub(crate) short: &'static str,
    pub(crate) level: u8,
    pub(crate) country: Country,
    pub(crate) parent: Option<u16>,
    pub(crate) people: u32,
    /// The spot that stands for the whole of it.
    pub(crate) capital: Option<SpotId>,
}

/// The maps and tables.
pub(crate) struct Gazetteer {
    pub(crate) names: Fst<&'static [u8]>,
    pub(crate) fuzzy: Fst<&'static [u8]>,
    pub(crate) divisions: Fst<&'static [u8]>,
    pub(crate) postcodes: Fst<&'static [u8]>,
    airports: Fst<&'static [u8]>,
    airport_towns: Fst<&'static [u8]>,
    pub(crate) words: Fst<&'static [u8]>,
    zones: Vec<&'static str>,
}

macro_rules! made {
    ($file:literal) => {
        include_bytes!(concat!(env!("OUT_DIR"), "/", $file))
    };
}
pub(crate) use made;

static SPOTS: &[u8] = made!("spots.bin");
static PEOPLE: &[u8] = made!("people.bin");
static NAME_LISTS: &[u8] = made!("name_lists.bin");
static DIVISIONS: &[u8] = made!("divisions.bin");
static SHORTS: &[u8] = made!("shorts.bin");
static DIVISION_LISTS: &[u8] = made!("division_lists.bin");
static POSTCODES: &[u8] = made!("postcodes.bin");
static POSTCODE_BLOCKS: &[u8] = made!("postcode_blocks.bin");
static AIRPORT_LISTS: &[u8] = made!("airport_lists.bin");
static GRID: &[u8] = made!("grid.bin");
static GRID_CELLS: &[u8] = made!("grid_cells.bin");
/// A cell that has towns: its number in two bytes, where its list begins in three.
const CELL_BYTES: usize = 5;
static ZONES: &str = include_str!(concat!(env!("OUT_DIR"), "/zones.txt"));

impl Gazetteer {
    pub(crate) fn embedded() -> Self {
        Self {
            names: map(made!("names.fst")),
            fuzzy: map(made!("fuzzy.fst")),
            divisions: map(made!("divisions.fst")),
            postcodes: map(made!("postcodes.fst")),
            airports: map(made!("airports.fst")),
            airport_towns: map(made!("airport_towns.fst")),
            words: map(made!("words.fst")),
            zones: ZONES.split('\n').collect(),
        }
    }

    /// Every spot of that folded name, heaviest first.
    pub(crate) fn named(&self, key: &str) -> Postings {
        self.names
            .get(key)
            .map_or(Postings::Done, |value| Postings::at(value.value()))
    }

    /// Every division of that folded name or code, with whether the word is only a code.
    pub(crate) fn divisions_named(&self, key: &str) -> Vec<(Division, bool)> {
        let Some(start) = self.divisions.get(key) else {
            return Vec::new();
        };
        let mut at = start.value() as usize;
        let count = number(DIVISION_LISTS, &mut at);
        (0..count)
            .map(|_| {
                let entry = number(DIVISION_LISTS, &mut at);
                (self.division((entry >> 1) as u16), entry & 1 == 1)
            })
            .collect()
    }

    pub(crate) fn division(&self, id: u16) -> Division {
        use layout::division::{BYTES, CAPITAL, COUNTRY, LEVEL, NAME, PARENT, PEOPLE, SHORT_BYTES};
        let record = Record::of(&DIVISIONS[usize::from(id) * BYTES..][..BYTES]);
        Division {
            id,
            name: Text(record.number(NAME) as u32),
            short: short(usize::from(id) * SHORT_BYTES),
            capital: record.known(CAPITAL).map(|at| SpotId(at as u32)),
            people: record.number(PEOPLE) as u32,
            parent: record.known(PARENT).map(|at| at as u16),
            // The countries come first, and a country's short form is its code.
            country: country(record.number(COUNTRY) as usize * SHORT_BYTES),
            level: record.number(LEVEL) as u8,
        }
    }

    /// How many spots there are.
    #[cfg(test)]
    pub(crate) fn spots(&self) -> u32 {
        (SPOTS.len() / layout::spot::BYTES) as u32
    }

    pub(crate) fn spot(&self, id: SpotId) -> Spot {
        use layout::spot::{
            BYTES, DIVISION, FAME, HEIGHT, KIND, LATITUDE, LONGITUDE, LOWEST, NAME, ZONE,
        };
        let record = Record::of(&SPOTS[id.0 as usize * BYTES..][..BYTES]);
        let degrees = |bits, from: i32| f64::from(record.number(bits) as i32 - from) / 1000.0;
        let division = self.division(record.number(DIVISION) as u16);
        let (admin1, admin2) = match division.level {
            0 => (None, None),
            1 => (Some(division.id), None),
            _ => (division.parent, Some(division.id)),
        };
        Spot {
            id,
            latitude: degrees(LATITUDE, 90_000),
            longitude: degrees(LONGITUDE, 180_000),
            people: people(id),
            name: Text(record.number(NAME) as u32),
            admin1,
            admin2,
            zone: record.known(ZONE).map(|zone| zone as u16),
            height_m: record.known(HEIGHT).map(|metres| metres as i16 + LOWEST),
            country: division.country,
            kind: kind(record.number(KIND)),
            fame: record.number(FAME) as u8,
        }
    }

    pub(crate) fn zone_name(&self, zone: u16) -> Option<&'static str> {
        self.zones.get(usize::from(zone)).copied()
    }

    /// Position of a postcode's number and its town, if named.
    pub(crate) fn postcode(&self, number_of_code: u64) -> (f64, f64, Option<Text>) {
        let (block, within) = (
            number_of_code as usize / POSTCODES_A_BLOCK,
            number_of_code as usize % POSTCODES_A_BLOCK,
        );
        let mut at = word(POSTCODE_BLOCKS, block * 4) as usize;
        let (mut north, mut east, mut town) = (0, 0, None);
        for _ in 0..=within {
            let step = difference(POSTCODES, &mut at);
            north += step >> 1;
            east += difference(POSTCODES, &mut at);
            let named = step & 1 == 1;
            town = named.then(|| Text(number(POSTCODES, &mut at) as u32));
        }
        (north as f64 / 1000.0, east as f64 / 1000.0, town)
    }

    /// The airport of a lower-case IATA or ICAO code.
    pub(crate) fn airport(&self, code: &str) -> Option<Spot> {
        self.airports
            .get(code)
            .map(|at| self.spot(SpotId(at.value() as u32)))
    }

    /// The airports that serve a town of that folded name.
    pub(crate) fn airports_of(&self, town: &str) -> Vec<Spot> {
        let Some(start) = self.airport_towns.get(town) else {
            return Vec::new();
        };
        let start = start.value() as usize;
        let count = usize::from(AIRPORT_LISTS[start]);
        (0..count)
            .map(|n| self.spot(SpotId(word(AIRPORT_LISTS, start + 1 + n * 4))))
            .collect()
    }

    /// The towns whose position lies in that cell of one degree.
    pub(crate) fn cell(&self, row: i32, column: i32) -> impl Iterator<Item = Spot> + '_ {
        let cell = (row.clamp(0, 179) * 360 + column.rem_euclid(360)) as u16;
        let (mut at, mut left, mut before) = (0, 0, 0);
        if let Some(start) = cell_start(cell) {
            at = start;
            left = number(GRID, &mut at);
        }
        std::iter::from_fn(move || {
            left = left.checked_sub(1)?;
            before += number(GRID, &mut at);
            Some(self.spot(SpotId(before as u32)))
        })
    }

    /// The bits that `words` gave a folded word or phrase.
    pub(crate) fn word_class(&self, key: &str) -> u64 {
        self.words.get(key).map_or(0, |bits| bits.value())
    }
}

/// The spots of one name.
pub(crate) enum Postings {
    One(u64),
    Many { at: usize, left: u64, before: u64 },
    Done,
}

impl Postings {
    /// From the value of a key in `names` or `fuzzy`.
    pub(crate) fn at(value: u64) -> Self {
        if value & 1 == 1 {
            return Self::One(value >> 1);
        }
        let mut at = (value >> 1) as usize;
        let left = number(NAME_LISTS, &mut at);
        Self::Many {
            at,
            left,
            before: 0,
        }
    }
}

impl Iterator for Postings {
    type Item = (SpotId, Named);

    fn next(&mut self) -> Option<Self::Item> {
        let posting = match self {
            Self::Done | Self::Many { left: 0, .. } => return None,
            Self::One(only) => {
                let only = *only;
                *self = Self::Done;
                only
            }
            Self::Many { at, left, before } => {
                *left -= 1;
                *before += number(NAME_LISTS, at);
                *before
            }
        };
        let named = match posting & 3 {
            0 => Named::Name,
            1 => Named::OtherName,
            _ => Named::Nickname,
        };
        Some((SpotId((posting >> 2) as u32), named))
    }
}

#[expect(
    clippy::expect_used,
    reason = "the bytes were written by the build script and are part of the binary"
)]
fn map(bytes: &'static [u8]) -> Fst<&'static [u8]> {
    Fst::new(bytes).expect("a map made by the build script")
}

/// How many people live at a spot: the spots are sorted by it, and the table says where each count begins.
fn people(id: SpotId) -> u32 {
    let (mut low, mut high) = (0, PEOPLE.len() / 8);
    while high - low > 1 {
        let middle = usize::midpoint(low, high);
        if word(PEOPLE, middle * 8) <= id.0 {
            low = middle;
        } else {
            high = middle;
        }
    }
    word(PEOPLE, low * 8 + 4)
}

/// Where the list of a cell's towns begins.
fn cell_start(cell: u16) -> Option<usize> {
    let cells = GRID_CELLS.len() / CELL_BYTES;
    let (mut low, mut high) = (0, cells);
    while low < high {
        let middle = usize::midpoint(low, high);
        if half(GRID_CELLS, middle * CELL_BYTES) < cell {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    let found = low < cells && half(GRID_CELLS, low * CELL_BYTES) == cell;
    found.then(|| (word(GRID_CELLS, low * CELL_BYTES + 1) >> 8) as usize)
}

fn country(at: usize) -> Country {
    Country::of(&[SHORTS[at], SHORTS[at + 1]])
}

fn short(at: usize) -> &'static str {
    let letters = SHORTS.get(at..at + layout::division::SHORT_BYTES);
    let letters = letters.unwrap_or_default();
    let count = letters.iter().take_while(|b| **b != 0).count();
    std::str::from_utf8(&letters[..count]).unwrap_or_default()
}

fn kind(number: u64) -> Kind {
    match number {
        1 => Kind::Capital,
        2 => Kind::Seat,
        3 => Kind::LesserSeat,
        4 => Kind::Quarter,
        5 => Kind::Airport,
        6 => Kind::Area,
        _ => Kind::Town,
    }
}
