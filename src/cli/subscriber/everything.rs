//! `subscriber show PHONE --everything`: all that is kept of a phone, for whoever asks what is held about them.

use serde::Serialize;

use super::list::Line;
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::domain::place::Place;
use crate::domain::subscriber::{Standing, Subscriber};
use crate::store::{History, Store};

/// More than anybody has.
const ALL: usize = 1_000_000;

/// Prints it as one JSON object, the number in full: it is theirs.
pub(super) async fn print(
    subscriber: &Subscriber,
    store: &Store,
    output: &mut Output,
) -> Result<(), Failure> {
    let history = store.history(&subscriber.phone, ALL).await?;
    output.json(&Everything::of(subscriber, &history))
}

#[derive(Serialize)]
struct Everything<'a> {
    phone: &'a str,
    country: Option<&'a str>,
    status: &'static str,
    stopped_at: Option<String>,
    stopped_by: Option<&'static str>,
    units: &'static str,
    language: &'static str,
    last_place: Option<Spot<'a>>,
    question_open: bool,
    known_since: String,
    subscriptions: Vec<Line<'a>>,
    consents: Vec<Consent<'a>>,
    texts: Vec<Text<'a>>,
    deliveries: Vec<Sent<'a>>,
}

#[derive(Serialize)]
struct Spot<'a> {
    name: &'a str,
    country: &'a str,
    latitude: f64,
    longitude: f64,
}

#[derive(Serialize)]
struct Consent<'a> {
    at: String,
    kind: &'a str,
    words: &'a str,
    answer: &'a str,
}

#[derive(Serialize)]
struct Text<'a> {
    received_at: String,
    words: Option<&'a str>,
    answer: Option<&'a str>,
    outcome: &'a str,
}

#[derive(Serialize)]
struct Sent<'a> {
    created_at: String,
    kind: &'a str,
    status: &'a str,
    reason: Option<&'a str>,
    words: Option<&'a str>,
}

impl<'a> Everything<'a> {
    fn of(subscriber: &'a Subscriber, history: &'a History) -> Self {
        let stopped = match &subscriber.standing {
            Standing::Stopped { at, by } => Some((at, by)),
            Standing::Active => None,
        };
        Self {
            phone: subscriber.phone.e164(),
            country: subscriber.country.as_ref().map(|country| country.code()),
            status: if stopped.is_some() {
                "stopped"
            } else {
                "active"
            },
            stopped_at: stopped.map(|(at, _)| format!("{at:.0}")),
            stopped_by: stopped.map(|(_, by)| by.name()),
            units: subscriber.units().name(),
            language: subscriber.language().code(),
            last_place: subscriber.last_place.as_ref().map(Spot::of),
            question_open: subscriber.pending.is_some(),
            known_since: format!("{:.0}", subscriber.created_at),
            subscriptions: subscriber
                .subscriptions
                .iter()
                .map(|subscription| Line::of(subscriber, Some(subscription), true))
                .collect(),
            consents: history
                .consents
                .iter()
                .map(|consent| Consent {
                    at: format!("{:.0}", consent.at),
                    kind: &consent.kind,
                    words: &consent.words,
                    answer: &consent.answer,
                })
                .collect(),
            texts: history
                .texts
                .iter()
                .map(|text| Text {
                    received_at: format!("{:.0}", text.received_at),
                    words: text.body.as_deref(),
                    answer: text.reply.as_deref(),
                    outcome: &text.outcome,
                })
                .collect(),
            deliveries: history
                .sent
                .iter()
                .map(|sent| Sent {
                    created_at: format!("{:.0}", sent.created_at),
                    kind: &sent.kind,
                    status: &sent.status,
                    reason: sent.reason.as_deref(),
                    words: sent.body.as_deref(),
                })
                .collect(),
        }
    }
}

impl<'a> Spot<'a> {
    fn of(place: &'a Place) -> Self {
        Self {
            name: &place.name,
            country: place.country.code(),
            latitude: place.coordinates.latitude(),
            longitude: place.coordinates.longitude(),
        }
    }
}
