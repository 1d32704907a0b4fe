//! weatherline: a phone line for the weather.
pub mod carrier;
pub mod clock;
pub mod config;
pub mod crash;
pub mod domain;
pub mod net;
pub mod places;
pub mod sim;
pub mod store;
pub mod weather;
