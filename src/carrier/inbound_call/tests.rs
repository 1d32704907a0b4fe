//! Tests of `carrier/inbound_call.rs`.

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
        let form = parse_form(format!("CallSid=CA1&CallStatus={word}&SequenceNumber=2").as_bytes());
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
