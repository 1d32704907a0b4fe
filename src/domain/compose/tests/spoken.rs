//! Spoken forecasts in six languages: as snapshots to be read by listeners, and any series at all.

use jiff::SignedDuration;
use proptest::prelude::*;

use super::properties::{places, plan, series, windows};
use super::second_reader;
use super::series::{Series, place};
use crate::domain::compose::*;
use crate::domain::forecast::Conditions::{
    Clear, Cloudy, Fog, FreezingRain, HeavyRain, HeavySnow, LightRain, MostlyClear, PartlyCloudy,
    Rain, Showers, Snow, Thunderstorm,
};
use crate::domain::forecast::{Forecast, Window};
use crate::domain::language::Language;
use crate::domain::phone::Country;
use crate::domain::subscriber::Units;

/// Seven on a grey September morning.
fn grey() -> Series {
    let lyon = place("Lyon", "FR", "Europe/Paris", 45.75, 4.85);
    Series::new(lyon, "2026-09-15 07:00", 8.0, 14.0)
        .sky(1, 0..24, Cloudy)
        .sky(2, 0..24, PartlyCloudy)
}

type Weathers = Vec<(&'static str, Series, Window)>;

fn weathers() -> Weathers {
    let mut all = wet();
    all.extend(others());
    all
}

/// A January morning.
fn frost() -> Series {
    Series::new(grey().place, "2026-01-12 07:00", -7.0, 1.0)
}

fn wet() -> Weathers {
    let windy = grey().falls(1, 14..18, Rain, 90, 2.2);
    vec![
        (
            "afternoon rain, breezy",
            windy.wind(1, 0..24, 31.0, 61.0, 230),
            Window::Today,
        ),
        (
            "perhaps showers, after sun",
            grey()
                .falls(1, 15..19, Showers, 40, 0.6)
                .sky(1, 6..15, MostlyClear),
            Window::Today,
        ),
        (
            "hardly",
            grey().falls(1, 13..19, LightRain, 20, 1.0),
            Window::Today,
        ),
        (
            "thunder, twice rain",
            grey()
                .falls(1, 8..10, Thunderstorm, 70, 6.0)
                .falls(1, 18..22, HeavyRain, 90, 9.0),
            Window::Today,
        ),
        (
            "rain that turns to snow",
            frost()
                .falls(1, 9..13, Rain, 90, 1.0)
                .falls(1, 13..19, Snow, 90, 1.6),
            Window::Today,
        ),
        (
            "heavy snow and wind",
            frost()
                .falls(1, 8..24, HeavySnow, 100, 2.0)
                .wind(1, 10..18, 55.0, 90.0, 90),
            Window::Today,
        ),
        (
            "freezing rain at noon",
            frost().falls(1, 11..13, FreezingRain, 90, 1.0),
            Window::Today,
        ),
    ]
}

fn others() -> Weathers {
    let heat = Series::new(grey().place, "2026-07-12 07:00", 21.0, 36.0);
    let felt = heat.with(|hour| {
        hour.feels_like_c = hour.temperature_c.map(|celsius| celsius + 6.0);
        hour.uv_index = Some(9.0);
    });
    let colder = grey().temperature(0, 12.0, 24.0);
    let mut old = grey();
    old.forecast.issued_at = old.now - SignedDuration::from_hours(14);
    vec![
        (
            "fog, then sun",
            frost().sky(1, 0..10, Fog).sky(1, 10..24, Clear),
            Window::Today,
        ),
        ("heat, felt and ultraviolet", felt, Window::Today),
        ("colder than yesterday", colder, Window::Today),
        ("tonight", frost(), Window::Tonight),
        (
            "tomorrow",
            grey().falls(2, 1..9, Rain, 60, 1.0),
            Window::Tomorrow,
        ),
        (
            "now, dry",
            grey().with(|h| h.feels_like_c = None),
            Window::Now,
        ),
        (
            "the weekend",
            grey().falls(5, 10..16, Showers, 80, 1.0),
            Window::Weekend,
        ),
        (
            "the week",
            grey().falls(3, 10..16, Rain, 50, 1.0),
            Window::Week,
        ),
        ("hours", grey(), Window::Hours),
        ("an old forecast", old, Window::Today),
    ]
}

#[test]
fn spoken_in_six_languages() {
    for language in Language::ALL {
        let mut sheet = String::new();
        let listener = match language {
            Language::English => "GB",
            Language::Spanish => "ES",
            Language::French => "FR",
            Language::German => "DE",
            Language::Portuguese => "BR",
            Language::Italian => "IT",
        };
        for (name, series, window) in weathers() {
            let ask = Ask {
                language,
                reader: Country::parse(listener),
                ..series.ask(window, Units::Metric, ClockStyle::H24)
            };
            let text = spoken_text(&series.forecast, &ask).unwrap();
            let heard = second_reader::heard::check(&text, &series.forecast, &ask);
            assert_eq!(heard, Ok(()), "{text}");
            sheet.push_str(&format!("{name}\n    {text}\n"));
        }
        let (_, first, window) = weathers().swap_remove(4);
        let ask = Ask {
            language,
            ..first.ask(window, Units::Imperial, ClockStyle::H12)
        };
        let text = spoken_text(&first.forecast, &ask).unwrap();
        sheet.push_str(&format!("imperial\n    {text}\n"));
        insta::assert_snapshot!(format!("spoken_{}", language.code()), sheet);
    }
}

/// Numbers as they are said, found in a text by the noun behind them; `None` where a number is none that we could mean.
fn numbers_said(text: &str, language: Language, nouns: &[&str]) -> Vec<Option<i32>> {
    use spoken::numbers::{Before, number_words};
    let spelled: Vec<(String, i32)> = (-150..=400)
        .flat_map(|n| {
            let ways = [Before::Masculine, Before::Feminine, Before::Nothing];
            ways.map(|before| (number_words(n, language, before), n))
        })
        .collect();
    let lower = text.to_lowercase();
    let value = |before: &str| {
        let fits = |(words, _): &&(String, i32)| before.ends_with(words.as_str());
        let longest = spelled.iter().filter(fits);
        longest
            .max_by_key(|(words, _)| words.len())
            .map(|(_, n)| *n)
    };
    let ends = |noun: &&str| {
        let noun = format!(" {}", noun.to_lowercase());
        let found = lower
            .match_indices(&noun)
            .map(|(at, _)| value(&lower[..at]));
        found.collect::<Vec<_>>()
    };
    nouns.iter().flat_map(ends).collect()
}

const fn degree(language: Language) -> &'static str {
    match language {
        Language::English => "degree",
        Language::Spanish => "grado",
        Language::French => "degré",
        Language::German => "Grad",
        Language::Portuguese => "grau",
        Language::Italian => "grad",
    }
}

