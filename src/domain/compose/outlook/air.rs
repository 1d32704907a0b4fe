//! Temperatures and wind of a stretch: only what the data cover, only what is notable.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use super::local;
use crate::domain::forecast::{Forecast, Hour};
use crate::domain::place::Place;

/// A temperature and when it is reached.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::domain) struct Peak {
    pub(in crate::domain) celsius: f32,
    pub(in crate::domain) at: Timestamp,
    /// Reached at some time within a stretch of several hours that begins then.
    coarse: bool,
}

/// The warm end of a day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::domain) enum High {
    /// In the day, as people expect it.
    Plain(Peak),
    /// The day begins with it and only gets colder: by so much until late afternoon.
    Falling(Peak, Peak),
    /// Late in the evening.
    Late(Peak),
}

impl High {
    /// The warmest that it tells.
    pub(in crate::domain) const fn warmest(self) -> Peak {
        match self {
            Self::Plain(peak) | Self::Falling(peak, _) | Self::Late(peak) => peak,
        }
    }

    /// The warmest and the coldest temperature that begin in `[from, to)`, if at least 85 % of it are known.
    pub(in crate::domain) fn of(
        forecast: &Forecast,
        place: &Place,
        date: Date,
        from: Timestamp,
    ) -> Option<Self> {
        let midnight = local(place, date.tomorrow().ok()?, 0)?;
        let afternoon = local(place, date, 17)?;
        let (_, highest) = extremes(forecast, from, midnight)?;
        if highest.coarse {
            return Some(Self::Plain(highest));
        }
        let early = from.duration_until(highest.at) <= SignedDuration::from_hours(2);
        if early && highest.at < local(place, date, 9)? {
            let (lowest, _) = extremes(
                forecast,
                highest.at,
                afternoon + SignedDuration::from_hours(1),
            )?;
            let late = !lowest.coarse && lowest.at >= local(place, date, 12)?;
            if highest.celsius - lowest.celsius >= 4.0 && late {
                return Some(Self::Falling(highest, lowest));
            }
        }
        if highest.at >= local(place, date, 20)? {
            let (_, by_day) = extremes(forecast, from, afternoon)?;
            if highest.celsius - by_day.celsius >= 1.5 {
                return Some(Self::Late(highest));
            }
        }
        Some(Self::Plain(highest))
    }
}

/// The coldest and the warmest temperature that begin in `[from, to)`, if at least 85 % of it are known.
pub(in crate::domain) fn extremes(
    forecast: &Forecast,
    from: Timestamp,
    to: Timestamp,
) -> Option<(Peak, Peak)> {
    let hours = forecast.between(from, to);
    let known = || {
        hours
            .iter()
            // A stretch that knows one end of its range is as warm or as cold as that at least.
            .filter_map(|h| {
                let (low, high) = (h.coldest_c().or(h.high_c)?, h.warmest_c().or(h.low_c)?);
                Some((h, low, high))
            })
    };
    let covered: i64 = known()
        .map(|(h, ..)| h.start.duration_until(h.end().min(to)).as_mins())
        .sum();
    let wanted = from.duration_until(to).as_mins();
    if covered <= 0 || covered * 100 < wanted * 85 {
        return None;
    }
    let peak = |hour: &Hour, celsius: f32| Peak {
        celsius,
        at: hour.start,
        coarse: hour.temperature_c != Some(celsius),
    };
    let mut peaks = known().map(|(hour, low, high)| (peak(hour, low), peak(hour, high)));
    let first = peaks.next()?;
    Some(peaks.fold(first, |(low, high), (colder, warmer)| {
        let lower = if colder.celsius < low.celsius {
            colder
        } else {
            low
        };
        let higher = if warmer.celsius > high.celsius {
            warmer
        } else {
            high
        };
        (lower, higher)
    }))
}

/// Whether data begin in at least half of `[from, to)`.
pub(in crate::domain) fn covered(forecast: &Forecast, from: Timestamp, to: Timestamp) -> bool {
    let covered: i64 = forecast
        .between(from, to)
        .iter()
        .map(|h| h.start.duration_until(h.end().min(to)).as_mins())
        .sum();
    covered > 0 && covered * 2 >= from.duration_until(to).as_mins()
}

/// The warmest temperature of a date's daytime, to compare days by.
pub(in crate::domain) fn day_peak(forecast: &Forecast, place: &Place, date: Date) -> Option<Peak> {
    let (_, high) = extremes(forecast, local(place, date, 9)?, local(place, date, 21)?)?;
    Some(high)
}

/// Degrees from which a felt temperature is far from the measured one.
pub(super) const FAR: f32 = 4.0;

/// The felt extremes where they are far beyond the measured ones and matter: heat that weighs, cold that bites.
pub(super) fn feels(hours: &[Hour]) -> (Option<f32>, Option<f32>) {
    let felt = || hours.iter().filter_map(|h| h.feels_like_c);
    let real = || hours.iter().filter_map(|h| h.temperature_c);
    let hot = felt().reduce(f32::max).zip(real().reduce(f32::max));
    let cold = felt().reduce(f32::min).zip(real().reduce(f32::min));
    (
        hot.filter(|(felt, real)| felt - real >= FAR && *felt >= 28.0)
            .map(|p| p.0),
        cold.filter(|(felt, real)| real - felt >= FAR && *felt <= 5.0)
            .map(|p| p.0),
    )
}

