//! A name for each request: every line of the log that is written while it is answered carries it, and so does the answer,
//! which Twilio's debugger shows.

use std::any::Any;

use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tracing::Instrument;

/// Answers within a span of its own.
pub(super) async fn request(request: Request, next: Next) -> Response {
    let id = format!("{:08x}", rand::random::<u32>());
    // Of the highest level: it is there whatever the log's filter is.
    let span = tracing::error_span!("request", %id);
    let mut response = next.run(request).instrument(span).await;
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(NAME, id);
    }
    response
}

/// A handler panicked. The panic hook told where; its message may quote what somebody texted and goes nowhere.
pub(super) fn panicked(panic: Box<dyn Any + Send>) -> Response {
    drop(panic);
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}

const NAME: HeaderName = HeaderName::from_static("x-request-id");
