//! What we owe: texts promised when the weather was not there ("I'll text it when I have it").

use jiff::Timestamp;

use super::App;
use super::outbound_call::no_weather_words;
use crate::domain::compose::{self, Ask, ClockStyle, place_label_in, texts};
use crate::domain::message::MessageBody;
use crate::domain::subscriber::Channel;
use crate::store::{Owed, StoreError};
use crate::weather::{Freshness, Spot, WeatherError};

impl App {
    /// Composes what is owed as soon as the weather is back; past its time, a text that says that it didn't come.
    pub(super) async fn answer_owed(&self, now: Timestamp) -> Result<(), StoreError> {
        let owed = self.store.owed_follow_ups(MOST).await?;
        if owed.is_empty() {
            return Ok(());
        }
        let spots: Vec<_> = owed.iter().map(|one| Spot::from(&one.place)).collect();
        let forecasts = self.weather.forecasts(&spots, now).await;
        for (one, forecast) in owed.into_iter().zip(forecasts) {
            let label = place_label_in(&one.place, one.country, one.language);
            let by_call = one.channel == Channel::Call;
            let text = match forecast {
                Ok(forecast) => self.owed_words(&one, &forecast, now),
                Err(WeatherError::NoData) if by_call => Some(no_weather_words(&one)),
                Err(WeatherError::NoData) => Some(texts::no_weather(one.language, &label)),
                Err(WeatherError::Down) => None,
            };
            let text = match text {
                Some(text) => text,
                None if now.duration_since(one.created_at) < self.lateness() => continue,
                None if by_call => no_weather_words(&one),
                None => texts::never_came(one.language, &label),
            };
            let (body, segments) = if by_call {
                (text, 1)
            } else {
                let body = MessageBody::new(&text);
                let segments = body.segments();
                (body.as_str().to_owned(), segments)
            };
            let expires_at = now
                .saturating_add(self.lateness())
                .unwrap_or(Timestamp::MAX);
            self.store
                .fill_follow_up(one.id, &body, segments, expires_at, now)
                .await?;
        }
        self.wake.notify_one();
        Ok(())
    }

    fn owed_words(
        &self,
        one: &Owed,
        forecast: &crate::domain::forecast::Forecast,
        now: Timestamp,
    ) -> Option<String> {
        if one.channel == Channel::Call {
            return self.owed_speech(one, forecast, now);
        }
        let clock = ClockStyle::for_reader(one.language, one.country);
        let ask = Ask {
            language: one.language,
            place: &one.place,
            reader: one.country,
            window: one.window,
            units: one.units,
            clock,
            now,
            room: 160,
        };
        compose::forecast_text(forecast, &ask).ok()
    }

    /// Whether the weather of a place can be had now, for an operator.
    ///
    /// # Errors
    /// [`WeatherError`] as the services answer.
    pub async fn try_weather(
        &self,
        place: &crate::domain::place::Place,
    ) -> Result<(), WeatherError> {
        self.weather
            .forecast(&Spot::from(place), Freshness::Answer, self.clock.now())
            .await
            .map(|_| ())
    }
}

/// Owed texts a tick: more wait for the next one.
const MOST: usize = 500;
