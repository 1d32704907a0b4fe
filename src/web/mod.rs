//! The two listeners: Twilio's webhooks, and the operator's pages. Routes, limits, and serving with deadlines.

mod admin;
mod dashboard;
mod metrics;
mod password;
mod serve;
mod trace;
mod twilio;
mod voice;

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};
use secrecy::SecretString;
use tower_http::catch_panic::CatchPanicLayer;

use crate::flow::App;

pub use self::serve::{Bound, bind};

/// Where to listen, and who may look.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The public listener, behind a TLS proxy.
    pub listen: SocketAddr,
    /// The operator's listener.
    pub admin_listen: SocketAddr,
    /// Asked for by everything on the operator's listener but `/healthz`.
    pub admin_password: Option<SecretString>,
    /// The path before `/twilio/…` in the public URL, such as `/weather`; empty for none.
    pub path_prefix: String,
}

/// The public routes: Twilio's webhooks and `/healthz`, below the path of the public URL and at the root, since some
/// proxies strip the path and some do not. The signature is checked over the public URL in both cases.
pub fn public(app: &Arc<App>, path_prefix: &str) -> Router {
    let routes = Router::new()
        .route("/twilio/text", post(twilio::text))
        .route("/twilio/status/{delivery_id}", post(twilio::status))
        .route("/twilio/voice", post(voice::begin))
        .route("/twilio/voice/{*step}", post(voice::go_on))
        .route("/twilio/call-status/{delivery_id}", post(voice::status))
        .route("/healthz", get(admin::healthz))
        .with_state(Arc::clone(app));
    let all = if path_prefix.is_empty() {
        routes
    } else {
        routes.clone().nest(path_prefix, routes)
    };
    all.layer(axum::middleware::from_fn(twilio::bound))
        .layer(CatchPanicLayer::custom(trace::panicked))
        .layer(axum::middleware::from_fn(trace::request))
}

/// The operator's routes.
pub fn admin(app: &Arc<App>, password: Option<SecretString>) -> Router {
    admin::router(app, password).layer(CatchPanicLayer::custom(trace::panicked))
}
