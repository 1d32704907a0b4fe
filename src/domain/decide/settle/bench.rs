//! What a text is weighed with: what it says, who says it, which places there are.

use std::cell::RefCell;

use jiff::Timestamp;

use super::super::super::command::intent::{Intent, is_known};
use super::super::super::command::said::Said;
use super::super::super::command::words::is_one_of;
use super::super::super::command::{Asked, Command, Which, misses_texts};
use super::super::super::place::{Place, PlaceQuery, Resolution};
use super::super::super::subscriber::Subscriber;
use super::super::daily::in_full;
use super::super::mine::{called, is_called};
use super::wish::text_of;
use super::{LookUp, Spelling, mine};

/// Everything that a text is weighed with.
#[derive(Clone)]
pub(super) struct Bench<'a> {
    pub(super) said: Said<'a>,
    /// Whether it has a question mark.
    pub(super) asks: bool,
    /// Whether it goes on where the last one ended.
    pub(super) goes_on: bool,
    /// Whether it is written for a machine.
    pub(super) is_code: bool,
    pub(super) me: &'a Subscriber,
    pub(super) template: &'a PlaceQuery,
    pub(super) now: Timestamp,
    pub(super) look_up: Option<LookUp<'a>>,
    /// What was looked up already: the same names are asked for again and again.
    pub(super) found: &'a RefCell<Found>,
}

/// Names that were looked up, and what they are.
pub(super) type Found = Vec<(String, Spelling, Resolution)>;

