//! Trip d, a step of a phone call: understand → gather → do what outlives the call → remember → say what comes next.

use std::time::Duration;

use jiff::Timestamp;

use super::App;
use crate::carrier::InboundCall;
use crate::domain::call::{
    Act, At, Caller, Done, Facts, Prompt, Step, Wish, begin_in, chosen_language, hear, next,
    too_many_calls,
};
use crate::domain::command::{Asked, Command, DailyWish, PlaceText, When, Which};
use crate::domain::compose::{place_label, place_label_in, texts};
use crate::domain::decide::decide;
use crate::domain::decision::{self, Inbound, Needs, Reading, Sender, Weather};
use crate::domain::delivery::DedupKey;
use crate::domain::language::Language;
use crate::domain::message::MessageBody;
use crate::domain::phone::PhoneNumber;
use crate::domain::place::{Candidate, Place, PlaceQuery, Resolution};
use crate::domain::schedule::SendTime;
use crate::domain::subscriber::{Channel, Pause, Standing, Subscriber};
use crate::store::{Answered, StoreError};

impl App {
    /// Answers a call that rings; `None`: the operator does not serve numbers of that country.
    ///
    /// # Errors
    /// [`StoreError`] when the database does not answer.
    pub async fn answer_ringing(&self, call: &InboundCall) -> Result<Option<Prompt>, StoreError> {
        let now = self.clock.now();
        let caller = self.caller(call).await?;
        if !self.is_served(&caller) {
            self.tally.call_step("country");
            tracing::info!(
                outcome = "country",
                "left a call unanswered: limits.countries does not have its country"
            );
            return Ok(None);
        }
        self.tally.called();
        self.store.count_inbound_call(now).await?;
        if let Some(phone) = &caller.phone
            && !self.may_call(phone, now)
        {
            self.tally.call_step("limited");
            tracing::warn!(%phone, outcome = "limited", "told a caller that there were too many calls today");
            return Ok(Some(too_many_calls(&caller, now)));
        }
        self.answer_call(call, &Step::START).await.map(Some)
    }

    /// Answers a step of a call, whoever calls: once a call is answered, it is with words.
    ///
    /// # Errors
    /// [`StoreError`] when the database does not answer.
    pub async fn answer_call(&self, call: &InboundCall, step: &Step) -> Result<Prompt, StoreError> {
        let now = self.clock.now();
        let mut caller = self.caller(call).await?;
        let turned = match chosen_language(step, &call.input, &caller) {
            Some(language) => {
                self.speak(&caller, language, now).await?;
                Some(begin_in(step, language))
            }
            None => None,
        };
        let step = turned.as_ref().unwrap_or(step);
        if step.at == At::Start {
            caller.hint = self.hint(call, &caller);
        }
        let wish = hear(step, &call.input, &caller, now);
        let mut facts = self.gather_for_call(&wish, now).await;
        let wish = wish.with(&facts);
        if let (Wish::Act(act), Some(phone)) = (&wish, caller.phone.clone()) {
            let weather = facts.weather.clone();
            let done = self.act(call, step, act, &phone, weather, now).await?;
            facts.done = Some(done);
            caller = self.caller(call).await?;
        }
        let answer = next(step, &wish, &caller, &facts, now);
        if let Some(place) = answer.remember {
            self.remember(&caller, place, now).await?;
        }
        let outcome = answer.outcome;
        self.tally.call_step(outcome);
        match &caller.phone {
            Some(phone) => tracing::info!(%phone, outcome, "answered a step of a call"),
            None => tracing::info!(outcome, "answered a step of a call of a withheld number"),
        }
        Ok(answer.prompt)
    }

    pub(super) async fn caller(&self, call: &InboundCall) -> Result<Caller, StoreError> {
        let me = match &call.phone {
            Some(phone) => self.store.subscriber(phone).await?,
            None => None,
        };
        Ok(Caller {
            phone: call.phone.clone(),
            country: me.as_ref().and_then(|me| me.country).or(call.country),
            state: call.state.clone(),
            hint: None,
            me,
        })
    }

    /// The place that a number hints at, for a caller of whom we know none: its postcode, else its town.
    fn hint(&self, call: &InboundCall, caller: &Caller) -> Option<Place> {
        if caller.own_place().is_some() {
            return None;
        }
        let town = call.city.as_ref().map(|city| match &call.state {
            Some(state) => format!("{city}, {state}"),
            None => city.clone(),
        });
        let readings = call.zip.iter().cloned().chain(town).map(|text| Reading {
            query: PlaceQuery {
                text: text.chars().take(MAX_HINT_CHARS).collect(),
                country: caller.country,
                state: call.state.clone(),
            },
            only_if_named: Vec::new(),
            trust: decision::Trust::Any,
        });
        let needs = Needs {
            readings: readings.collect(),
            ..Needs::default()
        };
        match needs.resolve(|query| self.places.resolve(query)).resolution {
            Some(Resolution::Certain(one)) => Some(one.place),
            _ => None,
        }
    }

