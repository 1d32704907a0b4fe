//! The parts of the operator's page below what needs a look: figures, bursts, open ends, failures, facts.

use std::collections::BTreeMap;

use super::html::{Page, clock_time, day_and_time, lasting, number, several};
use crate::carrier::codes::meaning;
use crate::domain::delivery::{DeliveryKind, DeliveryStatus};
use crate::domain::phone::PhoneNumber;
use crate::domain::zone;
use crate::flow::people::DayTotals;
use crate::flow::{App, Figures};

/// Totals of today by status.
pub(super) fn today(page: &mut Page, app: &App, figures: &Figures) {
    let mut by_status: BTreeMap<&str, u64> = BTreeMap::new();
    let mut segments = 0;
    for group in figures.stored.groups.iter().filter(|group| group.today) {
        *by_status.entry(group.status.name()).or_default() += group.count;
        if is_paid(group.status) && group.kind != DeliveryKind::Call {
            segments += group.segments;
        }
    }
    let came_in: u64 = figures.stored.texts.iter().map(|(_, count)| count).sum();
    page.raw("<section aria-labelledby=\"h-today\">");
    page.raw("<div class=\"bar\" id=\"today\">");
    page.element("h2", "id=\"h-today\"", "Today");
    page.raw("<a class=\"quiet\" href=\"texts\">The last texts received</a></div>");
    page.raw("<dl class=\"tiles\">");
    for (status, class) in SHOWN {
        let count = by_status.get(status.name()).copied().unwrap_or_default();
        tile(page, status.name(), class, count);
    }
    tile(page, "texts received", "", came_in);
    tile(page, "segments sent", "", segments);
    let prices = &app.settings.prices;
    let billed = figures.days.last().map(DayTotals::billed);
    let spent = prices.total(billed.unwrap_or_default()).rounded();
    let name = format!("{}, estimated", prices.currency);
    page.raw("<div class=\"tile\"><dt>");
    page.text(&name);
    page.put(format_args!("</dt><dd>{spent}</dd></div>"));
    page.raw("</dl></section>");
}

const SHOWN: [(DeliveryStatus, &str); 8] = [
    (DeliveryStatus::Pending, ""),
    (DeliveryStatus::Accepted, ""),
    (DeliveryStatus::Sent, ""),
    (DeliveryStatus::Delivered, "ok"),
    (DeliveryStatus::Undelivered, "bad"),
    (DeliveryStatus::Failed, "bad"),
    (DeliveryStatus::Skipped, "warn"),
    (DeliveryStatus::Unknown, "bad"),
];

const fn is_paid(status: DeliveryStatus) -> bool {
    use DeliveryStatus::{Accepted, Delivered, Sent, Undelivered};
    matches!(status, Accepted | Sent | Delivered | Undelivered)
}

fn tile(page: &mut Page, name: &str, class: &str, count: u64) {
    let class = if count == 0 { "none" } else { class };
    page.put(format_args!("<div class=\"tile {class}\"><dt>"));
    page.text(name);
    page.put(format_args!("</dt><dd>{}</dd></div>", number(count)));
}

