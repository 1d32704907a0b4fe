//! `call`: Twilio's calls: place one that reads a forecast, fetch one, walk over all, hang up.

use clap::{Args, Subcommand};
use serde::Serialize;

use super::Chosen;
use super::delivery::since;
use super::failure::Failure;
use super::output::Output;
use super::place::one_place;
use super::remote::{self, USUAL_LIMIT, address, instant, missing, stream};
use super::shape::Shape;
use super::subscriber::number;
use crate::carrier::From;
use crate::carrier::rest::calls::{Call as Resource, CallFilter, HangUp};
use crate::clock::Clock;
use crate::domain::decision::FollowUp;
use crate::domain::delivery::DedupKey;
use crate::domain::forecast::Window;
use crate::domain::subscriber::{Channel, Standing, Subscriber, Units};
use crate::places::Places;
use crate::store::Store;

/// Calls at Twilio.
#[derive(Debug, Subcommand)]
pub(super) enum Call {
    /// Call a phone and read a place's forecast, once, through the outbox of the running daemon
    Place {
        /// This phone
        #[arg(long, value_name = "NUMBER")]
        to: String,
        /// Whose weather
        #[arg(allow_hyphen_values = true)]
        place: String,
    },
    /// Fetch one
    Show {
        /// Its SID, CA…
        sid: String,
        #[command(flatten)]
        shape: Shape,
    },
    /// Walk over all, newest first
    List(ListArguments),
    /// End one, also one that still rings
    HangUp {
        /// Its SID, CA…
        sid: String,
    },
}

#[derive(Debug, Args)]
pub(super) struct ListArguments {
    /// To this number only
    #[arg(long, value_name = "NUMBER")]
    to: Option<String>,
    /// From this number only
    #[arg(long, value_name = "NUMBER")]
    from: Option<String>,
    /// queued, ringing, in-progress, completed, busy, failed, no-answer or canceled
    #[arg(long)]
    status: Option<String>,
    /// Begun since a date, a time or an age: 2026-03-08, 12h, 7d (Twilio counts whole days)
    #[arg(long)]
    since: Option<String>,
    /// How many at most
    #[arg(long, value_name = "N", default_value_t = USUAL_LIMIT)]
    limit: usize,
    #[command(flatten)]
    shape: Shape,
}

/// Does what was asked.
pub(super) async fn run(
    command: &Call,
    chosen: &Chosen,
    output: &mut Output,
) -> Result<(), Failure> {
    if let Call::Place { to, place } = command {
        return place_one(to, place, chosen, output).await;
    }
    let (_, carrier) = remote::carrier(chosen)?;
    match command {
        Call::Place { .. } => Ok(()),
        Call::Show { sid, shape } => {
            let call = carrier.call(sid).await;
            let call = call.map_err(|error| missing("call", sid, error))?;
            if !shape.json {
                output.line(HEADING)?;
            }
            put(&call, *shape, output)
        }
        Call::List(arguments) => {
            let at = |text: &String| since(text, Clock::System.now());
            let pages = carrier.calls(&CallFilter {
                to: arguments.to.as_deref(),
                from: arguments.from.as_deref(),
                status: arguments.status.as_deref(),
                since: arguments.since.as_ref().map(at).transpose()?,
                page_size: 50,
            });
            let shape = arguments.shape;
            if !shape.json {
                output.line(HEADING)?;
            }
            let print = |call: &Resource, output: &mut Output| put(call, shape, output);
            stream(pages, arguments.limit, "calls", output, print).await
        }
        Call::HangUp { sid } => {
            let done = carrier.hang_up(sid).await;
            match done.map_err(|error| missing("call", sid, error))? {
                HangUp::Ended(_) => output.line(&format!("{sid} is over now")),
                HangUp::WasOver(call) => {
                    let status = call.status.unwrap_or_default();
                    output.line(&format!("{sid} had ended already: {status}"))
                }
            }
        }
    }
}

async fn place_one(
    to: &str,
    place: &str,
    chosen: &Chosen,
    output: &mut Output,
) -> Result<(), Failure> {
    let config = chosen.whole_config()?;
    let phone = number(to)?;
    if matches!(
        config.carrier().map(|carrier| carrier.from),
        Some(From::Service(_)) | None
    ) {
        return Err(Failure::sentence(
            "calls need a number: set twilio.from instead of twilio.messaging_service_sid",
        ));
    }
    let place =
        one_place(&Places::embedded(), place, phone.country()).map_err(Failure::sentence)?;
    let store = Store::open_shared(&config.store())?;
    let known = store.subscriber(&phone).await?;
    let stopped = |known: &Subscriber| matches!(known.standing, Standing::Stopped { .. });
    if known.as_ref().is_some_and(stopped) {
        store.close().await;
        return Err(Failure::sentence(format!(
            "{phone} wants nothing from us any more; only its START changes that"
        )));
    }
    let by_country = phone.country().map_or(Units::Metric, Units::of_country);
    let ask = FollowUp {
        place,
        window: Window::Today,
        units: known.as_ref().map_or(by_country, Subscriber::units),
        channel: Channel::Call,
    };
    let now = Clock::System.now();
    let key = DedupKey::call(&format!("cli-{}", now.as_nanosecond()));
    let placed = store.enqueue_call(key, &phone, ask, now).await;
    store.close().await;
    let id = placed?;
    output.line(&format!(
        "delivery {id}: the running daemon calls {phone} within a minute; `weatherline delivery show {id}` tells how it goes"
    ))
}

/// The documented fields of a call.
#[derive(Serialize)]
struct Line<'a> {
    sid: &'a str,
    status: Option<&'a str>,
    direction: Option<&'a str>,
    to: String,
    from: String,
    answered_by: Option<&'a str>,
    duration: Option<u32>,
    price: Option<&'a str>,
    price_unit: Option<&'a str>,
    created_at: Option<String>,
    started_at: Option<String>,
    ended_at: Option<String>,
}

fn put(call: &Resource, shape: Shape, output: &mut Output) -> Result<(), Failure> {
    let line = Line {
        sid: &call.sid,
        status: call.status.as_deref(),
        direction: call.direction.as_deref(),
        to: address(call.to.as_deref(), shape.show_numbers),
        from: address(call.from.as_deref(), shape.show_numbers),
        answered_by: call.answered_by.as_deref(),
        duration: call.duration,
        price: call.price.as_deref(),
        price_unit: call.price_unit.as_deref(),
        created_at: instant(call.date_created),
        started_at: instant(call.start_time),
        ended_at: instant(call.end_time),
    };
    if shape.json {
        return output.json(&line);
    }
    let seconds = line.duration.map(|s| s.to_string()).unwrap_or_default();
    let is_inbound = line.direction == Some("inbound");
    let text = format!(
        "{:<34}  {:<11}  {:<12}  {:<16}  {:>7}  {:<11}  {}",
        line.sid,
        line.status.unwrap_or_default(),
        line.direction.unwrap_or_default(),
        if is_inbound { &line.from } else { &line.to },
        seconds,
        line.answered_by.unwrap_or_default(),
        line.started_at.or(line.created_at).unwrap_or_default(),
    );
    output.line(text.trim_end())
}

const HEADING: &str = "sid                                 status       direction     phone             seconds  answered by  begun (UTC)";
