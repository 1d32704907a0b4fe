//! Beside the Python way, in turns: a webhook with Flask, gunicorn and twilio-python, and messages sent with twilio-python.
//! `cargo bench --bench peers [-- ROUNDS]`. Needs python3 with venv, and PyPI once. Prints figures, asserts nothing.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a program that prints figures and ends where it cannot go on"
)]

#[expect(dead_code, reason = "shared with other benches")]
mod daemon;

use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use self::daemon::load::closed;
use self::daemon::people::{Ledger, import, make_due};
use self::daemon::stand_in::StandIn;
use self::daemon::{Daemon, PUBLIC_URL, World, median, webhook};
use weatherline::sim::Sim;

const AT_ONCE: usize = 64;
/// Texts of a round, to the peer and to us; and messages.
const TEXTS: (u32, u32) = (2_000, 20_000);
const MESSAGES: (u32, u32) = (2_000, 20_000);
const THREADS: u32 = 16;

#[tokio::main]
async fn main() {
    let rounds = daemon::number().unwrap_or(3);
    let python = python();
    let sim = Sim::start(daemon::options()).await.unwrap();
    inbound(&python, &sim, rounds).await;
    for round_trip in [Duration::ZERO, Duration::from_millis(80)] {
        outgoing(&python, &sim, round_trip, rounds).await;
    }
}

/// Python with the peers in it, made once.
fn python() -> PathBuf {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("peers");
    let python = root.join("bin/python");
    if !root.join("done").exists() {
        let wants = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/benches/peers/requirements.txt"
        );
        run(Command::new("python3").args(["-m", "venv"]).arg(&root));
        run(Command::new(&python).args(["-m", "pip", "install", "--quiet", "-r", wants]));
        std::fs::write(root.join("done"), "").unwrap();
    }
    python
}

fn run(command: &mut Command) {
    assert!(command.status().unwrap().success(), "{command:?}");
}

async fn inbound(python: &Path, sim: &Sim, rounds: u32) {
    let directory = tempfile::tempdir().unwrap();
    let url = sim.url();
    let world = World {
        carrier: &url,
        weather: &url,
        max_in_flight: 16,
    };
    let mut daemon = Daemon::start(directory.path(), &world);
    let flask = Flask::start(python, directory.path()).await;
    sim.connect(PUBLIC_URL, &format!("http://{}", daemon.public));
    sim.text("+33639980000", "lyon").await;
    let mut ratios = Vec::new();
    for round in 0..=rounds {
        let texts = |count: u32| {
            let numbers = round * TEXTS.1..round * TEXTS.1 + count;
            let texts =
                numbers.map(|n| webhook(sim, n, &format!("+3363998{:04}", n % 2000), "lyon"));
            Arc::new(texts.collect::<Vec<_>>())
        };
        let theirs = one_by_one(flask.address, texts(TEXTS.0)).await;
        let ours = closed(daemon.public, AT_ONCE, texts(TEXTS.1))
            .await
            .a_second();
        println!(
            "{} Flask, gunicorn, twilio-python, sqlite3: {theirs:.0}/s; weatherline: {ours:.0}/s, {:.1} times as many",
            if round == 0 { "warming," } else { "round," },
            ours / theirs
        );
        if round > 0 {
            ratios.push(ours / theirs);
        }
    }
    println!(
        "texts at {AT_ONCE} at once: {:.1} times the Python way",
        median(&mut ratios)
    );
    daemon.end();
}

/// A connection for each request, as gunicorn's workers close it after one; texts a second.
async fn one_by_one(address: SocketAddr, texts: Arc<Vec<Vec<u8>>>) -> f64 {
    let began = Instant::now();
    let lanes: Vec<_> = (0..AT_ONCE)
        .map(|lane| {
            let texts = Arc::clone(&texts);
            tokio::spawn(async move {
                for text in texts.iter().skip(lane).step_by(AT_ONCE) {
                    let mut stream = TcpStream::connect(address).await.unwrap();
                    stream.write_all(text).await.unwrap();
                    let mut answer = Vec::new();
                    stream.read_to_end(&mut answer).await.unwrap();
                    assert!(answer.starts_with(b"HTTP/1.1 200"), "not answered");
                }
            })
        })
        .collect();
    for lane in lanes {
        lane.await.unwrap();
    }
    texts.len() as f64 / began.elapsed().as_secs_f64()
}

