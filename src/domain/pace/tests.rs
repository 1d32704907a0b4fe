//! Tests of `domain/pace.rs`.

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
