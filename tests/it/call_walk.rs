//! Every branch of every prompt of a call, six steps deep, over the real wires: keys, speech, silence and nonsense.

use std::collections::HashSet;

use weatherline::sim::PhoneCall;

use crate::world::World;

/// What a caller does.
#[derive(Clone, Copy, Debug)]
enum Does {
    Presses(&'static str),
    Interrupts(&'static str),
    Says(&'static str),
    Mumbles(&'static str),
    Nothing,
}

use Does::{Interrupts, Mumbles, Nothing, Presses, Says};

const ALL: [Does; 17] = [
    Nothing,
    Presses("1"),
    Presses("3"),
    Presses("4"),
    Presses("7"),
    Presses("9"),
    Presses("0"),
    Presses("*"),
    Interrupts("2"),
    Presses("94110#"),
    Presses("00000#"),
    Says("Lyon."),
    Says("Springfield"),
    Says("Pariss"),
    Says("yes"),
    Says("flurb <&\"> 日本 \u{1f600}"),
    Mumbles("London"),
];

/// The same, in another language: a town, yes, tomorrow.
const fn abroad(town: &'static str, yes: &'static str, tomorrow: &'static str) -> [Does; 11] {
    [
        Nothing,
        Presses("1"),
        Presses("3"),
        Presses("8"),
        Presses("0"),
        Presses("*"),
        Presses("00000#"),
        Says(town),
        Says(yes),
        Says(tomorrow),
        Says("flurb"),
    ]
}

#[derive(Clone, Copy, Debug)]
enum Who {
    Stranger,
    Withheld,
    Subscriber,
    /// The beginning of their number.
    Abroad(&'static str),
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_never_gets_stuck() {
    walk(Who::Stranger, &ALL).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_withheld_number_never_gets_stuck() {
    walk(Who::Withheld, &ALL).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_subscriber_never_gets_stuck() {
    walk(Who::Subscriber, &ALL).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nor_does_anybody_in_spain_or_italy() {
    let spain = abroad("Sevilla", "s\u{ed}", "ma\u{f1}ana");
    walk(Who::Abroad("+3460012"), &spain).await;
    walk(
        Who::Abroad("+39340123"),
        &abroad("Lecce", "s\u{ec}", "domani"),
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nor_in_france_germany_or_brazil() {
    walk(Who::Abroad("+3363998"), &abroad("Lyon", "oui", "demain")).await;
    walk(
        Who::Abroad("+491522881"),
        &abroad("Leipzig", "ja", "morgen"),
    )
    .await;
    let brazil = abroad("Curitiba", "sim", "amanh\u{e3}");
    walk(Who::Abroad("+551196123"), &brazil).await;
}

/// What the documents do not allow fails the test when the world is dropped.
async fn walk(who: Who, all: &[Does]) {
    let world = World::at("2026-11-20 15:07 America/Chicago").await;
    let mut seen = HashSet::new();
    let mut open: Vec<Vec<Does>> = vec![Vec::new()];
    let mut calls = 0;
    for _ in 0..6 {
        let mut after = Vec::new();
        for way in &open {
            for does in all.iter().copied() {
                calls += 1;
                let way: Vec<Does> = way.iter().copied().chain([does]).collect();
                let mut call = made(&world, who, calls, &way).await;
                assert_eq!(world.sim.violations(), Vec::<String>::new(), "{way:?}");
                check(&call, &way);
                if !call.is_over() && seen.insert(document(&call)) {
                    ends_in_silence(&mut call, &way).await;
                    after.push(way);
                }
            }
        }
        open = after;
    }
    assert!(seen.len() > 10, "{who:?}: {} documents only", seen.len());
}

/// A call of a phone that nobody used before, through all of `way`.
async fn made(world: &World, who: Who, number: usize, way: &[Does]) -> PhoneCall {
    // All of them begin so: the log is searched for that once, not for each of thousands.
    let stem = match who {
        Who::Abroad(stem) => stem,
        _ => "+1415555",
    };
    world.meet(stem);
    let phone = format!("{stem}{number:04}");
    let from = match who {
        Who::Withheld => "anonymous",
        Who::Stranger | Who::Abroad(_) => &phone,
        Who::Subscriber => {
            world.sim.text(&phone, "DAILY 60602 7am").await;
            &phone
        }
    };
    let mut call = world.sim.call(from).await;
    for does in way {
        match does {
            Presses(keys) => call.press(keys).await,
            Interrupts(keys) => call.interrupt(keys).await,
            Says(words) => call.speak(words).await,
            Mumbles(words) => call.speak_unclearly(words, "0.12").await,
            Nothing => call.silence().await,
        }
    }
    call
}

fn check(call: &PhoneCall, way: &[Does]) {
    let heard = call.heard();
    assert!(!heard.trim().is_empty(), "{way:?}: not a word");
    assert!(!is_written(&heard), "{way:?}: {heard}");
    if call.is_over() {
        let is_end = GOODBYES.iter().any(|goodbye| heard.ends_with(goodbye));
        assert!(is_end, "{way:?}: {heard}");
    } else {
        let listens = call.listens_in().unwrap_or("");
        let spoken = call
            .said()
            .first()
            .map_or("", |said| said.language.as_str());
        assert_eq!(listens, spoken, "{way:?}");
    }
}

const GOODBYES: [&str; 6] = [
    "Goodbye.",
    "Adi\u{f3}s.",
    "Au revoir.",
    "Auf Wiederh\u{f6}ren.",
    "At\u{e9} logo.",
    "Arrivederci.",
];

/// Digits such as in `12C` or `40km/h`, or a sign for a word.
fn is_written(heard: &str) -> bool {
    heard.contains(|c: char| c.is_ascii_digit() || "%\u{b0}/&{}".contains(c))
}

async fn ends_in_silence(call: &mut PhoneCall, way: &[Does]) {
    for _ in 0..4 {
        call.silence().await;
        if call.is_over() {
            return;
        }
    }
    panic!("{way:?}: silence does not end the call");
}

/// What is asked, and after how many answers that were none: neither the turn nor the place makes it another prompt.
fn document(call: &PhoneCall) -> String {
    let last = call.documents().last().map_or("", String::as_str);
    let action = last.rsplit("/twilio/voice/").next().unwrap_or("");
    let step: Vec<&str> = action.split(['/', '<']).collect();
    let question = last.rsplit("<Say").next().unwrap_or("");
    let question = question.split("</Say>").next().unwrap_or("");
    // A chosen language stands before it.
    let from = usize::from(step[0].len() == 2);
    format!("{} {} {question}", step[from], step[from + 2])
}
