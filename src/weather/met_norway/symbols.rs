//! MET Norway's weather symbols (docs/wire.md#met-norway-symbols).

use crate::domain::forecast::Conditions;

/// What a symbol code says, with or without its `_day`, `_night` or `_polartwilight`.
pub(super) fn conditions(code: &str) -> Option<Conditions> {
    let stem = ["_day", "_night", "_polartwilight"]
        .iter()
        .find_map(|suffix| code.strip_suffix(suffix))
        .unwrap_or(code);
    Some(match stem {
        "clearsky" => Conditions::Clear,
        "fair" => Conditions::MostlyClear,
        "partlycloudy" => Conditions::PartlyCloudy,
        "cloudy" => Conditions::Cloudy,
        "fog" => Conditions::Fog,
        // The service misspells these two and always will.
        "lightssleetshowersandthunder" | "lightssnowshowersandthunder" => Conditions::Thunderstorm,
        _ => return falling(stem),
    })
}

/// `{light,,heavy}{rain,sleet,snow}{,showers}{,andthunder}`.
fn falling(stem: &str) -> Option<Conditions> {
    let (stem, thunder) = cut(stem, "andthunder");
    let (stem, showers) = cut(stem, "showers");
    let (strength, kind) = ["light", "heavy"]
        .iter()
        .find_map(|strength| Some((*strength, stem.strip_prefix(strength)?)))
        .unwrap_or(("", stem));
    let conditions = match (kind, showers, strength) {
        ("rain", false, "light") => Conditions::LightRain,
        ("rain", false, "heavy") => Conditions::HeavyRain,
        ("rain", false, _) => Conditions::Rain,
        ("rain", true, "light") => Conditions::LightShowers,
        ("rain", true, "heavy") => Conditions::HeavyShowers,
        ("rain", true, _) => Conditions::Showers,
        ("sleet", _, _) => Conditions::Sleet,
        ("snow", false, "light") => Conditions::LightSnow,
        ("snow", false, "heavy") => Conditions::HeavySnow,
        ("snow", false, _) => Conditions::Snow,
        ("snow", true, "heavy") => Conditions::HeavySnowShowers,
        ("snow", true, _) => Conditions::SnowShowers,
        _ => return None,
    };
    Some(if thunder {
        Conditions::Thunderstorm
    } else {
        conditions
    })
}

fn cut<'a>(text: &'a str, end: &str) -> (&'a str, bool) {
    match text.strip_suffix(end) {
        Some(start) => (start, true),
        None => (text, false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_documented_symbol_is_understood() {
        let mut stems: Vec<String> = ["clearsky", "fair", "partlycloudy", "cloudy", "fog"]
            .map(String::from)
            .to_vec();
        for strength in ["light", "", "heavy"] {
            for kind in ["rain", "sleet", "snow"] {
                for showers in ["", "showers"] {
                    for thunder in ["", "andthunder"] {
                        let stem = format!("{strength}{kind}{showers}{thunder}");
                        stems.push(match stem.as_str() {
                            "lightsleetshowersandthunder" => "lightssleetshowersandthunder".into(),
                            "lightsnowshowersandthunder" => "lightssnowshowersandthunder".into(),
                            _ => stem,
                        });
                    }
                }
            }
        }
        assert_eq!(stems.len(), 41);
        for stem in stems {
            let plain = conditions(&stem);
            assert!(plain.is_some(), "{stem}");
            assert_eq!(
                plain == Some(Conditions::Thunderstorm),
                stem.ends_with("thunder"),
                "{stem}"
            );
            for suffix in ["_day", "_night", "_polartwilight"] {
                assert_eq!(conditions(&format!("{stem}{suffix}")), plain);
            }
        }
    }

    #[test]
    fn strength_and_kind_are_kept_apart() {
        assert_eq!(
            conditions("lightrainshowers_day"),
            Some(Conditions::LightShowers)
        );
        assert_eq!(
            conditions("heavysnowshowers_polartwilight"),
            Some(Conditions::HeavySnowShowers)
        );
        assert_eq!(conditions("lightsleet"), Some(Conditions::Sleet));
        assert_eq!(
            conditions("heavyrainshowersandthunder_night"),
            Some(Conditions::Thunderstorm)
        );
    }

    #[test]
    fn other_words_say_nothing() {
        for word in [
            "",
            "_day",
            "sun",
            "lightfog",
            "heavyclearsky",
            "rainsnow",
            "clearsky_noon",
        ] {
            assert_eq!(conditions(word), None, "{word}");
        }
    }
}
