//! Taking a person's words out of the carrier's own log, when the person is erased.

use crate::carrier::rest::messages::MessageFilter;
use crate::carrier::{Carrier, RestError};
use crate::domain::phone::PhoneNumber;

/// What was done at the carrier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Redacted {
    /// Messages whose text is gone.
    pub emptied: usize,
    /// Messages that are under way still: a text can be emptied only once it is over.
    pub under_way: usize,
}

/// Empties every message to and from a phone. Their records stay at the carrier: they are its bill. What was done is done
/// when it fails in the middle, and asking again does the rest.
///
/// # Errors
/// [`RestError`] of the first request that failed.
pub async fn redact(carrier: &Carrier, phone: &PhoneNumber) -> Result<Redacted, RestError> {
    let mut done = Redacted::default();
    let (to, from) = (Some(phone.e164()), None);
    for (to, from) in [(to, from), (from, to)] {
        let mut pages = carrier.messages(&MessageFilter {
            to,
            from,
            since: None,
            page_size: 100,
        });
        while let Some(message) = pages.next().await? {
            if message.body.as_deref().is_none_or(str::is_empty) {
                continue;
            }
            let status = message.status.as_deref().unwrap_or_default();
            if UNDER_WAY.contains(&status) {
                done.under_way += 1;
                continue;
            }
            carrier.redact_message(&message.sid).await?;
            done.emptied += 1;
        }
    }
    Ok(done)
}

/// Statuses of messages that have not gone out or come in yet (docs/wire.md#status-callbacks).
const UNDER_WAY: [&str; 5] = ["accepted", "scheduled", "queued", "sending", "receiving"];
