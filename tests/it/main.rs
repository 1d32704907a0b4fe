//! The whole house against the pretend world: one integration binary, a file a trip.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking, in its helpers too"
)]

mod bad_input;
mod call_walk;
mod calls;
mod calls_daily;
mod calls_out;
mod canary;
mod carrier;
mod clocks;
mod daily;
mod desk;
mod exchanges;
mod eyes;
mod guards;
mod languages;
mod manage;
mod names;
mod newcomer;
mod operator;
mod operator_numbers;
mod promise;
mod restore;
mod texts;
mod webhooks;
mod world;
