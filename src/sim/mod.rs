//! The pretend world: a carrier, two weather services and the phones of people, on one loopback listener.
//!
//! It is what the tests, `simulate` and `rehearse` run against. It imports nothing of this crate: it is a second, independent
//! reading of the wire documents (`docs/wire.md`), so that a misreading cannot agree with itself. It reads no clock but the
//! closure it is given, and the same seed gives the same SIDs, faults and weather.
//!
//! A test starts a [`Sim`], points the daemon's services at it, tells it with [`Sim::connect`] where the daemon listens, and then texts.
//! What went wrong by the documents' measure is in [`Sim::violations`]; what the carrier took is in [`Sim::ledger`].

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::response::IntoResponse;
use axum::routing::any;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

mod answer;
mod call_out;
mod carrier;
mod console;
mod dice;
mod faults;
mod form;
mod ledger;
mod line;
mod page;
mod weather;
mod wire;
mod world;

#[cfg(test)]
mod tests;

pub use answer::Outcome;
pub use call_out::{Called, Signature};
pub use carrier::calls::handset::PhoneCall;
pub use carrier::calls::twiml::Said;
pub use carrier::calls::{Call, CallFate};
pub use carrier::inbound::Received;
pub use carrier::message::{Direction, Fate, Message};
pub use carrier::segments::Alphabet;
pub use faults::{
    CallbackFault, CreateFault, FaultLevel, FaultPlan, ListFault, Plan, WeatherFault,
};
pub use ledger::{Ledger, Seen};
pub use page::{BoxFuture, ClockMove, PageHooks, Upcoming};
pub use weather::{Hour, Weather};

use answer::Answer;
use carrier::{callbacks, calls, inbound};
use form::Form;
use world::{World, seen};

/// What a pretend world is made of.
#[derive(Clone)]
pub struct Options {
    /// Loopback; port 0 takes any free one.
    pub listen: SocketAddr,
    /// `AC` and 32 hex digits.
    pub account_sid: String,
    /// Signs webhooks, and opens the REST API together with the account SID.
    pub auth_token: String,
    /// Another pair that opens the REST API: key SID and secret.
    pub api_key: Option<(String, String)>,
    /// Our number at the carrier.
    pub number: String,
    /// Whether the carrier itself acts on STOP, START and HELP, as it does for long codes.
    pub answers_keywords: bool,
    /// Pretend time in Unix milliseconds.
    pub now: Arc<dyn Fn() -> i64 + Send + Sync>,
    /// Two worlds with one seed name their messages alike: give each a seed of its own if they share a database.
    pub seed: u64,
    /// When statuses move on.
    pub callbacks: CallbackTiming,
    /// Serves the page of phones when given.
    pub page: Option<PageHooks>,
}

impl Options {
    /// A free loopback port, an account made of letters, the number that always works, callbacks by [`Sim::pump`].
    pub fn new(now: Arc<dyn Fn() -> i64 + Send + Sync>) -> Options {
        Options {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            account_sid: format!("AC{}", "a1".repeat(16)),
            auth_token: "pretend-auth-token".into(),
            api_key: None,
            number: "+15005550006".into(),
            answers_keywords: true,
            now,
            seed: 1,
            callbacks: CallbackTiming::Immediate,
            page: None,
        }
    }
}

/// When the carrier moves a message on and tells of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallbackTiming {
    /// When [`Sim::pump`] is called: tests decide.
    Immediate,
    /// By itself: sent after about 0.4 s, delivered about a second later.
    Lifelike,
}

/// A running pretend world. Clones are the same world.
#[derive(Clone)]
pub struct Sim {
    world: Arc<World>,
    url: String,
    stop: CancellationToken,
}

/// A message as a person sees it on their phone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandsetMessage {
    /// The carrier's SID.
    pub sid: String,
    /// Whether the person wrote it.
    pub mine: bool,
    /// The text.
    pub body: String,
    /// Who sent it, and how.
    pub direction: Direction,
    /// The carrier's word for how far it came.
    pub status: &'static str,
    /// What the carrier bills.
    pub segments: u32,
    /// In which alphabet.
    pub alphabet: Alphabet,
    /// Pretend time, Unix milliseconds.
    pub at_ms: i64,
}

