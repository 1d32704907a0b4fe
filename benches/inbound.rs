//! Start to ready, and how fast texts are answered from the cache at 200 a second: the real program over real sockets.
//! `cargo bench --bench inbound`. Prints figures, asserts nothing.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a program that prints figures and ends where it cannot go on"
)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use weatherline::sim::{Options, Sim};

const PUBLIC_URL: &str = "https://weather.example.org";
const A_SECOND: u32 = 200;
const SECONDS: u32 = 20;
/// Twilio keeps connections open.
const CONNECTIONS: usize = 16;

#[tokio::main]
async fn main() {
    let sim = Sim::start(Options::new(Arc::new(|| {
        jiff::Timestamp::now().as_millisecond()
    })))
    .await
    .unwrap();
    let directory = tempfile::tempdir().unwrap();
    let mut ready = Vec::new();
    for run in 0..5 {
        let (mut daemon, _, took) = start(directory.path(), &sim.url());
        // The first start makes the database.
        println!("start to ready, run {run}: {:.0} ms", ms(took));
        ready.push(took);
        end(&mut daemon);
    }
    println!("start to ready, median: {:.0} ms", ms(at(&mut ready, 0.5)));
    let (mut daemon, address, _) = start(directory.path(), &sim.url());
    let idle = memory_mb(&daemon);
    sim.connect(PUBLIC_URL, &format!("http://{address}"));
    let warm = sim.text("+33639980000", "lyon").await;
    println!(
        "the answer: {} characters",
        warm.replies.concat().chars().count()
    );
    let mut took = load(&sim, address).await;
    let count = took.len();
    println!(
        "answers from the cache at {A_SECOND}/s: {count} answered, p50 {:.1} ms, p99 {:.1} ms, longest {:.1} ms",
        ms(at(&mut took, 0.5)),
        ms(at(&mut took, 0.99)),
        ms(at(&mut took, 1.0)),
    );
    println!(
        "memory: {idle:.0} MB after the start, {:.0} MB after the load",
        memory_mb(&daemon)
    );
    end(&mut daemon);
}

/// Texts at an even pace, however long the answers take; each time is from when a text was due, not from when it was sent.
async fn load(sim: &Sim, address: SocketAddr) -> Vec<Duration> {
    let start = Instant::now() + Duration::from_millis(100);
    let total = A_SECOND * SECONDS;
    let senders: Vec<_> = (0..CONNECTIONS)
        .map(|lane| {
            let sim = sim.clone();
            tokio::spawn(async move {
                let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
                stream.set_nodelay(true).unwrap();
                let mut took = Vec::new();
                let mut buffer = vec![0; 8192];
                for n in (u32::try_from(lane).unwrap()..total).step_by(CONNECTIONS) {
                    let request = request(&sim, n);
                    let due = start + Duration::from_secs(1) * n / A_SECOND;
                    tokio::time::sleep_until(due.into()).await;
                    stream.write_all(&request).await.unwrap();
                    let mut got = 0;
                    while !buffer[..got].ends_with(b"</Response>") {
                        let more = stream.read(&mut buffer[got..]).await.unwrap();
                        assert!(more > 0, "the daemon hung up");
                        got += more;
                    }
                    assert!(buffer.starts_with(b"HTTP/1.1 200"), "not answered");
                    took.push(due.elapsed());
                }
                took
            })
        })
        .collect();
    let mut all = Vec::new();
    for sender in senders {
        all.extend(sender.await.unwrap());
    }
    all
}

/// A signed webhook of one of 2,000 phones.
fn request(sim: &Sim, n: u32) -> Vec<u8> {
    let fields: Vec<(String, String)> = [
        ("MessageSid", format!("SM{n:032x}")),
        ("From", format!("+3363998{:04}", n % 2000)),
        ("To", "+15005550006".to_owned()),
        ("Body", "lyon".to_owned()),
        ("NumMedia", "0".to_owned()),
        ("FromCountry", "FR".to_owned()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into();
    let signature = sim.sign(&format!("{PUBLIC_URL}/twilio/text"), &fields);
    let body = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(&fields)
        .finish();
    format!(
        "POST /twilio/text HTTP/1.1\r\nHost: weather.example.org\r\nX-Twilio-Signature: {signature}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

/// Starts the daemon; how long it took from the start of the process until `/healthz` said 200.
fn start(directory: &Path, world: &str) -> (Child, SocketAddr, Duration) {
    let config = format!(
        "server = {{ listen = \"127.0.0.1:0\", public_url = \"{PUBLIC_URL}\" }}\n\
         admin = {{ listen = \"127.0.0.1:0\" }}\n\
         twilio = {{ from = \"+15005550006\", api_url = \"{world}\" }}\n\
         limits = {{ replies_per_sender_per_hour = 1000, segments_per_day = 1000000 }}\n\
         weather = {{ contact = \"ops@example.org\", open_meteo_url = \"{world}\", met_norway_url = \"{world}\" }}\n"
    );
    std::fs::write(directory.join("config.toml"), config).unwrap();
    let options = Options::new(Arc::new(|| 0));
    let started = Instant::now();
    let mut daemon = Command::new(env!("CARGO_BIN_EXE_weatherline"))
        .arg("serve")
        .current_dir(directory)
        .env_clear()
        .env("TWILIO_ACCOUNT_SID", options.account_sid)
        .env("TWILIO_AUTH_TOKEN", options.auth_token)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut line = String::new();
    let mut out = BufReader::new(daemon.stdout.take().unwrap());
    out.read_line(&mut line).unwrap();
    let address = line
        .split_whitespace()
        .find_map(|word| word.parse().ok())
        .unwrap();
    let mut stream = TcpStream::connect(address).unwrap();
    stream
        .write_all(b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    (daemon, address, started.elapsed())
}

fn end(daemon: &mut Child) {
    let _ = Command::new("kill")
        .args(["-TERM", &daemon.id().to_string()])
        .status();
    daemon.wait().unwrap();
}

/// What it holds in memory, pages of the program itself included.
fn memory_mb(daemon: &Child) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", daemon.id()));
    let kib = status.ok().and_then(|text| {
        let line = text.lines().find(|line| line.starts_with("VmRSS:"))?;
        line.split_whitespace().nth(1)?.parse::<f64>().ok()
    });
    kib.unwrap_or(f64::NAN) / 1024.0
}

fn at(took: &mut [Duration], share: f64) -> Duration {
    took.sort_unstable();
    let last = took.len().saturating_sub(1);
    took[(last as f64 * share).round() as usize]
}

fn ms(took: Duration) -> f64 {
    took.as_secs_f64() * 1000.0
}
