//! When a provider is left alone for a while: because it said so, or because it keeps failing.

use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

/// This many failures in a row begin a pause.
const TOLERATED: u32 = 3;
/// The first pause after failures, seconds; doubled with each further failure up to [`LONGEST_S`]. Short, because whoever
/// waits for the weather's return is promised a text within two minutes.
const FIRST_S: i64 = 10;
const LONGEST_S: i64 = 40;
/// No provider says longer than a day; a pause further ahead means that the clock was set back.
const BELIEVABLE: SignedDuration = SignedDuration::from_hours(25);

/// One provider's breaker.
#[derive(Debug, Default)]
pub(super) struct Breaker(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    failures: u32,
    closed_until: Option<Timestamp>,
}

impl Breaker {
    /// Until when the provider is not to be asked.
    pub(super) fn pause(&self, now: Timestamp) -> Option<Timestamp> {
        let state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state
            .closed_until
            .filter(|&until| now < until && until.duration_since(now) <= BELIEVABLE)
    }

    /// It answered.
    pub(super) fn succeeded(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = State::default();
    }

    /// It failed; the pause this begins, if one.
    pub(super) fn failed(&self, now: Timestamp) -> Option<Timestamp> {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.failures = state.failures.saturating_add(1);
        let beyond = state.failures.checked_sub(TOLERATED)?;
        let pause_s = (FIRST_S << beyond.min(8)).min(LONGEST_S);
        state.closed_until = now.checked_add(SignedDuration::from_secs(pause_s)).ok();
        state.closed_until
    }

    /// It asked to be left alone.
    pub(super) fn refused(&self, until: Timestamp) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.failures = 0;
        state.closed_until = Some(until);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_780_000_000 + second).unwrap()
    }

    #[test]
    fn three_failures_begin_a_pause_that_grows_to_forty_seconds() {
        let breaker = Breaker::default();
        assert_eq!(breaker.failed(at(0)), None);
        assert_eq!(breaker.failed(at(0)), None);
        assert_eq!(breaker.failed(at(0)), Some(at(10)));
        assert_eq!(breaker.pause(at(9)), Some(at(10)));
        assert_eq!(breaker.pause(at(10)), None);
        assert_eq!(breaker.failed(at(10)), Some(at(30)));
        assert_eq!(breaker.failed(at(30)), Some(at(70)));
        assert_eq!(breaker.failed(at(70)), Some(at(110)));
    }

    #[test]
    fn a_success_forgets_failures() {
        let breaker = Breaker::default();
        for _ in 0..3 {
            breaker.failed(at(0));
        }
        breaker.succeeded();
        assert_eq!(breaker.pause(at(1)), None);
        assert_eq!(breaker.failed(at(1)), None);
    }

    #[test]
    fn a_refusal_holds_until_its_end_and_not_through_a_clock_set_back() {
        let breaker = Breaker::default();
        breaker.refused(at(3600));
        assert_eq!(breaker.pause(at(0)), Some(at(3600)));
        assert_eq!(breaker.pause(at(3600)), None);
        assert_eq!(breaker.pause(at(-200_000)), None);
    }
}
