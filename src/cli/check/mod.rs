//! `check`: everything that would keep the daemon from working, all at once, each with its mend, and the one next step.

mod outside;
mod report;

use std::collections::BTreeMap;
use std::path::Path;

use clap::Args;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use self::report::Report;
use super::failure::Failure;
use super::output::Output;
use super::time_zones::TimeZones;
use crate::carrier::codes::meaning;
use crate::clock::Clock;
use crate::config::{Config, Environment, Need, Shown};
use crate::domain::canary::Canary;
use crate::domain::delivery::DeliveryStatus;
use crate::domain::pace::Pace;
use crate::domain::phone::PhoneNumber;
use crate::flow::{Hold, canary};
use crate::store::{OpenError, Settings, Store, StoreError};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Ask nobody outside of this machine
    #[arg(long)]
    offline: bool,
}

/// A clock before this is not set: the program is younger.
const EARLIEST: &str = "2026-11-01T00:00:00Z";

const SET_CLOCK: &str = "set the clock, or enable time synchronisation: timedatectl set-ntp true";
const READABLE: &str = "run it as the database's owner (sudo -u weatherline weatherline check), or restore a backup if the file is damaged";

const DAY: SignedDuration = SignedDuration::from_hours(24);
const BURST_ROWS: usize = 100_000;

/// Looks at everything and prints what was found, and the configuration in effect.
pub(super) async fn run(
    asked: &Arguments,
    file: Option<&Path>,
    zones: &TimeZones,
    output: &mut Output,
) -> Result<(), Failure> {
    let environment = Environment::of_process();
    let mut report = Report::default();
    let config = Config::load(file, &environment, Need::Everything);
    match (&config, file) {
        (Ok(_), Some(file)) => report.fine("configuration", file.display().to_string()),
        (Ok(_), None) => report.fine(
            "configuration",
            "only the defaults and the environment".to_owned(),
        ),
        (Err(error), _) => report.wrong_config(error),
    }
    // Whatever is wrong with it, the rest of it may still be looked at.
    let rest = config
        .as_ref()
        .ok()
        .cloned()
        .or_else(|| Config::load(file, &environment, Need::Nothing).ok());
    let now = Clock::System.now();
    if let Some(config) = &rest {
        let pace = config.flow().segments_per_second;
        let patience = SignedDuration::from_mins(config.delivery.lateness_minutes.into());
        let canary = config.monitoring.canary.as_ref();
        let canary = canary.map(|phone| (phone, patience));
        database(&config.store(), pace, canary, now, &mut report).await;
    }
    report.fine("time zones", zones.to_string());
    clock(now, &mut report);
    match (&rest, asked.offline) {
        (Some(config), false) => outside::ask(config, now, &mut report).await?,
        _ => {
            report.left_out("twilio, weather", "not asked");
            report.then("weatherline check, without --offline");
        }
    }
    report.print(output)?;
    if let Ok(config) = &config {
        output.line("")?;
        output.line(&Shown(config, &environment).to_string())?;
    }
    report.conclude(output)?;
    if report.problems > 0 {
        return Err(Failure::Told);
    }
    Ok(())
}

async fn database(
    settings: &Settings,
    pace: f64,
    canary: Option<(&PhoneNumber, SignedDuration)>,
    now: Timestamp,
    report: &mut Report,
) {
    let path = settings.path.display();
    match Store::open_read_only(settings) {
        Ok(store) => {
            match store.meta("last_tick").await {
                Ok(tick) => {
                    report.fine("database", path.to_string());
                    let tick = tick.and_then(|text| text.parse::<Timestamp>().ok());
                    if tick
                        .is_some_and(|tick| tick.duration_since(now) > SignedDuration::from_mins(5))
                    {
                        let why = "it runs behind the last tick of the daemon: mornings come late";
                        report.wrong("clock", why.to_owned(), SET_CLOCK);
                    }
                }
                Err(error) => report.wrong("database", error.to_string(), READABLE),
            }
            if let Some((phone, patience)) = canary
                && let Err(error) = watched(&store, phone, patience, now, report).await
            {
                report.wrong("canary", error.to_string(), READABLE);
            }
            if let Err(error) = outbox(&store, pace, now, report).await {
                report.wrong("deliveries", error.to_string(), READABLE);
            }
            store.close().await;
        }
        Err(OpenError::Missing(_)) => report.fine(
            "database",
            format!("{path}: not there yet, made at the first start"),
        ),
        Err(error) => report.wrong("database", error.to_string(), READABLE),
    }
}

