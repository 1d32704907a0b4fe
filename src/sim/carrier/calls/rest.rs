//! `/Calls` over REST: place, fetch, list, hang up, redirect.

use std::sync::Arc;

use axum::http::Method;
use serde_json::{Value, json};

use super::{Call, progress};
use crate::sim::CallbackTiming;
use crate::sim::answer::{Answer, Break, half};
use crate::sim::carrier::message::utc_date;
use crate::sim::carrier::params::is_url;
use crate::sim::carrier::{errors, list, magic};
use crate::sim::faults::CreateFault;
use crate::sim::form::{Form, encode};
use crate::sim::world::World;

/// What a create call may have, beside what our daemon has no use for.
const CREATE: &[&str] = &[
    "To",
    "From",
    "Url",
    "Method",
    "Twiml",
    "FallbackUrl",
    "FallbackMethod",
    "StatusCallback",
    "StatusCallbackMethod",
    "StatusCallbackEvent",
    "SendDigits",
    "Timeout",
    "MachineDetection",
    "MachineDetectionTimeout",
    "TimeLimit",
    "CallReason",
];
const EVENTS: &[&str] = &["initiated", "ringing", "answered", "completed"];
const LIST: &[&str] = &[
    "To",
    "From",
    "ParentCallSid",
    "Status",
    "StartTime",
    "StartTime<",
    "StartTime>",
    "EndTime",
    "EndTime<",
    "EndTime>",
    "PageSize",
    "Page",
    "PageToken",
];

/// `rest` is what follows `/Calls`. With the answer comes the SID of a call that was placed.
pub(crate) async fn answer(
    world: &Arc<World>,
    method: &Method,
    path: &str,
    rest: &str,
    query: &Form,
    form: &Form,
) -> (Answer, Option<String>) {
    let sid = rest
        .strip_prefix('/')
        .and_then(|rest| rest.strip_suffix(".json"));
    match (sid, method) {
        (None, &Method::POST) if rest == ".json" => create(world, form).await,
        (None, &Method::GET) if rest == ".json" => (listed(world, path, query).await, None),
        (Some(sid), &Method::GET) => (fetch(world, path, sid).await, None),
        (Some(sid), &Method::POST) => (update(world, path, sid, form).await, None),
        _ => (errors::not_found(path), None),
    }
}

async fn create(world: &Arc<World>, form: &Form) -> (Answer, Option<String>) {
    let fault = world.faults.call.draw();
    let before = match fault {
        Some(CreateFault::TooMany) => Some(errors::refuse_plainly(20429)),
        Some(CreateFault::ServerError | CreateFault::Unavailable) => Some(Answer::Empty(503)),
        Some(CreateFault::ResetBefore) => Some(Answer::Broken(Break::Reset)),
        Some(CreateFault::HangBefore) => Some(Answer::Broken(Break::Hang)),
        Some(CreateFault::Refuse(code)) => Some(errors::refuse_plainly(code)),
        _ => None,
    };
    if let Some(answer) = before {
        return (answer, None);
    }
    if let Err(refusal) = check(world, form) {
        return (refusal, None);
    }
    let call = placed(world, form);
    let (sid, json) = (call.sid.clone(), call.json(&world.options.account_sid));
    world.book().calls.push(call);
    world.told_call(&sid);
    if world.options.callbacks == CallbackTiming::Lifelike {
        tokio::spawn(ring_for_a_while(world.clone(), sid.clone()));
    }
    let answer = match fault {
        Some(CreateFault::ResetAfter) => Answer::Broken(Break::Reset),
        Some(CreateFault::HangAfter) => Answer::Broken(Break::Hang),
        Some(CreateFault::ServerErrorAfter) => Answer::Empty(500),
        Some(CreateFault::BadJson) => {
            Answer::Text(201, "application/json", half(&json.to_string()))
        }
        Some(CreateFault::CutBody) => Answer::Cut(201, json.to_string()),
        _ => Answer::Json(201, json),
    };
    (answer, Some(sid))
}

/// On the page a person may take it; after half a minute nobody did.
async fn ring_for_a_while(world: Arc<World>, sid: String) {
    tokio::time::sleep(std::time::Duration::from_millis(400)).await;
    progress::ring(&world, &sid).await;
    tokio::time::sleep(std::time::Duration::from_secs(30)).await;
    let still_rings = world
        .book()
        .call(&sid)
        .is_some_and(|call| call.status == "ringing");
    if still_rings {
        progress::end(&world, &sid, "no-answer").await;
    }
}

fn check(world: &World, form: &Form) -> Result<(), Answer> {
    let violate = |what: String| {
        world.violate(format!("call create: {what}"));
        Err(errors::refuse(20001, what))
    };
    for (name, value) in &form.0 {
        let fits = match name.as_str() {
            known if !CREATE.contains(&known) => {
                return violate(format!("{name} is no documented parameter"));
            }
            "Url" | "FallbackUrl" | "StatusCallback" => is_url(value),
            "Method" | "FallbackMethod" | "StatusCallbackMethod" => {
                matches!(value.as_str(), "GET" | "POST")
            }
            "StatusCallbackEvent" => EVENTS.contains(&value.as_str()),
            "Timeout" => value.parse().is_ok_and(|s: u32| (1..=600).contains(&s)),
            "MachineDetection" => matches!(value.as_str(), "Enable" | "DetectMessageEnd"),
            _ => true,
        };
        if !fits {
            return violate(format!("{name} has no documented value"));
        }
    }
    let to = form
        .given("To")
        .ok_or_else(|| errors::refuse_plainly(21201))?;
    let from = form
        .given("From")
        .ok_or_else(|| errors::refuse_plainly(21213))?;
    if form.given("Url").is_none() && form.given("Twiml").is_none() {
        return Err(errors::refuse_plainly(21205));
    }
    if from != world.options.number && from != magic::GOOD_SENDER {
        return Err(errors::refuse_plainly(21210));
    }
    match magic::recipient(to) {
        Some(21211) => Err(errors::refuse_plainly(21211)),
        _ => Ok(()),
    }
}

