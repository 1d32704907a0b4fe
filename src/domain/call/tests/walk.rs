//! Every branch of every prompt of a call: nothing gets stuck, nothing goes on for ever.

use std::collections::HashSet;

use super::made::*;
use crate::domain::call::*;
use crate::domain::decision::Weather;
use crate::domain::subscriber::{Standing, StoppedBy};

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
            let mut seen = HashSet::new();
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
fn checked(prompt: &Prompt, seen: &mut HashSet<String>) -> Option<Step> {
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
