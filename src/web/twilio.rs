//! Twilio's webhooks: bound → verify → parse → the trip → TwiML. The signature is checked in front of every route, before
//! anything is read into the database.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{Path, Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::carrier::{
    Form, MissingField, NoText, SignedRequest, inbound_text, message_reply, parse_form,
    status_report,
};
use crate::domain::command::{is_opt_out, language_of};
use crate::domain::compose::texts;
use crate::domain::delivery::{DeliveryId, StatusReport};
use crate::domain::language::Language;
use crate::flow::App;

/// Reads the body before everything else, so that nothing of more than 64 KiB gets any further.
pub(super) async fn bound(request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    match axum::body::to_bytes(body, MOST_BYTES).await {
        Ok(bytes) => {
            next.run(Request::from_parts(parts, Body::from(bytes)))
                .await
        }
        Err(_) => StatusCode::PAYLOAD_TOO_LARGE.into_response(),
    }
}

/// Lets through what Twilio signed, and answers 403 to the rest. It stands in front of every route under `/twilio/`.
pub(super) async fn genuine(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    // It is in memory already, and small.
    let Ok(body) = axum::body::to_bytes(body, MOST_BYTES).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let header = |name: &str| header(&parts.headers, name);
    let genuine = app.carrier.verify(&SignedRequest {
        method: parts.method.as_str(),
        path_and_query: parts.uri.path_and_query().map_or("/", |pq| pq.as_str()),
        content_type: header(CONTENT_TYPE.as_str()),
        signature: header("x-twilio-signature"),
        body: &body,
    });
    if !genuine {
        tracing::warn!(
            "a webhook without a right signature was refused; if texts stay unanswered, server.public_url or the auth token is not Twilio's"
        );
        app.tally.webhook_refused();
        return StatusCode::FORBIDDEN.into_response();
    }
    next.run(Request::from_parts(parts, Body::from(body))).await
}

/// `POST /twilio/text`: an inbound message.
pub(super) async fn text(State(app): State<Arc<App>>, body: Bytes) -> Response {
    let inbound = match inbound_text(&parse_form(&body), app.carrier.own_number()) {
        Ok(inbound) => inbound,
        Err(NoText::Silent(why)) => {
            tracing::info!(why = why.name(), "a text that is not answered");
            app.tally.text(why.name());
            app.tally.received(1);
            return answer(None);
        }
        Err(NoText::Missing(_)) => return StatusCode::BAD_REQUEST.into_response(),
    };
    let (words, country) = (inbound.body.clone(), inbound.sender.country());
    match app.answer_text(inbound).await {
        Ok(reply) => answer(reply.as_deref()),
        Err(error) => {
            tracing::error!(%error, "an inbound text could not be written down");
            app.tally.text("trouble");
            // A stop that is not written down must not look like one: let Twilio report the failure.
            if is_opt_out(&words) {
                StatusCode::SERVICE_UNAVAILABLE.into_response()
            } else {
                let language = language_of(&words).unwrap_or_else(|| Language::of_country(country));
                answer(Some(&texts::trouble(language)))
            }
        }
    }
}

/// `POST /twilio/status/{delivery_id}`: a status callback.
pub(super) async fn status(
    State(app): State<Arc<App>>,
    Path(delivery): Path<String>,
    body: Bytes,
) -> Response {
    reported(&app, &delivery, &body, status_report).await
}

/// How far a delivery got, as `read` finds it in the form. What is about no delivery of ours is taken and forgotten.
pub(super) async fn reported(
    app: &App,
    delivery: &str,
    body: &[u8],
    read: fn(&Form, DeliveryId) -> Result<Option<StatusReport>, MissingField>,
) -> Response {
    let Ok(delivery) = delivery.parse().map(DeliveryId) else {
        return StatusCode::NO_CONTENT.into_response();
    };
    let report = match read(&parse_form(body), delivery) {
        Ok(Some(report)) => report,
        Ok(None) => return StatusCode::NO_CONTENT.into_response(),
        Err(_) => return StatusCode::BAD_REQUEST.into_response(),
    };
    match app.report(report).await {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => {
            tracing::error!(%delivery, %error, "a status callback could not be written down");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

fn answer(reply: Option<&str>) -> Response {
    (
        [(CONTENT_TYPE, "text/xml; charset=utf-8")],
        message_reply(reply),
    )
        .into_response()
}

/// Twilio's own limit for what it reads (error 11750); its requests are far below.
const MOST_BYTES: usize = 64 * 1024;
