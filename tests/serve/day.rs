//! The whole daemon under another clock (libfaketime): the mornings around both changes of 2026, and a clock that is set back.
//! Skipped, and says so, where there is no libfaketime.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

use jiff::Timestamp;

use crate::house::{BRUNO, Daemon, House, skipped, until};

#[tokio::test(flavor = "multi_thread")]
async fn one_message_at_seven_around_the_change_to_summer_time() {
    // Saturday at +1, Sunday and Monday at +2.
    mornings([
        "2026-03-28T06:00Z",
        "2026-03-29T05:00Z",
        "2026-03-30T05:00Z",
    ])
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_message_at_seven_around_the_change_to_winter_time() {
    mornings([
        "2026-10-24T05:00Z",
        "2026-10-25T06:00Z",
        "2026-10-26T06:00Z",
    ])
    .await;
}

/// A clock that runs thirty times as fast, and the daily job as it is by default: once a minute.
#[tokio::test(flavor = "multi_thread")]
async fn a_fast_clock_sends_once_at_seven_on_the_monday_after_the_change() {
    for steady in [Steady::Faked, Steady::Real] {
        let Some(library) = library() else { return };
        let seven: Timestamp = "2026-03-30T05:00:00Z".parse().unwrap();
        let begin = seven.as_millisecond() - 240_000;
        let started = Instant::now();
        let now = move || begin + i64::try_from(started.elapsed().as_millis()).unwrap() * 30;
        let house = House::at(Arc::new(now)).await;
        let mut command = house.command(&house.config("tick = ", ""));
        faked(&mut command, &library, steady);
        command.env("FAKETIME", "@2026-03-30 04:56:00 x30");
        let daemon = house.serve_as(command);
        house.sim.text(BRUNO, "DAILY lyon 7am").await;
        let came = until(|| house.sim.ledger().accepted().count() > 0, 40).await;
        assert!(came, "{steady:?}: {}", daemon.log());
        let at = house.sim.ledger().accepted().next().unwrap().accepted_at_ms;
        let late_s = (at - seven.as_millisecond()) / 1000;
        // The two clocks began a moment apart, and the job looks once a minute.
        assert!((-30..180).contains(&late_s), "{steady:?}: {late_s} s");
        tokio::time::sleep(Duration::from_secs(8)).await;
        assert_eq!(house.sim.ledger().accepted().count(), 1, "{steady:?}");
        daemon.stop();
    }
}

/// Whether the daemon's monotonic clock jumps with the other one, as libfaketime does unless it is told not to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Steady {
    Faked,
    Real,
}

/// The instants at which it is seven in Lyon on a Saturday, a Sunday of change and a Monday.
async fn mornings(sevens: [&str; 3]) {
    let Some(library) = library() else { return };
    let sevens = sevens.map(|at| at.parse().unwrap());
    tokio::join!(
        mornings_of(&library, Steady::Faked, sevens),
        mornings_of(&library, Steady::Real, sevens)
    );
}

async fn mornings_of(library: &Path, steady: Steady, sevens: [Timestamp; 3]) {
    let mut town = Town::new(library, steady, sevens[0], -10).await;
    let told = town.house.sim.text(BRUNO, "DAILY lyon 7am").await;
    assert!(told.replies.concat().contains("07:00"), "{told:?}");
    for (day, seven) in sevens.into_iter().enumerate() {
        if day > 0 {
            // Where seven would be if an hour were added or taken away wrongly.
            town.stays_silent(seven, -3602, 4).await;
            town.clock.set(seven, -3);
        }
        town.hears_once(seven, day + 1).await;
        if day > 0 {
            town.stays_silent(seven, 3598, 4).await;
        }
    }
    town.lives_an_hour_twice(sevens[2]).await;
    town.daemon.stop();
    let rows = town.house.rows().await;
    assert_eq!(rows.len(), 3, "one record a date");
    assert_eq!(town.house.sim.violations(), Vec::<String>::new());
}

/// The daemon and the world, by one clock that can be set.
pub(crate) struct Town {
    pub(crate) house: House,
    pub(crate) daemon: Daemon,
    pub(crate) clock: FakeClock,
    library: PathBuf,
    steady: Steady,
}

impl Town {
    pub(crate) async fn new(library: &Path, steady: Steady, at: Timestamp, plus_s: i64) -> Self {
        let ahead_ms = Arc::new(AtomicI64::new(0));
        let shared = Arc::clone(&ahead_ms);
        let now = move || Timestamp::now().as_millisecond() + shared.load(Ordering::SeqCst);
        let house = House::at(Arc::new(now)).await;
        let file = house.directory.path().join("clock");
        let clock = FakeClock { ahead_ms, file };
        clock.set(at, plus_s);
        let daemon = serve(&house, &clock, library, steady);
        Self {
            house,
            daemon,
            clock,
            library: library.to_owned(),
            steady,
        }
    }

