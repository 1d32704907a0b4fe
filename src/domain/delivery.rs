//! One outgoing message, how far it travelled, and what a carrier's answer means for it and for its subscriber.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;

use super::subscriber::SubscriptionId;

/// A row of the outbox. Made from the time and never used again, also after a restored backup, so that a late callback
/// cannot settle the wrong row. Below 2^53, so that every JSON reader keeps it whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DeliveryId(pub i64);

impl fmt::Display for DeliveryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What a delivery is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DeliveryKind {
    /// The forecast of a subscription for one local date.
    Daily,
    /// An answer that we owe, because the weather was not there in time.
    FollowUp,
    /// Something an operator sends.
    Notice,
    /// A call that reads the forecast.
    Call,
}

impl DeliveryKind {
    /// All kinds.
    pub const ALL: [Self; 4] = [Self::Daily, Self::FollowUp, Self::Notice, Self::Call];

    /// The contract's name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Daily => "daily",
            Self::FollowUp => "follow_up",
            Self::Notice => "notice",
            Self::Call => "call",
        }
    }

    /// Reads [`DeliveryKind::name`].
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// How far a delivery travelled.
///
/// `Pending` → `Attempting` → `Accepted` → `Sent` → `Delivered`, with ways out at every step. The statuses that a carrier
/// reports form a lattice: see [`DeliveryStatus::advance`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DeliveryStatus {
    /// Waits for its attempt.
    Pending,
    /// An attempt is written down; its request may be under way.
    Attempting,
    /// An attempt whose outcome nobody knows: held until callback or message list settle it.
    Unclear,
    /// The carrier has it.
    Accepted,
    /// The carrier handed it on.
    Sent,
    /// On the phone.
    Delivered,
    /// The network could not deliver it.
    Undelivered,
    /// Refused, by the carrier or for good.
    Failed,
    /// Never tried, for a reason that is written down.
    Skipped,
    /// Nothing could be proven.
    Unknown,
}

impl DeliveryStatus {
    /// All statuses.
    pub const ALL: [Self; 10] = [
        Self::Pending,
        Self::Attempting,
        Self::Unclear,
        Self::Accepted,
        Self::Sent,
        Self::Delivered,
        Self::Undelivered,
        Self::Failed,
        Self::Skipped,
        Self::Unknown,
    ];

    /// The contract's name, also the database's.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Attempting => "attempting",
            Self::Unclear => "unclear",
            Self::Accepted => "accepted",
            Self::Sent => "sent",
            Self::Delivered => "delivered",
            Self::Undelivered => "undelivered",
            Self::Failed => "failed",
            Self::Skipped => "skipped",
            Self::Unknown => "unknown",
        }
    }

    /// Reads [`DeliveryStatus::name`].
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.name() == name)
    }

    /// Whether the record may stay in this status for ever.
    #[must_use]
    pub const fn is_end(self) -> bool {
        matches!(
            self,
            Self::Sent
                | Self::Delivered
                | Self::Undelivered
                | Self::Failed
                | Self::Skipped
                | Self::Unknown
        )
    }

    /// What remains after the carrier reported `report` (one of `Accepted`, `Sent`, `Delivered`, `Undelivered`, `Failed`)
    /// for a row in `self`. Never moves backwards, so that any order of any reports ends in one status: a report proves
    /// that the carrier has the message, so it also settles rows that were unclear, unknown, or even given up.
    #[must_use]
    pub fn advance(self, report: Self) -> Self {
        if report.rank() > self.rank() {
            report
        } else {
            self
        }
    }

    const fn rank(self) -> u8 {
        match self {
            Self::Pending | Self::Attempting | Self::Unclear | Self::Skipped | Self::Unknown => 0,
            Self::Accepted => 1,
            Self::Sent => 2,
            Self::Failed => 3,
            Self::Undelivered => 4,
            Self::Delivered => 5,
        }
    }
}

/// Why a delivery was never tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SkipReason {
    /// Its time had passed by more than the lateness limit.
    TooLate,
    /// No weather came before the lateness limit.
    NoWeather,
    /// The subscription was paused.
    Paused,
    /// `SKIP` asked for it.
    Asked,
    /// Its condition did not hold on that date.
    Condition,
    /// The phone had stopped our texts.
    Stopped,
    /// Its subscription had ended.
    Ended,
    /// The day's segments were used up.
    Budget,
    /// An operator cancelled it.
    Cancelled,
}

