//! Upkeep: the forecast cache, retention, new tz data, backups.

use super::super::{Retention, StoreError, VerifyError, verify};
use super::*;
use crate::domain::forecast::{Forecast, Hour};

#[tokio::test]
async fn forecasts_are_kept_while_they_are_of_use() {
    let world = World::new();
    let forecast = |provider| Forecast {
        provider,
        issued_at: evening(),
        hours: vec![Hour::empty(evening())],
    };
    let store = &world.store;
    let old = ("a".to_owned(), forecast("open-meteo"), evening());
    let odd = ("b".to_owned(), forecast("tarot"), evening());
    store.keep_forecasts(vec![old.clone(), odd]).await.unwrap();
    assert_eq!(store.kept_forecasts(evening()).await.unwrap(), [old]);
    let next = after(evening(), 86_400);
    let fresh = std::sync::Arc::new(forecast("nws"));
    store
        .keep_forecasts(vec![("c".to_owned(), fresh, next)])
        .await
        .unwrap();
    assert_eq!(
        world.look::<String>("SELECT group_concat(cell) FROM forecasts"),
        "c"
    );
    assert!(
        store
            .kept_forecasts(after(next, 1))
            .await
            .unwrap()
            .is_empty()
    );
}

#[tokio::test]
async fn what_is_remembered_reads_back() {
    let world = World::new();
    assert_eq!(world.store.meta("last_tick").await.unwrap(), None);
    world.store.set_meta("last_tick", "1").await.unwrap();
    world.store.set_meta("last_tick", "2").await.unwrap();
    assert_eq!(
        world.store.meta("last_tick").await.unwrap().as_deref(),
        Some("2")
    );
    world.store.writable().await.unwrap();
}

#[tokio::test]
async fn words_and_people_go_when_their_time_is_over() {
    let world = World::new();
    let (anna, due) = world.claimed(ANNA).await;
    world.settle(&anna, accepted("SM1"), due).await;
    world
        .report(anna.id, "SM1", DeliveryStatus::Delivered, due)
        .await;
    let (bert, _) = world.claimed(BERT).await;
    world.stop(BERT, due).await;
    let until = |texts, left, records| Retention {
        texts_before: after(due, texts),
        left_before: after(due, left),
        records_before: after(due, records),
    };
    let prune = async |retention| world.store.prune(retention, 100, due).await.unwrap();
    let none = prune(until(0, 0, 0)).await;
    assert_eq!((none.texts, none.phones, none.records), (0, 0, 0));
    let texts = prune(until(1, 0, 0)).await;
    assert_eq!((texts.texts, texts.phones, texts.records), (2, 0, 0));
    assert_eq!(
        world.look::<i64>("SELECT count(*) FROM deliveries WHERE body IS NOT NULL"),
        1
    );
    let left = prune(until(1, 1, 0)).await;
    assert_eq!((left.phones, left.records), (1, 0));
    assert!(world.store.is_suppressed(&number(BERT)).await.unwrap());
    assert_eq!(world.status(bert.id), "unknown");
    let records = prune(until(1, 1, 1)).await;
    assert_eq!(records.records, 3);
    assert!(
        world
            .store
            .subscriber(&number(ANNA))
            .await
            .unwrap()
            .is_some()
    );
}

#[tokio::test]
async fn new_tz_data_move_what_is_not_due_yet() {
    let world = World::new();
    for n in 0..5 {
        world.subscribe(&format!("+3363998000{n}"), evening()).await;
    }
    // As if an older rule had said eight; and one that is due already.
    world.poke("UPDATE subscriptions SET next_due_at = next_due_at + 3600000 WHERE id < 5");
    world.poke("UPDATE subscriptions SET next_due_at = next_due_at - 86400000 WHERE id = 5");
    let mut after = None;
    let mut pages = 0;
    while let Some(last) = world.store.reschedule(after, 2, evening()).await.unwrap() {
        after = Some(last);
        pages += 1;
    }
    assert_eq!(pages, 3);
    let right: i64 =
        world.look("SELECT count(*) FROM subscriptions WHERE next_due_at = 1795413600000");
    assert_eq!(right, 4);
}

#[tokio::test]
async fn a_backup_is_whole_though_the_daemon_goes_on_writing() {
    let world = World::new();
    for n in 100..300 {
        world.subscribe(&format!("+33639980{n}"), evening()).await;
    }
    let to = world.dir.path().join("copy.db");
    let (copied, _) = tokio::join!(world.store.backup(&to), async {
        for n in 0..100 {
            world.store.set_meta(&format!("k{n}"), "v").await.unwrap();
        }
    });
    copied.unwrap();
    let schema: i64 = world.look("PRAGMA user_version");
    assert_eq!(verify(&to).unwrap(), usize::try_from(schema).unwrap());
    let refused = world.store.backup(&to).await.unwrap_err();
    assert!(matches!(refused, StoreError::Other(ref why) if why.contains("already")));
    let copy = Store::open(&Settings { path: to.clone() }).unwrap();
    assert_eq!(copy.size().await.unwrap(), (200, 200));
    copy.close().await;
    let mut bytes = std::fs::read(&to).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 4096].fill(0xa5);
    std::fs::write(&to, bytes).unwrap();
    assert!(matches!(verify(&to), Err(VerifyError::Damaged { .. })));
    assert!(matches!(
        verify(&world.dir.path().join("none")),
        Err(VerifyError::Missing(_))
    ));
}
