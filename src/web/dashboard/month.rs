//! The last thirty days: what became of each, how late it went out, and what it cost, as inline SVG and as a table.

use jiff::civil::Date;

use super::chart::round_up;
use super::html::{Page, number};
use crate::domain::cost::{Billed, Prices};
use crate::domain::delivery::DeliveryStatus;
use crate::flow::people::DayTotals;
use crate::flow::{App, Figures};

/// The parts of a column, from the bottom up: class and name.
const PARTS: [(&str, &str); 5] = [
    ("delivered", "Delivered"),
    ("sent", "Sent"),
    ("planned", "Open"),
    ("failed", "Failed"),
    ("skipped", "Skipped"),
];

pub(super) fn write(page: &mut Page, app: &App, figures: &Figures) {
    page.raw("<section class=\"card\" aria-labelledby=\"h-month\"><div class=\"bar\">");
    page.element("h2", "id=\"h-month\"", "Thirty days");
    page.raw("<ul class=\"legend\" aria-hidden=\"true\">");
    for (class, name) in PARTS {
        page.put(format_args!("<li><i class=\"{class}\"></i>{name}</li>"));
    }
    page.raw("</ul></div>");
    if figures.days.iter().all(|day| sum(day) == 0) {
        page.element("p", "class=\"quiet\"", "Nothing was sent yet.");
        page.raw("</section>");
        return;
    }
    summary(page, &app.settings.prices, &figures.days);
    page.raw("<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Chart, the same as the table below\">");
    svg(page, &figures.days);
    page.raw("</div>");
    table(page, &app.settings.prices, &figures.days);
    page.raw("</section>");
}

fn sum(day: &DayTotals) -> u64 {
    day.statuses.iter().map(|(_, count)| count).sum()
}

/// In how many of a hundred cases it went well, and what that cost.
fn summary(page: &mut Page, prices: &Prices, days: &[DayTotals]) {
    let all = |wanted: &dyn Fn(DeliveryStatus) -> bool| -> u64 {
        let counts = days.iter().flat_map(|day| &day.statuses);
        counts
            .filter(|(status, _)| wanted(*status))
            .map(|(_, count)| count)
            .sum()
    };
    let delivered = all(&|status| status == DeliveryStatus::Delivered);
    let taken = all(&|status| {
        use DeliveryStatus::{Accepted, Delivered, Failed, Sent, Undelivered, Unknown};
        matches!(
            status,
            Accepted | Sent | Delivered | Undelivered | Failed | Unknown
        )
    });
    let late: u64 = days.iter().map(|day| day.late.iter().sum::<u64>()).sum();
    let in_time: u64 = days.iter().map(|day| day.late[0] + day.late[1]).sum();
    let billed = days.iter().map(DayTotals::billed);
    let billed = billed.fold(Billed::default(), Billed::and);
    page.raw("<p class=\"lead\">");
    page.text(&format!(
        "{} with a receipt; {} of the mornings out within five minutes; {} segments out and {} in, about {} {} by your prices.",
        share(delivered, taken),
        share(in_time, late),
        number(billed.segments_out),
        number(billed.segments_in),
        prices.currency,
        prices.total(billed).rounded()
    ));
    page.raw("</p>");
}

/// `98.2 %`; `–` where there is nothing to share.
fn share(part: u64, whole: u64) -> String {
    if whole == 0 {
        return "–".to_owned();
    }
    // Never 100 % unless it is all of them.
    let tenths = part.saturating_mul(1000) / whole;
    format!("{}.{} %", tenths / 10, tenths % 10)
}

fn parts(day: &DayTotals) -> [u64; PARTS.len()] {
    let mut parts = [0; PARTS.len()];
    for (status, count) in &day.statuses {
        let at = match status {
            DeliveryStatus::Delivered => 0,
            DeliveryStatus::Accepted | DeliveryStatus::Sent => 1,
            DeliveryStatus::Pending | DeliveryStatus::Attempting | DeliveryStatus::Unclear => 2,
            DeliveryStatus::Undelivered | DeliveryStatus::Failed | DeliveryStatus::Unknown => 3,
            DeliveryStatus::Skipped => 4,
        };
        parts[at] += count;
    }
    parts
}

const LEFT: u64 = 60;
const TOP: u64 = 10;
const HEIGHT: u64 = 130;
const COLUMNS: u64 = 30;
const STEP: u64 = 30;
/// Room for the last date, which is wider than its column.
const RIGHT: u64 = 10;
const BAR: u64 = 20;

