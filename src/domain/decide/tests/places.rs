//! Places asked for: certain, a choice, a guess, none; the weather late, down or nowhere.

use super::*;

#[test]
fn a_place_gets_its_forecast_and_how_to_get_it_daily() {
    let mut phone = Phone::american();
    let reply = phone.text("Weather in Lyon tomorrow, please?");
    assert!(reply.starts_with("Lyon, France, Mon:"), "{reply}");
    assert!(reply.contains("Reply DAILY"), "{reply}");
    assert_eq!(phone.outcome(), "forecast");
    assert_eq!(phone.me.as_ref().unwrap().last_place, Some(lyon()));
    let reply = phone.text("tonight");
    assert!(reply.starts_with("Lyon, France, tonight"), "{reply}");
    phone.text("daily");
    assert!(!phone.text("paris").contains("DAILY"));
}

#[test]
fn a_name_with_a_day_in_it_is_a_name() {
    let mut phone = Phone::american();
    let reply = phone.text("friday harbor");
    assert!(reply.starts_with("Friday Harbor WA"), "{reply}");
    let reply = phone.text("lyon friday");
    assert!(
        reply.starts_with("Lyon, France") && reply.contains("Fri"),
        "{reply}"
    );
    let reply = phone.text("daily friday harbor 7am");
    assert!(
        reply.contains("Friday Harbor WA weather every day at 7am"),
        "{reply}"
    );
}

#[test]
fn several_places_of_a_name_are_a_choice_for_half_an_hour() {
    let mut phone = Phone::american();
    let reply = phone.text("springfield tomorrow");
    assert_eq!(
        reply,
        "Which one? Reply with a number: 1 Springfield IL, 2 Springfield MO, 3 Springfield MA, 4 Springfield OR"
    );
    assert!(
        phone
            .text("9")
            .starts_with("Reply with a number from 1 to 4: 1 Springfield IL")
    );
    assert_eq!(phone.outcome(), "wrong_number");
    let reply = phone.text("2");
    assert!(reply.starts_with("Springfield MO Mon:"), "{reply}");
    // Another of them may still be taken, until something else is asked for.
    let reply = phone.text("the first one for the weekend");
    assert!(reply.starts_with("Springfield IL"), "{reply}");
    phone.text("lyon");
    assert_eq!(phone.text("2"), texts::nothing_to_choose(phone.language()));
    phone.text("springfield");
    phone.wait_mins(29);
    assert!(phone.text("1").starts_with("Springfield IL"));
    phone.text("springfield");
    phone.wait_mins(31);
    assert_eq!(phone.text("1"), texts::nothing_to_choose(phone.language()));
}

#[test]
fn a_choice_takes_its_command_along() {
    let mut phone = Phone::american();
    phone.text("daily springfield 6:30am weekdays if rain");
    let reply = phone.text("2");
    assert!(reply.starts_with("weatherline: Springfield MO"), "{reply}");
    assert_eq!(
        phone.mine(),
        ["Springfield 06:30 weekdays if rain from 2026-11-23"]
    );
    let consent = &phone.decision.as_ref().unwrap().consent[0];
    assert_eq!(
        consent.words,
        "2 (daily springfield 6:30am weekdays if rain)"
    );
    assert_eq!(consent.answer, reply);
}

#[test]
fn a_choice_may_be_answered_by_name() {
    let mut phone = Phone::american();
    phone.text("springfield tomorrow");
    let reply = phone.text("missouri");
    assert!(reply.starts_with("Springfield MO Mon:"), "{reply}");
    phone.text("springfield");
    assert!(phone.text("OR").starts_with("Springfield OR"));
}

#[test]
fn a_new_place_or_command_replaces_a_choice() {
    let mut phone = Phone::american();
    phone.text("springfield");
    phone.text("lyon");
    assert_eq!(phone.text("1"), texts::nothing_to_choose(phone.language()));
    phone.text("springfield");
    phone.text("me");
    assert_eq!(phone.text("1"), texts::nothing_to_choose(phone.language()));
    phone.text("springfield");
    phone.text("thanks");
    assert!(
        phone.text("1").starts_with("Springfield IL"),
        "thanks leave it open"
    );
}

