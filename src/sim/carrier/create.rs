//! `POST /Messages.json`: what the carrier checks, takes and queues, and the faults around it.

use std::sync::Arc;
use std::time::Duration;

use super::callbacks;
use super::message::{Direction, Fate, Message};
use super::{errors, magic, params, segments};
use crate::sim::answer::{Answer, Break, half};
use crate::sim::faults::CreateFault;
use crate::sim::form::Form;
use crate::sim::world::World;

/// The whole call: a fault before, the carrier's own answer, a fault after. With it comes the SID if the message was taken.
pub(crate) async fn create(world: &Arc<World>, form: &Form) -> (Answer, Option<String>) {
    let fault = world.faults.create.draw();
    if let Some(answer) = before(fault).await {
        return (answer, None);
    }
    let sid = match check(world, form) {
        Ok(()) => take(world, form),
        Err(refusal) => return (refusal, None),
    };
    callbacks::plan(world, &sid).await;
    let json = match world.book().get(&sid) {
        Some(message) => message.json(&world.options.account_sid),
        None => return (Answer::Empty(500), Some(sid)),
    };
    let answer = match fault {
        Some(CreateFault::ResetAfter) => Answer::Broken(Break::Reset),
        Some(CreateFault::HangAfter) => Answer::Broken(Break::Hang),
        Some(CreateFault::ServerErrorAfter) => broken_page(),
        Some(CreateFault::BadJson) => {
            Answer::Text(201, "application/json", half(&json.to_string()))
        }
        Some(CreateFault::CutBody) => Answer::Cut(201, json.to_string()),
        _ => Answer::Json(201, json),
    };
    (answer, Some(sid))
}

async fn before(fault: Option<CreateFault>) -> Option<Answer> {
    match fault? {
        CreateFault::TooMany => Some(errors::refuse_plainly(20429)),
        CreateFault::ServerError => Some(broken_page()),
        CreateFault::Unavailable => Some(Answer::Text(
            503,
            "text/plain",
            "no healthy upstream".into(),
        )),
        CreateFault::ResetBefore => Some(Answer::Broken(Break::Reset)),
        CreateFault::HangBefore => Some(Answer::Broken(Break::Hang)),
        CreateFault::Refuse(code) => Some(errors::refuse_plainly(code)),
        CreateFault::Slow(ms) => {
            tokio::time::sleep(Duration::from_millis(ms)).await;
            None
        }
        CreateFault::ServerErrorAfter
        | CreateFault::ResetAfter
        | CreateFault::HangAfter
        | CreateFault::BadJson
        | CreateFault::CutBody => None,
    }
}

fn broken_page() -> Answer {
    Answer::Text(
        500,
        "text/html",
        "<html><body><h1>500 Internal Server Error</h1></body></html>".into(),
    )
}

/// The refusals in the order in which a person would meet them.
fn check(world: &World, form: &Form) -> Result<(), Answer> {
    let complaints = params::complaints(form);
    if let Some(first) = complaints.first() {
        let refusal = errors::refuse(20001, first.clone());
        complaints.into_iter().for_each(|one| world.violate(one));
        return Err(refusal);
    }
    let to = form
        .given("To")
        .ok_or_else(|| errors::refuse_plainly(21604))?;
    let from = form.given("From");
    let service = form.given("MessagingServiceSid");
    if from.is_none() && service.is_none() {
        return Err(errors::refuse_plainly(21603));
    }
    let body = form.given("Body").unwrap_or("");
    let pictures = form.0.iter().filter(|(name, _)| name == "MediaUrl").count();
    if body.is_empty() && pictures == 0 && form.given("ContentSid").is_none() {
        return Err(errors::refuse_plainly(21602));
    }
    if body.encode_utf16().count() > 1600 {
        return Err(errors::refuse_plainly(21617));
    }
    if pictures > 10 {
        return Err(errors::refuse_plainly(21623));
    }
    if form.given("ScheduleType").is_some() && (service.is_none() || form.given("SendAt").is_none())
    {
        return Err(errors::refuse(
            20001,
            "ScheduleType needs SendAt and a messaging service",
        ));
    }
    let refused = from
        .and_then(|from| magic::sender(from, &world.options.number))
        .or_else(|| magic::recipient(to));
    if let Some(code) = refused {
        return Err(worded(code, to));
    }
    // With a messaging service the message is taken first and fails afterwards.
    if service.is_none() && world.book().is_blocked(to) {
        return Err(errors::refuse_plainly(21610));
    }
    Ok(())
}

/// The carrier repeats the number in some refusals: whoever logs them whole gives it away.
fn worded(code: u32, to: &str) -> Answer {
    match code {
        21211 => errors::refuse(
            code,
            format!("The 'To' number {to} is not a valid phone number."),
        ),
        21614 => errors::refuse(code, format!("To number: {to}, is not a mobile number")),
        _ => errors::refuse_plainly(code),
    }
}

fn take(world: &World, form: &Form) -> String {
    let now = world.now();
    let sid = world.sid("SM");
    let to = form.given("To").unwrap_or("");
    let body = form.given("Body").unwrap_or("");
    let (alphabet, segments) = segments::count(body);
    let service = form.given("MessagingServiceSid");
    let from = form.given("From");
    let mut book = world.book();
    let blocked = book.is_blocked(to);
    let fate = match book.fates.get(to) {
        _ if blocked => Fate::Failed(21610),
        fate => fate.copied().unwrap_or(Fate::Delivered),
    };
    let status = match (form.given("ScheduleType"), service) {
        (Some(_), _) => "scheduled",
        (None, Some(_)) => "accepted",
        (None, None) => "queued",
    };
    book.add(Message {
        sid: sid.clone(),
        to: to.to_owned(),
        from: from.map(str::to_owned),
        service: service.map(str::to_owned),
        body: body.to_owned(),
        segments,
        alphabet,
        direction: Direction::Api,
        status,
        error_code: None,
        accepted_at_ms: now,
        sent_at_ms: None,
        updated_at_ms: now,
        send_at_ms: form
            .given("SendAt")
            .and_then(|text| text.parse::<jiff::Timestamp>().ok())
            .map(|at| at.as_millisecond()),
        status_callback: form.given("StatusCallback").map(str::to_owned),
        validity_seconds: form
            .given("ValidityPeriod")
            .and_then(|text| text.parse().ok())
            .unwrap_or(36_000),
        fate,
        redacted: false,
        deleted: false,
    });
    drop(book);
    world.told(&sid);
    sid
}
