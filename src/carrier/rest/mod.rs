//! The REST API of 2010-04-01: one way to ask, and typed answers (docs/wire.md#rest-api).

pub mod account;
pub mod calls;
mod error;
pub mod find;
mod find_call;
pub mod message;
pub mod messages;
pub mod numbers;
pub mod pages;
pub mod services;
#[cfg(test)]
mod stand_in;
pub mod statuses;
mod value;

use std::time::Duration;

use serde::de::DeserializeOwned;

pub use error::{Refusal, RestError};

use super::{Carrier, From};
use crate::net::{Answer, Method, NetError, Request};

type Fields<'a> = &'a [(&'a str, &'a str)];

impl Carrier {
    /// Asks once.
    async fn ask_once(
        &self,
        method: Method,
        url: &str,
        form: Option<Fields<'_>>,
    ) -> Result<Answer, NetError> {
        // Closed never, so the error cannot come; if it did, nothing would have been sent.
        let _permit = self.0.gate.acquire().await.map_err(|_| NetError::Setup)?;
        self.0.http.send(self.request(method, url, form)).await
    }

    /// Posts one more text, once: what all of them have in common was made with the first.
    async fn post_text(&self, form: Fields<'_>) -> Result<Answer, NetError> {
        let inner = &self.0;
        let texts = inner.texts.get_or_init(|| {
            let url = self.resource("/Messages");
            inner.http.prepare(&self.request(Method::Post, &url, None))
        });
        let prepared = texts.as_ref().map_err(|error| *error)?;
        let _permit = inner.gate.acquire().await.map_err(|_| NetError::Setup)?;
        inner.http.send_prepared(prepared, form).await
    }

    fn request<'a>(
        &'a self,
        method: Method,
        url: &'a str,
        form: Option<Fields<'a>>,
    ) -> Request<'a> {
        let settings = &self.0.settings;
        let (user, secret) = match &settings.api_key {
            Some((sid, secret)) => (sid, secret),
            None => (&settings.account_sid, &settings.auth_token),
        };
        Request {
            method,
            url,
            headers: &[("Accept", "application/json")],
            basic_auth: Some((user, secret)),
            form,
            timeout_ms: settings.request_timeout_ms,
            max_bytes: MAX_ANSWER_BYTES,
        }
    }

    /// Reads something. Safe to repeat, so a passing failure is tried again, after a pause that doubles.
    async fn get(&self, url: &str) -> Result<Answer, RestError> {
        self.ask(Method::Get, url, None, RestError::is_passing)
            .await
    }

    /// Changes something; repeated only after what provably was not done.
    async fn change(
        &self,
        method: Method,
        url: &str,
        form: Option<Fields<'_>>,
    ) -> Result<Answer, RestError> {
        self.ask(method, url, form, RestError::was_not_done).await
    }

    async fn ask(
        &self,
        method: Method,
        url: &str,
        form: Option<Fields<'_>>,
        may_repeat: fn(&RestError) -> bool,
    ) -> Result<Answer, RestError> {
        let mut pause_ms = self.0.pause_ms;
        for _ in 1..TRIES {
            match answered(self.ask_once(method, url, form).await) {
                Err(error) if may_repeat(&error) => {
                    let jitter = rand::random_range(0..=pause_ms);
                    tokio::time::sleep(Duration::from_millis(pause_ms + jitter)).await;
                    pause_ms *= 2;
                }
                done => return done,
            }
        }
        answered(self.ask_once(method, url, form).await)
    }

    /// The address of a resource of our account: `Messages.json` for `/Messages`.
    fn resource(&self, path: &str) -> String {
        let settings = &self.0.settings;
        format!(
            "{}/2010-04-01/Accounts/{}{path}.json",
            settings.api_url.trim_end_matches('/'),
            settings.account_sid
        )
    }

    /// The address of one of them.
    fn resource_of(&self, path: &str, sid: &str) -> Result<String, RestError> {
        Ok(self.resource(&format!("{path}/{}", segment(sid)?)))
    }

    fn sender_field(&self) -> (&str, &str) {
        match &self.0.settings.from {
            From::Number(number) => ("From", number),
            From::Service(sid) => ("MessagingServiceSid", sid),
        }
    }
}

/// Tries of a request that may be repeated.
const TRIES: u32 = 3;

/// A page of 1,000 resources stays below.
const MAX_ANSWER_BYTES: usize = 8 << 20;

fn answered(result: Result<Answer, NetError>) -> Result<Answer, RestError> {
    let answer = result.map_err(RestError::NoAnswer)?;
    if (200..300).contains(&answer.status) {
        Ok(answer)
    } else {
        Err(RestError::Refused(Refusal::read(&answer)))
    }
}

/// A SID as part of a path; it may come from a command line and must not lead elsewhere.
fn segment(sid: &str) -> Result<&str, RestError> {
    let is_sid = (1..=64).contains(&sid.len()) && sid.bytes().all(|b| b.is_ascii_alphanumeric());
    is_sid.then_some(sid).ok_or(RestError::NoSid)
}

fn parsed<T: DeserializeOwned>(answer: &Answer) -> Result<T, RestError> {
    serde_json::from_slice(&answer.body).map_err(|_| RestError::Unreadable)
}
