//! The trips: an inbound text, the daily tick, outgoing messages, status reports. Each file reads as its own sequence.

mod ahead;
mod at_once;
mod budget;
pub mod canary;
mod daily;
mod deliver;
mod drafts;
mod figures;
mod follow_up;
mod gather;
mod hold;
mod in_flight;
mod inbound_call;
mod inbound_text;
mod lanes;
pub mod manage;
mod outbound_call;
mod outlook;
pub mod people;
mod pulse;
mod receipts;
pub mod redact;
mod report;
mod restore;
mod retention;
mod settle;
mod tally;
mod totals;
mod travel;

use std::fmt;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};

use tokio::sync::Notify;

use crate::carrier::Carrier;
use crate::clock::Clock;
use crate::domain::compose::Recent;
use crate::domain::cost::Prices;
use crate::domain::decision::Rules;
use crate::domain::pace::Pace;
use crate::domain::phone::PhoneNumber;
use crate::places::Places;
use crate::store::Store;
use crate::weather::Weather;

pub use self::budget::Spending;
pub use self::daily::TickReport;
pub use self::figures::Figures;
pub use self::hold::Hold;
pub use self::outlook::Outlook;
pub use self::pulse::{Beats, Pulse};
pub use self::restore::{ReconcileError, Reconciled, Reconciling};
pub use self::tally::{Counts, Lateness, Tally};

/// What every trip stands on.
pub struct App {
    /// The database.
    pub store: Store,
    /// The telephone side.
    pub carrier: Carrier,
    /// The weather services.
    pub weather: Weather,
    /// The gazetteer.
    pub places: Places,
    /// The time.
    pub clock: Clock,
    /// What the operator chose.
    pub settings: Settings,
    /// A hint that the outbox may have work. The table is the queue; losing a hint costs a second.
    pub wake: Notify,
    /// What happened since the start.
    pub tally: Tally,
    /// Signs of life, for whoever watches.
    pub pulse: Pulse,
    /// Ticks never overlap, whoever asks for them. When the last one was completed.
    ticking: tokio::sync::Mutex<Option<jiff::Timestamp>>,
    ahead: tokio::sync::Mutex<ahead::Ahead>,
    settling: tokio::sync::Mutex<()>,
    in_flight: Arc<in_flight::InFlight>,
    /// Forecasts that were written within this minute, for all who ask the same.
    recent: Arc<Recent>,
    budget: Mutex<budget::Budget>,
    sender: Mutex<deliver::Sender>,
    drafts: drafts::Drafts,
    people: Mutex<figures::Kept>,
    /// One call a second, whoever places it.
    calls: tokio::sync::Mutex<Pace>,
    /// Somebody waits for a call that is owed: the next tick is too late.
    call_is_owed: AtomicBool,
}

impl fmt::Debug for App {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("App")
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}

/// What the trips need to know of the configuration.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The rules of the conversation.
    pub rules: Rules,
    /// Minutes after which a forecast is too late to send.
    pub lateness_minutes: u32,
    /// Seconds that an unclear send waits before the message list is asked, and between asking twice.
    pub settle_seconds: u32,
    /// What happens when nothing can be proven.
    pub prefer: Prefer,
    /// The sender's allowance in segments a second; 0 means no limit.
    pub segments_per_second: f64,
    /// Segments a day that we cause at most, answers included; the share of subscribed mornings is reserved.
    pub segments_per_day: u32,
    /// How many hundredths of them the answers to one range of numbers, alike but for the last five digits, may take; 100: all.
    pub range_percent: u32,
    /// Calls a day that one caller is answered; 0: no such limit.
    pub calls_per_caller_per_day: u32,
    /// Messages under way at once.
    pub max_in_flight: usize,
    /// A phone of the operator's whose daily texts are watched.
    pub canary: Option<PhoneNumber>,
    /// What the carrier bills for each piece.
    pub prices: Prices,
    /// Milliseconds until a text is answered without the weather.
    pub answer_deadline_ms: u64,
    /// The longest that one create call may take, milliseconds.
    pub request_timeout_ms: u64,
}

/// What happens to an unclear send of which nothing can be proven.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prefer {
    /// It ends `unknown`.
    NeverTwice,
    /// It is sent again while it is fresh.
    NeverMissing,
}

impl App {
    /// Puts the parts together.
    #[must_use]
    pub fn new(
        store: Store,
        carrier: Carrier,
        weather: Weather,
        places: Places,
        clock: Clock,
        settings: Settings,
    ) -> Arc<Self> {
        let sender = deliver::Sender::new(
            Pace::new(settings.segments_per_second),
            settings.max_in_flight.max(1),
        );
        Arc::new(Self {
            store,
            carrier,
            weather,
            places,
            clock,
            settings,
            wake: Notify::new(),
            tally: Tally::default(),
            pulse: Pulse::default(),
            ticking: tokio::sync::Mutex::default(),
            ahead: tokio::sync::Mutex::default(),
            settling: tokio::sync::Mutex::new(()),
            in_flight: Arc::default(),
            recent: Arc::default(),
            budget: Mutex::default(),
            sender: Mutex::new(sender),
            drafts: drafts::Drafts::default(),
            people: Mutex::default(),
            calls: tokio::sync::Mutex::new(Pace::new(1.0)),
            call_is_owed: AtomicBool::new(false),
        })
    }

    fn lateness(&self) -> jiff::SignedDuration {
        jiff::SignedDuration::from_mins(i64::from(self.settings.lateness_minutes))
    }

    fn settle_after(&self) -> jiff::SignedDuration {
        jiff::SignedDuration::from_secs(i64::from(self.settings.settle_seconds))
    }
}