const fn percent(language: Language) -> &'static str {
    match language {
        Language::English => "percent",
        Language::Spanish => "por ciento",
        Language::French => "pour cent",
        Language::German => "Prozent",
        Language::Portuguese => "por cento",
        Language::Italian => "per cento",
    }
}

const fn speeds(language: Language) -> [&'static str; 2] {
    match language {
        Language::English => ["kilometers an hour", "miles an hour"],
        Language::Spanish => ["kilómetros por hora", "millas por hora"],
        Language::French => ["kilomètres à l'heure", "miles à l'heure"],
        Language::German => ["Kilometer", "Meilen"],
        Language::Portuguese => ["quilômetros por hora", "milhas por hora"],
        Language::Italian => ["chilometri all'ora", "miglia all'ora"],
    }
}

/// Whether some hour has that chance to the next ten percent.
fn is_chance(said: i32, forecast: &Forecast) -> bool {
    let known = forecast
        .hours
        .iter()
        .filter_map(|h| h.precipitation_probability);
    known
        .into_iter()
        .any(|p| (i32::from(p) + 5) / 10 * 10 == said)
}

/// Whether it blows like that in some hour, to the next five.
fn is_wind(said: i32, forecast: &Forecast, units: Units) -> bool {
    let of = |kmh: f32| match units {
        Units::Metric => (kmh / 5.0).round() as i32 * 5,
        Units::Imperial => (kmh / 1.609_344 / 5.0).round() as i32 * 5,
    };
    let hours = forecast.hours.iter();
    let known = hours.flat_map(|h| [h.wind_kmh, h.gusts_kmh]).flatten();
    known.map(of).any(|speed| speed == said)
}

/// Whether the data have it: as a temperature, a felt one, or a change between two.
fn is_in_data(degrees: i32, forecast: &Forecast, units: Units) -> bool {
    let of = |celsius: f32| match units {
        Units::Metric => celsius.round() as i32,
        Units::Imperial => (celsius * 1.8 + 32.0).round() as i32,
    };
    let hours = &forecast.hours;
    let all: Vec<i32> = hours
        .iter()
        .flat_map(|hour| {
            [
                hour.temperature_c,
                hour.low_c,
                hour.high_c,
                hour.feels_like_c,
            ]
        })
        .flatten()
        .map(of)
        .collect();
    all.contains(&degrees)
        || all
            .iter()
            .any(|one| all.contains(&(one + degrees)) || all.contains(&(one - degrees)))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_comes_is_said_in_words_and_in_time(plan in plan(), imperial: bool) {
        let forecast = series(&plan);
        let place = &places()[plan.place];
        let units = if imperial { Units::Imperial } else { Units::Metric };
        for (language, window) in Language::ALL.into_iter().flat_map(|one| windows().into_iter().map(move |w| (one, w))) {
            let ask = Ask {
                language,
                place,
                window,
                units,
                clock: ClockStyle::H24,
                reader: Country::parse("DE"),
                now: forecast.issued_at + SignedDuration::from_hours(plan.age_hours),
                room: 160,
            };
            let Ok(text) = spoken_text(&forecast, &ask) else { continue };
            let odd = |c: char| c.is_ascii_digit() || "%°/&{}<>".contains(c);
            prop_assert!(!text.contains(odd), "{}", text);
            prop_assert!(!text.contains("  ") && !text.contains(" ,") && !text.contains(".."), "{}", text);
            prop_assert!(text.ends_with('.'), "{}", text);
            // 45 seconds at thirteen and a half letters a second.
            prop_assert!(text.chars().count() <= 605, "{} {}", text.chars().count(), text);
            if let Err(complaint) = second_reader::heard::check(&text, &forecast, &ask) {
                prop_assert!(false, "{language:?} {window:?}: {text}\n{complaint}");
            }
            for chance in numbers_said(&text, language, &[percent(language)]) {
                prop_assert!(chance.is_some_and(|p| is_chance(p, &forecast)), "{language:?} {chance:?}: {text}");
            }
            for speed in numbers_said(&text, language, &speeds(language)) {
                prop_assert!(speed.is_some_and(|v| is_wind(v, &forecast, units)), "{language:?} {speed:?}: {text}");
            }
            for degrees in numbers_said(&text, language, &[degree(language)]) {
                let known = degrees.is_some_and(|degrees| is_in_data(degrees, &forecast, units));
                prop_assert!(known, "{language:?} {degrees:?}: {text}");
            }
        }
    }
}
