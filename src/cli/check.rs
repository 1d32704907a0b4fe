//! `check`: everything that would keep the daemon from working, all at once, each with its mend.

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
use crate::domain::place::Coordinates;
use crate::store::{OpenError, Settings, Store};
use crate::weather::{Freshness, Spot};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Ask nobody outside of this machine
    #[arg(long)]
    offline: bool,
}

/// A clock before this is not set: the program is younger.
const EARLIEST: &str = "2026-11-01T00:00:00Z";

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
        database(&config.store(), now, &mut report).await;
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

async fn database(settings: &Settings, now: Timestamp, report: &mut Report) {
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
            store.close().await;
        }
        Err(OpenError::Missing(_)) => report.fine(
            "database",
            format!("{path}: not there yet, made at the first start"),
        ),
        Err(error) => report.wrong("database", error.to_string()),
    }
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