async fn outgoing(python: &Path, sim: &Sim, round_trip: Duration, rounds: u32) {
    let stand_in = StandIn::start(round_trip).await;
    let (carrier, weather) = (stand_in.url(), sim.url());
    let world = World {
        carrier: &carrier,
        weather: &weather,
        max_in_flight: 64,
    };
    let directory = tempfile::tempdir().unwrap();
    import(directory.path(), MESSAGES.1, 200, &world);
    let mut ratios = Vec::new();
    for round in 0..=rounds {
        let theirs = tokio::task::block_in_place(|| send(python, &carrier));
        make_due(directory.path(), 1, round);
        let ours = morning(directory.path(), &world).await;
        println!(
            "{} twilio-python, {THREADS} threads: {theirs:.0}/s; weatherline, 64 in flight: {ours:.0}/s, {:.1} times as many",
            if round == 0 { "warming," } else { "round," },
            ours / theirs
        );
        if round > 0 {
            ratios.push(ours / theirs);
        }
    }
    println!(
        "messages to a carrier that answers after {} ms: {:.1} times the Python way",
        round_trip.as_millis(),
        median(&mut ratios)
    );
}

fn send(python: &Path, carrier: &str) -> f64 {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/peers/send.py");
    let sent = Command::new(python)
        .args([
            script,
            carrier,
            &MESSAGES.0.to_string(),
            &THREADS.to_string(),
        ])
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&sent.stdout).into_owned();
    told.trim()
        .parse()
        .unwrap_or_else(|_| panic!("it did not send: {}", String::from_utf8_lossy(&sent.stderr)))
}

/// Everybody who is due, until the ledger says that the carrier has all; a second.
async fn morning(directory: &Path, world: &World<'_>) -> f64 {
    let ledger = Ledger::open(directory);
    let before = ledger.accepted();
    let mut daemon = tokio::task::block_in_place(|| Daemon::start(directory, world));
    let began = Instant::now();
    while ledger.accepted() - before < u64::from(MESSAGES.1) {
        assert!(
            began.elapsed() < Duration::from_secs(300),
            "it takes too long"
        );
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let seconds = began.elapsed().as_secs_f64();
    daemon.end();
    f64::from(MESSAGES.1) / seconds
}

/// The peer's webhook, with two workers.
struct Flask {
    child: Child,
    address: SocketAddr,
}

impl Flask {
    async fn start(python: &Path, directory: &Path) -> Self {
        // Free a moment ago: gunicorn does not tell which one it took.
        let address = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap();
        let account = weatherline::sim::Options::new(Arc::new(|| 0));
        let child = Command::new(python)
            .args([
                "-m",
                "gunicorn",
                "--workers",
                "2",
                "--bind",
                &address.to_string(),
                "webhook:app",
            ])
            .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/benches/peers"))
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .env("TWILIO_AUTH_TOKEN", account.auth_token)
            .env("PUBLIC_URL", PUBLIC_URL)
            .env("DATABASE", directory.join("texts.db"))
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let began = Instant::now();
        while TcpStream::connect(address).await.is_err() {
            assert!(
                began.elapsed() < Duration::from_secs(20),
                "gunicorn did not start"
            );
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Self { child, address }
    }
}

impl Drop for Flask {
    fn drop(&mut self) {
        // It ends its workers, which a kill would leave.
        let _ = Command::new("kill")
            .args(["-TERM", &self.child.id().to_string()])
            .status();
        let _ = self.child.wait();
    }
}
