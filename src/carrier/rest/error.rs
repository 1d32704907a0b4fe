//! Twilio's refusals, in every form that they come in, and what else may go wrong (docs/wire.md#rest-errors).

use std::fmt::{self, Write as _};

use serde::Deserialize;

use super::value;
use crate::carrier::codes;
use crate::domain::delivery::Treatment;
use crate::net::{Answer, NetError};

/// Why a REST call gave nothing. Its sentences carry no phone number, text or address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RestError {
    /// No answer came.
    #[error("Twilio: {0}")]
    NoAnswer(NetError),
    /// Twilio says no.
    #[error("Twilio refuses: {0}")]
    Refused(Refusal),
    /// It answered well, but with something else than the documents say.
    #[error("Twilio's answer could not be read")]
    Unreadable,
    /// Asked for something by what is no SID.
    #[error("that is no SID; one looks like SM0123456789abcdef0123456789abcdef")]
    NoSid,
}

impl RestError {
    /// Whether there is no such resource.
    #[must_use]
    pub const fn is_missing(&self) -> bool {
        matches!(
            self,
            Self::Refused(Refusal { status: 404, .. }) | Self::NoSid
        )
    }

    /// Whether asking again may help.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        match self {
            // A timeout has used up its time; the caller may have more of it.
            Self::NoAnswer(error) => matches!(error, NetError::Connect | NetError::Broken),
            Self::Refused(refusal) => refusal.status == 429 || refusal.status >= 500,
            Self::Unreadable | Self::NoSid => false,
        }
    }

    /// Whether the request provably changed nothing and may be repeated.
    #[must_use]
    pub fn was_not_done(&self) -> bool {
        match self {
            Self::NoAnswer(error) => *error == NetError::Connect,
            Self::Refused(refusal) => refusal.status == 429,
            Self::Unreadable | Self::NoSid => false,
        }
    }
}

/// An answer that says no.
#[derive(Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The HTTP status.
    pub status: u16,
    /// Twilio's error code.
    pub code: Option<u32>,
    /// Twilio's words, long digit runs masked, because they repeat phone numbers.
    pub message: Option<String>,
}

impl Refusal {
    /// Reads an answer in Twilio's own form, in that of RFC 9457, or in none.
    pub(super) fn read(answer: &Answer) -> Self {
        let body: Body = serde_json::from_slice(&answer.body).unwrap_or_default();
        let words = [body.message, body.detail, body.title];
        Self {
            status: answer.status,
            code: body.code.filter(|code| *code != 0),
            message: words.into_iter().flatten().next().map(|m| masked(&m)),
        }
    }

    /// Twilio's code, else the HTTP status.
    #[must_use]
    pub fn code_or_status(&self) -> u32 {
        self.code.unwrap_or_else(|| u32::from(self.status))
    }

    /// What the refusal of a create call means.
    #[must_use]
    pub fn treatment(&self) -> Treatment {
        match (self.code.and_then(codes::known), self.code, self.status) {
            (Some(treatment), _, _) => treatment,
            // Wrong credentials or a wrong address: every message would be refused alike.
            (None, _, 401 | 407) | (None, None, 403 | 404) => Treatment::HoldAll,
            _ => Treatment::ThisMessage,
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.code {
            Some(code) => write!(f, "error {code}")?,
            None => write!(f, "HTTP {}", self.status)?,
        }
        match (&self.message, self.code.and_then(codes::meaning)) {
            (Some(message), _) => write!(f, ", {message}"),
            (None, Some(meaning)) => write!(f, ", {meaning}"),
            (None, None) => Ok(()),
        }
    }
}

impl fmt::Debug for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Body {
    #[serde(deserialize_with = "value::number")]
    code: Option<u32>,
    #[serde(deserialize_with = "value::text")]
    message: Option<String>,
    #[serde(deserialize_with = "value::text")]
    detail: Option<String>,
    #[serde(deserialize_with = "value::text")]
    title: Option<String>,
}

/// At most 300 characters on one line, with every run of digits that may be a phone number masked, whatever stands
/// between the digits.
fn masked(message: &str) -> String {
    let mut out = String::new();
    let mut run = String::new();
    for c in message.chars().take(300).chain(['\n']) {
        let joins = !run.is_empty() && matches!(c, ' ' | '-' | '.' | '(' | ')' | '\u{a0}');
        if c.is_ascii_digit() || c == '+' || joins {
            run.push(c);
            continue;
        }
        if run.bytes().filter(u8::is_ascii_digit).count() >= 6 {
            let tail = run.len() - run.trim_end_matches(|c: char| !c.is_ascii_digit()).len();
            let _ = write!(out, "•••{}", &run[run.len() - tail..]);
        } else {
            out.push_str(&run);
        }
        run.clear();
        out.push(if c.is_control() { ' ' } else { c });
    }
    out.trim_end().to_owned()
}

#[cfg(test)]
mod tests;
