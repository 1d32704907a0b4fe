//! Who gets what, where and when: a phone, its subscriptions, and the question that it was last asked.

mod units;

use jiff::Timestamp;
use jiff::civil::Date;

use super::language::Language;
use super::phone::{Country, PhoneNumber};
use super::place::Place;
use super::schedule::{Days, SendTime, Slot, next_slot};

pub use self::units::Units;

/// A phone that texted or called us, or was imported.
#[derive(Debug, Clone, PartialEq)]
pub struct Subscriber {
    /// Its number.
    pub phone: PhoneNumber,
    /// Where its number is from, as the carrier or the calling code says.
    pub country: Option<Country>,
    /// Whether it may be texted.
    pub standing: Standing,
    /// Chosen by `UNITS`; else by country.
    pub units: Option<Units>,
    /// Chosen by `LANGUAGE` or an operator; else as heard, else by country.
    pub language: Option<Language>,
    /// What the words of a text last clearly showed.
    pub heard: Option<Language>,
    /// The last place asked for: "my place" until there is a subscription.
    pub last_place: Option<Place>,
    /// A question of ours that waits for its answer.
    pub pending: Option<Pending>,
    /// Answers that we gave lately.
    pub replies: Replies,
    /// When a greeting or thanks was last answered.
    pub greeted_at: Option<Timestamp>,
    /// When we last said "You stopped our texts".
    pub stop_notice_at: Option<Timestamp>,
    /// When we first met.
    pub created_at: Timestamp,
    /// In the order they were made. Ended ones are kept for their history's sake only and are not loaded.
    pub subscriptions: Vec<Subscription>,
}

impl Subscriber {
    /// A phone that we never met.
    #[must_use]
    pub fn new(phone: PhoneNumber, country: Option<Country>, now: Timestamp) -> Self {
        let country = country.or_else(|| phone.country());
        Self {
            phone,
            country,
            standing: Standing::Active,
            units: None,
            language: None,
            heard: None,
            last_place: None,
            pending: None,
            replies: Replies::default(),
            greeted_at: None,
            stop_notice_at: None,
            created_at: now,
            subscriptions: Vec::new(),
        }
    }

    /// Chosen units, else those of the phone's country, else metric.
    #[must_use]
    pub fn units(&self) -> Units {
        self.units
            .unwrap_or_else(|| self.country.map_or(Units::Metric, Units::of_country))
    }

    /// The language to be answered in: the chosen one, else the one heard last, else that of the phone's country.
    #[must_use]
    pub fn language(&self) -> Language {
        Language::for_reader(self.language, self.heard, self.country)
    }

    /// The place meant when none is named.
    #[must_use]
    pub fn own_place(&self) -> Option<&Place> {
        self.subscriptions
            .first()
            .map(|s| &s.place)
            .or(self.last_place.as_ref())
    }
}

/// Whether a phone may be texted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// Yes.
    Active,
    /// No, until START.
    Stopped {
        /// Since when.
        at: Timestamp,
        /// Who knows of it.
        by: StoppedBy,
    },
}

/// Who knows of a stop, which decides who may still talk about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StoppedBy {
    /// The carrier blocks the pair: everything but START gets silence.
    Carrier,
    /// Only we do (free wording, or keywords that the carrier does not answer).
    Us,
    /// An operator stopped it.
    Operator,
    /// The phone can never be reached; the reason stands with the delivery that showed it.
    Unreachable,
}

impl StoppedBy {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Carrier, Self::Us, Self::Operator, Self::Unreachable];

    /// The database's name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Carrier => "carrier",
            Self::Us => "us",
            Self::Operator => "operator",
            Self::Unreachable => "unreachable",
        }
    }

    /// Reads [`StoppedBy::name`].
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|by| by.name() == name)
    }
}

/// A subscription's row. Never used again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SubscriptionId(pub i64);

/// One place, time and condition of a phone.
#[derive(Debug, Clone, PartialEq)]
pub struct Subscription {
    /// `None` until it was saved.
    pub id: Option<SubscriptionId>,
    /// Of which place.
    pub place: Place,
    /// At what local time there.
    pub time: SendTime,
    /// On which days.
    pub days: Days,
    /// Only when this is ahead.
    pub only_if: Option<Condition>,
    /// By text or by call.
    pub channel: Channel,
    /// Not before a day, or not until RESUME.
    pub pause: Option<Pause>,
    /// A date to leave out.
    pub skip: Option<Date>,
    /// Another place for a while.
    pub trip: Option<Trip>,
    /// When the next one is due; `None` only at the end of the calendar.
    pub next: Option<Slot>,
    /// The last local date that has a delivery record.
    pub last_date: Option<Date>,
    /// When it was made.
    pub created_at: Timestamp,
}

