//! Any series at all: the text fits, names only hours of its window, and a second reader finds nothing to object to.

use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use super::second_reader;
use super::series::place;
use crate::domain::compose::*;
use crate::domain::forecast::{Conditions, Forecast, Hour, Window};
use crate::domain::language::Language;
use crate::domain::message::MessageBody;
use crate::domain::phone::Country;
use crate::domain::place::Place;
use crate::domain::subscriber::Units;

const CONDITIONS: [Conditions; 25] = [
    Conditions::Clear,
    Conditions::MostlyClear,
    Conditions::PartlyCloudy,
    Conditions::Cloudy,
    Conditions::Fog,
    Conditions::FreezingFog,
    Conditions::LightRain,
    Conditions::Rain,
    Conditions::HeavyRain,
    Conditions::LightShowers,
    Conditions::Showers,
    Conditions::HeavyShowers,
    Conditions::FreezingRain,
    Conditions::Sleet,
    Conditions::LightSnow,
    Conditions::Snow,
    Conditions::HeavySnow,
    Conditions::SnowShowers,
    Conditions::HeavySnowShowers,
    Conditions::Thunderstorm,
    Conditions::StrongThunderstorm,
    Conditions::Hail,
    Conditions::Smoke,
    Conditions::Haze,
    Conditions::Dust,
];

/// How wild a series is.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    pub(super) place: usize,
    start_hour: i64,
    hours: usize,
    /// Hours in which weather changes its mind at the earliest: 1 is noise.
    calm: usize,
    /// Of 100 values so many are missing.
    missing: u32,
    /// Of 100 hours so many are not there at all.
    holes: u32,
    coarse_from: usize,
    now_minutes: i64,
    pub(super) age_hours: i64,
    seed: u64,
}

pub(super) fn plan() -> impl Strategy<Value = Plan> {
    let shape = (0..8usize, 490_000..500_000i64, 0..220usize, 1..12usize);
    let damage = (
        prop_oneof![Just(0u32), 0..60u32],
        prop_oneof![Just(0u32), 0..30u32],
        20..400usize,
    );
    (shape, damage, 0..9_000i64, 0..8i64, any::<u64>()).prop_map(
        |(
            (place, start_hour, hours, calm),
            (missing, holes, coarse_from),
            now_minutes,
            age_hours,
            seed,
        )| Plan {
            place,
            start_hour,
            hours,
            calm,
            missing,
            holes,
            coarse_from,
            now_minutes,
            age_hours,
            seed,
        },
    )
}

pub(super) fn places() -> [Place; 8] {
    [
        place("London", "GB", "Europe/London", 51.5, -0.1),
        place("Pune", "IN", "Asia/Kolkata", 18.5, 73.9),
        place("New York", "US", "America/New_York", 40.7, -74.0),
        place("Adelaide", "AU", "Australia/Adelaide", -34.9, 138.6),
        place("Longyearbyen", "SJ", "Arctic/Longyearbyen", 78.2, 15.6),
        place("Kathmandu", "NP", "Asia/Kathmandu", 27.7, 85.3),
        place(
            "Santiago de los Caballeros de la Vega Real",
            "DO",
            "America/Santo_Domingo",
            19.5,
            -70.7,
        ),
        place("東京", "JP", "Asia/Tokyo", 35.7, 139.7),
    ]
}

/// A small generator: the seed decides all.
pub(super) struct Dice(pub(super) u64);

impl Dice {
    pub(super) fn roll(&mut self, below: u32) -> u32 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as u32) % below
    }

    pub(super) fn real(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * self.roll(10_000) as f32 / 10_000.0
    }
}

