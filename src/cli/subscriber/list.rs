//! `subscriber list` and `subscriber show`: one line a subscription.

use clap::Args;
use serde::Serialize;

use super::{everything, known, number};
use crate::cli::delivery;
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::cli::shape::{Shape, shown};
use crate::cli::table::Table;
use crate::domain::compose::place_label;
use crate::domain::subscriber::{Standing, Subscriber, Subscription};
use crate::store::{DeliveryFilter, Store, SubscriberFilter};

#[derive(Debug, Args)]
pub(in crate::cli) struct ListArguments {
    /// Only these: active, paused or stopped
    #[arg(long, value_name = "STATUS", value_parser = ["active", "paused", "stopped"])]
    status: Option<String>,
    #[command(flatten)]
    shape: Shape,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ShowArguments {
    /// The number, with + and country code
    phone: String,
    /// Everything that is kept of it, words and consent included, as one JSON object: for whoever asks what you hold about them
    #[arg(long)]
    everything: bool,
    #[command(flatten)]
    shape: Shape,
}

/// Subscribers of one page.
const PAGE: usize = 1000;

/// Lists them.
pub(super) async fn run(
    arguments: &ListArguments,
    store: &Store,
    output: &mut Output,
) -> Result<(), Failure> {
    let mut table = heading();
    let mut after = None;
    loop {
        let page = store
            .subscriptions(SubscriberFilter {
                phone: None,
                after,
                limit: PAGE,
            })
            .await?;
        for row in &page {
            for subscription in row.lines() {
                let line = Line::of(&row.subscriber, subscription, arguments.shape.show_numbers);
                if arguments
                    .status
                    .as_ref()
                    .is_some_and(|wanted| wanted != line.status)
                {
                    continue;
                }
                put(&line, arguments.shape, &mut table, output)?;
            }
        }
        after = page.last().map(|row| row.id);
        if page.len() < PAGE {
            break;
        }
    }
    finish(&table, arguments.shape, output)
}

/// Shows one, with its last deliveries.
pub(super) async fn show(
    arguments: &ShowArguments,
    store: &Store,
    output: &mut Output,
) -> Result<(), Failure> {
    let phone = number(&arguments.phone)?;
    let subscriber = known(store, &phone).await?;
    if arguments.everything {
        return everything::print(&subscriber, store, output).await;
    }
    let mut table = heading();
    let subscriptions = subscriber.subscriptions.iter().map(Some);
    let none = subscriber.subscriptions.is_empty().then_some(None);
    for subscription in subscriptions.chain(none) {
        let line = Line::of(&subscriber, subscription, arguments.shape.show_numbers);
        put(&line, arguments.shape, &mut table, output)?;
    }
    finish(&table, arguments.shape, output)?;
    if arguments.shape.json {
        return Ok(());
    }
    let filter = DeliveryFilter {
        phone: Some(phone),
        limit: 10,
        ..DeliveryFilter::default()
    };
    output.line("\nThe last deliveries:")?;
    delivery::print(&store.deliveries(filter).await?, arguments.shape, output)
}

/// The documented fields of a subscription.
#[derive(Serialize)]
pub(super) struct Line<'a> {
    id: Option<i64>,
    phone: String,
    status: &'static str,
    paused_until: Option<String>,
    #[serde(skip)]
    label: String,
    place: Option<&'a str>,
    country: Option<&'a str>,
    timezone: Option<&'a str>,
    time: Option<String>,
    days: Option<String>,
    only_if: Option<&'static str>,
    channel: Option<&'static str>,
    units: &'static str,
    language: &'static str,
    next_due_at: Option<String>,
}

impl<'a> Line<'a> {
    pub(super) fn of(
        subscriber: &'a Subscriber,
        subscription: Option<&'a Subscription>,
        whole: bool,
    ) -> Self {
        let stopped = matches!(subscriber.standing, Standing::Stopped { .. });
        let pause = subscription.and_then(|s| s.pause);
        let next = subscription.and_then(|s| s.next).filter(|_| !stopped);
        Self {
            id: subscription.and_then(|s| s.id).map(|id| id.0),
            phone: shown(&subscriber.phone, whole),
            status: match (stopped, pause) {
                (true, _) => "stopped",
                (false, Some(_)) => "paused",
                (false, None) => "active",
            },
            paused_until: pause
                .and_then(|pause| pause.until)
                .map(|date| date.to_string()),
            label: subscription
                .map(|s| place_label(&s.place, None))
                .unwrap_or_default(),
            place: subscription.map(|s| s.place.name.as_str()),
            country: subscription.map(|s| s.place.country.code()),
            timezone: subscription.map(|s| s.place.zone.name()),
            time: subscription.map(|s| s.time.to_string()),
            days: subscription.map(|s| s.days.to_string()),
            only_if: subscription.and_then(|s| s.only_if).map(|c| c.name()),
            channel: subscription.map(|s| s.channel.name()),
            units: subscriber.units().name(),
            language: subscriber.language().code(),
            next_due_at: next.map(|slot| format!("{:.0}", slot.at)),
        }
    }
}

fn heading() -> Table {
    Table::new([
        "id",
        "phone",
        "status",
        "place",
        "country",
        "time",
        "days",
        "only if",
        "units",
        "next due (UTC)",
    ])
}

fn put(
    line: &Line<'_>,
    shape: Shape,
    table: &mut Table,
    output: &mut Output,
) -> Result<(), Failure> {
    if shape.json {
        return output.json(line);
    }
    let text = |given: Option<&str>| given.unwrap_or_default().to_owned();
    table.row([
        line.id.map(|id| id.to_string()).unwrap_or_default(),
        line.phone.clone(),
        match &line.paused_until {
            Some(until) => format!("paused until {until}"),
            None => line.status.to_owned(),
        },
        line.label.clone(),
        text(line.country),
        text(line.time.as_deref()),
        text(line.days.as_deref()),
        text(line.only_if),
        line.units.to_owned(),
        text(line.next_due_at.as_deref()),
    ]);
    Ok(())
}

fn finish(table: &Table, shape: Shape, output: &mut Output) -> Result<(), Failure> {
    if shape.json {
        return Ok(());
    }
    table.lines().try_for_each(|line| output.line(&line))
}
