//! The day's budget in segments: all that we cause, answers included. What is left is kept for the mornings that people
//! subscribed to, and one range of numbers cannot spend it all; opt-outs are honoured whatever was spent. Calls have a limit of
//! their own, for each caller.

use std::collections::HashMap;
use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::App;
use crate::domain::phone::PhoneNumber;
use crate::store::StoreError;

/// What was spent on a UTC day.
#[derive(Debug, Default)]
pub(super) struct Budget {
    day: Option<Date>,
    spent: u64,
    /// Daily texts that went out on it.
    mornings: u64,
    /// Live subscriptions: each may still want one segment.
    subscribed: u64,
    warned: bool,
    /// Answers to ranges of numbers.
    ranges: HashMap<String, u64>,
    /// Calls of each caller.
    calls: HashMap<PhoneNumber, u32>,
}

/// What was spent of the day's segments.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Spending {
    /// Segments that went out today, by UTC.
    pub spent: u64,
    /// Segments kept for daily texts that may still come today.
    pub reserved: u64,
    /// `limits.segments_per_day`.
    pub most: u64,
}

impl Spending {
    /// Whether four fifths are spent.
    #[must_use]
    pub const fn is_nearly_all(&self) -> bool {
        self.spent.saturating_mul(10) >= self.most.saturating_mul(8)
    }

    /// Whether no answer is given any more today.
    #[must_use]
    pub const fn is_all(&self) -> bool {
        self.spent + self.reserved >= self.most
    }
}

impl fmt::Display for Spending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            spent,
            reserved,
            most,
        } = self;
        write!(
            f,
            "{spent} of {most} spent, {reserved} kept for daily texts"
        )?;
        if self.is_all() {
            f.write_str("; no answers until midnight UTC (limits.segments_per_day)")?;
        } else if self.is_nearly_all() {
            f.write_str("; nearly all (limits.segments_per_day)")?;
        }
        Ok(())
    }
}

/// Why an answer is not given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refused {
    /// The day's segments are spent or reserved.
    Day,
    /// Those of the phone's range are.
    Range,
}

impl App {
    /// What was spent today.
    #[must_use]
    pub fn spending(&self, now: Timestamp) -> Spending {
        self.with_budget(now, |budget, most| Spending {
            spent: budget.spent,
            reserved: budget.reserved(),
            most,
        })
    }

    /// Whether an answer may still be given to a phone today.
    pub(super) fn may_answer(&self, phone: &PhoneNumber, now: Timestamp) -> Result<(), Refused> {
        if self.spending(now).is_all() {
            return Err(Refused::Day);
        }
        let percent = u64::from(self.settings.range_percent);
        let is_spent = self.with_budget(now, |budget, most| {
            let spent = budget.ranges.get(range_of(phone)).copied().unwrap_or(0);
            percent < 100 && spent.saturating_mul(100) >= most.saturating_mul(percent)
        });
        if is_spent {
            return Err(Refused::Range);
        }
        Ok(())
    }

    /// Whether one more call of a caller is answered today, and counts it. Nobody's calls are counted for anybody else, nor
    /// for anybody's texts.
    pub(super) fn may_call(&self, phone: &PhoneNumber, now: Timestamp) -> bool {
        let most = self.settings.calls_per_caller_per_day;
        if most == 0 {
            return true;
        }
        self.with_budget(now, |budget, _| {
            let known = budget.calls.contains_key(phone);
            if !known && budget.calls.len() >= MOST_CALLERS {
                return true;
            }
            let calls = budget.calls.entry(phone.clone()).or_default();
            *calls = calls.saturating_add(1);
            *calls <= most
        })
    }

    /// Counts an answer that went out.
    pub(super) fn spend_on_answer(&self, phone: &PhoneNumber, segments: usize, now: Timestamp) {
        self.spend_budget(segments, false, now);
        let range = range_of(phone);
        self.with_budget(now, |budget, _| {
            // Who texts from everywhere fills no memory: what is beyond is limited by the day alone.
            if budget.ranges.len() < MOST_RANGES || budget.ranges.contains_key(range) {
                *budget.ranges.entry(range.to_owned()).or_default() += segments as u64;
            }
        });
    }

    /// Whether a morning's text may still be made today.
    pub(super) fn may_send(&self, now: Timestamp) -> bool {
        self.with_budget(now, |budget, most| budget.spent < most)
    }

    /// Counts segments that went out; `morning`: for a daily text, whose share was reserved.
    pub(super) fn spend_budget(&self, segments: usize, morning: bool, now: Timestamp) {
        let warn = self.with_budget(now, |budget, most| {
            budget.spent += segments as u64;
            budget.mornings += u64::from(morning);
            let spending = Spending {
                spent: budget.spent,
                most,
                ..Spending::default()
            };
            let nearly = spending.is_nearly_all();
            nearly && !std::mem::replace(&mut budget.warned, nearly)
        });
        if warn {
            let most = self.settings.segments_per_day;
            tracing::warn!(
                most,
                "four fifths of limits.segments_per_day are spent; when all are, texts stay unanswered until midnight UTC"
            );
        }
    }

    /// Reads from the database what was spent today and how many may still want a text.
    ///
    /// # Errors
    /// [`StoreError`] when the database does not answer.
    pub(super) async fn recount_budget(&self, now: Timestamp) -> Result<(), StoreError> {
        let midnight = day_of(now)
            .to_zoned(TimeZone::UTC)
            .map_or(now, |start| start.timestamp());
        let spent = self.store.spent_since(midnight).await?;
        let ranges = self.store.answered_since(midnight, LAST_DIGITS).await?;
        self.with_budget(now, |budget, _| {
            for (range, answers) in ranges.into_iter().take(MOST_RANGES) {
                let counted = budget.ranges.entry(range).or_default();
                *counted = answers.max(*counted);
            }
            budget.spent = budget.spent.max(spent.segments);
            budget.mornings = budget.mornings.max(spent.mornings);
            budget.subscribed = spent.subscribed;
        });
        Ok(())
    }

    fn with_budget<T: Default>(
        &self,
        now: Timestamp,
        act: impl FnOnce(&mut Budget, u64) -> T,
    ) -> T {
        let most = u64::from(self.settings.segments_per_day);
        let Ok(mut budget) = self.budget.lock() else {
            return T::default();
        };
        let today = day_of(now);
        if budget.day != Some(today) {
            *budget = Budget {
                day: Some(today),
                subscribed: budget.subscribed,
                ..Budget::default()
            };
        }
        act(&mut budget, most)
    }
}

impl Budget {
    const fn reserved(&self) -> u64 {
        self.subscribed.saturating_sub(self.mornings)
    }
}

/// The numbers that are alike but for their last digits: they are often in one hand.
fn range_of(phone: &PhoneNumber) -> &str {
    let number = phone.e164();
    &number[..number.len().saturating_sub(LAST_DIGITS)]
}

/// Digits in which the numbers of a range differ.
const LAST_DIGITS: usize = 5;
const MOST_RANGES: usize = 100_000;
/// Callers of a day that are counted: who calls from more numbers than that is no machine that redials.
const MOST_CALLERS: usize = 100_000;

fn day_of(now: Timestamp) -> Date {
    now.to_zoned(TimeZone::UTC).date()
}
