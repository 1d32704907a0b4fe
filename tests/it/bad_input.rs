//! Bad input is normal: whatever a phone sends is answered or ignored, in one segment, without a panic.

use weatherline::sim::Signature;

use crate::world::{BRUNO, World};

#[tokio::test(flavor = "multi_thread")]
async fn whatever_a_phone_sends_gets_an_answer_or_silence() {
    let world = World::with("2026-11-20 15:00 Europe/Paris", |s| {
        s.flow.rules.replies_per_sender_per_hour = 1_000
    })
    .await;
    let long = "weather ".repeat(200);
    let texts = [
        "",
        " ",
        "\u{0}\u{1}\u{7f}",
        "🌧️🌧️🌧️",
        "مرحبا كيف الطقس",
        "\u{202e}abc\u{202c}",
        "\u{200b}\u{200b}",
        "' OR 1=1; --",
        "<Message>x</Message>",
        "]]>",
        "&lt;",
        "DAILY",
        "DAILY 25:99",
        "TIME",
        "TIME 99",
        "1",
        "9",
        "0",
        "-1",
        "1e309, 0",
        "91,181",
        "nan nan",
        "STOP STOP STOP x",
        "DAILY DAILY DAILY",
        long.trim(),
        "?????",
        "!!!",
        "PAUSE until",
        "UNITS kelvin",
        "DELETE",
        "null",
        "\u{feff}lyon",
        "ｌｙｏｎ",
    ];
    for text in texts {
        world.text(BRUNO, text).await;
    }
    for message in world.sim.ledger().replies() {
        assert_eq!(message.segments, 1, "{}", message.body);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn odd_senders_get_silence() {
    let world = World::at("2026-11-20 15:00 Europe/Paris").await;
    for from in [
        "TWILIO",
        "12345",
        "+15005550006",
        "anonymous",
        "+266696687",
        "",
    ] {
        let fields = [
            ("MessageSid", "SM00000000000000000000000000000009"),
            ("From", from),
            ("Body", "lyon"),
        ];
        let called = world
            .sim
            .raw_webhook("/twilio/text", &fields, Signature::Right)
            .await;
        let expected = if from.is_empty() { 400 } else { 200 };
        assert_eq!(called.status, Some(expected), "{from}");
        assert!(
            from.is_empty() || !called.body.contains("<Message"),
            "{from}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn unknown_fields_and_invalid_utf8_do_no_harm() {
    let world = World::at("2026-11-20 15:00 Europe/Paris").await;
    let extra = [
        ("NumMedia", "many"),
        ("Future", "x"),
        ("FromCountry", "??"),
        ("Latitude", "north"),
    ];
    let received = world.sim.text_with(BRUNO, "lyon", &extra).await;
    assert_eq!(received.status, Some(200));
    assert!(received.replies[0].contains("Lyon"));
}
