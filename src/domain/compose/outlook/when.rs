//! Times as people say them: hours of the local clock, or parts of the day where the data know no hours.

use jiff::{SignedDuration, Timestamp};

use super::{Fog, Reach, Spell, Stretch};
use crate::domain::zone::Zone;

/// When something happens within a stretch. Hours are 0 to 24 of the local clock; 24 is the midnight that ends a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::domain) enum When {
    /// All of it.
    Throughout(Reach),
    /// From before it, until the hour.
    Until(u8),
    /// From the hour, until after it.
    From(u8),
    /// From one to the other.
    Between(u8, u8),
    /// An hour or less.
    Around(u8),
    /// From part to part of the day.
    Parts(Part, Part),
}

/// A part of the day, for data that know no hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::domain) enum Part {
    Night,
    Morning,
    Midday,
    Afternoon,
    Evening,
}

pub(in crate::domain) fn of_spell(
    spell: &Spell,
    alone: bool,
    stretch: &Stretch,
    zone: &Zone,
) -> When {
    let when = of_range((spell.from, spell.to), spell.coarse, stretch, zone);
    // What begins while people sleep and goes on until they sleep again lasts all day.
    let whole_day = alone && stretch.reach == Reach::Day && hour_before(stretch.from, zone) == 0;
    match when {
        When::From(..=SLEEP) if whole_day => When::Throughout(Reach::Day),
        when => when,
    }
}

/// Until this hour it matters to few whether it rains since then or since midnight.
const SLEEP: u8 = 3;

pub(in crate::domain) fn of_fog(fog: &Fog, stretch: &Stretch, zone: &Zone) -> When {
    of_range((fog.from, fog.to), fog.coarse, stretch, zone)
}

pub(in crate::domain) fn of_range(
    (from, to): (Timestamp, Timestamp),
    coarse: bool,
    stretch: &Stretch,
    zone: &Zone,
) -> When {
    let opens = from <= stretch.from;
    // Whether it ends at eleven or at midnight matters to few.
    let closes = to >= stretch.to || (!coarse && stretch.ends_a_day() && to >= stretch.to - HOUR);
    let (from, to) = (from.max(stretch.from), to.min(stretch.to));
    let (first, last) = (hour_before(from, zone), hour_after(to, zone));
    match (opens, closes) {
        (true, true) => When::Throughout(stretch.reach),
        _ if coarse => {
            let half = SignedDuration::from_hours(3);
            When::Parts(
                part(hour_before(from + half, zone)),
                part(hour_before(to - half, zone)),
            )
        }
        (true, false) => When::Until(last),
        (false, true) => When::From(first),
        _ if from.duration_until(to) <= HOUR => When::Around(first),
        // Clocks went back in it: "1am to 1am" would say nothing.
        _ if first == last => When::Around(first),
        _ => When::Between(first, last),
    }
}

const HOUR: SignedDuration = SignedDuration::from_hours(1);

const fn part(hour: u8) -> Part {
    match hour {
        6..11 => Part::Morning,
        11..14 => Part::Midday,
        14..18 => Part::Afternoon,
        18..23 => Part::Evening,
        _ => Part::Night,
    }
}

/// The local hour that has begun: 0 to 23.
pub(in crate::domain) fn hour_before(time: Timestamp, zone: &Zone) -> u8 {
    let civil = zone.rules().to_datetime(time);
    u8::try_from(civil.hour()).unwrap_or(0)
}

/// The local hour that is nearest, the next one from half past on.
pub(in crate::domain) fn nearest_hour(time: Timestamp, zone: &Zone) -> u8 {
    hour_before(time + SignedDuration::from_mins(30), zone)
}

/// The local hour that has begun or, past it, the next: 1 to 24.
pub(in crate::domain) fn hour_after(time: Timestamp, zone: &Zone) -> u8 {
    let civil = zone.rules().to_datetime(time);
    let past = u8::from(civil.minute() > 0 || civil.second() > 0);
    let hour = u8::try_from(civil.hour()).unwrap_or(0) + past;
    if hour == 0 { 24 } else { hour }
}
