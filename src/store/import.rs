//! Bringing subscribers along from a list: a page of rows in one transaction, with an answer for each.

use jiff::Timestamp;
use rusqlite::Connection;

use super::sqlite::{consents, subscribers, suppressions};
use super::{Store, StoreError};
use crate::domain::decision::{Consent, ConsentKind};
use crate::domain::language::Language;
use crate::domain::phone::{Country, PhoneNumber};
use crate::domain::place::Place;
use crate::domain::subscriber::{Standing, Subscriber, Subscription, Units};

/// One line of a list.
#[derive(Clone, PartialEq)]
pub struct ImportRow {
    /// The phone.
    pub phone: PhoneNumber,
    /// Where it is from, if not by its number.
    pub country: Option<Country>,
    /// Chosen units, if any.
    pub units: Option<Units>,
    /// A chosen language, if any.
    pub language: Option<Language>,
    /// What it subscribes to.
    pub subscription: Subscription,
    /// Where its consent is from, in the list's words.
    pub consent: String,
}

/// Why a line was left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RowProblem {
    /// It stopped our texts; only START brings it back.
    #[error("this phone stopped our texts; only its own START brings it back")]
    Stopped,
    /// It was erased at its own wish.
    #[error("this phone asked to be forgotten; only its own text brings it back")]
    Suppressed,
    /// It has enough.
    #[error("this phone has {SUBSCRIPTIONS_MAX} subscriptions already")]
    TooMany,
}

/// More of one phone are a mistake in a list.
const SUBSCRIPTIONS_MAX: usize = 20;

impl Store {
    /// Adds subscriptions, or changes those that a phone has for the same place. Lines that cannot be taken say why; the
    /// others are saved together.
    ///
    /// # Errors
    /// [`StoreError`]; nothing was saved then.
    pub async fn import(
        &self,
        rows: Vec<ImportRow>,
        now: Timestamp,
    ) -> Result<Vec<Result<(), RowProblem>>, StoreError> {
        self.write_many(move |connection| {
            rows.iter().map(|row| take(connection, row, now)).collect()
        })
        .await
    }
}

fn take(
    connection: &Connection,
    row: &ImportRow,
    now: Timestamp,
) -> Result<Result<(), RowProblem>, StoreError> {
    let saved = subscribers::load(connection, &row.phone)?;
    let mut after = match &saved {
        Some(saved) => saved.subscriber.clone(),
        None if suppressions::find(connection, &row.phone)?.is_some() => {
            return Ok(Err(RowProblem::Suppressed));
        }
        None => Subscriber::new(row.phone.clone(), row.country, now),
    };
    if matches!(after.standing, Standing::Stopped { .. }) {
        return Ok(Err(RowProblem::Stopped));
    }
    after.units = row.units.or(after.units);
    after.language = row.language.or(after.language);
    let new = &row.subscription;
    let held = after.subscriptions.len();
    let known = after
        .subscriptions
        .iter_mut()
        .find(|known| is_same(&known.place, &new.place));
    match known {
        Some(known) => {
            known.time = new.time;
            known.days = new.days;
            known.only_if = new.only_if;
            known.channel = new.channel;
            known.reschedule(now);
        }
        None if held >= SUBSCRIPTIONS_MAX => {
            return Ok(Err(RowProblem::TooMany));
        }
        None => after.subscriptions.push(new.clone()),
    }
    subscribers::save(connection, saved.as_ref(), &after, now)?;
    let consent = Consent {
        kind: ConsentKind::Import,
        words: row.consent.clone(),
        answer: String::new(),
    };
    consents::add(connection, &row.phone, &consent, now)?;
    Ok(Ok(()))
}

/// Two lines about one town, though from different versions of the gazetteer.
fn is_same(a: &Place, b: &Place) -> bool {
    let (a, b) = (&a.coordinates, &b.coordinates);
    (a.latitude() - b.latitude()).abs() < 0.02 && (a.longitude() - b.longitude()).abs() < 0.02
}
