//! The phones on the page: two to begin with, more by country. Their numbers are ones set aside for fiction where a country has such.

use std::sync::Arc;

use serde::Serialize;
use serde_json::{Value, json};

use crate::sim::world::World;

/// A phone that a visitor can text from.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Phone {
    pub(crate) name: &'static str,
    pub(crate) number: String,
    pub(crate) country: &'static str,
    pub(crate) place: &'static str,
    pub(crate) zone: &'static str,
}

/// Code, name, number without its last two digits, town, zone.
const COUNTRIES: &[(&str, &str, &str, &str, &str)] = &[
    (
        "US",
        "United States",
        "+141555501",
        "San Francisco",
        "America/Los_Angeles",
    ),
    ("FR", "France", "+336399812", "Lyon", "Europe/Paris"),
    (
        "AU",
        "Australia",
        "+614915701",
        "Sydney",
        "Australia/Sydney",
    ),
    (
        "BR",
        "Brazil",
        "+55119612345",
        "São Paulo",
        "America/Sao_Paulo",
    ),
    ("CA", "Canada", "+151455501", "Montréal", "America/Toronto"),
    ("DE", "Germany", "+4915228817", "Köln", "Europe/Berlin"),
    ("ES", "Spain", "+346001234", "Sevilla", "Europe/Madrid"),
    (
        "GB",
        "United Kingdom",
        "+4477009001",
        "London",
        "Europe/London",
    ),
    ("IN", "India", "+9198765432", "Mumbai", "Asia/Kolkata"),
    ("IT", "Italy", "+3934012345", "Lecce", "Europe/Rome"),
    ("JP", "Japan", "+8190123456", "Tokyo", "Asia/Tokyo"),
    (
        "MX",
        "Mexico",
        "+5255123456",
        "Ciudad de México",
        "America/Mexico_City",
    ),
    ("NO", "Norway", "+47412345", "Oslo", "Europe/Oslo"),
    (
        "NZ",
        "New Zealand",
        "+64211234",
        "Wellington",
        "Pacific/Auckland",
    ),
    ("PT", "Portugal", "+3519123456", "Coimbra", "Europe/Lisbon"),
    (
        "ZA",
        "South Africa",
        "+2782123456",
        "Cape Town",
        "Africa/Johannesburg",
    ),
];

const NAMES: &[&str] = &[
    "Chloe", "Dev", "Emeka", "Freya", "Goro", "Hana", "Ivo", "Juno", "Kofi", "Lina",
];

/// Few enough to fit a screen.
const MOST: usize = 2 + NAMES.len();

/// All phones, the first two made on first sight.
pub(crate) fn all(world: &Arc<World>) -> Vec<Phone> {
    let mut phones = world.phones();
    if phones.is_empty() {
        phones.extend(made("Anna", "US", 1));
        phones.extend(made("Bruno", "FR", 34));
    }
    phones.clone()
}

/// One more phone; none for an unknown country or when the table is full.
pub(crate) fn add(world: &Arc<World>, country: &str) -> Option<Phone> {
    let count = all(world).len();
    if count >= MOST {
        return None;
    }
    let phone = made(NAMES.get(count - 2)?, country, count + 40)?;
    world.phones().push(phone.clone());
    Some(phone)
}

/// What the page offers.
pub(crate) fn countries() -> Vec<Value> {
    COUNTRIES
        .iter()
        .map(|(code, name, ..)| json!({ "code": code, "name": name }))
        .collect()
}

fn made(name: &'static str, country: &str, last: usize) -> Option<Phone> {
    COUNTRIES
        .iter()
        .find(|(code, ..)| *code == country)
        .map(|&(code, _, stem, place, zone)| Phone {
            name,
            number: format!("{stem}{last:02}"),
            country: code,
            place,
            zone,
        })
}
