//! The accept loop: HTTP/1 over loopback, with lines that can be reset or left hanging on purpose.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::{future, io};

use axum::Router;
use axum::body::Body;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

use super::answer::{Break, Never};

/// Takes connections until `stop` is cancelled.
pub(crate) async fn accept(listener: TcpListener, router: Router, stop: CancellationToken) {
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            taken = listener.accept() => match taken {
                Ok((stream, _)) => {
                    tokio::spawn(serve(stream, router.clone(), stop.clone()));
                }
                // Out of descriptors or a peer that is gone already: the next accept decides.
                Err(_) => tokio::task::yield_now().await,
            },
        }
    }
}

async fn serve(stream: TcpStream, router: Router, stop: CancellationToken) {
    // Small answers must not wait for the peer's delayed acknowledgement; failing to set it only costs time.
    let _ = stream.set_nodelay(true);
    let knife = Arc::new(Knife::default());
    let line = Line {
        stream,
        knife: knife.clone(),
    };
    let held = knife.clone();
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let router = router.clone();
        let knife = held.clone();
        async move {
            // A service finishes what it began: a client that hangs up first may well have sent its message.
            let work = tokio::spawn(router.oneshot(request.map(Body::new)));
            let response = match work.await {
                Ok(Ok(response)) => response,
                Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
            };
            match response.extensions().get::<Break>() {
                None => Ok::<_, Never>(response),
                Some(Break::Hang) => future::pending().await,
                Some(Break::Reset) => {
                    knife.cut();
                    future::pending().await
                }
            }
        }
    });
    tokio::select! {
        _ = http1::Builder::new().serve_connection(TokioIo::new(line), service) => {}
        () = knife.wait() => {}
        () = stop.cancelled() => {}
    }
}

/// Cuts one connection from inside its own request.
#[derive(Default)]
struct Knife {
    pulled: AtomicBool,
    bell: Notify,
}

impl Knife {
    fn cut(&self) {
        self.pulled.store(true, Ordering::SeqCst);
        self.bell.notify_one();
    }

    async fn wait(&self) {
        self.bell.notified().await;
    }
}

/// A socket that is closed with a reset instead of a farewell once its knife was pulled.
struct Line {
    stream: TcpStream,
    knife: Arc<Knife>,
}

impl Drop for Line {
    fn drop(&mut self) {
        if self.knife.pulled.load(Ordering::SeqCst) {
            // A linger of zero makes the kernel send RST; without it the peer would see an orderly end.
            let _ = self.stream.set_zero_linger();
        }
    }
}

impl AsyncRead for Line {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Line {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
