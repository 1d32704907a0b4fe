//! The canary: a phone of the operator's whose daily text proves the whole way, from the daily job to the receipt.

use jiff::{SignedDuration, Timestamp};

use super::delivery::DeliveryStatus;
use super::schedule::Days;
use super::subscriber::{Channel, Standing, Subscriber, Subscription};

/// What the daily text of the watched phone proves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Canary {
    /// Nothing: the phone has no text that comes every day.
    Absent,
    /// Nothing yet: the first one is not due, or still has time.
    Waiting {
        /// When it is due.
        due_at: Timestamp,
    },
    /// All is well: the last one that had its time arrived.
    Delivered {
        /// When.
        at: Timestamp,
    },
    /// The last one did not arrive in its time.
    Missed {
        /// When it was due.
        due_at: Timestamp,
        /// How far it travelled; `None`: it was not even made.
        status: Option<DeliveryStatus>,
    },
}

/// One date of the watched phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sighting {
    /// When it was due.
    pub due_at: Timestamp,
    /// How far it travelled.
    pub status: DeliveryStatus,
    /// When it came that far.
    pub at: Timestamp,
}

/// The subscriptions that prove something every day: daily texts without a condition, not paused, of an active phone.
pub fn proving(phone: &Subscriber) -> impl Iterator<Item = &Subscription> {
    let active = phone.standing == Standing::Active;
    phone.subscriptions.iter().filter(move |one| {
        active
            && one.channel == Channel::Text
            && one.days == Days::DAILY
            && one.only_if.is_none()
            && one.pause.is_none()
            && one.next.is_some()
    })
}

impl Canary {
    /// Judges by when the next one is due (`None` where nothing proves anything) and by the last ones, the newest first. Each has
    /// `patience` to arrive.
    #[must_use]
    pub fn judge(
        next_due_at: Option<Timestamp>,
        last: &[Sighting],
        patience: SignedDuration,
        now: Timestamp,
    ) -> Self {
        let Some(next) = next_due_at else {
            return Self::Absent;
        };
        let has_had_time = |due_at: Timestamp| now.duration_since(due_at) > patience;
        if has_had_time(next) {
            return Self::Missed {
                due_at: next,
                status: None,
            };
        }
        let told = last
            .iter()
            .find(|one| one.status == DeliveryStatus::Delivered || has_had_time(one.due_at));
        match told {
            Some(one) if one.status == DeliveryStatus::Delivered => Self::Delivered { at: one.at },
            Some(one) => Self::Missed {
                due_at: one.due_at,
                status: Some(one.status),
            },
            None => Self::Waiting {
                due_at: last.last().map_or(next, |one| one.due_at.min(next)),
            },
        }
    }

    /// Whether somebody should look.
    #[must_use]
    pub const fn is_wrong(self) -> bool {
        matches!(self, Self::Absent | Self::Missed { .. })
    }
}

#[cfg(test)]
mod tests;
