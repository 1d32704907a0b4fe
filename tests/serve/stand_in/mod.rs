//! A second stand-in for Twilio and for the weather, on bare sockets: it shares nothing with the program, not even with the
//! pretend world that the program ships, and keeps its own ledger of what it accepted.

mod http;
mod twilio;
mod weather;

use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use tokio::net::TcpListener;

use self::http::{Answer, Asked, Fields};
use self::twilio::Ledger;
pub(crate) use self::twilio::Message;

pub(crate) const ACCOUNT: &str = "AC00000000000000000000000000000042";
pub(crate) const TOKEN: &str = "0123456789abcdef0123456789abcdef";
pub(crate) const FROM: &str = "+15005550006";

/// How much goes wrong, in percent of the create calls, and how long things take.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Faults {
    pub(crate) cut_after: u64,
    pub(crate) cut_before: u64,
    /// Half of them after acceptance.
    pub(crate) error: u64,
    pub(crate) busy: u64,
    /// Of the messages: no callback ever.
    pub(crate) silent: u64,
    /// Of the questions: an error, or a cut.
    pub(crate) list: u64,
    /// A message is in the list this much after it was taken.
    pub(crate) lag_ms: i64,
    /// How long a create call takes at most.
    pub(crate) slow_ms: u64,
    /// How long the networks take at most.
    pub(crate) travel_ms: u64,
}

/// The stand-in while it runs. Cloning shares it.
#[derive(Clone)]
pub(crate) struct StandIn(Arc<Inner>);

struct Inner {
    address: SocketAddr,
    faults: Faults,
    dice: Dice,
    ledger: Mutex<Ledger>,
    /// Where the public URL leads to now.
    daemon: Mutex<Option<SocketAddr>>,
}

impl StandIn {
    pub(crate) async fn start(faults: Faults, seed: u64) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let inner = Inner {
            address: listener.local_addr().unwrap(),
            faults,
            dice: Dice(AtomicU64::new(seed)),
            ledger: Mutex::default(),
            daemon: Mutex::default(),
        };
        let stand_in = Self(Arc::new(inner));
        let all = stand_in.clone();
        tokio::spawn(http::serve(listener, move |asked| {
            let all = all.clone();
            async move { all.answer(asked).await }
        }));
        stand_in
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.0.address)
    }

    /// The public URL leads there from now on; nowhere while the daemon is down.
    pub(crate) fn connect(&self, daemon: Option<SocketAddr>) {
        *self.0.daemon.lock().unwrap() = daemon;
    }

    /// Every message that was accepted, in order.
    pub(crate) fn accepted(&self) -> Vec<Message> {
        self.0.ledger.lock().unwrap().messages.clone()
    }

    pub(crate) fn accepted_count(&self) -> usize {
        self.0.ledger.lock().unwrap().messages.len()
    }

    /// How often each thing happened, by name.
    pub(crate) fn counts(&self) -> Vec<(&'static str, usize)> {
        let ledger = self.0.ledger.lock().unwrap();
        ledger.counts.iter().map(|(&name, &n)| (name, n)).collect()
    }

    /// Requests that Twilio would not have understood.
    pub(crate) fn violations(&self) -> Vec<String> {
        self.0.ledger.lock().unwrap().violations.clone()
    }

    pub(crate) fn dice(&self) -> &Dice {
        &self.0.dice
    }

    async fn answer(&self, asked: Asked) -> Answer {
        if asked.path == "/v1/forecast" {
            return weather::answer(&asked.query);
        }
        self.twilio(asked).await
    }

    /// Posts a webhook as Twilio does, signed, and gives what came back; `None` when nobody listens.
    async fn webhook(&self, url: &str, fields: &Fields) -> Option<(u16, String)> {
        let daemon = (*self.0.daemon.lock().unwrap())?;
        let path = url.strip_prefix("https://")?;
        let path = &path[path.find('/')?..];
        let signature = sign(url, fields);
        http::post(daemon, path, Some(&signature), fields)
            .await
            .ok()
    }
}

/// The X-Twilio-Signature of a form: HMAC-SHA1 over the URL and the sorted fields.
fn sign(url: &str, fields: &Fields) -> String {
    let mut sorted = fields.clone();
    sorted.sort();
    let mut mac = Hmac::<sha1::Sha1>::new_from_slice(TOKEN.as_bytes()).unwrap();
    mac.update(url.as_bytes());
    for (name, value) in &sorted {
        mac.update(name.as_bytes());
        mac.update(value.as_bytes());
    }
    STANDARD.encode(mac.finalize().into_bytes())
}

/// Chance by a seed (splitmix64).
pub(crate) struct Dice(AtomicU64);

impl Dice {
    /// A number from 0, below `sides`.
    pub(crate) fn below(&self, sides: u64) -> u64 {
        let step = 0x9e37_79b9_7f4a_7c15;
        let mut z = self.0.fetch_add(step, Ordering::SeqCst).wrapping_add(step);
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % sides.max(1)
    }
}

fn now_ms() -> i64 {
    jiff::Timestamp::now().as_millisecond()
}
