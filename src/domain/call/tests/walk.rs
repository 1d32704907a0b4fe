//! Every branch of every prompt of a call: nothing gets stuck, nothing goes on for ever.

use std::collections::HashSet;

use super::made::*;
use crate::domain::call::heard::Heard;
use crate::domain::call::*;
use crate::domain::compose::spoken::Line;
use crate::domain::decision::Weather;
use crate::domain::language::Language;
use crate::domain::subscriber::{Standing, StoppedBy};

/// What a caller may do at any prompt, in their own language.
fn inputs(language: Language) -> Vec<Input> {
    let keys = ["1", "2", "3", "4", "8", "9", "0", "*", "#", "69001"];
    let said = [
        Heard::Yes,
        Heard::No,
        Heard::Stop,
        Heard::Another,
        Heard::Tomorrow,
        Heard::Text,
        Heard::Daily,
    ];
    let places = ["Lyon", "springfield", "lion", "xqzzk blah"];
    keys.map(key)
        .into_iter()
        .chain([Input::Silence])
        .chain(said.map(|heard| say(&heard.usual(language))))
        .chain(places.map(say))
        .collect()
}

/// Every branch of every prompt, six steps deep: each ends or asks, nothing is an abbreviation, and silence always ends it.
#[test]
fn no_way_through_a_call_gets_stuck() {
    let stopped = Standing::Stopped {
        at: now(),
        by: StoppedBy::Us,
    };
    for caller in [
        stranger(b"US"),
        from_lyon(b"GB"),
        withheld(),
        subscriber(Standing::Active),
        subscriber(stopped),
    ] {
        for weather in [ready(), Weather::Down] {
            walk(&caller, &weather);
        }
    }
}

#[test]
fn nor_in_any_other_language() {
    for country in [b"ES", b"FR", b"DE", b"BR", b"IT"] {
        let caller = from_lyon(country);
        assert_ne!(caller.language(), Language::English);
        walk(&caller, &ready());
        let mut known = subscriber(Standing::Active);
        if let Some(me) = &mut known.me {
            me.language = Some(caller.language());
        }
        walk(&known, &Weather::Late);
    }
}

fn walk(caller: &Caller, weather: &Weather) {
    let inputs = inputs(caller.language());
    let mut seen = HashSet::new();
    let mut open = vec![Step::START];
    for _ in 0..6 {
        let mut after = Vec::new();
        for step in &open {
            for input in &inputs {
                let (_, answer) = take(step, input, caller, weather);
                after.extend(checked(&answer.prompt, caller, &mut seen));
            }
        }
        open = after;
    }
    assert!(seen.len() > 10);
    for step in open {
        assert!(ends_in_silence(step, caller, weather));
    }
}

/// Where the call goes on, unless that is known already.
fn checked(prompt: &Prompt, caller: &Caller, seen: &mut HashSet<String>) -> Option<Step> {
    let question = prompt.question.iter();
    let words = question.clone().map(|question| &question.words);
    let others = question.flat_map(|question| question.others.iter().map(|(_, words)| words));
    for sentence in prompt.told.iter().chain(words).chain(others) {
        assert!(!sentence.trim().is_empty());
        assert!(
            !sentence.contains(|c: char| c.is_ascii_digit() || "{}%°/".contains(c)),
            "{sentence}"
        );
    }
    let Some(question) = &prompt.question else {
        let last = prompt.told.last().map_or("", String::as_str);
        let goodbye = |language| Line::Goodbye.text(language);
        let is_end = Language::ALL
            .into_iter()
            .any(|one| last.ends_with(goodbye(one)));
        assert!(is_end, "{:?}: {last}", caller.language());
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