/// The phone that proves the whole way: it must have something to prove it with, and prove it.
async fn watched(
    store: &Store,
    phone: &PhoneNumber,
    patience: SignedDuration,
    now: Timestamp,
    report: &mut Report,
) -> Result<(), StoreError> {
    match canary::look(store, phone, patience, now).await? {
        Canary::Absent => report.wrong(
            "canary",
            format!("{phone} is watched and has no text that comes every day"),
            "weatherline subscriber add NUMBER PLACE, with the number of monitoring.canary; every day, without a condition, not paused",
        ),
        Canary::Waiting { due_at } => report.fine(
            "canary",
            format!("{phone} proves nothing yet: its text is due {due_at:.0}"),
        ),
        Canary::Delivered { at } => {
            report.fine("canary", format!("{phone} got its last text {at:.0}"));
        }
        Canary::Missed { due_at, status } => report.wrong(
            "canary",
            format!(
                "{phone} did not get its text of {due_at:.0} in time: {}",
                status.map_or("it was not made", DeliveryStatus::name)
            ),
            "weatherline delivery list --phone, with the number of monitoring.canary; docs/operations.md, \"It did not text me\"",
        ),
    }
    Ok(())
}

/// What is not over, what nobody could tell, and how long the next burst will take.
async fn outbox(
    store: &Store,
    segments_per_second: f64,
    now: Timestamp,
    report: &mut Report,
) -> Result<(), StoreError> {
    let since = now.saturating_sub(DAY).unwrap_or(Timestamp::MIN);
    let counts = store.counts(since).await?;
    let of = |status: DeliveryStatus| counts.iter().find(|(s, _)| *s == status).map_or(0, |c| c.1);
    let (unclear, unknown) = (of(DeliveryStatus::Unclear), of(DeliveryStatus::Unknown));
    report.fine(
        "deliveries",
        format!("in a day: {unclear} unclear (held until Twilio tells), {unknown} unknown (nobody could tell)"),
    );
    match Hold::stored(store).await? {
        None => report.fine("sending", "not on hold".to_owned()),
        Some(hold) => {
            let waiting = of(DeliveryStatus::Pending);
            let meaning = meaning(hold.code).unwrap_or("Twilio's error catalogue knows it");
            report.wrong(
                "sending",
                format!(
                    "on hold since {:.0}, {waiting} waiting: Twilio answers {} ({meaning})",
                    hold.since, hold.code
                ),
                "mend it in Twilio's console or in the configuration; one text is tried now and then, and when it is taken the others follow",
            );
        }
    }
    let midnight = now.to_zoned(TimeZone::UTC).start_of_day();
    let spent = store
        .spent_since(midnight.map_or(now, |start| start.timestamp()))
        .await?;
    report.fine(
        "segments",
        format!("{} went out today (UTC), answers included", spent.segments),
    );
    let tomorrow = now.saturating_add(DAY).unwrap_or(Timestamp::MAX);
    let coming = store.upcoming(now, tomorrow, BURST_ROWS).await?;
    let mut by_hour: BTreeMap<i64, u64> = BTreeMap::new();
    for due in coming.iter().filter_map(|due| due.subscription.next) {
        *by_hour.entry(due.at.as_second() / 3600).or_default() += 1;
    }
    if let Some((hour, most)) = by_hour.into_iter().max_by_key(|(_, count)| *count) {
        let at = Timestamp::from_second(hour * 3600).unwrap_or(now);
        let takes = Pace::new(segments_per_second).seconds_for(most);
        let pace = if takes == 0 {
            "all at once".to_owned()
        } else {
            format!("{} min at your sender's pace", takes.div_ceil(60))
        };
        report.fine("busiest hour", format!("{most} texts from {at:.0}: {pace}"));
    }
    Ok(())
}

fn clock(now: Timestamp, report: &mut Report) {
    if EARLIEST
        .parse::<Timestamp>()
        .is_ok_and(|earliest| now < earliest)
    {
        report.wrong(
            "clock",
            format!("it says {now:.0}, which is past"),
            SET_CLOCK,
        );
    } else {
        report.fine("clock", format!("{now:.0}"));
    }
}
