//! `subscriber`: people and their forecasts.

mod change;
mod edit;
mod everything;
mod export;
mod import;
mod list;
mod wish;

use clap::Subcommand;

pub(super) use self::change::{LanguageArgument, confirm};

use super::Chosen;
use super::failure::Failure;
use super::output::Output;
use crate::domain::phone::PhoneNumber;
use crate::domain::subscriber::Subscriber as Known;
use crate::flow::manage::Refusal;
use crate::store::Store;

/// People and their forecasts.
#[derive(Debug, Subcommand)]
pub(super) enum Subscriber {
    /// List subscriptions, one a line
    List(list::ListArguments),
    /// Show one phone: its subscriptions and its last deliveries
    Show(list::ShowArguments),
    /// Subscribe a phone to a place
    Add(change::AddArguments),
    /// Change a subscription: place, time, days, condition, text or call; or a phone's units and language
    Edit(edit::EditArguments),
    /// Pause a phone's subscriptions until a date, or until they are resumed
    Pause(edit::PauseArguments),
    /// End a pause, or a stop that an operator made
    Resume(edit::ResumeArguments),
    /// Stop everything for a phone, until it texts START
    Stop(change::StopArguments),
    /// Erase everything about a phone, but a salted hash that keeps lists from bringing it back
    Forget(change::ForgetArguments),
    /// Add many from a CSV file: phone,place,time and perhaps days,units,only_if,language,consent
    Import(import::Arguments),
    /// Write all as a CSV file that import reads
    Export(export::Arguments),
}

/// Does what was asked.
pub(super) async fn run(
    command: &Subscriber,
    chosen: &Chosen,
    output: &mut Output,
) -> Result<(), Failure> {
    let config = chosen.small_config()?;
    let settings = config.store();
    let usual = config.forecasts.default_time;
    let store = match command {
        Subscriber::List(_) | Subscriber::Show(_) | Subscriber::Export(_) => {
            Store::open_read_only(&settings)?
        }
        _ => Store::open_shared(&settings)?,
    };
    let done = match command {
        Subscriber::List(arguments) => list::run(arguments, &store, output).await,
        Subscriber::Show(arguments) => list::show(arguments, &store, output).await,
        Subscriber::Add(arguments) => change::add(arguments, usual, &store, output).await,
        Subscriber::Edit(arguments) => edit::edit(arguments, &store, output).await,
        Subscriber::Pause(arguments) => edit::pause(arguments, &store, output).await,
        Subscriber::Resume(arguments) => edit::resume(arguments, &store, output).await,
        Subscriber::Stop(arguments) => change::stop(arguments, &store, output).await,
        Subscriber::Forget(arguments) => change::forget(arguments, chosen, &store, output).await,
        Subscriber::Import(arguments) => import::run(arguments, &store, usual, output).await,
        Subscriber::Export(arguments) => export::run(arguments, &store, output).await,
    };
    store.close().await;
    done
}

/// A phone number as an operator types it.
pub(super) fn number(text: &str) -> Result<PhoneNumber, Failure> {
    PhoneNumber::parse(text).map_err(|error| Failure::sentence(error.to_string()))
}

/// The phone as it stands.
async fn known(store: &Store, phone: &PhoneNumber) -> Result<Known, Failure> {
    let found = store.subscriber(phone).await?;
    Ok(found.ok_or(Refusal::UnknownPhone)?)
}
