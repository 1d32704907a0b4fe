//! Answers that are broken in the middle: what is left of them is told truly, in one segment, or nothing is.

use serde_json::{Value, json};

use super::golden::{as_met_norway, as_nws, as_open_meteo};
use crate::domain::compose::tests::{Weather, second_hearing, second_reading, weathers};
use crate::domain::compose::{Ask, ClockStyle, forecast_text, spoken_text};
use crate::domain::forecast::{Forecast, Hour, Window};
use crate::domain::language::Language;
use crate::domain::message::MessageBody;
use crate::domain::subscriber::Units;
use crate::weather::{met_norway, nws, open_meteo};

type Made = fn(&Forecast) -> Option<Value>;
type Read = fn(&[u8]) -> Result<Vec<Hour>, &'static str>;

const SERVICES: [(&str, Made, Read); 3] = [
    ("open-meteo", as_open_meteo, open_meteo::hours_of),
    ("met-norway", as_met_norway, met_norway::hours_of),
    ("nws", as_nws, nws::hours_of),
];

/// Nulls, numbers in quotes, numbers that no weather has, rows missing or twice, times out of order and of 1900.
#[test]
fn broken_answers_are_told_truly_or_not_at_all() {
    let (mut read, mut told) = (0, 0);
    for (service, made, reads) in SERVICES {
        for (seed, weather) in weathers().iter().enumerate() {
            for faults in [4, 60] {
                let Some(mut answer) = made(&weather.forecast) else {
                    continue;
                };
                let mut dice = Dice(seed as u64 * 97 + faults);
                for _ in 0..faults {
                    damage(&mut answer, &mut dice);
                }
                let Ok(hours) = reads(answer.to_string().as_bytes()) else {
                    continue;
                };
                read += 1;
                told += tell(service, weather, hours, dice.roll(6));
            }
        }
    }
    assert!(read > 200 && told > 300, "{read} read, {told} told");
}

#[test]
fn a_service_that_knows_only_one_thing_is_told_so() {
    for weather in weathers() {
        for keep in 0..7u32 {
            let mut forecast = weather.forecast.clone();
            for hour in &mut forecast.hours {
                let known = *hour;
                *hour = Hour::empty(known.start);
                hour.span_hours = known.span_hours;
                match keep {
                    0 => hour.temperature_c = known.temperature_c,
                    1 => hour.precipitation_probability = known.precipitation_probability,
                    2 => hour.precipitation_mm = known.precipitation_mm,
                    3 => hour.conditions = known.conditions,
                    4 => hour.gusts_kmh = known.gusts_kmh,
                    5 => hour.snowfall_cm = known.snowfall_cm,
                    _ => hour.uv_index = known.uv_index,
                }
            }
            tell("one thing", &weather, forecast.hours, keep);
        }
    }
}

fn tell(service: &str, weather: &Weather, hours: Vec<Hour>, turn: u32) -> usize {
    let ordered = |pair: &[Hour]| pair[0].end() <= pair[1].start;
    assert!(hours.windows(2).all(ordered), "{service}: {}", weather.name);
    let forecast = Forecast {
        hours,
        ..weather.forecast.clone()
    };
    let language = Language::ALL[turn as usize % 6];
    let windows = [
        Window::Now,
        Window::Hours,
        Window::Today,
        Window::Tonight,
        Window::Tomorrow,
        Window::Weekend,
        Window::Week,
    ];
    let mut told = 0;
    for window in windows.into_iter().skip(turn as usize % 3).step_by(3) {
        let ask = Ask {
            place: &weather.place,
            window,
            units: [Units::Metric, Units::Imperial][turn as usize % 2],
            language,
            clock: ClockStyle::for_reader(language, Some(weather.place.country)),
            reader: None,
            now: weather.now,
            room: 160,
        };
        let Ok(text) = forecast_text(&forecast, &ask) else {
            continue;
        };
        told += 1;
        let name = format!("{service}, {}, {window:?}: {text}", weather.name);
        assert!(MessageBody::new(&text).fits(1), "{name}");
        assert_eq!(second_reading(&text, &forecast, &ask), Ok(()), "{name}");
        let spoken = match spoken_text(&forecast, &ask) {
            Ok(spoken) => spoken,
            // Every third hour is said, and what is known may lie between.
            Err(_) if window == Window::Hours => continue,
            Err(why) => panic!("nothing is said: {why:?}, {name}"),
        };
        let heard = second_hearing(&spoken, &forecast, &ask);
        assert_eq!(heard, Ok(()), "{name}\n{spoken}");
    }
    told
}

/// One fault, somewhere below.
fn damage(value: &mut Value, dice: &mut Dice) {
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            let at = dice.roll(fields.len() as u32) as usize;
            if let Some((_, below)) = fields.iter_mut().nth(at) {
                damage(below, dice);
            }
        }
        Value::Array(rows) if rows.len() > 1 => {
            let of = rows.len() as u32;
            let (at, other) = (dice.roll(of) as usize, dice.roll(of) as usize);
            match dice.roll(40) {
                0 => drop(rows.remove(at)),
                1 => rows.insert(at, rows[at].clone()),
                2 => rows.swap(at, other),
                _ => damage(&mut rows[at], dice),
            }
        }
        leaf => *leaf = wrong(leaf, dice),
    }
}

/// What stands there instead.
fn wrong(leaf: &Value, dice: &mut Dice) -> Value {
    match dice.roll(12) {
        0..=3 => Value::Null,
        4 => json!(leaf.to_string()),
        5 => json!(-999.0),
        6 => json!(1e308),
        7 => json!(101),
        8 => json!("NaN"),
        9 => json!("1900-01-01T00:00:00Z"),
        10 => json!({"value": leaf}),
        _ => json!([leaf, leaf]),
    }
}

/// A small generator: the seed decides all.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: u32) -> u32 {
        let next = self.0.wrapping_mul(6_364_136_223_846_793_005);
        self.0 = next.wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as u32) % below
    }
}
