//! Wet hours gathered into the spells that a person would name, at most two of them.

use jiff::{SignedDuration, Timestamp};

use super::Stretch;
use super::fall::{DRY, Fall, Family, Kind, Strength, counts_as_wet, fall, likelihood};
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

/// What a spell is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::domain) struct Name {
    pub(in crate::domain) kind: Kind,
    pub(in crate::domain) strength: Strength,
    /// Thunder now and then in what is not a thunderstorm as a whole.
    pub(in crate::domain) thunder: bool,
    /// Another family that comes and goes with it.
    pub(in crate::domain) with: Option<Family>,
}

impl Name {
    /// The name of one hour.
    pub(in crate::domain) const fn of(kind: Kind, strength: Strength) -> Self {
        Self {
            kind,
            strength,
            thunder: false,
            with: None,
        }
    }
}

/// The spells of a stretch, and whether everything outside them is known to be dry.
pub(in crate::domain) struct Spells {
    pub(in crate::domain) spells: Vec<Spell>,
    /// Where the data say that nothing falls, as falls of whole hours: `[from, to)`.
    dry: Vec<(Timestamp, Timestamp)>,
    /// Hours in which something may well fall, told or not.
    wet: Vec<Timestamp>,
}

impl Spells {
    /// Whether the data say that nothing falls in all of `[from, to)`.
    pub(in crate::domain) fn dry(&self, from: Timestamp, to: Timestamp) -> bool {
        self.dry.iter().any(|(a, b)| *a <= from && *b >= to)
    }

    /// Whether there is at most a small chance in all of `[from, to)`.
    pub(in crate::domain) fn hardly_wet(&self, from: Timestamp, to: Timestamp) -> bool {
        let within = |time: &Timestamp| *time >= from && *time < to;
        !self.wet.iter().any(within)
    }
}

/// At most so many spells are told; the nearest are joined, the least of the others left out.
const TOLD: usize = 2;

pub(in crate::domain) fn spells(hours: &[Hour], stretch: &Stretch) -> Spells {
    let mut runs = runs(hours);
    join(&mut runs, hours, 2);
    runs.retain(|run| worth_telling(&hours[run.first..run.end]));
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
        dry: dry_stretches(hours),
        wet: hours
            .iter()
            .filter(|h| is_wet(h))
            .map(|h| h.start)
            .collect(),
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
    runs.retain(|run| hours[run.first..run.end].iter().any(is_wet));
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
    let small = |h: &Hour| h.span_hours == 1 && h.precipitation_probability >= Some(5);
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

/// A single marginal hour comes and goes with every run of the model.
fn worth_telling(hours: &[Hour]) -> bool {
    let likely = hours
        .iter()
        .any(|h| h.precipitation_probability.is_some_and(|p| p >= 35));
    let grave = hours.iter().any(|h| {
        matches!(fall(h), Fall::Wet(kind, _) if matches!(kind, Kind::FreezingRain | Kind::Thunder | Kind::Hail))
    });
    likely
        || grave
        || hours.len() > 1
        || total(hours, |h| h.precipitation_mm) >= 0.3
        || total(hours, |h| h.snowfall_cm) >= 0.3
        || hours.iter().any(|h| h.span_hours > 1)
}

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
            .filter(|h| is_wet(h))
            .filter_map(|h| h.precipitation_probability)
            .max(),
        peak: peak(hours),
        millimetres: total(hours, |h| h.precipitation_mm),
        snow_cm: total(hours, |h| h.snowfall_cm),
    }
}

/// The three hours of a long wet spell in which three fifths of it falls.
fn peak(hours: &[Hour]) -> Option<(Timestamp, Timestamp)> {
    let all = total(hours, |h| h.precipitation_mm);
    if hours.len() < 7 || all < 4.5 || hours.iter().any(|h| h.span_hours > 1) {
        return None;
    }
    let of = |three: &[Hour]| total(three, |h| h.precipitation_mm);
    let most = hours.windows(3).max_by(|a, b| of(a).total_cmp(&of(b)))?;
    (of(most) >= all * 0.6).then(|| (most[0].start, most[2].end()))
}

