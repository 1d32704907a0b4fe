//! Two days' work in eight minutes, 24 waves of mornings a day with their receipts, texts that come in all the while, scrapes of the metrics
//! and looks at the operator's page. `cargo bench --bench day [-- SUBSCRIBERS]`. Prints memory, file descriptors and the size of
//! the log. The first day fills the caches; it fails where anything grows in the second.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a program that prints figures and ends where it cannot go on"
)]

#[expect(dead_code, reason = "other benches use the rest of it")]
mod daemon;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use rusqlite::Connection;
use weatherline::sim::{CallbackTiming, Options, Sim};

use self::daemon::{World, command, configure, get};

/// As many as the day has hours: somewhere it is seven.
const WAVES: u32 = 24;
const DAYS: u32 = 2;
const WAVE: Duration = Duration::from_secs(10);
/// Texts that come in during one.
const TEXTS: u32 = 250;

#[tokio::main]
async fn main() {
    let rows = std::env::args()
        .filter_map(|word| word.parse().ok())
        .next()
        .unwrap_or(24_000);
    let options = Options {
        callbacks: CallbackTiming::Lifelike,
        ..daemon::options()
    };
    let sim = Arc::new(Sim::start(options).await.unwrap());
    let directory = tempfile::tempdir().unwrap();
    let url = sim.url();
    configure(
        directory.path(),
        &World {
            carrier: &url,
            weather: &url,
            max_in_flight: 16,
        },
    );
    import(directory.path(), rows);
    let log = directory.path().join("log");
    let mut running = Running::start(directory.path(), &log);
    sim.connect(daemon::PUBLIC_URL, &format!("http://{}", running.public));
    live(directory.path(), &sim, &running, &log).await;
    running.end();
    judge(directory.path(), rows, &sim);
}

/// Wave after wave; what each left behind.
async fn live(directory: &Path, sim: &Arc<Sim>, running: &Running, log: &Path) {
    println!("at the start: {}", running.uses());
    let mut warm = running.uses();
    let done = Arc::new(AtomicBool::new(false));
    let watching = watch(running.admin, Arc::clone(&done));
    for wave in 1..=DAYS * WAVES {
        let began = Instant::now();
        falls_due(directory, wave % WAVES);
        text(sim, wave).await;
        tokio::time::sleep(WAVE.saturating_sub(began.elapsed())).await;
        if wave.is_multiple_of(6) {
            let bytes = std::fs::metadata(log).unwrap().len();
            println!("hour {wave}: {}, log {bytes} bytes", running.uses());
        }
        if wave == WAVES {
            warm = running.uses();
        }
    }
    done.store(true, Ordering::SeqCst);
    watching.join().unwrap();
    tokio::time::sleep(Duration::from_secs(20)).await;
    let end = running.uses();
    let bytes = std::fs::metadata(log).unwrap().len();
    let a_day = bytes as f64 / f64::from(DAYS) / 1e6;
    println!("at the end: {end}; a day's log: {a_day:.2} MB");
    let flat = end.memory_mb <= warm.memory_mb * 1.1 + 2.0;
    assert!(flat, "memory grew from {warm} to {end}");
    assert!(
        end.files <= warm.files + 3,
        "files grew from {warm} to {end}"
    );
    assert!(a_day < 10.0, "the log of a day is larger than 10 MB");
}

/// Half of the phones in one place, the others spread, as people are.
fn import(directory: &Path, rows: u32) {
    let mut list = String::from("phone,place,time,consent\n");
    for n in 0..rows {
        let places = [
            "lyon", "berlin", "94110", "SW1A 1AA", "oslo", "lyon", "lyon", "lyon",
        ];
        let place = places[n as usize % places.len()];
        list.push_str(&format!("+336{n:08},{place},07:00,form\n"));
    }
    std::fs::write(directory.join("list.csv"), list).unwrap();
    let ended = command(directory)
        .args(["subscriber", "import", "list.csv"])
        .output()
        .unwrap();
    assert!(
        ended.status.success(),
        "{}",
        String::from_utf8_lossy(&ended.stderr)
    );
}

