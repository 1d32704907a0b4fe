//! weatherline: a phone line for the weather.
pub mod carrier;
pub mod cli;
pub mod clock;
pub mod config;
pub mod crash;
pub mod daemon;
pub mod domain;
pub mod flow;
pub mod net;
pub mod places;
pub mod schedule;
pub mod sim;
pub mod store;
pub mod weather;
pub mod web;
