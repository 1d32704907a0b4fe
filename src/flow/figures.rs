//! Figures for the operator's page and for monitoring: what the database says, kept for a while where it took long to say.

use std::sync::Arc;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::App;
use crate::domain::burst::{Burst, bursts};
use crate::store::{self, StoreError};

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
    /// When the last tick was completed.
    pub last_tick: Option<Timestamp>,
    /// What goes out in the next day, at the sender's pace.
    pub bursts: Vec<Burst>,
}

/// The figures read last, and when reading them again is cheap enough.
#[derive(Default)]
pub(super) struct Kept {
    figures: Option<Arc<Figures>>,
    again_ms: i64,
}

impl App {
    /// How everything stands: as of now, or, where reading it took long, as of a short time ago.
    ///
    /// # Errors
    /// [`StoreError`] when the database does not answer.
    pub async fn figures(&self) -> Result<Arc<Figures>, StoreError> {
        // One reads, the others wait for it and share.
        let mut kept = self.figures.lock().await;
        let began_ms = self.clock.monotonic_ms();
        if let Some(figures) = kept.figures.as_ref().filter(|_| began_ms < kept.again_ms) {
            return Ok(Arc::clone(figures));
        }
        let figures = Arc::new(self.read_figures().await?);
        let ended_ms = self.clock.monotonic_ms();
        let took_ms = ended_ms - began_ms;
        // Reading takes a twentieth of the time at most, however large the database is.
        kept.again_ms = if took_ms < CHEAP_MS {
            ended_ms
        } else {
            ended_ms + took_ms * 20
        };
        kept.figures = Some(Arc::clone(&figures));
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
        Ok(Figures {
            at,
            today,
            zone,
            last_tick: self.last_tick().await?,
            bursts,
            stored,
        })
    }
}

const DAY: SignedDuration = SignedDuration::from_hours(24);
const CHEAP_MS: i64 = 250;
