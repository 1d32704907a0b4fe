//! The page of phones: what it shows, what it may do, and how it hears of news.

use std::pin::Pin;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde_json::{Value, json};

mod actions;
mod clock;
mod events;
pub(crate) mod lines;
mod phones;

use super::wire::shown;
use super::world::World;

pub use clock::ClockMove;
pub(crate) use phones::Phone;

/// A future that can be stored.
pub type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// What the page needs from whoever runs the daemon.
#[derive(Clone)]
pub struct PageHooks {
    /// Pretend time in Unix milliseconds.
    pub clock_now: Arc<dyn Fn() -> i64 + Send + Sync>,
    /// Moves the pretend clock; a refusal is a sentence for the page.
    pub move_clock: Arc<dyn Fn(ClockMove) -> BoxFuture<Result<(), String>> + Send + Sync>,
    /// Who gets what next, soonest first.
    pub upcoming: Arc<dyn Fn() -> BoxFuture<Vec<Upcoming>> + Send + Sync>,
    /// `live weather from Open-Meteo`, `sample weather`, …
    pub weather_source: String,
    /// Where the daemon's own page is, once it runs.
    pub operator_page: Arc<dyn Fn() -> Option<String> + Send + Sync>,
}

/// Something that is going to be sent.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Upcoming {
    /// The phone, whole: it never leaves this machine.
    pub phone: String,
    /// For which place.
    pub place: String,
    /// Unix milliseconds.
    pub at_ms: i64,
    /// The zone of the place.
    pub zone: String,
    /// What is sent, in a word or two.
    pub what: String,
}

const INDEX: &str = include_str!("index.html");
const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");
const SCRIPT_CALLS: &str = include_str!("calls.js");
const SCRIPT_DOM: &str = include_str!("dom.js");
const SCRIPT_PHONES: &str = include_str!("phones.js");
const SCRIPT_WIRE: &str = include_str!("wire.js");
const SCRIPT_TYPE: &str = "text/javascript; charset=utf-8";

/// Nothing but our own files, no framing, no inline code.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The page's own routes; each refuses a browser that came from elsewhere.
pub(crate) fn routes() -> Router<Arc<World>> {
    Router::new()
        .route("/", get(|| asset("text/html; charset=utf-8", INDEX)))
        .route("/page.css", get(|| asset("text/css; charset=utf-8", STYLE)))
        .route("/page.js", get(|| asset(SCRIPT_TYPE, SCRIPT)))
        .route("/calls.js", get(|| asset(SCRIPT_TYPE, SCRIPT_CALLS)))
        .route("/dom.js", get(|| asset(SCRIPT_TYPE, SCRIPT_DOM)))
        .route("/phones.js", get(|| asset(SCRIPT_TYPE, SCRIPT_PHONES)))
        .route("/wire.js", get(|| asset(SCRIPT_TYPE, SCRIPT_WIRE)))
        .route("/page/state", get(state))
        .route("/page/now", get(clock::tell))
        .route("/page/events", get(events::stream))
        .route("/page/text", post(actions::text))
        .route("/page/call", post(lines::call))
        .route("/page/call/answer", post(lines::answer))
        .route("/page/call/decline", post(lines::decline))
        .route("/page/call/step", post(lines::step))
        .route("/page/phones", post(actions::add_phone))
        .route("/page/clock", post(clock::set))
        .layer(middleware::from_fn(guard))
}

async fn asset(kind: &'static str, body: &'static str) -> Response {
    (
        [
            (header::CONTENT_TYPE, kind),
            (header::CONTENT_SECURITY_POLICY, POLICY),
            (header::CACHE_CONTROL, "no-cache"),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (header::REFERRER_POLICY, "no-referrer"),
        ],
        body,
    )
        .into_response()
}

/// Loopback is reachable for every site the person has open: a foreign name or a foreign origin is turned away.
async fn guard(request: Request, next: Next) -> Response {
    let headers = request.headers();
    let host = text(headers, header::HOST);
    let origin = text(headers, header::ORIGIN);
    let own_origin = origin.is_empty() || origin == format!("http://{host}");
    if is_loopback(host) && own_origin {
        next.run(request).await
    } else {
        (
            StatusCode::FORBIDDEN,
            "This page answers to this machine only.\n",
        )
            .into_response()
    }
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> &str {
    headers
        .get(name)
        .and_then(|value| value.to_str().ok())
        .unwrap_or("")
}

fn is_loopback(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    matches!(name, "localhost" | "127.0.0.1" | "[::1]")
}

/// Everything a freshly opened page needs.
async fn state(State(world): State<Arc<World>>) -> Response {
    let phones = phones::all(&world);
    let messages: Vec<Value> = {
        let book = world.book();
        phones
            .iter()
            .flat_map(|phone| book.of_phone(&phone.number))
            .map(shown)
            .collect()
    };
    let exchanges: Vec<Value> = world
        .wire
        .kept()
        .iter()
        .filter_map(|event| serde_json::from_str(event).ok())
        .collect();
    let hooks = world.options.page.as_ref();
    let source = hooks.map_or("", |hooks| hooks.weather_source.as_str());
    let operator = hooks.and_then(|hooks| (hooks.operator_page)());
    no_store(json!({
        "number": world.options.number,
        "phones": phones,
        "countries": phones::countries(),
        "messages": messages,
        "exchanges": exchanges,
        "weather_source": source,
        "operator_page": operator,
    }))
}

/// JSON that is old as soon as it is sent.
fn no_store(value: Value) -> Response {
    ([(header::CACHE_CONTROL, "no-store")], axum::Json(value)).into_response()
}
