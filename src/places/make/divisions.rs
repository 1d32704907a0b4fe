//! Countries, their first and second level divisions, and every word that names one.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use super::super::fold::fold;
use super::super::layout::division::{
    BYTES, CAPITAL as CAPITAL_SPOT, COUNTRY, LEVEL, NAME, PARENT, PEOPLE, SHORT_BYTES,
};
use super::hand::Hand;
use super::source::Source;
use super::spots::{AIRPORT, AREA, CAPITAL, QUARTER, Spot, Spots};
use super::texts::Texts;
use super::{Made, field, field_or_none, push_number, write_map};

struct Division {
    /// `US`, `US.TX`, `US.TX.113`
    code: String,
    /// What people write for it: `TX`; empty when there is none.
    short: String,
    name: String,
    level: u8,
    parent: u16,
    capital_name: String,
    capital: u32,
    people: u64,
}

pub(crate) struct Divisions {
    list: Vec<Division>,
    by_code: HashMap<String, u16>,
    first: usize,
    second: usize,
    /// word -> (division, is it a code)
    words: BTreeMap<String, Vec<(u16, bool)>>,
}

impl Divisions {
    pub(crate) fn read(source: &Source, hand: &Hand) -> Made<Self> {
        let mut all = Self {
            list: Vec::new(),
            by_code: HashMap::new(),
            first: 0,
            second: 0,
            words: BTreeMap::new(),
        };
        for row in source.rows("countries")? {
            let cells: Vec<&str> = row.split('\t').collect();
            let [code, long, capital, names] = cells[..] else {
                return Err("a country has 4 columns".into());
            };
            let at = all.push(code, code, 0, names);
            all.list[at as usize].capital_name = fold(capital);
            all.word(long, at, true);
        }
        all.first = all.list.len();
        for row in source.rows("divisions1")? {
            all.division(row, 1)?;
        }
        all.second = all.list.len();
        for row in source.rows("divisions2")? {
            all.division(row, 2)?;
        }
        for row in hand.patches("alias") {
            let at = all
                .by_code(&row[0])
                .ok_or_else(|| format!("patches.tsv: no division {}", row[0]))?;
            for name in row[1].split('|') {
                all.word(name, at, false);
            }
        }
        for row in hand.patches("abbreviation") {
            let at = all
                .by_code(&row[0])
                .ok_or_else(|| format!("patches.tsv: no division {}", row[0]))?;
            for name in row[1].split('|') {
                all.word(name, at, true);
            }
        }
        Ok(all)
    }

