//! Same weather, same text: two model runs that differ by noise are told in the same words, nearly always.

use jiff::SignedDuration;

use super::properties::Dice;
use super::series::{Series, place};
use crate::domain::compose::*;
use crate::domain::forecast::Conditions::{self, Clear, Cloudy, MostlyClear, PartlyCloudy};
use crate::domain::forecast::{Forecast, Hour, Window};
use crate::domain::subscriber::Units;

const SKIES: [Conditions; 4] = [Clear, MostlyClear, PartlyCloudy, Cloudy];

/// Another run of the model: temperatures by 0.3 C, chances by 3 %, wind by 5 %, in one hour of six a step of cloud.
fn another_run(forecast: &Forecast, seed: u64) -> Forecast {
    let mut dice = Dice(seed);
    let mut run = forecast.clone();
    for hour in &mut run.hours {
        let warmer = dice.real(-0.3, 0.3);
        hour.temperature_c = hour.temperature_c.map(|c| c + warmer);
        hour.low_c = hour.low_c.map(|c| c + warmer);
        hour.high_c = hour.high_c.map(|c| c + warmer);
        hour.feels_like_c = hour.feels_like_c.map(|c| c + warmer);
        let likelier = dice.roll(7);
        hour.precipitation_probability = hour
            .precipitation_probability
            .map(|p| u8::try_from((u32::from(p) + likelier).saturating_sub(3).min(100)).unwrap());
        let stronger = dice.real(0.95, 1.05);
        hour.wind_kmh = hour.wind_kmh.map(|kmh| kmh * stronger);
        hour.gusts_kmh = hour.gusts_kmh.map(|kmh| kmh * stronger);
        if dice.roll(6) == 0 {
            cloud(hour, dice.roll(2) == 0);
        }
    }
    run
}

fn cloud(hour: &mut Hour, more: bool) {
    let at = SKIES.iter().position(|sky| Some(*sky) == hour.conditions);
    let next = at.map(|at| if more { at + 1 } else { at.saturating_sub(1) });
    let next = next.and_then(|next| SKIES.get(next)).copied();
    hour.conditions = next.or(hour.conditions);
}

/// A day as models make them: chances that rise and fall over hours, amounts after them, clouds before them.
fn day(seed: u64) -> Series {
    let mut dice = Dice(seed);
    dice.roll(2);
    let low = dice.real(-5.0, 18.0);
    let high = low + dice.real(3.0, 12.0);
    let london = place("London", "GB", "Europe/London", 51.51, -0.13);
    let mut series = Series::new(london, "2026-09-15 07:00", low, high);
    for day in 1..4 {
        let sky = dice.roll(4) as usize;
        series = series.sky(day, 0..24, SKIES[sky]);
        let (mean, gusts) = (dice.real(5.0, 40.0), dice.real(1.3, 2.2));
        series = series.each(day, 0..24, |at, hour| {
            let by_day = 0.6 + 0.4 * (1.0 - (at as f32 - 14.0).abs() / 14.0);
            hour.wind_kmh = Some(mean * by_day);
            hour.gusts_kmh = Some(mean * by_day * gusts);
        });
        if dice.roll(3) == 0 {
            continue;
        }
        let (middle, width) = (dice.real(0.0, 24.0), dice.real(1.5, 6.0));
        let (most, rate) = (dice.real(20.0, 100.0), dice.real(0.2, 3.0));
        series = series.each(day, 0..24, |at, hour| {
            let off = (at as f32 - middle) / width;
            let share = (-off * off).exp();
            let chance = (most * share).round();
            hour.precipitation_probability = Some(chance as u8);
            hour.precipitation_mm = Some((rate * share * most / 10.0).round() / 10.0);
            if chance >= 30.0 {
                hour.conditions = Some(if rate < 1.0 {
                    Conditions::LightRain
                } else {
                    Conditions::Rain
                });
            }
        });
    }
    series.with(|h| h.snowfall_cm = Some(0.0))
}

#[test]
fn two_runs_are_told_alike() {
    let (mut runs, mut same_lead, mut same_words, mut same) = (0, 0, 0, 0);
    for seed in 0..200 {
        let base = day(seed);
        let ask = base.ask(Window::Today, Units::Metric, ClockStyle::H12);
        let first = forecast_text(&base.forecast, &ask).unwrap();
        for run in 0..5 {
            let second = another_run(&base.forecast, seed * 31 + run);
            let second = forecast_text(&second, &ask).unwrap();
            runs += 1;
            same += usize::from(first == second);
            same_lead += usize::from(lead(&first) == lead(&second));
            same_words += usize::from(words(&first) == words(&second));
        }
    }
    eprintln!(
        "{runs} runs: same text {same}, same lead {same_lead}, same words in it {same_words}"
    );
    assert!(same_lead * 100 >= runs * 85, "{same_lead} of {runs}");
    assert!(same_words * 100 >= runs * 94, "{same_words} of {runs}");
}

/// The lead without its figures: an hour more or less is no other weather.
fn words(text: &str) -> String {
    let letter = |c: &char| !c.is_ascii_digit();
    let words = lead(text).chars().filter(letter).collect::<String>();
    words.replace("noon", "pm").replace("am", "pm")
}

/// The first sentence: what changes and when.
fn lead(text: &str) -> &str {
    let body = text.split_once(": ").map_or(text, |(_, body)| body);
    body.split(". ").next().unwrap_or(body)
}

/// The age of a run is no change of weather.
#[test]
fn an_hour_later_the_same_run_is_told_alike() {
    let base = day(7);
    let ask = base.ask(Window::Tomorrow, Units::Metric, ClockStyle::H24);
    let later = Ask {
        now: base.now + SignedDuration::from_hours(1),
        ..ask.clone()
    };
    assert_eq!(
        forecast_text(&base.forecast, &ask),
        forecast_text(&base.forecast, &later)
    );
}
