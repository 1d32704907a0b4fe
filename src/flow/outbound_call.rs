//! Calls of ours: what they read, the pace at which they are placed, and what is said when one is answered.

use std::time::Duration;

use jiff::Timestamp;

use super::App;
use crate::carrier::InboundCall;
use crate::domain::call::{Caller, Prompt, delivered};
use crate::domain::compose::{Ask, ClockStyle, spoken, spoken_text};
use crate::domain::delivery::{DeliveryId, SendOutcome, Treatment};
use crate::domain::forecast::{Forecast, Window};
use crate::domain::language::Language;
use crate::domain::phone::Country;
use crate::domain::place::Place;
use crate::domain::subscriber::{Channel, Subscriber, Units};
use crate::store::{Claimed, Due, Owed, SpokenDelivery, StoreError};

impl App {
    /// A call of ours was answered, by a person or a machine; `None`: it is not known (any more), or another phone answers.
    ///
    /// # Errors
    /// [`StoreError`] when the database does not answer.
    pub async fn answer_our_call(
        &self,
        call: &InboundCall,
        delivery: DeliveryId,
    ) -> Result<Option<Prompt>, StoreError> {
        let found = self.store.spoken_delivery(delivery).await?;
        let Some(ours) = found.filter(|ours| call.phone.as_ref() == Some(&ours.phone)) else {
            return Ok(None);
        };
        let caller = self.caller(call).await?;
        let Some((place, window)) = subject(&ours, &caller) else {
            return Ok(None);
        };
        let now = self.clock.now();
        tracing::info!(%delivery, machine = call.is_machine, "a call of ours was answered");
        let machine = call.is_machine;
        let prompt = delivered(&ours.body, &place, window, &caller, machine, now);
        Ok(Some(prompt))
    }

    /// What a call reads, and how it is billed: as one.
    pub(super) fn spoken_today(
        &self,
        forecast: &Forecast,
        place: &Place,
        due: &Due,
        now: Timestamp,
    ) -> Option<String> {
        let reader = Reader {
            units: due.units,
            language: due.language,
            country: due.country,
        };
        speak(forecast, place, Window::Today, reader, now)
    }

    /// What an owed call reads.
    pub(super) fn owed_speech(
        &self,
        one: &Owed,
        forecast: &Forecast,
        now: Timestamp,
    ) -> Option<String> {
        let reader = Reader {
            units: one.units,
            language: one.language,
            country: one.country,
        };
        speak(forecast, &one.place, one.window, reader, now)
    }

    /// By call, where we can call at all: a messaging service cannot.
    pub(super) fn channel(&self, wished: Channel) -> Channel {
        match wished {
            Channel::Call if self.carrier.own_number().is_some() => Channel::Call,
            Channel::Call | Channel::Text => Channel::Text,
        }
    }

    /// Waits until another call may be placed: Twilio takes one a second and lets the others queue.
    pub(super) async fn wait_to_call(&self) {
        let mut pace = self.calls.lock().await;
        while let Err(wait_ms) = pace.ready(self.clock.monotonic_ms()) {
            tokio::time::sleep(Duration::from_millis(wait_ms)).await;
        }
        pace.spend(1);
    }

    /// Places the call of a delivery, once.
    pub(super) async fn place_call(&self, claimed: &Claimed) -> SendOutcome {
        let placed = self.carrier.call_for(&claimed.phone, claimed.id).await;
        placed.unwrap_or(SendOutcome::Rejected {
            code: NO_CALLER_ID,
            treatment: Treatment::ThisMessage,
        })
    }
}

/// Who listens.
#[derive(Clone, Copy)]
struct Reader {
    units: Units,
    language: Language,
    country: Option<Country>,
}

fn speak(
    forecast: &Forecast,
    place: &Place,
    window: Window,
    reader: Reader,
    now: Timestamp,
) -> Option<String> {
    let ask = Ask {
        language: reader.language,
        place,
        window,
        units: reader.units,
        clock: ClockStyle::for_reader(reader.language, reader.country),
        reader: reader.country,
        now,
        room: 160,
    };
    spoken_text(forecast, &ask).ok()
}

/// What a call that came to nothing says.
pub(super) fn no_weather_words(one: &Owed) -> String {
    spoken::no_weather(&one.place, one.country, one.language)
}

/// What a call is about: what was asked for, else where its subscription's person is, else their own place.
fn subject(ours: &SpokenDelivery, caller: &Caller) -> Option<(Place, Window)> {
    if let Some(ask) = &ours.ask {
        return Some((ask.place.clone(), ask.window));
    }
    let of = |me: &Subscriber| {
        let mine = me
            .subscriptions
            .iter()
            .find(|mine| mine.id == ours.subscription);
        mine.map(|mine| mine.place.clone())
    };
    let place = caller.me.as_ref().and_then(of);
    let place = place.or_else(|| caller.own_place().cloned())?;
    Some((place, Window::Today))
}

/// Twilio's code for a caller's number that is none of the account's.
const NO_CALLER_ID: u32 = 21_210;
