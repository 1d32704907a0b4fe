//! Forecasts as they are meant: which place, and when.

use super::super::super::command::intent::{Heard, Intent, is_known};
use super::super::super::command::words::fold;
use super::super::super::command::{Asked, Command, When};
use super::super::super::forecast::Window;
use super::super::mine::is_called;
use super::bench::Bench;
use super::wish::text_of;

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
        let mostly = typed.split_whitespace().count() <= 3;
        if names.first().is_some_and(|name| name == typed) {
            return command;
        }
        if let Some(name) = names.first()
            && (self.said.len() > 3 || !self.is_a_place(typed))
            && !(mostly && (self.is_named_so(typed) || self.only_qualifies(name, typed)))
        {
            return Command::Forecast(Asked {
                place: Some(text_of(name.clone())),
                when,
            });
        }
        // "chance of rain el paso tx?"
        let wide = asked
            .place
            .as_ref()
            .and_then(|place| place.inside.wide.as_ref())
            .map(|wide| wide.name.text.as_str());
        let named = |name: &str| self.look_up.is_some() && self.is_named_so(name);
        if [Some(typed), wide]
            .into_iter()
            .flatten()
            .any(|name| name.contains(' ') && named(name))
        {
            return command;
        }
        // Its first word is one of sentences, too: "el paso tx".
        if let Some(wide) = wide.filter(|wide| names.is_empty() && named(wide)) {
            return Command::Forecast(Asked {
                place: Some(text_of(wide.to_owned())),
                when,
            });
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
        let state = self.find(name).is_some_and(|found| {
            found.places().iter().all(|it| {
                let admin1 = it.place.admin1.as_deref().map(fold);
                fold(&it.place.name) != fold(name) && admin1 == Some(fold(name))
            })
        });
        before.is_some_and(|before| {
            let mut words = before.split_whitespace();
            (state && words.clone().count() == 2) || words.any(|word| !is_known(&fold(word)))
        })
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
