//! weatherline: a phone line for the weather.
pub mod domain;
