//! Calls as they are heard: every prompt as a snapshot, and that no call gets stuck or goes on for ever.

use std::fmt::Write;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::*;
use crate::domain::decision::{Needs, Weather};
use crate::domain::forecast::{Conditions, Forecast, Hour, Window};
use crate::domain::phone::{Country, PhoneNumber};
use crate::domain::place::{Candidate, Coordinates, Place, PlaceQuery, Resolution};
use crate::domain::schedule::SendTime;
use crate::domain::subscriber::{Standing, StoppedBy, Subscriber, Subscription};
use crate::domain::zone::Zone;

pub(super) fn lyon() -> Place {
    Place {
        name: "Lyon".into(),
        admin1: Some("Auvergne-Rhône-Alpes".into()),
        admin1_code: None,
        country: Country::of(b"FR"),
        coordinates: Coordinates::new(45.74846, 4.84671).unwrap(),
        elevation_m: Some(173),
        zone: Zone::named("Europe/Paris").unwrap(),
    }
}

pub(super) fn springfields() -> Vec<Place> {
    [
        ("Illinois", "IL", 39.8, -89.6),
        ("Massachusetts", "MA", 42.1, -72.6),
        ("Missouri", "MO", 37.2, -93.3),
        ("Ohio", "OH", 39.9, -83.8),
    ]
    .map(|(admin1, code, latitude, longitude)| Place {
        name: "Springfield".into(),
        admin1: Some(admin1.into()),
        admin1_code: Some(code.into()),
        country: Country::of(b"US"),
        coordinates: Coordinates::new(latitude, longitude).unwrap(),
        elevation_m: None,
        zone: Zone::named("America/Chicago").unwrap(),
    })
    .to_vec()
}

/// A Sunday afternoon.
fn now() -> Timestamp {
    "2026-11-22T15:07:00+01:00".parse().unwrap()
}

fn forecast() -> Arc<Forecast> {
    let start: Timestamp = "2026-11-22T06:00:00Z".parse().unwrap();
    let hours = (0..96).map(|n| {
        let mut hour = Hour::empty(start + SignedDuration::from_hours(n));
        hour.temperature_c = Some(if n % 24 < 12 { 11.0 } else { 4.0 });
        hour.precipitation_probability = Some(10);
        hour.precipitation_mm = Some(0.0);
        hour.wind_kmh = Some(12.0);
        hour.conditions = Some(Conditions::PartlyCloudy);
        hour
    });
    Arc::new(Forecast {
        provider: "test",
        issued_at: now(),
        hours: hours.collect(),
    })
}

fn stranger(country: &[u8; 2]) -> Caller {
    let country = Country::of(country);
    let phone = match country.code() {
        "US" => "+14155550101",
        _ => "+33639981234",
    };
    Caller {
        phone: Some(PhoneNumber::parse(phone).unwrap()),
        country: Some(country),
        state: None,
        me: None,
    }
}

fn withheld() -> Caller {
    Caller {
        phone: None,
        ..stranger(b"US")
    }
}

fn subscriber(standing: Standing) -> Caller {
    let mut caller = stranger(b"FR");
    let mut me = Subscriber::new(caller.phone.clone().unwrap(), caller.country, now());
    me.subscriptions
        .push(Subscription::new(lyon(), SendTime::SEVEN, now()));
    me.standing = standing;
    caller.me = Some(me);
    caller
}

/// A gazetteer of six places.
fn look_up(query: &PlaceQuery) -> Resolution {
    let all = |places: Vec<Place>| {
        places
            .into_iter()
            .map(|place| Candidate { place, score: 1.0 })
            .collect::<Vec<_>>()
    };
    match query.text.to_lowercase().as_str() {
        "lyon" | "69001" => Resolution::Certain(all(vec![lyon()]).remove(0)),
        "springfield" => Resolution::Choice(all(springfields())),
        "lion" => Resolution::Guess(all(vec![lyon()])),
        "62701" => Resolution::Certain(all(springfields()).remove(0)),
        _ => Resolution::None,
    }
}

