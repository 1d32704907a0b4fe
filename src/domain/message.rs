//! A text as the carrier bills it: GSM-7 or UCS-2, septets, segments; typographic letters made plain.

mod gsm7;
mod latin;

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::fmt;

use unicode_segmentation::UnicodeSegmentation;

pub use latin::transliterate;

/// How a message travels; one letter outside GSM-7 makes all of it UCS-2 (docs/wire.md#segments).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// Seven bits a letter, 160 of them in one message.
    Gsm7,
    /// Sixteen bits a unit, 70 of them in one message.
    Ucs2,
}

impl Encoding {
    /// Septets or units in a message of one segment.
    #[must_use]
    pub const fn whole(self) -> usize {
        match self {
            Self::Gsm7 => 160,
            Self::Ucs2 => 70,
        }
    }

    /// Septets or units in each segment of a longer message, which carries a header.
    #[must_use]
    pub const fn part(self) -> usize {
        match self {
            Self::Gsm7 => 153,
            Self::Ucs2 => 67,
        }
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Gsm7 => "GSM-7",
            Self::Ucs2 => "UCS-2",
        })
    }
}

/// A text that may be sent, in plain letters wherever there are any for it. Its `Debug` shows measures, not words.
#[derive(Clone, PartialEq, Eq)]
pub struct MessageBody {
    text: String,
    encoding: Encoding,
    size: usize,
    segments: usize,
}

impl MessageBody {
    /// Makes plain what can be made plain ([`transliterate`]) and measures the rest.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let text = transliterate(text).into_owned();
        let (encoding, size) = match septets_of(&text) {
            Some(septets) => (Encoding::Gsm7, septets),
            None => (Encoding::Ucs2, size_of(&text, Encoding::Ucs2)),
        };
        Self {
            segments: segments_of(&text, encoding, size),
            text,
            encoding,
            size,
        }
    }

    /// What is sent.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// GSM-7 or UCS-2.
    #[must_use]
    pub const fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// Septets, or UTF-16 units where it is UCS-2.
    #[must_use]
    pub const fn septets(&self) -> usize {
        self.size
    }

    /// How many segments are billed; 1 for an empty text.
    #[must_use]
    pub const fn segments(&self) -> usize {
        self.segments
    }

    /// Whether it needs no more than that many segments.
    #[must_use]
    pub const fn fits(&self, segments: usize) -> bool {
        self.segments <= segments
    }
}

impl From<MessageBody> for String {
    fn from(body: MessageBody) -> Self {
        body.text
    }
}

impl fmt::Debug for MessageBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { size, encoding, .. } = self;
        write!(f, "MessageBody({size} in {encoding})")
    }
}

/// Septets of the text; `None` when a letter of it is not GSM-7.
#[must_use]
pub fn septets_of(text: &str) -> Option<usize> {
    text.chars().map(gsm7::septets).sum()
}

/// The longest beginning that has room, ended at a word; within a word only where the first is too long already.
/// `room` is in septets, or in UTF-16 units where the beginning is not GSM-7.
#[must_use]
pub fn shorten(text: &str, room: usize) -> &str {
    let text = text.trim();
    let encoding = encoding_of(text);
    if size_of(text, encoding) <= room {
        return text;
    }
    let mut used = 0;
    let mut end = 0;
    for (at, cluster) in text.grapheme_indices(true) {
        used += size_of(cluster, encoding);
        if used > room {
            break;
        }
        end = at + cluster.len();
    }
    let (kept, rest) = text.split_at(end);
    let at_word = rest.starts_with(char::is_whitespace);
    let last_space = kept.rfind(char::is_whitespace);
    let words = match last_space {
        Some(space) if !at_word => &kept[..space],
        _ => kept,
    };
    words.trim_end_matches(|c: char| c.is_whitespace() || ",;:-(".contains(c))
}

fn encoding_of(text: &str) -> Encoding {
    if text.chars().all(|c| gsm7::septets(c).is_some()) {
        Encoding::Gsm7
    } else {
        Encoding::Ucs2
    }
}

fn size_of(text: &str, encoding: Encoding) -> usize {
    match encoding {
        Encoding::Gsm7 => text.chars().filter_map(gsm7::septets).sum(),
        Encoding::Ucs2 => text.encode_utf16().count(),
    }
}

/// `size` is that of the whole text.
fn segments_of(text: &str, encoding: Encoding, size: usize) -> usize {
    if size <= encoding.whole() {
        return 1;
    }
    let sizes: Cow<'_, [usize]> = match encoding {
        Encoding::Gsm7 => text.chars().filter_map(gsm7::septets).collect(),
        Encoding::Ucs2 => text
            .graphemes(true)
            .map(|cluster| size_of(cluster, encoding))
            .collect(),
    };
    let part = encoding.part();
    let mut segments = 1;
    let mut used = 0;
    for &size in sizes.iter() {
        if used + size <= part {
            used += size;
        } else {
            // A cluster longer than a segment cannot move whole; it fills as many as it needs.
            segments += usize::from(used > 0) + (size - 1) / part;
            used = (size - 1) % part + 1;
        }
    }
    segments
}
