//! Answering texts: once for each sid, all or nothing, and silent after a stop.

use super::*;
use crate::domain::decision::{Consent, ConsentKind, FollowUp};
use crate::domain::forecast::Window;
use crate::domain::subscriber::{
    Channel, Condition, Pause, Pending, Question, Replies, Trip, Units,
};

#[tokio::test]
async fn the_same_text_gets_the_same_answer_and_has_one_effect() {
    let world = World::new();
    let now = evening();
    let first = (0..20).map(|_| {
        let store = world.store.clone();
        tokio::spawn(async move {
            store
                .answer_inbound(text("SM1", ANNA, "daily paris"), now, move |before| {
                    let mut after = before.unwrap_or_else(|| subscriber(ANNA, now));
                    after.replies.count += 1;
                    Decision {
                        reply: Some(format!("answer {}", after.replies.count)),
                        subscriber: Some(after),
                        ..silence("subscribed")
                    }
                })
                .await
                .unwrap()
        })
    });
    let mut replayed = 0;
    for answer in first.collect::<Vec<_>>() {
        let answer = answer.await.unwrap();
        assert_eq!(answer.reply.as_deref(), Some("answer 1"));
        replayed += usize::from(answer.replayed);
    }
    assert_eq!(replayed, 19);
    assert_eq!(world.look::<i64>("SELECT count(*) FROM subscriptions"), 1);
    let saved = world.store.saved_answer("SM1").await.unwrap().unwrap();
    assert_eq!(saved.reply.as_deref(), Some("answer 1"));
    assert!(world.store.saved_answer("SM2").await.unwrap().is_none());
}

#[tokio::test]
async fn silence_is_an_answer_too() {
    let world = World::new();
    let ask = || text("SM1", ANNA, "Liked “…”");
    let answer = |_| silence("ignored");
    let first = world.store.answer_inbound(ask(), evening(), answer).await;
    assert!(!first.unwrap().replayed);
    let second = world
        .store
        .answer_inbound(ask(), evening(), |_| unreachable!("decided twice"))
        .await
        .unwrap();
    assert!(second.replayed && second.reply.is_none());
}

#[tokio::test]
async fn a_subscriber_reads_back_as_it_was_saved() {
    let world = World::new();
    let now = evening();
    let mut whole = subscriber(ANNA, now);
    whole.units = Some(Units::Imperial);
    whole.last_place = Some(paris());
    whole.replies = Replies {
        since: Some(now),
        count: 3,
    };
    whole.greeted_at = Some(now);
    whole.stop_notice_at = Some(now);
    whole.pending = Some(Pending {
        question: Question::Place {
            options: vec![paris(), paris()],
            text: "daily paris 7".to_owned(),
        },
        asked_at: now,
    });
    let mut rich = Subscription::new(paris(), SendTime::SEVEN, now);
    rich.only_if = Some(Condition::Frost);
    rich.channel = Channel::Call;
    rich.pause = Some(Pause {
        until: Some("2026-12-01".parse().unwrap()),
    });
    rich.skip = Some("2026-11-24".parse().unwrap());
    rich.last_date = Some("2026-11-22".parse().unwrap());
    rich.trip = Some(Trip {
        place: paris(),
        until: "2026-11-30".parse().unwrap(),
    });
    whole.subscriptions.push(rich);
    world.save(whole.clone()).await;
    let mut read = world
        .store
        .subscriber(&number(ANNA))
        .await
        .unwrap()
        .unwrap();
    let ids: Vec<_> = read.subscriptions.iter().map(|s| s.id.unwrap()).collect();
    assert!(ids[0] < ids[1]);
    for question in [
        Question::DeleteMe,
        Question::Where {
            text: "daily 6am".to_owned(),
        },
        Question::Offered {
            options: vec![paris()],
        },
        Question::Subscription {
            options: ids,
            text: "time 6".to_owned(),
        },
    ] {
        let mut next = read.clone();
        next.pending = Some(Pending {
            question,
            asked_at: now,
        });
        world.save(next.clone()).await;
        assert_eq!(
            world.store.subscriber(&number(ANNA)).await.unwrap(),
            Some(next)
        );
    }
    read.subscriptions.iter_mut().for_each(|s| s.id = None);
    assert_eq!(read, whole);
}

#[tokio::test]
async fn a_stop_ends_what_waits_in_the_same_transaction() {
    let world = World::new();
    let (_, due) = world.planned(ANNA).await;
    let (_, _) = world.planned(BERT).await;
    let owed = FollowUp {
        channel: crate::domain::subscriber::Channel::Text,
        place: paris(),
        window: Window::Tomorrow,
        units: Units::Metric,
    };
    let answer = world
        .store
        .answer_inbound(text("SM1", ANNA, "paris"), due, move |before| Decision {
            subscriber: before,
            follow_up: Some(owed.clone()),
            ..silence("late")
        })
        .await
        .unwrap();
    assert!(answer.woke_outbox);
    world.stop(ANNA, due).await;
    let skipped: i64 = world
        .look("SELECT count(*) FROM deliveries WHERE status = 'skipped' AND reason = 'stopped'");
    assert_eq!(skipped, 2);
    let claimed = world.store.claim(due, 10).await.unwrap();
    assert_eq!(claimed.len(), 1, "only Bert's");
    assert_eq!(claimed[0].phone, number(BERT));
    assert!(world.store.owed_follow_ups(10).await.unwrap().is_empty());
    let tomorrow = after(due, 86_400);
    let due = world.store.take_due(tomorrow, None, 10).await.unwrap();
    assert_eq!(due.len(), 1, "a stopped phone is not due");
}

