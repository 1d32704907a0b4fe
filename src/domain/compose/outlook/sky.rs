//! Sun and cloud: by daylight where there is any, with the one change that is worth telling; and fog.

use jiff::{SignedDuration, Timestamp};

use super::sun::Sun;
use super::when::hour_before;
use crate::domain::forecast::{Conditions, Hour};
use crate::domain::zone::Zone;

/// How much of the sky is covered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::domain) enum Cover {
    Clear,
    MostlyClear,
    Mixed,
    Cloudy,
}

/// The sky of a stretch.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::domain) struct Sky {
    pub(in crate::domain) cover: Cover,
    /// All of it in one word, whatever it turns into.
    pub(in crate::domain) whole: Cover,
    /// What it turns into, and when.
    pub(in crate::domain) turn: Option<(Cover, Timestamp)>,
    /// Whether it is the sky of daylight, in which clear is sunny.
    pub(in crate::domain) by_day: bool,
    /// Hours of daylight in it.
    pub(in crate::domain) daylight: u32,
}

/// The sky of these hours: of the daylight ones where there are three or more, unless it is a night that is told. `None`
/// where half of them are unknown.
pub(in crate::domain) fn sky(hours: &[Hour], sun: &Sun, zone: &Zone, night: bool) -> Option<Sky> {
    let lit = |h: &&Hour| sun.is_up_at(middle(h));
    let daylight: u32 = hours
        .iter()
        .filter(lit)
        .map(|h| u32::from(h.span_hours))
        .sum();
    let by_day = (daylight >= 3 && !night) || hours.iter().all(|h| lit(&h));
    let seen = || hours.iter().filter(|h| !by_day || lit(h));
    let scores: Vec<(Timestamp, f32)> = seen()
        .filter_map(|h| Some((h.start, score(h.conditions?)?)))
        .collect();
    if scores.is_empty() || scores.len() * 2 < seen().count() {
        return None;
    }
    let turn = turn(&scores, zone);
    let cover = match turn {
        Some((at, ..)) => cover_of(mean(&scores[..at])),
        None => cover_of(mean(&scores)),
    };
    let turn = turn.map(|(at, second)| (cover_of(second), scores[at].0));
    Some(Sky {
        cover,
        whole: cover_of(mean(&scores)),
        turn: turn.filter(|(second, _)| *second != cover),
        by_day,
        daylight,
    })
}

/// When a stretch of several hours is looked at; an hour at its beginning.
fn middle(hour: &Hour) -> Timestamp {
    let minutes = match hour.span_hours {
        0 | 1 => 0,
        span => 30 * i64::from(span),
    };
    let middle = hour.start.checked_add(SignedDuration::from_mins(minutes));
    middle.unwrap_or(hour.start)
}

/// How much cloud, of three. Of what hides the sky nobody knows.
const fn score(conditions: Conditions) -> Option<f32> {
    Some(match conditions {
        Conditions::Clear => 0.0,
        Conditions::MostlyClear => 1.0,
        Conditions::PartlyCloudy => 2.0,
        Conditions::Smoke | Conditions::Haze | Conditions::Dust => return None,
        _ => 3.0,
    })
}

const fn cover_of(mean: f32) -> Cover {
    if mean < 0.6 {
        Cover::Clear
    } else if mean < 1.4 {
        Cover::MostlyClear
    } else if mean < 2.3 {
        Cover::Mixed
    } else {
        Cover::Cloudy
    }
}

fn mean(scores: &[(Timestamp, f32)]) -> f32 {
    scores.iter().map(|s| s.1).sum::<f32>() / scores.len().max(1) as f32
}

/// Where the sky changes most, with the mean after it: only a real change, with three hours on either side. Clouds keep no
/// hours: the time is told in steps of three, where the data have hours.
fn turn(scores: &[(Timestamp, f32)], zone: &Zone) -> Option<(usize, f32)> {
    let mut best: Option<(usize, f32, f32)> = None;
    let by_hours = scores
        .windows(2)
        .all(|pair| pair[0].0.duration_until(pair[1].0).as_hours() == 1);
    for at in 3..scores.len().saturating_sub(2) {
        if by_hours && !hour_before(scores[at].0, zone).is_multiple_of(3) {
            continue;
        }
        let (before, after) = (mean(&scores[..at]), mean(&scores[at..]));
        let change = (before - after).abs();
        if change >= 1.6 && best.is_none_or(|(_, most, _)| change > most) {
            best = Some((at, change, after));
        }
    }
    best.map(|(at, _, after)| (at, after))
}

/// What hides the sky and the road.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::domain) enum Murk {
    Fog,
    FreezingFog,
    Smoke,
    Haze,
    Dust,
}

impl Murk {
    pub(in crate::domain) const fn of(conditions: Conditions) -> Option<Self> {
        Some(match conditions {
            Conditions::Fog => Self::Fog,
            Conditions::FreezingFog => Self::FreezingFog,
            Conditions::Smoke => Self::Smoke,
            Conditions::Haze => Self::Haze,
            Conditions::Dust => Self::Dust,
            _ => return None,
        })
    }

    /// As plain as it gets: fog that freezes is fog.
    pub(in crate::domain) const fn plain(self) -> Self {
        match self {
            Self::FreezingFog => Self::Fog,
            murk => murk,
        }
    }
}

/// A stretch of fog, or of other murk.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::domain) struct Fog {
    pub(in crate::domain) from: Timestamp,
    pub(in crate::domain) to: Timestamp,
    pub(in crate::domain) murk: Murk,
    pub(in crate::domain) coarse: bool,
}

/// The longest fog of two hours or more, breaks of an hour included.
pub(in crate::domain) fn fog(hours: &[Hour]) -> Option<Fog> {
    let mut longest: Option<Fog> = None;
    let mut running: Option<Fog> = None;
    for hour in hours {
        let Some(murk) = hour.conditions.and_then(Murk::of) else {
            continue;
        };
        let joined = running
            .filter(|fog| fog.to.duration_until(hour.start).as_hours() <= 1)
            .filter(|fog| fog.murk.plain() == murk.plain());
        let freezing = joined
            .map(|fog| fog.murk)
            .filter(|murk| *murk == Murk::FreezingFog);
        let fog = Fog {
            from: joined.map_or(hour.start, |fog| fog.from),
            to: hour.end(),
            murk: freezing.unwrap_or(murk),
            coarse: hour.span_hours > 1 || joined.is_some_and(|fog| fog.coarse),
        };
        running = Some(fog);
        if longest.is_none_or(|l| length(&fog) >= length(&l)) {
            longest = Some(fog);
        }
    }
    longest.filter(|fog| length(fog) >= 2)
}

fn length(fog: &Fog) -> i64 {
    fog.from.duration_until(fog.to).as_hours()
}
