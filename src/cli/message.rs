//! `message`: Twilio's messages: send one, fetch one, walk over all, redact, delete.

use clap::{Args, Subcommand};
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use super::Chosen;
use super::failure::Failure;
use super::listed::{Column, Listed, Listing};
use super::output::Output;
use super::remote::{self, address, instant, missing};
use super::shape::Shape;
use super::subscriber::{confirm, number};
use crate::carrier::rest::message::Message as Resource;
use crate::carrier::rest::messages::MessageFilter;
use crate::clock::Clock;
use crate::domain::delivery::DedupKey;
use crate::domain::message::MessageBody;
use crate::domain::subscriber::Standing;
use crate::store::Store;

/// Messages at Twilio.
#[derive(Debug, Subcommand)]
pub(super) enum Message {
    /// Send a text, once, through the outbox of the running daemon
    Send {
        /// To this phone
        #[arg(long, value_name = "NUMBER")]
        to: String,
        /// What it says
        #[arg(allow_hyphen_values = true)]
        text: String,
    },
    /// Fetch one
    Show {
        /// Its SID, SM… or MM…
        sid: String,
        #[command(flatten)]
        shape: Shape,
    },
    /// Walk over all that were sent and received, newest first
    List(Listing),
    /// Empty the text of one at Twilio and keep the rest
    Redact(ChangeArguments),
    /// Delete one at Twilio
    Delete(ChangeArguments),
}

#[derive(Debug, Args)]
pub(super) struct ChangeArguments {
    /// Its SID, SM… or MM…
    sid: String,
    /// Without being asked
    #[arg(long)]
    yes: bool,
}

/// Does what was asked.
pub(super) async fn run(
    command: &Message,
    chosen: &Chosen,
    output: &mut Output,
) -> Result<(), Failure> {
    if let Message::Send { to, text } = command {
        return send(to, text, chosen, output).await;
    }
    let (_, carrier) = remote::carrier(chosen)?;
    match command {
        Message::Send { .. } => Ok(()),
        Message::Show { sid, shape } => {
            let message = carrier.message(sid).await;
            let message = message.map_err(|error| missing("message", sid, error))?;
            show(&message, *shape, output)
        }
        Message::List(listing) => {
            let (to, from) = (listing.to()?, listing.from()?);
            let pages = carrier.messages(&MessageFilter {
                to: to.as_deref(),
                from: from.as_deref(),
                since: listing.since()?,
                page_size: 50,
            });
            listing.print(pages, "messages", output).await
        }
        Message::Redact(arguments) => {
            sure(arguments, "Empty the text of")?;
            let done = carrier.redact_message(&arguments.sid).await;
            done.map_err(|error| missing("message", &arguments.sid, error))?;
            output.line(&format!("{} has no text any more", arguments.sid))
        }
        Message::Delete(arguments) => {
            sure(arguments, "Delete")?;
            let done = carrier.delete_message(&arguments.sid).await;
            done.map_err(|error| missing("message", &arguments.sid, error))?;
            output.line(&format!("{} is deleted", arguments.sid))
        }
    }
}

async fn send(to: &str, text: &str, chosen: &Chosen, output: &mut Output) -> Result<(), Failure> {
    let config = chosen.small_config()?;
    let phone = number(to)?;
    let body = MessageBody::new(text);
    if body.as_str().trim().is_empty() {
        return Err(Failure::sentence(
            "the text is empty; Twilio sends no such message",
        ));
    }
    if body.segments() > MOST_SEGMENTS {
        return Err(Failure::sentence(format!(
            "the text has {} segments, more than Twilio takes at once ({MOST_SEGMENTS})",
            body.segments()
        )));
    }
    let store = Store::open_shared(&config.store())?;
    let known = store.subscriber(&phone).await?;
    if known.is_some_and(|known| matches!(known.standing, Standing::Stopped { .. })) {
        store.close().await;
        return Err(Failure::sentence(format!(
            "{phone} has stopped our texts; only its START brings them back"
        )));
    }
    let now = Clock::System.now();
    let until = now.saturating_add(SignedDuration::from_mins(i64::from(
        config.delivery.lateness_minutes,
    )));
    let until = until.unwrap_or(Timestamp::MAX);
    let key = DedupKey::notice(&format!("cli-{}", now.as_nanosecond()));
    let sent = store
        .enqueue_notice(key, &phone, body.as_str(), body.segments(), until, now)
        .await;
    store.close().await;
    let id = sent?;
    let segments = body.segments();
    output.line(&format!(
        "delivery {id}: {segments} segment{} to {phone}, sent by the running daemon; `weatherline delivery show {id}` tells how it goes",
        if segments == 1 { "" } else { "s" }
    ))
}

