//! All wording: forecasts as messages and as speech. Texts fit their segments because they are built to.

pub(in crate::domain) mod catalogue;
mod fit;
mod forecast;
mod measure;
mod outlook;
mod reader;
mod recent;
pub mod spoken;
mod telling;
pub mod texts;
mod written;

#[cfg(test)]
pub(crate) mod tests;

pub use forecast::{Ask, NoText, daily_text, forecast_text, spoken_text};
pub(in crate::domain) use outlook::{falls_as_rain, falls_as_snow};
pub use recent::Recent;
#[cfg(test)]
pub(crate) use written::cities::listed as listed_cities;
pub use written::clock::{ClockStyle, clock_words, weekday_in, weekday_long, weekday_short};
pub use written::label::{place_label, place_label_in};
#[cfg(test)]
pub(crate) use written::regions::listed as listed_regions;
