//! The message list: filters, newest first, pages with tokens.

use serde_json::{Value, json};

use super::message::{Message, utc_date};
use super::{errors, params};
use crate::sim::answer::{Answer, Break, half};
use crate::sim::faults::ListFault;
use crate::sim::form::{Form, encode};
use crate::sim::world::World;

/// `GET /Messages.json`
pub(crate) async fn list(world: &World, path: &str, query: &Form) -> Answer {
    let fault = world.faults.list.draw();
    if let Some(answer) = before(fault).await {
        return answer;
    }
    for (name, _) in &query.0 {
        if !params::LIST.contains(&name.as_str()) {
            world.violate(format!("list: {name} is no documented filter"));
            return errors::refuse_plainly(20001);
        }
    }
    let Some(size) = page_size(query) else {
        world.violate("list: PageSize is not a number from 1 to 1000".into());
        return errors::refuse(20001, "PageSize is out of range");
    };
    let oldest_shown = match fault {
        Some(ListFault::Lagging(seconds)) => world.now() - seconds * 1000,
        _ => i64::MAX,
    };
    let page = page(world, path, query, size, oldest_shown);
    match fault {
        Some(ListFault::Truncated) => {
            Answer::Text(200, "application/json", half(&page.to_string()))
        }
        _ => Answer::Json(200, page),
    }
}

/// The faults that lists and fetches share; none when an answer may be made.
pub(crate) async fn before(fault: Option<ListFault>) -> Option<Answer> {
    match fault {
        Some(ListFault::Down) => Some(Answer::Text(
            503,
            "text/plain",
            "upstream connect error or disconnect/reset before headers".into(),
        )),
        Some(ListFault::TooMany) => Some(errors::refuse_plainly(20429)),
        Some(ListFault::Hang) => Some(Answer::Broken(Break::Hang)),
        Some(ListFault::Slow(ms)) => {
            tokio::time::sleep(std::time::Duration::from_millis(ms)).await;
            None
        }
        Some(ListFault::Lagging(_) | ListFault::Truncated) | None => None,
    }
}

fn page_size(query: &Form) -> Option<usize> {
    match query.given("PageSize") {
        None => Some(50),
        Some(text) => text
            .parse()
            .ok()
            .filter(|size| (1..=1000usize).contains(size)),
    }
}

fn page(world: &World, path: &str, query: &Form, size: usize, oldest_shown: i64) -> Value {
    let number: usize = query
        .given("Page")
        .and_then(|text| text.parse().ok())
        .unwrap_or(0);
    let own = &world.options.number;
    let phone = [query.given("To"), query.given("From")]
        .into_iter()
        .flatten()
        .find(|phone| phone != own);
    let after = query
        .given("PageToken")
        .and_then(|token| token.strip_prefix("PA"));
    let book = world.book();
    // One more than is shown tells whether there is another page.
    let mut shown: Vec<&Message> = book
        .newest_first(phone, after)
        .filter(|message| message.accepted_at_ms <= oldest_shown && wanted(message, query))
        .take(size + 1)
        .collect();
    let more = shown.len() > size;
    shown.truncate(size);
    let first = number * size;
    let token = shown.last().map(|message| format!("PA{}", message.sid));
    let next = token
        .filter(|_| more)
        .map(|token| uri(path, query, size, number + 1, Some(&token)));
    let account = &world.options.account_sid;
    json!({
        "end": (first + shown.len()).saturating_sub(1),
        "first_page_uri": uri(path, query, size, 0, None),
        "messages": shown.iter().map(|message| message.json(account)).collect::<Vec<_>>(),
        "next_page_uri": next,
        "page": number,
        "page_size": size,
        "previous_page_uri": (number > 0).then(|| uri(path, query, size, number - 1, None)),
        "start": first,
        "uri": uri(path, query, size, number, query.given("PageToken")),
    })
}

/// A message that was not sent yet has no date, so a date filter never shows it.
fn wanted(message: &Message, query: &Form) -> bool {
    let sent = message.sent_at_ms.map(utc_date).unwrap_or_default();
    query
        .0
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .all(|(name, value)| {
            let day = value.get(..10).unwrap_or(value);
            match name.as_str() {
                "To" => message.to == *value,
                "From" => message.from.as_deref() == Some(value),
                "DateSent" => sent == day,
                "DateSent<" => !sent.is_empty() && sent.as_str() <= day,
                "DateSent>" => !sent.is_empty() && sent.as_str() >= day,
                _ => true,
            }
        })
}

fn uri(path: &str, query: &Form, size: usize, page: usize, token: Option<&str>) -> String {
    let mut pairs: Vec<(String, String)> = query
        .0
        .iter()
        .filter(|(name, _)| !matches!(name.as_str(), "PageSize" | "Page" | "PageToken"))
        .cloned()
        .collect();
    pairs.push(("PageSize".into(), size.to_string()));
    pairs.push(("Page".into(), page.to_string()));
    if let Some(token) = token {
        pairs.push(("PageToken".into(), token.to_owned()));
    }
    format!("{path}?{}", encode(&pairs))
}
