//! Whom we don't answer, and how often we do.

use super::*;

#[test]
fn the_last_answer_of_an_hour_says_that_we_pause() {
    let mut phone = Phone::american();
    phone.rules.replies_per_sender_per_hour = 3;
    phone.text("lyon");
    phone.wait_mins(10);
    phone.text("lyon");
    assert_eq!(
        phone.text("daily lyon"),
        "That's a lot of texts in one hour, so I'm pausing now. Text me again in 50 minutes. Daily texts still come; STOP still works."
    );
    assert!(
        phone.mine().is_empty(),
        "nothing is done without an answer that says so"
    );
    assert_eq!(phone.text("lyon"), "");
    phone.wait_mins(51);
    assert!(phone.text("lyon").starts_with("Lyon"));
}

#[test]
fn greetings_and_thanks_are_returned_once_an_hour() {
    let mut phone = Phone::american();
    assert_eq!(phone.text("Hi!"), texts::greeting(phone.language()));
    assert_eq!(phone.text("hello?"), "");
    assert_eq!(phone.text("thanks"), "");
    phone.wait_mins(61);
    assert_eq!(phone.text("thank you!!"), texts::thanks(phone.language()));
}

#[test]
fn two_machines_do_not_talk_for_ever() {
    let mut phone = Phone::american();
    let mut answers = 0;
    let mut said = "hello".to_owned();
    for _ in 0..200 {
        let reply = phone.text(&said);
        answers += usize::from(!reply.is_empty());
        said = if reply.is_empty() {
            "I don't understand".to_owned()
        } else {
            reply
        };
    }
    assert!(answers <= 30, "{answers}");
}

#[test]
fn our_own_number_reactions_and_machines_get_silence() {
    let mut phone = Phone::of("+15005550006", "2026-11-22T17:00:00Z");
    assert_eq!(phone.text("lyon"), "");
    assert_eq!(phone.outcome(), "ignored");
    let mut phone = Phone::american();
    for text in [
        "Liked “Lyon: sunny”",
        "Automatic reply: I am away",
        "👍 to “Lyon: sunny”",
    ] {
        assert_eq!(phone.text(text), "");
        assert!(phone.decision.as_ref().unwrap().subscriber.is_none());
    }
}
