//! Calls as they are heard: every prompt as a snapshot.

mod daily;
mod languages;
mod made;
mod walk;

use std::fmt::Write;

use self::made::*;
pub(super) use self::made::{lyon, springfields};
use super::*;
use crate::domain::decision::Weather;
use crate::domain::forecast::Window;
use crate::domain::schedule::SendTime;
use crate::domain::subscriber::{Standing, StoppedBy};

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
    insta::assert_snapshot!(call(&stranger(b"GB"), &inputs, &ready()));
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
    insta::assert_snapshot!(call(&stranger(b"GB"), &inputs, &ready()));
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
    for by in [StoppedBy::Us, StoppedBy::Carrier, StoppedBy::Unreachable] {
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
    let Wish::Act(Act::Daily { wish: daily, .. }) = &wish else {
        panic!("{wish:?}");
    };
    assert_eq!(daily.time, SendTime::new(15, 5));
    let mut heard = String::new();
    for done in [
        Done::Texted,
        Done::Promised,
        Done::Subscribed,
        Done::Stopped,
        Done::Paused,
        Done::Resumed,
        Done::ResumedDaily,
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
    assert_eq!(heard("stop my daily texts please"), Wish::Act(Act::Pause));
    assert_eq!(heard("resume my texts"), Wish::Act(Act::Resume));
    assert!(matches!(
        heard("the next twelve hours"),
        Wish::Forecast {
            window: Window::Hours,
            ..
        }
    ));
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
