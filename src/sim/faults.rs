//! The fault plan: what goes wrong, by script ("the next create"), for good ("until told otherwise") or by chance with a seed.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::dice::Dice;

/// What can happen to a create call. `Before` means the carrier never heard of the message, `After` that it took it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CreateFault {
    /// 429 with code 20429, not taken.
    TooMany,
    /// 500 with an HTML body, not taken.
    ServerError,
    /// 500 with an HTML body, but taken.
    ServerErrorAfter,
    /// 503 with a text body, not taken.
    Unavailable,
    /// Answered properly after so many milliseconds.
    Slow(u64),
    /// The connection is reset, not taken.
    ResetBefore,
    /// Taken, then the connection is reset.
    ResetAfter,
    /// Never answered, not taken.
    HangBefore,
    /// Taken, never answered.
    HangAfter,
    /// Taken; the 201 carries half a JSON document.
    BadJson,
    /// Taken; the line drops in the middle of the 201.
    CutBody,
    /// Refused as a 400 with this code.
    Refuse(u32),
}

/// What can happen to a list or to a fetch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListFault {
    /// 503.
    Down,
    /// 429.
    TooMany,
    /// Answered properly after so many milliseconds.
    Slow(u64),
    /// Messages younger than so many seconds are not shown.
    Lagging(i64),
    /// Half a JSON document.
    Truncated,
    /// Never answered.
    Hang,
}

/// What can happen to the status callbacks of one message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallbackFault {
    /// The status moves on, nobody is told.
    Missing,
    /// Each is sent twice.
    Doubled,
    /// The last one comes first.
    Reordered,
    /// So many milliseconds of pretend time late.
    Late(i64),
    /// A forged "failed" with a wrong signature comes as well.
    Forged,
    /// `sent` arrives before the create call is answered.
    Early,
}

/// What can happen to a weather request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WeatherFault {
    /// The connection is reset.
    Down,
    /// 429 in the service's own words.
    TooMany,
    /// 500.
    ServerError,
    /// 502 with an HTML page.
    BadGateway,
    /// 200 with a sentence instead of JSON.
    NotJson,
    /// 200 with half the JSON.
    Truncated,
    /// 200 with every value null.
    Nulls,
    /// Never answered.
    Hang,
    /// Answered properly after so many milliseconds.
    Slow(u64),
}

/// How much goes wrong by chance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultLevel {
    /// Nothing.
    None,
    /// A bad day: about one create in twenty.
    Some,
    /// The worst that is still a carrier: about one create in four, a third of the callbacks missing.
    Many,
}

/// One plan for each door of the pretend world.
#[derive(Debug)]
pub struct FaultPlan {
    /// POST Messages.json
    pub create: Plan<CreateFault>,
    /// GET Messages.json
    pub list: Plan<ListFault>,
    /// POST Calls.json
    pub call: Plan<CreateFault>,
    /// GET Messages/SM….json
    pub fetch: Plan<ListFault>,
    /// Status callbacks, drawn once a message.
    pub callback: Plan<CallbackFault>,
    /// Open-Meteo
    pub open_meteo: Plan<WeatherFault>,
    /// MET Norway
    pub met_norway: Plan<WeatherFault>,
    /// How many create calls may run at once before 429; 0 for no limit.
    create_limit: AtomicUsize,
}

impl FaultPlan {
    pub(crate) fn new(seed: u64) -> FaultPlan {
        FaultPlan {
            create: Plan::new(seed ^ 1),
            list: Plan::new(seed ^ 2),
            call: Plan::new(seed ^ 7),
            fetch: Plan::new(seed ^ 3),
            callback: Plan::new(seed ^ 4),
            open_meteo: Plan::new(seed ^ 5),
            met_norway: Plan::new(seed ^ 6),
            create_limit: AtomicUsize::new(0),
        }
    }

    /// Everything goes well again; scripts are forgotten too.
    pub fn clear(&self) {
        self.create.clear();
        self.list.clear();
        self.fetch.clear();
        self.callback.clear();
        self.open_meteo.clear();
        self.met_norway.clear();
        self.limit_creates(0);
    }

    /// The carrier refuses with 429 what comes while so many create calls are running; 0 for no limit.
    pub fn limit_creates(&self, at_once: usize) {
        self.create_limit.store(at_once, Ordering::SeqCst);
    }

