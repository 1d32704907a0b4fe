//! Flat cost: no statement of the hot paths reads a whole table, and none does at a hundred thousand subscribers.

use std::collections::HashMap;

use rusqlite::Connection;

use super::super::sqlite::{
    deliveries, forecasts, inbound, meta, outcomes, subscribers, subscriptions, suppressions,
};
use super::super::{
    coming, day, figures, history, lists, open_work, outbox, owed, tallies, totals, unclear, upkeep,
};
use super::*;

/// Every statement that runs for a tick, a claim, a report, a text, or in the background.
#[expect(clippy::too_many_lines, reason = "a table")]
fn hot() -> Vec<(&'static str, String)> {
    let mut all = vec![
        ("subscriber by phone", subscribers::by_phone_sql()),
        ("its subscriptions", subscriptions::of_sql()),
        ("due", day::due_sql()),
        ("live", upkeep::live_sql()),
        ("troubled", figures::troubled_sql()),
        ("by last digits", history::ending_sql()),
    ];
    let fixed = [
        ("reply", inbound::REPLY),
        ("erase inbound", inbound::ERASE),
        ("meta", meta::GET),
        ("suppression", suppressions::GET),
        ("standing", subscribers::STANDING),
        ("next due", day::NEXT),
        ("push back", day::PUSH_BACK),
        ("waits", day::WAITS),
        ("coming", coming::COMING),
        ("next due of all", figures::NEXT_DUE),
        ("last delivered", figures::LAST_DELIVERED),
        ("move on", subscriptions::MOVE_ON),
        ("last id", deliveries::LAST_ID),
        ("by key", deliveries::BY_KEY),
        ("skip", deliveries::SKIP),
        ("stop phone", deliveries::STOP_PHONE),
        ("end subscription", deliveries::END_SUBSCRIPTION),
        ("erase deliveries", deliveries::ERASE),
        ("any claimable", outbox::ANY_CLAIMABLE),
        ("expired", outbox::EXPIRED),
        ("expire", outbox::EXPIRE),
        ("claimable", outbox::CLAIMABLE),
        ("claim", outbox::CLAIM),
        ("attempting", outbox::ATTEMPTING),
        ("release", outbox::RELEASE),
        ("find", outcomes::FIND),
        ("accept", outcomes::ACCEPT),
        ("travel", outcomes::TRAVEL),
        ("hold", outcomes::HOLD),
        ("again", outcomes::AGAIN),
        ("fail", outcomes::FAIL),
        ("interrupted", unclear::INTERRUPTED),
        ("interrupted ahead", unclear::INTERRUPTED_AHEAD),
        ("retry ahead", unclear::RETRY_AHEAD),
        ("absent ahead", unclear::ABSENT_AHEAD),
        ("accepted ahead", unclear::ACCEPTED_AHEAD),
        ("unclear", unclear::UNCLEAR),
        ("unclear ahead", unclear::UNCLEAR_AHEAD),
        ("absent", unclear::NOTE_ABSENT),
        ("give up", unclear::GIVE_UP),
        ("resend", unclear::RESEND),
        ("of unclear", unclear::OF_UNCLEAR),
        ("unreported", unclear::UNREPORTED),
        ("asked", unclear::NOTE_ASKED),
        ("mark sent", unclear::MARK_SENT),
        ("owed", owed::OWED),
        ("owed to", owed::OWED_TO),
        ("fill", owed::FILL),
        ("keep forecast", forecasts::KEEP),
        ("kept", forecasts::KEPT),
        ("prune old", forecasts::PRUNE_OLD),
        ("prune ahead", forecasts::PRUNE_AHEAD),
        ("oldest", lists::OLDEST),
        ("open", figures::OPEN),
        ("people due", figures::DUE),
        ("last daily", lists::LAST_DAILY),
        ("consents of a phone", history::CONSENTS),
        ("texts of a phone", history::TEXTS),
        ("sent to a phone", history::SENT),
        ("recent texts", history::RECENT),
        ("tallies", tallies::BETWEEN),
        ("tallies of what is open", tallies::OPEN),
        ("prune tallies", tallies::PRUNE),
        ("first day", totals::FIRST),
        ("totals", totals::SINCE),
        ("cancel", upkeep::CANCEL),
        ("retriable", upkeep::RETRIABLE),
        ("left", upkeep::LEFT),
        ("open", open_work::OPEN),
        ("sids", open_work::SIDS),
    ];
    all.extend(fixed.map(|(name, sql)| (name, sql.to_owned())));
    all.extend(upkeep::prune_sql().map(|sql| ("prune", sql)));
    all
}

