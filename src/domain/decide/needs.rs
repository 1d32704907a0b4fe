//! What must be fetched before deciding: places to look up, a place whose weather is wanted.

use jiff::Timestamp;

use super::super::command::words::fold;
use super::super::command::{Command, PlaceText};
use super::super::decision::Inbound;
use super::super::facts::{Needs, Reading, Rules};
use super::super::place::{Place, PlaceQuery};
use super::super::subscriber::{Standing, Subscriber};
use super::mine::called;
use super::understanding::{Meaning, understand};

/// Pure: from the text and the subscriber as last saved.
#[must_use]
pub fn needs(
    command: &Command,
    subscriber: Option<&Subscriber>,
    inbound: &Inbound,
    rules: &Rules,
    now: Timestamp,
) -> Needs {
    let sender = &inbound.sender;
    let country = subscriber
        .and_then(|s| s.country)
        .or(sender.country)
        .or_else(|| sender.phone.country());
    let allowed = rules.countries.is_empty()
        || country.is_some_and(|country| rules.countries.contains(&country));
    let stopped = subscriber.is_some_and(|s| matches!(s.standing, Standing::Stopped { .. }));
    let only_media = inbound.body.trim().is_empty() && inbound.media > 0;
    if inbound.opt_out.is_some() || !allowed || stopped || only_media {
        return Needs::default();
    }
    let search = Search {
        inbound,
        template: PlaceQuery {
            text: String::new(),
            country,
            state: sender.state.clone(),
        },
    };
    let blank = Subscriber::new(sender.phone.clone(), sender.country, now);
    let me = subscriber.unwrap_or(&blank);
    match understand(command.clone(), me, now) {
        Meaning::Command(command, chosen) => search.of_command(&command, chosen.place, me),
        _ => Needs::default(),
    }
}

struct Search<'a> {
    inbound: &'a Inbound,
    template: PlaceQuery,
}

impl Search<'_> {
    fn of_command(&self, command: &Command, chosen: Option<Place>, me: &Subscriber) -> Needs {
        let weather = matches!(
            command,
            Command::Forecast(_) | Command::More | Command::EndOne { .. }
        );
        if chosen.is_some() {
            return Needs {
                place: chosen,
                weather,
                ..Needs::default()
            };
        }
        match command {
            Command::Forecast(asked) => match &asked.place {
                Some(place) => self.lookup(place, true),
                None => self.own(me.own_place()),
            },
            Command::More => self.own(me.last_place.as_ref().or_else(|| me.own_place())),
            Command::Daily(wish) => self.optional(wish.place.as_ref()),
            Command::Place { place } => self.optional(place.as_ref()),
            Command::Trip(wish) => self.optional(wish.place.as_ref()),
            Command::EndOne { named, whole, .. } if called(&me.subscriptions, named).is_empty() => {
                self.end_one(named, whole)
            }
            _ => Needs::default(),
        }
    }

    fn optional(&self, place: Option<&PlaceText>) -> Needs {
        place.map_or_else(Needs::default, |place| self.lookup(place, false))
    }

    fn lookup(&self, place: &PlaceText, weather: bool) -> Needs {
        let whole = place
            .whole
            .iter()
            .map(|whole| self.reading(&whole.text, whole.words.clone()));
        let plain = (!place.text.is_empty()).then(|| self.reading(&place.text, Vec::new()));
        Needs {
            readings: whole.chain(plain).collect(),
            place: None,
            weather,
        }
    }

    /// "End Moor" may be a village; else what is named may be a place that is not mine.
    fn end_one(&self, named: &str, whole: &str) -> Needs {
        let inside: Vec<String> = fold(named).split(' ').map(str::to_owned).collect();
        let words: Vec<String> = fold(whole)
            .split(' ')
            .filter(|word| !inside.iter().any(|inner| inner == word))
            .map(str::to_owned)
            .collect();
        let mut readings = Vec::new();
        if !words.is_empty() && words.len() <= 2 {
            readings.push(self.reading(whole, words));
        }
        readings.push(self.reading(named, Vec::new()));
        Needs {
            readings,
            place: None,
            weather: true,
        }
    }

    /// My own place; for somebody that we don't know, the number's postcode or city as a hint.
    fn own(&self, place: Option<&Place>) -> Needs {
        if let Some(place) = place {
            return Needs {
                place: Some(place.clone()),
                weather: true,
                ..Needs::default()
            };
        }
        let sender = &self.inbound.sender;
        let mut readings = Vec::new();
        if let Some(zip) = sender.zip.as_deref().filter(|zip| !zip.trim().is_empty()) {
            readings.push(self.reading(zip, Vec::new()));
        }
        if let Some(city) = sender
            .city
            .as_deref()
            .filter(|city| !city.trim().is_empty())
        {
            let text = match &sender.state {
                Some(state) => format!("{city}, {state}"),
                None => city.to_owned(),
            };
            readings.push(self.reading(&text, Vec::new()));
        }
        Needs {
            readings,
            place: None,
            weather: true,
        }
    }

    fn reading(&self, text: &str, only_if_named: Vec<String>) -> Reading {
        Reading {
            query: PlaceQuery {
                text: text.chars().take(80).collect(),
                ..self.template.clone()
            },
            only_if_named,
        }
    }
}
