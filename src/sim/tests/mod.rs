//! The pretend world against its own documents, over real sockets.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::Router;
use axum::extract::State;
use axum::response::IntoResponse;
use axum::routing::post;
use base64::Engine;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::*;

mod call_talk;
mod carrier_talk;
mod fault_talk;
mod page_talk;
mod recorded;
mod weather_talk;

/// 2026-11-22 12:00:00 UTC
const NOON: i64 = 1_795_348_800_000;

const ANNA: &str = "+14155550101";

/// The path and the fields of a webhook.
type Heard = (String, BTreeMap<String, String>);

/// A daemon that answers every text with `answer` and remembers every status callback.
#[derive(Clone, Default)]
struct Daemon {
    answer: Arc<std::sync::Mutex<String>>,
    heard: Arc<std::sync::Mutex<Vec<Heard>>>,
}

impl Daemon {
    async fn start(sim: &Sim) -> Daemon {
        let daemon = Daemon::default();
        daemon.say("<Response/>");
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new()
            .route("/twilio/{*path}", post(hear))
            .with_state(daemon.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        sim.connect("https://weather.example.org", &base);
        daemon
    }

    fn say(&self, xml: &str) {
        *self.answer.lock().unwrap() = xml.to_owned();
    }

    fn heard(&self) -> Vec<Heard> {
        self.heard.lock().unwrap().clone()
    }

    /// The statuses that were told, forged ones left out.
    fn statuses(&self) -> Vec<String> {
        self.heard()
            .into_iter()
            .filter_map(|(_, form)| form.get("MessageStatus").cloned())
            .collect()
    }
}

async fn hear(
    State(daemon): State<Daemon>,
    request: axum::extract::Request,
) -> axum::response::Response {
    let (parts, body) = request.into_parts();
    let bytes = axum::body::to_bytes(body, 65536).await.unwrap();
    let pairs = Form::parse(&bytes).0;
    let url = format!("https://weather.example.org{}", parts.uri.path());
    let expected = carrier::signing::sign("pretend-auth-token", &url, &pairs);
    let given = parts
        .headers
        .get("x-twilio-signature")
        .map(|value| value.to_str().unwrap());
    if given != Some(expected.as_str()) {
        return axum::http::StatusCode::FORBIDDEN.into_response();
    }
    let path = parts.uri.path().to_owned();
    let is_text = path.ends_with("/text") || path.contains("/voice");
    daemon
        .heard
        .lock()
        .unwrap()
        .push((path, pairs.into_iter().collect()));
    if is_text {
        let xml = daemon.answer.lock().unwrap().clone();
        ([("content-type", "text/xml; charset=utf-8")], xml).into_response()
    } else {
        axum::http::StatusCode::NO_CONTENT.into_response()
    }
}

async fn world() -> (Sim, Arc<AtomicI64>) {
    let clock = Arc::new(AtomicI64::new(NOON));
    let shown = clock.clone();
    let options = Options::new(Arc::new(move || shown.load(Ordering::SeqCst)));
    (Sim::start(options).await.unwrap(), clock)
}

/// A request over a raw socket: status and body, or `None` when the line broke before an answer.
async fn ask(
    sim: &Sim,
    method: &str,
    path: &str,
    headers: &str,
    body: &str,
) -> Option<(u16, String)> {
    let address = sim.url().replace("http://", "");
    let mut socket = tokio::net::TcpStream::connect(address).await.unwrap();
    let request = format!(
        "{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}Content-Length: {}\r\n\r\n{body}",
        body.len()
    );
    socket.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    let ended = socket.read_to_end(&mut answer).await;
    let answer = String::from_utf8(answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n")?;
    let status = head.split(' ').nth(1)?.parse().ok()?;
    ended.is_ok().then(|| (status, body.to_owned()))
}

fn credentials(pair: &str) -> String {
    let token = base64::engine::general_purpose::STANDARD.encode(pair);
    format!("Authorization: Basic {token}\r\nContent-Type: application/x-www-form-urlencoded\r\n")
}

async fn rest(sim: &Sim, method: &str, path: &str, form: &[(&str, &str)]) -> Option<(u16, Value)> {
    let account = &sim.world.options.account_sid;
    let path = match path.strip_prefix('/') {
        Some(_) => path.to_owned(),
        None => format!("/2010-04-01/Accounts/{account}/{path}"),
    };
    let pairs: Vec<(String, String)> = form
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    let header = credentials(&format!("{account}:pretend-auth-token"));
    let (status, body) = ask(sim, method, &path, &header, &form::encode(&pairs)).await?;
    Some((status, serde_json::from_str(&body).unwrap_or(Value::Null)))
}

async fn create(sim: &Sim, to: &str, body: &str) -> Option<(u16, Value)> {
    let form = [
        ("To", to),
        ("From", "+15005550006"),
        ("Body", body),
        ("ValidityPeriod", "3600"),
        (
            "StatusCallback",
            "https://weather.example.org/twilio/status/7",
        ),
    ];
    rest(sim, "POST", "Messages.json", &form).await
}

async fn get(sim: &Sim, path: &str) -> (u16, Value) {
    let (status, body) = ask(sim, "GET", path, "User-Agent: test me@example.org\r\n", "")
        .await
        .unwrap();
    (status, serde_json::from_str(&body).unwrap_or(Value::Null))
}
