//! Daily texts from a call: ended and taken up again by key nine, and set for a time that is said.

use crate::world::{CLARA, World};

const AFTERNOON: &str = "2026-11-20 15:07 Europe/Paris";

#[tokio::test(flavor = "multi_thread")]
async fn nine_stops_the_daily_texts_at_once_and_resumes_them() {
    let world = World::at(AFTERNOON).await;
    world.text(CLARA, "DAILY lyon 16:00").await;
    let mut call = world.call(CLARA).await;
    call.press("9").await;
    let heard = call.heard();
    assert!(
        heard.contains("daily texts have stopped")
            && heard.contains("To get them again, press nine"),
        "{heard}"
    );
    world.sleep_until("2026-11-20 17:00 Europe/Paris").await;
    assert_eq!(world.deliveries_to(CLARA).len(), 0);
    assert_eq!(
        world.records_of(CLARA).await,
        ["daily 2026-11-20 skipped paused"]
    );
    // That is no opt-out: they are told the weather and texted it as often as they ask.
    call.press("1").await;
    assert!(call.heard().contains("sent it"), "{}", call.heard());
    assert!(world.text(CLARA, "paris").await.starts_with("Paris"));
    call.press("9").await;
    assert!(
        call.heard().contains("daily texts come again"),
        "{}",
        call.heard()
    );
    world.sleep_until("2026-11-21 17:00 Europe/Paris").await;
    let texts = world.deliveries_to(CLARA);
    assert_eq!(texts.len(), 3, "{texts:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_says_that_they_want_no_texts_at_all_gets_none() {
    let world = World::at(AFTERNOON).await;
    world.text(CLARA, "DAILY lyon 16:00").await;
    let mut call = world.call(CLARA).await;
    call.speak("stop texting me").await;
    assert!(call.heard().contains("no more texts"), "{}", call.heard());
    call.press("1").await;
    assert!(
        call.heard().contains("stopped our texts"),
        "{}",
        call.heard()
    );
    call.press("*").await;
    assert!(call.heard().contains("Lyon, France, today"));
    world.sleep_until("2026-11-20 17:00 Europe/Paris").await;
    assert_eq!(world.deliveries_to(CLARA).len(), 0);
    call.press("9").await;
    assert!(
        call.heard().contains("You get our texts again"),
        "{}",
        call.heard()
    );
    world.sleep_until("2026-11-21 17:00 Europe/Paris").await;
    assert_eq!(world.deliveries_to(CLARA).len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_paused_by_text_resumes_by_nine() {
    let world = World::at(AFTERNOON).await;
    world.text(CLARA, "DAILY lyon 16:00").await;
    world.text(CLARA, "PAUSE").await;
    let mut call = world.call(CLARA).await;
    assert!(
        call.heard()
            .contains("paused. To get them again, press nine"),
        "{}",
        call.heard()
    );
    call.press("9").await;
    assert!(call.heard().contains("come again"), "{}", call.heard());
    world.sleep_until("2026-11-20 17:00 Europe/Paris").await;
    assert_eq!(world.deliveries_to(CLARA).len(), 2);
}

/// Who has had all answers of the hour ends their daily texts all the same.
#[tokio::test(flavor = "multi_thread")]
async fn an_end_by_key_is_held_back_by_no_limit() {
    let world = World::with(AFTERNOON, |s| {
        s.flow.rules.replies_per_sender_per_hour = 2;
    })
    .await;
    world.text(CLARA, "DAILY lyon 16:00").await;
    for text in ["paris", "london", "madrid"] {
        world.text(CLARA, text).await;
    }
    let mut call = world.call(CLARA).await;
    call.press("9").await;
    assert!(call.heard().contains("have stopped"), "{}", call.heard());
    world.sleep_until("2026-11-20 17:00 Europe/Paris").await;
    assert_eq!(world.deliveries_to(CLARA).len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_time_that_is_said_is_when_the_text_comes() {
    let world = World::at(AFTERNOON).await;
    let mut call = world.call(CLARA).await;
    call.speak("daily lyon at 7 am").await;
    assert!(
        call.heard().contains("every day at seven in the morning"),
        "{}",
        call.heard()
    );
    call.hang_up().await;
    let me = world.text(CLARA, "ME").await;
    assert!(me.contains("7am") && me.contains("Lyon"), "{me}");
    let mut call = world.call(CLARA).await;
    call.speak("every day at quarter past six in the morning")
        .await;
    call.hang_up().await;
    let me = world.text(CLARA, "ME").await;
    assert!(me.contains("6:15am"), "{me}");
}
