//! The account, its balance and its one phone number, over REST.

use axum::http::Method;
use serde_json::{Value, json};

use super::errors;
use super::message::rfc2822;
use crate::sim::answer::Answer;
use crate::sim::form::Form;
use crate::sim::world::World;

/// `GET /Accounts/{sid}.json`. Its body carries the auth token, as the real one does: callers must never log it.
pub(crate) fn fetch(world: &World) -> Answer {
    let sid = &world.options.account_sid;
    let base = format!("/2010-04-01/Accounts/{sid}");
    let since = rfc2822(world.book().number.since_ms);
    Answer::Json(
        200,
        json!({
            "auth_token": world.options.auth_token,
            "date_created": since,
            "date_updated": since,
            "friendly_name": "Pretend account",
            "owner_account_sid": sid,
            "sid": sid,
            "status": "active",
            "subresource_uris": {
                "balance": format!("{base}/Balance.json"),
                "calls": format!("{base}/Calls.json"),
                "incoming_phone_numbers": format!("{base}/IncomingPhoneNumbers.json"),
                "messages": format!("{base}/Messages.json"),
            },
            "type": "Full",
            "uri": format!("{base}.json"),
        }),
    )
}

/// `GET /Balance.json`
pub(crate) fn balance(world: &World) -> Answer {
    let segments: u32 = world
        .book()
        .messages
        .iter()
        .map(|message| message.segments)
        .sum();
    let left = 20.0 - 0.0079 * f64::from(segments);
    Answer::Json(
        200,
        json!({
            "account_sid": world.options.account_sid,
            "balance": format!("{left:.2}"),
            "currency": "USD",
        }),
    )
}

/// Everything under `/IncomingPhoneNumbers`.
pub(crate) fn numbers(
    world: &World,
    method: &Method,
    path: &str,
    rest: &str,
    query: &Form,
    form: &Form,
) -> Answer {
    let account = &world.options.account_sid;
    let mut book = world.book();
    let own = format!("/{}.json", book.number.sid);
    if rest == ".json" && method == Method::GET {
        let shown: Vec<Value> = Some(&book.number)
            .filter(|number| {
                query
                    .get("PhoneNumber")
                    .is_none_or(|want| number.matches(want))
            })
            .map(|number| number.json(account))
            .into_iter()
            .collect();
        return Answer::Json(200, page(path, query, shown));
    }
    if rest != own {
        return errors::not_found(path);
    }
    if method == Method::POST {
        let mut changed = book.number.clone();
        if let Err(field) = changed.update(form) {
            drop(book);
            world.violate(format!("number update: {field} is no documented field"));
            return errors::refuse_plainly(20001);
        }
        book.number = changed;
    }
    Answer::Json(200, book.number.json(account))
}

fn page(path: &str, query: &Form, shown: Vec<Value>) -> Value {
    let uri = match query.encode().as_str() {
        "" => format!("{path}?PageSize=50&Page=0"),
        query => format!("{path}?{query}"),
    };
    json!({
        "end": shown.len().saturating_sub(1),
        "first_page_uri": uri,
        "incoming_phone_numbers": shown,
        "next_page_uri": null,
        "page": 0,
        "page_size": 50,
        "previous_page_uri": null,
        "start": 0,
        "uri": uri,
    })
}