#[test]
fn an_unclear_typo_gets_did_you_mean() {
    let mut phone = Phone::american();
    assert_eq!(
        phone.text("lyonn"),
        "Did you mean Lyon, France? Reply YES, or text the place another way."
    );
    assert!(phone.text("yes").starts_with("Lyon, France"));
    phone.text("lyonn tomorrow");
    assert!(phone.text("Yeah").starts_with("Lyon, France, Mon:"));
    phone.text("lyonn");
    assert_eq!(phone.text("no"), texts::no_then(phone.language()));
    assert_eq!(
        phone.text("yes"),
        texts::restarted(phone.language()),
        "nothing waits any more: YES is START"
    );
    assert!(
        phone
            .text("sprangfild")
            .starts_with("Did you mean one of these? Reply with a number: 1 Springfield IL, 2")
    );
    assert!(
        phone
            .text("yes")
            .starts_with("Reply with a number from 1 to 4")
    );
}

#[test]
fn no_such_place_no_weather_there_and_no_service_are_three_answers() {
    let mut phone = Phone::american();
    assert!(
        phone
            .text("xyzzy")
            .starts_with("I don't know a place \"xyzzy\".")
    );
    assert_eq!(phone.outcome(), "unknown_place");
    phone.weather = |_, _| Weather::NoData;
    assert!(
        phone
            .text("lyon")
            .starts_with("I found Lyon, France, but there is no weather")
    );
    assert!(phone.decision.as_ref().unwrap().follow_up.is_none());
    for weather in [|_: &Place, _| Weather::Down, |_: &Place, _| Weather::Late] {
        phone.weather = weather;
        let reply = phone.text("lyon tomorrow");
        assert!(reply.contains("I'll text it when I have it"), "{reply}");
        let owed = phone.decision.as_ref().unwrap().follow_up.clone().unwrap();
        assert_eq!(owed.place, lyon());
        assert_eq!(owed.window, crate::domain::forecast::Window::Tomorrow);
    }
}

#[test]
fn weather_that_was_gathered_for_another_place_is_late() {
    let mut phone = Phone::american();
    phone.weather = |_, now| fair(&paris(), now);
    let command = Command::parse("lyon");
    let inbound = Inbound {
        sid: "SM1".to_owned(),
        sender: phone.sender.clone(),
        body: "lyon".to_owned(),
        media: 0,
        opt_out: None,
    };
    let facts = Facts {
        resolution: Some(Resolution::Certain(Candidate {
            is_typo: false,
            place: lyon(),
            score: 1.0,
        })),
        weather: Some((paris(), fair(&paris(), phone.now))),
        ..Facts::default()
    };
    let decision = decide(command, None, &facts, &inbound, &phone.rules, phone.now);
    assert_eq!(decision.outcome, "late");
    assert!(decision.follow_up.is_some());
}

#[test]
fn somebody_unknown_gets_the_place_of_the_number_and_is_told_so() {
    let mut phone = Phone::american();
    phone.sender.zip = Some("94110".to_owned());
    let reply = phone.text("weather");
    assert!(reply.starts_with("San Francisco CA"), "{reply}");
    assert!(
        reply.ends_with("(Guessed from your number: text your town for yours.)"),
        "{reply}"
    );
    assert_eq!(
        phone.me.as_ref().unwrap().last_place,
        None,
        "a guess is not my place"
    );
    let mut phone = Phone::american();
    phone.sender.city = Some("LYON".to_owned());
    assert!(phone.text("tomorrow").starts_with("Lyon, France, Mon:"));
    let mut phone = Phone::american();
    assert_eq!(phone.text("tomorrow"), texts::which_place(phone.language()));
    assert_eq!(phone.text(""), texts::which_place(phone.language()));
}

#[test]
fn other_scripts_and_long_names_keep_to_one_segment() {
    let mut phone = Phone::american();
    phone.weather = |_, _| Weather::Down;
    for name in ["llanfair", "bangkok", "koln", "kyiv", "tokyo"] {
        phone.text(name);
        phone.text(&format!(
            "daily {name} 12:30pm mon tue thu fri sat sun if wind"
        ));
        phone.text("me");
        phone.text(&format!("pause {name}"));
        phone.text("resume");
        phone.text("skip");
        phone.text("trip bangkok 5 days");
        phone.text("1");
        phone.text(&format!("stop {name}"));
    }
    phone.text(&"word ".repeat(300));
    phone.text("الطقس في القاهرة");
    phone.text("☔☔☔ 東京 ☔☔☔");
}

#[test]
fn a_picture_or_nothing() {
    let mut phone = Phone::american();
    phone.media = 1;
    assert_eq!(phone.text(""), texts::text_only(phone.language()));
    assert!(phone.text("lyon").starts_with("Lyon"));
}
