//! `delivery`: outgoing messages and what became of them.

use clap::{Args, Subcommand};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use super::Chosen;
use super::failure::Failure;
use super::output::Output;
use super::shape::{Shape, shown};
use super::subscriber::{confirm, number};
use super::table::Table;
use crate::clock::Clock;
use crate::domain::delivery::{DeliveryId, DeliveryStatus};
use crate::flow::manage::{self, Refusal};
use crate::store::{DeliveryFilter, DeliveryRow, Store};

/// Outgoing messages.
#[derive(Debug, Subcommand)]
pub(super) enum Delivery {
    /// List them, in the order they were made
    List(ListArguments),
    /// Show one
    Show {
        /// Its id
        id: i64,
        #[command(flatten)]
        shape: Shape,
    },
    /// Send a text that ended badly once more, as a delivery of its own; the running daemon sends it
    Retry {
        /// Its id
        id: i64,
        /// Do it without a question
        #[arg(long)]
        yes: bool,
    },
    /// Take back a text that still waits
    Cancel {
        /// Its id
        id: i64,
    },
}

#[derive(Debug, Args)]
pub(super) struct ListArguments {
    /// pending, attempting, unclear, accepted, sent, delivered, undelivered, failed, skipped or unknown
    #[arg(long)]
    status: Option<String>,
    /// Since a date or time: 2026-03-08, 2026-03-08T07:00:00Z, or an age: 30m, 12h, 7d
    #[arg(long)]
    since: Option<String>,
    /// Of this phone
    #[arg(long, value_name = "NUMBER")]
    phone: Option<String>,
    #[command(flatten)]
    shape: Shape,
}

/// Deliveries of one page.
const PAGE: usize = 1000;

/// Does what was asked.
pub(super) async fn run(
    command: &Delivery,
    chosen: &Chosen,
    output: &mut Output,
) -> Result<(), Failure> {
    // What is typed wrong is told before what is configured wrong.
    let filter = match command {
        Delivery::List(arguments) => filter(arguments)?,
        _ => DeliveryFilter::default(),
    };
    let config = chosen.small_config()?;
    let settings = config.store();
    let store = match command {
        Delivery::List(_) | Delivery::Show { .. } => Store::open_read_only(&settings)?,
        Delivery::Retry { .. } | Delivery::Cancel { .. } => Store::open_shared(&settings)?,
    };
    let lateness = SignedDuration::from_mins(i64::from(config.flow().lateness_minutes));
    let done = match command {
        Delivery::List(arguments) => list(arguments, filter, &store, output).await,
        Delivery::Show { id, shape } => show(*id, *shape, &store, output).await,
        Delivery::Retry { id, yes } => retry(*id, *yes, lateness, &store, output).await,
        Delivery::Cancel { id } => cancel(*id, &store, output).await,
    };
    store.close().await;
    done
}

fn filter(arguments: &ListArguments) -> Result<DeliveryFilter, Failure> {
    Ok(DeliveryFilter {
        status: arguments.status.as_deref().map(status).transpose()?,
        since: arguments
            .since
            .as_deref()
            .map(|text| since(text, Clock::System.now()))
            .transpose()?,
        phone: arguments
            .phone
            .as_deref()
            .map(number)
            .transpose()
            .map_err(Failure::into_usage)?,
        limit: PAGE,
        ..DeliveryFilter::default()
    })
}

async fn list(
    arguments: &ListArguments,
    mut filter: DeliveryFilter,
    store: &Store,
    output: &mut Output,
) -> Result<(), Failure> {
    let mut table = heading();
    loop {
        let page = store.deliveries(filter.clone()).await?;
        page.iter()
            .try_for_each(|row| put(row, arguments.shape, &mut table, output))?;
        filter.after_id = page.last().map(|row| row.id);
        if page.len() < PAGE {
            break;
        }
    }
    finish(&table, arguments.shape, output)
}

async fn show(id: i64, shape: Shape, store: &Store, output: &mut Output) -> Result<(), Failure> {
    let row = known(id, store).await?;
    if shape.json {
        return output.json(&Line::of(&row, shape.show_numbers));
    }
    print(std::slice::from_ref(&row), shape, output)
}

/// Never a double by itself: what may have arrived asks first, and asking twice sends once.
async fn retry(
    id: i64,
    yes: bool,
    lateness: SignedDuration,
    store: &Store,
    output: &mut Output,
) -> Result<(), Failure> {
    let row = known(id, store).await?;
    if row.status == DeliveryStatus::Unknown && !yes {
        confirm("Nobody knows whether this text arrived; it may come twice. Send it again?")?;
    }
    let copy = manage::resend(store, row.id, true, lateness, Clock::System.now()).await?;
    output.line(&format!(
        "delivery {copy} sends it once more; `weatherline delivery show {copy}` tells how it goes"
    ))
}

async fn cancel(id: i64, store: &Store, output: &mut Output) -> Result<(), Failure> {
    manage::cancel(store, DeliveryId(id), Clock::System.now()).await?;
    output.line(&format!("delivery {id} is cancelled"))
}