fn facts_for(wish: &Wish, weather: &Weather, done: Done) -> Facts {
    let mut facts = Facts::default();
    if let Wish::Find { readings, .. } = wish {
        let needs = Needs {
            readings: readings.clone(),
            ..Needs::default()
        };
        let found = needs.resolve(look_up);
        facts.resolution = found.resolution;
        facts.reading = found.reading;
    }
    facts.weather = Some(weather.clone());
    facts.done = Some(done);
    facts
}

fn ready() -> Weather {
    Weather::Ready(forecast())
}

fn take(step: &Step, input: &Input, caller: &Caller, weather: &Weather) -> (Wish, Answer) {
    let wish = hear(step, input, caller, now());
    let done = match &wish {
        Wish::Act(Act::Text { .. }) => match weather {
            Weather::Ready(_) => Done::Texted,
            Weather::NoData => Done::NoWeather,
            Weather::Late | Weather::Down => Done::Promised,
        },
        Wish::Act(Act::Daily { .. }) => Done::Subscribed,
        Wish::Act(Act::Stop) => Done::Stopped,
        _ => Done::Resumed,
    };
    let facts = facts_for(&wish, weather, done);
    let answer = next(step, &wish, caller, &facts, now());
    (wish, answer)
}

fn key(digits: &str) -> Input {
    Input::Digits(digits.into())
}

fn say(words: &str) -> Input {
    Input::Speech {
        words: words.into(),
        confidence: Some(0.9),
    }
}

/// A whole call: what is done and what is heard.
fn call(caller: &Caller, inputs: &[Input], weather: &Weather) -> String {
    let mut heard = String::new();
    let mut step = Step::START;
    let mut input = Input::Silence;
    let mut rest = inputs.iter();
    loop {
        let (_, answer) = take(&step, &input, caller, weather);
        for told in &answer.prompt.told {
            writeln!(heard, "  {told}").unwrap();
        }
        let Some(question) = answer.prompt.question else {
            writeln!(heard, "  (hangs up)").unwrap();
            return heard;
        };
        writeln!(heard, "  ? {}", question.words).unwrap();
        step = Step::parse(&question.next.path()).unwrap();
        let Some(next) = rest.next() else {
            return heard;
        };
        input = next.clone();
        match &input {
            Input::Silence => writeln!(heard, "> (silence)").unwrap(),
            Input::Digits(digits) => writeln!(heard, "> [{digits}]").unwrap(),
            Input::Speech { words, .. } => writeln!(heard, "> \"{words}\"").unwrap(),
        }
    }
}

#[test]
fn somebody_we_know() {
    let caller = subscriber(Standing::Active);
    let inputs = [
        key("1"),
        key("2"),
        key("2"),
        key("4"),
        key("*"),
        key("9"),
        key("7"),
        say("Stop."),
        say("weekend"),
        say("Thank you."),
    ];
    insta::assert_snapshot!(call(&caller, &inputs, &ready()));
}

#[test]
fn somebody_new_who_speaks() {
    let inputs = [
        say("um"),
        say("Springfield"),
        say("Ohio"),
        key("3"),
        say("What's the weather in Lyon tomorrow, please?"),
        key("9"),
        say("repeat that"),
        Input::Silence,
        Input::Silence,
    ];
    insta::assert_snapshot!(call(&stranger(b"US"), &inputs, &ready()));
}

#[test]
fn somebody_new_who_presses_keys() {
    let inputs = [
        key("6"),
        key("69001"),
        key("3"),
        key("*"),
        key("00000"),
        key("1"),
    ];
    insta::assert_snapshot!(call(&stranger(b"FR"), &inputs, &ready()));
}

