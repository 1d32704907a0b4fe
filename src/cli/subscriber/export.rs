//! `subscriber export`: all subscriptions as a CSV file that import reads.

use std::fs::OpenOptions;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use clap::Args;

use super::change::confirm;
use super::import::COLUMNS;
use crate::cli::failure::Failure;
use crate::cli::output::{Output, tell};
use crate::cli::place::one_place;
use crate::domain::phone::Country;
use crate::domain::place::{Coordinates, Place};
use crate::domain::subscriber::{Standing, Subscriber};
use crate::places::Places;
use crate::store::{Store, SubscriberFilter};

#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    /// The file [default: the standard output]
    file: Option<PathBuf>,
    /// Overwrite a file that exists
    #[arg(long)]
    yes: bool,
}

/// Subscribers of one page.
const PAGE: usize = 1000;

/// Writes to the file, or to the standard output. Phones that stopped are left out: a list must not bring them back.
pub(super) async fn run(
    arguments: &Arguments,
    store: &Store,
    output: &mut Output,
) -> Result<(), Failure> {
    let stopped = match &arguments.file {
        None => write(store, output.writer()).await?,
        Some(path) => {
            if path.exists() && !arguments.yes {
                confirm(&format!("Overwrite {}?", path.display()))?;
            }
            let mut file = create(path).map_err(|error| {
                Failure::sentence(format!("{} cannot be written: {error}", path.display()))
            })?;
            write(store, &mut file).await?
        }
    };
    if stopped > 0 {
        tell(&format!(
            "{stopped} phones that stopped our texts are left out"
        ));
    }
    Ok(())
}

/// Whole numbers stand in it: it is for its owner only.
fn create(path: &Path) -> std::io::Result<std::fs::File> {
    OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(path)
}

async fn write(store: &Store, target: &mut impl Write) -> Result<usize, Failure> {
    let places = Places::embedded();
    let mut csv = csv::Writer::from_writer(target);
    let mut stopped = 0;
    let mut after = None;
    csv.write_record(COLUMNS).map_err(failed)?;
    loop {
        let page = store
            .subscriptions(SubscriberFilter {
                phone: None,
                after,
                limit: PAGE,
            })
            .await?;
        for row in &page {
            if matches!(row.subscriber.standing, Standing::Stopped { .. }) {
                stopped += 1;
                continue;
            }
            for record in records(&row.subscriber, &places) {
                csv.write_record(&record).map_err(failed)?;
            }
        }
        after = page.last().map(|row| row.id);
        if page.len() < PAGE {
            break;
        }
    }
    csv.flush()?;
    Ok(stopped)
}

fn records(
    subscriber: &Subscriber,
    places: &Places,
) -> impl Iterator<Item = [String; COLUMNS.len()]> {
    subscriber.subscriptions.iter().map(|subscription| {
        [
            subscriber.phone.e164().to_owned(),
            written(&subscription.place, subscriber.country, places),
            subscription.time.to_string(),
            subscription.days.to_string(),
            subscriber
                .units
                .map(|units| units.name().to_owned())
                .unwrap_or_default(),
            subscription
                .only_if
                .map(|only_if| only_if.name().to_owned())
                .unwrap_or_default(),
            subscriber
                .language
                .map(|language| language.code().to_owned())
                .unwrap_or_default(),
            String::new(),
        ]
    })
}

/// The place's name where it means this very place again, else its coordinates.
fn written(place: &Place, country: Option<Country>, places: &Places) -> String {
    let near = |a: &Coordinates, b: &Coordinates| {
        (a.latitude() - b.latitude()).abs() < 0.01 && (a.longitude() - b.longitude()).abs() < 0.01
    };
    let admin1 = place
        .admin1
        .as_ref()
        .map(|admin1| format!("{} {admin1}", place.name));
    for text in [Some(place.name.clone()), admin1].into_iter().flatten() {
        let again = one_place(places, &text, country);
        if again.is_ok_and(|again| near(&again.coordinates, &place.coordinates)) {
            return text;
        }
    }
    format!(
        "{},{}",
        place.coordinates.latitude(),
        place.coordinates.longitude()
    )
}

fn failed(error: csv::Error) -> Failure {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error.into(),
        other => Failure::sentence(format!("the list cannot be written: {other:?}")),
    }
}
