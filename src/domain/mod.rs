//! What is true: phones, places, schedules, forecasts, decisions and wording. No IO, no async, no clock, no serde, no logging.

pub mod burst;
pub mod call;
mod calling_codes;
pub mod canary;
pub mod command;
pub mod compose;
pub mod condition;
pub mod cost;
pub mod decide;
pub mod decision;
pub mod delivery;
pub mod facts;
pub mod forecast;
pub mod language;
pub mod latency;
pub mod message;
pub mod pace;
pub mod phone;
pub mod place;
pub mod schedule;
pub mod subscriber;
pub mod zone;