/// What goes out in the next 24 hours, and until when.
pub(super) fn bursts(page: &mut Page, app: &App, figures: &Figures) {
    page.raw("<section class=\"card\" aria-labelledby=\"h-bursts\">");
    page.element("h2", "id=\"h-bursts\"", "Next 24 hours");
    let pace = app.settings.segments_per_second;
    let pace = if pace > 0.0 {
        format!("at {pace} a second, as configured")
    } else {
        "no limit of pace".to_owned()
    };
    let Some(next) = figures.bursts.first() else {
        let words = match &figures.people {
            Some(_) => "Nothing falls due.",
            None => "Being counted. Look again in a moment.",
        };
        page.element("p", "class=\"quiet\"", words);
        page.raw("</section>");
        return;
    };
    page.raw("<p class=\"lead\">");
    let begins = if next.begins_at <= figures.at {
        "Now".to_owned()
    } else {
        let begins = day_and_time(figures, next.begins_at);
        begins.replacen("tomorrow", "Tomorrow", 1)
    };
    page.element("b", "", &begins);
    page.text(&format!(
        ": {}, the last one out at about ",
        several(next.texts, "text", "texts")
    ));
    page.element("b", "", &clock_time(figures, next.ends_at));
    page.text(&format!(" ({pace})."));
    page.raw("</p>");
    if figures.bursts.len() > 1 {
        let mut largest: Vec<_> = figures.bursts.iter().collect();
        largest.sort_by_key(|burst| std::cmp::Reverse(burst.texts));
        largest.truncate(MOST_BURSTS);
        largest.sort_by_key(|burst| burst.begins_at);
        page.raw("<div class=\"scroll\" tabindex=\"0\"><table><caption>The largest bursts</caption><thead><tr><th scope=\"col\">Begins</th><th scope=\"col\">Ends</th>\
                  <th scope=\"col\" class=\"n\">Texts</th><th scope=\"col\" class=\"n\">Latest</th></tr></thead><tbody>");
        for burst in largest {
            page.raw("<tr>");
            page.element("td", "", &day_and_time(figures, burst.begins_at));
            page.element("td", "", &clock_time(figures, burst.ends_at));
            page.element("td", "class=\"n\"", &number(burst.texts));
            page.element("td", "class=\"n\"", &lasting(burst.latest));
            page.raw("</tr>");
        }
        page.raw("</tbody></table></div>");
    }
    page.raw("</section>");
}

const MOST_BURSTS: usize = 5;

/// What has not come to its end, and what happens to it.
pub(super) fn open_ends(page: &mut Page, app: &App, figures: &Figures) {
    let stored = &figures.stored;
    let unknown = stored.groups.iter();
    let unknown = unknown
        .filter(|group| group.recent && group.status == DeliveryStatus::Unknown)
        .map(|group| group.count)
        .sum();
    let settle = format!(
        "no clear answer to the request; after {} s Twilio is asked, twice",
        app.settings.settle_seconds
    );
    page.raw("<section class=\"card\" aria-labelledby=\"h-open\">");
    page.element("h2", "id=\"h-open\"", "Open ends");
    page.raw("<div class=\"scroll\" tabindex=\"0\"><table><thead><tr><th scope=\"col\">What</th><th scope=\"col\" class=\"n\">How many</th>\
              <th scope=\"col\">What happens</th></tr></thead><tbody>");
    for (name, count, what) in [
        (
            "Waiting",
            stored.waiting.texts,
            "go out at the sender’s pace",
        ),
        ("Under way", stored.attempting, "the request is out"),
        ("Unclear", stored.unclear, settle.as_str()),
        (
            "Without receipt",
            stored.unreported,
            "Twilio has them; it is asked after minutes, and after 12 h they count as sent",
        ),
        (
            "Owed",
            stored.owed,
            "promised; they follow when the weather is back",
        ),
        (
            "Unknown, 24 h",
            unknown,
            "nothing can be proven; not sent again. `weatherline delivery list --status unknown`",
        ),
    ] {
        page.raw("<tr>");
        page.element("th", "scope=\"row\"", name);
        page.element("td", "class=\"n\"", &number(count));
        page.raw("<td class=\"quiet\">");
        page.with_commands(what);
        page.raw("</td></tr>");
    }
    page.raw("</tbody></table></div></section>");
}

