//! How a call of ours goes: it rings, somebody or something takes it or not, and every step is told.

use std::sync::Arc;

use super::handset::PhoneCall;
use super::{CallFate, fields};
use crate::sim::call_out::Signature;
use crate::sim::carrier::message::rfc2822;
use crate::sim::world::World;

/// Questions that a person who says nothing is asked at most.
const PATIENCE: usize = 8;

/// Lives every call through that was placed and not taken by hand.
pub(crate) async fn pump(world: &Arc<World>) {
    loop {
        let waiting = {
            let book = world.book();
            let waiting = book.calls.iter().find(|call| call.status == "queued");
            waiting.map(|call| (call.sid.clone(), book.call_fate(&call.to)))
        };
        let Some((sid, fate)) = waiting else { return };
        ring(world, &sid).await;
        live(world, &sid, fate).await;
    }
}

/// Takes a call that waits for this phone, as its owner would.
pub(crate) async fn answer(world: &Arc<World>, phone: &str) -> Option<PhoneCall> {
    let (sid, rings) = {
        let book = world.book();
        let call = book.calls.iter().find(|call| {
            !call.is_inbound && call.to == phone && matches!(call.status, "queued" | "ringing")
        })?;
        (call.sid.clone(), call.status == "ringing")
    };
    if !rings {
        ring(world, &sid).await;
    }
    Some(taken(world, &sid, "human").await)
}

/// The call of ours that rings on a phone.
pub(crate) fn ringing(world: &World, phone: &str) -> Option<String> {
    let book = world.book();
    let rings = book
        .calls
        .iter()
        .find(|call| !call.is_inbound && call.to == phone && call.status == "ringing");
    rings.map(|call| call.sid.clone())
}

/// It is dialled and rings.
pub(crate) async fn ring(world: &Arc<World>, sid: &str) {
    world.change_call(sid, |call| call.status = "ringing");
    world.told_call(sid);
    tell(world, sid, "initiated").await;
    tell(world, sid, "ringing").await;
}

/// How it ends when nobody is at the page.
pub(crate) async fn live(world: &Arc<World>, sid: &str, fate: CallFate) {
    match fate {
        CallFate::Person => {
            let mut phone = taken(world, sid, "human").await;
            for _ in 0..PATIENCE {
                phone.silence().await;
                if phone.is_over() {
                    return;
                }
            }
            world.violate("a call goes on although nobody says anything".into());
            phone.hang_up().await;
        }
        CallFate::Machine => {
            let mut phone = taken(world, sid, "machine_end_beep").await;
            phone.hang_up().await;
        }
        CallFate::NoAnswer => end(world, sid, "no-answer").await,
        CallFate::Busy => end(world, sid, "busy").await,
        CallFate::Failed => end(world, sid, "failed").await,
    }
}

async fn taken(world: &Arc<World>, sid: &str, by: &'static str) -> PhoneCall {
    let now = world.now();
    world.change_call(sid, |call| {
        call.status = "in-progress";
        call.started_at_ms = Some(now);
        call.answered_by = call.detects_machines.then_some(by);
    });
    tell(world, sid, "in-progress").await;
    PhoneCall::take(world, sid, by).await
}

pub(crate) async fn end(world: &Arc<World>, sid: &str, status: &'static str) {
    let now = world.now();
    world.change_call(sid, |call| {
        call.status = status;
        call.ended_at_ms = Some(now);
    });
    world.told_call(sid);
    tell(world, sid, status).await;
}

/// The callback of one step, where it is wanted.
pub(crate) async fn tell(world: &Arc<World>, sid: &str, status: &str) {
    let wanted = match status {
        "in-progress" => "answered",
        "initiated" | "ringing" => status,
        _ => "completed",
    };
    let found = {
        let mut book = world.book();
        let Some(call) = book.call_mut(sid) else {
            return;
        };
        if !call.events.iter().any(|event| event == wanted) {
            return;
        }
        call.told += 1;
        call.status_callback.clone().map(|url| (url, call.clone()))
    };
    let Some((url, call)) = found else { return };
    let sequence = (call.told - 1).to_string();
    let stamp = rfc2822(world.now());
    let seconds = call.seconds().unwrap_or(0);
    let (duration, minutes) = (seconds.to_string(), ((seconds + 59) / 60).to_string());
    let mut more = vec![
        ("Timestamp", stamp.as_str()),
        ("CallbackSource", "call-progress-events"),
        ("SequenceNumber", &sequence),
    ];
    if wanted == "completed" {
        more.extend([("CallDuration", duration.as_str()), ("Duration", &minutes)]);
    }
    let mut form = fields::form(world, &call, &more);
    for (name, value) in &mut form.0 {
        if name == "CallStatus" {
            value.clear();
            value.push_str(status);
        }
    }
    let signature = fields::signature(world, &url, &form);
    let called = world
        .call(&url, form, Signature::Exactly(signature), "call-status")
        .await;
    if let Some(status @ (300..=499)) = called.status {
        world.violate(format!("the progress of a call was answered {status}"));
    }
}
