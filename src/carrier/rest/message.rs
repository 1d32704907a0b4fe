//! A message as the REST API tells it.

use std::fmt;

use jiff::Timestamp;
use serde::Deserialize;

use super::value;
use crate::carrier::webhook::delivery_status;
use crate::domain::delivery::DeliveryStatus;

/// A message resource. Everything but its SID may be missing. Its `Debug` shows neither numbers nor text.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct Message {
    /// `SM…` or `MM…`.
    pub sid: String,
    /// Twilio's word for how far it is.
    #[serde(default, deserialize_with = "value::text")]
    pub status: Option<String>,
    /// `inbound`, `outbound-api`, `outbound-reply` or `outbound-call`.
    #[serde(default, deserialize_with = "value::text")]
    pub direction: Option<String>,
    /// To whom.
    #[serde(default, deserialize_with = "value::text")]
    pub to: Option<String>,
    /// From whom; not known before a messaging service has picked a sender.
    #[serde(default, deserialize_with = "value::text")]
    pub from: Option<String>,
    /// Its text; `None` when it was redacted.
    #[serde(default, deserialize_with = "value::text")]
    pub body: Option<String>,
    /// Segments as billed; 0 while unknown.
    #[serde(default, deserialize_with = "value::number")]
    pub num_segments: Option<u32>,
    /// Pictures and the like.
    #[serde(default, deserialize_with = "value::number")]
    pub num_media: Option<u32>,
    /// What it cost, negative, such as `-0.00750`; filled in late.
    #[serde(default, deserialize_with = "value::text")]
    pub price: Option<String>,
    /// Its currency, such as `USD`.
    #[serde(default, deserialize_with = "value::text")]
    pub price_unit: Option<String>,
    /// Why it did not arrive.
    #[serde(default, deserialize_with = "value::number")]
    pub error_code: Option<u32>,
    /// When Twilio took it.
    #[serde(default, deserialize_with = "value::time")]
    pub date_created: Option<Timestamp>,
    /// When it went out; `None` until then.
    #[serde(default, deserialize_with = "value::time")]
    pub date_sent: Option<Timestamp>,
    /// When it changed last.
    #[serde(default, deserialize_with = "value::time")]
    pub date_updated: Option<Timestamp>,
}

impl Message {
    /// How far it travelled. What was created was accepted, whatever newer word Twilio has for it.
    #[must_use]
    pub fn delivery_status(&self) -> DeliveryStatus {
        let word = self.status.as_deref();
        word.and_then(delivery_status)
            .unwrap_or(DeliveryStatus::Accepted)
    }

    /// The error code, where there is one.
    #[must_use]
    pub fn error(&self) -> Option<u32> {
        self.error_code.filter(|code| *code != 0)
    }
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Message")
            .field("sid", &self.sid)
            .field("status", &self.status)
            .field("direction", &self.direction)
            .field("error_code", &self.error_code)
            .finish_non_exhaustive()
    }
}
