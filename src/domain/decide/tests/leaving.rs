//! STOP, START, the end of one, DELETE ME.

use super::*;

#[test]
fn a_keyword_that_the_carrier_answers_gets_silence_for_ever() {
    let mut phone = Phone::american();
    phone.text("daily lyon");
    assert_eq!(phone.text("STOP"), "");
    assert!(phone.is_stopped());
    assert_eq!(
        phone.decision.as_ref().unwrap().consent[0].kind,
        ConsentKind::Stop
    );
    for text in [
        "lyon",
        "help",
        "hi",
        "daily paris",
        "stop",
        "1",
        "delete me",
    ] {
        assert_eq!(phone.text(text), "", "{text}");
        assert!(phone.is_stopped());
    }
    let reply = phone.text("start");
    assert_eq!(
        reply,
        "Welcome back! On again: Lyon, France 7am. Next comes tomorrow at 7am. Reply STOP to end, ? for help."
    );
    assert!(!phone.is_stopped());
    assert_eq!(
        phone.decision.as_ref().unwrap().consent[0].kind,
        ConsentKind::Start
    );
}

#[test]
fn plain_wording_gets_one_confirmation_and_one_notice_a_day() {
    let mut phone = Phone::american();
    phone.text("daily lyon");
    assert_eq!(
        phone.text("please stop texting me"),
        texts::stopped(phone.language())
    );
    assert_eq!(phone.text("stop texting me!"), "");
    assert_eq!(phone.text("lyon"), texts::stop_notice(phone.language()));
    assert_eq!(phone.text("lyon"), "");
    phone.wait_mins(24 * 60 + 1);
    assert_eq!(phone.text("lyon"), texts::stop_notice(phone.language()));
    assert!(phone.text("YES").starts_with("Welcome back!"));
}

#[test]
fn where_we_answer_keywords_stop_and_help_are_ours() {
    let mut phone = Phone::american();
    phone.rules.answers_keywords = false;
    assert_eq!(phone.text("HELP"), texts::help(phone.language()));
    assert_eq!(phone.text("STOP"), texts::stopped(phone.language()));
    assert_eq!(phone.text("START"), texts::restarted(phone.language()));
    phone.rules.answers_keywords = true;
    assert_eq!(phone.text("HELP"), "");
    assert_eq!(phone.text("info"), "");
    assert_eq!(phone.text("?"), texts::menu(phone.language()));
}

#[test]
fn what_the_carrier_took_for_an_opt_out_is_one() {
    let mut phone = Phone::american();
    phone.text("daily lyon");
    phone.opt_out = Some(OptOut::Stop);
    assert_eq!(phone.text("arret"), "");
    assert!(phone.is_stopped());
    phone.opt_out = Some(OptOut::Help);
    assert_eq!(phone.text("aide"), "");
    phone.opt_out = Some(OptOut::Start);
    assert!(phone.text("commencer").starts_with("Welcome back!"));
    assert!(!phone.is_stopped());
}

#[test]
fn an_opt_out_is_honoured_from_everywhere_and_past_every_limit() {
    let mut phone = Phone::french();
    phone.rules.countries = vec![Country::of(b"US")];
    assert_eq!(phone.text("lyon"), "");
    assert_eq!(phone.outcome(), "country");
    assert_eq!(phone.text("stop it"), "", "not answered either");
    assert!(phone.is_stopped());
    let mut phone = Phone::french();
    phone.text("daily lyon");
    phone.rules.countries = vec![Country::of(b"US")];
    assert_eq!(phone.text("stop lyon"), "");
    assert!(phone.mine().is_empty());
    assert_eq!(phone.text("stop harassment"), "");
    assert!(phone.is_stopped());
    let mut phone = Phone::american();
    phone.rules.replies_per_sender_per_hour = 2;
    for _ in 0..5 {
        phone.text("lyon");
    }
    assert_eq!(
        phone.text("stop texting me"),
        texts::stopped(phone.language())
    );
    assert!(phone.is_stopped());
}

#[test]
fn somebody_unknown_may_stop_us_too() {
    let mut phone = Phone::american();
    assert_eq!(
        phone.text("unsubscribe me please"),
        texts::stopped(phone.language())
    );
    assert!(phone.is_stopped());
}

#[test]
fn one_of_mine_ends_alone() {
    let mut phone = Phone::american();
    phone.text("daily lyon");
    phone.text("daily paris 8am");
    assert!(
        phone
            .text("STOP paris")
            .starts_with("Ended: no more daily texts for Paris, France. Still on: Lyon, France.")
    );
    assert_eq!(phone.mine().len(), 1);
    assert!(!phone.is_stopped());
    assert!(
        phone
            .text("cancel honolulu")
            .starts_with("You have no daily text for honolulu. Yours: Lyon, France.")
    );
    assert!(!phone.is_stopped(), "Honolulu is a place, and not mine");
    assert!(
        phone
            .text("end lyon")
            .starts_with("Ended: no more daily texts for Lyon, France. You have no others.")
    );
    phone.text("daily lyon 7am");
    phone.text("daily paris 8am");
    assert!(phone.text("stop sending me paris").starts_with("Ended"));
    assert!(
        phone
            .text("cancel my 7am text")
            .starts_with("Ended: no more daily texts for Lyon")
    );
}

