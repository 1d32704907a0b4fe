//! `backup` and `restore`: a whole copy made beside the running daemon, and a way back that sends no morning again.

use std::path::PathBuf;

use clap::Args;
use jiff::SignedDuration;

use super::Chosen;
use super::failure::Failure;
use super::output::{Output, Progress};
use super::subscriber::confirm;
use super::wires;
use crate::clock::Clock;
use crate::flow::{Reconciled, Reconciling};
use crate::places::Places;
use crate::store::{self, Restoring, Store};

/// Where to.
#[derive(Debug, Args)]
pub(super) struct BackupArguments {
    /// The file to write; it must not be there yet
    file: PathBuf,
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
    let store = Store::open_read_only(&chosen.small_config()?.store())?;
    let copied = store.backup(&asked.file).await;
    store.close().await;
    copied?;
    store::verify(&asked.file)?;
    let bytes = std::fs::metadata(&asked.file)?.len();
    output.line(&format!(
        "{}: {} KiB, verified",
        asked.file.display(),
        bytes.div_ceil(1024)
    ))
}

/// Puts a backup in the place of the database, once Twilio's list has told what was sent since.
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
    let mut progress = Progress::of("messages");
    let done = reconciling.run(now, &mut |read| progress.at(read)).await;
    drop(progress);
    copy.close().await;
    let done = done.map_err(|error| Failure::sentence(format!("{error}; nothing was changed")))?;
    let old = restoring.finish(now)?;
    tell(&done, output)?;
    if let Some(old) = old {
        output.line(&format!("The old database is {}", old.display()))?;
    }
    output.line("Restored. The next step: weatherline serve")
}

fn tell(done: &Reconciled, output: &mut Output) -> Result<(), Failure> {
    output.line(&format!(
        "Twilio's list since {:.0}: {} messages; {} forecasts had been sent since the backup, {} texts of people were acted on again, {} unsettled texts are held until the list settles them",
        done.since, done.read, done.sent, done.replayed, done.held
    ))
}
