//! Lists, imports and retries of operators.

use super::super::{DeliveryFilter, ImportRow, RowProblem, SubscriberFilter};
use super::*;
use crate::domain::language::Language;
use crate::domain::subscriber::Units;

#[tokio::test]
async fn deliveries_are_listed_by_what_is_asked_for() {
    let world = World::new();
    let (anna, due) = world.claimed(ANNA).await;
    world.settle(&anna, accepted("SM1"), due).await;
    let (bert, _) = world.planned(BERT).await;
    let list = async |filter: DeliveryFilter| {
        let limit = filter.limit.max(10);
        let rows = world
            .store
            .deliveries(DeliveryFilter { limit, ..filter })
            .await;
        rows.unwrap()
    };
    let all = list(DeliveryFilter::default()).await;
    assert_eq!(all.len(), 2);
    assert!(all[0].id > all[1].id, "the last first");
    let mine = list(DeliveryFilter {
        phone: Some(number(ANNA)),
        status: Some(DeliveryStatus::Accepted),
        since: Some(due),
        ..DeliveryFilter::default()
    })
    .await;
    assert_eq!(mine.len(), 1);
    assert_eq!((mine[0].id, mine[0].sid.as_deref()), (anna.id, Some("SM1")));
    assert_eq!(mine[0].attempts, 1);
    let older = list(DeliveryFilter {
        after_id: Some(all[0].id),
        ..DeliveryFilter::default()
    })
    .await;
    assert_eq!(older[0].id, anna.id);
    assert!(
        list(DeliveryFilter {
            since: Some(after(due, 1)),
            ..DeliveryFilter::default()
        })
        .await
        .is_empty()
    );
    let counts = world.store.counts(due).await.unwrap();
    assert_eq!(counts.iter().map(|(_, n)| n).sum::<u64>(), 2);
    assert_eq!(world.store.oldest_unsent().await.unwrap(), Some(due));
    let last = world
        .store
        .last_daily(&number(BERT))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (last.date, last.status),
        (bert.next.unwrap().date, DeliveryStatus::Pending)
    );
    let whole = world.store.delivery(all[0].id).await.unwrap().unwrap();
    assert!(whole == all[0]);
}

#[tokio::test]
async fn subscribers_are_listed_page_by_page() {
    let world = World::new();
    world
        .save(Subscriber::new(number(ANNA), None, evening()))
        .await;
    world.subscribe(BERT, evening()).await;
    let page = |after| SubscriberFilter {
        phone: None,
        after,
        limit: 1,
    };
    let first = world.store.subscriptions(page(None)).await.unwrap();
    assert_eq!(first[0].lines().collect::<Vec<_>>(), [None]);
    let second = world
        .store
        .subscriptions(page(Some(first[0].id)))
        .await
        .unwrap();
    assert_eq!(second[0].subscriber.phone, number(BERT));
    assert!(second[0].lines().all(|line| line.is_some()));
    assert!(
        world
            .store
            .subscriptions(page(Some(second[0].id)))
            .await
            .unwrap()
            .is_empty()
    );
    assert_eq!(world.store.size().await.unwrap(), (2, 1));
}

#[tokio::test]
async fn an_import_changes_what_is_there_and_brings_nobody_back() {
    let world = World::new();
    let now = evening();
    let anna = world.subscribe(ANNA, now).await;
    for phone in ["+33639980003", "+33639980004"] {
        world.subscribe(phone, now).await;
    }
    world.stop("+33639980003", now).await;
    world
        .store
        .forget(&number("+33639980004"), now)
        .await
        .unwrap();
    let row = |phone: &str| ImportRow {
        phone: number(phone),
        country: None,
        units: Some(Units::Imperial),
        language: Some(Language::Spanish),
        subscription: Subscription::new(paris(), SendTime::new(6, 30).unwrap(), now),
        consent: "paper form 7".to_owned(),
    };
    let rows = [ANNA, BERT, "+33639980003", "+33639980004"]
        .map(row)
        .to_vec();
    let taken = world.store.import(rows, now).await.unwrap();
    assert_eq!(
        taken,
        [
            Ok(()),
            Ok(()),
            Err(RowProblem::Stopped),
            Err(RowProblem::Suppressed)
        ]
    );
    let read = world
        .store
        .subscriber(&number(ANNA))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(read.subscriptions.len(), 1);
    assert_eq!(read.subscriptions[0].id, anna.id);
    assert_eq!(read.subscriptions[0].time, SendTime::new(6, 30).unwrap());
    assert_eq!(read.units(), Units::Imperial);
    assert_eq!(read.language(), Language::Spanish);
    assert_eq!(
        world.look::<i64>("SELECT count(*) FROM consents WHERE kind = 'import'"),
        2
    );
}

#[tokio::test]
async fn a_retry_is_a_delivery_of_its_own_and_there_is_one() {
    let world = World::new();
    let (anna, due) = world.claimed(ANNA).await;
    let store = &world.store;
    let end = after(due, 3600);
    assert_eq!(
        store.retry(anna.id, end, due).await.unwrap(),
        None,
        "it is under way"
    );
    world
        .settle(&anna, rejected(30006, Treatment::ThisMessage), due)
        .await;
    let copy = store.retry(anna.id, end, due).await.unwrap().unwrap();
    assert_eq!(store.retry(anna.id, end, due).await.unwrap(), Some(copy));
    assert!(copy > anna.id);
    let claimed = store.claim(due, 5).await.unwrap();
    assert_eq!((claimed[0].id, &claimed[0].body), (copy, &anna.body));
    assert!(!store.cancel(copy, due).await.unwrap(), "too late for that");
    world.settle(&claimed[0], RETRY, due).await;
    assert!(store.cancel(copy, due).await.unwrap());
    assert_eq!(world.status(copy), "skipped: cancelled");
}
