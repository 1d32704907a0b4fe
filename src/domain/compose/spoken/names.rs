//! Spoken: the names of places, in their own letters, with what tells them from others of their name.

use super::spelled::spelled;
use crate::domain::compose::written::{cities, countries, regions};
use crate::domain::language::Language;
use crate::domain::phone::Country;
use crate::domain::place::Place;

/// `Lyon`, `Boulder, Colorado`, `Paris, Francia`: as short as a listener of that country needs it.
#[must_use]
pub fn place_name(place: &Place, listener: Option<Country>, language: Language) -> String {
    let name = spelled(cities::name(place, language), place.country, language);
    let region = region(place, language).filter(|_| has_states(place));
    let name = with(name, region.as_deref());
    with(name, country_name(place, listener, language).as_deref())
}

/// `Lyon, Auvergne-Rhône-Alpes`: with its region always, so that it can be told from all others.
#[must_use]
pub fn full_name(place: &Place, listener: Option<Country>, language: Language) -> String {
    let name = spelled(cities::name(place, language), place.country, language);
    let name = with(name, region(place, language).as_deref());
    with(name, country_name(place, listener, language).as_deref())
}

fn with(mut name: String, more: Option<&str>) -> String {
    let plain = |text: &str| any_ascii::any_ascii(text).to_ascii_lowercase();
    if let Some(more) = more.filter(|more| plain(&name) != plain(more)) {
        name.push_str(", ");
        name.push_str(more);
    }
    name
}

/// The region, as a listener says it.
fn region(place: &Place, language: Language) -> Option<String> {
    let name = regions::name(place, language)?;
    Some(spelled(name, place.country, language)).filter(|name| !name.is_empty())
}

fn has_states(place: &Place) -> bool {
    matches!(place.country.code(), "US" | "CA" | "AU")
}

/// The country of a place abroad. The states of the US are known abroad as well as it is.
fn country_name(place: &Place, listener: Option<Country>, language: Language) -> Option<String> {
    let foreign = listener.is_some_and(|listener| listener != place.country);
    if !foreign || (place.country.code() == "US" && place.admin1.is_some()) {
        return None;
    }
    countries::name(place.country, language).map(|name| in_full(name, language))
}

/// A short name as it is written in messages, without its abbreviations.
fn in_full(name: &str, language: Language) -> String {
    let pairs: &[(&str, &str)] = match language {
        Language::English => &[
            ("UAE", "the United Arab Emirates"),
            ("UK", "the United Kingdom"),
            ("DR Congo", "Congo"),
            ("USA", "the United States"),
            ("US ", "United States "),
        ],
        Language::Spanish => &[
            ("EEUU", "Estados Unidos"),
            ("RD Congo", "Congo"),
            ("Rep. ", "República "),
        ],
        Language::French => &[("RD Congo", "Congo"), ("Rép. ", "République ")],
        Language::German => &[
            ("VAE", "Vereinigte Arabische Emirate"),
            ("DR Kongo", "Kongo"),
            ("USA", "Vereinigte Staaten"),
            ("US-", "Amerikanische "),
            ("Rep.", "Republik"),
            ("Franz. ", "Französische "),
            ("St. ", "Sankt "),
        ],
        Language::Portuguese => &[
            ("EUA", "Estados Unidos"),
            ("RD Congo", "Congo"),
            ("Rep. ", "República "),
        ],
        Language::Italian => &[
            ("USA", "Stati Uniti"),
            ("RD Congo", "Congo"),
            ("Rep. ", "Repubblica "),
        ],
    };
    let expand = |name: String, (short, long): &(&str, &str)| name.replace(short, long);
    pairs.iter().fold(name.to_owned(), expand)
}