fn placed(world: &World, form: &Form) -> Call {
    let events: Vec<String> = form
        .0
        .iter()
        .filter(|(name, _)| name == "StatusCallbackEvent")
        .map(|(_, value)| value.clone())
        .collect();
    let given = |name| form.given(name).unwrap_or("").to_owned();
    Call {
        sid: world.sid("CA"),
        to: given("To"),
        from: given("From"),
        is_inbound: false,
        status: "queued",
        answered_by: None,
        said: Vec::new(),
        created_at_ms: world.now(),
        started_at_ms: None,
        ended_at_ms: None,
        url: given("Url"),
        status_callback: form.given("StatusCallback").map(str::to_owned),
        events: if events.is_empty() {
            vec!["completed".into()]
        } else {
            events
        },
        detects_machines: form.given("MachineDetection").is_some(),
        told: 0,
    }
}

async fn fetch(world: &World, path: &str, sid: &str) -> Answer {
    if let Some(answer) = list::before(world.faults.fetch.draw()).await {
        return answer;
    }
    match world.book().call(sid) {
        Some(call) => Answer::Json(200, call.json(&world.options.account_sid)),
        None => errors::not_found(path),
    }
}

async fn update(world: &Arc<World>, path: &str, sid: &str, form: &Form) -> Answer {
    let Some(call) = world.book().call(sid).cloned() else {
        return errors::not_found(path);
    };
    if call.is_over() {
        return errors::refuse_plainly(21220);
    }
    match (form.given("Status"), form.given("Url")) {
        (Some("completed"), None) => progress::end(world, sid, "completed").await,
        (Some("canceled"), None) if call.status != "in-progress" => {
            progress::end(world, sid, "canceled").await;
        }
        (Some("canceled"), None) => return errors::refuse_plainly(21220),
        (None, Some(url)) if is_url(url) => {
            world.change_call(sid, |call| call.url = url.to_owned());
        }
        _ => {
            world.violate("call update: nothing that the documents know".into());
            return errors::refuse_plainly(20001);
        }
    }
    let book = world.book();
    match book.call(sid) {
        Some(call) => Answer::Json(200, call.json(&world.options.account_sid)),
        None => errors::not_found(path),
    }
}

async fn listed(world: &World, path: &str, query: &Form) -> Answer {
    if let Some(answer) = list::before(world.faults.list.draw()).await {
        return answer;
    }
    if let Some((name, _)) = query
        .0
        .iter()
        .find(|(name, _)| !LIST.contains(&name.as_str()))
    {
        world.violate(format!("call list: {name} is no documented filter"));
        return errors::refuse_plainly(20001);
    }
    let number = |name| {
        query
            .given(name)
            .and_then(|text| text.parse::<usize>().ok())
    };
    let size = number("PageSize").unwrap_or(50);
    if !(1..=1000).contains(&size) {
        world.violate("call list: PageSize is not a number from 1 to 1000".into());
        return errors::refuse(20001, "PageSize is out of range");
    }
    let page = number("Page").unwrap_or(0);
    let book = world.book();
    let wanted: Vec<&Call> = book
        .calls
        .iter()
        .rev()
        .filter(|call| matches(call, query))
        .collect();
    let first = query
        .given("PageToken")
        .and_then(|token| token.strip_prefix("PA"))
        .map_or(0, |last| {
            let at = wanted.iter().position(|call| call.sid == last);
            at.map_or(wanted.len(), |at| at + 1)
        });
    let shown: Vec<Value> = wanted
        .iter()
        .skip(first)
        .take(size)
        .map(|call| call.json(&world.options.account_sid))
        .collect();
    let token = wanted
        .get(first + size - 1)
        .map(|call| format!("PA{}", call.sid));
    let next = token
        .filter(|_| wanted.len() > first + size)
        .map(|token| uri(path, query, size, page + 1, &token));
    Answer::Json(
        200,
        json!({
            "calls": shown,
            "end": (first + shown.len()).saturating_sub(1),
            "first_page_uri": uri(path, query, size, 0, ""),
            "next_page_uri": next,
            "page": page,
            "page_size": size,
            "previous_page_uri": null,
            "start": first,
            "uri": uri(path, query, size, page, query.given("PageToken").unwrap_or("")),
        }),
    )
}

fn matches(call: &Call, query: &Form) -> bool {
    let start = call.started_at_ms.map(utc_date).unwrap_or_default();
    query
        .0
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .all(|(name, value)| {
            let day = value.get(..10).unwrap_or(value);
            match name.as_str() {
                "To" => call.to == *value,
                "From" => call.from == *value,
                "Status" => call.status == *value,
                "StartTime" => start == day,
                "StartTime>" => !start.is_empty() && start.as_str() >= day,
                "StartTime<" => !start.is_empty() && start.as_str() <= day,
                _ => true,
            }
        })
}

fn uri(path: &str, query: &Form, size: usize, page: usize, token: &str) -> String {
    let mut pairs: Vec<(String, String)> = query
        .0
        .iter()
        .filter(|(name, _)| !matches!(name.as_str(), "PageSize" | "Page" | "PageToken"))
        .cloned()
        .collect();
    pairs.push(("PageSize".into(), size.to_string()));
    pairs.push(("Page".into(), page.to_string()));
    if !token.is_empty() {
        pairs.push(("PageToken".into(), token.to_owned()));
    }
    format!("{path}?{}", encode(&pairs))
}
