//! Answering a text: known before, the saved reply; else load, decide, and save everything that follows, all or nothing.

use jiff::Timestamp;
use rusqlite::Connection;

use super::sqlite::deliveries::{self, New, What};
use super::sqlite::inbound::{self, Answer};
use super::sqlite::subscribers::{self, Saved};
use super::sqlite::{consents, suppressions};
use super::{Store, StoreError, owed};
use crate::domain::decision::{ConsentKind, Decision, Inbound};
use crate::domain::delivery::{DedupKey, DeliveryKind};
use crate::domain::phone::PhoneNumber;
use crate::domain::subscriber::{Channel, Standing, Subscriber};

/// The answer that a text got when it came first.
#[derive(Clone, PartialEq, Eq)]
pub struct SavedAnswer {
    /// `None`: silence.
    pub reply: Option<String>,
}

/// What is known of a text before it is answered.
#[derive(Clone, PartialEq)]
pub enum Recalled {
    /// It was answered before.
    Answered(SavedAnswer),
    /// It was not; its phone as it stands.
    New(Option<Box<Subscriber>>),
}

/// What came of a text.
#[derive(Clone, PartialEq, Eq)]
pub struct Answered {
    /// The answer; `None`: silence.
    pub reply: Option<String>,
    /// Whether the same text had been answered before: nothing was changed now.
    pub replayed: bool,
    /// Whether something is owed now.
    pub woke_outbox: bool,
    /// Whether the phone stopped our texts by this one.
    pub stopped: bool,
    /// What kind of answer it was.
    pub outcome: &'static str,
}

impl Store {
    /// The answer of a text that was answered before.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn saved_answer(&self, sid: &str) -> Result<Option<SavedAnswer>, StoreError> {
        let sid = sid.to_owned();
        self.read(move |connection| {
            Ok(inbound::reply(connection, &sid)?.map(|reply| SavedAnswer { reply }))
        })
        .await
    }

    /// The answer of a text that was answered before, else its phone as it stands: one read for both.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn recall(&self, sid: &str, phone: &PhoneNumber) -> Result<Recalled, StoreError> {
        let (sid, phone) = (sid.to_owned(), phone.clone());
        self.look_up(move |connection| {
            if let Some(reply) = inbound::reply(connection, &sid)? {
                return Ok(Recalled::Answered(SavedAnswer { reply }));
            }
            let saved = subscribers::load(connection, &phone)?;
            let met = met(connection, &phone, saved.as_ref())?;
            Ok(Recalled::New(met.map(Box::new)))
        })
        .await
    }

    /// A phone with its subscriptions, as it stands. One that was erased after a stop is still stopped.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn subscriber(&self, phone: &PhoneNumber) -> Result<Option<Subscriber>, StoreError> {
        let phone = phone.clone();
        self.read(move |connection| {
            let saved = subscribers::load(connection, &phone)?;
            met(connection, &phone, saved.as_ref())
        })
        .await
    }

    /// Answers a text in one transaction. `decide` gets the subscriber as it stands at that moment, so that two texts of
    /// one phone cannot race; it does not run where the text was answered before, and runs again where all was undone.
    ///
    /// # Errors
    /// [`StoreError`]; nothing was saved then.
    pub async fn answer_inbound<F>(
        &self,
        inbound: Inbound,
        now: Timestamp,
        mut decide: F,
    ) -> Result<Answered, StoreError>
    where
        F: FnMut(Option<Subscriber>) -> Decision + Send + 'static,
    {
        self.write(move |connection| answer(connection, &inbound, now, &mut decide))
            .await
    }

    /// Changes a phone by hand, in one transaction: `edit` gets it as it stands and gives it back as it shall be, with
    /// anything it wants to tell; `None` leaves it alone. It may run again, where all was undone.
    ///
    /// # Errors
    /// [`StoreError`]; nothing was saved then.
    pub async fn edit_subscriber<T, F>(
        &self,
        phone: &PhoneNumber,
        now: Timestamp,
        mut edit: F,
    ) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnMut(Option<Subscriber>) -> (Option<Subscriber>, T) + Send + 'static,
    {
        let phone = phone.clone();
        self.write(move |connection| {
            let saved = subscribers::load(connection, &phone)?;
            let (after, told) = edit(met(connection, &phone, saved.as_ref())?);
            if let Some(after) = after {
                save(connection, saved.as_ref(), &after, now)?;
            }
            Ok(told)
        })
        .await
    }

    /// Erases everything of a phone but a salted hash.
    ///
    /// # Errors
    /// [`StoreError`]; nothing was erased then.
    pub async fn forget(&self, phone: &PhoneNumber, now: Timestamp) -> Result<(), StoreError> {
        let phone = phone.clone();
        self.write(move |connection| {
            let standing = subscribers::standing(connection, &phone)?;
            erase(connection, &phone, standing.as_ref(), now)
        })
        .await
    }

    /// Whether the phone was erased and did not come back by itself: no import may subscribe it.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn is_suppressed(&self, phone: &PhoneNumber) -> Result<bool, StoreError> {
        let phone = phone.clone();
        self.look_up(move |connection| Ok(suppressions::find(connection, &phone)?.is_some()))
            .await
    }
}

