//! The steps of a text that comes in and of one that goes out, each by itself. `cargo bench --bench parts [-- NAME]`. The ledger's
//! steps are a hundred rows each, committed to a file; divide by a hundred.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a program that prints figures and ends where it cannot go on"
)]

#[expect(dead_code, reason = "other benches use the rest of it")]
mod daemon;
mod morning;

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use criterion::{BatchSize, Criterion};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use tokio::runtime::Runtime;
use weatherline::carrier::{
    Carrier, From, Settings, SignedRequest, inbound_text, message_reply, parse_form,
};
use weatherline::domain::command::{Command, is_opt_out, language_of};
use weatherline::domain::decide::{decide, needs};
use weatherline::domain::decision::{Inbound, Rules, Weather};
use weatherline::domain::delivery::{SendOutcome, Settlement};
use weatherline::domain::message::MessageBody;
use weatherline::domain::phone::PhoneNumber;
use weatherline::domain::schedule::{SendTime, Slot};
use weatherline::domain::subscriber::{Channel, Subscription};
use weatherline::net::Http;
use weatherline::places::Places;
use weatherline::sim::{Options, Sim};
use weatherline::store::{self, Due, ImportRow, Plan, Planned, Store};

const PAGE: usize = 100;

fn main() {
    let runtime = Runtime::new().unwrap();
    let mut criterion = Criterion::default().configure_from_args();
    inbound(&mut criterion, &runtime);
    ledger(&mut criterion, &runtime);
    criterion.final_summary();
}

/// A signed webhook until its TwiML, without the database.
fn inbound(criterion: &mut Criterion, runtime: &Runtime) {
    let sim = runtime.block_on(Sim::start(daemon::options())).unwrap();
    let raw = daemon::webhook(&sim, 1, "+447700900123", "lyon");
    let text = String::from_utf8(raw).unwrap();
    let (head, form) = text.split_once("\r\n\r\n").unwrap();
    let line = head
        .lines()
        .find(|line| line.starts_with("X-Twilio-Signature: "));
    let signature = line.and_then(|line| line.split(": ").nth(1)).unwrap();
    let carrier = runtime.block_on(async { carrier() });
    let request = SignedRequest {
        method: "POST",
        path_and_query: "/twilio/text",
        content_type: Some("application/x-www-form-urlencoded"),
        body: form.as_bytes(),
        signature: Some(signature),
    };
    assert!(carrier.verify(&request), "it is signed");
    criterion.bench_function("text/signature", |b| b.iter(|| carrier.verify(&request)));
    criterion.bench_function("text/form", |b| b.iter(|| read(black_box(form))));
    let inbound = read(form);
    conversation(criterion, &inbound);
    criterion.bench_function("text/segments", |b| {
        b.iter(|| MessageBody::new(black_box(REPLY)).segments())
    });
    criterion.bench_function("text/twiml", |b| {
        b.iter(|| message_reply(black_box(Some(REPLY))))
    });
}

fn read(form: &str) -> Inbound {
    inbound_text(&parse_form(form.as_bytes()), Some("+15005550006")).unwrap()
}

fn carrier() -> Carrier {
    let account = Options::new(Arc::new(|| 0));
    let settings = Settings {
        account_sid: account.account_sid,
        auth_token: account.auth_token.into(),
        api_key: None,
        from: From::Number("+15005550006".to_owned()),
        api_url: "http://127.0.0.1:9".to_owned(),
        public_url: daemon::PUBLIC_URL.to_owned(),
        request_timeout_ms: 1_000,
        max_in_flight: 1,
    };
    let net = weatherline::net::Settings {
        user_agent: "bench".to_owned(),
        connect_timeout_ms: 1_000,
        max_idle_per_host: 1,
    };
    Carrier::new(settings, Http::new(&net).unwrap())
}

