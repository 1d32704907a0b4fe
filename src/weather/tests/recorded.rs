//! Every recorded payload is survived, and those that are forecasts are read. Needs `WEATHERLINE_DATA`.

use std::path::{Path, PathBuf};

use crate::weather::{met_norway, nws, open_meteo};

/// The files of a provider, or a loud skip.
pub(super) fn files(provider: &str) -> Vec<PathBuf> {
    let Some(data) = std::env::var_os("WEATHERLINE_DATA") else {
        eprintln!(
            "SKIPPED: WEATHERLINE_DATA is not set, no recorded {provider} payloads were read"
        );
        return Vec::new();
    };
    let folder = Path::new(&data).join("weather").join(provider);
    let entries = std::fs::read_dir(&folder).unwrap();
    entries.map(|entry| entry.unwrap().path()).collect()
}

pub(super) fn name(path: &Path) -> &str {
    path.file_name().unwrap().to_str().unwrap()
}

/// The payload; files with headers keep it under `data`.
pub(super) fn body(path: &Path) -> Vec<u8> {
    let bytes = std::fs::read(path).unwrap();
    let data = serde_json::from_slice::<serde_json::Value>(&bytes).ok();
    match data.as_ref().and_then(|json| json.get("data")) {
        Some(data) => data.to_string().into_bytes(),
        None => bytes,
    }
}

#[test]
fn open_meteo_payloads() {
    for path in files("open-meteo") {
        let hours = open_meteo::hours_of(&body(&path));
        let hourly = ["bucharest", "newyork-snow", "alaska", "seattle"];
        if hourly.iter().any(|start| name(&path).starts_with(start)) {
            let hours = hours.unwrap();
            assert!(hours.len() >= 24, "{}: {} hours", name(&path), hours.len());
            assert!(hours.iter().all(|hour| hour.temperature_c.is_some()));
        }
    }
}

#[test]
fn met_norway_payloads() {
    for path in files("met-norway") {
        let hours = met_norway::hours_of(&body(&path)).unwrap();
        assert!(hours.len() > 80, "{}", name(&path));
        let (first, last) = (&hours[0], hours.last().unwrap());
        assert_eq!((first.span_hours, last.conditions), (1, None));
        for pair in hours.windows(2) {
            assert!(
                pair[0].end() == pair[1].start,
                "{}: a gap or overlap",
                name(&path)
            );
            assert!(pair[0].conditions.is_some() && pair[0].precipitation_mm.is_some());
        }
        assert!(hours.iter().any(|hour| hour.span_hours == 6));
    }
}

#[test]
fn nws_payloads() {
    for path in files("nws") {
        let hours = nws::hours_of(&body(&path));
        if name(&path) == "gridpoint-raw-layers.json" {
            let hours = hours.unwrap();
            assert!(hours.len() > 150);
            assert!(hours.iter().all(|hour| hour.temperature_c.is_some()));
            assert!(hours[..100].iter().all(|hour| hour.wind_kmh.is_some()));
            let rain: f32 = hours.iter().filter_map(|hour| hour.precipitation_mm).sum();
            assert!(
                (rain - layer_sum(&path, "quantitativePrecipitation")).abs() < 0.05,
                "{rain} mm"
            );
        } else if name(&path) == "albany-smoke-2026-07-15-hourly.json" {
            let hours = hours.unwrap();
            assert_eq!(hours.len(), 156);
            assert!((hours[0].temperature_c.unwrap() - 28.33).abs() < 0.01);
        }
    }
}

/// All values of a raw layer added up.
fn layer_sum(path: &Path, layer: &str) -> f32 {
    let answer: serde_json::Value = serde_json::from_slice(&body(path)).unwrap();
    let values = answer["properties"][layer]["values"].as_array().unwrap();
    values
        .iter()
        .map(|entry| entry["value"].as_f64().unwrap() as f32)
        .sum()
}

#[test]
fn everybody_survives_everything() {
    for provider in [
        "open-meteo",
        "met-norway",
        "nws",
        "openweathermap",
        "other",
        "other-alerts",
    ] {
        for path in files(provider) {
            let body = body(&path);
            let _ = open_meteo::hours_of(&body);
            let _ = met_norway::hours_of(&body);
            let _ = nws::hours_of(&body);
            for cut in (0..body.len()).step_by((body.len() / 5).max(1)) {
                let _ = open_meteo::hours_of(&body[..cut]);
                let _ = met_norway::hours_of(&body[..cut]);
                let _ = nws::hours_of(&body[..cut]);
            }
        }
    }
}
