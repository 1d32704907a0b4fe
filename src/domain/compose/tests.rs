//! Texts from hourly series: read by people (snapshots) and by a second reader that knows nothing of the composer.

mod golden;
mod noise;
mod properties;
mod second_reader;
mod series;
mod spoken;

pub(crate) use golden::{Weather, weathers};
pub(crate) use second_reader::check as second_reading;
pub(crate) use second_reader::heard::check as second_hearing;
