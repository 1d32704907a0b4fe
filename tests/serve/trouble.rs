//! A database that cannot be written for a while, in the middle of a morning: locked by another program, and on a full disk.
//! Nobody is texted twice or lost, no answer is wrong, and it goes on by itself.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use rusqlite::Connection;
use tempfile::TempDir;
use weatherline::sim::CreateFault;

use crate::house::{Daemon, House, get, skipped, until};

const PEOPLE: usize = 24;

#[tokio::test(flavor = "multi_thread")]
async fn locked_by_another_program_for_half_a_minute_it_waits_and_goes_on() {
    let house = House::new().await;
    let mut daemon = house.serve();
    let people = subscribed(&house).await;
    let database = house.database();
    falls_due(&house);
    some_are_texted(&house).await;
    let lock = Connection::open(&database).unwrap();
    lock.busy_timeout(Duration::from_secs(5)).unwrap();
    lock.execute_batch("BEGIN IMMEDIATE").unwrap();
    let started = Instant::now();
    let mut asked = 0;
    while started.elapsed() < Duration::from_secs(30) {
        answers_rightly_or_not_at_all(&house, &database, asked).await;
        asked += 1;
    }
    assert!(asked >= 2, "{asked}");
    // What went out before the lock is finished, and nothing new begins while nothing can be written down.
    let sent = house.sim.ledger().accepted().count();
    assert!(sent <= 6 + 8, "{sent} sent while nothing could be written");
    assert!(daemon.is_running());
    lock.execute_batch("ROLLBACK").unwrap();
    drop(lock);
    goes_on(&house, &daemon, &people, "locked by another program").await;
    daemon.stop();
    assert_eq!(records(&database, &people), vec![1; PEOPLE]);
}

