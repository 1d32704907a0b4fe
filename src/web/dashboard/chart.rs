//! Today's mornings by hour, as inline SVG and as a table.

use jiff::Timestamp;

use super::html::{Page, number};
use crate::domain::delivery::{DeliveryKind, DeliveryStatus};
use crate::flow::Figures;

/// The parts of a column, from the bottom up: class and name.
const PARTS: [(&str, &str); 5] = [
    ("delivered", "Delivered"),
    ("sent", "Sent"),
    ("planned", "Planned"),
    ("failed", "Failed"),
    ("skipped", "Skipped"),
];

/// Hours of a day, each with its parts.
type Hours = [[u64; PARTS.len()]; 24];

pub(super) fn write(page: &mut Page, figures: &Figures) {
    let hours = hours(figures);
    page.raw("<section class=\"card\" aria-labelledby=\"h-day\"><div class=\"bar\">");
    page.element("h2", "id=\"h-day\"", "Today’s mornings, by hour");
    page.raw("<ul class=\"legend\" aria-hidden=\"true\">");
    for (class, name) in PARTS {
        page.put(format_args!("<li><i class=\"{class}\"></i>{name}</li>"));
    }
    page.raw("</ul></div>");
    let all: u64 = hours.iter().flatten().sum();
    if all == 0 {
        page.element("p", "class=\"quiet\"", "Nobody has a forecast due today.");
    } else {
        page.raw("<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Chart, the same as the table below\">");
        svg(page, &hours, hour_of(figures, figures.at));
        page.raw("</div>");
        table(page, &hours);
    }
    page.raw("</section>");
}

fn hours(figures: &Figures) -> Hours {
    let mut hours = Hours::default();
    for group in &figures.stored.groups {
        let is_morning = matches!(group.kind, DeliveryKind::Daily | DeliveryKind::Call);
        if is_morning && is_today(figures, group.due) {
            hours[hour_of(figures, group.due)][part(group.status)] += group.count;
        }
    }
    for (due, count) in figures.people.iter().flat_map(|people| &people.due) {
        if is_today(figures, *due) {
            hours[hour_of(figures, *due)][PLANNED] += count;
        }
    }
    hours
}

const PLANNED: usize = 2;

const fn part(status: DeliveryStatus) -> usize {
    match status {
        DeliveryStatus::Delivered => 0,
        DeliveryStatus::Accepted | DeliveryStatus::Sent => 1,
        DeliveryStatus::Pending | DeliveryStatus::Attempting | DeliveryStatus::Unclear => PLANNED,
        DeliveryStatus::Undelivered | DeliveryStatus::Failed | DeliveryStatus::Unknown => 3,
        DeliveryStatus::Skipped => 4,
    }
}

fn is_today(figures: &Figures, at: Timestamp) -> bool {
    let date = |at: Timestamp| at.to_zoned(figures.zone.clone()).date();
    date(at) == date(figures.at)
}

fn hour_of(figures: &Figures, at: Timestamp) -> usize {
    let hour = at.to_zoned(figures.zone.clone()).hour();
    usize::try_from(hour).unwrap_or_default().min(23)
}

const LEFT: u64 = 52;
const TOP: u64 = 18;
const HEIGHT: u64 = 170;
const STEP: u64 = 38;
const BAR: u64 = 26;

fn svg(page: &mut Page, hours: &Hours, now: usize) {
    let most = hours.iter().map(|hour| hour.iter().sum::<u64>()).max();
    let top = round_up(most.unwrap_or(1));
    let (width, bottom) = (LEFT + 24 * STEP + 4, TOP + HEIGHT);
    page.put(format_args!(
        "<svg class=\"chart\" viewBox=\"0 0 {width} {}\" aria-hidden=\"true\" focusable=\"false\">",
        bottom + 30
    ));
    page.raw(
        "<defs><pattern id=\"hatch\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" \
         patternTransform=\"rotate(45)\"><rect class=\"hatch-ground\" width=\"6\" height=\"6\"/>\
         <rect class=\"hatch-line\" width=\"2\" height=\"6\"/></pattern></defs>",
    );
    for (share, value) in [(0, 0), (1, top / 2), (2, top)] {
        let y = bottom - HEIGHT * share / 2;
        page.put(format_args!(
            "<line class=\"grid\" x1=\"{LEFT}\" x2=\"{width}\" y1=\"{y}\" y2=\"{y}\"/>\
             <text class=\"axis end\" x=\"{}\" y=\"{}\">{}</text>",
            LEFT - 8,
            y + 4,
            number(value)
        ));
    }
    for (hour, parts) in hours.iter().enumerate() {
        column(page, hour, parts, top, hour == now);
    }
    page.raw("</svg>");
}

fn column(page: &mut Page, hour: usize, parts: &[u64; PARTS.len()], top: u64, is_now: bool) {
    let bottom = TOP + HEIGHT;
    let x = LEFT + u64::try_from(hour).unwrap_or_default() * STEP + (STEP - BAR) / 2;
    let middle = x + BAR / 2;
    if is_now {
        page.put(format_args!(
            "<rect class=\"now\" x=\"{}\" y=\"{TOP}\" width=\"{STEP}\" height=\"{}\" rx=\"4\"/>",
            x - (STEP - BAR) / 2,
            HEIGHT + 26
        ));
    }
    let class = if is_now { "axis is-now" } else { "axis" };
    page.put(format_args!(
        "<text class=\"{class}\" x=\"{middle}\" y=\"{}\">{hour:02}</text>",
        bottom + 19
    ));
    let mut y = bottom;
    for ((class, name), count) in PARTS.into_iter().zip(parts) {
        if *count == 0 {
            continue;
        }
        // A part that is there is seen, however small beside the others.
        let height = (count * HEIGHT / top)
            .max(2)
            .min((y + 2).saturating_sub(TOP));
        y -= height.min(y);
        page.put(format_args!(
            "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{BAR}\" height=\"{height}\">\
             <title>{hour:02}:00 {name}: {}</title></rect>",
            number(*count)
        ));
    }
    let all: u64 = parts.iter().sum();
    if all > 0 {
        page.put(format_args!(
            "<text class=\"count\" x=\"{middle}\" y=\"{}\">{}</text>",
            y.saturating_sub(5),
            number(all)
        ));
    }
}

/// The next round number that holds `most`; all even, for the line in the middle.
pub(super) fn round_up(most: u64) -> u64 {
    if most <= 10 {
        return most.max(1).next_multiple_of(2);
    }
    let mut unit = 1_u64;
    loop {
        for round in [10, 12, 16, 20, 24, 30, 40, 50, 60, 80] {
            let round = unit.saturating_mul(round);
            if most <= round {
                return round;
            }
        }
        unit = unit.saturating_mul(10);
    }
}

fn table(page: &mut Page, hours: &Hours) {
    page.raw("<details><summary>As a table</summary><div class=\"scroll\" tabindex=\"0\"><table><thead><tr><th scope=\"col\">Hour</th>");
    for (_, name) in PARTS {
        page.put(format_args!("<th scope=\"col\" class=\"n\">{name}</th>"));
    }
    page.raw("</tr></thead><tbody>");
    for (hour, parts) in hours.iter().enumerate() {
        if parts.iter().all(|count| *count == 0) {
            continue;
        }
        page.put(format_args!("<tr><th scope=\"row\">{hour:02}:00</th>"));
        for count in parts {
            page.put(format_args!("<td class=\"n\">{}</td>", number(*count)));
        }
        page.raw("</tr>");
    }
    page.raw("</tbody></table></div></details>");
}

#[cfg(test)]
mod tests;
