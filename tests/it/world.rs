//! The world that the tests speak to in a user's words: phones, a clock, the real router over real sockets.

use std::collections::BTreeSet;
use std::io::Write;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use jiff::Timestamp;
use secrecy::SecretString;
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;
use weatherline::clock::Clock;
use weatherline::domain::cost::{Amount, Prices};
use weatherline::domain::decision::Rules;
use weatherline::domain::phone::PhoneNumber;
use weatherline::domain::schedule::SendTime;
use weatherline::flow::{self, App, Prefer};
use weatherline::sim::{Direction, Options, PhoneCall, Sim};
use weatherline::store::{DeliveryFilter, DeliveryRow};
use weatherline::weather::ProviderName;
use weatherline::{carrier, daemon, store, weather, web};

/// San Francisco.
pub(crate) const ANNA: &str = "+14155550101";
/// Lyon.
pub(crate) const BRUNO: &str = "+33639981234";
/// London.
pub(crate) const CLARA: &str = "+447700900123";

/// A daemon, a carrier, weather and people, all on loopback, with a clock that only tests move.
pub(crate) struct World {
    pub(crate) sim: Sim,
    pub(crate) app: Arc<App>,
    pub(crate) clock: Clock,
    pub(crate) address: SocketAddr,
    pub(crate) settings: daemon::Settings,
    directory: Arc<TempDir>,
    pub(crate) stop: CancellationToken,
    phones: Mutex<BTreeSet<String>>,
    /// Its books are closed by the world after it.
    was_restarted: bool,
}

impl World {
    /// Everything as it is by default, at `at` (RFC 3339, or `2026-03-08 07:00 America/New_York`).
    pub(crate) async fn at(at: &str) -> Self {
        Self::with(at, |_| {}).await
    }

    /// The same with other settings.
    pub(crate) async fn with(at: &str, change: impl FnOnce(&mut daemon::Settings)) -> Self {
        listen_to_the_log();
        let clock = Clock::manual(instant(at));
        let now = clock.clone();
        let sim = Sim::start(Options::new(Arc::new(move || now.now().as_millisecond())))
            .await
            .unwrap();
        let directory = Arc::new(TempDir::new().unwrap());
        let mut settings = settings(&sim, &directory);
        change(&mut settings);
        Self::start(sim, clock, settings, directory).await
    }

    async fn start(
        sim: Sim,
        clock: Clock,
        settings: daemon::Settings,
        directory: Arc<TempDir>,
    ) -> Self {
        let app = daemon::open(&settings, clock.clone()).await.unwrap();
        let bound = web::bind(settings.web.listen).await.unwrap();
        let address = bound.address();
        let stop = CancellationToken::new();
        let router = web::public(&app, &settings.web.path_prefix);
        tokio::spawn(bound.serve(router, stop.clone(), Duration::from_secs(1)));
        sim.connect(&settings.carrier.public_url, &format!("http://{address}"));
        let phones = Mutex::default();
        Self {
            sim,
            app,
            clock,
            address,
            settings,
            directory,
            stop,
            phones,
            was_restarted: false,
        }
    }

    /// The daemon dies without a word and is started again on the same database.
    pub(crate) async fn restart(mut self) -> Self {
        self.stop.cancel();
        self.app.store.close().await;
        let (sim, clock, settings) = (self.sim.clone(), self.clock.clone(), self.settings.clone());
        let (directory, phones) = (
            Arc::clone(&self.directory),
            std::mem::take(&mut *self.phones.lock().unwrap()),
        );
        self.was_restarted = true;
        drop(self);
        let again = Self::start(sim, clock, settings, directory).await;
        *again.phones.lock().unwrap() = phones;
        again
    }

    /// What the phone shows in answer; empty for silence.
    pub(crate) async fn text(&self, from: &str, body: &str) -> String {
        self.meet(from);
        let received = self.sim.text(from, body).await;
        assert_eq!(received.status, Some(200), "{body}");
        assert!(
            received.replies.len() <= 1,
            "{body}: {:?}",
            received.replies
        );
        received.replies.into_iter().next().unwrap_or_default()
    }

    /// A phone calls the number; `from` may be a word such as `anonymous`.
    pub(crate) async fn call(&self, from: &str) -> PhoneCall {
        if from.starts_with('+') {
            self.meet(from);
        }
        self.sim.call(from).await
    }

    /// Lives on until the time, through every due instant on the way, callbacks included.
    pub(crate) async fn sleep_until(&self, at: &str) {
        let to = instant(at);
        assert!(to >= self.clock.now(), "time goes forward");
        while self.clock.now() < to {
            // Who waits for the weather is due already: a minute later there is another tick.
            let soon = self.clock.now() + jiff::SignedDuration::from_mins(1);
            let due = self.app.store.next_due_at().await.unwrap();
            let due = due.map(|due| if due > self.clock.now() { due } else { soon });
            let minutes = if self.app.store.is_unfinished().await.unwrap() {
                5
            } else {
                60
            };
            let soon = self.clock.now() + jiff::SignedDuration::from_mins(minutes);
            let next = due.map_or(soon, |due| due.min(soon)).min(to);
            self.clock.set(next);
            self.live().await;
        }
        self.live().await;
    }

    /// One tick, everything ready is sent, every callback that is due arrives.
    pub(crate) async fn live(&self) {
        self.app.live(&self.stop).await.unwrap();
        self.sim.pump().await;
    }

    /// The texts that reached the phone without being answers.
    pub(crate) fn deliveries_to(&self, phone: &str) -> Vec<String> {
        self.meet(phone);
        let thread = self.sim.handset(phone);
        thread
            .into_iter()
            .filter(|m| m.direction == Direction::Api)
            .map(|m| m.body)
            .collect()
    }

