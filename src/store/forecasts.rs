//! The forecast cache, kept across restarts.

use std::borrow::Borrow;

use jiff::{SignedDuration, Timestamp};

use super::sqlite::forecasts;
use super::{Store, StoreError};
use crate::domain::forecast::Forecast;

/// Older forecasts than this are of no use to anybody.
const KEPT_FOR: SignedDuration = SignedDuration::from_hours(12);

impl Store {
    /// Keeps forecasts by cell, with when they were fetched; drops those that are too old.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn keep_forecasts<F>(
        &self,
        fresh: Vec<(String, F, Timestamp)>,
    ) -> Result<(), StoreError>
    where
        F: Borrow<Forecast> + Send + 'static,
    {
        self.write_many(move |connection| {
            for (cell, forecast, fetched_at) in &fresh {
                forecasts::keep(connection, cell, forecast.borrow(), *fetched_at)?;
            }
            if let Some(newest) = fresh.iter().map(|(_, _, at)| *at).max() {
                let from = newest.saturating_sub(KEPT_FOR).unwrap_or(Timestamp::MIN);
                let to = newest.saturating_add(KEPT_FOR).unwrap_or(Timestamp::MAX);
                forecasts::prune(connection, from, to)?;
            }
            Ok(())
        })
        .await
    }

    /// What was fetched since `since`.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn kept_forecasts(
        &self,
        since: Timestamp,
    ) -> Result<Vec<(String, Forecast, Timestamp)>, StoreError> {
        self.read(move |connection| Ok(forecasts::kept(connection, since)?))
            .await
    }
}
