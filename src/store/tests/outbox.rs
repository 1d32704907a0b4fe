//! The outbox: who is claimed, and what outcomes and reports make of it, in any order.

use super::*;
use crate::domain::delivery::{DedupKey, SkipReason};

#[tokio::test]
async fn nothing_is_claimed_twice() {
    let world = World::new();
    for n in 0..10 {
        world.planned(&format!("+1415555010{n}")).await;
    }
    let now = after(evening(), 13 * 3600);
    let (a, b) = tokio::join!(world.store.claim(now, 6), world.store.claim(now, 6));
    let (a, b) = (a.unwrap(), b.unwrap());
    assert_eq!((a.len(), b.len()), (6, 4));
    assert!(
        a.iter()
            .all(|one| one.attempt == 1 && b.iter().all(|other| other.id != one.id))
    );
    assert!(world.store.claim(now, 6).await.unwrap().is_empty());
}

#[tokio::test]
async fn answers_owed_go_before_mornings_and_these_before_the_rest() {
    let world = World::new();
    let store = &world.store;
    let (_, due) = world.planned(ANNA).await;
    let late = after(due, 3600);
    let notice = DedupKey::notice("1");
    let bert = number(BERT);
    let id = store
        .enqueue_notice(notice.clone(), &bert, "hello", 1, late, evening())
        .await;
    let again = store
        .enqueue_notice(notice, &bert, "hello", 1, late, evening())
        .await;
    assert_eq!(id, again);
    let owe = |before| Decision {
        subscriber: before,
        follow_up: Some(crate::domain::decision::FollowUp {
            channel: crate::domain::subscriber::Channel::Text,
            place: paris(),
            window: crate::domain::forecast::Window::Week,
            units: crate::domain::subscriber::Units::Metric,
        }),
        ..silence("late")
    };
    store
        .answer_inbound(text("SM1", BERT, "paris"), due, owe)
        .await
        .unwrap();
    let owed = store.owed_follow_ups(5).await.unwrap();
    assert_eq!(owed.len(), 1);
    assert_eq!(owed[0].place, paris());
    assert_eq!(store.claim(due, 1).await.unwrap()[0].phone, number(ANNA));
    assert!(
        store
            .fill_follow_up(owed[0].id, "Paris: sun", 1, late, due)
            .await
            .unwrap()
    );
    assert!(
        !store
            .fill_follow_up(owed[0].id, "Paris: sun", 1, late, due)
            .await
            .unwrap()
    );
    let rest = store.claim(due, 5).await.unwrap();
    let bodies: Vec<_> = rest.iter().map(|c| c.body.as_str()).collect();
    assert_eq!(bodies, ["Paris: sun", "hello"]);
}

#[tokio::test]
async fn what_expired_is_skipped_and_what_waits_for_its_retry_waits() {
    let world = World::new();
    let (claimed, due) = world.claimed(ANNA).await;
    world.settle(&claimed, RETRY, due).await;
    assert!(
        world
            .store
            .claim(after(due, 29), 5)
            .await
            .unwrap()
            .is_empty()
    );
    let again = world.store.claim(after(due, 30), 5).await.unwrap();
    assert_eq!((again[0].id, again[0].attempt), (claimed.id, 2));
    let almost = after(claimed.expires_at, -10);
    world.settle(&again[0], RETRY, almost).await;
    assert_eq!(world.status(claimed.id), "skipped: too late");

    let (_, due) = world.planned(BERT).await;
    assert!(
        world
            .store
            .claim(after(due, 3 * 3600), 5)
            .await
            .unwrap()
            .is_empty()
    );
    let late: i64 = world.look("SELECT count(*) FROM deliveries WHERE reason = 'too late'");
    assert_eq!(late, 2);
}

#[tokio::test]
async fn a_stop_between_claim_and_post_is_seen() {
    let world = World::new();
    let (claimed, due) = world.claimed(ANNA).await;
    assert!(
        world
            .store
            .still_wanted(vec![claimed.id])
            .await
            .unwrap()
            .contains(&claimed.id)
    );
    world.stop(ANNA, due).await;
    assert!(
        !world
            .store
            .still_wanted(vec![claimed.id])
            .await
            .unwrap()
            .contains(&claimed.id)
    );
    let reason = SkipReason::Stopped;
    world
        .store
        .release(claimed.id, 7, reason, due)
        .await
        .unwrap();
    assert_eq!(world.status(claimed.id), "attempting");
    world
        .store
        .release(claimed.id, 1, reason, due)
        .await
        .unwrap();
    assert_eq!(world.status(claimed.id), "skipped: stopped");
    // It had gone out all the same: the record tells the truth.
    assert!(
        world
            .report(claimed.id, "SM9", DeliveryStatus::Delivered, due)
            .await
    );
    assert_eq!(world.status(claimed.id), "delivered");
}

#[tokio::test]
async fn a_retry_after_a_stop_is_not_tried() {
    let world = World::new();
    let (claimed, due) = world.claimed(ANNA).await;
    world.stop(ANNA, due).await;
    world.settle(&claimed, RETRY, due).await;
    assert_eq!(world.status(claimed.id), "skipped: stopped");
}

