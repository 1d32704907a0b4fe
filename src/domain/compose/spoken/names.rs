//! Spoken: the names of places, in their own letters, with what tells them from others of their name.

use crate::domain::compose::place_label;
use crate::domain::phone::Country;
use crate::domain::place::Place;

/// `Lyon`, `Boulder, Colorado`, `Paris, France`: as short as a listener of that country needs it.
#[must_use]
pub fn place_name(place: &Place, listener: Option<Country>) -> String {
    let name = place.name.replace(['\n', '\r'], " ");
    let region = place.admin1.as_deref().filter(|_| has_states(place));
    let name = with(name, region);
    with(name, country_name(place, listener).as_deref())
}

/// `Lyon, Auvergne-Rhône-Alpes`: with its region always, so that it can be told from all others.
#[must_use]
pub fn full_name(place: &Place, listener: Option<Country>) -> String {
    let name = place.name.replace(['\n', '\r'], " ");
    let name = with(name, place.admin1.as_deref());
    with(name, country_name(place, listener).as_deref())
}

fn with(mut name: String, more: Option<&str>) -> String {
    if let Some(more) = more.filter(|more| !name.eq_ignore_ascii_case(more)) {
        name.push_str(", ");
        name.push_str(more);
    }
    name
}

fn has_states(place: &Place) -> bool {
    matches!(place.country.code(), "US" | "CA" | "AU")
}

/// The country of a place abroad. The states of the US are known abroad as well as it is.
fn country_name(place: &Place, listener: Option<Country>) -> Option<String> {
    let foreign = listener.is_some_and(|listener| listener != place.country);
    if !foreign || place.country.code() == "US" {
        return None;
    }
    Some(match place.country.code() {
        "GB" => "the United Kingdom".to_owned(),
        "AE" => "the United Arab Emirates".to_owned(),
        "CD" => "Congo".to_owned(),
        _ => {
            // The label of a place abroad ends in its country's name.
            let bare = Place {
                name: String::new(),
                admin1: None,
                admin1_code: None,
                ..place.clone()
            };
            let label = place_label(&bare, listener);
            label.trim_start_matches([',', ' ']).to_owned()
        }
    })
    .filter(|name| !name.is_empty())
}
