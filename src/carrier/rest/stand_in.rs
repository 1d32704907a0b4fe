//! For tests: a socket that answers by script and keeps what it was asked.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use crate::carrier::{Carrier, From, Settings};
use crate::net::{self, Http};

/// What happens to one connection.
#[derive(Clone)]
pub(crate) enum Step {
    /// Answers with this status and body.
    Answer(u16, String),
    /// Answers with this status, further header lines and body.
    AnswerWith(u16, &'static str, String),
    /// Like `Answer`, with the stand-in's own address for every `URL` in the body.
    SelfLinked(u16, String),
    /// Promises more bytes than it sends.
    Truncated(u16, &'static str),
    /// Closes after having read the request.
    Drop,
    /// Never answers.
    Hang,
}

impl Step {
    pub(crate) fn json(status: u16, body: &str) -> Self {
        Self::Answer(status, body.to_owned())
    }
}

/// One request as it came.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) line: String,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Asked {
    /// The form's fields, in order.
    pub(crate) fn form(&self) -> Vec<(String, String)> {
        form_urlencoded::parse(self.body.as_bytes())
            .into_owned()
            .collect()
    }
}

pub(crate) struct StandIn {
    pub(crate) url: String,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl StandIn {
    /// Takes one connection a step, in order, and none after the last.
    pub(crate) async fn start(steps: Vec<Step>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&asked);
        let own = url.clone();
        tokio::spawn(async move {
            let mut hanging = Vec::new();
            for step in steps {
                let (mut socket, _) = listener.accept().await.unwrap();
                let request = read(&mut socket).await;
                log.lock().unwrap().push(request);
                if let Some(socket) = play(step, socket, &own).await {
                    hanging.push(socket);
                }
            }
            drop(listener);
            std::future::pending::<()>().await;
        });
        Self { url, asked }
    }

    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }

    /// A carrier that asks this stand-in, and gives up after 300 ms.
    pub(crate) fn carrier(&self) -> Carrier {
        carrier(settings(&self.url))
    }
}

pub(crate) fn settings(url: &str) -> Settings {
    Settings {
        account_sid: "AC0123456789abcdef0123456789abcdef".into(),
        auth_token: "token".into(),
        api_key: None,
        from: From::Number("+15005550006".into()),
        api_url: url.into(),
        public_url: "https://w.example.org/line/".into(),
        request_timeout_ms: 300,
        max_in_flight: 4,
    }
}

pub(crate) fn carrier(settings: Settings) -> Carrier {
    let http = Http::new(&net::Settings {
        user_agent: "weatherline-test".into(),
        connect_timeout_ms: 300,
        max_idle_per_host: 1,
    });
    Carrier::with_pause(settings, http.unwrap(), 1)
}

async fn play(step: Step, mut socket: TcpStream, own: &str) -> Option<TcpStream> {
    let (status, headers, body, missing) = match step {
        Step::Answer(status, body) => (status, "", body, 0),
        Step::AnswerWith(status, headers, body) => (status, headers, body, 0),
        Step::SelfLinked(status, body) => (status, "", body.replace("URL", own), 0),
        Step::Truncated(status, body) => (status, "", body.to_owned(), 50),
        Step::Drop => return None,
        Step::Hang => return Some(socket),
    };
    let head = format!(
        "HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n{headers}\r\n",
        body.len() + missing
    );
    socket.write_all(head.as_bytes()).await.unwrap();
    socket.write_all(body.as_bytes()).await.unwrap();
    None
}

async fn read(socket: &mut TcpStream) -> Asked {
    let mut bytes = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| {
                let (name, value) = line.split_once(':')?;
                name.eq_ignore_ascii_case("content-length")
                    .then(|| value.trim().parse::<usize>().unwrap())
            });
            if body.len() >= length.unwrap_or(0) {
                return Asked {
                    line: head.lines().next().unwrap().to_owned(),
                    head: head.to_owned(),
                    body: body.to_owned(),
                };
            }
        }
        let mut chunk = [0; 4096];
        let read = socket.read(&mut chunk).await.unwrap();
        assert!(read > 0, "the client left in the middle of a request");
        bytes.extend_from_slice(&chunk[..read]);
    }
}