impl SkipReason {
    /// All reasons.
    pub const ALL: [Self; 9] = [
        Self::TooLate,
        Self::NoWeather,
        Self::Paused,
        Self::Asked,
        Self::Condition,
        Self::Stopped,
        Self::Ended,
        Self::Budget,
        Self::Cancelled,
    ];

    /// As the lists and the database say it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::TooLate => "too late",
            Self::NoWeather => "no weather",
            Self::Paused => "paused",
            Self::Asked => "skipped on request",
            Self::Condition => "condition",
            Self::Stopped => "stopped",
            Self::Ended => "ended",
            Self::Budget => "budget",
            Self::Cancelled => "cancelled",
        }
    }

    /// Reads [`SkipReason::name`].
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.name() == name)
    }
}

/// What makes a delivery the only one of its kind.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DedupKey(String);

impl DedupKey {
    /// One forecast per subscription and local calendar date.
    #[must_use]
    pub fn daily(subscription: SubscriptionId, date: Date) -> Self {
        Self(format!("daily:{}:{date}", subscription.0))
    }

    /// One follow-up per inbound text.
    #[must_use]
    pub fn follow_up(message_sid: &str) -> Self {
        Self(format!("follow_up:{message_sid}"))
    }

    /// One call per inbound text, or per `token` of an operator's.
    #[must_use]
    pub fn call(token: &str) -> Self {
        Self(format!("call:{token}"))
    }

    /// One notice per `token`, which the caller makes unique.
    #[must_use]
    pub fn notice(token: &str) -> Self {
        Self(format!("notice:{token}"))
    }

    /// The key as it stands in the database.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// One try at a create call, and what to do next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SendOutcome {
    /// The carrier has it, under this SID.
    Accepted {
        /// `SM…`, `MM…` or `CA…`.
        sid: String,
    },
    /// It provably never got it; try again.
    Retry {
        /// The carrier's error code or the HTTP status, where there was one.
        code: Option<u32>,
        /// Whether the carrier asks for fewer requests at once.
        slow_down: bool,
    },
    /// It refuses it.
    Rejected {
        /// The carrier's error code, or the HTTP status.
        code: u32,
        /// What that means.
        treatment: Treatment,
    },
    /// Nobody knows: hold it.
    Unknown,
}

/// What an error code means for the message, the subscriber and everybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Treatment {
    /// Passing: back off and try again while the text is fresh.
    Transient,
    /// The phone opted out at the carrier: silence until START.
    OptedOut,
    /// This phone can never be reached: stop its subscriptions, with the reason.
    PhoneGone,
    /// The sender or the account is at fault: stop all sending, loudly, and probe slowly.
    HoldAll,
    /// Only this message: it fails, nothing else changes.
    ThisMessage,
}

/// A status callback, or what the message list said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusReport {
    /// Our row, from the callback's path.
    pub delivery: DeliveryId,
    /// The carrier's SID.
    pub sid: String,
    /// `Accepted`, `Sent`, `Delivered`, `Undelivered` or `Failed`.
    pub status: DeliveryStatus,
    /// The carrier's error code.
    pub error_code: Option<u32>,
    /// What the code means.
    pub treatment: Option<Treatment>,
}

/// What to write down after an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settlement {
    /// The row.
    pub delivery: DeliveryId,
    /// Which attempt of it, so that a late answer of an earlier attempt cannot overwrite a later one.
    pub attempt: u32,
    /// How it went.
    pub outcome: SendOutcome,
    /// When to try again, for `Retry`: already with backoff and jitter.
    pub retry_at: Timestamp,
}

/// How long to wait before attempt number `attempt + 1`, in milliseconds: doubling from 5 s to at most 10 min.
/// `jitter` in 0.0..1.0 shortens it by up to a half, so that a burst does not come back as one.
#[must_use]
pub fn backoff_ms(attempt: u32, jitter: f64) -> i64 {
    let whole = 5_000_i64
        .saturating_mul(1 << attempt.saturating_sub(1).min(7))
        .min(600_000);
    let half = whole / 2;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        reason = "at most 300,000"
    )]
    let part = (half as f64 * jitter.clamp(0.0, 1.0)) as i64;
    whole - part
}

#[cfg(test)]
mod tests;
