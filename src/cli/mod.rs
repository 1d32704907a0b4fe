//! The command line: one file a command family. Results go to the standard output, everything else to the standard error.

mod backup;
mod call;
mod check;
mod delivery;
mod directory;
mod failure;
mod forecast;
mod init;
mod listed;
mod logs;
mod message;
mod number;
mod output;
mod packaging;
mod place;
mod rehearse;
mod remote;
mod rotation;
mod serve;
mod shape;
mod simulate;
mod subscriber;
mod table;
mod time_zones;
mod wires;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

use self::failure::Failure;
use self::output::Output;
use self::time_zones::TimeZones;
use crate::config::{Config, Environment, Need};

/// Runs a command line to its end: 0 done, 1 it failed, 2 it was used wrongly.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    logs::keep_panics_quiet();
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            // Also help and version, which are no errors.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let mut output = Output::standard();
    let zones = time_zones::choose();
    let done = dispatch(arguments, &zones, &mut output);
    let flushed = output.flush();
    match done.and(flushed) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.end(),
    }
}

/// The commands there are, for documentation and its tests.
#[must_use]
pub fn command() -> clap::Command {
    Arguments::command()
}

/// A phone line for the weather: two-way texts and a daily forecast, on Twilio.
#[derive(Debug, Parser)]
#[command(name = "weatherline", version, max_term_width = 100)]
struct Arguments {
    /// The configuration file [default: ./config.toml, else /etc/weatherline/config.toml]
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
enum Command {
    /// Run the daemon: webhooks, the daily forecasts, the sender. SIGTERM or Ctrl-C ends it cleanly
    Serve(serve::Arguments),
    /// Try everything without an account: the daemon against a pretend carrier, with phones on a web page
    Simulate(simulate::Arguments),
    /// Live a year of mornings with clock changes and faults in a few minutes, and prove that nobody is texted twice or lost
    Rehearse(rehearse::Arguments),
    /// Write config.toml and .env from a few answers, and tell what to paste into Twilio's console
    Init(init::Arguments),
    /// Check configuration, database, clock, account, sender, webhooks and weather: every problem with its mend, and the next step
    Check(check::Arguments),
    /// Show the text that would be sent for a place
    Forecast(forecast::Arguments),
    /// Show what a typed place means
    Place(place::Arguments),
    /// People and their forecasts
    #[command(subcommand)]
    Subscriber(subscriber::Subscriber),
    /// Outgoing messages and what became of them
    #[command(subcommand)]
    Delivery(delivery::Delivery),
    /// Messages at Twilio: send, show, list, redact, delete
    #[command(subcommand)]
    Message(message::Message),
    /// Calls at Twilio: place, show, list, hang up
    #[command(subcommand)]
    Call(call::Call),
    /// The account's numbers and where their webhooks point
    #[command(subcommand)]
    Number(number::Number),
    /// Copy the database to a file, also beside a running daemon
    Backup(backup::BackupArguments),
    /// Put a backup in the place of the database; Twilio's list tells what was sent since, so that nothing is sent again
    Restore(backup::RestoreArguments),
    /// Print completions for a shell
    Completions {
        /// Which shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man,
}

fn dispatch(arguments: Arguments, zones: &TimeZones, output: &mut Output) -> Result<(), Failure> {
    let chosen = Chosen {
        file: arguments.config,
    };
    match arguments.command {
        Command::Serve(asked) => work(serve::run(&asked, &chosen, output)),
        Command::Simulate(asked) => work(simulate::run(&asked, output)),
        Command::Rehearse(asked) => work(rehearse::run(&asked, output)),
        Command::Init(asked) => init::run(&asked, output),
        Command::Check(asked) => wait(check::run(&asked, chosen.file().as_deref(), zones, output)),
        Command::Forecast(asked) => wait(forecast::run(&asked, &chosen, output)),
        Command::Place(asked) => place::run(&asked, output),
        Command::Subscriber(asked) => wait(subscriber::run(&asked, &chosen, output)),
        Command::Delivery(asked) => wait(delivery::run(&asked, &chosen, output)),
        Command::Message(asked) => wait(message::run(&asked, &chosen, output)),
        Command::Call(asked) => wait(call::run(&asked, &chosen, output)),
        Command::Number(asked) => wait(number::run(&asked, &chosen, output)),
        Command::Backup(asked) => wait(backup::backup(&asked, &chosen, output)),
        Command::Restore(asked) => wait(backup::restore(&asked, &chosen, output)),
        Command::Completions { shell } => packaging::completions(shell, output),
        Command::Man => packaging::manual(output),
    }
}

/// Runs a daemon: on every core.
fn work(work: impl Future<Output = Result<(), Failure>>) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build();
    runtime
        .map_err(|error| Failure::sentence(format!("no runtime: {error}")))?
        .block_on(work)
}

/// Runs a short command; what it waits for is few.
fn wait(work: impl Future<Output = Result<(), Failure>>) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime
        .map_err(|error| Failure::sentence(format!("no runtime: {error}")))?
        .block_on(work)
}

/// The configuration that the command line chose.
struct Chosen {
    file: Option<PathBuf>,
}

impl Chosen {
    fn file(&self) -> Option<PathBuf> {
        self.file.clone().or_else(Config::default_file)
    }

    /// For commands that speak with Twilio.
    fn whole_config(&self) -> Result<Config, Failure> {
        Ok(Config::load(
            self.file().as_deref(),
            &Environment::of_process(),
            Need::Everything,
        )?)
    }

    /// For commands that send nothing: what is absent is not needed.
    fn small_config(&self) -> Result<Config, Failure> {
        Ok(Config::load(
            self.file().as_deref(),
            &Environment::of_process(),
            Need::Nothing,
        )?)
    }
}
