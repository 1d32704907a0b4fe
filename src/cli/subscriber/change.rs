//! `subscriber add`, `stop` and `forget`: one phone at a time.

use std::io::{self, IsTerminal};
use std::str::FromStr;

use clap::Args;

use super::wish::Wish;
use super::{known, number, unknown};
use crate::cli::failure::Failure;
use crate::cli::output::{Output, tell};
use crate::clock::Clock;
use crate::domain::compose::place_label;
use crate::domain::language::Language;
use crate::domain::schedule::SendTime;
use crate::domain::subscriber::{Standing, StoppedBy, Units};
use crate::places::Places;
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

#[derive(Debug, Args)]
#[group(id = "change", required = true, multiple = true, args = ["language", "units"])]
pub(in crate::cli) struct EditArguments {
    /// The number, with + and country code
    phone: String,
    /// en, es, fr, de, pt or it
    #[arg(long)]
    language: Option<LanguageArgument>,
    /// metric or imperial
    #[arg(long)]
    units: Option<UnitsArgument>,
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

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct UnitsArgument(Units);

impl FromStr for UnitsArgument {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Units::parse(&text.to_lowercase())
            .map(Self)
            .ok_or("metric or imperial")
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
        .read(&Places::embedded(), usual, now)
        .map_err(Failure::sentence)?;
    let (phone, subscription) = (row.phone.clone(), row.subscription.clone());
    for answer in store.import(vec![row], now).await? {
        answer.map_err(|why| Failure::sentence(why.to_string()))?;
    }
    let place = place_label(&subscription.place, None);
    let next = subscription
        .next
        .map(|slot| slot.at.to_zoned(subscription.place.zone.rules().clone()));
    let next = next
        .map(|at| at.strftime("%a %-d %b %H:%M %Z").to_string())
        .unwrap_or_default();
    output.line(&format!(
        "{phone} gets {place} at {} ({}); next: {next}",
        subscription.time, subscription.days
    ))
}

/// Changes what a phone is answered in.
pub(super) async fn edit(
    arguments: &EditArguments,
    store: &Store,
    output: &mut Output,
) -> Result<(), Failure> {
    let phone = number(&arguments.phone)?;
    let language = arguments
        .language
        .map(|LanguageArgument(language)| language);
    let units = arguments.units.map(|UnitsArgument(units)| units);
    let edited = store
        .edit_subscriber(&phone, Clock::System.now(), move |found| {
            let Some(mut me) = found else {
                return (None, None);
            };
            me.language = language.or(me.language);
            me.units = units.or(me.units);
            let now = (me.language().code(), me.units().name());
            (Some(me), Some(now))
        })
        .await?;
    let (language, units) = edited.ok_or_else(|| unknown(&phone))?;
    output.line(&format!(
        "{phone} is answered in {language} and {units} units"
    ))
}

/// Stops everything for a phone.
pub(super) async fn stop(
    arguments: &StopArguments,
    store: &Store,
    output: &mut Output,
) -> Result<(), Failure> {
    let phone = number(&arguments.phone)?;
    let now = Clock::System.now();
    let known = store
        .edit_subscriber(&phone, now, move |found| match found {
            None => (None, false),
            // What the person or the carrier stopped stays theirs to resume.
            Some(found) if matches!(found.standing, Standing::Stopped { .. }) => (None, true),
            Some(mut found) => {
                found.standing = Standing::Stopped {
                    at: now,
                    by: StoppedBy::Operator,
                };
                (Some(found), true)
            }
        })
        .await?;
    if !known {
        return Err(unknown(&phone));
    }
    output.line(&format!(
        "{phone} is stopped; START from that phone resumes it"
    ))
}

/// Erases a phone.
pub(super) async fn forget(
    arguments: &ForgetArguments,
    store: &Store,
    output: &mut Output,
) -> Result<(), Failure> {
    let phone = number(&arguments.phone)?;
    known(store, &phone).await?;
    if !arguments.yes {
        confirm(&format!("Erase everything about {phone}?"))?;
    }
    store.forget(&phone, Clock::System.now()).await?;
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
