//! Stored values as domain values: read column by column, in the order of a column list.

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::types::{FromSql, Type};
use rusqlite::{Error, Result, Row};
use serde::de::DeserializeOwned;

use crate::domain::phone::{Country, PhoneNumber};

/// Reads the columns of a row from left to right.
pub(in crate::store) struct Columns<'a, 'r> {
    row: &'a Row<'r>,
    next: usize,
}

impl<'a, 'r> Columns<'a, 'r> {
    pub(in crate::store) const fn of(row: &'a Row<'r>) -> Self {
        Self { row, next: 0 }
    }

    /// The next column as it stands.
    pub(in crate::store) fn raw<T: FromSql>(&mut self) -> Result<T> {
        let value = self.row.get(self.next)?;
        self.next += 1;
        Ok(value)
    }

    /// The next column, an instant.
    pub(in crate::store) fn instant(&mut self) -> Result<Timestamp> {
        let value = self.raw()?;
        self.must(at(value), "no instant")
    }

    /// The next column, an instant or nothing.
    pub(in crate::store) fn instant_or_null(&mut self) -> Result<Option<Timestamp>> {
        let value: Option<i64> = self.raw()?;
        value.map(|ms| self.must(at(ms), "no instant")).transpose()
    }

    /// The next column, a local date or nothing.
    pub(in crate::store) fn date_or_null(&mut self) -> Result<Option<Date>> {
        self.parsed_or_null(|text| text.parse().ok(), "no date")
    }

    /// The next column, a text that `parse` understands.
    pub(in crate::store) fn parsed<T>(
        &mut self,
        parse: impl FnOnce(&str) -> Option<T>,
        why: &'static str,
    ) -> Result<T> {
        let parsed = self.row.get_ref(self.next)?.as_str().ok().and_then(parse);
        self.next += 1;
        self.must(parsed, why)
    }

    /// The next column, a text that `parse` understands, or nothing.
    pub(in crate::store) fn parsed_or_null<T>(
        &mut self,
        parse: impl FnOnce(&str) -> Option<T>,
        why: &'static str,
    ) -> Result<Option<T>> {
        let text = self.row.get_ref(self.next)?.as_str_or_null();
        self.next += 1;
        match text {
            Ok(None) => Ok(None),
            Ok(Some(text)) => self.must(parse(text), why).map(Some),
            Err(_) => self.must(None, why),
        }
    }

    /// The next column, JSON of the wire struct `W`.
    pub(in crate::store) fn json<W: DeserializeOwned>(&mut self) -> Result<W> {
        self.parsed(|text| serde_json::from_str(text).ok(), "unreadable JSON")
    }

    /// The next column, JSON of the wire struct `W`, or nothing.
    pub(in crate::store) fn json_or_null<W: DeserializeOwned>(&mut self) -> Result<Option<W>> {
        self.parsed_or_null(|text| serde_json::from_str(text).ok(), "unreadable JSON")
    }

    /// The next column, a phone number.
    pub(in crate::store) fn phone(&mut self) -> Result<PhoneNumber> {
        self.parsed(|text| PhoneNumber::parse(text).ok(), "no phone number")
    }

    /// The next column, a phone number or nothing.
    pub(in crate::store) fn phone_or_null(&mut self) -> Result<Option<PhoneNumber>> {
        self.parsed_or_null(|text| PhoneNumber::parse(text).ok(), "no phone number")
    }

    /// The next column, a country or nothing.
    pub(in crate::store) fn country_or_null(&mut self) -> Result<Option<Country>> {
        self.parsed_or_null(Country::parse, "no country")
    }

    /// `value`, or an error about the column read last. The value itself is never told.
    pub(in crate::store) fn must<T>(&self, value: Option<T>, why: &'static str) -> Result<T> {
        value.ok_or_else(|| {
            Error::FromSqlConversionFailure(self.next.saturating_sub(1), Type::Text, why.into())
        })
    }
}

/// Milliseconds since 1970, as instants are stored.
pub(in crate::store) fn ms(at: Timestamp) -> i64 {
    at.as_millisecond()
}

/// An optional instant, as it is stored.
pub(in crate::store) fn ms_or_null(at: Option<Timestamp>) -> Option<i64> {
    at.map(ms)
}

/// The instant that [`ms`] stored.
pub(in crate::store) fn at(ms: i64) -> Option<Timestamp> {
    Timestamp::from_millisecond(ms).ok()
}

/// A local date, as it is stored.
pub(in crate::store) fn date_or_null(date: Option<Date>) -> Option<String> {
    date.map(|date| date.to_string())
}

/// A count of rows or a limit, as SQLite counts.
pub(in crate::store) fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
