//! The only place that reads the time: the system's clock, one that is set by hand, or the system's with an offset and a pace.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Instant;

use jiff::Timestamp;

/// Tells the time. Cloning shares a manual or shifted clock.
#[derive(Debug, Clone)]
pub enum Clock {
    /// The system's.
    System,
    /// Stands still until it is set.
    Manual(Arc<AtomicI64>),
    /// Runs from a set time at a set pace; for the simulator.
    Shifted(Arc<Shift>),
}

/// The state of a shifted clock.
#[derive(Debug)]
pub struct Shift {
    started: Instant,
    speed: i64,
    base_ms: AtomicI64,
}

impl Clock {
    /// A clock that stands at `at`.
    #[must_use]
    pub fn manual(at: Timestamp) -> Self {
        Self::Manual(Arc::new(AtomicI64::new(at.as_millisecond())))
    }

    /// A clock that runs from now, `speed` times as fast as the world's.
    #[must_use]
    pub fn shifted(speed: u32) -> Self {
        let base_ms = AtomicI64::new(Timestamp::now().as_millisecond());
        Self::Shifted(Arc::new(Shift {
            started: Instant::now(),
            speed: i64::from(speed.max(1)),
            base_ms,
        }))
    }

    /// The time, to the millisecond.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        match self {
            Self::System => Timestamp::now(),
            Self::Manual(at) => at_ms(at.load(Ordering::SeqCst)),
            Self::Shifted(shift) => at_ms(
                shift
                    .base_ms
                    .load(Ordering::SeqCst)
                    .saturating_add(shift.elapsed_ms()),
            ),
        }
    }

    /// Milliseconds since some start, never going back: for pace and time limits only.
    #[must_use]
    pub fn monotonic_ms(&self) -> i64 {
        static START: OnceLock<Instant> = OnceLock::new();
        let start = START.get_or_init(Instant::now);
        i64::try_from(start.elapsed().as_millis()).unwrap_or(i64::MAX)
    }

    /// Moves a manual or shifted clock to `at`; the system's clock does not move.
    pub fn set(&self, at: Timestamp) {
        match self {
            Self::System => {}
            Self::Manual(ms) => ms.store(at.as_millisecond(), Ordering::SeqCst),
            Self::Shifted(shift) => shift
                .base_ms
                .store(at.as_millisecond() - shift.elapsed_ms(), Ordering::SeqCst),
        }
    }
}

impl Shift {
    fn elapsed_ms(&self) -> i64 {
        i64::try_from(self.started.elapsed().as_millis())
            .unwrap_or(i64::MAX / self.speed)
            .saturating_mul(self.speed)
    }
}

fn at_ms(ms: i64) -> Timestamp {
    Timestamp::from_millisecond(ms).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manual_clock_stands_and_moves() {
        let at: Timestamp = "2026-03-08T12:00:00Z".parse().unwrap();
        let clock = Clock::manual(at);
        assert_eq!(clock.now(), at);
        let later = "2027-01-01T00:00:00Z".parse().unwrap();
        clock.clone().set(later);
        assert_eq!(clock.now(), later);
    }

    #[test]
    fn a_shifted_clock_goes_on_from_where_it_was_set() {
        let clock = Clock::shifted(1);
        let later: Timestamp = "2030-01-01T00:00:00Z".parse().unwrap();
        clock.set(later);
        assert!(clock.now() >= later);
        assert!(clock.now() < "2030-01-01T01:00:00Z".parse().unwrap());
    }
}
