//! After a backup was restored: what happened since it was made is read from the carrier's lists, so that no morning is
//! sent or called again and no STOP is forgotten.

mod events;

use jiff::{SignedDuration, Timestamp};

use self::events::{Event, Ours, in_order};
use crate::carrier::rest::calls::{Call, CallFilter};
use crate::carrier::rest::message::Message;
use crate::carrier::rest::messages::MessageFilter;
use crate::carrier::{Carrier, RestError};
use crate::domain::command::{Command, language_from};
use crate::domain::compose::place_label_in;
use crate::domain::decide::{Spelling, decide, needs, settle};
use crate::domain::decision::{Inbound, Rules, Sender, Weather};
use crate::domain::delivery::{DeliveryId, SkipReason};
use crate::domain::phone::PhoneNumber;
use crate::domain::place::PlaceQuery;
use crate::domain::subscriber::{Channel, Standing, Subscriber, Subscription};
use crate::places::Places;
use crate::store::{DeliveryFilter, Plan, Planned, Store, StoreError};

/// What a reconciliation stands on.
#[derive(Clone, Copy)]
pub struct Reconciling<'a> {
    /// The restored database, not yet in use.
    pub store: &'a Store,
    /// Whose list is read.
    pub carrier: &'a Carrier,
    /// To read again what people texted.
    pub places: &'a Places,
    /// The rules of the conversation.
    pub rules: &'a Rules,
    /// How late a forecast may have been sent.
    pub lateness: SignedDuration,
}

/// What was found out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reconciled {
    /// From when on the lists were read.
    pub since: Timestamp,
    /// Messages and calls of the lists.
    pub read: usize,
    /// Texts that waited or were under way when the backup was made: held until the list settles them.
    pub held: usize,
    /// Dates whose forecast had been sent or called since: they have their record now.
    pub sent: usize,
    /// Texts of people that were acted on again.
    pub replayed: usize,
}

