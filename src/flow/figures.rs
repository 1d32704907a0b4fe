//! Figures for the operator's page and for monitoring: what the database says, of which one part takes long to say.

use std::sync::{Arc, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::App;
use crate::domain::burst::{Burst, bursts};
use crate::domain::canary::Canary;
use crate::store::{self, DayTotals, People, StoreError};

/// How everything stands.
#[derive(Clone)]
pub struct Figures {
    /// When they were read.
    pub at: Timestamp,
    /// When the day began, for an operator.
    pub today: Timestamp,
    /// The operator's time zone: the system's.
    pub zone: TimeZone,
    /// What the database says.
    pub stored: store::Figures,
    /// The last thirty days, by UTC, oldest first.
    pub days: Vec<DayTotals>,
    /// When the last tick was completed.
    pub last_tick: Option<Timestamp>,
    /// When the phone that is watched last got its daily text, by a receipt; `None` where none is watched or none came.
    pub last_canary: Option<Timestamp>,
    /// What the daily text of that phone proves; `None` where none is watched.
    pub canary: Option<Canary>,
    /// How many people there are; `None` while so many are counted for the first time.
    pub people: Option<Arc<People>>,
    /// What goes out in the next day, at the sender's pace.
    pub bursts: Vec<Burst>,
}

/// How many people there are, as counted last, and when counting them again is cheap enough.
#[derive(Default)]
pub(super) struct Kept {
    people: Option<Arc<People>>,
    is_counting: bool,
    again_ms: i64,
}

impl App {
    /// How everything stands. Where there are so many people that counting them takes long, their number is that of some
    /// seconds ago, and counted anew meanwhile.
    ///
    /// # Errors
    /// [`StoreError`] when the database does not answer.
    pub async fn figures(self: &Arc<Self>) -> Result<Figures, StoreError> {
        let at = self.clock.now();
        let zone = TimeZone::system();
        let today = at
            .to_zoned(zone.clone())
            .start_of_day()
            .map_or(at, |start| start.timestamp());
        let recent = at.saturating_sub(DAY).unwrap_or(Timestamp::MIN);
        let horizon = at.saturating_add(DAY).unwrap_or(Timestamp::MAX);
        let stored = self.store.figures(today, recent).await?;
        let people = self.people().await;
        let due = people.iter().flat_map(|people| &people.due);
        let ahead: Vec<_> = due.copied().filter(|(due, _)| *due <= horizon).collect();
        let pace = self.settings.segments_per_second;
        let bursts = bursts(stored.waiting.segments, &ahead, pace, at);
        let last_canary = match &self.settings.canary {
            Some(phone) => self.store.last_delivered(phone).await?,
            None => None,
        };
        Ok(Figures {
            last_canary,
            canary: self.canary().await?,
            at,
            today,
            zone,
            days: self.days(at).await?,
            last_tick: self.last_tick().await?,
            people,
            bursts,
            stored,
        })
    }

    /// Counts once, so that the first look need not wait.
    pub async fn warm_figures(self: &Arc<Self>) {
        let is_first = self.kept().people.is_none();
        if is_first && let Err(error) = self.figures().await {
            tracing::warn!(%error, "the operator's figures could not be read");
        }
    }

    /// `None` while they are being counted for the first time, and there are many.
    async fn people(self: &Arc<Self>) -> Option<Arc<People>> {
        let began_ms = self.clock.monotonic_ms();
        {
            let mut kept = self.kept();
            if kept.is_counting || began_ms < kept.again_ms {
                return kept.people.clone();
            }
            kept.is_counting = true;
        }
        let app = Arc::clone(self);
        let mut counting = tokio::spawn(async move { app.count_people(began_ms).await });
        while self.clock.monotonic_ms() - began_ms < PATIENCE_MS {
            if tokio::time::timeout(A_MOMENT, &mut counting).await.is_ok() {
                break;
            }
        }
        self.kept().people.clone()
    }

    async fn count_people(&self, began_ms: i64) {
        let people = self.store.people().await;
        let ended_ms = self.clock.monotonic_ms();
        let took_ms = ended_ms - began_ms;
        let mut kept = self.kept();
        kept.is_counting = false;
        // Counting takes a twentieth of the time at most, however many they are.
        kept.again_ms = ended_ms + if took_ms < CHEAP_MS { 0 } else { took_ms * 20 };
        match people {
            Ok(people) => kept.people = Some(Arc::new(people)),
            Err(error) => {
                tracing::warn!(%error, "the operator's figures could not be read");
            }
        }
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.people.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

const DAY: SignedDuration = SignedDuration::from_hours(24);
const CHEAP_MS: i64 = 50;
/// How long a page waits for a new count before it shows the old one.
const PATIENCE_MS: i64 = 50;
const A_MOMENT: Duration = Duration::from_millis(10);
