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

    /// How many segments may go now.
    ///
    /// # Errors
    /// The wait in milliseconds, at least 1, while not one may.
    pub fn ready(&mut self, now_ms: i64) -> Result<usize, u64> {
        if self.is_unlimited() {
            return Ok(usize::MAX);
        }
        if self.at_ms == i64::MIN {
            self.at_ms = now_ms;
        }
        #[expect(clippy::cast_precision_loss, reason = "seconds since the last call")]
        let elapsed = (now_ms - self.at_ms).max(0) as f64 / 1000.0;
        self.at_ms = now_ms.max(self.at_ms);
        self.tokens = self
            .per_second
            .mul_add(elapsed, self.tokens)
            .min(self.per_second.max(1.0));
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between 1 and the pace, or a short wait"
        )]
        if self.tokens + 1e-6 >= 1.0 {
            Ok((self.tokens + 1e-6) as usize)
        } else {
            Err(((1.0 - self.tokens) / self.per_second * 1000.0)
                .ceil()
                .max(1.0) as u64)
        }
    }

    /// Counts segments that go out now; more than was ready leaves a debt.
    pub fn spend(&mut self, segments: usize) {
        if !self.is_unlimited() {
            #[expect(clippy::cast_precision_loss, reason = "a few segments")]
            let segments = segments as f64;
            self.tokens -= segments;
        }
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
            match pace.ready(now) {
                Ok(ready) => {
                    assert_eq!(ready, 1);
                    pace.spend(1);
                    sent_at.push(now);
                }
                Err(wait) => now += i64::try_from(wait).unwrap(),
            }
        }
        assert_eq!(sent_at, [1_000, 2_000, 3_000, 4_000, 5_000]);
    }

    #[test]
    fn ten_thousand_due_at_once_take_ten_thousand_seconds_and_no_second_has_two() {
        let mut pace = Pace::new(1.0);
        let (mut now, mut sent, mut last) = (0, 0, -1_000);
        while sent < 10_000 {
            match pace.ready(now) {
                Ok(_) => {
                    assert!(now - last >= 1_000, "two within a second at {now} ms");
                    pace.spend(1);
                    (last, sent) = (now, sent + 1);
                }
                Err(wait) => now += i64::try_from(wait).unwrap(),
            }
        }
        assert!(now < 10_001_000, "{now} ms");
        assert_eq!(pace.seconds_for(10_000), 10_000);
    }

    #[test]
    fn two_segments_cost_two_seconds_and_zero_means_no_limit() {
        let mut pace = Pace::new(1.0);
        assert_eq!(pace.ready(0), Ok(1));
        pace.spend(2);
        assert_eq!(pace.ready(0), Err(2_000));
        let mut free = Pace::new(0.0);
        free.spend(1_000_000);
        assert_eq!(free.ready(0), Ok(usize::MAX));
        assert_eq!(Pace::new(2.0).seconds_for(7), 4);
    }

    #[test]
    fn a_fast_sender_has_a_second_of_burst_and_no_more() {
        let mut pace = Pace::new(10.0);
        assert_eq!(pace.ready(0), Ok(1));
        assert_eq!(pace.ready(60_000), Ok(10));
    }

    #[test]
    fn a_clock_that_goes_back_neither_blocks_nor_gives() {
        let mut pace = Pace::new(1.0);
        assert_eq!(pace.ready(10_000), Ok(1));
        pace.spend(1);
        assert_eq!(pace.ready(5_000), Err(1_000));
        assert_eq!(pace.ready(11_000), Ok(1));
    }
}