/// What ended badly in the last 24 hours.
pub(super) fn failures(page: &mut Page, figures: &Figures) {
    page.raw("<section class=\"card\" aria-labelledby=\"h-failures\">");
    page.element("h2", "id=\"h-failures\"", "Last failures");
    if figures.stored.troubled.is_empty() {
        page.element("p", "class=\"quiet\"", "None in the last 24 hours.");
        page.raw("</section>");
        return;
    }
    page.raw("<div class=\"scroll\" tabindex=\"0\"><table><thead><tr><th scope=\"col\">Due</th><th scope=\"col\">Phone</th><th scope=\"col\">Kind</th>\
              <th scope=\"col\">Ended</th><th scope=\"col\">Why</th><th scope=\"col\" class=\"n\">Delivery</th></tr></thead><tbody>");
    for row in &figures.stored.troubled {
        page.raw("<tr>");
        page.element("td", "", &day_and_time(figures, row.due_at));
        page.raw("<td class=\"phone\">");
        phone(page, row.phone.as_ref());
        page.raw("</td>");
        page.element("td", "", &row.kind.name().replace('_', "-"));
        page.raw("<td>");
        page.element("span", "class=\"badge\"", row.status.name());
        page.raw("</td>");
        page.element(
            "td",
            "class=\"why\"",
            &why(row.error_code, row.reason.as_deref()),
        );
        page.element("td", "class=\"n\"", &row.id.to_string());
        page.raw("</tr>");
    }
    page.raw("</tbody></table></div><p class=\"quiet\">");
    page.with_commands("`weatherline delivery show ID` tells all about one.");
    page.raw("</p></section>");
}

pub(super) fn why(code: Option<u32>, reason: Option<&str>) -> String {
    match (code, code.and_then(meaning), reason) {
        (Some(code), Some(meaning), _) => format!("{code}: {meaning}"),
        (Some(code), None, Some(reason)) => format!("{code}: {reason}"),
        (Some(code), None, None) => format!("{code}: twilio.com/docs/api/errors has it"),
        (None, _, Some(reason)) => reason.to_owned(),
        (None, _, None) => "Twilio gave no reason".to_owned(),
    }
}

/// A phone with the way to its page.
pub(super) fn phone(page: &mut Page, phone: Option<&PhoneNumber>) {
    match phone {
        Some(phone) => page.put(format_args!(
            "<a href=\"search?digits={}\">{phone}</a>",
            phone.last_four()
        )),
        None => page.text("erased"),
    }
}

/// Opens a table with its columns.
pub(super) fn table(page: &mut Page, columns: &[&str]) {
    page.raw("<div class=\"scroll\" tabindex=\"0\"><table><thead><tr>");
    for column in columns {
        page.element("th", "scope=\"col\"", column);
    }
    page.raw("</tr></thead><tbody>");
}

/// What does not change much.
pub(super) fn facts(page: &mut Page, app: &App, figures: &Figures) {
    let now = app.clock.now();
    let tick = figures.last_tick.map_or_else(
        || "not yet".to_owned(),
        |at| format!("{} ago", lasting(now.duration_since(at))),
    );
    let pace = app.settings.segments_per_second;
    let pace = if pace > 0.0 {
        format!("{pace} a second")
    } else {
        "no limit".to_owned()
    };
    let people = figures.people.as_ref();
    let counted = |count: Option<u64>| count.map_or_else(|| "…".to_owned(), number);
    let phones = counted(people.map(|people| people.phones));
    let subscriptions = counted(people.map(|people| people.subscriptions));
    let weather = app.weather.counts().into_iter();
    let weather: Vec<_> = weather
        .filter(|(_, outcome, count)| *count > 0 || *outcome == "ok")
        .map(|(provider, outcome, count)| {
            format!(
                "{provider} {}: {}",
                outcome.replace('_', " "),
                number(count)
            )
        })
        .collect();
    page.raw("<section class=\"card\" aria-labelledby=\"h-facts\">");
    page.element("h2", "id=\"h-facts\"", "The daemon");
    page.raw("<dl class=\"facts\">");
    for (name, value) in [
        ("Version", env!("CARGO_PKG_VERSION")),
        ("Time zones", zone::version()),
        ("Last tick", &tick),
        ("Phones", &phones),
        ("Subscriptions", &subscriptions),
        ("Segments", &pace),
        ("Weather asked for, since the start", &weather.join(", ")),
    ] {
        page.raw("<div>");
        page.element("dt", "", name);
        page.element("dd", "", value);
        page.raw("</div>");
    }
    page.raw("</dl></section>");
}
