//! What a stretch of weather amounts to, before any words: spells, sky, temperatures, wind.

mod air;
mod fall;
mod names;
mod sky;
mod spells;
mod sun;
mod when;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

pub(super) use air::{High, Peak, Wind, covered, day_peak, extremes};
pub(super) use fall::{Fall, Family, Kind, Strength, fall, falling};
pub(in crate::domain) use fall::{falls_as_rain, falls_as_snow};
pub(super) use names::Name;
pub(super) use sky::{Cover, Fog, Murk, Sky};
pub(super) use spells::{Spell, Spells};
pub(super) use sun::Sun;
pub(super) use when::{Part, When, hour_before, nearest_hour, of_fog, of_range, of_spell};

use crate::domain::forecast::{Forecast, Hour};
use crate::domain::place::Place;
use crate::domain::zone::Zone;

/// The stretch `[from, to)` that a text is about, and how people call all of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Stretch {
    pub(super) from: Timestamp,
    pub(super) to: Timestamp,
    pub(super) reach: Reach,
    /// A whole day that has not begun: people will sleep through the first hours of it.
    pub(super) ahead: bool,
}

/// What "all of it" is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    Day,
    RestOfDay,
    Evening,
    LateEvening,
    Night,
    NextHours,
}

impl Stretch {
    /// All of a local date.
    pub(super) fn day(date: Date, place: &Place) -> Option<Self> {
        Some(Self {
            from: local(place, date, 0)?,
            to: local(place, date.tomorrow().ok()?, 0)?,
            reach: Reach::Day,
            ahead: true,
        })
    }

    /// What is left of the local day.
    pub(super) fn rest_of_day(now: Timestamp, place: &Place) -> Option<Self> {
        let today = now.to_zoned(place.zone.rules().clone());
        let day = Self::day(today.date(), place)?;
        let reach = match today.hour() {
            ..10 => Reach::Day,
            10..17 => Reach::RestOfDay,
            17..21 => Reach::Evening,
            _ => Reach::LateEvening,
        };
        let from = full_hour(now).max(day.from);
        Some(Self {
            from,
            reach,
            ahead: false,
            ..day
        })
    }

    /// The night that runs or comes: 18:00 to 06:00.
    pub(super) fn night(now: Timestamp, place: &Place) -> Option<Self> {
        let today = now.to_zoned(place.zone.rules().clone());
        let evening = match today.hour() {
            ..6 => today.date().yesterday().ok()?,
            _ => today.date(),
        };
        Some(Self {
            from: local(place, evening, 18)?.max(full_hour(now)),
            to: local(place, evening.tomorrow().ok()?, 6)?,
            reach: Reach::Night,
            ahead: false,
        })
    }

    /// The next hours, as far as `hours` of them.
    pub(super) fn next(now: Timestamp, hours: i64) -> Option<Self> {
        let from = full_hour(now);
        let to = from.checked_add(SignedDuration::from_hours(hours)).ok()?;
        Some(Self {
            from,
            to,
            reach: Reach::NextHours,
            ahead: false,
        })
    }

    /// Whether it ends at midnight.
    pub(super) const fn ends_a_day(&self) -> bool {
        !matches!(self.reach, Reach::Night | Reach::NextHours)
    }

    /// When people get up, in a day that has not begun.
    pub(super) fn dawn(&self) -> Option<Timestamp> {
        self.ahead
            .then(|| self.to - SignedDuration::from_hours(24 - DAWN))
    }

    /// The hours that begin in it; longer stretches of data where their middle lies in it.
    pub(super) fn hours<'a>(&self, forecast: &'a Forecast) -> &'a [Hour] {
        let at = |h: &Hour| match h.span_hours {
            0 | 1 => h.start,
            span => h.start + SignedDuration::from_mins(30 * i64::from(span)),
        };
        let first = forecast.hours.partition_point(|h| at(h) < self.from);
        let end = forecast.hours.partition_point(|h| at(h) < self.to);
        forecast.hours.get(first..end.max(first)).unwrap_or(&[])
    }
}

/// What is over by this hour was slept through.
const DAWN: i64 = 6;

/// An hour of a local date as an instant; where clocks skip it, the same time by the clock before.
pub(super) fn local(place: &Place, date: Date, hour: i8) -> Option<Timestamp> {
    let civil = date.at(hour, 0, 0, 0);
    let zoned = civil.to_zoned(place.zone.rules().clone()).ok()?;
    Some(zoned.timestamp())
}

