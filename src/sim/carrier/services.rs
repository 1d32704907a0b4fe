//! Messaging services: as much as shows whether one of them takes the number's texts, and where it sends them.

use std::sync::Arc;

use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::http::Method;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::params::is_url;
use super::{errors, rest};
use crate::sim::answer::Answer;
use crate::sim::form::Form;
use crate::sim::world::{World, seen};

/// A messaging service that has our number among its senders.
#[derive(Debug, Clone)]
pub(crate) struct Service {
    pub(crate) sid: String,
    pub(crate) name: String,
    pub(crate) inbound_url: Option<String>,
    pub(crate) method: String,
    pub(crate) uses_number: bool,
}

/// Everything under `/v1/Services`; the real one has a host of its own.
pub(crate) async fn answer(State(world): State<Arc<World>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let path = parts.uri.path().to_owned();
    let bytes = to_bytes(body, LARGEST).await.unwrap_or_default();
    let answer = match rest::authenticate(&world, &parts.headers) {
        Err(refusal) => refusal,
        Ok(()) if parts.method == Method::GET => read(&world, &path),
        Ok(()) if parts.method == Method::POST => change(&world, &path, &Form::parse(&bytes)),
        Ok(()) => Answer::Empty(405),
    };
    let entry = seen(world.now(), parts.method.as_str(), &path, answer.outcome());
    world.saw("carrier", entry);
    answer.into_response()
}

/// The longest form that is read.
const LARGEST: usize = 64 * 1024;

/// Changes where a service sends texts; a field that it does not have is the caller's mistake.
fn change(world: &World, path: &str, form: &Form) -> Answer {
    let mut book = world.book();
    let account = &world.options.account_sid;
    let own = |service: &&mut Service| path == format!("/v1/Services/{}", service.sid);
    let Some(service) = book.service.as_mut().filter(own) else {
        return errors::not_found(path);
    };
    for (field, value) in &form.0 {
        match (field.as_str(), value.as_str()) {
            ("InboundRequestUrl", "") => service.inbound_url = None,
            ("InboundRequestUrl", url) if is_url(url) => service.inbound_url = Some(url.to_owned()),
            ("InboundMethod", method @ ("POST" | "GET")) => method.clone_into(&mut service.method),
            ("UseInboundWebhookOnNumber", "true" | "false") => {
                service.uses_number = value == "true";
            }
            _ => {
                world.violate(format!("a messaging service has no {field} like that"));
                return Answer::Empty(400);
            }
        }
    }
    Answer::Json(200, show(service, account))
}

fn read(world: &World, path: &str) -> Answer {
    let book = world.book();
    let account = &world.options.account_sid;
    let rest = path
        .trim_start_matches("/v1/Services")
        .trim_start_matches('/');
    let Some(service) = &book.service else {
        return match rest {
            "" => Answer::Json(200, page(path, Vec::new())),
            _ => errors::not_found(path),
        };
    };
    let number = format!("{}/PhoneNumbers/{}", service.sid, book.number.sid);
    match rest {
        "" => Answer::Json(200, page(path, vec![show(service, account)])),
        rest if rest == service.sid => Answer::Json(200, show(service, account)),
        rest if rest == number => Answer::Json(
            200,
            json!({
                "sid": book.number.sid,
                "account_sid": account,
                "service_sid": service.sid,
                "phone_number": book.number.phone,
                "country_code": "US",
                "capabilities": ["Voice", "SMS"],
            }),
        ),
        _ => errors::not_found(path),
    }
}

fn show(service: &Service, account: &str) -> Value {
    json!({
        "sid": service.sid,
        "account_sid": account,
        "friendly_name": service.name,
        "inbound_request_url": service.inbound_url,
        "inbound_method": service.method,
        "fallback_url": null,
        "status_callback": null,
        "sticky_sender": true,
        "smart_encoding": true,
        "validity_period": 14400,
        "use_inbound_webhook_on_number": service.uses_number,
    })
}

fn page(path: &str, services: Vec<Value>) -> Value {
    json!({
        "meta": {
            "page": 0,
            "page_size": 50,
            "first_page_url": format!("{path}?PageSize=50&Page=0"),
            "previous_page_url": null,
            "url": format!("{path}?PageSize=50&Page=0"),
            "next_page_url": null,
            "key": "services",
        },
        "services": services,
    })
}
