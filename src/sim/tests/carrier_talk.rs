//! The carrier: signing, counting, REST, webhooks, keywords.

use super::*;

#[test]
fn signs_the_documented_example() {
    let fields: Vec<(String, String)> = [
        ("CallSid", "CA1234567890ABCDE"),
        ("Caller", "+14158675309"),
        ("Digits", "1234"),
        ("From", "+14158675309"),
        ("To", "+18005551212"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .to_vec();
    let url = "https://mycompany.com/myapp.php?foo=1&bar=2";
    assert_eq!(
        carrier::signing::sign("12345", url, &fields),
        "RSOYDt4T1cUTdK1PDd93/VVr8B8="
    );
    let fancy = "https://user:secret@mycompany.com/myapp.php?foo=1&bar=2#rc=2";
    assert_eq!(
        carrier::signing::sign("12345", fancy, &fields),
        "RSOYDt4T1cUTdK1PDd93/VVr8B8="
    );
    assert_eq!(carrier::signing::bare("http://a@h:81/x#y"), "http://h:81/x");
}

#[test]
fn counts_segments_as_the_carrier_does() {
    use carrier::segments::count;
    assert_eq!(count(&"a".repeat(160)), (Alphabet::Gsm7, 1));
    assert_eq!(count(&"a".repeat(161)), (Alphabet::Gsm7, 2));
    assert_eq!(count(&format!("{}€", "a".repeat(159))), (Alphabet::Gsm7, 2));
    assert_eq!(count("12°"), (Alphabet::Ucs2, 1));
    assert_eq!(count(&"ü€Ç".repeat(10)), (Alphabet::Gsm7, 1));
    assert_eq!(count(&"ç".repeat(71)), (Alphabet::Ucs2, 2));
    let split = format!("{}[{}[", "a".repeat(152), "b".repeat(152));
    assert_eq!(count(&split), (Alphabet::Gsm7, 3));
}

#[tokio::test]
async fn a_text_is_posted_signed_and_its_answer_arrives() {
    let (sim, _) = world().await;
    let daemon = Daemon::start(&sim).await;
    daemon.say("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response><Message>Rain &amp; fog in &#x4c;yon</Message></Response>");
    let received = sim.text(ANNA, "lyon").await;
    assert_eq!(received.status, Some(200));
    assert_eq!(received.replies, ["Rain & fog in Lyon"]);
    let (path, form) = daemon.heard().remove(0);
    assert_eq!(path, "/twilio/text");
    assert_eq!(form["From"], ANNA);
    assert_eq!(form["FromCity"], "SAN FRANCISCO");
    assert_eq!(form["FromZip"], "94110");
    assert_eq!(form["MessageSid"], received.sid);
    let thread = sim.handset(ANNA);
    assert_eq!(thread.len(), 2);
    assert!(thread[0].mine && !thread[1].mine);
    assert_eq!(sim.violations(), Vec::<String>::new());
    let again = sim.text_again(&received.sid).await;
    assert_eq!(again.replies, received.replies);
    assert_eq!(sim.handset(ANNA).len(), 2);
}

#[tokio::test]
async fn wrong_twiml_is_a_violation() {
    let (sim, _) = world().await;
    let daemon = Daemon::start(&sim).await;
    for wrong in [
        "<Response><Message>a & b</Message></Response>",
        "<Response><Message>a</Response>",
        "<response/>",
        "<Response><Say>hello</Say></Response>",
        "<Response><Message/></Response>",
        "<Response><Message color=\"red\">x</Message></Response>",
        "<Response>loose</Response>",
        "<Response/><Response/>",
        "<Response><Message>&nbsp;</Message></Response>",
        "<Response><Message>\u{1}</Message></Response>",
        "",
    ] {
        daemon.say(wrong);
        assert!(sim.text(ANNA, "x").await.replies.is_empty(), "{wrong}");
        assert_eq!(sim.take_violations().len(), 1, "{wrong}");
    }
    let long = format!(
        "<Response><Message>{}</Message></Response>",
        "a".repeat(1601)
    );
    daemon.say(&long);
    sim.text(ANNA, "x").await;
    assert_eq!(sim.take_violations().len(), 1);
}

#[tokio::test]
async fn forged_webhooks_carry_a_wrong_signature() {
    let (sim, _) = world().await;
    let daemon = Daemon::start(&sim).await;
    for signature in [
        Signature::Wrong,
        Signature::Missing,
        Signature::Exactly("AAAA".into()),
    ] {
        let called = sim
            .raw_webhook("/twilio/text", &[("From", ANNA)], signature)
            .await;
        assert_eq!(called.status, Some(403));
    }
    assert!(daemon.heard().is_empty());
    let called = sim
        .raw_webhook("/twilio/text", &[("From", ANNA)], Signature::Right)
        .await;
    assert_eq!(called.status, Some(200));
}

#[tokio::test]
async fn a_created_message_is_told_of_in_order() {
    let (sim, clock) = world().await;
    let daemon = Daemon::start(&sim).await;
    let (status, json) = create(&sim, ANNA, "Fog").await.unwrap();
    assert_eq!(status, 201);
    assert_eq!(json["status"], "queued");
    assert_eq!(json["num_segments"], "1");
    assert_eq!(json["date_created"], "Sun, 22 Nov 2026 12:00:00 +0000");
    assert!(json["date_sent"].is_null() && json["error_code"].is_null() && json["price"].is_null());
    clock.fetch_add(1000, Ordering::SeqCst);
    sim.pump().await;
    assert_eq!(daemon.statuses(), ["sent", "delivered"]);
    let sid = json["sid"].as_str().unwrap();
    let (_, json) = rest(&sim, "GET", &format!("Messages/{sid}.json"), &[])
        .await
        .unwrap();
    assert_eq!(json["status"], "delivered");
    assert_eq!(json["date_sent"], "Sun, 22 Nov 2026 12:00:01 +0000");
    assert_eq!(sim.ledger().accepted_for(ANNA).count(), 1);
    assert_eq!(sim.violations(), Vec::<String>::new());
}

#[tokio::test]
async fn chosen_phones_have_their_fate() {
    let (sim, _) = world().await;
    let daemon = Daemon::start(&sim).await;
    sim.fate(ANNA, Fate::Undelivered(30003));
    create(&sim, ANNA, "x").await;
    sim.pump().await;
    assert_eq!(daemon.statuses(), ["sent", "undelivered"]);
    assert_eq!(daemon.heard()[1].1["ErrorCode"], "30003");
    assert!(sim.handset(ANNA).is_empty());
    let ledger = sim.ledger();
    assert_eq!(ledger.accepted().next().unwrap().error_code, Some(30003));
}

#[tokio::test]
async fn refusals_carry_their_codes() {
    let (sim, _) = world().await;
    let from = ("From", "+15005550006");
    let long = "x".repeat(1601);
    for (form, code) in [
        (vec![from, ("Body", "x")], 21604),
        (vec![from, ("To", ANNA)], 21602),
        (vec![("To", ANNA), ("Body", "x")], 21603),
        (vec![from, ("To", ANNA), ("Body", &long)], 21617),
        (vec![from, ("To", "+15005550001"), ("Body", "x")], 21211),
        (vec![from, ("To", "4155550101"), ("Body", "x")], 21211),
        (vec![from, ("To", "+15005550009"), ("Body", "x")], 21614),
        (
            vec![("From", "+15005550001"), ("To", ANNA), ("Body", "x")],
            21212,
        ),
        (
            vec![("From", "+19999999999"), ("To", ANNA), ("Body", "x")],
            21606,
        ),
    ] {
        let (status, json) = rest(&sim, "POST", "Messages.json", &form).await.unwrap();
        assert_eq!((status, json["code"].as_u64()), (400, Some(code)));
    }
    assert!(sim.violations().is_empty());
    let odd = [
        from,
        ("To", ANNA),
        ("Body", "x"),
        ("Colour", "red"),
        ("ValidityPeriod", "0"),
    ];
    assert_eq!(
        rest(&sim, "POST", "Messages.json", &odd).await.unwrap().0,
        400
    );
    assert_eq!(sim.take_violations().len(), 2);
    assert_eq!(sim.ledger().accepted().count(), 0);
}

#[tokio::test]
async fn wrong_credentials_are_turned_away() {
    let (sim, _) = world().await;
    let path = format!(
        "/2010-04-01/Accounts/{}.json",
        sim.world.options.account_sid
    );
    let (status, body) = ask(&sim, "GET", &path, &credentials("AC1:wrong"), "")
        .await
        .unwrap();
    assert_eq!(status, 401);
    assert!(body.contains("20003") && body.contains("detail"));
    assert_eq!(sim.violations().len(), 1);
    let (status, json) = rest(&sim, "GET", &path, &[]).await.unwrap();
    assert_eq!((status, json["status"].as_str()), (200, Some("active")));
}

#[tokio::test]
async fn the_list_pages_newest_first() {
    let (sim, clock) = world().await;
    for turn in 0..7 {
        clock.fetch_add(1000, Ordering::SeqCst);
        create(&sim, ANNA, &format!("no {turn}")).await;
    }
    create(&sim, "+33639981234", "elsewhere").await;
    let mut path = "Messages.json?To=%2B14155550101&From=%2B15005550006&PageSize=3".to_owned();
    let mut bodies = Vec::new();
    loop {
        let (status, page) = rest(&sim, "GET", &path, &[]).await.unwrap();
        assert_eq!(status, 200);
        for message in page["messages"].as_array().unwrap() {
            bodies.push(message["body"].as_str().unwrap().to_owned());
        }
        match page["next_page_uri"].as_str() {
            Some(next) => path = next.to_owned(),
            None => break,
        }
    }
    assert_eq!(
        bodies,
        ["no 6", "no 5", "no 4", "no 3", "no 2", "no 1", "no 0"]
    );
    let (_, none) = rest(&sim, "GET", "Messages.json?DateSent%3E=2026-11-01", &[])
        .await
        .unwrap();
    assert_eq!(
        none["messages"].as_array().unwrap().len(),
        0,
        "nothing was sent yet"
    );
    sim.faults().list.next(ListFault::Lagging(3));
    let (_, lagging) = rest(&sim, "GET", "Messages.json?To=%2B14155550101", &[])
        .await
        .unwrap();
    assert_eq!(lagging["messages"].as_array().unwrap().len(), 4);
    assert!(sim.violations().is_empty());
}

#[tokio::test]
async fn redacting_and_deleting() {
    let (sim, _) = world().await;
    let (_, json) = create(&sim, ANNA, "secret").await.unwrap();
    let path = format!("Messages/{}.json", json["sid"].as_str().unwrap());
    let (_, json) = rest(&sim, "POST", &path, &[("Body", "")]).await.unwrap();
    assert_eq!(json["body"], "");
    let (status, json) = rest(&sim, "POST", &path, &[("Status", "canceled")])
        .await
        .unwrap();
    assert_eq!((status, json["code"].as_u64()), (400, Some(30409)));
    assert_eq!(rest(&sim, "DELETE", &path, &[]).await.unwrap().0, 204);
    assert_eq!(
        rest(&sim, "GET", &path, &[]).await.unwrap().1["code"],
        20404
    );
    assert_eq!(sim.ledger().accepted().next().unwrap().body, "secret");
}

#[tokio::test]
async fn stop_blocks_and_start_unblocks() {
    let (sim, _) = world().await;
    Daemon::start(&sim).await;
    sim.text(ANNA, " stop ").await;
    let (status, json) = create(&sim, ANNA, "x").await.unwrap();
    assert_eq!((status, json["code"].as_u64()), (400, Some(21610)));
    sim.text(ANNA, "STOP PLEASE").await;
    sim.text(ANNA, "Start").await;
    assert_eq!(create(&sim, ANNA, "x").await.unwrap().0, 201);
    let said: Vec<bool> = sim
        .handset(ANNA)
        .iter()
        .map(|message| message.direction == Direction::Notice)
        .collect();
    assert_eq!(said, [false, true, false, false, true, false]);
}

#[tokio::test]
async fn a_reply_after_stop_is_a_violation() {
    let (sim, _) = world().await;
    let daemon = Daemon::start(&sim).await;
    daemon.say("<Response><Message>Bye</Message></Response>");
    sim.text(ANNA, "STOP").await;
    assert_eq!(sim.violations().len(), 1);
    assert!(
        sim.handset(ANNA)
            .iter()
            .all(|message| message.body != "Bye")
    );
}
