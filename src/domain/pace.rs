//! The pace of a sender: so many segments a second, with a second's worth of burst at most.

/// A token bucket over milliseconds that the caller reads from a clock that never goes back.
#[derive(Debug, Clone)]
pub struct Pace {
    per_second: f64,
    tokens: f64,
    at_ms: i64,
}

impl Pace {
    /// A bucket for `per_second` segments; 0 or less means no limit.
    #[must_use]
    pub const fn new(per_second: f64) -> Self {
        Self {
            per_second,
            tokens: 1.0,
            at_ms: i64::MIN,
        }
    }

    /// Whether there is no limit.
    #[must_use]
    pub fn is_unlimited(&self) -> bool {
        self.per_second <= 0.0
    }

    /// Takes the segments of one message, or says for how many milliseconds to wait first. A message larger than the
    /// bucket may go when the bucket is full, and leaves a debt.
    ///
    /// # Errors
    /// The wait in milliseconds, at least 1.
    pub fn take(&mut self, segments: usize, now_ms: i64) -> Result<(), u64> {
        if self.is_unlimited() {
            return Ok(());
        }
        if self.at_ms == i64::MIN {
            self.at_ms = now_ms;
        }
        #[expect(
            clippy::cast_precision_loss,
            reason = "seconds of uptime and a few segments are small"
        )]
        let (elapsed, wanted) = (
            (now_ms - self.at_ms).max(0) as f64 / 1000.0,
            segments.max(1) as f64,
        );
        self.at_ms = now_ms.max(self.at_ms);
        let size = self.per_second.max(1.0);
        self.tokens = self.per_second.mul_add(elapsed, self.tokens).min(size);
        let needed = wanted.min(size);
        if self.tokens + 1e-9 >= needed {
            self.tokens -= wanted;
            return Ok(());
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "positive and at most minutes"
        )]
        let wait = ((needed - self.tokens) / self.per_second * 1000.0).ceil() as u64;
        Err(wait.max(1))
    }

    /// How many seconds `segments` take.
    #[must_use]
    pub fn seconds_for(&self, segments: u64) -> u64 {
        if self.is_unlimited() {
            return 0;
        }
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "an estimate for people"
        )]
        let seconds = (segments as f64 / self.per_second).ceil() as u64;
        seconds
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_a_second_is_one_a_second() {
        let mut pace = Pace::new(1.0);
        let mut now = 1_000;
        let mut sent_at = Vec::new();
        while sent_at.len() < 5 {
            match pace.take(1, now) {
                Ok(()) => sent_at.push(now),
                Err(wait) => now += i64::try_from(wait).unwrap(),
            }
        }
        assert_eq!(sent_at, [1_000, 2_000, 3_000, 4_000, 5_000]);
    }

    #[test]
    fn two_segments_cost_two_seconds_and_zero_means_no_limit() {
        let mut pace = Pace::new(1.0);
        assert_eq!(pace.take(2, 0), Ok(()));
        assert_eq!(pace.take(1, 0), Err(2_000));
        let mut free = Pace::new(0.0);
        assert!((0..1000).all(|_| free.take(3, 0).is_ok()));
        assert_eq!(Pace::new(2.0).seconds_for(7), 4);
    }

    #[test]
    fn a_clock_that_goes_back_neither_blocks_nor_gives() {
        let mut pace = Pace::new(1.0);
        assert_eq!(pace.take(1, 10_000), Ok(()));
        assert_eq!(pace.take(1, 5_000), Err(1_000));
        assert_eq!(pace.take(1, 11_000), Ok(()));
    }
}
