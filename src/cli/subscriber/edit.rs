//! `subscriber edit`, `pause` and `resume`: what is set, changed by hand.

use clap::Args;
use jiff::civil::{Date, Weekday};
use jiff::{Timestamp, ToSpan};

use super::{LanguageArgument, known, number, wish};
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::cli::place::one_place;
use crate::clock::Clock;
use crate::domain::compose::place_label;
use crate::domain::phone::PhoneNumber;
use crate::domain::subscriber::{Channel, Condition, Subscription, SubscriptionId, Units};
use crate::domain::zone::Zone;
use crate::flow::manage::{self, Edit, Reading};
use crate::places::Places;
use crate::store::Store;

#[derive(Debug, Args)]
pub(in crate::cli) struct EditArguments {
    /// The number, with + and country code
    phone: String,
    /// Which of its subscriptions, by the id that `subscriber list` shows [default: the only one]
    #[arg(long)]
    id: Option<i64>,
    /// Another place, as it would be texted
    #[arg(long, allow_hyphen_values = true)]
    place: Option<String>,
    /// Another time of day, as it would be texted
    #[arg(long)]
    time: Option<String>,
    /// daily, weekdays, weekends or mon,wed,fri
    #[arg(long)]
    days: Option<String>,
    /// Only with this weather ahead: rain, snow, frost, wind or heat; none: always
    #[arg(long, value_name = "WEATHER")]
    only_if: Option<String>,
    /// text or call
    #[arg(long)]
    channel: Option<String>,
    /// metric or imperial, in all texts to the phone
    #[arg(long)]
    units: Option<String>,
    /// en, es, fr, de, pt or it, in all texts and calls to the phone
    #[arg(long)]
    language: Option<LanguageArgument>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct PauseArguments {
    /// The number, with + and country code
    phone: String,
    /// The first date on which it comes again: 2026-12-24, or a weekday [default: until it is resumed]
    until: Option<String>,
    /// Only this of its subscriptions, by the id that `subscriber list` shows
    #[arg(long)]
    id: Option<i64>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ResumeArguments {
    /// The number, with + and country code
    phone: String,
    /// Only this of its subscriptions, by the id that `subscriber list` shows
    #[arg(long)]
    id: Option<i64>,
}

/// Changes a phone, and one subscription of it.
pub(super) async fn edit(
    arguments: &EditArguments,
    store: &Store,
    output: &mut Output,
) -> Result<(), Failure> {
    let phone = number(&arguments.phone)?;
    let change = read(arguments, &phone).map_err(Failure::sentence)?;
    let tongue = reading(arguments).map_err(Failure::sentence)?;
    if change == Edit::default() && tongue == Reading::default() {
        return Err(Failure::sentence(
            "nothing to change was given; for example --time 6:30am (`weatherline subscriber edit --help` has all)",
        ));
    }
    let (which, now) = (arguments.id.map(SubscriptionId), Clock::System.now());
    if change != Edit::default() {
        let changed = manage::edit(store, &phone, which, change, now).await?;
        tell(&phone, &[changed], output)?;
    }
    if tongue != Reading::default() {
        let (language, units) = manage::read_as(store, &phone, tongue, now).await?;
        let (language, units) = (language.code(), units.name());
        output.line(&format!(
            "{phone} is answered in {language} and {units} units"
        ))?;
    }
    Ok(())
}

/// Pauses.
pub(super) async fn pause(
    arguments: &PauseArguments,
    store: &Store,
    output: &mut Output,
) -> Result<(), Failure> {
    let phone = number(&arguments.phone)?;
    let now = Clock::System.now();
    let subscriber = known(store, &phone).await?;
    let zone = subscriber.own_place().map(|place| &place.zone);
    let until = arguments.until.as_deref();
    let until = until
        .map(|text| date(text, zone, now).map_err(Failure::sentence))
        .transpose()?;
    let which = arguments.id.map(SubscriptionId);
    let paused = manage::pause(store, &phone, which, until, now).await?;
    let until = until.map_or_else(|| "it is resumed".to_owned(), |date| date.to_string());
    for mine in paused {
        let place = place_label(&mine.place, None);
        output.line(&format!("{phone}: {place} is paused until {until}"))?;
    }
    Ok(())
}

/// Ends a pause.
pub(super) async fn resume(
    arguments: &ResumeArguments,
    store: &Store,
    output: &mut Output,
) -> Result<(), Failure> {
    let phone = number(&arguments.phone)?;
    let (which, now) = (arguments.id.map(SubscriptionId), Clock::System.now());
    let resumed = manage::resume(store, &phone, which, now).await?;
    tell(&phone, &resumed, output)
}

fn tell(phone: &PhoneNumber, these: &[Subscription], output: &mut Output) -> Result<(), Failure> {
    for mine in these {
        output.line(&wish::sentence(phone, mine))?;
    }
    Ok(())
}

fn read(arguments: &EditArguments, phone: &PhoneNumber) -> Result<Edit, String> {
    let place = arguments.place.as_deref();
    let place = place
        .map(|text| one_place(&Places::embedded(), text, phone.country()))
        .transpose()?;
    let only_if = match arguments.only_if.as_deref() {
        Some("none") => Some(None),
        other => wish::given(
            other.unwrap_or_default(),
            Condition::parse,
            "--only-if is rain, snow, frost, wind, heat or none",
        )?
        .map(Some),
    };
    Ok(Edit {
        place,
        time: wish::time(arguments.time.as_deref().unwrap_or_default())?,
        days: wish::days(arguments.days.as_deref().unwrap_or_default())?,
        only_if,
        channel: wish::given(
            arguments.channel.as_deref().unwrap_or_default(),
            Channel::parse,
            "--channel is text or call",
        )?,
    })
}

fn reading(arguments: &EditArguments) -> Result<Reading, String> {
    Ok(Reading {
        language: arguments
            .language
            .map(|LanguageArgument(language)| language),
        units: wish::given(
            arguments.units.as_deref().unwrap_or_default(),
            Units::parse,
            "--units is metric or imperial",
        )?,
    })
}

/// A date ahead, or the next such weekday.
fn date(text: &str, zone: Option<&Zone>, now: Timestamp) -> Result<Date, String> {
    const RULE: &str = "a date is written like 2026-12-24, or as a weekday: fri";
    let today = match zone {
        Some(zone) => zone.rules().to_datetime(now).date(),
        None => now.to_zoned(jiff::tz::TimeZone::UTC).date(),
    };
    if let Ok(date) = text.trim().parse::<Date>() {
        return match date > today {
            true => Ok(date),
            false => Err(format!("{date} is not ahead; {RULE}")),
        };
    }
    let day = weekday(text).ok_or(RULE)?;
    let ahead = (day.to_monday_zero_offset() - today.weekday().to_monday_zero_offset() + 6) % 7 + 1;
    today
        .checked_add(i32::from(ahead).days())
        .map_err(|error| error.to_string())
}

fn weekday(text: &str) -> Option<Weekday> {
    const DAYS: [(&str, Weekday); 7] = [
        ("monday", Weekday::Monday),
        ("tuesday", Weekday::Tuesday),
        ("wednesday", Weekday::Wednesday),
        ("thursday", Weekday::Thursday),
        ("friday", Weekday::Friday),
        ("saturday", Weekday::Saturday),
        ("sunday", Weekday::Sunday),
    ];
    let text = text.trim().to_ascii_lowercase();
    let found = DAYS
        .iter()
        .find(|(name, _)| text.len() >= 3 && name.starts_with(&text));
    found.map(|(_, day)| *day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_lie_ahead() {
        let friday: Timestamp = "2026-11-27T23:30:00Z".parse().unwrap();
        let paris = Zone::named("Europe/Paris").unwrap();
        let read =
            |text: &str, zone: Option<&Zone>| date(text, zone, friday).map(|date| date.to_string());
        assert_eq!(read("2026-12-24", None).unwrap(), "2026-12-24");
        assert_eq!(read("Fri", None).unwrap(), "2026-12-04");
        assert_eq!(read("saturday", None).unwrap(), "2026-11-28");
        // There it is Saturday already.
        assert_eq!(read("saturday", Some(&paris)).unwrap(), "2026-12-05");
        assert!(read("2026-11-27", None).unwrap_err().contains("not ahead"));
        assert!(
            read("someday", None)
                .unwrap_err()
                .contains("like 2026-12-24")
        );
    }
}
