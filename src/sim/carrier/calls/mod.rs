//! Calls at the pretend carrier: its book of them, its REST resource, and what happens on the line.

pub(crate) mod fields;
pub(crate) mod handset;
pub(crate) mod progress;
pub(crate) mod rest;
pub(crate) mod twiml;

use serde_json::{Value, json};

use super::message::rfc2822;

/// How a call of ours is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallFate {
    /// By a person who listens and says nothing.
    Person,
    /// By an answering machine, which beeps.
    Machine,
    /// Not at all.
    NoAnswer,
    /// The line is busy.
    Busy,
    /// There is no such line.
    Failed,
}

/// A call in the carrier's books.
#[derive(Clone)]
pub struct Call {
    /// `CA` and 32 hex digits.
    pub sid: String,
    /// Who is called.
    pub to: String,
    /// Who calls, or the word for a withheld number.
    pub from: String,
    /// Whether a phone called us.
    pub is_inbound: bool,
    /// The carrier's word for how far it is.
    pub status: &'static str,
    /// Who took it, where that was asked.
    pub answered_by: Option<&'static str>,
    /// Everything that was said to the person, in order.
    pub said: Vec<String>,
    /// Unix milliseconds at which the carrier took it.
    pub created_at_ms: i64,
    /// Unix milliseconds at which it was answered.
    pub started_at_ms: Option<i64>,
    /// Unix milliseconds at which it ended.
    pub ended_at_ms: Option<i64>,
    /// Where its TwiML is.
    pub url: String,
    /// Where its progress is told.
    pub status_callback: Option<String>,
    /// Which progress is told.
    pub events: Vec<String>,
    /// Whether somebody wants to know if a machine took it.
    pub detects_machines: bool,
    /// How many callbacks there were.
    pub(crate) told: u32,
}

impl std::fmt::Debug for Call {
    /// Without numbers and words, so that a failing assertion is fit for a log.
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Call")
            .field("sid", &self.sid)
            .field("is_inbound", &self.is_inbound)
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

impl Call {
    /// The phone at the other end from our number.
    pub(crate) fn phone(&self) -> &str {
        if self.is_inbound {
            &self.from
        } else {
            &self.to
        }
    }

    pub(crate) fn is_over(&self) -> bool {
        !matches!(self.status, "queued" | "ringing" | "in-progress")
    }

    fn direction(&self) -> &'static str {
        if self.is_inbound {
            "inbound"
        } else {
            "outbound-api"
        }
    }

    fn seconds(&self) -> Option<i64> {
        let (start, end) = self.started_at_ms.zip(self.ended_at_ms)?;
        Some((end - start).max(0) / 1000)
    }

    /// The resource, as documented: times RFC 2822, the duration a string.
    pub(crate) fn json(&self, account: &str) -> Value {
        let path = format!("/2010-04-01/Accounts/{account}/Calls/{}", self.sid);
        json!({
            "account_sid": account,
            "answered_by": self.answered_by,
            "api_version": "2010-04-01",
            "caller_name": null,
            "date_created": rfc2822(self.created_at_ms),
            "date_updated": rfc2822(self.ended_at_ms.or(self.started_at_ms).unwrap_or(self.created_at_ms)),
            "direction": self.direction(),
            "duration": self.seconds().map(|seconds| seconds.to_string()),
            "end_time": self.ended_at_ms.map(rfc2822),
            "forwarded_from": null,
            "from": self.from,
            "from_formatted": self.from,
            "group_sid": null,
            "parent_call_sid": null,
            "phone_number_sid": null,
            "price": self.seconds().map(|seconds| format!("-{:.4}", 0.014 * ((seconds + 59) / 60) as f64)),
            "price_unit": "USD",
            "queue_time": "0",
            "sid": self.sid,
            "start_time": self.started_at_ms.map(rfc2822),
            "status": self.status,
            "subresource_uris": { "notifications": format!("{path}/Notifications.json") },
            "to": self.to,
            "to_formatted": self.to,
            "trunk_sid": null,
            "uri": format!("{path}.json"),
        })
    }
}
