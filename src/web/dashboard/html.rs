//! HTML as text: what is not ours is escaped, times are the operator's, numbers and durations are for people.

use std::fmt::Write;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::flow::Figures;

/// A page as it grows.
#[derive(Default)]
pub(super) struct Page(String);

impl Page {
    /// Markup of our own.
    pub(super) fn raw(&mut self, markup: &str) {
        self.0.push_str(markup);
    }

    /// A text, escaped.
    pub(super) fn text(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                '\'' => self.0.push_str("&#39;"),
                c => self.0.push(c),
            }
        }
    }

    /// Markup with numbers of our own in it.
    pub(super) fn put(&mut self, markup: std::fmt::Arguments<'_>) {
        let _ = self.0.write_fmt(markup);
    }

    /// An element with a text in it.
    pub(super) fn element(&mut self, tag: &str, attributes: &str, text: &str) {
        let space = if attributes.is_empty() { "" } else { " " };
        self.put(format_args!("<{tag}{space}{attributes}>"));
        self.text(text);
        self.put(format_args!("</{tag}>"));
    }

    /// A text in which `words` in backquotes are commands.
    pub(super) fn with_commands(&mut self, text: &str) {
        for (i, part) in text.split('`').enumerate() {
            if i % 2 == 1 {
                self.element("code", "", part);
            } else {
                self.text(part);
            }
        }
    }

    /// All of it.
    pub(super) fn done(self) -> String {
        self.0
    }
}

/// 07:05, in the operator's zone.
pub(super) fn clock_time(figures: &Figures, at: Timestamp) -> String {
    time_there(&figures.zone, at)
}

/// 07:05 today, `tomorrow 07:05`, or with its date.
pub(super) fn day_and_time(figures: &Figures, at: Timestamp) -> String {
    when(&figures.zone, figures.at, at)
}

/// The same, by any zone and present.
pub(super) fn when(zone: &TimeZone, now: Timestamp, at: Timestamp) -> String {
    let date = |at: Timestamp| at.to_zoned(zone.clone()).date();
    let (today, then) = (date(now), date(at));
    let time = time_there(zone, at);
    if then == today {
        time
    } else if today.tomorrow().is_ok_and(|tomorrow| tomorrow == then) {
        format!("tomorrow {time}")
    } else if today.yesterday().is_ok_and(|yesterday| yesterday == then) {
        format!("yesterday {time}")
    } else {
        format!("{then} {time}")
    }
}

fn time_there(zone: &TimeZone, at: Timestamp) -> String {
    let there = at.to_zoned(zone.clone());
    there.strftime("%H:%M").to_string()
}

/// The operator's zone; a system that does not know its own has UTC.
pub(super) fn zone_name(figures: &Figures) -> &str {
    match figures.zone.iana_name() {
        None | Some("Etc/Unknown" | "Etc/UTC") => "UTC",
        Some(name) => name,
    }
}

/// 40 s, 12 min, 2 h 5 min, 3 days.
pub(super) fn lasting(duration: SignedDuration) -> String {
    let seconds = duration.as_secs().max(0);
    match (seconds / 60, seconds / 3_600) {
        (0, _) => format!("{seconds} s"),
        (minutes, 0) => format!("{minutes} min"),
        (minutes, hours @ 1..=47) if minutes % 60 == 0 => format!("{hours} h"),
        (minutes, hours @ 1..=47) => format!("{hours} h {} min", minutes % 60),
        (_, hours) => format!("{} days", hours / 24),
    }
}

/// 12,345.
pub(super) fn number(n: u64) -> String {
    let digits = n.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// `1 text`, `2,000 texts`.
pub(super) fn several(n: u64, one: &str, more: &str) -> String {
    format!("{} {}", number(n), if n == 1 { one } else { more })
}

#[cfg(test)]
mod tests;
