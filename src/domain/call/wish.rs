//! What a caller wants, what must be known before it is answered, and what was done about it.

use std::fmt;

use crate::domain::command::{DailyWish, When};
use crate::domain::decision::{Reading, Weather};
use crate::domain::forecast::Window;
use crate::domain::place::{Place, Resolution};

/// What came in.
#[derive(Clone, PartialEq, Default)]
pub enum Input {
    /// Nothing: the call begins, or there was silence.
    #[default]
    Silence,
    /// Keys.
    Digits(String),
    /// Words, as the carrier understood them.
    Speech {
        /// The words.
        words: String,
        /// How sure it is, 0 to 1; not always told.
        confidence: Option<f32>,
    },
}

impl fmt::Debug for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Silence => "Silence",
            Self::Digits(_) => "Digits",
            Self::Speech { .. } => "Speech",
        })
    }
}

/// What a caller wants.
#[derive(Debug, Clone, PartialEq)]
pub enum Wish {
    /// The forecast of a place that is known.
    Forecast {
        /// Where.
        place: Place,
        /// When.
        window: Window,
    },
    /// The forecast of a place that is looked up first.
    Find {
        /// Ways to read a place out of what was said or pressed, in the order in which they are tried.
        readings: Vec<Reading>,
        /// When.
        when: Option<When>,
        /// A daily text is wished for it, at a time that was said.
        daily: Option<DailyWish>,
        /// Whether it was heard well.
        sure: bool,
    },
    /// Something that outlives the call.
    Act(Act),
    /// Another place.
    AskPlace,
    /// Nothing yet, from somebody whose number hints at a place.
    Offer {
        /// It.
        place: Place,
    },
    /// Another language; which one is asked.
    Languages,
    /// The same question again.
    Again,
    /// How to stop, from somebody who said no more than "stop".
    HowToStop,
    /// An end of daily texts, from somebody who has none.
    NoneToStop,
    /// Something that takes a text, from somebody who cannot be texted.
    CannotText,
    /// Something that is no answer.
    Unclear,
    /// No answer.
    Silence,
    /// The end.
    Goodbye,
}

/// Something that outlives the call.
#[derive(Debug, Clone, PartialEq)]
pub enum Act {
    /// The forecast by text.
    Text {
        /// Where.
        place: Place,
        /// When.
        window: Window,
    },
    /// The forecast by text every day.
    Daily {
        /// Where.
        place: Place,
        /// At what local time, and what else was said of it; it names no place.
        wish: DailyWish,
    },
    /// No more texts of any kind.
    Stop,
    /// No more daily texts until they are wanted again.
    Pause,
    /// Daily texts again, or all texts after a stop.
    Resume,
}

impl Act {
    /// The key that it stands on.
    #[must_use]
    pub const fn key(&self) -> char {
        match self {
            Self::Text { .. } => '1',
            Self::Daily { .. } => '4',
            Self::Stop | Self::Pause | Self::Resume => '9',
        }
    }
}

impl Wish {
    /// What it comes to when its place was looked up: a daily text of a place that is certain is done.
    #[must_use]
    pub fn with(self, facts: &Facts) -> Self {
        match (self, &facts.resolution) {
            (
                Self::Find {
                    daily: Some(wish),
                    sure: true,
                    ..
                },
                Some(Resolution::Certain(one)),
            ) => Self::Act(Act::Daily {
                place: one.place.clone(),
                wish,
            }),
            (wish, _) => wish,
        }
    }

    /// The place whose weather is needed, as far as it is known before anything was looked up.
    #[must_use]
    pub const fn place(&self) -> Option<&Place> {
        match self {
            Self::Forecast { place, .. } | Self::Act(Act::Text { place, .. }) => Some(place),
            _ => None,
        }
    }
}

/// What was fetched and done.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Facts {
    /// What [`Wish::Find`] found.
    pub resolution: Option<Resolution>,
    /// By which of its readings.
    pub reading: usize,
    /// The weather of the place, where it is certain.
    pub weather: Option<Weather>,
    /// What came of [`Wish::Act`].
    pub done: Option<Done>,
}

/// What came of an act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// A text is on its way.
    Texted,
    /// A text goes out as soon as the weather is in.
    Promised,
    /// A daily text is set.
    Subscribed,
    /// Everything is stopped.
    Stopped,
    /// The daily texts are.
    Paused,
    /// Texts come again.
    Resumed,
    /// Daily texts come again.
    ResumedDaily,
    /// There is no weather for that place or time.
    NoWeather,
    /// They had as many texts as one phone may have in an hour.
    TooManyTexts,
    /// They have as many daily texts as one phone may have.
    TooManyDaily,
    /// Our database failed: nothing was done.
    Failed,
}
