//! `backup` and `restore`: a whole copy made beside the running daemon, and a way back that sends no morning again.

use std::path::{Path, PathBuf};

use clap::Args;
use jiff::SignedDuration;

use super::Chosen;
use super::failure::Failure;
use super::output::{Output, Progress};
use super::subscriber::confirm;
use super::{rotation, wires};
use crate::clock::Clock;
use crate::flow::{Reconciled, Reconciling};
use crate::places::Places;
use crate::store::{self, Restoring, Store};

/// Where to.
#[derive(Debug, Args)]
pub(super) struct BackupArguments {
    /// The file to write; it must not be there yet
    #[arg(required_unless_present = "directory", conflicts_with = "directory")]
    file: Option<PathBuf>,
    /// Write a dated file into this directory instead
    #[arg(long, value_name = "DIRECTORY")]
    directory: Option<PathBuf>,
    /// How many dated files stay in the directory; older ones are removed once the new one is verified
    #[arg(long, value_name = "N", requires = "directory", default_value_t = 14, value_parser = clap::value_parser!(u16).range(1..=10_000))]
    keep: u16,
}

/// Where from.
#[derive(Debug, Args)]
pub(super) struct RestoreArguments {
    /// A file that `backup` wrote
    file: PathBuf,
    /// Only look whether it could be restored
    #[arg(long)]
    verify_only: bool,
    /// Do it without a question
    #[arg(long)]
    yes: bool,
}

/// Copies the database, beside a running daemon or without one.
pub(super) async fn backup(
    asked: &BackupArguments,
    chosen: &Chosen,
    output: &mut Output,
) -> Result<(), Failure> {
    let settings = chosen.small_config()?.store();
    match (&asked.file, &asked.directory) {
        (Some(file), _) => copy(&settings, file, output).await,
        (None, Some(directory)) => {
            rotation::make(directory).map_err(|error| unusable(directory, &error))?;
            let file = rotation::dated(directory, Clock::System.now());
            copy(&settings, &file, output).await?;
            let removed = rotation::trim(directory, usize::from(asked.keep))
                .map_err(|error| unusable(directory, &error))?;
            match removed {
                0 => Ok(()),
                _ => output.line(&format!("{removed} older removed, {} kept", asked.keep)),
            }
        }
        (None, None) => Ok(()),
    }
}

async fn copy(settings: &store::Settings, file: &Path, output: &mut Output) -> Result<(), Failure> {
    let store = Store::open_read_only(settings)?;
    let copied = store.backup(file).await;
    store.close().await;
    copied?;
    store::verify(file)?;
    let bytes = std::fs::metadata(file)?.len();
    output.line(&format!(
        "{}: {} KiB, verified",
        file.display(),
        bytes.div_ceil(1024)
    ))
}

fn unusable(directory: &Path, error: &std::io::Error) -> Failure {
    Failure::sentence(format!(
        "the directory {} cannot be used for backups: {error}",
        directory.display()
    ))
}

/// Puts a backup in the place of the database, once Twilio's lists have told what was sent since.
pub(super) async fn restore(
    asked: &RestoreArguments,
    chosen: &Chosen,
    output: &mut Output,
) -> Result<(), Failure> {
    let schema = store::verify(&asked.file)?;
    if asked.verify_only {
        return output.line(&format!("{}: sound, schema {schema}", asked.file.display()));
    }
    let config = chosen.small_config()?;
    let settings = config.store();
    let Some(carrier) = wires::carrier(&config)? else {
        return Err(Failure::sentence(
            "restoring needs TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN: without Twilio's message list mornings could be sent again; nothing was changed",
        ));
    };
    let restoring = Restoring::begin(&settings, &asked.file)?;
    if !asked.yes {
        let question = format!(
            "Put {} in the place of {}? The old one stays beside it.",
            asked.file.display(),
            settings.path.display()
        );
        confirm(&question)?;
    }
    let flow = config.flow();
    let now = Clock::System.now();
    let copy = restoring.open()?;
    let places = Places::embedded();
    let reconciling = Reconciling {
        store: &copy,
        carrier: &carrier,
        places: &places,
        rules: &flow.rules,
        lateness: SignedDuration::from_mins(i64::from(flow.lateness_minutes)),
    };
    let mut progress = Progress::of("messages and calls");
    let done = reconciling.run(now, &mut |read| progress.at(read)).await;
    drop(progress);
    copy.close().await;
    let done = done.map_err(|error| Failure::sentence(format!("{error}; nothing was changed")))?;
    let old = restoring.finish(now)?;
    tell(&done, output)?;
    if let Some(old) = old {
        output.line(&format!("The old database is {}", old.display()))?;
    }
    output.line("Restored. The next step: weatherline serve (under systemd: sudo systemctl start weatherline)")
}

fn tell(done: &Reconciled, output: &mut Output) -> Result<(), Failure> {
    output.line(&format!(
        "Twilio's lists since {:.0}: {} messages and calls; {} forecasts had been sent since the backup, {} texts of people were acted on again, {} unsettled deliveries are held until the lists settle them",
        done.since, done.read, done.sent, done.replayed, done.held
    ))
}
