//! ME and MY DATA: what is set, what comes next, how the last one ended, what we keep.

use super::{Line, first_fit, listed, plain, run_on};
use crate::domain::delivery::DeliveryStatus;

/// ME.
#[must_use]
pub fn status(subscriptions: &[Line], next: Option<&str>, last: Option<&str>) -> String {
    let next = next.map_or(String::new(), |next| format!(" Next comes {next}."));
    let last = last.map_or(String::new(), |last| format!(" {last}"));
    let whole = run_on(subscriptions);
    let short = listed(subscriptions, false, |list| format!("{list}.{next}"));
    first_fit([
        format!("Daily: {whole}.{next}{last} TIME, PLACE, DAYS, PAUSE change it, STOP ends all."),
        format!("Daily: {whole}.{next}{last} STOP ends all."),
        format!("Daily: {whole}.{next}{last}"),
        format!("{whole}.{next}{last}"),
        short,
    ])
}

/// ME without a daily text.
#[must_use]
pub fn status_none(place: Option<&str>) -> String {
    let hint = "Text DAILY and a place to get one, STOP for no texts at all.";
    match place {
        Some(place) => first_fit([
            format!("You have no daily text. Your last place is {place}. {hint}"),
            format!("You have no daily text. {hint}"),
        ]),
        None => format!("You have no daily text. {hint}"),
    }
}

/// How the last daily text ended: `Today's was delivered.`
#[must_use]
pub fn last_words(day: &str, status: DeliveryStatus) -> String {
    let whose = match day {
        "today" => "Today's".to_owned(),
        "yesterday" => "Yesterday's".to_owned(),
        day => format!("The one of {day}"),
    };
    let how = match status {
        DeliveryStatus::Pending
        | DeliveryStatus::Attempting
        | DeliveryStatus::Unclear
        | DeliveryStatus::Accepted => "is on its way",
        DeliveryStatus::Sent => "was sent",
        DeliveryStatus::Delivered => "was delivered",
        DeliveryStatus::Undelivered | DeliveryStatus::Failed => "couldn't be delivered",
        DeliveryStatus::Skipped => "was skipped",
        DeliveryStatus::Unknown => "may not have arrived",
    };
    format!("{whose} {how}.")
}

/// What MY DATA says.
#[derive(Debug, Clone, Default)]
pub struct Kept {
    /// `+14155550101`.
    pub phone: String,
    /// `Nov 22, 2026`.
    pub since: String,
    /// `metric`.
    pub units: &'static str,
    /// The last place asked for.
    pub place: Option<String>,
    /// The daily texts.
    pub subscriptions: Vec<Line>,
}

/// Segments that MY DATA may have.
pub const MY_DATA_SEGMENTS: usize = 5;

/// MY DATA: at most five segments.
#[must_use]
pub fn my_data(kept: &Kept) -> String {
    let room = 153 * MY_DATA_SEGMENTS;
    let place = kept.place.as_deref().map_or(String::new(), |place| {
        format!(" Last place: {}.", plain(place))
    });
    let head = format!(
        "weatherline keeps: your number {}, since {}. Units: {}.{place}",
        kept.phone, kept.since, kept.units
    );
    let tail = "Also: your texts and our answers, the log of what was sent, and when and with which words you \
                subscribed or stopped. We share nothing but the coordinates with the weather service. DELETE ME erases all.";
    let fixed = head.len() + tail.len() + 40;
    let mut list = String::new();
    for (at, one) in kept.subscriptions.iter().enumerate() {
        let one = plain(&one.in_full());
        if fixed + list.len() + one.len() > room {
            list.push_str(" and more");
            break;
        }
        if at > 0 {
            list.push_str("; ");
        }
        list.push_str(&one);
    }
    let daily = if list.is_empty() {
        "none".to_owned()
    } else {
        list
    };
    format!("{head} Daily texts: {daily}. {tail}")
}
