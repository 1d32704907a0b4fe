//! Texts that come in: the real program beside a bare axum route, in turns, over 64 connections; then at 200 a second; start and memory.
//! `cargo bench --bench inbound [-- ROUNDS]`. Prints figures, asserts nothing.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a program that prints figures and ends where it cannot go on"
)]

#[expect(dead_code, reason = "shared with other benches")]
mod daemon;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::header::CONTENT_TYPE;
use axum::routing::post;

use self::daemon::child::Contender;
use self::daemon::load::{Load, closed, paced};
use self::daemon::{Daemon, PUBLIC_URL, World, at, median, ms, webhook};
use weatherline::sim::Sim;

const CONNECTIONS: usize = 64;
/// Texts of a round, to the daemon and to the bare route.
const TEXTS: (u32, u32) = (20_000, 60_000);
const A_SECOND: u32 = 200;
const SECONDS: u32 = 20;

#[tokio::main]
async fn main() {
    if std::env::args().any(|word| word == "--bare") {
        return bare().await;
    }
    let rounds = daemon::number().unwrap_or(5);
    let sim = Sim::start(daemon::options()).await.unwrap();
    let url = sim.url();
    let world = World {
        carrier: &url,
        weather: &url,
        max_in_flight: 16,
    };
    let directory = tempfile::tempdir().unwrap();
    let mut ready: Vec<Duration> = Vec::new();
    for _ in 0..6 {
        let mut daemon = Daemon::start(directory.path(), &world);
        ready.push(daemon.took);
        daemon.end();
    }
    // The first start makes the database.
    println!(
        "start to ready: {:.0} ms with a new database, then {:.0} ms (median of 5)",
        ms(ready[0]),
        ms(at(&mut ready[1..], 0.5))
    );
    let mut daemon = Daemon::start(directory.path(), &world);
    let idle = daemon.memory_mb();
    sim.connect(PUBLIC_URL, &format!("http://{}", daemon.public));
    let warm = sim.text("+33639980000", "lyon").await;
    println!("the answer: {:?}", warm.replies.concat());
    side_by_side(&sim, &daemon, rounds).await;
    let all = TEXTS.0 * (rounds + 1);
    let texts = texts(&sim, all..all + A_SECOND * SECONDS);
    let mut even = paced(daemon.public, 16, A_SECOND, Arc::new(texts)).await;
    println!(
        "at {A_SECOND} a second: p50 {:.1} ms, p99 {:.1} ms, longest {:.1} ms",
        ms(at(&mut even.took, 0.5)),
        ms(at(&mut even.took, 0.99)),
        ms(at(&mut even.took, 1.0)),
    );
    println!(
        "memory: {idle:.0} MB after the start, {:.0} MB after the load",
        daemon.memory_mb()
    );
    daemon.end();
}

/// The daemon and the bare route in turns: what the machine has else to do falls on both.
async fn side_by_side(sim: &Sim, daemon: &Daemon, rounds: u32) {
    let bare = Contender::start(&["--bare"]);
    let address = bare.line().trim().parse().unwrap();
    let constant = Arc::new(texts(sim, 0..TEXTS.1));
    let mut ratios = Vec::new();
    // The first round warms both and is not counted.
    for round in 0..=rounds {
        let fresh = Arc::new(texts(sim, round * TEXTS.0..(round + 1) * TEXTS.0));
        let (before, cpu) = (bare.cpu_s(), daemon.cpu_s());
        let plain = closed(address, CONNECTIONS, Arc::clone(&constant)).await;
        let plain_cpu = bare.cpu_s() - before;
        let ours = closed(daemon.public, CONNECTIONS, fresh).await;
        let ours_cpu = daemon.cpu_s() - cpu;
        let ratio = ours.a_second() / plain.a_second();
        println!(
            "{} bare axum route: {}; weatherline: {}; ratio {:.1} %",
            if round == 0 { "warming," } else { "round," },
            told(plain, plain_cpu),
            told(ours, ours_cpu),
            ratio * 100.0
        );
        if round > 0 {
            ratios.push(ratio * 100.0);
        }
    }
    println!(
        "full conversations at {CONNECTIONS} connections: {:.1} % of the bare route (median of {rounds})",
        median(&mut ratios)
    );
}

fn told(mut load: Load, cpu_s: f64) -> String {
    let count = load.took.len() as f64;
    format!(
        "{:.0}/s, p50 {:.2} ms, p99 {:.2} ms, {:.0} us of processor each",
        load.a_second(),
        ms(at(&mut load.took, 0.5)),
        ms(at(&mut load.took, 0.99)),
        cpu_s * 1e6 / count
    )
}

/// Signed texts of 2,000 phones.
fn texts(sim: &Sim, numbers: std::ops::Range<u32>) -> Vec<Vec<u8>> {
    numbers
        .map(|n| webhook(sim, n, &format!("+3363998{:04}", n % 2000), "lyon"))
        .collect()
}

/// What axum does at best: one route, one constant.
async fn bare() {
    // The body is read: hyper closes connections on which it is left over.
    let answer = |_: axum::body::Bytes| async {
        (
            [(CONTENT_TYPE, "text/xml; charset=utf-8")],
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response><Message>Lyon: rain from 2pm, 11C, tonight 6C.</Message></Response>",
        )
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    println!("{}", listener.local_addr().unwrap());
    let route = Router::new().route("/twilio/text", post(answer));
    axum::serve(listener, route).await.unwrap();
}