#[tokio::test(flavor = "multi_thread")]
async fn with_a_full_disk_it_waits_and_goes_on_once_there_is_room() {
    let house = House::new().await;
    let first = house.serve();
    let people = subscribed(&house).await;
    first.stop();
    falls_due(&house);
    let Some((mut daemon, disk)) = on_a_disk_of_its_own(&house) else {
        skipped("no small disk can be made here (unshare and mount)");
        return;
    };
    some_are_texted(&house).await;
    let (database, filler) = (disk.join("weatherline.db"), disk.join("filler"));
    fill(&filler);
    let started = Instant::now();
    let mut asked = 0;
    while started.elapsed() < Duration::from_secs(8) {
        answers_rightly_or_not_at_all(&house, &database, asked).await;
        asked += 1;
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    assert_ne!(get(daemon.admin, "/readyz"), 200, "{}", daemon.log());
    assert!(daemon.is_running());
    std::fs::remove_file(filler).unwrap();
    goes_on(&house, &daemon, &people, "the disk is full").await;
    let records = records(&database, &people);
    daemon.stop();
    assert_eq!(records, vec![1; PEOPLE]);
}

/// People with a daily text.
async fn subscribed(house: &House) -> Vec<String> {
    let people: Vec<String> = (0..PEOPLE).map(|n| format!("+336399810{n:02}")).collect();
    for phone in &people {
        let told = house.sim.text(phone, "DAILY lyon 7am").await;
        assert!(told.replies.concat().contains("07:00"), "{told:?}");
    }
    people
}

/// Everybody's next forecast falls due now; the carrier is slow, four at a time.
fn falls_due(house: &House) {
    let slow = Some(CreateFault::Slow(700));
    house.sim.faults().create.always(slow);
    let connection = Connection::open(house.database()).unwrap();
    connection.busy_timeout(Duration::from_secs(10)).unwrap();
    let now = jiff::Timestamp::now().as_millisecond();
    let due = connection.execute("UPDATE subscriptions SET next_due_at = ?1", [now]);
    assert_eq!(due.unwrap(), PEOPLE);
}

/// Some are texted, and the others still to come.
async fn some_are_texted(house: &House) {
    let begun = until(|| house.sim.ledger().accepted().count() >= 4, 20).await;
    assert!(begun, "nobody is texted");
    let quick = Some(CreateFault::Slow(50));
    house.sim.faults().create.always(quick);
}

/// Somebody subscribes: either that is confirmed and holds, or it is not and does not. Somebody stops: it holds, or Twilio
/// hears that it failed.
async fn answers_rightly_or_not_at_all(house: &House, database: &Path, n: usize) {
    let (newcomer, leaver) = (format!("+336399820{n:02}"), format!("+336399830{n:02}"));
    let started = Instant::now();
    let (told, stopped) = tokio::join!(
        house.sim.text(&newcomer, "DAILY lyon 9pm"),
        house.sim.text(&leaver, "STOP"),
    );
    let took = started.elapsed();
    assert!(took < Duration::from_secs(15), "{took:?}");
    let confirmed = told.replies.concat().contains("21:00");
    assert!(matches!(told.status, Some(200 | 503)), "{told:?}");
    assert!(matches!(stopped.status, Some(200 | 503)), "{stopped:?}");
    let (_copy, connection) = copied(database);
    let known = |phone: &str, sql: &str| -> bool {
        let count: u32 = connection
            .query_row(sql, [phone], |row| row.get(0))
            .unwrap();
        count > 0
    };
    assert_eq!(known(&newcomer, SUBSCRIBED), confirmed, "{told:?}");
    assert_eq!(known(&leaver, STOPPED), stopped.status == Some(200));
}

/// Without a restart: everybody gets theirs, once; texts are answered; it says that it is ready, and what was wrong.
async fn goes_on(house: &House, daemon: &Daemon, people: &[String], trouble: &str) {
    let all = || people.iter().all(|phone| house.texts_of(phone) >= 1);
    assert!(until(all, 60).await, "{}", daemon.log());
    assert!(until(|| get(daemon.admin, "/readyz") == 200, 10).await);
    let answer = house.sim.text("+33639984000", "lyon").await;
    assert!(answer.replies.concat().starts_with("Lyon"), "{answer:?}");
    // What was held would be sent again by now.
    tokio::time::sleep(Duration::from_secs(6)).await;
    for phone in people {
        assert_eq!(house.texts_of(phone), 1, "{}", daemon.log());
    }
    let log = daemon.log();
    assert!(log.contains(trouble), "{log}");
    assert_eq!(house.sim.violations(), Vec::<String>::new());
}

/// A copy of the database: SQLite does not find the way to a disk that only another process sees.
fn copied(database: &Path) -> (TempDir, Connection) {
    let directory = TempDir::new().unwrap();
    let copy = directory.path().join("copy.db");
    let wal = |path: &Path| path.with_extension("db-wal");
    if wal(database).exists() {
        std::fs::copy(wal(database), wal(&copy)).unwrap();
    }
    std::fs::copy(database, &copy).unwrap();
    let connection = Connection::open(copy).unwrap();
    (directory, connection)
}

/// How many records of today each of them has.
fn records(database: &Path, people: &[String]) -> Vec<u32> {
    let (_copy, connection) = copied(database);
    let count = |phone: &String| connection.query_row(RECORDS, [phone], |row| row.get(0));
    people.iter().map(|phone| count(phone).unwrap()).collect()
}

/// The daemon with its database on a small disk in memory that only it sees, and the way there from outside.
fn on_a_disk_of_its_own(house: &House) -> Option<(Daemon, PathBuf)> {
    let disk = house.directory.path().join("disk");
    std::fs::create_dir(&disk).unwrap();
    let mount = format!("mount -t tmpfs -o size=16m tmpfs '{}'", disk.display());
    let try_it = |script: &str| {
        let mut command = Command::new("unshare");
        command.args(["--user", "--map-root-user", "--mount", "sh", "-c", script]);
        command.output().is_ok_and(|ended| ended.status.success())
    };
    if !try_it(&mount) {
        return None;
    }
    let config = house.config(
        "path = ",
        &format!("path = \"{}/weatherline.db\"", disk.display()),
    );
    let plain = house.command(&config);
    let mut command = Command::new("unshare");
    command
        .args(["--user", "--map-root-user", "--mount", "sh", "-c"])
        .arg(format!(
            "{mount} && cp weatherline.db disk && exec \"$0\" serve"
        ))
        .arg(plain.get_program())
        .current_dir(house.directory.path())
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default());
    for (name, value) in plain.get_envs() {
        command.env(name, value.unwrap_or_default());
    }
    let daemon = house.serve_as(command);
    // The same process all along: each of the three gives way to the next.
    let root = PathBuf::from(format!("/proc/{}/root", daemon.id()));
    let there = root.join(disk.strip_prefix("/").unwrap());
    assert!(there.join("weatherline.db").exists());
    Some((daemon, there))
}

/// Takes all the room that there is.
fn fill(filler: &Path) {
    use std::io::Write;
    let mut file = std::fs::File::create(filler).unwrap();
    for size in [1 << 20, 1 << 12, 1] {
        while file.write_all(&vec![0; size]).is_ok() {}
    }
    assert!(file.metadata().unwrap().len() > 1 << 20);
}

const SUBSCRIBED: &str =
    "SELECT count(*) FROM subscriptions JOIN subscribers ON subscribers.id = subscriber_id
     WHERE phone = ?1";
const STOPPED: &str = "SELECT count(*) FROM subscribers WHERE phone = ?1 AND status = 'stopped'";
const RECORDS: &str = "SELECT count(*) FROM deliveries WHERE phone = ?1 AND kind = 'daily'";
