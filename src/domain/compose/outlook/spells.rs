//! Wet hours gathered into the spells that a person would name, at most two of them.

use jiff::{SignedDuration, Timestamp};

use super::Stretch;
use super::fall::{DRY, Fall, Kind, counts_as_wet, fall, falls, falls_anyway, likelihood};
use super::names::{Name, names};
use crate::domain::forecast::Hour;

/// A stretch in which something falls, pauses of an hour or two included.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::domain) struct Spell {
    pub(in crate::domain) from: Timestamp,
    pub(in crate::domain) to: Timestamp,
    /// Falls already when the stretch of the text begins.
    pub(in crate::domain) opens: bool,
    /// Falls still when it ends.
    pub(in crate::domain) closes: bool,
    /// With pauses.
    pub(in crate::domain) on_and_off: bool,
    /// The data name parts of the day, not hours.
    pub(in crate::domain) coarse: bool,
    pub(in crate::domain) first: Name,
    /// What it turns into, and when.
    pub(in crate::domain) turn: Option<(Name, Timestamp)>,
    /// The greatest chance in it, percent; `None` where the data have none.
    pub(in crate::domain) chance: Option<u8>,
    /// The three hours in which most of a long one falls.
    pub(in crate::domain) peak: Option<(Timestamp, Timestamp)>,
    /// Of rain, or of melted snow.
    pub(in crate::domain) millimetres: f32,
    pub(in crate::domain) snow_cm: f32,
}

/// The spells of a stretch, and whether everything outside them is known to be dry.
pub(in crate::domain) struct Spells {
    pub(in crate::domain) spells: Vec<Spell>,
    /// What was slept through in a day that has not begun, and leaves nothing behind: the most of it, where it is likely.
    pub(in crate::domain) early: Option<Spell>,
    /// Where the data say that nothing falls, as falls of whole hours: `[from, to)`.
    dry: Vec<(Timestamp, Timestamp)>,
}

impl Spells {
    /// Whether the data say that nothing falls in all of `[from, to)`.
    pub(in crate::domain) fn dry(&self, from: Timestamp, to: Timestamp) -> bool {
        self.dry.iter().any(|(a, b)| *a <= from && *b >= to)
    }
}

/// At most so many spells are told; the nearest are joined, the least of the others left out.
const TOLD: usize = 2;

pub(in crate::domain) fn spells(hours: &[Hour], stretch: &Stretch) -> Spells {
    let mut runs = runs(hours);
    join(&mut runs, hours, 2);
    runs.retain(|run| worth_telling(&hours[run.first..run.end]));
    let early = set_aside(&mut runs, hours, stretch);
    for pause in 3..=4 {
        if runs.len() > TOLD {
            join(&mut runs, hours, pause);
        }
    }
    while runs.len() > TOLD {
        let weight = |run: &Run| weight(&hours[run.first..run.end]);
        let least = (0..runs.len()).min_by(|a, b| weight(&runs[*a]).total_cmp(&weight(&runs[*b])));
        runs.remove(least.unwrap_or(0));
    }
    for at in 0..runs.len() {
        let next = runs.get(at + 1).map_or(hours.len(), |next| next.first);
        linger(&mut runs[at], &hours[..next]);
    }
    Spells {
        spells: runs.iter().map(|run| spell(hours, run, stretch)).collect(),
        early: early
            .map(|run| spell(hours, &run, stretch))
            .filter(|spell| spell.chance.is_none_or(|percent| percent >= 55)),
        dry: dry_stretches(hours),
    }
}

/// Wet hours by index, `[first, end)`.
struct Run {
    first: usize,
    end: usize,
    on_and_off: bool,
}

fn is_wet(hour: &Hour) -> bool {
    matches!(fall(hour), Fall::Wet(..))
}

fn runs(hours: &[Hour]) -> Vec<Run> {
    let likely = likelihood(hours);
    let mut runs: Vec<Run> = Vec::new();
    for (at, hour) in hours.iter().enumerate() {
        if !counts_as_wet(hour, likely[at]) {
            continue;
        }
        match runs.last_mut() {
            Some(run) if run.end == at && hours[at - 1].end() == hour.start => run.end = at + 1,
            _ => runs.push(Run {
                first: at,
                end: at + 1,
                on_and_off: false,
            }),
        }
    }
    for run in &mut runs {
        while run.end > run.first && !may_fall(&hours[run.end - 1]) {
            run.end -= 1;
        }
        while run.first < run.end && !may_fall(&hours[run.first]) {
            run.first += 1;
        }
    }
    runs.retain(|run| run.first < run.end);
    runs
}

/// Whether an hour may begin or end a spell.
fn may_fall(hour: &Hour) -> bool {
    hour.precipitation_probability.is_none_or(|p| p >= DRY) || is_wet(hour)
}

/// Joins runs with a pause of up to `pause` hours, unless the pause is a hole in the data.
fn join(runs: &mut Vec<Run>, hours: &[Hour], pause: i64) {
    let mut at = 1;
    while at < runs.len() {
        let (before, after) = (&runs[at - 1], &runs[at]);
        let between = &hours[before.end - 1..=after.first];
        let whole = between
            .windows(2)
            .all(|pair| pair[0].end() == pair[1].start);
        let length = hours[before.end - 1]
            .end()
            .duration_until(hours[after.first].start);
        if whole && length <= SignedDuration::from_hours(pause) {
            let after = runs.remove(at);
            runs[at - 1].end = after.end;
            runs[at - 1].on_and_off = true;
        } else {
            at += 1;
        }
    }
}

