//! What became of each day, kept as a few numbers: an operator's charts need not read the rows of a month.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, params};

use super::lists::whole;
use super::sqlite::meta;
use super::sqlite::values::Columns;
use super::tallies::{self, What};
use super::{Store, StoreError};
use crate::domain::cost::Billed;
use crate::domain::delivery::{DeliveryKind, DeliveryStatus};

/// What became of the deliveries that were made on one day, by UTC.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayTotals {
    /// The day, by UTC.
    pub day: Date,
    /// How many ended how.
    pub statuses: Vec<(DeliveryStatus, u64)>,
    /// Segments that the carrier took, without those of answers.
    pub segments: u64,
    /// Texts that were answered, a segment each.
    pub answers: u64,
    /// Texts that came in.
    pub texts_in: u64,
    /// Calls of ours that the carrier took.
    pub calls_out: u64,
    /// Calls that came in.
    pub calls_in: u64,
    /// Daily texts and calls by how long after their time the carrier took them: within 1, 5, 15, 60 minutes, later.
    pub late: [u64; 5],
}

impl DayTotals {
    /// A day without any.
    #[must_use]
    pub const fn none(day: Date) -> Self {
        Self {
            day,
            statuses: Vec::new(),
            segments: 0,
            answers: 0,
            texts_in: 0,
            calls_out: 0,
            calls_in: 0,
            late: [0; 5],
        }
    }

    /// What the carrier bills of it.
    #[must_use]
    pub const fn billed(&self) -> Billed {
        Billed {
            segments_out: self.segments + self.answers,
            segments_in: self.texts_in,
            calls_out: self.calls_out,
            calls_in: self.calls_in,
        }
    }
}

impl Store {
    /// Counts a day that is not kept yet.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn count_day(&self, day: Date) -> Result<DayTotals, StoreError> {
        self.read(move |connection| counted(connection, day)).await
    }

    /// Keeps the totals of a day.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn keep_totals(&self, totals: DayTotals) -> Result<(), StoreError> {
        self.write_many(move |connection| kept(connection, &totals))
            .await
    }

    /// The totals that were kept since a day, in order.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn totals_since(&self, day: Date) -> Result<Vec<DayTotals>, StoreError> {
        self.read(move |connection| since(connection, day)).await
    }

    /// The first day whose totals are not kept yet; `None` while nothing happened at all.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn first_open_day(&self) -> Result<Option<Date>, StoreError> {
        self.read(|connection| {
            if let Some(last) = meta::get(connection, LAST_KEPT)? {
                let last: Option<Date> = last.parse().ok();
                if let Some(next) = last.and_then(|last| last.tomorrow().ok()) {
                    return Ok(Some(next));
                }
            }
            let first: Option<i64> = connection
                .prepare_cached(FIRST)?
                .query_row([], |row| row.get(0))?;
            let first = first.and_then(|ms| Timestamp::from_millisecond(ms).ok());
            Ok(first.map(|at| at.to_zoned(TimeZone::UTC).date()))
        })
        .await
    }
}

const LAST_KEPT: &str = "totals_until";

pub(super) const FIRST: &str = "SELECT min(made) * 900000 FROM tallies";

fn counted(connection: &Connection, day: Date) -> Result<DayTotals, StoreError> {
    let mut totals = DayTotals::none(day);
    let Some((from, to)) = bounds(day) else {
        return Ok(totals);
    };
    let tallied = tallies::between(connection, from, to)?;
    totals.statuses = tallies::by_status(&tallied);
    for one in &tallied {
        totals.segments += one.segments_taken();
        match &one.what {
            What::Delivery {
                kind, taken, late, ..
            } => {
                if let Some(late) = late {
                    totals.late[*late] += one.count;
                }
                if *kind == DeliveryKind::Call && *taken {
                    totals.calls_out += one.count;
                }
            }
            What::Inbound { answered, .. } => {
                totals.texts_in += one.count;
                totals.answers += if *answered { one.count } else { 0 };
            }
            What::InboundCall => totals.calls_in += one.count,
        }
    }
    Ok(totals)
}

/// A day's first instant, and the next one's.
fn bounds(day: Date) -> Option<(Timestamp, Timestamp)> {
    let from = day.to_zoned(TimeZone::UTC).ok()?.timestamp();
    let to = from.checked_add(SignedDuration::from_hours(24));
    Some((from, to.unwrap_or(Timestamp::MAX)))
}

/// One row a number, by its name.
fn kept(connection: &Connection, totals: &DayTotals) -> Result<(), StoreError> {
    let day = totals.day.to_string();
    connection
        .prepare_cached("DELETE FROM totals WHERE day = ?1")?
        .execute([&day])?;
    let mut keep = connection.prepare_cached("INSERT INTO totals VALUES (?1, ?2, ?3)")?;
    let statuses = totals
        .statuses
        .iter()
        .map(|(status, count)| (status.name(), *count));
    let late = LATE.into_iter().zip(totals.late);
    let pieces = [
        (SEGMENTS, totals.segments),
        (ANSWERS, totals.answers),
        (TEXTS_IN, totals.texts_in),
        (CALLS_OUT, totals.calls_out),
        (CALLS_IN, totals.calls_in),
    ];
    for (name, number) in statuses.chain(late).chain(pieces) {
        if number > 0 {
            let number = i64::try_from(number).unwrap_or(i64::MAX);
            keep.execute(params![day, name, number])?;
        }
    }
    meta::set(connection, LAST_KEPT, &day)?;
    let kept_from = bounds(totals.day).and_then(|(_, end)| end.checked_sub(tallies::KEPT).ok());
    if let Some(from) = kept_from {
        tallies::prune(connection, from)?;
    }
    Ok(())
}

const SEGMENTS: &str = "segments";
const ANSWERS: &str = "answers";
const TEXTS_IN: &str = "texts_in";
const CALLS_OUT: &str = "calls_out";
const CALLS_IN: &str = "calls_in";

const LATE: [&str; 5] = ["late_1", "late_5", "late_15", "late_60", "late_more"];

pub(super) const SINCE: &str =
    "SELECT day, name, number FROM totals WHERE day >= ?1 ORDER BY day, name";

fn since(connection: &Connection, day: Date) -> Result<Vec<DayTotals>, StoreError> {
    let mut all: Vec<DayTotals> = Vec::new();
    let mut statement = connection.prepare_cached(SINCE)?;
    let mut rows = statement.query([day.to_string()])?;
    while let Some(row) = rows.next()? {
        let mut columns = Columns::of(row);
        let day: Date = columns.parsed(|text| text.parse().ok(), "no date")?;
        let name: String = columns.raw()?;
        let number = whole(columns.raw()?);
        if all.last().is_none_or(|last| last.day != day) {
            all.push(DayTotals::none(day));
        }
        let Some(totals) = all.last_mut() else {
            continue;
        };
        if let Some(at) = LATE.iter().position(|late| *late == name) {
            totals.late[at] = number;
        } else if let Some(status) = DeliveryStatus::parse(&name) {
            totals.statuses.push((status, number));
        } else {
            match name.as_str() {
                SEGMENTS => totals.segments = number,
                ANSWERS => totals.answers = number,
                TEXTS_IN => totals.texts_in = number,
                CALLS_OUT => totals.calls_out = number,
                CALLS_IN => totals.calls_in = number,
                _ => {}
            }
        }
    }
    Ok(all)
}
