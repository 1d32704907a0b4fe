//! News for the page as server-sent events.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use hyper::body::{Body as HttpBody, Frame};
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::mpsc;

use crate::sim::world::World;

/// `GET /page/events`: one JSON event a line, a comment now and then so that a lost page is noticed.
pub(crate) async fn stream(State(world): State<Arc<World>>) -> Response {
    let mut news = world.wire.watch();
    let (sender, receiver) = mpsc::channel::<Bytes>(64);
    tokio::spawn(async move {
        loop {
            let line = match tokio::time::timeout(Duration::from_secs(15), news.recv()).await {
                Err(_) => ": still here\n\n".to_owned(),
                Ok(Ok(event)) => format!("data: {event}\n\n"),
                // Too slow: the page asks for the whole state again.
                Ok(Err(RecvError::Lagged(_))) => "data: {\"event\":\"reload\"}\n\n".to_owned(),
                Ok(Err(RecvError::Closed)) => return,
            };
            if sender.send(line.into()).await.is_err() {
                return;
            }
        }
    });
    (
        [
            (header::CONTENT_TYPE, "text/event-stream"),
            (header::CACHE_CONTROL, "no-store"),
        ],
        Body::new(Lines(receiver)),
    )
        .into_response()
}

/// A body that goes on as long as there is news.
struct Lines(mpsc::Receiver<Bytes>);

impl HttpBody for Lines {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        self.0
            .poll_recv(context)
            .map(|line| line.map(|bytes| Ok(Frame::data(bytes))))
    }
}
