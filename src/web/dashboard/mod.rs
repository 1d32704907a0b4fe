//! `GET /`: the operator's page, made anew for each look. No script, no asset from elsewhere, no button; phones are masked.

mod attention;
mod chart;
mod html;
mod sections;

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};

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
        Err(error) => {
            tracing::warn!(%error, "the operator's page could not be made");
            let sorry = format!("The database does not answer: {error}\n");
            (StatusCode::SERVICE_UNAVAILABLE, SECURITY, sorry).into_response()
        }
    }
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
    page.raw(HEAD);
    page.raw("<header class=\"top\"><div class=\"brand\">");
    page.raw(MARK);
    page.raw("<div><h1>weatherline</h1><p class=\"quiet\">Operator’s page</p></div></div><p class=\"asof\">");
    page.raw("<span class=\"quiet\">As of</span> <b>");
    page.text(&at);
    page.raw("</b> <span class=\"quiet\">");
    page.text(zone_name(figures));
    page.raw("</span> <a class=\"again\" href=\"\">Look again</a></p></header><main id=\"main\">");
    attention::write(&mut page, app, figures);
    sections::today(&mut page, figures);
    chart::write(&mut page, figures);
    page.raw("<div class=\"two\">");
    sections::bursts(&mut page, app, figures);
    sections::open_ends(&mut page, app, figures);
    page.raw("</div>");
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
        "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::CACHE_CONTROL, "no-store"),
];

const HEAD: &str = "<!doctype html>
<html lang=\"en\">
<head>
<meta charset=\"utf-8\">
<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">
<meta name=\"color-scheme\" content=\"light dark\">
<title>weatherline: operator’s page</title>
<link rel=\"icon\" href=\"data:,\">
<link rel=\"stylesheet\" href=\"dashboard.css\">
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
