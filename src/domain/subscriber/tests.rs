//! A subscription's life: whatever is edited in between, each local date is used once at most, and nothing falls asleep.

use std::collections::HashSet;

use jiff::SignedDuration;
use proptest::prelude::*;

use super::*;
use crate::domain::place::Coordinates;
use crate::domain::zone::Zone;

/// Zones at both ends of the day, with odd changes of their clocks, and plain ones.
const ZONES: [&str; 10] = [
    "Europe/Paris",
    "America/New_York",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
    "Australia/Lord_Howe",
    "Pacific/Chatham",
    "Africa/Casablanca",
    "Antarctica/Troll",
    "Asia/Kathmandu",
    "Pacific/Apia",
];

fn place(which: usize) -> Place {
    Place {
        name: ZONES[which % ZONES.len()].to_owned(),
        admin1: None,
        admin1_code: None,
        country: Country::of(b"FR"),
        coordinates: Coordinates::new(0.0, 0.0).unwrap(),
        elevation_m: None,
        zone: Zone::named(ZONES[which % ZONES.len()]).unwrap(),
    }
}

fn time(minutes: usize) -> SendTime {
    let minutes = u16::try_from(minutes % 1440).unwrap();
    SendTime::new((minutes / 60) as u8, (minutes % 60) as u8).unwrap()
}

fn edit(subscription: &mut Subscription, what: u8, which: usize, now: Timestamp) {
    let today = now.to_zoned(subscription.place.zone.rules().clone()).date();
    match what {
        0 => subscription.time = time(which),
        1 => subscription.place = place(which),
        2 => subscription.days = [Days::DAILY, Days::WEEKDAYS, Days::WEEKENDS][which % 3],
        3 => {
            subscription.trip = Some(Trip {
                place: place(which),
                until: today + jiff::Span::new().days((which % 6) as i64),
            });
        }
        _ => subscription.trip = None,
    }
    subscription.reschedule(now);
}

proptest! {
    #[test]
    fn no_edit_makes_a_second_one_for_a_date_and_none_puts_it_to_sleep(
        start in 0i64..200_000, first in 0usize..1440,
        edits in proptest::collection::vec((0u8..5, 0usize..1440, 1i64..4_000), 1..25),
    ) {
        // From 2010 on, which has the date that Apia skipped.
        let mut now = Timestamp::from_second(1_262_304_000 + start * 3_600).unwrap();
        let mut subscription = Subscription::new(place(first), time(first), now);
        let mut used = HashSet::new();
        for (what, which, minutes) in edits {
            let next_edit = now + SignedDuration::from_mins(minutes);
            // Every date that falls due before the edit gets its record.
            while let Some(slot) = subscription.next.filter(|slot| slot.at <= next_edit) {
                prop_assert!(used.insert(slot.date), "{} twice", slot.date);
                prop_assert!(slot.at >= now, "{} lies before {now}", slot.at);
                now = slot.at;
                subscription.last_date = Some(slot.date);
                subscription.next = subscription.slot_from(slot.at);
            }
            now = next_edit;
            edit(&mut subscription, what, which, now);
            // The longest wait: a weekend to come, behind a date used up on the other side of the date line.
            let next = subscription.next.unwrap();
            prop_assert!(next.at >= now && next.at <= now + SignedDuration::from_hours(24 * 16));
        }
    }
}
