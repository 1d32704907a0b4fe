//! Messages: create, fetch, list, redact, delete.

use jiff::Timestamp;
use serde::Deserialize;

use super::message::Message;
use super::pages::{Pages, with_query};
use super::{Refusal, RestError, parsed};
use crate::carrier::{Carrier, codes};
use crate::domain::delivery::{DeliveryId, DeliveryStatus, SendOutcome, Treatment};
use crate::domain::phone::PhoneNumber;
use crate::net::{Answer, Method, NetError};

impl Carrier {
    /// Sends a text, once. `validity_s` is how long it may wait in queues; afterwards it dies there.
    ///
    /// Create calls have no idempotency key, so only what provably was not taken is `Retry`.
    pub async fn send_text(
        &self,
        to: &PhoneNumber,
        body: &str,
        delivery: DeliveryId,
        validity_s: u32,
    ) -> SendOutcome {
        let validity = validity_s.clamp(1, MAX_VALIDITY_S).to_string();
        let status_url = self.status_url(delivery);
        let form = [
            ("To", to.e164()),
            self.sender_field(),
            ("Body", body),
            ("StatusCallback", &status_url),
            ("ValidityPeriod", &validity),
        ];
        outcome(self.post_text(&form).await)
    }

    /// A message by its SID.
    ///
    /// # Errors
    /// [`RestError`]; `is_missing` when there is none.
    pub async fn message(&self, sid: &str) -> Result<Message, RestError> {
        parsed(&self.get(&self.resource_of("/Messages", sid)?).await?)
    }

    /// How far a message travelled, with its error code; `None` when Twilio has no such message.
    ///
    /// # Errors
    /// [`RestError`] when Twilio could not be asked.
    pub async fn fetch_text(
        &self,
        sid: &str,
    ) -> Result<Option<(DeliveryStatus, Option<u32>)>, RestError> {
        match self.message(sid).await {
            Ok(message) => Ok(Some((message.delivery_status(), message.error()))),
            Err(error) if error.is_missing() => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Messages, newest first.
    #[must_use]
    pub fn messages(&self, filter: &MessageFilter<'_>) -> Pages<Message> {
        let since = filter.since.map(|at| at.strftime("%Y-%m-%d").to_string());
        let page_size = filter.page_size.clamp(1, 1000).to_string();
        let mut query = Vec::new();
        query.extend(filter.to.map(|to| ("To", to)));
        query.extend(filter.from.map(|from| ("From", from)));
        // The sign belongs to the name: `DateSent>=…` reads as "not before".
        query.extend(since.as_deref().map(|since| ("DateSent>", since)));
        query.push(("PageSize", &page_size));
        let url = with_query(&self.resource("/Messages"), &query);
        Pages::new(self.clone(), url, "messages")
    }

    /// Empties a message's text at Twilio and keeps the rest.
    ///
    /// # Errors
    /// [`RestError`]; `is_missing` when there is none.
    pub async fn redact_message(&self, sid: &str) -> Result<Message, RestError> {
        let url = self.resource_of("/Messages", sid)?;
        let form = [("Body", "")];
        parsed(&self.change(Method::Post, &url, Some(&form)).await?)
    }

    /// Deletes a message at Twilio, for good.
    ///
    /// # Errors
    /// [`RestError`]; `is_missing` when there is none.
    pub async fn delete_message(&self, sid: &str) -> Result<(), RestError> {
        let url = self.resource_of("/Messages", sid)?;
        self.change(Method::Delete, &url, None).await.map(|_| ())
    }
}

/// Which messages to list.
#[derive(Clone, Copy)]
pub struct MessageFilter<'a> {
    /// To this address only.
    pub to: Option<&'a str>,
    /// From this address only.
    pub from: Option<&'a str>,
    /// Sent on this day (UTC) or later; leaves out what is not sent yet.
    pub since: Option<Timestamp>,
    /// Messages a page, 1 to 1,000.
    pub page_size: u32,
}

/// The longest validity period Twilio takes (docs/wire.md#rest-api).
const MAX_VALIDITY_S: u32 = 36_000;

/// What follows from one create call, whose resource carries a `sid`.
pub(super) fn outcome(result: Result<Answer, NetError>) -> SendOutcome {
    let answer = match result {
        Ok(answer) => answer,
        Err(NetError::Connect | NetError::Setup) => {
            return SendOutcome::Retry {
                code: None,
                slow_down: false,
            };
        }
        Err(NetError::Timeout | NetError::Broken | NetError::TooLarge) => {
            return SendOutcome::Unknown;
        }
    };
    match answer.status {
        200..=299 => created(&answer),
        // "Never processed, always safe to retry": docs/wire.md#rest-errors.
        429 => SendOutcome::Retry {
            code: Some(Refusal::read(&answer).code_or_status()),
            slow_down: true,
        },
        // Somebody in between gave up waiting: the request may have gone through.
        408 => SendOutcome::Unknown,
        400..=499 => refused(&Refusal::read(&answer)),
        _ => SendOutcome::Unknown,
    }
}

fn created(answer: &Answer) -> SendOutcome {
    #[derive(Deserialize)]
    struct Created {
        sid: String,
    }
    match parsed::<Created>(answer) {
        Ok(Created { sid }) if !sid.is_empty() && sid.len() <= 64 => SendOutcome::Accepted { sid },
        _ => SendOutcome::Unknown,
    }
}

fn refused(refusal: &Refusal) -> SendOutcome {
    let code = refusal.code_or_status();
    match refusal.treatment() {
        Treatment::Transient => SendOutcome::Retry {
            code: Some(code),
            slow_down: codes::slows_down(code),
        },
        treatment => SendOutcome::Rejected { code, treatment },
    }
}

#[cfg(test)]
mod tests;
