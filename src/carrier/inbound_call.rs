//! Webhook fields of calls: who calls, what was pressed or said, and how a call of ours goes (docs/wire.md#incoming-calls).

use std::fmt;

use super::form::Form;
use super::webhook::{MissingField, report};
use crate::domain::call::Input;
use crate::domain::delivery::{DeliveryId, DeliveryStatus, StatusReport};
use crate::domain::phone::{Country, PhoneNumber};

/// A call at one of its steps.
#[derive(Clone, PartialEq)]
pub struct InboundCall {
    /// `CA…`, the same through the whole call.
    pub sid: String,
    /// The other end's number; `None` when withheld, or no number.
    pub phone: Option<PhoneNumber>,
    /// Where the other end's number is from; of a withheld one, where ours is.
    pub country: Option<Country>,
    /// The state of that number, a tie-break between towns of one name.
    pub state: Option<String>,
    /// The city of that number, as far as the carrier knows: a hint, never more.
    pub city: Option<String>,
    /// Its postcode, a hint as well.
    pub zip: Option<String>,
    /// What was pressed or said.
    pub input: Input,
    /// Whether a machine took a call of ours.
    pub is_machine: bool,
}

impl fmt::Debug for InboundCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InboundCall")
            .field("sid", &self.sid)
            .field("phone", &self.phone)
            .field("input", &self.input)
            .finish_non_exhaustive()
    }
}

/// Reads a call's webhook.
///
/// # Errors
/// [`MissingField`]: no SID, or no `From`.
pub fn inbound_call(form: &Form) -> Result<InboundCall, MissingField> {
    let sid = form
        .filled("CallSid")
        .filter(|sid| sid.len() <= MAX_SID && sid.bytes().all(|b| b.is_ascii_alphanumeric()))
        .ok_or(MissingField("CallSid"))?;
    let from = form.filled("From").ok_or(MissingField("From"))?;
    let to = form.filled("To").unwrap_or_default();
    // In a call of ours the other end is the one that is called.
    let is_ours = form
        .get("Direction")
        .is_some_and(|direction| direction.starts_with("outbound"));
    let (theirs, ours, sides) = if is_ours {
        (to, from, ["To", "Called"])
    } else {
        (from, to, ["From", "Caller"])
    };
    let phone = number(&theirs);
    let about = |field: &str| {
        let mut names = sides.iter().map(|side| format!("{side}{field}"));
        names.find_map(|name| form.filled(&name))
    };
    let told = about("Country").and_then(|country| Country::parse(&country));
    let country = match &phone {
        Some(phone) => told.or_else(|| phone.country()),
        None => number(&ours).and_then(|ours| ours.country()),
    };
    let known = |field: &str| about(field).filter(|_| phone.is_some());
    Ok(InboundCall {
        sid,
        state: known("State"),
        city: known("City"),
        zip: known("Zip"),
        phone,
        country,
        input: input(form),
        is_machine: form
            .get("AnsweredBy")
            .is_some_and(|by| by.starts_with("machine") || by == "fax"),
    })
}

/// Reads a call's progress that came to the path of `delivery`. `Ok(None)`: a word that says nothing.
///
/// Progress may come in any order, with a `SequenceNumber` to sort by. The words themselves are as good: each stands for a
/// status that only moves forward, and a call has but one end.
///
/// # Errors
/// [`MissingField`] when there is no SID or no status.
pub fn call_report(
    form: &Form,
    delivery: DeliveryId,
) -> Result<Option<StatusReport>, MissingField> {
    let sid = form.filled("CallSid").ok_or(MissingField("CallSid"))?;
    let word = form
        .filled("CallStatus")
        .ok_or(MissingField("CallStatus"))?;
    let code = form
        .get("ErrorCode")
        .and_then(|code| code.trim().parse().ok())
        .filter(|code| *code != 0);
    Ok(call_status(&word).map(|status| report(delivery, sid, status, code)))
}

/// What Twilio's word for a call's status means for the delivery.
pub(super) fn call_status(word: &str) -> Option<DeliveryStatus> {
    Some(match word.to_ascii_lowercase().as_str() {
        "queued" | "initiated" => DeliveryStatus::Accepted,
        "ringing" | "in-progress" | "answered" => DeliveryStatus::Sent,
        "completed" => DeliveryStatus::Delivered,
        "busy" | "no-answer" => DeliveryStatus::Undelivered,
        "failed" | "canceled" => DeliveryStatus::Failed,
        _ => return None,
    })
}

fn input(form: &Form) -> Input {
    if let Some(digits) = form.filled("Digits") {
        return Input::Digits(digits.chars().take(MAX_DIGITS).collect());
    }
    match form.filled("SpeechResult") {
        Some(words) => Input::Speech {
            words: words.chars().take(MAX_WORDS_CHARS).collect(),
            confidence: form
                .filled("Confidence")
                .and_then(|confidence| confidence.parse().ok())
                .filter(|confidence: &f32| confidence.is_finite()),
        },
        None => Input::Silence,
    }
}

/// A number that could be called back; withheld ones come as words, or as digits that spell them.
fn number(text: &str) -> Option<PhoneNumber> {
    super::webhook::sender_number(text).ok()
}

const MAX_SID: usize = 40;
const MAX_DIGITS: usize = 20;
const MAX_WORDS_CHARS: usize = 500;

#[cfg(test)]
mod tests;
