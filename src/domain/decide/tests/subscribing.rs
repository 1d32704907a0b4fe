//! DAILY: confirmations, what is new and what is changed.

use super::*;

#[test]
fn the_confirmation_has_all_its_parts() {
    let mut phone = Phone::french();
    let reply = phone.text("DAILY lyon 7am");
    assert_eq!(
        reply,
        "weatherline: Lyon weather every day at 07:00, from tomorrow (07:00 has passed today). Msg&data rates may apply. \
         Reply HELP for help, STOP to end."
    );
    assert_eq!(phone.mine(), ["Lyon 07:00 daily from 2026-11-23"]);
    let decision = phone.decision.as_ref().unwrap();
    assert_eq!(decision.consent[0].kind, ConsentKind::Subscribe);
    assert_eq!(decision.consent[0].words, "DAILY lyon 7am");
    assert_eq!(decision.consent[0].answer, reply);
}

#[test]
fn a_time_still_ahead_begins_today() {
    let mut phone = Phone::american();
    let reply = phone.text("daily 90210 6:30 pm");
    assert!(
        reply.starts_with("weatherline: Beverly Hills CA weather every day at 6:30pm, from today."),
        "{reply}"
    );
    assert_eq!(phone.mine(), ["Beverly Hills 18:30 daily from 2026-11-22"]);
}

#[test]
fn without_a_time_it_is_the_usual_one_and_without_a_place_my_own() {
    let mut phone = Phone::american();
    assert_eq!(phone.text("daily"), texts::daily_where(phone.language()));
    phone.text("lyon");
    let reply = phone.text("daily");
    assert!(reply.starts_with("weatherline: Lyon, France"), "{reply}");
    assert!(reply.contains("local time"), "{reply}");
    assert_eq!(phone.mine(), ["Lyon 07:00 daily from 2026-11-23"]);
}

#[test]
fn the_same_place_is_changed_and_another_is_added() {
    let mut phone = Phone::american();
    phone.text("daily lyon 7am");
    phone.text("daily lyon 8am weekdays");
    assert_eq!(phone.mine(), ["Lyon 08:00 weekdays from 2026-11-23"]);
    phone.text("daily paris");
    assert_eq!(
        phone.mine(),
        [
            "Lyon 08:00 weekdays from 2026-11-23",
            "Paris 07:00 daily from 2026-11-23"
        ]
    );
    phone.text("daily 9am");
    assert_eq!(phone.outcome(), "choice");
    phone.text("2");
    assert_eq!(phone.mine()[1], "Paris 09:00 daily from 2026-11-23");
}

#[test]
fn a_condition_is_confirmed_with_its_threshold() {
    let mut phone = Phone::american();
    for (text, words) in [
        ("daily lyon if rain", "if rain (50% or more likely)"),
        ("daily lyon if frost", "if frost (at or below 32F)"),
        ("daily lyon if wind", "if wind over 25mph"),
        ("daily lyon if heat", "if 86F or more"),
        ("daily lyon if snow", "if snow (50% or more likely)"),
    ] {
        let reply = phone.text(text);
        assert!(reply.contains(words), "{reply}");
        assert!(reply.contains("Msg&data rates may apply."), "{reply}");
    }
    phone.text("daily lyon");
    assert_eq!(phone.mine(), ["Lyon 07:00 daily from 2026-11-23"]);
}

#[test]
fn the_legal_parts_survive_the_longest_name() {
    let mut phone = Phone::american();
    for name in ["llanfair", "bangkok", "kyiv", "tokyo"] {
        for tail in [
            "",
            "12:30pm",
            "mon tue thu fri sat sun 12:30pm if wind",
            "weekdays if frost",
        ] {
            let reply = phone.text(&format!("daily {name} {tail}"));
            for part in ["weatherline: ", "Msg&data rates may apply.", "HELP", "STOP"] {
                assert!(reply.contains(part), "{part}: {reply}");
            }
        }
    }
}

#[test]
fn there_are_at_most_six() {
    let mut phone = Phone::american();
    for name in [
        "lyon",
        "paris",
        "san francisco",
        "90210",
        "friday harbor",
        "harbor",
    ] {
        phone.text(&format!("daily {name}"));
        assert_eq!(phone.outcome(), "subscribed", "{name}");
    }
    phone.text("daily tokyo");
    assert_eq!(phone.outcome(), "too_many");
    phone.text("daily lyon 9am");
    assert_eq!(phone.outcome(), "subscribed");
    phone.text("me");
    phone.text("my data");
    phone.text("time 8am");
    phone.text("start");
}

#[test]
fn a_bad_time_is_asked_for_again() {
    let mut phone = Phone::american();
    assert_eq!(
        phone.text("daily lyon 25:00"),
        texts::bad_time(phone.language())
    );
    assert!(phone.mine().is_empty());
}
