//! Everything we say that is no forecast. Each text is one function and fits one GSM-7 segment, whatever stands in it.

mod answers;
mod daily;
mod keeping;
mod labels;
mod leaving;
mod overdue;
#[cfg(test)]
mod tests;

pub use answers::*;
pub use daily::*;
pub use keeping::*;
pub use labels::*;
pub use leaving::*;
pub use overdue::*;

use crate::domain::message::{MessageBody, septets_of, shorten, transliterate};

/// Septets of one segment.
const ROOM: usize = 160;

/// Writes a text around a label and shortens the label, never the words around it, until the text fits one segment.
pub(super) fn around(label: &str, write: impl Fn(&str) -> String) -> String {
    let label = plain(label);
    let mut room = septets_of(&label).unwrap_or(ROOM).min(ROOM);
    let mut text = write(&label);
    while !fits(&text) && room > 4 {
        let over = septets_of(&text).unwrap_or(ROOM).saturating_sub(ROOM);
        room = room.saturating_sub(over.max(1)).max(4);
        text = write(shorten(&label, room).trim_end_matches([',', ' ', ';']));
    }
    text
}

/// Joins as many items as fit one segment into a text; `more` says that there are others.
pub(super) fn listed(items: &[String], between: &str, write: impl Fn(&str) -> String) -> String {
    let whole = write(&items.join(between));
    if fits(&whole) {
        return whole;
    }
    // First every item loses its tail a little, then the last ones go.
    for width in [34, 28, 24, 20, 16] {
        let short: Vec<&str> = items.iter().map(|item| cut(item, width)).collect();
        let text = write(&short.join(between));
        if fits(&text) {
            return text;
        }
    }
    for count in (1..items.len()).rev() {
        let short: Vec<&str> = items[..count].iter().map(|item| cut(item, 24)).collect();
        let text = write(&format!("{}{between}...", short.join(between)));
        if fits(&text) {
            return text;
        }
    }
    write("...")
}

/// Whether it is one GSM-7 segment.
pub(super) fn fits(text: &str) -> bool {
    septets_of(text).is_some_and(|septets| septets <= ROOM)
}

/// The first of several wordings that fits; the last one where none does.
pub(super) fn first_fit(wordings: impl IntoIterator<Item = String>) -> String {
    let mut last = String::new();
    for wording in wordings {
        if fits(&wording) {
            return wording;
        }
        last = wording;
    }
    last
}

fn cut(item: &str, width: usize) -> &str {
    shorten(item, width).trim_end_matches([',', ' ', ';', '('])
}

/// In GSM-7 letters: what has no plain form there is written letter by letter, or left out.
pub(super) fn plain(text: &str) -> String {
    let plain = transliterate(text);
    let latin = if septets_of(&plain).is_some() {
        plain.into_owned()
    } else {
        any_ascii::any_ascii(&plain)
    };
    let gsm: String = latin
        .chars()
        .map(|c| if c == '\n' || c == '\r' { ' ' } else { c })
        .filter(|c| septets_of(c.encode_utf8(&mut [0; 4])).is_some())
        .collect();
    gsm.trim().to_owned()
}

/// The text as it is sent.
#[must_use]
pub fn sendable(text: &str) -> String {
    MessageBody::new(text).into()
}
