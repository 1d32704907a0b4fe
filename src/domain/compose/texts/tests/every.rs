//! All of them, with ordinary and with the longest fillings.

use jiff::civil::{Date, Weekday};

use super::super::*;
use crate::domain::compose::{ClockStyle, clock_words};
use crate::domain::delivery::DeliveryStatus;
use crate::domain::forecast::Window;
use crate::domain::phone::Country;
use crate::domain::schedule::{Days, SendTime};
use crate::domain::subscriber::{Channel, Condition, Units};

pub(super) const LONG: &str =
    "Krung Thep Maha Nakhon Amon Rattanakosin Mahinthara Ayuthaya Mahadilok Phop, Thailand";

pub(super) fn every_text(language: Language) -> Vec<(String, String)> {
    let mut all = Vec::new();
    let mut add = |name: &str, text: String| all.push((name.to_owned(), text));
    small(language, &mut add);
    places(language, &mut add);
    subscriptions(language, &mut add);
    changes(language, &mut add);
    keeping(language, &mut add);
    leaving(language, &mut add);
    all
}

fn small(language: Language, add: &mut impl FnMut(&str, String)) {
    add("menu", menu(language));
    add("help", help(language));
    add("greeting", greeting(language));
    add("thanks", thanks(language));
    add("no_then", no_then(language));
    add("text_only", text_only(language));
    add("no_calls", no_calls(language));
    add(
        "calling",
        calling(
            language,
            "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch",
        ),
    );
    add("calling, a town", calling(language, "Lyon"));
    add("call_where", call_where(language));
    add("language_set", language_set(language));
    add("which_language", which_language(language));
    add("nothing_to_choose", nothing_to_choose(language));
    add("not_understood", not_understood(language));
    add("how_to_stop", how_to_stop(language));
    add("wrong_person", wrong_person(language));
    add("about_us", about_us(language));
    add("pausing", pausing(language, 59));
    add("pausing, one minute", pausing(language, 0));
    add("units_set, metric", units_set(language, Units::Metric));
    add("units_set, imperial", units_set(language, Units::Imperial));
    add("which_units", which_units(language));
}

fn places(language: Language, add: &mut impl FnMut(&str, String)) {
    let springfields: Vec<Line> = ["IL", "MO", "MA", "OR"]
        .iter()
        .map(|state| Line::of_place(&format!("Springfield {state}")))
        .collect();
    let long = vec![Line::of_place(LONG); 4];
    add("which_place", which_place(language));
    add("unknown_place", unknown_place(language, "Qwertyville"));
    add(
        "unknown_place, long",
        unknown_place(language, &"Xyzzy \"and\" so on ".repeat(20)),
    );
    add("unknown_place, emoji", unknown_place(language, "🦄🦄"));
    add("did_you_mean", did_you_mean(language, "Lyon, France"));
    add(
        "did_you_mean, long",
        did_you_mean(language, &LONG.repeat(3)),
    );
    add("choice", choice(language, &springfields, true));
    add("choice, long", choice(language, &long, true));
    add("choice, unsure", choice(language, &springfields, false));
    add("wrong_number", wrong_number(language, &springfields));
    add(
        "wrong_number, one",
        wrong_number(language, &springfields[..1]),
    );
    add("late", late(language, "Lyon"));
    add("late, long", late(language, &LONG.repeat(3)));
    add("no_weather", no_weather(language, "Lyon"));
    add("no_forecast", no_forecast(language, "Lyon", Window::Week));
    let forecast = "Lyon: Rain from 2pm, high 15C, low 8C tonight.";
    add(
        "with_daily_hint",
        with_daily_hint(language, forecast, SendTime::SEVEN, clock(language)),
    );
    add(
        "with_daily_hint, less room",
        with_daily_hint(
            language,
            &forecast.repeat(2),
            SendTime::SEVEN,
            ClockStyle::H24,
        ),
    );
    add(
        "with_daily_hint, no room",
        with_daily_hint(
            language,
            &forecast.repeat(3),
            SendTime::SEVEN,
            ClockStyle::H24,
        ),
    );
}

