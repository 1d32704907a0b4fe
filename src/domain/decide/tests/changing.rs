//! TIME, DAYS, PLACE, UNITS, PAUSE, RESUME, SKIP, TRIP, ME, MY DATA.

use super::*;
use crate::domain::subscriber::Units;

fn subscribed() -> Phone {
    let mut phone = Phone::french();
    phone.text("daily lyon 7am");
    phone
}

fn with_two() -> Phone {
    let mut phone = subscribed();
    phone.text("daily paris 6:30 weekdays");
    phone
}

#[test]
fn time_and_days_of_the_only_one() {
    let mut phone = subscribed();
    assert_eq!(
        phone.text("TIME 6:30am"),
        "Done: Lyon weather every day at 06:30. Next: tomorrow (06:30 has passed today). ME lists all."
    );
    assert_eq!(
        phone.text("time 9pm"),
        "Done: Lyon weather every day at 21:00. Next: today. ME lists all."
    );
    assert_eq!(
        phone.text("days weekends"),
        "Done: Lyon weather weekends at 21:00. Next: today. ME lists all."
    );
    assert_eq!(phone.mine(), ["Lyon 21:00 weekends from 2026-11-22"]);
    assert_eq!(phone.text("time"), texts::bad_time(phone.language()));
}

#[test]
fn a_date_that_has_its_text_gets_no_second_one() {
    let mut phone = subscribed();
    let today = "2026-11-22".parse().unwrap();
    phone.me.as_mut().unwrap().subscriptions[0].last_date = Some(today);
    assert_eq!(
        phone.text("time 9pm"),
        "Done: Lyon weather every day at 21:00. Next: tomorrow. ME lists all."
    );
}

#[test]
fn several_are_named_or_chosen_by_number() {
    let mut phone = with_two();
    phone.text("time paris 8:00");
    assert_eq!(phone.mine()[1], "Paris 08:00 weekdays from 2026-11-23");
    assert_eq!(
        phone.text("time 9:15"),
        "Which one? Reply with a number: 1 Lyon 07:00, 2 Paris 08:00 weekdays"
    );
    assert!(phone.text("1").starts_with("Done: Lyon"));
    assert_eq!(phone.mine()[0], "Lyon 09:15 daily from 2026-11-23");
    phone.text("days weekends");
    assert!(
        phone
            .text("paris")
            .starts_with("Done: Paris weather weekends"),
        "by name"
    );
    phone.text("pause");
    assert!(
        phone
            .text("7")
            .starts_with("Reply with a number from 1 to 2")
    );
    assert!(phone.text("2").starts_with("Paused: Paris"));
    assert!(
        phone
            .text("time honolulu 7")
            .starts_with("You have no daily text for honolulu. Yours: Lyon; Paris.")
    );
}

#[test]
fn without_a_daily_text_the_answer_says_how_to_get_one() {
    let mut phone = Phone::american();
    assert!(phone.text("time 6:30am").contains("DAILY LYON 6:30AM"));
    phone.text("90210");
    assert!(
        phone
            .text("time 6:30am")
            .contains("DAILY BEVERLY HILLS CA 6:30AM")
    );
    for text in [
        "pause",
        "resume",
        "skip",
        "days weekdays",
        "trip paris 5 days",
    ] {
        phone.text(text);
        assert_eq!(phone.outcome(), "none_yet", "{text}");
    }
}

#[test]
fn place_moves_the_daily_text() {
    let mut phone = Phone::french();
    assert_eq!(
        phone.text("place paris"),
        texts::own_place(phone.language(), "Paris")
    );
    phone.text("daily lyon");
    assert_eq!(
        phone.text("place honolulu"),
        "Done: Honolulu HI weather every day at 07:00. Next: today. ME lists all."
    );
    phone.text("daily lyon");
    phone.text("place springfield");
    assert!(
        phone
            .text("1")
            .starts_with("Which one? Reply with a number: 1 Honolulu HI 07:00, 2 Lyon 07:00")
    );
    assert!(phone.text("2").starts_with("Done: Springfield IL"));
    assert_eq!(phone.mine()[1], "Springfield 07:00 daily from 2026-11-23");
    phone.text("place honolulu");
    phone.text("2");
    assert!(
        phone
            .decision
            .as_ref()
            .unwrap()
            .reply
            .as_ref()
            .unwrap()
            .contains("already")
    );
}

#[test]
fn units_are_by_country_until_chosen() {
    let mut phone = subscribed();
    phone.text("UNITS F");
    assert_eq!(phone.me.as_ref().unwrap().units, Some(Units::Imperial));
    phone.text("celsius");
    assert_eq!(phone.me.as_ref().unwrap().units, Some(Units::Metric));
    assert_eq!(phone.text("units"), texts::which_units(phone.language()));
}

