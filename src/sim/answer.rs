//! What a pretend service does with a request: a proper answer, a wrong one, or a line that breaks.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use hyper::body::{Body as HttpBody, Frame};
use serde_json::Value;

/// The end of a request.
#[derive(Debug, Clone)]
pub(crate) enum Answer {
    Json(u16, Value),
    Text(u16, &'static str, String),
    Empty(u16),
    /// The first half of a body whose length promised the whole, then the line drops.
    Cut(u16, String),
    Broken(Break),
}

/// A line that breaks instead of answering; read by the accept loop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Break {
    Reset,
    Hang,
}

impl Answer {
    /// How the ledger names this end.
    pub(crate) fn outcome(&self) -> Outcome {
        match self {
            Answer::Json(status, _) | Answer::Text(status, ..) | Answer::Empty(status) => {
                Outcome::Answered(*status)
            }
            Answer::Cut(..) => Outcome::Cut,
            Answer::Broken(Break::Reset) => Outcome::Reset,
            Answer::Broken(Break::Hang) => Outcome::Hung,
        }
    }

    /// The body as somebody reading along would want it.
    pub(crate) fn shown(&self) -> String {
        match self {
            Answer::Json(_, value) => serde_json::to_string_pretty(value).unwrap_or_default(),
            Answer::Text(_, _, text) => text.clone(),
            Answer::Empty(_) => String::new(),
            Answer::Cut(..) => "(the line dropped in mid-answer)".into(),
            Answer::Broken(Break::Reset) => "(connection reset)".into(),
            Answer::Broken(Break::Hang) => "(no answer)".into(),
        }
    }
}

/// How a request that reached a pretend service ended, seen from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Answered with this HTTP status.
    Answered(u16),
    /// Cut in the middle of the body.
    Cut,
    /// The connection was reset before a byte of the answer.
    Reset,
    /// Never answered.
    Hung,
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        match self {
            Answer::Json(status, value) => text(status, "application/json", value.to_string()),
            Answer::Text(status, kind, body) => text(status, kind, body),
            Answer::Empty(status) => code(status).into_response(),
            Answer::Cut(status, body) => cut(status, body),
            Answer::Broken(how) => {
                let mut response = StatusCode::SERVICE_UNAVAILABLE.into_response();
                response.extensions_mut().insert(how);
                response
            }
        }
    }
}

/// Sets a header whose value came from our own code.
pub(crate) fn with_header(mut response: Response, name: &'static str, value: &str) -> Response {
    if let Ok(value) = HeaderValue::from_str(value) {
        response
            .headers_mut()
            .insert(HeaderName::from_static(name), value);
    }
    response
}

/// Half of `body` with its last `}` gone: JSON that is none.
pub(crate) fn half(body: &str) -> String {
    body.chars().take(body.chars().count() / 2).collect()
}

fn text(status: u16, kind: &'static str, body: String) -> Response {
    (code(status), [(header::CONTENT_TYPE, kind)], body).into_response()
}

fn code(status: u16) -> StatusCode {
    StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

fn cut(status: u16, body: String) -> Response {
    let length = body.len().to_string();
    let first = Bytes::from(half(&body));
    let response = (
        code(status),
        [
            (header::CONTENT_TYPE, "application/json"),
            (header::CONTENT_LENGTH, length.as_str()),
        ],
        Body::new(Torn(Some(first))),
    );
    response.into_response()
}

/// A body that gives its first piece and then fails, so that the server drops the line.
struct Torn(Option<Bytes>);

impl HttpBody for Torn {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, std::io::Error>>> {
        Poll::Ready(Some(match self.0.take() {
            Some(first) => Ok(Frame::data(first)),
            None => Err(std::io::ErrorKind::ConnectionReset.into()),
        }))
    }
}

/// The error of a service that always comes to an end.
pub(crate) type Never = Infallible;
