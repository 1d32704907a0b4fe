//! Backup and restore: a restored morning is never sent again, and a STOP is not forgotten.

use std::path::PathBuf;

use jiff::SignedDuration;
use weatherline::flow::{ReconcileError, Reconciled, Reconciling};
use weatherline::sim::ListFault;
use weatherline::store::Restoring;

use crate::world::{BRUNO, CLARA, World, instant};

#[tokio::test(flavor = "multi_thread")]
async fn a_morning_that_was_sent_after_the_backup_is_not_sent_again() {
    let world = World::at("2026-11-20 18:00 Europe/Paris").await;
    world.text(BRUNO, "DAILY lyon 7am").await;
    world.sleep_until("2026-11-21 06:00 Europe/Paris").await;
    let backup = backed_up(&world).await;
    world.sleep_until("2026-11-21 07:10 Europe/Paris").await;
    assert_eq!(world.deliveries_to(BRUNO).len(), 1);
    let (world, done) = restored(world, backup).await;
    assert_eq!(done.sent, 1, "{done:?}");
    assert_eq!(
        world.records_of(BRUNO).await,
        ["daily 2026-11-21 delivered"]
    );
    world.sleep_until("2026-11-22 12:00 Europe/Paris").await;
    assert_eq!(
        world.records_of(BRUNO).await,
        ["daily 2026-11-21 delivered", "daily 2026-11-22 delivered"]
    );
    assert_eq!(world.deliveries_to(BRUNO).len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn several_mornings_of_several_places_each_find_their_own_text() {
    let world = World::at("2026-11-20 18:00 Europe/Paris").await;
    world.text(BRUNO, "DAILY lyon 7am").await;
    world.text(BRUNO, "DAILY marseille 7am").await;
    let backup = backed_up(&world).await;
    world.sleep_until("2026-11-22 12:00 Europe/Paris").await;
    assert_eq!(world.deliveries_to(BRUNO).len(), 4);
    let (world, done) = restored(world, backup).await;
    assert_eq!(done.sent, 4, "{done:?}");
    world.sleep_until("2026-11-22 23:00 Europe/Paris").await;
    assert_eq!(world.deliveries_to(BRUNO).len(), 4);
    assert_eq!(world.records_of(BRUNO).await.len(), 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waited_when_the_backup_was_made_is_settled_by_the_list() {
    let world = World::at("2026-11-20 18:00 Europe/Paris").await;
    world.text(BRUNO, "DAILY lyon 7am").await;
    world.text(CLARA, "DAILY london 6am").await;
    world.clock.set(instant("2026-11-21 07:00 Europe/Paris"));
    world.app.tick().await.unwrap();
    // Both wait in the outbox; one of the two is also being tried.
    let claimed = world.app.store.claim(world.clock.now(), 1).await.unwrap();
    assert_eq!(claimed.len(), 1);
    let backup = backed_up(&world).await;
    // Only the other one is ever sent.
    world.live().await;
    let (world, done) = restored(world, backup).await;
    assert_eq!(done.held, 2, "{done:?}");
    world.sleep_until("2026-11-21 12:00 Europe/Paris").await;
    for phone in [BRUNO, CLARA] {
        assert_eq!(
            world.records_of(phone).await,
            ["daily 2026-11-21 delivered"],
            "{phone}"
        );
        assert_eq!(world.deliveries_to(phone).len(), 1, "{phone}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_morning_that_was_called_after_the_backup_is_not_called_again() {
    let world = World::at("2026-11-20 18:00 Europe/Paris").await;
    world.text(BRUNO, "DAILY lyon 7am by call").await;
    // A text at the same hour, which must not be taken for the call.
    world.text(BRUNO, "DAILY marseille 7am").await;
    let backup = backed_up(&world).await;
    world.sleep_until("2026-11-22 07:30 Europe/Paris").await;
    assert_eq!(world.sim.calls().len(), 2);
    assert_eq!(world.deliveries_to(BRUNO).len(), 2);
    let (world, done) = restored(world, backup).await;
    assert_eq!(done.sent, 4, "{done:?}");
    let before = world.records_of(BRUNO).await;
    assert_eq!(before.len(), 4, "{before:?}");
    assert!(
        before.iter().all(|record| record.ends_with("delivered")),
        "{before:?}"
    );
    world.sleep_until("2026-11-23 12:00 Europe/Paris").await;
    assert_eq!(world.sim.calls().len(), 3, "one for each morning");
    assert_eq!(world.deliveries_to(BRUNO).len(), 3);
    assert_eq!(world.records_of(BRUNO).await.len(), 6);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_that_waited_when_the_backup_was_made_is_settled_by_the_list() {
    let world = World::at("2026-11-20 18:00 Europe/Paris").await;
    world.text(BRUNO, "DAILY lyon 7am by call").await;
    world.clock.set(instant("2026-11-21 07:00 Europe/Paris"));
    world.app.tick().await.unwrap();
    let backup = backed_up(&world).await;
    world.live().await;
    world.sleep_until("2026-11-21 07:10 Europe/Paris").await;
    assert_eq!(world.sim.calls().len(), 1);
    let (world, done) = restored(world, backup).await;
    assert_eq!((done.held, done.sent), (1, 1), "{done:?}");
    world.sleep_until("2026-11-21 12:00 Europe/Paris").await;
    assert_eq!(world.sim.calls().len(), 1);
    assert_eq!(world.records_of(BRUNO).await, ["call 2026-11-21 delivered"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_people_texted_after_the_backup_still_holds() {
    let world = World::at("2026-11-20 18:00 Europe/Paris").await;
    world.text(BRUNO, "DAILY lyon 7am").await;
    world.text(CLARA, "DAILY london 6am").await;
    let backup = backed_up(&world).await;
    world.clock.set(instant("2026-11-20 19:00 Europe/Paris"));
    world.text(BRUNO, "STOP").await;
    world.text(CLARA, "TIME 8am").await;
    let (world, done) = restored(world, backup).await;
    assert_eq!(done.replayed, 2, "{done:?}");
    world.sleep_until("2026-11-21 07:30 Europe/London").await;
    assert_eq!(world.deliveries_to(BRUNO).len(), 0, "stopped");
    assert_eq!(world.deliveries_to(CLARA).len(), 0, "not before eight");
    world.sleep_until("2026-11-21 12:00 Europe/London").await;
    assert_eq!(world.deliveries_to(CLARA).len(), 1);
    assert_eq!(world.deliveries_to(BRUNO).len(), 0, "still stopped");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_list_nothing_is_restored() {
    let world = World::at("2026-11-20 18:00 Europe/Paris").await;
    world.text(BRUNO, "DAILY lyon 7am").await;
    let backup = backed_up(&world).await;
    world.sleep_until("2026-11-21 07:10 Europe/Paris").await;
    world.sim.faults().list.always(Some(ListFault::Down));
    world.app.store.close().await;
    let now = world.clock.now();
    let restoring = Restoring::begin(&world.settings.store, &backup).unwrap();
    let copy = restoring.open().unwrap();
    let failed = reconciling(&world, &copy).run(now, &mut |_| {}).await;
    assert!(matches!(failed, Err(ReconcileError::List(_))), "{failed:?}");
    copy.close().await;
    drop(restoring);
    world.sim.faults().list.always(None);
    let left: Vec<_> = world
        .settings
        .store
        .path
        .parent()
        .unwrap()
        .read_dir()
        .unwrap()
        .collect();
    let names: Vec<_> = left
        .into_iter()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.contains("restoring"))
        .collect();
    assert_eq!(names, Vec::<String>::new());
    let world = world.restart().await;
    assert_eq!(
        world.records_of(BRUNO).await,
        ["daily 2026-11-21 delivered"]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_restored_under_a_running_daemon_or_from_a_damaged_file() {
    let world = World::at("2026-11-20 18:00 Europe/Paris").await;
    world.text(BRUNO, "DAILY lyon 7am").await;
    let backup = backed_up(&world).await;
    let running = Restoring::begin(&world.settings.store, &backup).unwrap_err();
    assert!(running.to_string().contains("running"), "{running}");
    let mut bytes = std::fs::read(&backup).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..].fill(0x5a);
    std::fs::write(&backup, bytes).unwrap();
    assert!(weatherline::store::verify(&backup).is_err());
}

async fn backed_up(world: &World) -> PathBuf {
    let file = world.settings.store.path.with_file_name("backup.db");
    world.app.store.backup(&file).await.unwrap();
    weatherline::store::verify(&file).unwrap();
    file
}

/// The daemon stops, the backup takes the place of its database, the daemon starts.
async fn restored(world: World, backup: PathBuf) -> (World, Reconciled) {
    let now = world.clock.now();
    world.app.store.close().await;
    let restoring = Restoring::begin(&world.settings.store, &backup).unwrap();
    let copy = restoring.open().unwrap();
    let done = reconciling(&world, &copy).run(now, &mut |_| {}).await;
    copy.close().await;
    let old = restoring.finish(now).unwrap().unwrap();
    assert!(old.is_file(), "the old database stays");
    (world.restart().await, done.unwrap())
}

fn reconciling<'a>(world: &'a World, store: &'a weatherline::store::Store) -> Reconciling<'a> {
    Reconciling {
        store,
        carrier: &world.app.carrier,
        places: &world.app.places,
        rules: &world.app.settings.rules,
        lateness: SignedDuration::from_hours(3),
    }
}
