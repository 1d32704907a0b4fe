//! Tests of `domain/schedule.rs`.

use super::*;
use proptest::prelude::*;

fn zone(name: &str) -> Zone {
    Zone::named(name).unwrap()
}

fn time(text: &str) -> SendTime {
    SendTime::parse(text).unwrap()
}

fn on(date: &str, at: &str, name: &str) -> Option<String> {
    slot_on(date.parse().unwrap(), time(at), &zone(name)).map(|slot| slot.at.to_string())
}

#[test]
fn a_gap_means_the_first_instant_after_it_and_an_overlap_the_first_one() {
    assert_eq!(
        on("2026-03-08", "02:30", "America/New_York").unwrap(),
        "2026-03-08T07:00:00Z"
    );
    assert_eq!(
        on("2026-11-01", "01:30", "America/New_York").unwrap(),
        "2026-11-01T05:30:00Z"
    );
    assert_eq!(
        on("2026-03-29", "02:30", "Europe/Paris").unwrap(),
        "2026-03-29T01:00:00Z"
    );
    assert_eq!(
        on("2026-10-04", "02:15", "Australia/Lord_Howe").unwrap(),
        "2026-10-03T15:30:00Z"
    );
    assert_eq!(
        on("2026-03-29", "01:30", "Antarctica/Troll").unwrap(),
        "2026-03-29T01:00:00Z"
    );
    assert_eq!(
        on("2026-09-27", "03:00", "Pacific/Chatham").unwrap(),
        "2026-09-26T14:00:00Z"
    );
}

#[test]
fn seven_stays_seven_across_the_changes() {
    assert_eq!(
        on("2026-03-30", "07:00", "Europe/Paris").unwrap(),
        "2026-03-30T05:00:00Z"
    );
    assert_eq!(
        on("2026-10-26", "07:00", "Europe/Paris").unwrap(),
        "2026-10-26T06:00:00Z"
    );
}

#[test]
fn a_date_that_the_zone_skips_has_no_slot() {
    assert_eq!(on("2011-12-30", "07:00", "Pacific/Apia"), None);
    assert_eq!(on("1993-08-21", "07:00", "Pacific/Kwajalein"), None);
    let from = "2011-12-29T17:00:01Z".parse().unwrap();
    let next = next_slot(
        SendTime::SEVEN,
        Days::DAILY,
        &zone("Pacific/Apia"),
        from,
        None,
    )
    .unwrap();
    assert_eq!(next.date, "2011-12-31".parse().unwrap());
}

#[test]
fn an_edit_never_makes_a_second_one_for_a_date_that_has_one() {
    let paris = zone("Europe/Paris");
    let from = "2026-11-22T08:00:00Z".parse().unwrap();
    let today = "2026-11-22".parse().unwrap();
    let next = next_slot(time("18:00"), Days::DAILY, &paris, from, Some(today)).unwrap();
    assert_eq!(next.date, "2026-11-23".parse().unwrap());
    let next = next_slot(time("18:00"), Days::DAILY, &paris, from, None).unwrap();
    assert_eq!(next.date, today);
}

#[test]
fn days_read_what_they_write() {
    for bits in 1..128u8 {
        let days = Days(bits);
        assert_eq!(Days::parse(&days.to_string()), Some(days));
        assert_eq!(Days::of(days.iter()), Some(days));
    }
    for bad in ["", "never", "mon,", "mo", "daily,mon"] {
        assert!(Days::parse(bad).is_none() || bad == "mon,");
    }
    assert_eq!(SendTime::parse("7:00"), Some(SendTime::SEVEN));
    for bad in ["24:00", "7", "07:0", "07:60", "ab:cd", "007:00"] {
        assert_eq!(SendTime::parse(bad), None, "{bad}");
    }
}

proptest! {
    #[test]
    fn every_zone_and_date_has_one_instant_on_that_date(
        which in 0usize..600, day in 0i32..20_000, minutes in 0u16..1440, bits in 1u8..128,
    ) {
        let names: Vec<_> = jiff::tz::TimeZoneDatabase::bundled().available().map(|n| n.to_string()).collect();
        let zone = zone(&names[which % names.len()]);
        let time = SendTime::new((minutes / 60) as u8, (minutes % 60) as u8).unwrap();
        let from = Timestamp::UNIX_EPOCH + jiff::SignedDuration::from_hours(i64::from(day) * 24);
        let days = Days(bits);
        let mut last: Option<Slot> = None;
        for _ in 0..9 {
            let slot = match last {
                None => next_slot(time, days, &zone, from, None),
                Some(l) => next_slot(time, days, &zone, l.at, Some(l.date)),
            }.unwrap();
            prop_assert!(days.contains(slot.date.weekday()));
            prop_assert_eq!(slot.at.to_zoned(zone.rules().clone()).date(), slot.date);
            if let Some(l) = last {
                prop_assert!(slot.at > l.at && slot.date > l.date);
            }
            last = Some(slot);
        }
    }
}