#[tokio::test]
async fn an_ended_subscription_takes_its_waiting_text_along() {
    let world = World::new();
    let (_, due) = world.planned(ANNA).await;
    world
        .store
        .edit_subscriber(&number(ANNA), due, |before| {
            let mut after = before.unwrap();
            after.subscriptions.clear();
            (Some(after), ())
        })
        .await
        .unwrap();
    assert!(world.store.claim(due, 10).await.unwrap().is_empty());
    assert_eq!(
        world.look::<String>("SELECT reason FROM deliveries"),
        "ended"
    );
    let read = world.store.subscriber(&number(ANNA)).await.unwrap();
    assert!(read.unwrap().subscriptions.is_empty());
}

#[tokio::test]
async fn a_panicking_decision_undoes_only_itself() {
    let world = World::new();
    let failed = world
        .store
        .answer_inbound(text("SM1", ANNA, "boom"), evening(), |_| {
            panic!("boom +33639980001")
        })
        .await;
    let error = failed.err().unwrap();
    assert!(!error.to_string().contains("boom"));
    assert!(world.store.saved_answer("SM1").await.unwrap().is_none());
    world.subscribe(ANNA, evening()).await;
}

#[tokio::test]
async fn erasing_leaves_a_hash_that_no_import_passes() {
    let world = World::new();
    let (_, due) = world.planned(ANNA).await;
    let consent = |kind| Consent {
        kind,
        words: "daily paris".to_owned(),
        answer: "ok".to_owned(),
    };
    let decide = move |before: Option<Subscriber>| Decision {
        subscriber: before,
        reply: Some("All gone.".to_owned()),
        consent: vec![consent(ConsentKind::Subscribe)],
        ..silence("subscribed")
    };
    let store = &world.store;
    store
        .answer_inbound(text("SM1", ANNA, "daily"), due, decide)
        .await
        .unwrap();
    let erase = |_| Decision {
        erase: true,
        reply: Some("All gone.".to_owned()),
        ..silence("erased")
    };
    store
        .answer_inbound(text("SM2", ANNA, "delete"), due, erase)
        .await
        .unwrap();
    assert!(store.subscriber(&number(ANNA)).await.unwrap().is_none());
    assert!(store.is_suppressed(&number(ANNA)).await.unwrap());
    assert!(!store.is_suppressed(&number(BERT)).await.unwrap());
    assert!(store.claim(due, 10).await.unwrap().is_empty());
    let again = store
        .answer_inbound(text("SM2", ANNA, "delete"), due, |_| unreachable!())
        .await
        .unwrap();
    assert_eq!(again.reply.as_deref(), Some("All gone."));
    let dump = dump(&world);
    assert!(
        !dump.contains("39980001") && !dump.contains("rain from"),
        "{dump}"
    );
    // Who comes back by their own hand is welcome.
    let back = move |_| Decision {
        subscriber: Some(subscriber(ANNA, due)),
        consent: vec![consent(ConsentKind::Subscribe)],
        ..silence("subscribed")
    };
    store
        .answer_inbound(text("SM3", ANNA, "daily"), due, back)
        .await
        .unwrap();
    assert!(!store.is_suppressed(&number(ANNA)).await.unwrap());
}

#[tokio::test]
async fn a_phone_that_was_erased_after_its_stop_is_still_stopped() {
    let world = World::new();
    world.subscribe(ANNA, evening()).await;
    world.stop(ANNA, evening()).await;
    world.store.forget(&number(ANNA), evening()).await.unwrap();
    assert_eq!(world.look::<i64>("SELECT count(*) FROM subscribers"), 0);
    assert!(matches!(
        world.standing(ANNA).await,
        Standing::Stopped {
            by: StoppedBy::Us,
            ..
        }
    ));
}

/// Every text in every table.
fn dump(world: &World) -> String {
    let file = rusqlite::Connection::open(world.path()).unwrap();
    let tables = [
        "subscribers",
        "subscriptions",
        "deliveries",
        "inbound_texts",
        "consents",
        "suppressions",
    ];
    let mut all = String::new();
    for table in tables {
        let mut rows = file.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let columns = rows.column_count();
        let mut rows = rows.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            for column in 0..columns {
                all.push_str(&format!("{:?} ", row.get_ref(column).unwrap()));
                if let Ok(Some(text)) = row.get_ref(column).unwrap().as_str_or_null() {
                    all.push_str(text);
                }
            }
            all.push('\n');
        }
    }
    all
}
