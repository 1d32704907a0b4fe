//! Tests of `carrier/webhook.rs`.

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
