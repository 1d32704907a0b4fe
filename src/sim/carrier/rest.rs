//! The REST door: who may come in, and which resource answers.

use std::sync::Arc;

use axum::body::{Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::message::http_date;
use super::{account, calls, create, errors, list, single};
use crate::sim::answer::{Answer, with_header};
use crate::sim::form::Form;
use crate::sim::wire::Exchange;
use crate::sim::world::{World, seen};

/// Everything under `/2010-04-01`.
pub(crate) async fn answer(State(world): State<Arc<World>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let at_ms = world.now();
    let (answer, accepted, kind, bytes) = match to_bytes(body, 1 << 20).await {
        Ok(bytes) => {
            let (answer, accepted, kind) = route(&world, &parts, &bytes).await;
            (answer, accepted, kind, bytes)
        }
        Err(_) => (Answer::Empty(413), None, "other", Bytes::new()),
    };
    let mut entry = seen(
        at_ms,
        parts.method.as_str(),
        parts.uri.path(),
        answer.outcome(),
    );
    entry.accepted = accepted;
    world.saw("carrier", entry);
    world
        .wire
        .exchange(|| exchange(&world, at_ms, kind, &parts, &bytes, &answer));
    let running = world
        .in_flight
        .load(std::sync::atomic::Ordering::SeqCst)
        .max(1);
    let response = answer.into_response();
    // The carrier dates its answers by its own clock, which here is the pretend one.
    let response = with_header(response, "date", &http_date(at_ms));
    let response = with_header(response, "twilio-request-id", &world.sid("RQ"));
    with_header(response, "twilio-concurrent-requests", &running.to_string())
}

type Routed = (Answer, Option<String>, &'static str);

async fn route(world: &Arc<World>, parts: &Parts, bytes: &[u8]) -> Routed {
    let path = parts.uri.path();
    let plain = |answer, kind| (answer, None, kind);
    if let Err(refusal) = authenticate(world, &parts.headers) {
        return plain(refusal, "refused");
    }
    let form = match read_form(world, parts, bytes) {
        Ok(form) => form,
        Err(refusal) => return plain(refusal, "refused"),
    };
    let query = Form::parse(parts.uri.query().unwrap_or("").as_bytes());
    let own = format!("/2010-04-01/Accounts/{}", world.options.account_sid);
    let method = &parts.method;
    match path.strip_prefix(&own) {
        Some(".json") if method == Method::GET => plain(account::fetch(world), "account"),
        Some("/Balance.json") if method == Method::GET => plain(account::balance(world), "account"),
        Some("/Messages.json") if method == Method::GET => {
            plain(list::list(world, path, &query).await, "list")
        }
        Some("/Messages.json") if method == Method::POST => {
            let running = world.enter();
            let _left = Leaving(world);
            if world.faults.is_crowded(running) {
                return plain(errors::refuse_plainly(20429), "create");
            }
            let (answer, accepted) = create::create(world, &form).await;
            (answer, accepted, "create")
        }
        Some(rest) => {
            if let Some(numbers) = rest.strip_prefix("/IncomingPhoneNumbers") {
                let answer = account::numbers(world, method, path, numbers, &query, &form);
                return plain(answer, "number");
            }
            if let Some(rest) = rest.strip_prefix("/Calls") {
                let (answer, placed) =
                    calls::rest::answer(world, method, path, rest, &query, &form).await;
                return (answer, placed, "call");
            }
            let sid = rest
                .strip_prefix("/Messages/")
                .and_then(|rest| rest.strip_suffix(".json"));
            match sid {
                Some(sid) => plain(
                    single::single(world, method, path, sid, &form).await,
                    "fetch",
                ),
                None => plain(unknown(world, method, path), "other"),
            }
        }
        None => plain(unknown(world, method, path), "other"),
    }
}

/// Counts a create call out, also when its client has hung up in between.
struct Leaving<'a>(&'a World);

impl Drop for Leaving<'_> {
    fn drop(&mut self) {
        self.0.leave();
    }
}

/// A path that no document names is the caller's mistake, whatever it hoped for.
fn unknown(world: &World, method: &Method, path: &str) -> Answer {
    world.violate(format!("{method} on a path that the carrier does not have"));
    errors::not_found(path)
}

pub(crate) fn authenticate(world: &World, headers: &HeaderMap) -> Result<(), Answer> {
    let given = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Basic "))
        .and_then(|text| STANDARD.decode(text).ok())
        .and_then(|bytes| String::from_utf8(bytes).ok());
    let options = &world.options;
    let key = options.api_key.as_ref();
    let fits = |given: &str| {
        given == format!("{}:{}", options.account_sid, options.auth_token)
            || key.is_some_and(|(sid, secret)| given == format!("{sid}:{secret}"))
    };
    match given {
        Some(given) if fits(&given) => Ok(()),
        Some(_) => {
            world.violate("a request came with wrong credentials".into());
            Err(errors::unauthorized("Authenticate"))
        }
        None => {
            world.violate("a request came without credentials".into());
            Err(errors::unauthorized(
                "Authentication Error - No credentials provided",
            ))
        }
    }
}

fn read_form(world: &World, parts: &Parts, bytes: &[u8]) -> Result<Form, Answer> {
    if parts.method != Method::POST {
        return Ok(Form::default());
    }
    let kind = parts
        .headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or("");
    if kind.split(';').next().map(str::trim) != Some("application/x-www-form-urlencoded") {
        world.violate("a POST body is not form-urlencoded".into());
        return Err(Answer::Empty(415));
    }
    Ok(Form::parse(bytes))
}

fn exchange(
    world: &World,
    at_ms: i64,
    kind: &'static str,
    parts: &Parts,
    bytes: &[u8],
    answer: &Answer,
) -> Exchange {
    let fields = match parts.method {
        Method::POST => Form::parse(bytes),
        _ => Form::parse(parts.uri.query().unwrap_or("").as_bytes()),
    };
    let base = world.url.get().map_or("", String::as_str);
    Exchange {
        at_ms,
        kind,
        way: "out",
        method: parts.method.to_string(),
        url: format!("{base}{}", parts.uri.path()),
        headers: vec![("Authorization", "Basic •••".into())],
        fields: fields.0,
        status: match answer.outcome() {
            crate::sim::Outcome::Answered(status) => status,
            _ => 0,
        },
        answer_type: "application/json".into(),
        answer: answer.shown(),
    }
}
