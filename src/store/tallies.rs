//! Counters of deliveries, texts and calls by the quarter of an hour, kept by the database's triggers: what a page counts costs
//! as many rows as there are kinds of things, and things that are still open.

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, params};

use super::lists::whole;
use super::sqlite::values::{Columns, at, ms};
use super::{Store, StoreError};
use crate::domain::delivery::{DeliveryKind, DeliveryStatus};

/// Things that are alike in all that is counted.
pub(super) struct Tallied {
    /// When they were made, by the beginning of the quarter of an hour.
    pub(super) made: Timestamp,
    pub(super) what: What,
    pub(super) count: u64,
    pub(super) segments: u64,
}

/// What was counted.
pub(super) enum What {
    /// Deliveries.
    Delivery {
        /// The quarter of an hour in which they were due.
        due: Timestamp,
        kind: DeliveryKind,
        status: DeliveryStatus,
        /// Why they were skipped.
        reason: Option<String>,
        /// Whether the carrier took them.
        taken: bool,
        /// Of daily ones that the carrier took: 0 within a minute, then 5, 15, 60 minutes, 4 later.
        late: Option<usize>,
    },
    /// Texts that came in, by what kind of answer they got.
    Inbound { outcome: String, answered: bool },
    /// Calls that came in.
    InboundCall,
}

impl Tallied {
    /// Segments that the carrier took: a call has none.
    pub(super) const fn segments_taken(&self) -> u64 {
        match self.what {
            What::Delivery {
                taken: true, kind, ..
            } if !matches!(kind, DeliveryKind::Call) => self.segments,
            _ => 0,
        }
    }
}

impl Store {
    /// How many of the deliveries made since then are in which status; to the quarter of an hour, and only of the last days.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn counts(&self, since: Timestamp) -> Result<Vec<(DeliveryStatus, u64)>, StoreError> {
        self.read(move |connection| {
            let tallied = between(connection, since, Timestamp::MAX)?;
            Ok(by_status(&tallied))
        })
        .await
    }

    /// Counts a call that came in.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn count_inbound_call(&self, now: Timestamp) -> Result<(), StoreError> {
        self.write(move |connection| {
            connection
                .prepare_cached(CALLED)?
                .execute([ms(now) / QUARTER_MS])?;
            Ok(())
        })
        .await
    }
}

/// Of each status, how many.
pub(super) fn by_status(tallied: &[Tallied]) -> Vec<(DeliveryStatus, u64)> {
    let mut counts: Vec<(DeliveryStatus, u64)> = Vec::new();
    for one in tallied {
        let What::Delivery { status, .. } = &one.what else {
            continue;
        };
        match counts.iter_mut().find(|(known, _)| known == status) {
            Some((_, count)) => *count += one.count,
            None => counts.push((*status, one.count)),
        }
    }
    counts
}

/// What was made from then (to the quarter of an hour) to then.
pub(super) fn between(
    connection: &Connection,
    from: Timestamp,
    to: Timestamp,
) -> rusqlite::Result<Vec<Tallied>> {
    let quarters = [from, to].map(|at| ms(at).div_euclid(QUARTER_MS));
    let mut all = Vec::new();
    for sql in [BETWEEN, OPEN] {
        let mut statement = connection.prepare_cached(sql)?;
        for found in statement.query_map(quarters, read)? {
            all.extend(found?);
        }
    }
    Ok(all)
}

/// Lets go of what is in the totals: all that was made before, but for what is still on its way.
pub(super) fn prune(connection: &Connection, before: Timestamp) -> rusqlite::Result<()> {
    connection
        .prepare_cached(PRUNE)?
        .execute(params![ms(before).div_euclid(QUARTER_MS)])?;
    Ok(())
}

/// Kept for longer than a day is over: a page looks a day back from any hour.
pub(super) const KEPT: SignedDuration = SignedDuration::from_hours(36);

const QUARTER_MS: i64 = 900_000;

pub(super) const BETWEEN: &str = "
SELECT made, due, kind, status, reason, late, count, segments FROM tallies WHERE made >= ?1 AND made < ?2 AND count > 0";

/// What is open, each from an index that holds nothing else.
pub(super) const OPEN: &str = "
SELECT made, due, kind, status, '', 0, count(*), sum(segments) FROM (
    SELECT created_at / 900000 AS made, due_at / 900000 AS due, kind, 'pending' AS status, segments
        FROM deliveries INDEXED BY deliveries_expiring WHERE status = 'pending' AND body IS NOT NULL
    UNION ALL SELECT created_at / 900000, due_at / 900000, kind, 'pending', 0
        FROM deliveries INDEXED BY deliveries_owed WHERE status = 'pending' AND body IS NULL
    UNION ALL SELECT created_at / 900000, due_at / 900000, kind, 'attempting', segments
        FROM deliveries INDEXED BY deliveries_attempting WHERE status = 'attempting'
    UNION ALL SELECT created_at / 900000, due_at / 900000, kind, 'unclear', coalesce(segments, 0)
        FROM deliveries INDEXED BY deliveries_unclear WHERE status = 'unclear')
WHERE made >= ?1 AND made < ?2 GROUP BY made, due, kind, status";

pub(super) const PRUNE: &str =
    "DELETE FROM tallies WHERE made < ?1 AND (count <= 0 OR status <> 'accepted')";

const CALLED: &str = "
INSERT INTO tallies VALUES (?1, ?1, 'inbound_call', '', '', 0, 1, 0) ON CONFLICT DO UPDATE SET count = count + 1";

/// `None` for what a newer version counts.
fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Option<Tallied>> {
    let mut columns = Columns::of(row);
    let mut instant = || -> rusqlite::Result<Option<Timestamp>> {
        let quarter: i64 = columns.raw()?;
        Ok(at(quarter.saturating_mul(QUARTER_MS)))
    };
    let (made, due) = (instant()?, instant()?);
    let (kind, status, reason): (String, String, String) =
        (columns.raw()?, columns.raw()?, columns.raw()?);
    let late: i64 = columns.raw()?;
    let what = match kind.as_str() {
        "inbound" => Some(What::Inbound {
            outcome: status,
            answered: reason == "answered",
        }),
        "inbound_call" => Some(What::InboundCall),
        kind => delivery(kind, &status, reason, late, due),
    };
    let (count, segments) = (whole(columns.raw()?), whole(columns.raw()?));
    Ok(what.zip(made).map(|(what, made)| Tallied {
        made,
        what,
        count,
        segments,
    }))
}

fn delivery(
    kind: &str,
    status: &str,
    reason: String,
    late: i64,
    due: Option<Timestamp>,
) -> Option<What> {
    Some(What::Delivery {
        due: due?,
        kind: DeliveryKind::parse(kind)?,
        status: DeliveryStatus::parse(status)?,
        reason: Some(reason).filter(|reason| !reason.is_empty()),
        taken: late > 0,
        late: usize::try_from(late - 1).ok().filter(|late| *late < 5),
    })
}
