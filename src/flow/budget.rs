//! The day's budget in segments: all that we cause, answers included. What is left is kept for the mornings that people
//! subscribed to; opt-outs are honoured whatever was spent.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::App;
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
}

impl App {
    /// Whether an answer may still be given today.
    pub(super) fn may_answer(&self, now: Timestamp) -> bool {
        self.with_budget(now, |budget, most| budget.spent + budget.reserved() < most)
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
            let nearly = budget.spent.saturating_mul(10) >= most.saturating_mul(8);
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
        self.with_budget(now, |budget, _| {
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

fn day_of(now: Timestamp) -> Date {
    now.to_zoned(TimeZone::UTC).date()
}
