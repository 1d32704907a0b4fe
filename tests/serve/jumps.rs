//! The whole daemon while its clock jumps (libfaketime): by an hour and by a day, there and back, over the moment that
//! something is due, and 1970 at boot. Each date has its text, once. Skipped, and says so, where there is no libfaketime.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use crate::day::{Steady, Town, library};
use crate::house::{BRUNO, until};

const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_jumps_and_comes_back_gives_each_date_its_text_once() {
    let Some(library) = library() else { return };
    tokio::join!(
        there_and_back(&library, HOUR),
        there_and_back(&library, -HOUR),
        there_and_back(&library, DAY),
        there_and_back(&library, -DAY),
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_jumps_over_the_moment_sends_late_and_not_again() {
    let Some(library) = library() else { return };
    let mut town = town(&library, -1800).await;
    assert_eq!(town.sent(), 0);
    town.clock.set(seven(), 1800);
    assert!(
        until(|| town.sent() == 1, 20).await,
        "{}",
        town.daemon.log()
    );
    // Back before the moment, and then it comes in truth.
    town.stays_silent(seven(), -1700, 4).await;
    town.stays_silent(seven(), -2, 6).await;
    assert!(town.daemon.is_running());
    town.daemon.stop();
    assert_eq!(town.house.rows().await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_machine_that_boots_in_1970_sends_once_it_knows_the_time() {
    let Some(library) = library() else { return };
    let mut town = town(&library, -60).await;
    town.restart_at(Timestamp::UNIX_EPOCH, 10);
    tokio::time::sleep(Duration::from_secs(4)).await;
    assert!(town.daemon.is_running(), "{}", town.daemon.log());
    assert_eq!(town.sent(), 0, "{}", town.daemon.log());
    town.clock.set(seven(), 1);
    assert!(
        until(|| town.sent() == 1, 20).await,
        "{}",
        town.daemon.log()
    );
    let asked = town.house.sim.text(BRUNO, "lyon").await;
    assert!(asked.replies.concat().starts_with("Lyon"), "{asked:?}");
    // And in 1970 again, and back.
    town.stays_silent(Timestamp::UNIX_EPOCH, 3000, 3).await;
    town.stays_silent(seven(), 30, 4).await;
    town.daemon.stop();
    assert_eq!(town.house.rows().await.len(), 1);
}

/// After the morning's text the clock jumps, comes back, and the next morning comes in truth.
async fn there_and_back(library: &Path, jump_s: i64) {
    let mut town = town(library, -6).await;
    town.hears_once(seven(), 1).await;
    town.clock.set(seven(), 20 + jump_s);
    tokio::time::sleep(Duration::from_secs(4)).await;
    // A day ahead it is seven there, too, and that date has its text already when it comes in truth.
    let ahead = usize::from(jump_s == DAY);
    assert_eq!(town.sent(), 1 + ahead, "{jump_s} s");
    let asked = town.house.sim.text(BRUNO, "lyon").await;
    assert!(asked.replies.concat().starts_with("Lyon"), "{asked:?}");
    town.stays_silent(seven(), 30, 4).await;
    let tomorrow = seven() + SignedDuration::from_secs(DAY);
    town.clock.set(tomorrow, -3);
    assert!(
        until(|| town.sent() == 2, 20).await,
        "{jump_s} s: {}",
        town.daemon.log()
    );
    town.stays_silent(tomorrow, 10, 4).await;
    assert!(town.daemon.is_running());
    town.daemon.stop();
    let rows = town.house.rows().await;
    let dates: BTreeSet<_> = rows.iter().map(|row| row.local_date).collect();
    assert_eq!((rows.len(), dates.len()), (2, 2), "{jump_s} s");
    assert_eq!(town.house.sim.violations(), Vec::<String>::new());
}

/// Bruno with a text at seven, whole seconds from it.
async fn town(library: &Path, plus_s: i64) -> Town {
    let town = Town::new(library, Steady::Real, seven(), plus_s).await;
    let told = town.house.sim.text(BRUNO, "DAILY lyon 7am").await;
    assert!(told.replies.concat().contains("07:00"), "{told:?}");
    town
}

/// In Lyon, on a Tuesday.
fn seven() -> Timestamp {
    Timestamp::constant(1_778_562_000, 0)
}
