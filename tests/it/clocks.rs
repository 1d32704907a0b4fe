//! Clocks that jump, places that move, zones that skip a date, and a database that others lock: one text a date, none lost.

use weatherline::sim::{CallbackFault, ListFault, WeatherFault};

use crate::world::{ANNA, BRUNO, CLARA, World, instant};

async fn subscribed() -> World {
    let world = World::at("2026-11-20 18:00 Europe/Paris").await;
    world.text(BRUNO, "DAILY lyon 7am").await;
    world
}

async fn jump(world: &World, to: &str) {
    world.clock.set(instant(to));
    world.live().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_hour_ahead_and_back_again_is_one_text() {
    let world = subscribed().await;
    world.sleep_until("2026-11-21 06:30 Europe/Paris").await;
    jump(&world, "2026-11-21 07:30 Europe/Paris").await;
    jump(&world, "2026-11-21 06:30 Europe/Paris").await;
    world.sleep_until("2026-11-22 08:00 Europe/Paris").await;
    assert_eq!(
        world.records_of(BRUNO).await,
        ["daily 2026-11-21 delivered", "daily 2026-11-22 delivered"]
    );
    assert_eq!(world.deliveries_to(BRUNO).len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_hour_back_in_the_middle_of_a_send_is_one_text() {
    let world = subscribed().await;
    world.clock.set(instant("2026-11-21 07:00 Europe/Paris"));
    world.app.tick().await.unwrap();
    let claimed = world.app.store.claim(world.clock.now(), 10).await.unwrap();
    assert_eq!(claimed.len(), 1);
    jump(&world, "2026-11-21 06:00 Europe/Paris").await;
    world.sleep_until("2026-11-21 12:00 Europe/Paris").await;
    assert_eq!(
        world.records_of(BRUNO).await,
        ["daily 2026-11-21 delivered"]
    );
    assert_eq!(world.deliveries_to(BRUNO).len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_that_comes_twice_at_the_due_moment_is_one_text() {
    let world = subscribed().await;
    world.sleep_until("2026-11-21 06:59 Europe/Paris").await;
    for time in ["06:59:59", "07:00:00", "06:59:59", "07:00:00", "07:00:01"] {
        jump(&world, &format!("2026-11-21 {time} Europe/Paris")).await;
    }
    world.sleep_until("2026-11-21 08:00 Europe/Paris").await;
    assert_eq!(
        world.records_of(BRUNO).await,
        ["daily 2026-11-21 delivered"]
    );
    assert_eq!(world.deliveries_to(BRUNO).len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_minutes_down_are_a_late_text_and_four_hours_a_record() {
    for (back, record, texts) in [
        ("07:10", "daily 2026-11-21 delivered", 1),
        ("11:00", "daily 2026-11-21 skipped too late", 0),
    ] {
        let world = subscribed().await.restart().await;
        jump(&world, &format!("2026-11-21 {back} Europe/Paris")).await;
        world.sleep_until("2026-11-21 12:00 Europe/Paris").await;
        assert_eq!(world.records_of(BRUNO).await, [record]);
        assert_eq!(world.deliveries_to(BRUNO).len(), texts);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn weather_that_is_away_around_seven_makes_one_late_text() {
    let world = subscribed().await;
    world.clock.set(instant("2026-11-21 06:59 Europe/Paris"));
    let faults = world.sim.faults();
    faults.open_meteo.always(Some(WeatherFault::ServerError));
    faults.met_norway.always(Some(WeatherFault::BadGateway));
    world.sleep_until("2026-11-21 07:20 Europe/Paris").await;
    assert_eq!(world.deliveries_to(BRUNO).len(), 0);
    faults.clear();
    world.sleep_until("2026-11-21 09:00 Europe/Paris").await;
    assert_eq!(
        world.records_of(BRUNO).await,
        ["daily 2026-11-21 delivered"]
    );
    assert_eq!(world.deliveries_to(BRUNO).len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_that_goes_out_after_midnight_is_for_the_evening_before() {
    let world = World::at("2026-11-20 18:00 Europe/Paris").await;
    world.text(BRUNO, "DAILY lyon 11:30pm").await;
    let world = world.restart().await;
    jump(&world, "2026-11-21 00:40 Europe/Paris").await;
    assert_eq!(world.records_of(BRUNO).await.len(), 1);
    world.sleep_until("2026-11-21 23:59 Europe/Paris").await;
    assert_eq!(
        world.records_of(BRUNO).await,
        ["daily 2026-11-20 delivered", "daily 2026-11-21 delivered"]
    );
    assert_eq!(world.deliveries_to(BRUNO).len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_ahead_and_back_again_leaves_one_record_for_each_date() {
    let world = subscribed().await;
    world.sleep_until("2026-11-21 06:00 Europe/Paris").await;
    jump(&world, "2026-11-22 07:00 Europe/Paris").await;
    jump(&world, "2026-11-21 06:05 Europe/Paris").await;
    world.sleep_until("2026-11-23 08:00 Europe/Paris").await;
    assert_eq!(
        world.records_of(BRUNO).await,
        [
            "daily 2026-11-21 skipped too late",
            "daily 2026-11-22 delivered",
            "daily 2026-11-23 delivered"
        ]
    );
    assert_eq!(world.deliveries_to(BRUNO).len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_machine_that_boots_in_1970_sends_nothing_until_it_knows_the_time() {
    let world = subscribed().await;
    world.sleep_until("2026-11-21 06:30 Europe/Paris").await;
    world.clock.set(instant("1970-01-01T00:00:10Z"));
    let world = world.restart().await;
    world.live().await;
    assert_eq!(world.deliveries_to(BRUNO).len(), 0);
    jump(&world, "2026-11-21 07:00 Europe/Paris").await;
    world.sleep_until("2026-11-21 12:00 Europe/Paris").await;
    assert_eq!(
        world.records_of(BRUNO).await,
        ["daily 2026-11-21 delivered"]
    );
    assert_eq!(world.deliveries_to(BRUNO).len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_move_west_or_east_never_makes_a_second_text_for_a_date() {
    for place in ["honolulu", "tokyo"] {
        let world = subscribed().await;
        world.sleep_until("2026-11-21 08:00 Europe/Paris").await;
        let answer = world.text(BRUNO, &format!("PLACE {place}")).await;
        assert!(answer.to_lowercase().contains(place), "{answer}");
        world.sleep_until("2026-11-22 20:00 Europe/Paris").await;
        assert_eq!(
            world.records_of(BRUNO).await,
            ["daily 2026-11-21 delivered", "daily 2026-11-22 delivered"],
            "{place}"
        );
        assert_eq!(world.deliveries_to(BRUNO).len(), 2, "{place}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_date_that_apia_skipped_has_no_record() {
    let world = World::at("2011-12-28 12:00 Pacific/Apia").await;
    let answer = world.text(CLARA, "DAILY -13.83,-171.76 7am").await;
    assert!(answer.contains("STOP"), "{answer}");
    world.sleep_until("2012-01-01 12:00 Pacific/Apia").await;
    assert_eq!(
        world.records_of(CLARA).await,
        [
            "daily 2011-12-29 delivered",
            "daily 2011-12-31 delivered",
            "daily 2012-01-01 delivered"
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_place_of_a_date_and_the_last_get_each_date_once() {
    let world = World::at("2026-11-20T12:00:00Z").await;
    world.text(ANNA, "DAILY 1.87,-157.4 7am").await;
    world.text(CLARA, "DAILY honolulu 7am").await;
    world.sleep_until("2026-11-22T18:00:00Z").await;
    // The same instants, a date apart.
    assert_eq!(
        world.records_of(ANNA).await,
        [
            "daily 2026-11-21 delivered",
            "daily 2026-11-22 delivered",
            "daily 2026-11-23 delivered"
        ]
    );
    assert_eq!(
        world.records_of(CLARA).await,
        [
            "daily 2026-11-20 delivered",
            "daily 2026-11-21 delivered",
            "daily 2026-11-22 delivered"
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_callback_a_day_late_still_tells_the_truth() {
    let world = subscribed().await;
    let late = CallbackFault::Late(26 * 3_600_000);
    world.sim.faults().callback.next(late);
    world.sim.faults().fetch.always(Some(ListFault::Down));
    world.sleep_until("2026-11-21 20:00 Europe/Paris").await;
    assert_eq!(
        world.records_of(BRUNO).await,
        ["daily 2026-11-21 sent no receipt"]
    );
    world.sleep_until("2026-11-22 12:00 Europe/Paris").await;
    let records = world.records_of(BRUNO).await;
    assert_eq!(records[0], "daily 2026-11-21 delivered", "{records:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn other_tz_data_move_what_is_not_due_yet_and_only_once() {
    let world = subscribed().await;
    // As rules said that have since been changed: an hour later.
    poke(
        &world,
        "UPDATE subscriptions SET next_due_at = next_due_at + 3600000",
    );
    assert!(world.app.follow_zones("2099a").await.unwrap());
    assert!(!world.app.follow_zones("2099a").await.unwrap());
    let due = world.app.store.next_due_at().await.unwrap().unwrap();
    assert_eq!(due, instant("2026-11-21 07:00 Europe/Paris"));
    world.sleep_until("2026-11-21 12:00 Europe/Paris").await;
    assert_eq!(world.deliveries_to(BRUNO).len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_another_program_locks_costs_time_only() {
    let world = subscribed().await;
    world.clock.set(instant("2026-11-21 07:00 Europe/Paris"));
    let other = rusqlite::Connection::open(&world.settings.store.path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    // Longer than a connection waits.
    assert!(world.app.tick().await.is_err());
    assert_eq!(world.deliveries_to(BRUNO).len(), 0);
    other.execute_batch("ROLLBACK").unwrap();
    drop(other);
    world.live().await;
    world.sleep_until("2026-11-21 12:00 Europe/Paris").await;
    assert_eq!(
        world.records_of(BRUNO).await,
        ["daily 2026-11-21 delivered"]
    );
    assert_eq!(world.deliveries_to(BRUNO).len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_poisoned_row_does_not_hold_up_the_others() {
    let world = subscribed().await;
    world.text(CLARA, "DAILY london 6am").await;
    poke(&world, "UPDATE subscriptions SET place = '{}' WHERE id = 1");
    world.sleep_until("2026-11-22 12:00 Europe/Paris").await;
    assert_eq!(world.deliveries_to(CLARA).len(), 2);
    assert_eq!(world.deliveries_to(BRUNO).len(), 0);
}

/// Changes the database behind the daemon's back.
fn poke(world: &World, sql: &str) {
    let other = rusqlite::Connection::open(&world.settings.store.path).unwrap();
    other.execute_batch(sql).unwrap();
}
