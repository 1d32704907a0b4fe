//! Twilio's webhooks: bound → verify → parse → the trip → TwiML. The signature is checked in front of every route, before
//! anything is read into the database.

use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{Path, Request, State};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, EXPECT};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use hyper::body::{Body as _, Frame};

use crate::carrier::{
    Form, MissingField, NoText, SignedRequest, inbound_text, message_reply, parse_form,
    status_report,
};
use crate::domain::command::{is_opt_out, language_of};
use crate::domain::compose::texts;
use crate::domain::delivery::{DeliveryId, StatusReport};
use crate::domain::language::Language;
use crate::flow::App;

/// Reads the body before everything else, so that nothing of more than 64 KiB gets any further: not even read, where it says so itself.
pub(super) async fn bound(request: Request, next: Next) -> Response {
    let (parts, mut body) = request.into_parts();
    let says_more = header(&parts.headers, CONTENT_LENGTH.as_str())
        .and_then(|length| length.parse::<u64>().ok())
        .is_some_and(|length| length > MOST_BYTES as u64);
    // Who asks first whether to send it hears that they need not.
    if says_more && parts.headers.contains_key(EXPECT) {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    }
    let whole = if says_more {
        Err(StatusCode::PAYLOAD_TOO_LARGE)
    } else {
        whole(&mut body).await
    };
    match whole {
        Ok(bytes) => {
            next.run(Request::from_parts(parts, Body::from(bytes)))
                .await
        }
        Err(status) => {
            // A sender that is cut off in the middle may never read why.
            tokio::spawn(tokio::time::timeout(LINGER, let_go(body)));
            status.into_response()
        }
    }
}

/// The body in one piece, or what to answer where it is too long or breaks off.
async fn whole(body: &mut Body) -> Result<Bytes, StatusCode> {
    let mut all: Option<Vec<u8>> = None;
    let mut first = Bytes::new();
    while let Some(piece) = frame(body).await {
        let piece = piece.map_err(|_| StatusCode::BAD_REQUEST)?;
        let Ok(piece) = piece.into_data() else {
            continue;
        };
        let before = all.as_ref().map_or(first.len(), Vec::len);
        if before + piece.len() > MOST_BYTES {
            return Err(StatusCode::PAYLOAD_TOO_LARGE);
        }
        if before == 0 {
            // Most come in one piece, which is not copied.
            first = piece;
        } else {
            all.get_or_insert_with(|| first.to_vec())
                .extend_from_slice(&piece);
        }
    }
    Ok(all.map_or(first, Bytes::from))
}

/// Reads what nobody wants, so that the answer is.
async fn let_go(mut body: Body) {
    while let Some(Ok(_)) = frame(&mut body).await {}
}

async fn frame(body: &mut Body) -> Option<Result<Frame<Bytes>, axum::Error>> {
    std::future::poll_fn(|context| Pin::new(&mut *body).poll_frame(context)).await
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
    // Digits only: a number with a plus is no id of ours, and no log shall have it.
    let ours = delivery.bytes().all(|b| b.is_ascii_digit());
    let Some(delivery) = delivery.parse().ok().filter(|_| ours).map(DeliveryId) else {
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
/// How long what is too much is still taken, and thrown away.
const LINGER: Duration = Duration::from_secs(5);
