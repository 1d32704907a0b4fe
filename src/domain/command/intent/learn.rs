//! Learns from the phrasebook which words speak for which intent: a multinomial logistic regression, the same on every machine.
//! `build.rs` runs it; the tests run it on a part of the book to see what it makes of the rest.

use std::collections::{HashMap, HashSet};

use super::features::{Feature, NAME, features, soften, word_key, words};
use super::kinds::INTENTS;

/// In the order of the enum: the name of each in the phrasebook.
pub(crate) const NAMES: [&str; INTENTS] = [
    "forecast",
    "stop",
    "end_one",
    "subscribe",
    "retime",
    "redays",
    "recondition",
    "move",
    "pause",
    "skip",
    "resume",
    "trip",
    "status",
    "units",
    "language",
    "call",
    "my_data",
    "delete_me",
    "no",
    "yes",
    "choose",
    "thanks",
    "greeting",
    "about",
    "wrong_number",
    "mistaken",
    "machine",
    "other",
];

/// One line of the phrasebook.
#[derive(Debug, Clone)]
pub(crate) struct Example {
    /// The place of its intent in the list of intents.
    pub(crate) class: usize,
    /// Its text, with real names of places.
    pub(crate) text: String,
    /// Whether it only says the same with other names.
    pub(crate) is_copy: bool,
}

/// Weights of every feature that is worth keeping, in small numbers.
#[derive(Debug, Clone)]
pub(crate) struct Table {
    /// Sorted hashes of features.
    pub(crate) keys: Vec<u32>,
    /// Their weights, class by class, in steps of `scale`.
    pub(crate) weights: Vec<i8>,
    /// What one step is worth.
    pub(crate) scale: f32,
    /// How many classes there are.
    pub(crate) classes: usize,
}

/// How often the book is read.
const EPOCHS: usize = 12;
/// How far a first step goes.
const RATE: f32 = 0.25;
/// How many features are kept.
const MOST_FEATURES: usize = 60_000;
/// How much is left to the other intents in what is learned: lines near to two of them teach no false certainty.
const DOUBT: f32 = 0.05;
/// Makes up for it in what is said of an unseen line: where it says 0.6 and more, nine of ten are right.
const CERTAINTY: f32 = 1.35;
/// How strongly rare words are held back.
const DECAY: f32 = 2e-4;

/// Reads `intent: text` lines; a `{place}` becomes names of places, another one each time. The error names the line.
///
/// # Errors
/// A line without an intent of the list.
pub(crate) fn read_book(
    book: &str,
    intents: &[&str],
    places: &[&str],
    times: usize,
) -> Result<Vec<Example>, String> {
    let mut all = Vec::new();
    for (nth, line) in book.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (intent, text) = line
            .split_once(": ")
            .ok_or_else(|| format!("line {}: no intent: {line}", nth + 1))?;
        let class = intents
            .iter()
            .position(|known| *known == intent)
            .ok_or_else(|| format!("line {}: no such intent: {intent}", nth + 1))?;
        let copies = if text.contains("{place}") { times } else { 1 };
        for copy in 0..copies {
            let filled = if copy == 0 && copies > 1 {
                text.replace("{place}", &NAME.to_string())
            } else {
                with_places(text, places, nth * 31 + copy * 17)
            };
            all.push(Example {
                class,
                is_copy: copy > 0 || (copies == 1 && text.contains("{place}")),
                text: filled,
            });
        }
    }
    Ok(all)
}

fn with_places(text: &str, places: &[&str], seed: usize) -> String {
    let mut parts = text.split("{place}");
    let mut filled = parts.next().unwrap_or("").to_owned();
    for (nth, part) in parts.enumerate() {
        let name = places
            .get((seed.wrapping_mul(7) + nth * 13) % places.len().max(1))
            .copied()
            .unwrap_or("");
        filled.push_str(name);
        filled.push_str(part);
    }
    filled
}

