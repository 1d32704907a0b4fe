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

#[derive(Clone, Copy, Debug)]
enum Who {
    Stranger,
    Withheld,
    Subscriber,
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_never_gets_stuck() {
    walk(Who::Stranger).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_withheld_number_never_gets_stuck() {
    walk(Who::Withheld).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_subscriber_never_gets_stuck() {
    walk(Who::Subscriber).await;
}

/// What the documents do not allow fails the test when the world is dropped.
async fn walk(who: Who) {
    let world = World::at("2026-11-20 15:07 America/Chicago").await;
    let mut seen = HashSet::new();
    let mut open: Vec<Vec<Does>> = vec![Vec::new()];
    let mut calls = 0;
    for _ in 0..6 {
        let mut after = Vec::new();
        for way in &open {
            for does in ALL {
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
    world.meet("+1415555");
    let phone = format!("+1415{:07}", 5_550_000 + number);
    let from = match who {
        Who::Withheld => "anonymous",
        Who::Stranger => &phone,
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
    assert!(!is_glued(&heard), "{way:?}: {heard}");
    if call.is_over() {
        assert!(heard.ends_with("Goodbye."), "{way:?}: {heard}");
    }
}

/// Digits right before letters, such as `12C` or `40km/h`, or a sign for a word.
fn is_glued(heard: &str) -> bool {
    let letters: Vec<char> = heard.chars().collect();
    let glued = letters
        .windows(2)
        .any(|pair| pair[0].is_ascii_digit() && (pair[1].is_alphabetic() || pair[1] == '%'));
    glued || heard.contains(['%', '°', '/', '&'])
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
    format!("{} {} {question}", step[0], step[2])
}
