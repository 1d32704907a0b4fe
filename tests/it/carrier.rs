//! The carrier module against the pretend carrier: two independent readings of one set of documents.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::Timestamp;
use weatherline::carrier::rest::messages::MessageFilter;
use weatherline::carrier::rest::numbers::Webhooks;
use weatherline::carrier::{Carrier, Found, From, Settings, Wanted};
use weatherline::domain::delivery::{DeliveryId, DeliveryStatus, SendOutcome, Treatment};
use weatherline::domain::phone::PhoneNumber;
use weatherline::net::{self, Http};
use weatherline::sim::{CreateFault, Options, Sim};

/// In the year 2040: no real clock may have a say.
const NOON: i64 = 2_220_000_000_000;

struct Pair {
    sim: Sim,
    carrier: Carrier,
    clock: Arc<AtomicI64>,
}

async fn pair() -> Pair {
    let clock = Arc::new(AtomicI64::new(NOON));
    let shown = clock.clone();
    let options = Options::new(Arc::new(move || shown.load(Ordering::SeqCst)));
    let settings = Settings {
        account_sid: options.account_sid.clone(),
        auth_token: options.auth_token.clone().into(),
        api_key: None,
        from: From::Number(options.number.clone()),
        api_url: String::new(),
        public_url: "https://weather.example.org".into(),
        request_timeout_ms: 500,
        max_in_flight: 4,
    };
    let sim = Sim::start(options).await.unwrap();
    sim.connect("https://weather.example.org", "http://127.0.0.1:9");
    let http = Http::new(&net::Settings {
        user_agent: "weatherline-test".into(),
        connect_timeout_ms: 500,
        max_idle_per_host: 4,
    })
    .unwrap();
    let carrier = Carrier::new(
        Settings {
            api_url: sim.api_url(),
            ..settings
        },
        http,
    );
    Pair {
        sim,
        carrier,
        clock,
    }
}

fn anna() -> PhoneNumber {
    PhoneNumber::parse("+14155550101").unwrap()
}

fn now(pair: &Pair) -> Timestamp {
    Timestamp::from_millisecond(pair.clock.load(Ordering::SeqCst)).unwrap()
}

#[tokio::test]
async fn every_fault_of_a_create_call_is_told_apart() {
    let pair = pair().await;
    for (n, (fault, taken)) in (0..).zip([
        (None, true),
        (Some(CreateFault::TooMany), false),
        (Some(CreateFault::ServerError), false),
        (Some(CreateFault::ServerErrorAfter), true),
        (Some(CreateFault::Unavailable), false),
        (Some(CreateFault::ResetBefore), false),
        (Some(CreateFault::ResetAfter), true),
        (Some(CreateFault::HangBefore), false),
        (Some(CreateFault::HangAfter), true),
        (Some(CreateFault::BadJson), true),
        (Some(CreateFault::CutBody), true),
        (Some(CreateFault::Refuse(21610)), false),
    ]) {
        if let Some(fault) = fault {
            pair.sim.faults().create.next(fault);
        }
        let body = format!("Lyon Tue: rain {n}");
        let at = now(&pair);
        let sent = pair
            .carrier
            .send_text(&anna(), &body, DeliveryId(n), 600)
            .await;
        let found = pair
            .carrier
            .find_text(&Wanted {
                to: &anna(),
                body: &body,
                attempted_at: at,
                now: at,
                taken: &[],
            })
            .await
            .unwrap();
        assert_eq!(matches!(found, Found::Message { .. }), taken, "{fault:?}");
        match fault {
            None => assert!(matches!(sent, SendOutcome::Accepted { .. })),
            Some(CreateFault::TooMany) => assert!(matches!(
                sent,
                SendOutcome::Retry {
                    slow_down: true,
                    ..
                }
            )),
            Some(CreateFault::Refuse(_)) => assert_eq!(
                sent,
                SendOutcome::Rejected {
                    code: 21610,
                    treatment: Treatment::OptedOut
                }
            ),
            Some(_) => assert_eq!(sent, SendOutcome::Unknown, "{fault:?}"),
        }
        pair.clock.fetch_add(1000, Ordering::SeqCst);
    }
    assert_eq!(pair.sim.take_violations(), Vec::<String>::new());
}

#[tokio::test]
async fn a_list_of_many_gives_each_once() {
    let pair = pair().await;
    for n in 0..130 {
        let sent = pair
            .carrier
            .send_text(&anna(), &format!("text {n}"), DeliveryId(n), 600)
            .await;
        assert!(matches!(sent, SendOutcome::Accepted { .. }));
        pair.clock.fetch_add(1000, Ordering::SeqCst);
    }
    let mut list = pair.carrier.messages(&MessageFilter {
        to: Some("+14155550101"),
        from: None,
        since: None,
        page_size: 50,
    });
    let mut seen = Vec::new();
    while let Some(message) = list.next().await.unwrap() {
        seen.push(message.body.unwrap());
    }
    let want: Vec<_> = (0..130).rev().map(|n| format!("text {n}")).collect();
    assert_eq!(seen, want);
    assert_eq!(list.pages_read(), 3);
    assert_eq!(pair.sim.take_violations(), Vec::<String>::new());
}

#[tokio::test]
async fn account_number_and_one_message() {
    let pair = pair().await;
    let carrier = &pair.carrier;
    assert!(carrier.account().await.unwrap().is_active());
    assert!(carrier.balance().await.unwrap().balance.is_some());
    let number = carrier.number("+15005550006").await.unwrap().unwrap();
    let url = Some("https://weather.example.org/twilio/text");
    let webhooks = Webhooks {
        text_url: url,
        ..Webhooks::default()
    };
    let number = carrier
        .configure_number(&number.sid, &webhooks)
        .await
        .unwrap();
    assert_eq!(number.sms_url.as_deref(), url);
    let sent = carrier
        .send_text(&anna(), "Lyon: rain", DeliveryId(7), 600)
        .await;
    let SendOutcome::Accepted { sid } = sent else {
        panic!("{sent:?}")
    };
    pair.clock.fetch_add(60_000, Ordering::SeqCst);
    pair.sim.pump().await;
    let delivered = Some((DeliveryStatus::Delivered, None));
    assert_eq!(carrier.fetch_text(&sid).await, Ok(delivered));
    assert_eq!(carrier.redact_message(&sid).await.unwrap().body, None);
    assert_eq!(carrier.delete_message(&sid).await, Ok(()));
    assert_eq!(carrier.fetch_text(&sid).await, Ok(None));
}

#[tokio::test]
async fn the_same_words_of_yesterday_are_not_todays() {
    let pair = pair().await;
    let sent = async || {
        pair.carrier
            .send_text(&anna(), "Lyon: sun", DeliveryId(7), 600)
            .await
    };
    assert!(matches!(sent().await, SendOutcome::Accepted { .. }));
    pair.clock.fetch_add(86_400_000, Ordering::SeqCst);
    let at = now(&pair);
    pair.sim.faults().create.next(CreateFault::ResetBefore);
    assert_eq!(sent().await, SendOutcome::Unknown);
    let wanted = Wanted {
        to: &anna(),
        body: "Lyon: sun",
        attempted_at: at,
        now: at,
        taken: &[],
    };
    assert_eq!(pair.carrier.find_text(&wanted).await, Ok(Found::Absent));
}
