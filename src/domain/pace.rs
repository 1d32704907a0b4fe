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
mod tests;
