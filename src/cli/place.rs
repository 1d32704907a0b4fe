//! `place`: what a typed place means, one or many.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Deserialize;

use super::failure::Failure;
use super::output::{Output, Progress};
use super::shape::ResolutionShape;
use super::table::Table;
use crate::domain::compose::place_label;
use crate::domain::phone::Country;
use crate::domain::place::{Candidate, Place, PlaceQuery, Resolution};
use crate::places::Places;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// What somebody typed
    #[arg(
        allow_hyphen_values = true,
        required_unless_present = "batch",
        conflicts_with = "batch"
    )]
    query: Option<String>,
    /// A file of JSON lines {"query": …, "sender_country": …}; - for the standard input
    #[arg(long, value_name = "FILE")]
    batch: Option<PathBuf>,
    /// The sender's country, such as US
    #[arg(long, value_name = "COUNTRY")]
    country: Option<String>,
    /// How many places to show
    #[arg(long, value_name = "N", default_value_t = 9, value_parser = clap::value_parser!(u16).range(1..))]
    limit: u16,
    /// One JSON object a line
    #[arg(long)]
    json: bool,
}

/// Longer lines of a batch are cut, and then no JSON.
const LINE_BYTES_MAX: u64 = 64 * 1024;

/// Resolves what was typed, or every line of a file.
pub(super) fn run(arguments: &Arguments, output: &mut Output) -> Result<(), Failure> {
    let places = Places::embedded();
    let country = arguments.country.as_deref().map(country).transpose()?;
    let limit = usize::from(arguments.limit);
    if let Some(file) = &arguments.batch {
        return batch(&places, file, country, limit, arguments.json, output);
    }
    let text = arguments.query.clone().unwrap_or_default();
    let query = PlaceQuery {
        text,
        country,
        state: None,
    };
    show(
        &query,
        &places.resolve(&query),
        limit,
        arguments.json,
        output,
    )
}

/// The one place that is certainly meant, or a clause that names the others.
pub(super) fn one_place(
    places: &Places,
    text: &str,
    country: Option<Country>,
) -> Result<Place, String> {
    one_candidate(places, text, country).map(|candidate| candidate.place)
}

/// The same, with how well it fits.
pub(super) fn one_candidate(
    places: &Places,
    text: &str,
    country: Option<Country>,
) -> Result<Candidate, String> {
    let text = text.trim();
    if text.is_empty() {
        return Err("a place is missing".to_owned());
    }
    let query = PlaceQuery {
        text: text.to_owned(),
        country,
        state: None,
    };
    let named = |candidates: &[Candidate]| {
        let label = |candidate: &Candidate| place_label(&candidate.place, None);
        candidates.iter().map(label).collect::<Vec<_>>().join(", ")
    };
    let shown: String = text.chars().take(60).collect();
    match places.resolve(&query) {
        Resolution::Certain(candidate) => Ok(candidate),
        Resolution::Choice(many) => {
            Err(format!("\"{shown}\" could be {}; say which", named(&many)))
        }
        Resolution::Guess(many) => Err(format!(
            "there is no place \"{shown}\"; perhaps {}",
            named(&many)
        )),
        Resolution::None => Err(format!("there is no place \"{shown}\"")),
    }
}

/// The country of a code of two letters.
fn country(code: &str) -> Result<Country, Failure> {
    Country::parse(code)
        .ok_or_else(|| Failure::sentence("a country has a code of two letters, such as US"))
}

/// A line of a batch.
#[derive(Deserialize)]
struct Asked {
    query: String,
    sender_country: Option<String>,
}

fn batch(
    places: &Places,
    file: &Path,
    country: Option<Country>,
    limit: usize,
    json: bool,
    output: &mut Output,
) -> Result<(), Failure> {
    let mut lines = open(file)?;
    let mut progress = Progress::of("places");
    let mut failed = false;
    let mut line = Vec::new();
    for number in 1_usize.. {
        line.clear();
        let read = (&mut lines)
            .take(LINE_BYTES_MAX)
            .read_until(b'\n', &mut line);
        if read.map_err(|error| unreadable(file, &error))? == 0 {
            break;
        }
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        if number % 1000 == 0 {
            progress.at(number);
        }
        match asked(&line) {
            Ok(asked) => {
                let sender = asked
                    .sender_country
                    .as_deref()
                    .and_then(Country::parse)
                    .or(country);
                let query = PlaceQuery {
                    text: asked.query,
                    country: sender,
                    state: None,
                };
                show(&query, &places.resolve(&query), limit, json, output)?;
            }
            // One line out for each line in, so that the two files stay beside each other.
            Err(why) => {
                failed = true;
                let error = Some(format!("line {number}: {why}"));
                output.json(&ResolutionShape {
                    query: "",
                    outcome: "none",
                    places: Vec::new(),
                    error,
                })?;
            }
        }
    }
    if failed {
        return Err(Failure::sentence(
            "some lines were not JSON objects with a \"query\"; an example: {\"query\": \"lyon\", \"sender_country\": \"FR\"}",
        ));
    }
    Ok(())
}

fn asked(line: &[u8]) -> Result<Asked, String> {
    serde_json::from_slice(line).map_err(|error| error.to_string())
}

fn open(file: &Path) -> Result<Box<dyn BufRead>, Failure> {
    if file == Path::new("-") {
        return Ok(Box::new(BufReader::new(io::stdin())));
    }
    let opened = File::open(file).map_err(|error| unreadable(file, &error))?;
    Ok(Box::new(BufReader::new(opened)))
}

fn unreadable(file: &Path, error: &io::Error) -> Failure {
    Failure::sentence(format!("{} cannot be read: {error}", file.display()))
}

fn show(
    query: &PlaceQuery,
    resolution: &Resolution,
    limit: usize,
    json: bool,
    output: &mut Output,
) -> Result<(), Failure> {
    let places = resolution.places().iter().take(limit);
    if json {
        let places = places.map(Into::into).collect();
        let outcome = resolution.outcome();
        return output.json(&ResolutionShape {
            query: &query.text,
            outcome,
            places,
            error: None,
        });
    }
    output.line(&format!("{}: {}", query.text.trim(), words(resolution)))?;
    let mut table = Table::new([
        "",
        "name",
        "admin1",
        "country",
        "lat",
        "lon",
        "elevation",
        "timezone",
        "score",
    ]);
    for (at, candidate) in places.enumerate() {
        let place = &candidate.place;
        table.row([
            (at + 1).to_string(),
            place.name.clone(),
            place.admin1.clone().unwrap_or_default(),
            place.country.to_string(),
            format!("{:.4}", place.coordinates.latitude()),
            format!("{:.4}", place.coordinates.longitude()),
            place
                .elevation_m
                .map(|metres| metres.to_string())
                .unwrap_or_default(),
            place.zone.to_string(),
            format!("{:.2}", candidate.score),
        ]);
    }
    if !resolution.places().is_empty() {
        table.lines().try_for_each(|line| output.line(&line))?;
    }
    Ok(())
}

fn words(resolution: &Resolution) -> &'static str {
    match resolution {
        Resolution::Certain(_) => "certain",
        Resolution::Choice(_) => "a choice of several",
        Resolution::Guess(_) => "no such name, perhaps",
        Resolution::None => "no such place",
    }
}
