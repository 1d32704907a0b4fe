//! Twilio's wire, both directions; nothing Twilio-shaped exists elsewhere.
//!
//! `webhook` and `signature` read what Twilio sends, `twiml` answers it, [`rest`] calls its API, [`codes`] says what its
//! errors mean. The facts behind all of it stand in docs/wire.md.

pub mod codes;
mod form;
mod inbound_call;
pub mod rest;
mod signature;
mod twiml;
mod voice;
mod webhook;

use std::fmt;
use std::sync::{Arc, OnceLock};

use secrecy::SecretString;
use tokio::sync::Semaphore;

use crate::domain::delivery::DeliveryId;
use crate::net::{Http, NetError, Prepared};

pub use form::Form;
pub use inbound_call::{InboundCall, call_report, inbound_call};
pub use rest::RestError;
pub use rest::find::{Found, Wanted};
pub use rest::statuses::Statuses;
pub use signature::SignedRequest;
pub use twiml::message_reply;
pub use voice::{voice_apology, voice_rejection, voice_reply};
pub use webhook::{MissingField, NoText, Silence, inbound_text, parse_form, report, status_report};

use signature::Verifier;

/// How to reach the carrier, and where it reaches us.
#[derive(Debug, Clone)]
pub struct Settings {
    /// `AC…`, part of every path.
    pub account_sid: String,
    /// Signs webhooks; the password of REST calls where there is no API key.
    pub auth_token: SecretString,
    /// `SK…` and its secret, for REST calls. Never verifies webhooks.
    pub api_key: Option<(String, SecretString)>,
    /// Who sends.
    pub from: From,
    /// Where the REST API is, such as `https://api.twilio.com`.
    pub api_url: String,
    /// Where Twilio reaches us, with port and path prefix, if any.
    pub public_url: String,
    /// From connecting to the last byte of an answer, milliseconds.
    pub request_timeout_ms: u64,
    /// REST calls at once: Twilio bounds their number, not their rate (docs/wire.md#rest-errors).
    pub max_in_flight: usize,
}

/// Who sends.
#[derive(Clone, PartialEq, Eq)]
pub enum From {
    /// A number or another sender of the account.
    Number(String),
    /// A messaging service, `MG…`, that picks one.
    Service(String),
}

impl From {
    /// The number, where there is one.
    #[must_use]
    pub fn number(&self) -> Option<&str> {
        match self {
            Self::Number(number) => Some(number),
            Self::Service(_) => None,
        }
    }
}

impl fmt::Debug for From {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(_) => f.write_str("Number(•••)"),
            Self::Service(sid) => f.debug_tuple("Service").field(sid).finish(),
        }
    }
}

/// The telephone side. Cloning shares its connections and its limit of requests at once.
#[derive(Clone)]
pub struct Carrier(Arc<Inner>);

struct Inner {
    settings: Settings,
    http: Http,
    /// The request that every text is sent with.
    texts: OnceLock<Result<Prepared, NetError>>,
    gate: Semaphore,
    verifier: Verifier,
    /// The first pause before a safe request is tried again; doubles.
    pause_ms: u64,
}

impl Carrier {
    /// A carrier by its settings; asks nobody.
    #[must_use]
    pub fn new(settings: Settings, http: Http) -> Self {
        // A quarter of a second where requests may take 15, next to nothing where they may take less than one.
        let timeout_ms = settings.request_timeout_ms;
        let pause_ms = (timeout_ms.saturating_mul(timeout_ms) / 900_000).clamp(1, 1_000);
        Self::with_pause(settings, http, pause_ms)
    }

    fn with_pause(settings: Settings, http: Http, pause_ms: u64) -> Self {
        let keys = vec![settings.auth_token.clone()];
        Self(Arc::new(Inner {
            gate: Semaphore::new(settings.max_in_flight.clamp(1, Semaphore::MAX_PERMITS)),
            verifier: Verifier::new(&settings.public_url, keys),
            settings,
            http,
            texts: OnceLock::new(),
            pause_ms,
        }))
    }

    /// Whether a webhook's request is genuine.
    #[must_use]
    pub fn verify(&self, request: &SignedRequest<'_>) -> bool {
        self.0.verifier.verify(request)
    }

    /// The number that we send from, where we know it: [`inbound_text`] keeps us from answering ourselves.
    #[must_use]
    pub fn own_number(&self) -> Option<&str> {
        self.0.settings.from.number()
    }

    /// Where status callbacks of a text go: our own id stands in the path, so that one proves acceptance even when the
    /// answer to the create call was lost.
    #[must_use]
    pub fn status_url(&self, delivery: DeliveryId) -> String {
        self.public(&format!("/twilio/status/{delivery}"))
    }

    /// Where a number sends its texts.
    #[must_use]
    pub fn text_url(&self) -> String {
        self.public("/twilio/text")
    }

    /// Where a number sends its calls.
    #[must_use]
    pub fn voice_url(&self) -> String {
        self.public("/twilio/voice")
    }

    /// Where the TwiML of a call of ours is.
    #[must_use]
    pub fn call_url(&self, delivery: DeliveryId) -> String {
        self.public(&format!("/twilio/voice/delivery/{delivery}"))
    }

    /// Where its progress is told.
    #[must_use]
    pub fn call_status_url(&self, delivery: DeliveryId) -> String {
        self.public(&format!("/twilio/call-status/{delivery}"))
    }

    /// A path of ours as Twilio sees it, below the path of the public URL: what a document may lead to.
    #[must_use]
    pub fn path(&self, path: &str) -> String {
        let public = self.public(path);
        let scheme = public.find("://").map_or(0, |at| at + 3);
        match public[scheme..].find('/') {
            Some(at) => public[scheme + at..].to_owned(),
            None => path.to_owned(),
        }
    }

    fn public(&self, path: &str) -> String {
        let base = self.0.settings.public_url.trim().trim_end_matches('/');
        format!("{base}{path}")
    }
}

impl fmt::Debug for Carrier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Carrier").field(&self.0.settings).finish()
    }
}
