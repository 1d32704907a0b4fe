//! One message by its SID: fetch, redact, cancel, delete.

use axum::http::Method;

use super::{errors, list};
use crate::sim::answer::{Answer, half};
use crate::sim::faults::ListFault;
use crate::sim::form::Form;
use crate::sim::world::World;

/// `GET`, `POST` or `DELETE` on `/Messages/{sid}.json`
pub(crate) async fn single(
    world: &World,
    method: &Method,
    path: &str,
    sid: &str,
    form: &Form,
) -> Answer {
    let known = world
        .book()
        .get(sid)
        .is_some_and(|message| !message.deleted);
    match *method {
        Method::GET => fetch(world, path, sid).await,
        _ if !known => errors::not_found(path),
        Method::POST => update(world, sid, form),
        Method::DELETE => {
            world.change(sid, |message| message.deleted = true);
            Answer::Empty(204)
        }
        _ => Answer::Empty(405),
    }
}

async fn fetch(world: &World, path: &str, sid: &str) -> Answer {
    let fault = world.faults.fetch.draw();
    if let Some(answer) = list::before(fault).await {
        return answer;
    }
    let now = world.now();
    let book = world.book();
    let shown = book.get(sid).filter(|message| !message.deleted);
    let shown = shown.filter(|message| match fault {
        Some(ListFault::Lagging(seconds)) => message.accepted_at_ms <= now - seconds * 1000,
        _ => true,
    });
    let Some(message) = shown else {
        return errors::not_found(path);
    };
    let json = message.json(&world.options.account_sid);
    match fault {
        Some(ListFault::Truncated) => {
            Answer::Text(200, "application/json", half(&json.to_string()))
        }
        _ => Answer::Json(200, json),
    }
}

fn update(world: &World, sid: &str, form: &Form) -> Answer {
    for (name, value) in &form.0 {
        match (name.as_str(), value.as_str()) {
            ("Body", "") => world.change(sid, |message| message.redacted = true),
            ("Body", _) => return errors::refuse(20001, "Body can only be set to an empty text"),
            ("Status", "canceled") => {
                let scheduled = world
                    .book()
                    .get(sid)
                    .is_some_and(|message| message.status == "scheduled");
                if !scheduled {
                    return errors::refuse_plainly(30409);
                }
                world.book().steps.retain(|step| step.sid != sid);
                world.change(sid, |message| message.status = "canceled");
            }
            _ => {
                world.violate(format!(
                    "message update: {name} is no documented field or value"
                ));
                return errors::refuse_plainly(20001);
            }
        }
    }
    let book = world.book();
    match book.get(sid) {
        Some(message) => Answer::Json(200, message.json(&world.options.account_sid)),
        None => Answer::Empty(404),
    }
}