#[test]
fn a_withheld_number() {
    let inputs = [
        key("62701"),
        key("1"),
        key("4"),
        key("9"),
        key("2"),
        say("bye"),
    ];
    insta::assert_snapshot!(call(&withheld(), &inputs, &ready()));
}

#[test]
fn what_was_heard_badly_is_asked_back() {
    let mumbled = Input::Speech {
        words: "Lyon".into(),
        confidence: Some(0.2),
    };
    let inputs = [mumbled, say("no"), say("lion"), say("yes")];
    insta::assert_snapshot!(call(&stranger(b"FR"), &inputs, &ready()));
}

#[test]
fn weather_that_is_not_there() {
    let known = subscriber(Standing::Active);
    let mut heard = String::new();
    for (weather, inputs) in [
        (Weather::Late, [key("1"), key("*")]),
        (Weather::Down, [key("1"), key("2")]),
        (Weather::NoData, [key("69001"), say("lyon")]),
    ] {
        writeln!(heard, "{weather:?}").unwrap();
        heard.push_str(&call(&known, &inputs, &weather));
    }
    heard.push_str("withheld\n");
    heard.push_str(&call(&withheld(), &[say("lyon")], &Weather::Down));
    insta::assert_snapshot!(heard);
}

#[test]
fn somebody_who_stopped_our_texts() {
    let mut heard = String::new();
    for by in [StoppedBy::Us, StoppedBy::Carrier] {
        writeln!(heard, "{by:?}").unwrap();
        let caller = subscriber(Standing::Stopped { at: now(), by });
        let inputs = [key("1"), key("9"), say("stop texting me")];
        heard.push_str(&call(&caller, &inputs, &ready()));
    }
    insta::assert_snapshot!(heard);
}

#[test]
fn somebody_who_is_not_understood_three_times() {
    let mut heard = String::new();
    for input in [Input::Silence, say("xqzzk"), key("8")] {
        let inputs = vec![input; 6];
        heard.push_str(&call(&stranger(b"US"), &inputs, &ready()));
    }
    insta::assert_snapshot!(heard);
}

#[test]
fn what_can_come_of_an_act() {
    let caller = subscriber(Standing::Active);
    let at = At::Menu {
        place: lyon(),
        window: Window::Today,
    };
    let step = Step::START.then(at);
    let wish = hear(&step, &key("4"), &caller, now());
    let Wish::Act(Act::Daily { time, .. }) = &wish else {
        panic!("{wish:?}");
    };
    assert_eq!(time.to_string(), "15:05");
    let mut heard = String::new();
    for done in [
        Done::Texted,
        Done::Promised,
        Done::Subscribed,
        Done::Stopped,
        Done::Resumed,
        Done::NoWeather,
        Done::TooManyTexts,
        Done::TooManyDaily,
        Done::Failed,
    ] {
        let facts = facts_for(&wish, &ready(), done);
        let answer = next(&step, &wish, &caller, &facts, now());
        writeln!(heard, "{done:?}: {}", answer.prompt.told.join(" ")).unwrap();
    }
    insta::assert_snapshot!(heard);
}

#[test]
fn a_call_of_ours() {
    let caller = subscriber(Standing::Active);
    let mut heard = String::new();
    for is_machine in [false, true] {
        let body = "Lyon, today, Sunday. Sunny.";
        let prompt = delivered(body, &lyon(), Window::Today, &caller, is_machine, now());
        assert_eq!(prompt.question.is_none(), is_machine);
        writeln!(heard, "{}", prompt.told.join(" ")).unwrap();
        let question = prompt.question.map(|question| question.words);
        writeln!(heard, "{}", question.unwrap_or_default()).unwrap();
    }
    insta::assert_snapshot!(heard);
}