fn answer(
    connection: &Connection,
    inbound: &Inbound,
    now: Timestamp,
    decide: &mut impl FnMut(Option<Subscriber>) -> Decision,
) -> Result<Answered, StoreError> {
    if let Some(reply) = inbound::reply(connection, &inbound.sid)? {
        return Ok(Answered {
            reply,
            replayed: true,
            woke_outbox: false,
            stopped: false,
            outcome: "replayed",
        });
    }
    let phone = &inbound.sender.phone;
    let saved = subscribers::load(connection, phone)?;
    let before = met(connection, phone, saved.as_ref())?;
    let was_stopped = is_stopped(before.as_ref());
    let standing = before.as_ref().map(|b| b.standing.clone());
    let decision = decide(before);
    let stopped = !was_stopped && is_stopped(decision.subscriber.as_ref());
    let mut woke_outbox = false;
    if decision.erase {
        erase(connection, phone, standing.as_ref(), now)?;
    } else {
        if let Some(after) = &decision.subscriber {
            save(connection, saved.as_ref(), after, now)?;
        }
        woke_outbox = record(connection, inbound, &decision, now)?;
    }
    let answer = Answer {
        sid: &inbound.sid,
        sender: (!decision.erase).then_some((phone, inbound.body.as_str())),
        reply: decision.reply.as_deref(),
        outcome: decision.outcome,
    };
    inbound::add(connection, &answer, now)?;
    Ok(Answered {
        reply: decision.reply,
        replayed: false,
        woke_outbox,
        stopped,
        outcome: decision.outcome,
    })
}

/// Consent and what is owed; whether something is.
fn record(
    connection: &Connection,
    inbound: &Inbound,
    decision: &Decision,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let phone = &inbound.sender.phone;
    for consent in &decision.consent {
        consents::add(connection, phone, consent, now)?;
        // Who asks again by their own hand is welcome again.
        if matches!(consent.kind, ConsentKind::Subscribe | ConsentKind::Start) {
            suppressions::lift(connection, phone)?;
        }
    }
    let Some(ask) = &decision.follow_up else {
        return Ok(false);
    };
    let (key, kind) = match ask.channel {
        Channel::Text => (DedupKey::follow_up(&inbound.sid), DeliveryKind::FollowUp),
        Channel::Call => (DedupKey::call(&inbound.sid), DeliveryKind::Call),
    };
    if owed::is_owed(connection, phone, ask)? {
        return Ok(false);
    }
    let new = New {
        key: &key,
        kind,
        phone,
        subscription: None,
        local_date: None,
        what: What::Owe(ask),
        due_at: now,
    };
    let id = deliveries::next_id(connection, now)?;
    Ok(deliveries::insert(connection, id, &new, false, now)?)
}

/// Saves a phone; one that is stopped now gets nothing that still waits for it.
fn save(
    connection: &Connection,
    saved: Option<&Saved>,
    after: &Subscriber,
    now: Timestamp,
) -> Result<(), StoreError> {
    subscribers::save(connection, saved, after, now)?;
    if is_stopped(Some(after)) {
        deliveries::stop_phone(connection, &after.phone, now)?;
    }
    Ok(())
}

pub(super) fn erase(
    connection: &Connection,
    phone: &PhoneNumber,
    standing: Option<&Standing>,
    now: Timestamp,
) -> Result<(), StoreError> {
    suppressions::add(connection, phone, standing, now)?;
    deliveries::erase(connection, phone, now)?;
    inbound::erase(connection, phone)?;
    consents::erase(connection, phone)?;
    subscribers::erase(connection, phone)?;
    Ok(())
}

/// The phone as we know it, from its row or from what stayed after it was erased.
fn met(
    connection: &Connection,
    phone: &PhoneNumber,
    saved: Option<&Saved>,
) -> Result<Option<Subscriber>, StoreError> {
    if let Some(saved) = saved {
        return Ok(Some(saved.subscriber.clone()));
    }
    Ok(match suppressions::find(connection, phone)? {
        Some(Standing::Stopped { at, by }) => {
            let mut stopped = Subscriber::new(phone.clone(), None, at);
            stopped.standing = Standing::Stopped { at, by };
            Some(stopped)
        }
        Some(Standing::Active) | None => None,
    })
}

fn is_stopped(subscriber: Option<&Subscriber>) -> bool {
    subscriber.is_some_and(|s| matches!(s.standing, Standing::Stopped { .. }))
}
