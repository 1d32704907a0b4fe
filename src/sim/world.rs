//! What all parts of the pretend world share.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use super::Options;
use super::answer::Outcome;
use super::call_out::Client;
use super::carrier::book::Book;
use super::carrier::calls::Call;
use super::carrier::message::Message;
use super::carrier::number::Number;
use super::dice::Dice;
use super::faults::FaultPlan;
use super::ledger::Seen;
use super::page::Phone;
use super::page::lines::{Line, Lines};
use super::weather::Weather;
use super::wire::Wire;

/// The shared state; every lock is held for a moment and never across an await.
pub(crate) struct World {
    pub(crate) options: Options,
    pub(crate) faults: FaultPlan,
    pub(crate) weather: Weather,
    pub(crate) wire: Wire,
    pub(crate) client: Client,
    /// `http://127.0.0.1:port`, known once the listener is bound.
    pub(crate) url: OnceLock<String>,
    pub(crate) in_flight: AtomicUsize,
    pub(crate) most_in_flight: AtomicUsize,
    pub(crate) phones: Mutex<Vec<Phone>>,
    lines: Lines,
    book: Mutex<Book>,
    dice: Mutex<Dice>,
    connected: Mutex<Connected>,
    violations: Mutex<Vec<String>>,
    seen: Mutex<Vec<Seen>>,
    counts: Mutex<HashMap<&'static str, u64>>,
}

/// Where the daemon's webhooks are.
#[derive(Debug, Clone, Default)]
pub(crate) struct Connected {
    /// What is signed, without a slash at the end.
    pub(crate) public_url: String,
    /// What is dialled, without a slash at the end.
    pub(crate) webhook_base: String,
}

impl World {
    pub(crate) fn new(options: Options) -> World {
        let mut dice = Dice::new(options.seed);
        let number = Number::new(dice.sid("PN"), &options.number, (options.now)());
        World {
            faults: FaultPlan::new(options.seed),
            weather: Weather::new(options.seed),
            wire: Wire::new(options.page.is_some()),
            client: Client::new(),
            url: OnceLock::new(),
            in_flight: AtomicUsize::new(0),
            most_in_flight: AtomicUsize::new(0),
            phones: Mutex::new(Vec::new()),
            lines: Lines::default(),
            book: Mutex::new(Book::new(number)),
            dice: Mutex::new(dice),
            connected: Mutex::new(Connected::default()),
            violations: Mutex::new(Vec::new()),
            seen: Mutex::new(Vec::new()),
            counts: Mutex::new(HashMap::new()),
            options,
        }
    }

    pub(crate) fn now(&self) -> i64 {
        (self.options.now)()
    }

    pub(crate) fn sid(&self, letters: &str) -> String {
        held(&self.dice).sid(letters)
    }

    pub(crate) fn book(&self) -> MutexGuard<'_, Book> {
        held(&self.book)
    }

    pub(crate) fn phones(&self) -> MutexGuard<'_, Vec<Phone>> {
        held(&self.phones)
    }

    pub(crate) fn lines(&self) -> MutexGuard<'_, Vec<Line>> {
        held(&self.lines)
    }

    /// Changes a message if it is there.
    pub(crate) fn change(&self, sid: &str, change: impl FnOnce(&mut Message)) {
        if let Some(message) = self.book().get_mut(sid) {
            change(message);
        }
    }

    /// Tells the page that a message is new or has moved on.
    pub(crate) fn told(&self, sid: &str) {
        if self.wire.is_on()
            && let Some(message) = self.book().get(sid).cloned()
        {
            self.wire.message(&message);
        }
    }

    /// Changes a call if it is there.
    pub(crate) fn change_call(&self, sid: &str, change: impl FnOnce(&mut Call)) {
        if let Some(call) = self.book().call_mut(sid) {
            change(call);
        }
    }

    /// Tells the page that a call is new or has moved on.
    pub(crate) fn told_call(&self, sid: &str) {
        if self.wire.is_on()
            && let Some(call) = self.book().call(sid).cloned()
        {
            self.wire.call(&call);
        }
    }

    pub(crate) fn connect(&self, public_url: &str, webhook_base: &str) {
        *held(&self.connected) = Connected {
            public_url: public_url.trim_end_matches('/').to_owned(),
            webhook_base: webhook_base.trim_end_matches('/').to_owned(),
        };
    }

    pub(crate) fn connected(&self) -> Connected {
        held(&self.connected).clone()
    }

    /// Notes something that the documents do not allow.
    pub(crate) fn violate(&self, what: String) {
        held(&self.violations).push(what);
    }

    pub(crate) fn violations(&self) -> MutexGuard<'_, Vec<String>> {
        held(&self.violations)
    }

    pub(crate) fn saw(&self, service: &'static str, seen: Seen) {
        *held(&self.counts).entry(service).or_default() += 1;
        held(&self.seen).push(seen);
    }

    pub(crate) fn seen(&self) -> Vec<Seen> {
        held(&self.seen).clone()
    }

    pub(crate) fn count(&self, service: &str) -> u64 {
        held(&self.counts).get(service).copied().unwrap_or(0)
    }

    /// Counts a create call in and gives back how many are running now.
    pub(crate) fn enter(&self) -> usize {
        let running = self.in_flight.fetch_add(1, Ordering::SeqCst) + 1;
        self.most_in_flight.fetch_max(running, Ordering::SeqCst);
        running
    }

    pub(crate) fn leave(&self) {
        self.in_flight.fetch_sub(1, Ordering::SeqCst);
    }
}

/// A request seen at one of the doors.
pub(crate) fn seen(at_ms: i64, method: &str, path: &str, outcome: Outcome) -> Seen {
    Seen {
        at_ms,
        method: method.to_owned(),
        path: path.to_owned(),
        outcome,
        accepted: None,
    }
}

/// A lock whose holder panicked still guards sound data here: every change is a single assignment or push.
pub(crate) fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