fn conversation(criterion: &mut Criterion, inbound: &Inbound) {
    let places = Places::embedded();
    let now = morning::start() + SignedDuration::from_hours(7);
    let rules = Rules {
        answers_keywords: true,
        default_time: SendTime::parse("07:00").unwrap(),
        max_segments: 1,
        countries: Vec::new(),
        replies_per_sender_per_hour: 10_000,
        own_number: None,
    };
    for (name, body) in [
        ("a name", "lyon"),
        (
            "a sentence",
            "will it rain in lyon tomorrow afternoon please?",
        ),
        ("daily", "daily lyon 7am weekdays if rain"),
    ] {
        let text = Inbound {
            body: body.to_owned(),
            ..inbound.clone()
        };
        let country = text.sender.country();
        let parse = || Command::parse_from(black_box(body), country, None);
        criterion.bench_function(&format!("text/parse, {name}"), |b| b.iter(parse));
        criterion.bench_function(&format!("text/opt-out, {name}"), |b| {
            b.iter(|| is_opt_out(black_box(body)))
        });
        criterion.bench_function(&format!("text/language, {name}"), |b| {
            b.iter(|| language_of(black_box(body)))
        });
        let command = parse();
        let look_up =
            || needs(&command, None, &text, &rules, now).resolve(|query| places.resolve(query));
        criterion.bench_function(&format!("text/look up, {name}"), |b| b.iter(look_up));
        let mut facts = look_up();
        let weather = Weather::Ready(Arc::new(morning::forecast()));
        facts.weather = needs(&command, None, &text, &rules, now)
            .spot(&facts)
            .map(|place| (place, weather));
        criterion.bench_function(&format!("text/decide and compose, {name}"), |b| {
            b.iter_batched(
                || command.clone(),
                |command| decide(command, None, &facts, &text, &rules, now),
                BatchSize::SmallInput,
            )
        });
    }
}

/// A page of subscribers that are due, until the carrier has their texts, day after day.
fn ledger(criterion: &mut Criterion, runtime: &Runtime) {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("weatherline.db");
    let store = Store::open(&store::Settings { path }).unwrap();
    let begin = morning::start();
    runtime.block_on(people(&store, begin));
    let mut day = 0;
    for (name, step) in [
        ("ledger/due scan of 100", 0),
        ("ledger/plan 100", 1),
        ("ledger/claim 100", 2),
        ("ledger/settle 100", 3),
    ] {
        criterion.bench_function(name, |b| {
            b.iter_custom(|times| {
                (0..times)
                    .map(|_| {
                        let took = runtime.block_on(a_day(&store, begin, day));
                        day += 1;
                        took[step]
                    })
                    .sum()
            });
        });
    }
    runtime.block_on(store.close());
}

/// Everybody who is due: found, planned, claimed and settled; how long each took.
async fn a_day(store: &Store, begin: Timestamp, day: i64) -> [Duration; 4] {
    let now = begin + SignedDuration::from_hours(24 * day);
    let mut took = [Duration::ZERO; 4];
    let mut clock = Instant::now();
    let mut lap = |step: usize| {
        took[step] = clock.elapsed();
        clock = Instant::now();
    };
    let due = store.take_due(now, None, PAGE).await.unwrap();
    lap(0);
    let plans = due.iter().map(plan).collect();
    let planned = store.plan(plans, now).await.unwrap();
    assert_eq!(planned.queued, PAGE, "each has a text");
    lap(1);
    let claimed = store.claim(now, PAGE).await.unwrap();
    assert_eq!(claimed.len(), PAGE, "each is fresh");
    lap(2);
    let settlements = claimed.iter().map(|one| Settlement {
        delivery: one.id,
        attempt: one.attempt,
        outcome: SendOutcome::Accepted {
            sid: format!("SM{:032x}", one.id.0),
        },
        retry_at: now,
    });
    store.settle(settlements.collect(), now).await.unwrap();
    lap(3);
    took
}

/// A text for the date that is due, and the next date a day later.
fn plan(due: &Due) -> Plan {
    let slot = due.subscription.next.unwrap();
    Plan {
        subscription: due.subscription.id.unwrap(),
        date: slot.date,
        due_at: slot.at,
        what: Planned::Send {
            channel: Channel::Text,
            body: REPLY.to_owned(),
            segments: 1,
            expires_at: slot.at + SignedDuration::from_hours(4),
        },
        next: Some(Slot {
            date: slot.date.tomorrow().unwrap(),
            at: slot.at + SignedDuration::from_hours(24),
        }),
    }
}

async fn people(store: &Store, begin: Timestamp) {
    let place = morning::place().unwrap();
    let rows = (0..PAGE).map(|n| {
        let mut subscription =
            Subscription::new(place.clone(), SendTime::parse("07:00").unwrap(), begin);
        subscription.next = Some(Slot {
            date: begin.to_zoned(TimeZone::UTC).date(),
            at: begin,
        });
        ImportRow {
            phone: PhoneNumber::parse(&format!("+4477009{n:05}")).unwrap(),
            country: None,
            units: None,
            language: None,
            subscription,
            consent: "form".to_owned(),
        }
    });
    store.import(rows.collect(), begin).await.unwrap();
}

const REPLY: &str = "Lyon Sun: Rain from 2pm (5-10mm), heaviest until 6pm. High 11C, low 6C tonight. Mon: sunny, 12C. Reply DAILY to get this every day at 7am.";
