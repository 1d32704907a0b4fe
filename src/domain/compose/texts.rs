//! Everything we say that is no forecast, in six languages. Each text is one function and fits one GSM-7 segment, whatever
//! stands in it; the wording is data (`texts/catalogue`).

mod answers;
mod daily;
mod days;
mod echo;
mod keeping;
mod labels;
mod leaving;
mod overdue;
mod say;
#[cfg(test)]
mod tests;

pub use answers::*;
pub use daily::*;
pub use days::{Day, after_resume, next_at, then};
pub use echo::is_ours;
pub use keeping::*;
pub use labels::*;
pub use leaving::*;
pub use overdue::*;

use self::say::Say;
use crate::domain::language::Language;
use crate::domain::message::{MessageBody, septets_of, shorten, transliterate};

/// Septets of one segment.
const ROOM: usize = 160;

/// Writes a text around a label and shortens the label, never the words around it, until the text fits one segment.
pub(super) fn around(label: &str, write: impl Fn(&str) -> String) -> String {
    let label = plain(label);
    let mut text = write(&label);
    let mut room = septets_of(&label).unwrap_or(ROOM);
    while !fits(&text) && room > 1 {
        let excess = septets_of(&text).map_or(1, |septets| septets.saturating_sub(ROOM));
        room = room.saturating_sub(excess.max(1)).max(1);
        text = write(cut(&label, room));
    }
    text
}

/// Joins lines into a text of one segment: in full, else without what is least important, at last not all of them.
pub(super) fn listed(
    language: Language,
    lines: &[Line],
    numbered: bool,
    write: impl Fn(&str) -> String,
) -> String {
    let between = if numbered { ", " } else { "; " };
    let join = |count: usize, form: &dyn Fn(&Line) -> String| {
        let items: Vec<String> = lines
            .iter()
            .take(count)
            .enumerate()
            .map(|(at, line)| {
                if numbered {
                    format!("{} {}", at + 1, form(line))
                } else {
                    form(line)
                }
            })
            .collect();
        items.join(between)
    };
    let whole = write(&join(lines.len(), &Line::in_full));
    if fits(&whole) {
        return whole;
    }
    for width in [ROOM, 28, 24, 20, 18, 16, 14, 12, 10] {
        let text = write(&join(lines.len(), &|line| line.in_brief(width)));
        if fits(&text) {
            return text;
        }
    }
    for count in (1..lines.len()).rev() {
        let some = join(count, &|line| line.in_brief(16));
        let text = write(&Say::AndMore.fill(language, &[("list", &some)]));
        if fits(&text) {
            return text;
        }
    }
    write(Say::Several.text(language))
}

/// An item of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    /// `Lyon`.
    pub place: String,
    /// `7am`, or nothing.
    pub time: String,
    /// `weekdays if rain`, or nothing.
    pub rest: String,
}

impl Line {
    /// A place alone.
    #[must_use]
    pub fn of_place(label: &str) -> Self {
        Self {
            place: plain(label),
            ..Self::default()
        }
    }

    fn in_full(&self) -> String {
        [self.place.as_str(), &self.time, &self.rest]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    }

    fn in_brief(&self, width: usize) -> String {
        let place = cut(&self.place, width);
        if self.time.is_empty() {
            place.to_owned()
        } else {
            format!("{place} {}", self.time)
        }
    }
}

/// Lines one after another, in full.
pub(super) fn run_on(lines: &[Line]) -> String {
    lines
        .iter()
        .map(Line::in_full)
        .collect::<Vec<_>>()
        .join("; ")
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
    let mut gsm = String::with_capacity(text.len());
    for letter in transliterate(text).chars() {
        match letter {
            '\n' | '\r' => gsm.push(' '),
            letter if septets_of(letter.encode_utf8(&mut [0; 4])).is_some() => gsm.push(letter),
            letter if letter.is_alphanumeric() => gsm.push_str(any_ascii::any_ascii_char(letter)),
            _ => {}
        }
    }
    gsm.trim().to_owned()
}

/// The text as it is sent.
#[must_use]
pub fn sendable(text: &str) -> String {
    MessageBody::new(text).into()
}
