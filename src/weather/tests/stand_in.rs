//! A scripted HTTP service on loopback: answers, breaks off, hangs, and remembers what it was asked.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::net::{Http, Settings};

/// What the service does with one request.
#[derive(Clone)]
pub(crate) enum Reply {
    /// A whole answer: status, further header lines, body.
    Whole(u16, String, Vec<u8>),
    /// Announces the body and breaks off in its middle.
    Truncated(Vec<u8>),
    /// Takes the request and says nothing.
    Hang,
    /// Takes the request and closes.
    Close,
}

impl Reply {
    pub(crate) fn json(status: u16, body: impl Into<String>) -> Self {
        Self::Whole(
            status,
            "Content-Type: application/json\r\n".into(),
            body.into().into_bytes(),
        )
    }
}

/// The service; it ends with its test.
pub(crate) struct StandIn {
    pub(crate) url: String,
    heads: Arc<Mutex<Vec<String>>>,
}

impl StandIn {
    /// Answers each request by what `script` makes of its head (request line and headers).
    pub(crate) async fn start(script: impl Fn(&str) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let heads = Arc::new(Mutex::new(Vec::new()));
        let (script, kept) = (Arc::new(script), Arc::clone(&heads));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (script, kept) = (Arc::clone(&script), Arc::clone(&kept));
                tokio::spawn(async move { serve(stream, &*script, &kept).await });
            }
        });
        Self { url, heads }
    }

    /// The heads of all requests so far.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.heads.lock().unwrap().clone()
    }
}

async fn serve(
    mut stream: TcpStream,
    script: &(dyn Fn(&str) -> Reply + Sync),
    heads: &Mutex<Vec<String>>,
) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read_u8().await {
            Ok(byte) => head.push(byte),
            Err(_) => return,
        }
    }
    let head = String::from_utf8(head).unwrap();
    let reply = script(&head);
    heads.lock().unwrap().push(head);
    let line = |status: u16, more: &str, length: usize| {
        format!(
            "HTTP/1.1 {status} X\r\nConnection: close\r\nContent-Length: {length}\r\n{more}\r\n"
        )
        .into_bytes()
    };
    let bytes = match reply {
        Reply::Whole(status, more, body) => [line(status, &more, body.len()), body].concat(),
        Reply::Truncated(body) => {
            let half = body[..body.len() / 2].to_vec();
            [line(200, "", body.len()), half].concat()
        }
        Reply::Hang => {
            // Until the other side gives up.
            let _ = stream.read_u8().await;
            return;
        }
        Reply::Close => return,
    };
    let _ = stream.write_all(&bytes).await;
    let _ = stream.shutdown().await;
}

pub(crate) fn http() -> Http {
    Http::new(&Settings {
        user_agent: "test".into(),
        connect_timeout_ms: 2000,
        max_idle_per_host: 2,
    })
    .unwrap()
}
