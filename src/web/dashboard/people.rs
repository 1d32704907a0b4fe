//! `GET /search` and `GET /phone/{id}`: a phone by its last four digits, what it has and what became of it.

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::desk::Desk;
use super::html::Page;
use super::{frame, sections, sorry};
use crate::domain::compose::place_label;
use crate::domain::delivery::DeliveryStatus;
use crate::domain::subscriber::{Standing, Subscriber, Subscription};
use crate::flow::people::{DeliveryRow, History, Person};

/// `GET /search?digits=4567`.
pub(in crate::web) async fn search(
    State(desk): State<Arc<Desk>>,
    Query(asked): Query<HashMap<String, String>>,
) -> Response {
    let typed = asked.get("digits").map_or("", String::as_str);
    let found = match desk.app.find_phones(typed).await {
        Ok(found) => found,
        Err(error) => return sorry(&error),
    };
    if let [one] = found.as_slice() {
        return Redirect::to(&format!("phone/{}", one.id)).into_response();
    }
    let mut page = Page::default();
    page.raw("<section class=\"card\" aria-labelledby=\"h-found\">");
    page.element("h2", "id=\"h-found\"", "Phones that end so");
    if found.is_empty() {
        page.element(
            "p",
            "class=\"quiet\"",
            "None. Type the last four digits, or a whole number with + and country code.",
        );
    } else {
        page.raw("<ul class=\"found\">");
        for row in &found {
            page.put(format_args!(
                "<li><a class=\"phone\" href=\"phone/{}\">",
                row.id
            ));
            page.text(&row.subscriber.phone.to_string());
            page.raw("</a> <span class=\"quiet\">");
            page.text(&summary(&row.subscriber));
            page.raw("</span></li>");
        }
        page.raw("</ul>");
    }
    page.raw("</section>");
    frame("", "phones", page)
}

fn summary(subscriber: &Subscriber) -> String {
    let state = standing(subscriber);
    let places: Vec<String> = subscriber
        .subscriptions
        .iter()
        .map(|mine| format!("{} {}", place_label(&mine.place, None), mine.time))
        .collect();
    match places.is_empty() {
        true => format!("{state}, no subscription"),
        false => format!("{state}, {}", places.join("; ")),
    }
}

fn standing(subscriber: &Subscriber) -> &'static str {
    match subscriber.standing {
        Standing::Active => "active",
        Standing::Stopped { .. } => "stopped",
    }
}

/// `GET /phone/{id}`; the words of its texts only with `?texts=show`.
pub(in crate::web) async fn phone(
    State(desk): State<Arc<Desk>>,
    Path(id): Path<i64>,
    Query(asked): Query<HashMap<String, String>>,
) -> Response {
    match desk.app.look_at(id).await {
        Err(error) => sorry(&error),
        Ok(None) => missing("../"),
        Ok(Some(it)) => {
            let with_words = asked.get("texts").is_some_and(|texts| texts == "show");
            let done = asked.get("done").map(String::as_str);
            frame("../", "a phone", whole(&desk, &it, with_words, done))
        }
    }
}

/// 404, with words.
pub(super) fn missing(base: &str) -> Response {
    let mut page = Page::default();
    page.raw("<section class=\"card\">");
    page.element("h2", "", "Not here");
    page.element("p", "", "There is no such phone or delivery (any more).");
    page.raw("</section>");
    (StatusCode::NOT_FOUND, frame(base, "not here", page)).into_response()
}

fn whole(desk: &Desk, it: &Person, with_words: bool, done: Option<&str>) -> Page {
    let mut page = Page::default();
    let me = &it.row.subscriber;
    if let Some(done) = done.and_then(super::acts::told) {
        page.raw("<p class=\"done\" role=\"status\">");
        page.text(done);
        page.raw("</p>");
    }
    page.raw(
        "<section class=\"card\" aria-labelledby=\"h-phone\"><h2 id=\"h-phone\" class=\"phone\">",
    );
    page.text(&me.phone.to_string());
    page.raw("</h2><dl class=\"facts\">");
    let country = me
        .country
        .as_ref()
        .map_or("unknown", |country| country.code());
    let since = desk.when(me.created_at);
    for (name, value) in [
        ("Stands", standing(me)),
        ("Country", country),
        ("Language", me.language().code()),
        ("Units", me.units().name()),
        ("Known since", &since),
    ] {
        page.raw("<div>");
        page.element("dt", "", name);
        page.element("dd", "", value);
        page.raw("</div>");
    }
    page.raw("</dl>");
    subscriptions(&mut page, desk, me);
    buttons(&mut page, desk, it.row.id, me);
    page.raw("</section>");
    deliveries(&mut page, desk, it.row.id, &it.deliveries);
    texts(&mut page, desk, &it.history, with_words);
    consents(&mut page, desk, &it.history, with_words);
    page
}

fn subscriptions(page: &mut Page, desk: &Desk, me: &Subscriber) {
    if me.subscriptions.is_empty() {
        page.element("p", "class=\"quiet\"", "No subscription.");
        return;
    }
    sections::table(
        page,
        &[
            "Place",
            "Time there",
            "Days",
            "If",
            "By",
            "State",
            "Next, here",
        ],
    );
    for mine in &me.subscriptions {
        page.raw("<tr>");
        page.element("th", "scope=\"row\"", &place_label(&mine.place, None));
        page.element("td", "", &mine.time.to_string());
        page.element("td", "", &mine.days.to_string());
        page.element("td", "", mine.only_if.map_or("", |only_if| only_if.name()));
        page.element("td", "", mine.channel.name());
        page.element("td", "", &state(mine));
        let next = mine.next.filter(|_| me.standing == Standing::Active);
        page.element(
            "td",
            "",
            &next.map_or_else(String::new, |slot| desk.when(slot.at)),
        );
        page.raw("</tr>");
    }
    page.raw("</tbody></table></div>");
}

