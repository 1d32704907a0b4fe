//! A million subscribers with two days of deliveries behind them: what an import takes, the start, an idle tick, texts that
//! come in, and the operator's pages, from the first look on. `cargo bench --bench million [-- ROWS]`. Prints figures, asserts
//! nothing. A million needs about 3 GB on the disk.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a program that prints figures and ends where it cannot go on"
)]

#[expect(dead_code, reason = "shared with other benches")]
mod daemon;

use std::io::{BufWriter, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::{Connection, params};

use self::daemon::{Daemon, World, at, command, configure, get, ms, webhook};
use weatherline::sim::Sim;

#[tokio::main]
async fn main() {
    let rows = std::env::args()
        .filter_map(|word| word.parse().ok())
        .next()
        .unwrap_or(1_000_000);
    let sim = Sim::start(daemon::options()).await.unwrap();
    let url = sim.url();
    let world = World {
        carrier: &url,
        weather: &url,
        max_in_flight: 16,
    };
    for rows in [1_000, rows] {
        let directory = tempfile::tempdir().unwrap();
        println!("== {rows} subscribers");
        import(directory.path(), rows, &world);
        live(directory.path());
        measure(directory.path(), &world, &sim).await;
    }
}

/// Half of the rows name towns, half postcodes; nobody is due before tomorrow noon.
fn import(directory: &Path, rows: u32, world: &World<'_>) {
    const PLACES: [&str; 10] = [
        "lyon",
        "94110",
        "springfield il",
        "SW1A 1AA",
        "berlin",
        "2000 sydney",
        "oslo",
        "75001 paris",
        "tokyo",
        "10115",
    ];
    configure(directory, world);
    let mut file = BufWriter::new(std::fs::File::create(directory.join("list.csv")).unwrap());
    writeln!(file, "phone,place,time,consent").unwrap();
    for n in 0..rows {
        let place = PLACES[n as usize % PLACES.len()];
        let country = [
            "+336", "+1415", "+1217", "+447", "+4915", "+614", "+474", "+337", "+8190", "+4916",
        ][n as usize % PLACES.len()];
        let digits = 11 - country.len();
        writeln!(
            file,
            "{country}{n:0digits$},{place},{:02}:{:02},form",
            7 + n % 3,
            n % 60
        )
        .unwrap();
    }
    file.into_inner().unwrap();
    let began = Instant::now();
    let ended = command(directory)
        .args(["subscriber", "import", "list.csv"])
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&ended.stdout).into_owned();
    println!(
        "import: {:.1} s, {}",
        began.elapsed().as_secs_f64(),
        told.lines().last().unwrap_or_default()
    );
    let trouble = String::from_utf8_lossy(&ended.stderr);
    assert!(ended.status.success(), "{trouble}");
}

/// Yesterday and today went by: a delivery each for every subscription, as they end in life, and texts of every tenth phone.
fn live(directory: &Path) {
    let now_ms = jiff::Timestamp::now().as_millisecond();
    let database = Connection::open(directory.join("weatherline.db")).unwrap();
    let fast = "PRAGMA cache_size = -1000000; PRAGMA synchronous = OFF; BEGIN";
    database.execute_batch(fast).unwrap();
    for day in [2, 1] {
        let date = jiff::Timestamp::now()
            .to_zoned(jiff::tz::TimeZone::UTC)
            .date();
        let date = date.checked_sub(jiff::Span::new().days(day - 1)).unwrap();
        database
            .execute(DELIVERIES, params![now_ms - day * DAY_MS, date.to_string()])
            .unwrap();
    }
    database.execute(TEXTS, [now_ms - DAY_MS]).unwrap();
    database
        .execute_batch("COMMIT; PRAGMA wal_checkpoint(TRUNCATE)")
        .unwrap();
}

const DAY_MS: i64 = 86_400_000;

/// Nine in ten delivered, then `sent`, `skipped`, and a few in a thousand that went wrong, spread over 23 hours.
const DELIVERIES: &str = "
INSERT INTO deliveries (id, key, kind, urgency, phone, subscription_id, local_date, status, reason, body, segments, due_at, expires_at,
    next_attempt_at, attempts, attempted_at, accepted_at, sid, error_code, created_at, updated_at)
