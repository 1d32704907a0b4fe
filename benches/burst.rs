//! A million subscribers, a hundred thousand of them due in one minute: import, start, what an idle hour costs, a tick, the burst, and texts
//! that come in meanwhile; the same for a thousand, to see what stays flat. `cargo bench --bench burst [-- ROWS]`. Prints figures, asserts nothing.
//! A million needs about 2 GB on the disk.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a program that prints figures and ends where it cannot go on"
)]

#[expect(dead_code, reason = "shared with other benches")]
mod daemon;

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use self::daemon::load::{Load, closed, paced};
use self::daemon::people::{Ledger, import, make_due};
use self::daemon::stand_in::StandIn;
use self::daemon::{Daemon, PUBLIC_URL, World, at, ms, signed, webhook};
use weatherline::clock::Clock;
use weatherline::config::{Config, Environment, Need};
use weatherline::sim::Sim;

const PLACES: u32 = 500;
/// One in so many is due in the minute of the burst.
const ONE_IN: u32 = 10;
const AT_ONCE: u32 = 64;
/// Texts a second that come in during the burst.
const TEXTS_A_SECOND: u32 = 50;
const IDLE: Duration = Duration::from_secs(180);

#[tokio::main]
async fn main() {
    let rows = daemon::number().unwrap_or(1_000_000);
    let sim = Sim::start(daemon::options()).await.unwrap();
    let stand_in = StandIn::start(Duration::ZERO).await;
    let (carrier, weather) = (stand_in.url(), sim.url());
    let world = World {
        carrier: &carrier,
        weather: &weather,
        max_in_flight: AT_ONCE,
    };
    for rows in [1_000, rows] {
        let directory = tempfile::tempdir().unwrap();
        println!("== {rows} subscribers at {PLACES} places");
        let (took, told) = import(directory.path(), rows, PLACES, &world);
        println!("import: {:.1} s, {told}", took.as_secs_f64());
        quiet(directory.path(), &world, rows > 1_000).await;
        ticks(directory.path(), &world).await;
        burst(directory.path(), &world, &sim, &stand_in).await;
        let file = std::fs::metadata(directory.path().join("weatherline.db")).unwrap();
        println!("the database: {} MB", file.len() >> 20);
    }
}

/// Starts, and what it costs to have nothing to do.
async fn quiet(directory: &Path, world: &World<'_>, long: bool) {
    let mut started: Vec<Duration> = Vec::new();
    for _ in 0..5 {
        let mut daemon = Daemon::start(directory, world);
        started.push(daemon.took);
        daemon.end();
    }
    println!(
        "start to ready: {:.0} ms (median of 5)",
        ms(at(&mut started, 0.5))
    );
    if !long {
        return;
    }
    let mut daemon = Daemon::start(directory, world);
    // The first tick, and the operator's first figures.
    tokio::time::sleep(Duration::from_secs(15)).await;
    let before = daemon.cpu_s();
    tokio::time::sleep(IDLE).await;
    let spent = daemon.cpu_s() - before;
    println!(
        "idle: {:.0} MB resident; {spent:.2} s of processor in {:.0} s, {:.1} s an hour",
        daemon.memory_mb(),
        IDLE.as_secs_f64(),
        spent * 3600.0 / IDLE.as_secs_f64()
    );
    daemon.end();
}

/// Ticks with nobody due, in this process.
async fn ticks(directory: &Path, world: &World<'_>) {
    daemon::configure(directory, world);
    let text = std::fs::read_to_string(directory.join("config.toml")).unwrap();
    let options = daemon::options();
    let environment = Environment::new(
        |name| match name {
            "TWILIO_ACCOUNT_SID" => Some(options.account_sid.clone()),
            "TWILIO_AUTH_TOKEN" => Some(options.auth_token.clone()),
            _ => None,
        },
        &directory.join(".env"),
    );
    let config = Config::parse(&text, &environment, Need::Everything).unwrap();
    let mut settings = weatherline::daemon::Settings::of(&config).unwrap();
    settings.store.path = directory.join("weatherline.db");
    let app = weatherline::daemon::open(&settings, Clock::System)
        .await
        .unwrap();
    app.tick().await.unwrap();
    let mut took: Vec<Duration> = Vec::new();
    for _ in 0..200 {
        let began = Instant::now();
        app.tick().await.unwrap();
        took.push(began.elapsed());
    }
    println!(
        "a tick with none due: p50 {:.2} ms, p99 {:.2} ms",
        ms(at(&mut took, 0.5)),
        ms(at(&mut took, 0.99))
    );
    app.store.close().await;
}

