//! A place's name as a message has it: short, plain letters, with what tells it from others of its name.

use super::{cities, countries};
use crate::domain::language::Language;
use crate::domain::message::{septets_of, transliterate};
use crate::domain::phone::Country;
use crate::domain::place::Place;

/// `Lyon`, `Springfield IL`, `Paris, France`: with its state where people use short forms of states, with its country
/// when the reader's is another.
#[must_use]
pub fn place_label(place: &Place, reader: Option<Country>) -> String {
    place_label_in(place, reader, Language::English)
}

/// [`place_label`] for readers of a language: `Colonia, Alemania`.
#[must_use]
pub fn place_label_in(place: &Place, reader: Option<Country>, language: Language) -> String {
    let mut label = latin(cities::name(place, language));
    let foreign = reader.is_some_and(|reader| reader != place.country);
    let has_states = matches!(place.country.code(), "US" | "CA" | "AU");
    let state = place.admin1_code.as_deref().filter(|_| has_states);
    match (state, foreign) {
        // A state of the US is known abroad as well as the country is.
        (Some(state), false) => push_state(&mut label, state),
        (Some(state), true) if place.country.code() == "US" => push_state(&mut label, state),
        // Letters that cost double leave no room for it.
        (_, true) if septets_of(&label).is_some() => {
            let country = countries::name(place.country, language).map(transliterate);
            // Singapore is one, whatever the reader calls it.
            let english = countries::name(place.country, Language::English);
            let same = |name: &str| label.eq_ignore_ascii_case(name);
            let same = english.is_some_and(same) || country.as_deref().is_some_and(same);
            if let Some(country) = country.filter(|_| !same) {
                label.push_str(", ");
                label.push_str(&country);
            }
        }
        _ => {}
    }
    label
}

fn push_state(label: &mut String, state: &str) {
    let state = transliterate(state);
    // Coordinates and postcodes may carry it already.
    if !label.ends_with(state.as_ref()) {
        label.push(' ');
        label.push_str(&state);
    }
}

/// The name in GSM-7 where it has a Latin form: Latin letters, and alphabets that are written in Latin letter by letter.
fn latin(name: &str) -> String {
    let plain = transliterate(name.trim());
    if septets_of(&plain).is_some() {
        return plain.replace(['\n', '\r'], " ");
    }
    let mut label = String::with_capacity(plain.len());
    for letter in plain.chars() {
        // Greek and Coptic, Cyrillic, Armenian, Georgian. Of other scripts a letter-by-letter form is no name
        // that anybody knows.
        if matches!(letter, '\u{370}'..='\u{58f}' | '\u{10a0}'..='\u{10ff}' | '\u{1c90}'..='\u{1cbf}')
        {
            label.push_str(any_ascii::any_ascii_char(letter));
        } else if !letter.is_control() {
            label.push(letter);
        }
    }
    label
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::place::Coordinates;
    use crate::domain::zone::Zone;

    fn label(name: &str, state: Option<&str>, country: &str, reader: Option<&str>) -> String {
        let place = Place {
            name: name.to_owned(),
            admin1: None,
            admin1_code: state.map(str::to_owned),
            country: Country::parse(country).unwrap(),
            coordinates: Coordinates::new(0.0, 0.0).unwrap(),
            elevation_m: None,
            zone: Zone::utc(),
        };
        place_label(&place, reader.and_then(Country::parse))
    }

    #[test]
    fn a_state_at_home_a_country_abroad() {
        assert_eq!(label("Lyon", Some("84"), "FR", Some("FR")), "Lyon");
        assert_eq!(label("Lyon", Some("84"), "FR", None), "Lyon");
        assert_eq!(label("Paris", None, "FR", Some("US")), "Paris, France");
        assert_eq!(label("Paris", Some("TX"), "US", Some("US")), "Paris TX");
        assert_eq!(label("Paris", Some("TX"), "US", Some("FR")), "Paris TX");
        assert_eq!(label("Sydney", Some("NSW"), "AU", Some("AU")), "Sydney NSW");
        assert_eq!(
            label("Sydney", Some("NSW"), "AU", Some("GB")),
            "Sydney, Australia"
        );
        assert_eq!(label("Singapore", None, "SG", Some("GB")), "Singapore");
    }

    #[test]
    fn names_are_plain_where_they_have_a_latin_form() {
        assert_eq!(label("Köln", None, "DE", None), "Cologne");
        assert_eq!(label("São Paulo", None, "BR", None), "Sao Paulo");
        assert_eq!(label("Москва", None, "RU", None), "Moskva");
        assert_eq!(label("東京", None, "JP", None), "東京");
        assert_eq!(label("two\nlines", None, "JP", None), "two lines");
    }

    #[test]
    fn countries_abroad_are_in_the_readers_language() {
        let place = Place {
            name: "Köln".to_owned(),
            admin1: None,
            admin1_code: None,
            country: Country::parse("DE").unwrap(),
            coordinates: Coordinates::new(0.0, 0.0).unwrap(),
            elevation_m: None,
            zone: Zone::utc(),
        };
        let labels = Language::ALL.map(|l| place_label_in(&place, Country::parse("CH"), l));
        assert_eq!(
            labels.join("; "),
            "Cologne, Germany; Colonia, Alemania; Cologne, Allemagne; Köln, Deutschland; Colonia, Alemanha; Colonia, Germania"
        );
        let brazil = Place {
            country: Country::parse("BR").unwrap(),
            name: "São Paulo".to_owned(),
            ..place
        };
        let label = place_label_in(&brazil, Country::parse("FR"), Language::French);
        assert_eq!(label, "Sao Paulo, Brésil");
    }
}
