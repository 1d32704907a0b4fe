//! The day: one forecast per subscription and local date, at the local time, through DST and downtime.

use crate::world::{ANNA, BRUNO, CLARA, World};

#[tokio::test(flavor = "multi_thread")]
async fn a_subscriber_gets_one_forecast_every_morning_at_seven() {
    let world = World::at("2026-11-20 18:00 Europe/Paris").await;
    let answer = world.text(BRUNO, "DAILY lyon 7am").await;
    assert!(answer.contains("Lyon"), "{answer}");
    world.sleep_until("2026-11-23 12:00 Europe/Paris").await;
    let texts = world.deliveries_to(BRUNO);
    assert_eq!(texts.len(), 3, "{texts:#?}");
    assert!(
        texts.iter().all(|text| text.starts_with("Lyon")),
        "{texts:#?}"
    );
    assert_eq!(
        world.records_of(BRUNO).await,
        [
            "daily 2026-11-21 delivered",
            "daily 2026-11-22 delivered",
            "daily 2026-11-23 delivered"
        ]
    );
    let due: Vec<_> = world
        .rows_of(BRUNO)
        .await
        .iter()
        .map(|row| row.due_at.to_string())
        .collect();
    assert_eq!(
        due,
        [
            "2026-11-21T06:00:00Z",
            "2026-11-22T06:00:00Z",
            "2026-11-23T06:00:00Z"
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn seven_is_seven_on_the_monday_after_each_change_of_the_clocks() {
    for (from, to, monday) in [
        (
            "2026-03-27 12:00 Europe/Paris",
            "2026-03-30 12:00 Europe/Paris",
            "2026-03-30T05:00:00Z",
        ),
        (
            "2026-10-23 12:00 Europe/Paris",
            "2026-10-26 12:00 Europe/Paris",
            "2026-10-26T06:00:00Z",
        ),
    ] {
        let world = World::at(from).await;
        world.text(BRUNO, "DAILY lyon 7am").await;
        world.sleep_until(to).await;
        let rows = world.rows_of(BRUNO).await;
        assert_eq!(rows.len(), 3);
        assert_eq!(rows[2].due_at.to_string(), monday);
        assert_eq!(world.deliveries_to(BRUNO).len(), 3);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_on_the_day_never_makes_a_second_one() {
    let world = World::at("2026-11-20 18:00 Europe/Paris").await;
    world.text(BRUNO, "DAILY lyon 7am").await;
    world.sleep_until("2026-11-21 08:00 Europe/Paris").await;
    world.text(BRUNO, "TIME 9am").await;
    world.sleep_until("2026-11-21 23:00 Europe/Paris").await;
    assert_eq!(
        world.records_of(BRUNO).await,
        ["daily 2026-11-21 delivered"]
    );
    world.sleep_until("2026-11-22 10:00 Europe/Paris").await;
    let rows = world.rows_of(BRUNO).await;
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[1].due_at.to_string(), "2026-11-22T08:00:00Z");
}

#[tokio::test(flavor = "multi_thread")]
async fn downtime_is_caught_up_within_the_lateness_and_written_down_beyond_it() {
    let world = World::at("2026-11-20 18:00 America/Los_Angeles").await;
    world.text(ANNA, "DAILY 94110 7am").await;
    let world = world.restart().await;
    // Nobody ticked for three and a half days.
    world.clock.set(crate::world::instant(
        "2026-11-24 08:30 America/Los_Angeles",
    ));
    world.live().await;
    assert_eq!(
        world.records_of(ANNA).await,
        [
            "daily 2026-11-21 skipped too late",
            "daily 2026-11-22 skipped too late",
            "daily 2026-11-23 skipped too late",
            "daily 2026-11-24 delivered",
        ]
    );
    assert_eq!(world.deliveries_to(ANNA).len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_weather_until_the_lateness_limit_is_a_record_that_says_so() {
    use weatherline::sim::WeatherFault;
    let world = World::at("2026-11-20 18:00 Europe/Paris").await;
    world.text(BRUNO, "DAILY lyon 7am").await;
    world.sleep_until("2026-11-21 06:00 Europe/Paris").await;
    world
        .sim
        .faults()
        .open_meteo
        .always(Some(WeatherFault::ServerError));
    world
        .sim
        .faults()
        .met_norway
        .always(Some(WeatherFault::ServerError));
    // Past every cached copy, too.
    world
        .clock
        .set(crate::world::instant("2026-11-22 05:00 Europe/Paris"));
    world.live().await;
    world.sleep_until("2026-11-22 10:30 Europe/Paris").await;
    let records = world.records_of(BRUNO).await;
    assert_eq!(
        records.last().unwrap(),
        "daily 2026-11-22 skipped no weather",
        "{records:#?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn stop_means_nothing_more_and_start_resumes_it() {
    let world = World::at("2026-11-20 18:00 Europe/Paris").await;
    world.text(BRUNO, "DAILY lyon 7am").await;
    world.sleep_until("2026-11-21 08:00 Europe/Paris").await;
    assert_eq!(world.text(BRUNO, "STOP").await, "");
    world.sleep_until("2026-11-23 08:00 Europe/Paris").await;
    assert_eq!(world.deliveries_to(BRUNO).len(), 1);
    let answer = world.text(BRUNO, "START").await;
    assert!(answer.contains("Lyon"), "{answer}");
    world.sleep_until("2026-11-24 08:00 Europe/Paris").await;
    assert_eq!(world.deliveries_to(BRUNO).len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_days_segments_are_kept_for_the_mornings_and_a_stop_costs_nothing() {
    let world = World::with("2026-11-20 18:00 Europe/Paris", |s| {
        s.flow.segments_per_day = 4;
    })
    .await;
    world.text(BRUNO, "DAILY lyon 7am").await;
    // The count of subscriptions is read with the tick.
    world.sleep_until("2026-11-20 18:20 Europe/Paris").await;
    assert_ne!(world.text(BRUNO, "lyon").await, "");
    assert_ne!(world.text(BRUNO, "lyon tomorrow").await, "");
    // Three are spent, the fourth belongs to the morning.
    assert_eq!(world.text(BRUNO, "lyon tonight").await, "");
    assert_eq!(world.text(ANNA, "94110").await, "");
    // Whoever leaves in words of their own is heard all the same.
    let farewell = "We need it no longer, the farm is sold. Thank you for all the years";
    assert!(world.text(CLARA, farewell).await.contains("unsubscribed"));
    world.sleep_until("2026-11-21 08:00 Europe/Paris").await;
    assert_eq!(world.deliveries_to(BRUNO).len(), 1);
    // Another day, another budget; and a stop is a stop.
    assert_ne!(world.text(BRUNO, "lyon").await, "");
    assert_eq!(world.text(BRUNO, "STOP").await, "");
    world.sleep_until("2026-11-22 08:00 Europe/Paris").await;
    assert_eq!(world.deliveries_to(BRUNO).len(), 1);
}
