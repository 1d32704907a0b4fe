//! The cities that languages name otherwise are the gazetteer's, by the names that it has for them.

use super::{places, query};
use crate::domain::compose::{listed_cities, place_label_in};
use crate::domain::language::Language;
use crate::domain::phone::Country;

#[test]
fn every_city_with_names_of_its_own_is_found_by_all_of_them() {
    for (country, name) in listed_cities() {
        let found = places().resolve(&query(&format!("{name}, {country}"), country));
        let first = found.places().first().map(|c| c.place.clone());
        let place = first.unwrap_or_else(|| panic!("no {name}"));
        assert_eq!((place.name.as_str(), place.country.code()), (name, country));
    }
}

#[test]
fn what_was_typed_is_answered_in_the_readers_language() {
    for (typed, language, reader, label) in [
        ("milano", Language::Italian, "IT", "Milano"),
        ("milan", Language::English, "US", "Milan, Italy"),
        ("mailand", Language::German, "DE", "Mailand, Italien"),
        ("münchen", Language::German, "DE", "München"),
        ("genf", Language::German, "CH", "Genf"),
        ("genève", Language::French, "CH", "Genève"),
        ("lisboa", Language::Portuguese, "PT", "Lisboa"),
        ("köln", Language::English, "GB", "Cologne, Germany"),
        ("londres", Language::Spanish, "ES", "Londres, Reino Unido"),
        ("lyon", Language::French, "FR", "Lyon"),
    ] {
        let found = places().resolve(&query(typed, reader));
        let place = &found.places()[0].place;
        let told = place_label_in(place, Country::parse(reader), language);
        assert_eq!(told, label, "{typed}");
    }
}
