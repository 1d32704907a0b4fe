//! The pretend carrier: its REST API, its webhooks and what it does with messages, as its documents say.
//!
//! Calls have a book and a door of their own beside the messages'.

mod account;
pub(crate) mod book;
pub(crate) mod callbacks;
pub(crate) mod calls;
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
