//! The index files that the build script made, read in place: nothing is unpacked, nothing lies on the heap.

use fst::raw::Fst;

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
    pub(crate) name: &'static str,
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
    pub(crate) name: &'static str,
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

static SPOTS: &[u8] = made!("spots.bin");
static TEXTS: &[u8] = made!("texts.bin");
static NAME_LISTS: &[u8] = made!("name_lists.bin");
static DIVISIONS: &[u8] = made!("divisions.bin");
static DIVISION_LISTS: &[u8] = made!("division_lists.bin");
static POSTCODES: &[u8] = made!("postcodes.bin");
static POSTCODE_TOWNS: &[u8] = made!("postcode_towns.bin");
static AIRPORT_LISTS: &[u8] = made!("airport_lists.bin");
static GRID: &[u8] = made!("grid.bin");
static ZONES: &str = include_str!(concat!(env!("OUT_DIR"), "/zones.txt"));
const SPOT_BYTES: usize = 28;
const DIVISION_BYTES: usize = 20;
const NONE: u16 = u16::MAX;

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
        let record = &DIVISIONS[usize::from(id) * DIVISION_BYTES..][..DIVISION_BYTES];
        let short = record[17..20].iter().take_while(|b| **b != 0).count();
        let parent = half(record, 12);
        Division {
            id,
            name: text(word(record, 0)),
            short: static_text(&DIVISIONS[usize::from(id) * DIVISION_BYTES + 17..][..short]),
            capital: Some(word(record, 4))
                .filter(|at| *at != u32::MAX)
                .map(SpotId),
            people: word(record, 8),
            parent: (parent != NONE).then_some(parent),
            country: Country::of(&[record[14], record[15]]),
            level: record[16],
        }
    }

    pub(crate) fn spot(&self, id: SpotId) -> Spot {
        let record = &SPOTS[id.0 as usize * SPOT_BYTES..][..SPOT_BYTES];
        let optional = |at: usize| Some(half(record, at)).filter(|value| *value != NONE);
        let height = half(record, 22).cast_signed();
        Spot {
            id,
            latitude: f64::from(word(record, 0).cast_signed()) / 1000.0,
            longitude: f64::from(word(record, 4).cast_signed()) / 1000.0,
            people: word(record, 8),
            name: text(word(record, 12)),
            admin1: optional(16),
            admin2: optional(18),
            zone: optional(20),
            height_m: (height != i16::MIN).then_some(height),
            country: Country::of(&[record[24], record[25]]),
            kind: kind(record[26]),
            fame: record[27],
        }
    }

    pub(crate) fn zone_name(&self, zone: u16) -> Option<&'static str> {
        self.zones.get(usize::from(zone)).copied()
    }

    /// Position of a postcode's number and its town, if named.
    pub(crate) fn postcode(&self, at: u64) -> (f64, f64, Option<&'static str>) {
        let mut bytes = [0; 8];
        bytes.copy_from_slice(&POSTCODES[at as usize * 8..][..8]);
        let packed = u64::from_le_bytes(bytes);
        let (lat, lon, town) = (packed & 0x3FFFF, packed >> 18 & 0x7FFFF, packed >> 37);
        let town = (town > 0).then(|| text(word(POSTCODE_TOWNS, (town as usize - 1) * 4)));
        (
            lat as f64 / 1000.0 - 90.0,
            lon as f64 / 1000.0 - 180.0,
            town,
        )
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
        let cell = (row.clamp(0, 179) * 360 + column.rem_euclid(360)) as usize;
        let (start, end) = (
            word(GRID, cell * 4) as usize,
            word(GRID, cell * 4 + 4) as usize,
        );
        let members = (360 * 180 + 1) * 4;
        (start..end).map(move |n| self.spot(SpotId(word(GRID, members + n * 4))))
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

fn kind(byte: u8) -> Kind {
    match byte {
        1 => Kind::Capital,
        2 => Kind::Seat,
        3 => Kind::LesserSeat,
        4 => Kind::Quarter,
        5 => Kind::Airport,
        6 => Kind::Area,
        _ => Kind::Town,
    }
}

fn text(reference: u32) -> &'static str {
    static_text(&TEXTS[(reference & 0xFF_FFFF) as usize..][..(reference >> 24) as usize])
}

fn static_text(bytes: &'static [u8]) -> &'static str {
    std::str::from_utf8(bytes).unwrap_or_default()
}

fn word(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

fn half(bytes: &[u8], at: usize) -> u16 {
    u16::from_le_bytes([bytes[at], bytes[at + 1]])
}

/// Seven bits a byte, the last one without the high bit.
fn number(bytes: &[u8], at: &mut usize) -> u64 {
    let (mut value, mut shift) = (0, 0);
    loop {
        let byte = bytes[*at];
        *at += 1;
        value |= u64::from(byte & 0x7F) << shift;
        shift += 7;
        if byte & 0x80 == 0 {
            return value;
        }
    }
}