/// Learns.
#[must_use]
pub(crate) fn learn(examples: &[Example], classes: usize) -> Table {
    let words = vocabulary(examples);
    let seen: Vec<Vec<Feature>> = examples
        .iter()
        .map(|example| features(&example.text, |key| words.contains(&key)))
        .collect();
    let index = index(&seen);
    let known: Vec<Vec<(usize, f32)>> = seen
        .iter()
        .map(|all| {
            all.iter()
                .filter_map(|feature| Some((*index.get(&feature.key)?, feature.value)))
                .collect()
        })
        .collect();
    let mut weights = vec![0.0_f32; index.len() * classes];
    let mut slopes = vec![0.0_f32; index.len() * classes];
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut random: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut scores = vec![0.0_f32; classes];
    for _ in 0..EPOCHS {
        shuffle(&mut order, &mut random);
        for at in &order {
            let (example, all) = (&examples[*at], &known[*at]);
            scores.fill(0.0);
            for (feature, value) in all {
                let row = &weights[feature * classes..(feature + 1) * classes];
                for (score, weight) in scores.iter_mut().zip(row) {
                    *score += weight * value;
                }
            }
            soften(&mut scores);
            for (class, score) in scores.iter().enumerate() {
                let wished = if class == example.class {
                    1.0 - DOUBT
                } else {
                    DOUBT / (classes - 1) as f32
                };
                let off = score - wished;
                if off.abs() < 0.004 {
                    continue;
                }
                for (feature, value) in all {
                    let cell = feature * classes + class;
                    let slope = off * value + DECAY * weights[cell];
                    slopes[cell] += slope * slope;
                    weights[cell] -= RATE * slope / (slopes[cell].sqrt() + 1e-3);
                }
            }
        }
    }
    table(&index, &words, &weights, classes)
}

/// The words of at least two lines.
fn vocabulary(examples: &[Example]) -> HashSet<u32> {
    let mut counts: HashMap<u32, u32> = HashMap::new();
    for example in examples.iter().filter(|example| !example.is_copy) {
        let mut all: Vec<u32> = words(&example.text)
            .iter()
            .map(|word| word_key(word))
            .collect();
        all.sort_unstable();
        all.dedup();
        for key in all {
            *counts.entry(key).or_default() += 1;
        }
    }
    counts
        .into_iter()
        .filter(|(_, count)| *count > 1)
        .map(|(key, _)| key)
        .collect()
}

/// Which feature has which row; one that stands in a single line says nothing about others.
fn index(seen: &[Vec<Feature>]) -> HashMap<u32, usize> {
    let mut counts: HashMap<u32, u32> = HashMap::new();
    for feature in seen.iter().flatten() {
        *counts.entry(feature.key).or_default() += 1;
    }
    let mut keys: Vec<u32> = counts
        .into_iter()
        .filter(|(_, count)| *count > 1)
        .map(|(key, _)| key)
        .collect();
    keys.sort_unstable();
    keys.into_iter()
        .enumerate()
        .map(|(row, key)| (key, row))
        .collect()
}

fn shuffle(order: &mut [usize], random: &mut u64) {
    for at in (1..order.len()).rev() {
        *random ^= *random << 13;
        *random ^= *random >> 7;
        *random ^= *random << 17;
        let other = (*random % (at as u64 + 1)) as usize;
        order.swap(at, other);
    }
}

/// Keeps what weighs most, in steps of one 127th of the heaviest.
fn table(
    index: &HashMap<u32, usize>,
    known: &HashSet<u32>,
    weights: &[f32],
    classes: usize,
) -> Table {
    let weight = |row: usize| -> f32 {
        weights[row * classes..(row + 1) * classes]
            .iter()
            .map(|weight| weight * weight)
            .sum()
    };
    let mut rows: Vec<(u32, usize, f32)> = index
        .iter()
        .map(|(key, row)| (*key, *row, weight(*row)))
        .collect();
    let kept = |key: u32| known.contains(&key);
    rows.sort_by(|a, b| {
        kept(b.0)
            .cmp(&kept(a.0))
            .then(b.2.total_cmp(&a.2))
            .then(a.0.cmp(&b.0))
    });
    rows.truncate(MOST_FEATURES);
    rows.sort_unstable_by_key(|(key, _, _)| *key);
    let most = weights
        .iter()
        .fold(1e-6_f32, |most, weight| most.max(weight.abs()));
    let step = most / 127.0;
    let scale = step * CERTAINTY;
    let mut table = Table {
        keys: Vec::with_capacity(rows.len()),
        weights: Vec::with_capacity(rows.len() * classes),
        scale,
        classes,
    };
    for (key, row, _) in rows {
        table.keys.push(key);
        let row = &weights[row * classes..(row + 1) * classes];
        table
            .weights
            .extend(row.iter().map(|weight| (weight / step).round() as i8));
    }
    table
}

impl Table {
    /// The table as bytes: how many features, the scale, the keys, the weights; little-endian.
    #[must_use]
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(8 + self.keys.len() * (4 + self.classes));
        bytes.extend((self.keys.len() as u32).to_le_bytes());
        bytes.extend(self.scale.to_le_bytes());
        for key in &self.keys {
            bytes.extend(key.to_le_bytes());
        }
        bytes.extend(self.weights.iter().map(|weight| weight.cast_unsigned()));
        bytes
    }
}