    /// A withheld number is served everywhere: nobody can say where it is from.
    fn is_served(&self, caller: &Caller) -> bool {
        let countries = &self.settings.rules.countries;
        caller.phone.is_none()
            || countries.is_empty()
            || caller
                .country
                .is_some_and(|country| countries.contains(&country))
    }

    async fn gather_for_call(&self, wish: &Wish, now: Timestamp) -> Facts {
        let mut facts = Facts::default();
        let mut place = wish.place().cloned();
        if let Wish::Find { readings, sure, .. } = wish {
            let needs = Needs {
                readings: readings.clone(),
                ..Needs::default()
            };
            let found = needs.resolve(|query| self.places.resolve(query));
            if let (Some(Resolution::Certain(one)), true) = (&found.resolution, sure) {
                place = Some(one.place.clone());
            }
            facts.resolution = found.resolution;
            facts.reading = found.reading;
        }
        if let Some(place) = place {
            let weather = tokio::time::timeout(PATIENCE, self.weather_at(&place, now));
            facts.weather = Some(weather.await.unwrap_or(Weather::Late));
        }
        facts
    }

    /// Does what outlives the call as if it had been texted: in one transaction, once for each step of a call, with the same
    /// confirmation and the same proof of the wish. What a text would have answered is texted.
    async fn act(
        &self,
        call: &InboundCall,
        step: &Step,
        act: &Act,
        phone: &PhoneNumber,
        weather: Option<Weather>,
        now: Timestamp,
    ) -> Result<Done, StoreError> {
        let caller = self.caller(call).await?;
        let token = format!("{}-{}-{}", call.sid, step.turn, act.key());
        let text = Inbound {
            sid: token.clone(),
            sender: Sender {
                phone: phone.clone(),
                country: caller.country,
                state: call.state.clone(),
                city: None,
                zip: None,
            },
            body: words(act, &caller),
            media: 0,
            opt_out: None,
        };
        let (command, facts) = as_text(act, &caller, weather);
        let (rules, inbound) = (self.settings.rules.clone(), text.clone());
        let answered = self
            .store
            .answer_inbound(text, now, move |subscriber| {
                decide(command.clone(), subscriber, &facts, &inbound, &rules, now)
            })
            .await?;
        if answered.stopped {
            self.in_flight.wait_until_clear(phone, STOP_WAIT).await;
        }
        let mut done = done(act, &answered, &caller);
        // An end is never held back by a limit.
        if (act, done) == (&Act::Pause, Done::TooManyTexts) {
            self.pause_all(phone, now).await?;
            done = Done::Paused;
        }
        let texts_it = matches!(
            done,
            Done::Texted | Done::Subscribed | Done::Resumed | Done::ResumedDaily
        );
        if let (true, Some(reply)) = (texts_it, &answered.reply) {
            let body = MessageBody::new(reply);
            let until = now
                .saturating_add(self.lateness())
                .unwrap_or(Timestamp::MAX);
            let (key, segments) = (DedupKey::notice(&token), body.segments());
            self.store
                .enqueue_notice(key, phone, body.as_str(), segments, until, now)
                .await?;
        }
        self.wake.notify_one();
        Ok(done)
    }

    async fn pause_all(&self, phone: &PhoneNumber, now: Timestamp) -> Result<(), StoreError> {
        self.store
            .edit_subscriber(phone, now, |mut me| {
                for mine in me.iter_mut().flat_map(|me| &mut me.subscriptions) {
                    mine.pause = Some(Pause { until: None });
                }
                (me, ())
            })
            .await
    }

    /// A language that was chosen counts from now on, for texts as well.
    async fn speak(
        &self,
        caller: &Caller,
        language: Language,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let (Some(phone), country) = (&caller.phone, caller.country) else {
            return Ok(());
        };
        let number = phone.clone();
        self.store
            .edit_subscriber(phone, now, move |me| {
                let mut me = me.unwrap_or_else(|| Subscriber::new(number.clone(), country, now));
                me.language = Some(language);
                (Some(me), ())
            })
            .await
    }

