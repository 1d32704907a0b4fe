//! `data/words.tsv`: words around a place's name, and texts that are none.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::super::fold::fold;
use super::{Made, write_map};

/// Classes, as the bits that `places::words` reads.
const CLASSES: &[&str] = &[
    "filler", "weather", "refuse", "airport", "before", "common", "fiction", "name", "topic",
    "code", "everyday",
];

/// One map from a folded word or phrase to its classes.
pub(crate) fn write(data: &Path, out: &Path) -> Made<()> {
    let mut words: BTreeMap<String, u64> = BTreeMap::new();
    for line in fs::read_to_string(data.join("words.tsv"))?
        .lines()
        .filter(|l| !l.is_empty() && !l.starts_with('#'))
    {
        let (class, list) = line
            .split_once('\t')
            .ok_or_else(|| format!("words.tsv: no tab in {line:?}"))?;
        let bit = CLASSES
            .iter()
            .position(|c| *c == class)
            .ok_or_else(|| format!("words.tsv: no class {class:?}"))?;
        let separator = if list.contains('|') { '|' } else { ' ' };
        for word in list.split(separator) {
            let key = fold(word);
            if !key.is_empty() {
                *words.entry(key).or_default() |= 1 << bit;
            }
        }
    }
    write_map(
        &out.join("words.fst"),
        words.iter().map(|(k, v)| (k.as_bytes(), *v)),
    )
}
