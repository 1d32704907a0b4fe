//! Phones: loaded and saved as a whole, with their subscriptions; only what changed is written.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Result, Row, params};

use super::json::{PendingJson, PlaceJson, text};
use super::values::{Columns, ms, ms_or_null};
use super::{subscriptions, suppressions};
use crate::domain::language::Language;
use crate::domain::phone::{Country, PhoneNumber};
use crate::domain::subscriber::{Replies, Standing, StoppedBy, Subscriber, Units};

/// A subscriber as it stands in the database.
pub(in crate::store) struct Saved {
    pub(in crate::store) id: i64,
    pub(in crate::store) subscriber: Subscriber,
}

/// The columns that [`read`] reads, in its order.
pub(in crate::store) const COLUMNS: &str = "u.id, u.phone, u.country, u.status, u.stopped_at, u.stopped_by, u.units, \
     u.last_place, u.pending, u.replies_since, u.replies_count, u.greeted_at, u.stop_notice_at, u.created_at, \
     u.language, u.heard";

pub(in crate::store) fn by_phone_sql() -> String {
    format!("SELECT {COLUMNS} FROM subscribers u WHERE u.phone = ?1")
}

/// The phone with its subscriptions that have not ended.
pub(in crate::store) fn load(
    connection: &Connection,
    phone: &PhoneNumber,
) -> Result<Option<Saved>> {
    let found = connection
        .prepare_cached(&by_phone_sql())?
        .query_row([phone.e164()], |row| read(&mut Columns::of(row)))
        .optional()?;
    let Some(mut saved) = found else {
        return Ok(None);
    };
    saved.subscriber.subscriptions = subscriptions::of(connection, saved.id)?;
    Ok(Some(saved))
}

/// How a phone stands, also one that was erased; `None`: we never met.
pub(in crate::store) fn standing(
    connection: &Connection,
    phone: &PhoneNumber,
) -> Result<Option<Standing>> {
    let known = connection
        .prepare_cached(STANDING)?
        .query_row([phone.e164()], read_standing)
        .optional()?;
    match known {
        Some(standing) => Ok(Some(standing)),
        None => suppressions::find(connection, phone),
    }
}

pub(in crate::store) const STANDING: &str =
    "SELECT status, stopped_at, stopped_by FROM subscribers WHERE phone = ?1";

/// Writes the difference between `before` and `after`: row, new, changed and ended subscriptions.
pub(in crate::store) fn save(
    connection: &Connection,
    before: Option<&Saved>,
    after: &Subscriber,
    now: Timestamp,
) -> Result<()> {
    let id = match before {
        None => insert(connection, after, now)?,
        Some(before) => {
            if !same_row(&before.subscriber, after) {
                update(connection, before.id, after, now)?;
            }
            before.id
        }
    };
    let active = after.standing == Standing::Active;
    let was_active = before.is_none_or(|b| b.subscriber.standing == Standing::Active);
    let known: &[_] = before.map_or(&[], |b| &b.subscriber.subscriptions);
    for subscription in &after.subscriptions {
        match known
            .iter()
            .find(|k| k.id == subscription.id && k.id.is_some())
        {
            None => subscriptions::insert(connection, id, subscription, active, now)?,
            Some(k) if k != subscription || was_active != active => {
                subscriptions::update(connection, subscription, active, now)?;
            }
            Some(_) => {}
        }
    }
    for gone in known.iter().filter_map(|k| k.id) {
        if !after.subscriptions.iter().any(|s| s.id == Some(gone)) {
            subscriptions::end(connection, gone, now)?;
        }
    }
    Ok(())
}

/// Everything of the phone but its deliveries and texts.
pub(in crate::store) fn erase(connection: &Connection, phone: &PhoneNumber) -> Result<()> {
    connection
        .prepare_cached("DELETE FROM subscribers WHERE phone = ?1")?
        .execute([phone.e164()])?;
    Ok(())
}

/// Reads [`COLUMNS`]; the subscriptions are still missing.
pub(in crate::store) fn read(columns: &mut Columns<'_, '_>) -> Result<Saved> {
    let id = columns.raw()?;
    let phone = columns.phone()?;
    let country = columns.country_or_null()?;
    let standing = standing_of(columns)?;
    let units = columns.parsed_or_null(Units::parse, "no units")?;
    // A place or question that newer tz data or code no longer know is forgotten, not an error: it is only a convenience.
    let last_place = columns
        .json_or_null::<PlaceJson>()?
        .and_then(PlaceJson::place);
    let pending = columns
        .json_or_null::<PendingJson>()?
        .and_then(PendingJson::pending);
    let replies = Replies {
        since: columns.instant_or_null()?,
        count: columns.raw()?,
    };
    Ok(Saved {
        id,
        subscriber: Subscriber {
            phone,
            country,
            standing,
            units,
            last_place,
            pending,
            replies,
            greeted_at: columns.instant_or_null()?,
            stop_notice_at: columns.instant_or_null()?,
            created_at: columns.instant()?,
            language: language_or_null(columns)?,
            heard: language_or_null(columns)?,
            subscriptions: Vec::new(),
        },
    })
}

