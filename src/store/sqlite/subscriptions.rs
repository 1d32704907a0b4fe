//! Subscriptions: rows of a phone, and the column that says when each is due.

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::{Connection, Result, params};

use super::deliveries;
use super::json::{PlaceJson, TripJson, text};
use super::values::{Columns, date_or_null, ms};
use crate::domain::schedule::{Days, SendTime, Slot};
use crate::domain::subscriber::{Channel, Condition, Pause, Subscription, SubscriptionId};

/// The columns that [`read`] reads, in its order.
pub(in crate::store) const COLUMNS: &str = "s.id, s.place, s.time, s.days, s.only_if, s.channel, s.paused, \
     s.paused_until, s.skip, s.trip, s.next_date, s.next_due_at, s.last_date, s.created_at";

pub(in crate::store) fn of_sql() -> String {
    format!(
        "SELECT {COLUMNS} FROM subscriptions s WHERE s.subscriber_id = ?1 AND s.ended_at IS NULL ORDER BY s.id"
    )
}

/// A phone's subscriptions that have not ended, in the order they were made.
pub(in crate::store) fn of(connection: &Connection, subscriber: i64) -> Result<Vec<Subscription>> {
    connection
        .prepare_cached(&of_sql())?
        .query_map([subscriber], |row| read(&mut Columns::of(row)))?
        .collect()
}

/// Reads [`COLUMNS`].
pub(in crate::store) fn read(columns: &mut Columns<'_, '_>) -> Result<Subscription> {
    let id = SubscriptionId(columns.raw()?);
    let place = columns.json::<PlaceJson>()?.place();
    let place = columns.must(place, "no place")?;
    let time = columns.parsed(SendTime::parse, "no time")?;
    let days = columns.parsed(Days::parse, "no days")?;
    let only_if = columns.parsed_or_null(Condition::parse, "no condition")?;
    let channel = columns.parsed(Channel::parse, "no channel")?;
    let paused: bool = columns.raw()?;
    let until = columns.date_or_null()?;
    let skip = columns.date_or_null()?;
    let trip = columns.json_or_null::<TripJson>()?.and_then(TripJson::trip);
    let next_date = columns.date_or_null()?;
    let next_due_at = columns.instant_or_null()?;
    Ok(Subscription {
        id: Some(id),
        place,
        time,
        days,
        only_if,
        channel,
        pause: paused.then_some(Pause { until }),
        skip,
        trip,
        next: next_date
            .zip(next_due_at)
            .map(|(date, at)| Slot { date, at }),
        last_date: columns.date_or_null()?,
        created_at: columns.instant()?,
    })
}

pub(in crate::store) fn insert(
    connection: &Connection,
    subscriber: i64,
    subscription: &Subscription,
    active: bool,
    now: Timestamp,
) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO subscriptions (subscriber_id, place, time, days, only_if, channel, paused, paused_until, skip,
                trip, next_date, next_due_at, last_date, live, created_at, updated_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
        )?
        .execute(params![
            subscriber,
            text(&PlaceJson::of(&subscription.place))?,
            subscription.time.to_string(),
            subscription.days.to_string(),
            subscription.only_if.map(Condition::name),
            subscription.channel.name(),
            subscription.pause.is_some(),
            date_or_null(subscription.pause.and_then(|p| p.until)),
            date_or_null(subscription.skip),
            trip(subscription)?,
            date_or_null(subscription.next.map(|n| n.date)),
            subscription.next.map(|n| ms(n.at)),
            date_or_null(subscription.last_date),
            active,
            ms(subscription.created_at),
            ms(now),
        ])?;
    Ok(())
}

pub(in crate::store) fn update(
    connection: &Connection,
    subscription: &Subscription,
    active: bool,
    now: Timestamp,
) -> Result<()> {
    connection
        .prepare_cached(
            "UPDATE subscriptions SET place = ?2, time = ?3, days = ?4, only_if = ?5, channel = ?6, paused = ?7,
                paused_until = ?8, skip = ?9, trip = ?10, next_date = ?11, next_due_at = ?12, last_date = ?13,
                live = ?14, updated_at = ?15
             WHERE id = ?1",
        )?
        .execute(params![
            subscription.id.map(|id| id.0),
            text(&PlaceJson::of(&subscription.place))?,
            subscription.time.to_string(),
            subscription.days.to_string(),
            subscription.only_if.map(Condition::name),
            subscription.channel.name(),
            subscription.pause.is_some(),
            date_or_null(subscription.pause.and_then(|p| p.until)),
            date_or_null(subscription.skip),
            trip(subscription)?,
            date_or_null(subscription.next.map(|n| n.date)),
            subscription.next.map(|n| ms(n.at)),
            date_or_null(subscription.last_date),
            active,
            ms(now),
        ])?;
    Ok(())
}

/// Ends one: its row stays for its history, and nothing of it that waits is sent.
pub(in crate::store) fn end(
    connection: &Connection,
    id: SubscriptionId,
    now: Timestamp,
) -> Result<()> {
    connection
        .prepare_cached(
            "UPDATE subscriptions SET live = 0, ended_at = ?2, updated_at = ?2 WHERE id = ?1",
        )?
        .execute(params![id.0, ms(now)])?;
    deliveries::end_subscription(connection, id, now)
}

/// A date has its record: the subscription waits for the next one. Clocks that go back take no date back.
pub(in crate::store) fn move_on(
    connection: &Connection,
    id: SubscriptionId,
    date: Date,
    next: Option<Slot>,
    now: Timestamp,
) -> Result<()> {
    connection.prepare_cached(MOVE_ON)?.execute(params![
        id.0,
        date.to_string(),
        date_or_null(next.map(|n| n.date)),
        next.map(|n| ms(n.at)),
        ms(now)
    ])?;
    Ok(())
}

pub(in crate::store) const MOVE_ON: &str = "UPDATE subscriptions
     SET last_date = max(coalesce(last_date, ?2), ?2), next_date = ?3, next_due_at = ?4, updated_at = ?5 WHERE id = ?1";

fn trip(subscription: &Subscription) -> Result<Option<String>> {
    subscription
        .trip
        .as_ref()
        .map(|trip| text(&TripJson::of(trip)))
        .transpose()
}
