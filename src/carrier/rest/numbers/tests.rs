//! Numbers and messaging services against a scripted socket.

use super::*;
use crate::carrier::rest::services::Service;
use crate::carrier::rest::stand_in::{StandIn, Step};

#[tokio::test]
async fn finds_exactly_ours_among_parts() {
    let first = r#"{"incoming_phone_numbers": [{"sid": "PN1", "phone_number": "+150055500061"}], "next_page_uri": "/p2"}"#;
    let second = r#"{"incoming_phone_numbers": [{"sid": "PN2", "phone_number": "+15005550006", "trunk_sid": "TK1",
        "sms_application_sid": "", "voice_application_sid": "AP1", "capabilities": {"sms": true, "voice": null}}], "next_page_uri": null}"#;
    let none = r#"{"incoming_phone_numbers": []}"#;
    let stand_in = StandIn::start(vec![
        Step::json(200, first),
        Step::json(200, second),
        Step::json(200, none),
    ])
    .await;
    let carrier = stand_in.carrier();
    let number = carrier.number("+15005550006").await.unwrap().unwrap();
    assert_eq!(number.sid, "PN2");
    assert_eq!(number.text_override(), None);
    assert_eq!(number.voice_overrides().collect::<Vec<_>>(), ["TK1", "AP1"]);
    assert!(number.capabilities.sms && !number.capabilities.voice);
    assert!(!format!("{number:?}").contains("5550006"));
    assert_eq!(carrier.number("+15005550007").await, Ok(None));
    assert!(
        stand_in.asked()[0]
            .line
            .contains("/IncomingPhoneNumbers.json?PhoneNumber=%2B15005550006&PageSize=50 ")
    );
}

#[tokio::test]
async fn configures_only_what_is_given() {
    let answer = Step::json(
        200,
        r#"{"sid": "PN1", "phone_number": "+15005550006", "sms_url": "https://w.example.org/twilio/text"}"#,
    );
    let stand_in = StandIn::start(vec![Step::json(429, ""), answer, Step::json(500, "")]).await;
    let carrier = stand_in.carrier();
    let webhooks = Webhooks {
        text_url: Some("https://w.example.org/twilio/text"),
        ..Webhooks::default()
    };
    let number = carrier.configure_number("PN1", &webhooks).await.unwrap();
    assert_eq!(number.sms_url.as_deref(), webhooks.text_url);
    let form = [
        ("SmsUrl", "https://w.example.org/twilio/text"),
        ("SmsMethod", "POST"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(stand_in.asked()[1].form(), form);
    // Nobody knows whether it was done: not repeated.
    assert!(carrier.configure_number("PN1", &webhooks).await.is_err());
    assert_eq!(stand_in.asked().len(), 3);
}

#[tokio::test]
async fn tells_which_service_takes_a_numbers_texts() {
    let services = r#"{"services": [{"sid": "MG1"}], "meta": {"key": "services", "next_page_url": "URL/v1/Services?Page=1"}}"#;
    let more = r#"{"services": [{"sid": "MG2", "friendly_name": "Mine", "inbound_request_url": null, "use_inbound_webhook_on_number": true}], "meta": {"next_page_url": null}}"#;
    let missing = Step::json(404, r#"{"code": 20404}"#);
    let there = Step::json(200, r#"{"sid": "PN1"}"#);
    // The address of the second page is absolute, and the port is known only once it listens.
    let stand_in = StandIn::start(vec![
        Step::SelfLinked(200, services.to_owned()),
        missing,
        Step::json(200, more),
        there,
    ])
    .await;
    let service = stand_in.carrier().service_of("PN1").await.unwrap();
    let want = Service {
        sid: "MG2".into(),
        friendly_name: Some("Mine".into()),
        inbound_request_url: None,
        inbound_method: None,
        use_inbound_webhook_on_number: true,
    };
    assert_eq!(service, Some(want));
    let lines: Vec<_> = stand_in.asked().into_iter().map(|a| a.line).collect();
    assert_eq!(lines[1], "GET /v1/Services/MG1/PhoneNumbers/PN1 HTTP/1.1");
    assert_eq!(lines[2], "GET /v1/Services?Page=1 HTTP/1.1");
}

#[test]
fn recorded_numbers_read() {
    let Ok(dir) = std::env::var("WEATHERLINE_DATA") else {
        eprintln!("SKIPPED: recorded numbers need WEATHERLINE_DATA");
        return;
    };
    for name in ["fetch.fetch", "update.update"] {
        let text = std::fs::read(format!("{dir}/twilio/incoming_number_{name}.json")).unwrap();
        let number: Number = serde_json::from_slice(&text).unwrap();
        assert!(number.phone_number.starts_with('+'), "{name}");
    }
    let text = std::fs::read(format!("{dir}/twilio/incoming_number_list.readFull.json")).unwrap();
    let page: serde_json::Value = serde_json::from_slice(&text).unwrap();
    let list: Vec<Number> = serde_json::from_value(page["incoming_phone_numbers"].clone()).unwrap();
    assert!(!list.is_empty());
}