/// Every branch of every prompt, six steps deep: each ends or asks, nothing is an abbreviation, and silence always ends it.
#[test]
fn no_way_through_a_call_gets_stuck() {
    let inputs = [
        Input::Silence,
        key("1"),
        key("2"),
        key("3"),
        key("4"),
        key("9"),
        key("0"),
        key("*"),
        key("#"),
        key("69001"),
        say("Lyon"),
        say("springfield"),
        say("lion"),
        say("yes"),
        say("xqzzk blah"),
        say("stop"),
    ];
    let stopped = Standing::Stopped {
        at: now(),
        by: StoppedBy::Us,
    };
    for caller in [
        stranger(b"US"),
        withheld(),
        subscriber(Standing::Active),
        subscriber(stopped),
    ] {
        for weather in [ready(), Weather::Down] {
            let mut seen = std::collections::HashSet::new();
            let mut open = vec![Step::START];
            for _ in 0..6 {
                let mut after = Vec::new();
                for step in &open {
                    for input in &inputs {
                        let (_, answer) = take(step, input, &caller, &weather);
                        after.extend(checked(&answer.prompt, &mut seen));
                    }
                }
                open = after;
            }
            assert!(seen.len() > 10);
            for step in open {
                assert!(ends_in_silence(step, &caller, &weather));
            }
        }
    }
}

/// Where the call goes on, unless that is known already.
fn checked(prompt: &Prompt, seen: &mut std::collections::HashSet<String>) -> Option<Step> {
    let words = prompt.question.iter().map(|question| &question.words);
    for sentence in prompt.told.iter().chain(words) {
        assert!(!sentence.trim().is_empty());
        assert!(
            !sentence.contains(|c: char| c.is_ascii_digit()),
            "{sentence}"
        );
    }
    let Some(question) = &prompt.question else {
        let last = prompt.told.last().map_or("", String::as_str);
        assert!(last.ends_with("Goodbye."), "{last}");
        return None;
    };
    let next = question.next.clone();
    let kind = Step {
        turn: 0,
        ..next.clone()
    };
    seen.insert(kind.path()).then_some(next)
}

fn ends_in_silence(mut step: Step, caller: &Caller, weather: &Weather) -> bool {
    for _ in 0..4 {
        let (_, answer) = take(&step, &Input::Silence, caller, weather);
        match answer.prompt.question {
            None => return true,
            Some(question) => step = question.next,
        }
    }
    false
}

#[test]
fn two_machines_do_not_talk_for_ever() {
    let caller = subscriber(Standing::Active);
    let inputs = vec![key("2"); 500];
    let heard = call(&caller, &inputs, &ready());
    assert!(heard.ends_with("(hangs up)\n"));
}

#[test]
fn speech_means_what_a_text_of_it_would() {
    let caller = subscriber(Standing::Active);
    let menu = Step::START.then(At::Menu {
        place: lyon(),
        window: Window::Today,
    });
    let heard = |words: &str| hear(&menu, &say(words), &caller, now());
    assert!(matches!(
        heard("Text it to me."),
        Wish::Act(Act::Text { .. })
    ));
    assert!(matches!(heard("Every day"), Wish::Act(Act::Daily { .. })));
    assert!(matches!(heard("Stop texting me"), Wish::Act(Act::Stop)));
    assert!(matches!(heard("Unsubscribe"), Wish::Act(Act::Stop)));
    assert_eq!(heard("Stop."), Wish::HowToStop);
    assert_eq!(heard("Goodbye."), Wish::Goodbye);
    assert_eq!(heard("another place"), Wish::AskPlace);
    assert!(matches!(
        heard("Two"),
        Wish::Forecast {
            window: Window::Tomorrow,
            ..
        }
    ));
    assert!(matches!(
        heard("tonight"),
        Wish::Forecast {
            window: Window::Tonight,
            ..
        }
    ));
    assert!(matches!(
        heard("Friday"),
        Wish::Forecast {
            window: Window::Weekday(_),
            ..
        }
    ));
    assert!(matches!(heard("Paris"), Wish::Find { .. }));
}
