//! What the operator's forms stand on: the app, and a token without which nothing is changed.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use sha2::{Digest, Sha256};

use super::html::when;
use crate::flow::App;

/// The app with the token of this start's forms.
pub(in crate::web) struct Desk {
    pub(super) app: Arc<App>,
    /// Stands in every form; a page of another site cannot know it.
    pub(super) token: String,
    /// Without a password whoever reaches the listener is the operator.
    open: bool,
}

impl Desk {
    pub(in crate::web) fn new(app: &Arc<App>, has_password: bool) -> Self {
        Self {
            app: Arc::clone(app),
            token: format!("{:032x}", rand::random::<u128>()),
            open: !has_password,
        }
    }

    /// Whether a form is one of ours.
    pub(super) fn knows(&self, token: &str) -> bool {
        // Digests compare in the same time wherever the first wrong letter is.
        Sha256::digest(token.as_bytes()) == Sha256::digest(self.token.as_bytes())
    }

    /// An instant for a reader here and now.
    pub(super) fn when(&self, at: Timestamp) -> String {
        when(&TimeZone::system(), self.app.clock.now(), at)
    }
}

/// Pages about people, and forms, are for the operator's own browser: a name that somebody else points at this machine does
/// not open them where no password is asked for, and no other site's page sends its forms.
pub(in crate::web) async fn guard(
    State(desk): State<Arc<Desk>>,
    request: Request,
    next: Next,
) -> Response {
    let headers = request.headers();
    if desk.open && !is_local(headers) {
        let sorry = "Without ADMIN_PASSWORD this page answers to 127.0.0.1 and localhost only.\n";
        return (StatusCode::FORBIDDEN, sorry).into_response();
    }
    let site = headers
        .get("sec-fetch-site")
        .and_then(|site| site.to_str().ok());
    let elsewhere = site.is_some_and(|site| !matches!(site, "same-origin" | "none"));
    if request.method().is_safe() || !elsewhere {
        return next.run(request).await;
    }
    (StatusCode::FORBIDDEN, "That form is not of this page.\n").into_response()
}

fn is_local(headers: &HeaderMap) -> bool {
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .unwrap_or_default();
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    let address: Option<std::net::IpAddr> = name.parse().ok();
    name.eq_ignore_ascii_case("localhost") || address.is_some_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_local() {
        let local = |host: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, host.parse().unwrap());
            is_local(&headers)
        };
        for host in [
            "127.0.0.1:9090",
            "localhost",
            "LOCALHOST:9090",
            "[::1]:9090",
        ] {
            assert!(local(host), "{host}");
        }
        for host in [
            "evil.example:9090",
            "127.0.0.1.evil.example",
            "localhost.evil.example",
            "",
        ] {
            assert!(!local(host), "{host}");
        }
        assert!(!is_local(&HeaderMap::new()));
    }
}
