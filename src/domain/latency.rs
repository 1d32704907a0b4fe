//! How long answers took: a histogram of milliseconds, from "at once" to longer than anybody waits.

/// A histogram over [`Latency::BOUNDS_MS`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Latency {
    /// How many up to each bound and above the one before it; the last is everything beyond.
    pub buckets: [u64; Self::BOUNDS_MS.len() + 1],
    /// All milliseconds together.
    pub sum_ms: u64,
}

impl Latency {
    /// The upper bounds, milliseconds.
    pub const BOUNDS_MS: [u64; 9] = [50, 100, 250, 500, 1_000, 2_000, 4_000, 8_000, 15_000];

    /// Counts one answer.
    pub fn add(&mut self, took_ms: u64) {
        let bucket = Self::BOUNDS_MS.iter().position(|bound| took_ms <= *bound);
        self.buckets[bucket.unwrap_or(Self::BOUNDS_MS.len())] += 1;
        self.sum_ms = self.sum_ms.saturating_add(took_ms);
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.buckets.iter().sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_answer_falls_into_one_bucket() {
        let mut latency = Latency::default();
        for took_ms in [0, 50, 51, 15_000, 15_001, 60_000] {
            latency.add(took_ms);
        }
        assert_eq!(latency.buckets, [2, 1, 0, 0, 0, 0, 0, 0, 1, 2]);
        assert_eq!((latency.count(), latency.sum_ms), (6, 90_102));
    }
}
