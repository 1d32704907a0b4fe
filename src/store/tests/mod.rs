//! The store's tests: a database in a directory of its own, and short ways to say what happens.

mod chances;
mod day;
mod inbound;
mod lists;
mod open;
mod outbox;
mod plans;
mod tallies;
mod unclear;
mod upkeep;
mod writer;

use std::path::PathBuf;

use jiff::{SignedDuration, Timestamp};
use tempfile::TempDir;

use super::{Claimed, Plan, Planned, Settings, Store};
use crate::domain::decision::{Decision, Inbound, Sender};
use crate::domain::delivery::{
    DeliveryId, DeliveryStatus, SendOutcome, Settlement, StatusReport, Treatment,
};
use crate::domain::phone::{Country, PhoneNumber};
use crate::domain::place::{Coordinates, Place};
use crate::domain::schedule::SendTime;
use crate::domain::subscriber::{Standing, StoppedBy, Subscriber, Subscription};
use crate::domain::zone::Zone;

struct World {
    store: Store,
    dir: TempDir,
}

impl World {
    fn new() -> Self {
        let dir = TempDir::new().unwrap();
        let store = Store::open(&Settings {
            path: dir.path().join("test.db"),
        })
        .unwrap();
        Self { store, dir }
    }

    fn path(&self) -> PathBuf {
        self.dir.path().join("test.db")
    }

    /// Looks into the file from outside.
    fn look<T: rusqlite::types::FromSql>(&self, sql: &str) -> T {
        rusqlite::Connection::open(self.path())
            .unwrap()
            .query_row(sql, [], |row| row.get(0))
            .unwrap()
    }

    /// Changes the file from outside.
    fn poke(&self, sql: &str) {
        rusqlite::Connection::open(self.path())
            .unwrap()
            .execute_batch(sql)
            .unwrap();
    }

    /// A phone with one subscription for 07:00 in Paris, due next after `now`.
    async fn subscribe(&self, phone: &str, now: Timestamp) -> Subscription {
        let new = subscriber(phone, now);
        self.save(new).await;
        let saved = self.store.subscriber(&number(phone)).await.unwrap();
        saved.unwrap().subscriptions[0].clone()
    }

    async fn save(&self, subscriber: Subscriber) {
        let now = subscriber.created_at;
        let phone = subscriber.phone.clone();
        self.store
            .edit_subscriber(&phone, now, move |_| (Some(subscriber.clone()), ()))
            .await
            .unwrap();
    }

    /// Subscribes, and plans a text for its first date.
    async fn planned(&self, phone: &str) -> (Subscription, Timestamp) {
        let subscription = self.subscribe(phone, evening()).await;
        let due = subscription.next.unwrap().at;
        let count = self
            .store
            .plan(vec![plan(&subscription)], due)
            .await
            .unwrap();
        assert_eq!(count.queued, 1);
        (subscription, due)
    }

    /// Subscribes, plans, and claims.
    async fn claimed(&self, phone: &str) -> (Claimed, Timestamp) {
        let (_, due) = self.planned(phone).await;
        let claimed = self.store.claim(due, 10).await.unwrap();
        let mine = claimed.into_iter().find(|c| c.phone == number(phone));
        (mine.unwrap(), due)
    }

    async fn settle(&self, claimed: &Claimed, outcome: SendOutcome, now: Timestamp) {
        let settlement = Settlement {
            delivery: claimed.id,
            attempt: claimed.attempt,
            outcome,
            retry_at: now + SignedDuration::from_secs(30),
        };
        self.store.settle(vec![settlement], now).await.unwrap();
    }

    async fn report(
        &self,
        id: DeliveryId,
        sid: &str,
        status: DeliveryStatus,
        now: Timestamp,
    ) -> bool {
        let report = report(id, sid, status);
        self.store.advance(report, now).await.unwrap()
    }

    async fn stop(&self, phone: &str, now: Timestamp) {
        self.store
            .answer_inbound(text("SMstop", phone, "stop"), now, move |before| Decision {
                subscriber: before.map(|mut s| {
                    s.standing = Standing::Stopped {
                        at: now,
                        by: StoppedBy::Us,
                    };
                    s
                }),
                ..silence("stop")
            })
            .await
            .unwrap();
    }

    fn status(&self, id: DeliveryId) -> String {
        self.look(&format!(
            "SELECT status || coalesce(': ' || reason, '') FROM deliveries WHERE id = {id}"
        ))
    }

    async fn standing(&self, phone: &str) -> Standing {
        let saved = self.store.subscriber(&number(phone)).await.unwrap();
        saved.unwrap().standing
    }
}

const ANNA: &str = "+33639980001";
const BERT: &str = "+33639980002";

fn number(text: &str) -> PhoneNumber {
    PhoneNumber::parse(text).unwrap()
}

/// Sunday evening; 07:00 in Paris is at 06:00 UTC the next day.
fn evening() -> Timestamp {
    "2026-11-22T18:00:00Z".parse().unwrap()
}

fn after(at: Timestamp, seconds: i64) -> Timestamp {
    at + SignedDuration::from_secs(seconds)
}

fn paris() -> Place {
    Place {
        name: "Paris".to_owned(),
        admin1: Some("Île-de-France".to_owned()),
        admin1_code: None,
        country: Country::of(b"FR"),
        coordinates: Coordinates::new(48.8534, 2.3488).unwrap(),
        elevation_m: Some(42),
        zone: Zone::named("Europe/Paris").unwrap(),
    }
}

fn subscriber(phone: &str, now: Timestamp) -> Subscriber {
    let mut new = Subscriber::new(number(phone), None, now);
    new.subscriptions
        .push(Subscription::new(paris(), SendTime::SEVEN, now));
    new
}

fn plan(subscription: &Subscription) -> Plan {
    let slot = subscription.next.unwrap();
    let mut moved = subscription.clone();
    moved.last_date = Some(slot.date);
    moved.reschedule(slot.at);
    Plan {
        subscription: subscription.id.unwrap(),
        date: slot.date,
        due_at: slot.at,
        what: Planned::Send {
            channel: crate::domain::subscriber::Channel::Text,
            body: "Paris: rain from 2pm".to_owned(),
            segments: 1,
            expires_at: after(slot.at, 3 * 3600),
        },
        next: moved.next,
    }
}

fn text(sid: &str, phone: &str, body: &str) -> Inbound {
    Inbound {
        sid: sid.to_owned(),
        sender: Sender {
            phone: number(phone),
            country: None,
            state: None,
            city: None,
            zip: None,
        },
        body: body.to_owned(),
        media: 0,
        opt_out: None,
    }
}

fn silence(outcome: &'static str) -> Decision {
    Decision {
        subscriber: None,
        reply: None,
        consent: Vec::new(),
        follow_up: None,
        erase: false,
        outcome,
    }
}

fn accepted(sid: &str) -> SendOutcome {
    SendOutcome::Accepted {
        sid: sid.to_owned(),
    }
}

const RETRY: SendOutcome = SendOutcome::Retry {
    code: Some(429),
    slow_down: true,
};

fn rejected(code: u32, treatment: Treatment) -> SendOutcome {
    SendOutcome::Rejected { code, treatment }
}

fn report(id: DeliveryId, sid: &str, status: DeliveryStatus) -> StatusReport {
    StatusReport {
        delivery: id,
        sid: sid.to_owned(),
        status,
        error_code: None,
        treatment: None,
    }
}
