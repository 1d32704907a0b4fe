//! Everything that can go wrong at the carrier, by script and by chance.

use super::*;

/// Whether the carrier took the message, whatever the client was told.
fn taken(sim: &Sim) -> usize {
    sim.ledger().accepted().count()
}

#[tokio::test]
async fn faults_before_taking_leave_no_message() {
    let (sim, _) = world().await;
    for (fault, wanted) in [
        (CreateFault::TooMany, Some(429)),
        (CreateFault::ServerError, Some(500)),
        (CreateFault::Unavailable, Some(503)),
        (CreateFault::Refuse(21611), Some(400)),
        (CreateFault::ResetBefore, None),
    ] {
        sim.faults().create.next(fault);
        let answer = create(&sim, ANNA, "x").await;
        assert_eq!(answer.map(|(status, _)| status), wanted, "{fault:?}");
        assert_eq!(taken(&sim), 0, "{fault:?}");
    }
    let last = sim.ledger().requests.pop().unwrap();
    assert_eq!((last.outcome, last.accepted), (Outcome::Reset, None));
    assert_eq!(create(&sim, ANNA, "x").await.unwrap().0, 201);
}

#[tokio::test]
async fn faults_after_taking_leave_one() {
    let (sim, _) = world().await;
    for (turn, (fault, wanted)) in [
        (CreateFault::ServerErrorAfter, Some(500)),
        (CreateFault::ResetAfter, None),
        (CreateFault::CutBody, None),
        (CreateFault::BadJson, Some(201)),
    ]
    .into_iter()
    .enumerate()
    {
        sim.faults().create.next(fault);
        let answer = create(&sim, ANNA, "x").await;
        assert_eq!(
            answer.as_ref().map(|(status, _)| *status),
            wanted,
            "{fault:?}"
        );
        assert!(answer.is_none_or(|(_, json)| json.is_null()), "{fault:?}");
        assert_eq!(taken(&sim), turn + 1, "{fault:?}");
        assert!(sim.ledger().requests.pop().unwrap().accepted.is_some());
    }
}

#[tokio::test]
async fn a_hanging_line_never_answers() {
    let (sim, _) = world().await;
    sim.faults().create.next(CreateFault::HangAfter);
    let patience = std::time::Duration::from_millis(50);
    let answer = tokio::time::timeout(patience, create(&sim, ANNA, "x")).await;
    assert!(answer.is_err());
    assert_eq!(taken(&sim), 1);
}

#[tokio::test]
async fn a_client_that_hangs_up_has_still_sent() {
    let (sim, _) = world().await;
    sim.faults().create.next(CreateFault::Slow(60));
    let patience = std::time::Duration::from_millis(10);
    let answer = tokio::time::timeout(patience, create(&sim, ANNA, "x")).await;
    assert!(answer.is_err());
    while taken(&sim) == 0 {
        tokio::task::yield_now().await;
    }
    assert_eq!(sim.ledger().accepted_for(ANNA).count(), 1);
}

#[tokio::test]
async fn a_crowd_is_turned_away() {
    let (sim, _) = world().await;
    sim.faults().limit_creates(1);
    sim.faults().create.next(CreateFault::Slow(100));
    let (first, second) = tokio::join!(create(&sim, ANNA, "x"), async {
        while sim.world.in_flight.load(Ordering::SeqCst) == 0 {
            tokio::task::yield_now().await;
        }
        create(&sim, ANNA, "y").await
    });
    assert_eq!((first.unwrap().0, second.unwrap().0), (201, 429));
    assert_eq!(sim.ledger().most_creates_at_once, 2);
    assert_eq!(create(&sim, ANNA, "z").await.unwrap().0, 201);
}

#[tokio::test]
async fn lists_can_be_down_or_cut_short() {
    let (sim, _) = world().await;
    create(&sim, ANNA, "x").await;
    sim.faults().list.next(ListFault::Down);
    assert_eq!(
        rest(&sim, "GET", "Messages.json", &[]).await.unwrap().0,
        503
    );
    sim.faults().list.next(ListFault::Truncated);
    assert!(
        rest(&sim, "GET", "Messages.json", &[])
            .await
            .unwrap()
            .1
            .is_null()
    );
    assert_eq!(
        rest(&sim, "GET", "Messages.json", &[]).await.unwrap().1["messages"][0]["body"],
        "x"
    );
}