/// Why nothing could be reconciled; the restored database must not be used then.
#[derive(Debug, thiserror::Error)]
pub enum ReconcileError {
    /// A list could not be read to the end.
    #[error(
        "Twilio's lists of messages and calls could not be read ({0}), and without them mornings could be sent again"
    )]
    List(#[from] RestError),
    /// There were too many since the backup.
    #[error(
        "more than {MOST} messages and calls lie between the backup and now; take a newer backup"
    )]
    TooMany,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Reconciling<'_> {
    /// Reads the lists and writes down what they prove, in the order in which it happened. `progress` hears how many
    /// messages and calls were read.
    ///
    /// # Errors
    /// [`ReconcileError`]; the database is half done then, and to be thrown away.
    pub async fn run(
        &self,
        now: Timestamp,
        progress: &mut (dyn FnMut(usize) + Send),
    ) -> Result<Reconciled, ReconcileError> {
        let last = self.store.last_moment().await?.unwrap_or(now);
        let since = last
            .min(now)
            .saturating_sub(MARGIN)
            .unwrap_or(Timestamp::MIN);
        let messages = self.messages_since(since, progress).await?;
        let calls = self.calls_since(since, messages.len(), progress).await?;
        let mut done = Reconciled {
            since,
            read: messages.len() + calls.len(),
            held: self.store.doubt_waiting(since, now).await?,
            ..Reconciled::default()
        };
        for event in in_order(&messages, &calls, now) {
            match event {
                Event::Heard(message, at) => {
                    done.replayed += usize::from(self.replay(message, at).await?);
                }
                Event::Went(ours) => done.sent += usize::from(self.adopt(&ours, now).await?),
            }
        }
        Ok(done)
    }

    /// All messages since then, the newest first.
    async fn messages_since(
        &self,
        since: Timestamp,
        progress: &mut (dyn FnMut(usize) + Send),
    ) -> Result<Vec<Message>, ReconcileError> {
        let mut pages = self.carrier.messages(&MessageFilter {
            to: None,
            from: None,
            since: None,
            page_size: PAGE,
        });
        let is_old = |message: &Message| message.date_created.is_some_and(|at| at < since);
        let found = pages.down_to(is_old, MOST, progress).await?;
        found.ok_or(ReconcileError::TooMany)
    }

    /// All calls since then, the newest first. Who sends from a messaging service never called anybody.
    async fn calls_since(
        &self,
        since: Timestamp,
        read: usize,
        progress: &mut (dyn FnMut(usize) + Send),
    ) -> Result<Vec<Call>, ReconcileError> {
        if self.carrier.own_number().is_none() {
            return Ok(Vec::new());
        }
        // A call that was never answered has no start time, so the list is not narrowed by it.
        let mut pages = self.carrier.calls(&CallFilter {
            to: None,
            from: None,
            status: None,
            since: None,
            page_size: PAGE,
        });
        let is_old = |call: &Call| call.date_created.is_some_and(|at| at < since);
        let found = pages
            .down_to(is_old, MOST, &mut |calls| progress(read + calls))
            .await?;
        found.ok_or(ReconcileError::TooMany)
    }

    /// Acts on a text that came in after the backup as it was acted on then, without answering it a second time.
    async fn replay(&self, message: &Message, at: Timestamp) -> Result<bool, StoreError> {
        let Some(phone) = message
            .from
            .as_deref()
            .and_then(|from| PhoneNumber::parse(from).ok())
        else {
            return Ok(false);
        };
        if self.store.saved_answer(&message.sid).await?.is_some() {
            return Ok(false);
        }
        let inbound = Inbound {
            sid: message.sid.clone(),
            sender: Sender {
                country: phone.country(),
                phone: phone.clone(),
                state: None,
                city: None,
                zip: None,
            },
            body: message.body.clone().unwrap_or_default(),
            media: 0,
            opt_out: None,
        };
        let subscriber = self.store.subscriber(&phone).await?;
        let language = subscriber.as_ref().map(Subscriber::language);
        let command = Command::parse_from(&inbound.body, inbound.sender.country(), language);
        let look_up = |query: &PlaceQuery, spelling| match spelling {
            Spelling::AsTyped => self.places.resolve_as_typed(query),
            Spelling::Forgiven => self.places.resolve(query),
        };
        let command = settle(command, subscriber.as_ref(), &inbound, at, &look_up);
        let needs = needs(&command, subscriber.as_ref(), &inbound, self.rules, at);
        let mut facts = needs.resolve(|query| self.places.resolve(query));
        facts.heard = language_from(&inbound.body, inbound.sender.country());
        if let Some(place) = needs.spot(&facts) {
            facts.weather = Some((place, Weather::Down));
        }
        let (rules, text) = (self.rules.clone(), inbound.clone());
        let answered = self.store.answer_inbound(inbound, at, move |subscriber| {
            let mut decision = decide(command.clone(), subscriber, &facts, &text, &rules, at);
            // Its forecast was sent, or is stale by now.
            decision.follow_up = None;
            decision
        });
        answered.await?;
        Ok(true)
    }

    /// Finds out for which delivery a text or a call went out, and writes down that it did.
    async fn adopt(&self, ours: &Ours<'_>, now: Timestamp) -> Result<bool, StoreError> {
        let Some(phone) = ours.to.and_then(|to| PhoneNumber::parse(to).ok()) else {
            return Ok(false);
        };
        let filter = DeliveryFilter {
            phone: Some(phone.clone()),
            limit: ROWS,
            ..DeliveryFilter::default()
        };
        let rows = self.store.deliveries(filter).await?;
        if rows.iter().any(|row| row.sid.as_deref() == Some(ours.sid)) {
            return Ok(false);
        }
        if let Some(row) = rows.iter().find(|row| ours.may_be(row)) {
            self.store.advance(ours.report(row.id), now).await?;
            return Ok(row.local_date.is_some());
        }
        let Some(subscriber) = self.store.subscriber(&phone).await? else {
            return Ok(false);
        };
        self.adopt_daily(&subscriber, ours, now).await
    }

    async fn adopt_daily(
        &self,
        subscriber: &Subscriber,
        ours: &Ours<'_>,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut candidates: Vec<Subscription> = Vec::new();
        for subscription in &subscriber.subscriptions {
            // A text is never the morning of somebody who is called, unless we cannot call at all.
            let is_called =
                subscription.channel == Channel::Call && self.carrier.own_number().is_some();
            if is_called != ours.is_call {
                continue;
            }
            let mut subscription = subscription.clone();
            // Dates whose time had passed before this was sent have nothing in the list: they were missed.
            while let Some(slot) = subscription.next.filter(|slot| slot.at < ours.at) {
                let latest = slot
                    .at
                    .saturating_add(self.lateness + MARGIN)
                    .unwrap_or(Timestamp::MAX);
                if latest >= ours.at {
                    break;
                }
                self.record(&mut subscription, now).await?;
            }
            if subscription
                .next
                .is_some_and(|slot| slot.at <= later(ours.at))
            {
                candidates.push(subscription);
            }
        }
        if let (true, Some(body)) = (candidates.len() > 1, ours.body) {
            candidates.retain(|subscription| {
                let date = subscription.next.map(|slot| slot.date);
                let place = date.map_or(&subscription.place, |date| subscription.place_on(date));
                body.contains(&place_label_in(
                    place,
                    subscriber.country,
                    subscriber.language(),
                ))
            });
        }
        let first = candidates
            .into_iter()
            .min_by_key(|s| s.next.map(|slot| slot.at));
        let (Some(mut subscription), Standing::Active) = (first, &subscriber.standing) else {
            return Ok(false);
        };
        let Some(id) = self.record(&mut subscription, now).await? else {
            return Ok(false);
        };
        self.store.advance(ours.report(id), now).await?;
        Ok(true)
    }

    /// Gives the next date its record, as missed until a report says more, and moves on.
    async fn record(
        &self,
        subscription: &mut Subscription,
        now: Timestamp,
    ) -> Result<Option<DeliveryId>, StoreError> {
        let (Some(slot), Some(id)) = (subscription.next, subscription.id) else {
            return Ok(None);
        };
        subscription.last_date = Some(slot.date);
        subscription.next = subscription.slot_from(slot.at);
        let plan = Plan {
            subscription: id,
            date: slot.date,
            due_at: slot.at,
            what: Planned::Skip {
                reason: SkipReason::TooLate,
            },
            next: subscription.next,
        };
        self.store.plan(vec![plan], now).await?;
        self.store.daily_of(id, slot.date).await
    }
}

/// The carrier's clock may be behind ours.
fn later(at: Timestamp) -> Timestamp {
    at.saturating_add(SKEW).unwrap_or(Timestamp::MAX)
}

const SKEW: SignedDuration = SignedDuration::from_mins(2);
/// The list is read from a while before the backup: what is known already is passed over.
const MARGIN: SignedDuration = SignedDuration::from_hours(1);
const PAGE: u32 = 1000;
/// Of each list.
const MOST: usize = 500_000;
/// Rows of one phone that are looked through.
const ROWS: usize = 1000;
