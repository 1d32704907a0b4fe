//! Recorded payloads to texts: every one that is a forecast, in all windows, units and languages. Needs `WEATHERLINE_DATA`.

use jiff::SignedDuration;
use jiff::civil::Weekday;

use super::recorded::{body, files, name};
use crate::domain::compose::tests::{second_hearing, second_reading};
use crate::domain::compose::{Ask, ClockStyle, forecast_text, spoken_text};
use crate::domain::forecast::{Forecast, Hour, Window};
use crate::domain::language::Language;
use crate::domain::message::MessageBody;
use crate::domain::phone::Country;
use crate::domain::place::{Coordinates, Place};
use crate::domain::subscriber::Units;
use crate::domain::zone::Zone;
use crate::weather::{met_norway, nws, open_meteo};

type Read = fn(&[u8]) -> Result<Vec<Hour>, &'static str>;

#[test]
fn recorded_payloads_are_told_truly_in_every_language() {
    let providers: [(&str, Read); 3] = [
        ("open-meteo", open_meteo::hours_of),
        ("met-norway", met_norway::hours_of),
        ("nws", nws::hours_of),
    ];
    let (mut payloads, mut texts) = (0, 0);
    for (provider, read) in providers {
        for path in files(provider) {
            let body = body(&path);
            let hours = read(&body).ok().filter(|hours| hours.len() > 2);
            let Some((hours, place)) = hours.zip(place(&body)) else {
                continue;
            };
            let told = tell(name(&path), &place, hours);
            payloads += usize::from(told > 0);
            texts += told;
        }
    }
    if std::env::var_os("WEATHERLINE_DATA").is_some() {
        eprintln!("{payloads} recorded payloads, {texts} texts");
        assert!(payloads >= 10 && texts > 5_000, "{payloads}, {texts}");
    }
}

/// Where an answer says that it is for, with the sun's own time there.
fn place(body: &[u8]) -> Option<Place> {
    let answer: serde_json::Value = serde_json::from_slice(body).ok()?;
    let of = |pointer: &str| answer.pointer(pointer).and_then(serde_json::Value::as_f64);
    let longitude = of("/longitude")
        .or_else(|| of("/geometry/coordinates/0"))
        .or_else(|| of("/geometry/coordinates/0/0/0"))?;
    let latitude = of("/latitude")
        .or_else(|| of("/geometry/coordinates/1"))
        .or_else(|| of("/geometry/coordinates/0/0/1"))?;
    let hours = -(longitude / 15.0).round() as i32;
    Some(Place {
        name: "Somewhere".to_owned(),
        admin1: None,
        admin1_code: None,
        country: Country::parse("FR")?,
        coordinates: Coordinates::new(latitude, longitude)?,
        elevation_m: None,
        zone: Zone::named(&format!("Etc/GMT{hours:+}"))?,
    })
}

fn tell(file: &str, place: &Place, hours: Vec<Hour>) -> usize {
    let first = hours[0].start;
    let mut told = 0;
    for after in [10, 400, 1_000, 1_730, 3_500] {
        let now = first + SignedDuration::from_mins(after);
        let forecast = Forecast {
            provider: "open-meteo",
            issued_at: now,
            hours: hours.clone(),
        };
        let known = [Units::Metric, Units::Imperial].map(|units| Known::of(&forecast, units));
        for (units, clock, reader) in [
            (Units::Metric, ClockStyle::H24, "SE"),
            (Units::Metric, ClockStyle::H12, "GB"),
            (Units::Imperial, ClockStyle::H12, "US"),
        ] {
            for (window, language) in everything() {
                let ask = Ask {
                    place,
                    window,
                    units,
                    language,
                    clock,
                    reader: Country::parse(reader),
                    now,
                    room: 160,
                };
                let Ok(text) = forecast_text(&forecast, &ask) else {
                    continue;
                };
                told += 1;
                check(file, &text, &forecast, &ask);
                let known = &known[usize::from(units == Units::Imperial)];
                for number in numbers(&text) {
                    assert!(known.has(number), "{file}: {number} in {text}");
                }
            }
        }
    }
    told
}

