//! What is held back, what is let go in time, and what is owed once only.

use weatherline::domain::phone::PhoneNumber;
use weatherline::sim::WeatherFault;

use crate::world::{ANNA, BRUNO, CLARA, World, instant};

#[tokio::test(flavor = "multi_thread")]
async fn a_burst_out_of_one_range_of_numbers_leaves_the_day_to_the_others() {
    let world = World::with("2026-11-20 15:00 Europe/Paris", |s| {
        (s.flow.segments_per_day, s.flow.range_percent) = (10, 30);
    })
    .await;
    let of_the_range = |nth: u32| format!("+4915555{nth:05}");
    for nth in 0..3 {
        let answer = world.text(&of_the_range(nth), "lyon").await;
        assert!(answer.starts_with("Lyon"), "{answer}");
    }
    assert_eq!(world.text(&of_the_range(3), "lyon").await, "");
    assert_eq!(world.app.tally.counts().texts.get("range"), Some(&1));
    // Others are answered, and a stop is honoured from anywhere.
    assert!(world.text(ANNA, "lyon").await.starts_with("Lyon"));
    world.text(&of_the_range(4), "please stop texting me").await;
    let stopped = PhoneNumber::parse(&of_the_range(4)).unwrap();
    let stopped = world.app.store.subscriber(&stopped).await.unwrap();
    assert!(
        stopped
            .is_some_and(|who| who.standing != weatherline::domain::subscriber::Standing::Active)
    );
    // What was spent is known after a restart, and gone the next day.
    let world = world.restart().await;
    world.live().await;
    assert_eq!(world.text(&of_the_range(5), "lyon").await, "");
    world.clock.set(instant("2026-11-21 03:00 Europe/Paris"));
    assert_ne!(world.text(&of_the_range(5), "lyon").await, "");
}

#[tokio::test(flavor = "multi_thread")]
async fn calls_and_texts_spend_nothing_of_each_other() {
    let world = World::with("2026-11-20 15:00 Europe/Paris", |s| {
        (s.flow.segments_per_day, s.flow.range_percent) = (4, 50);
    })
    .await;
    let of_the_range = |nth: u32| format!("+4915555{nth:05}");
    for nth in 0..20 {
        let call = world.call(&of_the_range(nth)).await;
        assert!(!call.said().is_empty(), "{nth}");
    }
    for nth in 0..2 {
        assert_ne!(world.text(&of_the_range(nth), "lyon").await, "");
    }
    assert_eq!(world.text(&of_the_range(3), "lyon").await, "");
    let call = world.call(&of_the_range(3)).await;
    assert!(!call.said().is_empty());
}

