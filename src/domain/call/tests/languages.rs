//! The same call in six languages, and how it changes from one to another.

use super::made::*;
use crate::domain::call::heard::Heard;
use crate::domain::call::*;
use crate::domain::decision::Weather;
use crate::domain::forecast::Window;
use crate::domain::language::Language;
use crate::domain::subscriber::Standing;

const COUNTRIES: [(&[u8; 2], Language); 6] = [
    (b"GB", Language::English),
    (b"ES", Language::Spanish),
    (b"FR", Language::French),
    (b"DE", Language::German),
    (b"BR", Language::Portuguese),
    (b"IT", Language::Italian),
];

#[test]
fn a_whole_call_in_each_language() {
    for (country, language) in COUNTRIES {
        let usual = |heard: Heard| say(&heard.usual(language));
        let inputs = [
            usual(Heard::No),
            say("springfield"),
            key("0"),
            say("lion"),
            usual(Heard::Yes),
            usual(Heard::Text),
            usual(Heard::Tomorrow),
            usual(Heard::Daily),
            say("xqzzk"),
            usual(Heard::Stop),
            key("9"),
            key("8"),
            Input::Silence,
            key("8"),
            Input::Silence,
            Input::Silence,
        ];
        let heard = call(&from_lyon(country), &inputs, &ready());
        insta::assert_snapshot!(format!("a_call_in_{}", language.code()), heard);
    }
}

#[test]
fn what_goes_wrong_in_each_language() {
    for (country, language) in COUNTRIES {
        let stranger = stranger(country);
        let mut heard = String::new();
        let silence = vec![Input::Silence; 3];
        heard.push_str(&call(&stranger, &silence, &ready()));
        for weather in [Weather::Late, Weather::Down, Weather::NoData] {
            heard.push_str(&call(&stranger, &[say("lyon"), key("1")], &weather));
        }
        insta::assert_snapshot!(format!("wrong_in_{}", language.code()), heard);
    }
}

/// Every word that the catalogue of a language has is understood as what it says, at the menu and at a choice.
#[test]
fn every_phrase_is_understood() {
    for (_, language) in COUNTRIES {
        let mut caller = subscriber(Standing::Active);
        if let Some(me) = &mut caller.me {
            me.language = Some(language);
        }
        let window = Window::Today;
        let menu = Step::START.then(At::Menu {
            place: lyon(),
            window,
        });
        let pick = Step::START.then(At::Pick {
            options: vec![lyon()],
            window,
            daily: None,
        });
        let at = |step: &Step, words: &str| hear(step, &say(words), &caller, now());
        let all = |heard: Heard| heard.phrases(language);
        for words in all(Heard::Yes) {
            assert!(matches!(at(&pick, words), Wish::Forecast { .. }), "{words}");
        }
        for words in all(Heard::No) {
            assert_eq!(at(&pick, words), Wish::AskPlace, "{words}");
        }
        for words in all(Heard::Text) {
            assert!(
                matches!(at(&menu, words), Wish::Act(Act::Text { .. })),
                "{words}"
            );
        }
        for words in all(Heard::Daily) {
            assert!(
                matches!(at(&menu, words), Wish::Act(Act::Daily { .. })),
                "{words}"
            );
        }
        for words in all(Heard::EndTexts) {
            assert_eq!(at(&menu, words), Wish::Act(Act::Stop), "{words}");
        }
        for words in all(Heard::EndDaily) {
            assert_eq!(at(&menu, words), Wish::Act(Act::Pause), "{words}");
        }
        for words in all(Heard::Resume) {
            assert_eq!(at(&menu, words), Wish::Act(Act::Resume), "{words}");
        }
        for words in all(Heard::Goodbye) {
            assert_eq!(at(&menu, words), Wish::Goodbye, "{words}");
        }
        for words in all(Heard::Another) {
            assert_eq!(at(&menu, words), Wish::AskPlace, "{words}");
        }
        for (heard, window) in [
            (Heard::Tomorrow, Window::Tomorrow),
            (Heard::Tonight, Window::Tonight),
            (Heard::Weekend, Window::Weekend),
            (Heard::Hours, Window::Hours),
        ] {
            let place = lyon();
            let wish = Wish::Forecast { place, window };
            for words in all(heard) {
                assert_eq!(at(&menu, words), wish, "{words}");
            }
        }
        let nine = Heard::Digits.phrases(language).nth(9).unwrap_or("");
        assert_eq!(at(&menu, nine), Wish::Act(Act::Pause));
    }
}

