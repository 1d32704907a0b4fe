//! Tests of `domain/delivery.rs`.

use super::*;
use proptest::prelude::*;

const REPORTS: [DeliveryStatus; 5] = [
    DeliveryStatus::Accepted,
    DeliveryStatus::Sent,
    DeliveryStatus::Delivered,
    DeliveryStatus::Undelivered,
    DeliveryStatus::Failed,
];

proptest! {
    #[test]
    fn any_order_of_any_reports_ends_in_one_status(
        reports in proptest::collection::vec(0usize..5, 1..8), seed in any::<u64>(), start in 0usize..10,
    ) {
        let start = DeliveryStatus::ALL[start];
        let end = |order: &[usize]| order.iter().fold(start, |status, r| status.advance(REPORTS[*r]));
        let mut shuffled = reports.clone();
        let n = shuffled.len();
        for i in 0..n {
            shuffled.swap(i, (seed as usize).wrapping_mul(i + 7) % n);
        }
        shuffled.push(reports[0]);
        prop_assert_eq!(end(&reports), end(&shuffled));
    }
}

#[test]
fn names_read_back() {
    for status in DeliveryStatus::ALL {
        assert_eq!(DeliveryStatus::parse(status.name()), Some(status));
    }
    for kind in DeliveryKind::ALL {
        assert_eq!(DeliveryKind::parse(kind.name()), Some(kind));
    }
}

#[test]
fn backoff_doubles_within_bounds() {
    assert_eq!(backoff_ms(1, 0.0), 5_000);
    assert_eq!(backoff_ms(2, 1.0), 5_000);
    assert_eq!(backoff_ms(60, 0.0), 600_000);
}
