//! What needs the operator, and what to do about it; or that nothing does.

use jiff::SignedDuration;

use super::html::{Page, day_and_time, lasting, number, several};
use crate::carrier::codes::meaning;
use crate::domain::canary::Canary;
use crate::domain::delivery::DeliveryStatus;
use crate::flow::{App, Figures};

pub(super) fn write(page: &mut Page, app: &App, figures: &Figures) {
    let mut items = Vec::new();
    items.extend(held(app, figures));
    items.extend(still(app, figures));
    items.extend(behind(app, figures));
    items.extend(canary(figures));
    items.extend(too_many(app, figures));
    items.extend(in_doubt(app, figures));
    items.extend(failing(figures));
    items.extend(refused(app));
    items.extend(spent(app));
    items.extend(unanswered(app));
    items.extend(turned_away(app));
    let class = match items.iter().map(|item| item.grave).max() {
        None => "ok",
        Some(false) => "warn",
        Some(true) => "bad",
    };
    page.put(format_args!(
        "<section class=\"attention {class}\" aria-labelledby=\"h-attention\">"
    ));
    let heading = match items.len() {
        0 => "All is well".to_owned(),
        n => several(
            n.try_into().unwrap_or_default(),
            "thing needs a look",
            "things need a look",
        ),
    };
    page.element("h2", "id=\"h-attention\"", &heading);
    if items.is_empty() {
        page.element("p", "", "Nothing needs you.");
    } else {
        page.raw("<ul>");
        for item in items {
            page.raw("<li>");
            page.element("b", "", &item.what);
            page.raw(" <span>");
            page.with_commands(&item.mend);
            page.raw("</span></li>");
        }
        page.raw("</ul>");
    }
    page.raw("</section>");
}

struct Item {
    /// Something does not work now, or did not.
    grave: bool,
    what: String,
    mend: String,
}

fn held(app: &App, figures: &Figures) -> Option<Item> {
    let hold = app.hold()?;
    let meaning = meaning(hold.code).unwrap_or("Twilio’s error catalogue knows it");
    Some(Item {
        grave: true,
        what: format!(
            "Nothing is sent since {}: Twilio answers {} ({meaning}).",
            day_and_time(figures, hold.since),
            hold.code
        ),
        mend: "Mend it in Twilio’s console or in the configuration; `weatherline check` looks at both. One text is tried now and \
               then (after a minute, a quarter of an hour at most), and when it is taken the others follow by themselves."
            .to_owned(),
    })
}

fn still(app: &App, figures: &Figures) -> Option<Item> {
    let what = match figures.last_tick {
        None => "The daily job has not run yet.".to_owned(),
        Some(at) => {
            let age = app.clock.now().duration_since(at);
            if age < SignedDuration::from_mins(3) {
                return None;
            }
            format!("The daily job last ran {} ago.", lasting(age))
        }
    };
    Some(Item {
        grave: true,
        what,
        mend: "It runs every minute. Look at the log: a full disk or a locked database stops it; else restart the daemon."
            .to_owned(),
    })
}

fn behind(app: &App, figures: &Figures) -> Option<Item> {
    let oldest = figures.stored.oldest_unsent?;
    let waits = app.clock.now().duration_since(oldest);
    if app.hold().is_some() || waits < SignedDuration::from_mins(15) {
        return None;
    }
    Some(Item {
        grave: false,
        what: format!(
            "The longest waiting text has waited for {}.",
            lasting(waits)
        ),
        mend: format!(
            "The sender takes its time: {} at {} a second.",
            several(
                figures.stored.waiting.segments,
                "segment waits",
                "segments wait"
            ),
            app.settings.segments_per_second
        ),
    })
}

fn canary(figures: &Figures) -> Option<Item> {
    let (what, mend) = match figures.canary? {
        Canary::Absent => (
            "The watched phone has no text that comes every day, so nothing is proven.".to_owned(),
            "`weatherline subscriber add NUMBER PLACE`, with the number of `monitoring.canary`: every day, without a condition, not \
             paused.",
        ),
        Canary::Missed { due_at, status } => (
            format!(
                "The watched phone did not get its text of {} in time: {}.",
                day_and_time(figures, due_at),
                status.map_or("it was not made", DeliveryStatus::name)
            ),
            "Others may miss theirs too, whatever the figures below say. `weatherline delivery list --phone` with the number of \
             `monitoring.canary` tells more; is it switched on, does its network give receipts?",
        ),
        Canary::Waiting { .. } | Canary::Delivered { .. } => return None,
    };
    Some(Item {
        grave: true,
        what,
        mend: mend.to_owned(),
    })
}

