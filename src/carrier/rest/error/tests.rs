//! Tests of `carrier/rest/error.rs`.

use super::*;
use crate::net::Headers;

fn read(status: u16, body: &str) -> Refusal {
    Refusal::read(&Answer {
        status,
        headers: Headers::default(),
        body: body.as_bytes().to_vec(),
    })
}

#[test]
fn every_form_of_a_refusal() {
    let own = read(
        400,
        r#"{"code": 21610, "message": "Attempt to send to unsubscribed recipient", "more_info": "x", "status": 400}"#,
    );
    assert_eq!(
        (own.code, own.treatment()),
        (Some(21610), Treatment::OptedOut)
    );
    let problem = read(
        429,
        r#"{"type": "about:blank", "title": "Too many", "status": 429, "code": "20429", "detail": "Wait", "instance": "/x", "errors": []}"#,
    );
    assert_eq!(problem.code, Some(20429));
    assert_eq!(problem.to_string(), "error 20429, Wait");
    for body in [
        "<html>no</html>",
        "",
        "[]",
        "null",
        "{\"code\": {}}",
        "{\"code\": -1}",
    ] {
        assert_eq!(read(502, body).to_string(), "HTTP 502", "{body}");
    }
}

#[test]
fn what_every_message_would_meet_holds_all() {
    for (status, body, treatment) in [
        (401, "", Treatment::HoldAll),
        (401, r#"{"code": 20006}"#, Treatment::HoldAll),
        (403, "<html>", Treatment::HoldAll),
        (404, r#"{"status": 404}"#, Treatment::HoldAll),
        (400, "", Treatment::ThisMessage),
        (400, r#"{"code": 99999}"#, Treatment::ThisMessage),
        (403, r#"{"code": 99999}"#, Treatment::ThisMessage),
        (400, r#"{"code": 21606}"#, Treatment::HoldAll),
    ] {
        assert_eq!(read(status, body).treatment(), treatment, "{status} {body}");
    }
}

#[test]
fn words_lose_their_phone_numbers() {
    for (raw, masked_as) in [
        (
            "The 'To' number +14155550101 is bad",
            "The 'To' number ••• is bad",
        ),
        ("call +1 (415) 555-0101, please", "call •••, please"),
        ("code 21610 of 2026", "code 21610 of 2026"),
        ("4155550101", "•••"),
        ("two\nlines", "two lines"),
    ] {
        assert_eq!(masked(raw), masked_as);
    }
    assert!(masked(&"x".repeat(5_000)).len() <= 300);
}

#[test]
fn recorded_refusals() {
    let Ok(dir) = std::env::var("WEATHERLINE_DATA") else {
        eprintln!("SKIPPED: recorded refusals need WEATHERLINE_DATA");
        return;
    };
    let mut seen = 0;
    for entry in std::fs::read_dir(format!("{dir}/twilio")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let Some(rest) = name.strip_prefix("error_") else {
            continue;
        };
        let parts: Vec<&str> = rest.split(['_', '.']).collect();
        let file: serde_json::Value =
            serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        let body = file.get("body").unwrap_or(&file).to_string();
        let refusal = read(parts[0].parse().unwrap(), &body);
        assert_eq!(refusal.code, parts[1].parse().ok(), "{name}");
        assert!(refusal.message.is_some(), "{name}");
        seen += 1;
    }
    assert!(seen >= 8);
}