    pub(crate) fn is_crowded(&self, running: usize) -> bool {
        let limit = self.create_limit.load(Ordering::SeqCst);
        limit > 0 && running > limit
    }

    /// Sets all chances to a level. Faults that take real time (hangs, slowness) are left to scripts.
    pub fn level(&self, level: FaultLevel) {
        self.clear();
        let share = match level {
            FaultLevel::None => return,
            FaultLevel::Some => 0.2,
            FaultLevel::Many => 1.0,
        };
        for (fault, chance) in [
            (CreateFault::ResetAfter, 0.05),
            (CreateFault::ResetBefore, 0.05),
            (CreateFault::TooMany, 0.05),
            (CreateFault::ServerError, 0.03),
            (CreateFault::ServerErrorAfter, 0.02),
            (CreateFault::Unavailable, 0.02),
            (CreateFault::BadJson, 0.02),
            (CreateFault::CutBody, 0.02),
        ] {
            self.create.chance(fault, chance * share);
        }
        for (fault, chance) in [
            (CallbackFault::Missing, 0.33),
            (CallbackFault::Doubled, 0.1),
            (CallbackFault::Reordered, 0.1),
            (CallbackFault::Late(6 * 3_600_000), 0.05),
            (CallbackFault::Forged, 0.05),
            (CallbackFault::Early, 0.05),
        ] {
            self.callback.chance(fault, chance * share);
        }
        for (fault, chance) in [
            (ListFault::Down, 0.1),
            (ListFault::TooMany, 0.05),
            (ListFault::Lagging(30), 0.1),
            (ListFault::Truncated, 0.05),
        ] {
            self.list.chance(fault, chance * share);
            self.fetch.chance(fault, chance * share);
        }
        for (fault, chance) in [
            (WeatherFault::Down, 0.03),
            (WeatherFault::TooMany, 0.02),
            (WeatherFault::ServerError, 0.02),
            (WeatherFault::BadGateway, 0.02),
            (WeatherFault::NotJson, 0.02),
            (WeatherFault::Truncated, 0.02),
        ] {
            self.open_meteo.chance(fault, chance * share);
            self.met_norway.chance(fault, chance * share);
        }
    }
}

/// What goes wrong at one door: the script first, then what was set for good, then chance.
#[derive(Debug)]
pub struct Plan<F>(Mutex<State<F>>);

#[derive(Debug)]
struct State<F> {
    script: VecDeque<Option<F>>,
    always: Option<F>,
    chances: Vec<(F, f64)>,
    dice: Dice,
}

impl<F: Copy> Plan<F> {
    fn new(seed: u64) -> Plan<F> {
        Plan(Mutex::new(State {
            script: VecDeque::new(),
            always: None,
            chances: Vec::new(),
            dice: Dice::new(seed),
        }))
    }

    /// The next request not yet scripted ends this way.
    pub fn next(&self, fault: F) {
        self.lock().script.push_back(Some(fault));
    }

    /// The next request not yet scripted goes well, whatever else is set.
    pub fn next_well(&self) {
        self.lock().script.push_back(None);
    }

    /// Every request without a script ends this way, until `None`.
    pub fn always(&self, fault: Option<F>) {
        self.lock().always = fault;
    }

    /// This fault comes with this probability (0 to 1), beside the others.
    pub fn chance(&self, fault: F, probability: f64) {
        self.lock().chances.push((fault, probability));
    }

    /// Everything goes well.
    pub fn clear(&self) {
        let mut state = self.lock();
        state.script.clear();
        state.always = None;
        state.chances.clear();
    }

    /// How many scripted requests have not come yet.
    pub fn left(&self) -> usize {
        self.lock().script.len()
    }

    pub(crate) fn draw(&self) -> Option<F> {
        let mut state = self.lock();
        if let Some(scripted) = state.script.pop_front() {
            return scripted;
        }
        if state.always.is_some() {
            return state.always;
        }
        if state.chances.is_empty() {
            return None;
        }
        let mut roll = state.dice.unit();
        for (fault, probability) in &state.chances {
            if roll < *probability {
                return Some(*fault);
            }
            roll -= probability;
        }
        None
    }

    fn lock(&self) -> MutexGuard<'_, State<F>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