#[test]
fn a_stop_that_names_nothing_known_is_an_opt_out() {
    let mut phone = Phone::american();
    phone.text("daily lyon");
    assert_eq!(
        phone.text("stop harassment"),
        texts::stopped(phone.language())
    );
    assert!(phone.is_stopped());
    let mut phone = Phone::american();
    assert_eq!(
        phone.text("stop paris"),
        texts::stopped(phone.language()),
        "nothing of mine could be meant"
    );
}

#[test]
fn a_place_that_begins_with_a_stop_word_is_a_place() {
    let mut phone = Phone::american();
    phone.text("daily lyon");
    assert!(phone.text("end moor").starts_with("End Moor"));
    let mut phone = Phone::american();
    assert!(phone.text("End Moor").starts_with("End Moor"));
    assert!(
        phone
            .text("Quit Honolulu")
            .starts_with("You have no daily text for Honolulu.")
    );
    assert!(!phone.is_stopped());
}

#[test]
fn a_word_of_the_phones_own_country_stops_too() {
    let mut phone = Phone::of("+34612345678", "2026-11-22T17:00:00Z");
    phone.text("daily lyon");
    assert_eq!(phone.text("Baja"), texts::stopped(phone.language()));
    assert!(phone.is_stopped());
}

#[test]
fn erasure_asks_once() {
    let mut phone = Phone::american();
    phone.text("daily lyon");
    assert_eq!(
        phone.text("delete me"),
        texts::delete_question(phone.language())
    );
    assert_eq!(phone.text("no"), texts::not_erased(phone.language()));
    assert_eq!(
        phone.text("delete"),
        texts::delete_question(phone.language())
    );
    phone.wait_mins(31);
    phone.text("delete me");
    assert_eq!(phone.text("DELETE"), texts::erased(phone.language()));
    let decision = phone.decision.clone().unwrap();
    assert!(decision.erase && decision.subscriber.is_none());
    assert_eq!(decision.consent[0].kind, ConsentKind::Erase);
    phone.text("delete me");
    assert_eq!(phone.text("yes"), texts::erased(phone.language()));
    let mut left = Phone::american();
    left.text("stop texting me");
    assert_eq!(
        left.text("delete me"),
        texts::delete_question(left.language())
    );
    assert_eq!(
        left.text("yes"),
        texts::erased(left.language()),
        "also after a stop"
    );
}

#[test]
fn start_always_gets_one_text() {
    let mut phone = Phone::american();
    assert_eq!(phone.text("START"), texts::restarted(phone.language()));
    phone.text("daily lyon");
    assert!(
        phone
            .text("START")
            .starts_with("You're on: Lyon, France 7am.")
    );
    assert_eq!(phone.mine().len(), 1);
}

#[test]
fn who_was_stopped_by_others_is_told_how_to_come_back() {
    let mut phone = Phone::american();
    phone.text("daily lyon");
    for by in [StoppedBy::Operator, StoppedBy::Unreachable] {
        let me = phone.me.as_mut().unwrap();
        me.stop_notice_at = None;
        me.standing = Standing::Stopped { at: phone.now, by };
        assert_eq!(phone.text("lyon"), texts::held_notice(phone.language()));
    }
    assert_eq!(
        phone.text("stop texting me"),
        texts::stopped(phone.language())
    );
}

#[test]
fn an_opt_out_is_heard_in_one_clause_of_several_with_slips_and_beside_a_question() {
    for text in [
        "Thanks, it was lovely. Unsubscribe",
        "Woken up at 7 again. I don't want these texts any more.",
        "Danke, war schön mit euch. Abmelden",
        "stop grazie mille e buona giornata",
        "disicrivetemi",
        "cancelr",
        "STOPPEN bitte",
        "BASTAAA!!!",
        "canselar por favor",
        "I object to you processing my number for these messages",
        "J'exerce mon droit d'opposition",
        "Revoco il consenso al trattamento dei miei dati",
        "who are you? stop sending me these",
        "stop texting me at 7, sorry, at 8",
    ] {
        let mut phone = Phone::french();
        phone.text("daily lyon");
        phone.text(text);
        assert!(phone.is_stopped(), "{text}: {}", phone.outcome());
    }
    // A choice waits for its answer.
    for text in [
        "non j'ai dit STOP",
        "none of those, unsubscribe me",
        "basta",
    ] {
        let mut phone = Phone::french();
        phone.me = None;
        phone.text("daily lyon");
        phone.text("springfield");
        phone.text(text);
        let italian = text == "basta";
        assert!(phone.is_stopped() || italian, "{text}: {}", phone.outcome());
    }
}

#[test]
fn who_only_speaks_of_leaving_stays() {
    for text in [
        "non cancellatemi eh, mi servite!",
        "please don't take me off the list",
        "pls don't deactivate, it helps on the farm",
        "no me saques de la lista, los leo siempre",
        "não me tirem daí",
        "how do i unsubscribe from spotify",
        "tell Dave to stop texting me about the barbecue",
        "my mother wants to stop getting these, what does she have to write",
        "my wife always says \"stop texting me the weather\" haha",
        "do i have to pay to unsubscribe?",
        "estoy de vacaciones hasta el viernes, no me escribas",
        "this rain wont STOP",
        "my dog just wont STOP",
        "please dont STOP",
        "tomorrow i sleep long, dont send",
    ] {
        let mut phone = Phone::french();
        phone.text("daily lyon");
        phone.text(text);
        assert!(!phone.is_stopped(), "{text}");
        assert_eq!(phone.mine().len(), 1, "{text}");
    }
}