async fn known(id: i64, store: &Store) -> Result<DeliveryRow, Failure> {
    let id = DeliveryId(id);
    let found = store.delivery(id).await?;
    Ok(found.ok_or(Refusal::UnknownDelivery(id))?)
}

/// A few deliveries as a list shows them.
pub(super) fn print(
    rows: &[DeliveryRow],
    shape: Shape,
    output: &mut Output,
) -> Result<(), Failure> {
    let mut table = heading();
    rows.iter()
        .try_for_each(|row| put(row, shape, &mut table, output))?;
    finish(&table, shape, output)
}

fn status(name: &str) -> Result<DeliveryStatus, Failure> {
    DeliveryStatus::parse(&name.to_lowercase()).ok_or_else(|| {
        let names = DeliveryStatus::ALL.map(DeliveryStatus::name).join(", ");
        Failure::usage(format!("--status is one of {names}"))
    })
}

/// A date (from its midnight in UTC), a time, or how long ago: `30m`, `12h`, `7d`.
pub(super) fn since(text: &str, now: Timestamp) -> Result<Timestamp, Failure> {
    let age = || {
        let (count, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
        let minutes = match unit {
            "m" => 1,
            "h" => 60,
            "d" => 24 * 60,
            _ => return None,
        };
        let minutes = count
            .parse::<u32>()
            .ok()
            .and_then(|count| i64::from(count).checked_mul(minutes))?;
        now.checked_sub(SignedDuration::from_mins(minutes)).ok()
    };
    let date = || {
        Some(
            text.parse::<Date>()
                .ok()?
                .to_zoned(TimeZone::UTC)
                .ok()?
                .timestamp(),
        )
    };
    text.parse().ok().or_else(age).or_else(date).ok_or_else(|| {
        Failure::usage("--since is a date, a time or an age, such as 2026-03-08, 2026-03-08T07:00:00Z, 12h or 7d")
    })
}

/// The documented fields of a delivery.
#[derive(Serialize)]
struct Line<'a> {
    id: i64,
    phone: Option<String>,
    kind: &'static str,
    local_date: Option<String>,
    status: &'static str,
    reason: Option<&'a str>,
    sid: Option<&'a str>,
    attempts: u32,
    error_code: Option<u32>,
    segments: Option<u32>,
    due_at: String,
    created_at: String,
    updated_at: String,
}

impl<'a> Line<'a> {
    fn of(row: &'a DeliveryRow, whole: bool) -> Self {
        Self {
            id: row.id.0,
            phone: row.phone.as_ref().map(|phone| shown(phone, whole)),
            kind: row.kind.name(),
            local_date: row.local_date.map(|date| date.to_string()),
            status: row.status.name(),
            reason: row.reason.as_deref(),
            sid: row.sid.as_deref(),
            attempts: row.attempts,
            error_code: row.error_code,
            segments: row.segments,
            due_at: row.due_at.to_string(),
            created_at: row.created_at.to_string(),
            updated_at: row.updated_at.to_string(),
        }
    }
}

fn heading() -> Table {
    Table::new([
        "id",
        "phone",
        "kind",
        "date",
        "status",
        "reason",
        "tries",
        "error",
        "segments",
        "due (UTC)",
        "updated (UTC)",
    ])
}

fn put(
    row: &DeliveryRow,
    shape: Shape,
    table: &mut Table,
    output: &mut Output,
) -> Result<(), Failure> {
    let line = Line::of(row, shape.show_numbers);
    if shape.json {
        return output.json(&line);
    }
    let or_none = |number: Option<u32>| number.map(|n| n.to_string()).unwrap_or_default();
    table.row([
        line.id.to_string(),
        line.phone.clone().unwrap_or_default(),
        line.kind.to_owned(),
        line.local_date.clone().unwrap_or_default(),
        line.status.to_owned(),
        line.reason.unwrap_or_default().to_owned(),
        line.attempts.to_string(),
        or_none(line.error_code),
        or_none(line.segments),
        format!("{:.0}", row.due_at),
        format!("{:.0}", row.updated_at),
    ]);
    Ok(())
}

fn finish(table: &Table, shape: Shape, output: &mut Output) -> Result<(), Failure> {
    if shape.json {
        return Ok(());
    }
    table.lines().try_for_each(|line| output.line(&line))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn since_is_a_date_a_time_or_an_age() {
        let now: Timestamp = "2026-11-22T12:00:00Z".parse().unwrap();
        for (text, at) in [
            ("2026-03-08", "2026-03-08T00:00:00Z"),
            ("2026-03-08T07:00:00+01:00", "2026-03-08T06:00:00Z"),
            ("30m", "2026-11-22T11:30:00Z"),
            ("12h", "2026-11-22T00:00:00Z"),
            ("7d", "2026-11-15T12:00:00Z"),
        ] {
            assert_eq!(since(text, now).unwrap().to_string(), at, "{text}");
        }
        for bad in ["", "d", "7", "7w", "-7d", "yesterday", "4000000000d", "é"] {
            assert!(since(bad, now).is_err(), "{bad}");
        }
    }
}
