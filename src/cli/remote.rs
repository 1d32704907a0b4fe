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

/// Walks a list from Twilio and prints each of its resources as it comes: all of them, or `limit` at most. Ctrl-C ends it.
pub(super) async fn stream<T: serde::de::DeserializeOwned>(
    mut pages: Pages<T>,
    limit: Option<usize>,
    what: &'static str,
    output: &mut Output,
    mut print: impl FnMut(&T, &mut Output) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut progress = Progress::of(what);
    let stopped = async {
        if tokio::signal::ctrl_c().await.is_err() {
            // Then it ends us as it always did.
            std::future::pending::<()>().await;
        }
    };
    tokio::pin!(stopped);
    let mut done = 0;
    while limit.is_none_or(|limit| done < limit) {
        let next = tokio::select! {
            biased;
            () = &mut stopped => return Err(Failure::Interrupted),
            next = pages.next() => next?,
        };
        let Some(one) = next else {
            return Ok(());
        };
        print(&one, output)?;
        done += 1;
        if done % 50 == 0 {
            output.flush()?;
            if !stdout().is_terminal() {
                progress.at(done);
            }
        }
    }
    Ok(())
}

/// One end of a message or a call, as Twilio writes it: a number without its blanks and signs. Short codes, names and
/// addresses of other channels stay as they are.
pub(super) fn end_of_line(flag: &str, text: &str) -> Result<String, Failure> {
    let text = text.trim();
    let is_number = text.starts_with('+') || text.starts_with("00");
    match PhoneNumber::parse(text) {
        Ok(phone) => Ok(phone.e164().to_owned()),
        Err(error) if is_number => Err(Failure::sentence(format!("{flag}: {error}"))),
        Err(_) if text.is_empty() => Err(Failure::sentence(format!("{flag} is empty"))),
        Err(_) if is_local(text) => Err(Failure::sentence(format!(
            "{flag} is a number with its country in front, such as +14155550101"
        ))),
        Err(_) => Ok(text.to_owned()),
    }
}

/// Digits and the signs between them, too many for a short code.
fn is_local(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    digits > 6
        && text
            .bytes()
            .all(|b| b.is_ascii_digit() || b" .-/()".contains(&b))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_go_out_as_the_carrier_writes_them() {
        for (typed, sent) in [
            ("+1 415 555 0101", "+14155550101"),
            ("+1 (415) 555-0101", "+14155550101"),
            ("0033 6 39 98 12 34", "+33639981234"),
            ("12345", "12345"),
            ("WEATHER", "WEATHER"),
            ("whatsapp:+14155550101", "whatsapp:+14155550101"),
        ] {
            assert_eq!(end_of_line("--to", typed).unwrap(), sent);
        }
        for bad in [
            "",
            "  ",
            "+1",
            "+14155550101x",
            "415 555 0101",
            "4155550101",
        ] {
            let Err(Failure::Sentence(why)) = end_of_line("--to", bad) else {
                panic!("{bad} is taken");
            };
            assert!(why.starts_with("--to"), "{why}");
        }
    }
}
