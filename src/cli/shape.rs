//! How results are shaped: whole numbers or masked ones, tables or the JSON that scripts read, with documented field names.

use clap::Args;
use serde::Serialize;

use crate::domain::phone::PhoneNumber;
use crate::domain::place::{Candidate, Place};

/// How a list is printed.
#[derive(Debug, Clone, Copy, Args)]
pub(super) struct Shape {
    /// One JSON object a line
    #[arg(long)]
    pub(super) json: bool,
    /// Whole phone numbers
    #[arg(long)]
    pub(super) show_numbers: bool,
}

/// A phone as a list shows it.
pub(super) fn shown(phone: &PhoneNumber, whole: bool) -> String {
    if whole {
        phone.e164().to_owned()
    } else {
        phone.to_string()
    }
}

/// A place, and how well it fits what was asked.
#[derive(Debug, Serialize)]
pub(super) struct PlaceShape<'a> {
    name: &'a str,
    admin1: Option<&'a str>,
    country: &'a str,
    latitude: f64,
    longitude: f64,
    elevation: Option<i16>,
    timezone: &'a str,
    score: f32,
}

impl<'a> From<&'a Candidate> for PlaceShape<'a> {
    fn from(candidate: &'a Candidate) -> Self {
        Self::of(&candidate.place, candidate.score)
    }
}

impl<'a> PlaceShape<'a> {
    /// Of a place with its score.
    pub(super) fn of(place: &'a Place, score: f32) -> Self {
        Self {
            name: &place.name,
            admin1: place.admin1.as_deref(),
            country: place.country.code(),
            latitude: place.coordinates.latitude(),
            longitude: place.coordinates.longitude(),
            elevation: place.elevation_m,
            timezone: place.zone.name(),
            score,
        }
    }
}

/// What a typed place means.
#[derive(Debug, Serialize)]
pub(super) struct ResolutionShape<'a> {
    pub(super) query: &'a str,
    pub(super) outcome: &'a str,
    pub(super) places: Vec<PlaceShape<'a>>,
    /// Why a line of a batch could not be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) error: Option<String>,
}
