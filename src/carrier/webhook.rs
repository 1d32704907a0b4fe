//! Webhook fields: an inbound text and a status report, out of a form (docs/wire.md#incoming-messages, #status-callbacks).

use crate::domain::decision::{Inbound, OptOut, Sender};
use crate::domain::delivery::{DeliveryId, DeliveryStatus, StatusReport};
use crate::domain::phone::{Country, PhoneNumber};

use super::codes;
use super::form::Form;

/// Decodes a webhook's body; total.
#[must_use]
pub fn parse_form(body: &[u8]) -> Form {
    Form::parse(body)
}

/// Reads an inbound text. `own` is the number that we send from, where we know it.
///
/// # Errors
/// [`NoText`]: a field is missing, or nobody is there who could be answered.
pub fn inbound_text(form: &Form, own: Option<&str>) -> Result<Inbound, NoText> {
    let sid = message_sid(form).ok_or(NoText::Missing("MessageSid"))?;
    let from = form.filled("From").ok_or(NoText::Missing("From"))?;
    let phone = sender_number(&from).map_err(NoText::Silent)?;
    let is_own = |number: &str| PhoneNumber::parse(number).is_ok_and(|number| number == phone);
    if own.is_some_and(is_own) || form.get("To").is_some_and(|to| is_own(&to)) {
        return Err(NoText::Silent(Silence::OwnNumber));
    }
    let country = form.get("FromCountry").and_then(|c| Country::parse(&c));
    let media = form.get("NumMedia").and_then(|n| n.trim().parse().ok());
    Ok(Inbound {
        sid,
        sender: Sender {
            country: country.or_else(|| phone.country()),
            state: form.filled("FromState"),
            city: form.filled("FromCity"),
            zip: form.filled("FromZip"),
            phone,
        },
        body: form.get("Body").unwrap_or_default().into_owned(),
        media: media.unwrap_or(0),
        opt_out: form.get("OptOutType").and_then(|kind| opt_out(&kind)),
    })
}

/// Why a genuine inbound message is no text to answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoText {
    /// A field that every message has is missing or blank.
    Missing(&'static str),
    /// Nobody to answer: accept in silence.
    Silent(Silence),
}

/// Who is not answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Silence {
    /// A withheld number.
    Anonymous,
    /// A short code: a machine.
    ShortCode,
    /// A name in the place of a number, or digits that are no number.
    NoNumber,
    /// Another channel than SMS, such as WhatsApp.
    OtherChannel,
    /// Ourselves.
    OwnNumber,
}

impl Silence {
    /// A name for logs and metrics.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Anonymous => "anonymous",
            Self::ShortCode => "short_code",
            Self::NoNumber => "no_number",
            Self::OtherChannel => "other_channel",
            Self::OwnNumber => "own_number",
        }
    }
}

/// Reads a status callback that came to the path of `delivery`. `Ok(None)`: a status that says nothing about an
/// outgoing message.
///
/// # Errors
/// [`MissingField`] when there is no SID or no status.
pub fn status_report(
    form: &Form,
    delivery: DeliveryId,
) -> Result<Option<StatusReport>, MissingField> {
    let sid = message_sid(form).ok_or(MissingField("MessageSid"))?;
    let status = form
        .filled("MessageStatus")
        .or_else(|| form.filled("SmsStatus"))
        .ok_or(MissingField("MessageStatus"))?;
    let error_code = form
        .get("ErrorCode")
        .and_then(|code| code.trim().parse().ok())
        .filter(|code| *code != 0);
    Ok(delivery_status(&status).map(|status| report(delivery, sid, status, error_code)))
}

/// A report about a delivery, with what its error code means; only a message that did not arrive says anything about
/// subscriber and sender.
#[must_use]
pub fn report(
    delivery: DeliveryId,
    sid: String,
    status: DeliveryStatus,
    error_code: Option<u32>,
) -> StatusReport {
    let is_bad = matches!(status, DeliveryStatus::Undelivered | DeliveryStatus::Failed);
    StatusReport {
        delivery,
        sid,
        status,
        error_code,
        treatment: error_code.filter(|_| is_bad).map(codes::treatment),
    }
}

/// A field that a webhook must have and has not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the field {0} is missing")]
pub struct MissingField(pub &'static str);

/// What Twilio's word for a message's status means; `None` for words of inbound messages and for new ones.
pub(super) fn delivery_status(word: &str) -> Option<DeliveryStatus> {
    Some(match word.to_ascii_lowercase().as_str() {
        "accepted" | "scheduled" | "queued" | "sending" => DeliveryStatus::Accepted,
        // Some parts arrived: no receipt for the whole.
        "sent" | "partially_delivered" => DeliveryStatus::Sent,
        "delivered" | "read" => DeliveryStatus::Delivered,
        "undelivered" => DeliveryStatus::Undelivered,
        "failed" | "canceled" => DeliveryStatus::Failed,
        _ => return None,
    })
}

fn message_sid(form: &Form) -> Option<String> {
    // The older names are copies of the first.
    ["MessageSid", "SmsMessageSid", "SmsSid"]
        .iter()
        .find_map(|name| form.filled(name))
        .filter(|sid| sid.len() <= LONGEST_SID)
}

/// Twilio's have 34 characters.
const LONGEST_SID: usize = 64;

fn opt_out(kind: &str) -> Option<OptOut> {
    match kind.trim().to_ascii_uppercase().as_str() {
        "STOP" => Some(OptOut::Stop),
        "START" => Some(OptOut::Start),
        "HELP" => Some(OptOut::Help),
        _ => None,
    }
}

pub(super) fn sender_number(from: &str) -> Result<PhoneNumber, Silence> {
    let lower = from.to_ascii_lowercase();
    if WITHHELD.contains(&lower.as_str()) {
        return Err(Silence::Anonymous);
    }
    if from.contains(':') {
        return Err(Silence::OtherChannel);
    }
    let digits = from.strip_prefix('+').unwrap_or(from);
    if (3..=6).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(Silence::ShortCode);
    }
    PhoneNumber::parse(from).map_err(|_| Silence::NoNumber)
}

/// Words, and the digits that spell RESTRICTED, BLOCKED, UNKNOWN, ANONYMOUS and UNAVAILABLE on a keypad
/// (docs/wire.md#withheld-numbers). None of these is a possible number of its country.
const WITHHELD: [&str; 12] = [
    "anonymous",
    "unknown",
    "restricted",
    "blocked",
    "private",
    "unavailable",
    "withheld",
    "+7378742833",
    "+2562533",
    "+8656696",
    "+266696687",
    "+86282452253",
];

#[cfg(test)]
mod tests;
