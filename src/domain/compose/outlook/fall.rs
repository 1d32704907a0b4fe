//! What falls in one hour: wet, dry, or not clear enough to say either.

use crate::domain::forecast::{Conditions, Hour};

/// Whether something falls in a stretch.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::domain) enum Fall {
    /// Something may well fall.
    Wet(Kind, Strength),
    /// The data say that nothing falls.
    Dry,
    /// The data are silent, or at odds with themselves about very little.
    Unclear,
}

/// What falls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::domain) enum Kind {
    Rain,
    Showers,
    Thunder,
    Hail,
    Sleet,
    FreezingRain,
    Snow,
    SnowShowers,
}

impl Kind {
    /// What leaves water, ice, slush or snow: a change between these is worth telling.
    pub(in crate::domain) const fn family(self) -> Family {
        match self {
            Self::Rain | Self::Showers | Self::Thunder | Self::Hail => Family::Liquid,
            Self::Sleet => Family::Mixed,
            Self::FreezingRain => Family::Freezing,
            Self::Snow | Self::SnowShowers => Family::Snow,
        }
    }
}

/// Kinds that are alike underfoot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::domain) enum Family {
    Liquid,
    Mixed,
    Freezing,
    Snow,
}

/// How much of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::domain) enum Strength {
    Light,
    Plain,
    Heavy,
}

/// Percent from which a chance is worth a word, as it rounds to 30.
pub(super) const CHANCE: u8 = 25;

/// Percent from which an hour belongs to a spell whatever its neighbours say.
const LIKELY: u8 = 40;

/// Percent under which people call it dry.
pub(super) const DRY: u8 = 20;

/// What the hour's data say together. Providers take chances, amounts and conditions from different models, so that they
/// may disagree: chance decides, then amounts.
pub(in crate::domain) fn fall(hour: &Hour) -> Fall {
    let told = hour.conditions.and_then(falling);
    let millimetres = hour.precipitation_mm.unwrap_or(0.0);
    let snow = hour.snowfall_cm.unwrap_or(0.0);
    let measurable = millimetres >= 0.1 || snow >= 0.1;
    let (kind, strength) = told.unwrap_or_else(|| guess(hour));
    let grave = matches!(kind, Kind::FreezingRain | Kind::Thunder | Kind::Hail);
    let wet = match hour.precipitation_probability {
        Some(chance) => chance >= CHANCE || millimetres >= 1.0 || (grave && millimetres >= 0.2),
        None if hour.precipitation_mm.is_none() && hour.snowfall_cm.is_none() => told.is_some(),
        None => {
            millimetres >= 0.2
                || snow >= 0.2
                || (told.is_some() && measurable)
                || (told.is_some() && grave)
        }
    };
    if wet {
        return Fall::Wet(kind, strength);
    }
    let silent = hour.precipitation_probability.is_none()
        && hour.precipitation_mm.is_none()
        && hour.conditions.is_none();
    let likely_dry = hour
        .precipitation_probability
        .is_none_or(|chance| chance < DRY);
    if silent || told.is_some() || measurable || !likely_dry {
        Fall::Unclear
    } else {
        Fall::Dry
    }
}

/// The chance of each hour together with its neighbours': two runs of a model differ less in it than in the hour's own. Two
/// hours of a like chance are not thinned out by a dry one beside them. `None` where the hour has none, or is not one hour.
pub(super) fn likelihood(hours: &[Hour]) -> Vec<Option<f32>> {
    const WEIGHTS: [(i64, f32); 5] = [(-2, 1.0), (-1, 2.0), (0, 3.0), (1, 2.0), (2, 1.0)];
    let of = |at: usize| {
        let own = hours[at].precipitation_probability.map(f32::from)?;
        let chance = |away: i64| {
            let hour = hours.get(at.checked_add_signed(isize::try_from(away).ok()?)?)?;
            let near = hours[at].start.duration_until(hour.start).as_hours() == away;
            let percent = hour.precipitation_probability.filter(|_| near)?;
            (hour.span_hours <= 1).then_some(f32::from(percent))
        };
        let known = WEIGHTS.map(|(away, weight)| weight * chance(away).unwrap_or(own));
        let together = known.iter().sum::<f32>() / 9.0;
        let pair = [-1, 1].into_iter().filter_map(chance).fold(0.0, f32::max);
        let pair = own.min(pair) - PAIR;
        (hours[at].span_hours <= 1).then_some(together.max(pair))
    };
    (0..hours.len()).map(of).collect()
}

/// By how much two hours alone must be above the edge.
const PAIR: f32 = 4.0;

