//! Places: what was typed, and the spot on earth it means.

use super::phone::Country;
use super::zone::Zone;

/// Degrees north and east (WGS 84).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Coordinates {
    latitude: f64,
    longitude: f64,
}

impl Coordinates {
    /// `None` unless the latitude lies in -90..=90 and the longitude in -180..=180.
    #[must_use]
    pub fn new(latitude: f64, longitude: f64) -> Option<Self> {
        ((-90.0..=90.0).contains(&latitude) && (-180.0..=180.0).contains(&longitude)).then_some(
            Self {
                latitude,
                longitude,
            },
        )
    }

    /// Degrees north.
    #[must_use]
    pub const fn latitude(&self) -> f64 {
        self.latitude
    }

    /// Degrees east.
    #[must_use]
    pub const fn longitude(&self) -> f64 {
        self.longitude
    }
}

/// A resolved spot: where a forecast is for, and which clock its people live by.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// As people write it, in any script: `Köln`. Wording transliterates it.
    pub name: String,
    /// State or region as people say it, where it helps to tell places apart: `California`.
    pub admin1: Option<String>,
    /// The short form of `admin1` where people use one: `CA`, `NSW`.
    pub admin1_code: Option<String>,
    /// Its country.
    pub country: Country,
    /// Where it is.
    pub coordinates: Coordinates,
    /// Metres above the sea, where known.
    pub elevation_m: Option<i16>,
    /// Its clock.
    pub zone: Zone,
}

/// What somebody typed for a place, with what is known about the sender.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PlaceQuery {
    /// As typed.
    pub text: String,
    /// The sender's country: a soft preference, and whose postcodes come first.
    pub country: Option<Country>,
    /// The state of the sender's number (`CA`), a tie-break between towns of one name only.
    pub state: Option<String>,
}

/// A place with how well it fits what was typed.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// The place.
    pub place: Place,
    /// Comparable within one resolution only; higher fits better.
    pub score: f32,
    /// Whether it is only like what was typed: typing errors had to be forgiven.
    pub is_typo: bool,
}

/// What a typed place means. `Choice` and `Guess` carry 1 to 9 candidates, best first.
#[derive(Debug, Clone, PartialEq)]
pub enum Resolution {
    /// This one.
    Certain(Candidate),
    /// Several well-known ones of that name.
    Choice(Vec<Candidate>),
    /// Nothing of that name; perhaps one of these.
    Guess(Vec<Candidate>),
    /// Not a place that we know.
    None,
}

impl Resolution {
    /// The candidates, best first.
    #[must_use]
    pub fn places(&self) -> &[Candidate] {
        match self {
            Self::Certain(one) => std::slice::from_ref(one),
            Self::Choice(many) | Self::Guess(many) => many,
            Self::None => &[],
        }
    }

    /// `certain`, `choice`, `guess` or `none`.
    #[must_use]
    pub const fn outcome(&self) -> &'static str {
        match self {
            Self::Certain(_) => "certain",
            Self::Choice(_) => "choice",
            Self::Guess(_) => "guess",
            Self::None => "none",
        }
    }
}
