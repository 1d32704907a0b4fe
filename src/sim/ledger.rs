//! The outside truth: every message the carrier took, and every request that came to its doors.

use super::answer::Outcome;
use super::carrier::message::{Direction, Message};

/// A copy of the carrier's books at one moment.
#[derive(Debug, Clone)]
pub struct Ledger {
    /// All messages of all directions, oldest first; deleted and redacted ones whole.
    pub messages: Vec<Message>,
    /// Every request to the REST API and to the weather services.
    pub requests: Vec<Seen>,
    /// The most create calls that ran at once.
    pub most_creates_at_once: usize,
}

/// A request as it ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Pretend time, Unix milliseconds.
    pub at_ms: i64,
    /// HTTP method.
    pub method: String,
    /// Path without its query.
    pub path: String,
    /// How it ended.
    pub outcome: Outcome,
    /// The SID of the message that it created, whatever the client was told.
    pub accepted: Option<String>,
}

impl Ledger {
    /// The messages that the carrier took over REST.
    pub fn accepted(&self) -> impl Iterator<Item = &Message> {
        self.of(Direction::Api)
    }

    /// The TwiML replies that went out.
    pub fn replies(&self) -> impl Iterator<Item = &Message> {
        self.of(Direction::Reply)
    }

    /// The messages that the carrier took over REST for one phone.
    pub fn accepted_for<'a>(&'a self, phone: &'a str) -> impl Iterator<Item = &'a Message> {
        self.accepted().filter(move |message| message.to == phone)
    }

    /// How many requests came to a path that contains `part`.
    pub fn requests_to(&self, part: &str) -> usize {
        self.requests
            .iter()
            .filter(|seen| seen.path.contains(part))
            .count()
    }

    fn of(&self, direction: Direction) -> impl Iterator<Item = &Message> {
        self.messages
            .iter()
            .filter(move |message| message.direction == direction)
    }
}
