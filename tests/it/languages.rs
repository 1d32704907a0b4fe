//! Six languages: whose words, whose country, whose choice.

use weatherline::domain::compose::texts;
use weatherline::domain::language::Language;

use crate::world::{ANNA, BRUNO, World};

/// A phone of each language's country.
const PHONES: [(Language, &str); 6] = [
    (Language::English, "+14155550102"),
    (Language::Spanish, "+34612345678"),
    (Language::French, "+33639981234"),
    (Language::German, "+4915123456789"),
    (Language::Portuguese, "+5511961234567"),
    (Language::Italian, "+393123456789"),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_place_is_answered_in_the_language_of_the_phone() {
    let world = World::at("2026-11-20 15:00 Europe/Paris").await;
    let mut answers = Vec::new();
    for (language, phone) in PHONES {
        assert_eq!(world.text(phone, "?").await, texts::menu(language));
        let unknown = world.text(phone, "xqzzkvy").await;
        assert_eq!(unknown, texts::unknown_place(language, "xqzzkvy"));
        let answer = world.text(phone, "lyon").await;
        let name = if language == Language::Italian {
            "Lione"
        } else {
            "Lyon"
        };
        assert!(answer.contains(name), "{answer}");
        assert!(!answers.contains(&answer), "{answer}");
        answers.push(answer);
    }
    for message in world.sim.ledger().replies() {
        assert_eq!(message.segments, 1, "{}", message.body);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn words_tell_more_than_a_country_and_are_remembered() {
    let world = World::at("2026-11-20 15:00 Europe/Paris").await;
    let answer = world.text(BRUNO, "DAILY lyon 7am on weekdays please").await;
    assert!(answer.contains("Msg&data rates may apply"), "{answer}");
    assert_eq!(world.text(BRUNO, "?").await, texts::menu(Language::English));
    let world = world.restart().await;
    assert_eq!(world.text(BRUNO, "?").await, texts::menu(Language::English));
    let answer = world.text(ANNA, "qué tiempo hará mañana en Sevilla?").await;
    assert!(answer.contains("Sevilla"), "{answer}");
    assert_eq!(world.text(ANNA, "?").await, texts::menu(Language::Spanish));
    assert_eq!(
        world.text(ANNA, "gracias").await,
        texts::thanks(Language::Spanish)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chosen_language_is_that_of_the_mornings_too() {
    let world = World::at("2026-11-20 15:00 Europe/Paris").await;
    let confirmed = world.text(BRUNO, "QUOTIDIEN lyon 7h").await;
    assert!(confirmed.contains("chaque jour à 07:00"), "{confirmed}");
    world.sleep_until("2026-11-21 07:30 Europe/Paris").await;
    let set = world.text(BRUNO, "LANGUAGE de").await;
    assert_eq!(set, texts::language_set(Language::German));
    world.sleep_until("2026-11-22 07:30 Europe/Paris").await;
    let mornings = world.deliveries_to(BRUNO);
    assert_eq!(mornings.len(), 2, "{mornings:?}");
    let is_german = |text: &str| {
        ["heute", "Höchst", "nachts", "max", "bis "]
            .iter()
            .any(|word| text.contains(word))
    };
    assert!(is_german(&mornings[1]), "{mornings:?}");
    assert_ne!(mornings[0], mornings[1]);
    assert!(
        world
            .text(BRUNO, "weather in lyon please")
            .await
            .contains("Lyon")
    );
    assert_eq!(
        world.text(BRUNO, "?").await,
        texts::menu(Language::German),
        "a choice is stronger than words"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_language_that_is_none_of_ours_gets_the_six() {
    let world = World::at("2026-11-20 15:00 Europe/Paris").await;
    for text in ["LANGUAGE", "LANGUAGE klingon", "language nl"] {
        let answer = world.text(ANNA, text).await;
        assert_eq!(answer, texts::which_language(Language::English), "{text}");
        for language in Language::ALL {
            let code = language.code().to_uppercase();
            assert!(answer.contains(&code), "{code}: {answer}");
        }
    }
    let answer = world.text(ANNA, "LANGUAGE SPANISH").await;
    assert_eq!(answer, texts::language_set(Language::Spanish));
    let answer = world.text(ANNA, "IDIOMA inglés").await;
    assert_eq!(answer, texts::language_set(Language::English));
}

#[tokio::test(flavor = "multi_thread")]
async fn leaving_and_coming_back_are_answered_in_every_language() {
    let world = World::with("2026-11-20 15:00 Europe/Paris", |settings| {
        settings.flow.rules.answers_keywords = false;
    })
    .await;
    let stops = [
        "please stop texting me",
        "no quiero recibir mas mensajes",
        "je veux me désabonner",
        "bitte abmelden",
        "não quero receber mais",
        "non voglio più messaggi",
    ];
    for ((language, phone), stop) in PHONES.into_iter().zip(stops) {
        assert_eq!(world.text(phone, "HELP").await, texts::help(language));
        assert_eq!(world.text(phone, stop).await, texts::stopped(language));
        let told = world.text(phone, "lyon").await;
        assert_eq!(told, texts::stop_notice(language));
        let back = world.text(phone, "START").await;
        assert_eq!(back, texts::restarted(language));
    }
}
