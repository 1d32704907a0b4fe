//! A power cut: what was on the disk at a moment in the middle of sending is all there is. Nobody is texted twice, nobody is
//! forgotten, and the file is sound.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use rusqlite::Connection;
use tempfile::TempDir;
use weatherline::sim::CreateFault;

use crate::house::{House, until};

#[tokio::test(flavor = "multi_thread")]
async fn power_cuts_in_the_middle_of_a_morning_lose_and_double_nothing() {
    let house = House::new().await;
    let mut daemon = house.serve();
    let people: Vec<String> = (0..80).map(|n| format!("+336399860{n:02}")).collect();
    for phone in &people {
        let told = house.sim.text(phone, "DAILY lyon 7am").await;
        assert!(told.replies.concat().contains("07:00"), "{told:?}");
    }
    let slow = Some(CreateFault::Slow(60));
    house.sim.faults().create.always(slow);
    falls_due(&house);
    let mut cut_in_the_middle = 0;
    for texted in [1, 12, 25, 40, 60] {
        assert!(until(|| house.sim.ledger().accepted().count() >= texted, 60).await);
        // The disk as it is at one moment, which no process sees.
        daemon.signal("-STOP");
        let disk = disk(&house);
        drop(daemon);
        put_back(house.directory.path(), &disk);
        // A look at another copy: the daemon is the first to open its own.
        let elsewhere = TempDir::new().unwrap();
        put_back(elsewhere.path(), &disk);
        let copy = open(elsewhere.path());
        let sound: String = copy
            .query_row("PRAGMA integrity_check", [], |row| row.get(0))
            .unwrap();
        assert_eq!(sound, "ok");
        let is_open = statuses(&copy).values().any(|status| !is_end(status));
        cut_in_the_middle += usize::from(is_open);
        daemon = house.serve();
    }
    assert!(
        cut_in_the_middle >= 4,
        "{cut_in_the_middle} of 5 cuts met open work"
    );
    house.sim.faults().create.always(None);
    let now = || statuses(&open(house.directory.path()));
    let over = || {
        let rows = now();
        rows.len() == people.len() && rows.values().all(|status| is_end(status))
    };
    assert!(until(over, 90).await, "{:?}\n{}", now(), daemon.log());
    tokio::time::sleep(Duration::from_secs(2)).await;
    daemon.stop();
    for phone in &people {
        assert_eq!(house.texts_of(phone), 1, "{phone}");
    }
    assert_eq!(house.sim.violations(), Vec::<String>::new());
}

/// The database with its log and the log's index.
const FILES: [&str; 3] = ["weatherline.db", "weatherline.db-wal", "weatherline.db-shm"];

fn disk(house: &House) -> Vec<(&'static str, Vec<u8>)> {
    let read = |name| Some((name, std::fs::read(house.directory.path().join(name)).ok()?));
    FILES.into_iter().filter_map(read).collect()
}

fn put_back(directory: &Path, disk: &[(&'static str, Vec<u8>)]) {
    for name in FILES {
        let _ = std::fs::remove_file(directory.join(name));
    }
    for (name, bytes) in disk {
        std::fs::write(directory.join(name), bytes).unwrap();
    }
}

fn open(directory: &Path) -> Connection {
    let connection = Connection::open(directory.join(FILES[0])).unwrap();
    connection.busy_timeout(Duration::from_secs(10)).unwrap();
    connection
}

fn falls_due(house: &House) {
    let sql = "UPDATE subscriptions SET next_due_at = unixepoch() * 1000";
    let changed = open(house.directory.path()).execute(sql, []);
    assert_eq!(changed.unwrap(), 80);
}

/// Phones and the status of their daily text.
fn statuses(connection: &Connection) -> BTreeMap<String, String> {
    let mut rows = connection
        .prepare("SELECT phone, status FROM deliveries WHERE kind = 'daily'")
        .unwrap();
    let rows = rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
    rows.unwrap().map(Result::unwrap).collect()
}

fn is_end(status: &str) -> bool {
    matches!(
        status,
        "sent" | "delivered" | "undelivered" | "failed" | "skipped" | "unknown"
    )
}
