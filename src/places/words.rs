//! Words that stand around a place's name, and texts that are no place: `data/words.tsv`.

use super::gazetteer::Gazetteer;

/// What a word or phrase is, besides perhaps a name. A word may be several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Class(u64);

impl Class {
    /// The class of a folded word or phrase.
    pub(crate) fn of(gazetteer: &Gazetteer, key: &str) -> Self {
        Self(gazetteer.word_class(key))
    }

    /// "weather in", "bitte", "tomorrow": says nothing about where.
    pub(crate) fn is_filler(self) -> bool {
        self.0 & 1 != 0
    }

    /// "rain", "cold": filler that may be a name as well.
    pub(crate) fn is_weather(self) -> bool {
        self.0 & 2 != 0
    }

    /// A text that is never a place: greetings, thanks, commands.
    pub(crate) fn is_refused(self) -> bool {
        self.0 & 4 != 0
    }

    /// "airport" in some language.
    pub(crate) fn is_airport(self) -> bool {
        self.0 & 8 != 0
    }

    /// A preposition after which a language inflects names.
    pub(crate) fn inflects(self) -> bool {
        self.0 & 16 != 0
    }

    /// An everyday word; a place of that name must be well known to be meant.
    pub(crate) fn is_common(self) -> bool {
        self.0 & 32 != 0
    }

    /// The same of a word that stands alone.
    pub(crate) fn is_everyday(self) -> bool {
        self.0 & 1024 != 0 || self.is_common()
    }

    /// A place that exists in books only.
    pub(crate) fn is_fiction(self) -> bool {
        self.0 & 64 != 0
    }

    /// "weather", "in": what stands beside it is meant as a place.
    pub(crate) fn is_topic(self) -> bool {
        self.0 & 256 != 0
    }

    /// A big airport's code that is an everyday word, too.
    pub(crate) fn is_airport_code(self) -> bool {
        self.0 & 512 != 0
    }

    /// Filler that is a name as well when nothing else is left: "la".
    pub(crate) fn is_name(self) -> bool {
        self.0 & 128 != 0
    }

    /// Whether it may stand beside a place's name and be passed over.
    pub(crate) fn may_be_dropped(self) -> bool {
        self.is_filler() || self.is_weather()
    }
}
