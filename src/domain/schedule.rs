//! When a daily forecast is due: one instant per local calendar date, through DST, date lines and edits.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::{Date, Time, Weekday};

use super::zone::Zone;

/// A local time of day to the minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SendTime {
    hour: u8,
    minute: u8,
}

impl SendTime {
    /// Seven in the morning.
    pub const SEVEN: Self = Self { hour: 7, minute: 0 };

    /// `None` unless hour is 0-23 and minute 0-59.
    #[must_use]
    pub const fn new(hour: u8, minute: u8) -> Option<Self> {
        if hour < 24 && minute < 60 {
            Some(Self { hour, minute })
        } else {
            None
        }
    }

    /// Reads `07:00`, the form of the database, the configuration and JSON. What people text is read by
    /// [`super::command`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (hour, minute) = text.split_once(':')?;
        if hour.len() > 2 || minute.len() != 2 {
            return None;
        }
        Self::new(hour.parse().ok()?, minute.parse().ok()?)
    }

    /// Hour, 0-23.
    #[must_use]
    pub const fn hour(self) -> u8 {
        self.hour
    }

    /// Minute, 0-59.
    #[must_use]
    pub const fn minute(self) -> u8 {
        self.minute
    }
}

impl fmt::Display for SendTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.hour, self.minute)
    }
}

/// On which weekdays; never none of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Days(u8);

impl Days {
    /// Every day.
    pub const DAILY: Self = Self(0b111_1111);
    /// Monday to Friday.
    pub const WEEKDAYS: Self = Self(0b001_1111);
    /// Saturday and Sunday.
    pub const WEEKENDS: Self = Self(0b110_0000);

    /// These days; `None` when there is none.
    #[must_use]
    pub fn of(days: impl IntoIterator<Item = Weekday>) -> Option<Self> {
        let bits = days
            .into_iter()
            .fold(0, |bits, day| bits | 1 << day.to_monday_zero_offset());
        (bits != 0).then_some(Self(bits))
    }

    /// Reads what `Display` writes: `daily`, `weekdays`, `weekends` or `mon,wed,fri`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text.trim().to_ascii_lowercase().as_str() {
            "daily" => Some(Self::DAILY),
            "weekdays" => Some(Self::WEEKDAYS),
            "weekends" => Some(Self::WEEKENDS),
            list => {
                let mut bits = 0;
                for name in list.split([',', ' ']).filter(|n| !n.is_empty()) {
                    bits |= 1 << NAMES.iter().position(|n| *n == name)?;
                }
                (bits != 0).then_some(Self(bits))
            }
        }
    }

    /// Whether the weekday is one of them.
    #[must_use]
    pub fn contains(self, day: Weekday) -> bool {
        self.0 & (1 << day.to_monday_zero_offset()) != 0
    }

    /// The days, Monday first.
    pub fn iter(self) -> impl Iterator<Item = Weekday> {
        (0..7)
            .filter(move |bit| self.0 & (1 << bit) != 0)
            .filter_map(|bit| Weekday::from_monday_zero_offset(bit).ok())
    }
}

impl fmt::Display for Days {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::DAILY => f.write_str("daily"),
            Self::WEEKDAYS => f.write_str("weekdays"),
            Self::WEEKENDS => f.write_str("weekends"),
            Self(bits) => {
                let names: Vec<_> = (0..7)
                    .filter(|bit| bits & (1 << bit) != 0)
                    .map(|bit| NAMES[bit])
                    .collect();
                f.write_str(&names.join(","))
            }
        }
    }
}

const NAMES: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// One due date of a schedule: the local calendar date and the instant it falls due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    /// The local calendar date that the delivery is for.
    pub date: Date,
    /// The first instant at or after the wished time on that date.
    pub at: Timestamp,
}

/// The first slot whose instant is not before `from` and whose date is after `after_date` (the last date that already has
/// a delivery, `None` if there never was one).
///
/// In a DST gap a slot is the first instant after it, in an overlap the first of the two. A date that the zone skips
/// altogether (a move across the date line) has no slot. `None` only at the end of the calendar.
#[must_use]
pub fn next_slot(
    time: SendTime,
    days: Days,
    zone: &Zone,
    from: Timestamp,
    after_date: Option<Date>,
) -> Option<Slot> {
    let start = from.to_zoned(zone.rules().clone()).date();
    // A slot can lie on the date before `from`'s only by a gap at midnight: look one day back.
    let mut date = start.yesterday().ok()?;
    if let Some(after) = after_date.filter(|after| *after >= date) {
        date = after.tomorrow().ok()?;
    }
    // Two weeks hold every pattern of weekdays and any skipped date.
    for _ in 0..15 {
        if days.contains(date.weekday())
            && let Some(slot) = slot_on(date, time, zone)
            && slot.at >= from
        {
            return Some(slot);
        }
        date = date.tomorrow().ok()?;
    }
    None
}

/// The slot of one local date, `None` where the zone has no such date.
#[must_use]
pub fn slot_on(date: Date, time: SendTime, zone: &Zone) -> Option<Slot> {
    let wished = date.to_datetime(
        Time::new(
            i8::try_from(time.hour).ok()?,
            i8::try_from(time.minute).ok()?,
            0,
            0,
        )
        .ok()?,
    );
    let ambiguous = zone.rules().to_ambiguous_timestamp(wished);
    let at = match ambiguous.offset() {
        jiff::tz::AmbiguousOffset::Unambiguous { .. } | jiff::tz::AmbiguousOffset::Fold { .. } => {
            ambiguous.earlier().ok()?
        }
        jiff::tz::AmbiguousOffset::Gap { .. } => {
            // The wished wall time never comes: take the instant of the change itself.
            let before = ambiguous.earlier().ok()?;
            zone.rules()
                .following(before)
                .next()
                .map(|change| change.timestamp())?
        }
    };
    let lands_on = at.to_zoned(zone.rules().clone()).date();
    (lands_on == date).then_some(Slot { date, at })
}

#[cfg(test)]
mod tests {
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
}
