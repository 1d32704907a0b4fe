//! The carrier's own HTTP client: signed form POSTs to the daemon's webhooks.

use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::http::{Request, header};
use hyper_util::client::legacy;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};

use super::carrier::signing;
use super::form::Form;
use super::wire::Exchange;
use super::world::World;

/// How a webhook is signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Signature {
    /// As the carrier signs.
    Right,
    /// A well-formed signature made with another token.
    Wrong,
    /// No header.
    Missing,
    /// This header, as it stands.
    Exactly(String),
}

/// What a webhook call came to.
#[derive(Debug, Clone, Default)]
pub struct Called {
    /// The HTTP status; none if no answer came.
    pub status: Option<u16>,
    /// The answer's content type.
    pub content_type: String,
    /// The answer's body.
    pub body: String,
}

/// A pooled client; the carrier waits 15 s for an answer.
pub(crate) struct Client(legacy::Client<HttpConnector, Body>);

/// The carrier's patience, connecting included.
const PATIENCE: Duration = Duration::from_secs(15);

/// The largest answer it reads.
const LARGEST: usize = 64 * 1024;

impl Client {
    pub(crate) fn new() -> Client {
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        connector.set_connect_timeout(Some(Duration::from_secs(5)));
        // A line that the daemon may be about to close must not carry another request: it would be lost on both sides.
        let mut builder = legacy::Client::builder(TokioExecutor::new());
        builder
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(Duration::from_secs(3));
        Client(builder.build(connector))
    }
}

impl World {
    /// POSTs a form to a URL as the daemon gave it; `kind` names it on the wire pane.
    pub(crate) async fn call(
        &self,
        url: &str,
        form: Form,
        signature: Signature,
        kind: &'static str,
    ) -> Called {
        let url = signing::bare(url);
        let header = self.signature(&url, &form, signature);
        let target = self.dial(&url);
        // A refused connection is tried once more, as the carrier does; anything later is not.
        let mut called = self.post(&target, &form, header.as_deref()).await;
        if called.is_err() {
            called = self.post(&target, &form, header.as_deref()).await;
        }
        let called = called.unwrap_or_default();
        self.wire.exchange(|| {
            Exchange::webhook(self.now(), kind, &url, &form, header.as_deref(), &called)
        });
        called
    }

    fn signature(&self, url: &str, form: &Form, signature: Signature) -> Option<String> {
        match signature {
            Signature::Right => Some(signing::sign(&self.options.auth_token, url, &form.0)),
            Signature::Wrong => Some(signing::sign("not the auth token", url, &form.0)),
            Signature::Missing => None,
            Signature::Exactly(text) => Some(text),
        }
    }

    /// The proxy in front of the daemon: what is public leads to where it listens.
    fn dial(&self, url: &str) -> String {
        let connected = self.connected();
        match url.strip_prefix(&connected.public_url) {
            Some(path) if !connected.public_url.is_empty() => {
                format!("{}{path}", connected.webhook_base)
            }
            _ => url.to_owned(),
        }
    }

    /// `Err` when no connection was made.
    async fn post(&self, url: &str, form: &Form, signature: Option<&str>) -> Result<Called, ()> {
        let mut request = Request::post(url)
            .header(
                header::CONTENT_TYPE,
                "application/x-www-form-urlencoded; charset=UTF-8",
            )
            .header(header::USER_AGENT, "TwilioProxy/1.1")
            .header(header::ACCEPT, "*/*")
            .header("i-twilio-idempotency-token", self.sid(""));
        if let Some(signature) = signature {
            request = request.header("x-twilio-signature", signature);
        }
        let Ok(request) = request.body(Body::from(form.encode())) else {
            self.violate("a webhook URL is none".into());
            return Ok(Called::default());
        };
        let answer = match tokio::time::timeout(PATIENCE, self.client.0.request(request)).await {
            Err(_) => return Ok(Called::default()),
            Ok(Err(error)) if error.is_connect() => return Err(()),
            Ok(Err(_)) => return Ok(Called::default()),
            Ok(Ok(answer)) => answer,
        };
        let status = answer.status().as_u16();
        let content_type = answer
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .unwrap_or("")
            .to_owned();
        let body = tokio::time::timeout(PATIENCE, to_bytes(Body::new(answer.into_body()), LARGEST));
        Ok(match body.await {
            Ok(Ok(bytes)) => Called {
                status: Some(status),
                content_type,
                body: String::from_utf8_lossy(&bytes).into_owned(),
            },
            // A dropped or endless answer is no answer.
            _ => Called::default(),
        })
    }
}
