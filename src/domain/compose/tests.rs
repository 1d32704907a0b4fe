//! Texts from hourly series: read by people (snapshots) and by a second reader that knows nothing of the composer.

mod golden;
mod properties;
mod second_reader;
mod series;
mod spoken;
