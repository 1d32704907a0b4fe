//! Tests of `weather/nws/words.rs`.

use super::*;
use serde_json::json;

#[test]
fn the_gravest_likely_weather_counts() {
    let layer = json!([
        {"coverage": "likely", "weather": "rain_showers", "intensity": "light", "attributes": []},
        {"coverage": "chance", "weather": "thunderstorms", "intensity": null, "attributes": ["damaging_wind"]},
        {"coverage": "slight_chance", "weather": "snow", "intensity": "heavy", "attributes": []}
    ]);
    assert_eq!(of_layer(&layer), Some(Conditions::StrongThunderstorm));
    let dry = json!([{"coverage": null, "weather": null, "intensity": null, "attributes": []}]);
    assert_eq!(of_layer(&dry), None);
    let smoke = json!([{"coverage": "areas", "weather": "smoke"}]);
    assert_eq!(of_layer(&smoke), Some(Conditions::Smoke));
    for odd in [
        json!(null),
        json!([1, "rain"]),
        json!([{"weather": "smok"}]),
        json!({}),
    ] {
        assert_eq!(of_layer(&odd), None);
    }
}

#[test]
fn phrases_are_read_as_people_read_them() {
    for (phrase, expected) in [
        (
            "Chance Light Snow then Mostly Cloudy",
            Some(Conditions::LightSnow),
        ),
        ("Slight Chance Rain Showers then Sunny", None),
        ("Isolated Rain Showers", None),
        (
            "Showers And Thunderstorms Likely",
            Some(Conditions::Thunderstorm),
        ),
        ("Rain Showers Likely", Some(Conditions::Showers)),
        ("Heavy Rain", Some(Conditions::HeavyRain)),
        ("Rain And Snow", Some(Conditions::Sleet)),
        ("Mostly Sunny", Some(Conditions::MostlyClear)),
        ("Partly Cloudy", Some(Conditions::PartlyCloudy)),
        ("Mostly Cloudy", Some(Conditions::Cloudy)),
        ("Clear", Some(Conditions::Clear)),
        ("Areas Of Smoke", Some(Conditions::Smoke)),
        ("Haze then Sunny", Some(Conditions::Haze)),
        ("Blowing Dust", Some(Conditions::Dust)),
        ("Patchy Smoke", None),
        ("Patchy Fog then Sunny", None),
        ("", None),
    ] {
        assert_eq!(of_phrase(phrase), expected, "{phrase}");
    }
}