#[test]
fn no_hot_statement_reads_a_whole_table() {
    let dir = TempDir::new().unwrap();
    let file = super::super::sqlite::connection::writer(&dir.path().join("test.db")).unwrap();
    let mut wrong = Vec::new();
    for (name, sql) in hot() {
        for step in plan_of(&file, &sql) {
            // These partial indexes hold nothing but what is owed or open.
            let open = OPEN.iter().any(|index| step.ends_with(index));
            let sorts = step.contains("TEMP B-TREE")
                && ![
                    "counts",
                    "count of a day",
                    "last daily",
                    "groups",
                    "texts",
                    "tallies of what is open",
                ]
                .contains(&name);
            // A row of subselects, or rows of one, each with a step of its own.
            let no_table = step == "SCAN CONSTANT ROW" || step.starts_with("SCAN (subquery");
            if (step.starts_with("SCAN") && !open && !no_table) || sorts {
                wrong.push(format!("{name}: {step}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

const OPEN: [&str; 5] = [
    " INDEX deliveries_owed",
    " INDEX deliveries_expiring",
    " INDEX deliveries_attempting",
    " INDEX deliveries_unclear",
    " INDEX deliveries_unreported",
];

fn plan_of(file: &Connection, sql: &str) -> Vec<String> {
    let mut explained = file.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
    let values = vec![1_i64; explained.parameter_count()];
    explained
        .query_map(rusqlite::params_from_iter(values), |row| row.get(3))
        .unwrap()
        .map(Result::unwrap)
        .collect()
}

#[tokio::test]
async fn a_hundred_thousand_subscribers_cost_a_tick_nothing() {
    let world = World::new();
    world.subscribe(ANNA, evening()).await;
    world.store.close().await;
    // Somebody analyzes the small database by hand.
    world.poke("ANALYZE");
    world.poke(
        "WITH RECURSIVE n (i) AS (VALUES (2) UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
         INSERT INTO subscribers (id, phone, status, replies_count, created_at, updated_at)
         SELECT i, '+1' || (4150000000 + i), 'active', 0, 0, 0 FROM n;
         INSERT INTO subscriptions (subscriber_id, place, time, days, channel, paused, next_date, next_due_at, live,
             created_at, updated_at)
         SELECT id, (SELECT place FROM subscriptions), '07:00', 'daily', 'text', 0, '2026-11-23', 1795413600000, 1, 0, 0
         FROM subscribers WHERE id > 1;",
    );
    let store = Store::open(&Settings { path: world.path() }).unwrap();
    let due = "2026-11-23T06:00:00Z".parse().unwrap();
    assert!(
        store
            .take_due(evening(), None, 500)
            .await
            .unwrap()
            .is_empty()
    );
    // A page taken, planned, claimed and settled leaves the next page at the head.
    let mut seen = HashMap::new();
    for _ in 0..2 {
        let page = store.take_due(due, None, 250).await.unwrap();
        let plans = page.iter().map(|d| plan(&d.subscription)).collect();
        assert_eq!(store.plan(plans, due).await.unwrap().queued, 250);
        let claimed = store.claim(due, 250).await.unwrap();
        assert_eq!(claimed.len(), 250);
        let settlements = claimed.into_iter().map(|c| {
            *seen.entry(c.phone).or_insert(0) += 1;
            Settlement {
                delivery: c.id,
                attempt: c.attempt,
                outcome: accepted(&format!("SM{}", c.id)),
                retry_at: due,
            }
        });
        store.settle(settlements.collect(), due).await.unwrap();
    }
    assert_eq!(seen.len(), 500);
    assert!(seen.values().all(|n| *n == 1));
    // Not by the clock, which is not ours: by the steps that SQLite takes for a tick with nothing due, and for a page.
    let file = super::super::sqlite::connection::reader(&world.path()).unwrap();
    for (until, rows, most) in [(evening(), 0, 100), (due, 250, 250 * 100)] {
        let mut tick = file.prepare(&day::due_sql()).unwrap();
        let until = until.as_millisecond();
        let found = tick
            .query_map(rusqlite::params![i64::MIN, 0, until, 250], |_| Ok(()))
            .unwrap()
            .count();
        assert_eq!(found, rows);
        let steps = tick.get_status(rusqlite::StatementStatus::VmStep);
        assert!(steps < most, "{steps} steps");
    }
}