fn sure(arguments: &ChangeArguments, what: &str) -> Result<(), Failure> {
    if arguments.yes {
        return Ok(());
    }
    confirm(&format!("{what} {} at Twilio?", arguments.sid))
}

/// The documented fields of a message.
#[derive(Serialize)]
struct Line<'a> {
    sid: &'a str,
    status: Option<&'a str>,
    direction: Option<&'a str>,
    to: String,
    from: String,
    body: Option<&'a str>,
    segments: Option<u32>,
    error_code: Option<u32>,
    price: Option<&'a str>,
    price_unit: Option<&'a str>,
    created_at: Option<String>,
    sent_at: Option<String>,
}

impl<'a> Line<'a> {
    fn of(message: &'a Resource, whole: bool) -> Self {
        Self {
            sid: &message.sid,
            status: message.status.as_deref(),
            direction: message.direction.as_deref(),
            to: address(message.to.as_deref(), whole),
            from: address(message.from.as_deref(), whole),
            body: message.body.as_deref(),
            segments: message.num_segments,
            error_code: message.error_code,
            price: message.price.as_deref(),
            price_unit: message.price_unit.as_deref(),
            created_at: instant(message.date_created),
            sent_at: instant(message.date_sent),
        }
    }
}

fn show(message: &Resource, shape: Shape, output: &mut Output) -> Result<(), Failure> {
    let line = Line::of(message, shape.show_numbers);
    if shape.json {
        return output.json(&line);
    }
    let number = |n: Option<u32>| n.map(|n| n.to_string()).unwrap_or_default();
    let price = line
        .price
        .map(|price| format!("{price} {}", line.price_unit.unwrap_or("")));
    for (name, value) in [
        ("sid", line.sid.to_owned()),
        ("status", line.status.unwrap_or_default().to_owned()),
        ("direction", line.direction.unwrap_or_default().to_owned()),
        ("to", line.to),
        ("from", line.from),
        ("segments", number(line.segments)),
        ("error", number(line.error_code)),
        ("price", price.unwrap_or_default()),
        ("created", line.created_at.unwrap_or_default()),
        ("sent", line.sent_at.unwrap_or_default()),
        ("body", line.body.unwrap_or("(redacted)").to_owned()),
    ] {
        output.line(&format!("{name:<10}{value}"))?;
    }
    Ok(())
}

impl Listed for Resource {
    const COLUMNS: &'static [Column] = &[
        Column("sid", 34, false),
        Column("status", 11, false),
        Column("direction", 14, false),
        Column("phone", 16, false),
        Column("seg", 3, true),
        Column("error", 5, true),
        Column("sent (UTC)", 0, false),
    ];

    fn fields(&self, whole: bool) -> impl Serialize {
        Line::of(self, whole)
    }

    fn cells(&self, whole: bool) -> Vec<String> {
        let number = |n: Option<u32>| n.map(|n| n.to_string()).unwrap_or_default();
        let is_inbound = self.direction.as_deref() == Some("inbound");
        let phone = if is_inbound { &self.from } else { &self.to };
        vec![
            self.sid.clone(),
            self.status.clone().unwrap_or_default(),
            self.direction.clone().unwrap_or_default(),
            address(phone.as_deref(), whole),
            number(self.num_segments),
            number(self.error_code),
            instant(self.date_sent.or(self.date_created)).unwrap_or_default(),
        ]
    }
}

/// 1,600 characters, in the shortest segments there are.
const MOST_SEGMENTS: usize = 24;
