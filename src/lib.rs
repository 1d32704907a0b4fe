//! weatherline: a phone line for the weather. People text a place and get its forecast, subscribe by text and get it every
//! morning at their own local time. Self-hosted, on Twilio.
//!
//! # The house
//!
//! A module imports only what stands below it (`tests/house.rs` proves it):
//!
//! | floor | module | is |
//! |---|---|---|
//! | 6 | [`cli`] | one file a command family |
//! | 5 | [`daemon`] | the composition root |
//! | 4 | [`config`] | config.toml and secrets → each module's `Settings` |
//! | 3 | [`web`], [`schedule`] | webhooks and operator pages; the metronome |
//! | 2 | [`flow`] | the trips |
//! | 1 | [`store`], [`carrier`], [`weather`], [`places`] | SQL; Twilio's wire; weather services; the gazetteer |
//! | 0 | [`domain`], [`clock`], [`net`], [`crash`], [`sim`] | what is true; the time; the HTTP client; crash points; the pretend world |
//!
//! - [`domain`] cannot wait, fail on IO, or know what time it is: callers pass `now`.
//! - [`web`] and [`cli`] never see SQL; [`store`] never sees HTTP; [`flow`] never sees JSON, TwiML or SQL text.
//! - No module reads configuration: [`config`] stands above them and hands each its parsed `Settings`.
//! - [`sim`] imports none of our code: it is a second, independent reading of the wire documents.
//! - A domain type is never `Serialize`: the wire struct lives beside the wire.
//!
//! # The trips: receive → verify → parse → gather → decide → record → respond
//!
//! - **An inbound text** ([`web`], `flow/inbound_text.rs`): signature → [`domain::command::Command::parse`] → gather place and
//!   weather within a deadline → one transaction: *MessageSid known → the saved reply; else load the subscriber, call the
//!   pure [`domain::decide::decide`], save changes and reply* → TwiML.
//! - **The daily tick** (`flow/daily.rs`): due rows in pages → one forecast a cell → one transaction a page: a delivery under
//!   a unique key and the next due time → wake the sender.
//! - **An outgoing message** (`flow/deliver.rs`): claim (write the attempt down) → POST → settle. What is unclear is held and
//!   settled by callback or message list (`flow/settle.rs`).
//! - **A status report** (`flow/report.rs`): callbacks in any order move a delivery forward only.
//! - **An inbound call** (`flow/inbound_call.rs`): signature → gather → the pure [`domain::call`] → TwiML. The call's state
//!   travels in the path of the next step, nothing is kept in memory.

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
