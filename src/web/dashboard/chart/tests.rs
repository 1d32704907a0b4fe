//! Tests of `web/dashboard/chart.rs`.

use super::*;

#[test]
fn the_axis_ends_at_a_round_number() {
    for (most, top) in [
        (0, 2),
        (1, 2),
        (3, 4),
        (5, 6),
        (10, 10),
        (11, 12),
        (41, 50),
        (104, 120),
        (417, 500),
        (1_000_000, 1_000_000),
        (u64::MAX, u64::MAX),
    ] {
        assert_eq!(round_up(most), top, "{most}");
    }
}

#[test]
fn columns_stay_on_the_chart() {
    let mut hours = Hours::default();
    hours[7] = [1_000_000, 1, 1, 1, 1];
    hours[23] = [0, 0, 5, 0, 0];
    let mut page = Page::default();
    svg(&mut page, &hours, 7);
    let svg = page.done();
    assert_eq!(svg.matches("<title>").count(), 6);
    assert!(svg.contains("07:00 Delivered: 1,000,000"));
    assert!(!svg.contains("=\"-"), "{svg}");
}
