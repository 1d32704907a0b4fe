//! What an operator may do to a phone and to a delivery. The command line and the operator's page share it, so that both keep the same rules.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use crate::domain::compose::place_label;
use crate::domain::delivery::{DeliveryId, DeliveryStatus};
use crate::domain::language::Language;
use crate::domain::phone::PhoneNumber;
use crate::domain::place::Place;
use crate::domain::schedule::{Days, SendTime};
use crate::domain::subscriber::{
    Channel, Condition, Pause, Standing, StoppedBy, Subscriber, Subscription, SubscriptionId, Units,
};
use crate::store::{Store, StoreError};

/// Why nothing was done.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// Nobody of that number.
    #[error("that phone is not known here; `weatherline subscriber list` shows who is")]
    UnknownPhone,
    /// The phone has no subscription.
    #[error("that phone has no subscription; `weatherline subscriber add` makes one")]
    NoSubscription,
    /// The phone has several, and which one is not said; what they are.
    #[error("that phone has several subscriptions; say which with --id: {0}")]
    Which(String),
    /// The phone has others, but not that one.
    #[error("that phone has no subscription {}; it has: {have}", .id.0)]
    NotTheirs {
        /// Which was asked for.
        id: SubscriptionId,
        /// What they are.
        have: String,
    },
    /// Two subscriptions of one phone would have one place.
    #[error("that phone has another subscription for {0}")]
    Twice(String),
    /// A stop that is the person's own.
    #[error("that phone stopped our texts by itself; only START from it resumes them")]
    TheirStop,
    /// No such delivery.
    #[error("there is no delivery {}; `weatherline delivery list` shows them", .0.0)]
    UnknownDelivery(DeliveryId),
    /// It may have arrived.
    #[error("nobody knows whether that text arrived; it may come twice")]
    MayComeTwice,
    /// It can't be sent again.
    #[error(
        "delivery {} is {} and cannot be sent again: only what was undelivered, failed, skipped or unknown can, while its words are kept",
        .id.0, .status.name()
    )]
    NotAgain {
        /// Which.
        id: DeliveryId,
        /// How it stands.
        status: DeliveryStatus,
    },
    /// It doesn't wait.
    #[error("delivery {} is {} and waits no longer: nothing can be taken back", .id.0, .status.name())]
    NotWaiting {
        /// Which.
        id: DeliveryId,
        /// How it stands.
        status: DeliveryStatus,
    },
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A change by hand; what is `None` stays.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Edit {
    /// Another place.
    pub place: Option<Place>,
    /// Another time.
    pub time: Option<SendTime>,
    /// Other days.
    pub days: Option<Days>,
    /// Another condition, or none any more.
    pub only_if: Option<Option<Condition>>,
    /// By text or by call.
    pub channel: Option<Channel>,
}

/// How a phone's texts and calls are written; what is `None` stays.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reading {
    /// In which units.
    pub units: Option<Units>,
    /// In which language.
    pub language: Option<Language>,
}

/// Stops everything for a phone, until it texts START or [`resume`] takes it back. What the person or the carrier stopped
/// stays theirs to resume.
///
/// # Errors
/// [`Refusal::UnknownPhone`], [`Refusal::Store`].
pub async fn stop(store: &Store, phone: &PhoneNumber, now: Timestamp) -> Result<(), Refusal> {
    change(store, phone, now, move |phone| {
        if phone.standing == Standing::Active {
            let by = StoppedBy::Operator;
            phone.standing = Standing::Stopped { at: now, by };
        }
        Ok(())
    })
    .await
}

/// Pauses a subscription, or all of the phone's, until a local date or until it is resumed. Every date in between gets a
/// record that says so.
///
/// # Errors
/// [`Refusal`].
pub async fn pause(
    store: &Store,
    phone: &PhoneNumber,
    which: Option<SubscriptionId>,
    until: Option<Date>,
    now: Timestamp,
) -> Result<Vec<Subscription>, Refusal> {
    change(store, phone, now, move |phone| {
        let these = all_or(phone, which)?;
        Ok(each(phone, &these, |mine| {
            mine.pause = Some(Pause { until })
        }))
    })
    .await
}

/// Ends the breaks of a subscription, or of all, and a stop that an operator made.
///
/// # Errors
/// [`Refusal::TheirStop`] where the person or the carrier stopped; other [`Refusal`]s.
pub async fn resume(
    store: &Store,
    phone: &PhoneNumber,
    which: Option<SubscriptionId>,
    now: Timestamp,
) -> Result<Vec<Subscription>, Refusal> {
    change(store, phone, now, move |phone| {
        match phone.standing {
            Standing::Active => {}
            Standing::Stopped {
                by: StoppedBy::Operator,
                ..
            } => {
                phone.standing = Standing::Active;
                for mine in &mut phone.subscriptions {
                    mine.reschedule(now);
                }
            }
            Standing::Stopped { .. } => return Err(Refusal::TheirStop),
        }
        let these = all_or(phone, which)?;
        Ok(each(phone, &these, |mine| {
            mine.pause = None;
            mine.skip = None;
            mine.reschedule(now);
        }))
    })
    .await
}

