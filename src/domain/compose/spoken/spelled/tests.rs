//! Names as they are said, one by one.

use super::figures::english_ordinal;
use super::*;
use Language::{English, French, German, Italian, Portuguese, Spanish};

/// The name, its country, the listener's language, and what is heard.
const NAMES: &[(&str, &str, Language, &str)] = &[
    ("St. Louis", "US", English, "Saint Louis"),
    ("St. Louis", "US", German, "Saint Louis"),
    (
        "North St.James Town",
        "CA",
        English,
        "North Saint James Town",
    ),
    ("St Albans", "GB", English, "Saint Albans"),
    ("St. John's", "CA", French, "Saint John's"),
    ("Sault Ste. Marie", "CA", English, "Sault Sainte Marie"),
    ("St. Gallen", "CH", German, "Sankt Gallen"),
    (
        "St-Légier-La Chiésaz",
        "CH",
        French,
        "Saint-Légier-La Chiésaz",
    ),
    ("St. Pölten", "AT", German, "Sankt Pölten"),
    ("Mt. Pleasant", "US", English, "Mount Pleasant"),
    ("Ft Myers", "US", English, "Fort Myers"),
    ("100 Mile House", "CA", English, "One hundred Mile House"),
    ("100 Mile House", "CA", German, "One hundred Mile House"),
    ("Sector 3", "RO", English, "Sector three"),
    ("Sector 3", "RO", German, "Sector drei"),
    (
        "6th of October City",
        "EG",
        English,
        "Sixth of October City",
    ),
    (
        "Central 14th Street / WMATA",
        "US",
        English,
        "Central fourteenth Street",
    ),
    ("25 de Mayo", "AR", English, "Veinticinco de Mayo"),
    (
        "Ceiba 1ra. Sección (Jahuactal)",
        "MX",
        Spanish,
        "Ceiba primera Sección",
    ),
    (
        "Cabo 1\u{b0} Juan Roman",
        "CL",
        Spanish,
        "Cabo primero Juan Roman",
    ),
    ("Paris 05 Panthéon", "FR", French, "Paris cinq Panthéon"),
    ("Zapopan2", "MX", Spanish, "Zapopan dos"),
    ("Yanino-1", "RU", Italian, "Yanino uno"),
    ("Ct 0029", "CA", English, "Ct twenty-nine"),
    ("Sección 5 B", "MX", Spanish, "Sección cinco B"),
    ("Halle (Saale)", "DE", German, "Halle"),
    ("Frankfurt (Oder)", "DE", English, "Frankfurt"),
    ("(Kreis 9)", "CH", German, "Kreis neun"),
    ("Gasteiz / Vitoria", "ES", Spanish, "Vitoria"),
    ("Biel/Bienne", "CH", German, "Biel"),
    ("Biel/Bienne", "CH", French, "Bienne"),
    ("Horgen / Allmend", "CH", French, "Horgen"),
    ("Choi Wan Estate (I & II)", "HK", English, "Choi Wan Estate"),
    (
        "Science & Technology Garden",
        "CN",
        Portuguese,
        "Science e Technology Garden",
    ),
    ("Westward Ho!", "GB", English, "Westward Ho"),
    ("Washington, D.C.", "US", English, "Washington, D C"),
    ("12.30, -56.78", "ZZ", Spanish, "esa posición"),
    ("Aix-en-Provence", "FR", English, "Aix-en-Provence"),
    ("L’Aquila", "IT", Italian, "L'Aquila"),
    (
        "Bairro 25 de Junho A",
        "MZ",
        English,
        "Bairro vinte e cinco de Junho A",
    ),
];

fn said(name: &str, country: &str, language: Language) -> String {
    spelled(name, Country::parse(country).unwrap(), language)
}

#[test]
fn names_are_whole_words() {
    for (name, country, language, heard) in NAMES.iter().copied() {
        assert_eq!(said(name, country, language), heard, "{name}");
    }
}

#[test]
fn ordinals_are_words() {
    for (number, word) in [
        (1, "first"),
        (12, "twelfth"),
        (20, "twentieth"),
        (21, "twenty-first"),
        (45, "forty-fifth"),
        (89, "eighty-ninth"),
        (100, "one hundredth"),
        (163, "one hundred sixty-third"),
    ] {
        assert_eq!(english_ordinal(number).as_deref(), Some(word));
    }
    assert_eq!(english_ordinal(1000), None);
}
