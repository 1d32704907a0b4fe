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
use axum::routing::{MethodRouter, get, post};
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
    let check = axum::middleware::from_fn_with_state(Arc::clone(app), twilio::genuine);
    let open = Router::new().route("/healthz", get(admin::healthz));
    let routes = webhooks()
        .into_iter()
        .fold(open, |routes, (path, handler)| {
            routes.route(path, handler.route_layer(check.clone()))
        })
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

/// The paths of Twilio's webhooks, with their parameters in braces.
pub fn webhook_paths() -> impl Iterator<Item = &'static str> {
    webhooks().into_iter().map(|(path, _)| path)
}

/// All that Twilio calls. What stands here is behind the check of the signature, and nothing else is under `/twilio/`.
fn webhooks() -> [(&'static str, MethodRouter<Arc<App>>); 5] {
    [
        ("/twilio/text", post(twilio::text)),
        ("/twilio/status/{delivery_id}", post(twilio::status)),
        ("/twilio/voice", post(voice::begin)),
        ("/twilio/voice/{*step}", post(voice::go_on)),
        ("/twilio/call-status/{delivery_id}", post(voice::status)),
    ]
}

/// The operator's routes.
pub fn admin(app: &Arc<App>, password: Option<SecretString>) -> Router {
    admin::router(app, password).layer(CatchPanicLayer::custom(trace::panicked))
}