#[tokio::test]
async fn callbacks_go_missing_come_twice_and_in_the_wrong_order() {
    let (sim, clock) = world().await;
    let daemon = Daemon::start(&sim).await;
    let plan = &sim.faults().callback;
    for (fault, wanted) in [
        (CallbackFault::Missing, vec![]),
        (
            CallbackFault::Doubled,
            vec!["sent", "sent", "delivered", "delivered"],
        ),
        (CallbackFault::Reordered, vec!["delivered", "sent"]),
        // The forged one is refused by the daemon and so never counted by it.
        (CallbackFault::Forged, vec!["sent", "delivered"]),
    ] {
        plan.next(fault);
        create(&sim, ANNA, "x").await;
        sim.pump().await;
        assert_eq!(daemon.statuses(), wanted, "{fault:?}");
        daemon.heard.lock().unwrap().clear();
        let ledger = sim.ledger();
        assert_eq!(
            ledger.accepted().last().unwrap().status,
            "delivered",
            "{fault:?}"
        );
    }
    plan.next(CallbackFault::Late(3_600_000));
    create(&sim, ANNA, "x").await;
    sim.pump().await;
    assert!(daemon.statuses().is_empty());
    assert_eq!(sim.pending(), 2);
    clock.fetch_add(3_600_000, Ordering::SeqCst);
    sim.pump().await;
    assert_eq!(daemon.statuses(), ["sent", "delivered"]);
    daemon.heard.lock().unwrap().clear();
    plan.next(CallbackFault::Early);
    create(&sim, ANNA, "x").await;
    assert_eq!(daemon.statuses(), ["sent"], "before anybody pumps");
    assert!(sim.violations().is_empty());
}

#[tokio::test]
async fn a_daemon_that_takes_forgeries_is_caught() {
    let (sim, _) = world().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let gullible = Router::new().fallback(|| async { axum::http::StatusCode::NO_CONTENT });
    tokio::spawn(async move { axum::serve(listener, gullible).await });
    sim.connect("https://weather.example.org/", &base);
    sim.faults().callback.next(CallbackFault::Forged);
    create(&sim, ANNA, "x").await;
    sim.pump().await;
    assert_eq!(sim.violations().len(), 1);
}

#[tokio::test]
async fn chance_follows_its_seed() {
    let draw = |seed: u64| -> Vec<Option<CreateFault>> {
        let plan = FaultPlan::new(seed);
        plan.level(FaultLevel::Many);
        (0..400).map(|_| plan.create.draw()).collect()
    };
    assert_eq!(draw(7), draw(7));
    assert_ne!(draw(7), draw(8));
    let faults = draw(7).into_iter().flatten().count();
    assert!((60..160).contains(&faults), "{faults} of 400");
    let calm = FaultPlan::new(7);
    calm.level(FaultLevel::None);
    assert_eq!(calm.create.draw(), None);
    calm.create.always(Some(CreateFault::TooMany));
    calm.create.next_well();
    assert_eq!(calm.create.draw(), None);
    assert_eq!(calm.create.draw(), Some(CreateFault::TooMany));
}

#[tokio::test]
async fn the_number_shows_and_takes_its_addresses() {
    let (sim, _) = world().await;
    let (_, page) = rest(
        &sim,
        "GET",
        "IncomingPhoneNumbers.json?PhoneNumber=%2B1500555",
        &[],
    )
    .await
    .unwrap();
    let number = &page["incoming_phone_numbers"][0];
    assert_eq!(number["phone_number"], "+15005550006");
    assert_eq!(
        (number["sms_url"].as_str(), number["trunk_sid"].as_str()),
        (Some(""), None)
    );
    let path = format!(
        "IncomingPhoneNumbers/{}.json",
        number["sid"].as_str().unwrap()
    );
    let form = [
        ("SmsUrl", "https://weather.example.org/twilio/text"),
        ("SmsMethod", "POST"),
    ];
    let (status, changed) = rest(&sim, "POST", &path, &form).await.unwrap();
    assert_eq!(
        (status, changed["sms_url"].as_str()),
        (200, Some(form[0].1))
    );
    assert_eq!(
        rest(&sim, "POST", &path, &[("Colour", "red")])
            .await
            .unwrap()
            .0,
        400
    );
    assert_eq!(sim.take_violations().len(), 1);
    assert!(sim.set_number("SmsApplicationSid", "AP1") && !sim.set_number("Colour", "red"));
    let (_, balance) = rest(&sim, "GET", "Balance.json", &[]).await.unwrap();
    assert_eq!(balance["balance"], "20.00");
    let (_, none) = rest(&sim, "GET", "/v1/Services", &[]).await.unwrap();
    assert_eq!(none["services"], serde_json::json!([]));
    sim.put_number_in_service("Weather", None, false);
    let (_, one) = rest(&sim, "GET", "/v1/Services", &[]).await.unwrap();
    let service = one["services"][0]["sid"].as_str().unwrap();
    let member = format!(
        "/v1/Services/{service}/PhoneNumbers/{}",
        number["sid"].as_str().unwrap()
    );
    assert_eq!(rest(&sim, "GET", &member, &[]).await.unwrap().0, 200);
    let own = format!("/v1/Services/{service}");
    let url = "https://weather.example.org/twilio/text";
    let form = [("InboundRequestUrl", url), ("InboundMethod", "POST")];
    let (_, changed) = rest(&sim, "POST", &own, &form).await.unwrap();
    assert_eq!(changed["inbound_request_url"], url);
    let odd = [("InboundRequestUrl", "nowhere")];
    assert_eq!(rest(&sim, "POST", &own, &odd).await.unwrap().0, 400);
    assert_eq!(sim.take_violations().len(), 1);
    assert_eq!(
        rest(&sim, "GET", "/v1/Services/MG0", &[]).await.unwrap().0,
        404
    );
}
