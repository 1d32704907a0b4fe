//! Every text a person can receive that is no forecast, with how it is billed.

use std::fmt::Write;

use super::*;
use crate::domain::command::{Command, Noise};
use crate::domain::compose::ClockStyle;
use crate::domain::delivery::DeliveryStatus;
use crate::domain::forecast::Window;
use crate::domain::message::MessageBody;
use crate::domain::schedule::SendTime;
use crate::domain::subscriber::Units;

const LONG: &str =
    "Krung Thep Maha Nakhon Amon Rattanakosin Mahinthara Ayuthaya Mahadilok Phop, Thailand";

#[test]
fn every_text_with_its_segments() {
    let mut page = String::new();
    for (name, text) in every_text() {
        let message = MessageBody::new(&text);
        let (encoding, septets, segments) =
            (message.encoding(), message.septets(), message.segments());
        let most = if name.starts_with("my_data") {
            MY_DATA_SEGMENTS
        } else {
            1
        };
        assert!(segments <= most, "{name}: {septets} septets: {text}");
        assert_eq!(message.as_str(), text, "{name} is written as it is sent");
        let _ = writeln!(
            page,
            "{name} ({encoding}, {septets} septets, {segments}):\n  {text}"
        );
    }
    insta::assert_snapshot!(page);
}

#[test]
fn our_own_words_echoed_are_not_answered() {
    let answered: Vec<String> = every_text()
        .into_iter()
        .filter(|(_, text)| text.split_whitespace().count() >= 9)
        .filter(|(_, text)| Command::parse(text) != Command::Ignored(Noise::Echo))
        .map(|(name, text)| format!("{name}: {text}"))
        .collect();
    assert!(answered.is_empty(), "{}", answered.join("\n"));
}

fn every_text() -> Vec<(String, String)> {
    let mut all = Vec::new();
    let mut add = |name: &str, text: String| all.push((name.to_owned(), text));
    small(&mut add);
    places(&mut add);
    subscriptions(&mut add);
    changes(&mut add);
    leaving(&mut add);
    all
}

fn small(add: &mut impl FnMut(&str, String)) {
    add("menu", menu());
    add("help", help());
    add("greeting", greeting());
    add("thanks", thanks());
    add("no_then", no_then());
    add("text_only", text_only());
    add("no_calls", no_calls());
    add(
        "calling",
        calling("Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"),
    );
    add("call_where", call_where());
    add("one_language", one_language());
    add("nothing_to_choose", nothing_to_choose());
    add("pausing", pausing(59));
    add("pausing, one minute", pausing(0));
    add("units_set, metric", units_set(Units::Metric));
    add("units_set, imperial", units_set(Units::Imperial));
    add("which_units", which_units());
}

fn places(add: &mut impl FnMut(&str, String)) {
    let springfields: Vec<Line> = ["IL", "MO", "MA", "OR"]
        .iter()
        .map(|state| Line::of_place(&format!("Springfield {state}")))
        .collect();
    let long = vec![Line::of_place(LONG); 4];
    add("which_place", which_place());
    add("unknown_place", unknown_place("Qwertyville"));
    add(
        "unknown_place, long",
        unknown_place(&"Xyzzy \"and\" so on ".repeat(20)),
    );
    add("unknown_place, emoji", unknown_place("🦄🦄"));
    add("did_you_mean", did_you_mean("Lyon, France"));
    add("did_you_mean, long", did_you_mean(&LONG.repeat(3)));
    add("choice", choice(&springfields, true));
    add("choice, long", choice(&long, true));
    add("choice, unsure", choice(&springfields, false));
    add("wrong_number", wrong_number(&springfields));
    add("wrong_number, one", wrong_number(&springfields[..1]));
    add("late", late("Lyon"));
    add("late, long", late(&LONG.repeat(3)));
    add("no_weather", no_weather("Lyon"));
    add("no_forecast", no_forecast("Lyon", Window::Week));
    let forecast = "Lyon: Rain from 2pm, high 15C, low 8C tonight.";
    add(
        "with_daily_hint",
        with_daily_hint(forecast, SendTime::SEVEN, ClockStyle::H12),
    );
    add(
        "with_daily_hint, less room",
        with_daily_hint(&forecast.repeat(2), SendTime::SEVEN, ClockStyle::H24),
    );
    add(
        "with_daily_hint, no room",
        with_daily_hint(&forecast.repeat(3), SendTime::SEVEN, ClockStyle::H24),
    );
}

fn line(place: &str, rest: &str) -> Line {
    Line {
        place: place.to_owned(),
        time: "12:30pm".to_owned(),
        rest: rest.to_owned(),
    }
}

fn confirmed(label: &str) -> Confirmed {
    Confirmed {
        label: label.to_owned(),
        time: "7am".to_owned(),
        days: "every day".to_owned(),
        first: "tomorrow".to_owned(),
        ..Confirmed::default()
    }
}

