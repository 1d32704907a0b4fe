//! The days of the last month in numbers: kept once a day is over, counted live until then.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};

use super::App;
use crate::store::{DayTotals, StoreError};

impl App {
    /// Keeps the totals of days whose deliveries have all come to their end, a few at a time.
    pub(super) async fn keep_totals(&self, now: Timestamp) -> Result<(), StoreError> {
        let over = day_of(now.saturating_sub(ENDED).unwrap_or(now));
        let Some(mut day) = self.first_open(now).await? else {
            return Ok(());
        };
        for _ in 0..A_FEW {
            if day >= over {
                break;
            }
            let totals = self.store.count_day(day).await?;
            self.store.keep_totals(totals).await?;
            let Ok(next) = day.tomorrow() else { break };
            day = next;
        }
        Ok(())
    }

    /// The last thirty days, oldest first, with today.
    pub(super) async fn days(&self, now: Timestamp) -> Result<Vec<DayTotals>, StoreError> {
        let today = day_of(now);
        let first = month_ago(today);
        let mut days = self.store.totals_since(first).await?;
        days.retain(|totals| totals.day <= today);
        let Some(mut day) = self.first_open(now).await? else {
            return Ok(days);
        };
        while day <= today && days.len() < DAYS {
            days.retain(|totals| totals.day != day);
            days.push(self.store.count_day(day).await?);
            let Ok(next) = day.tomorrow() else { break };
            day = next;
        }
        days.sort_by_key(|totals| totals.day);
        Ok(days)
    }

    /// Where counting goes on: never before the month that is shown, and not in a future that a wrong clock once saw.
    async fn first_open(&self, now: Timestamp) -> Result<Option<Date>, StoreError> {
        let today = day_of(now);
        let first = self.store.first_open_day().await?;
        Ok(first.map(|first| match first > today {
            true => today.checked_sub(2.days()).unwrap_or(today),
            false => first.max(month_ago(today)),
        }))
    }
}

fn day_of(at: Timestamp) -> Date {
    at.to_zoned(TimeZone::UTC).date()
}

fn month_ago(today: Date) -> Date {
    today.checked_sub(29.days()).unwrap_or(today)
}

/// After a day, all of its deliveries have come to their end: an accepted one without a receipt takes 12 hours.
const ENDED: SignedDuration = SignedDuration::from_hours(13);
const A_FEW: usize = 3;
const DAYS: usize = 40;
