//! How a telling is written in one message, in every language: wording is data (`written/phrases`), grammar is code only
//! where a language needs it.

pub(super) mod cities;
mod clauses;
pub(super) mod clock;
pub(super) mod countries;
pub(super) mod label;
pub(super) mod lead;
pub(super) mod lists;
pub(super) mod message;
mod phrases;
pub(super) mod regions;
pub(super) mod words;
