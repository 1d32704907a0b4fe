//! Tests of `domain/cost.rs`.

use super::*;

#[test]
fn amounts_are_exact_and_read_well() {
    let price = Amount::of_millionths(8_300);
    assert_eq!(price.to_string(), "0.0083");
    assert_eq!(price.times(3).to_string(), "0.0249");
    assert_eq!(Amount::of_millionths(12_000_000).to_string(), "12");
    assert_eq!(Amount::default().to_string(), "0");
    assert_eq!(Amount::default().rounded(), "0.00");
    assert_eq!(Amount::of_millionths(4_999).rounded(), "0.00");
    assert_eq!(Amount::of_millionths(5_000).rounded(), "0.01");
    assert_eq!(
        Amount::of_millionths(1_234_567_894_999).rounded(),
        "1,234,567.89"
    );
    assert_eq!(Amount::of_millionths(u64::MAX).times(2).0, u64::MAX);
}

#[test]
fn every_piece_has_its_price() {
    let prices = Prices {
        currency: "USD".to_owned(),
        segment_out: Amount::of_millionths(1),
        segment_in: Amount::of_millionths(100),
        call_out: Amount::of_millionths(10_000),
        call_in: Amount::of_millionths(1_000_000),
    };
    let once = Billed {
        segments_out: 1,
        segments_in: 2,
        calls_out: 3,
        calls_in: 4,
    };
    assert_eq!(prices.total(once).millionths(), 4_030_201);
    assert_eq!(prices.total(once.and(once)).millionths(), 8_060_402);
    assert_eq!(prices.total(Billed::default()), Amount::default());
}