#[tokio::test]
async fn an_answer_of_an_earlier_attempt_changes_nothing() {
    let world = World::new();
    let (first, due) = world.claimed(ANNA).await;
    world.settle(&first, RETRY, due).await;
    let second = world.store.claim(after(due, 60), 5).await.unwrap();
    world
        .settle(&first, rejected(21211, Treatment::PhoneGone), due)
        .await;
    world.settle(&first, accepted("SM0"), due).await;
    assert_eq!(world.status(first.id), "attempting");
    world.settle(&second[0], accepted("SM1"), due).await;
    assert_eq!(world.status(first.id), "accepted");
}

#[tokio::test]
async fn a_report_that_overtakes_the_answer_wins() {
    for outcome in [
        SendOutcome::Unknown,
        RETRY,
        rejected(21610, Treatment::OptedOut),
        rejected(30001, Treatment::Transient),
    ] {
        let world = World::new();
        let (claimed, due) = world.claimed(ANNA).await;
        assert!(
            world
                .report(claimed.id, "SM1", DeliveryStatus::Sent, due)
                .await
        );
        world.settle(&claimed, outcome, due).await;
        assert_eq!(world.status(claimed.id), "sent");
        assert_eq!(world.standing(ANNA).await, Standing::Active);
        world.settle(&claimed, accepted("SM1"), due).await;
        assert_eq!(world.status(claimed.id), "sent");
        assert!(
            !world
                .report(claimed.id, "SM2", DeliveryStatus::Delivered, due)
                .await
        );
        assert!(
            world
                .report(claimed.id, "SM1", DeliveryStatus::Delivered, due)
                .await
        );
        assert!(
            !world
                .report(claimed.id, "SM1", DeliveryStatus::Sent, due)
                .await
        );
        assert_eq!(world.status(claimed.id), "delivered");
        assert_eq!(world.look::<String>("SELECT sid FROM deliveries"), "SM1");
    }
}

#[tokio::test]
async fn refusals_mean_what_they_mean() {
    let world = World::new();
    let (anna, due) = world.claimed(ANNA).await;
    world
        .settle(&anna, rejected(21610, Treatment::OptedOut), due)
        .await;
    assert_eq!(world.status(anna.id), "failed: opted out at the carrier");
    let by = |standing| match standing {
        Standing::Stopped { by, .. } => Some(by),
        Standing::Active => None,
    };
    assert_eq!(by(world.standing(ANNA).await), Some(StoppedBy::Carrier));
    let tomorrow = after(due, 86_400);
    assert!(
        world
            .store
            .take_due(tomorrow, None, 5)
            .await
            .unwrap()
            .is_empty()
    );

    let (bert, due) = world.claimed(BERT).await;
    let notice = DedupKey::notice("1");
    let waiting = world
        .store
        .enqueue_notice(notice, &number(BERT), "hello", 1, tomorrow, due)
        .await
        .unwrap();
    world
        .settle(&bert, rejected(30005, Treatment::PhoneGone), due)
        .await;
    assert_eq!(by(world.standing(BERT).await), Some(StoppedBy::Unreachable));
    assert_eq!(world.status(waiting), "skipped: stopped");

    let (carl, due) = world.claimed("+33639980003").await;
    world
        .settle(&carl, rejected(20003, Treatment::HoldAll), due)
        .await;
    assert_eq!(world.status(carl.id), "pending");
    let again = world.store.claim(after(due, 60), 5).await.unwrap();
    world
        .settle(&again[0], rejected(21617, Treatment::ThisMessage), due)
        .await;
    assert_eq!(world.status(carl.id), "failed: refused by the carrier");
    assert_eq!(by(world.standing("+33639980003").await), None);
}

#[tokio::test]
async fn an_opt_out_of_a_phone_we_never_met_is_kept() {
    let world = World::new();
    let (now, end) = (evening(), after(evening(), 60));
    let key = DedupKey::notice("1");
    let store = &world.store;
    store
        .enqueue_notice(key, &number(ANNA), "hello", 1, end, now)
        .await
        .unwrap();
    let claimed = store.claim(now, 5).await.unwrap();
    world
        .settle(&claimed[0], rejected(21610, Treatment::OptedOut), now)
        .await;
    assert!(matches!(
        world.standing(ANNA).await,
        Standing::Stopped { .. }
    ));
}

#[tokio::test]
async fn a_doubled_report_does_not_stop_who_came_back() {
    let world = World::new();
    let (claimed, due) = world.claimed(ANNA).await;
    world.settle(&claimed, accepted("SM1"), due).await;
    let mut gone = report(claimed.id, "SM1", DeliveryStatus::Undelivered);
    gone.error_code = Some(30005);
    gone.treatment = Some(Treatment::PhoneGone);
    assert!(world.store.advance(gone.clone(), due).await.unwrap());
    assert!(matches!(
        world.standing(ANNA).await,
        Standing::Stopped { .. }
    ));
    assert_eq!(
        world.look::<i64>("SELECT error_code FROM deliveries"),
        30005
    );
    world.save(subscriber(BERT, due)).await;
    world
        .store
        .edit_subscriber(&number(ANNA), due, |before| {
            let mut after = before.unwrap();
            after.standing = Standing::Active;
            (Some(after), ())
        })
        .await
        .unwrap();
    assert!(!world.store.advance(gone, due).await.unwrap());
    assert_eq!(world.standing(ANNA).await, Standing::Active);
}

#[tokio::test]
async fn a_report_for_nobody_changes_nothing() {
    let world = World::new();
    assert!(
        !world
            .report(DeliveryId(77), "SM1", DeliveryStatus::Delivered, evening())
            .await
    );
}
