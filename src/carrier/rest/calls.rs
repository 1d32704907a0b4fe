//! Calls: place, fetch, list, hang up, redirect.

use std::fmt;
use std::time::Duration;

use jiff::Timestamp;
use serde::Deserialize;

use super::messages::outcome;
use super::pages::{Pages, with_query};
use super::{RestError, parsed, value};
use crate::carrier::{Carrier, inbound_call::call_status};
use crate::domain::delivery::{DeliveryId, DeliveryStatus, SendOutcome};
use crate::domain::phone::PhoneNumber;
use crate::net::Method;

impl Carrier {
    /// Places a call, once. Like a text it has no idempotency key, so only what provably was not taken is `Retry`.
    pub async fn place_call(&self, call: &NewCall<'_>) -> SendOutcome {
        let timeout = call.ring_s.clamp(5, MAX_RING_S).to_string();
        let mut form = vec![
            ("To", call.to.e164()),
            ("From", call.from),
            ("Url", call.url),
            ("StatusCallback", call.status_url),
            ("Timeout", &timeout),
        ];
        form.extend(CALL_EVENTS.map(|event| ("StatusCallbackEvent", event)));
        if call.detects_machines {
            form.push(("MachineDetection", "DetectMessageEnd"));
        }
        let url = self.resource("/Calls");
        outcome(self.ask_once(Method::Post, &url, Some(&form)).await)
    }

    /// Calls a phone for a delivery, once: its answer reads it, a machine gets it as a message. `None`: we send from a
    /// messaging service, which cannot call.
    pub async fn call_for(&self, to: &PhoneNumber, delivery: DeliveryId) -> Option<SendOutcome> {
        let (url, status_url) = (self.call_url(delivery), self.call_status_url(delivery));
        let call = NewCall {
            to,
            from: self.own_number()?,
            url: &url,
            status_url: &status_url,
            ring_s: RING_S,
            detects_machines: true,
        };
        Some(self.place_call(&call).await)
    }

    /// A call by its SID.
    ///
    /// # Errors
    /// [`RestError`]; `is_missing` when there is none.
    pub async fn call(&self, sid: &str) -> Result<Call, RestError> {
        parsed(&self.get(&self.resource_of("/Calls", sid)?).await?)
    }

    /// Calls, newest first.
    #[must_use]
    pub fn calls(&self, filter: &CallFilter<'_>) -> Pages<Call> {
        let page_size = filter.page_size.clamp(1, 1000).to_string();
        let since = filter.since.map(|at| at.strftime("%Y-%m-%d").to_string());
        let mut query = Vec::new();
        query.extend(filter.to.map(|to| ("To", to)));
        query.extend(filter.from.map(|from| ("From", from)));
        query.extend(filter.status.map(|status| ("Status", status)));
        query.extend(since.as_deref().map(|since| ("StartTime>", since)));
        query.push(("PageSize", &page_size));
        let url = with_query(&self.resource("/Calls"), &query);
        Pages::new(self.clone(), url, "calls")
    }

    /// Ends a call, also one that still rings.
    ///
    /// # Errors
    /// [`RestError`]; `is_missing` when there is none.
    pub async fn hang_up(&self, sid: &str) -> Result<HangUp, RestError> {
        let call = self.call(sid).await?;
        if call.is_over() {
            return Ok(HangUp::WasOver(call));
        }
        let mut call = call;
        for _ in 0..2 {
            match self.update_call(sid, &[("Status", "completed")]).await {
                Ok(call) => return Ok(HangUp::Ended(call)),
                // It ended by itself in between, or what Twilio tells of it is behind what it knows.
                Err(RestError::Refused(refusal)) if refusal.code == Some(NOT_IN_THAT_STATE) => {}
                Err(error) => return Err(error),
            }
            call = self.call(sid).await?;
            if call.is_over() {
                return Ok(HangUp::WasOver(call));
            }
            tokio::time::sleep(Duration::from_millis(self.0.pause_ms * 2)).await;
        }
        Ok(HangUp::Refused(call))
    }

    /// Makes a call go on with the TwiML at `url`.
    ///
    /// # Errors
    /// [`RestError`]; `is_missing` when there is none, `Refused` with code 21220 when it is over.
    pub async fn redirect_call(&self, sid: &str, url: &str) -> Result<Call, RestError> {
        self.update_call(sid, &[("Url", url), ("Method", "POST")])
            .await
    }

