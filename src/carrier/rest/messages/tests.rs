//! Every way a create call can end, and the other calls for messages.

use super::*;
use crate::carrier::From;
use crate::carrier::rest::stand_in::{StandIn, Step, carrier, settings};

const SID: &str = "SM0123456789abcdef0123456789abcdef";

fn anna() -> PhoneNumber {
    PhoneNumber::parse("+14155550101").unwrap()
}

async fn send(step: Step) -> SendOutcome {
    let stand_in = StandIn::start(vec![step]).await;
    let outcome = stand_in
        .carrier()
        .send_text(&anna(), "Lyon: rain", DeliveryId(7), 60)
        .await;
    assert_eq!(stand_in.asked().len(), 1);
    outcome
}

#[tokio::test]
async fn the_request_is_what_the_documents_ask_for() {
    let created = Step::json(201, &format!(r#"{{"sid": "{SID}"}}"#));
    let stand_in = StandIn::start(vec![created.clone(), created]).await;
    let carrier_of = |settings| carrier(settings);
    let body = "Köln: 7°, wind & “rain”\n+1";
    let sent = carrier_of(settings(&stand_in.url))
        .send_text(&anna(), body, DeliveryId(7), 999_999)
        .await;
    assert_eq!(sent, SendOutcome::Accepted { sid: SID.into() });
    let mut other = settings(&stand_in.url);
    other.from = From::Service("MG1".into());
    other.api_key = Some(("SK1".into(), "secret".into()));
    carrier_of(other)
        .send_text(&anna(), body, DeliveryId(7), 0)
        .await;
    let asked = stand_in.asked();
    assert_eq!(
        asked[0].line,
        "POST /2010-04-01/Accounts/AC0123456789abcdef0123456789abcdef/Messages.json HTTP/1.1"
    );
    let head = asked[0].head.to_lowercase();
    assert!(head.contains("content-type: application/x-www-form-urlencoded"));
    assert!(head.contains("accept: application/json"));
    let login = "QUMwMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZjp0b2tlbg==";
    assert!(asked[0].head.contains(login));
    assert!(asked[1].head.contains("U0sxOnNlY3JldA=="));
    let status_url = "https://w.example.org/line/twilio/status/7";
    let form = |sender: (&str, &str), validity: &str| {
        [
            ("To", "+14155550101"),
            sender,
            ("Body", body),
            ("StatusCallback", status_url),
            ("ValidityPeriod", validity),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
    };
    assert_eq!(asked[0].form(), form(("From", "+15005550006"), "36000"));
    assert_eq!(asked[1].form(), form(("MessagingServiceSid", "MG1"), "1"));
}

#[tokio::test]
async fn what_was_taken_is_accepted() {
    for status in [200, 201, 202] {
        assert_eq!(
            send(Step::json(
                status,
                r#"{"sid": "SM1", "status": "queued", "num_segments": 1}"#
            ))
            .await,
            SendOutcome::Accepted { sid: "SM1".into() }
        );
    }
}

#[tokio::test]
async fn what_nobody_knows_is_held() {
    for step in [
        Step::json(201, "<html>created</html>"),
        Step::json(201, r#"{"sid": null}"#),
        Step::json(201, r#"{"sid": ""}"#),
        Step::json(201, r#"{"sid": "SM1", "sta"#),
        Step::Truncated(201, r#"{"sid": "SM1"}"#),
        Step::Truncated(400, r#"{"code": 21610}"#),
        Step::json(500, r#"{"code": 20500, "status": 500}"#),
        Step::json(503, "busy"),
        Step::json(302, ""),
        Step::json(408, ""),
        Step::Drop,
        Step::Hang,
    ] {
        assert_eq!(send(step).await, SendOutcome::Unknown);
    }
}

#[tokio::test]
async fn what_was_surely_not_taken_is_tried_again() {
    let retry = |code, slow_down| SendOutcome::Retry { code, slow_down };
    assert_eq!(
        send(Step::json(429, r#"{"code": 20429, "status": 429}"#)).await,
        retry(Some(20429), true)
    );
    assert_eq!(send(Step::json(429, "")).await, retry(Some(429), true));
    assert_eq!(
        send(Step::json(400, r#"{"code": 21611}"#)).await,
        retry(Some(21611), true)
    );
    let gone = StandIn::start(vec![]).await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let nobody = format!("http://{}", listener.local_addr().unwrap());
    drop((gone, listener));
    for url in [nobody.as_str(), "http://no such host", "nonsense"] {
        let outcome = carrier(settings(url))
            .send_text(&anna(), "hi", DeliveryId(1), 60)
            .await;
        assert_eq!(outcome, retry(None, false), "{url}");
    }
}

#[tokio::test]
async fn what_is_refused_says_what_follows() {
    for (status, body, code, treatment) in [
        (400, r#"{"code": 21610}"#, 21610, Treatment::OptedOut),
        (400, r#"{"code": 21211}"#, 21211, Treatment::PhoneGone),
        (400, r#"{"code": 21606}"#, 21606, Treatment::HoldAll),
        (401, r#"{"code": 20003}"#, 20003, Treatment::HoldAll),
        (401, "", 401, Treatment::HoldAll),
        (400, r#"{"code": 21617}"#, 21617, Treatment::ThisMessage),
        (422, "<html>", 422, Treatment::ThisMessage),
    ] {
        assert_eq!(
            send(Step::json(status, body)).await,
            SendOutcome::Rejected { code, treatment }
        );
    }
}

#[tokio::test]
async fn fetching_by_sid() {
    let stand_in = StandIn::start(vec![
        Step::json(
            200,
            r#"{"sid": "SM1", "status": "undelivered", "error_code": 30005}"#,
        ),
        Step::json(
            200,
            r#"{"sid": "SM1", "status": "delivered", "error_code": null}"#,
        ),
        Step::json(404, r#"{"code": 20404, "status": 404}"#),
        Step::json(500, ""),
        Step::json(429, ""),
        Step::json(200, r#"{"sid": "SM1", "status": "teleported"}"#),
    ])
    .await;
    let carrier = stand_in.carrier();
    let fetch = async || carrier.fetch_text("SM1").await.unwrap();
    assert_eq!(
        fetch().await,
        Some((DeliveryStatus::Undelivered, Some(30005)))
    );
    assert_eq!(fetch().await, Some((DeliveryStatus::Delivered, None)));
    assert_eq!(fetch().await, None);
    // A passing failure is asked again, and what was created was accepted, whatever its word.
    assert_eq!(fetch().await, Some((DeliveryStatus::Accepted, None)));
    for bad in ["", "../Balance", "SM1.json?x", "SM 1"] {
        assert_eq!(carrier.fetch_text(bad).await, Ok(None));
    }
    assert_eq!(stand_in.asked().len(), 6);
    assert!(
        stand_in.asked()[0]
            .line
            .ends_with("/Messages/SM1.json HTTP/1.1")
    );
}

#[tokio::test]
async fn redacting_and_deleting() {
    let stand_in = StandIn::start(vec![
        Step::json(200, r#"{"sid": "SM1", "body": ""}"#),
        Step::json(429, ""),
        Step::json(204, ""),
        Step::json(503, ""),
    ])
    .await;
    let carrier = stand_in.carrier();
    assert_eq!(carrier.redact_message("SM1").await.unwrap().body, None);
    assert_eq!(carrier.delete_message("SM1").await, Ok(()));
    // It may have been done: not repeated.
    assert!(carrier.delete_message("SM1").await.is_err());
    let asked = stand_in.asked();
    assert_eq!(asked[0].form(), [("Body".to_owned(), String::new())]);
    assert!(asked[2].line.starts_with("DELETE "));
    assert_eq!(asked.len(), 4);
}

#[tokio::test]
async fn a_list_gives_each_once_in_order_in_pages() {
    let page = |from: u32, next: &str| {
        let items: Vec<_> = (from..from + 2)
            .map(|n| format!(r#"{{"sid": "SM{n}"}}"#))
            .collect();
        let items = items.join(",");
        Step::json(
            200,
            &format!(r#"{{"messages": [{items}], "next_page_uri": {next}}}"#),
        )
    };
    let stand_in = StandIn::start(vec![
        page(1, r#""/2010-04-01/x.json?PageToken=PAa%2Bb&Page=1""#),
        Step::json(500, ""),
        page(3, r#""/2010-04-01/y.json""#),
        Step::json(200, r#"{"messages": [], "next_page_uri": "/z"}"#),
        page(5, "null"),
    ])
    .await;
    let since = "2026-03-08T12:00:00Z".parse().unwrap();
    let mut list = stand_in.carrier().messages(&MessageFilter {
        to: Some("+14155550101"),
        from: None,
        since: Some(since),
        page_size: 5_000,
    });
    for n in 1..=6 {
        assert_eq!(list.next().await.unwrap().unwrap().sid, format!("SM{n}"));
    }
    assert!(list.next().await.unwrap().is_none());
    assert!(list.next().await.unwrap().is_none());
    assert_eq!(list.pages_read(), 4);
    let lines: Vec<_> = stand_in.asked().into_iter().map(|a| a.line).collect();
    assert!(
        lines[0].contains("/Messages.json?To=%2B14155550101&DateSent%3E=2026-03-08&PageSize=1000 ")
    );
    assert_eq!(
        lines[2],
        "GET /2010-04-01/x.json?PageToken=PAa%2Bb&Page=1 HTTP/1.1"
    );
}

#[tokio::test]
async fn a_list_never_leads_our_password_elsewhere_or_in_circles() {
    for next in ["https://evil.example.org/x", "@evil.example.org/x", "x"] {
        let page = format!(r#"{{"messages": [], "next_page_uri": "{next}"}}"#);
        let stand_in = StandIn::start(vec![Step::json(200, &page)]).await;
        let mut list = stand_in.carrier().messages(&all());
        assert_eq!(list.next().await, Err(RestError::Unreadable), "{next}");
    }
    let own = "/2010-04-01/Accounts/AC0123456789abcdef0123456789abcdef/Messages.json?PageSize=50";
    let page = format!(r#"{{"messages": [], "next_page_uri": "{own}"}}"#);
    let stand_in = StandIn::start(vec![Step::json(200, &page)]).await;
    let mut list = stand_in.carrier().messages(&all());
    assert_eq!(list.next().await, Err(RestError::Unreadable));
}

fn all() -> MessageFilter<'static> {
    MessageFilter {
        to: None,
        from: None,
        since: None,
        page_size: 50,
    }
}

#[test]
fn nothing_secret_or_personal_is_shown() {
    let mut settings = settings("http://127.0.0.1:1");
    settings.api_key = Some(("SK1".into(), "hush".into()));
    let shown = format!("{settings:?} {:?}", carrier(settings.clone()));
    for secret in ["token\"", "hush", "5005550006"] {
        assert!(!shown.contains(secret), "{secret}");
    }
    let message: Message = serde_json::from_str(
        r#"{"sid": "SM1", "to": "+14155550101", "from": "+15005550006", "body": "Lyon"}"#,
    )
    .unwrap();
    let shown = format!("{message:?}");
    assert!(!shown.contains("5550") && !shown.contains("Lyon"));
}

#[test]
fn recorded_messages_read() {
    let Ok(dir) = std::env::var("WEATHERLINE_DATA") else {
        eprintln!("SKIPPED: recorded messages need WEATHERLINE_DATA");
        return;
    };
    let mut seen = 0;
    for entry in std::fs::read_dir(format!("{dir}/twilio")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        if name.starts_with("message_list") {
            let page: serde_json::Value = serde_json::from_str(&text).unwrap();
            let _: Vec<Message> = serde_json::from_value(page["messages"].clone()).unwrap();
        } else if name.starts_with("message_") {
            let message: Message = serde_json::from_str(&text).unwrap();
            assert!(message.date_created.is_some(), "{name}");
            assert!(message.num_segments.is_some(), "{name}");
        } else {
            continue;
        }
        seen += 1;
    }
    assert!(seen >= 15);
}