async fn burst(directory: &Path, world: &World<'_>, sim: &Sim, stand_in: &StandIn) {
    let due = make_due(directory, ONE_IN, 0);
    let taken = stand_in.taken();
    let mut daemon = tokio::task::block_in_place(|| Daemon::start(directory, world));
    let began = Instant::now();
    sim.connect(PUBLIC_URL, &format!("http://{}", daemon.public));
    let texting = tokio::spawn(texts_until(
        daemon.public,
        sim.clone(),
        stand_in.clone(),
        taken + due,
    ));
    let ledger = Ledger::open(directory);
    while ledger.made() < due {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    println!(
        "{due} due turned into deliveries, while they went out: {:.1} s",
        began.elapsed().as_secs_f64()
    );
    while ledger.accepted() < due {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let seconds = began.elapsed().as_secs_f64();
    println!(
        "{due} with the carrier and in the ledger: {seconds:.1} s, {:.0}/s; {:.0} us of processor each; at most {:.0} MB resident",
        due as f64 / seconds,
        daemon.cpu_s() * 1e6 / due as f64,
        daemon.peak_mb()
    );
    for took in texting.await.unwrap() {
        told("texts meanwhile", took);
    }
    one_by_one(&daemon, sim, &ledger).await;
    daemon.end();
}

/// Texts at an even pace until the carrier has taken so many messages.
async fn texts_until(
    address: std::net::SocketAddr,
    sim: Sim,
    stand_in: StandIn,
    all: u64,
) -> Vec<Load> {
    let mut loads: Vec<Load> = Vec::new();
    let mut n = 1;
    while stand_in.taken() < all {
        let texts = (n..n + TEXTS_A_SECOND).map(|n| {
            let from = format!("+336{:07}", n % 1_000 * 10);
            webhook(&sim, n, &from, "lyon")
        });
        let texts = Arc::new(texts.collect());
        let second = paced(address, 8, TEXTS_A_SECOND, texts).await;
        match loads.first_mut() {
            Some(load) => load.took.extend(second.took),
            None => loads.push(second),
        }
        n += TEXTS_A_SECOND;
    }
    loads
}

/// What one thing costs with nothing else going on.
async fn one_by_one(daemon: &Daemon, sim: &Sim, ledger: &Ledger) {
    let texts = (0..300).map(|n| {
        let from = format!("+336{:07}", n % 100 * 10);
        webhook(sim, 1_000_000 + n, &from, "lyon")
    });
    let texts = closed(daemon.public, 1, Arc::new(texts.collect())).await;
    told("texts one by one", texts);
    let callbacks = ledger.some(100).into_iter().map(|(id, sid)| {
        let fields = [
            ("MessageSid", sid),
            ("MessageStatus", "delivered".to_owned()),
            ("To", "+15005550006".to_owned()),
        ];
        signed(sim, &format!("/twilio/status/{id}"), fields)
    });
    let callbacks = closed(daemon.public, 1, Arc::new(callbacks.collect())).await;
    told("status callbacks one by one", callbacks);
}

fn told(what: &str, mut load: Load) {
    println!(
        "{what}: {} answered, p50 {:.2} ms, p99 {:.2} ms, longest {:.1} ms",
        load.took.len(),
        ms(at(&mut load.took, 0.5)),
        ms(at(&mut load.took, 0.99)),
        ms(at(&mut load.took, 1.0))
    );
}