fn subscriptions(add: &mut impl FnMut(&str, String)) {
    let lyon = confirmed("Lyon");
    let longest = Confirmed {
        label: LONG.repeat(2),
        time: "12:30pm".to_owned(),
        days: "Mon, Tue, Thu, Fri, Sat, Sun".to_owned(),
        condition: " if wind over 25mph or gusts over 40mph".to_owned(),
        first: "Mon Nov 30".to_owned(),
        passed: true,
        abroad: true,
    };
    let passed = Confirmed {
        passed: true,
        ..lyon.clone()
    };
    let abroad = Confirmed {
        abroad: true,
        ..lyon.clone()
    };
    let rain = Confirmed {
        condition: " if rain (50% or more likely)".to_owned(),
        days: "weekdays".to_owned(),
        ..lyon.clone()
    };
    add("confirmation", confirmation(&lyon));
    add("confirmation, time passed", confirmation(&passed));
    add("confirmation, abroad", confirmation(&abroad));
    add("confirmation, if rain", confirmation(&rain));
    add("confirmation, longest", confirmation(&longest));
    add("confirmation, long name", confirmation(&confirmed(LONG)));
    add("changed", changed(&lyon));
    add("changed, time passed", changed(&passed));
    add("changed, longest", changed(&longest));
    add("daily_where", daily_where());
    add("bad_time", bad_time());
    add("none_yet", none_yet(None, "7AM"));
    add(
        "none_yet, with a place",
        none_yet(Some("Beverly Hills CA"), "6:30PM"),
    );
    add("too_many", too_many(9));
}

fn changes(add: &mut impl FnMut(&str, String)) {
    let two = [line("Lyon", ""), line("Paris, France", "weekdays if rain")];
    let six = vec![line("Springfield IL", "weekdays if rain"); 6];
    add("which_days", which_days());
    add("move_where", move_where());
    add("own_place", own_place("Lyon"));
    add("already_yours", already_yours("Lyon"));
    add("which_subscription", which_subscription(&two));
    add("which_subscription, six", which_subscription(&six));
    add("paused", paused("Lyon"));
    add("paused_until", paused_until("Lyon", "Fri at 7am"));
    add("resumed_one", resumed_one("Lyon", "tomorrow at 7am"));
    add("not_paused", not_paused("Lyon", "tomorrow at 7am"));
    add("skipped", skipped("Lyon", "tomorrow", "Tue at 7am"));
    add(
        "nothing_to_skip",
        nothing_to_skip("Lyon", "today", "tomorrow at 7am"),
    );
    add("trip_how", trip_how());
    add("trip_set", trip_set("Paris", "Lyon", "7am", "Fri"));
    add(
        "trip_set, long",
        trip_set(LONG, LONG, "12:30pm", "Mon Nov 30"),
    );
    add("trip_over", trip_over("Lyon", "tomorrow at 7am"));
    add("no_trip", no_trip());
    let last = last_words("today", DeliveryStatus::Delivered);
    add(
        "status",
        status(&two, Some("tomorrow at 6:30am"), Some(&last)),
    );
    add(
        "status, six",
        status(&six, Some("tomorrow at 6:30am"), Some(&last)),
    );
    add("status_none", status_none(None));
    add("status_none, with a place", status_none(Some("Lyon")));
    for state in DeliveryStatus::ALL {
        add(
            &format!("last_words, {}", state.name()),
            last_words("yesterday", state),
        );
    }
    let kept = Kept {
        phone: "+14155550101".to_owned(),
        since: "Nov 22, 2026".to_owned(),
        units: "imperial",
        place: Some("Lyon".to_owned()),
        subscriptions: two.to_vec(),
    };
    add("my_data", my_data(&kept));
    let most = Kept {
        subscriptions: vec![line(&LONG.repeat(2), "weekdays if rain"); 6],
        ..kept
    };
    add("my_data, most", my_data(&most));
}

fn leaving(add: &mut impl FnMut(&str, String)) {
    let one = [line("Lyon", "")];
    let six = vec![line("Springfield IL", "weekdays if rain"); 6];
    add("stopped", stopped());
    add("stop_notice", stop_notice());
    add("held_notice", held_notice());
    add("resumed", resumed(&one, "tomorrow at 7am"));
    add("resumed, six", resumed(&six, "tomorrow at 7am"));
    add("restarted", restarted());
    add("already_on", already_on(&one, "tomorrow at 7am"));
    add(
        "ended_one",
        ended_one("Paris, France", &[Line::of_place("Lyon")]),
    );
    add("ended_one, last", ended_one("Paris, France", &[]));
    add("ended_one, many others", ended_one(LONG, &six));
    add("not_yours", not_yours("paris", &[Line::of_place("Lyon")]));
    add("not_yours, none", not_yours("paris", &[]));
    add("not_yours, many", not_yours(LONG, &six));
    add("delete_question", delete_question());
    add("not_erased", not_erased());
    add("erased", erased());
}
