//! Calls against a scripted socket.

use super::*;
use crate::carrier::rest::stand_in::{StandIn, Step};

fn call(status: &str) -> Step {
    Step::json(
        200,
        &format!(r#"{{"sid": "CA1", "status": "{status}", "duration": "15"}}"#),
    )
}

#[tokio::test]
async fn placing_one() {
    let created = Step::json(201, r#"{"sid": "CA1", "status": "queued"}"#);
    let stand_in = StandIn::start(vec![created, Step::Drop, Step::json(429, "")]).await;
    let carrier = stand_in.carrier();
    let to = PhoneNumber::parse("+14155550101").unwrap();
    let new = NewCall {
        to: &to,
        from: "+15005550006",
        url: "https://w.example.org/twilio/voice/7",
        status_url: "https://w.example.org/twilio/call-status/7",
        ring_s: 9_999,
        detects_machines: true,
    };
    let accepted = SendOutcome::Accepted { sid: "CA1".into() };
    assert_eq!(carrier.place_call(&new).await, accepted);
    assert_eq!(carrier.place_call(&new).await, SendOutcome::Unknown);
    let retry = SendOutcome::Retry {
        code: Some(429),
        slow_down: true,
    };
    assert_eq!(carrier.place_call(&new).await, retry);
    let asked = stand_in.asked();
    assert!(asked[0].line.ends_with("/Calls.json HTTP/1.1"));
    let form = asked[0].form();
    let value = |name: &str| {
        let values: Vec<_> = form.iter().filter(|(n, _)| n == name).collect();
        values
            .into_iter()
            .map(|(_, v)| v.as_str())
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(value("To"), "+14155550101");
    assert_eq!(value("From"), "+15005550006");
    assert_eq!(value("Url"), "https://w.example.org/twilio/voice/7");
    assert_eq!(value("Timeout"), "600");
    assert_eq!(
        value("StatusCallbackEvent"),
        "initiated ringing answered completed"
    );
    assert_eq!(value("MachineDetection"), "DetectMessageEnd");
}

#[tokio::test]
async fn hanging_up_says_whether_it_was_over() {
    let late = Step::json(400, r#"{"code": 21220, "message": "Invalid call state"}"#);
    let stand_in = StandIn::start(vec![
        call("in-progress"),
        call("completed"),
        call("busy"),
        call("ringing"),
        late,
        call("no-answer"),
        Step::json(404, r#"{"code": 20404}"#),
    ])
    .await;
    let carrier = stand_in.carrier();
    let HangUp::Ended(ended) = carrier.hang_up("CA1").await.unwrap() else {
        panic!("it was in progress");
    };
    assert_eq!(ended.duration, Some(15));
    for status in ["busy", "no-answer"] {
        let HangUp::WasOver(call) = carrier.hang_up("CA1").await.unwrap() else {
            panic!("it was over");
        };
        assert_eq!(call.status.as_deref(), Some(status));
    }
    assert!(carrier.hang_up("CA1").await.unwrap_err().is_missing());
    let asked = stand_in.asked();
    assert_eq!(
        asked[1].form(),
        [("Status".to_owned(), "completed".to_owned())]
    );
    assert_eq!(asked.len(), 7);
}

#[tokio::test]
async fn an_end_that_is_refused_is_tried_once_more_and_never_told_as_one() {
    let refused = || Step::json(400, r#"{"code": 21220, "message": "Invalid call state"}"#);
    let stand_in = StandIn::start(vec![
        // What Twilio tells is behind what it knows: at the second try it is over.
        call("in-progress"),
        refused(),
        call("in-progress"),
        refused(),
        call("completed"),
        // It will not end.
        call("ringing"),
        refused(),
        call("ringing"),
        refused(),
        call("ringing"),
        // It ends at the second try.
        call("ringing"),
        refused(),
        call("in-progress"),
        call("completed"),
    ])
    .await;
    let carrier = stand_in.carrier();
    let first = carrier.hang_up("CA1").await.unwrap();
    assert!(matches!(first, HangUp::WasOver(call) if call.is_over()));
    let second = carrier.hang_up("CA1").await.unwrap();
    assert!(matches!(second, HangUp::Refused(call) if !call.is_over()));
    assert!(matches!(carrier.hang_up("CA1").await, Ok(HangUp::Ended(_))));
    assert_eq!(stand_in.asked().len(), 14);
}

#[tokio::test]
async fn redirecting_and_listing() {
    let page = r#"{"calls": [{"sid": "CA1"}, {"sid": "CA2"}], "next_page_uri": ""}"#;
    let stand_in = StandIn::start(vec![call("in-progress"), Step::json(200, page)]).await;
    let carrier = stand_in.carrier();
    let url = "https://w.example.org/twilio/voice/x";
    let redirected = carrier.redirect_call("CA1", url).await.unwrap();
    assert!(!redirected.is_over());
    let mut calls = carrier.calls(&CallFilter {
        to: Some("+14155550101"),
        from: None,
        status: Some("in-progress"),
        since: Some("2026-03-08T12:00:00Z".parse().unwrap()),
        page_size: 0,
    });
    let mut sids = Vec::new();
    while let Some(call) = calls.next().await.unwrap() {
        sids.push(call.sid);
    }
    assert_eq!(sids, ["CA1", "CA2"]);
    let asked = stand_in.asked();
    assert_eq!(asked[0].form()[0], ("Url".to_owned(), url.to_owned()));
    assert!(asked[1].line.contains(
        "/Calls.json?To=%2B14155550101&Status=in-progress&StartTime%3E=2026-03-08&PageSize=1 "
    ));
}

#[test]
fn recorded_calls_read() {
    let Ok(dir) = std::env::var("WEATHERLINE_DATA") else {
        eprintln!("SKIPPED: recorded calls need WEATHERLINE_DATA");
        return;
    };
    let mut seen = 0;
    for entry in std::fs::read_dir(format!("{dir}/twilio")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        if name.starts_with("call_list") {
            let page: serde_json::Value = serde_json::from_str(&text).unwrap();
            let _: Vec<Call> = serde_json::from_value(page["calls"].clone()).unwrap();
        } else if name.starts_with("call_") || name.starts_with("testcred_call") {
            let call: Call = serde_json::from_str(&text).unwrap();
            assert!(
                call.status.is_some() && call.date_created.is_some(),
                "{name}"
            );
        } else {
            continue;
        }
        seen += 1;
    }
    assert!(seen >= 10);
}
