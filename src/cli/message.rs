//! `message`: Twilio's messages: send one, fetch one, walk over all, redact, delete.

use clap::{Args, Subcommand};
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use super::Chosen;
use super::delivery::since;
use super::failure::Failure;
use super::output::Output;
use super::remote::{self, USUAL_LIMIT, address, instant, missing, stream};
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
    List(ListArguments),
    /// Empty the text of one at Twilio and keep the rest
    Redact(ChangeArguments),
    /// Delete one at Twilio
    Delete(ChangeArguments),
}

#[derive(Debug, Args)]
pub(super) struct ListArguments {
    /// To this number only
    #[arg(long, value_name = "NUMBER")]
    to: Option<String>,
    /// From this number only
    #[arg(long, value_name = "NUMBER")]
    from: Option<String>,
    /// Sent since a date, a time or an age: 2026-03-08, 12h, 7d (Twilio counts whole days)
    #[arg(long)]
    since: Option<String>,
    /// How many at most
    #[arg(long, value_name = "N", default_value_t = USUAL_LIMIT)]
    limit: usize,
    #[command(flatten)]
    shape: Shape,
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
        Message::List(arguments) => {
            let at = |text: &String| since(text, Clock::System.now());
            let pages = carrier.messages(&MessageFilter {
                to: arguments.to.as_deref(),
                from: arguments.from.as_deref(),
                since: arguments.since.as_ref().map(at).transpose()?,
                page_size: 50,
            });
            let shape = arguments.shape;
            if !shape.json {
                output.line(HEADING)?;
            }
            let print = |message: &Resource, output: &mut Output| put(message, shape, output);
            stream(pages, arguments.limit, "messages", output, print).await
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

/// One line of fixed columns: a list that streams knows no widest cell.
fn put(message: &Resource, shape: Shape, output: &mut Output) -> Result<(), Failure> {
    let line = Line::of(message, shape.show_numbers);
    if shape.json {
        return output.json(&line);
    }
    let error = line
        .error_code
        .map(|code| code.to_string())
        .unwrap_or_default();
    let segments = line.segments.map(|n| n.to_string()).unwrap_or_default();
    let text = format!(
        "{:<34}  {:<11}  {:<14}  {:<16}  {:>3}  {:>5}  {}",
        line.sid,
        line.status.unwrap_or_default(),
        line.direction.unwrap_or_default(),
        if line.direction == Some("inbound") {
            &line.from
        } else {
            &line.to
        },
        segments,
        error,
        line.sent_at.or(line.created_at).unwrap_or_default(),
    );
    output.line(text.trim_end())
}

const HEADING: &str = "sid                                 status       direction       phone             seg  error  sent (UTC)";

/// 1,600 characters, in the shortest segments there are.
const MOST_SEGMENTS: usize = 24;
