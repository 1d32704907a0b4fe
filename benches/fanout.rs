//! A morning that goes out: due subscribers until the carrier has their texts and the ledger knows, beside a bare reqwest loop
//! that posts the same form to the same stand-in, in turns. `cargo bench --bench fanout [-- ROUNDS [at-once | round-trip]]`. Prints figures,
//! asserts nothing.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a program that prints figures and ends where it cannot go on"
)]

#[expect(dead_code, reason = "shared with other benches")]
mod daemon;

use std::path::Path;
use std::time::{Duration, Instant};

use self::daemon::child::Contender;
use self::daemon::people::{Ledger, import, make_due};
use self::daemon::stand_in::StandIn;
use self::daemon::{Daemon, World, median};
use weatherline::sim::Sim;

const AT_ONCE: u32 = 64;
const PLACES: u32 = 200;
/// Due subscribers of a round: where the carrier answers at once, and where it takes 80 ms.
const DUE: [(u32, Duration); 2] = [
    (40_000, Duration::ZERO),
    (20_000, Duration::from_millis(80)),
];

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let Some(at) = arguments.iter().position(|word| word == "--bare") {
        return bare(&arguments[at + 1], arguments[at + 2].parse().unwrap()).await;
    }
    let rounds = daemon::number().unwrap_or(5);
    let sim = Sim::start(daemon::options()).await.unwrap();
    let only = |word: &str| arguments.iter().any(|argument| argument == word);
    for (due, round_trip) in DUE {
        if only(if round_trip.is_zero() {
            "round-trip"
        } else {
            "at-once"
        }) {
            continue;
        }
        let stand_in = StandIn::start(round_trip).await;
        let (carrier, weather) = (stand_in.url(), sim.url());
        let world = World {
            carrier: &carrier,
            weather: &weather,
            max_in_flight: AT_ONCE,
        };
        let directory = tempfile::tempdir().unwrap();
        let (took, told) = import(directory.path(), due, PLACES, &world);
        let trip_ms = round_trip.as_millis();
        println!(
            "== the carrier answers after {trip_ms} ms; import: {:.1} s, {told}",
            took.as_secs_f64()
        );
        let most = f64::from(AT_ONCE) / round_trip.as_secs_f64();
        let mut ratios = Vec::new();
        for round in 0..=rounds {
            let plain = bare_loop(&stand_in, due);
            make_due(directory.path(), 1, round);
            let (ours, cpu_s) = morning(directory.path(), &world, &stand_in, due).await;
            let of = if round_trip.is_zero() { plain } else { most };
            let ratio = ours / of * 100.0;
            println!(
                "{} bare loop: {plain:.0}/s; weatherline: {ours:.0}/s, {:.0} us of processor each; ratio {ratio:.1} %",
                if round == 0 { "warming," } else { "round," },
                cpu_s * 1e6 / f64::from(due),
            );
            if round > 0 {
                ratios.push(ratio);
            }
        }
        let of = match round_trip.is_zero() {
            true => "the bare loop",
            false => "what so many in flight allow",
        };
        println!(
            "{AT_ONCE} in flight, durable: {:.1} % of {of} (median of {rounds})",
            median(&mut ratios)
        );
    }
}

/// From the start of the daemon, which finds them due, until the ledger says that the carrier has all: texts a second.
async fn morning(directory: &Path, world: &World<'_>, stand_in: &StandIn, due: u32) -> (f64, f64) {
    let (taken, ledger) = (stand_in.taken(), Ledger::open(directory));
    let accepted = ledger.accepted();
    let mut daemon = tokio::task::block_in_place(|| Daemon::start(directory, world));
    let began = Instant::now();
    let due = u64::from(due);
    let limit = Duration::from_secs(300);
    while stand_in.taken() - taken < due || ledger.accepted() - accepted < due {
        assert!(began.elapsed() < limit, "it takes too long");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let seconds = began.elapsed().as_secs_f64();
    let cpu_s = daemon.cpu_s();
    daemon.end();
    (due as f64 / seconds, cpu_s)
}

/// The other side, in a process of its own: texts a second.
fn bare_loop(stand_in: &StandIn, count: u32) -> f64 {
    let url = format!(
        "{}/2010-04-01/Accounts/ACa1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/Messages.json",
        stand_in.url()
    );
    let other = Contender::start(&["--bare", &url, &count.to_string()]);
    tokio::task::block_in_place(|| other.line().trim().parse().unwrap())
}

/// Nothing but requests: the same form, the same client, so many at once, each answer read and parsed.
async fn bare(url: &str, count: u32) {
    let client = reqwest::Client::builder()
        .http1_only()
        .tcp_nodelay(true)
        .pool_max_idle_per_host(AT_ONCE as usize)
        .build()
        .unwrap();
    let began = Instant::now();
    let lanes: Vec<_> = (0..AT_ONCE)
        .map(|lane| {
            let (client, url) = (client.clone(), url.to_owned());
            tokio::spawn(async move {
                for n in (lane..count).step_by(AT_ONCE as usize) {
                    one(&client, &url, n).await;
                }
            })
        })
        .collect();
    for lane in lanes {
        lane.await.unwrap();
    }
    println!("{:.1}", f64::from(count) / began.elapsed().as_secs_f64());
}

async fn one(client: &reqwest::Client, url: &str, n: u32) {
    let (to, callback) = (
        format!("+3363998{n:04}"),
        format!("{}/twilio/status/{n}", daemon::PUBLIC_URL),
    );
    let form = [
        ("To", to.as_str()),
        ("From", "+15005550006"),
        (
            "Body",
            "Lyon: rain from 2pm, 11C, tonight 6C. Wind 25km/h. Tomorrow dry, 13C.",
        ),
        ("StatusCallback", &callback),
        ("ValidityPeriod", "10800"),
    ];
    let answer = client
        .post(url)
        .basic_auth(
            "ACa1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1",
            Some("pretend-auth-token"),
        )
        .header("Accept", "application/json")
        .timeout(Duration::from_secs(15))
        .form(&form)
        .send()
        .await
        .unwrap();
    let answer: serde_json::Value = answer.json().await.unwrap();
    assert!(answer["sid"].is_string(), "not taken");
}
