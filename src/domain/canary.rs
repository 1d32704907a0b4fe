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
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        format!("2026-11-{text}:00Z").parse().unwrap()
    }

    fn seen(due: &str, status: DeliveryStatus) -> Sighting {
        Sighting {
            due_at: at(due),
            status,
            at: at(due) + SignedDuration::from_mins(1),
        }
    }

    fn judge(next: &str, last: &[Sighting], now: &str) -> Canary {
        Canary::judge(Some(at(next)), last, SignedDuration::from_hours(3), at(now))
    }

    #[test]
    fn a_text_has_time_to_arrive_and_then_it_is_missed() {
        use DeliveryStatus::{Delivered, Sent, Skipped};
        let yesterday = seen("20T07:00", Delivered);
        let today = seen("21T07:00", Sent);
        let well = Canary::Delivered { at: yesterday.at };
        assert_eq!(judge("22T07:00", &[today, yesterday], "21T10:00"), well);
        let missed = judge("22T07:00", &[today, yesterday], "21T10:01");
        let status = Some(Sent);
        let due_at = today.due_at;
        assert_eq!(missed, Canary::Missed { due_at, status });
        assert!(missed.is_wrong());
        let skipped = judge(
            "23T07:00",
            &[seen("22T07:00", Skipped), yesterday],
            "22T23:00",
        );
        assert!(skipped.is_wrong());
        let again = seen("22T07:00", Delivered);
        let well = Canary::Delivered { at: again.at };
        assert_eq!(judge("23T07:00", &[again, today], "22T07:02"), well);
    }

    #[test]
    fn one_that_was_never_made_is_missed_too() {
        let yesterday = seen("20T07:00", DeliveryStatus::Delivered);
        let due_at = at("21T07:00");
        let missed = judge("21T07:00", &[yesterday], "21T10:01");
        let status = None;
        assert_eq!(missed, Canary::Missed { due_at, status });
    }

    #[test]
    fn before_the_first_one_nothing_is_known() {
        let due_at = at("21T07:00");
        let waiting = Canary::Waiting { due_at };
        assert_eq!(judge("21T07:00", &[], "20T18:00"), waiting);
        assert!(!waiting.is_wrong());
        let under_way = seen("21T07:00", DeliveryStatus::Accepted);
        assert_eq!(judge("22T07:00", &[under_way], "21T07:05"), waiting);
        let none = Canary::judge(None, &[under_way], SignedDuration::ZERO, due_at);
        assert_eq!(none, Canary::Absent);
    }
}
