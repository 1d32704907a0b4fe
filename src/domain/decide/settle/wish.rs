//! From an intent and what a text says besides to a command.

use super::super::super::command::intent::{Heard, Intent};
use super::super::super::command::{Asked, Command, DailyWish, Noise, PlaceText, Which};
use super::super::super::place::Resolution;
use super::super::super::schedule::{Days, SendTime};
use super::super::super::subscriber::Channel;
use super::super::daily::in_full;
use super::super::mine::is_same;
use super::bench::{Bench, is_named};
use super::mine;

impl Bench<'_> {
    /// The command of an intent; `None` where the text has not what it takes.
    pub(super) fn make(
        &mut self,
        intent: Intent,
        heard: &Heard,
        read: &Command,
    ) -> Option<Command> {
        let has_mine = !self.me.subscriptions.is_empty();
        Some(match intent {
            Intent::Forecast => return self.asked(),
            Intent::Stop => self.stop(heard),
            Intent::EndOne => return self.end_one(),
            Intent::Subscribe => match (read, self.once() || self.same_once()) {
                (Command::Forecast(_), true) => return self.asked(),
                _ => self.subscribe(read),
            },
            Intent::Retime => return self.retime(),
            Intent::Redays | Intent::Pause | Intent::Skip if self.begins_with_a_strange_name() => {
                return None;
            }
            Intent::Redays => return self.redays(),
            Intent::Recondition => Command::OnlyIf {
                which: self.which(),
                only_if: self.said.condition()?,
            },
            Intent::Move => return self.moved(),
            Intent::Pause if heard.odds(Intent::Trip) >= 0.2 => {
                return self.stay().or_else(|| Some(self.pause()));
            }
            Intent::Pause => self.pause(),
            Intent::Skip => self.skip(),
            Intent::Resume => self.resume(),
            Intent::Trip => return self.trip(),
            Intent::Status => Command::Status,
            Intent::Units => Command::Units(self.said.units()),
            Intent::Language => Command::Language(self.said.language()),
            Intent::Call => Command::CallMe(self.called_about()),
            Intent::MyData => Command::MyData,
            Intent::DeleteMe => Command::DeleteMe,
            // "Nah, try aspen", "sorry, i meant denver north carolina".
            Intent::No | Intent::Mistaken if self.names_another() => return self.asked(),
            // "Kent Washington, typed Ohio by mistake".
            Intent::Mistaken if has_mine && !self.places_in().is_empty() => {
                return self.moved().or_else(|| self.asked());
            }
            // "Oops, meant 6:30".
            Intent::Mistaken if has_mine && self.said.len() <= 5 && self.said.has_time() => {
                return self.retime();
            }
            Intent::No => Command::No,
            Intent::Yes => return None,
            Intent::Choose => return self.namesake(),
            Intent::Thanks => Command::Thanks,
            Intent::Greeting => Command::Greeting,
            Intent::About => self.about_us(),
            // "Who gave you my number?"
            Intent::WrongNumber if has_mine && self.asks => Command::HowToStop,
            Intent::WrongNumber
                if has_mine && heard.odds(Intent::WrongNumber) + heard.odds(Intent::Stop) > 0.6 =>
            {
                Command::Stop {
                    named: String::new(),
                }
            }
            Intent::WrongNumber | Intent::Mistaken => Command::WrongNumber,
            // Somebody who may want to leave is not met with silence.
            Intent::Machine if heard.odds(Intent::Stop) >= 0.15 => Command::HowToStop,
            Intent::Machine => Command::Ignored(Noise::AutoReply),
            Intent::Other => Command::Unclear,
        })
    }

    /// "Val di Non nel weekend": a place that we do not know, and when.
    fn begins_with_a_strange_name(&self) -> bool {
        let names = self.said.names();
        let mut first = names
            .iter()
            .filter(|name| self.said.typed().starts_with(&name.text));
        first.any(|name| name.is_strange && name.is_capital)
            && !self.names_mine()
            && self.said.len() <= 6
    }

    /// "Call me boston", "ring me with the weather for lyon".
    fn called_about(&self) -> Option<PlaceText> {
        let named = self.places_in().into_iter().next();
        named.or_else(|| self.ends_with_a_place()).map(text_of)
    }

    /// "Call me paris": what stands last, where it is a well-known place.
    fn ends_with_a_place(&self) -> Option<String> {
        const NO_PLACE: [&str; 10] = [
            "now", "back", "later", "soon", "again", "maybe", "please", "today", "tonight", "asap",
        ];
        let words = self.said.plain_words();
        let most = words.len().saturating_sub(2).min(4);
        let mut ends = (1..=most)
            .rev()
            .map(|count| words[words.len() - count..].join(" "));
        ends.find(|name| {
            let found = self.find(name);
            let best = found.as_ref().and_then(|found| found.places().first());
            best.is_some_and(|best| best.score >= 5.0) && !NO_PLACE.contains(&name.as_str())
        })
    }

    /// A single unknown word may be a name, and "who else gets this" is as likely asked about us.
    fn stop(&self, heard: &Heard) -> Command {
        if self.said.len() <= 1 || heard.odds(Intent::About) >= 0.25 {
            return Command::HowToStop;
        }
        self.only_one_ended().unwrap_or(Command::Stop {
            named: String::new(),
        })
    }

    /// Whether a place is named that is none of mine.
    pub(super) fn names_another(&self) -> bool {
        !self.names_mine()
            && self.places_in().first().is_some_and(|name| {
                let names = self.said.names();
                let mut same = names.iter().filter(|one| one.text == *name);
                same.any(|one| one.is_strange || one.is_led)
            })
    }

    /// Whether a place is named behind a "send", strange to sentences, that is none of mine.
    fn names_a_new_one(&self) -> bool {
        const SENDS: [&str; 10] = [
            "send", "text", "schick", "schicke", "envoie", "envoyez", "manda", "mandame",
            "mandami", "mande",
        ];
        self.said.has_any(&SENDS) && self.names_another()
    }

    pub(super) fn which(&self) -> Which {
        let words = self.said.plain_words();
        let mut named = mine::named(self.me, &words);
        if named.len() > 1 {
            // "Weekdays only for boston, leave miami alone".
            named.retain(|(_, at)| !mine::is_left_alone(&words, *at));
        }
        match named.as_slice() {
            [(one, _)] => mine::which(self.me, *one),
            [] if self.said.has_any(&ALL) => Which::All,
            _ => Which::Unsaid,
        }
    }

    fn end_one(&self) -> Option<Command> {
        let ends = mine::to_end(self.me, &self.said.plain_words());
        let mine = &self.me.subscriptions;
        Some(match (ends.as_slice(), mine.len()) {
            ([one], _) => Command::EndOf {
                which: mine::which(self.me, *one),
            },
            (_, 1) if self.places_in().is_empty() => Command::EndOf {
                which: Which::Unsaid,
            },
            (_, 0 | 1) => return None,
            (ends, all) if ends.len() == all && self.said.has_any(&ALL) => Command::Stop {
                named: String::new(),
            },
            _ => Command::EndOf {
                which: Which::Unsaid,
            },
        })
    }

    fn subscribe(&mut self, read: &Command) -> Command {
        let blank = DailyWish::default();
        let read = if let Command::Daily(wish) = read {
            wish
        } else {
            &blank
        };
        let only_if = self.said.condition().flatten();
        let time = self.said.time();
        let bad_time = time.is_none() && self.said.has_bad_time();
        let days = self.said.days().and_then(|(days, off)| {
            if off {
                without(Days::DAILY, days)
            } else {
                Some(days)
            }
        });
        let rings = self.said.has_any(&[
            "call me",
            "ring me",
            "phone me",
            "ruf mich",
            "appelle moi",
            "llamame",
            "chiamami",
            "me liga",
        ]);
        let same = self.said.has_any(&[
            "same time",
            "same deal",
            "same hour",
            "same",
            "gleiche",
            "gleichen",
            "meme",
            "misma",
            "mismo",
            "stessa",
            "stesso",
            "mesma",
            "mesmo",
        ]);
        let like = self.me.subscriptions.first().filter(|_| same);
        let place = self.places_in().into_iter().next().or_else(|| {
            let names = self.said.names();
            names
                .into_iter()
                .find(|name| name.is_led && name.is_strange)
                .map(|name| name.text)
        });
        let short = self.said.len() <= 5;
        let grammars = read
            .place
            .clone()
            .filter(|typed| self.is_a_place(&typed.text) || (short && place.is_none()));
        Command::Daily(DailyWish {
            place: grammars.or_else(|| place.map(text_of)),
            time: read.time.or(time).or_else(|| like.map(|mine| mine.time)),
            days: read.days.or(days).or_else(|| like.map(|mine| mine.days)),
            only_if: read
                .only_if
                .or(only_if)
                .or_else(|| like.and_then(|mine| mine.only_if)),
            channel: read.channel.or(rings.then_some(Channel::Call)),
            bad_time: (bad_time || read.bad_time) && read.time.is_none(),
        })
    }

    fn retime(&mut self) -> Option<Command> {
        let which = self.which();
        if let Some(minutes) = self.said.shift() {
            return Some(Command::Shift { which, minutes });
        }
        if self.said.has_bad_time() {
            return Some(Command::Time { which, time: None });
        }
        let time: SendTime = self.said.time()?;
        Some(Command::Time {
            which,
            time: Some(time),
        })
    }

    fn redays(&mut self) -> Option<Command> {
        let which = self.which();
        let (days, off) = self.said.days()?;
        // "Send Salt Lake on Fridays only": another one.
        if !off && !self.me.subscriptions.is_empty() && self.names_a_new_one() {
            return Some(self.subscribe(&Command::Unclear));
        }
        if !off && days.iter().count() == 1 && self.said.len() <= 3 {
            // "I'm back monday".
            return None;
        }
        Some(match (off, self.said.time()) {
            (true, _) => Command::DaysOff { which, days },
            (false, _) => Command::Days {
                which,
                days: Some(days),
            },
        })
    }

    pub(super) fn moved(&mut self) -> Option<Command> {
        let mine = mine::named(self.me, &self.said.plain_words());
        let other = self.places_in().into_iter().find(|name| {
            let found = self.find(name);
            let own = found.iter().flat_map(Resolution::places).any(|candidate| {
                self.me
                    .subscriptions
                    .iter()
                    .any(|mine| is_same(&mine.place, &candidate.place))
            });
            !own
        });
        let place = other.map(text_of);
        let which = match mine.as_slice() {
            [(one, _)] if self.me.subscriptions.len() > 1 => mine::which(self.me, *one),
            _ => Which::Unsaid,
        };
        place.as_ref()?;
        Some(Command::Move { which, place })
    }

    /// "no, the missouri one": another place of the name that was asked for last.
    fn namesake(&mut self) -> Option<Command> {
        let last = self.me.last_place.as_ref()?;
        let when = self.said.when();
        let names = self.said.plain_words();
        for name in names.iter().filter(|word| word.len() > 1) {
            let text = format!("{}, {name}", last.name);
            let Some(Resolution::Certain(one)) = self.find(&text) else {
                continue;
            };
            let fits = is_named(&one.place, name);
            if fits && !is_same(&one.place, last) && one.place.name == last.name {
                return Some(Command::Forecast(Asked {
                    place: Some(text_of(in_full(&one.place))),
                    when,
                }));
            }
        }
        None
    }
}

/// All of several.
const ALL: [&str; 27] = [
    "all",
    "everything",
    "both",
    "every one",
    "alles",
    "alle",
    "beide",
    "beiden",
    "alle beide",
    "les deux",
    "los dos",
    "las dos",
    "as duas",
    "os dois",
    "tutti e due",
    "entrambe",
    "tout",
    "tous",
    "toutes",
    "todo",
    "todos",
    "tutto",
    "tutti",
    "tudo",
    "entrambi",
    "ambos",
    "todas",
];

pub(super) fn text_of(name: String) -> PlaceText {
    PlaceText {
        text: name,
        ..PlaceText::default()
    }
}

fn without(days: Days, off: Days) -> Option<Days> {
    Days::of(days.iter().filter(|day| !off.contains(*day)))
}
