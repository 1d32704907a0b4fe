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
mod tests;
