//! What became of each day, kept as a few numbers: an operator's charts need not read the rows of a month.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, params};

use super::lists::whole;
use super::sqlite::meta;
use super::sqlite::values::{Columns, ms};
use super::{Store, StoreError};
use crate::domain::delivery::DeliveryStatus;

/// What became of the deliveries that were made on one day, by UTC.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayTotals {
    /// The day, by UTC.
    pub day: Date,
    /// How many ended how.
    pub statuses: Vec<(DeliveryStatus, u64)>,
    /// Segments that the carrier took.
    pub segments: u64,
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
            late: [0; 5],
        }
    }
}

impl Store {
    /// Counts a day by its rows. Reads as many rows as the day has, on a reader's connection.
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
        self.write(move |connection| kept(connection, &totals))
            .await
    }

    /// The totals that were kept since a day, in order.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn totals_since(&self, day: Date) -> Result<Vec<DayTotals>, StoreError> {
        self.read(move |connection| since(connection, day)).await
    }

    /// The first day whose totals are not kept yet; `None` while there is no delivery at all.
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

pub(super) const FIRST: &str = "SELECT min(created_at) FROM deliveries";

pub(super) const COUNT: &str = "
SELECT status, count(*), coalesce(sum(CASE WHEN accepted_at IS NOT NULL THEN segments END), 0),
    sum(timed AND late <= 60000), sum(timed AND late > 60000 AND late <= 300000), sum(timed AND late > 300000 AND late <= 900000),
    sum(timed AND late > 900000 AND late <= 3600000), sum(timed AND late > 3600000)
FROM (SELECT status, segments, accepted_at, accepted_at - due_at AS late,
        local_date IS NOT NULL AND accepted_at IS NOT NULL AS timed
    FROM deliveries WHERE created_at >= ?1 AND created_at < ?2)
GROUP BY status";

fn counted(connection: &Connection, day: Date) -> Result<DayTotals, StoreError> {
    let mut totals = DayTotals::none(day);
    let Ok(from) = day.to_zoned(TimeZone::UTC) else {
        return Ok(totals);
    };
    let from = from.timestamp();
    let to = from
        .checked_add(SignedDuration::from_hours(24))
        .unwrap_or(Timestamp::MAX);
    let mut statement = connection.prepare_cached(COUNT)?;
    let mut rows = statement.query([ms(from), ms(to)])?;
    while let Some(row) = rows.next()? {
        let mut columns = Columns::of(row);
        let status = columns.parsed(DeliveryStatus::parse, "no status")?;
        totals.statuses.push((status, whole(columns.raw()?)));
        totals.segments += whole(columns.raw()?);
        for late in &mut totals.late {
            *late += whole(columns.raw::<Option<i64>>()?.unwrap_or_default());
        }
    }
    Ok(totals)
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
    let segments = ("segments", totals.segments);
    for (name, number) in statuses.chain(late).chain([segments]) {
        if number > 0 {
            let number = i64::try_from(number).unwrap_or(i64::MAX);
            keep.execute(params![day, name, number])?;
        }
    }
    meta::set(connection, LAST_KEPT, &day)?;
    Ok(())
}

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
        } else if name == "segments" {
            totals.segments = number;
        }
    }
    Ok(all)
}
