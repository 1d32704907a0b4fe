//! What a visitor does with a phone: text, or add another one.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::json;

use super::{no_store, phones};
use crate::sim::carrier::inbound;
use crate::sim::world::World;

/// A text from one of the phones.
#[derive(Deserialize)]
pub(crate) struct Text {
    from: String,
    body: String,
}

/// The country of one more phone.
#[derive(Deserialize)]
pub(crate) struct Add {
    country: String,
}

/// The longest text a phone sends.
const LONGEST: usize = 1600;

/// `POST /page/text`
pub(crate) async fn text(State(world): State<Arc<World>>, Json(text): Json<Text>) -> Response {
    let known = phones::all(&world)
        .iter()
        .any(|phone| phone.number == text.from);
    if !known || text.body.is_empty() || text.body.chars().count() > LONGEST {
        return (
            StatusCode::BAD_REQUEST,
            "A text of 1 to 1600 characters from one of the phones.\n",
        )
            .into_response();
    }
    let received = inbound::text(&world, &text.from, &text.body, &[]).await;
    no_store(json!({ "sid": received.sid, "status": received.status }))
}

/// `POST /page/phones`
pub(crate) async fn add_phone(State(world): State<Arc<World>>, Json(add): Json<Add>) -> Response {
    match phones::add(&world, &add.country) {
        Some(phone) => {
            world
                .wire
                .event(&json!({ "event": "phone", "phone": phone }));
            no_store(json!(phone))
        }
        None => (StatusCode::CONFLICT, "No more phones fit on this table.\n").into_response(),
    }
}
