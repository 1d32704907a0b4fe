//! Calls of ours: CALL ME, mornings by call, machines, nobody there, and unclear ones that are never placed twice.

use weatherline::sim::{CallFate, CreateFault};

use crate::world::{BRUNO, CLARA, World};

const EVENING: &str = "2026-11-20 18:00 Europe/Paris";

#[tokio::test(flavor = "multi_thread")]
async fn call_me_rings_and_reads_my_place() {
    let world = World::at(EVENING).await;
    let asked = world.text(CLARA, "CALL ME").await;
    assert!(asked.contains("Which place"), "{asked}");
    world.text(CLARA, "lyon").await;
    let answer = world.text(CLARA, "Call me").await;
    assert_eq!(answer, "I'm calling you with the weather for Lyon, France.");
    world.app.live(&world.stop).await.unwrap();
    let mut call = world.sim.answer(CLARA).await.unwrap();
    let heard = call.heard();
    assert!(
        heard.starts_with("Hello, this is weatherline with your forecast. Lyon, France, "),
        "{heard}"
    );
    assert!(heard.contains("press two"), "{heard}");
    call.press("2").await;
    assert!(
        call.heard().starts_with("Lyon, France, Saturday"),
        "{}",
        call.heard()
    );
    call.hang_up().await;
    assert_eq!(world.records_of(CLARA).await, ["call delivered"]);
    world.sleep_until("2026-11-20 22:00 Europe/Paris").await;
    assert_eq!(world.sim.calls().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn call_me_may_name_a_place() {
    let world = World::at(EVENING).await;
    for (text, place) in [
        ("CALL ME paris", "Paris, France"),
        ("call me boston", "Boston"),
        ("please call me with the weather for lyon", "Lyon, France"),
    ] {
        let answer = world.text(CLARA, text).await;
        let calling = format!("I'm calling you with the weather for {place}.");
        assert_eq!(answer, calling, "{text}");
        // One after the other: calls that wait together ring in any order.
        world.app.live(&world.stop).await.unwrap();
        let call = world.sim.answer(CLARA).await.unwrap();
        let named = format!("your forecast. {place}");
        assert!(call.heard().contains(&named), "{}", call.heard());
    }
    let unknown = world.text(BRUNO, "call me xqzzkvy").await;
    assert!(!unknown.contains("calling"), "{unknown}");
    // A name of several is asked back, and the answer is a call as well.
    let choice = world.text(BRUNO, "call me springfield").await;
    assert!(choice.contains("1 "), "{choice}");
    let answer = world.text(BRUNO, "1").await;
    assert!(answer.contains("Springfield"), "{answer}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_morning_by_call_comes_once_a_day() {
    let world = World::at(EVENING).await;
    let confirmed = world.text(CLARA, "DAILY lyon 7am BY CALL").await;
    assert!(
        confirmed.contains("every day by call at 7am"),
        "{confirmed}"
    );
    world.sleep_until("2026-11-22 12:00 Europe/Paris").await;
    let calls = world.sim.calls();
    assert_eq!(calls.len(), 2);
    for call in &calls {
        assert!(
            call.said[0].contains("Lyon, France, today"),
            "{:?}",
            call.said
        );
        assert_eq!(call.status, "completed");
    }
    assert_eq!(world.deliveries_to(CLARA).len(), 0);
    let records = world.records_of(CLARA).await;
    assert_eq!(
        records,
        ["call 2026-11-21 delivered", "call 2026-11-22 delivered"]
    );
    let back = world.text(CLARA, "DAILY lyon 7am by text").await;
    assert!(back.contains("every day at 7am"), "{back}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_machine_gets_it_as_a_message_and_nobody_is_called_twice() {
    for (fate, status, said) in [
        (CallFate::Machine, "delivered", true),
        (CallFate::NoAnswer, "undelivered", false),
        (CallFate::Busy, "undelivered", false),
        (CallFate::Failed, "failed the call failed", false),
    ] {
        let world = World::at(EVENING).await;
        world.text(CLARA, "lyon").await;
        world.sim.call_fate(CLARA, fate);
        world.text(CLARA, "call me").await;
        world.sleep_until("2026-11-20 21:30 Europe/Paris").await;
        let calls = world.sim.calls();
        assert_eq!(calls.len(), 1, "{fate:?}");
        let message = calls[0].said.join(" ");
        assert_eq!(
            message.contains("Lyon") && message.ends_with("Goodbye."),
            said
        );
        assert!(!message.contains("press"), "{message}");
        let records = world.records_of(CLARA).await;
        assert_eq!(records.len(), 1, "{fate:?}");
        assert!(
            records[0].starts_with(&format!("call {status}")),
            "{records:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unclear_call_is_settled_and_never_placed_twice() {
    for (fault, placed) in [
        (CreateFault::ResetAfter, true),
        (CreateFault::ServerErrorAfter, true),
        (CreateFault::BadJson, true),
        (CreateFault::ResetBefore, false),
        (CreateFault::TooMany, false),
    ] {
        let world = World::at(EVENING).await;
        world.text(CLARA, "lyon").await;
        world.sim.faults().call.next(fault);
        world.text(CLARA, "call me").await;
        // Nobody is told how it goes: only the list knows.
        world.sim.call_fate(CLARA, CallFate::Person);
        world.sleep_until("2026-11-20 20:30 Europe/Paris").await;
        assert_eq!(world.sim.calls().len(), 1, "{fault:?} {placed}");
        assert_eq!(
            world.records_of(CLARA).await,
            ["call delivered"],
            "{fault:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn stop_stops_calls_too() {
    let world = World::at(EVENING).await;
    world.text(CLARA, "DAILY lyon 7am by phone").await;
    world.text(CLARA, "STOP").await;
    world.sleep_until("2026-11-21 12:00 Europe/Paris").await;
    assert_eq!(world.sim.calls().len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_of_ours_is_in_the_language_of_the_phone() {
    let world = World::at(EVENING).await;
    world
        .text(BRUNO, "tous les jours Lyon 7h par t\u{e9}l\u{e9}phone")
        .await;
    world.sleep_until("2026-11-21 12:00 Europe/Paris").await;
    let calls = world.sim.calls();
    assert_eq!(calls.len(), 1);
    let said = calls[0].said.join(" ");
    assert!(
        said.contains("Lyon, aujourd'hui") && said.contains("degr\u{e9}s"),
        "{said}"
    );
}
