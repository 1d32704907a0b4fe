//! `subscriber import`: many subscriptions from a CSV file. Good rows are kept, each rejected one is told with its line.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use clap::Args;
use csv::ByteRecord;
use tokio::task::JoinHandle;

use super::wish::{Atlas, Wish};
use crate::cli::failure::Failure;
use crate::cli::output::{Output, Progress};
use crate::clock::Clock;
use crate::domain::schedule::SendTime;
use crate::store::{ImportRow, RowProblem, Store, StoreError};

#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    /// The CSV file; - for the standard input
    file: PathBuf,
}

/// What a list may have, the first three of it always.
pub(super) const COLUMNS: [&str; 8] = [
    "phone", "place", "time", "days", "units", "only_if", "language", "consent",
];
const NEEDED: usize = 3;

/// Rows of one transaction.
const PAGE: usize = 1000;

/// Reads the file and adds its rows.
pub(super) async fn run(
    arguments: &Arguments,
    store: &Store,
    usual: SendTime,
    output: &mut Output,
) -> Result<(), Failure> {
    let file = &arguments.file;
    let unreadable = |error: &dyn std::fmt::Display| {
        Failure::sentence(format!("{} cannot be read: {error}", file.display()))
    };
    let source: Box<dyn Read> = if *file == *Path::new("-") {
        Box::new(io::stdin())
    } else {
        Box::new(File::open(file).map_err(|error| unreadable(&error))?)
    };
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(source);
    let heading = Heading::read(reader.byte_headers().map_err(|error| unreadable(&error))?)?;
    let mut import = Import {
        store,
        atlas: Atlas::new(),
        usual,
        heading,
        page: Vec::new(),
        saving: None,
        added: 0,
        rejected: 0,
    };
    let mut progress = Progress::of("rows");
    let mut record = ByteRecord::new();
    loop {
        match reader.read_byte_record(&mut record) {
            Ok(false) => break,
            Ok(true) => {}
            Err(error) => return Err(unreadable(&error)),
        }
        let line = record.position().map_or(0, csv::Position::line);
        import.take(line, &record, output);
        if import.page.len() >= PAGE {
            import.save(output).await?;
            progress.at(import.added + import.rejected);
        }
    }
    import.save(output).await?;
    import.saved(output).await?;
    drop(progress);
    import.report(output)
}

/// Where each column stands.
struct Heading([Option<usize>; COLUMNS.len()]);

impl Heading {
    fn read(names: &ByteRecord) -> Result<Self, Failure> {
        let mut places = [None; COLUMNS.len()];
        for (at, name) in names.iter().enumerate() {
            let name = String::from_utf8_lossy(name)
                .trim_start_matches('\u{feff}')
                .trim()
                .to_lowercase();
            let known = COLUMNS.iter().position(|column| *column == name);
            match known.filter(|column| places[*column].is_none()) {
                Some(column) => places[column] = Some(at),
                None => {
                    return Err(Self::wrong(&format!(
                        "has a column \"{}\"",
                        name.chars().take(40).collect::<String>()
                    )));
                }
            }
        }
        match places[..NEEDED].iter().position(Option::is_none) {
            None => Ok(Self(places)),
            Some(missing) => Err(Self::wrong(&format!("has no column {}", COLUMNS[missing]))),
        }
    }

    fn wrong(what: &str) -> Failure {
        let (needed, others) = COLUMNS.split_at(NEEDED);
        Failure::sentence(format!(
            "the first line {what}; it must name {} once each, and may name {}",
            needed.join(","),
            others.join(",")
        ))
    }

    fn wish<'a>(&self, record: &'a ByteRecord) -> Result<Wish<'a>, String> {
        let mut texts = [""; COLUMNS.len()];
        for (text, at) in texts.iter_mut().zip(self.0) {
            let bytes = at.and_then(|at| record.get(at)).unwrap_or_default();
            *text = std::str::from_utf8(bytes).map_err(|_| "it is not UTF-8".to_owned())?;
        }
        let [phone, place, time, days, units, only_if, language, consent] = texts;
        let consent = if consent.is_empty() {
            "imported from a list"
        } else {
            consent
        };
        Ok(Wish {
            phone,
            place,
            time,
            days,
            units,
            only_if,
            language,
            consent,
        })
    }
}

type Saving = JoinHandle<Result<Vec<Result<(), RowProblem>>, StoreError>>;

struct Import<'a> {
    store: &'a Store,
    atlas: Atlas,
    usual: SendTime,
    heading: Heading,
    page: Vec<(u64, ImportRow)>,
    /// The page before, which is saved while this one is read.
    saving: Option<(Vec<u64>, Saving)>,
    added: usize,
    rejected: usize,
}

impl Import<'_> {
    fn take(&mut self, line: u64, record: &ByteRecord, output: &mut Output) {
        let now = Clock::System.now();
        let read = self
            .heading
            .wish(record)
            .and_then(|wish| wish.read(&mut self.atlas, self.usual, now));
        match read {
            Ok(row) => self.page.push((line, row)),
            Err(why) => self.reject(line, &why, output),
        }
    }

    /// Begins to save the page, once the one before is saved.
    async fn save(&mut self, output: &mut Output) -> Result<(), Failure> {
        self.saved(output).await?;
        let (lines, rows): (Vec<_>, Vec<_>) = self.page.drain(..).unzip();
        let store = self.store.clone();
        let saving = async move { store.import(rows, Clock::System.now()).await };
        self.saving = Some((lines, tokio::spawn(saving)));
        Ok(())
    }

    async fn saved(&mut self, output: &mut Output) -> Result<(), Failure> {
        let Some((lines, saving)) = self.saving.take() else {
            return Ok(());
        };
        let answers = saving.await.map_err(anyhow::Error::from)??;
        for (line, answer) in lines.into_iter().zip(answers) {
            match answer {
                Ok(()) => self.added += 1,
                Err(why) => self.reject(line, &why.to_string(), output),
            }
        }
        Ok(())
    }

    fn reject(&mut self, line: u64, why: &str, output: &mut Output) {
        self.rejected += 1;
        // A reader that went away is no reason to leave the list half done.
        let _ = output.line(&format!("line {line}: {why}"));
    }

    fn report(&self, output: &mut Output) -> Result<(), Failure> {
        output.line(&format!(
            "{} added or changed, {} rejected",
            self.added, self.rejected
        ))?;
        if self.rejected == 0 {
            return Ok(());
        }
        Err(Failure::sentence(format!(
            "{} rows were rejected, the others are in; mend those lines and import them again",
            self.rejected
        )))
    }
}

#[cfg(test)]
mod tests;