/// Changes a subscription; the only one where which is not said. A date that has its record already never gets a second.
///
/// # Errors
/// [`Refusal`].
pub async fn edit(
    store: &Store,
    phone: &PhoneNumber,
    which: Option<SubscriptionId>,
    edit: Edit,
    now: Timestamp,
) -> Result<Subscription, Refusal> {
    change(store, phone, now, move |phone| {
        let at = the_one(phone, which)?;
        if let Some(place) = &edit.place {
            let twice = |(other, mine): (usize, &Subscription)| {
                other != at && mine.place.coordinates == place.coordinates
            };
            if phone.subscriptions.iter().enumerate().any(twice) {
                return Err(Refusal::Twice(place_label(place, None)));
            }
        }
        let done = each(phone, &[at], |mine| {
            if let Some(place) = &edit.place {
                mine.place = place.clone();
                mine.trip = None;
            }
            mine.time = edit.time.unwrap_or(mine.time);
            mine.days = edit.days.unwrap_or(mine.days);
            mine.only_if = edit.only_if.unwrap_or(mine.only_if);
            mine.channel = edit.channel.unwrap_or(mine.channel);
            mine.reschedule(now);
        });
        done.into_iter().next().ok_or(Refusal::NoSubscription)
    })
    .await
}

/// Changes how a phone's texts and calls are written; gives what holds now.
///
/// # Errors
/// [`Refusal::UnknownPhone`], [`Refusal::Store`].
pub async fn read_as(
    store: &Store,
    phone: &PhoneNumber,
    reading: Reading,
    now: Timestamp,
) -> Result<(Language, Units), Refusal> {
    change(store, phone, now, move |phone| {
        phone.units = reading.units.or(phone.units);
        phone.language = reading.language.or(phone.language);
        Ok((phone.language(), phone.units()))
    })
    .await
}

/// Erases everything about a phone, but a salted hash that keeps lists from bringing it back.
///
/// # Errors
/// [`Refusal::UnknownPhone`], [`Refusal::Store`].
pub async fn erase(store: &Store, phone: &PhoneNumber, now: Timestamp) -> Result<(), Refusal> {
    if store.subscriber(phone).await?.is_none() {
        return Err(Refusal::UnknownPhone);
    }
    Ok(store.forget(phone, now).await?)
}

/// Sends a text that ended badly once more, as a delivery of its own; asking twice sends once. What may have arrived is sent
/// again only when `even_twice` says that somebody was asked.
///
/// # Errors
/// [`Refusal`].
pub async fn resend(
    store: &Store,
    id: DeliveryId,
    even_twice: bool,
    lateness: SignedDuration,
    now: Timestamp,
) -> Result<DeliveryId, Refusal> {
    let row = store.delivery(id).await?;
    let status = row.ok_or(Refusal::UnknownDelivery(id))?.status;
    if status == DeliveryStatus::Unknown && !even_twice {
        return Err(Refusal::MayComeTwice);
    }
    let expires_at = now.saturating_add(lateness).unwrap_or(Timestamp::MAX);
    let copy = store.retry(id, expires_at, now).await?;
    copy.ok_or(Refusal::NotAgain { id, status })
}

/// Takes a text back that still waits.
///
/// # Errors
/// [`Refusal::UnknownDelivery`], [`Refusal::NotWaiting`], [`Refusal::Store`].
pub async fn cancel(store: &Store, id: DeliveryId, now: Timestamp) -> Result<(), Refusal> {
    let row = store.delivery(id).await?;
    let status = row.ok_or(Refusal::UnknownDelivery(id))?.status;
    match store.cancel(id, now).await? {
        true => Ok(()),
        false => Err(Refusal::NotWaiting { id, status }),
    }
}

/// One change in one transaction.
async fn change<T: Send + 'static>(
    store: &Store,
    phone: &PhoneNumber,
    now: Timestamp,
    mut how: impl FnMut(&mut Subscriber) -> Result<T, Refusal> + Send + 'static,
) -> Result<T, Refusal> {
    store
        .edit_subscriber(phone, now, move |found| {
            let Some(mut found) = found else {
                return (None, Err(Refusal::UnknownPhone));
            };
            match how(&mut found) {
                Ok(done) => (Some(found), Ok(done)),
                Err(refusal) => (None, Err(refusal)),
            }
        })
        .await?
}

fn each(
    phone: &mut Subscriber,
    these: &[usize],
    mut how: impl FnMut(&mut Subscription),
) -> Vec<Subscription> {
    let mut done = Vec::with_capacity(these.len());
    for at in these {
        if let Some(mine) = phone.subscriptions.get_mut(*at) {
            how(mine);
            done.push(mine.clone());
        }
    }
    done
}

fn all_or(phone: &Subscriber, which: Option<SubscriptionId>) -> Result<Vec<usize>, Refusal> {
    match which {
        Some(_) => the_one(phone, which).map(|at| vec![at]),
        None if phone.subscriptions.is_empty() => Err(Refusal::NoSubscription),
        None => Ok((0..phone.subscriptions.len()).collect()),
    }
}

fn the_one(phone: &Subscriber, which: Option<SubscriptionId>) -> Result<usize, Refusal> {
    let position = |id| {
        phone
            .subscriptions
            .iter()
            .position(|mine| mine.id == Some(id))
    };
    match (which, phone.subscriptions.len()) {
        (_, 0) => Err(Refusal::NoSubscription),
        (None, 1) => Ok(0),
        (None, _) => Err(Refusal::Which(ids(phone))),
        (Some(id), _) => position(id).ok_or_else(|| Refusal::NotTheirs {
            id,
            have: ids(phone),
        }),
    }
}

/// `3 Lyon, 7 Paris`.
fn ids(phone: &Subscriber) -> String {
    let named = |mine: &Subscription| {
        let id = mine.id.map_or(0, |id| id.0);
        format!("{id} {}", place_label(&mine.place, phone.country))
    };
    let all: Vec<String> = phone.subscriptions.iter().map(named).collect();
    all.join(", ")
}
