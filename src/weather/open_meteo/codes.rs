//! Open-Meteo's weather codes: the WMO's numbers, with the meaning that its server gives them.

use super::answer::Coded;
use crate::domain::forecast::{Conditions, Hour};
use crate::domain::place::Coordinates;

/// The hours with their codes understood for that place.
pub(super) fn with_conditions(hours: Vec<Coded>, place: &Coordinates) -> Vec<Hour> {
    let hail = has_hail_forecast(place);
    let hours = hours.into_iter().map(|coded| Hour {
        conditions: coded.code.and_then(|code| conditions(code, hail)),
        ..coded.hour
    });
    hours.collect()
}

/// Codes are mostly computed from amounts, so they carry less than the WMO's names (docs/wire.md#open-meteo-codes). Codes that
/// are not sent mean nothing.
fn conditions(code: u8, hail: bool) -> Option<Conditions> {
    Some(match code {
        0 => Conditions::Clear,
        1 => Conditions::MostlyClear,
        2 => Conditions::PartlyCloudy,
        3 => Conditions::Cloudy,
        45 => Conditions::Fog,
        48 => Conditions::FreezingFog,
        // "Drizzle" is a rate of rain here, not the size of its drops.
        51 | 53 | 55 => Conditions::LightRain,
        56 | 57 | 66 | 67 => Conditions::FreezingRain,
        61 | 63 => Conditions::Rain,
        65 => Conditions::HeavyRain,
        71 | 77 => Conditions::LightSnow,
        73 => Conditions::Snow,
        75 => Conditions::HeavySnow,
        80 | 81 => Conditions::Showers,
        82 => Conditions::HeavyShowers,
        85 => Conditions::SnowShowers,
        86 => Conditions::HeavySnowShowers,
        95 => Conditions::Thunderstorm,
        99 if hail => Conditions::Hail,
        // 96 is a high thunder score anywhere and implies no hail.
        96 | 99 => Conditions::StrongThunderstorm,
        _ => return None,
    })
}

/// Only the German service's model of Central Europe forecasts hail.
fn has_hail_forecast(place: &Coordinates) -> bool {
    (43.2..=58.1).contains(&place.latitude()) && (-3.9..=20.3).contains(&place.longitude())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exactly_the_listed_codes_mean_something() {
        let known: Vec<u8> = (0..=u8::MAX)
            .filter(|&code| conditions(code, false).is_some())
            .collect();
        assert_eq!(
            known,
            [
                0, 1, 2, 3, 45, 48, 51, 53, 55, 56, 57, 61, 63, 65, 66, 67, 71, 73, 75, 77, 80, 81,
                82, 85, 86, 95, 96, 99
            ]
        );
    }

    #[test]
    fn hail_is_said_only_where_it_is_forecast() {
        let munich = Coordinates::new(48.14, 11.58).unwrap();
        let tulsa = Coordinates::new(36.15, -95.99).unwrap();
        assert_eq!(
            conditions(99, has_hail_forecast(&munich)),
            Some(Conditions::Hail)
        );
        assert_eq!(
            conditions(96, has_hail_forecast(&munich)),
            Some(Conditions::StrongThunderstorm)
        );
        assert_eq!(
            conditions(99, has_hail_forecast(&tulsa)),
            Some(Conditions::StrongThunderstorm)
        );
    }
}
