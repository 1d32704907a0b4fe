//! The ask for a forecast, and the doors to its wording.

use jiff::Timestamp;

use super::spoken::forecast;
use super::telling::Page;
use super::written::clock::ClockStyle;
use super::written::message;
use crate::domain::forecast::{Forecast, Window};
use crate::domain::language::Language;
use crate::domain::phone::Country;
use crate::domain::place::Place;
use crate::domain::subscriber::Units;

/// What is asked for, and for whom.
#[derive(Debug, Clone)]
pub struct Ask<'a> {
    /// Of which place.
    pub place: &'a Place,
    /// Of which time.
    pub window: Window,
    /// In which units.
    pub units: Units,
    /// In which language.
    pub language: Language,
    /// By which clock.
    pub clock: ClockStyle,
    /// The reader's country: a place elsewhere is named with its own. `None`: without.
    pub reader: Option<Country>,
    /// The present.
    pub now: Timestamp,
    /// Septets that the text may have; 160 are one message.
    pub room: usize,
}

/// Why there is no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoText {
    /// The forecast does not cover the window.
    NoData,
}

/// The text for a window, the place first. It fits `room` GSM-7 septets, or the same share of 70 units where the place has
/// no Latin name.
///
/// # Errors
/// [`NoText::NoData`] when the forecast says nothing of the window.
pub fn forecast_text(forecast: &Forecast, ask: &Ask<'_>) -> Result<String, NoText> {
    message::write(&Page::new(forecast, ask)).ok_or(NoText::NoData)
}

/// The morning text: the day that lies ahead at `ask.now`, whatever the window asked for.
///
/// # Errors
/// [`NoText::NoData`] when the forecast says nothing of the day.
pub fn daily_text(forecast: &Forecast, ask: &Ask<'_>) -> Result<String, NoText> {
    let today = Ask {
        window: Window::Today,
        ..ask.clone()
    };
    forecast_text(forecast, &today)
}

/// The same facts to be read aloud: whole words, numbers and units spelled, under 45 seconds. `clock` and `room` do not
/// matter.
///
/// # Errors
/// [`NoText::NoData`] when the forecast says nothing of the window.
pub fn spoken_text(forecast: &Forecast, ask: &Ask<'_>) -> Result<String, NoText> {
    forecast::speak(&Page::new(forecast, ask)).ok_or(NoText::NoData)
}
