//! The real program, as somebody who runs it meets it: `weatherline serve` against a pretend Twilio and pretend weather.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking, in its helpers too"
)]

mod day;
mod house;
mod jumps;
mod kills;
mod logs;
mod operator;
mod pings;
mod power;
mod quiet;
mod refused;
mod stand_in;
mod systemd;
mod talk;
mod trouble;
