//! English: how a telling is written in a message and read aloud. Another language is another such module.

pub(super) mod clock;
mod countries;
pub(super) mod label;
mod lead;
mod lists;
pub(super) mod message;
mod numbers;
pub(super) mod speech;
mod words;
mod written;
