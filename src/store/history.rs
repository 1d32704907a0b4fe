//! What is kept of one phone, and finding a phone by its last digits: for an operator who was asked about one.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use super::lists::SubscriberRow;
use super::sqlite::values::{Columns, count};
use super::sqlite::{subscribers, subscriptions};
use super::{Store, StoreError};
use crate::domain::phone::PhoneNumber;

/// What was agreed to, and what came in, the newest first.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct History {
    /// The consent log.
    pub consents: Vec<ConsentRow>,
    /// Texts that came in.
    pub texts: Vec<TextRow>,
    /// Texts and calls of ours that were no answers.
    pub sent: Vec<SentRow>,
}

/// An entry of the consent log.
#[derive(Clone, PartialEq, Eq)]
pub struct ConsentRow {
    /// `subscribe`, `stop`, `start`, `erase`, `import`.
    pub kind: String,
    /// The person's words, or those of an import.
    pub words: String,
    /// What we answered.
    pub answer: String,
    /// When.
    pub at: Timestamp,
}

/// A text that came in.
#[derive(Clone, PartialEq, Eq)]
pub struct TextRow {
    /// Its words, while they are kept.
    pub body: Option<String>,
    /// Our answer, while it is kept; `None` also where we were silent.
    pub reply: Option<String>,
    /// Which kind of answer it got.
    pub outcome: String,
    /// When it came.
    pub received_at: Timestamp,
}

/// A text that came in, with who sent it.
#[derive(Clone, PartialEq, Eq)]
pub struct RecentText {
    /// Who; `None` once that is let go.
    pub phone: Option<PhoneNumber>,
    /// What.
    pub text: TextRow,
}

/// A delivery with its words.
#[derive(Clone, PartialEq, Eq)]
pub struct SentRow {
    /// `daily`, `follow_up`, `notice`, `call`.
    pub kind: String,
    /// `delivered`, `skipped` …
    pub status: String,
    /// Why, where it was skipped or failed.
    pub reason: Option<String>,
    /// Its words, while they are kept.
    pub body: Option<String>,
    /// When it was made.
    pub created_at: Timestamp,
}

impl Store {
    /// The consent log and the texts of a phone, `limit` of each at most.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn history(&self, phone: &PhoneNumber, limit: usize) -> Result<History, StoreError> {
        let phone = phone.clone();
        self.read(move |connection| {
            Ok(History {
                consents: consents(connection, &phone, limit)?,
                texts: texts(connection, &phone, limit)?,
                sent: sent(connection, &phone, limit)?,
            })
        })
        .await
    }

    /// The last texts that came in, whoever sent them, the newest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn recent_texts(&self, limit: usize) -> Result<Vec<RecentText>, StoreError> {
        self.read(move |connection| {
            let read = |row: &rusqlite::Row<'_>| {
                let mut columns = Columns::of(row);
                Ok(RecentText {
                    phone: columns.phone_or_null()?,
                    text: text(&mut columns)?,
                })
            };
            let mut statement = connection.prepare_cached(RECENT)?;
            let found = statement.query_map([count(limit)], read)?;
            Ok(found.collect::<Result<_, _>>()?)
        })
        .await
    }

    /// Phones whose number ends with these four digits, `limit` at most.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn phones_ending(
        &self,
        last_four: &str,
        limit: usize,
    ) -> Result<Vec<SubscriberRow>, StoreError> {
        let last_four = last_four.to_owned();
        self.read(move |connection| {
            let mut found: Vec<SubscriberRow> = connection
                .prepare_cached(&ending_sql())?
                .query_map(params![last_four, count(limit)], read_row)?
                .collect::<Result<_, _>>()?;
            for row in &mut found {
                row.subscriber.subscriptions = subscriptions::of(connection, row.id)?;
            }
            Ok(found)
        })
        .await
    }

    /// The phone of a row.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn phone_of_row(&self, id: i64) -> Result<Option<SubscriberRow>, StoreError> {
        self.read(move |connection| {
            let sql = format!(
                "SELECT {} FROM subscribers u WHERE u.id = ?1",
                subscribers::COLUMNS
            );
            let found = connection
                .prepare_cached(&sql)?
                .query_row([id], read_row)
                .optional()?;
            let Some(mut row) = found else {
                return Ok(None);
            };
            row.subscriber.subscriptions = subscriptions::of(connection, row.id)?;
            Ok(Some(row))
        })
        .await
    }
}

pub(super) fn ending_sql() -> String {
    format!(
        "SELECT {} FROM subscribers u WHERE substr(u.phone, -4) = ?1 ORDER BY u.id LIMIT ?2",
        subscribers::COLUMNS
    )
}

pub(super) const CONSENTS: &str =
    "SELECT kind, words, answer, at FROM consents WHERE phone = ?1 ORDER BY id DESC LIMIT ?2";
pub(super) const TEXTS: &str = "SELECT body, reply, outcome, received_at FROM inbound_texts
     WHERE phone = ?1 ORDER BY rowid DESC LIMIT ?2";

pub(super) const RECENT: &str = "SELECT phone, body, reply, outcome, received_at FROM inbound_texts
     WHERE received_at > 0 ORDER BY received_at DESC LIMIT ?1";

pub(super) const SENT: &str = "SELECT kind, status, reason, body, created_at FROM deliveries
     WHERE phone = ?1 ORDER BY id DESC LIMIT ?2";

fn read_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<SubscriberRow> {
    let saved = subscribers::read(&mut Columns::of(row))?;
    Ok(SubscriberRow {
        id: saved.id,
        subscriber: saved.subscriber,
    })
}

fn consents(
    connection: &Connection,
    phone: &PhoneNumber,
    limit: usize,
) -> rusqlite::Result<Vec<ConsentRow>> {
    connection
        .prepare_cached(CONSENTS)?
        .query_map(params![phone.e164(), count(limit)], |row| {
            let mut columns = Columns::of(row);
            Ok(ConsentRow {
                kind: columns.raw()?,
                words: columns.raw()?,
                answer: columns.raw()?,
                at: columns.instant()?,
            })
        })?
        .collect()
}

fn texts(
    connection: &Connection,
    phone: &PhoneNumber,
    limit: usize,
) -> rusqlite::Result<Vec<TextRow>> {
    connection
        .prepare_cached(TEXTS)?
        .query_map(params![phone.e164(), count(limit)], |row| {
            text(&mut Columns::of(row))
        })?
        .collect()
}

fn text(columns: &mut Columns<'_, '_>) -> rusqlite::Result<TextRow> {
    Ok(TextRow {
        body: columns.raw()?,
        reply: columns.raw()?,
        outcome: columns.raw()?,
        received_at: columns.instant()?,
    })
}

fn sent(
    connection: &Connection,
    phone: &PhoneNumber,
    limit: usize,
) -> rusqlite::Result<Vec<SentRow>> {
    connection
        .prepare_cached(SENT)?
        .query_map(params![phone.e164(), count(limit)], |row| {
            let mut columns = Columns::of(row);
            Ok(SentRow {
                kind: columns.raw()?,
                status: columns.raw()?,
                reason: columns.raw()?,
                body: columns.raw()?,
                created_at: columns.instant()?,
            })
        })?
        .collect()
}
