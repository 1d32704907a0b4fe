//! What becomes of a message after it was taken, and the signed callbacks that tell of it.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinSet;

use super::book::Step;
use super::message::{Direction, Fate, Message};
use crate::sim::CallbackTiming;
use crate::sim::call_out::Signature;
use crate::sim::faults::CallbackFault;
use crate::sim::form::Form;
use crate::sim::world::World;

/// How many callbacks are under way at once.
const AT_ONCE: usize = 16;

/// Writes down how a message goes on. With the fault `Early` its first callback comes before the create call is answered.
pub(crate) async fn plan(world: &Arc<World>, sid: &str) {
    let fault = world.faults.callback.draw();
    let (steps, first_due) = {
        let book = world.book();
        let Some(message) = book.get(sid) else { return };
        (steps(message, fault, world.now()), message.accepted_at_ms)
    };
    let mut steps = steps.into_iter();
    if fault == Some(CallbackFault::Early)
        && let Some(step) = steps.next()
    {
        take_step(world, step).await;
    }
    let rest: Vec<Step> = steps.collect();
    match world.options.callbacks {
        CallbackTiming::Immediate => world.book().steps.extend(rest),
        CallbackTiming::Lifelike => {
            tokio::spawn(live(world.clone(), rest, first_due));
        }
    }
}

/// Takes every step that is due by the pretend clock, in order; a message's own steps never overtake each other.
pub(crate) async fn pump(world: &Arc<World>) {
    loop {
        let now = world.now();
        let due: Vec<Step> = {
            let mut book = world.book();
            // Asked every pretend minute: a queue of late steps must not be copied each time.
            if book.steps.iter().all(|step| step.due_ms > now) {
                return;
            }
            let (due, later): (Vec<Step>, Vec<Step>) =
                book.steps.drain(..).partition(|step| step.due_ms <= now);
            book.steps = later.into();
            due
        };
        let mut lanes = JoinSet::new();
        for lane in by_message(due) {
            if lanes.len() >= AT_ONCE {
                lanes.join_next().await;
            }
            let world = world.clone();
            lanes.spawn(async move {
                for step in lane {
                    take_step(&world, step).await;
                }
            });
        }
        while lanes.join_next().await.is_some() {}
    }
}

/// The steps of each message in their order, messages in the order of their first step.
fn by_message(steps: Vec<Step>) -> Vec<Vec<Step>> {
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut lanes: Vec<Vec<Step>> = Vec::new();
    for step in steps {
        match places.get(&step.sid) {
            Some(at) => lanes[*at].push(step),
            None => {
                places.insert(step.sid.clone(), lanes.len());
                lanes.push(vec![step]);
            }
        }
    }
    lanes
}

/// Sent after about 0.4 s, delivered after about 1.5 s; what is late by the pretend clock waits for it.
async fn live(world: Arc<World>, steps: Vec<Step>, accepted_at_ms: i64) {
    for (place, step) in steps.into_iter().enumerate() {
        let real = if place == 0 { 400 } else { 1_100 };
        tokio::time::sleep(Duration::from_millis(real)).await;
        while step.due_ms > accepted_at_ms && world.now() < step.due_ms {
            tokio::time::sleep(Duration::from_millis(250)).await;
        }
        take_step(&world, step).await;
    }
}

fn steps(message: &Message, fault: Option<CallbackFault>, now: i64) -> Vec<Step> {
    let start = message.send_at_ms.unwrap_or(now).max(now);
    let (late, copies) = match fault {
        Some(CallbackFault::Late(ms)) => (ms, 1),
        Some(CallbackFault::Missing) => (0, 0),
        Some(CallbackFault::Doubled) => (0, 2),
        _ => (0, 1),
    };
    let step = |status, error_code| Step {
        sid: message.sid.clone(),
        status,
        error_code,
        due_ms: start.saturating_add(late),
        copies,
        forged: false,
    };
    let mut steps = match message.fate {
        Fate::Delivered => vec![step("sent", None), step("delivered", None)],
        Fate::SentOnly => vec![step("sent", None)],
        Fate::Undelivered(code) => vec![step("sent", None), step("undelivered", Some(code))],
        Fate::Failed(code) => vec![step("failed", Some(code))],
    };
    if message.service.is_some() && message.direction == Direction::Api {
        steps.insert(0, step("queued", None));
    }
    match fault {
        Some(CallbackFault::Reordered) => steps.reverse(),
        Some(CallbackFault::Forged) => steps.push(Step {
            forged: true,
            ..step("failed", Some(30005))
        }),
        _ => {}
    }
    steps
}

async fn take_step(world: &World, step: Step) {
    let now = world.now();
    if !step.forged {
        world.change(&step.sid, |message| advance(message, &step, now));
        world.told(&step.sid);
    }
    let Some((url, fields)) = callback(world, &step) else {
        return;
    };
    let signature = if step.forged {
        Signature::Wrong
    } else {
        Signature::Right
    };
    for _ in 0..step.copies {
        let answer = world
            .call(&url, Form(fields.clone()), signature.clone(), "status")
            .await;
        let Some(status) = answer.status else {
            continue;
        };
        match (step.forged, status) {
            (true, 403) | (false, 200..=399 | 500..) => {}
            (true, status) => world.violate(format!(
                "a forged status callback was answered {status} instead of 403"
            )),
            (false, status) => world.violate(format!("a status callback was answered {status}")),
        }
    }
}

/// Books only move forward, whatever order the telling has.
fn advance(message: &mut Message, step: &Step, now: i64) {
    message.updated_at_ms = now;
    if rank(step.status) > rank(message.status) {
        message.status = step.status;
        message.error_code = step.error_code;
    }
    if message.status != "failed" && message.status != "queued" {
        message.sent_at_ms.get_or_insert(now);
    }
}

fn rank(status: &str) -> u8 {
    match status {
        "accepted" | "scheduled" => 0,
        "queued" => 1,
        "sent" => 2,
        _ => 3,
    }
}

fn callback(world: &World, step: &Step) -> Option<(String, Vec<(String, String)>)> {
    let book = world.book();
    let message = book.get(&step.sid)?;
    let url = message.status_callback.clone()?;
    let from = message.from.as_deref().unwrap_or(&world.options.number);
    let mut fields: Vec<(String, String)> = [
        ("SmsSid", step.sid.as_str()),
        ("SmsStatus", step.status),
        ("MessageStatus", step.status),
        ("To", message.to.as_str()),
        ("MessageSid", step.sid.as_str()),
        ("AccountSid", world.options.account_sid.as_str()),
        ("From", from),
        ("ApiVersion", "2010-04-01"),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .collect();
    if let Some(service) = &message.service {
        fields.push(("MessagingServiceSid".into(), service.clone()));
    }
    if let Some(code) = step.error_code {
        fields.push(("ErrorCode".into(), code.to_string()));
    }
    if matches!(step.status, "delivered" | "undelivered") {
        let stamp = jiff::Timestamp::from_millisecond(world.now())
            .map(|at| at.strftime("%y%m%d%H%M").to_string())
            .unwrap_or_default();
        fields.push(("RawDlrDoneDate".into(), stamp));
    }
    Some((url, fields))
}
