//! `forecast`: the text that would be sent for a place, without sending it.

use clap::{Args, ValueEnum};
use jiff::{Span, Timestamp};
use serde::Serialize;

use super::failure::Failure;
use super::output::Output;
use super::place::one_candidate;
use super::shape::PlaceShape;
use super::subscriber::LanguageArgument;
use super::{Chosen, wires};

use crate::clock::Clock;
use crate::domain::command::{Asked, Command, When};
use crate::domain::compose::{Ask, ClockStyle, forecast_text, spoken_text};
use crate::domain::forecast::Window;
use crate::domain::message::MessageBody;
use crate::domain::place::{Candidate, Place};
use crate::domain::subscriber::Units;
use crate::places::Places;
use crate::weather::{Freshness, Spot, WeatherError};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// A town, postcode, airport or coordinates; in quotes if it has several words
    #[arg(allow_hyphen_values = true)]
    place: String,
    /// now, today, tonight, tomorrow, a weekday, weekend, week or hours [default: now]
    when: Option<String>,
    /// Units of the text [default: those of the place's country]
    #[arg(long, value_enum)]
    units: Option<UnitsArgument>,
    /// en, es, fr, de, pt or it
    #[arg(long, default_value = "en")]
    language: LanguageArgument,
    /// The text as a voice reads it
    #[arg(long)]
    voice: bool,
    /// One JSON object
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum UnitsArgument {
    Metric,
    Imperial,
}

/// Septets of one message.
const ROOM: usize = 160;

/// Resolves, asks and composes.
pub(super) async fn run(
    arguments: &Arguments,
    chosen: &Chosen,
    output: &mut Output,
) -> Result<(), Failure> {
    let now = Clock::System.now();
    let (found, window) = asked_for(arguments, now)?;
    let place = &found.place;
    let config = chosen.small_config()?;
    let weather = wires::weather(&config)?;
    let forecast = weather
        .forecast(&Spot::from(place), Freshness::Answer, now)
        .await
        .map_err(|error| match error {
            WeatherError::NoData => {
                Failure::sentence(format!("there is no weather for {}", place.name))
            }
            WeatherError::Down => Failure::sentence(
                "no weather service answered; is this machine online, are weather.providers right?",
            ),
        })?;
    let units = match arguments.units {
        None => Units::of_country(place.country),
        Some(UnitsArgument::Metric) => Units::Metric,
        Some(UnitsArgument::Imperial) => Units::Imperial,
    };
    let LanguageArgument(language) = arguments.language;
    let ask = Ask {
        language,
        place,
        window,
        units,
        clock: ClockStyle::for_reader(language, Some(place.country)),
        reader: Some(place.country),
        now,
        room: ROOM,
    };
    let compose = if arguments.voice {
        spoken_text
    } else {
        forecast_text
    };
    let text = compose(&forecast, &ask)
        .map_err(|_| Failure::sentence("the forecast does not reach that far"))?;
    let body = MessageBody::new(&text);
    let shape = ForecastShape {
        text: body.as_str(),
        encoding: body.encoding().to_string(),
        septets: body.septets(),
        segments: body.segments(),
        place: PlaceShape::from(&found),
        provider: forecast.provider,
        issued_at: forecast.issued_at.to_string(),
    };
    if arguments.json {
        return output.json(&shape);
    }
    tell(&shape, forecast.issued_at, output)
}

/// The place and the stretch of time: two arguments, or both in one as one would text them.
fn asked_for(arguments: &Arguments, now: Timestamp) -> Result<(Candidate, Window), Failure> {
    let places = Places::embedded();
    if let Some(when) = arguments.when.as_deref() {
        let found = one_candidate(&places, &arguments.place, None).map_err(Failure::sentence)?;
        let window = window(Command::parse(when), &found.place, now)?;
        return Ok((found, window));
    }
    let typed = one_candidate(&places, &arguments.place, None);
    let texted = match Command::parse(&arguments.place) {
        Command::Forecast(Asked {
            place: Some(place),
            when: Some(when),
        }) => Some((place.text, when)),
        _ => None,
    };
    if let Some((name, when)) = texted
        && let Ok(found) = one_candidate(&places, &name, None)
    {
        let asked = Command::Forecast(Asked {
            place: None,
            when: Some(when),
        });
        let window = window(asked, &found.place, now)?;
        return Ok((found, window));
    }
    Ok((typed.map_err(Failure::sentence)?, Window::Now))
}

fn tell(
    shape: &ForecastShape<'_>,
    issued_at: Timestamp,
    output: &mut Output,
) -> Result<(), Failure> {
    let segments = if shape.segments == 1 {
        "1 segment".to_owned()
    } else {
        format!("{} segments", shape.segments)
    };
    output.line(shape.text)?;
    output.line(&format!(
        "{}, {} septets, {segments}; {} of {issued_at:.0}",
        shape.encoding, shape.septets, shape.provider
    ))
}

/// What the documentation promises of a forecast.
#[derive(Serialize)]
struct ForecastShape<'a> {
    text: &'a str,
    encoding: String,
    septets: usize,
    segments: usize,
    place: PlaceShape<'a>,
    provider: &'a str,
    issued_at: String,
}

/// The stretch of time that a *when* word means.
fn window(asked: Command, place: &Place, now: Timestamp) -> Result<Window, Failure> {
    let when = match asked {
        Command::Forecast(Asked { place: None, when }) => when,
        _ => None,
    };
    let today = now.to_zoned(place.zone.rules().clone()).date();
    match when {
        Some(When::Window(window)) => Ok(window),
        Some(When::InDays(days)) if days < 7 => {
            let date = today
                .checked_add(Span::new().days(i64::from(days)))
                .unwrap_or(today);
            Ok(Window::Weekday(date.weekday()))
        }
        _ => Err(Failure::usage(
            "WHEN is one of now, today, tonight, tomorrow, a weekday, weekend, week, hours; a place of several words stands in quotes",
        )),
    }
}
