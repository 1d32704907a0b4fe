//! The weather as its callers see it, against scripted services on loopback.

mod american;
mod asking;
mod faults;
mod golden;
mod recorded;
pub(super) mod sample;
pub(super) mod stand_in;
mod wording;
