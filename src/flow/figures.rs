//! Figures for the operator's page and for monitoring: what the database says, kept for a while where it took long to say.

use std::sync::Arc;
use std::time::Duration;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::App;
use crate::domain::burst::{Burst, bursts};
use crate::domain::canary::Canary;
use crate::store::{self, DayTotals, StoreError};

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
    /// What goes out in the next day, at the sender's pace.
    pub bursts: Vec<Burst>,
}

/// The figures read last, and when reading them again is cheap enough.
#[derive(Default)]
pub(super) struct Kept {
    figures: Option<Arc<Figures>>,
    again_ms: i64,
    /// Reading them takes longer than a page may.
    slow: bool,
}

impl Kept {
    fn put(&mut self, figures: Arc<Figures>, began_ms: i64, ended_ms: i64) {
        let took_ms = ended_ms - began_ms;
        self.slow = took_ms >= CHEAP_MS;
        // Reading takes a twentieth of the time at most, however large the database is.
        self.again_ms = ended_ms + if self.slow { took_ms * 20 } else { 0 };
        self.figures = Some(figures);
    }
}

impl App {
    /// How everything stands: as of now, or, where reading it takes long, as of a few minutes ago, and read anew meanwhile.
    ///
    /// # Errors
    /// [`StoreError`] when the database does not answer.
    pub async fn figures(self: &Arc<Self>) -> Result<Arc<Figures>, StoreError> {
        // One reads, the others wait for it and share.
        let mut kept = self.figures.lock().await;
        let began_ms = self.clock.monotonic_ms();
        let Some(figures) = kept.figures.clone() else {
            return self.read_into(&mut kept, began_ms).await;
        };
        if began_ms < kept.again_ms {
            return Ok(figures);
        }
        if !kept.slow {
            return self.read_into(&mut kept, began_ms).await;
        }
        // A large database: no page waits for it long, and it costs a twentieth of a reader's time at most.
        kept.again_ms = i64::MAX;
        drop(kept);
        let app = Arc::clone(self);
        let reading = tokio::spawn(async move { app.read_anew(began_ms).await });
        let _ = tokio::time::timeout(PATIENCE, reading).await;
        let kept = self.figures.lock().await;
        Ok(kept.figures.clone().unwrap_or(figures))
    }

    /// Reads them once, so that the first look need not wait.
    pub async fn warm_figures(self: &Arc<Self>) {
        let is_first = self.figures.lock().await.figures.is_none();
        if is_first && let Err(error) = self.figures().await {
            tracing::warn!(%error, "the operator's figures could not be read");
        }
    }

    async fn read_anew(&self, began_ms: i64) {
        let read = self.read_figures().await;
        let mut kept = self.figures.lock().await;
        let ended_ms = self.clock.monotonic_ms();
        match read {
            Ok(figures) => kept.put(Arc::new(figures), began_ms, ended_ms),
            Err(error) => {
                tracing::warn!(%error, "the operator's figures could not be read");
                kept.again_ms = ended_ms;
            }
        }
    }

    async fn read_into(&self, kept: &mut Kept, began_ms: i64) -> Result<Arc<Figures>, StoreError> {
        let figures = Arc::new(self.read_figures().await?);
        kept.put(Arc::clone(&figures), began_ms, self.clock.monotonic_ms());
        Ok(figures)
    }

    async fn read_figures(&self) -> Result<Figures, StoreError> {
        let at = self.clock.now();
        let zone = TimeZone::system();
        let today = at
            .to_zoned(zone.clone())
            .start_of_day()
            .map_or(at, |start| start.timestamp());
        let recent = at.saturating_sub(DAY).unwrap_or(Timestamp::MIN);
        let horizon = at.saturating_add(DAY).unwrap_or(Timestamp::MAX);
        let stored = self.store.figures(today, recent, horizon).await?;
        let bursts = bursts(
            stored.waiting.segments,
            &stored.ahead,
            self.settings.segments_per_second,
            at,
        );
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
            bursts,
            stored,
        })
    }
}

const DAY: SignedDuration = SignedDuration::from_hours(24);
const CHEAP_MS: i64 = 100;
/// How long a page waits for new figures before it shows the old ones.
const PATIENCE: Duration = Duration::from_millis(100);