/// So many hours of a small chance belong to a spell's end, if it is dry after them.
const LINGERS: usize = 3;

/// What begins at 25 % ends under 20 %: so what comes after is dry in so many words, and a run with a little more or less
/// only moves the hour.
fn linger(run: &mut Run, hours: &[Hour]) {
    let some = |h: &Hour| h.precipitation_probability >= Some(5) || h.precipitation_mm >= Some(0.1);
    let small = |h: &Hour| h.span_hours == 1 && some(h);
    let after = &hours[run.end..];
    let dry = after
        .iter()
        .take(LINGERS + 1)
        .position(|h| fall(h) == Fall::Dry);
    if let Some(lasts) = dry
        && after[..lasts].iter().all(small)
    {
        run.end += lasts;
    }
}

/// A chance from 30 %; a smaller one where the model has rain, too, so that two of its answers agree. A single marginal hour
/// comes and goes with every run.
fn worth_telling(hours: &[Hour]) -> bool {
    let alone = hours.len() == 1 && hours[0].span_hours == 1;
    let likely = |percent: u8| {
        let known = |h: &Hour| h.precipitation_probability.map_or(!alone, |p| p >= percent);
        hours.iter().any(known)
    };
    let amount = total(hours, |h| h.precipitation_mm).max(total(hours, |h| h.snowfall_cm));
    let grave = |h: &Hour| {
        let of = [Kind::FreezingRain, Kind::Thunder, Kind::Hail];
        matches!(fall(h), Fall::Wet(kind, _) if of.contains(&kind))
    };
    likely(if alone { 35 } else { 30 })
        || hours.iter().any(falls_anyway)
        || hours.iter().any(grave)
        || (amount >= AGREES && likely(25))
}

/// So much in all of a spell is no dry run of the model.
const AGREES: f32 = 0.5;

/// Takes out what is over before people get up, and returns the most of it. Ice and snow are still there then.
fn set_aside(runs: &mut Vec<Run>, hours: &[Hour], stretch: &Stretch) -> Option<Run> {
    let dawn = stretch.dawn()?;
    let over = |run: &Run| {
        let hours = &hours[run.first..run.end];
        let ice = |h: &Hour| matches!(fall(h), Fall::Wet(Kind::FreezingRain, _));
        let lies = hours.iter().any(ice) || total(hours, |h| h.snowfall_cm) >= LIES_CM;
        hours.last().is_some_and(|h| h.end() <= dawn) && !lies
    };
    let (early, rest) = runs.drain(..).partition(over);
    *runs = rest;
    let weight = |run: &Run| weight(&hours[run.first..run.end]);
    let early: Vec<Run> = early;
    early
        .into_iter()
        .max_by(|a, b| weight(a).total_cmp(&weight(b)))
}

/// Snow that is still there in the morning.
const LIES_CM: f32 = 2.0;

/// How much a spell matters: what is expected of it.
fn weight(hours: &[Hour]) -> f32 {
    hours
        .iter()
        .map(|h| {
            let chance = f32::from(h.precipitation_probability.unwrap_or(60)) / 100.0;
            let amount = h
                .precipitation_mm
                .unwrap_or(0.0)
                .max(h.snowfall_cm.unwrap_or(0.0));
            chance * (0.2 + amount)
        })
        .sum()
}

fn total(hours: &[Hour], of: impl Fn(&Hour) -> Option<f32>) -> f32 {
    hours.iter().filter_map(of).sum()
}

fn dry_stretches(hours: &[Hour]) -> Vec<(Timestamp, Timestamp)> {
    let mut dry: Vec<(Timestamp, Timestamp)> = Vec::new();
    for hour in hours.iter().filter(|h| fall(h) == Fall::Dry) {
        match dry.last_mut() {
            Some((_, end)) if *end == hour.start => *end = hour.end(),
            _ => dry.push((hour.start, hour.end())),
        }
    }
    dry
}

fn spell(all: &[Hour], run: &Run, stretch: &Stretch) -> Spell {
    let hours = &all[run.first..run.end];
    let from = hours[0].start.max(stretch.from);
    let to = hours[hours.len() - 1].end().min(stretch.to);
    let (first, turn) = names(hours);
    Spell {
        from,
        to,
        opens: from <= stretch.from,
        closes: to >= stretch.to,
        on_and_off: run.on_and_off,
        coarse: hours[0].span_hours > 1 || hours[hours.len() - 1].span_hours > 1,
        first,
        turn,
        // A pause's small chance says nothing of a shower that came without one.
        chance: hours
            .iter()
            .filter(|h| falls(h).is_some())
            .filter_map(|h| h.precipitation_probability)
            .max(),
        peak: peak(all, hours),
        millimetres: total(hours, |h| h.precipitation_mm),
        snow_cm: total(hours, |h| h.snowfall_cm),
    }
}

/// The three hours of a long wet spell in which three quarters of all that falls in the stretch does.
fn peak(all: &[Hour], hours: &[Hour]) -> Option<(Timestamp, Timestamp)> {
    let amount = total(all, |h| h.precipitation_mm);
    if hours.len() < 8 || amount < 4.5 || hours.iter().any(|h| h.span_hours > 1) {
        return None;
    }
    let of = |three: &[Hour]| total(three, |h| h.precipitation_mm);
    let most = hours.windows(3).max_by(|a, b| of(a).total_cmp(&of(b)))?;
    (of(most) * 4.0 >= amount * 3.0).then(|| (most[0].start, most[2].end()))
}