/// One name, or two with the time of the turn, where rain goes over into snow or the other way.
fn names(hours: &[Hour]) -> (Name, Option<(Name, Timestamp)>) {
    let wet: Vec<(usize, Kind, Strength)> = hours
        .iter()
        .enumerate()
        .filter_map(|(at, hour)| match fall(hour) {
            Fall::Wet(kind, strength) => Some((at, kind, strength)),
            _ => None,
        })
        .collect();
    let (Some(first), Some(last)) = (wet.first(), wet.last()) else {
        return (name(&wet), None);
    };
    let (a, b) = (first.1.family(), last.1.family());
    let told = |f: Family| f == a || f == b || f == Family::Mixed;
    let turns = a != b && a != Family::Mixed && b != Family::Mixed;
    if turns && wet.iter().all(|w| told(w.1.family())) {
        let last_a = wet.iter().rposition(|w| w.1.family() == a).unwrap_or(0);
        let first_b = wet.iter().position(|w| w.1.family() == b).unwrap_or(0);
        if last_a < first_b && last_a >= 1 && wet.len() - first_b >= 2 {
            let turn = hours[wet[first_b].0].start;
            return (name(&wet[..=last_a]), Some((name(&wet[first_b..]), turn)));
        }
    }
    (name(&wet), None)
}

fn name(wet: &[(usize, Kind, Strength)]) -> Name {
    let count = |wanted: fn(Kind) -> bool| wet.iter().filter(|w| wanted(w.1)).count();
    let family = |wanted: Family| wet.iter().filter(|w| w.1.family() == wanted).count();
    let thunder = count(|k| matches!(k, Kind::Thunder | Kind::Hail));
    let (liquid, mixed) = (family(Family::Liquid), family(Family::Mixed));
    let (freezing, snow) = (family(Family::Freezing), family(Family::Snow));
    let kind = if freezing > 0 {
        Kind::FreezingRain
    } else if mixed > 0 && mixed * 2 >= wet.len() {
        Kind::Sleet
    } else if snow > liquid {
        pick(
            count(|k| k == Kind::SnowShowers) * 2 > snow,
            Kind::SnowShowers,
            Kind::Snow,
        )
    } else if thunder * 2 >= liquid.max(1) {
        pick(count(|k| k == Kind::Hail) > 0, Kind::Hail, Kind::Thunder)
    } else {
        pick(
            count(|k| k == Kind::Showers) * 2 > liquid - thunder,
            Kind::Showers,
            Kind::Rain,
        )
    };
    let with = match kind.family() {
        Family::Freezing if snow > 0 => Some(Family::Snow),
        Family::Freezing if liquid > 0 => Some(Family::Liquid),
        Family::Snow if liquid + mixed > 1 => Some(Family::Liquid),
        Family::Liquid if snow + mixed > 1 => Some(Family::Snow),
        _ => None,
    };
    Name {
        kind,
        strength: strength(wet, kind),
        thunder: thunder > 0 && !matches!(kind, Kind::Thunder | Kind::Hail),
        with,
    }
}

const fn pick(first: bool, yes: Kind, no: Kind) -> Kind {
    if first { yes } else { no }
}

/// Heavy where a third of it is, light where nearly all of it is: an hour of many that is not comes and goes with each run.
fn strength(wet: &[(usize, Kind, Strength)], kind: Kind) -> Strength {
    let family = kind.family();
    let of = |strength: Strength| {
        wet.iter()
            .filter(|w| w.1.family() == family && w.2 == strength)
            // A downpour makes no strong storm of another hour's thunder.
            .filter(|w| kind != Kind::Thunder || w.1 == Kind::Thunder)
            .count()
    };
    let (light, plain, heavy) = (
        of(Strength::Light),
        of(Strength::Plain),
        of(Strength::Heavy),
    );
    if heavy > 0 && heavy * 3 >= light + plain + heavy {
        Strength::Heavy
    } else if (plain + heavy) * 4 < light {
        Strength::Light
    } else {
        Strength::Plain
    }
}
