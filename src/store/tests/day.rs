//! The day: pages of due subscriptions, one record a date, edits and stops in between.

use super::*;
use crate::domain::delivery::SkipReason;
use crate::domain::subscriber::Units;

#[tokio::test]
async fn pages_follow_each_other_in_order_of_time() {
    let world = World::new();
    for n in 0..7 {
        world.subscribe(&format!("+1415555010{n}"), evening()).await;
    }
    let due = after(evening(), 86_400);
    assert!(
        world
            .store
            .take_due(evening(), None, 10)
            .await
            .unwrap()
            .is_empty()
    );
    let mut seen = Vec::new();
    let mut from = None;
    loop {
        let page = world.store.take_due(due, from, 3).await.unwrap();
        let Some(last) = page.last() else { break };
        let slot = last.subscription.next.unwrap();
        from = Some((slot.at, last.subscription.id.unwrap()));
        seen.extend(page.iter().map(|d| d.subscription.id.unwrap()));
        assert!(page.iter().all(|d| d.units == Units::Imperial));
    }
    assert_eq!(seen.len(), 7);
    assert!(seen.is_sorted());
    let at = world.store.next_due_at().await.unwrap();
    assert_eq!(at, Some("2026-11-23T06:00:00Z".parse().unwrap()));
    let ahead = world.store.upcoming(evening(), due, 5).await.unwrap();
    assert_eq!(ahead.len(), 5);
}

#[tokio::test]
async fn a_date_has_one_record_however_often_it_is_planned() {
    let world = World::new();
    let subscription = world.subscribe(ANNA, evening()).await;
    let due = subscription.next.unwrap().at;
    let plans = || vec![plan(&subscription), plan(&subscription)];
    let count = world.store.plan(plans(), due).await.unwrap();
    assert_eq!((count.queued, count.left_alone), (1, 1));
    let count = world.store.plan(plans(), due).await.unwrap();
    assert_eq!(count.left_alone, 2);
    // A restored backup, or a clock put back: due again, but the record stands.
    world.poke("UPDATE subscriptions SET next_due_at = 1795413600000, next_date = '2026-11-23', last_date = NULL");
    assert_eq!(due.as_millisecond(), 1_795_413_600_000);
    let count = world.store.plan(plans(), due).await.unwrap();
    assert_eq!((count.existing, count.left_alone), (1, 1));
    assert_eq!(world.look::<i64>("SELECT count(*) FROM deliveries"), 1);
    let read = world
        .store
        .subscriber(&number(ANNA))
        .await
        .unwrap()
        .unwrap();
    let next = read.subscriptions[0].next.unwrap();
    assert_eq!(next.date, "2026-11-24".parse().unwrap());
    assert_eq!(
        read.subscriptions[0].last_date,
        Some(plan(&subscription).date)
    );
}

#[tokio::test]
async fn a_subscription_edited_meanwhile_is_left_alone() {
    let world = World::new();
    let subscription = world.subscribe(ANNA, evening()).await;
    let other = world.subscribe(BERT, evening()).await;
    let now = subscription.next.unwrap().at;
    world
        .store
        .edit_subscriber(&number(ANNA), now, move |before| {
            let mut after = before.unwrap();
            after.subscriptions[0].time = SendTime::new(18, 0).unwrap();
            after.subscriptions[0].reschedule(now);
            (Some(after), ())
        })
        .await
        .unwrap();
    world.stop(BERT, now).await;
    let plans = vec![plan(&subscription), plan(&other)];
    let count = world.store.plan(plans, now).await.unwrap();
    assert_eq!((count.left_alone, count.queued), (2, 0));
    assert_eq!(world.look::<i64>("SELECT count(*) FROM deliveries"), 0);
}

#[tokio::test]
async fn a_date_without_a_text_says_why() {
    let world = World::new();
    let subscription = world.subscribe(ANNA, evening()).await;
    let now = subscription.next.unwrap().at;
    let mut skipped = plan(&subscription);
    skipped.what = Planned::Skip {
        reason: SkipReason::Paused,
    };
    let count = world.store.plan(vec![skipped], now).await.unwrap();
    assert_eq!(count.skipped, 1);
    assert!(world.store.claim(now, 10).await.unwrap().is_empty());
    assert_eq!(
        world.look::<String>("SELECT status || ': ' || reason || ', ' || key FROM deliveries"),
        "skipped: paused, daily:1:2026-11-23"
    );
}

