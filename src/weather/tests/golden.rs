//! The wording's weathers as providers send them: from raw answers to final texts, the same texts in every language.

use serde_json::{Value, json};

use crate::domain::compose::tests::{Weather, weathers};
use crate::domain::compose::{Ask, ClockStyle, NoText, forecast_text};
use crate::domain::forecast::{Conditions, Forecast, Hour};
use crate::domain::language::Language;
use crate::domain::subscriber::Units;
use crate::weather::{met_norway, nws, open_meteo};

#[test]
fn from_open_meteos_answers() {
    let mut told = 0;
    for weather in weathers() {
        let Some(answer) = as_open_meteo(&weather.forecast) else {
            continue;
        };
        let hours = open_meteo::hours_of(answer.to_string().as_bytes()).unwrap();
        told += same_texts(&weather, &weather.forecast, hours);
    }
    assert!(told >= 40, "only {told} weathers");
}

#[test]
fn from_met_norways_answers() {
    let mut told = 0;
    for weather in weathers() {
        let Some(answer) = as_met_norway(&weather.forecast) else {
            continue;
        };
        let hours = met_norway::hours_of(answer.to_string().as_bytes()).unwrap();
        let mut plain = weather.forecast.clone();
        for hour in &mut plain.hours {
            // It knows neither.
            hour.feels_like_c = None;
            hour.snowfall_cm = None;
        }
        told += same_texts(&weather, &plain, hours);
    }
    assert!(told >= 40, "only {told} weathers");
}

#[test]
fn from_the_national_weather_services_layers() {
    let mut told = 0;
    for weather in weathers() {
        let Some(answer) = as_nws(&weather.forecast) else {
            continue;
        };
        let hours = nws::hours_of(answer.to_string().as_bytes()).unwrap();
        let mut plain = weather.forecast.clone();
        for hour in &mut plain.hours {
            // It knows none.
            hour.uv_index = None;
        }
        told += same_texts(&weather, &plain, hours);
    }
    assert!(told >= 40, "only {told} weathers");
}

fn same_texts(weather: &Weather, series: &Forecast, hours: Vec<Hour>) -> usize {
    let read = Forecast {
        hours,
        ..series.clone()
    };
    for language in Language::ALL {
        let text = |forecast| text(weather, forecast, language);
        assert_eq!(text(&read), text(series), "{} {language:?}", weather.name);
    }
    1
}

fn text(weather: &Weather, forecast: &Forecast, language: Language) -> Result<String, NoText> {
    let country = weather.place.country;
    let ask = Ask {
        place: &weather.place,
        window: weather.window,
        units: Units::of_country(country),
        language,
        clock: ClockStyle::for_reader(language, Some(country)),
        reader: None,
        now: weather.now,
        room: 160,
    };
    forecast_text(forecast, &ask)
}

/// In the shape of docs/wire.md: sums and maxima are stamped with the end of their hour. `None` where it has no code for a
/// sky, or no such stretches.
pub(super) fn as_open_meteo(forecast: &Forecast) -> Option<Value> {
    let hours = &forecast.hours;
    let last = hours.last()?;
    if hours.iter().any(|h| h.span_hours > 1) {
        return None;
    }
    let codes: Vec<Option<Option<u8>>> = hours
        .iter()
        .map(|h| h.conditions.map_or(Some(None), |c| code(c).map(Some)))
        .collect();
    let codes: Vec<Option<u8>> = codes.into_iter().collect::<Option<_>>()?;
    let mut stamps: Vec<i64> = hours.iter().map(|h| h.start.as_second()).collect();
    stamps.push(last.start.as_second() + 3600);
    let at = |of: fn(&Hour) -> Option<f32>| -> Vec<Value> {
        let values = hours.iter().map(|h| json!(of(h)));
        values.chain([Value::Null]).collect()
    };
    let ended = |of: fn(&Hour) -> Option<f32>| -> Vec<Value> {
        [Value::Null]
            .into_iter()
            .chain(hours.iter().map(|h| json!(of(h))))
            .collect()
    };
    let codes = [None].into_iter().chain(codes);
    Some(json!({
        "latitude": 45.75, "longitude": 4.85, "utc_offset_seconds": 0, "timezone": "GMT",
        "hourly_units": {"time": "unixtime", "temperature_2m": "°C", "apparent_temperature": "°C",
            "precipitation_probability": "%", "precipitation": "mm", "snowfall": "cm", "weather_code": "wmo code",
            "wind_speed_10m": "km/h", "wind_gusts_10m": "km/h", "wind_direction_10m": "°", "uv_index": ""},
        "hourly": {
            "time": stamps,
            "temperature_2m": at(|h| h.temperature_c),
            "apparent_temperature": at(|h| h.feels_like_c),
            "precipitation_probability": ended(|h| h.precipitation_probability.map(f32::from)),
            "precipitation": ended(|h| h.precipitation_mm),
            "snowfall": ended(|h| h.snowfall_cm),
            "weather_code": codes.collect::<Vec<_>>(),
            "wind_speed_10m": at(|h| h.wind_kmh),
            "wind_gusts_10m": ended(|h| h.gusts_kmh),
            "wind_direction_10m": at(|h| h.wind_from_deg.map(f32::from)),
            "uv_index": at(|h| h.uv_index),
        }
    }))
}

