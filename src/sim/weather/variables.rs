//! The hourly variables of Open-Meteo by name, with their units and how each follows from an hour.

use serde_json::Value;

use super::{Hour, sample};

/// Where and when an hour is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Spot {
    pub(crate) latitude: f64,
    pub(crate) longitude: f64,
    pub(crate) elevation: f64,
    pub(crate) at: i64,
}

type Read = fn(&Hour, Spot) -> f64;

/// Name, unit as the service writes it, value.
const VARIABLES: &[(&str, &str, Read)] = &[
    ("temperature_2m", "°C", |hour, _| hour.temperature),
    ("apparent_temperature", "°C", |hour, _| hour.feels),
    ("relative_humidity_2m", "%", |hour, _| hour.humidity),
    ("dew_point_2m", "°C", |hour, _| dew(hour)),
    ("wet_bulb_temperature_2m", "°C", |hour, _| {
        (hour.temperature * 2.0 + dew(hour)) / 3.0
    }),
    ("precipitation_probability", "%", |hour, _| hour.probability),
    ("precipitation", "mm", |hour, _| hour.precipitation()),
    ("rain", "mm", |hour, _| hour.rain),
    ("showers", "mm", |hour, _| {
        if matches!(hour.wmo(), 80..=82 | 95..=99) {
            hour.rain
        } else {
            0.0
        }
    }),
    ("snowfall", "cm", |hour, _| hour.snow),
    ("snow_depth", "m", |hour, _| hour.snow / 50.0),
    ("weather_code", "wmo code", |hour, _| f64::from(hour.wmo())),
    ("pressure_msl", "hPa", |hour, _| hour.pressure),
    ("surface_pressure", "hPa", |hour, spot| {
        hour.pressure - spot.elevation / 8.3
    }),
    ("cloud_cover", "%", |hour, _| hour.cloud),
    ("cloud_cover_low", "%", |hour, _| hour.cloud * 0.7),
    ("cloud_cover_mid", "%", |hour, _| hour.cloud * 0.5),
    ("cloud_cover_high", "%", |hour, _| hour.cloud * 0.4),
    ("visibility", "m", |hour, _| hour.visibility),
    ("evapotranspiration", "mm", |hour, _| hour.uv * 0.03),
    ("et0_fao_evapotranspiration", "mm", |hour, _| hour.uv * 0.04),
    ("vapour_pressure_deficit", "kPa", |hour, _| deficit(hour)),
    ("wind_speed_10m", "km/h", |hour, _| hour.wind),
    ("wind_speed_80m", "km/h", |hour, _| hour.wind * 1.3),
    ("wind_speed_120m", "km/h", |hour, _| hour.wind * 1.4),
    ("wind_speed_180m", "km/h", |hour, _| hour.wind * 1.5),
    ("wind_direction_10m", "°", |hour, _| hour.wind_from),
    ("wind_direction_80m", "°", |hour, _| hour.wind_from),
    ("wind_direction_120m", "°", |hour, _| hour.wind_from),
    ("wind_direction_180m", "°", |hour, _| hour.wind_from),
    ("wind_gusts_10m", "km/h", |hour, _| hour.gusts),
    ("temperature_80m", "°C", |hour, _| hour.temperature - 0.5),
    ("temperature_120m", "°C", |hour, _| hour.temperature - 0.8),
    ("temperature_180m", "°C", |hour, _| hour.temperature - 1.2),
    ("soil_temperature_0cm", "°C", |hour, _| {
        hour.temperature + 0.5
    }),
    ("soil_temperature_6cm", "°C", |hour, _| hour.temperature),
    ("soil_temperature_18cm", "°C", |hour, _| {
        hour.temperature * 0.9
    }),
    ("soil_temperature_54cm", "°C", |hour, _| {
        hour.temperature * 0.8
    }),
    ("soil_moisture_0_to_1cm", "m³/m³", |hour, _| {
        hour.humidity / 300.0
    }),
    ("soil_moisture_1_to_3cm", "m³/m³", |hour, _| {
        hour.humidity / 300.0
    }),
    ("soil_moisture_3_to_9cm", "m³/m³", |hour, _| {
        hour.humidity / 280.0
    }),
    ("soil_moisture_9_to_27cm", "m³/m³", |hour, _| {
        hour.humidity / 270.0
    }),
    ("soil_moisture_27_to_81cm", "m³/m³", |hour, _| {
        hour.humidity / 260.0
    }),
    ("uv_index", "", |hour, _| hour.uv),
    ("uv_index_clear_sky", "", |hour, _| {
        hour.uv / (1.0 - 0.006 * hour.cloud)
    }),
    ("is_day", "", |_, spot| f64::from(u8::from(is_day(spot)))),
    ("sunshine_duration", "s", |hour, spot| {
        if is_day(spot) {
            36.0 * (100.0 - hour.cloud)
        } else {
            0.0
        }
    }),
    ("shortwave_radiation", "W/m²", |hour, _| hour.uv * 85.0),
    ("direct_radiation", "W/m²", |hour, _| hour.uv * 60.0),
    ("diffuse_radiation", "W/m²", |hour, _| hour.uv * 25.0),
    (
        "cape",
        "J/kg",
        |hour, _| if hour.wmo() >= 95 { 900.0 } else { 20.0 },
    ),
    ("freezing_level_height", "m", |hour, spot| {
        (spot.elevation + hour.temperature / 0.0065).max(0.0)
    }),
];

/// The unit of a documented variable and how to read it; none for any other name.
pub(crate) fn find(name: &str) -> Option<(&'static str, Read)> {
    VARIABLES
        .iter()
        .find(|(known, ..)| *known == name)
        .map(|&(_, unit, read)| (unit, read))
}

/// Every value of every hourly series becomes null; the times stay.
pub(crate) fn blank(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(blank),
        Value::Object(map) => {
            for (name, inner) in map {
                match (name.as_str(), inner) {
                    ("time" | "coordinates", _) => {}
                    (_, Value::Array(items)) if items.iter().all(Value::is_number) => {
                        items.iter_mut().for_each(|item| *item = Value::Null);
                    }
                    (
                        "air_temperature" | "wind_speed" | "precipitation_amount" | "symbol_code",
                        inner,
                    ) => {
                        if inner.is_number() {
                            *inner = Value::Null;
                        }
                    }
                    (_, inner) => blank(inner),
                }
            }
        }
        _ => {}
    }
}

fn is_day(spot: Spot) -> bool {
    sample::is_day(spot.latitude, spot.longitude, spot.at)
}

/// Five points of humidity are about one degree.
pub(crate) fn dew(hour: &Hour) -> f64 {
    hour.temperature - (100.0 - hour.humidity) / 5.0
}

fn deficit(hour: &Hour) -> f64 {
    let full = 0.6108 * (17.27 * hour.temperature / (hour.temperature + 237.3)).exp();
    full * (1.0 - hour.humidity / 100.0)
}