    async fn update_call(&self, sid: &str, form: &[(&str, &str)]) -> Result<Call, RestError> {
        let url = self.resource_of("/Calls", sid)?;
        parsed(&self.change(Method::Post, &url, Some(form)).await?)
    }
}

/// A call to place.
#[derive(Clone, Copy)]
pub struct NewCall<'a> {
    /// Whom to ring.
    pub to: &'a PhoneNumber,
    /// The number it comes from; a messaging service cannot call.
    pub from: &'a str,
    /// Where its TwiML is.
    pub url: &'a str,
    /// Where its progress is told.
    pub status_url: &'a str,
    /// How long it rings, seconds, 5 to 600.
    pub ring_s: u32,
    /// Whether to wait for the end of an answering machine's greeting.
    pub detects_machines: bool,
}

/// Which calls to list.
#[derive(Clone, Copy)]
pub struct CallFilter<'a> {
    /// To this number only.
    pub to: Option<&'a str>,
    /// From this number only.
    pub from: Option<&'a str>,
    /// With this status only, such as `in-progress`.
    pub status: Option<&'a str>,
    /// Started on this day (UTC) or later.
    pub since: Option<Timestamp>,
    /// Calls a page, 1 to 1,000.
    pub page_size: u32,
}

/// How hanging up ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HangUp {
    /// The call was going on and is over now.
    Ended(Call),
    /// It was over before.
    WasOver(Call),
    /// Twilio would not end it, and tells that it goes on.
    Refused(Call),
}

/// A call resource. Everything but its SID may be missing. Its `Debug` shows no numbers.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct Call {
    /// `CA…`.
    pub sid: String,
    /// Twilio's word for how far it is.
    #[serde(default, deserialize_with = "value::text")]
    pub status: Option<String>,
    /// `inbound`, `outbound-api` or `outbound-dial`.
    #[serde(default, deserialize_with = "value::text")]
    pub direction: Option<String>,
    /// Whom it rings.
    #[serde(default, deserialize_with = "value::text")]
    pub to: Option<String>,
    /// Where it comes from; a word when withheld.
    #[serde(default, deserialize_with = "value::text")]
    pub from: Option<String>,
    /// How long it lasted, seconds.
    #[serde(default, deserialize_with = "value::number")]
    pub duration: Option<u32>,
    /// What it cost, negative; filled in late.
    #[serde(default, deserialize_with = "value::text")]
    pub price: Option<String>,
    /// Its currency.
    #[serde(default, deserialize_with = "value::text")]
    pub price_unit: Option<String>,
    /// Person or machine, where that was asked.
    #[serde(default, deserialize_with = "value::text")]
    pub answered_by: Option<String>,
    /// When Twilio took it.
    #[serde(default, deserialize_with = "value::time")]
    pub date_created: Option<Timestamp>,
    /// When it began.
    #[serde(default, deserialize_with = "value::time")]
    pub start_time: Option<Timestamp>,
    /// When it ended.
    #[serde(default, deserialize_with = "value::time")]
    pub end_time: Option<Timestamp>,
}

impl Call {
    /// Whether it has ended, in whatever way.
    #[must_use]
    pub fn is_over(&self) -> bool {
        matches!(
            self.status.as_deref(),
            Some("completed" | "busy" | "failed" | "no-answer" | "canceled")
        )
    }

    /// How far it is, as a delivery. A word that we do not know still means that Twilio has the call.
    #[must_use]
    pub fn delivery_status(&self) -> DeliveryStatus {
        let word = self.status.as_deref();
        word.and_then(call_status)
            .unwrap_or(DeliveryStatus::Accepted)
    }
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("sid", &self.sid)
            .field("status", &self.status)
            .field("direction", &self.direction)
            .finish_non_exhaustive()
    }
}

const MAX_RING_S: u32 = 600;

/// How long a call of ours rings: long enough for a machine, too short to annoy.
const RING_S: u32 = 30;
const CALL_EVENTS: [&str; 4] = ["initiated", "ringing", "answered", "completed"];

/// Twilio's code for an update that a call's state does not allow.
const NOT_IN_THAT_STATE: u32 = 21220;

#[cfg(test)]
mod tests;