/// The full hour that has begun; data come by the hour of UTC.
pub(super) fn full_hour(time: Timestamp) -> Timestamp {
    let second = time.as_second();
    Timestamp::from_second(second - second.rem_euclid(3600)).unwrap_or(time)
}

/// All that is worth a word about a stretch.
pub(super) struct Outlook {
    pub(super) stretch: Stretch,
    pub(super) spells: Spells,
    /// The sky of all of it.
    pub(super) sky: Option<Sky>,
    /// The sky after the last spell, where that is two hours or more.
    pub(super) sky_after: Option<Sky>,
    pub(super) fog: Option<Fog>,
    /// The sky after it, where that is two hours or more and not just grey.
    pub(super) sky_after_fog: Option<Sky>,
    /// Nothing falls, as the data say for every hour.
    pub(super) dry: bool,
    /// Nothing falls after the last spell, which ends two hours or more before the stretch does.
    pub(super) dry_after: bool,
    pub(super) wind: Option<Wind>,
    /// The felt extremes, Celsius, where far beyond the measured ones.
    pub(super) feels_hot: Option<f32>,
    pub(super) feels_cold: Option<f32>,
    /// The greatest UV index, where it is very high.
    pub(super) uv: Option<f32>,
}

impl Outlook {
    /// Looks at a stretch. `None` where the forecast has nothing of it.
    pub(super) fn of(
        forecast: &Forecast,
        stretch: Stretch,
        sun: &Sun,
        zone: &Zone,
    ) -> Option<Self> {
        let hours = stretch.hours(forecast);
        if hours.is_empty() {
            return None;
        }
        let spells = spells::spells(hours, &stretch);
        let last = spells.spells.last().map_or(stretch.from, |s| s.to);
        let wet = !spells.spells.is_empty();
        let fog = sky::fog(hours);
        let night = stretch.reach == Reach::Night;
        let sky_of = |from: Timestamp, to: Timestamp, least: i64| {
            let long = from.duration_until(to) >= SignedDuration::from_hours(least);
            let until = hours.partition_point(|h| h.start < to);
            let since = hours.partition_point(|h| h.start < from);
            long.then(|| sky::sky(&hours[since.min(until)..until], sun, zone, night))
                .flatten()
        };
        let part = |from, to, least| wet.then(|| sky_of(from, to, least)).flatten();
        let (feels_hot, feels_cold) = air::feels(hours);
        let long_after = last.duration_until(stretch.to) >= SignedDuration::from_hours(2);
        Some(Self {
            stretch,
            sky: sky::sky(hours, sun, zone, night),
            sky_after: part(last, stretch.to, 2),
            fog,
            sky_after_fog: fog
                .and_then(|fog| sky_of(fog.to, stretch.to, 2))
                .filter(|sky| sky.cover != Cover::Cloudy && sky.turn.is_none()),
            dry: spells.dry(stretch.from, stretch.to),
            dry_after: wet && long_after && spells.dry(last, stretch.to),
            wind: air::wind(hours),
            feels_hot,
            feels_cold,
            uv: hours
                .iter()
                .filter_map(|h| h.uv_index)
                .reduce(f32::max)
                .filter(|uv| *uv >= 7.5),
            spells,
        })
    }

    /// What is felt is told only where it is far from the temperatures that are told beside it.
    pub(super) fn forget_mild_feels(&mut self, high: Option<f32>, low: Option<f32>) {
        let far = |felt: &f32, told: Option<f32>| told.is_none_or(|t| (t - felt).abs() >= air::FAR);
        self.feels_hot = self
            .feels_hot
            .filter(|felt| far(felt, high) && high.is_none_or(|h| h < *felt));
        self.feels_cold = self
            .feels_cold
            .filter(|felt| far(felt, low) && low.is_none_or(|l| l > *felt));
    }

    /// The spell that matters most.
    pub(super) fn greatest(&self) -> Option<&Spell> {
        self.spells.spells.iter().max_by_key(matters)
    }
}

fn matters(spell: &&Spell) -> (u8, u32) {
    (spell.chance.unwrap_or(90), spell.millimetres as u32)
}
