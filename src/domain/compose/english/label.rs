//! A place's name as a message has it: short, plain letters, with what tells it from others of its name.

use super::countries;
use crate::domain::message::{septets_of, transliterate};
use crate::domain::phone::Country;
use crate::domain::place::Place;

/// `Lyon`, `Springfield IL`, `Paris, France`: with its state where people use short forms of states, with its country
/// when the reader's is another.
#[must_use]
pub fn place_label(place: &Place, reader: Option<Country>) -> String {
    let mut label = latin(&place.name);
    let foreign = reader.is_some_and(|reader| reader != place.country);
    let has_states = matches!(place.country.code(), "US" | "CA" | "AU");
    let state = place.admin1_code.as_deref().filter(|_| has_states);
    match (state, foreign) {
        // A state of the US is known abroad as well as the country is.
        (Some(state), false) => push_state(&mut label, state),
        (Some(state), true) if place.country.code() == "US" => push_state(&mut label, state),
        (_, true) => {
            let country = countries::name(place.country);
            if let Some(country) = country.filter(|country| !label.eq_ignore_ascii_case(country)) {
                label.push_str(", ");
                label.push_str(country);
            }
        }
        (None, false) => {}
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
