//! The counters that triggers keep are those that counting the rows gives, whatever happened to the rows.

use jiff::civil::date;

use super::super::Retention;
use super::super::sqlite::upgrades::UPGRADES;
use super::*;

/// The counters, one a line.
fn kept(world: &World) -> Vec<String> {
    let file = rusqlite::Connection::open(world.path()).unwrap();
    let lines = "SELECT concat_ws(' ', made, due, kind, status, reason, late, count, segments) FROM tallies WHERE count <> 0 ORDER BY 1";
    let mut rows = file.prepare(lines).unwrap();
    let lines = rows.query_map([], |row| row.get(0)).unwrap();
    lines.collect::<Result<_, _>>().unwrap()
}

/// The same, counted anew by the statements of the upgrades that began to keep them and left out what is open.
fn counted(world: &World) -> Vec<String> {
    let upgrade = UPGRADES[3];
    let fill = &upgrade[upgrade.find("INSERT INTO tallies\nSELECT").unwrap()..];
    let fill = &fill[..fill.find("PRAGMA").unwrap()];
    let open = UPGRADES[5];
    let leave = &open[open.find("DELETE FROM tallies").unwrap()..];
    let leave = &leave[..leave.find("CREATE").unwrap()];
    world.poke(&format!("DELETE FROM tallies; {fill} {leave}"));
    kept(world)
}

#[tokio::test]
async fn counters_and_rows_agree_through_every_turn_of_a_delivery() {
    let world = World::new();
    let (anna, due) = world.claimed(ANNA).await;
    world.settle(&anna, accepted("SM1"), after(due, 100)).await;
    world
        .report(anna.id, "SM1", DeliveryStatus::Delivered, after(due, 200))
        .await;
    let (bert, _) = world.claimed(BERT).await;
    world.settle(&bert, RETRY, due).await;
    let (carl, _) = world.claimed("+33639980003").await;
    world
        .settle(&carl, rejected(30005, Treatment::ThisMessage), due)
        .await;
    let (dora, _) = world.planned("+33639980004").await;
    world.stop("+33639980004", due).await;
    let expired = world.subscribe("+33639980005", evening()).await;
    let skip = Plan {
        what: Planned::Skip {
            reason: crate::domain::delivery::SkipReason::NoWeather,
        },
        ..plan(&expired)
    };
    world.store.plan(vec![skip], due).await.unwrap();
    world.store.count_inbound_call(due).await.unwrap();
    drop(dora);
    let kept_now = kept(&world);
    let deliveries: Vec<_> = kept_now
        .iter()
        .filter(|line| !line.contains("inbound_call"))
        .cloned()
        .collect();
    assert_eq!(
        deliveries.len(),
        5,
        "what waits is not among them: {kept_now:#?}"
    );
    let day = world.store.count_day(date(2026, 11, 23)).await.unwrap();
    assert_eq!((day.texts_in, day.answers), (1, 0), "{day:?}");
    assert_eq!((day.calls_in, day.calls_out), (1, 0));
    assert_eq!((day.segments, day.late), (1, [0, 1, 0, 0, 0]));
    assert_eq!(day.statuses.iter().map(|(_, n)| n).sum::<u64>(), 5);
    assert_eq!(counted(&world), deliveries);

    // Rows that go take themselves out.
    let all = Retention {
        texts_before: after(due, 1_000),
        left_before: after(due, 1_000),
        records_before: after(due, 1_000),
    };
    world
        .store
        .prune(all, 100, after(due, 1_000))
        .await
        .unwrap();
    let left = kept(&world);
    assert!(left.len() < deliveries.len(), "{left:#?}");
    let rows: i64 = world.look("SELECT count(*) FROM deliveries WHERE status <> 'pending'");
    let sum: i64 = world.look("SELECT sum(count) FROM tallies WHERE kind = 'daily'");
    assert_eq!(rows, sum);
}

#[tokio::test]
async fn what_is_in_the_totals_is_pruned_and_what_is_under_way_stays() {
    let world = World::new();
    let (anna, due) = world.claimed(ANNA).await;
    world.settle(&anna, accepted("SM1"), due).await;
    world.planned(BERT).await;
    let day = world.store.count_day(date(2026, 11, 23)).await.unwrap();
    let [accepted, pending] = [DeliveryStatus::Accepted, DeliveryStatus::Pending].map(|status| {
        let mut all = day.statuses.iter();
        all.find(|(known, _)| *known == status).map(|(_, n)| *n)
    });
    assert_eq!((accepted, pending), (Some(1), Some(1)));
    world.store.keep_totals(day).await.unwrap();
    assert_eq!(kept(&world).len(), 1, "what waits is counted when asked");
    let next = world.store.count_day(date(2026, 11, 26)).await.unwrap();
    world.store.keep_totals(next).await.unwrap();
    assert_eq!(kept(&world).len(), 1, "it has no receipt yet");
    world
        .report(anna.id, "SM1", DeliveryStatus::Delivered, after(due, 60))
        .await;
    let next = world.store.count_day(date(2026, 11, 27)).await.unwrap();
    world.store.keep_totals(next).await.unwrap();
    assert_eq!(kept(&world).len(), 0);
    let kept = world.store.totals_since(date(2026, 11, 1)).await.unwrap();
    assert_eq!(kept[0].segments, 1);
}