/// By the usual limits: thousands of calls of one phone, as of somebody who tries every branch.
#[tokio::test(flavor = "multi_thread")]
async fn who_calls_a_thousand_times_is_answered_every_time() {
    let world = World::with("2026-11-20 15:00 Europe/Paris", |s| {
        (s.flow.segments_per_day, s.flow.range_percent) = (1_000, 50);
    })
    .await;
    for nth in 0..1_500 {
        let call = world.call(CLARA).await;
        assert!(!call.is_over() && !call.said().is_empty(), "{nth}");
    }
    assert_eq!(world.app.tally.counts().call_steps.get("limited"), None);
    assert!(world.text(CLARA, "lyon").await.starts_with("Lyon"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_machine_that_redials_is_told_so_in_words_and_costs_nobody_else() {
    let world = World::with("2026-11-20 15:00 Europe/Paris", |s| {
        s.flow.calls_per_caller_per_day = 3;
    })
    .await;
    for _ in 0..2 {
        let call = world.call(CLARA).await;
        assert!(!call.is_over(), "{:?}", call.said());
    }
    // Another language begins no other call, and is none of the things that are counted.
    let mut talked = world.call(CLARA).await;
    for name in ["espa\u{f1}ol", "english", "deutsch", "english"] {
        talked.speak(name).await;
        assert!(!talked.is_over(), "{}", talked.heard());
    }
    assert_eq!(world.app.tally.counts().calls_in, 3);
    let turned_away = world.call(CLARA).await;
    assert!(turned_away.is_over());
    let heard = turned_away.heard();
    assert!(
        heard.contains("too many") && heard.ends_with("Goodbye."),
        "{heard}"
    );
    assert_eq!(world.app.tally.counts().call_steps.get("limited"), Some(&1));
    // Who is on the line already goes on.
    talked.speak("lyon").await;
    assert!(talked.heard().contains("Lyon"), "{}", talked.heard());
    assert!(!world.call(ANNA).await.is_over());
    assert!(!world.call("anonymous").await.is_over());
    assert!(world.text(CLARA, "lyon").await.starts_with("Lyon"));
    world.clock.set(instant("2026-11-21 15:00 Europe/Paris"));
    assert!(!world.call(CLARA).await.is_over());
}

#[tokio::test(flavor = "multi_thread")]
async fn only_a_call_that_rings_is_ever_rejected() {
    let world = World::with("2026-11-20 15:00 Europe/Paris", |s| {
        s.flow.rules.countries = weatherline::domain::phone::Country::parse("US")
            .into_iter()
            .collect();
    })
    .await;
    let refused = world.call(CLARA).await;
    assert!(refused.said().is_empty());
    assert_eq!(world.app.tally.counts().call_steps.get("country"), Some(&1));
    let served = world.call(ANNA).await;
    assert!(!served.said().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_operator_sees_the_days_budget_before_it_is_spent() {
    let world = World::with("2026-11-20 15:00 Europe/Paris", |s| {
        s.flow.segments_per_day = 5;
    })
    .await;
    let spending = || world.app.spending(world.clock.now());
    for nth in 0..4 {
        assert!(!spending().is_nearly_all(), "{nth}: {}", spending());
        world.text(BRUNO, "lyon").await;
    }
    assert!(spending().is_nearly_all() && !spending().is_all());
    let page = spending().to_string();
    assert!(
        page.contains("4 of 5") && page.contains("nearly all"),
        "{page}"
    );
    world.text(BRUNO, "lyon").await;
    assert!(spending().is_all(), "{}", spending());
    assert_eq!(world.text(ANNA, "lyon").await, "");
    assert_eq!(world.app.tally.counts().texts.get("budget"), Some(&1));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_again_and_again_while_the_weather_is_away_is_owed_one_answer() {
    let world = World::at("2026-11-20 15:00 Europe/Paris").await;
    let faults = world.sim.faults();
    faults.open_meteo.always(Some(WeatherFault::ServerError));
    faults.met_norway.always(Some(WeatherFault::ServerError));
    for text in ["lyon", "Lyon?", "weather lyon", "lyon tomorrow", "paris"] {
        assert_ne!(world.text(BRUNO, text).await, "", "{text}");
    }
    assert_ne!(world.text(CLARA, "lyon, france").await, "");
    faults.open_meteo.clear();
    faults.met_norway.clear();
    world.sleep_until("2026-11-20 15:20 Europe/Paris").await;
    let mut texts = world.deliveries_to(BRUNO);
    texts.sort();
    assert_eq!(texts.len(), 3, "{texts:?}");
    assert!(
        texts[0].starts_with("Lyon")
            && texts[1].starts_with("Lyon")
            && texts[2].starts_with("Paris"),
        "{texts:?}"
    );
    assert_eq!(world.deliveries_to(CLARA).len(), 1);
    // What was sent is owed no more: a new outage, a new promise.
    faults.open_meteo.always(Some(WeatherFault::ServerError));
    faults.met_norway.always(Some(WeatherFault::ServerError));
    world.clock.set(instant("2026-11-21 15:00 Europe/Paris"));
    world.text(BRUNO, "lyon").await;
    faults.open_meteo.clear();
    faults.met_norway.clear();
    world.sleep_until("2026-11-21 15:20 Europe/Paris").await;
    assert_eq!(world.deliveries_to(BRUNO).len(), 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn words_go_after_thirty_days_and_so_does_who_left() {
    let world = World::at("2026-11-20 15:00 Europe/Paris").await;
    world.text(BRUNO, "DAILY lyon 7am").await;
    world.text(CLARA, "DAILY london 7am").await;
    world.text(CLARA, "please stop texting me").await;
    let (bruno, clara) = (
        PhoneNumber::parse(BRUNO).unwrap(),
        PhoneNumber::parse(CLARA).unwrap(),
    );
    let store = &world.app.store;
    world.sleep_until("2026-12-19 15:00 Europe/Paris").await;
    assert!(!store.is_suppressed(&clara).await.unwrap());
    let kept = store.history(&clara, 10).await.unwrap();
    assert_eq!((kept.texts.len(), kept.consents.len()), (2, 2));
    world.sleep_until("2026-12-22 15:00 Europe/Paris").await;
    // Of her who left, a salted hash is left: enough to keep a list from bringing her back.
    assert!(store.is_suppressed(&clara).await.unwrap());
    let kept = store.history(&clara, 10).await.unwrap();
    assert_eq!(
        (kept.texts.len(), kept.consents.len(), kept.sent.len()),
        (0, 0, 0)
    );
    // Of him who stayed, the words are gone that are old, the consent and what is set are not.
    let kept = store.history(&bruno, 100).await.unwrap();
    assert_eq!((kept.texts.len(), kept.consents.len()), (0, 1));
    assert_eq!(kept.sent.len(), 32);
    let with_words = kept.sent.iter().filter(|sent| sent.body.is_some()).count();
    assert!((29..=31).contains(&with_words), "{with_words}");
    assert_eq!(world.deliveries_to(BRUNO).len(), 32);
    // She may come back by her own hand.
    let answer = world.text(CLARA, "START").await;
    assert!(
        answer.contains("erased 30 days after a stop") && answer.contains("DAILY"),
        "{answer}"
    );
    assert!(world.text(CLARA, "START").await.contains("you're on."));
}
