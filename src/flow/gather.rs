//! What a command needs from outside, within a deadline; that it did not come is a fact too.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use super::App;
use crate::domain::command::{Command, language_from};
use crate::domain::decide::needs;
use crate::domain::decision::{Facts, Inbound, Weather as WeatherFact};
use crate::domain::place::Place;
use crate::domain::subscriber::Subscriber;
use crate::store::StoreError;
use crate::weather::{Freshness, Spot, WeatherError};

impl App {
    /// Resolves the place and fetches the forecast that `command` speaks of.
    ///
    /// # Errors
    /// [`StoreError`] when the database does not answer.
    pub(super) async fn gather(
        &self,
        command: &Command,
        subscriber: Option<&Subscriber>,
        inbound: &Inbound,
        now: Timestamp,
    ) -> Result<Facts, StoreError> {
        let needs = needs(command, subscriber, inbound, &self.settings.rules, now);
        let mut facts = needs.resolve(|query| self.places.resolve(query));
        facts.heard = language_from(&inbound.body, inbound.sender.country());
        facts.recent = Arc::clone(&self.recent);
        if let Some(place) = needs.spot(&facts) {
            let fact = self.weather_at(&place, now).await;
            facts.weather = Some((place, fact));
        }
        let blank = subscriber.is_none_or(|me| me.subscriptions.is_empty());
        if blank && matches!(command, Command::Start | Command::Yes) {
            facts.is_forgotten = self.store.is_suppressed(&inbound.sender.phone).await?;
        }
        if *command == Command::Status {
            facts.last = self.store.last_daily(&inbound.sender.phone).await?;
        }
        Ok(facts)
    }

    pub(super) async fn weather_at(&self, place: &Place, now: Timestamp) -> WeatherFact {
        let spot = Spot::from(place);
        if let Some(forecast) = self.weather.cached(&spot, Freshness::Answer, now) {
            return WeatherFact::Ready(forecast);
        }
        let deadline = Duration::from_millis(self.settings.answer_deadline_ms);
        match tokio::time::timeout(
            deadline,
            self.weather.forecast(&spot, Freshness::Answer, now),
        )
        .await
        {
            Ok(Ok(forecast)) => WeatherFact::Ready(forecast),
            Ok(Err(WeatherError::NoData)) => WeatherFact::NoData,
            Ok(Err(WeatherError::Down)) => WeatherFact::Down,
            Err(_) => WeatherFact::Late,
        }
    }
}