fn svg(page: &mut Page, days: &[DayTotals]) {
    let most = round_up(days.iter().map(sum).max().unwrap_or(1));
    let (width, bottom) = (LEFT + COLUMNS * STEP + RIGHT, TOP + HEIGHT);
    page.put(format_args!(
        "<svg class=\"chart\" viewBox=\"0 0 {width} {}\" aria-hidden=\"true\" focusable=\"false\">",
        bottom + 26
    ));
    for (share, value) in [(0, 0), (1, most / 2), (2, most)] {
        let y = bottom - HEIGHT * share / 2;
        page.put(format_args!(
            "<line class=\"grid\" x1=\"{LEFT}\" x2=\"{width}\" y1=\"{y}\" y2=\"{y}\"/>\
             <text class=\"axis end\" x=\"{}\" y=\"{}\">{}</text>",
            LEFT - 8,
            y + 4,
            number(value)
        ));
    }
    let last = days.last().map_or(Date::ZERO, |day| day.day);
    for day in days {
        // The newest stands at the right, and a day without any leaves its place empty.
        let ago = (last - day.day).get_days();
        let at = u64::try_from(ago)
            .ok()
            .and_then(|ago| (COLUMNS - 1).checked_sub(ago));
        if let Some(at) = at {
            column(page, at, day, most);
        }
    }
    page.raw("</svg>");
}

fn column(page: &mut Page, at: u64, day: &DayTotals, most: u64) {
    let bottom = TOP + HEIGHT;
    let x = LEFT + at * STEP + (STEP - BAR) / 2;
    if (COLUMNS - 1 - at).is_multiple_of(3) {
        page.put(format_args!(
            "<text class=\"axis\" x=\"{}\" y=\"{}\">{}</text>",
            x + BAR / 2,
            bottom + 18,
            day.day.strftime("%-d %b")
        ));
    }
    let mut y = bottom;
    for ((class, name), count) in PARTS.into_iter().zip(parts(day)) {
        if count == 0 {
            continue;
        }
        // A part that is there is seen, however small beside the others.
        let height = (count.saturating_mul(HEIGHT) / most)
            .max(2)
            .min((y + 2).saturating_sub(TOP));
        y -= height.min(y);
        page.put(format_args!(
            "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{BAR}\" height=\"{height}\">\
             <title>{} {name}: {}</title></rect>",
            day.day,
            number(count)
        ));
    }
}

fn table(page: &mut Page, prices: &Prices, days: &[DayTotals]) {
    page.raw("<details><summary>As a table</summary><div class=\"scroll\" tabindex=\"0\"><table>\
              <caption>Days by UTC; how late is from the time asked for to the carrier’s acceptance</caption><thead><tr><th scope=\"col\">Day</th>");
    let late = [
        "Within 1 min",
        "5 min",
        "15 min",
        "60 min",
        "Later",
        "Segments out",
        "in",
        "Calls",
        &prices.currency,
    ];
    for name in PARTS.into_iter().map(|(_, name)| name).chain(late) {
        page.element("th", "scope=\"col\" class=\"n\"", name);
    }
    page.raw("</tr></thead><tbody>");
    for day in days.iter().rev() {
        page.put(format_args!("<tr><th scope=\"row\">{}</th>", day.day));
        let billed = day.billed();
        let calls = billed.calls_out + billed.calls_in;
        let pieces = [billed.segments_out, billed.segments_in, calls];
        for count in parts(day).into_iter().chain(day.late).chain(pieces) {
            page.put(format_args!("<td class=\"n\">{}</td>", number(count)));
        }
        page.element("td", "class=\"n\"", &prices.total(billed).rounded());
        page.raw("</tr>");
    }
    page.raw("</tbody></table></div></details>");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_all_only_when_it_is() {
        assert_eq!(share(1, 1), "100.0 %");
        assert_eq!(share(99_999, 100_000), "99.9 %");
        assert_eq!(share(0, 7), "0.0 %");
        assert_eq!(share(0, 0), "–");
    }

    #[test]
    fn columns_stay_on_the_chart() {
        let mut days = Vec::new();
        for day in 1..=30 {
            let mut totals = DayTotals::none(jiff::civil::date(2026, 11, day));
            totals.statuses = vec![
                (DeliveryStatus::Delivered, 1_000_000),
                (DeliveryStatus::Skipped, 1),
                (DeliveryStatus::Unknown, 1),
            ];
            days.push(totals);
        }
        let mut page = Page::default();
        svg(&mut page, &days);
        let svg = page.done();
        assert_eq!(svg.matches("<title>").count(), 90);
        assert!(!svg.contains("=\"-"), "{svg}");
    }
}
