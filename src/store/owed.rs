//! Forecasts that we owe: promised when the weather was not in, written when it is back.

use jiff::Timestamp;
use rusqlite::{Connection, params};

use super::sqlite::json::AskJson;
use super::sqlite::subscribers::language_or_null;
use super::sqlite::values::{Columns, count, ms};
use super::{Store, StoreError};
use crate::domain::decision::FollowUp;
use crate::domain::delivery::{DeliveryId, DeliveryKind};
use crate::domain::forecast::Window;
use crate::domain::language::Language;
use crate::domain::phone::{Country, PhoneNumber};
use crate::domain::place::Place;
use crate::domain::subscriber::{Channel, Units};

/// A forecast that we owe somebody.
#[derive(Debug, Clone, PartialEq)]
pub struct Owed {
    /// Its row.
    pub id: DeliveryId,
    /// Whom.
    pub phone: PhoneNumber,
    /// Where the phone is from.
    pub country: Option<Country>,
    /// In which language they are answered.
    pub language: Language,
    /// For where.
    pub place: Place,
    /// For when.
    pub window: Window,
    /// In which units.
    pub units: Units,
    /// By text, or by a call.
    pub channel: Channel,
    /// When it was promised.
    pub created_at: Timestamp,
}

impl Store {
    /// Forecasts that we owe, the oldest promise first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn owed_follow_ups(&self, limit: usize) -> Result<Vec<Owed>, StoreError> {
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(OWED)?;
            let mut rows = statement.query([count(limit)])?;
            let mut owed = Vec::new();
            while let Some(row) = rows.next()? {
                match read_owed(row) {
                    Ok(one) => owed.push(one),
                    // One that cannot be read must not hold up the others.
                    Err(_) => tracing::error!("an owed forecast cannot be read and is left out"),
                }
            }
            Ok(owed)
        })
        .await
    }

    /// Writes an owed forecast: it may be sent now, until `expires_at`. Whether it was still owed.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn fill_follow_up(
        &self,
        id: DeliveryId,
        body: &str,
        segments: usize,
        expires_at: Timestamp,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let body = body.to_owned();
        self.write(move |connection| {
            let filled = connection.prepare_cached(FILL)?.execute(params![
                id.0,
                body,
                count(segments),
                ms(expires_at),
                ms(now)
            ])?;
            Ok(filled > 0)
        })
        .await
    }
}

/// Whether the same is owed to the phone already: who asks three times while the weather is away wants one answer.
pub(super) fn is_owed(
    connection: &Connection,
    phone: &PhoneNumber,
    ask: &FollowUp,
) -> Result<bool, StoreError> {
    let kind = match ask.channel {
        Channel::Text => DeliveryKind::FollowUp,
        Channel::Call => DeliveryKind::Call,
    };
    let mut statement = connection.prepare_cached(OWED_TO)?;
    let mut rows = statement.query(params![phone.e164(), kind.name()])?;
    while let Some(row) = rows.next()? {
        let json: String = row.get(0)?;
        let known = serde_json::from_str::<AskJson>(&json).ok();
        let same = known
            .and_then(|known| known.ask(ask.channel))
            .is_some_and(|known| {
                known.place.coordinates == ask.place.coordinates && known.window == ask.window
            });
        if same {
            return Ok(true);
        }
    }
    Ok(false)
}

pub(super) const OWED_TO: &str = "SELECT ask FROM deliveries
     WHERE phone = ?1 AND kind = ?2 AND status = 'pending' AND body IS NULL AND ask IS NOT NULL";

pub(super) const OWED: &str = "SELECT d.id, d.kind, d.phone, u.country, u.language, u.heard, d.ask,
     d.created_at
     FROM deliveries d LEFT JOIN subscribers u ON u.phone = d.phone
     WHERE d.status = 'pending' AND d.body IS NULL ORDER BY d.created_at LIMIT ?1";
pub(super) const FILL: &str =
    "UPDATE deliveries SET body = ?2, segments = ?3, expires_at = ?4, next_attempt_at = ?5,
     updated_at = ?5 WHERE id = ?1 AND status = 'pending' AND body IS NULL";

fn read_owed(row: &rusqlite::Row<'_>) -> rusqlite::Result<Owed> {
    let mut columns = Columns::of(row);
    let id = DeliveryId(columns.raw()?);
    let channel = channel(columns.parsed(DeliveryKind::parse, "no kind")?);
    let phone = columns.phone()?;
    let country = columns.country_or_null()?.or_else(|| phone.country());
    let (chosen, heard) = (
        language_or_null(&mut columns)?,
        language_or_null(&mut columns)?,
    );
    let ask = columns.json::<AskJson>()?.ask(channel);
    let ask = columns.must(ask, "no promise")?;
    Ok(Owed {
        id,
        country,
        language: Language::for_reader(chosen, heard, country),
        phone,
        place: ask.place,
        window: ask.window,
        units: ask.units,
        channel,
        created_at: columns.instant()?,
    })
}

/// How a delivery of this kind reaches its person.
pub(super) const fn channel(kind: DeliveryKind) -> Channel {
    match kind {
        DeliveryKind::Call => Channel::Call,
        DeliveryKind::Daily | DeliveryKind::FollowUp | DeliveryKind::Notice => Channel::Text,
    }
}
