//! The account's phone numbers and where their webhooks point.

use std::fmt;

use serde::Deserialize;

use super::pages::{Pages, with_query};
use super::{RestError, parsed, value};
use crate::carrier::Carrier;
use crate::net::Method;

impl Carrier {
    /// The account's numbers; with `containing`, those that have these digits in them (Twilio matches parts).
    #[must_use]
    pub fn numbers(&self, containing: Option<&str>) -> Pages<Number> {
        let mut query = Vec::new();
        query.extend(containing.map(|digits| ("PhoneNumber", digits)));
        query.push(("PageSize", "50"));
        let url = with_query(&self.resource("/IncomingPhoneNumbers"), &query);
        Pages::new(self.clone(), url, "incoming_phone_numbers")
    }

    /// The number that is exactly `number`; `None` when it is not the account's.
    ///
    /// # Errors
    /// [`RestError`] when Twilio could not be asked.
    pub async fn number(&self, number: &str) -> Result<Option<Number>, RestError> {
        let mut numbers = self.numbers(Some(number));
        while let Some(found) = numbers.next().await? {
            if found.phone_number == number {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    /// Points a number's webhooks elsewhere; what is `None` stays.
    ///
    /// # Errors
    /// [`RestError`]; `is_missing` when there is no such number.
    pub async fn configure_number(
        &self,
        sid: &str,
        webhooks: &Webhooks<'_>,
    ) -> Result<Number, RestError> {
        let url = self.resource_of("/IncomingPhoneNumbers", sid)?;
        let mut form = Vec::new();
        for (name, method, value) in [
            ("SmsUrl", "SmsMethod", webhooks.text_url),
            ("VoiceUrl", "VoiceMethod", webhooks.voice_url),
            (
                "StatusCallback",
                "StatusCallbackMethod",
                webhooks.call_status_url,
            ),
        ] {
            if let Some(value) = value {
                form.extend([(name, value), (method, "POST")]);
            }
        }
        parsed(&self.change(Method::Post, &url, Some(&form)).await?)
    }
}

/// Where a number's webhooks shall point, all by POST.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Webhooks<'a> {
    /// Inbound texts.
    pub text_url: Option<&'a str>,
    /// Inbound calls.
    pub voice_url: Option<&'a str>,
    /// The progress of inbound calls. There is no such callback for texts: each brings its own.
    pub call_status_url: Option<&'a str>,
}

/// A number of the account. Its `Debug` does not show it.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct Number {
    /// `PN…`.
    pub sid: String,
    /// In E.164.
    pub phone_number: String,
    /// What its owner calls it.
    #[serde(default, deserialize_with = "value::text")]
    pub friendly_name: Option<String>,
    /// What it can do.
    #[serde(default)]
    pub capabilities: Capabilities,
    /// Where inbound texts go.
    #[serde(default, deserialize_with = "value::text")]
    pub sms_url: Option<String>,
    /// How, `POST` or `GET`.
    #[serde(default, deserialize_with = "value::text")]
    pub sms_method: Option<String>,
    /// Where they go when the first fails.
    #[serde(default, deserialize_with = "value::text")]
    pub sms_fallback_url: Option<String>,
    /// An application whose URLs count instead of `sms_url`.
    #[serde(default, deserialize_with = "value::text")]
    pub sms_application_sid: Option<String>,
    /// Where inbound calls go.
    #[serde(default, deserialize_with = "value::text")]
    pub voice_url: Option<String>,
    /// How, `POST` or `GET`.
    #[serde(default, deserialize_with = "value::text")]
    pub voice_method: Option<String>,
    /// Where they go when the first fails.
    #[serde(default, deserialize_with = "value::text")]
    pub voice_fallback_url: Option<String>,
    /// An application whose URLs count instead of `voice_url`.
    #[serde(default, deserialize_with = "value::text")]
    pub voice_application_sid: Option<String>,
    /// A SIP trunk that takes the calls instead of `voice_url`.
    #[serde(default, deserialize_with = "value::text")]
    pub trunk_sid: Option<String>,
    /// Where the progress of calls is told.
    #[serde(default, deserialize_with = "value::text")]
    pub status_callback: Option<String>,
    /// How, `POST` or `GET`.
    #[serde(default, deserialize_with = "value::text")]
    pub status_callback_method: Option<String>,
}

/// Whether a webhook that is called by this method comes by GET, which no route of ours takes. What is not told is POST.
#[must_use]
pub fn is_by_get(method: Option<&str>) -> bool {
    method.is_some_and(|method| method.eq_ignore_ascii_case("GET"))
}

impl Number {
    /// What takes inbound texts in the place of `sms_url`.
    #[must_use]
    pub fn text_override(&self) -> Option<&str> {
        self.sms_application_sid.as_deref()
    }

    /// What takes inbound calls in the place of `voice_url`: a trunk, and an application behind it.
    pub fn voice_overrides(&self) -> impl Iterator<Item = &str> {
        let trunk = self.trunk_sid.as_deref();
        trunk
            .into_iter()
            .chain(self.voice_application_sid.as_deref())
    }

    /// Whether inbound texts go to `url`, as we take them.
    #[must_use]
    pub fn texts_go_to(&self, url: &str) -> bool {
        self.sms_url.as_deref() == Some(url) && !is_by_get(self.sms_method.as_deref())
    }

    /// Whether inbound calls go to `url`, as we take them.
    #[must_use]
    pub fn calls_go_to(&self, url: &str) -> bool {
        self.voice_url.as_deref() == Some(url) && !is_by_get(self.voice_method.as_deref())
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Number")
            .field("sid", &self.sid)
            .field("sms_url", &self.sms_url)
            .field("voice_url", &self.voice_url)
            .finish_non_exhaustive()
    }
}

/// What a number can do.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Capabilities {
    /// Calls.
    #[serde(deserialize_with = "value::flag")]
    pub voice: bool,
    /// Texts.
    #[serde(deserialize_with = "value::flag")]
    pub sms: bool,
    /// Picture messages.
    #[serde(deserialize_with = "value::flag")]
    pub mms: bool,
}

#[cfg(test)]
mod tests;
