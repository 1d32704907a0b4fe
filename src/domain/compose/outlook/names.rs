//! What a spell is called: by the hours of it in which something falls.

use jiff::Timestamp;

use super::fall::{Family, Kind, Strength, falls};
use crate::domain::forecast::Hour;

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

/// One name, or two with the time of the turn, where rain goes over into snow or the other way.
pub(super) fn names(hours: &[Hour]) -> (Name, Option<(Name, Timestamp)>) {
    let least = by_amount(hours);
    let wet: Vec<(usize, Kind, Strength)> = hours
        .iter()
        .enumerate()
        .filter_map(|(at, hour)| {
            let (kind, strength) = falls(hour)?;
            Some((at, kind, strength.max(least)))
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

/// A word for light rain is used of up to 1.3 mm an hour by some providers. Nobody calls light what is more than a quarter of a
/// millimetre or centimetre in its strongest hours: three of them, since single ones come and go with each run.
fn by_amount(hours: &[Hour]) -> Strength {
    let strongest = |of: fn(&Hour) -> Option<f32>| {
        let rate = |h: &Hour| of(h).unwrap_or(0.0) / f32::from(h.span_hours.max(1));
        let mut rates: Vec<f32> = hours.iter().map(rate).collect();
        rates.sort_by(|a, b| b.total_cmp(a));
        rates.truncate(3);
        rates.iter().sum::<f32>() / rates.len().max(1) as f32
    };
    match strongest(|h| h.precipitation_mm) > 0.25 || strongest(|h| h.snowfall_cm) > 0.25 {
        true => Strength::Plain,
        false => Strength::Light,
    }
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
