//! The mornings ahead as the sender lives them: when a burst begins, and when the last of it is out at the sender's pace.

use jiff::{SignedDuration, Timestamp};

/// A stretch of time in which the sender is never idle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Burst {
    /// When it begins.
    pub begins_at: Timestamp,
    /// When its last text is out.
    pub ends_at: Timestamp,
    /// How many texts it has.
    pub texts: u64,
    /// How much later than due its latest text is.
    pub latest: SignedDuration,
}

/// The bursts of `ahead` (how many texts of one segment fall due when, in order) at `segments_per_second`; 0 is no limit. What
/// `waits` already, in segments, goes first.
#[must_use]
pub fn bursts(
    waits: u64,
    ahead: &[(Timestamp, u64)],
    segments_per_second: f64,
    now: Timestamp,
) -> Vec<Burst> {
    let mut bursts: Vec<Burst> = Vec::new();
    let first = (waits > 0).then_some((now, waits));
    for (due, texts) in first.into_iter().chain(ahead.iter().copied()) {
        let due = due.max(now);
        let takes = takes(texts, segments_per_second);
        match bursts.last_mut() {
            Some(burst) if due <= burst.ends_at => {
                burst.ends_at = later(burst.ends_at, takes);
                burst.texts += texts;
                burst.latest = burst.latest.max(burst.ends_at.duration_since(due));
            }
            _ => bursts.push(Burst {
                begins_at: due,
                ends_at: later(due, takes),
                texts,
                latest: takes,
            }),
        }
    }
    bursts
}

fn takes(texts: u64, segments_per_second: f64) -> SignedDuration {
    if segments_per_second <= 0.0 {
        return SignedDuration::ZERO;
    }
    #[expect(clippy::cast_precision_loss, reason = "an estimate for people")]
    let seconds = texts as f64 / segments_per_second;
    SignedDuration::try_from_secs_f64(seconds).unwrap_or(SignedDuration::MAX)
}

fn later(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.saturating_add(by).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn what_falls_due_while_the_sender_is_busy_joins_the_burst() {
        let ahead = [(at(100), 60), (at(130), 30), (at(1_000), 5)];
        let found = bursts(0, &ahead, 1.0, at(0));
        assert_eq!(found.len(), 2);
        let first = found[0];
        assert_eq!((first.begins_at, first.ends_at), (at(100), at(190)));
        assert_eq!((first.texts, first.latest.as_secs()), (90, 60));
        assert_eq!(
            (found[1].begins_at, found[1].ends_at),
            (at(1_000), at(1_005))
        );
    }

    #[test]
    fn what_waits_and_what_is_overdue_go_out_from_now_on() {
        let found = bursts(10, &[(at(5), 10)], 2.0, at(50));
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].begins_at, found[0].ends_at), (at(50), at(60)));
        assert_eq!(found[0].texts, 20);
    }

    #[test]
    fn without_a_limit_everything_goes_at_once() {
        let found = bursts(0, &[(at(5), 10_000), (at(6), 1)], 0.0, at(0));
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].ends_at, at(5));
        assert!(bursts(0, &[], 0.0, at(0)).is_empty());
    }
}