#[tokio::test]
async fn an_unreadable_row_moves_itself_ahead() {
    let world = World::new();
    for n in 0..4 {
        world.subscribe(&format!("+1415555010{n}"), evening()).await;
    }
    world.poke(r#"UPDATE subscriptions SET place = '{"name":"?"}' WHERE id < 4"#);
    let due = "2026-11-23T06:00:00Z".parse().unwrap();
    let page = world.store.take_due(due, None, 2).await.unwrap();
    assert_eq!(page.len(), 1);
    let waiting: i64 =
        world.look("SELECT count(*) FROM subscriptions WHERE next_due_at > 1795413600000");
    assert_eq!(waiting, 3);
}

#[tokio::test]
async fn numbers_of_subscriptions_are_never_used_again() {
    let world = World::new();
    let first = world.subscribe(ANNA, evening()).await;
    world.store.forget(&number(ANNA), evening()).await.unwrap();
    let second = world.subscribe(ANNA, evening()).await;
    assert!(second.id > first.id);
}

#[tokio::test]
async fn the_places_of_what_comes_are_told_once_a_page_and_travellers_where_they_are() {
    let world = World::new();
    for phone in [ANNA, BERT, "+33639980003"] {
        world.subscribe(phone, evening()).await;
    }
    world.poke(
        "UPDATE subscriptions SET trip = json_object('place', json_set(place, '$.name', 'Elsewhere'), 'until', '2030-01-01')
         WHERE id = 3",
    );
    let from = evening();
    let to = after(from, 24 * 3600);
    let all = world.store.coming(from, None, to, 10).await.unwrap();
    let names: Vec<_> = all
        .places
        .iter()
        .map(|(place, _)| place.name.as_str())
        .collect();
    assert_eq!(names, ["Paris", "Elsewhere"]);
    assert_eq!(all.last, None);
    // In pages, each row is read once.
    let first = world.store.coming(from, None, to, 2).await.unwrap();
    let (at, id) = first.last.unwrap();
    assert_eq!(first.places.len(), 1);
    let second = world.store.coming(at, Some(id), to, 2).await.unwrap();
    assert_eq!((second.places.len(), second.last), (1, None));
    // What was seen until then is not seen again.
    let due_at = all.places[0].1;
    let beyond = world.store.coming(due_at, None, to, 10).await.unwrap();
    assert!(beyond.places.is_empty());
}

#[tokio::test]
async fn a_draft_is_claimed_as_it_is_made_while_there_is_room_and_once() {
    let world = World::new();
    let mut drafts = Vec::new();
    for n in 0..5 {
        let subscription = world.subscribe(&format!("+1415555010{n}"), evening()).await;
        drafts.push(plan(&subscription));
    }
    let now = drafts[0].due_at;
    // One stopped and one was edited since it was written; one is of yesterday.
    world.poke("UPDATE subscriptions SET live = 0 WHERE id = 1");
    world.poke("UPDATE subscriptions SET next_due_at = next_due_at + 1 WHERE id = 2");
    if let Planned::Send { expires_at, .. } = &mut drafts[2].what {
        *expires_at = now;
    }
    let claim = |drafts: Vec<Plan>| {
        world
            .store
            .settle_and_claim(Vec::new(), drafts, now, 1, |one| one.phone.clone())
    };
    let claimed = claim(drafts.clone()).await.unwrap();
    assert_eq!(claimed.len(), 1);
    let (first, entered) = &claimed[0];
    assert_eq!((first.phone.e164(), first.attempt), ("+14155550103", 1));
    assert_eq!(*entered, first.phone);
    let told = "SELECT group_concat(status || attempts || (attempted_at IS NOT NULL)) FROM
         (SELECT * FROM deliveries ORDER BY subscription_id)";
    assert_eq!(
        world.look::<String>(told),
        "pending00,attempting11,pending00"
    );
    // Again, by another process or after a restart: nothing is made twice; what expired is let go, what waits is claimed.
    let again = claim(drafts).await.unwrap();
    assert_eq!(again.len(), 1);
    assert_eq!(again[0].0.phone.e164(), "+14155550104");
    assert_eq!(
        world.look::<String>(told),
        "skipped00,attempting11,attempting11"
    );
}