fn state(mine: &Subscription) -> String {
    match mine.pause.map(|pause| pause.until) {
        None => "runs".to_owned(),
        Some(None) => "paused".to_owned(),
        Some(Some(until)) => format!("paused until {until}"),
    }
}

fn buttons(page: &mut Page, desk: &Desk, id: i64, me: &Subscriber) {
    page.raw("<div class=\"acts\">");
    let active = me.standing == Standing::Active;
    let paused = me.subscriptions.iter().any(|mine| mine.pause.is_some());
    if active && !me.subscriptions.is_empty() && !paused {
        button(page, desk, &format!("{id}/pause"), "Pause until resumed");
    }
    if paused || !active {
        button(page, desk, &format!("{id}/resume"), "Resume");
    }
    if active {
        button(page, desk, &format!("{id}/stop"), "Stop all texts");
    }
    page.put(format_args!(
        "<a class=\"again bad\" href=\"{id}/erase\">Erase …</a></div>"
    ));
}

/// A form of one button.
pub(super) fn button(page: &mut Page, desk: &Desk, action: &str, words: &str) {
    page.put(format_args!(
        "<form method=\"post\" action=\"{action}\"><input type=\"hidden\" name=\"token\" value=\"{}\">",
        desk.token
    ));
    page.element("button", "", words);
    page.raw("</form>");
}

fn deliveries(page: &mut Page, desk: &Desk, id: i64, rows: &[DeliveryRow]) {
    page.raw("<section class=\"card\" aria-labelledby=\"h-sent\">");
    page.element("h2", "id=\"h-sent\"", "Deliveries, the newest first");
    if rows.is_empty() {
        page.element("p", "class=\"quiet\"", "None yet.");
        page.raw("</section>");
        return;
    }
    sections::table(page, &["Due", "Kind", "Status", "Why", "Delivery", ""]);
    for row in rows {
        page.raw("<tr>");
        page.element("td", "", &desk.when(row.due_at));
        page.element("td", "", &row.kind.name().replace('_', "-"));
        page.element("td", "", row.status.name());
        let why = match (row.error_code, row.reason.as_deref()) {
            (None, None) => String::new(),
            (code, reason) => sections::why(code, reason),
        };
        page.element("td", "class=\"why\"", &why);
        page.element("td", "", &row.id.to_string());
        page.raw("<td class=\"acts\">");
        act_on(page, desk, id, row);
        page.raw("</td></tr>");
    }
    page.raw("</tbody></table></div></section>");
}

/// What can be done about a delivery: take it back while it waits, send it once more where it ended badly.
fn act_on(page: &mut Page, desk: &Desk, id: i64, row: &DeliveryRow) {
    match row.status {
        DeliveryStatus::Pending => {
            button(page, desk, &format!("{id}/cancel/{}", row.id), "Take back");
        }
        DeliveryStatus::Undelivered | DeliveryStatus::Failed | DeliveryStatus::Skipped
            if row.body.is_some() =>
        {
            button(page, desk, &format!("{id}/resend/{}", row.id), "Send again");
        }
        DeliveryStatus::Unknown if row.body.is_some() => page.put(format_args!(
            "<a class=\"again\" href=\"{id}/resend/{}\">Send again …</a>",
            row.id
        )),
        _ => {}
    }
}

fn texts(page: &mut Page, desk: &Desk, history: &History, with_words: bool) {
    page.raw("<section class=\"card\" aria-labelledby=\"h-texts\"><div class=\"bar\">");
    page.element("h2", "id=\"h-texts\"", "Texts received, the newest first");
    if history.texts.is_empty() {
        page.raw("</div>");
        page.element("p", "class=\"quiet\"", "None that is kept.");
        page.raw("</section>");
        return;
    }
    page.raw(if with_words {
        "<a href=\"?\">Hide the words</a></div>"
    } else {
        "<a href=\"?texts=show\">Show the words</a></div>"
    });
    let columns: &[&str] = if with_words {
        &["Received", "Kind", "Text", "Answer"]
    } else {
        &["Received", "Kind"]
    };
    sections::table(page, columns);
    for text in &history.texts {
        page.raw("<tr>");
        page.element("td", "", &desk.when(text.received_at));
        page.element("td", "", &text.outcome.replace('_', " "));
        if with_words {
            page.element(
                "td",
                "class=\"words\"",
                text.body.as_deref().unwrap_or("(not kept)"),
            );
            page.element(
                "td",
                "class=\"words\"",
                text.reply.as_deref().unwrap_or("(silence)"),
            );
        }
        page.raw("</tr>");
    }
    page.raw("</tbody></table></div></section>");
}

fn consents(page: &mut Page, desk: &Desk, history: &History, with_words: bool) {
    page.raw("<section class=\"card\" aria-labelledby=\"h-consent\">");
    page.element("h2", "id=\"h-consent\"", "Consent");
    if history.consents.is_empty() {
        page.element(
            "p",
            "class=\"quiet\"",
            "Nothing was agreed to or withdrawn.",
        );
        page.raw("</section>");
        return;
    }
    let columns: &[&str] = if with_words {
        &["When", "What", "In which words"]
    } else {
        &["When", "What"]
    };
    sections::table(page, columns);
    for consent in &history.consents {
        page.raw("<tr>");
        page.element("td", "", &desk.when(consent.at));
        page.element("td", "", &consent.kind);
        if with_words {
            page.element("td", "class=\"words\"", &consent.words);
        }
        page.raw("</tr>");
    }
    page.raw("</tbody></table></div></section>");
}
