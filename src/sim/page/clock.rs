//! The pretend clock on the page: what it says and where the buttons lead.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan, Zoned};
use serde::Deserialize;
use serde_json::json;

use super::no_store;
use crate::sim::world::World;

/// Where the pretend clock is asked to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClockMove {
    /// Back to the real time.
    Real,
    /// Forward to these Unix milliseconds.
    To(i64),
}

/// A button.
#[derive(Deserialize)]
pub(crate) struct Press {
    button: String,
    /// The zone of the phone in view, for `seven` and `day`.
    #[serde(default)]
    zone: String,
}

/// `GET /page/now`: the time, and who is due next.
pub(crate) async fn tell(State(world): State<Arc<World>>) -> Response {
    let Some(hooks) = world.options.page.clone() else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let upcoming = (hooks.upcoming)().await;
    no_store(json!({ "now_ms": (hooks.clock_now)(), "upcoming": upcoming }))
}

/// `POST /page/clock`
pub(crate) async fn set(State(world): State<Arc<World>>, Json(press): Json<Press>) -> Response {
    let Some(hooks) = world.options.page.clone() else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let now_ms = (hooks.clock_now)();
    let Some(target) = target(&press.button, &press.zone, now_ms) else {
        return (StatusCode::BAD_REQUEST, "There is no such button.\n").into_response();
    };
    match (hooks.move_clock)(target).await {
        Ok(()) => {
            world.wire.event(&json!({ "event": "clock" }));
            no_store(json!({ "now_ms": (hooks.clock_now)() }))
        }
        Err(sentence) => (StatusCode::CONFLICT, sentence).into_response(),
    }
}

fn target(button: &str, zone: &str, now_ms: i64) -> Option<ClockMove> {
    match button {
        "now" => Some(ClockMove::Real),
        "hour" => Some(ClockMove::To(now_ms + 3_600_000)),
        "seven" => next_seven(zone, now_ms).map(ClockMove::To),
        "day" => local(zone, now_ms)
            .and_then(|here| here.checked_add(1.day()).ok())
            .map(|there| ClockMove::To(there.timestamp().as_millisecond())),
        _ => None,
    }
}

/// The next 07:00 on the walls of that zone, strictly after now.
fn next_seven(zone: &str, now_ms: i64) -> Option<i64> {
    let here = local(zone, now_ms)?;
    (0..3)
        .filter_map(|days| {
            let date = here.date().checked_add(days.days()).ok()?;
            let seven = date
                .at(7, 0, 0, 0)
                .to_zoned(here.time_zone().clone())
                .ok()?;
            Some(seven.timestamp().as_millisecond())
        })
        .find(|seven| *seven > now_ms)
}

fn local(zone: &str, now_ms: i64) -> Option<Zoned> {
    let zone = match zone {
        "" => TimeZone::UTC,
        name => TimeZone::get(name).ok()?,
    };
    Some(Timestamp::from_millisecond(now_ms).ok()?.to_zoned(zone))
}
