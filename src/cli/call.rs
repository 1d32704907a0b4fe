//! `call`: Twilio's calls: place one that reads a forecast, fetch one, walk over all, hang up.

use clap::{Args, Subcommand};
use serde::Serialize;

use super::Chosen;
use super::failure::Failure;
use super::listed::{Column, Listed, Listing, begin, put};
use super::output::Output;
use super::place::one_place;
use super::remote::{self, address, instant, missing};
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
    /// queued, ringing, in-progress, completed, busy, failed, no-answer or canceled
    #[arg(long, ignore_case = true, hide_possible_values = true, value_parser = clap::builder::PossibleValuesParser::new(STATUSES))]
    status: Option<String>,
    #[command(flatten)]
    listing: Listing,
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
            begin::<Resource>(*shape, output)?;
            put(&call, *shape, output)
        }
        Call::List(arguments) => {
            let listing = &arguments.listing;
            let (to, from) = (listing.to()?, listing.from()?);
            let status = arguments.status.as_deref().map(str::to_ascii_lowercase);
            let pages = carrier.calls(&CallFilter {
                to: to.as_deref(),
                from: from.as_deref(),
                status: status.as_deref(),
                since: listing.since()?,
                page_size: 50,
            });
            listing.print(pages, "calls", output).await
        }
        Call::HangUp { sid } => {
            let done = carrier.hang_up(sid).await;
            match done.map_err(|error| missing("call", sid, error))? {
                HangUp::Ended(_) => output.line(&format!("{sid} is over now")),
                HangUp::WasOver(call) => {
                    let status = call.status.unwrap_or_default();
                    output.line(&format!("{sid} had ended already: {status}"))
                }
                HangUp::Refused(call) => Err(Failure::sentence(format!(
                    "Twilio did not end {sid}, though it tells that it is {}; `weatherline call show {sid}` tells in a minute whether it still is",
                    call.status.as_deref().unwrap_or("not over")
                ))),
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

/// Twilio's words for how far a call is.
const STATUSES: [&str; 8] = [
    "queued",
    "ringing",
    "in-progress",
    "completed",
    "busy",
    "failed",
    "no-answer",
    "canceled",
];

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

impl Listed for Resource {
    const COLUMNS: &'static [Column] = &[
        Column("sid", 34, false),
        Column("status", 11, false),
        Column("direction", 12, false),
        Column("phone", 16, false),
        Column("seconds", 7, true),
        Column("answered by", 11, false),
        Column("begun (UTC)", 0, false),
    ];

    fn fields(&self, whole: bool) -> impl Serialize {
        Line {
            sid: &self.sid,
            status: self.status.as_deref(),
            direction: self.direction.as_deref(),
            to: address(self.to.as_deref(), whole),
            from: address(self.from.as_deref(), whole),
            answered_by: self.answered_by.as_deref(),
            duration: self.duration,
            price: self.price.as_deref(),
            price_unit: self.price_unit.as_deref(),
            created_at: instant(self.date_created),
            started_at: instant(self.start_time),
            ended_at: instant(self.end_time),
        }
    }

    fn cells(&self, whole: bool) -> Vec<String> {
        let is_inbound = self.direction.as_deref() == Some("inbound");
        let phone = if is_inbound { &self.from } else { &self.to };
        vec![
            self.sid.clone(),
            self.status.clone().unwrap_or_default(),
            self.direction.clone().unwrap_or_default(),
            address(phone.as_deref(), whole),
            self.duration.map(|s| s.to_string()).unwrap_or_default(),
            self.answered_by.clone().unwrap_or_default(),
            instant(self.start_time.or(self.date_created)).unwrap_or_default(),
        ]
    }
}