impl Sim {
    /// Binds the listener and starts to answer. Only loopback addresses are taken.
    pub async fn start(options: Options) -> io::Result<Sim> {
        if !options.listen.ip().is_loopback() {
            return Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                "the pretend world listens on loopback only",
            ));
        }
        let listener = TcpListener::bind(options.listen).await?;
        let url = format!("http://{}", listener.local_addr()?);
        let world = Arc::new(World::new(options));
        world.url.get_or_init(|| url.clone());
        let stop = CancellationToken::new();
        tokio::spawn(line::accept(listener, doors(&world), stop.clone()));
        Ok(Sim { world, url, stop })
    }

    /// `http://127.0.0.1:port`: the page, and the base of every service.
    pub fn url(&self) -> String {
        self.url.clone()
    }

    /// The carrier's REST API, for `twilio.api_url`.
    pub fn api_url(&self) -> String {
        self.url()
    }

    /// For `weather.open_meteo_url`.
    pub fn open_meteo_url(&self) -> String {
        self.url()
    }

    /// For `weather.met_norway_url`.
    pub fn met_norway_url(&self) -> String {
        self.url()
    }

    /// For `weather.nws_url`: every point is outside its area, so it always declines.
    pub fn nws_url(&self) -> String {
        self.url()
    }

    /// `public_url` is what webhooks are signed over, `webhook_base` is what is dialled. Call again after a restart.
    pub fn connect(&self, public_url: &str, webhook_base: &str) {
        self.world.connect(public_url, webhook_base);
    }

    /// A person texts our number. The TwiML that comes back is read strictly and its messages arrive on that phone.
    pub async fn text(&self, from: &str, body: &str) -> Received {
        inbound::text(&self.world, from, body, &[]).await
    }

    /// The same with webhook fields replaced or added.
    pub async fn text_with(&self, from: &str, body: &str, extra: &[(&str, &str)]) -> Received {
        inbound::text(&self.world, from, body, extra).await
    }

    /// The webhook of an earlier text once more; its replies are given back but not sent.
    pub async fn text_again(&self, sid: &str) -> Received {
        inbound::text_again(&self.world, sid).await
    }

    /// A person calls our number; `from` may be a word such as `anonymous`. The TwiML of every step is read strictly.
    pub async fn call(&self, from: &str) -> PhoneCall {
        PhoneCall::dial(&self.world, from).await
    }

    /// A person takes the call that rings on their phone, if one does.
    pub async fn answer(&self, phone: &str) -> Option<PhoneCall> {
        calls::progress::answer(&self.world, phone).await
    }

    /// Every call, oldest first.
    pub fn calls(&self) -> Vec<Call> {
        self.world.book().calls.clone()
    }

    /// How calls of ours to this phone are taken from here on.
    pub fn call_fate(&self, phone: &str, fate: CallFate) {
        let phone = phone.to_owned();
        self.world.book().call_fates.insert(phone, fate);
    }

    /// Any form to any path of the daemon, signed as told. Nothing about the answer is judged.
    pub async fn raw_webhook(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        signature: Signature,
    ) -> Called {
        let fields = fields
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        let url = format!("{}{path}", self.world.connected().public_url);
        self.world.call(&url, Form(fields), signature, "text").await
    }

    /// The signature the carrier would send for this form to this URL.
    pub fn sign(&self, url: &str, fields: &[(String, String)]) -> String {
        carrier::signing::sign(&self.world.options.auth_token, url, fields)
    }

    /// The thread on a phone, oldest first; what never arrives is not on it.
    pub fn handset(&self, phone: &str) -> Vec<HandsetMessage> {
        self.world
            .book()
            .of_phone(phone)
            .filter(|message| matches!(message.fate, Fate::Delivered | Fate::SentOnly))
            .map(|message| HandsetMessage {
                sid: message.sid.clone(),
                mine: message.direction == Direction::Inbound,
                body: message.body.clone(),
                direction: message.direction,
                status: message.status,
                segments: message.segments,
                alphabet: message.alphabet,
                at_ms: message.accepted_at_ms,
            })
            .collect()
    }

    /// Everything the carrier took and everything that was asked, up to now.
    pub fn ledger(&self) -> Ledger {
        Ledger {
            messages: self.world.book().messages.clone(),
            requests: self.world.seen(),
            most_creates_at_once: self
                .world
                .most_in_flight
                .load(std::sync::atomic::Ordering::SeqCst),
        }
    }

    /// How many requests came to `carrier`, `open-meteo`, `met-norway` or `nws`.
    pub fn asked(&self, service: &str) -> u64 {
        self.world.count(service)
    }

    /// What goes wrong from here on.
    pub fn faults(&self) -> &FaultPlan {
        &self.world.faults
    }

    /// Exact weather for chosen places.
    pub fn weather(&self) -> &Weather {
        &self.world.weather
    }

    /// How messages to this phone end from here on.
    pub fn fate(&self, phone: &str, fate: Fate) {
        self.world.book().fates.insert(phone.to_owned(), fate);
    }

    /// Moves every message on that is due by the pretend clock, lives every call through that waits, and delivers the callbacks.
    pub async fn pump(&self) {
        callbacks::pump(&self.world).await;
        calls::progress::pump(&self.world).await;
    }

    /// How many changes of status are still to come, due or not.
    pub fn pending(&self) -> usize {
        self.world.book().steps.len()
    }

    /// The pretend time of the next change of status, Unix milliseconds.
    pub fn next_step_at_ms(&self) -> Option<i64> {
        let book = self.world.book();
        book.steps.iter().map(|step| step.due_ms).min()
    }

    /// Everything that the documents do not allow, in the order it happened; without numbers and texts.
    pub fn violations(&self) -> Vec<String> {
        self.world.violations().clone()
    }

    /// The same, and forgets them: for tests that provoke some.
    pub fn take_violations(&self) -> Vec<String> {
        std::mem::take(&mut *self.world.violations())
    }

    /// Stops listening and drops every connection.
    pub async fn stop(self) {
        self.stop.cancel();
        tokio::task::yield_now().await;
    }
}

