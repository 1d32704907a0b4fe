//! The conversation over the real wires: what a person texts and what their phone shows.

use weatherline::sim::WeatherFault;

use crate::world::{ANNA, BRUNO, CLARA, World};

#[tokio::test(flavor = "multi_thread")]
async fn a_place_gets_its_forecast_in_one_segment() {
    let world = World::at("2026-11-20 15:00 Europe/Paris").await;
    for (from, text, place) in [
        (BRUNO, "lyon", "Lyon"),
        (BRUNO, "Weather in Lyon tomorrow, please?", "Lyon"),
        (ANNA, "90210", "Beverly Hills"),
        (CLARA, "SW1A 1AA", "London"),
        (BRUNO, "köln tonight", "Cologne"),
    ] {
        let answer = world.text(from, text).await;
        assert!(answer.contains(place), "{text} -> {answer}");
    }
    for message in world.sim.ledger().replies() {
        assert_eq!(message.segments, 1, "{}", message.body);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_text_again_gets_the_same_answer_and_changes_nothing() {
    let world = World::at("2026-11-20 15:00 Europe/Paris").await;
    let first = world.sim.text(BRUNO, "DAILY lyon 7am").await;
    world
        .clock
        .set(crate::world::instant("2026-11-20 15:05 Europe/Paris"));
    let again = world.sim.text_again(&first.sid).await;
    assert_eq!(first.replies, again.replies);
    world.sleep_until("2026-11-21 08:00 Europe/Paris").await;
    assert_eq!(world.deliveries_to(BRUNO).len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_such_place_and_no_service_are_two_answers() {
    let world = World::at("2026-11-20 15:00 Europe/Paris").await;
    let unknown = world.text(BRUNO, "xqzzkvy").await;
    world
        .sim
        .faults()
        .open_meteo
        .always(Some(WeatherFault::Down));
    world
        .sim
        .faults()
        .met_norway
        .always(Some(WeatherFault::Down));
    let down = world.text(BRUNO, "lyon").await;
    assert_ne!(unknown, down);
    assert!(down.contains("Lyon"), "{down}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_promised_comes_when_the_weather_is_back_also_after_a_restart() {
    let world = World::at("2026-11-20 15:00 Europe/Paris").await;
    world
        .sim
        .faults()
        .open_meteo
        .always(Some(WeatherFault::ServerError));
    world
        .sim
        .faults()
        .met_norway
        .always(Some(WeatherFault::ServerError));
    let answer = world.text(BRUNO, "lyon").await;
    assert!(answer.contains("Lyon"), "{answer}");
    world.sleep_until("2026-11-20 15:20 Europe/Paris").await;
    assert_eq!(world.deliveries_to(BRUNO).len(), 0);
    let world = world.restart().await;
    world.sim.faults().open_meteo.clear();
    world.sim.faults().met_norway.clear();
    world.sleep_until("2026-11-20 15:22 Europe/Paris").await;
    let texts = world.deliveries_to(BRUNO);
    assert_eq!(texts.len(), 1);
    assert!(texts[0].starts_with("Lyon"), "{texts:?}");
    assert_eq!(world.records_of(BRUNO).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_never_came_is_said() {
    let world = World::at("2026-11-20 15:00 Europe/Paris").await;
    world
        .sim
        .faults()
        .open_meteo
        .always(Some(WeatherFault::ServerError));
    world
        .sim
        .faults()
        .met_norway
        .always(Some(WeatherFault::ServerError));
    world.text(BRUNO, "lyon").await;
    world.sleep_until("2026-11-20 19:00 Europe/Paris").await;
    let texts = world.deliveries_to(BRUNO);
    assert_eq!(texts.len(), 1, "{texts:?}");
    assert!(texts[0].contains("Lyon"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_numbered_choice_takes_the_command_along() {
    let world = World::at("2026-11-20 15:00 America/Chicago").await;
    let answer = world.text(ANNA, "DAILY springfield 7am").await;
    assert!(answer.contains("1") && answer.contains("2"), "{answer}");
    let confirmed = world.text(ANNA, "2").await;
    assert!(
        confirmed.contains("Springfield") && confirmed.contains("STOP"),
        "{confirmed}"
    );
    world.sleep_until("2026-11-21 12:00 America/Chicago").await;
    assert_eq!(world.deliveries_to(ANNA).len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_texts_at_once_from_one_phone_change_things_once() {
    let world = World::at("2026-11-20 15:00 Europe/Paris").await;
    let (one, two) = tokio::join!(
        world.sim.text(BRUNO, "DAILY lyon 7am"),
        world.sim.text(BRUNO, "DAILY lyon 7am")
    );
    assert_eq!((one.status, two.status), (Some(200), Some(200)));
    world.sleep_until("2026-11-21 08:00 Europe/Paris").await;
    assert_eq!(world.deliveries_to(BRUNO).len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_phones_at_once_never_mix() {
    let world = World::at("2026-11-20 15:00 Europe/Paris").await;
    let phones: Vec<String> = (0..20).map(|nth| format!("+336399800{nth:02}")).collect();
    let towns = ["Lyon", "Brest", "Nantes", "Lille"];
    let town = |nth: usize| towns[nth % towns.len()];
    // A question each, at the same moment, and then its answers.
    let ask = |nth: usize, text: String| {
        let (sim, phone) = (world.sim.clone(), phones[nth].clone());
        world.meet(&phone);
        tokio::spawn(async move { sim.text(&phone, &text).await.replies.join("") })
    };
    for round in ["daily {} 7am", "{} tomorrow", "me"] {
        let asked: Vec<_> = (0..phones.len())
            .map(|nth| ask(nth, round.replace("{}", town(nth))))
            .collect();
        for (nth, answer) in asked.into_iter().enumerate() {
            let answer = answer.await.unwrap();
            for other in towns {
                assert_eq!(
                    answer.contains(other),
                    other == town(nth),
                    "{round}: {answer}"
                );
            }
        }
    }
    world.sleep_until("2026-11-21 08:00 Europe/Paris").await;
    for (nth, phone) in phones.iter().enumerate() {
        let texts = world.deliveries_to(phone);
        assert!(
            texts.len() == 1 && texts[0].starts_with(town(nth)),
            "{texts:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_text_twice_at_once_counts_once_and_the_same_message_is_answered_alike() {
    let world = World::at("2026-11-20 15:00 Europe/Paris").await;
    world.text(BRUNO, "DAILY lyon 7am").await;
    let (one, two) = tokio::join!(
        world.sim.text(BRUNO, "SKIP tomorrow"),
        world.sim.text(BRUNO, "SKIP tomorrow")
    );
    assert_ne!(one.sid, two.sid);
    let skipped = [&one, &two]
        .iter()
        .filter(|text| text.replies.iter().any(|reply| reply.contains("OK")))
        .count();
    assert!(skipped >= 1, "{one:?} {two:?}");
    // The carrier asks again for the same message, many times at once, and hears the same.
    let again = tokio::join!(
        world.sim.text_again(&one.sid),
        world.sim.text_again(&one.sid),
        world.sim.text_again(&two.sid)
    );
    assert_eq!(again.0.raw, one.raw);
    assert_eq!(again.1.raw, one.raw);
    assert_eq!(again.2.raw, two.raw);
    world.sleep_until("2026-11-22 08:00 Europe/Paris").await;
    assert_eq!(world.deliveries_to(BRUNO).len(), 1, "one morning left out");
    let bruno = weatherline::domain::phone::PhoneNumber::parse(BRUNO).unwrap();
    let consents = world.app.store.history(&bruno, 100).await.unwrap().consents;
    assert_eq!(consents.len(), 1, "subscribed once");
}
