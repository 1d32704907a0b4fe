//! What the sender remembers: holds, and how many at once.

use super::*;

fn sender() -> Sender {
    Sender::new(Pace::new(0.0), 8)
}

#[test]
fn a_fault_of_ours_holds_everybody_and_probes_slowly() {
    let mut sender = sender();
    let now = Timestamp::UNIX_EPOCH;
    let refused = SendOutcome::Rejected {
        code: 20003,
        treatment: Treatment::HoldAll,
    };
    sender.learn(&refused, now, 0);
    assert_eq!(sender.room(0, 1), Err(59_999));
    assert_eq!(sender.room(0, 60_000), Ok(1));
    assert_eq!(sender.room(1, 60_000), Ok(0));
    sender.learn(&refused, now, 60_000);
    assert_eq!(sender.room(0, 120_000), Err(60_000));
    sender.learn(&SendOutcome::Accepted { sid: "SM1".into() }, now, 200_000);
    assert_eq!(sender.room(0, 200_000), Ok(16), "as many again may wait");
}

#[test]
fn what_is_claimed_ahead_is_sent_within_moments() {
    let mut sender = sender();
    assert_eq!(sender.lanes(), (8, 8));
    // Ten a second: never less than the lanes are.
    for second in 1..20 {
        sender.settled(10, second * 1_000);
    }
    assert_eq!(sender.lanes(), (8, 8));
    // Five hundred a second, then ten thousand.
    for tenth in 1..40 {
        sender.settled(50, 20_000 + tenth * 100);
    }
    assert_eq!(sender.lanes(), (8, 20));
    for tenth in 1..40 {
        sender.settled(1_000, 30_000 + tenth * 100);
    }
    assert_eq!(
        sender.lanes(),
        (8, 32),
        "no more than the lanes take in four rounds"
    );
}

#[test]
fn too_many_requests_halve_the_concurrency() {
    let mut sender = sender();
    let slow = SendOutcome::Retry {
        code: Some(20429),
        slow_down: true,
    };
    for most in [4, 2, 1, 1] {
        sender.learn(&slow, Timestamp::UNIX_EPOCH, 0);
        assert_eq!(sender.lanes().0, most);
        assert_eq!(sender.room(most, 0), Ok(sender.lanes().1));
    }
    sender.learn(
        &SendOutcome::Accepted { sid: "SM1".into() },
        Timestamp::UNIX_EPOCH,
        0,
    );
    assert_eq!(sender.lanes().0, 2);
}