fn line(language: Language, place: &str, rest: &str) -> Line {
    Line {
        place: place.to_owned(),
        time: time(language, "12:30"),
        rest: rest.to_owned(),
    }
}

fn confirmed(language: Language, label: &str) -> Confirmed {
    Confirmed {
        label: label.to_owned(),
        time: time(language, "07:00"),
        days: days_and_channel(language, Days::DAILY, Channel::Text),
        first: Some(Day::Tomorrow),
        ..Confirmed::default()
    }
}

fn subscriptions(language: Language, add: &mut impl FnMut(&str, String)) {
    let lyon = confirmed(language, "Lyon");
    let longest = Confirmed {
        label: LONG.repeat(2),
        time: time(language, "12:30"),
        days: days_and_channel(language, six_days(), Channel::Text),
        condition: threshold(language, Some(Condition::Wind), Units::Imperial),
        first: Some(Day::Date("2026-11-30".parse().unwrap())),
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
        condition: threshold(language, Some(Condition::Rain), Units::Metric),
        days: days_and_channel(language, Days::WEEKDAYS, Channel::Text),
        ..lyon.clone()
    };
    add("confirmation", confirmation(language, &lyon));
    add("confirmation, time passed", confirmation(language, &passed));
    add("confirmation, abroad", confirmation(language, &abroad));
    add("confirmation, if rain", confirmation(language, &rain));
    add("confirmation, longest", confirmation(language, &longest));
    add(
        "confirmation, long name",
        confirmation(language, &confirmed(language, LONG)),
    );
    add("changed", changed(language, &lyon));
    add("changed, time passed", changed(language, &passed));
    add("changed, longest", changed(language, &longest));
    add("daily_where", daily_where(language));
    add("bad_time", bad_time(language));
    add(
        "none_yet",
        none_yet(language, None, example_time(clock(language))),
    );
    add(
        "none_yet, with a place",
        none_yet(
            language,
            Some("Beverly Hills CA"),
            &time(language, "18:30").to_uppercase(),
        ),
    );
    add("too_many", too_many(language, 9));
}

fn changes(language: Language, add: &mut impl FnMut(&str, String)) {
    let (two, six) = (two(language), six(language));
    let next = &at(language, Day::Tomorrow, "07:00");
    add("which_days", which_days(language));
    add("move_where", move_where(language));
    add("own_place", own_place(language, "Lyon"));
    add("already_yours", already_yours(language, "Lyon"));
    add("which_subscription", which_subscription(language, &two));
    add(
        "which_subscription, six",
        which_subscription(language, &six),
    );
    let (friday, tuesday) = (
        Day::Weekday(Weekday::Friday),
        Day::Weekday(Weekday::Tuesday),
    );
    let monday = Day::Date("2026-11-30".parse().unwrap());
    add("paused", paused(language, "Lyon"));
    add(
        "paused_until",
        paused_until(language, "Lyon", &at(language, friday, "07:00")),
    );
    add("resumed_one", resumed_one(language, "Lyon", next));
    add("not_paused", not_paused(language, "Lyon", next));
    add(
        "skipped",
        skipped(
            language,
            "Lyon",
            &Day::Tomorrow.on(language),
            &at(language, tuesday, "07:00"),
        ),
    );
    add(
        "nothing_to_skip",
        nothing_to_skip(language, "Lyon", &Day::Today.on(language), next),
    );
    add("trip_how", trip_how(language));
    add("trip_how_long", trip_how_long(language, "Lyon"));
    add("trip_how_long, long", trip_how_long(language, LONG));
    add(
        "trip_set",
        trip_set(language, "Paris", "Lyon", &time(language, "07:00"), friday),
    );
    add(
        "trip_set, long",
        trip_set(language, LONG, LONG, &time(language, "12:30"), monday),
    );
    add("trip_over", trip_over(language, "Lyon", next));
    add("no_trip", no_trip(language));
}

