//! The operator's pages, made anew for each look: how it stands, and what a phone has. No script, no asset from elsewhere;
//! phones are masked, words hidden until asked for, and forms carry a token.

mod acts;
mod attention;
mod chart;
mod desk;
mod html;
mod month;
mod people;
mod recent;
mod sections;

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};

use self::desk::Desk;
use self::html::{Page, clock_time, zone_name};
use crate::flow::{App, Figures};

pub(super) async fn page(State(app): State<Arc<App>>) -> Response {
    match app.figures().await {
        Ok(figures) => (
            SECURITY,
            [(header::CONTENT_TYPE, HTML)],
            whole(&app, &figures),
        )
            .into_response(),
        Err(error) => sorry(&error),
    }
}

/// The pages about people and the forms, which change things.
pub(super) fn people(app: &Arc<App>, has_password: bool) -> Router {
    let desk = Arc::new(Desk::new(app, has_password));
    Router::new()
        .route("/search", get(people::search))
        .route("/texts", get(recent::texts))
        .route("/phone/{id}", get(people::phone))
        .route("/phone/{id}/erase", get(acts::ask_erase).post(acts::erase))
        .route("/phone/{id}/{act}", post(acts::phone))
        .route(
            "/phone/{id}/{act}/{delivery}",
            get(acts::ask_resend).post(acts::delivery),
        )
        .layer(axum::middleware::from_fn_with_state(
            Arc::clone(&desk),
            desk::guard,
        ))
        .with_state(desk)
}

/// 503, with why.
fn sorry(error: &impl std::fmt::Display) -> Response {
    tracing::warn!(%error, "the operator's page could not be made");
    let sorry = format!("The database does not answer: {error}\n");
    (StatusCode::SERVICE_UNAVAILABLE, SECURITY, sorry).into_response()
}

/// A page about something, with the way back; `base` leads to where the operator's page is.
fn frame(base: &str, title: &str, content: Page) -> Response {
    let mut page = Page::default();
    page.raw(HEAD_START);
    page.put(format_args!(
        "<title>weatherline: {title}</title><link rel=\"stylesheet\" href=\"{base}dashboard.css\">"
    ));
    page.raw(HEAD_END);
    page.raw("<header class=\"top\"><div class=\"brand\">");
    page.raw(MARK);
    page.put(format_args!(
        "<div><h1><a href=\"{}\">weatherline</a></h1><p class=\"quiet\">Operator’s page</p></div></div>",
        if base.is_empty() { "./" } else { base }
    ));
    search_form(&mut page, base);
    page.raw("</header><main id=\"main\">");
    page.raw(&content.done());
    page.raw("</main></body></html>");
    (SECURITY, [(header::CONTENT_TYPE, HTML)], page.done()).into_response()
}

fn search_form(page: &mut Page, base: &str) {
    page.put(format_args!(
        "<form class=\"search\" role=\"search\" action=\"{base}search\"><label for=\"digits\">Phone</label>\
         <input id=\"digits\" name=\"digits\" placeholder=\"last four digits\" autocomplete=\"off\" required><button>Find</button></form>"
    ));
}

/// `GET /dashboard.css`.
pub(super) async fn style() -> Response {
    (
        SECURITY,
        [(header::CONTENT_TYPE, CSS)],
        include_str!("style.css"),
    )
        .into_response()
}

fn whole(app: &App, figures: &Figures) -> String {
    let mut page = Page::default();
    let at = clock_time(figures, figures.at);
    page.raw(HEAD_START);
    page.raw("<title>weatherline: operator’s page</title><link rel=\"stylesheet\" href=\"dashboard.css\">");
    page.raw(HEAD_END);
    page.raw("<header class=\"top\"><div class=\"brand\">");
    page.raw(MARK);
    page.raw("<div><h1>weatherline</h1><p class=\"quiet\">Operator’s page</p></div></div>");
    search_form(&mut page, "");
    page.raw("<p class=\"asof\">");
    page.raw("<span class=\"quiet\">As of</span> <b>");
    page.text(&at);
    page.raw("</b> <span class=\"quiet\">");
    page.text(zone_name(figures));
    page.raw("</span> <a class=\"again\" href=\"\">Look again</a></p></header><main id=\"main\">");
    attention::write(&mut page, app, figures);
    sections::today(&mut page, app, figures);
    chart::write(&mut page, figures);
    page.raw("<div class=\"two\">");
    sections::bursts(&mut page, app, figures);
    sections::open_ends(&mut page, app, figures);
    page.raw("</div>");
    month::write(&mut page, app, figures);
    sections::failures(&mut page, figures);
    sections::facts(&mut page, app, figures);
    page.raw("</main>");
    page.raw(FOOT);
    page.done()
}

const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";

/// Nothing runs, nothing comes from elsewhere, nobody frames it, nothing of it is kept.
const SECURITY: [(HeaderName, &str); 5] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::CACHE_CONTROL, "no-store"),
];

const HEAD_START: &str = "<!doctype html>
<html lang=\"en\">
<head>
<meta charset=\"utf-8\">
<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">
<meta name=\"color-scheme\" content=\"light dark\">
<link rel=\"icon\" href=\"data:,\">
";

const HEAD_END: &str = "
</head>
<body>
<a class=\"skip\" href=\"#main\">To the content</a>
";

const MARK: &str = "<svg class=\"mark\" viewBox=\"0 0 40 40\" aria-hidden=\"true\"><circle class=\"sun\" cx=\"15\" cy=\"14\" r=\"8\"/>\
<path class=\"cloud\" d=\"M12 31a7 7 0 0 1 .6-14A9 9 0 0 1 29.6 19 6 6 0 0 1 30 31z\"/></svg>";

const FOOT: &str = "
<footer class=\"quiet\">
<p><a href=\"metrics\">Metrics</a> · <a href=\"readyz\">Readiness</a></p>
<p>Weather data by <a href=\"https://open-meteo.com/\">Open-Meteo.com</a> and from <a href=\"https://api.met.no/\">MET Norway</a>, both
<a href=\"https://creativecommons.org/licenses/by/4.0/\">CC BY 4.0</a>, and from the US National Weather Service. Places by
<a href=\"https://www.geonames.org/\">GeoNames</a>, <a href=\"https://creativecommons.org/licenses/by/4.0/\">CC BY 4.0</a>.</p>
</footer>
</body>
</html>
";
