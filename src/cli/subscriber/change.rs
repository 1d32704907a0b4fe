//! `subscriber add`, `stop` and `forget`: one phone at a time.

use std::io::{self, IsTerminal};
use std::str::FromStr;

use clap::Args;

use super::wish::{Atlas, Wish, sentence};
use super::{known, number};
use crate::cli::Chosen;
use crate::cli::failure::Failure;
use crate::cli::output::{Output, tell};
use crate::cli::remote::carrier;
use crate::clock::Clock;
use crate::domain::language::Language;
use crate::domain::schedule::SendTime;
use crate::flow::manage;
use crate::flow::redact::redact;
use crate::store::Store;

#[derive(Debug, Args)]
pub(in crate::cli) struct AddArguments {
    /// The number, with + and country code
    phone: String,
    /// A place, as it would be texted
    #[arg(allow_hyphen_values = true)]
    place: String,
    /// A time of day, as it would be texted [default: forecast.default_time]
    time: Option<String>,
    /// daily, weekdays, weekends or mon,wed,fri
    #[arg(long)]
    days: Option<String>,
    /// Only with this weather ahead: rain, snow, frost, wind or heat
    #[arg(long, value_name = "WEATHER")]
    only_if: Option<String>,
    /// metric or imperial [default: those of the phone's country]
    #[arg(long)]
    units: Option<String>,
    /// en, es, fr, de, pt or it [default: that of the phone's country]
    #[arg(long)]
    language: Option<String>,
    /// How the person agreed, kept as proof
    #[arg(long, value_name = "WORDS", default_value = "added by the operator")]
    consent: String,
}

/// A language by its code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) struct LanguageArgument(pub(in crate::cli) Language);

impl FromStr for LanguageArgument {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Language::parse(text)
            .map(Self)
            .ok_or("one of en, es, fr, de, pt, it")
    }
}

#[derive(Debug, Args)]
pub(in crate::cli) struct StopArguments {
    /// The number, with + and country code
    phone: String,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ForgetArguments {
    /// The number, with + and country code
    phone: String,
    /// Empty the texts in Twilio's own log too; their records stay there, as its bill
    #[arg(long)]
    at_twilio: bool,
    /// Without asking
    #[arg(long)]
    yes: bool,
}

/// Subscribes a phone.
pub(super) async fn add(
    arguments: &AddArguments,
    usual: SendTime,
    store: &Store,
    output: &mut Output,
) -> Result<(), Failure> {
    let text = |given: &Option<String>| given.clone().unwrap_or_default();
    let (time, days) = (text(&arguments.time), text(&arguments.days));
    let (units, only_if) = (text(&arguments.units), text(&arguments.only_if));
    let language = text(&arguments.language);
    let wish = Wish {
        phone: &arguments.phone,
        place: &arguments.place,
        time: &time,
        days: &days,
        units: &units,
        only_if: &only_if,
        language: &language,
        consent: &arguments.consent,
    };
    let now = Clock::System.now();
    let row = wish
        .read(&mut Atlas::new(), usual, now)
        .map_err(Failure::sentence)?;
    let (phone, subscription) = (row.phone.clone(), row.subscription.clone());
    for answer in store.import(vec![row], now).await? {
        answer.map_err(|why| Failure::sentence(why.to_string()))?;
    }
    output.line(&sentence(&phone, &subscription))
}

/// Stops everything for a phone.
pub(super) async fn stop(
    arguments: &StopArguments,
    store: &Store,
    output: &mut Output,
) -> Result<(), Failure> {
    let phone = number(&arguments.phone)?;
    manage::stop(store, &phone, Clock::System.now()).await?;
    output.line(&format!(
        "{phone} is stopped; START from that phone resumes it, and so does `weatherline subscriber resume`"
    ))
}

/// Erases a phone.
pub(super) async fn forget(
    arguments: &ForgetArguments,
    chosen: &Chosen,
    store: &Store,
    output: &mut Output,
) -> Result<(), Failure> {
    let phone = number(&arguments.phone)?;
    known(store, &phone).await?;
    if !arguments.yes {
        confirm(&format!("Erase everything about {phone}?"))?;
    }
    // First there: were it erased here already, nobody could ask for it again.
    if arguments.at_twilio {
        let (_, carrier) = carrier(chosen)?;
        let done = redact(&carrier, &phone).await?;
        output.line(&format!("Twilio: {} texts emptied", done.emptied))?;
        if done.under_way > 0 {
            return Err(Failure::sentence(format!(
                "{} texts are under way, and Twilio empties them only when they are over; nothing is erased here yet, try again in a minute",
                done.under_way
            )));
        }
    }
    manage::erase(store, &phone, Clock::System.now()).await?;
    output.line(&format!("{phone} is forgotten"))
}

/// Asks on a terminal; elsewhere `--yes` is needed.
pub(in crate::cli) fn confirm(question: &str) -> Result<(), Failure> {
    if !io::stdin().is_terminal() {
        return Err(Failure::sentence(
            "nobody can be asked here; add --yes to do it without a question",
        ));
    }
    tell(&format!("{question} [y/N]"));
    let mut answer = String::new();
    io::stdin().read_line(&mut answer)?;
    if matches!(answer.trim().to_lowercase().as_str(), "y" | "yes") {
        return Ok(());
    }
    Err(Failure::sentence("left as it was"))
}