fn doors(world: &Arc<World>) -> Router {
    let doors = Router::new()
        .route("/2010-04-01/{*path}", any(carrier::rest::answer))
        .route("/v1/forecast", any(weather::open_meteo))
        .route(
            "/weatherapi/locationforecast/2.0/{product}",
            any(weather::met_norway),
        )
        .route("/v1/Services", any(carrier::services::answer))
        .route("/v1/Services/{*path}", any(carrier::services::answer))
        .route("/points/{point}", any(decline))
        .route("/gridpoints/{*path}", any(decline))
        .route("/alerts/{*path}", any(decline))
        .fallback(nobody);
    let doors = match world.options.page {
        Some(_) => doors.merge(page::routes()),
        None => doors,
    };
    doors.with_state(world.clone())
}

/// A path that no service here has: whoever asks for it has misread something.
async fn nobody(
    axum::extract::State(world): axum::extract::State<Arc<World>>,
    request: axum::extract::Request,
) -> axum::http::StatusCode {
    // Browsers ask for icons and the like of their own accord.
    if world.options.page.is_none() {
        world.violate(format!(
            "{} on a path that no service has",
            request.method()
        ));
    }
    axum::http::StatusCode::NOT_FOUND
}

/// The US service knows nothing of the pretend world, and says so in its own words.
async fn decline(
    axum::extract::State(world): axum::extract::State<Arc<World>>,
    request: axum::extract::Request,
) -> axum::response::Response {
    let answer = Answer::Text(
        404,
        "application/problem+json",
        r#"{"title":"Data Unavailable For Requested Point","type":"https://api.weather.gov/problems/InvalidPoint","status":404,"detail":"Unable to provide data for requested point"}"#.into(),
    );
    let at = world.now();
    world.saw(
        "nws",
        seen(
            at,
            request.method().as_str(),
            request.uri().path(),
            answer.outcome(),
        ),
    );
    answer.into_response()
}
