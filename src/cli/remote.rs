//! What the commands share that speak with Twilio: the account, shapes of its resources, lists that stream.

use std::io::{IsTerminal, stdout};

use jiff::Timestamp;

use super::Chosen;
use super::failure::Failure;
use super::output::{Output, Progress};
use super::wires;
use crate::carrier::rest::pages::Pages;
use crate::carrier::{Carrier, RestError};
use crate::config::Config;
use crate::domain::phone::PhoneNumber;

/// The configuration and the carrier; both are needed whole.
pub(super) fn carrier(chosen: &Chosen) -> Result<(Config, Carrier), Failure> {
    let config = chosen.whole_config()?;
    let carrier = wires::carrier(&config)?.ok_or_else(|| {
        Failure::sentence(
            "TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN are not set; .env.example shows where",
        )
    })?;
    Ok((config, carrier))
}

/// Walks a list from Twilio and prints each of its resources as it comes, `limit` at most.
pub(super) async fn stream<T: serde::de::DeserializeOwned>(
    mut pages: Pages<T>,
    limit: usize,
    what: &'static str,
    output: &mut Output,
    mut print: impl FnMut(&T, &mut Output) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut progress = Progress::of(what);
    for done in 0..limit {
        let Some(one) = pages.next().await? else {
            return Ok(());
        };
        print(&one, output)?;
        if done % 50 == 49 {
            output.flush()?;
            if !stdout().is_terminal() {
                progress.at(done + 1);
            }
        }
    }
    Ok(())
}

/// A number as a list shows it; what is none, such as a word for a withheld one, stays as it is.
pub(super) fn address(text: Option<&str>, whole: bool) -> String {
    match text.map(|text| (text, PhoneNumber::parse(text))) {
        Some((_, Ok(phone))) if !whole => phone.to_string(),
        Some((text, Ok(_))) => text.to_owned(),
        Some((text, Err(_))) if text.bytes().any(|b| b.is_ascii_digit()) && !whole => {
            "•••".to_owned()
        }
        Some((text, Err(_))) => text.to_owned(),
        None => String::new(),
    }
}

/// `2026-11-22T12:00:00Z`, or nothing.
pub(super) fn instant(at: Option<Timestamp>) -> Option<String> {
    at.map(|at| format!("{at:.0}"))
}

/// The sentence for something that Twilio does not have.
pub(super) fn missing(what: &str, sid: &str, error: RestError) -> Failure {
    if error.is_missing() {
        return Failure::sentence(format!(
            "Twilio has no {what} {sid}; `weatherline {what} list` shows those it has"
        ));
    }
    Failure::from(error)
}

impl From<RestError> for Failure {
    fn from(error: RestError) -> Self {
        Self::sentence(format!("{error}; `weatherline check` tells what is wrong"))
    }
}

/// How many a list shows when nothing is said.
pub(super) const USUAL_LIMIT: usize = 50;
