//! Unclear sends: held, never guessed, settled by whoever knows; and clocks that jump.

use super::*;

#[tokio::test]
async fn what_a_crash_cut_off_is_held_and_a_report_settles_it() {
    let world = World::new();
    let (claimed, due) = world.claimed(ANNA).await;
    assert_eq!(
        world.store.hold_interrupted(due, due).await.unwrap(),
        0,
        "it is under way"
    );
    let later = after(due, 120);
    assert_eq!(
        world
            .store
            .hold_interrupted(Timestamp::MAX, later)
            .await
            .unwrap(),
        1
    );
    assert_eq!(world.status(claimed.id), "unclear");
    assert!(world.store.claim(later, 5).await.unwrap().is_empty());
    let unclear = world.store.unclear(later, 5).await.unwrap();
    assert_eq!((unclear[0].id, unclear[0].attempt), (claimed.id, 1));
    assert_eq!(
        (unclear[0].absent_checks, unclear[0].last_absent_at),
        (0, None)
    );
    assert!(world.store.unclear(due, 5).await.unwrap().is_empty());
    assert!(
        world
            .report(claimed.id, "SM1", DeliveryStatus::Sent, later)
            .await
    );
    assert!(world.store.unclear(later, 5).await.unwrap().is_empty());
    assert!(!world.store.resend(claimed.id, 1, later).await.unwrap());
    assert!(!world.store.give_up(claimed.id, 1, later).await.unwrap());
    assert_eq!(world.status(claimed.id), "sent");
}

#[tokio::test]
async fn only_what_is_provably_absent_is_sent_again() {
    let world = World::new();
    let (claimed, due) = world.claimed(ANNA).await;
    world.settle(&claimed, SendOutcome::Unknown, due).await;
    let store = &world.store;
    assert!(
        !store.note_absent(claimed.id, 7, due).await.unwrap(),
        "another attempt"
    );
    assert!(
        store
            .note_absent(claimed.id, 1, after(due, 90))
            .await
            .unwrap()
    );
    assert!(
        store
            .note_absent(claimed.id, 1, after(due, 180))
            .await
            .unwrap()
    );
    let unclear = store.unclear(after(due, 200), 5).await.unwrap();
    assert_eq!(unclear[0].absent_checks, 2);
    assert_eq!(unclear[0].last_absent_at, Some(after(due, 180)));
    assert!(store.resend(claimed.id, 1, after(due, 200)).await.unwrap());
    assert_eq!(world.status(claimed.id), "pending");
    // The first answer comes after all, before the second attempt: it must not be sent again.
    world.settle(&claimed, RETRY, after(due, 201)).await;
    assert_eq!(world.status(claimed.id), "pending");
    assert!(
        world
            .report(
                claimed.id,
                "SM1",
                DeliveryStatus::Delivered,
                after(due, 202)
            )
            .await
    );
    assert!(store.claim(after(due, 300), 5).await.unwrap().is_empty());
    assert_eq!(world.status(claimed.id), "delivered");
}

#[tokio::test]
async fn a_late_answer_settles_what_was_held_meanwhile() {
    for (outcome, status) in [
        (accepted("SM1"), "accepted"),
        (RETRY, "pending"),
        (
            rejected(21617, Treatment::ThisMessage),
            "failed: refused by the carrier",
        ),
        (SendOutcome::Unknown, "unclear"),
    ] {
        let world = World::new();
        let (claimed, due) = world.claimed(ANNA).await;
        world
            .store
            .hold_interrupted(Timestamp::MAX, due)
            .await
            .unwrap();
        world.settle(&claimed, outcome, due).await;
        assert_eq!(world.status(claimed.id), status);
    }
}

#[tokio::test]
async fn given_up_is_an_end_that_only_the_truth_changes() {
    let world = World::new();
    let (claimed, due) = world.claimed(ANNA).await;
    world.settle(&claimed, SendOutcome::Unknown, due).await;
    assert!(!world.store.give_up(claimed.id, 2, due).await.unwrap());
    assert!(world.store.give_up(claimed.id, 1, due).await.unwrap());
    assert_eq!(world.status(claimed.id), "unknown: nobody could say");
    world.settle(&claimed, accepted("SM1"), due).await;
    assert_eq!(world.status(claimed.id), "accepted");
}