    pub(crate) fn sent(&self) -> usize {
        self.house.sim.ledger().accepted().count()
    }

    pub(crate) async fn hears_once(&self, seven: Timestamp, so_far: usize) {
        let came = until(|| self.sent() >= so_far, 40).await;
        assert!(came, "{:?} {seven}: {}", self.steady, self.daemon.log());
        let ledger = self.house.sim.ledger();
        let at = ledger.accepted().last().unwrap().accepted_at_ms;
        let late_ms = at - seven.as_millisecond();
        assert!((0..20_000).contains(&late_ms), "{seven}: {late_ms} ms");
        assert_eq!(self.sent(), so_far, "{:?} {seven}", self.steady);
    }

    pub(crate) async fn stays_silent(&self, seven: Timestamp, plus_s: i64, seconds: u64) {
        self.clock.set(seven, plus_s);
        let before = self.sent();
        tokio::time::sleep(Duration::from_secs(seconds)).await;
        assert_eq!(
            self.sent(),
            before,
            "{:?} {seven} and {plus_s} s",
            self.steady
        );
    }

    /// The daemon ends, and comes back by whatever the clock says then.
    pub(crate) fn restart_at(&mut self, at: Timestamp, plus_s: i64) {
        self.daemon.signal("-TERM");
        assert_eq!(self.daemon.ended().0.code(), Some(0));
        self.clock.set(at, plus_s);
        self.daemon = serve(&self.house, &self.clock, &self.library, self.steady);
    }

    /// The clock is set back an hour while the daemon runs, and it comes by seven a second time, started anew.
    async fn lives_an_hour_twice(&mut self, seven: Timestamp) {
        self.clock.set(seven, 20);
        tokio::time::sleep(Duration::from_secs(2)).await;
        let spent = self.daemon.processor_seconds();
        self.stays_silent(seven, -3580, 5).await;
        let spent = self.daemon.processor_seconds() - spent;
        assert!(spent < 2.0, "{:?}: it is busy: {spent} s", self.steady);
        assert!(self.daemon.is_running());
        // A monotonic clock that goes back is none: all time limits are over at once, and nobody is answered for an hour.
        if self.steady == Steady::Real {
            let asked = self.house.sim.text(BRUNO, "lyon").await;
            assert!(asked.replies.concat().starts_with("Lyon"), "{asked:?}");
        }
        let before = self.sent();
        self.restart_at(seven, -4);
        tokio::time::sleep(Duration::from_secs(9)).await;
        assert_eq!(self.sent(), before, "{:?}: sent again", self.steady);
    }
}

fn serve(house: &House, clock: &FakeClock, library: &Path, steady: Steady) -> Daemon {
    let mut command = house.command(&house.config("", ""));
    faked(&mut command, library, steady);
    command
        .env("FAKETIME_TIMESTAMP_FILE", &clock.file)
        .env("FAKETIME_NO_CACHE", "1");
    house.serve_as(command)
}

/// The file from which libfaketime reads how far its clock is ahead.
pub(crate) struct FakeClock {
    ahead_ms: Arc<AtomicI64>,
    file: PathBuf,
}

impl FakeClock {
    pub(crate) fn set(&self, at: Timestamp, plus_s: i64) {
        let ahead_ms = at.as_millisecond() + plus_s * 1000 - Timestamp::now().as_millisecond();
        let new = self.file.with_extension("new");
        let (sign, ms) = (if ahead_ms < 0 { '-' } else { '+' }, ahead_ms.abs());
        std::fs::write(&new, format!("{sign}{}.{:03}\n", ms / 1000, ms % 1000)).unwrap();
        std::fs::rename(&new, &self.file).unwrap();
        self.ahead_ms.store(ahead_ms, Ordering::SeqCst);
    }
}

fn faked(command: &mut Command, library: &Path, steady: Steady) {
    command.env("LD_PRELOAD", library).env("TZ", "UTC");
    if steady == Steady::Real {
        command.env("FAKETIME_DONT_FAKE_MONOTONIC", "1");
    }
}

/// libfaketime for programs with threads.
pub(crate) fn library() -> Option<PathBuf> {
    let found = ["/usr/lib", "/usr/local/lib"].iter().find_map(|lib| {
        let below = std::fs::read_dir(lib).ok()?.flatten();
        let mut places: Vec<_> = below.map(|entry| entry.path().join("faketime")).collect();
        places.push(Path::new(lib).join("faketime"));
        places
            .iter()
            .map(|place| place.join("libfaketimeMT.so.1"))
            .find(|file| file.exists())
    });
    if found.is_none() {
        skipped("no libfaketime on this machine (Debian's package faketime)");
    }
    found
}
