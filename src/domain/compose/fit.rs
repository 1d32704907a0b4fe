//! Clauses into a room: needed ones first, the others by rank, each whole or not at all.

use crate::domain::message::{septets_of, shorten, transliterate};

/// One fact, in one or more wordings, the longest first.
pub(super) struct Clause {
    /// Lower goes in first.
    rank: u8,
    /// Room is kept for its shortest wording.
    needed: bool,
    options: Vec<String>,
    /// A longer wording for when everything else is in.
    better: Option<String>,
}

impl Clause {
    pub(super) const fn none() -> Self {
        Self {
            rank: u8::MAX,
            needed: false,
            options: Vec::new(),
            better: None,
        }
    }

    pub(super) fn of<const N: usize>(rank: u8, options: [Option<String>; N]) -> Self {
        let mut options: Vec<String> = options.into_iter().flatten().collect();
        options.dedup();
        Self {
            rank,
            options,
            ..Self::none()
        }
    }

    pub(super) fn needed(rank: u8, words: Option<String>) -> Self {
        Self::needed_of(rank, [words])
    }

    pub(super) fn needed_of<const N: usize>(rank: u8, options: [Option<String>; N]) -> Self {
        Self {
            needed: true,
            ..Self::of(rank, options)
        }
    }

    pub(super) fn or_better(mut self, better: Option<String>) -> Self {
        self.better = better.filter(|better| self.options.first() != Some(better));
        self
    }
}

/// A message in the making.
pub(super) struct Draft {
    head: String,
    /// Letters that fit beside the head.
    room: usize,
    clauses: Vec<Clause>,
}

/// Septets that a place's name may take.
const NAME: usize = 44;

impl Draft {
    /// `Lyon Tue:`, `Paris, France, Tue:`, `Lyon:`.
    pub(super) fn new(place: &str, when: &str, room: usize) -> Self {
        let (room, name) = if septets_of(place).is_some() {
            (room, shorten(place, NAME))
        } else {
            (room * 70 / 160, shorten(place, NAME / 2))
        };
        let joint = match when {
            "" => "",
            _ if name.contains(',') => ", ",
            _ => " ",
        };
        let head = format!("{name}{joint}{when}:");
        let size = septets_of(&head).unwrap_or_else(|| head.encode_utf16().count());
        Self {
            room: room.saturating_sub(size),
            head,
            clauses: Vec::with_capacity(8),
        }
    }

    /// The next clause in the order of reading.
    pub(super) fn push(&mut self, clause: Clause) {
        if !clause.options.is_empty() {
            self.clauses.push(clause);
        }
    }

    /// Letters that one more needed clause may have when this one goes in too.
    pub(super) fn room_beside(&self, other: &Clause) -> usize {
        let other = other.options.last().map_or(0, |words| cost(words));
        self.room.saturating_sub(other + EDGES)
    }

    /// The text. `None` without any clause but the forecast's age.
    pub(super) fn fit(self) -> Option<String> {
        let telling = |clause: &&Clause| clause.needed && clause.rank != AGE;
        self.clauses.iter().find(telling)?;
        let mut order: Vec<usize> = (0..self.clauses.len()).collect();
        // An old forecast without its age would be a wrong one.
        order.sort_by_key(|at| (self.clauses[*at].rank != AGE, self.clauses[*at].rank));
        let mut chosen: Vec<Option<&str>> = vec![None; self.clauses.len()];
        let mut done = Vec::with_capacity(order.len());
        let mut left = self.room;
        for at in order {
            done.push(at);
            let options = &self.clauses[at].options;
            let within = |room: usize| options.iter().find(|words| cost(words) <= room);
            let reserved = within(left.saturating_sub(self.reserve(&done)));
            let in_need = || within(left).filter(|_| self.clauses[at].needed);
            let option = reserved.or_else(in_need);
            if let Some(words) = option {
                left -= cost(words);
                chosen[at] = Some(words);
            }
        }
        for (clause, words) in self.clauses.iter().zip(&mut chosen) {
            if let (Some(better), Some(now)) = (&clause.better, *words)
                && letters(better) <= letters(now) + left
            {
                left = left + letters(now) - letters(better);
                *words = Some(better);
            }
        }
        chosen
            .iter()
            .any(Option::is_some)
            .then(|| self.text(&chosen))
    }

    fn text(&self, chosen: &[Option<&str>]) -> String {
        let mut text = String::with_capacity(self.head.len() + self.room);
        text.push_str(&self.head);
        for words in chosen.iter().flatten() {
            text.push(' ');
            let mut letters = words.chars();
            text.extend(letters.next().map(capital));
            text.push_str(letters.as_str());
            text.push('.');
        }
        text
    }

    /// What the needed clauses that are not done will take at least.
    fn reserve(&self, done: &[usize]) -> usize {
        self.clauses
            .iter()
            .enumerate()
            .filter(|(at, clause)| clause.needed && !done.contains(at))
            .filter_map(|(_, clause)| clause.options.iter().map(|words| cost(words)).min())
            .sum()
    }
}

/// The capital letter, without its mark where GSM-7 lacks it: `É`, but `A` for `à`.
fn capital(letter: char) -> char {
    let capital: String = letter.to_uppercase().collect();
    let mut plain = transliterate(&capital).into_owned();
    match (plain.pop(), plain.is_empty()) {
        (Some(capital), true) => capital,
        _ => letter,
    }
}

/// The rank of the clause that tells a forecast's age, which alone is no forecast.
const AGE: u8 = 1;

/// The space before a clause and the full stop after it.
const EDGES: usize = 2;

/// Clauses are of letters that take one septet, or one unit: so say the tests of the phrases.
fn cost(words: &str) -> usize {
    letters(words) + EDGES
}

/// Septets or units of a clause.
pub(super) fn letters(words: &str) -> usize {
    words.chars().count()
}
