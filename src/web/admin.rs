//! The operator's listener: is it alive, is it ready, how does it stand. Everything but `/healthz` asks for the password where one is set.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use jiff::{SignedDuration, Timestamp};
use secrecy::SecretString;

use super::password::{self, Door};
use super::{dashboard, metrics};
use crate::domain::canary::Canary;
use crate::domain::delivery::DeliveryStatus;
use crate::flow::App;

pub(super) fn router(app: &Arc<App>, password: Option<SecretString>) -> Router {
    let guarded = Router::new()
        .route("/", get(dashboard::page))
        .route("/dashboard.css", get(dashboard::style))
        .route("/metrics", get(metrics::metrics))
        .route("/readyz", get(readyz))
        .with_state(Arc::clone(app))
        .merge(dashboard::people(app, password.is_some()));
    let guarded = match password {
        Some(password) => guarded.layer(axum::middleware::from_fn_with_state(
            Arc::new(Door::new(app, password)),
            password::ask,
        )),
        None => guarded,
    };
    Router::new().route("/healthz", get(healthz)).merge(guarded)
}

/// `GET /healthz`: the process answers.
pub(super) async fn healthz() -> &'static str {
    "ok"
}

/// `GET /readyz`: the database is writable, the last tick is less than three minutes old; and the oldest unsent row.
async fn readyz(State(app): State<Arc<App>>) -> Response {
    let now = app.clock.now();
    let mut lines = Vec::new();
    let mut ready = true;
    match app.store.writable().await {
        Ok(()) => lines.push("database: writable".to_owned()),
        Err(error) => {
            ready = false;
            lines.push(format!("database: {error}"));
        }
    }
    match app.last_tick().await {
        Ok(Some(at)) => {
            let age = now.duration_since(at);
            ready &= age < SignedDuration::from_mins(3);
            lines.push(format!("last tick: {} s ago", age.as_secs()));
        }
        Ok(None) => {
            ready = false;
            lines.push("last tick: none yet".to_owned());
        }
        Err(error) => {
            ready = false;
            lines.push(format!("last tick: {error}"));
        }
    }
    match app.store.oldest_unsent().await {
        Ok(None) => lines.push("oldest unsent: none".to_owned()),
        Ok(Some(due_at)) => lines.push(format!(
            "oldest unsent: due {} s ago",
            now.duration_since(due_at).as_secs()
        )),
        Err(error) => lines.push(format!("oldest unsent: {error}")),
    }
    lines.push(format!("segments today: {}", app.spending(now)));
    match app.canary().await {
        Ok(Some(canary)) => lines.push(format!("canary: {}", seen(canary, now))),
        Ok(None) => {}
        Err(error) => lines.push(format!("canary: {error}")),
    }
    if let Ok(outlook) = app.outlook().await {
        lines.push(format!("sending: {outlook}"));
    }
    let status = if ready {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    (status, lines.join("\n") + "\n").into_response()
}

fn seen(canary: Canary, now: Timestamp) -> String {
    let ago = |at: Timestamp| now.duration_since(at).as_secs();
    match canary {
        Canary::Absent => "has no text that comes every day".to_owned(),
        Canary::Waiting { due_at } => format!("waits, due in {} s", -ago(due_at)),
        Canary::Delivered { at } => format!("delivered {} s ago", ago(at)),
        Canary::Missed { due_at, status } => format!(
            "MISSED, due {} s ago, {}",
            ago(due_at),
            status.map_or("not made", DeliveryStatus::name)
        ),
    }
}
