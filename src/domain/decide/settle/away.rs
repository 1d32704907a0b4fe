//! Breaks and trips in people's own words.

use super::super::super::command::intent::{Heard, Intent};
use super::super::super::command::{Command, Span, TripWish, When, Which};
use super::super::super::forecast::Window;
use super::super::super::zone::Zone;
use super::super::mine::called;
use super::bench::Bench;
use super::mine;
use super::wish::text_of;

impl Bench<'_> {
    pub(super) fn pause(&mut self) -> Command {
        let which = match mine::to_end(self.me, &self.said.plain_words()).as_slice() {
            [one] => mine::which(self.me, *one),
            _ => self.which(),
        };
        let today = self.today();
        let span = self.said.span(today);
        if span.is_none() {
            let day = self.said.when();
            if let Some(When::Window(Window::Tomorrow | Window::Weekday(_)) | When::InDays(_)) = day
                && self.said.len() <= 8
            {
                return Command::Skip { which, day };
            }
            if let Some(When::Window(Window::Weekend | Window::Week)) = day {
                let span = Some(Span::Until(jiff::civil::Weekday::Monday));
                return Command::Pause { which, span };
            }
        }
        Command::Pause { which, span }
    }

    /// What looks like an auto-reply, and is somebody's who is away, or asks for the weather there.
    pub(super) fn of_a_machine(&mut self, heard: &Heard) -> Option<Command> {
        const REPLIES: [&str; 36] = [
            "urgent",
            "urgently",
            "contact",
            "respond",
            "responding",
            "reply",
            "replying",
            "response",
            "email",
            "emails",
            "e mail",
            "mail",
            "desk",
            "colleague",
            "limited access",
            "dringend",
            "dringenden",
            "wenden",
            "antworten",
            "kollege",
            "kollegin",
            "urgence",
            "urgences",
            "urgente",
            "urgenze",
            "urgencias",
            "contactez",
            "repondrai",
            "collegue",
            "contacte",
            "contactar",
            "responder",
            "contattare",
            "rispondero",
            "contato",
            "respondere",
        ];
        let (best, odds) = heard.best();
        let machine = heard.odds(Intent::Machine);
        let place = !self.places_in().is_empty();
        if best == Intent::Forecast && odds >= 0.55 && machine < 0.3 && (place || self.asks) {
            return self.asked();
        }
        let away = heard.odds(Intent::Pause) >= 0.6 && machine < 0.25;
        let mine = !self.me.subscriptions.is_empty();
        (away && mine && !self.said.has_any(&REPLIES)).then(|| self.pause())
    }

    /// "Santa Fe till Tuesday": not without the weather there.
    pub(super) fn stay(&mut self) -> Option<Command> {
        let span = self.said.span(self.today())?;
        let there = !self.me.subscriptions.is_empty() && !self.names_mine() && self.said.len() <= 6;
        let place = there.then(|| self.first_name()).flatten()?;
        Some(Command::Trip(TripWish {
            place: Some(text_of(place)),
            span: Some(span),
            over: false,
        }))
    }

    /// The place with whose name the text begins.
    fn first_name(&self) -> Option<String> {
        let words: Vec<&str> = self.said.typed().split_whitespace().take(3).collect();
        (1..=words.len())
            .rev()
            .map(|end| words[..end].join(" "))
            .find(|name| self.look_up.is_some() && self.is_a_place(name))
    }

    pub(super) fn skip(&mut self) -> Command {
        let which = self.which();
        let day = self.said.when();
        if let Some(When::Window(Window::Weekend | Window::Week)) = day {
            let span = Some(Span::Until(jiff::civil::Weekday::Monday));
            return Command::Pause { which, span };
        }
        let weekday = self
            .said
            .weekday()
            .map(|day| When::Window(Window::Weekday(day)));
        let day = match day {
            Some(When::Window(Window::Now | Window::Tonight | Window::Hours)) | None => weekday,
            day => day,
        };
        Command::Skip { which, day }
    }

    pub(super) fn resume(&self) -> Command {
        let away = self.me.subscriptions.iter().any(|mine| mine.trip.is_some());
        if away {
            return Command::Trip(TripWish {
                over: true,
                ..TripWish::default()
            });
        }
        Command::Resume {
            which: match self.which() {
                Which::All => Which::Unsaid,
                which => which,
            },
        }
    }

    pub(super) fn trip(&mut self) -> Option<Command> {
        let today = self.today();
        let span = self.said.span(today);
        // "Kansas City instead of Denver": not where they are at home.
        let own = |name: &String| !called(&self.me.subscriptions, name).is_empty();
        let places = self.places_in();
        let place = places
            .iter()
            .find(|name| !own(name))
            .or(places.first())
            .cloned();
        if place.is_none() && self.said.names().iter().all(|name| !name.is_strange) {
            let Some(span) = span else {
                // "I'm headed out on a trip": how it is said.
                return Some(Command::Trip(TripWish::default()));
            };
            return Some(Command::Pause {
                which: self.which(),
                span: Some(span),
            });
        }
        let place = place.or_else(|| {
            let names = self.said.names();
            names
                .into_iter()
                .find(|name| name.is_strange)
                .map(|name| name.text)
        });
        Some(Command::Trip(TripWish {
            place: place.map(text_of),
            span,
            over: false,
        }))
    }

    pub(super) fn today(&self) -> jiff::civil::Date {
        let zone = self
            .me
            .own_place()
            .map_or_else(Zone::utc, |place| place.zone.clone());
        self.now.to_zoned(zone.rules().clone()).date()
    }
}
