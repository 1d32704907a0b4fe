//! Calls: TwiML that is refused, what a Gather takes, the REST resource, the page's phone.

use super::page_talk::{page, press};
use super::*;
use crate::sim::carrier::calls::twiml::{Verb, read};

const MENU: &str = r#"<?xml version="1.0" encoding="UTF-8"?><Response><Gather input="dtmf speech" action="/twilio/voice/menu/1" method="POST" numDigits="1" finishOnKey="" timeout="6" speechTimeout="auto" language="en-US" hints="one,two"><Say language="en-US">Press one.</Say></Gather><Redirect method="POST">/twilio/voice/menu/1</Redirect></Response>"#;

#[test]
fn documents_are_read_as_strictly_as_they_are_written() {
    assert_eq!(read("text/xml", MENU).unwrap().len(), 2);
    for (verbs, why) in [
        ("<Message>x</Message>", "a verb of messages"),
        ("<say>x</say>", "names are case sensitive"),
        ("<Say></Say>", "an empty Say"),
        ("<Say language=\"en-XX\">x</Say>", "no such language"),
        ("<Say><Pause/></Say>", "nothing stands in Say"),
        ("<Say loud=\"1\">x</Say>", "no such attribute"),
        (
            "<Gather><Say>x</Say></Gather>",
            "a Gather without an action loops",
        ),
        ("<Gather action=\"menu\"/>", "a relative path"),
        (
            "<Gather action=\"/a\" timeout=\"0\"/>",
            "a timeout is positive",
        ),
        (
            "<Gather action=\"/a\" numDigits=\"x\"/>",
            "digits are counted",
        ),
        ("<Gather action=\"/a\" finishOnKey=\"ab\"/>", "one key"),
        (
            "<Gather action=\"/a\"><Hangup/></Gather>",
            "no Hangup in Gather",
        ),
        ("<Hangup/><Say>x</Say>", "never reached"),
        ("<Redirect>/a</Redirect><Say>x</Say>", "never reached"),
        ("<Say>x</Say><Reject/>", "Reject comes first or not"),
        ("<Redirect></Redirect>", "leads nowhere"),
        ("loose", "text outside of verbs"),
    ] {
        let document = format!("<Response>{verbs}</Response>");
        assert!(read("text/xml", &document).is_err(), "{why}");
    }
    assert!(read("application/json", MENU).is_err());
}

#[test]
fn what_is_said_has_its_language() {
    let document = r#"<Response><Say>Hi.</Say><Gather action="/a" input="speech" language="es-MX"><Say language="es-MX">Hola.</Say></Gather></Response>"#;
    let mut verbs = read("text/xml", document).unwrap();
    let (Verb::Gather(gather), Verb::Say(said)) = (verbs.remove(1), verbs.remove(0)) else {
        panic!("another order");
    };
    assert_eq!(
        (said.language.as_str(), said.words.as_str()),
        ("en-US", "Hi.")
    );
    assert_eq!(gather.language, "es-MX");
    assert_eq!(gather.says[0].language, "es-MX");
}

#[test]
fn a_gather_takes_what_the_documents_say() {
    let gather = |attributes: &str| {
        let document = format!("<Response><Gather action=\"/a\" {attributes}/></Response>");
        match read("text/xml", &document).unwrap().remove(0) {
            Verb::Gather(gather) => gather,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(gather("").taken("94110#7"), "94110");
    assert_eq!(gather("").taken("#"), "");
    assert_eq!(gather("numDigits=\"5\"").taken("9411077"), "94110");
    assert_eq!(gather("numDigits=\"1\" finishOnKey=\"\"").taken("#"), "#");
    assert_eq!(gather("numDigits=\"1\" finishOnKey=\"\"").taken("*"), "*");
}

#[tokio::test]
async fn calls_are_placed_listed_and_ended_over_rest() {
    let (sim, _) = world().await;
    let form = [
        ("To", ANNA),
        ("From", "+15005550006"),
        ("Url", "https://weather.example.org/twilio/voice/delivery/7"),
        ("MachineDetection", "DetectMessageEnd"),
        (
            "StatusCallback",
            "https://weather.example.org/twilio/call-status/7",
        ),
    ];
    let mut sids = Vec::new();
    for _ in 0..5 {
        let (status, call) = rest(&sim, "POST", "Calls.json", &form).await.unwrap();
        assert_eq!((status, &call["status"]), (201, &"queued".into()));
        sids.push(call["sid"].as_str().unwrap().to_owned());
    }
    let mut listed = Vec::new();
    let mut path = "Calls.json?PageSize=2&To=%2B14155550101".to_owned();
    loop {
        let (_, page) = rest(&sim, "GET", &path, &[]).await.unwrap();
        for call in page["calls"].as_array().unwrap() {
            listed.push(call["sid"].as_str().unwrap().to_owned());
        }
        match page["next_page_uri"].as_str() {
            Some(next) => path = next.to_owned(),
            None => break,
        }
    }
    listed.reverse();
    assert_eq!(listed, sids);
    let one = format!("Calls/{}.json", sids[0]);
    let hang_up = [("Status", "completed")];
    let (status, call) = rest(&sim, "POST", &one, &hang_up).await.unwrap();
    assert_eq!((status, &call["status"]), (200, &"completed".into()));
    let (status, refused) = rest(&sim, "POST", &one, &hang_up).await.unwrap();
    assert_eq!((status, &refused["code"]), (400, &21220.into()));
    let (status, _) = rest(
        &sim,
        "POST",
        "Calls.json",
        &[("To", ANNA), ("Colour", "red")],
    )
    .await
    .unwrap();
    assert_eq!((status, sim.take_violations().len()), (400, 1));
}

#[tokio::test]
async fn the_page_calls_presses_and_hangs_up() {
    let (sim, _) = page().await;
    let daemon = Daemon::start(&sim).await;
    daemon.say(MENU);
    let of = |(status, body): (u16, String)| -> Value {
        assert_eq!(status, 200, "{body}");
        serde_json::from_str(&body).unwrap()
    };
    let begun = of(press(&sim, "/page/call", json!({ "from": ANNA })).await);
    assert_eq!(
        (&begun["heard"], &begun["over"]),
        (&"Press one.".into(), &false.into())
    );
    let piece = json!({ "language": "en-US", "words": "Press one." });
    assert_eq!(begun["said"], json!([piece]));
    assert_eq!(begun["listens"], "en-US");
    assert_eq!(begun["keys"], 1);
    let step = |does: &str, what: &str| json!({ "sid": begun["sid"], "does": does, "what": what });
    let told = of(press(&sim, "/page/call/step", step("press", "1")).await);
    assert_eq!(told["heard"], "Press one.");
    let last = daemon.heard().last().cloned().unwrap();
    assert_eq!(
        (last.0.as_str(), last.1["Digits"].as_str()),
        ("/twilio/voice/menu/1", "1")
    );
    of(press(&sim, "/page/call/step", step("say", "Lyon")).await);
    assert_eq!(daemon.heard().last().unwrap().1["SpeechResult"], "Lyon");
    let over = of(press(&sim, "/page/call/step", step("hang-up", "")).await);
    assert_eq!(over["over"], true);
    let (status, _) = press(&sim, "/page/call/step", step("press", "1")).await;
    assert_eq!(status, 400);
    let (status, _) = press(&sim, "/page/call", json!({ "from": "+15550000000" })).await;
    assert_eq!(status, 400);
    let (status, _) = press(&sim, "/page/call/answer", json!({ "from": ANNA })).await;
    assert_eq!(status, 400);
}