fn everything() -> impl Iterator<Item = (Window, Language)> {
    let windows = [
        Window::Now,
        Window::Hours,
        Window::Today,
        Window::Tonight,
        Window::Tomorrow,
        Window::Weekday(Weekday::Sunday),
        Window::Weekend,
        Window::Week,
    ];
    windows
        .into_iter()
        .flat_map(|window| Language::ALL.map(|language| (window, language)))
}

fn check(file: &str, text: &str, forecast: &Forecast, ask: &Ask<'_>) {
    let body = MessageBody::new(text);
    assert_eq!(body.as_str(), text);
    assert!(body.septets() <= 160 && body.fits(1), "{file}: {text}");
    let reading = second_reading(text, forecast, ask);
    assert_eq!(reading, Ok(()), "{file} at {}: {text}", ask.now);
    let spoken = spoken_text(forecast, ask).unwrap_or_default();
    assert!(!spoken.is_empty(), "{file}: nothing to say of {text}");
    let hearing = second_hearing(&spoken, forecast, ask);
    assert_eq!(hearing, Ok(()), "{file} at {}: {spoken}", ask.now);
}

/// The numbers of a text, without their signs: a minus may be a range's.
fn numbers(text: &str) -> Vec<f32> {
    let body = text.split_once(": ").map_or(text, |(_, body)| body);
    body.split(|c: char| !c.is_ascii_digit() && c != '.' && c != ',')
        .map(|figure| figure.trim_matches(['.', ',']).replace(',', "."))
        .filter_map(|figure| figure.parse().ok())
        .collect()
}

/// All numbers that the data can be told by.
struct Known(Vec<f32>);

impl Known {
    fn of(forecast: &Forecast, units: Units) -> Self {
        // Hours of the clock, and the ends of the ranges that snow is told in.
        let mut all: Vec<f32> = (0..=24u8).map(f32::from).collect();
        all.extend([30.0, 50.0]);
        let imperial = units == Units::Imperial;
        let degrees = |c: f32| if imperial { c * 1.8 + 32.0 } else { c }.round();
        let (mut rain, mut temperatures) = (Vec::new(), Vec::new());
        for hour in &forecast.hours {
            for celsius in [
                hour.temperature_c,
                hour.feels_like_c,
                hour.low_c,
                hour.high_c,
            ] {
                temperatures.extend(celsius.map(degrees));
            }
            for kmh in [hour.wind_kmh, hour.gusts_kmh].into_iter().flatten() {
                let fives = |speed: f32| (speed / 5.0).round() * 5.0;
                all.extend([fives(kmh), fives(kmh / 1.609_344), (kmh / 3.6).round()]);
            }
            all.extend(hour.uv_index.map(f32::round));
            let chance = hour.precipitation_probability.map(f32::from);
            all.extend(chance.map(|p| (p / 10.0).round() * 10.0));
            rain.push(hour.precipitation_mm.unwrap_or(0.0));
        }
        // Any stretch's rain.
        for from in 0..rain.len() {
            let mut sum = 0.0;
            for mm in rain[from..].iter().take(36) {
                sum += mm;
                all.extend([sum.round(), (sum / 5.0).round() * 5.0]);
                all.push((sum / 2.54).round() / 10.0);
                all.push((sum / 12.7).round() / 2.0);
            }
        }
        let least = temperatures.iter().copied().fold(f32::MAX, f32::min);
        let most = temperatures.iter().copied().fold(f32::MIN, f32::max);
        // Differences between two days.
        all.extend((0..=60u8).map(f32::from).filter(|n| *n <= most - least));
        all.extend(temperatures.iter().map(|t| t.abs()));
        all.sort_by(f32::total_cmp);
        all.dedup();
        Self(all)
    }

    fn has(&self, number: f32) -> bool {
        let close = |known: &f32| (known - number).abs() < 0.051;
        self.0.iter().any(close)
    }
}
