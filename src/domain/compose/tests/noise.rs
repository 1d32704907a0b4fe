//! Same weather, same text: two model runs that differ by noise are told in the same words, nearly always.

use std::collections::BTreeMap;

use jiff::SignedDuration;

use super::properties::Dice;
use super::series::{Series, place};
use crate::domain::compose::*;
use crate::domain::forecast::Conditions::{
    self, Clear, Cloudy, HeavyRain, LightRain, MostlyClear, PartlyCloudy, Rain,
};
use crate::domain::forecast::{Forecast, Hour, Window};
use crate::domain::subscriber::Units;

/// A day as models make them: chances that rise and fall over hours, amounts after them, clouds that come and go.
#[derive(Clone)]
struct Latent {
    series: Series,
    /// Cloud of each hour, percent.
    clouds: Vec<f32>,
}

fn latent(seed: u64) -> Latent {
    let mut dice = Dice(seed);
    dice.roll(2);
    let low = dice.real(-5.0, 18.0);
    let high = low + dice.real(3.0, 12.0);
    let london = place("London", "GB", "Europe/London", 51.51, -0.13);
    let mut series = Series::new(london, "2026-09-15 07:00", low, high);
    for day in 0..4 {
        let (colder, warmer) = (dice.real(-3.0, 3.0), dice.real(-3.0, 3.0));
        series = series.temperature(day, low + colder, (high + warmer).max(low + colder + 1.0));
        let (mean, gusts) = (dice.real(5.0, 40.0), dice.real(1.3, 2.2));
        let from = dice.roll(360) as u16;
        series = series.each(day, 0..24, |at, hour| {
            let by_day = 0.6 + 0.4 * (1.0 - (at as f32 - 14.0).abs() / 14.0);
            hour.wind_kmh = Some(mean * by_day);
            hour.gusts_kmh = Some(mean * by_day * gusts);
            hour.wind_from_deg = Some(from);
            hour.uv_index = Some((6.5 * (1.0 - (at as f32 - 13.0).abs() / 7.0)).max(0.0));
        });
        for _ in 0..dice.roll(4).div_ceil(2) {
            let (middle, width) = (dice.real(0.0, 24.0), dice.real(1.5, 6.0));
            let (most, rate) = (dice.real(20.0, 100.0), dice.real(0.1, 4.0));
            series = series.each(day, 0..24, |at, hour| {
                let off = (at as f32 - middle) / width;
                let share = (-off * off).exp();
                let chance = hour.precipitation_probability.unwrap_or(0);
                let more = (most * share).round() as u8;
                hour.precipitation_probability = Some(chance.max(more));
                let mm = hour.precipitation_mm.unwrap_or(0.0) + rate * share * most / 100.0;
                hour.precipitation_mm = Some(if more < 15 { 0.0 } else { mm });
            });
        }
    }
    let (mut day, mut cloud) = (0, 0.0);
    let clouds = series.forecast.hours.iter().enumerate().map(|(at, _)| {
        if at == 0 || at / 24 > day {
            (day, cloud) = (at / 24, dice.real(0.0, 100.0));
        }
        cloud = (cloud + dice.real(-9.0, 9.0)).clamp(0.0, 100.0);
        cloud
    });
    let clouds = clouds.collect();
    let series = series.with(|h| h.snowfall_cm = Some(0.0));
    Latent { series, clouds }
}

/// What Open-Meteo would call it.
fn called(hour: &Hour, cloud: f32) -> Conditions {
    match (hour.precipitation_mm.unwrap_or(0.0), cloud) {
        (mm, _) if mm >= 7.6 => HeavyRain,
        (mm, _) if mm >= 1.3 => Rain,
        (mm, _) if mm >= 0.1 => LightRain,
        (_, cloud) if cloud < 20.0 => Clear,
        (_, cloud) if cloud < 50.0 => MostlyClear,
        (_, cloud) if cloud < 80.0 => PartlyCloudy,
        _ => Cloudy,
    }
}