/// Wind worth a word.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::domain) struct Wind {
    pub(in crate::domain) mean_kmh: Option<f32>,
    pub(in crate::domain) gusts_kmh: Option<f32>,
    /// At the windiest hour.
    pub(in crate::domain) from_deg: Option<u16>,
    /// When it is strong: from, to.
    pub(in crate::domain) strong: Option<(Timestamp, Timestamp)>,
    /// It is dangerous then.
    pub(in crate::domain) storm: bool,
    /// The data name parts of the day, not hours.
    pub(in crate::domain) coarse: bool,
}

/// Where the wind comes from in its stronger hours, if that is much the same as in the strongest: two hours may be as strong
/// and take turns with every run.
fn direction(hours: &[Hour], windiest: &Hour) -> Option<u16> {
    let force = |h: &Hour| h.wind_kmh.or(h.gusts_kmh).unwrap_or(0.0);
    let most = windiest.wind_from_deg?;
    let strong = hours.iter().filter(|h| force(h) >= force(windiest) * 0.85);
    let known: Vec<(u16, f32)> = strong
        .filter_map(|h| Some((h.wind_from_deg?, force(h))))
        .collect();
    let (east, north) = known
        .iter()
        .fold((0.0, 0.0), |(east, north), (from, force)| {
            let angle = f32::from(*from).to_radians();
            (east + angle.sin() * force, north + angle.cos() * force)
        });
    let mean = east.atan2(north).to_degrees().rem_euclid(360.0).round() as u16 % 360;
    let point = |degrees: u16| (degrees % 360 + 22) / 45 % 8;
    let apart = mean.abs_diff(most);
    let blows = known.iter().any(|(from, _)| point(*from) == point(mean));
    Some(match blows && apart.min(360 - apart) <= 45 {
        true => mean,
        false => most,
    })
}

/// Breezy, as forecasters use the word, begins at 15 mph.
const BREEZY_KMH: f32 = 24.0;
/// Gusts of 30 mph move what stands loose.
const GUSTY_KMH: f32 = 45.0;
/// What the one counts without the other.
const ALONE: f32 = 0.75;
/// Gusts that break branches.
const STRONG_GUST_KMH: f32 = 75.0;
const STRONG_KMH: f32 = 60.0;
/// Gusts that fell trees.
const STORM_GUST_KMH: f32 = 90.0;
/// What belongs to a strong wind before and after it: so much of the above.
const STILL: f32 = 0.85;

pub(super) fn wind(hours: &[Hour]) -> Option<Wind> {
    let windiest = hours
        .iter()
        .filter(|h| h.wind_kmh.or(h.gusts_kmh).is_some())
        .max_by(|a, b| {
            let of = |h: &Hour| h.wind_kmh.or(h.gusts_kmh).unwrap_or(0.0);
            of(a).total_cmp(&of(b))
        })?;
    let mean_kmh = hours.iter().filter_map(|h| h.wind_kmh).reduce(f32::max);
    let gusts_kmh = hours.iter().filter_map(|h| h.gusts_kmh).reduce(f32::max);
    let breezy = strongest(hours, 5, |h| h.wind_kmh).map(|mean| mean / BREEZY_KMH);
    let gusty = strongest(hours, 5, |h| h.gusts_kmh).map(|gusts| gusts / GUSTY_KMH);
    // Both together where both are known, since one alone is at its edge on more of the days; but gusts out of a calm count.
    let together = match (breezy, gusty) {
        (Some(breezy), Some(gusty)) => f32::midpoint(breezy, gusty).max(breezy.max(gusty) * ALONE),
        (breezy, gusty) => breezy.or(gusty)?,
    };
    let strong = strong(hours);
    if together < 1.0 && strong.is_none() {
        return None;
    }
    Some(Wind {
        mean_kmh,
        gusts_kmh,
        from_deg: direction(hours, windiest),
        storm: gusts_kmh >= Some(STORM_GUST_KMH) || mean_kmh >= Some(STRONG_KMH),
        strong: strong.map(|(first, last)| (first.start, last.end())),
        coarse: strong.is_some_and(|(first, last)| first.span_hours.max(last.span_hours) > 1),
    })
}

/// The mean of so many strongest hours: one hour alone is strong in one run and not in the next.
fn strongest(hours: &[Hour], many: usize, of: impl Fn(&Hour) -> Option<f32>) -> Option<f32> {
    let mut known: Vec<f32> = hours.iter().filter_map(of).collect();
    known.sort_by(|a, b| b.total_cmp(a));
    known.truncate(many);
    (!known.is_empty()).then(|| known.iter().sum::<f32>() / known.len() as f32)
}

/// The first and the last hour of a strong wind. It takes a strong hour, and with it go those around it that are nearly as
/// strong: so one gust more or less does not make an hour of an afternoon.
fn strong(hours: &[Hour]) -> Option<(&Hour, &Hour)> {
    let blows = |h: &Hour, share: f32| {
        h.gusts_kmh.is_some_and(|g| g >= STRONG_GUST_KMH * share)
            || h.wind_kmh.is_some_and(|w| w >= STRONG_KMH * share)
    };
    let mut first = hours.iter().position(|h| blows(h, 1.0))?;
    let mut last = hours.iter().rposition(|h| blows(h, 1.0))?;
    while first > 0 && blows(&hours[first - 1], STILL) {
        first -= 1;
    }
    while last + 1 < hours.len() && blows(&hours[last + 1], STILL) {
        last += 1;
    }
    hours.get(first).zip(hours.get(last))
}