pub(super) fn series(plan: &Plan) -> Forecast {
    let mut dice = Dice(plan.seed);
    let start = Timestamp::UNIX_EPOCH + SignedDuration::from_hours(plan.start_hour);
    let mut hours: Vec<Hour> = Vec::new();
    let mut weather = Hour::empty(start);
    let mut at = 0;
    while at < plan.hours {
        if at % plan.calm == 0 {
            let wet = dice.roll(3) > 0;
            // A cloudburst at times.
            let most = if dice.roll(12) > 0 { 9.0 } else { 200.0 };
            let mm = if wet { dice.real(0.0, most) } else { 0.0 };
            weather.temperature_c = Some(dice.real(-60.0, 55.0));
            weather.feels_like_c = Some(dice.real(-70.0, 62.0));
            weather.precipitation_probability = Some(if wet {
                dice.roll(101) as u8
            } else {
                dice.roll(30) as u8
            });
            weather.precipitation_mm = Some((mm * 10.0).round() / 10.0);
            weather.snowfall_cm = Some(if dice.roll(3) == 0 { mm } else { 0.0 });
            weather.wind_kmh = Some(dice.real(0.0, 150.0));
            weather.gusts_kmh = Some(dice.real(0.0, 250.0));
            weather.wind_from_deg = Some(dice.roll(360) as u16);
            weather.uv_index = Some(dice.real(0.0, 14.0));
            weather.conditions = Some(CONDITIONS[dice.roll(CONDITIONS.len() as u32) as usize]);
        }
        let span = if at >= plan.coarse_from { 6 } else { 1 };
        let mut hour = weather;
        if span > 1 {
            let celsius = hour.temperature_c.unwrap_or(0.0);
            hour.low_c = Some(celsius - dice.real(0.0, 9.0));
            hour.high_c = Some(celsius + dice.real(0.0, 9.0));
        }
        hour.start = start + SignedDuration::from_hours(at as i64);
        hour.span_hours = span;
        drop_some(&mut hour, plan.missing, &mut dice);
        if dice.roll(100) >= plan.holes {
            hours.push(hour);
        }
        at += usize::from(span);
    }
    let now = start + SignedDuration::from_mins(plan.now_minutes);
    Forecast {
        provider: "test",
        issued_at: now - SignedDuration::from_hours(plan.age_hours),
        hours,
    }
}

fn drop_some(hour: &mut Hour, missing: u32, dice: &mut Dice) {
    let mut gone = || dice.roll(100) < missing;
    hour.temperature_c = hour.temperature_c.filter(|_| !gone());
    hour.low_c = hour.low_c.filter(|_| !gone());
    hour.high_c = hour.high_c.filter(|_| !gone());
    hour.feels_like_c = hour.feels_like_c.filter(|_| !gone());
    hour.precipitation_probability = hour.precipitation_probability.filter(|_| !gone());
    hour.precipitation_mm = hour.precipitation_mm.filter(|_| !gone());
    hour.snowfall_cm = hour.snowfall_cm.filter(|_| !gone());
    hour.wind_kmh = hour.wind_kmh.filter(|_| !gone());
    hour.gusts_kmh = hour.gusts_kmh.filter(|_| !gone());
    hour.wind_from_deg = hour.wind_from_deg.filter(|_| !gone());
    hour.uv_index = hour.uv_index.filter(|_| !gone());
    hour.conditions = hour.conditions.filter(|_| !gone());
}

pub(super) fn windows() -> Vec<Window> {
    use jiff::civil::Weekday::{Friday, Monday};
    vec![
        Window::Now,
        Window::Hours,
        Window::Today,
        Window::Tonight,
        Window::Tomorrow,
        Window::Weekday(Monday),
        Window::Weekday(Friday),
        Window::Weekend,
        Window::Week,
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 80,
        failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_text_fits_and_contradicts_nothing(plan in plan(), imperial: bool, twelve: bool, nordic: bool) {
        let forecast = series(&plan);
        let place = &places()[plan.place];
        let everything = windows().into_iter().flat_map(|w| Language::ALL.map(|l| (w, l)));
        for (window, language) in everything {
            let ask = Ask {
                language,
                place,
                window,
                units: if imperial { Units::Imperial } else { Units::Metric },
                clock: if twelve { ClockStyle::H12 } else { ClockStyle::H24 },
                reader: if nordic { Country::parse("NO") } else { None },
                now: forecast.issued_at + SignedDuration::from_hours(plan.age_hours),
                room: 160,
            };
            let Ok(text) = forecast_text(&forecast, &ask) else { continue };
            let body = MessageBody::new(&text);
            prop_assert_eq!(body.as_str(), &text);
            prop_assert!(body.fits(1), "{} {}", body.septets(), text);
            if let Err(complaint) = second_reader::check(&text, &forecast, &ask) {
                prop_assert!(false, "{window:?}: {text}\n{complaint}");
            }
        }
    }

    #[test]
    fn every_room_is_kept(plan in plan(), room in 0..200usize) {
        let forecast = series(&plan);
        let place = &places()[plan.place % 7];
        for window in windows() {
            let now = forecast.issued_at + SignedDuration::from_hours(plan.age_hours);
            let (units, clock) = (Units::Metric, ClockStyle::H24);
            for language in Language::ALL {
                let ask = Ask { language, place, window, units, clock, reader: None, now, room };
                if let Ok(text) = forecast_text(&forecast, &ask) {
                    let letters = text.chars().count();
                    prop_assert!(letters <= room.max(60), "{letters} > {room}: {text}");
                }
            }
        }
    }
}