impl Latent {
    /// A run of the model: in each hour temperatures off by up to 0.4 C, chances by 5 %, wind by 5 %, amounts by 10 %, cloud
    /// by 8 %, or by a share of that.
    fn run(&self, seed: u64, noise: f32) -> Forecast {
        let mut dice = Dice(seed);
        let mut run = self.series.forecast.clone();
        for (hour, cloud) in run.hours.iter_mut().zip(&self.clouds) {
            let warmer = noise * dice.real(-0.4, 0.4);
            hour.temperature_c = hour.temperature_c.map(|c| c + warmer);
            hour.feels_like_c = hour.feels_like_c.map(|c| c + warmer);
            let likelier = noise * dice.real(-5.0, 5.0);
            hour.precipitation_probability = hour
                .precipitation_probability
                .map(|p| (f32::from(p) + likelier).round().clamp(0.0, 100.0) as u8);
            let stronger = 1.0 + noise * dice.real(-0.05, 0.05);
            hour.wind_kmh = hour.wind_kmh.map(|kmh| kmh * stronger);
            hour.gusts_kmh = hour.gusts_kmh.map(|kmh| kmh * stronger);
            let more = 1.0 + noise * dice.real(-0.1, 0.1);
            hour.precipitation_mm = hour
                .precipitation_mm
                .map(|mm| (mm * more * 10.0).round() / 10.0);
            hour.conditions = Some(called(hour, cloud + noise * dice.real(-8.0, 8.0)));
        }
        run
    }
}

/// Another run of the same model, hours later: off by errors that last for hours, each 0.85 of the one before it.
struct Drift {
    dice: Dice,
    off: [f32; 6],
}

impl Drift {
    const RHO: f32 = 0.85;

    fn of(seed: u64) -> Self {
        let mut drift = Self {
            dice: Dice(seed),
            off: [0.0; 6],
        };
        drift.off = std::array::from_fn(|_| drift.normal());
        drift
    }

    /// Of mean 0 and deviation 1, near enough.
    fn normal(&mut self) -> f32 {
        (0..12).map(|_| self.dice.real(0.0, 1.0)).sum::<f32>() - 6.0
    }

    fn step(&mut self) -> [f32; 6] {
        let fresh: [f32; 6] = std::array::from_fn(|_| self.normal());
        let rest = (1.0 - Self::RHO * Self::RHO).sqrt();
        self.off = std::array::from_fn(|at| Self::RHO * self.off[at] + rest * fresh[at]);
        self.off
    }
}

impl Latent {
    /// Temperatures are off by 0.4 C, wind by 0.5 m/s and its gusts by 0.8, chances by 4 %, amounts by 12 %, cloud by 6 %, all
    /// as deviations; the conditions are what follows from these.
    fn next_run(&self, seed: u64) -> Self {
        let mut drift = Drift::of(seed);
        let mut run = self.clone();
        for (hour, cloud) in run.series.forecast.hours.iter_mut().zip(&mut run.clouds) {
            let [warmer, windier, gustier, likelier, more, cloudier] = drift.step();
            hour.temperature_c = hour.temperature_c.map(|c| c + 0.4 * warmer);
            hour.feels_like_c = hour.feels_like_c.map(|c| c + 0.4 * warmer);
            hour.wind_kmh = hour.wind_kmh.map(|kmh| (kmh + 1.8 * windier).max(0.0));
            hour.gusts_kmh = hour.gusts_kmh.map(|kmh| (kmh + 2.88 * gustier).max(0.0));
            hour.precipitation_probability = hour
                .precipitation_probability
                .map(|p| (f32::from(p) + 4.0 * likelier).round().clamp(0.0, 100.0) as u8);
            hour.precipitation_mm = hour
                .precipitation_mm
                .map(|mm| (mm * (1.0 + 0.12 * more).max(0.0) * 10.0).round() / 10.0);
            *cloud = (*cloud + 6.0 * cloudier).clamp(0.0, 100.0);
            hour.conditions = Some(called(hour, *cloud));
        }
        run
    }
}

