//! The log as an operator reads it: one event a line, a request's lines under one name, no number and no text in it.

use std::io::{Read, Write};
use std::net::TcpStream;

use weatherline::sim::Signature;

use crate::house::{ANNA, BRUNO, House, until};

/// What makes every kind of line: an answer, a refusal, a silence.
async fn an_evening(house: &House) {
    house.sim.text(ANNA, "springfield is a secret").await;
    house.sim.text(BRUNO, "DAILY lyon 7am").await;
    let forged = [("From", ANNA), ("Body", "lyon")];
    let refused = house
        .sim
        .raw_webhook("/twilio/text", &forged, Signature::Wrong)
        .await;
    assert_eq!(refused.status, Some(403));
}

fn says_nothing_private(log: &str) {
    for private in [
        &ANNA[1..],
        &BRUNO[1..],
        "secret",
        "lyon",
        "pretend-auth-token",
    ] {
        assert!(!log.to_lowercase().contains(private), "{private}\n{log}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn json_is_one_object_a_line_with_the_name_of_its_request() {
    let house = House::new().await;
    let mut command = house.command(&house.config("", ""));
    command.args(["--log", "json"]);
    let daemon = house.serve_as(command);
    an_evening(&house).await;
    assert!(until(|| daemon.log().contains("was refused"), 5).await);
    daemon.signal("-TERM");
    assert!(until(|| daemon.log().contains("stopped"), 10).await);
    let log = daemon.log();
    let lines: Vec<serde_json::Value> = log
        .lines()
        .filter(|line| line.starts_with('{'))
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let named = |message: &str| -> Vec<&serde_json::Value> {
        let is = |line: &&serde_json::Value| {
            line["message"]
                .as_str()
                .unwrap_or_default()
                .starts_with(message)
        };
        lines.iter().filter(is).collect()
    };
    assert_eq!(named("started")[0]["level"], "INFO");
    let answered = named("answered a text");
    assert_eq!(answered.len(), 2, "{log}");
    let id = |line: &serde_json::Value| line["span"]["id"].as_str().unwrap_or_default().to_owned();
    assert!(answered.iter().all(|line| id(line).len() == 8), "{log}");
    assert_ne!(id(answered[0]), id(answered[1]));
    assert!(answered[0]["phone"].as_str().unwrap().contains("•••••"));
    assert_eq!(named("a webhook without")[0]["level"], "WARN");
    assert_eq!(named("stopped").len(), 1);
    says_nothing_private(&log);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_journal_gets_levels_and_a_swarm_of_failures_is_counted() {
    let house = House::new().await;
    let mut command = house.command(&house.config("", ""));
    command.env("JOURNAL_STREAM", "8:1");
    let daemon = house.serve_as(command);
    an_evening(&house).await;
    for _ in 0..30 {
        let forged = [("From", ANNA), ("Body", "lyon")];
        let wrong = Signature::Wrong;
        house.sim.raw_webhook("/twilio/text", &forged, wrong).await;
    }
    assert!(until(|| daemon.log().matches("was refused").count() >= 10, 5).await);
    let log = daemon.log();
    assert_eq!(log.matches("was refused").count(), 10, "{log}");
    for line in log.lines() {
        assert!(
            line.starts_with('<') && line.as_bytes()[2] == b'>',
            "{line}"
        );
    }
    assert!(log.contains("<4>request{id="), "{log}");
    assert!(
        log.contains("<6>weatherline::daemon: started version="),
        "{log}"
    );
    says_nothing_private(&log);
    daemon.stop();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_answer_names_its_request_too() {
    let house = House::new().await;
    let mut command = house.command(&house.config("", ""));
    command.env("WEATHERLINE_LOG", "json");
    let daemon = house.serve_as(command);
    let mut stream = TcpStream::connect(daemon.public).unwrap();
    let request =
        "POST /twilio/text HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 403"), "{answer}");
    let id = answer
        .lines()
        .find_map(|line| line.strip_prefix("x-request-id: "));
    let id = format!("\"id\":\"{}\"", id.unwrap());
    assert!(
        until(|| daemon.log().contains(&id), 5).await,
        "{id}\n{}",
        daemon.log()
    );
    daemon.stop();
}
