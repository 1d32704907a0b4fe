//! The operator's password: asked for by everything but `/healthz`, and few wrong ones a minute.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use base64::Engine;
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

use crate::flow::App;

/// Who keeps the door.
pub(super) struct Door {
    app: Arc<App>,
    password: SecretString,
    wrong: Mutex<Wrong>,
}

impl Door {
    pub(super) fn new(app: &Arc<App>, password: SecretString) -> Self {
        Self {
            app: Arc::clone(app),
            password,
            wrong: Mutex::default(),
        }
    }
}

/// Lets a request through with the right password; without one it asks for it.
pub(super) async fn ask(State(door): State<Arc<Door>>, request: Request, next: Next) -> Response {
    let Some(given) = given(request.headers()) else {
        return challenge();
    };
    let now_ms = door.app.clock.monotonic_ms();
    let right = {
        let mut wrong = door.wrong.lock().unwrap_or_else(PoisonError::into_inner);
        // Also a right one is not looked at then: else guessing would go on at any speed.
        if wrong.too_many(now_ms) {
            return (StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, "60")]).into_response();
        }
        let right = is_right(&given, &door.password);
        if !right {
            wrong.at_ms.push_back(now_ms);
        }
        right
    };
    if right {
        return next.run(request).await;
    }
    door.app.tally.password_refused();
    tracing::warn!("a wrong password at the admin listener");
    challenge()
}

fn challenge() -> Response {
    (
        StatusCode::UNAUTHORIZED,
        [(
            header::WWW_AUTHENTICATE,
            "Basic realm=\"weatherline\", charset=\"UTF-8\"",
        )],
    )
        .into_response()
}

fn given(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, encoded) = value.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let bytes = base64::engine::general_purpose::STANDARD
        .decode(encoded.trim())
        .ok()?;
    let pair = String::from_utf8(bytes).ok()?;
    pair.split_once(':').map(|(_, given)| given.to_owned())
}

fn is_right(given: &str, password: &SecretString) -> bool {
    // Digests compare in the same time whatever the password's length or first wrong letter.
    Sha256::digest(given.as_bytes()) == Sha256::digest(password.expose_secret().as_bytes())
}

/// When the last wrong ones came.
#[derive(Default)]
struct Wrong {
    at_ms: VecDeque<i64>,
}

impl Wrong {
    fn too_many(&mut self, now_ms: i64) -> bool {
        while self
            .at_ms
            .front()
            .is_some_and(|at| now_ms - at >= MINUTE_MS)
        {
            self.at_ms.pop_front();
        }
        self.at_ms.len() >= MOST
    }
}

const MINUTE_MS: i64 = 60_000;
const MOST: usize = 10;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_wrong_ones_a_minute_are_enough() {
        let mut wrong = Wrong::default();
        for at in 0..10 {
            assert!(!wrong.too_many(at));
            wrong.at_ms.push_back(at);
        }
        assert!(wrong.too_many(59_999));
        assert!(!wrong.too_many(60_000));
        assert!(!wrong.too_many(200_000));
        assert!(wrong.at_ms.is_empty());
    }
}
