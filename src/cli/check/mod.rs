//! `check`: everything that would keep the daemon from working, all at once, each with its mend.

use std::collections::BTreeMap;
use std::path::Path;

use clap::Args;
use jiff::{SignedDuration, Timestamp};

use super::failure::Failure;
use super::output::Output;
use super::table::Table;
use super::time_zones::TimeZones;
use super::wires;
use crate::clock::Clock;
use crate::config::{Config, ConfigError, Environment, Need, Shown};
use crate::domain::delivery::DeliveryStatus;
use crate::domain::pace::Pace;
use crate::domain::place::Coordinates;
use crate::store::{OpenError, Settings, Store, StoreError};
use crate::weather::{Freshness, Spot};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Ask nobody outside of this machine
    #[arg(long)]
    offline: bool,
}

/// A clock before this is not set: the program is younger.
const EARLIEST: &str = "2026-11-01T00:00:00Z";

const DAY: SignedDuration = SignedDuration::from_hours(24);
const WEEK: SignedDuration = SignedDuration::from_hours(7 * 24);
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
        database(&config.store(), pace, now, &mut report).await;
    }
    report.fine("time zones", zones.to_string());
    clock(now, &mut report);
    match (&rest, asked.offline) {
        (Some(config), false) => outside(config, now, &mut report).await?,
        _ => report.left_out("twilio, weather"),
    }
    report.print(output)?;
    if let Ok(config) = &config {
        output.line("")?;
        output.line(&Shown(config, &environment).to_string())?;
    }
    if report.problems > 0 {
        return Err(Failure::Told);
    }
    output.line("\nAll is well. The next step: weatherline serve")
}

async fn database(settings: &Settings, pace: f64, now: Timestamp, report: &mut Report) {
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
                        report.wrong("clock", "it runs behind the last tick of the daemon; set it, or mornings come late".to_owned());
                    }
                }
                Err(error) => report.wrong("database", error.to_string()),
            }
            if let Err(error) = outbox(&store, pace, now, report).await {
                report.wrong("deliveries", error.to_string());
            }
            store.close().await;
        }
        Err(OpenError::Missing(_)) => report.fine(
            "database",
            format!("{path}: not there yet, made at the first start"),
        ),
        Err(error) => report.wrong("database", error.to_string()),
    }
}

/// What is not over, what nobody could tell, and how long the next burst will take.
async fn outbox(
    store: &Store,
    segments_per_second: f64,
    now: Timestamp,
    report: &mut Report,
) -> Result<(), StoreError> {
    let since = now.saturating_sub(WEEK).unwrap_or(Timestamp::MIN);
    let counts = store.counts(since).await?;
    let of = |status: DeliveryStatus| counts.iter().find(|(s, _)| *s == status).map_or(0, |c| c.1);
    let (unclear, unknown) = (of(DeliveryStatus::Unclear), of(DeliveryStatus::Unknown));
    report.fine(
        "deliveries",
        format!("in 7 days: {unclear} unclear (held until Twilio tells), {unknown} unknown (nobody could tell)"),
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

/// What only those outside can tell: whether the account opens and the weather answers.
async fn outside(config: &Config, now: Timestamp, report: &mut Report) -> Result<(), Failure> {
    match wires::carrier(config)? {
        None => report.left_out("twilio"),
        Some(carrier) => match carrier.account().await {
            Ok(account) if !account.is_active() => report.wrong(
                "twilio",
                "the account is not active; Twilio's console says why".to_owned(),
            ),
            Ok(account) if account.is_trial() => report.fine(
                "twilio",
                "the account opens; as a trial it may text verified phones only".to_owned(),
            ),
            Ok(_) => report.fine("twilio", "the account opens".to_owned()),
            Err(error) => report.wrong(
                "twilio",
                format!(
                    "{error}; are TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN and twilio.api_url right?"
                ),
            ),
        },
    }
    let Some(coordinates) = Coordinates::new(51.48, 0.0) else {
        return Ok(());
    };
    let greenwich = Spot {
        coordinates,
        elevation_m: None,
        country: None,
    };
    match wires::weather(config)?
        .forecast(&greenwich, Freshness::Answer, now)
        .await
    {
        Ok(forecast) => report.fine("weather", format!("{} answers", forecast.provider)),
        Err(_) => report.wrong(
            "weather",
            "no service answered; is this machine online, are weather.providers right?".to_owned(),
        ),
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
            format!("it says {now:.0}, which is past; set it, or enable time synchronisation"),
        );
    } else {
        report.fine("clock", format!("{now:.0}"));
    }
}

/// What was found, in order.
#[derive(Default)]
struct Report {
    lines: Vec<(&'static str, &'static str, String)>,
    problems: usize,
}

impl Report {
    fn fine(&mut self, what: &'static str, found: String) {
        self.lines.push((what, "ok", found));
    }

    fn left_out(&mut self, what: &'static str) {
        self.lines.push((what, "-", "not asked".to_owned()));
    }

    fn wrong(&mut self, what: &'static str, why: String) {
        self.problems += 1;
        self.lines.push((what, "WRONG", why));
    }

    fn wrong_config(&mut self, error: &ConfigError) {
        match error {
            ConfigError::Unreadable { .. } => self.wrong("configuration", error.to_string()),
            ConfigError::Wrong { problems, .. } => {
                problems
                    .iter()
                    .for_each(|problem| self.wrong("configuration", problem.to_string()));
            }
        }
    }

    fn print(&self, output: &mut Output) -> Result<(), Failure> {
        let mut table = Table::new(["what", "", "found"]);
        for (what, verdict, found) in &self.lines {
            table.row([(*what).to_owned(), (*verdict).to_owned(), found.clone()]);
        }
        table.lines().try_for_each(|line| output.line(&line))
    }
}
