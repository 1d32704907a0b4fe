//! Forecasts as they are meant: which place, and when.

use super::super::super::command::intent::{Heard, Intent, is_known};
use super::super::super::command::words::{fold, is_one_of};
use super::super::super::command::{Asked, Command, PlaceText, When};
use super::super::super::forecast::Window;
use super::super::mine::is_called;
use super::bench::Bench;
use super::wish::text_of;

/// What was said of a place.
enum Said {
    /// The one that the grammar read.
    AsRead,
    /// Another one.
    Instead(String),
    /// None that we know.
    Nothing,
}

impl Bench<'_> {
    /// A question about the weather.
    pub(super) fn asked(&mut self) -> Option<Command> {
        let when = self.said.when();
        let place = self.places_in().into_iter().next().map(text_of);
        if place.is_none()
            && self
                .said
                .names()
                .iter()
                .any(|name| name.is_led && name.is_strange)
        {
            return None;
        }
        Some(Command::Forecast(Asked { place, when }))
    }

    /// The grammar's forecast with the place that was really meant.
    pub(super) fn forecast(
        &mut self,
        command: Command,
        heard: &Heard,
        names: &[String],
    ) -> Command {
        let Command::Forecast(asked) = &command else {
            return command;
        };
        let Some(typed) = asked.place.as_ref().map(|place| place.text.as_str()) else {
            return command;
        };
        let sure = heard.odds(Intent::Forecast);
        let when = self.said.when().or(asked.when);
        match self.place_said(asked, names) {
            Said::AsRead => return command,
            Said::Instead(name) => {
                return Command::Forecast(Asked {
                    place: Some(text_of(name)),
                    when,
                });
            }
            Said::Nothing => {}
        }
        if names.is_empty()
            && let Some(place) = self.without_a_known_name(asked, sure)
        {
            return Command::Forecast(Asked { place, when });
        }
        let short = typed.split_whitespace().count() <= 2;
        let strange = self.said.names().iter().any(|name| name.is_strange);
        if short && strange {
            return command;
        }
        let nameless = asked.place.as_ref().is_some_and(|place| {
            let inside = &place.inside;
            !self.is_a_place(&place.text)
                && (!inside.is_led || !inside.names.iter().any(|name| self.is_a_place(name)))
        });
        if sure >= 0.45 && !strange && nameless {
            return Command::Forecast(Asked { place: None, when });
        }
        // "When does this cold snap end": no name stands where places stand.
        if sure >= 0.6 && self.said.len() > 2 && names.is_empty() && self.has_no_name() {
            return Command::Forecast(Asked { place: None, when });
        }
        if self.said.len() > 4 && sure < 0.3 && names.is_empty() {
            return Command::Unclear;
        }
        command
    }

    /// Which of the names in the text is meant, where one is.
    fn place_said(&self, asked: &Asked, names: &[String]) -> Said {
        let typed = asked.place.as_ref().map_or("", |place| &place.text);
        if names.is_empty() && self.is_mistyped_before_its_state(typed) {
            return Said::Instead(typed.to_owned());
        }
        let mostly = typed.split_whitespace().count() <= 3;
        if names.first().is_some_and(|name| name == typed) {
            return Said::AsRead;
        }
        if let Some(name) = names.first()
            && (self.said.len() > 3 || !self.is_a_place(typed))
            && !(mostly && (self.is_named_so(typed) || self.only_qualifies(name, typed)))
        {
            return Said::Instead(name.clone());
        }
        // "chance of rain el paso tx?"
        let wide = asked
            .place
            .as_ref()
            .and_then(|place| place.inside.wide.as_ref());
        let whole = wide.map_or("", |wide| &wide.name.text);
        let named =
            |typed: &str| typed.contains(' ') && self.look_up.is_some() && self.is_named_so(typed);
        if named(typed) || named(whole) {
            return Said::AsRead;
        }
        // Its first word is one of sentences, too: "el paso tx".
        match wide {
            Some(wide)
                if names.is_empty()
                    && self.look_up.is_some()
                    && self.is_named_so(&wide.name.text) =>
            {
                Said::Instead(wide.name.text.clone())
            }
            _ => Said::Nothing,
        }
    }

    /// "Albequerque new mexico": a mistyped town, and the whole state behind it.
    fn is_mistyped_before_its_state(&self, typed: &str) -> bool {
        let words: Vec<&str> = typed.split_whitespace().collect();
        if self.look_up.is_none() || !(2..=4).contains(&words.len()) {
            return false;
        }
        (1..words.len()).any(|cut| {
            let (town, state) = (words[..cut].join(" "), words[cut..].join(" "));
            let strange = fold(&town).split(' ').any(|word| !is_known(word));
            strange && self.is_a_state(&state) && self.is_certain(typed)
        })
    }

    /// What a question is about in which no place is found: one that we do not know, or mine.
    fn without_a_known_name(&self, asked: &Asked, sure: f32) -> Option<Option<PlaceText>> {
        let typed = asked.place.as_ref().map_or("", |place| &place.text);
        // "Schneits in Obertauern": a name where names stand, mistyped or unknown.
        let strange = self.strange_name(typed).filter(|_| sure >= 0.6);
        if strange.is_some() {
            return Some(strange.map(text_of));
        }
        // "C'est fini l'orage ?"
        let asks = self.asks && self.me.own_place().is_some() && sure >= 0.9;
        (self.is_about_mine(asked) || (asks && self.is_no_place(typed))).then_some(None)
    }

    /// The name behind an "in" of a longer text, where it is written like one or nothing else can be meant.
    fn strange_name(&self, typed: &str) -> Option<String> {
        let names = self.said.names();
        let mut led = names.into_iter().filter(|name| {
            let letters = name.text.chars().filter(|c| c.is_alphabetic()).count();
            let alone = self.me.own_place().is_none() && letters >= 5 && self.said.is_of_weather();
            name.is_led && name.is_strange && (name.is_capital || alone)
        });
        let name = led.next().map(|name| name.text);
        name.filter(|name| typed.split_whitespace().count() > name.split_whitespace().count())
    }

    /// Whether it goes on where the last one ended, or speaks of home, and names nothing.
    fn is_about_mine(&self, asked: &Asked) -> bool {
        const HOME: [&str; 14] = [
            "chez moi",
            "chez nous",
            "bei mir",
            "bei uns",
            "daheim",
            "zuhause",
            "zu hause",
            "at home",
            "at mine",
            "en casa",
            "mi casa",
            "casa mia",
            "da me",
            "em casa",
        ];
        let asks = asked
            .place
            .as_ref()
            .is_some_and(|place| place.inside.asks && place.inside.is_nameless());
        let goes_on = self.goes_on && self.me.last_place.is_some() && asked.when.is_some();
        asks && (goes_on || self.said.has_any(&HOME))
    }

    /// Whether nothing in the text may be a place, mistyped ones included.
    fn has_no_name(&self) -> bool {
        if self.me.own_place().is_none() || self.known_share() < 0.6 {
            return false;
        }
        let names = self.said.names();
        let mut strange = names.iter().filter(|name| name.is_strange);
        strange.all(|name| !name.is_led && (self.said.len() > 5 || self.is_no_place(&name.text)))
    }

    /// Whether a place bears all of these words: "toluca en la" is no quarter of L.A.
    fn is_named_so(&self, typed: &str) -> bool {
        self.look_up.is_none()
            || self.find(typed).is_some_and(|found| {
                let mut places = found.places().iter();
                places.any(|candidate| is_called(&candidate.place, typed))
            })
    }

    /// "cincinatti ohio": a mistyped town before its state.
    fn only_qualifies(&self, name: &str, typed: &str) -> bool {
        // "j'habite au mans"
        let town = ["au ", "aux ", "al ", "ao "]
            .iter()
            .any(|lead| name.starts_with(lead));
        let before = typed.strip_suffix(name).map(str::trim).filter(|_| !town);
        // "Louis ville Kentucky": a whole state is no town in it.
        let state = self.is_a_state(name);
        before.is_some_and(|before| {
            let mut words = before.split_whitespace();
            (state && words.clone().count() == 2) || words.any(|word| !is_known(&fold(word)))
        })
    }

    /// Whether it is the name of a state and of no town in it.
    fn is_a_state(&self, name: &str) -> bool {
        self.find(name).is_some_and(|found| {
            found.places().iter().all(|it| {
                let admin1 = it.place.admin1.as_deref().map(fold);
                fold(&it.place.name) != fold(name) && admin1 == Some(fold(name))
            })
        })
    }

    /// Whether something in it comes again and again: days, a time, a condition, the words of somebody who signs up.
    pub(super) fn is_of_every_day(&self) -> bool {
        let mut said = self.said.clone();
        let mine = !self.me.subscriptions.is_empty();
        let again = |word: &&str| is_one_of(word, AGAIN) || (mine && is_one_of(word, ALSO));
        said.has_time()
            || said.days().is_some()
            || said.has_any(&["heads up", "keep me", "as well"])
            || self.said.plain_words().iter().any(again)
    }

    /// "Need to know if it snows tomorrow": asked once.
    pub(super) fn once(&self) -> bool {
        let again = [
            "every", "each", "daily", "jeden", "jede", "chaque", "tous", "toutes", "cada", "todos",
            "todas", "ogni", "tutti", "todo", "add", "always",
        ];
        let mut said = self.said.clone();
        said.time().is_none()
            && !said.has_any(&again)
            && said.days().is_none_or(|(days, _)| days.iter().count() == 1)
            && matches!(
                said.when(),
                Some(
                    When::Window(
                        Window::Today
                            | Window::Tonight
                            | Window::Tomorrow
                            | Window::Hours
                            | Window::Now
                    ) | When::InDays(_)
                )
            )
    }
}

/// Words of what comes again and again.
const AGAIN: &str = "every|everyday|each|daily|always|regular|regularly|mornings|evenings|nightly|alerts|alert|updates|posted|subscribe|\
    subscription|sign|signup|add|join|whenever|only|jeden|jede|taglich|immer|morgens|abends|abo|abonnieren|nur|chaque|tous|\
    quotidien|abonne|abonner|toujours|cada|diario|todos|todas|todo|siempre|suscribir|suscribeme|ogni|tutti|tutte|sempre|\
    iscrivi|iscrivimi|diariamente|assinar|inscreve|inscrever|same";
/// The same of somebody who has daily texts.
const ALSO: &str = "too|also|auch|aussi|tambien|anche|tambem|morning|evening|matin|mananas|when|if|wenn|si|se|want|get|start|sending|list";
