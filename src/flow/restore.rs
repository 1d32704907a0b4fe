//! After a backup was restored: what happened since it was made is read from the carrier's list, so that no morning is
//! sent again and no STOP is forgotten.

use jiff::{SignedDuration, Timestamp};

use crate::carrier::rest::message::Message;
use crate::carrier::rest::messages::MessageFilter;
use crate::carrier::{Carrier, RestError, report};
use crate::domain::command::{Command, language_of};
use crate::domain::compose::place_label_in;
use crate::domain::decide::{decide, needs};
use crate::domain::decision::{Inbound, Rules, Sender, Weather};
use crate::domain::delivery::{DeliveryId, DeliveryStatus, SkipReason};
use crate::domain::phone::PhoneNumber;
use crate::domain::subscriber::{Standing, Subscriber, Subscription};
use crate::places::Places;
use crate::store::{DeliveryFilter, DeliveryRow, Plan, Planned, Store, StoreError};

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
    /// From when on the list was read.
    pub since: Timestamp,
    /// Messages of the list.
    pub read: usize,
    /// Texts that waited or were under way when the backup was made: held until the list settles them.
    pub held: usize,
    /// Dates whose forecast had been sent since: they have their record now.
    pub sent: usize,
    /// Texts of people that were acted on again.
    pub replayed: usize,
}

/// Why nothing could be reconciled; the restored database must not be used then.
#[derive(Debug, thiserror::Error)]
pub enum ReconcileError {
    /// The list could not be read to the end.
    #[error(
        "Twilio's message list could not be read ({0}), and without it mornings could be sent again"
    )]
    List(#[from] RestError),
    /// There were too many messages since the backup.
    #[error("more than {MOST} messages lie between the backup and now; take a newer backup")]
    TooMany,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Reconciling<'_> {
    /// Reads the list and writes down what it proves, in the order in which it happened. `progress` hears how many
    /// messages were read.
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
        let mut done = Reconciled {
            since,
            read: messages.len(),
            held: self.store.doubt_waiting(since, now).await?,
            ..Reconciled::default()
        };
        for message in messages.iter().rev() {
            let at = message.date_created.unwrap_or(now);
            match message.direction.as_deref() {
                Some("inbound") => done.replayed += usize::from(self.replay(message, at).await?),
                Some("outbound-api") => {
                    done.sent += usize::from(self.adopt(message, at, now).await?)
                }
                _ => {}
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
        let mut messages = Vec::new();
        let mut older = 0;
        while let Some(message) = pages.next().await? {
            if message.date_created.is_some_and(|at| at < since) {
                older += 1;
                // Newest first, give or take: a whole page of older ones is the end.
                if older >= PAGE {
                    break;
                }
                continue;
            }
            messages.push(message);
            progress(messages.len());
            if messages.len() > MOST {
                return Err(ReconcileError::TooMany);
            }
        }
        Ok(messages)
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
        let needs = needs(&command, subscriber.as_ref(), &inbound, self.rules, at);
        let mut facts = needs.resolve(|query| self.places.resolve(query));
        facts.heard = language_of(&inbound.body);
        if let Some(place) = needs.spot(&facts) {
            facts.weather = Some((place, Weather::Down));
        }
        let (rules, text) = (self.rules.clone(), inbound.clone());
        let answered = self.store.answer_inbound(inbound, at, move |subscriber| {
            let mut decision = decide(command, subscriber, &facts, &text, &rules, at);
            // Its forecast was sent, or is stale by now.
            decision.follow_up = None;
            decision
        });
        answered.await?;
        Ok(true)
    }

    /// Finds out for which delivery a text went out, and writes down that it did.
    async fn adopt(
        &self,
        message: &Message,
        at: Timestamp,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let Some(phone) = message
            .to
            .as_deref()
            .and_then(|to| PhoneNumber::parse(to).ok())
        else {
            return Ok(false);
        };
        let filter = DeliveryFilter {
            phone: Some(phone.clone()),
            limit: ROWS,
            ..DeliveryFilter::default()
        };
        let rows = self.store.deliveries(filter).await?;
        if rows
            .iter()
            .any(|row| row.sid.as_ref() == Some(&message.sid))
        {
            return Ok(false);
        }
        let body = message.body.as_deref();
        if let Some(row) = rows.iter().find(|row| is_text_of(row, body)) {
            let report = report(
                row.id,
                message.sid.clone(),
                message.delivery_status(),
                message.error(),
            );
            self.store.advance(report, now).await?;
            return Ok(row.local_date.is_some());
        }
        let Some(subscriber) = self.store.subscriber(&phone).await? else {
            return Ok(false);
        };
        self.adopt_daily(&subscriber, message, at, now).await
    }

    async fn adopt_daily(
        &self,
        subscriber: &Subscriber,
        message: &Message,
        at: Timestamp,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut candidates: Vec<Subscription> = Vec::new();
        for subscription in &subscriber.subscriptions {
            let mut subscription = subscription.clone();
            // Dates whose time had passed before this was sent have no text in the list: they were missed.
            while let Some(slot) = subscription.next.filter(|slot| slot.at < at) {
                let latest = slot
                    .at
                    .saturating_add(self.lateness + MARGIN)
                    .unwrap_or(Timestamp::MAX);
                if latest >= at {
                    break;
                }
                self.record(&mut subscription, now).await?;
            }
            if subscription.next.is_some_and(|slot| slot.at <= later(at)) {
                candidates.push(subscription);
            }
        }
        let body = message.body.as_deref();
        if let (true, Some(body)) = (candidates.len() > 1, body) {
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
        let report = report(
            id,
            message.sid.clone(),
            message.delivery_status(),
            message.error(),
        );
        self.store.advance(report, now).await?;
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

/// Whether the row, held since the backup, was this text.
fn is_text_of(row: &DeliveryRow, body: Option<&str>) -> bool {
    let same = |words: &str, body: &str| plain(body).ends_with(&plain(words));
    row.status == DeliveryStatus::Unclear
        && match (row.body.as_deref(), body) {
            (Some(words), Some(body)) => same(words, body),
            // It was erased at the carrier: it may be the one.
            _ => true,
        }
}

fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The carrier's clock may be behind ours.
fn later(at: Timestamp) -> Timestamp {
    at.saturating_add(SKEW).unwrap_or(Timestamp::MAX)
}

const SKEW: SignedDuration = SignedDuration::from_mins(2);
/// The list is read from a while before the backup: what is known already is passed over.
const MARGIN: SignedDuration = SignedDuration::from_hours(1);
const PAGE: u32 = 1000;
const MOST: usize = 500_000;
/// Rows of one phone that are looked through.
const ROWS: usize = 1000;