/// Pairs of runs, by kind of sentence: in how many one of them has it, in how many it differs, and but for its figures.
#[derive(Default)]
struct Tally(BTreeMap<&'static str, [usize; 3]>);

impl Tally {
    fn compare(&mut self, first: &str, second: &str) {
        self.count("text", first, second);
        self.count("lead", lead(first), lead(second));
        let (first, second) = (by_kind(first), by_kind(second));
        let kinds: std::collections::BTreeSet<_> = first.keys().chain(second.keys()).collect();
        for kind in kinds {
            let of = |all: &BTreeMap<&'static str, String>| all.get(kind).cloned();
            let (first, second) = (
                of(&first).unwrap_or_default(),
                of(&second).unwrap_or_default(),
            );
            self.count(kind, &first, &second);
        }
    }

    fn count(&mut self, kind: &'static str, first: &str, second: &str) {
        let counts = self.0.entry(kind).or_default();
        counts[0] += 1;
        counts[1] += usize::from(first != second);
        counts[2] += usize::from(words(first) != words(second));
    }

    fn same(&self, kind: &str) -> f64 {
        let [all, differ, _] = self.0[kind];
        100.0 * (all - differ) as f64 / all as f64
    }

    fn same_words(&self, kind: &str) -> f64 {
        let [all, _, differ] = self.0[kind];
        100.0 * (all - differ) as f64 / all as f64
    }
}

fn by_kind(text: &str) -> BTreeMap<&'static str, String> {
    let body = text.split_once(": ").map_or(text, |(_, body)| body);
    let mut kinds = BTreeMap::new();
    for sentence in body.trim_end_matches('.').split(". ").skip(1) {
        let plain = sentence.to_lowercase();
        let kind = match () {
            () if sentence.contains(": ") && !plain.contains("wind") => "next",
            () if plain.starts_with("high")
                || plain.starts_with("low")
                || plain.contains("falling") =>
            {
                "degrees"
            }
            () if plain.contains("wind") || plain.contains("gusts") => "wind",
            () if plain.starts_with("uv") => "uv",
            () if plain.contains(" than ") => "against",
            () if plain.starts_with("feels") => "feels",
            () => "other",
        };
        kinds.insert(kind, sentence.to_owned());
    }
    kinds
}

/// Days, each as one run and four others of it.
fn tally(name: &str, days: u64, others: impl Fn(&Latent, u64) -> (Latent, Vec<Forecast>)) -> Tally {
    let mut tally = Tally::default();
    for seed in 0..days {
        let (first, others) = others(&latent(seed), seed * 31);
        let series = &first.series;
        let ask = series.ask(Window::Today, Units::Metric, ClockStyle::H12);
        let text = |run: &Forecast| forecast_text(run, &ask).unwrap();
        let first = text(&series.forecast);
        for other in others {
            tally.compare(&first, &text(&other));
        }
    }
    for (kind, [all, ..]) in &tally.0 {
        let (same, words) = (tally.same(kind), tally.same_words(kind));
        eprintln!("{name}: {kind:8} of {all:4} same {same:5.1} %, words {words:5.1} %");
    }
    tally
}

/// With noise of its own in every hour.
fn harsh(noise: f32) -> Tally {
    tally(&format!("harsh {noise}"), 300, |base, seed| {
        let mut first = base.clone();
        first.series.forecast = base.run(seed, noise);
        let others = (1..5).map(|run| base.run(seed + run, noise));
        (first, others.collect())
    })
}

/// As models run.
fn realistic() -> Tally {
    tally("realistic", 1_000, |base, seed| {
        let first = base.next_run(seed);
        let others = (1..5).map(|run| first.next_run(seed + run).series.forecast);
        let others = others.collect();
        (first, others)
    })
}

#[test]
fn two_runs_are_told_alike() {
    let (full, half, real) = (harsh(1.0), harsh(0.4), realistic());
    // What was measured, less two: a change that makes texts restless shall be seen.
    let same = |tally: &Tally, kind, least: [f64; 2]| {
        let is = [tally.same(kind), tally.same_words(kind)];
        assert!(is[0] >= least[0] && is[1] >= least[1], "{kind}: {is:?}");
    };
    same(&full, "lead", [67.0, 91.0]);
    same(&full, "text", [17.5, 85.5]);
    same(&half, "lead", [80.5, 95.0]);
    same(&half, "text", [45.0, 92.5]);
    same(&real, "lead", [62.0, 89.5]);
    same(&real, "text", [8.5, 82.0]);
}

/// A text without its figures, amounts in brackets with them: an hour or a degree more or less is no other weather.
fn words(text: &str) -> String {
    let mut inside = false;
    let letter = |c: &char| {
        inside = (inside || *c == '(') && *c != ')';
        !inside && !c.is_ascii_digit() && !"-)".contains(*c)
    };
    let words: String = text.chars().filter(letter).collect();
    words
        .replace("noon", "pm")
        .replace("midnight", "pm")
        .replace("am", "pm")
        .replace("pmpm", "pm")
        .replace(" ,", ",")
        .replace(" .", ".")
        .trim_end()
        .to_owned()
}

/// The first sentence: what changes and when.
fn lead(text: &str) -> &str {
    let body = text.split_once(": ").map_or(text, |(_, body)| body);
    body.split(". ").next().unwrap_or(body)
}

/// The age of a run is no change of weather.
#[test]
fn an_hour_later_the_same_run_is_told_alike() {
    let base = latent(7).series;
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
