//! Values that are stored whole, as JSON, each with its own struct: domain types have no wire form.

use jiff::Timestamp;
use jiff::civil::{Date, Weekday};
use rusqlite::{Error, Result};
use serde::{Deserialize, Serialize};

use super::values::{at, ms};
use crate::domain::decision::FollowUp;
use crate::domain::forecast::Window;
use crate::domain::phone::Country;
use crate::domain::place::{Coordinates, Place};
use crate::domain::subscriber::{Channel, Pending, Question, SubscriptionId, Trip, Units};
use crate::domain::zone::Zone;

/// The text of a stored value.
pub(in crate::store) fn text<W: Serialize>(value: &W) -> Result<String> {
    serde_json::to_string(value).map_err(|error| Error::ToSqlConversionFailure(error.into()))
}

/// A place.
#[derive(Serialize, Deserialize)]
pub(in crate::store) struct PlaceJson {
    name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    admin1: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    admin1_code: Option<String>,
    country: String,
    latitude: f64,
    longitude: f64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    elevation: Option<i16>,
    zone: String,
}

impl PlaceJson {
    pub(in crate::store) fn of(place: &Place) -> Self {
        Self {
            name: place.name.clone(),
            admin1: place.admin1.clone(),
            admin1_code: place.admin1_code.clone(),
            country: place.country.code().to_owned(),
            latitude: place.coordinates.latitude(),
            longitude: place.coordinates.longitude(),
            elevation: place.elevation_m,
            zone: place.zone.name().to_owned(),
        }
    }

    pub(in crate::store) fn place(self) -> Option<Place> {
        Some(Place {
            name: self.name,
            admin1: self.admin1,
            admin1_code: self.admin1_code,
            country: Country::parse(&self.country)?,
            coordinates: Coordinates::new(self.latitude, self.longitude)?,
            elevation_m: self.elevation,
            zone: Zone::named(&self.zone)?,
        })
    }
}

/// Another place for a while.
#[derive(Serialize, Deserialize)]
pub(in crate::store) struct TripJson {
    place: PlaceJson,
    until: String,
}

impl TripJson {
    pub(in crate::store) fn of(trip: &Trip) -> Self {
        Self {
            place: PlaceJson::of(&trip.place),
            until: trip.until.to_string(),
        }
    }

    pub(in crate::store) fn trip(self) -> Option<Trip> {
        let until: Date = self.until.parse().ok()?;
        let place = self.place.place()?;
        Some(Trip { place, until })
    }
}

/// A question that waits for its answer.
#[derive(Serialize, Deserialize)]
#[serde(tag = "question", rename_all = "snake_case")]
pub(in crate::store) enum PendingJson {
    Place {
        options: Vec<PlaceJson>,
        text: String,
        asked_at: i64,
    },
    Subscription {
        options: Vec<i64>,
        text: String,
        asked_at: i64,
    },
    Offered {
        options: Vec<PlaceJson>,
        asked_at: i64,
    },
    Where {
        text: String,
        asked_at: i64,
    },
    HowLong {
        place: PlaceJson,
        asked_at: i64,
    },
    DeleteMe {
        asked_at: i64,
    },
}

impl PendingJson {
    pub(in crate::store) fn of(pending: &Pending) -> Self {
        let asked_at = ms(pending.asked_at);
        match &pending.question {
            Question::Place { options, text } => Self::Place {
                options: options.iter().map(PlaceJson::of).collect(),
                text: text.clone(),
                asked_at,
            },
            Question::Subscription { options, text } => Self::Subscription {
                options: options.iter().map(|id| id.0).collect(),
                text: text.clone(),
                asked_at,
            },
            Question::Offered { options } => Self::Offered {
                options: options.iter().map(PlaceJson::of).collect(),
                asked_at,
            },
            Question::Where { text } => Self::Where {
                text: text.clone(),
                asked_at,
            },
            Question::HowLong { place } => Self::HowLong {
                place: PlaceJson::of(place),
                asked_at,
            },
            Question::DeleteMe => Self::DeleteMe { asked_at },
        }
    }

    pub(in crate::store) fn pending(self) -> Option<Pending> {
        let (question, asked_at): (_, Option<Timestamp>) = match self {
            Self::Place {
                options,
                text,
                asked_at,
            } => {
                let options = options
                    .into_iter()
                    .map(PlaceJson::place)
                    .collect::<Option<_>>()?;
                (Question::Place { options, text }, at(asked_at))
            }
            Self::Subscription {
                options,
                text,
                asked_at,
            } => {
                let options = options.into_iter().map(SubscriptionId).collect();
                (Question::Subscription { options, text }, at(asked_at))
            }
            Self::Offered { options, asked_at } => {
                let options = options
                    .into_iter()
                    .map(PlaceJson::place)
                    .collect::<Option<_>>()?;
                (Question::Offered { options }, at(asked_at))
            }
            Self::Where { text, asked_at } => (Question::Where { text }, at(asked_at)),
            Self::HowLong { place, asked_at } => {
                let place = place.place()?;
                (Question::HowLong { place }, at(asked_at))
            }
            Self::DeleteMe { asked_at } => (Question::DeleteMe, at(asked_at)),
        };
        let asked_at = asked_at?;
        Some(Pending { question, asked_at })
    }
}

/// What a follow-up is to say.
#[derive(Serialize, Deserialize)]
pub(in crate::store) struct AskJson {
    place: PlaceJson,
    window: String,
    units: String,
}

impl AskJson {
    pub(in crate::store) fn of(ask: &FollowUp) -> Self {
        Self {
            place: PlaceJson::of(&ask.place),
            window: window_name(ask.window).to_owned(),
            units: ask.units.name().to_owned(),
        }
    }

    /// The channel is told by the row's kind.
    pub(in crate::store) fn ask(self, channel: Channel) -> Option<FollowUp> {
        Some(FollowUp {
            channel,
            window: WINDOWS
                .into_iter()
                .find(|window| window_name(*window) == self.window)?,
            units: Units::parse(&self.units)?,
            place: self.place.place()?,
        })
    }
}

const WINDOWS: [Window; 14] = [
    Window::Now,
    Window::Today,
    Window::Tonight,
    Window::Tomorrow,
    Window::Weekday(Weekday::Monday),
    Window::Weekday(Weekday::Tuesday),
    Window::Weekday(Weekday::Wednesday),
    Window::Weekday(Weekday::Thursday),
    Window::Weekday(Weekday::Friday),
    Window::Weekday(Weekday::Saturday),
    Window::Weekday(Weekday::Sunday),
    Window::Weekend,
    Window::Week,
    Window::Hours,
];

const fn window_name(window: Window) -> &'static str {
    match window {
        Window::Now => "now",
        Window::Today => "today",
        Window::Tonight => "tonight",
        Window::Tomorrow => "tomorrow",
        Window::Weekday(Weekday::Monday) => "mon",
        Window::Weekday(Weekday::Tuesday) => "tue",
        Window::Weekday(Weekday::Wednesday) => "wed",
        Window::Weekday(Weekday::Thursday) => "thu",
        Window::Weekday(Weekday::Friday) => "fri",
        Window::Weekday(Weekday::Saturday) => "sat",
        Window::Weekday(Weekday::Sunday) => "sun",
        Window::Weekend => "weekend",
        Window::Week => "week",
        Window::Hours => "hours",
    }
}
