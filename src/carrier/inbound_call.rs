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
mod tests {
    use super::*;
    use crate::carrier::parse_form;

    fn read(form: &str) -> Result<InboundCall, MissingField> {
        inbound_call(&parse_form(form.as_bytes()))
    }

    const ANNA: &str = "CallSid=CA1&From=%2B14155550101&To=%2B15005550006&Direction=inbound";

    #[test]
    fn whoever_calls() {
        let call = read(&format!(
            "{ANNA}&FromCountry=US&FromState=CA&CallerCity=BEVERLY+HILLS&FromZip=90210&CallStatus=ringing"
        ))
        .unwrap();
        assert_eq!(call.sid, "CA1");
        assert_eq!(call.phone.unwrap().e164(), "+14155550101");
        assert_eq!(call.country, Country::parse("US"));
        assert_eq!(call.state.as_deref(), Some("CA"));
        assert_eq!(call.city.as_deref(), Some("BEVERLY HILLS"));
        assert_eq!(call.zip.as_deref(), Some("90210"));
        assert_eq!(call.input, Input::Silence);
        for withheld in [
            "anonymous",
            "Restricted",
            "%2B266696687",
            "unknown",
            "sip%3Aa%40b",
        ] {
            let call = read(&format!(
                "CallSid=CA1&From={withheld}&To=%2B33180000000&FromState=CA"
            ))
            .unwrap();
            assert_eq!(call.phone, None);
            assert_eq!((call.country, call.state), (Country::parse("FR"), None));
        }
    }

    #[test]
    fn in_a_call_of_ours_the_other_end_is_called() {
        let call = read("CallSid=CA1&From=%2B15005550006&To=%2B33639981234&Direction=outbound-api&ToCountry=FR&AnsweredBy=machine_end_beep").unwrap();
        assert_eq!(call.phone.unwrap().e164(), "+33639981234");
        assert_eq!(call.country, Country::parse("FR"));
        assert!(call.is_machine);
    }

    #[test]
    fn what_was_pressed_or_said() {
        let input = |fields: &str| read(&format!("{ANNA}&{fields}")).unwrap().input;
        assert_eq!(input("Digits=94110"), Input::Digits("94110".into()));
        assert_eq!(input("Digits=*"), Input::Digits("*".into()));
        assert_eq!(input("Digits=&SpeechResult="), Input::Silence);
        let said = |confidence| Input::Speech {
            words: "Lyon.".into(),
            confidence,
        };
        assert_eq!(
            input("SpeechResult=Lyon.&Confidence=0.75"),
            said(Some(0.75))
        );
        for unsure in ["", "&Confidence=", "&Confidence=high", "&Confidence=NaN"] {
            assert_eq!(input(&format!("SpeechResult=Lyon.{unsure}")), said(None));
        }
    }

    #[test]
    fn what_is_missing_is_named() {
        let missing = |form: &str| read(form).map(|_| ()).unwrap_err().0;
        assert_eq!(missing("From=%2B14155550101"), "CallSid");
        assert_eq!(missing("CallSid=..%2F1&From=%2B14155550101"), "CallSid");
        assert_eq!(missing("CallSid=CA1"), "From");
    }

    #[test]
    fn progress_ends_in_one_status_in_any_order() {
        let read = |word: &str| {
            let form =
                parse_form(format!("CallSid=CA1&CallStatus={word}&SequenceNumber=2").as_bytes());
            call_report(&form, DeliveryId(7)).unwrap()
        };
        let words = ["queued", "initiated", "ringing", "in-progress", "completed"];
        for shift in 0..words.len() {
            let mut status = DeliveryStatus::Attempting;
            for at in 0..words.len() {
                let report = read(words[(at * 3 + shift) % words.len()]).unwrap();
                assert_eq!(report.delivery, DeliveryId(7));
                status = status.advance(report.status);
            }
            assert_eq!(status, DeliveryStatus::Delivered);
        }
        for (word, status) in [
            ("busy", DeliveryStatus::Undelivered),
            ("no-answer", DeliveryStatus::Undelivered),
            ("failed", DeliveryStatus::Failed),
            ("canceled", DeliveryStatus::Failed),
        ] {
            assert_eq!(read(word).unwrap().status, status);
        }
        assert_eq!(read("teleported"), None);
    }
}
