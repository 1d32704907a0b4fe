//! Every name of every spot: the exact map, and a smaller one that bears typing errors.

use std::collections::HashMap;
use std::path::Path;

use super::super::fold::fold;
use super::hand::Hand;
use super::spots::{AIRPORT, QUARTER, Spots, country_bytes};
use super::{Made, airports, push_number, write_map};

/// What a name is to its spot; the reader's mirror is `places::gazetteer::Named`.
const NAME: u64 = 0;
const OTHER_NAME: u64 = 1;
const NICKNAME: u64 = 2;

pub(crate) struct Names {
    /// folded name, spot and what the name is to it
    all: Vec<(String, u64)>,
}

impl Names {
    pub(crate) fn collect(spots: &Spots, hand: &Hand) -> Made<Self> {
        let mut all = Vec::with_capacity(spots.list.len() * 5);
        let mut by_name: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, spot) in spots.list.iter().enumerate() {
            let mut add = |name: String, class: u64| {
                if !name.is_empty() {
                    all.push((name, (at as u64) << 2 | class));
                }
            };
            if spot.kind == AIRPORT {
                airports::names(&spot.name, &spot.other_names)
                    .into_iter()
                    .for_each(|name| add(name, NAME));
                continue;
            }
            let name = fold(&spot.name);
            by_name.entry(name.clone()).or_default().push(at);
            add(name, NAME);
            for other in &spot.other_names {
                add(fold(other), OTHER_NAME);
            }
        }
        for row in hand.patches("airport_name") {
            let at = spots.list.iter().position(|spot| spot.codes[0] == row[0]);
            let at = at.ok_or_else(|| format!("patches.tsv: no airport {}", row[0]))?;
            for name in row[1].split('|') {
                all.push((fold(name), (at as u64) << 2 | NICKNAME));
            }
        }
        for row in &hand.nicknames {
            let at = target(row, &by_name, spots)
                .ok_or_else(|| format!("nicknames.tsv: no such place: {row:?}"))?;
            for nickname in row[0].split('|') {
                all.push((fold(nickname), (at as u64) << 2 | NICKNAME));
            }
        }
        all.sort_unstable();
        // One entry a spot and name: a nickname beats an alternate name, the name beats both.
        all.dedup_by(|b, a| {
            let same = a.0 == b.0 && a.1 >> 2 == b.1 >> 2;
            if same && b.1 & 3 == NICKNAME && a.1 & 3 != NAME {
                a.1 = b.1;
            }
            same
        });
        Ok(Self { all })
    }

    pub(crate) fn write(&self, spots: &Spots, out: &Path) -> Made<()> {
        let (mut lists, mut entries, mut fuzzy) = (Vec::new(), Vec::new(), Vec::new());
        for group in self.all.chunk_by(|a, b| a.0 == b.0) {
            let key = group[0].0.as_bytes();
            let value = if let [(_, only)] = group {
                only << 1 | 1
            } else {
                lists_push(&mut lists, group) << 1
            };
            entries.push((key, value));
            if bears_errors(group, spots) {
                fuzzy.push((key, value));
            }
        }
        std::fs::write(out.join("name_lists.bin"), lists)?;
        write_map(&out.join("names.fst"), entries.into_iter())?;
        write_map(&out.join("fuzzy.fst"), fuzzy.into_iter())
    }
}

fn lists_push(lists: &mut Vec<u8>, group: &[(String, u64)]) -> u64 {
    let offset = lists.len() as u64;
    push_number(lists, group.len() as u64);
    let mut before = 0;
    for (_, posting) in group {
        push_number(lists, posting - before);
        before = *posting;
    }
    offset
}

/// Names of places that people mistype often enough to be worth the noise.
fn bears_errors(group: &[(String, u64)], spots: &Spots) -> bool {
    let key = &group[0].0;
    let latin = key.bytes().all(|b| b.is_ascii_lowercase() || b == b' ');
    latin
        && (4..=40).contains(&key.len())
        && group.iter().any(|(_, posting)| {
            let spot = &spots.list[(posting >> 2) as usize];
            let people = if spot.kind == QUARTER {
                spot.people / 10
            } else {
                spot.people
            };
            match posting & 3 {
                OTHER_NAME => people >= 50_000,
                NICKNAME => key.len() >= 6,
                _ => people >= 1_000 || (spot.kind == AIRPORT && key.len() >= 7),
            }
        })
}

/// The place that a nickname's row names: the first, which is the biggest, of that name there.
fn target(row: &[String], by_name: &HashMap<String, Vec<usize>>, spots: &Spots) -> Option<usize> {
    let (name, whence) = (fold(&row[1]), &row[2]);
    by_name.get(&name)?.iter().copied().find(|at| {
        let spot = &spots.list[*at];
        spot.country == country_bytes(whence)
            && (whence.len() == 2 || spots.division_is(spot.admin1, whence))
    })
}