impl Bench<'_> {
    /// A place of mine by the name that I call it: no choice among its namesakes.
    pub(super) fn of_mine(&self, command: Command) -> Command {
        let Command::Forecast(asked) = &command else {
            return command;
        };
        let typed = asked.place.as_ref().map_or("", |place| place.text.as_str());
        let mine = called(&self.me.subscriptions, typed);
        let [one] = mine.as_slice() else {
            return command;
        };
        let name = self
            .me
            .subscriptions
            .get(*one)
            .map(|mine| in_full(&mine.place));
        let by_time = typed.starts_with(|c: char| c.is_ascii_digit());
        match name {
            Some(name) if !by_time && self.look_up.is_some() => Command::Forecast(Asked {
                place: Some(text_of(name)),
                when: asked.when,
            }),
            _ => command,
        }
    }

    /// "Salta mañana" of somebody who has nothing to skip is a city; "et rennes à 20h" of somebody with a text for Rennes is its time.
    pub(super) fn in_its_sense(&self, command: Command) -> Command {
        let none = self.me.subscriptions.is_empty();
        match &command {
            Command::Skip {
                which: Which::Unsaid,
                day,
            } if none && self.said.len() <= 2 => {
                let first = self
                    .said
                    .plain_words()
                    .first()
                    .map(|word| (*word).to_owned());
                let meant = first.filter(|word| {
                    let found = self.find(word);
                    let best = found.as_ref().and_then(|found| found.places().first());
                    best.is_some_and(|best| best.score >= 7.0)
                });
                match meant {
                    Some(name) => Command::Forecast(Asked {
                        place: Some(text_of(name)),
                        when: *day,
                    }),
                    None => command,
                }
            }
            // "Change city: Modena instead of Bologna".
            Command::Place { place: Some(_) } if self.says_instead() && self.names_mine() => {
                self.clone().moved().unwrap_or(command)
            }
            Command::Forecast(Asked { place: Some(_), .. })
                if !none && !self.asks && self.is_until() =>
            {
                self.clone().trip().unwrap_or(command)
            }
            Command::Forecast(Asked {
                place: Some(place),
                when: None,
            }) if !self.asks && (2..=5).contains(&self.said.len()) => {
                let mine = called(&self.me.subscriptions, &place.text);
                let time = self.said.clone().time().filter(|_| self.said.has_time());
                match (mine.as_slice(), time) {
                    ([one], Some(time)) => Command::Time {
                        which: mine::which(self.me, *one),
                        time: Some(time),
                    },
                    _ => command,
                }
            }
            Command::Forecast(Asked {
                place: Some(place),
                when,
            }) if self.said.len() <= 4 && !self.is_a_place(&place.text) => {
                match self.completed(&place.text) {
                    Some(name) => Command::Forecast(Asked {
                        place: Some(text_of(name)),
                        when: *when,
                    }),
                    None => command,
                }
            }
            _ => command,
        }
    }

    fn says_instead(&self) -> bool {
        self.said.has_any(&[
            "instead of",
            "rather than",
            "statt",
            "anstatt",
            "au lieu de",
            "plutot que",
            "en vez de",
            "en lugar de",
            "invece di",
            "anziche",
            "em vez de",
            "ao inves de",
            "no lugar de",
        ])
    }

    /// Whether a word stands in it that may be a mistyped name: "münchn wochenende".
    fn has_a_strange_name(&self) -> bool {
        let names = self.said.names();
        names.iter().any(|name| {
            name.is_strange
                && name.text.len() > 4
                && !name.text.contains(|c: char| c.is_ascii_digit() || c == ' ')
        })
    }

    /// "Santa Fe till tuesday" of somebody with a daily text: where they are until then.
    fn is_until(&self) -> bool {
        const UNTIL: [&str; 10] = [
            "until", "till", "til", "thru", "bis", "jusqua", "jusquau", "hasta", "fino", "ate",
        ];
        let timed = self.said.clone().span(self.today()).is_some();
        self.said.len() <= 8 && self.said.has_any(&UNTIL) && timed && !self.places_in().is_empty()
    }

    /// Whether one of my places is named.
    pub(super) fn names_mine(&self) -> bool {
        !mine::named(self.me, &self.said.plain_words()).is_empty()
    }

    /// Whether the text speaks of one of several: "mum's", "the 7am one".
    pub(super) fn says_one(&self) -> bool {
        self.said.has_any(&["one", "one of", "eine davon", "eins"]) || self.said.has_an_owner()
    }

    /// Whether a word stands in it that turns what is beside it.
    pub(super) fn turns(&self) -> bool {
        self.said.has_any(&[
            "no", "not", "no more", "stop", "off", "out", "cancel", "drop", "end", "quit", "kill",
            "lose", "keep", "leave", "nicht", "kein", "weg", "raus", "ab", "nur", "plus", "pas",
            "sans", "garde", "enleve", "sin", "quita", "quitalo", "deja", "ya no", "non", "togli",
            "basta", "nao", "tira", "sem", "mehr", "done", "gone",
        ])
    }

    /// Whether something of theirs is paused, or elsewhere, or left out.
    pub(super) fn is_away(&self) -> bool {
        let mut mine = self.me.subscriptions.iter();
        mine.any(|mine| mine.trip.is_some() || mine.pause.is_some() || mine.skip.is_some())
    }

    /// Whether a stretch or a day is said.
    pub(super) fn says_how_long(&self) -> bool {
        let mut said = self.said.clone();
        said.span(self.today()).is_some() || said.when().is_some()
    }

    /// "In Lisbon till Wednesday": somebody with daily texts is somewhere else for a while.
    pub(super) fn stays_somewhere(&self) -> bool {
        !self.me.subscriptions.is_empty() && self.said.clone().span(self.today()).is_some()
    }

    /// How many times as likely an intent is for this phone, with these names of places in the text.
    pub(super) fn prior(&self, intent: Intent, names: &[String], is_asked: bool) -> f32 {
        use Intent as I;
        let mine = self.me.subscriptions.len();
        let named = self.names_mine();
        let place = !names.is_empty();
        let timed = self.said.clone().has_time();
        let away = self
            .me
            .subscriptions
            .iter()
            .any(|mine| mine.trip.is_some() || mine.pause.is_some());
        let of_phone = match intent {
            I::Retime | I::Redays | I::Recondition | I::Pause | I::Skip | I::Resume
                if mine == 0 =>
            {
                0.4
            }
            I::EndOne | I::Move | I::Trip if mine == 0 => 0.3,
            I::EndOne if mine == 1 => 0.5,
            I::EndOne if named => 3.0,
            I::EndOne => 1.6,
            I::Stop if mine > 1 && named => 0.4,
            I::Choose if is_asked => 2.0,
            I::Yes | I::No if is_asked => 1.6,
            I::Choose => 0.5,
            I::Yes => 0.1,
            I::Resume if away => 1.6,
            _ => 1.0,
        };
        let of_text = match intent {
            I::Stop | I::Thanks | I::Greeting | I::No | I::Status if place && !named => 0.5,
            I::Trip | I::Move if !place => 0.5,
            I::Forecast if place => 1.3,
            I::Move if named && place && mine > 0 && self.names_two() => 2.0,
            I::Retime if timed && mine > 0 => 2.0,
            _ => 1.0,
        };
        of_phone * of_text
    }

    /// How many of the words the phrasebook has.
    pub(super) fn known_share(&self) -> f32 {
        let words = self.said.plain_words();
        let known = words.iter().filter(|word| is_known(word)).count();
        known as f32 / words.len().max(1) as f32
    }

    /// Whether the intent can be meant by this phone at all.
    pub(super) fn fits(&self, intent: Intent, has_place: bool, odds: f32) -> bool {
        let none = self.me.subscriptions.is_empty();
        // "<img src=x onerror=…>" wishes for nothing.
        let idle = self.is_code && !has_place;
        if idle && !matches!(intent, Intent::Stop | Intent::Other | Intent::Machine) {
            return false;
        }
        match intent {
            Intent::Choose => self.me.last_place.is_some(),
            Intent::Yes => false,
            Intent::Stop if misses_texts(self.said.typed()) => false,
            Intent::Stop => odds >= 0.9 || !(self.is_rain_that_stops() || self.is_like_a_name()),
            Intent::Other => !(self.goes_on && has_place),
            Intent::EndOne => {
                let named = !mine::named(self.me, &self.said.plain_words()).is_empty();
                !none && (named || odds >= 0.6)
            }
            Intent::Call => !self.said.has_any(&[
                "dont call",
                "do not call",
                "no calls",
                "not call",
                "nicht anrufen",
                "kein anruf",
                "pas appeler",
                "no me llames",
                "non chiamare",
                "non chiamarmi",
                "nao me liga",
                "nao ligue",
            ]),
            Intent::Language => self.said.units().is_none() || self.said.language().is_none(),
            Intent::Thanks | Intent::Greeting if has_place => !self.names_a_town(),
            Intent::Thanks | Intent::Greeting => !self.said.typed().contains("://"),
            Intent::Units if has_place => self.said.units().is_some(),
            Intent::Move | Intent::Trip => !none,
            Intent::Skip => !none && (odds >= 0.6 || self.said.clone().when().is_some()),
            Intent::WrongNumber if odds >= 0.5 => true,
            Intent::Status if has_place && odds < 0.6 => self.names_mine(),
            Intent::Retime
            | Intent::Redays
            | Intent::Recondition
            | Intent::Pause
            | Intent::Resume => !none || (!has_place && odds >= 0.5 && !self.has_a_strange_name()),
            Intent::No => !has_place,
            Intent::WrongNumber | Intent::Mistaken => !(has_place && none),
            _ => true,
        }
    }

    /// Whether one of mine is named, and another place.
    pub(super) fn names_two(&self) -> bool {
        let mine = &self.me.subscriptions;
        self.places_in()
            .iter()
            .any(|name| called(mine, name).is_empty())
    }

    /// "Oh ok cool. st paul mn then": a place of several words that no sentence has.
    fn names_a_town(&self) -> bool {
        let names = self.said.names();
        let mut towns = names
            .iter()
            .filter(|name| name.is_strange && name.text.contains(' '));
        towns.any(|name| self.find(&name.text).is_some())
    }

    /// "Same for huelva" of somebody without a daily text: its weather.
    pub(super) fn same_once(&self) -> bool {
        let same = [
            "same",
            "lo mismo",
            "pareil",
            "la meme",
            "das gleiche",
            "dasselbe",
            "lo stesso",
            "mesma coisa",
            "o mesmo",
        ];
        let daily = [
            "every", "daily", "each", "jeden", "chaque", "tous", "cada", "ogni", "todo", "todos",
        ];
        self.me.subscriptions.is_empty()
            && self.said.has_any(&same)
            && !self.said.has_any(&daily)
            && !self.said.has_time()
    }

    /// A stop that names one of several of mine, or all but one: only that ends.
    pub(super) fn only_one_ended(&self) -> Option<Command> {
        if self.me.subscriptions.len() < 2 {
            return None;
        }
        let ends = mine::to_end(self.me, &self.said.plain_words());
        match ends.as_slice() {
            [one] => Some(Command::EndOf {
                which: mine::which(self.me, *one),
            }),
            _ => None,
        }
    }
}

/// Whether a word is one of its name, region or country.
pub(super) fn is_named(place: &Place, word: &str) -> bool {
    const SMALL: &str = "the|one|in|de|la|no|not|me|di|or|el|al";
    !is_one_of(word, SMALL) && is_called(place, word)
}
