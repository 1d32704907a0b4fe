//! Daily texts by speech: the time that was said is the one that is set, and it is said back.

use super::made::*;
use crate::domain::call::{Act, At, Step, Wish, hear};
use crate::domain::decision::Weather;
use crate::domain::forecast::Window;
use crate::domain::language::Language;
use crate::domain::schedule::SendTime;
use crate::domain::subscriber::{Channel, Pause, Standing};

const SAID: [(Language, &str, &str); 6] = [
    (
        Language::English,
        "every day at seven in the morning",
        "daily lyon at 7 am",
    ),
    (
        Language::Spanish,
        "todos los días a las siete de la mañana",
        "cada día lyon a las 7",
    ),
    (
        Language::French,
        "tous les jours à sept heures du matin",
        "tous les jours lyon à 7 heures",
    ),
    (
        Language::German,
        "jeden Tag um sieben Uhr morgens",
        "täglich lyon um 7 uhr",
    ),
    (
        Language::Portuguese,
        "todos os dias às sete da manhã",
        "todos os dias lyon às 7",
    ),
    (
        Language::Italian,
        "ogni giorno alle sette di mattina",
        "ogni giorno lyon alle 7",
    ),
];

#[test]
fn a_time_that_is_said_is_the_one_that_is_set() {
    for (language, at_menu, at_first) in SAID {
        let mut caller = subscriber(Standing::Active);
        if let Some(me) = &mut caller.me {
            me.language = Some(language);
        }
        let menu = Step::START.then(At::Menu {
            place: lyon(),
            window: Window::Today,
        });
        for (step, said) in [(&menu, at_menu), (&Step::START.then(At::Ask), at_first)] {
            let (wish, answer) = take(step, &say(said), &caller, &ready());
            let Wish::Act(Act::Daily { place, wish }) = wish else {
                panic!("{said}: {wish:?}");
            };
            assert_eq!((place, wish.time), (lyon(), SendTime::new(7, 0)), "{said}");
            let told = answer.prompt.told.join(" ");
            let time = crate::domain::compose::spoken::time_words(SendTime::SEVEN, language);
            assert!(
                told.contains(&time) && (told.contains("Lyon") || told.contains("Lione")),
                "{told}"
            );
            let next = answer.prompt.question.unwrap().next.at;
            assert!(
                matches!(next, At::Menu { place, .. } if place == lyon()),
                "{said}"
            );
        }
    }
}

#[test]
fn every_morning_is_at_seven_and_not_at_this_hour() {
    let caller = subscriber(Standing::Active);
    let menu = Step::START.then(At::Menu {
        place: lyon(),
        window: Window::Today,
    });
    for (said, time) in [
        ("send me a text every morning", SendTime::new(7, 0)),
        ("every morning at six", SendTime::new(6, 0)),
        ("every day", SendTime::new(15, 5)),
    ] {
        let (wish, _) = take(&menu, &say(said), &caller, &ready());
        let Wish::Act(Act::Daily { wish, .. }) = wish else {
            panic!("{said}: {wish:?}");
        };
        assert_eq!(wish.time, time, "{said}");
    }
}

#[test]
fn days_and_calls_that_are_said_are_set_as_well() {
    let caller = subscriber(Standing::Active);
    let menu = Step::START.then(At::Menu {
        place: lyon(),
        window: Window::Today,
    });
    let (wish, answer) = take(
        &menu,
        &say("weekdays at 6:30 am by call"),
        &caller,
        &ready(),
    );
    let Wish::Act(Act::Daily { wish, .. }) = wish else {
        panic!("{wish:?}");
    };
    assert_eq!(wish.time, SendTime::new(6, 30));
    assert_eq!(wish.channel, Some(Channel::Call));
    assert!(wish.days.is_some());
    let told = answer.prompt.told.join(" ");
    assert!(
        told.contains("on which days") && !told.contains("every day"),
        "{told}"
    );
}

#[test]
fn a_choice_keeps_the_time_and_a_withheld_number_is_told_why_not() {
    let caller = stranger(b"US");
    let ask = Step::START.then(At::Ask);
    let (_, answer) = take(&ask, &say("daily springfield at 7 am"), &caller, &ready());
    let pick = answer.prompt.question.unwrap().next;
    assert!(matches!(pick.at, At::Pick { daily: Some(time), .. } if time == SendTime::SEVEN));
    let pick = Step::parse(&pick.path()).unwrap();
    for input in [key("2"), say("two")] {
        let (wish, _) = take(&pick, &input, &caller, &ready());
        let Wish::Act(Act::Daily { place, wish }) = wish else {
            panic!("{wish:?}");
        };
        assert_eq!(place, springfields()[1]);
        assert_eq!(wish.time, SendTime::new(7, 0));
    }
    let withheld = hear(&ask, &say("daily lyon at 7 am"), &withheld(), now());
    assert_eq!(withheld, Wish::CannotText);
    // The daily forecast, without a time, is a forecast.
    let forecast = hear(&ask, &say("the daily forecast for lyon"), &caller, now());
    assert!(
        matches!(forecast, Wish::Find { daily: None, .. }),
        "{forecast:?}"
    );
}

#[test]
fn nine_is_for_daily_texts_only_and_takes_its_end_back() {
    let menu = Step::START.then(At::Menu {
        place: lyon(),
        window: Window::Today,
    });
    let mut caller = subscriber(Standing::Active);
    let (wish, answer) = take(&menu, &key("9"), &caller, &ready());
    assert_eq!(wish, Wish::Act(Act::Pause));
    let told = answer.prompt.told.join(" ");
    assert!(told.contains("daily texts have stopped"), "{told}");
    let weather: &Weather = &ready();
    for until in [None, "2027-01-01".parse().ok()] {
        for mine in caller.me.iter_mut().flat_map(|me| &mut me.subscriptions) {
            mine.pause = Some(Pause { until });
        }
        let (wish, answer) = take(&menu, &key("0"), &caller, weather);
        assert_eq!(wish, Wish::Again);
        let asked = answer.prompt.question.unwrap().words;
        assert!(
            asked.contains("are paused") && asked.contains("press nine"),
            "{asked}"
        );
        assert!(!asked.contains("To stop"), "{asked}");
        assert_eq!(
            take(&menu, &key("9"), &caller, weather).0,
            Wish::Act(Act::Resume)
        );
        // Who says that it shall stop is not resumed by that.
        let stop = take(&menu, &say("stop my daily texts"), &caller, weather).0;
        assert_eq!(stop, Wish::Act(Act::Pause));
    }
    // A break that is over is none.
    for mine in caller.me.iter_mut().flat_map(|me| &mut me.subscriptions) {
        mine.pause = Some(Pause {
            until: "2020-01-01".parse().ok(),
        });
    }
    assert_eq!(
        take(&menu, &key("9"), &caller, weather).0,
        Wish::Act(Act::Pause)
    );
    // Nothing to resume is said so.
    caller.me.as_mut().unwrap().subscriptions.clear();
    for input in [say("resume"), key("9"), say("stop my daily texts")] {
        assert_eq!(take(&menu, &input, &caller, weather).0, Wish::NoneToStop);
    }
}
