//! Phone calls over the real wires: what a caller hears, what they press and say, and what their phone shows afterwards.

use weatherline::sim::WeatherFault;

use crate::world::{ANNA, BRUNO, CLARA, World};

const AFTERNOON: &str = "2026-11-20 15:07 Europe/Paris";

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_is_asked_for_a_place_and_hears_its_weather() {
    let world = World::at(AFTERNOON).await;
    let mut call = world.call(CLARA).await;
    assert!(call.heard().contains("which place"), "{}", call.heard());
    call.speak("Lyon, please.").await;
    let heard = call.heard();
    assert!(
        heard.contains("Lyon") && heard.contains("degrees"),
        "{heard}"
    );
    assert!(
        heard.contains("press one") && heard.contains("press four"),
        "{heard}"
    );
    call.press("2").await;
    assert!(call.heard().contains("Saturday"), "{}", call.heard());
    call.press("3").await;
    call.press("69001#").await;
    assert!(call.heard().contains("Lyon"), "{}", call.heard());
    call.speak("Thank you.").await;
    assert_eq!(call.heard(), "Goodbye.");
    assert!(call.is_over());
    for (said, place) in [
        ("Um, Lyon in France.", "Lyon"),
        ("The weather in Portland in Maine", "Portland, Maine"),
        ("6 9 0 0 1", "Lyon"),
        ("six nine zero zero one", "Lyon"),
        ("Boulder, Colorado tomorrow, please.", "Boulder, Colorado"),
    ] {
        let mut call = world.call(CLARA).await;
        call.press("3").await;
        call.speak(said).await;
        assert!(call.heard().contains(place), "{said}: {}", call.heard());
        call.hang_up().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_caller_we_know_hears_their_own_place_at_once() {
    let world = World::at(AFTERNOON).await;
    let mut call = world.call(ANNA).await;
    call.press("0").await;
    call.press("90210").await;
    call.hang_up().await;
    let call = world.call(ANNA).await;
    let heard = call.heard();
    assert!(
        heard.starts_with("Beverly Hills, California, today"),
        "{heard}"
    );
    world.text(CLARA, "DAILY lyon 7am").await;
    let mut call = world.call(CLARA).await;
    let heard = call.heard();
    assert!(
        heard.starts_with("Lyon, France, today") && heard.contains("press nine"),
        "{heard}"
    );
    call.interrupt("*").await;
    assert!(call.heard().starts_with("Lyon, France, today"));
}

#[tokio::test(flavor = "multi_thread")]
async fn one_texts_it_once_for_each_time_it_is_pressed() {
    let world = World::at(AFTERNOON).await;
    let mut call = world.call(CLARA).await;
    call.speak("Lyon tomorrow").await;
    call.press("1").await;
    assert!(call.heard().contains("sent it"), "{}", call.heard());
    world.live().await;
    let texts = world.deliveries_to(CLARA);
    assert_eq!(texts.len(), 1);
    assert!(texts[0].starts_with("Lyon, France, Sat"), "{texts:?}");
    call.press("1").await;
    world.live().await;
    assert_eq!(world.deliveries_to(CLARA).len(), 2);
    let records = world.records_of(CLARA).await;
    assert_eq!(records, ["notice delivered", "notice delivered"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn four_is_a_daily_text_with_its_confirmation_and_proof() {
    let world = World::at(AFTERNOON).await;
    let mut call = world.call(CLARA).await;
    call.speak("Lyon").await;
    call.press("4").await;
    let heard = call.heard();
    assert!(
        heard.contains("every day at three oh five in the afternoon"),
        "{heard}"
    );
    world.live().await;
    let texts = world.deliveries_to(CLARA);
    assert_eq!(texts.len(), 1);
    assert!(
        texts[0].contains("3:05pm") && texts[0].contains("STOP"),
        "{texts:?}"
    );
    call.hang_up().await;
    world.sleep_until("2026-11-21 15:10 Europe/Paris").await;
    assert_eq!(world.deliveries_to(CLARA).len(), 2);
    assert!(world.deliveries_to(CLARA)[1].starts_with("Lyon"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_at_the_carrier_is_lifted_by_text_only() {
    let world = World::at(AFTERNOON).await;
    world.text(CLARA, "DAILY lyon 16:00").await;
    world.text(CLARA, "STOP").await;
    let mut call = world.call(CLARA).await;
    for key in ["1", "4", "9"] {
        call.press(key).await;
        assert!(call.heard().contains("the word START"), "{}", call.heard());
    }
    world.sleep_until("2026-11-21 17:00 Europe/Paris").await;
    assert_eq!(world.deliveries_to(CLARA).len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn weather_that_is_down_is_said_and_texted_when_it_is_back() {
    let world = World::at(AFTERNOON).await;
    let faults = world.sim.faults();
    faults.open_meteo.always(Some(WeatherFault::ServerError));
    faults.met_norway.always(Some(WeatherFault::ServerError));
    let mut call = world.call(CLARA).await;
    call.speak("Lyon").await;
    let heard = call.heard();
    assert!(
        heard.contains("does not answer") && heard.contains("press one"),
        "{heard}"
    );
    call.press("1").await;
    assert!(
        call.heard().contains("as soon as I have it"),
        "{}",
        call.heard()
    );
    call.hang_up().await;
    faults.open_meteo.clear();
    faults.met_norway.clear();
    world.sleep_until("2026-11-20 15:30 Europe/Paris").await;
    let texts = world.deliveries_to(CLARA);
    assert_eq!(texts.len(), 1);
    assert!(texts[0].starts_with("Lyon"), "{texts:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_withheld_number_is_served_and_never_texted() {
    let world = World::at(AFTERNOON).await;
    let mut call = world.call("anonymous").await;
    call.speak("Boulder, Colorado").await;
    let heard = call.heard();
    assert!(
        heard.contains("Boulder, Colorado") && !heard.contains("text"),
        "{heard}"
    );
    for key in ["1", "4", "9"] {
        call.press(key).await;
        assert!(call.heard().contains("withheld"), "{}", call.heard());
    }
    world.live().await;
    assert_eq!(world.sim.ledger().accepted().count(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_of_countries_that_are_not_served_are_not_taken() {
    let world = World::with(AFTERNOON, |settings| {
        settings.flow.rules.countries = weatherline::domain::phone::Country::parse("US")
            .into_iter()
            .collect();
    })
    .await;
    let call = world.call(BRUNO).await;
    assert!(call.is_over());
    assert_eq!(call.heard(), "");
    assert!(call.documents()[0].contains("<Reject"));
    assert!(!world.call(ANNA).await.is_over());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forged_step_does_nothing() {
    use weatherline::sim::Signature;
    let world = World::at(AFTERNOON).await;
    let fields = [
        ("CallSid", "CA0123456789abcdef0123456789abcdef"),
        ("From", BRUNO),
        ("To", "+15005550006"),
        ("CallStatus", "in-progress"),
    ];
    for path in [
        "/twilio/voice",
        "/twilio/voice/ask/1/0",
        "/twilio/call-status/1",
    ] {
        for signature in [Signature::Wrong, Signature::Missing] {
            let called = world.sim.raw_webhook(path, &fields, signature).await;
            assert_eq!(called.status, Some(403), "{path}");
        }
        let blank = world
            .sim
            .raw_webhook(path, &[("To", "x")], Signature::Right)
            .await;
        assert_eq!(blank.status, Some(400), "{path}");
    }
    let nowhere = world
        .sim
        .raw_webhook("/twilio/voice/menu/1", &fields, Signature::Right)
        .await;
    assert_eq!(nowhere.status, Some(404));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_is_asked_whether_they_are_where_their_number_is_from() {
    let world = World::at(AFTERNOON).await;
    let mut call = world.call(ANNA).await;
    let heard = call.heard();
    assert!(
        heard.contains("calling from San Francisco, California"),
        "{heard}"
    );
    call.speak("Yes.").await;
    assert!(
        call.heard().starts_with("San Francisco, California, today"),
        "{}",
        call.heard()
    );
    call.hang_up().await;
    let call = world.call(ANNA).await;
    assert!(call.heard().starts_with("San Francisco, California, today"));
    let other = "+14155550102";
    world.meet(other);
    let mut call = world.sim.call(other).await;
    call.speak("no").await;
    assert!(call.heard().contains("which place"), "{}", call.heard());
    let mut call = world.sim.call(other).await;
    call.speak("Boulder, Colorado").await;
    assert!(
        call.heard().contains("Boulder, Colorado, today"),
        "{}",
        call.heard()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_is_in_the_language_of_the_caller_s_country() {
    let world = World::at(AFTERNOON).await;
    for (phone, tag, town, yes, degrees) in [
        (BRUNO, "fr-FR", "Lyon", "demain", "degré"),
        ("+34600123401", "es-ES", "Sevilla", "ma\u{f1}ana", "grado"),
        (
            "+525512345601",
            "es-MX",
            "Guadalajara",
            "ma\u{f1}ana",
            "grado",
        ),
        ("+4915228817386", "de-DE", "Leipzig", "morgen", "Grad"),
        ("+5511961234501", "pt-BR", "Curitiba", "amanh\u{e3}", "grau"),
        ("+351912345601", "pt-PT", "Coimbra", "amanh\u{e3}", "grau"),
        ("+393401234501", "it-IT", "Torino", "domani", "grad"),
    ] {
        world.meet(phone);
        let mut call = world.sim.call(phone).await;
        assert_eq!(call.listens_in(), Some(tag));
        let tags: Vec<&str> = call
            .said()
            .iter()
            .map(|said| said.language.as_str())
            .collect();
        assert_eq!(tags, [tag, tag, "en-US"], "{}", call.heard());
        call.speak(town).await;
        let heard = call.heard();
        let digits = |heard: &str| heard.contains(|c: char| c.is_ascii_digit());
        assert!(heard.contains(degrees) && !digits(&heard), "{heard}");
        call.speak(yes).await;
        assert!(call.heard().contains(degrees), "{}", call.heard());
        assert!(call.said().iter().all(|said| said.language == tag));
        call.silence().await;
        call.silence().await;
        assert!(call.is_over());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_language_is_a_key_or_its_name_away_and_is_remembered() {
    let world = World::at(AFTERNOON).await;
    let mut call = world.call(ANNA).await;
    let first = call.said().to_vec();
    let last = first.last().unwrap();
    assert_eq!(last.language, "es-MX");
    assert!(last.words.contains("ocho"), "{}", last.words);
    call.press("8").await;
    let tags: Vec<&str> = call
        .said()
        .iter()
        .map(|said| said.language.as_str())
        .collect();
    assert_eq!(tags, ["en-US", "es-MX", "fr-FR", "de-DE", "pt-BR", "it-IT"]);
    call.press("2").await;
    assert_eq!(call.listens_in(), Some("es-MX"));
    call.speak("s\u{ed}").await;
    assert!(call.heard().contains("grados"), "{}", call.heard());
    call.hang_up().await;
    let mut call = world.call(ANNA).await;
    assert!(call.heard().contains("hoy"), "{}", call.heard());
    call.speak("English").await;
    assert!(call.heard().contains("today"), "{}", call.heard());
    let mut withheld = world.call("anonymous").await;
    withheld.speak("Deutsch").await;
    assert_eq!(withheld.listens_in(), Some("de-DE"));
    withheld.speak("Leipzig").await;
    assert!(withheld.heard().contains("Grad"), "{}", withheld.heard());
}