const fn code(conditions: Conditions) -> Option<u8> {
    use Conditions::*;
    Some(match conditions {
        Clear => 0,
        MostlyClear => 1,
        PartlyCloudy => 2,
        Cloudy => 3,
        Fog => 45,
        FreezingFog => 48,
        LightRain => 51,
        Rain => 63,
        HeavyRain => 65,
        FreezingRain => 66,
        LightSnow => 71,
        Snow => 73,
        HeavySnow => 75,
        Showers => 81,
        HeavyShowers => 82,
        SnowShowers => 85,
        HeavySnowShowers => 86,
        Thunderstorm => 95,
        StrongThunderstorm => 96,
        LightShowers | Sleet | Hail | Smoke | Haze | Dust => return None,
    })
}

/// In the shape of docs/wire.md: instants, and blocks of one hour or of six.
pub(super) fn as_met_norway(forecast: &Forecast) -> Option<Value> {
    let mut entries = Vec::new();
    for hour in &forecast.hours {
        let mut instant = json!({
            "air_temperature": hour.temperature_c,
            "wind_speed": hour.wind_kmh.map(|kmh| f64::from(kmh) / 3.6),
            "wind_speed_of_gust": hour.gusts_kmh.map(|kmh| f64::from(kmh) / 3.6),
            "wind_from_direction": hour.wind_from_deg,
            "ultraviolet_index_clear_sky": hour.uv_index,
            "cloud_area_fraction": 0.0,
        });
        let present = |value: &Value| !value.is_null();
        instant.as_object_mut()?.retain(|_, value| present(value));
        let name = match hour.span_hours {
            1 => "next_1_hours",
            _ => "next_6_hours",
        };
        let mut block = json!({"details": {}});
        let details = [
            ("precipitation_amount", json!(hour.precipitation_mm)),
            (
                "probability_of_precipitation",
                json!(hour.precipitation_probability),
            ),
            ("air_temperature_min", json!(hour.low_c)),
            ("air_temperature_max", json!(hour.high_c)),
        ];
        for (name, value) in details.into_iter().filter(|(_, value)| present(value)) {
            block["details"][name] = value;
        }
        if let Some(conditions) = hour.conditions {
            block["summary"] = json!({"symbol_code": symbol(conditions)?});
        }
        entries.push(json!({
            "time": hour.start.to_string(),
            "data": {"instant": {"details": instant}, name: block},
        }));
    }
    // The service ends with a bare moment.
    let end = forecast.hours.last()?.end();
    entries.push(json!({"time": end.to_string(), "data": {"instant": {"details": {}}}}));
    Some(json!({"properties": {"meta": {}, "timeseries": entries}}))
}

const fn symbol(conditions: Conditions) -> Option<&'static str> {
    use Conditions::*;
    Some(match conditions {
        Clear => "clearsky_day",
        MostlyClear => "fair_night",
        PartlyCloudy => "partlycloudy_day",
        Cloudy => "cloudy",
        Fog => "fog",
        LightRain => "lightrain",
        Rain => "rain",
        HeavyRain => "heavyrain",
        LightShowers => "lightrainshowers_day",
        Showers => "rainshowers_night",
        HeavyShowers => "heavyrainshowers_polartwilight",
        Sleet => "sleet",
        LightSnow => "lightsnow",
        Snow => "snow",
        HeavySnow => "heavysnow",
        SnowShowers => "snowshowers_day",
        HeavySnowShowers => "heavysnowshowers_day",
        Thunderstorm => "rainandthunder",
        FreezingFog | FreezingRain | StrongThunderstorm | Hail | Smoke | Haze | Dust => {
            return None;
        }
    })
}