fn too_many(app: &App, figures: &Figures) -> Option<Item> {
    let limit = SignedDuration::from_mins(i64::from(app.settings.lateness_minutes));
    let burst = figures.bursts.iter().find(|burst| burst.latest > limit)?;
    Some(Item {
        grave: true,
        what: format!(
            "From {} on more falls due than the sender can send: the last of {} would be {} late.",
            day_and_time(figures, burst.begins_at),
            several(burst.texts, "text", "texts"),
            lasting(burst.latest)
        ),
        mend: format!(
            "Past {} they are skipped (`delivery.lateness_minutes`). Get a faster sender, or several in a messaging service, and tell \
             `twilio.segments_per_second`.",
            lasting(limit)
        ),
    })
}

fn in_doubt(app: &App, figures: &Figures) -> Vec<Item> {
    let mut items = Vec::new();
    let unknown = recent(figures, &[DeliveryStatus::Unknown]);
    if unknown > 0 {
        items.push(Item {
            grave: true,
            what: format!(
                "Of {} in the last 24 hours nobody can prove whether it went out.",
                several(unknown, "text", "texts")
            ),
            mend: "They are not sent again, so that nobody gets one twice. `weatherline delivery list --status unknown` lists them; \
                   Twilio’s message log may know more."
                .to_owned(),
        });
    }
    if figures.stored.unclear > 0 {
        items.push(Item {
            grave: false,
            what: format!(
                "{} had no clear answer.",
                several(
                    figures.stored.unclear,
                    "request to send",
                    "requests to send"
                )
            ),
            mend: format!(
                "Nothing to do: what is unclear is held, and after {} s Twilio is asked what became of it.",
                app.settings.settle_seconds
            ),
        });
    }
    if figures.stored.owed > 0 {
        items.push(Item {
            grave: false,
            what: format!(
                "{} for the weather.",
                several(figures.stored.owed, "promised answer waits", "promised answers wait")
            ),
            mend: "They go out by themselves when a weather service answers. If none does for long, look at the log.".to_owned(),
        });
    }
    items
}

fn failing(figures: &Figures) -> Option<Item> {
    use DeliveryStatus::{Delivered, Failed, Sent, Undelivered};
    let failed = recent(figures, &[Failed, Undelivered]);
    let all = failed + recent(figures, &[Sent, Delivered]);
    if failed < 5 || failed * 10 < all {
        return None;
    }
    Some(Item {
        grave: true,
        what: format!(
            "{} of {} texts of the last 24 hours did not arrive.",
            number(failed),
            number(all)
        ),
        mend: "The failures below say why, each with Twilio’s code.".to_owned(),
    })
}

fn refused(app: &App) -> Option<Item> {
    let refused = app.tally.counts().webhooks_refused;
    (refused > 0).then(|| Item {
        grave: false,
        what: format!(
            "{} without a right signature since the start.",
            several(refused, "webhook came", "webhooks came")
        ),
        mend: "Somebody else’s are harmless: they change nothing. If texts go unanswered too, `server.public_url` or the auth token \
               differ from Twilio’s."
            .to_owned(),
    })
}

fn spent(app: &App) -> Option<Item> {
    let spending = app.spending(app.clock.now());
    let all = spending.is_all();
    (all || spending.is_nearly_all()).then(|| Item {
        grave: all,
        what: format!(
            "{} of today’s {} segments are spent, and {} are kept for daily texts.",
            number(spending.spent),
            number(spending.most),
            number(spending.reserved)
        ),
        mend: if all {
            "Texts stay unanswered until midnight UTC. If that many people text you, raise `limits.segments_per_day`."
        } else {
            "When no more are free, texts stay unanswered until midnight UTC. If that many people text you, raise \
             `limits.segments_per_day`."
        }
        .to_owned(),
    })
}

fn unanswered(app: &App) -> Option<Item> {
    let texts = app.tally.counts().texts;
    let of = |outcome| texts.get(outcome).copied().unwrap_or(0);
    let refused = of("budget") + of("range");
    (refused > 0).then(|| Item {
        grave: false,
        what: format!(
            "{} unanswered since the start, for want of segments.",
            several(refused, "text stayed", "texts stayed")
        ),
        mend: "`limits.segments_per_day` is for all, `limits.range_percent` of it for numbers alike but for their last five digits: \
               many of those at once are often a machine."
            .to_owned(),
    })
}

fn turned_away(app: &App) -> Option<Item> {
    let calls = app.tally.counts().call_steps;
    let limited = calls.get("limited").copied().unwrap_or(0);
    (limited > 0).then(|| Item {
        grave: false,
        what: format!(
            "{} turned away since the start, as one too many of a caller.",
            several(limited, "call was", "calls were")
        ),
        mend: "A machine redials, most probably. If it is people, raise `limits.calls_per_caller_per_day`.".to_owned(),
    })
}

/// How many of the last 24 hours are in one of these.
fn recent(figures: &Figures, statuses: &[DeliveryStatus]) -> u64 {
    let of = figures.stored.groups.iter();
    of.filter(|group| group.recent && statuses.contains(&group.status))
        .map(|group| group.count)
        .sum()
}
