//! The operator's listener: is it alive, is it ready. Everything but `/healthz` asks for the password where one is set.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use base64::Engine;
use jiff::SignedDuration;
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

use crate::flow::App;

pub(super) fn router(app: &Arc<App>, password: Option<SecretString>) -> Router {
    let guarded = Router::new()
        .route("/readyz", get(readyz))
        .with_state(Arc::clone(app));
    let guarded = match password {
        Some(password) => guarded.layer(axum::middleware::from_fn_with_state(
            Arc::new(password),
            ask_password,
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
    let status = if ready {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    (status, lines.join("\n") + "\n").into_response()
}

async fn ask_password(
    State(password): State<Arc<SecretString>>,
    headers: HeaderMap,
    request: Request,
    next: Next,
) -> Response {
    if is_password(&headers, &password) {
        return next.run(request).await;
    }
    (
        StatusCode::UNAUTHORIZED,
        [(header::WWW_AUTHENTICATE, "Basic realm=\"weatherline\"")],
    )
        .into_response()
}

fn is_password(headers: &HeaderMap, password: &SecretString) -> bool {
    let given = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Basic "))
        .and_then(|encoded| {
            base64::engine::general_purpose::STANDARD
                .decode(encoded)
                .ok()
        })
        .and_then(|bytes| String::from_utf8(bytes).ok());
    let Some((_, given)) = given.as_deref().and_then(|pair| pair.split_once(':')) else {
        return false;
    };
    // Digests compare in the same time whatever the password's length or first wrong letter.
    Sha256::digest(given.as_bytes()) == Sha256::digest(password.expose_secret().as_bytes())
}