fn keeping(language: Language, add: &mut impl FnMut(&str, String)) {
    let (two, six) = (two(language), six(language));
    let last = last_words(language, date(22), date(22), DeliveryStatus::Delivered);
    let early = &at(language, Day::Tomorrow, "06:30");
    add("status", status(language, &two, Some(early), Some(&last)));
    add(
        "status, six",
        status(language, &six, Some(early), Some(&last)),
    );
    add("status_none", status_none(language, None));
    add(
        "status_none, with a place",
        status_none(language, Some("Lyon")),
    );
    for state in DeliveryStatus::ALL {
        add(
            &format!("last_words, {}", state.name()),
            last_words(language, date(21), date(22), state),
        );
    }
    let kept = Kept {
        phone: "+14155550101".to_owned(),
        since: date(22),
        units: Units::Imperial,
        language: None,
        place: Some("Lyon".to_owned()),
        subscriptions: two.to_vec(),
    };
    add("my_data", my_data(language, &kept));
    let spanish = Kept {
        language: Some(Language::Spanish),
        units: Units::Metric,
        ..kept.clone()
    };
    add("my_data, language", my_data(language, &spanish));
    let most = Kept {
        language: Some(Language::Portuguese),
        subscriptions: vec![line(language, &LONG.repeat(2), &rest(language)); 6],
        ..kept
    };
    add("my_data, most", my_data(language, &most));
}

fn leaving(language: Language, add: &mut impl FnMut(&str, String)) {
    let one = [line(language, "Lyon", "")];
    let six = six(language);
    let next = &at(language, Day::Tomorrow, "07:00");
    add("stopped", stopped(language));
    add("stop_notice", stop_notice(language));
    add("held_notice", held_notice(language));
    add("resumed", resumed(language, &one, next));
    add("resumed, six", resumed(language, &six, next));
    add("restarted", restarted(language));
    add("restarted_anew", restarted_anew(language));
    add("already_on", already_on(language, &one, next));
    add(
        "ended_one",
        ended_one(language, "Paris, France", &[Line::of_place("Lyon")]),
    );
    add("ended_one, last", ended_one(language, "Paris, France", &[]));
    add("ended_one, many others", ended_one(language, LONG, &six));
    add(
        "not_yours",
        not_yours(language, "paris", &[Line::of_place("Lyon")]),
    );
    add("not_yours, none", not_yours(language, "paris", &[]));
    add("not_yours, many", not_yours(language, LONG, &six));
    add("delete_question", delete_question(language));
    add("not_erased", not_erased(language));
    add("erased", erased(language));
}

fn clock(language: Language) -> ClockStyle {
    ClockStyle::for_reader(language, Country::parse("US"))
}

fn time(language: Language, at: &str) -> String {
    clock_words(SendTime::parse(at).unwrap(), clock(language))
}

fn at(language: Language, day: Day, time: &str) -> String {
    next_at(
        language,
        Some(day),
        SendTime::parse(time).unwrap(),
        clock(language),
    )
}

fn date(day: i8) -> Date {
    Date::constant(2026, 11, day)
}

/// `weekdays if rain`.
fn rest(language: Language) -> String {
    let days = days_and_channel(language, Days::WEEKDAYS, Channel::Text);
    format!("{days}{}", Say::IfRain.text(language))
}

fn two(language: Language) -> [Line; 2] {
    [
        line(language, "Lyon", ""),
        line(language, "Paris, France", &rest(language)),
    ]
}

fn six(language: Language) -> Vec<Line> {
    vec![line(language, "Springfield IL", &rest(language)); 6]
}

fn six_days() -> Days {
    let all = Days::DAILY.iter();
    Days::of(all.filter(|day| *day != Weekday::Wednesday)).unwrap()
}
