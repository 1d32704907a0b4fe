//! Tests of `domain/canary.rs`.

use super::*;

fn at(text: &str) -> Timestamp {
    format!("2026-11-{text}:00Z").parse().unwrap()
}

fn seen(due: &str, status: DeliveryStatus) -> Sighting {
    Sighting {
        due_at: at(due),
        status,
        at: at(due) + SignedDuration::from_mins(1),
    }
}

fn judge(next: &str, last: &[Sighting], now: &str) -> Canary {
    Canary::judge(Some(at(next)), last, SignedDuration::from_hours(3), at(now))
}

#[test]
fn a_text_has_time_to_arrive_and_then_it_is_missed() {
    use DeliveryStatus::{Delivered, Sent, Skipped};
    let yesterday = seen("20T07:00", Delivered);
    let today = seen("21T07:00", Sent);
    let well = Canary::Delivered { at: yesterday.at };
    assert_eq!(judge("22T07:00", &[today, yesterday], "21T10:00"), well);
    let missed = judge("22T07:00", &[today, yesterday], "21T10:01");
    let status = Some(Sent);
    let due_at = today.due_at;
    assert_eq!(missed, Canary::Missed { due_at, status });
    assert!(missed.is_wrong());
    let skipped = judge(
        "23T07:00",
        &[seen("22T07:00", Skipped), yesterday],
        "22T23:00",
    );
    assert!(skipped.is_wrong());
    let again = seen("22T07:00", Delivered);
    let well = Canary::Delivered { at: again.at };
    assert_eq!(judge("23T07:00", &[again, today], "22T07:02"), well);
}

#[test]
fn one_that_was_never_made_is_missed_too() {
    let yesterday = seen("20T07:00", DeliveryStatus::Delivered);
    let due_at = at("21T07:00");
    let missed = judge("21T07:00", &[yesterday], "21T10:01");
    let status = None;
    assert_eq!(missed, Canary::Missed { due_at, status });
}

#[test]
fn before_the_first_one_nothing_is_known() {
    let due_at = at("21T07:00");
    let waiting = Canary::Waiting { due_at };
    assert_eq!(judge("21T07:00", &[], "20T18:00"), waiting);
    assert!(!waiting.is_wrong());
    let under_way = seen("21T07:00", DeliveryStatus::Accepted);
    assert_eq!(judge("22T07:00", &[under_way], "21T07:05"), waiting);
    let none = Canary::judge(None, &[under_way], SignedDuration::ZERO, due_at);
    assert_eq!(none, Canary::Absent);
}
