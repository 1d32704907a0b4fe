//! The operator's own phone, whose daily text proves the whole way: what says so when it does not arrive.

use weatherline::domain::phone::PhoneNumber;
use weatherline::sim::CreateFault;

use crate::eyes::Eyes;
use crate::world::{BRUNO, World, instant};

#[tokio::test(flavor = "multi_thread")]
async fn a_canary_that_did_not_arrive_in_time_is_told_everywhere() {
    let world = World::with("2026-11-20 18:00 Europe/Paris", |settings| {
        settings.flow.canary = PhoneNumber::parse(BRUNO).ok();
    })
    .await;
    let eyes = Eyes::open(&world, None).await;
    says(
        &eyes,
        "has no text that comes every day",
        "no text that comes every day",
        1,
    )
    .await;
    world.text(BRUNO, "DAILY lyon 7am").await;
    says(&eyes, "canary: waits, due in 46", "", 0).await;

    world.sleep_until("2026-11-21 07:05 Europe/Paris").await;
    says(&eyes, "canary: delivered ", "", 0).await;

    // The next one is filtered on its way; after three hours it is missed.
    world.sim.faults().create.next(CreateFault::Refuse(30007));
    world.sleep_until("2026-11-22 07:05 Europe/Paris").await;
    says(&eyes, "canary: delivered ", "", 0).await;
    world.clock.set(instant("2026-11-22 09:59 Europe/Paris"));
    says(&eyes, "canary: delivered ", "", 0).await;
    world.clock.set(instant("2026-11-22 10:01 Europe/Paris"));
    says(
        &eyes,
        "canary: MISSED, due 10860 s ago, failed",
        "did not get its text of",
        1,
    )
    .await;

    // The next one that arrives proves it again.
    world.sleep_until("2026-11-23 07:05 Europe/Paris").await;
    says(&eyes, "canary: delivered ", "", 0).await;
    world.text(BRUNO, "PAUSE").await;
    says(
        &eyes,
        "has no text that comes every day",
        "no text that comes every day",
        1,
    )
    .await;
}

/// What readiness says; words of the operator's page, none where all is well; and the metric.
async fn says(eyes: &Eyes, ready: &str, page: &str, missed: u8) {
    let readiness = eyes.get("/readyz", None).await.body;
    assert!(readiness.contains(ready), "{ready}\n{readiness}");
    let home = eyes.get("/", None).await.text();
    if page.is_empty() {
        assert!(!home.contains("watched phone"), "{home}");
    } else {
        assert!(home.contains(page), "{page}\n{home}");
    }
    let metrics = eyes.get("/metrics", None).await.body;
    let line = format!("weatherline_canary_missed {missed}\n");
    assert!(metrics.contains(&line), "{line}\n{metrics}");
}
