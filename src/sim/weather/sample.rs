//! Sample weather that looks real: seasons, days and nights, fronts that come and go. The same arguments give the same hour for ever.

use std::f64::consts::PI;

use super::Hour;
use crate::sim::dice::{mix, unit};

/// How wet the air must be before it rains.
const RAIN_FROM: f64 = 0.27;

/// The weather of a place at an hour (Unix seconds).
pub(crate) fn hour(seed: u64, latitude: f64, longitude: f64, elevation: f64, at: i64) -> Hour {
    let noise = Noise::at(seed, latitude, longitude);
    let hours = at as f64 / 3600.0;
    let sun = sun_height(latitude, longitude, at);
    // A dry corner of the world stays a little drier than a wet one.
    let wet = 0.70 * noise.wave(1, hours / 28.0) + 0.30 * noise.wave(2, hours / 6.0) - 0.06
        + 0.10 * noise.wave(9, 0.0);
    let cloud = (52.0 + 105.0 * wet).clamp(0.0, 100.0);
    let temperature = temperature(&noise, latitude, longitude, at, cloud) - 0.0065 * elevation;
    let rate = ((wet - RAIN_FROM).max(0.0) * 3.0).powf(1.6) * 2.6;
    let snows = temperature < 0.5;
    let wind = (11.0
        + 13.0 * noise.wave(3, hours / 38.0)
        + 7.0 * noise.wave(4, hours / 8.0)
        + 10.0 * wet.max(0.0))
    .max(2.0);
    let humidity = (68.0 + 30.0 * wet - 14.0 * sun.max(0.0)).clamp(25.0, 100.0);
    let foggy = noise.wave(5, hours / 9.0) > 0.45
        && wind < 11.0
        && rate == 0.0
        && (-10.0..13.0).contains(&temperature)
        && (-0.2..0.35).contains(&sun);
    let thunder = rate > 1.4
        && temperature > 19.0
        && (13.0..22.0).contains(&solar_hour(longitude, at))
        && noise.wave(10, hours / 5.0) > -0.1;
    Hour {
        temperature: round(temperature, 10.0),
        feels: round(feels(temperature, wind, humidity), 10.0),
        humidity: humidity.round(),
        rain: if snows { 0.0 } else { round(rate, 10.0) },
        snow: if snows { round(rate * 0.7, 100.0) } else { 0.0 },
        probability: (100.0 / (1.0 + (-(wet - RAIN_FROM + 0.02) * 12.0).exp())).round(),
        code: thunder.then_some(95),
        cloud: if foggy { 100.0 } else { cloud.round() },
        wind: round(wind, 10.0),
        gusts: round(wind * 1.55 + 4.0 + 8.0 * wet.max(0.0), 10.0),
        wind_from: (235.0 + 130.0 * noise.wave(6, hours / 30.0))
            .rem_euclid(360.0)
            .round(),
        uv: round(
            (sun.max(0.0).powf(1.4) * 12.0) * (1.0 - 0.006 * cloud),
            20.0,
        ),
        visibility: if foggy {
            400.0
        } else {
            (24_000.0 - 3_000.0 * rate).max(2_000.0).round()
        },
        pressure: round(
            1014.0 - 14.0 * wet + 6.0 * noise.wave(7, hours / 60.0),
            10.0,
        ),
    }
}

/// The sine of the sun's height over the horizon.
pub(crate) fn sun_height(latitude: f64, longitude: f64, at: i64) -> f64 {
    let tilt = (-23.44 * (2.0 * PI * (day_of_year(at) + 10.0) / 365.2425).cos()).to_radians();
    let angle = (solar_hour(longitude, at) - 12.0) * PI / 12.0;
    let latitude = latitude.to_radians();
    latitude.sin() * tilt.sin() + latitude.cos() * tilt.cos() * angle.cos()
}

/// Whether the upper rim of the sun stands over the horizon.
pub(crate) fn is_day(latitude: f64, longitude: f64, at: i64) -> bool {
    sun_height(latitude, longitude, at) > -0.0145
}

/// A yearly mean by latitude, a season, a warm afternoon that clouds flatten, and the air mass of the day.
fn temperature(noise: &Noise, latitude: f64, longitude: f64, at: i64, cloud: f64) -> f64 {
    let mean = 27.5 - 0.0062 * latitude * latitude;
    let warmest = if latitude >= 0.0 { 201.0 } else { 20.0 };
    let season = (2.0 * PI * (day_of_year(at) - warmest) / 365.2425).cos();
    let swing = 0.20 * latitude.abs();
    let day = ((solar_hour(longitude, at) - 15.0) * PI / 12.0).cos();
    let range = (2.0 + 3.6 * (1.0 - cloud / 130.0)) * latitude.to_radians().cos().max(0.25);
    let mass = 5.0 * noise.wave(8, at as f64 / 86_400.0 / 2.6);
    mean + swing * season + range * day + mass
}

/// Wind chill in the cold, damp heat in the heat, the temperature itself between them.
fn feels(temperature: f64, wind: f64, humidity: f64) -> f64 {
    if temperature <= 10.0 && wind > 5.0 {
        let push = wind.powf(0.16);
        13.12 + 0.6215 * temperature - 11.37 * push + 0.3965 * temperature * push
    } else if temperature >= 26.0 {
        temperature + (humidity - 40.0).max(0.0) * 0.09
    } else {
        temperature - 0.5
    }
}

fn day_of_year(at: i64) -> f64 {
    (at as f64 / 86_400.0).rem_euclid(365.2425)
}

fn solar_hour(longitude: f64, at: i64) -> f64 {
    (at as f64 / 3600.0 + longitude / 15.0).rem_euclid(24.0)
}

fn round(value: f64, steps: f64) -> f64 {
    (value * steps).round() / steps
}

/// Smooth noise of one half-degree cell.
struct Noise(u64);

impl Noise {
    fn at(seed: u64, latitude: f64, longitude: f64) -> Noise {
        let row = (latitude * 2.0).round() as i64 as u64;
        let column = (longitude * 2.0).round() as i64 as u64;
        Noise(mix(seed ^ mix(row ^ mix(column ^ 0x5ea5))))
    }

    /// A smooth wave between -1 and 1 that takes a new direction at every whole number.
    fn wave(&self, channel: u64, at: f64) -> f64 {
        let before = at.floor();
        let share = at - before;
        let eased = share * share * (3.0 - 2.0 * share);
        let low = self.point(channel, before as i64);
        let high = self.point(channel, before as i64 + 1);
        low + (high - low) * eased
    }

    fn point(&self, channel: u64, at: i64) -> f64 {
        unit(mix(self.0 ^ mix(at as u64 ^ mix(channel)))) * 2.0 - 1.0
    }
}
