//! What must be known before an inbound text is answered, and what was found: plain data.

use std::sync::Arc;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use super::command::words;
use super::compose::Recent;
use super::delivery::DeliveryStatus;
use super::forecast::Forecast;
use super::language::Language;
use super::phone::Country;
use super::place::{Place, PlaceQuery, Resolution};
use super::schedule::SendTime;

/// The operator's rules for answering.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    /// Whether the carrier answers STOP, START and HELP itself.
    pub answers_keywords: bool,
    /// When a daily text comes if no time was given.
    pub default_time: SendTime,
    /// How many segments a forecast may have.
    pub max_segments: usize,
    /// Whose numbers are answered; empty: everybody's.
    pub countries: Vec<Country>,
    /// Answers to one sender in an hour.
    pub replies_per_sender_per_hour: u32,
    /// Our own number in E.164, never answered.
    pub own_number: Option<String>,
}

/// What must be fetched before deciding.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Needs {
    /// Ways to read a place out of the text, in the order in which they are tried: see [`Needs::resolve`].
    pub readings: Vec<Reading>,
    /// A place that is known already.
    pub place: Option<Place>,
    /// Whether its weather is wanted.
    pub weather: bool,
    /// Whether that place counts as well when the readings are no place.
    pub else_place: bool,
}

/// One way to read a place out of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// What to look up.
    pub query: PlaceQuery,
    /// Words that are usually no part of a name (`friday`, `show`): the reading counts only when the place's name has them
    /// (Friday Harbor, Show Low). Empty: it counts as it is.
    pub only_if_named: Vec<String>,
    /// How much it is worth.
    pub trust: Trust,
}

/// What a reading is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Trust {
    /// Also a place that is only like it counts.
    #[default]
    Any,
    /// Only a place of that very name, rightly written.
    Sure,
    /// The same, and only where the readings before are like no place at all.
    IfNothing,
    /// The same again: it is no place from the text, but where the number comes from.
    Hint,
}

/// What was fetched. *Unavailable* is a fact too.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Facts {
    /// What the typed place means.
    pub resolution: Option<Resolution>,
    /// Which of [`Needs::readings`] it answers.
    pub reading: usize,
    /// Whether that one is only where the number comes from.
    pub hinted: bool,
    /// The weather, and of which place.
    pub weather: Option<(Place, Weather)>,
    /// How the last daily text of this phone ended.
    pub last: Option<LastDelivery>,
    /// Whether all that is kept of this phone is that it left: what was set is erased.
    pub is_forgotten: bool,
    /// The language that the words of the text show.
    pub heard: Option<Language>,
    /// Texts that were written a moment ago.
    pub recent: Arc<Recent>,
}

/// The weather of a place, or why there is none.
#[derive(Debug, Clone, PartialEq)]
pub enum Weather {
    /// Here it is.
    Ready(Arc<Forecast>),
    /// Not in by the deadline.
    Late,
    /// The services are down.
    Down,
    /// They have none for this place.
    NoData,
}

/// How a daily text ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LastDelivery {
    /// Its local date.
    pub date: Date,
    /// How far it travelled.
    pub status: DeliveryStatus,
}

impl Needs {
    /// Looks the readings up, in order, and keeps the first that is a place; a reading that yields only guesses counts
    /// when none is better. No reading: no resolution.
    pub fn resolve(&self, mut look_up: impl FnMut(&PlaceQuery) -> Resolution) -> Facts {
        let mut best: Option<(usize, Resolution)> = None;
        for (index, reading) in self.readings.iter().enumerate() {
            let like_a_place = best
                .as_ref()
                .is_some_and(|(_, kept)| !kept.places().is_empty());
            if like_a_place && matches!(reading.trust, Trust::IfNothing | Trust::Hint) {
                continue;
            }
            let found = look_up(&reading.query);
            // Inside of a sentence only what is written like the place: every third word is like some name.
            let like = matches!(&found, Resolution::Certain(one) if one.is_typo)
                && matches!(reading.trust, Trust::Sure | Trust::IfNothing);
            let sure = matches!(found, Resolution::Certain(_) | Resolution::Choice(_)) && !like;
            let counts = (reading.only_if_named.is_empty() || reading.is_named_so(&found))
                && (sure || reading.trust == Trust::Any);
            if counts && sure {
                best = Some((index, found));
                break;
            }
            let better = match &best {
                None => true,
                Some((_, kept)) => kept.places().is_empty() && !found.places().is_empty(),
            };
            if counts && better {
                best = Some((index, found));
            }
        }
        let (reading, resolution) = match best {
            Some((index, found)) => (index, Some(found)),
            None if self.readings.is_empty() => (0, None),
            None => (0, Some(Resolution::None)),
        };
        let hinted = resolution
            .as_ref()
            .is_some_and(|found| !found.places().is_empty())
            && self
                .readings
                .get(reading)
                .is_some_and(|reading| reading.trust == Trust::Hint);
        Facts {
            resolution,
            reading,
            hinted,
            ..Facts::default()
        }
    }

    /// The place whose weather is wanted, now that the readings were looked up.
    #[must_use]
    pub fn spot(&self, facts: &Facts) -> Option<Place> {
        if !self.weather {
            return None;
        }
        match &facts.resolution {
            Some(Resolution::Certain(one)) => Some(one.place.clone()),
            Some(found) if found.places().is_empty() && self.else_place => self.place.clone(),
            Some(_) => None,
            None => self.place.clone(),
        }
    }
}

impl Reading {
    fn is_named_so(&self, found: &Resolution) -> bool {
        found.places().first().is_some_and(|candidate| {
            let name = words::fold(&candidate.place.name);
            let words: Vec<&str> = name.split_whitespace().collect();
            self.only_if_named
                .iter()
                .all(|wanted| words.contains(&wanted.as_str()))
        })
    }
}

/// How long a numbered choice or a question of ours waits for its answer.
pub const QUESTION_WAITS: SignedDuration = SignedDuration::from_mins(30);

/// Whether an instant lies less than `span` before `now`.
#[must_use]
pub fn within(at: Timestamp, span: SignedDuration, now: Timestamp) -> bool {
    now.duration_since(at) < span
}
