//! Twilio's webhooks of calls: bound → verify → parse → the trip → TwiML. The state of a call stands in the path.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};

use super::twilio::reported;
use crate::carrier::{
    InboundCall, call_report, inbound_call, parse_form, voice_apology, voice_rejection, voice_reply,
};
use crate::domain::call::{Accent, Prompt, Step};
use crate::domain::compose::spoken;
use crate::domain::delivery::DeliveryId;
use crate::domain::language::Language;
use crate::flow::App;

/// `POST /twilio/voice`: a call begins.
pub(super) async fn begin(State(app): State<Arc<App>>, body: Bytes) -> Response {
    let Ok(call) = inbound_call(&parse_form(&body)) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    match app.answer_ringing(&call).await {
        Ok(Some(prompt)) => said(&app, &prompt),
        Ok(None) => twiml(voice_rejection()),
        Err(error) => {
            tracing::error!(%error, "a step of a call could not be answered");
            twiml(apology(&Step::START, &call))
        }
    }
}

/// `POST /twilio/voice/{*step}`: a call goes on.
pub(super) async fn go_on(
    State(app): State<Arc<App>>,
    Path(path): Path<String>,
    body: Bytes,
) -> Response {
    if let Some(delivery) = path.strip_prefix("delivery/") {
        return answer_ours(&app, delivery, &body).await;
    }
    match Step::parse(&path) {
        Some(step) => answer(&app, &step, &body).await,
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// `POST /twilio/call-status/{delivery_id}`: the progress of a call of ours.
pub(super) async fn status(
    State(app): State<Arc<App>>,
    Path(delivery): Path<String>,
    body: Bytes,
) -> Response {
    reported(&app, &delivery, &body, call_report).await
}

/// A call of ours was answered. What is not known any more becomes a call like any other: nobody is rung for nothing.
async fn answer_ours(app: &App, delivery: &str, body: &[u8]) -> Response {
    let Ok(delivery) = delivery.parse().map(DeliveryId) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let Ok(call) = inbound_call(&parse_form(body)) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    match app.answer_our_call(&call, delivery).await {
        Ok(Some(prompt)) => said(app, &prompt),
        Ok(None) => answer(app, &Step::START, body).await,
        Err(error) => {
            tracing::error!(%delivery, %error, "a call of ours could not be read");
            twiml(apology(&Step::START, &call))
        }
    }
}

async fn answer(app: &App, step: &Step, body: &[u8]) -> Response {
    let Ok(call) = inbound_call(&parse_form(body)) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    match app.answer_call(&call, step).await {
        Ok(prompt) => said(app, &prompt),
        Err(error) => {
            tracing::error!(%error, "a step of a call could not be answered");
            twiml(apology(step, &call))
        }
    }
}

/// Our database failed, so that nothing is known of the caller but the number.
fn apology(step: &Step, call: &InboundCall) -> String {
    let by_country = || Language::of_country(call.country);
    let language = step.language.unwrap_or_else(by_country);
    let accent = Accent::of(language, call.country);
    voice_apology(spoken::failed(language), accent)
}

fn said(app: &App, prompt: &Prompt) -> Response {
    let action = |next: &Step| app.carrier.path(&format!("/twilio/voice/{}", next.path()));
    twiml(voice_reply(prompt, |question| action(&question.next)))
}

fn twiml(document: String) -> Response {
    ([(CONTENT_TYPE, "text/xml; charset=utf-8")], document).into_response()
}