fn falls_due(directory: &Path, wave: u32) {
    let database = Connection::open(directory.join("weatherline.db")).unwrap();
    database.busy_timeout(Duration::from_secs(10)).unwrap();
    let due = "UPDATE subscriptions SET next_due_at = unixepoch() * 1000 WHERE id % ?1 = ?2";
    assert!(database.execute(due, [WAVES, wave]).unwrap() > 0);
}

/// Texts of known and unknown phones, evenly over the wave.
async fn text(sim: &Sim, wave: u32) {
    const WORDS: [&str; 6] = [
        "lyon",
        "oslo tomorrow",
        "ME",
        "weather",
        "SKIP",
        "springfield",
    ];
    let pause = WAVE.mul_f64(0.7) / TEXTS;
    for n in 0..TEXTS {
        let phone = format!("+336{:08}", 1_000 * (n % 40) + wave);
        sim.text(&phone, WORDS[(n % 6) as usize]).await;
        tokio::time::sleep(pause).await;
    }
}

/// Prometheus asks four times a minute, somebody looks at the page now and then.
fn watch(admin: SocketAddr, done: Arc<AtomicBool>) -> std::thread::JoinHandle<()> {
    std::thread::spawn(move || {
        while !done.load(Ordering::SeqCst) {
            // Before the first tick it is not ready.
            std::thread::sleep(Duration::from_secs(2));
            for path in ["/metrics", "/readyz", "/", "/texts", "/search?digits=0042"] {
                assert!(get(admin, path).0 < 400, "{path}");
            }
        }
    })
}

/// Each phone once, each record ended.
fn judge(directory: &Path, rows: u32, sim: &Sim) {
    let database = Connection::open(directory.join("weatherline.db")).unwrap();
    let sql = "SELECT status, count(*) FROM deliveries WHERE kind = 'daily' GROUP BY 1";
    let mut ends = database.prepare(sql).unwrap();
    let ends: BTreeMap<String, u32> = ends
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let texts = "SELECT count(*) FROM inbound_texts";
    let texts: u32 = database.query_row(texts, [], |row| row.get(0)).unwrap();
    let accepted = sim.ledger().accepted().count();
    println!("{accepted} texts went out, {texts} came in; the days' records: {ends:?}");
    assert_eq!(ends.values().sum::<u32>(), DAYS * rows, "a record each");
}

/// The daemon, with its log in a file.
struct Running {
    child: Child,
    public: SocketAddr,
    admin: SocketAddr,
}

impl Running {
    fn start(directory: &Path, log: &Path) -> Self {
        let file = directory.join("config.toml");
        let mut config = File::options().append(true).open(file).unwrap();
        // A tick a second: as many in six minutes as the day has in six hours.
        writeln!(config, "schedule = {{ tick = \"* * * * * *\" }}").unwrap();
        let mut child = command(directory)
            .arg("serve")
            .stdout(Stdio::piped())
            .stderr(File::create(log).unwrap())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        out.read_line(&mut line).unwrap();
        let addresses: Vec<_> = line
            .split_whitespace()
            .filter_map(|word| word.parse().ok())
            .collect();
        let [public, admin] = addresses[..] else {
            panic!("it did not start: {line}");
        };
        Self {
            child,
            public,
            admin,
        }
    }

    fn uses(&self) -> Uses {
        let id = self.child.id();
        let status = std::fs::read_to_string(format!("/proc/{id}/status")).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmRSS:"));
        let kb = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<f64>().ok());
        Uses {
            memory_mb: kb.unwrap_or(f64::NAN) / 1024.0,
            files: std::fs::read_dir(format!("/proc/{id}/fd")).unwrap().count(),
        }
    }

    fn end(&mut self) {
        let id = self.child.id().to_string();
        let _ = std::process::Command::new("kill")
            .args(["-TERM", &id])
            .status();
        let _ = self.child.wait();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What it holds.
#[derive(Clone, Copy)]
struct Uses {
    memory_mb: f64,
    files: usize,
}

impl std::fmt::Display for Uses {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.1} MB, {} files", self.memory_mb, self.files)
    }
}
