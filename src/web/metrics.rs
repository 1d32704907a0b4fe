//! `GET /metrics`: Prometheus' text format, written by hand (docs/metrics.md documents every name, and a test compares).

use std::collections::BTreeMap;
use std::fmt::{Display, Write};
use std::sync::Arc;

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::domain::delivery::{DeliveryKind, DeliveryStatus};
use crate::domain::latency::Latency;
use crate::domain::zone;
use crate::flow::{App, Counts, Figures, Lateness};

pub(super) async fn metrics(State(app): State<Arc<App>>) -> Response {
    match app.figures().await {
        Ok(figures) => ([(header::CONTENT_TYPE, TEXT)], page(&app, &figures)).into_response(),
        Err(error) => {
            tracing::warn!(%error, "the figures for monitoring could not be read");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

const TEXT: &str = "text/plain; version=0.0.4; charset=utf-8";

fn page(app: &App, figures: &Figures) -> String {
    let mut page = Page::default();
    let counts = app.tally.counts();
    about(&mut page);
    stored(&mut page, figures);
    counted(&mut page, &counts);
    cost(&mut page, app, &counts);
    lateness(&mut page, &counts);
    latency(&mut page, app, &counts);
    watched(&mut page, app, figures);
    sender(&mut page, app, figures);
    weather(&mut page, app);
    page.0
}

fn about(page: &mut Page) {
    page.family("build_info", "gauge", "Which program this is; always 1.");
    let labels = [
        ("version", env!("CARGO_PKG_VERSION")),
        ("tz_data", zone::version()),
    ];
    page.sample("build_info", &labels, 1);
}

fn stored(page: &mut Page, figures: &Figures) {
    let stored = &figures.stored;
    let mut by_status: BTreeMap<&str, u64> = BTreeMap::new();
    let mut skipped: BTreeMap<&str, u64> = BTreeMap::new();
    for group in stored.groups.iter().filter(|group| group.recent) {
        *by_status.entry(group.status.name()).or_default() += group.count;
        if let Some(reason) = &group.reason {
            *skipped.entry(reason).or_default() += group.count;
        }
    }
    page.family(
        "deliveries",
        "gauge",
        "Deliveries of the last 24 hours by status.",
    );
    for status in DeliveryStatus::ALL.map(DeliveryStatus::name) {
        let count = by_status.get(status).copied().unwrap_or_default();
        page.sample("deliveries", &[("status", status)], count);
    }
    page.family(
        "deliveries_skipped",
        "gauge",
        "Skipped deliveries of the last 24 hours by reason.",
    );
    for (reason, count) in skipped {
        page.sample("deliveries_skipped", &[("reason", reason)], count);
    }
    for (name, help, value) in [
        (
            "deliveries_unclear",
            "Sends of which nobody knows yet whether they arrived.",
            stored.unclear,
        ),
        (
            "deliveries_unreported",
            "Accepted deliveries without a receipt yet.",
            stored.unreported,
        ),
        (
            "follow_ups_owed",
            "Answers promised that wait for the weather.",
            stored.owed,
        ),
    ] {
        page.family(name, "gauge", help);
        page.sample(name, &[], value);
    }
    // While many are counted for the first time there is nothing to say.
    if let Some(people) = &figures.people {
        page.family("subscribers", "gauge", "Phones in the database.");
        page.sample("subscribers", &[], people.phones);
        let help = "Subscriptions that can fall due.";
        page.family("subscriptions", "gauge", help);
        page.sample("subscriptions", &[], people.subscriptions);
    }
}

fn counted(page: &mut Page, counts: &Counts) {
    for (name, help, label, by) in [
        (
            "texts_total",
            "Texts that came in, by outcome.",
            "outcome",
            &counts.texts,
        ),
        (
            "call_steps_total",
            "Steps of calls answered, by outcome.",
            "outcome",
            &counts.call_steps,
        ),
        (
            "sends_total",
            "Attempts to send, by outcome.",
            "outcome",
            &counts.sends,
        ),
    ] {
        page.family(name, "counter", help);
        for (value, count) in by {
            page.sample(name, &[(label, value)], count);
        }
    }
    for (name, help, value) in [
        (
            "segments_sent_total",
            "Segments that the carrier took.",
            counts.segments,
        ),
        (
            "segments_answered_total",
            "Segments of answers to texts.",
            counts.answered_segments,
        ),
        (
            "webhooks_refused_total",
            "Webhooks without a right signature.",
            counts.webhooks_refused,
        ),
        (
            "passwords_refused_total",
            "Wrong passwords at the admin listener.",
            counts.passwords_refused,
        ),
    ] {
        page.family(name, "counter", help);
        page.sample(name, &[], value);
    }
}

/// What the carrier bills of it, by the operator's prices.
fn cost(page: &mut Page, app: &App, counts: &Counts) {
    let name = "estimated_cost_total";
    let help = "What texts and calls cost, by the prices of [costs].";
    page.family(name, "counter", help);
    let prices = &app.settings.prices;
    for (channel, direction, amount) in prices.each(counts.billed()) {
        let labels = [
            ("channel", channel),
            ("direction", direction),
            ("currency", &prices.currency),
        ];
        page.sample(name, &labels, amount);
    }
}

fn lateness(page: &mut Page, counts: &Counts) {
    page.family(
        "lateness_seconds",
        "histogram",
        "From due to accepted by the carrier, by kind.",
    );
    for kind in DeliveryKind::ALL.map(DeliveryKind::name) {
        let lateness = counts.lateness.get(kind).copied().unwrap_or_default();
        let mut below = 0;
        for (bound, count) in Lateness::BOUNDS_S.iter().zip(lateness.buckets) {
            below += count;
            let bound = bound.to_string();
            page.sample(
                "lateness_seconds_bucket",
                &[("kind", kind), ("le", &bound)],
                below,
            );
        }
        let count = lateness.count();
        page.sample(
            "lateness_seconds_bucket",
            &[("kind", kind), ("le", "+Inf")],
            count,
        );
        page.sample("lateness_seconds_sum", &[("kind", kind)], lateness.sum_s);
        page.sample("lateness_seconds_count", &[("kind", kind)], count);
    }
}

/// How long others take to answer.
fn latency(page: &mut Page, app: &App, counts: &Counts) {
    let name = "carrier_request_seconds";
    let help = "From a request to send to the carrier's answer.";
    page.family(name, "histogram", help);
    took(page, name, &[], &counts.carrier_took);
    let name = "weather_request_seconds";
    let help = "From asking a weather service to its answer, by provider.";
    page.family(name, "histogram", help);
    for (provider, latency) in app.weather.latencies() {
        took(page, name, &[("provider", provider.as_str())], &latency);
    }
    page.family(
        "weather_cache_total",
        "counter",
        "Forecasts wanted, by whether they were in the cache.",
    );
    let (hits, misses) = app.weather.cache_counts();
    page.sample("weather_cache_total", &[("outcome", "hit")], hits);
    page.sample("weather_cache_total", &[("outcome", "miss")], misses);
}

fn took(page: &mut Page, name: &str, labels: &[(&str, &str)], latency: &Latency) {
    let bucket = format!("{name}_bucket");
    let mut below = 0;
    let put = |page: &mut Page, bound: &str, count: u64| {
        let labels: Vec<_> = labels.iter().copied().chain([("le", bound)]).collect();
        page.sample(&bucket, &labels, count);
    };
    for (bound, count) in Latency::BOUNDS_MS.iter().zip(latency.buckets) {
        below += count;
        put(page, &seconds(*bound), below);
    }
    put(page, "+Inf", latency.count());
    page.sample(&format!("{name}_sum"), labels, seconds(latency.sum_ms));
    page.sample(&format!("{name}_count"), labels, latency.count());
}

/// Milliseconds as seconds, without a float's noise.
fn seconds(ms: u64) -> String {
    let text = format!("{}.{:03}", ms / 1000, ms % 1000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// What proves that all of it works: the operator's own phone, and the signs of life.
fn watched(page: &mut Page, app: &App, figures: &Figures) {
    if app.settings.canary.is_some() {
        let name = "canary_delivered_timestamp_seconds";
        let help = "When the watched phone last got its daily text, by a receipt; 0: never.";
        page.family(name, "gauge", help);
        page.sample(
            name,
            &[],
            figures.last_canary.map_or(0, |at| at.as_second()),
        );
    }
    if let Some(canary) = figures.canary {
        let name = "canary_missed";
        let help =
            "1 while the watched phone has no daily text, or did not get the last one in time.";
        page.family(name, "gauge", help);
        page.sample(name, &[], u8::from(canary.is_wrong()));
    }
    let counts = app.tally.counts();
    page.family(
        "pings_total",
        "counter",
        "Signs of life to monitoring.ping_url, by outcome.",
    );
    page.sample("pings_total", &[("outcome", "ok")], counts.pings);
    page.sample("pings_total", &[("outcome", "failed")], counts.pings_failed);
}

fn sender(page: &mut Page, app: &App, figures: &Figures) {
    let now = app.clock.now();
    let age = |at| now.duration_since(at).as_secs().max(0);
    if let Some(at) = figures.last_tick {
        page.family(
            "last_tick_age_seconds",
            "gauge",
            "Since the last completed tick.",
        );
        page.sample("last_tick_age_seconds", &[], age(at));
    }
    page.family(
        "oldest_unsent_seconds",
        "gauge",
        "How long the longest waiting text could have been sent; 0 when none waits.",
    );
    page.sample(
        "oldest_unsent_seconds",
        &[],
        figures.stored.oldest_unsent.map_or(0, age),
    );
    page.family(
        "hold",
        "gauge",
        "1 while all sending is on hold, with the carrier's error code.",
    );
    match app.hold() {
        Some(hold) => page.sample("hold", &[("code", &hold.code.to_string())], 1),
        None => page.sample("hold", &[("code", "")], 0),
    }
    burst(page, app, figures);
}

/// What waits, and what of the day's segments is left.
fn burst(page: &mut Page, app: &App, figures: &Figures) {
    let waiting = figures.stored.waiting;
    let spending = app.spending(app.clock.now());
    for (name, help, value) in [
        (
            "waiting_texts",
            "Texts that wait to be sent.",
            waiting.texts,
        ),
        (
            "waiting_segments",
            "Segments that wait to be sent.",
            waiting.segments,
        ),
        (
            "segments_today",
            "Segments that went out today, by UTC.",
            spending.spent,
        ),
        (
            "segments_reserved",
            "Segments kept for daily texts that may still come today.",
            spending.reserved,
        ),
        (
            "segments_per_day",
            "What limits.segments_per_day allows.",
            spending.most,
        ),
        (
            "waiting_send_seconds",
            "How long sending what waits takes at the sender's pace.",
            app.seconds_to_send(waiting.segments),
        ),
    ] {
        page.family(name, "gauge", help);
        page.sample(name, &[], value);
    }
    page.family(
        "segments_per_second",
        "gauge",
        "The sender's allowance as configured; 0 is no limit.",
    );
    page.sample("segments_per_second", &[], app.settings.segments_per_second);
}

fn weather(page: &mut Page, app: &App) {
    page.family(
        "weather_requests_total",
        "counter",
        "Places for which a weather service was asked, by provider and outcome.",
    );
    for (provider, outcome, count) in app.weather.counts() {
        let labels = [("provider", provider.as_str()), ("outcome", outcome)];
        page.sample("weather_requests_total", &labels, count);
    }
}

/// The text format, line by line.
#[derive(Default)]
struct Page(String);

impl Page {
    fn family(&mut self, name: &str, kind: &str, help: &str) {
        let _ = writeln!(
            self.0,
            "# HELP weatherline_{name} {help}\n# TYPE weatherline_{name} {kind}"
        );
    }

    /// Label values are words of our own; they are escaped all the same.
    fn sample(&mut self, name: &str, labels: &[(&str, &str)], value: impl Display) {
        let _ = write!(self.0, "weatherline_{name}");
        for (i, (label, text)) in labels.iter().enumerate() {
            let before = if i == 0 { '{' } else { ',' };
            let text = text
                .replace('\\', "\\\\")
                .replace('"', "\\\"")
                .replace('\n', "\\n");
            let _ = write!(self.0, "{before}{label}=\"{text}\"");
        }
        let end = if labels.is_empty() { "" } else { "}" };
        let _ = writeln!(self.0, "{end} {value}");
    }
}