    fn division(&mut self, row: &str, level: u8) -> Made<()> {
        let cells: Vec<&str> = row.split('\t').collect();
        let [code, iso, names] = cells[..] else {
            return Err("a division has 3 columns".into());
        };
        let local = code.rsplit('.').next().unwrap_or_default();
        let short = [iso, local]
            .into_iter()
            .find(|s| (2..=3).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_uppercase()));
        let short = if level == 1 {
            short.unwrap_or_default()
        } else {
            ""
        };
        let at = self.push(code, short, level, names);
        if level == 2 {
            for name in names.split('|') {
                self.word(bare_county(name), at, false);
                if let Some(bare) = name.strip_prefix("County ") {
                    self.word(&format!("Co {bare}"), at, false);
                }
            }
        }
        Ok(())
    }

    fn push(&mut self, code: &str, short: &str, level: u8, names: &str) -> u16 {
        let at = self.list.len() as u16;
        let parent = code
            .rsplit_once('.')
            .and_then(|(up, _)| self.by_code(up))
            .unwrap_or(u16::MAX);
        self.list.push(Division {
            code: code.to_owned(),
            short: short.to_owned(),
            name: names.split('|').next().unwrap_or_default().to_owned(),
            level,
            parent,
            capital_name: String::new(),
            capital: u32::MAX,
            people: 0,
        });
        self.by_code.insert(code.to_owned(), at);
        for name in names.split('|') {
            self.word(name, at, false);
        }
        self.word(short, at, true);
        at
    }

    fn word(&mut self, name: &str, at: u16, is_code: bool) {
        let key = fold(name);
        if key.is_empty() || (key.len() < 2 && key.is_ascii()) {
            return;
        }
        let meant = self.words.entry(key).or_default();
        if !meant.iter().any(|(known, _)| *known == at) {
            meant.push((at, is_code));
        }
    }

    pub(crate) fn by_code(&self, code: &str) -> Option<u16> {
        self.by_code.get(code).copied()
    }

    pub(crate) fn codes(&self) -> Vec<String> {
        self.list
            .iter()
            .map(|division| division.code.clone())
            .collect()
    }

    /// The smallest division that a spot is known to lie in; the others follow from it.
    pub(crate) fn smallest(&self, spot: &Spot) -> Made<u16> {
        let country = self.country(std::str::from_utf8(&spot.country)?)?;
        let parent = |at: u16| self.list.get(usize::from(at)).map(|d| d.parent);
        let odd = (spot.admin2 != u16::MAX && parent(spot.admin2) != Some(spot.admin1))
            || (spot.admin1 != u16::MAX && parent(spot.admin1) != Some(country));
        if odd {
            return Err(format!("{}: lies in a division of another one", spot.name).into());
        }
        let known = [spot.admin2, spot.admin1];
        let smallest = known.into_iter().find(|at| *at != u16::MAX);
        Ok(smallest.unwrap_or(country))
    }

    fn country(&self, code: &str) -> Made<u16> {
        let known = self.by_code(code).filter(|_| code.len() == 2);
        known.ok_or_else(|| format!("{code} is no country").into())
    }

    /// A row number of section `divisions1`, as the number of a division.
    pub(crate) fn first_level(&self, row: &str) -> Made<u16> {
        Ok(if row.is_empty() {
            u16::MAX
        } else {
            (self.first + row.parse::<usize>()?) as u16
        })
    }

    pub(crate) fn second_level(&self, row: &str) -> Made<u16> {
        Ok(if row.is_empty() {
            u16::MAX
        } else {
            (self.second + row.parse::<usize>()?) as u16
        })
    }

    /// Finds each division's people and the spot that stands for the whole of it.
    pub(crate) fn settle(&mut self, spots: &Spots) {
        let mut sums = vec![(0i64, 0i64, 0i64); self.list.len()];
        for (at, spot) in spots.list.iter().enumerate() {
            if spot.kind >= QUARTER {
                continue;
            }
            let country = self
                .by_code
                .get(std::str::from_utf8(&spot.country).unwrap_or_default())
                .copied();
            for id in [country, Some(spot.admin1), Some(spot.admin2)]
                .into_iter()
                .flatten()
                .filter(|id| *id != u16::MAX)
            {
                let sum = &mut sums[id as usize];
                let people = i64::from(spot.people) + 50;
                *sum = (
                    sum.0 + people,
                    sum.1 + people * i64::from(spot.lat),
                    sum.2 + people * i64::from(spot.lon),
                );
                let division = &mut self.list[id as usize];
                division.people += u64::from(spot.people);
                let seat = (division.level == 0
                    && (spot.kind == CAPITAL || fold(&spot.name) == division.capital_name))
                    || (division.level == 1 && (spot.kind == 2 || spot.kind == CAPITAL));
                let seated = division.capital != u32::MAX && division.capital & SEAT != 0;
                if division.level < 2 && ((seat && !seated) || division.capital == u32::MAX) {
                    division.capital = at as u32 | if seat { SEAT } else { 0 };
                }
            }
        }
        self.middles(spots, &sums);
        for division in &mut self.list {
            if division.capital != u32::MAX {
                division.capital &= !SEAT;
            }
        }
    }

    /// A county is answered by a town near the middle of its people.
    fn middles(&mut self, spots: &Spots, sums: &[(i64, i64, i64)]) {
        let mut best = vec![f64::MAX; self.list.len()];
        for (at, spot) in spots.list.iter().enumerate() {
            let id = spot.admin2;
            if id == u16::MAX || [QUARTER, AIRPORT, AREA].contains(&spot.kind) {
                continue;
            }
            let (people, lat, lon) = sums[id as usize];
            let (lat, lon) = (lat as f64 / people as f64, lon as f64 / people as f64);
            let east = (f64::from(spot.lon) - lon) * (lat / 1000.0).to_radians().cos();
            let away = (f64::from(spot.lat) - lat).hypot(east) / 9.0;
            let cost = away - 10.0 * f64::from(spot.people + 50).log10();
            if cost < best[id as usize] {
                best[id as usize] = cost;
                self.list[id as usize].capital = at as u32;
            }
        }
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.list.iter().map(|division| division.name.as_str())
    }

    /// Packed records, and the short forms apart. The reader's mirror is `places::gazetteer`.
    pub(crate) fn write(&self, texts: &Texts, out: &Path) -> Made<()> {
        let (mut records, mut shorts): (Vec<u8>, Vec<u8>) = (Vec::new(), Vec::new());
        for (at, division) in self.list.iter().enumerate() {
            let capital = (division.capital != u32::MAX).then(|| u64::from(division.capital));
            let parent = (division.parent != u16::MAX).then(|| u64::from(division.parent));
            let country = self.country(division.code.split('.').next().unwrap_or_default())?;
            let people = division.people.min(u64::from(u32::MAX));
            let record = field(texts.number(&division.name)?, NAME)?
                | field_or_none(capital, CAPITAL_SPOT)?
                | field_or_none(parent, PARENT)?
                | field(u64::from(country), COUNTRY)?
                | field(u64::from(division.level), LEVEL)?
                | field(people, PEOPLE)?;
            records.extend(&record.to_le_bytes()[..BYTES]);
            if at < self.second {
                let short = division.short.bytes().chain([0; SHORT_BYTES]);
                shorts.extend(short.take(SHORT_BYTES));
            }
        }
        std::fs::write(out.join("divisions.bin"), records)?;
        std::fs::write(out.join("shorts.bin"), shorts)?;
        self.write_words(out)
    }

    fn write_words(&self, out: &Path) -> Made<()> {
        let (mut lists, mut entries) = (Vec::new(), Vec::new());
        for (word, meant) in &self.words {
            entries.push((word.as_bytes(), lists.len() as u64));
            push_number(&mut lists, meant.len() as u64);
            for (id, is_code) in meant {
                push_number(&mut lists, u64::from(*id) << 1 | u64::from(*is_code));
            }
        }
        std::fs::write(out.join("division_lists.bin"), lists)?;
        write_map(&out.join("divisions.fst"), entries.into_iter())
    }
}

const SEAT: u32 = 1 << 31;

/// `Kent County` is also called `Kent`.
fn bare_county(name: &str) -> &str {
    for kind in [
        " County",
        " Parish",
        " District",
        " Borough",
        " Municipality",
        " Province",
        " Region",
        " Department",
    ] {
        if let Some(bare) = name.strip_suffix(kind) {
            return bare;
        }
    }
    name.strip_prefix("County ").unwrap_or(name)
}