/// What falls in an hour that is told as a part of a spell, if anything may.
pub(super) fn falls(hour: &Hour) -> Option<(Kind, Strength)> {
    match fall(hour) {
        Fall::Wet(kind, strength) => Some((kind, strength)),
        _ if hour.precipitation_probability >= Some(DRY) => {
            let told = hour.conditions.and_then(falling);
            Some(told.unwrap_or_else(|| guess(hour)))
        }
        _ => None,
    }
}

/// Whether an hour belongs to a spell, as it and its neighbours say together.
pub(super) fn counts_as_wet(hour: &Hour, likely: Option<f32>) -> bool {
    let Some((own, likely)) = hour.precipitation_probability.zip(likely) else {
        return matches!(fall(hour), Fall::Wet(..));
    };
    let near_dry = own + 5 < DRY;
    falls_anyway(hour) || own >= LIKELY || (likely >= f32::from(DRY) && !near_dry)
}

/// Whether amounts say that something falls, whatever the chance.
pub(super) fn falls_anyway(hour: &Hour) -> bool {
    let sure = Hour {
        precipitation_probability: Some(0),
        ..*hour
    };
    matches!(fall(&sure), Fall::Wet(..))
}

/// What the conditions say that falls.
pub(in crate::domain) const fn falling(conditions: Conditions) -> Option<(Kind, Strength)> {
    use Strength::{Heavy, Light, Plain};
    Some(match conditions {
        Conditions::Clear
        | Conditions::MostlyClear
        | Conditions::PartlyCloudy
        | Conditions::Cloudy
        | Conditions::Fog
        | Conditions::FreezingFog
        | Conditions::Smoke
        | Conditions::Haze
        | Conditions::Dust => return None,
        Conditions::LightRain => (Kind::Rain, Light),
        Conditions::Rain => (Kind::Rain, Plain),
        Conditions::HeavyRain => (Kind::Rain, Heavy),
        Conditions::LightShowers => (Kind::Showers, Light),
        Conditions::Showers => (Kind::Showers, Plain),
        Conditions::HeavyShowers => (Kind::Showers, Heavy),
        Conditions::FreezingRain => (Kind::FreezingRain, Plain),
        Conditions::Sleet => (Kind::Sleet, Plain),
        Conditions::LightSnow => (Kind::Snow, Light),
        Conditions::Snow => (Kind::Snow, Plain),
        Conditions::HeavySnow => (Kind::Snow, Heavy),
        Conditions::SnowShowers => (Kind::SnowShowers, Plain),
        Conditions::HeavySnowShowers => (Kind::SnowShowers, Heavy),
        Conditions::Thunderstorm => (Kind::Thunder, Plain),
        Conditions::StrongThunderstorm => (Kind::Thunder, Heavy),
        Conditions::Hail => (Kind::Hail, Plain),
    })
}

/// Whether what falls in the hour, if anything does, wets.
pub(in crate::domain) fn falls_as_rain(hour: &Hour) -> bool {
    expected(hour).is_some_and(|family| family != Family::Snow)
}

/// Whether what falls in the hour, if anything does, whitens.
pub(in crate::domain) fn falls_as_snow(hour: &Hour) -> bool {
    expected(hour).is_some_and(|family| matches!(family, Family::Snow | Family::Mixed))
}

fn expected(hour: &Hour) -> Option<Family> {
    let some = hour
        .precipitation_probability
        .is_some_and(|chance| chance >= CHANCE)
        || hour.precipitation_mm.is_some_and(|mm| mm >= 0.1)
        || hour.snowfall_cm.is_some_and(|cm| cm >= 0.1);
    match hour.conditions.and_then(falling) {
        Some((kind, _)) => Some(kind.family()),
        None => some.then(|| guess(hour).0.family()),
    }
}

/// What would fall where the conditions do not say: by amounts, then by the cold.
fn guess(hour: &Hour) -> (Kind, Strength) {
    let snow = hour.snowfall_cm.unwrap_or(0.0);
    let rate = hour.precipitation_mm.unwrap_or(0.0) / f32::from(hour.span_hours.max(1));
    let cold = hour.snowfall_cm.is_none() && hour.temperature_c.is_some_and(|t| t <= 0.0);
    let kind = if snow >= 0.1 || cold {
        Kind::Snow
    } else {
        Kind::Rain
    };
    let strength = match rate {
        r if r >= 7.6 => Strength::Heavy,
        r if r > 0.5 => Strength::Plain,
        _ => Strength::Light,
    };
    (kind, strength)
}
