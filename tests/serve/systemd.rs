//! The daemon under systemd, whose end of the line is a real socket: ready, what comes next, alive, stopping.

use std::os::unix::net::UnixDatagram;
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use weatherline::sim::CreateFault;

use crate::house::{BRUNO, Daemon, House, get, until};

#[tokio::test(flavor = "multi_thread")]
async fn it_tells_when_it_is_ready_what_comes_next_that_it_lives_and_that_it_stops() {
    let house = House::new().await;
    let systemd = Systemd::listen(&house);
    let daemon = systemd.start(&house, &house.config("", ""), true);
    assert_eq!(systemd.next(), Some("READY=1".to_owned()));
    assert_eq!(systemd.until("STATUS="), "STATUS=nobody is subscribed");
    systemd.until("WATCHDOG=1");
    systemd.until("WATCHDOG=1");
    house.sim.text(BRUNO, "DAILY lyon 7am").await;
    let status = systemd.until("STATUS=");
    assert!(
        status.starts_with("STATUS=next ") && status.ends_with(", 1 due"),
        "{status}"
    );
    daemon.signal("-TERM");
    let stopping = systemd.until("STOPPING=1");
    assert!(stopping.contains("STATUS=finishing"), "{stopping}");
    daemon.stop();
    for said in systemd.all() {
        assert!(!said.contains(&BRUNO[4..]), "{said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sender_alone_does_not_feed_the_watchdog() {
    let house = House::new().await;
    let systemd = Systemd::listen(&house);
    // One tick at the start, and none for a long time.
    let yearly = house.config("tick = ", "tick = \"0 0 0 1 1 *\"");
    let daemon = systemd.start(&house, &yearly, true);
    assert!(until(|| get(daemon.admin, "/readyz") == 200, 20).await);
    // The sender's next sign of life belongs to that tick, too.
    tokio::time::sleep(Duration::from_secs(2)).await;
    systemd.all();
    systemd.stays_silent_for(Duration::from_secs(4));
}

#[tokio::test(flavor = "multi_thread")]
async fn ticks_alone_do_not_feed_the_watchdog() {
    let house = House::new().await;
    let systemd = Systemd::listen(&house);
    let daemon = systemd.start(&house, &house.config("", ""), true);
    house
        .sim
        .faults()
        .create
        .always(Some(CreateFault::HangBefore));
    systemd.until("WATCHDOG=1");
    let operator = |arguments: &[&str]| {
        let mut command = house.command(&house.config("", ""));
        let status = command_of(&mut command, arguments).status();
        assert!(status.unwrap().success());
    };
    operator(&["message", "send", "--to", BRUNO, "hello"]);
    // Claimed, which is progress, and then nothing: the request hangs until its time is over.
    let rows = house.rows().await;
    assert_eq!(rows.len(), 1);
    tokio::time::sleep(Duration::from_secs(3)).await;
    systemd.all();
    systemd.stays_silent_for(Duration::from_secs(4));
    drop(daemon);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_locked_database_is_no_reason_to_start_anew() {
    let house = House::new().await;
    let systemd = Systemd::listen(&house);
    let daemon = systemd.start(&house, &house.config("", ""), true);
    systemd.until("WATCHDOG=1");
    let somebody = rusqlite::Connection::open(house.database()).unwrap();
    somebody.execute_batch("BEGIN IMMEDIATE").unwrap();
    assert!(
        until(
            || daemon.log().contains("a tick could not use the database"),
            30
        )
        .await
    );
    systemd.all();
    let end = Instant::now() + Duration::from_secs(30);
    while systemd.within(end).unwrap() != "WATCHDOG=1" {}
    somebody.execute_batch("ROLLBACK").unwrap();
    daemon.stop();
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_watchdog_none_is_fed() {
    let house = House::new().await;
    let systemd = Systemd::listen(&house);
    let daemon = systemd.start(&house, &house.config("", ""), false);
    systemd.until("READY=1");
    systemd.stays_silent_for(Duration::from_secs(3));
    daemon.stop();
}

/// The socket that `NOTIFY_SOCKET` names.
struct Systemd {
    socket: UnixDatagram,
    path: PathBuf,
}

impl Systemd {
    fn listen(house: &House) -> Self {
        let path = house.directory.path().join("notify.sock");
        let socket = UnixDatagram::bind(&path).unwrap();
        let patience = Some(Duration::from_millis(50));
        socket.set_read_timeout(patience).unwrap();
        Self { socket, path }
    }

    fn start(&self, house: &House, config: &str, watchdog: bool) -> Daemon {
        let mut command = house.command(config);
        command.env("NOTIFY_SOCKET", &self.path);
        if watchdog {
            command.env("WATCHDOG_USEC", "180000000");
        }
        house.serve_as(command)
    }

    /// What is said next, within ten seconds.
    fn next(&self) -> Option<String> {
        self.within(Instant::now() + Duration::from_secs(10))
    }

    /// Skips what is said until something begins with this.
    fn until(&self, begins: &str) -> String {
        let end = Instant::now() + Duration::from_secs(10);
        while let Some(said) = self.within(end) {
            if said.starts_with(begins) {
                return said;
            }
        }
        unreachable!("{begins} was not said")
    }

    /// The watchdog is not fed.
    fn stays_silent_for(&self, time: Duration) {
        let end = Instant::now() + time;
        while let Some(said) = self.within(end) {
            assert_ne!(said, "WATCHDOG=1");
        }
    }

    /// What was said and not heard yet.
    fn all(&self) -> Vec<String> {
        let mut all = Vec::new();
        while let Some(said) = self.within(Instant::now() + Duration::from_millis(100)) {
            all.push(said);
        }
        all
    }

    fn within(&self, end: Instant) -> Option<String> {
        let mut bytes = [0; 4096];
        while Instant::now() < end {
            if let Ok(length) = self.socket.recv(&mut bytes) {
                let text = String::from_utf8_lossy(&bytes[..length]);
                return Some(text.trim_end().to_owned());
            }
        }
        None
    }
}

/// The same program, directory and secrets, with other arguments than `serve`.
fn command_of<'a>(like: &'a mut Command, arguments: &[&str]) -> &'a mut Command {
    let mut other = Command::new(like.get_program());
    other.args(arguments).env_clear();
    for (name, value) in like.get_envs() {
        if let Some(value) = value {
            other.env(name, value);
        }
    }
    if let Some(directory) = like.get_current_dir() {
        other.current_dir(directory);
    }
    *like = other;
    like
}
