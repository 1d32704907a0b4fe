//! One message as the carrier keeps it, and as it shows it.

use serde_json::{Value, json};

use super::errors;
use super::segments::Alphabet;

/// Who sent a message, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// From a phone to our number.
    Inbound,
    /// Created over the REST API.
    Api,
    /// Answered with TwiML.
    Reply,
    /// The carrier's own words, such as its answer to STOP.
    Notice,
}

impl Direction {
    fn name(self) -> &'static str {
        match self {
            Direction::Inbound => "inbound",
            Direction::Api => "outbound-api",
            Direction::Reply | Direction::Notice => "outbound-reply",
        }
    }
}

/// How a message ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// Sent, then delivered.
    Delivered,
    /// Sent; the phone company never says more.
    SentOnly,
    /// Sent, then undelivered with this code.
    Undelivered(u32),
    /// Failed with this code before it left.
    Failed(u32),
}

/// A message in the carrier's books.
#[derive(Clone)]
pub struct Message {
    /// `SM` and 32 hex digits.
    pub sid: String,
    /// The recipient.
    pub to: String,
    /// The sender; none while a messaging service has not chosen one.
    pub from: Option<String>,
    /// The messaging service, if one was named.
    pub service: Option<String>,
    /// The text, whole; kept here even when it is redacted on the wire.
    pub body: String,
    /// What the carrier bills.
    pub segments: u32,
    /// In which alphabet it counted.
    pub alphabet: Alphabet,
    /// Who sent it, and how.
    pub direction: Direction,
    /// The carrier's word for how far it came: `queued`, `sent`, `delivered`, …
    pub status: &'static str,
    /// Why it failed.
    pub error_code: Option<u32>,
    /// Unix milliseconds at which the carrier took it.
    pub accepted_at_ms: i64,
    /// Unix milliseconds at which it was sent.
    pub sent_at_ms: Option<i64>,
    /// Unix milliseconds of its last change.
    pub updated_at_ms: i64,
    /// Unix milliseconds before which a scheduled message stays here.
    pub send_at_ms: Option<i64>,
    /// Where its status goes.
    pub status_callback: Option<String>,
    /// How long it may wait in the queue.
    pub validity_seconds: i64,
    /// How it is going to end.
    pub fate: Fate,
    /// The text was taken out of the carrier's answers.
    pub redacted: bool,
    /// The message was deleted: only this book still has it.
    pub deleted: bool,
}

impl std::fmt::Debug for Message {
    /// Without numbers and text, so that a failing assertion is fit for a log.
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Message")
            .field("sid", &self.sid)
            .field("direction", &self.direction)
            .field("status", &self.status)
            .field("error_code", &self.error_code)
            .field("segments", &self.segments)
            .finish_non_exhaustive()
    }
}

impl Message {
    /// The phone at the other end from our number.
    pub(crate) fn phone(&self) -> &str {
        match self.direction {
            Direction::Inbound => self.from.as_deref().unwrap_or(""),
            _ => &self.to,
        }
    }

    /// The resource, as documented: counts and prices are strings, dates RFC 2822, paths relative.
    pub(crate) fn json(&self, account: &str) -> Value {
        let path = format!("/2010-04-01/Accounts/{account}/Messages/{}", self.sid);
        let priced = self.sent_at_ms.is_some() || self.direction == Direction::Inbound;
        json!({
            "account_sid": account,
            "api_version": "2010-04-01",
            "body": if self.redacted { "" } else { self.body.as_str() },
            "date_created": rfc2822(self.accepted_at_ms),
            "date_sent": self.sent_at_ms.map(rfc2822),
            "date_updated": rfc2822(self.updated_at_ms),
            "direction": self.direction.name(),
            "error_code": self.error_code,
            "error_message": self.error_code.map(errors::sentence),
            "from": self.from,
            "messaging_service_sid": self.service,
            "num_media": "0",
            "num_segments": if self.from.is_some() { self.segments } else { 0 }.to_string(),
            "price": priced.then(|| format!("-{:.5}", 0.0079 * f64::from(self.segments))),
            "price_unit": "USD",
            "sid": self.sid,
            "status": self.status,
            "subresource_uris": { "media": format!("{path}/Media.json") },
            "to": self.to,
            "uri": format!("{path}.json"),
        })
    }
}

/// `Fri, 24 May 2019 17:18:27 +0000`
pub(crate) fn rfc2822(at_ms: i64) -> String {
    jiff::Timestamp::from_millisecond(at_ms)
        .map(|at| at.strftime("%a, %d %b %Y %H:%M:%S +0000").to_string())
        .unwrap_or_default()
}

/// `Fri, 24 May 2019 17:18:27 GMT`
pub(crate) fn http_date(at_ms: i64) -> String {
    jiff::Timestamp::from_millisecond(at_ms)
        .map(|at| at.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string())
        .unwrap_or_default()
}

/// `2019-05-24`, in UTC.
pub(crate) fn utc_date(at_ms: i64) -> String {
    jiff::Timestamp::from_millisecond(at_ms)
        .map(|at| at.strftime("%Y-%m-%d").to_string())
        .unwrap_or_default()
}