#[test]
fn a_break_ends_by_itself_or_with_resume() {
    let mut phone = subscribed();
    assert_eq!(
        phone.text("pause until fri"),
        "Paused: Lyon. The next text comes Fri at 07:00. RESUME starts it sooner."
    );
    assert_eq!(
        phone.text("pause 5 days"),
        "Paused: Lyon. The next text comes Sat at 07:00. RESUME starts it sooner."
    );
    assert_eq!(
        phone.text("pause until sunday"),
        "Paused: Lyon. The next text comes Sun Nov 29 at 07:00. RESUME starts it sooner."
    );
    assert!(
        phone
            .text("pause")
            .starts_with("Paused: Lyon. No daily texts until you text RESUME.")
    );
    assert!(phone.text("me").contains("paused"));
    assert_eq!(
        phone.text("resume"),
        "On again: Lyon. The next text comes tomorrow at 07:00."
    );
    assert_eq!(
        phone.text("resume"),
        "Nothing is paused. Lyon: the next text comes tomorrow at 07:00."
    );
}

#[test]
fn one_date_is_skipped() {
    let mut phone = subscribed();
    assert_eq!(
        phone.text("skip"),
        "OK, no Lyon text tomorrow. The one after comes Tue at 07:00. RESUME takes it back."
    );
    assert_eq!(
        phone.me.as_ref().unwrap().subscriptions[0].skip,
        Some("2026-11-23".parse().unwrap())
    );
    assert!(phone.text("me").contains("Tue at 07:00"));
    assert_eq!(
        phone.text("skip friday"),
        "OK, no Lyon text Fri. The one after comes Sat at 07:00. RESUME takes it back."
    );
    assert!(
        phone
            .text("skip today")
            .starts_with("No Lyon text is due today.")
    );
}

#[test]
fn a_trip_is_another_place_for_a_while() {
    let mut phone = subscribed();
    assert_eq!(phone.text("trip"), texts::trip_how(phone.language()));
    assert_eq!(
        phone.text("trip paris"),
        "For how long in Paris? Reply for example 5 DAYS or UNTIL FRI."
    );
    assert_eq!(
        phone.text("trip paris 5 days"),
        "Have a good trip! Paris at 07:00 until Fri, then Lyon again. TRIP OVER ends it sooner."
    );
    let trip = phone.me.as_ref().unwrap().subscriptions[0]
        .trip
        .clone()
        .unwrap();
    assert_eq!(trip.until, "2026-11-27".parse().unwrap());
    assert!(phone.text("me").contains("Paris until Fri"));
    assert!(
        phone
            .text("trip over")
            .starts_with("Welcome back! Lyon again")
    );
    assert_eq!(phone.text("trip over"), texts::no_trip(phone.language()));
    phone.text("trip springfield until fri");
    assert!(phone.text("2").contains("Springfield MO"));
}

#[test]
fn a_trip_may_be_told_piece_by_piece() {
    let mut phone = subscribed();
    phone.text("trip");
    assert!(phone.text("paris").starts_with("For how long in Paris?"));
    assert!(
        phone
            .text("until friday")
            .contains("Paris at 07:00 until Fri")
    );
    let mut phone = subscribed();
    phone.text("trip paris");
    assert!(phone.text("5").contains("Paris at 07:00 until Fri"));
    // Anything else is not its length.
    let mut phone = subscribed();
    phone.text("trip paris");
    assert!(phone.text("tomorrow").starts_with("Lyon"));
    assert!(phone.me.as_ref().unwrap().subscriptions[0].trip.is_none());
    // After half an hour the question is forgotten.
    let mut phone = subscribed();
    phone.text("trip paris");
    phone.wait_mins(31);
    phone.text("5 days");
    assert!(phone.me.as_ref().unwrap().subscriptions[0].trip.is_none());
}

#[test]
fn who_corrects_a_time_gets_the_last_one() {
    let mut phone = Phone::french();
    assert!(
        phone
            .text("daily lyon 6:00, no wait 6:30")
            .contains("at 06:30")
    );
    assert!(phone.text("TIME 7:45. no, 7:50").contains("at 07:50"));
    assert!(phone.text("not at 7, rather at 8").contains("at 08:00"));
}

#[test]
fn me_says_what_is_set_and_how_the_last_one_ended() {
    let mut phone = Phone::french();
    assert!(phone.text("me").starts_with("You have no daily text."));
    let mut phone = with_two();
    phone.last = Some(LastDelivery {
        date: "2026-11-22".parse().unwrap(),
        status: DeliveryStatus::Delivered,
    });
    let reply = phone.text("me");
    assert!(reply.starts_with("Daily: Lyon 07:00; Paris 06:30 weekdays. Next comes tomorrow at 06:30. Today's was delivered."), "{reply}");
}

#[test]
fn my_data_says_what_is_kept() {
    let mut phone = with_two();
    let reply = phone.text("my data");
    assert!(
        reply.starts_with("weatherline keeps: your number +33639981234, since Nov 22, 2026."),
        "{reply}"
    );
    assert!(
        reply.contains("Lyon 07:00; Paris 06:30 weekdays"),
        "{reply}"
    );
}
