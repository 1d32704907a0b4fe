//! What must be fetched before deciding: places to look up, a place whose weather is wanted.

use jiff::Timestamp;

use super::super::command::intent::is_known;
use super::super::command::words::fold;
use super::super::command::{Command, PlaceText};
use super::super::decision::Inbound;
use super::super::facts::{Needs, Reading, Rules, Trust};
use super::super::place::{Place, PlaceQuery};
use super::super::subscriber::{Standing, Subscriber};
use super::mine::called;
use super::turn::meant_place;
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
    match understand(command.clone(), me, &inbound.body, now) {
        Meaning::Command(command, chosen) => {
            let mine = meant_place(me, &inbound.body, now);
            search.of_command(&command, chosen.place, me, mine)
        }
        _ => Needs::default(),
    }
}

struct Search<'a> {
    inbound: &'a Inbound,
    template: PlaceQuery,
}

impl Search<'_> {
    fn of_command(
        &self,
        command: &Command,
        chosen: Option<Place>,
        me: &Subscriber,
        mine: Option<&Place>,
    ) -> Needs {
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
                Some(place) if place.inside.is_about_mine() => {
                    self.or_own(self.lookup(place, true), mine)
                }
                Some(place) => self.lookup(place, true),
                None => self.own(mine),
            },
            Command::More => self.own(me.last_place.as_ref().or_else(|| me.own_place())),
            Command::Daily(wish) => self.optional(wish.place.as_ref()),
            Command::Place { place } | Command::Move { place, .. } | Command::CallMe(place) => {
                self.optional(place.as_ref())
            }
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
        let inside = &place.inside;
        let wide = inside
            .wide
            .iter()
            .map(|wide| self.reading(&wide.name.text, wide.name.words.clone()));
        let as_it_stands = inside.names.first().is_none_or(|name| *name == place.text);
        let is_talk = inside.is_nameless() && inside.asks && !inside.is_led;
        let plain = (!place.text.is_empty() && !is_talk).then(|| Reading {
            trust: if inside.is_nameless() || (inside.is_sentence && !as_it_stands) {
                Trust::Sure
            } else {
                Trust::Any
            },
            ..self.reading(&place.text, Vec::new())
        });
        let names = inside.names.iter().enumerate();
        let parts = names
            .filter(|(_, name)| **name != place.text)
            .map(|(nth, name)| Reading {
                trust: match (nth, inside.is_led, inside.is_sentence || inside.asks) {
                    (0, true, _) if is_strange(name) => Trust::Any,
                    (_, _, true) => Trust::Sure,
                    _ => Trust::IfNothing,
                },
                ..self.reading(name, Vec::new())
            });
        let behind = inside
            .behind
            .iter()
            .filter(|behind| inside.is_sentence && !inside.names.contains(behind))
            .map(|behind| Reading {
                trust: Trust::Sure,
                ..self.reading(behind, Vec::new())
            });
        let parts: Vec<Reading> = behind.chain(parts).collect();
        // What stands in a sentence is found before a name that is like the whole of it.
        let words = |text: &str| text.split_whitespace().count();
        let longer = inside
            .names
            .first()
            .is_some_and(|name| words(&place.text) > words(name) + 1);
        let (first, last) = if inside.is_sentence && longer {
            (parts, Vec::new())
        } else {
            (Vec::new(), parts)
        };
        Needs {
            readings: whole
                .chain(wide)
                .chain(first)
                .chain(plain)
                .chain(last)
                .collect(),
            weather,
            ..Needs::default()
        }
    }

    /// A question about the weather that names no place is about mine.
    fn or_own(&self, looked_up: Needs, own: Option<&Place>) -> Needs {
        let own = self.own(own);
        let hints = own.readings.into_iter().map(|reading| Reading {
            trust: Trust::Hint,
            ..reading
        });
        Needs {
            readings: looked_up.readings.into_iter().chain(hints).collect(),
            place: own.place,
            weather: true,
            else_place: true,
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
            weather: true,
            ..Needs::default()
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
            weather: true,
            ..Needs::default()
        }
    }

    fn reading(&self, text: &str, only_if_named: Vec<String>) -> Reading {
        Reading {
            query: PlaceQuery {
                text: text.chars().take(80).collect(),
                ..self.template.clone()
            },
            only_if_named,
            trust: Trust::Any,
        }
    }
}

/// Whether the phrasebook has not all of its words, so that it may be a mistyped name.
fn is_strange(name: &str) -> bool {
    fold(name).split(' ').any(|word| !is_known(word))
}
