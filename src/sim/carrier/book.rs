//! The carrier's books: messages by number, who opted out, what becomes of each message and when.

use std::collections::{HashMap, HashSet, VecDeque};

use super::calls::{Call, CallFate};
use super::message::{Direction, Fate, Message};
use super::number::Number;
use super::services::Service;

/// Everything the carrier remembers.
#[derive(Debug)]
pub(crate) struct Book {
    pub(crate) messages: Vec<Message>,
    by_sid: HashMap<String, usize>,
    by_phone: HashMap<String, Vec<usize>>,
    /// Phones that our number may not text.
    blocked: HashSet<String>,
    pub(crate) fates: HashMap<String, Fate>,
    /// All calls, oldest first.
    pub(crate) calls: Vec<Call>,
    pub(crate) call_fates: HashMap<String, CallFate>,
    pub(crate) steps: VecDeque<Step>,
    pub(crate) number: Number,
    /// The messaging service that has our number, if somebody put it into one.
    pub(crate) service: Option<Service>,
    /// The inbound webhook of each inbound message, to post it again.
    pub(crate) inbound_forms: HashMap<String, Vec<(String, String)>>,
}

/// A change of status that is going to happen.
#[derive(Debug, Clone)]
pub(crate) struct Step {
    pub(crate) sid: String,
    pub(crate) status: &'static str,
    pub(crate) error_code: Option<u32>,
    /// Pretend time from which it may happen.
    pub(crate) due_ms: i64,
    /// How often it is told; 0 when its callback goes missing.
    pub(crate) copies: u8,
    /// A callback that somebody else made up: it changes nothing in these books.
    pub(crate) forged: bool,
}

impl Book {
    pub(crate) fn new(number: Number) -> Book {
        Book {
            messages: Vec::new(),
            by_sid: HashMap::new(),
            by_phone: HashMap::new(),
            blocked: HashSet::new(),
            fates: HashMap::new(),
            calls: Vec::new(),
            call_fates: HashMap::new(),
            steps: VecDeque::new(),
            number,
            service: None,
            inbound_forms: HashMap::new(),
        }
    }

    pub(crate) fn add(&mut self, message: Message) {
        let at = self.messages.len();
        self.by_sid.insert(message.sid.clone(), at);
        self.by_phone
            .entry(message.phone().to_owned())
            .or_default()
            .push(at);
        self.messages.push(message);
    }

    pub(crate) fn get(&self, sid: &str) -> Option<&Message> {
        self.by_sid.get(sid).map(|at| &self.messages[*at])
    }

    pub(crate) fn get_mut(&mut self, sid: &str) -> Option<&mut Message> {
        self.by_sid.get(sid).map(|at| &mut self.messages[*at])
    }

    pub(crate) fn call(&self, sid: &str) -> Option<&Call> {
        self.calls.iter().rfind(|call| call.sid == sid)
    }

    pub(crate) fn call_mut(&mut self, sid: &str) -> Option<&mut Call> {
        self.calls.iter_mut().rfind(|call| call.sid == sid)
    }

    pub(crate) fn call_fate(&self, phone: &str) -> CallFate {
        let fate = self.call_fates.get(phone).copied();
        fate.unwrap_or(CallFate::Person)
    }

    /// All messages to or from a phone, oldest first.
    pub(crate) fn of_phone<'a>(
        &'a self,
        phone: &str,
    ) -> impl Iterator<Item = &'a Message> + use<'a> {
        self.by_phone
            .get(phone)
            .map_or(&[][..], Vec::as_slice)
            .iter()
            .map(|at| &self.messages[*at])
    }

    /// What may still be listed, newest first; of one phone where one is named, and after a message where one is.
    pub(crate) fn newest_first<'a>(
        &'a self,
        phone: Option<&str>,
        after: Option<&str>,
    ) -> impl Iterator<Item = &'a Message> + use<'a> {
        let own = phone.map(|phone| self.by_phone.get(phone).map_or(&[][..], Vec::as_slice));
        let end = match after {
            None => self.messages.len(),
            Some(sid) => self.by_sid.get(sid).copied().unwrap_or(0),
        };
        let count = match own {
            Some(own) => own.partition_point(|at| *at < end),
            None => end,
        };
        (0..count)
            .rev()
            .map(move |n| &self.messages[own.map_or(n, |own| own[n])])
            .filter(|message| !message.deleted && message.direction != Direction::Notice)
    }

    pub(crate) fn block(&mut self, phone: &str) {
        self.blocked.insert(phone.to_owned());
    }

    pub(crate) fn unblock(&mut self, phone: &str) {
        self.blocked.remove(phone);
    }

    pub(crate) fn is_blocked(&self, phone: &str) -> bool {
        self.blocked.contains(phone)
    }
}
