//! Kills the real binary at every crash point, and at random moments, and checks the world outside: nobody is texted
//! twice, nobody is lost, every record ends.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking, in its helpers too"
)]

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use tempfile::TempDir;
use weatherline::crash;
use weatherline::domain::delivery::DeliveryStatus;
use weatherline::domain::phone::PhoneNumber;
use weatherline::domain::place::{PlaceQuery, Resolution};
use weatherline::domain::schedule::{SendTime, Slot};
use weatherline::domain::subscriber::{Subscriber, Subscription};
use weatherline::places::Places;
use weatherline::sim::{CallbackTiming, Options, Sim};
use weatherline::store::{self, DeliveryFilter, Store};

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_lost_or_texted_twice_at_any_crash_point() {
    for point in crash::POINTS {
        let world = World::due(20).await;
        let mut first = world.serve(point);
        let ended = wait_for(|| first.try_wait().unwrap().is_some(), 30).await;
        if !ended {
            let _ = first.kill();
        }
        assert!(ended, "{point} was never reached");
        world.runs_to_the_end(point).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_lost_or_texted_twice_when_killed_in_the_middle_of_500() {
    let world = World::due(500).await;
    for accepted in [1, 60, 200, 350] {
        let mut daemon = world.serve("");
        wait_for(|| world.sim.ledger().accepted().count() >= accepted, 30).await;
        // SIGKILL: no goodbye.
        daemon.kill().unwrap();
        daemon.wait().unwrap();
    }
    world.runs_to_the_end("kill -9").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sigterm_in_the_middle_of_500_loses_nobody_and_a_second_daemon_is_refused() {
    let world = World::due(500).await;
    let mut daemon = world.serve("");
    wait_for(|| world.sim.ledger().accepted().count() >= 60, 30).await;
    let mut second = world.serve("");
    let refused = wait_for(|| second.try_wait().unwrap().is_some(), 10).await;
    let _ = second.kill();
    assert!(refused, "a second daemon runs on the same database");
    assert_eq!(second.wait().unwrap().code(), Some(1));
    assert!(world.stop(&mut daemon).await, "SIGTERM did not end it");
    assert_eq!(daemon.wait().unwrap().code(), Some(0));
    world.runs_to_the_end("SIGTERM").await;
}

struct World {
    sim: Sim,
    directory: TempDir,
    people: usize,
    port: u16,
}

impl World {
    /// `people` subscribers in Lyon whose forecast fell due a minute ago.
    async fn due(people: usize) -> Self {
        let mut options = Options::new(Arc::new(|| Timestamp::now().as_millisecond()));
        options.callbacks = CallbackTiming::Lifelike;
        let sim = Sim::start(options).await.unwrap();
        let directory = TempDir::new().unwrap();
        let port = free_port();
        std::fs::write(
            directory.path().join("config.toml"),
            config(&sim.url(), port),
        )
        .unwrap();
        subscribe(&directory.path().join("weatherline.db"), people).await;
        sim.connect(
            "https://weather.example.org",
            &format!("http://127.0.0.1:{port}"),
        );
        Self {
            sim,
            directory,
            people,
            port,
        }
    }

    fn serve(&self, crash_at: &str) -> Child {
        let options = Options::new(Arc::new(|| 0));
        Command::new(env!("CARGO_BIN_EXE_weatherline"))
            .args(["--config", "config.toml", "serve"])
            .current_dir(self.directory.path())
            .env("WEATHERLINE_CRASH_AT", crash_at)
            .env("TWILIO_ACCOUNT_SID", options.account_sid)
            .env("TWILIO_AUTH_TOKEN", options.auth_token)
            .env_remove("STATE_DIRECTORY")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap()
    }

    async fn runs_to_the_end(self, at: &str) {
        let mut daemon = self.serve("");
        let path = self.directory.path().join("weatherline.db");
        let store = Store::open_read_only(&store::Settings { path }).unwrap();
        let started = Instant::now();
        let rows = loop {
            let filter = DeliveryFilter {
                limit: 10_000,
                ..DeliveryFilter::default()
            };
            let rows = store.deliveries(filter).await.unwrap();
            let done = rows.iter().filter(|row| row.status.is_end()).count();
            if done == self.people && rows.len() == self.people
                || started.elapsed() > Duration::from_secs(60)
            {
                break rows;
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        };
        let stopped = self.stop(&mut daemon).await;
        assert!(stopped, "{at}: SIGTERM did not end it in time");
        assert_eq!(rows.len(), self.people, "{at}");
        let open: Vec<_> = rows
            .iter()
            .filter(|row| !row.status.is_end())
            .map(|row| row.status)
            .collect();
        assert!(
            open.is_empty(),
            "{at}: {} rows without an end: {:?}",
            open.len(),
            open.first()
        );
        let mut texts: BTreeMap<String, usize> = BTreeMap::new();
        for message in self.sim.ledger().accepted() {
            *texts.entry(message.to.clone()).or_default() += 1;
        }
        assert!(
            texts.values().all(|count| *count == 1),
            "{at}: somebody was texted twice"
        );
        let arrived = rows
            .iter()
            .filter(|row| matches!(row.status, DeliveryStatus::Delivered | DeliveryStatus::Sent))
            .count();
        assert_eq!(
            (texts.len(), arrived),
            (self.people, self.people),
            "{at}: somebody was lost"
        );
        assert_eq!(self.sim.violations(), Vec::<String>::new(), "{at}");
    }

    async fn stop(&self, daemon: &mut Child) -> bool {
        let _ = Command::new("kill")
            .args(["-TERM", &daemon.id().to_string()])
            .status();
        if wait_for(|| daemon.try_wait().unwrap().is_some(), 25).await {
            return true;
        }
        let _ = daemon.kill();
        let _ = self.port;
        false
    }
}

async fn subscribe(path: &Path, people: usize) {
    let store = Store::open(&store::Settings {
        path: path.to_owned(),
    })
    .unwrap();
    let query = PlaceQuery {
        text: "Lyon".into(),
        ..PlaceQuery::default()
    };
    let Resolution::Certain(lyon) = Places::embedded().resolve(&query) else {
        panic!("Lyon is certain")
    };
    let now = Timestamp::now();
    let due = now - SignedDuration::from_mins(1);
    let local = due.to_zoned(lyon.place.zone.rules().clone());
    for n in 0..people {
        let phone = PhoneNumber::parse(&format!("+3363998{n:04}")).unwrap();
        let mut subscriber = Subscriber::new(phone, None, now);
        let time = SendTime::new(
            u8::try_from(local.hour()).unwrap(),
            u8::try_from(local.minute()).unwrap(),
        )
        .unwrap();
        let mut subscription = Subscription::new(lyon.place.clone(), time, now);
        subscription.next = Some(Slot {
            date: local.date(),
            at: due,
        });
        subscriber.subscriptions.push(subscription);
        let phone = subscriber.phone.clone();
        store
            .edit_subscriber(&phone, now, move |_| (Some(subscriber.clone()), ()))
            .await
            .unwrap();
    }
    store.close().await;
}

fn config(url: &str, port: u16) -> String {
    format!(
        r#"
[server]
listen = "127.0.0.1:{port}"
public_url = "https://weather.example.org"
[admin]
listen = "127.0.0.1:0"
[database]
path = "weatherline.db"
[twilio]
from = "+15005550006"
api_url = "{url}"
segments_per_second = 0
request_timeout_seconds = 2
[delivery]
settle_seconds = 2
[weather]
contact = "ops@weather.example.org"
open_meteo_url = "{url}"
met_norway_url = "{url}"
[schedule]
tick = "* * * * * *"
"#
    )
}

fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port()
}

async fn wait_for(mut done: impl FnMut() -> bool, seconds: u64) -> bool {
    let started = Instant::now();
    while started.elapsed() < Duration::from_secs(seconds) {
        if done() {
            return true;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    done()
}
