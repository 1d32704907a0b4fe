//! English: how an outlook is written in a message and read aloud. Another language is another such module.

pub(super) mod clock;
mod countries;
pub(super) mod label;
pub(super) mod lists;
mod words;
pub(super) mod written;
