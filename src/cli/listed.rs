//! Lists of Twilio's resources: the same filters, the same streaming, the same columns. Their widths are fixed, because a
//! list that streams knows no widest cell.

use clap::Args;
use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::delivery::since;
use super::failure::Failure;
use super::output::Output;
use super::remote::{end_of_line, stream};
use super::shape::Shape;
use crate::carrier::rest::pages::Pages;
use crate::clock::Clock;

/// Which of them are listed, and how.
#[derive(Debug, Args)]
pub(super) struct Listing {
    /// To this number only
    #[arg(long, value_name = "NUMBER")]
    to: Option<String>,
    /// From this number only
    #[arg(long, value_name = "NUMBER")]
    from: Option<String>,
    /// Since a date, a time or an age: 2026-03-08, 12h, 7d (Twilio counts whole days)
    #[arg(long)]
    since: Option<String>,
    /// How many at most; without it, all there are
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    #[command(flatten)]
    shape: Shape,
}

impl Listing {
    /// `--to` as Twilio writes it.
    pub(super) fn to(&self) -> Result<Option<String>, Failure> {
        let to = self.to.as_deref();
        to.map(|to| end_of_line("--to", to)).transpose()
    }

    /// `--from` as Twilio writes it.
    pub(super) fn from(&self) -> Result<Option<String>, Failure> {
        let from = self.from.as_deref();
        from.map(|from| end_of_line("--from", from)).transpose()
    }

    /// `--since` as an instant.
    pub(super) fn since(&self) -> Result<Option<Timestamp>, Failure> {
        let at = |text: &String| since(text, Clock::System.now());
        self.since.as_ref().map(at).transpose()
    }

    /// Walks over the pages and prints each resource as it comes.
    pub(super) async fn print<R: Listed + DeserializeOwned>(
        &self,
        pages: Pages<R>,
        what: &'static str,
        output: &mut Output,
    ) -> Result<(), Failure> {
        let shape = self.shape;
        begin::<R>(shape, output)?;
        let print = |one: &R, output: &mut Output| put(one, shape, output);
        stream(pages, self.limit, what, output, print).await
    }
}

/// A resource that can stand in a list.
pub(super) trait Listed {
    /// Its columns.
    const COLUMNS: &'static [Column];
    /// Its documented fields, numbers `whole` or masked.
    fn fields(&self, whole: bool) -> impl Serialize;
    /// What stands in its columns.
    fn cells(&self, whole: bool) -> Vec<String>;
}

/// One column: its heading, its width, and whether what stands in it stands at its right.
pub(super) struct Column(pub(super) &'static str, pub(super) usize, pub(super) bool);

/// The heading of a list for people.
pub(super) fn begin<R: Listed>(shape: Shape, output: &mut Output) -> Result<(), Failure> {
    if shape.json {
        return Ok(());
    }
    let names = R::COLUMNS.iter().map(|Column(name, ..)| (*name).to_owned());
    output.line(&row(R::COLUMNS, &names.collect::<Vec<_>>()))
}

/// One line of it.
pub(super) fn put<R: Listed>(one: &R, shape: Shape, output: &mut Output) -> Result<(), Failure> {
    if shape.json {
        return output.json(&one.fields(shape.show_numbers));
    }
    output.line(&row(R::COLUMNS, &one.cells(shape.show_numbers)))
}

fn row(columns: &[Column], cells: &[String]) -> String {
    let mut line = String::new();
    for (Column(_, width, right), cell) in columns.iter().zip(cells) {
        line.push_str(&match right {
            true => format!("{cell:>width$}  "),
            false => format!("{cell:<width$}  "),
        });
    }
    line.truncate(line.trim_end().len());
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_under_their_headings() {
        let columns = [
            Column("sid", 6, false),
            Column("seg", 3, true),
            Column("sent", 0, false),
        ];
        let line = |cells: [&str; 3]| row(&columns, &cells.map(str::to_owned));
        assert_eq!(line(["sid", "seg", "sent"]), "sid     seg  sent");
        assert_eq!(line(["SM1", "2", "now"]), "SM1       2  now");
        assert_eq!(line(["SM1", "", ""]), "SM1");
    }
}