    /// Every delivery record of the phone, oldest first, as `kind date status reason`.
    pub(crate) async fn records_of(&self, phone: &str) -> Vec<String> {
        self.rows_of(phone).await.iter().map(record).collect()
    }

    /// Every delivery record of the phone, oldest first.
    pub(crate) async fn rows_of(&self, phone: &str) -> Vec<DeliveryRow> {
        let phone = PhoneNumber::parse(phone).unwrap();
        let filter = DeliveryFilter {
            phone: Some(phone),
            limit: 10_000,
            ..DeliveryFilter::default()
        };
        let mut rows = self.app.store.deliveries(filter).await.unwrap();
        rows.sort_by_key(|row| (row.due_at, row.id));
        rows
    }

    /// This phone's number must not stand in the log.
    pub(crate) fn meet(&self, phone: &str) {
        self.phones
            .lock()
            .unwrap()
            .insert(phone.trim_start_matches('+').to_owned());
    }
}

impl Drop for World {
    fn drop(&mut self) {
        self.stop.cancel();
        if std::thread::panicking() {
            return;
        }
        assert_eq!(
            self.sim.violations(),
            Vec::<String>::new(),
            "the wire documents do not allow this"
        );
        let log = String::from_utf8_lossy(&LOG.get().unwrap().lock().unwrap()).into_owned();
        for phone in self.phones.lock().unwrap().iter() {
            assert!(
                !log.contains(phone.as_str()),
                "a phone number stands in the log"
            );
        }
        if !self.was_restarted {
            let mut seen = BTreeSet::new();
            for message in self.sim.ledger().accepted() {
                assert!(
                    message.status_callback.is_some(),
                    "a message without a status callback"
                );
                assert!(
                    seen.insert(message.status_callback.clone()),
                    "two messages of one delivery"
                );
            }
        }
    }
}

/// `2026-03-08 07:00 America/New_York` or RFC 3339.
pub(crate) fn instant(text: &str) -> Timestamp {
    if let Ok(at) = text.parse() {
        return at;
    }
    let (wall, zone) = text.rsplit_once(' ').unwrap();
    let wall: jiff::civil::DateTime = wall.replace(' ', "T").parse().unwrap();
    let zone = jiff::tz::TimeZoneDatabase::bundled().get(zone).unwrap();
    wall.to_zoned(zone).unwrap().timestamp()
}

fn record(row: &DeliveryRow) -> String {
    let date = row
        .local_date
        .map(|date| date.to_string())
        .unwrap_or_default();
    let reason = row.reason.as_deref().unwrap_or_default();
    [row.kind.name(), &date, row.status.name(), reason]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

fn settings(sim: &Sim, directory: &TempDir) -> daemon::Settings {
    let options = Options::new(Arc::new(|| 0));
    let loopback = SocketAddr::from(([127, 0, 0, 1], 0));
    daemon::Settings {
        store: store::Settings {
            path: directory.path().join("weatherline.db"),
        },
        carrier: carrier::Settings {
            account_sid: options.account_sid,
            auth_token: SecretString::from(options.auth_token),
            api_key: None,
            from: carrier::From::Number(options.number.clone()),
            api_url: sim.api_url(),
            public_url: "https://weather.example.org".into(),
            request_timeout_ms: 2_000,
            max_in_flight: 16,
        },
        weather: weather::Settings {
            providers: vec![ProviderName::OpenMeteo, ProviderName::MetNorway],
            timeout_ms: 1_000,
            contact: "ops@weather.example.org".into(),
            open_meteo_url: sim.open_meteo_url(),
            met_norway_url: sim.met_norway_url(),
            nws_url: sim.nws_url(),
            open_meteo_api_key: None,
        },
        flow: flow::Settings {
            rules: Rules {
                answers_keywords: true,
                default_time: SendTime::SEVEN,
                max_segments: 1,
                countries: Vec::new(),
                replies_per_sender_per_hour: 30,
                own_number: Some(options.number),
            },
            lateness_minutes: 180,
            settle_seconds: 90,
            prefer: Prefer::NeverTwice,
            segments_per_second: 0.0,
            segments_per_day: 1_000_000,
            range_percent: 100,
            calls_per_caller_per_day: 50_000,
            max_in_flight: 16,
            canary: None,
            prices: Prices {
                currency: "USD".into(),
                segment_out: Amount::of_millionths(10_000),
                segment_in: Amount::of_millionths(5_000),
                call_out: Amount::of_millionths(30_000),
                call_in: Amount::of_millionths(20_000),
            },
            answer_deadline_ms: 3_000,
            request_timeout_ms: 2_000,
        },
        web: web::Settings {
            listen: loopback,
            admin_listen: loopback,
            admin_password: None,
            path_prefix: String::new(),
        },
        user_agent: "weatherline-test/1 ops@weather.example.org".into(),
        tick: "0 * * * * *".into(),
        ping_url: None,
    }
}

static LOG: OnceLock<Arc<Mutex<Vec<u8>>>> = OnceLock::new();

fn listen_to_the_log() {
    LOG.get_or_init(|| {
        let log = Arc::new(Mutex::new(Vec::new()));
        let writer = Arc::clone(&log);
        tracing_subscriber::fmt()
            .with_max_level(tracing::Level::TRACE)
            .with_writer(move || Copy(Arc::clone(&writer)))
            .finish()
            .with(Targets::new().with_target("weatherline", tracing::Level::TRACE))
            .init();
        log
    });
}

struct Copy(Arc<Mutex<Vec<u8>>>);

impl Write for Copy {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
