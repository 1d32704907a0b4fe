//! Names within a few typing errors: a walk over the map with one row of distances a letter.

use std::cell::Cell;

use fst::raw::{Fst, Node, Output};

/// Longest word that is looked for.
const WIDTH: usize = 40;
/// Some milliseconds of trying letters.
const MOST_LETTERS: u32 = 400_000;
type Row = [u8; WIDTH + 1];

/// A key, what it maps to, and how many errors away it is. A swap of two letters is one error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Near {
    pub(crate) key: String,
    pub(crate) value: u64,
    pub(crate) edits: usize,
}

/// How many letters may be tried for one text, so that none takes long whatever it is.
#[derive(Debug)]
pub(crate) struct Effort(Cell<u32>);

impl Effort {
    pub(crate) const fn of_one_text() -> Self {
        Self(Cell::new(MOST_LETTERS))
    }

    fn take(&self) -> bool {
        let left = self.0.get();
        self.0.set(left.saturating_sub(1));
        left > 0
    }
}

/// How many errors a word of that length may have.
pub(crate) fn tolerance(length: usize) -> usize {
    match length {
        0..=4 => 0,
        5..=6 => 1,
        7..=10 => 2,
        _ => 3,
    }
}

/// Every key within `most` errors of an ASCII word.
pub(crate) fn near(
    map: &Fst<&'static [u8]>,
    word: &str,
    most: usize,
    effort: &Effort,
) -> Vec<Near> {
    let wanted = word.as_bytes();
    if wanted.is_empty() || wanted.len() > WIDTH || !word.is_ascii() || most == 0 {
        return Vec::new();
    }
    let mut first = [0; WIDTH + 1];
    for (at, cell) in first.iter_mut().enumerate() {
        *cell = at as u8;
    }
    let mut walk = Walk {
        map,
        wanted,
        most: most as u8,
        effort,
        key: Vec::with_capacity(WIDTH + 4),
        found: Vec::new(),
    };
    walk.step(map.root(), Output::zero(), &first, &first);
    walk.found
}

struct Walk<'m> {
    map: &'m Fst<&'static [u8]>,
    wanted: &'m [u8],
    most: u8,
    effort: &'m Effort,
    key: Vec<u8>,
    found: Vec<Near>,
}

impl Walk<'_> {
    /// `above` is the row of the key so far, `before` the one of the key without its last letter.
    fn step(&mut self, node: Node<'_>, out: Output, above: &Row, before: &Row) {
        if node.is_final() && above[self.wanted.len()] <= self.most {
            self.found.push(Near {
                key: String::from_utf8_lossy(&self.key).into_owned(),
                value: out.cat(node.final_output()).value(),
                edits: usize::from(above[self.wanted.len()]),
            });
        }
        // The first letter is mostly right: those names first, should the effort not be enough for all.
        let right = node
            .find_input(self.wanted[0])
            .filter(|_| self.key.is_empty());
        let others = (0..node.len()).filter(|at| Some(*at) != right);
        for at in right.into_iter().chain(others) {
            if !self.effort.take() {
                return;
            }
            let transition = node.transition(at);
            let (row, best) = self.row(transition.inp, above, before);
            if best <= self.most && self.key.len() < WIDTH {
                self.key.push(transition.inp);
                self.step(
                    self.map.node(transition.addr),
                    out.cat(transition.out),
                    &row,
                    above,
                );
                self.key.pop();
            }
        }
    }

    /// The row after one more letter, and the least number in it.
    fn row(&self, letter: u8, above: &Row, before: &Row) -> (Row, u8) {
        let mut row = [u8::MAX; WIDTH + 1];
        // Only cells near the diagonal can stay within the limit.
        let depth = self.key.len() + 1;
        let reach = usize::from(self.most);
        let (low, high) = (
            depth.saturating_sub(reach).max(1),
            (depth + reach).min(self.wanted.len()),
        );
        if low == 1 {
            row[0] = above[0].saturating_add(1);
        }
        let mut best = row[0];
        for at in low..=high {
            let wanted = self.wanted[at - 1];
            let substituted = above[at - 1].saturating_add(u8::from(wanted != letter));
            let mut cost = substituted
                .min(above[at].saturating_add(1))
                .min(row[at - 1].saturating_add(1));
            let swapped =
                at >= 2 && self.key.last() == Some(&wanted) && self.wanted[at - 2] == letter;
            if swapped {
                cost = cost.min(before[at - 2].saturating_add(1));
            }
            row[at] = cost;
            best = best.min(cost);
        }
        (row, best)
    }
}

#[cfg(test)]
mod tests;