SELECT ?1 * 1000 + s.id, 'daily:' || s.id || ':' || ?2, 'daily', 1, u.phone, s.id, ?2,
    CASE WHEN s.id % 1000 < 900 THEN 'delivered' WHEN s.id % 1000 < 960 THEN 'sent' WHEN s.id % 1000 < 990 THEN 'skipped'
        WHEN s.id % 1000 < 995 THEN 'undelivered' WHEN s.id % 1000 < 999 THEN 'failed' ELSE 'unknown' END,
    CASE WHEN s.id % 1000 BETWEEN 960 AND 989 THEN 'condition' END,
    'Lyon: 12 C now, cloudy, rain from 4pm. High 15, tonight 8. Wind 20 km/h from the west. Tomorrow 14, showers until noon, then dry.',
    1, ?1 + s.id % 83000 * 1000, ?1 + 90000000, ?1, 1, ?1, CASE WHEN s.id % 1000 < 960 THEN ?1 + s.id % 83000 * 1000 + 20000 END,
    printf('SM%032x', ?1 * 1000 + s.id), CASE WHEN s.id % 1000 BETWEEN 990 AND 998 THEN 30003 END,
    ?1 + s.id % 83000 * 1000 + 1000, ?1 + s.id % 83000 * 1000 + 60000
FROM subscriptions s JOIN subscribers u ON u.id = s.subscriber_id ORDER BY s.id % 83000";

const TEXTS: &str = "
INSERT INTO inbound_texts (sid, phone, body, reply, outcome, received_at)
SELECT printf('SM%032x', -id), phone, 'weather', 'Lyon: 12 C now, cloudy, rain from 4pm. High 15, tonight 8.', 'forecast', ?1 + id % 83000 * 1000
FROM subscribers WHERE id % 10 = 7";

async fn measure(directory: &Path, world: &World<'_>, sim: &Sim) {
    let mut started: Vec<Duration> = Vec::new();
    for _ in 0..5 {
        let mut daemon = Daemon::start(directory, world);
        started.push(daemon.took);
        daemon.end();
    }
    println!(
        "start to ready, median of 5: {:.0} ms",
        ms(at(&mut started, 0.5))
    );
    let mut daemon = Daemon::start(directory, world);
    for path in PAGES {
        let (status, took) = get(daemon.admin, path);
        println!(
            "{path}: {status}, at once after the start {:.1} ms",
            ms(took)
        );
    }
    // The first tick, and the operator's first figures.
    tokio::time::sleep(Duration::from_secs(5)).await;
    println!("memory after the start: {:.0} MB", daemon.memory_mb());
    let before = daemon.cpu_s();
    tokio::time::sleep(Duration::from_secs(60)).await;
    println!(
        "processor time of an idle minute: {:.2} s ({:.1} s an hour)",
        daemon.cpu_s() - before,
        (daemon.cpu_s() - before) * 60.0
    );
    for path in PAGES {
        let mut took: Vec<Duration> = Vec::new();
        let mut status = 0;
        for _ in 0..20 {
            let (code, one) = get(daemon.admin, path);
            took.push(one);
            status = code;
        }
        println!(
            "{path}: {status}, median {:.1} ms, longest {:.1} ms",
            ms(at(&mut took, 0.5)),
            ms(at(&mut took, 1.0))
        );
    }
    texts(&daemon, sim);
    println!(
        "memory at the end: {:.0} MB, at most {:.0} MB",
        daemon.memory_mb(),
        daemon.peak_mb()
    );
    daemon.end();
}

const PAGES: [&str; 8] = [
    "/",
    "/metrics",
    "/readyz",
    "/search?digits=0042",
    "/texts",
    "/phone/7",
    "/phone/507?texts=show",
    "/healthz",
];

/// Texts one after another, each of another known phone.
fn texts(daemon: &Daemon, sim: &Sim) {
    let mut stream = TcpStream::connect(daemon.public).unwrap();
    stream.set_nodelay(true).unwrap();
    let mut took = Vec::new();
    for n in 0..500 {
        let from = format!("+336{:07}", n * 10);
        let request = webhook(sim, n, &from, "ME");
        let began = Instant::now();
        stream.write_all(&request).unwrap();
        let mut got = Vec::new();
        let mut buffer = [0; 4096];
        while !got.ends_with(b"</Response>") {
            let more = stream.read(&mut buffer).unwrap();
            assert!(more > 0, "the daemon hung up");
            got.extend_from_slice(&buffer[..more]);
        }
        took.push(began.elapsed());
    }
    println!(
        "an inbound text, one at a time: p50 {:.2} ms, p99 {:.2} ms",
        ms(at(&mut took, 0.5)),
        ms(at(&mut took, 0.99))
    );
}
