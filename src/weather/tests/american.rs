//! American weathers as the National Weather Service sends them: a point, its cell's raw layers, and the text.

use serde_json::{Value, json};

use super::stand_in::{Reply, StandIn, http};
use crate::domain::compose::tests::second_reading;
use crate::domain::compose::{Ask, ClockStyle, forecast_text, spoken_text};
use crate::domain::forecast::Window;
use crate::domain::language::Language;
use crate::domain::message::MessageBody;
use crate::domain::phone::Country;
use crate::domain::place::{Coordinates, Place};
use crate::domain::subscriber::Units;
use crate::domain::zone::Zone;
use crate::weather::{ProviderName, Settings, Spot, Weather};

/// A cell's layers in the making, from midnight UTC of a day: `(hours, value)` one after the other.
struct Cell {
    name: &'static str,
    place: Place,
    day: &'static str,
    /// When it is asked for, hours after `day`.
    asked: i64,
    layers: Value,
}

type Steps<'a> = &'a [(u32, f64)];

impl Cell {
    /// A dry and calm one, eight days of it: temperatures of each quarter of a day, from midnight UTC.
    fn new(
        name: &'static str,
        (place, day, asked): (Place, &'static str, i64),
        quarters: [f64; 4],
    ) -> Self {
        let updated = if asked > 16 { 6 } else { asked - 1 };
        let layers = json!({
            "updateTime": format!("{day}T{updated:02}:20:00+00:00"), "validTimes": format!("{day}T00:00:00+00:00/P8D"),
            "elevation": {"unitCode": "wmoUnit:m", "value": 100},
        });
        let mut cell = Self {
            name,
            place,
            day,
            asked,
            layers,
        };
        let week: Vec<(u32, f64)> = (0..8).flat_map(|_| quarters.map(|c| (6, c))).collect();
        cell.set("temperature", "wmoUnit:degC", 0, &week);
        cell.set("apparentTemperature", "wmoUnit:degC", 0, &week);
        cell.set("windSpeed", "wmoUnit:km_h-1", 0, &[(192, 9.26)]);
        cell.set("windGust", "wmoUnit:km_h-1", 0, &[(192, 16.668)]);
        cell.set(
            "windDirection",
            "wmoUnit:degree_(angle)",
            0,
            &[(192, 230.0)],
        );
        cell.set(
            "probabilityOfPrecipitation",
            "wmoUnit:percent",
            0,
            &[(192, 3.0)],
        );
        cell.set("quantitativePrecipitation", "wmoUnit:mm", 0, &[(192, 0.0)]);
        cell.set("snowfallAmount", "wmoUnit:mm", 0, &[(192, 0.0)]);
        cell.set("skyCover", "wmoUnit:percent", 0, &[(192, 8.0)]);
        cell.layers["weather"] = json!({"values": []});
        cell
    }

    /// From an hour on, what a layer says; what was there before and after stays.
    fn set(&mut self, layer: &str, unit: &str, from: u32, steps: Steps<'_>) {
        let mut values: Vec<Value> = match self.layers[layer]["values"].as_array() {
            Some(values) => values.clone(),
            None => Vec::new(),
        };
        let mut at = from;
        for (hours, value) in steps {
            values.push(json!({"validTime": self.stretch(at, *hours), "value": value}));
            at += hours;
        }
        self.layers[layer] = json!({"uom": unit, "values": values});
    }

    fn layer(mut self, layer: &str, from: u32, steps: Steps<'_>) -> Self {
        let unit = self.layers[layer]["uom"].as_str().unwrap().to_owned();
        self.set(layer, &unit, from, steps);
        self
    }

    /// What falls, with its chance and its millimetres or, of snow, centimetres in all.
    fn falls(self, (from, hours): (u32, u32), what: [&str; 3], chance: f64, amount: f64) -> Self {
        let [coverage, weather, intensity] = what;
        let entry = json!({"coverage": coverage, "weather": weather, "attributes": [],
            "intensity": Some(intensity).filter(|i| !i.is_empty()),
            "visibility": {"unitCode": "wmoUnit:km", "value": null}});
        let time = self.stretch(from, hours);
        let snow = weather.starts_with("snow");
        let mut cell = self
            .layer("probabilityOfPrecipitation", from, &[(hours, chance)])
            .layer("quantitativePrecipitation", from, &[(hours, amount)])
            .layer("skyCover", from, &[(hours, 96.0)]);
        if snow {
            cell = cell.layer("snowfallAmount", from, &[(hours, amount * 10.0)]);
        }
        let values = cell.layers["weather"]["values"].as_array_mut().unwrap();
        values.push(json!({"validTime": time, "value": [entry]}));
        cell
    }

    /// `2026-07-15T18:00:00+00:00/P1DT6H`
    fn stretch(&self, from: u32, hours: u32) -> String {
        let start: jiff::Timestamp = format!("{}T00:00:00Z", self.day).parse().unwrap();
        let start = start + jiff::SignedDuration::from_hours(from.into());
        let start = start.strftime("%Y-%m-%dT%H:%M:%S+00:00");
        match (hours / 24, hours % 24) {
            (0, hours) => format!("{start}/PT{hours}H"),
            (days, 0) => format!("{start}/P{days}D"),
            (days, hours) => format!("{start}/P{days}DT{hours}H"),
        }
    }
}

fn at(name: &str, zone: &str, latitude: f64, longitude: f64) -> Place {
    Place {
        name: name.to_owned(),
        admin1: None,
        admin1_code: None,
        country: Country::parse("US").unwrap(),
        coordinates: Coordinates::new(latitude, longitude).unwrap(),
        elevation_m: Some(100),
        zone: Zone::named(zone).unwrap(),
    }
}

fn tulsa() -> Place {
    at("Tulsa", "America/Chicago", 36.15, -95.99)
}

fn buffalo() -> Place {
    at("Buffalo", "America/New_York", 42.89, -78.88)
}

/// Quarters of a day in UTC: the evening before, the night, the morning, the afternoon.
fn wet_ones() -> Vec<Cell> {
    vec![
        Cell::new(
            "storms on the plains",
            (tulsa(), "2026-05-18", 12),
            [24.0, 19.0, 23.0, 31.0],
        )
        .falls((20, 5), ["likely", "thunderstorms", ""], 68.0, 22.0)
        .layer("windGust", 20, &[(5, 82.0)])
        .layer("windSpeed", 20, &[(5, 32.0)]),
        Cell::new(
            "a slight chance in the heat",
            (tulsa(), "2026-07-18", 12),
            [33.0, 27.0, 31.0, 38.0],
        )
        .falls((19, 6), ["slight_chance", "thunderstorms", ""], 19.0, 0.2)
        .layer("apparentTemperature", 15, &[(9, 43.5)]),
        Cell::new(
            "lake effect",
            (buffalo(), "2026-01-16", 12),
            [-4.0, -7.0, -6.0, -3.0],
        )
        .falls((13, 18), ["definite", "snow", "heavy"], 100.0, 38.0)
        .layer("windSpeed", 12, &[(20, 33.336)])
        .layer("windGust", 12, &[(20, 55.56)])
        .layer("windDirection", 12, &[(20, 260.0)])
        .layer("apparentTemperature", 12, &[(20, -14.0)]),
        Cell::new(
            "rain that turns to snow",
            (buffalo(), "2026-03-04", 12),
            [6.0, 4.0, 3.0, 0.0],
        )
        .falls((13, 5), ["definite", "rain", "light"], 90.0, 6.0)
        .falls((18, 9), ["definite", "snow", "moderate"], 95.0, 8.0),
        Cell::new(
            "freezing rain before work",
            (buffalo(), "2026-02-10", 11),
            [-3.0, -4.0, -1.0, 2.0],
        )
        .falls((9, 5), ["likely", "freezing_rain", "light"], 74.0, 2.5),
        Cell::new(
            "showers that linger",
            (buffalo(), "2026-04-21", 12),
            [11.0, 8.0, 9.0, 12.0],
        )
        .falls((14, 4), ["chance", "rain_showers", "light"], 45.0, 1.0)
        .falls((18, 12), ["likely", "rain_showers", ""], 64.0, 7.0),
    ]
}

fn dry_ones() -> Vec<Cell> {
    let place = at("San Francisco", "America/Los_Angeles", 37.77, -122.42);
    let fog = Cell::new(
        "fog by the bay",
        (place, "2026-08-07", 14),
        [16.0, 13.0, 12.0, 17.0],
    )
    .falls((8, 10), ["areas", "fog", ""], 0.0, 0.0)
    .layer("probabilityOfPrecipitation", 8, &[(10, 0.0)])
    .layer("skyCover", 8, &[(10, 100.0)]);
    let phoenix = at("Phoenix", "America/Phoenix", 33.45, -112.07);
    let honolulu = at("Honolulu", "Pacific/Honolulu", 21.31, -157.86);
    let fairbanks = at("Fairbanks", "America/Anchorage", 64.84, -147.72);
    let nome = at("Nome", "America/Nome", 64.5, -165.41);
    vec![
        fog,
        Cell::new(
            "desert",
            (phoenix, "2026-07-19", 14),
            [44.0, 36.0, 32.0, 41.0],
        ),
        Cell::new(
            "trade winds",
            (honolulu, "2026-06-20", 17),
            [29.0, 26.0, 24.0, 28.0],
        )
        .layer("windSpeed", 0, &[(192, 33.0)])
        .layer("windGust", 0, &[(192, 50.0)])
        .layer("windDirection", 0, &[(192, 70.0)])
        .layer("skyCover", 0, &[(192, 42.0)]),
        Cell::new(
            "minus forty",
            (fairbanks, "2026-01-20", 16),
            [-38.0, -40.0, -43.0, -37.0],
        ),
        Cell::new(
            "a gale in the far west",
            (nome, "2026-11-05", 16),
            [1.0, 0.0, -1.0, 1.0],
        )
        .layer("windSpeed", 14, &[(22, 68.0)])
        .layer("windGust", 14, &[(22, 104.0)])
        .layer("windDirection", 14, &[(22, 180.0)])
        .layer("skyCover", 0, &[(192, 90.0)]),
        Cell::new(
            "a cold front",
            (tulsa(), "2026-10-29", 12),
            [22.0, 20.0, 21.0, 27.0],
        )
        .layer(
            "temperature",
            48,
            &[(6, 12.0), (6, 8.0), (6, 9.0), (6, 13.0)],
        )
        .layer("skyCover", 30, &[(24, 65.0)]),
    ]
}

/// A point and its cell, over the wire.
async fn texts(cell: &Cell) -> String {
    let layers = json!({"type": "Feature", "properties": cell.layers}).to_string();
    let service = StandIn::start(move |head| {
        let path = head.split(' ').nth(1).unwrap();
        let body = match path.starts_with("/points/") {
            true => json!({"properties": {"gridId": "TSA", "gridX": 41, "gridY": 105}}).to_string(),
            false => layers.clone(),
        };
        Reply::json(200, body)
    })
    .await;
    let settings = Settings {
        providers: vec![ProviderName::Nws],
        contact: "weather@example.org".into(),
        nws_url: service.url.clone(),
        timeout_ms: 2000,
        open_meteo_url: String::new(),
        met_norway_url: String::new(),
        open_meteo_api_key: None,
    };
    let start: jiff::Timestamp = format!("{}T00:10:00Z", cell.day).parse().unwrap();
    let now = start + jiff::SignedDuration::from_hours(cell.asked);
    let spot = Spot {
        coordinates: cell.place.coordinates,
        elevation_m: Some(100),
        country: Country::parse("US"),
    };
    let mut got = Weather::new(settings, http()).forecasts(&[spot], now).await;
    let forecast = got.pop().unwrap().unwrap();
    assert_eq!(forecast.provider, "nws");
    let mut sheet = format!("{}\n", cell.name);
    for (window, language) in [
        (Window::Today, Language::English),
        (Window::Tonight, Language::English),
        (Window::Week, Language::English),
        (Window::Today, Language::Spanish),
    ] {
        let ask = Ask {
            place: &cell.place,
            window,
            units: Units::Imperial,
            language,
            clock: ClockStyle::for_reader(language, Country::parse("US")),
            reader: Country::parse("US"),
            now,
            room: 160,
        };
        let text = forecast_text(&forecast, &ask).unwrap();
        assert!(MessageBody::new(&text).fits(1), "{text}");
        assert_eq!(second_reading(&text, &forecast, &ask), Ok(()), "{text}");
        sheet.push_str(&format!("    {text}\n"));
        if (window, language) == (Window::Today, Language::English) {
            sheet.push_str(&format!("    {}\n", spoken_text(&forecast, &ask).unwrap()));
        }
    }
    sheet
}

#[tokio::test]
async fn from_points_and_layers_to_texts() {
    let cells: Vec<Cell> = wet_ones().into_iter().chain(dry_ones()).collect();
    assert!(cells.len() >= 12);
    let mut sheet = String::new();
    for cell in &cells {
        sheet.push_str(&texts(cell).await);
    }
    insta::assert_snapshot!(sheet);
}
