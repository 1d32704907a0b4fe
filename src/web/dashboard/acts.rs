//! What the operator's buttons do, by the same rules as the command line: `flow::manage` has them.

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::SignedDuration;

use super::desk::Desk;
use super::html::Page;
use super::people::{button, missing};
use super::{frame, sorry};
use crate::domain::delivery::DeliveryId;
use crate::flow::manage::{self, Refusal};

/// What was done, in words, by what the address of the page says.
pub(super) fn told(done: &str) -> Option<&'static str> {
    Some(match done {
        "pause" => "Paused. Every date until it is resumed gets a record that says so.",
        "resume" => "Resumed.",
        "stop" => "Stopped. START from the phone, or Resume here, takes it back.",
        "resend" => "It goes out once more, as a delivery of its own.",
        "cancel" => "Taken back.",
        _ => return None,
    })
}

/// `POST /phone/{id}/{act}`.
pub(in crate::web) async fn phone(
    State(desk): State<Arc<Desk>>,
    Path((id, act)): Path<(i64, String)>,
    Form(form): Form<HashMap<String, String>>,
) -> Response {
    if let Some(refused) = unknown_form(&desk, &form) {
        return refused;
    }
    let app = &desk.app;
    let phone = match app.phone_of_row(id).await {
        Ok(Some(row)) => row.subscriber.phone,
        Ok(None) => return missing("../../"),
        Err(error) => return sorry(&error),
    };
    let now = app.clock.now();
    let done = match act.as_str() {
        "pause" => manage::pause(&app.store, &phone, None, None, now)
            .await
            .map(drop),
        "resume" => resume(&desk, &phone).await,
        "stop" => manage::stop(&app.store, &phone, now).await,
        _ => return missing("../../"),
    };
    tracing::info!(act, "the operator changed a phone");
    app.wake.notify_one();
    after(done, id, &act, "../")
}

/// `POST /phone/{id}/erase`.
pub(in crate::web) async fn erase(
    State(desk): State<Arc<Desk>>,
    Path(id): Path<i64>,
    Form(form): Form<HashMap<String, String>>,
) -> Response {
    if let Some(refused) = unknown_form(&desk, &form) {
        return refused;
    }
    let app = &desk.app;
    let phone = match app.phone_of_row(id).await {
        Ok(Some(row)) => row.subscriber.phone,
        Ok(None) => return missing("../../"),
        Err(error) => return sorry(&error),
    };
    match manage::erase(&app.store, &phone, app.clock.now()).await {
        Ok(()) => erased(),
        refused => after(refused, id, "erase", "../"),
    }
}

/// A stopped phone without subscriptions is resumed too.
async fn resume(desk: &Desk, phone: &crate::domain::phone::PhoneNumber) -> Result<(), Refusal> {
    match manage::resume(&desk.app.store, phone, None, desk.app.clock.now()).await {
        Ok(_) | Err(Refusal::NoSubscription) => Ok(()),
        Err(refusal) => Err(refusal),
    }
}

/// `GET /phone/{id}/erase`: asks first.
pub(in crate::web) async fn ask_erase(
    State(desk): State<Arc<Desk>>,
    Path(id): Path<i64>,
) -> Response {
    let row = match desk.app.phone_of_row(id).await {
        Ok(Some(row)) => row,
        Ok(None) => return missing("../../"),
        Err(error) => return sorry(&error),
    };
    let question = format!("Erase everything about {}?", row.subscriber.phone);
    let what = "Its subscriptions, texts, consent and deliveries go. What stays is a salted hash, so that no import texts it again. \
                There is no way back.";
    frame(
        "../../",
        "erase",
        asked(&desk, &question, what, "erase", "Erase", id),
    )
}

/// `POST /phone/{id}/resend/{delivery}` and `/cancel/{delivery}`.
pub(in crate::web) async fn delivery(
    State(desk): State<Arc<Desk>>,
    Path((id, act, delivery)): Path<(i64, String, i64)>,
    Form(form): Form<HashMap<String, String>>,
) -> Response {
    if let Some(refused) = unknown_form(&desk, &form) {
        return refused;
    }
    let (app, delivery) = (&desk.app, DeliveryId(delivery));
    let now = app.clock.now();
    let done = match act.as_str() {
        "resend" => {
            let even_twice = form.get("sure").is_some_and(|sure| sure == "yes");
            let lateness = SignedDuration::from_mins(app.settings.lateness_minutes.into());
            manage::resend(&app.store, delivery, even_twice, lateness, now)
                .await
                .map(drop)
        }
        "cancel" => manage::cancel(&app.store, delivery, now).await,
        _ => return missing("../../../"),
    };
    tracing::info!(act, %delivery, "the operator acted on a delivery");
    app.wake.notify_one();
    after(done, id, &act, "../../")
}

/// `GET /phone/{id}/resend/{delivery}`: asks first, because it may come twice.
pub(in crate::web) async fn ask_resend(
    State(desk): State<Arc<Desk>>,
    Path((id, act, delivery)): Path<(i64, String, i64)>,
) -> Response {
    if act != "resend" {
        return missing("../../../");
    }
    let what = "Nobody knows whether it arrived: the carrier gave no clear answer and its list showed nothing that proves either. Sent \
                again, it may come twice.";
    let action = format!("{delivery}");
    let page = asked(
        &desk,
        "Send this text again?",
        what,
        &action,
        "Send it again",
        id,
    );
    frame("../../../", "send again", page)
}

fn asked(desk: &Desk, question: &str, what: &str, action: &str, words: &str, id: i64) -> Page {
    let mut page = Page::default();
    page.raw("<section class=\"card\">");
    page.element("h2", "", question);
    page.element("p", "", what);
    page.raw("<div class=\"acts\">");
    let mut form = Page::default();
    button(&mut form, desk, action, words);
    let sure = "<input type=\"hidden\" name=\"sure\" value=\"yes\"><button>";
    page.raw(&form.done().replacen("<button>", sure, 1));
    let back = if action == "erase" {
        format!("../{id}")
    } else {
        format!("../../{id}")
    };
    page.put(format_args!(
        "<a class=\"again\" href=\"{back}\">Leave it</a></div></section>"
    ));
    page
}

/// A form without the token of this start is not ours, or older than the daemon.
fn unknown_form(desk: &Desk, form: &HashMap<String, String>) -> Option<Response> {
    let token = form.get("token").map_or("", String::as_str);
    (!desk.knows(token)).then(|| {
        let words = "That page is older than the daemon. Go back, reload it, and try again.\n";
        (StatusCode::FORBIDDEN, words).into_response()
    })
}

fn after(done: Result<(), Refusal>, id: i64, act: &str, up: &str) -> Response {
    match done {
        Ok(()) => Redirect::to(&format!("{up}{id}?done={act}")).into_response(),
        Err(Refusal::Store(error)) => sorry(&error),
        Err(refusal) => {
            let mut page = Page::default();
            page.raw("<section class=\"card\">");
            page.element("h2", "", "Not done");
            page.raw("<p>");
            page.with_commands(&format!("{refusal}."));
            page.put(format_args!(
                "</p><p><a href=\"{up}{id}\">Back to the phone</a></p></section>"
            ));
            let base = format!("{up}../");
            (StatusCode::CONFLICT, frame(&base, "not done", page)).into_response()
        }
    }
}

fn erased() -> Response {
    let mut page = Page::default();
    page.raw("<section class=\"card\">");
    page.element("h2", "", "Erased");
    page.element("p", "", "Everything about that phone is gone.");
    page.raw("</section>");
    frame("../../", "erased", page)
}