/// What people say besides single phrases: the place and the day in one sentence.
#[test]
fn sentences_are_understood_in_each_language() {
    for (language, said) in [
        (
            Language::English,
            "What's the weather in Lyon tomorrow, please?",
        ),
        (
            Language::Spanish,
            "El tiempo en Lyon ma\u{f1}ana, por favor.",
        ),
        (
            Language::French,
            "La m\u{e9}t\u{e9}o \u{e0} Lyon demain, s'il vous pla\u{ee}t.",
        ),
        (Language::German, "Das Wetter in Lyon morgen, bitte."),
        (
            Language::Portuguese,
            "O tempo em Lyon amanh\u{e3}, por favor.",
        ),
        (Language::Italian, "Il tempo a Lyon domani, per favore."),
    ] {
        let mut caller = stranger(b"US");
        let mut me = subscriber(Standing::Active).me.unwrap();
        me.subscriptions.clear();
        me.language = Some(language);
        caller.me = Some(me);
        let ask = Step::START.then(At::Ask);
        let (wish, answer) = take(&ask, &say(said), &caller, &ready());
        assert!(matches!(wish, Wish::Find { .. }), "{said}: {wish:?}");
        let next = answer.prompt.question.unwrap().next.at;
        let (place, window) = (lyon(), Window::Tomorrow);
        assert_eq!(next, At::Menu { place, window }, "{said}");
    }
}

#[test]
fn a_language_is_chosen_by_key_or_by_its_name() {
    let caller = stranger(b"US");
    let list = Step::START.then(At::Languages);
    let ask = Step::START.then(At::Ask);
    let chosen = |step: &Step, input: &Input| chosen_language(step, input, &caller);
    for (at, language) in Language::ALL.into_iter().enumerate() {
        assert_eq!(chosen(&list, &key(&(at + 1).to_string())), Some(language));
        assert_eq!(chosen(&ask, &key(&(at + 1).to_string())), None);
    }
    assert_eq!(chosen(&ask, &say("Espa\u{f1}ol.")), Some(Language::Spanish));
    assert_eq!(chosen(&list, &say("two")), Some(Language::Spanish));
    assert_eq!(chosen(&list, &say("Deutsch")), Some(Language::German));
    for input in [
        key("7"),
        key("0"),
        key("12"),
        say("Klingon"),
        Input::Silence,
    ] {
        assert_eq!(chosen(&list, &input), None);
    }
    let french = begin_in(&list, Language::French);
    let (_, answer) = take(&french, &Input::Silence, &caller, &ready());
    assert_eq!(answer.prompt.accent, Accent::French);
    let next = answer.prompt.question.map(|question| question.next);
    assert_eq!(
        next.as_ref().and_then(|next| next.language),
        Some(Language::French)
    );
    assert!(next.is_some_and(|next| next.path().starts_with("fr/ask/")));
}

#[test]
fn accents_are_those_of_the_country() {
    use crate::domain::phone::Country;
    for (language, country, accent) in [
        (Language::English, "NZ", Accent::Australian),
        (Language::English, "JP", Accent::American),
        (Language::Spanish, "ES", Accent::Castilian),
        (Language::Spanish, "US", Accent::Mexican),
        (Language::Spanish, "AR", Accent::Mexican),
        (Language::Spanish, "DE", Accent::Castilian),
        (Language::French, "CA", Accent::Quebecois),
        (Language::French, "CH", Accent::French),
        (Language::German, "AT", Accent::German),
        (Language::Portuguese, "PT", Accent::Portuguese),
        (Language::Portuguese, "AO", Accent::Portuguese),
        (Language::Portuguese, "BR", Accent::Brazilian),
        (Language::Italian, "CH", Accent::Italian),
    ] {
        assert_eq!(Accent::of(language, Country::parse(country)), accent);
    }
}
