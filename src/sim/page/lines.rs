//! Calls on the page: a phone calls the number or takes a call, presses keys, speaks, stays silent, hangs up.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::Mutex;

use super::{no_store, phones};
use crate::sim::carrier::calls::handset::PhoneCall;
use crate::sim::carrier::calls::progress;
use crate::sim::world::World;

/// The phone lines that are open at the page, by SID.
pub(crate) type Lines = std::sync::Mutex<Vec<Line>>;

/// A call with its SID.
pub(crate) type Line = (String, Arc<Mutex<PhoneCall>>);

/// More calls at once than there are phones make no sense.
const MOST_OPEN: usize = 24;

/// The longest that somebody says at once.
const LONGEST: usize = 500;

/// Which phone.
#[derive(Deserialize)]
pub(crate) struct From {
    from: String,
}

/// What a person does in a call.
#[derive(Deserialize)]
pub(crate) struct Step {
    sid: String,
    /// `press`, `say`, `silence` or `hang-up`.
    does: String,
    #[serde(default)]
    what: String,
}

/// `POST /page/call`: a phone calls the number.
pub(crate) async fn call(State(world): State<Arc<World>>, Json(from): Json<From>) -> Response {
    if !is_known(&world, &from.from) {
        return refused("One of the phones on the table must call.\n");
    }
    let call = PhoneCall::dial(&world, &from.from).await;
    opened(&world, call)
}

/// `POST /page/call/answer`: the call that rings on a phone is taken.
pub(crate) async fn answer(State(world): State<Arc<World>>, Json(from): Json<From>) -> Response {
    match progress::answer(&world, &from.from).await {
        Some(call) => opened(&world, call),
        None => refused("Nothing rings on that phone.\n"),
    }
}

/// `POST /page/call/decline`: it is turned away.
pub(crate) async fn decline(State(world): State<Arc<World>>, Json(from): Json<From>) -> Response {
    match progress::ringing(&world, &from.from) {
        Some(sid) => {
            progress::end(&world, &sid, "busy").await;
            no_store(json!({ "sid": sid }))
        }
        None => refused("Nothing rings on that phone.\n"),
    }
}

/// `POST /page/call/step`: keys, words, silence, the end.
pub(crate) async fn step(State(world): State<Arc<World>>, Json(step): Json<Step>) -> Response {
    let line = world
        .lines()
        .iter()
        .find(|(sid, _)| *sid == step.sid)
        .map(|(_, line)| line.clone());
    let Some(line) = line else {
        return refused("That call is over.\n");
    };
    if step.what.chars().count() > LONGEST {
        return refused("Nobody says that much at once.\n");
    }
    let mut call = line.lock().await;
    match step.does.as_str() {
        "press" => call.press(&step.what).await,
        "say" => call.speak(&step.what).await,
        "silence" => call.silence().await,
        "hang-up" => call.hang_up().await,
        _ => return refused("press, say, silence or hang-up\n"),
    }
    if call.is_over() {
        world.lines().retain(|(sid, _)| *sid != step.sid);
    }
    told(&call)
}

fn opened(world: &Arc<World>, call: PhoneCall) -> Response {
    let answer = told(&call);
    if !call.is_over() {
        let mut lines = world.lines();
        if lines.len() >= MOST_OPEN {
            lines.remove(0);
        }
        lines.push((call.sid().to_owned(), Arc::new(Mutex::new(call))));
    }
    answer
}

/// What is heard, and piece by piece in which language.
fn told(call: &PhoneCall) -> Response {
    let said = call.said().iter();
    let said: Vec<Value> = said
        .map(|said| json!({ "language": said.language, "words": said.words }))
        .collect();
    no_store(json!({
        "sid": call.sid(),
        "heard": call.heard(),
        "said": said,
        "listens": call.listens_in(),
        "keys": call.keys_taken(),
        "over": call.is_over(),
    }))
}

fn refused(why: &'static str) -> Response {
    (StatusCode::BAD_REQUEST, why).into_response()
}

fn is_known(world: &Arc<World>, number: &str) -> bool {
    phones::all(world)
        .iter()
        .any(|phone| phone.number == number)
}