#[tokio::test]
async fn a_resend_minds_stops_and_lateness() {
    let world = World::new();
    let (anna, due) = world.claimed(ANNA).await;
    let (bert, _) = world.claimed(BERT).await;
    world.settle(&anna, SendOutcome::Unknown, due).await;
    world.settle(&bert, SendOutcome::Unknown, due).await;
    world.stop(ANNA, due).await;
    assert!(!world.store.resend(anna.id, 1, due).await.unwrap());
    assert_eq!(world.status(anna.id), "skipped: stopped");
    assert!(
        !world
            .store
            .resend(bert.id, 1, bert.expires_at)
            .await
            .unwrap()
    );
    assert_eq!(world.status(bert.id), "skipped: too late");
}

#[tokio::test]
async fn a_clock_put_back_leaves_nothing_waiting_for_its_old_time() {
    let world = World::new();
    let (anna, due) = world.claimed(ANNA).await;
    let (bert, _) = world.claimed(BERT).await;
    let (carl, _) = world.claimed("+33639980003").await;
    world.settle(&bert, SendOutcome::Unknown, due).await;
    world.settle(&carl, RETRY, due).await;
    let yesterday = after(due, -86_400);
    let store = &world.store;
    assert_eq!(
        store
            .hold_interrupted(after(yesterday, -90), yesterday)
            .await
            .unwrap(),
        1
    );
    assert_eq!(world.status(anna.id), "unclear");
    assert_eq!(
        store.unclear(after(yesterday, -90), 5).await.unwrap().len(),
        2
    );
    let again = store.claim(yesterday, 5).await.unwrap();
    assert_eq!(again[0].id, carl.id);
    // Answers and checks of the lost day do not wait for it to come again.
    world.settle(&again[0], accepted("SM3"), due).await;
    store.note_absent(bert.id, 1, due).await.unwrap();
    assert!(
        store
            .unreported(yesterday, yesterday, yesterday, 5)
            .await
            .unwrap()
            .is_empty()
    );
    store
        .hold_interrupted(after(yesterday, -90), yesterday)
        .await
        .unwrap();
    let silent = store
        .unreported(after(yesterday, 1), yesterday, after(yesterday, 1), 5)
        .await
        .unwrap();
    assert_eq!((silent[0].id, silent[0].accepted_at), (carl.id, yesterday));
    let held = store.unclear(after(yesterday, -90), 5).await.unwrap();
    assert!(
        held.iter()
            .all(|u| u.absent_checks == 0 && u.last_absent_at.is_none())
    );
    // Numbers go up all the same.
    let key = crate::domain::delivery::DedupKey::notice("1");
    let new = store
        .enqueue_notice(key, &number(BERT), "hello", 1, due, yesterday)
        .await
        .unwrap();
    assert!(new > carl.id);
}

#[tokio::test]
async fn accepted_without_a_receipt_is_asked_for_and_ends() {
    let world = World::new();
    let (anna, due) = world.claimed(ANNA).await;
    let (bert, _) = world.claimed(BERT).await;
    world.settle(&anna, accepted("SM1"), due).await;
    world.settle(&bert, accepted("SM2"), after(due, 1)).await;
    let store = &world.store;
    let later = after(due, 600);
    let asked = async |silent, now| {
        let rows = store.unreported(silent, after(due, -1), now, 5).await;
        let sids = rows.unwrap().into_iter().map(|row| row.sid);
        sids.collect::<Vec<_>>()
    };
    assert_eq!(asked(later, later).await, ["SM1", "SM2"]);
    let rows = store.unreported(later, due, later, 1).await.unwrap();
    assert_eq!(rows[0].accepted_at, due);
    // Asked after ten minutes: not again before twenty, unless it is too old to wait.
    store.note_asked(anna.id, later).await.unwrap();
    let (sooner, then) = (after(due, 1199), after(due, 1200));
    assert_eq!(asked(sooner, sooner).await, ["SM2"]);
    assert_eq!(asked(then, then).await, ["SM2", "SM1"]);
    let old = store.unreported(sooner, due, sooner, 5).await.unwrap();
    assert_eq!(old.len(), 2);
    store.mark_sent(anna.id, later).await.unwrap();
    assert_eq!(world.status(anna.id), "sent: no receipt");
    assert!(
        world
            .report(anna.id, "SM1", DeliveryStatus::Delivered, later)
            .await
    );
    assert_eq!(world.status(anna.id), "delivered");
}
