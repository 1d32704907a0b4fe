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
mod tests {
    use super::*;
    use crate::domain::delivery::Treatment;

    const ANNA: &str = "From=%2B14155550101&To=%2B15005550006&MessageSid=SM1";

    fn read(form: &str) -> Result<Inbound, NoText> {
        inbound_text(&parse_form(form.as_bytes()), Some("+15005550006"))
    }

    #[test]
    fn a_whole_text() {
        let text = read(&format!(
            "{ANNA}&Body=%20lyon%20%F0%9F%98%80&NumMedia=2&FromCity=SAN+FRANCISCO&FromState=CA&FromZip=94110&FromCountry=US&OptOutType=HELP&New=1"
        ))
        .unwrap();
        assert_eq!(text.sid, "SM1");
        assert_eq!(text.sender.phone.e164(), "+14155550101");
        assert_eq!(text.body, " lyon 😀");
        assert_eq!(text.media, 2);
        assert_eq!(text.sender.country, Country::parse("US"));
        assert_eq!(text.sender.city.as_deref(), Some("SAN FRANCISCO"));
        assert_eq!(text.sender.state.as_deref(), Some("CA"));
        assert_eq!(text.sender.zip.as_deref(), Some("94110"));
        assert_eq!(text.opt_out, Some(OptOut::Help));
    }

    #[test]
    fn blanks_and_nonsense_in_the_rest_do_no_harm() {
        let text = read(&format!(
            "{ANNA}&Body=%FF&NumMedia=many&FromCity=+&FromCountry=USA&OptOutType=maybe"
        ))
        .unwrap();
        assert_eq!(text.body, "\u{fffd}");
        assert_eq!((text.media, text.opt_out), (0, None));
        assert_eq!(text.sender.city, None);
        assert_eq!(text.sender.country, Country::parse("US"));
    }

    #[test]
    fn what_is_missing_is_named() {
        assert_eq!(
            read("From=%2B14155550101&Body=x"),
            Err(NoText::Missing("MessageSid"))
        );
        for form in ["MessageSid=SM1&Body=x", "MessageSid=SM1&From=+"] {
            assert_eq!(read(form), Err(NoText::Missing("From")));
        }
        assert_eq!(
            read("From=%2B14155550101&SmsSid=SM2").map(|text| text.sid),
            Ok("SM2".into())
        );
    }

    #[test]
    fn nobody_to_answer() {
        for (from, silence) in [
            ("Anonymous", Silence::Anonymous),
            ("%2B266696687", Silence::Anonymous),
            ("%2B7378742833", Silence::Anonymous),
            ("22395", Silence::ShortCode),
            ("%2B22395", Silence::ShortCode),
            ("WeatherCo", Silence::NoNumber),
            ("4155550101", Silence::NoNumber),
            ("whatsapp%3A%2B14155550101", Silence::OtherChannel),
            ("%2B15005550006", Silence::OwnNumber),
        ] {
            let form = format!("MessageSid=SM1&From={from}&Body=hi");
            assert_eq!(read(&form), Err(NoText::Silent(silence)), "{from}");
        }
        let to_itself = parse_form(b"MessageSid=SM1&From=%2B14155550101&To=%2B14155550101");
        assert_eq!(
            inbound_text(&to_itself, None),
            Err(NoText::Silent(Silence::OwnNumber))
        );
    }

    #[test]
    fn reports() {
        let read = |form: &str| status_report(&parse_form(form.as_bytes()), DeliveryId(7));
        let report = read("MessageSid=SM1&MessageStatus=undelivered&ErrorCode=30005")
            .unwrap()
            .unwrap();
        assert_eq!(report.delivery, DeliveryId(7));
        assert_eq!(report.sid, "SM1");
        assert_eq!(report.status, DeliveryStatus::Undelivered);
        assert_eq!(report.error_code, Some(30005));
        assert_eq!(report.treatment, Some(Treatment::PhoneGone));
        let report = read("SmsSid=SM1&SmsStatus=delivered&ErrorCode=")
            .unwrap()
            .unwrap();
        assert_eq!(report.status, DeliveryStatus::Delivered);
        assert_eq!((report.error_code, report.treatment), (None, None));
        assert_eq!(read("MessageSid=SM1&MessageStatus=received"), Ok(None));
        assert_eq!(read("MessageSid=SM1&MessageStatus=teleported"), Ok(None));
        assert_eq!(read("MessageStatus=sent"), Err(MissingField("MessageSid")));
        assert_eq!(read("MessageSid=SM1"), Err(MissingField("MessageStatus")));
    }

    #[test]
    fn every_documented_status_of_an_outgoing_message_is_known() {
        for (word, status) in [
            ("accepted", DeliveryStatus::Accepted),
            ("scheduled", DeliveryStatus::Accepted),
            ("queued", DeliveryStatus::Accepted),
            ("sending", DeliveryStatus::Accepted),
            ("sent", DeliveryStatus::Sent),
            ("delivered", DeliveryStatus::Delivered),
            ("read", DeliveryStatus::Delivered),
            ("undelivered", DeliveryStatus::Undelivered),
            ("failed", DeliveryStatus::Failed),
            ("canceled", DeliveryStatus::Failed),
        ] {
            assert_eq!(delivery_status(word), Some(status), "{word}");
        }
    }
}
