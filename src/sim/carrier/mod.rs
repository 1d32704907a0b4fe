//! The pretend carrier: its REST API, its webhooks and what it does with messages, as its documents say.
//!
//! Calls have no part here yet; they get a book and a door of their own beside the messages'.

mod account;
pub(crate) mod book;
pub(crate) mod callbacks;
mod create;
mod errors;
pub(crate) mod geo;
pub(crate) mod inbound;
mod keywords;
mod list;
mod magic;
pub(crate) mod message;
pub(crate) mod number;
mod params;
pub(crate) mod rest;
pub(crate) mod segments;
pub(crate) mod services;
pub(crate) mod signing;
mod single;
mod twiml;
mod xml;
