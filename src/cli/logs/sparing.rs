//! The same failure again and again: so many lines of a kind a minute, the rest is counted.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use tracing::callsite::Identifier;

/// What to do with a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    Tell,
    /// So many were held back before it.
    TellAfter(u64),
    HoldBack,
}

/// Counts the lines of each place in the code that writes some.
#[derive(Default)]
pub(super) struct Sparing(Mutex<HashMap<Identifier, Kind>>);

#[derive(Debug, Clone, Copy, Default)]
struct Kind {
    begun_ms: i64,
    told: u32,
    held_back: u64,
}

impl Sparing {
    pub(super) fn verdict(&self, place: Identifier, now_ms: i64) -> Verdict {
        let mut kinds = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kinds.entry(place).or_default().verdict(now_ms)
    }
}

impl Kind {
    fn verdict(&mut self, now_ms: i64) -> Verdict {
        let mut held_back = 0;
        if self.told == 0 || now_ms - self.begun_ms >= MINUTE_MS {
            held_back = self.held_back;
            *self = Self {
                begun_ms: now_ms,
                ..Self::default()
            };
        }
        if self.told >= MOST {
            self.held_back += 1;
            return Verdict::HoldBack;
        }
        self.told += 1;
        match held_back {
            0 => Verdict::Tell,
            _ => Verdict::TellAfter(held_back),
        }
    }
}

const MINUTE_MS: i64 = 60_000;
/// A failure of every second for a whole day stays below three megabytes.
const MOST: u32 = 10;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_a_minute_are_told_and_the_rest_counted() {
        let mut kind = Kind::default();
        let told = |kind: &mut Kind, from: i64| {
            let verdicts = (0..100).map(|n| kind.verdict(from + n * 500));
            verdicts.filter(|v| *v != Verdict::HoldBack).count()
        };
        assert_eq!(told(&mut kind, 1_000), 10);
        assert_eq!(kind.verdict(60_999), Verdict::HoldBack);
        assert_eq!(kind.verdict(61_000), Verdict::TellAfter(91));
        assert_eq!(kind.verdict(61_001), Verdict::Tell);
        assert_eq!(kind.verdict(500_000), Verdict::Tell);
    }
}
