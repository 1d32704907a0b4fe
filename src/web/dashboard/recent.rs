//! `GET /texts`: the last texts that came in, whoever sent them; their words only with `?texts=show`.

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::{Query, State};
use axum::response::Response;

use super::desk::Desk;
use super::html::Page;
use super::{frame, sections, sorry};
use crate::flow::people::RecentText;

pub(in crate::web) async fn texts(
    State(desk): State<Arc<Desk>>,
    Query(asked): Query<HashMap<String, String>>,
) -> Response {
    let texts = match desk.app.recent_texts().await {
        Ok(texts) => texts,
        Err(error) => return sorry(&error),
    };
    let with_words = asked.get("texts").is_some_and(|texts| texts == "show");
    let mut page = Page::default();
    page.raw("<section class=\"card\" aria-labelledby=\"h-texts\"><div class=\"bar\">");
    page.element("h2", "id=\"h-texts\"", "The last texts received");
    if texts.is_empty() {
        page.raw("</div>");
        page.element("p", "class=\"quiet\"", "None that is kept.");
        page.raw("</section>");
        return frame("", "texts", page);
    }
    page.raw(if with_words {
        "<a href=\"texts\">Hide the words</a></div>"
    } else {
        "<a href=\"texts?texts=show\">Show the words</a></div>"
    });
    let columns = ["Received", "Phone", "Kind", "Text", "Answer"];
    let shown = if with_words { 5 } else { 3 };
    sections::table(&mut page, &columns[..shown]);
    for text in &texts {
        row(&mut page, &desk, text, with_words);
    }
    page.raw("</tbody></table></div></section>");
    frame("", "texts", page)
}

fn row(page: &mut Page, desk: &Desk, recent: &RecentText, with_words: bool) {
    let text = &recent.text;
    page.raw("<tr>");
    page.element("td", "", &desk.when(text.received_at));
    page.raw("<td class=\"phone\">");
    sections::phone(page, recent.phone.as_ref());
    page.raw("</td>");
    page.element("td", "", &text.outcome.replace('_', " "));
    if with_words {
        let body = text.body.as_deref().unwrap_or("(not kept)");
        page.element("td", "class=\"words\"", body);
        let reply = text.reply.as_deref().unwrap_or("(silence)");
        page.element("td", "class=\"words\"", reply);
    }
    page.raw("</tr>");
}