/// In the shape of docs/wire.md: a layer for each value, hours that are alike in one stretch; amounts are for all of it. `None`
/// where hours are missing or are long ones.
pub(super) fn as_nws(forecast: &Forecast) -> Option<Value> {
    let hours = &forecast.hours;
    let gaps = hours.windows(2).any(|pair| pair[0].end() != pair[1].start);
    let known = hours
        .iter()
        .all(|h| h.span_hours == 1 && h.temperature_c.is_some());
    if gaps || !known || hours.is_empty() || hours.len() > 240 {
        return None;
    }
    let layer = |unit: &str, summed: bool, of: fn(&Hour) -> Option<f32>| {
        let stretches = alike(hours, |hour| of(hour).map(f32::to_bits));
        let values = stretches.iter().filter_map(|(time, hour, count)| {
            let times = if summed { *count as f64 } else { 1.0 };
            Some(json!({"validTime": time, "value": f64::from(of(hour)?) * times}))
        });
        json!({"uom": format!("wmoUnit:{unit}"), "values": values.collect::<Vec<_>>()})
    };
    let weather = alike(hours, |hour| hour.conditions).into_iter();
    let weather = weather.filter_map(|(time, hour, _)| {
        Some(json!({"validTime": time, "value": [entry(hour.conditions?)?]}))
    });
    Some(json!({"properties": {
        "temperature": layer("degC", false, |h| h.temperature_c),
        "apparentTemperature": layer("degC", false, |h| h.feels_like_c),
        "windSpeed": layer("km_h-1", false, |h| h.wind_kmh),
        "windGust": layer("km_h-1", false, |h| h.gusts_kmh),
        "windDirection": layer("degree_(angle)", false, |h| h.wind_from_deg.map(f32::from)),
        "probabilityOfPrecipitation": layer("percent", false, |h| h.precipitation_probability.map(f32::from)),
        "quantitativePrecipitation": layer("mm", true, |h| h.precipitation_mm),
        "snowfallAmount": layer("mm", true, |h| h.snowfall_cm.map(|cm| cm * 10.0)),
        "skyCover": layer("percent", false, |h| Some(match h.conditions? {
            Conditions::Clear => 5.0,
            Conditions::MostlyClear => 35.0,
            Conditions::PartlyCloudy => 65.0,
            _ => 97.0,
        })),
        "weather": {"values": weather.collect::<Vec<_>>()},
    }}))
}

/// Stretches of hours that are alike: `2026-09-15T00:00:00+00:00/P1DT6H`, their first hour and their number.
fn alike<K: PartialEq>(hours: &[Hour], of: impl Fn(&Hour) -> K) -> Vec<(String, &Hour, usize)> {
    let stretches = hours.chunk_by(|a, b| of(a) == of(b));
    let told = stretches.map(|stretch| {
        let start = stretch[0].start.strftime("%Y-%m-%dT%H:%M:%S+00:00");
        let length = match (stretch.len() / 24, stretch.len() % 24) {
            (0, hours) => format!("PT{hours}H"),
            (days, 0) => format!("P{days}D"),
            (days, hours) => format!("P{days}DT{hours}H"),
        };
        (format!("{start}/{length}"), &stretch[0], stretch.len())
    });
    told.collect()
}

fn entry(conditions: Conditions) -> Option<Value> {
    use Conditions::*;
    let (weather, intensity, attribute) = match conditions {
        Clear | MostlyClear | PartlyCloudy | Cloudy => return None,
        Fog => ("fog", "", ""),
        FreezingFog => ("freezing_fog", "", ""),
        LightRain => ("rain", "light", ""),
        Rain => ("rain", "moderate", ""),
        HeavyRain => ("rain", "heavy", ""),
        LightShowers => ("rain_showers", "light", ""),
        Showers => ("rain_showers", "moderate", ""),
        HeavyShowers => ("rain_showers", "heavy", ""),
        FreezingRain => ("freezing_rain", "light", ""),
        Sleet => ("sleet", "", ""),
        LightSnow => ("snow", "light", ""),
        Snow => ("snow", "moderate", ""),
        HeavySnow => ("snow", "heavy", ""),
        SnowShowers => ("snow_showers", "moderate", ""),
        HeavySnowShowers => ("snow_showers", "heavy", ""),
        Thunderstorm => ("thunderstorms", "", ""),
        StrongThunderstorm => ("thunderstorms", "", "damaging_wind"),
        Hail => ("thunderstorms", "", "large_hail"),
        Smoke => ("smoke", "", ""),
        Haze => ("haze", "", ""),
        Dust => ("blowing_dust", "", ""),
    };
    let attributes: Vec<&str> = [attribute].into_iter().filter(|a| !a.is_empty()).collect();
    Some(
        json!({"coverage": "likely", "weather": weather, "attributes": attributes,
        "intensity": Some(intensity).filter(|i| !i.is_empty())}),
    )
}
