//! The promise of delivery: unclear sends are held and settled, never guessed; every record ends.

use std::sync::Arc;
use std::time::Duration;

use weatherline::domain::delivery::DedupKey;
use weatherline::domain::phone::PhoneNumber;
use weatherline::flow::Hold;
use weatherline::sim::{CallbackFault, CreateFault, Fate, ListFault};

use crate::world::{ANNA, BRUNO, CLARA, World, instant};

async fn subscribed() -> World {
    let world = World::at("2026-11-20 18:00 Europe/Paris").await;
    world.text(BRUNO, "DAILY lyon 7am").await;
    world
}

async fn next_noon(world: &World) -> String {
    world.sleep_until("2026-11-21 12:00 Europe/Paris").await;
    let records = world.records_of(BRUNO).await;
    assert_eq!(records.len(), 1, "{records:?}");
    records.into_iter().next().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_drops_after_acceptance_is_settled_without_a_second_text() {
    for fault in [
        CreateFault::ResetAfter,
        CreateFault::ServerErrorAfter,
        CreateFault::BadJson,
        CreateFault::CutBody,
        CreateFault::HangAfter,
    ] {
        let world = subscribed().await;
        world.sim.faults().create.next(fault);
        assert_eq!(
            next_noon(&world).await,
            "daily 2026-11-21 delivered",
            "{fault:?}"
        );
        assert_eq!(world.deliveries_to(BRUNO).len(), 1, "{fault:?}");
        assert_eq!(world.sim.ledger().accepted().count(), 1, "{fault:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_callback_the_message_list_settles_it() {
    let world = subscribed().await;
    world.sim.faults().create.next(CreateFault::ResetAfter);
    world
        .sim
        .faults()
        .callback
        .always(Some(CallbackFault::Missing));
    assert_eq!(next_noon(&world).await, "daily 2026-11-21 delivered");
    assert_eq!(world.sim.ledger().accepted().count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_carrier_provably_never_heard_of_is_sent_again_while_it_is_fresh() {
    for fault in [
        CreateFault::ResetBefore,
        CreateFault::ServerError,
        CreateFault::Unavailable,
        CreateFault::HangBefore,
    ] {
        let world = subscribed().await;
        world.sim.faults().create.next(fault);
        assert_eq!(
            next_noon(&world).await,
            "daily 2026-11-21 delivered",
            "{fault:?}"
        );
        assert_eq!(world.deliveries_to(BRUNO).len(), 1, "{fault:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lagging_list_is_not_proof_of_absence() {
    let world = subscribed().await;
    world.sim.faults().create.next(CreateFault::ResetAfter);
    world
        .sim
        .faults()
        .callback
        .always(Some(CallbackFault::Missing));
    world
        .sim
        .faults()
        .list
        .always(Some(ListFault::Lagging(100)));
    assert_eq!(next_noon(&world).await, "daily 2026-11-21 delivered");
    assert_eq!(world.sim.ledger().accepted().count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn when_nothing_can_be_proven_it_ends_unknown_and_is_not_sent_twice() {
    let world = subscribed().await;
    world.sim.faults().create.next(CreateFault::ResetAfter);
    world
        .sim
        .faults()
        .callback
        .always(Some(CallbackFault::Missing));
    world.sim.faults().list.always(Some(ListFault::Down));
    assert!(
        next_noon(&world)
            .await
            .starts_with("daily 2026-11-21 unknown")
    );
    assert_eq!(world.sim.ledger().accepted().count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn too_many_requests_are_tried_again() {
    let world = subscribed().await;
    for _ in 0..3 {
        world.sim.faults().create.next(CreateFault::TooMany);
    }
    assert_eq!(next_noon(&world).await, "daily 2026-11-21 delivered");
    assert_eq!(world.deliveries_to(BRUNO).len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn callbacks_doubled_reversed_early_and_forged_end_in_the_same_status() {
    for fault in [
        CallbackFault::Doubled,
        CallbackFault::Reordered,
        CallbackFault::Forged,
        CallbackFault::Early,
    ] {
        let world = subscribed().await;
        world.sim.faults().callback.always(Some(fault));
        assert_eq!(
            next_noon(&world).await,
            "daily 2026-11-21 delivered",
            "{fault:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_accepted_text_without_any_receipt_ends_sent() {
    let world = subscribed().await;
    world
        .sim
        .faults()
        .callback
        .always(Some(CallbackFault::Missing));
    world.sim.faults().fetch.always(Some(ListFault::Down));
    world.sleep_until("2026-11-21 20:00 Europe/Paris").await;
    let records = world.records_of(BRUNO).await;
    assert_eq!(records, ["daily 2026-11-21 sent no receipt"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_opt_out_that_only_the_carrier_knows_stops_the_subscription() {
    let world = subscribed().await;
    world.sim.faults().create.next(CreateFault::Refuse(21610));
    world.sleep_until("2026-11-24 12:00 Europe/Paris").await;
    let records = world.records_of(BRUNO).await;
    assert_eq!(records.len(), 1, "{records:?}");
    assert!(
        records[0].starts_with("daily 2026-11-21 failed"),
        "{records:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_account_holds_everybody_and_loses_nobody() {
    let world = subscribed().await;
    world.text(CLARA, "DAILY london 6am").await;
    world
        .sim
        .faults()
        .create
        .always(Some(CreateFault::Refuse(20003)));
    world.sleep_until("2026-11-21 08:00 Europe/Paris").await;
    assert!(world.app.hold().is_some());
    let outlook = world.app.outlook().await.unwrap();
    assert_eq!((outlook.held_for, outlook.waiting), (Some(20003), 2));
    let creates = world.sim.ledger().requests_to("Messages.json");
    assert!(creates <= 2, "{creates} creates while on hold");
    world.sleep_until("2026-11-21 18:00 Europe/Paris").await;
    for phone in [BRUNO, CLARA] {
        assert_eq!(
            world.records_of(phone).await,
            ["daily 2026-11-21 skipped too late"]
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hold_outlives_a_restart_and_ends_when_the_carrier_takes_one() {
    let world = subscribed().await;
    let create = &world.sim.faults().create;
    create.always(Some(CreateFault::Refuse(20003)));
    world.sleep_until("2026-11-21 07:30 Europe/Paris").await;
    let held = Hold::stored(&world.app.store).await.unwrap().unwrap();
    assert_eq!(held.code, 20003);
    let world = world.restart().await;
    let hold = world.app.hold().unwrap();
    assert_eq!((hold.code, hold.since), (held.code, held.since));
    world.sim.faults().create.always(None);
    assert_eq!(next_noon(&world).await, "daily 2026-11-21 delivered");
    assert_eq!(world.app.hold(), None);
    assert_eq!(Hold::stored(&world.app.store).await.unwrap(), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn undelivered_is_written_down_with_the_carriers_code() {
    let world = subscribed().await;
    world.sim.fate(BRUNO, Fate::Undelivered(30003));
    world.sleep_until("2026-11-21 12:00 Europe/Paris").await;
    let rows = world.rows_of(BRUNO).await;
    assert_eq!(rows[0].status.name(), "undelivered");
    assert_eq!(rows[0].error_code, Some(30003));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_between_queueing_and_claim_is_honoured() {
    let world = subscribed().await;
    world.clock.set(instant("2026-11-21 07:00 Europe/Paris"));
    world.app.tick().await.unwrap();
    assert_eq!(world.text(BRUNO, "stop").await, "");
    world.live().await;
    assert_eq!(world.deliveries_to(BRUNO).len(), 0);
    assert_eq!(
        world.records_of(BRUNO).await,
        ["daily 2026-11-21 skipped stopped"]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_after_the_claim_is_acknowledged_when_no_text_can_follow() {
    let world = subscribed().await;
    world.clock.set(instant("2026-11-21 07:00 Europe/Paris"));
    world.app.tick().await.unwrap();
    world.sim.faults().create.next(CreateFault::Slow(300));
    let (app, stop) = (Arc::clone(&world.app), world.stop.clone());
    let sending = tokio::spawn(async move { app.send_ready(&stop).await });
    let sent = |world: &World| world.app.tally.counts().sends.values().sum::<u64>();
    while world.records_of(BRUNO).await != ["daily 2026-11-21 attempting"] {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert_eq!(sent(&world), 0, "it is under way");
    assert_eq!(world.text(BRUNO, "stop").await, "");
    assert_eq!(sent(&world), 1, "it is over");
    assert_eq!(sending.await.unwrap().unwrap(), 1);
    world.sleep_until("2026-11-23 09:00 Europe/Paris").await;
    assert_eq!(sent(&world), 1, "nothing more");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_hangs_keeps_nobody_else_waiting() {
    let world = World::with("2026-11-20 18:00 Europe/Paris", |settings| {
        settings.carrier.request_timeout_ms = 60_000;
    })
    .await;
    world.text(BRUNO, "DAILY lyon 7am").await;
    world.clock.set(instant("2026-11-21 07:00 Europe/Paris"));
    world.app.tick().await.unwrap();
    world.sim.faults().create.next(CreateFault::HangBefore);
    let (app, stop) = (Arc::clone(&world.app), world.stop.clone());
    let sending = tokio::spawn(async move { app.send_ready(&stop).await });
    while world.records_of(BRUNO).await != ["daily 2026-11-21 attempting"] {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    // Time to find that there is nothing more to send.
    tokio::time::sleep(Duration::from_millis(300)).await;
    let (key, phone) = (DedupKey::notice("x"), PhoneNumber::parse(CLARA).unwrap());
    let until = instant("2026-11-21 09:00 Europe/Paris");
    let store = &world.app.store;
    store
        .enqueue_notice(key, &phone, "Hello", 1, until, world.clock.now())
        .await
        .unwrap();
    let accepted = || world.sim.ledger().accepted().count();
    for _ in 0..1_500 {
        if accepted() > 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(accepted(), 1);
    assert_eq!(
        world.records_of(BRUNO).await,
        ["daily 2026-11-21 attempting"]
    );
    sending.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_interrupted_attempt_is_held_and_settled_after_a_restart() {
    let world = World::at("2026-11-20 18:00 America/Los_Angeles").await;
    world.text(ANNA, "DAILY 94110 7am").await;
    world
        .clock
        .set(instant("2026-11-21 07:00 America/Los_Angeles"));
    world.app.tick().await.unwrap();
    // The process dies after the claim: nobody knows whether the request went out.
    let claimed = world.app.store.claim(world.clock.now(), 10).await.unwrap();
    assert_eq!(claimed.len(), 1);
    let world = world.restart().await;
    world
        .sleep_until("2026-11-21 09:30 America/Los_Angeles")
        .await;
    assert_eq!(world.records_of(ANNA).await, ["daily 2026-11-21 delivered"]);
    assert_eq!(world.deliveries_to(ANNA).len(), 1);
}
