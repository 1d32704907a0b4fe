//! Load on a listener: requests made beforehand, over connections that stay open, each answer waited for and timed.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// What a load took.
pub(crate) struct Load {
    /// From each request to the end of its answer.
    pub(crate) took: Vec<Duration>,
    /// The whole of it.
    pub(crate) seconds: f64,
}

impl Load {
    pub(crate) fn a_second(&self) -> f64 {
        self.took.len() as f64 / self.seconds
    }
}

/// Each connection sends its next request when the one before is answered.
pub(crate) async fn closed(
    address: SocketAddr,
    connections: usize,
    requests: Arc<Vec<Vec<u8>>>,
) -> Load {
    let lanes = (0..connections).map(|lane| {
        let requests = Arc::clone(&requests);
        tokio::spawn(async move {
            let mut line = Line::open(address).await;
            let mut took = Vec::with_capacity(requests.len() / connections + 1);
            for request in requests.iter().skip(lane).step_by(connections) {
                let began = Instant::now();
                line.ask(request).await;
                took.push(began.elapsed());
            }
            took
        })
    });
    gathered(lanes.collect()).await
}

/// Requests at an even pace, however long the answers take; each time is from when one was due, not from when it was sent.
pub(crate) async fn paced(
    address: SocketAddr,
    connections: usize,
    a_second: u32,
    requests: Arc<Vec<Vec<u8>>>,
) -> Load {
    let start = Instant::now() + Duration::from_millis(100);
    let lanes = (0..connections).map(|lane| {
        let requests = Arc::clone(&requests);
        tokio::spawn(async move {
            let mut line = Line::open(address).await;
            let mut took = Vec::new();
            for n in (lane..requests.len()).step_by(connections) {
                let due = start + Duration::from_secs(1) * u32::try_from(n).unwrap() / a_second;
                tokio::time::sleep_until(due.into()).await;
                line.ask(&requests[n]).await;
                took.push(due.elapsed());
            }
            took
        })
    });
    gathered(lanes.collect()).await
}

async fn gathered(lanes: Vec<tokio::task::JoinHandle<Vec<Duration>>>) -> Load {
    let began = Instant::now();
    let mut took = Vec::new();
    for lane in lanes {
        took.extend(lane.await.unwrap());
    }
    let seconds = began.elapsed().as_secs_f64();
    Load { took, seconds }
}

/// A connection that stays open.
struct Line {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Line {
    async fn open(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).await.unwrap();
        stream.set_nodelay(true).unwrap();
        let buffer = vec![0; 8192];
        Self { stream, buffer }
    }

    async fn ask(&mut self, request: &[u8]) {
        self.stream.write_all(request).await.unwrap();
        let mut got = 0;
        loop {
            let more = self.stream.read(&mut self.buffer[got..]).await.unwrap();
            assert!(more > 0, "the listener hung up");
            got += more;
            if length(&self.buffer[..got]).is_some_and(|length| got >= length) {
                break;
            }
        }
        let answer = &self.buffer[..got];
        let well = answer.starts_with(b"HTTP/1.1 20") && !answer.ends_with(b"<Response/>");
        assert!(well, "not answered");
    }
}

/// How long an answer is, once its headers are there.
fn length(answer: &[u8]) -> Option<usize> {
    const NAME: &[u8] = b"content-length: ";
    let head = answer.windows(4).position(|four| four == b"\r\n\r\n")? + 4;
    let named = |at: &usize| answer[..head][*at..].starts_with(NAME);
    let Some(at) = (0..head).find(named) else {
        return Some(head);
    };
    let digits = answer[at + NAME.len()..head].iter();
    let body = digits
        .take_while(|digit| digit.is_ascii_digit())
        .fold(0, |sum, digit| sum * 10 + usize::from(digit - b'0'));
    Some(head + body)
}