/// The next column, a language or nothing.
pub(in crate::store) fn language_or_null(
    columns: &mut Columns<'_, '_>,
) -> Result<Option<Language>> {
    columns.parsed_or_null(Language::parse, "no language")
}

fn read_standing(row: &Row<'_>) -> Result<Standing> {
    standing_of(&mut Columns::of(row))
}

fn standing_of(columns: &mut Columns<'_, '_>) -> Result<Standing> {
    let status: String = columns.raw()?;
    let stopped_at = columns.instant_or_null()?;
    let by = columns.parsed_or_null(StoppedBy::parse, "no stop")?;
    match (status.as_str(), stopped_at, by) {
        ("active", None, None) => Ok(Standing::Active),
        ("stopped", Some(at), Some(by)) => Ok(Standing::Stopped { at, by }),
        _ => columns.must(None, "no standing"),
    }
}

/// Whether both would be one row; their subscriptions are compared apart.
fn same_row(a: &Subscriber, b: &Subscriber) -> bool {
    a.country == b.country
        && a.standing == b.standing
        && a.units == b.units
        && a.language == b.language
        && a.heard == b.heard
        && a.last_place == b.last_place
        && a.pending == b.pending
        && a.replies == b.replies
        && a.greeted_at == b.greeted_at
        && a.stop_notice_at == b.stop_notice_at
}

fn insert(connection: &Connection, subscriber: &Subscriber, now: Timestamp) -> Result<i64> {
    let row = Values::of(subscriber)?;
    connection
        .prepare_cached(
            "INSERT INTO subscribers (phone, country, status, stopped_at, stopped_by, units, last_place, pending,
                replies_since, replies_count, greeted_at, stop_notice_at, created_at, updated_at,
                language, heard)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
        )?
        .insert(params![
            subscriber.phone.e164(),
            row.country,
            row.status,
            row.stopped_at,
            row.stopped_by,
            row.units,
            row.last_place,
            row.pending,
            ms_or_null(subscriber.replies.since),
            subscriber.replies.count,
            ms_or_null(subscriber.greeted_at),
            ms_or_null(subscriber.stop_notice_at),
            ms(subscriber.created_at),
            ms(now),
            subscriber.language.map(Language::code),
            subscriber.heard.map(Language::code),
        ])
}

fn update(connection: &Connection, id: i64, subscriber: &Subscriber, now: Timestamp) -> Result<()> {
    let row = Values::of(subscriber)?;
    connection
        .prepare_cached(
            "UPDATE subscribers SET country = ?2, status = ?3, stopped_at = ?4, stopped_by = ?5, units = ?6,
                last_place = ?7, pending = ?8, replies_since = ?9, replies_count = ?10, greeted_at = ?11,
                stop_notice_at = ?12, updated_at = ?13, language = ?14, heard = ?15
             WHERE id = ?1",
        )?
        .execute(params![
            id,
            row.country,
            row.status,
            row.stopped_at,
            row.stopped_by,
            row.units,
            row.last_place,
            row.pending,
            ms_or_null(subscriber.replies.since),
            subscriber.replies.count,
            ms_or_null(subscriber.greeted_at),
            ms_or_null(subscriber.stop_notice_at),
            ms(now),
            subscriber.language.map(Language::code),
            subscriber.heard.map(Language::code),
        ])?;
    Ok(())
}

/// The columns that take some work.
struct Values<'a> {
    country: Option<&'a str>,
    status: &'static str,
    stopped_at: Option<i64>,
    stopped_by: Option<&'static str>,
    units: Option<&'static str>,
    last_place: Option<String>,
    pending: Option<String>,
}

impl<'a> Values<'a> {
    fn of(subscriber: &'a Subscriber) -> Result<Self> {
        let (status, stopped_at, stopped_by) = match subscriber.standing {
            Standing::Active => ("active", None, None),
            Standing::Stopped { at, by } => ("stopped", Some(ms(at)), Some(by.name())),
        };
        Ok(Self {
            country: subscriber.country.as_ref().map(|c| c.code()),
            status,
            stopped_at,
            stopped_by,
            units: subscriber.units.map(Units::name),
            last_place: subscriber
                .last_place
                .as_ref()
                .map(|place| text(&PlaceJson::of(place)))
                .transpose()?,
            pending: subscriber
                .pending
                .as_ref()
                .map(|pending| text(&PendingJson::of(pending)))
                .transpose()?,
        })
    }
}

/// The units that a text of this phone is read in.
pub(in crate::store) fn units(chosen: Option<Units>, country: Option<Country>) -> Units {
    chosen.unwrap_or_else(|| country.map_or(Units::Metric, Units::of_country))
}
