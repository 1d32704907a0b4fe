//! The wire as somebody watches it: every exchange and every message, kept for a while and told as it happens.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use serde::Serialize;
use serde_json::{Value, json};
use tokio::sync::broadcast;

use super::call_out::Called;
use super::carrier::calls::Call;
use super::carrier::message::{Direction, Message};
use super::form::Form;
use super::world::held;

/// How many exchanges a page that opens late still sees.
const KEPT: usize = 200;

/// Collects and tells; does nothing at all while no page is served.
pub(crate) struct Wire {
    on: bool,
    next: AtomicU64,
    kept: Mutex<VecDeque<Arc<str>>>,
    tell: broadcast::Sender<Arc<str>>,
}

/// One request and its answer.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Exchange {
    pub(crate) at_ms: i64,
    /// `text`, `status`, `create`, `list`, `weather`, …
    pub(crate) kind: &'static str,
    /// `in`: the carrier calls the daemon; `out`: the daemon calls out.
    pub(crate) way: &'static str,
    pub(crate) method: String,
    pub(crate) url: String,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) fields: Vec<(String, String)>,
    /// 0 when no answer came.
    pub(crate) status: u16,
    pub(crate) answer_type: String,
    pub(crate) answer: String,
}

impl Exchange {
    pub(crate) fn webhook(
        at_ms: i64,
        kind: &'static str,
        url: &str,
        form: &Form,
        signature: Option<&str>,
        called: &Called,
    ) -> Exchange {
        Exchange {
            at_ms,
            kind,
            way: "in",
            method: "POST".into(),
            url: url.to_owned(),
            headers: signature
                .map(|signature| ("X-Twilio-Signature", signature.to_owned()))
                .into_iter()
                .collect(),
            fields: form.0.clone(),
            status: called.status.unwrap_or(0),
            answer_type: called.content_type.clone(),
            answer: called.body.clone(),
        }
    }
}

impl Wire {
    pub(crate) fn new(on: bool) -> Wire {
        Wire {
            on,
            next: AtomicU64::new(1),
            kept: Mutex::new(VecDeque::new()),
            tell: broadcast::channel(1024).0,
        }
    }

    pub(crate) fn is_on(&self) -> bool {
        self.on
    }

    /// Tells of an exchange; it is only built when somebody may watch.
    pub(crate) fn exchange(&self, build: impl FnOnce() -> Exchange) {
        if !self.on {
            return;
        }
        let mut event = json!(build());
        event["event"] = json!("exchange");
        event["id"] = json!(self.next.fetch_add(1, Ordering::SeqCst));
        let event: Arc<str> = event.to_string().into();
        let mut kept = held(&self.kept);
        kept.push_back(event.clone());
        while kept.len() > KEPT {
            kept.pop_front();
        }
        drop(kept);
        // Nobody watching is no failure.
        let _ = self.tell.send(event);
    }

    pub(crate) fn message(&self, message: &Message) {
        if self.on {
            let mut event = shown(message);
            event["event"] = json!("message");
            let _ = self.tell.send(event.to_string().into());
        }
    }

    pub(crate) fn call(&self, call: &Call) {
        if self.on {
            let mut event = shown_call(call);
            event["event"] = json!("call");
            let _ = self.tell.send(event.to_string().into());
        }
    }

    pub(crate) fn event(&self, event: &Value) {
        let _ = self.tell.send(event.to_string().into());
    }

    pub(crate) fn kept(&self) -> Vec<Arc<str>> {
        held(&self.kept).iter().cloned().collect()
    }

    pub(crate) fn watch(&self) -> broadcast::Receiver<Arc<str>> {
        self.tell.subscribe()
    }
}

/// A call as the page draws it.
pub(crate) fn shown_call(call: &Call) -> Value {
    json!({
        "sid": call.sid,
        "phone": call.phone(),
        "mine": call.is_inbound,
        "status": call.status,
        "over": call.is_over(),
        "at_ms": call.created_at_ms,
    })
}

/// A message as the page draws it.
pub(crate) fn shown(message: &Message) -> Value {
    json!({
        "sid": message.sid,
        "phone": message.phone(),
        "mine": message.direction == Direction::Inbound,
        "notice": message.direction == Direction::Notice,
        "body": message.body,
        "status": message.status,
        "error_code": message.error_code,
        "segments": message.segments,
        "encoding": message.alphabet.name(),
        "at_ms": message.accepted_at_ms,
    })
}
