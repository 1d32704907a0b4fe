//! What goes into deciding an answer and what comes out of it: plain data between the trips, the decision and the store.

use std::fmt;

pub use super::facts::{Facts, LastDelivery, Needs, Reading, Rules, Trust, Weather};
use super::forecast::Window;
use super::phone::{Country, PhoneNumber};
use super::place::Place;
use super::subscriber::{Channel, Subscriber, Units};

/// A text that somebody sent us.
#[derive(Clone, PartialEq, Eq)]
pub struct Inbound {
    /// The carrier's id of it; the same one again is the same text.
    pub sid: String,
    /// Who sent it.
    pub sender: Sender,
    /// What it says.
    pub body: String,
    /// How many pictures or other media came along.
    pub media: u32,
    /// What the carrier itself took the text for.
    pub opt_out: Option<OptOut>,
}

impl fmt::Debug for Inbound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Inbound")
            .field("sid", &self.sid)
            .field("phone", &self.sender.phone)
            .field("body_len", &self.body.len())
            .field("media", &self.media)
            .field("opt_out", &self.opt_out)
            .finish()
    }
}

/// Who sent a text, with what the carrier guesses about the number. A hint, never more.
#[derive(Clone, PartialEq, Eq)]
pub struct Sender {
    /// The number.
    pub phone: PhoneNumber,
    /// Its country.
    pub country: Option<Country>,
    /// Its state, as a short form: `CA`.
    pub state: Option<String>,
    /// Its city.
    pub city: Option<String>,
    /// Its postcode.
    pub zip: Option<String>,
}

impl Sender {
    /// The country of the number: as the carrier says, else by its calling code.
    #[must_use]
    pub fn country(&self) -> Option<Country> {
        self.country.or_else(|| self.phone.country())
    }
}

impl fmt::Debug for Sender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sender")
            .field("phone", &self.phone)
            .field("country", &self.country)
            .finish_non_exhaustive()
    }
}

/// What the carrier took a text for, and has acted on already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OptOut {
    /// It blocks the pair from now on and has answered.
    Stop,
    /// It has lifted the block and has answered.
    Start,
    /// It has answered with its help.
    Help,
}

/// What follows from a text: the state after it, the answer, and what is owed later.
#[derive(Clone, PartialEq)]
pub struct Decision {
    /// The subscriber as it is from now on; `None`: nothing to save.
    pub subscriber: Option<Subscriber>,
    /// The answer; `None`: silence.
    pub reply: Option<String>,
    /// What must be kept as proof of a wish.
    pub consent: Vec<Consent>,
    /// A text that we promised for later.
    pub follow_up: Option<FollowUp>,
    /// Whether everything about the phone is to be erased.
    pub erase: bool,
    /// What kind of answer it was, for the metrics: `forecast`, `choice`, `unknown_place`, `ignored` …
    pub outcome: &'static str,
}

impl Decision {
    /// No answer, nothing changed.
    #[must_use]
    pub const fn silence(outcome: &'static str) -> Self {
        Self {
            subscriber: None,
            reply: None,
            consent: Vec::new(),
            follow_up: None,
            erase: false,
            outcome,
        }
    }
}

impl fmt::Debug for Decision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Decision")
            .field("outcome", &self.outcome)
            .field("reply_len", &self.reply.as_ref().map(String::len))
            .field("saves", &self.subscriber.is_some())
            .field("consents", &self.consent.len())
            .field("follow_up", &self.follow_up.is_some())
            .field("erase", &self.erase)
            .finish()
    }
}

/// A forecast that we owe somebody: the weather was not in when it was asked for, or they want to be called.
#[derive(Debug, Clone, PartialEq)]
pub struct FollowUp {
    /// Where.
    pub place: Place,
    /// When.
    pub window: Window,
    /// In which units.
    pub units: Units,
    /// By text, or by a call that reads it.
    pub channel: Channel,
}

/// A line of the consent log.
#[derive(Clone, PartialEq, Eq)]
pub struct Consent {
    /// What was agreed to or withdrawn.
    pub kind: ConsentKind,
    /// The words it was done with, at most 160 characters.
    pub words: String,
    /// What we answered.
    pub answer: String,
}

impl fmt::Debug for Consent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Consent")
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}

/// What somebody agreed to or withdrew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ConsentKind {
    /// A daily text.
    Subscribe,
    /// No texts any more.
    Stop,
    /// Texts again after a stop.
    Start,
    /// That we forget them.
    Erase,
    /// An operator brought it along, with the words of the list.
    Import,
}

impl ConsentKind {
    /// All kinds.
    pub const ALL: [Self; 5] = [
        Self::Subscribe,
        Self::Stop,
        Self::Start,
        Self::Erase,
        Self::Import,
    ];

    /// The database's name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Subscribe => "subscribe",
            Self::Stop => "stop",
            Self::Start => "start",
            Self::Erase => "erase",
            Self::Import => "import",
        }
    }

    /// Reads [`ConsentKind::name`].
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// The text as the consent log keeps it.
#[must_use]
pub fn consent_words(text: &str) -> String {
    text.chars().take(160).collect()
}