    async fn remember(
        &self,
        caller: &Caller,
        place: Place,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let (Some(phone), country) = (&caller.phone, caller.country) else {
            return Ok(());
        };
        let known = caller.me.as_ref().and_then(|me| me.last_place.as_ref());
        if known == Some(&place) {
            return Ok(());
        }
        let number = phone.clone();
        self.store
            .edit_subscriber(phone, now, move |me| {
                let mut me = me.unwrap_or_else(|| Subscriber::new(number.clone(), country, now));
                me.last_place = Some(place.clone());
                (Some(me), ())
            })
            .await
    }
}

/// An act as the text that asks for the same, with what was gathered for it.
fn as_text(act: &Act, caller: &Caller, weather: Option<Weather>) -> (Command, decision::Facts) {
    let mut facts = decision::Facts::default();
    let mut certain = |place: &Place| {
        let place = place.clone();
        let text = place_label(&place, caller.country);
        facts.weather = weather.clone().map(|weather| (place.clone(), weather));
        facts.resolution = Some(Resolution::Certain(Candidate {
            place,
            score: 1.0,
            is_typo: false,
        }));
        Some(PlaceText {
            text,
            ..PlaceText::default()
        })
    };
    let command = match act {
        Act::Text { place, window } => Command::Forecast(Asked {
            place: certain(place),
            when: Some(When::Window(*window)),
        }),
        Act::Daily { place, wish } => Command::Daily(DailyWish {
            place: certain(place),
            ..wish.clone()
        }),
        Act::Stop => Command::Stop {
            named: String::new(),
        },
        Act::Pause => Command::Pause {
            which: Which::All,
            span: None,
        },
        Act::Resume if is_stopped(caller) => Command::Start,
        Act::Resume => Command::Resume { which: Which::All },
    };
    (command, facts)
}

/// What the consent log and the history say of it.
fn words(act: &Act, caller: &Caller) -> String {
    let label = |place: &Place| place_label(place, caller.country);
    match act {
        Act::Text { place, .. } => format!("By phone: text me {}", label(place)),
        Act::Daily { place, wish } => {
            let time = wish.time.unwrap_or(SendTime::SEVEN);
            let by = match wish.channel {
                Some(Channel::Call) => "call",
                _ => "text",
            };
            format!("By phone, key 4: daily {by} for {} at {time}", label(place))
        }
        Act::Stop => "By phone: stop my texts".to_owned(),
        Act::Pause => "By phone, key 9: stop my daily texts".to_owned(),
        Act::Resume => "By phone: resume my texts".to_owned(),
    }
}

fn done(act: &Act, answered: &Answered, caller: &Caller) -> Done {
    // A step that comes once more has done it already.
    let outcome = match (answered.replayed, act) {
        (false, _) => answered.outcome,
        (true, Act::Text { place, .. }) => {
            let language = caller.language();
            let label = place_label_in(place, caller.country, language);
            let late = texts::late(language, &label);
            let is_late = answered.reply.as_ref() == Some(&late);
            if is_late { "late" } else { "forecast" }
        }
        (true, Act::Daily { .. }) => "subscribed",
        (true, Act::Stop) => "stopped",
        (true, Act::Pause) => "paused",
        (true, Act::Resume) => "started",
    };
    match (act, outcome) {
        (_, "limited") => Done::TooManyTexts,
        (_, "too_many") => Done::TooManyDaily,
        (Act::Text { .. }, "forecast") => Done::Texted,
        (Act::Text { .. }, "late") => Done::Promised,
        (Act::Text { .. }, "no_weather" | "no_forecast") => Done::NoWeather,
        (Act::Daily { .. }, "subscribed") => Done::Subscribed,
        (Act::Stop, "stopped") => Done::Stopped,
        (Act::Pause, "paused") => Done::Paused,
        (Act::Resume, "started" | "resumed" | "changed") if !is_stopped(caller) => {
            Done::ResumedDaily
        }
        (Act::Resume, "started" | "resumed" | "changed") => Done::Resumed,
        _ => Done::Failed,
    }
}

fn is_stopped(caller: &Caller) -> bool {
    caller
        .me
        .as_ref()
        .is_some_and(|me| matches!(me.standing, Standing::Stopped { .. }))
}

/// As much of a postcode or a town's name as is looked up.
const MAX_HINT_CHARS: usize = 80;

/// Nobody listens to silence for longer.
const PATIENCE: Duration = Duration::from_secs(5);

/// Twilio waits 15 s for the next step.
const STOP_WAIT: Duration = Duration::from_secs(7);
