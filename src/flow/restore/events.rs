//! What the carrier's lists of messages and calls tell, in the order in which it happened.

use jiff::Timestamp;

use crate::carrier::report;
use crate::carrier::rest::calls::Call;
use crate::carrier::rest::message::Message;
use crate::domain::delivery::{DeliveryId, DeliveryKind, DeliveryStatus, StatusReport};
use crate::store::DeliveryRow;

/// What a list tells.
pub(super) enum Event<'a> {
    /// Somebody texted, and when.
    Heard(&'a Message, Timestamp),
    /// Something of ours went out.
    Went(Ours<'a>),
}

/// A text or a call of ours.
pub(super) struct Ours<'a> {
    pub(super) sid: &'a str,
    pub(super) to: Option<&'a str>,
    pub(super) body: Option<&'a str>,
    pub(super) is_call: bool,
    status: DeliveryStatus,
    error: Option<u32>,
    pub(super) at: Timestamp,
}

impl Ours<'_> {
    pub(super) fn report(&self, delivery: DeliveryId) -> StatusReport {
        report(delivery, self.sid.to_owned(), self.status, self.error)
    }

    /// Whether the row, held since the backup, was this.
    pub(super) fn may_be(&self, row: &DeliveryRow) -> bool {
        if row.status != DeliveryStatus::Unclear || (row.kind == DeliveryKind::Call) != self.is_call
        {
            return false;
        }
        match (row.body.as_deref(), self.body) {
            (Some(words), Some(body)) => plain(body).ends_with(&plain(words)),
            // A call has no words, and a text may have been erased at the carrier: it may be the one.
            _ => true,
        }
    }
}

/// What the two lists tell, oldest first.
pub(super) fn in_order<'a>(
    messages: &'a [Message],
    calls: &'a [Call],
    now: Timestamp,
) -> Vec<Event<'a>> {
    let texts = messages.iter().rev().filter_map(|message| {
        let at = message.date_created.unwrap_or(now);
        let event = match message.direction.as_deref()? {
            "inbound" => Event::Heard(message, at),
            "outbound-api" => Event::Went(Ours {
                sid: &message.sid,
                to: message.to.as_deref(),
                body: message.body.as_deref(),
                is_call: false,
                status: message.delivery_status(),
                error: message.error(),
                at,
            }),
            _ => return None,
        };
        Some((at, event))
    });
    let calls = calls.iter().rev().filter_map(|call| {
        let at = call.date_created.unwrap_or(now);
        let ours = Ours {
            sid: &call.sid,
            to: call.to.as_deref(),
            body: None,
            is_call: true,
            status: call.delivery_status(),
            error: None,
            at,
        };
        (call.direction.as_deref() == Some("outbound-api")).then_some((at, Event::Went(ours)))
    });
    let mut all: Vec<_> = texts.chain(calls).collect();
    all.sort_by_key(|(at, _)| *at);
    all.into_iter().map(|(_, event)| event).collect()
}

fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
