//! Subscribers for the benches: imported as an operator would, made due by hand while no daemon runs, counted beside one.

use std::io::{BufWriter, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::Connection;

use super::{World, command, configure};

/// Imports so many rows, at `places` different places; how long it took, and what it told last.
pub(crate) fn import(
    directory: &Path,
    rows: u32,
    places: u32,
    world: &World<'_>,
) -> (Duration, String) {
    configure(directory, world);
    let list = directory.join("list.csv");
    let mut file = BufWriter::new(std::fs::File::create(&list).unwrap());
    writeln!(file, "phone,place,time,consent").unwrap();
    for n in 0..rows {
        let country = COUNTRIES[n as usize % COUNTRIES.len()];
        let digits = 12 - country.len();
        let (place, hour, minute) = (place(n % places), 7 + n % 3, n % 60);
        writeln!(
            file,
            "{country}{n:0digits$},{place},{hour:02}:{minute:02},form"
        )
        .unwrap();
    }
    file.into_inner().unwrap();
    let began = Instant::now();
    let ended = command(directory)
        .args(["subscriber", "import", "list.csv"])
        .output()
        .unwrap();
    let took = began.elapsed();
    std::fs::remove_file(list).unwrap();
    let told = String::from_utf8_lossy(&ended.stdout).into_owned();
    (took, told.lines().last().unwrap_or_default().to_owned())
}

/// The first are written as people do, the others are positions in the middle of Europe.
fn place(n: u32) -> String {
    match NAMES.get(n as usize) {
        Some(name) => (*name).to_owned(),
        None => format!(
            "\"{:.2},{:.2}\"",
            44.0 + f64::from(n / 50 % 50) * 0.2,
            4.0 + f64::from(n % 50) * 0.2
        ),
    }
}

const NAMES: [&str; 10] = [
    "lyon",
    "94110",
    "springfield il",
    "SW1A 1AA",
    "berlin",
    "2000 sydney",
    "oslo",
    "75001 paris",
    "tokyo",
    "10115 berlin",
];
const COUNTRIES: [&str; 10] = [
    "+336", "+1415", "+1217", "+447", "+4915", "+614", "+474", "+337", "+8190", "+4916",
];

/// Makes one in `one_in` due now, for a date that no run before had. How many.
pub(crate) fn make_due(directory: &Path, one_in: u32, run: u32) -> u64 {
    let file = Connection::open(directory.join("weatherline.db")).unwrap();
    let now = jiff::Timestamp::now();
    let date = now.to_zoned(jiff::tz::TimeZone::UTC).date();
    let date = date.checked_add(jiff::Span::new().days(run)).unwrap();
    let made = file.execute(
        "UPDATE subscriptions SET next_due_at = ?1, next_date = ?2 WHERE live = 1 AND id % ?3 = 0",
        rusqlite::params![now.as_millisecond(), date.to_string(), one_in],
    );
    made.unwrap() as u64
}

/// Beside the running daemon: how many deliveries there are, and how many of them the carrier took.
pub(crate) struct Ledger(Connection);

impl Ledger {
    pub(crate) fn open(directory: &Path) -> Self {
        let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY;
        let path = directory.join("weatherline.db");
        Self(Connection::open_with_flags(path, flags).unwrap())
    }

    pub(crate) fn made(&self) -> u64 {
        self.count("SELECT count(*) FROM deliveries")
    }

    /// Some that the carrier took, and what it called them.
    pub(crate) fn some(&self, most: u32) -> Vec<(i64, String)> {
        let sql = "SELECT id, sid FROM deliveries WHERE sid IS NOT NULL ORDER BY id LIMIT ?1";
        let mut rows = self.0.prepare(sql).unwrap();
        let row = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?));
        rows.query_map([most], row)
            .unwrap()
            .map(Result::unwrap)
            .collect()
    }

    pub(crate) fn accepted(&self) -> u64 {
        self.count("SELECT count(*) FROM deliveries WHERE status = 'accepted' AND updated_at > 0")
    }

    fn count(&self, sql: &str) -> u64 {
        let count: i64 = self.0.query_row(sql, [], |row| row.get(0)).unwrap();
        u64::try_from(count).unwrap()
    }
}
