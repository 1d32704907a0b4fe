//! Everything that is said on the phone: forecasts and prompts, in whole words only, numbers and keys spelled.

mod clauses;
mod european;
pub(in crate::domain::compose) mod forecast;
mod hours;
mod lines;
mod measured;
mod menu;
mod names;
pub(in crate::domain) mod numbers;
mod sound;
mod spelled;
mod words;

pub use european::european;
pub use hours::time_words;
pub(in crate::domain) use lines::Line;
pub(in crate::domain) use menu::{Menu, choice, key_name, language_option, menu};
pub use names::{full_name, place_name};

use crate::domain::language::Language;
use crate::domain::phone::Country;
use crate::domain::place::Place;

/// Something of ours failed.
#[must_use]
pub fn failed(language: Language) -> &'static str {
    Line::Failed.text(language)
}

/// No service has weather for that place.
#[must_use]
pub fn no_weather(place: &Place, listener: Option<Country>, language: Language) -> String {
    let name = place_name(place, listener, language);
    Line::NoWeather.fill(language, &[("name", &name)])
}
