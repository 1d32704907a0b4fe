//! Texts that were written a moment ago: on a busy morning many ask the same, and get the same words.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;

use super::forecast::{Ask, NoText, forecast_text};
use super::written::clock::ClockStyle;
use crate::domain::forecast::{Forecast, Window};
use crate::domain::language::Language;
use crate::domain::phone::Country;
use crate::domain::place::Place;
use crate::domain::subscriber::Units;

/// What was asked for within the running minute, and what was written. It knows of no phone; words are the same with it and without.
#[derive(Default)]
pub struct Recent(Mutex<Minute>);

#[derive(Default)]
struct Minute {
    minute: i64,
    count: usize,
    /// By the address of the forecast.
    texts: HashMap<usize, Texts>,
}

struct Texts {
    /// Kept, so that no other forecast takes its address.
    _of: Arc<Forecast>,
    written: Vec<(Key, Result<Arc<str>, NoText>)>,
}

/// All of an [`Ask`] but the moment.
#[derive(PartialEq)]
struct Key {
    place: Place,
    window: Window,
    units: Units,
    language: Language,
    clock: ClockStyle,
    reader: Option<Country>,
    room: usize,
}

impl Recent {
    /// [`forecast_text`] as of the beginning of `ask.now`'s minute.
    ///
    /// # Errors
    /// [`NoText::NoData`] when the forecast says nothing of the window.
    pub fn forecast_text(
        &self,
        forecast: &Arc<Forecast>,
        ask: &Ask<'_>,
    ) -> Result<Arc<str>, NoText> {
        let minute = ask.now.as_second().div_euclid(60);
        let key = Key {
            place: ask.place.clone(),
            window: ask.window,
            units: ask.units,
            language: ask.language,
            clock: ask.clock,
            reader: ask.reader,
            room: ask.room,
        };
        if let Some(known) = self.find(minute, forecast, &key) {
            return known;
        }
        let now = Timestamp::from_second(minute * 60).unwrap_or(ask.now);
        let written = forecast_text(forecast, &Ask { now, ..ask.clone() }).map(Arc::from);
        self.keep(minute, forecast, key, written.clone());
        written
    }

    fn find(
        &self,
        minute: i64,
        forecast: &Arc<Forecast>,
        key: &Key,
    ) -> Option<Result<Arc<str>, NoText>> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let texts = known
            .texts
            .get(&address(forecast))
            .filter(|_| known.minute == minute)?;
        let found = texts.written.iter().find(|(known, _)| known == key);
        found.map(|(_, text)| text.clone())
    }

    fn keep(
        &self,
        minute: i64,
        forecast: &Arc<Forecast>,
        key: Key,
        text: Result<Arc<str>, NoText>,
    ) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.minute != minute || known.count >= MOST {
            *known = Minute {
                minute,
                ..Minute::default()
            };
        }
        known.count += 1;
        let texts = known
            .texts
            .entry(address(forecast))
            .or_insert_with(|| Texts {
                _of: Arc::clone(forecast),
                written: Vec::new(),
            });
        texts.written.push((key, text));
    }
}

fn address(forecast: &Arc<Forecast>) -> usize {
    Arc::as_ptr(forecast).addr()
}

/// Texts kept at most: a few hundred kilobytes.
const MOST: usize = 1_000;

impl fmt::Debug for Recent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recent").finish_non_exhaustive()
    }
}

/// It changes no answer: facts with different ones are the same facts.
impl PartialEq for Recent {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests;
