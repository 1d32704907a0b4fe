//! Numbers as people say them: whole degrees, wind to 5, chances to 10, rain and snow in steps.

use super::outlook::{Family, Name, Spell};
use crate::domain::phone::Country;
use crate::domain::subscriber::Units;

/// Whole degrees of the unit.
pub(super) fn degrees(celsius: f32, units: Units) -> i32 {
    round(match units {
        Units::Metric => celsius,
        Units::Imperial => celsius * 1.8 + 32.0,
    })
}

/// The change between two days' highs in whole degrees, where it is striking: from 7 C or 12 F.
pub(super) fn striking(today: f32, before: f32, units: Units) -> Option<i32> {
    let change = degrees(today, units) - degrees(before, units);
    let least = match units {
        Units::Metric => 7,
        Units::Imperial => 12,
    };
    (change.abs() >= least).then_some(change)
}

/// In what a reader is told wind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WindUnit {
    KilometresAnHour,
    MilesAnHour,
    MetresASecond,
}

impl WindUnit {
    /// Metres a second where the Nordic countries' own forecasts use them.
    pub(super) fn of(units: Units, reader: Option<Country>) -> Self {
        const NORDIC: [&str; 9] = ["NO", "SE", "FI", "DK", "IS", "SJ", "AX", "FO", "GL"];
        let nordic = reader.is_some_and(|country| NORDIC.contains(&country.code()));
        match units {
            Units::Imperial => Self::MilesAnHour,
            Units::Metric if nordic => Self::MetresASecond,
            Units::Metric => Self::KilometresAnHour,
        }
    }

    /// Wind to the next 5 of km/h or mph, or to the whole m/s, which is about as fine.
    pub(super) fn round(self, kmh: f32) -> i32 {
        match self {
            Self::KilometresAnHour => speed(kmh, Units::Metric),
            Self::MilesAnHour => speed(kmh, Units::Imperial),
            Self::MetresASecond => round(kmh / 3.6),
        }
    }
}

/// Wind to the next 5 of km/h or mph.
pub(super) fn speed(kmh: f32, units: Units) -> i32 {
    let speed = match units {
        Units::Metric => kmh,
        Units::Imperial => kmh / 1.609_344,
    };
    round(speed / 5.0) * 5
}

/// A chance to the next 10 percent.
pub(super) const fn chance(percent: u8) -> u8 {
    let percent = if percent > 100 { 100 } else { percent };
    (percent + 5) / 10 * 10
}

/// What falls in a spell, as a number worth telling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Amount {
    Rain(Rain),
    Snow(Snow),
}

/// The amount of one spell, or of two: of snow where there is some, else of rain. Slush and ice have none that says much.
pub(super) fn amount(spell: &Spell, again: Option<&Spell>, units: Units) -> Option<Amount> {
    let snow_cm = spell.snow_cm + again.map_or(0.0, |s| s.snow_cm);
    let millimetres = spell.millimetres + again.map_or(0.0, |s| s.millimetres);
    let is = |name: Name, family: Family| name.kind.family() == family;
    let has =
        |family| is(spell.first, family) || spell.turn.is_some_and(|(name, _)| is(name, family));
    if has(Family::Snow) {
        snow(snow_cm, units).map(Amount::Snow)
    } else if snow_cm >= 0.5 || has(Family::Mixed) || has(Family::Freezing) {
        None
    } else {
        rain(millimetres, units).map(Amount::Rain)
    }
}

/// Rain in tenths of the unit, so that it needs no fractions: 50 is 5 mm, 5 is 0.5 in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rain {
    Under(i32),
    Between(i32, i32),
    Over(i32),
}

/// Rain worth a number, as the range that it lies in: no model knows it better. From 5 mm or a fifth of an inch.
pub(super) fn rain(millimetres: f32, units: Units) -> Option<Rain> {
    let (amount, steps): (f32, &[i32]) = match units {
        Units::Metric => (millimetres, &[50, 100, 150, 200, 300, 500]),
        Units::Imperial => (millimetres / 25.4, &[5, 10, 20, 30]),
    };
    if !(5.0..10_000.0).contains(&millimetres) {
        return None;
    }
    let above = steps.iter().position(|step| amount * 10.0 < *step as f32);
    Some(match above {
        Some(0) => Rain::Under(steps[0]),
        Some(at) => Rain::Between(steps[at - 1], steps[at]),
        None => Rain::Over(steps[steps.len() - 1]),
    })
}

/// Fresh snow, in cm or inches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Snow {
    Under(u8),
    About(u8),
    Between(u8, u8),
    Over(u8),
}

/// Snow worth a number, as the range that it lies in.
pub(super) fn snow(centimetres: f32, units: Units) -> Option<Snow> {
    let (amount, steps): (f32, &[(f32, Snow)]) = match units {
        Units::Metric => (
            centimetres,
            &[
                (1.5, Snow::About(1)),
                (5.0, Snow::Between(2, 5)),
                (10.0, Snow::Between(5, 10)),
                (15.0, Snow::Between(10, 15)),
                (20.0, Snow::Between(15, 20)),
                (30.0, Snow::Between(20, 30)),
                (50.0, Snow::Between(30, 50)),
                (f32::INFINITY, Snow::Over(50)),
            ],
        ),
        Units::Imperial => (
            centimetres / 2.54,
            &[
                (0.75, Snow::Under(1)),
                (1.5, Snow::About(1)),
                (3.0, Snow::Between(1, 3)),
                (6.0, Snow::Between(3, 6)),
                (10.0, Snow::Between(6, 10)),
                (15.0, Snow::Between(10, 15)),
                (20.0, Snow::Between(15, 20)),
                (f32::INFINITY, Snow::Over(20)),
            ],
        ),
    };
    if centimetres < 0.5 {
        return None;
    }
    steps
        .iter()
        .find(|(below, _)| amount < *below)
        .map(|(_, snow)| *snow)
}

/// Half away from zero; what is no number or beyond all weather counts as 0.
fn round(value: f32) -> i32 {
    if value.is_finite() && value.abs() < 10_000.0 {
        value.round() as i32
    } else {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nordic_countries_read_metres_a_second() {
        let of = |units, code: &str| WindUnit::of(units, Country::parse(code));
        assert_eq!(of(Units::Metric, "NO"), WindUnit::MetresASecond);
        assert_eq!(of(Units::Metric, "FR"), WindUnit::KilometresAnHour);
        assert_eq!(of(Units::Imperial, "SE"), WindUnit::MilesAnHour);
        assert_eq!(
            WindUnit::of(Units::Metric, None),
            WindUnit::KilometresAnHour
        );
        assert_eq!(WindUnit::MetresASecond.round(25.0), 7);
        assert_eq!(WindUnit::KilometresAnHour.round(23.0), 25);
        assert_eq!(WindUnit::MilesAnHour.round(40.0), 25);
    }
}