impl Subscription {
    /// A daily text at `time`, with its first slot.
    #[must_use]
    pub fn new(place: Place, time: SendTime, now: Timestamp) -> Self {
        let mut new = Self {
            id: None,
            place,
            time,
            days: Days::DAILY,
            only_if: None,
            channel: Channel::Text,
            pause: None,
            skip: None,
            trip: None,
            next: None,
            last_date: None,
            created_at: now,
        };
        new.reschedule(now);
        new
    }

    /// Where its person is on a date: the trip's place while it lasts.
    #[must_use]
    pub fn place_on(&self, date: Date) -> &Place {
        match &self.trip {
            Some(trip) if date <= trip.until => &trip.place,
            _ => &self.place,
        }
    }

    /// Computes the next slot after an edit or a delivery: not before `now`, and never a date that already has a record.
    pub fn reschedule(&mut self, now: Timestamp) {
        self.next = self.slot_from(now);
    }

    /// The first slot not before `from`, by the clock of the place where its person is on that date.
    #[must_use]
    pub fn slot_from(&self, from: Timestamp) -> Option<Slot> {
        let Some(trip) = &self.trip else {
            return next_slot(self.time, self.days, &self.place.zone, from, self.last_date);
        };
        match next_slot(self.time, self.days, &trip.place.zone, from, self.last_date) {
            Some(away) if away.date <= trip.until => Some(away),
            _ => next_slot(
                self.time,
                self.days,
                &self.place.zone,
                from,
                self.last_date.max(Some(trip.until)),
            ),
        }
    }
}

/// Text or call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Channel {
    /// A text message.
    Text,
    /// A phone call that reads it.
    Call,
}

impl Channel {
    /// The contract's name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Call => "call",
        }
    }

    /// Reads [`Channel::name`].
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Text, Self::Call]
            .into_iter()
            .find(|channel| channel.name() == name)
    }
}

/// Weather that must be ahead for a subscription to be sent on a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Condition {
    /// Rain of any kind.
    Rain,
    /// Snow.
    Snow,
    /// Below zero.
    Frost,
    /// Strong wind.
    Wind,
    /// Great heat.
    Heat,
}

impl Condition {
    /// All conditions.
    pub const ALL: [Self; 5] = [Self::Rain, Self::Snow, Self::Frost, Self::Wind, Self::Heat];

    /// The contract's name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rain => "rain",
            Self::Snow => "snow",
            Self::Frost => "frost",
            Self::Wind => "wind",
            Self::Heat => "heat",
        }
    }

    /// Reads [`Condition::name`].
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|condition| condition.name() == name)
    }
}

/// A break; every date in it gets a record that says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pause {
    /// The first local date that is sent again; `None`: until RESUME.
    pub until: Option<Date>,
}

/// Another place until a date.
#[derive(Debug, Clone, PartialEq)]
pub struct Trip {
    /// Where.
    pub place: Place,
    /// The last local date there.
    pub until: Date,
}

/// A question of ours, and when we asked it.
#[derive(Debug, Clone, PartialEq)]
pub struct Pending {
    /// What we asked.
    pub question: Question,
    /// When.
    pub asked_at: Timestamp,
}

/// What an answer of one digit, YES or DELETE would mean.
#[derive(Debug, Clone, PartialEq)]
pub enum Question {
    /// Which of these places (one: "did you mean")? `text` is what was asked, to be understood again with the place.
    Place {
        /// In the order of their numbers.
        options: Vec<Place>,
        /// The text that led here.
        text: String,
    },
    /// Which of my subscriptions? `text` is what was asked.
    Subscription {
        /// In the order of their numbers.
        options: Vec<SubscriptionId>,
        /// The text that led here.
        text: String,
    },
    /// Answered: one of these places was taken, and another may still be.
    Offered {
        /// In the order of their numbers.
        options: Vec<Place>,
    },
    /// For which place? `text` is what was asked.
    Where {
        /// The text that led here.
        text: String,
    },
    /// For how long is the trip to this place?
    HowLong {
        /// Where to.
        place: Place,
    },
    /// Really erase everything?
    DeleteMe,
}

/// How many answers a sender had in the running hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Replies {
    /// When the hour began.
    pub since: Option<Timestamp>,
    /// Answers since.
    pub count: u32,
}

#[cfg(test)]
mod tests;
