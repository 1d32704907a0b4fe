//! Which names in a text are places, and which of them is meant.

use super::super::super::command::said::Name;
use super::super::super::command::words::fold;
use super::super::super::command::{Asked, Command};
use super::super::super::place::{Place, PlaceQuery, Resolution};
use super::super::super::subscriber::Question;
use super::super::daily::in_full;
use super::super::mine::{is_called, is_same};
use super::super::understanding::the_one_in;
use super::Spelling;
use super::bench::Bench;
use super::wish::text_of;

impl Bench<'_> {
    /// Whether the text is the very name of a place; unknown is yes.
    pub(super) fn is_a_place(&self, text: &str) -> bool {
        self.look_up.is_none_or(|_| self.find(text).is_some())
    }

    /// Whether no place is called so or nearly so.
    pub(super) fn is_no_place(&self, text: &str) -> bool {
        let found = self.looked_up(text, Spelling::Forgiven);
        found.is_some_and(|found| matches!(found, Resolution::None))
    }

    /// Whether the command is a forecast of a place that there is not.
    pub(super) fn is_unknown(&self, command: &Command) -> bool {
        let Command::Forecast(Asked {
            place: Some(place), ..
        }) = command
        else {
            return false;
        };
        let whole = place.whole.as_ref().map(|whole| whole.text.as_str());
        let inside = place.inside.names.iter().map(String::as_str);
        let mut names = [Some(place.text.as_str()), whole]
            .into_iter()
            .flatten()
            .chain(inside)
            .filter(|name| !name.is_empty())
            .peekable();
        names.peek().is_some() && names.all(|name| !self.is_a_place(name))
    }

    /// Whether one place is meant, typos forgiven.
    pub(super) fn is_certain(&self, text: &str) -> bool {
        let found = self.looked_up(text, Spelling::Forgiven);
        matches!(found, Some(Resolution::Certain(_)))
    }

    fn looked_up(&self, text: &str, spelling: Spelling) -> Option<Resolution> {
        let look_up = self.look_up?;
        let before = self.found.borrow();
        let known = before
            .iter()
            .find(|(name, how, _)| name == text && *how == spelling);
        if let Some((_, _, found)) = known {
            return Some(found.clone());
        }
        drop(before);
        let query = PlaceQuery {
            text: text.to_owned(),
            ..self.template.clone()
        };
        let found = look_up(&query, spelling);
        self.found
            .borrow_mut()
            .push((text.to_owned(), spelling, found.clone()));
        Some(found)
    }

    /// The place of that very name.
    pub(super) fn find(&self, text: &str) -> Option<Resolution> {
        let found = self.looked_up(text, Spelling::AsTyped)?;
        matches!(found, Resolution::Certain(_) | Resolution::Choice(_)).then_some(found)
    }

    /// The names in the text that are places, the likeliest first; without a look-up all of them.
    pub(super) fn places_in(&self) -> Vec<String> {
        let names = self.said.names();
        let mut all: Vec<(&Name, f32, bool)> = names
            .iter()
            .filter_map(|name| {
                if self.look_up.is_none() {
                    return Some((name, 0.0, false));
                }
                let found = self
                    .find(&name.text)
                    .filter(|found| self.is_meant(name, found))?;
                let best = found.places().first()?;
                let town = fold(&best.place.name);
                let other = !fold(&name.text)
                    .split(' ')
                    .any(|word| town.split(' ').any(|part| part == word));
                Some((name, best.score, other))
            })
            .collect();
        // Of several at the same place of a sentence the town before the state, the longer, then the better known.
        all.sort_by(|(one, score, other), (than, rival, rivals)| {
            let words = |name: &Name| std::cmp::Reverse(name.text.split_whitespace().count());
            (one.rank, other, words(one))
                .cmp(&(than.rank, rivals, words(than)))
                .then(rival.total_cmp(score))
        });
        all.into_iter()
            .map(|(name, _, _)| name.text.clone())
            .take(3)
            .collect()
    }

    /// Whether a name found inside of a sentence is meant as that place: every third word is a village somewhere.
    fn is_meant(&self, name: &Name, found: &Resolution) -> bool {
        let Some(best) = found.places().first() else {
            return false;
        };
        let home = self.template.country == Some(best.place.country);
        // "E depois volta": no two small letters are a place.
        let tiny = name.text.chars().count() <= 2 && !name.is_capital && self.said.len() > 3;
        if tiny {
            return false;
        }
        let written = name.is_capital || self.said.len() <= 3;
        let least: f32 = match (name.is_led, written, home) {
            (true, _, true) | (true, true, false) | (_, true, true) => 2.8,
            (true, false, false) => 4.6,
            (false, false, true) => 4.0,
            (false, true, false) => 5.0,
            (false, false, false) => 5.8,
        };
        // By another name than its own: "Mailand", but not "the Smith wedding" for the seat of Smith County.
        let least = if is_called(&best.place, &name.text) {
            least
        } else {
            least.max(5.0)
        };
        best.score >= least
    }

    /// A place that is none of those offered: "forget it, do Peoria IL".
    pub(super) fn another(&self, options: &[Place]) -> Option<String> {
        let name = self.places_in().into_iter().next()?;
        let found = self.find(&name)?;
        let offered = found.places().iter().any(|candidate| {
            options
                .iter()
                .any(|option| is_same(option, &candidate.place))
        });
        let part = options.iter().any(|option| is_called(option, &name));
        (!offered && !part).then_some(name)
    }

    /// "Rogers ar" after a choice of Fayettevilles.
    pub(super) fn elsewhere(
        &self,
        command: &Command,
        question: Option<&Question>,
    ) -> Option<Command> {
        let (Command::Forecast(asked), Some(Question::Place { options, .. })) = (command, question)
        else {
            return None;
        };
        let place = asked
            .place
            .as_ref()
            .filter(|place| self.is_elsewhere(&place.text, options))?;
        Some(Command::Forecast(Asked {
            place: Some(text_of(place.text.clone())),
            when: asked.when,
        }))
    }

    /// Whether a text is the whole name of a place that is none of those offered.
    fn is_elsewhere(&self, typed: &str, options: &[Place]) -> bool {
        let part = options.iter().any(|option| is_called(option, typed));
        let found = self.find(typed);
        let mut places = found.iter().flat_map(Resolution::places);
        typed.contains(' ')
            && !part
            && places.any(|found| {
                is_called(&found.place, typed)
                    && !options.iter().any(|option| is_same(option, &found.place))
            })
    }

    /// "an der weinstraße" after Neustadt, "d'ascq" after Villeneuve: the rest of the name that was texted before.
    pub(super) fn completed(&self, typed: &str) -> Option<String> {
        let asked = self
            .me
            .pending
            .as_ref()
            .and_then(|pending| match &pending.question {
                Question::Place { text, .. } if text.split_whitespace().count() <= 2 => {
                    Some(text.as_str())
                }
                _ => None,
            });
        let last = self.me.last_place.as_ref().map(|place| place.name.as_str());
        let rest = the_one_in(typed);
        if rest.len() < 4 || self.look_up.is_none() {
            return None;
        }
        asked.into_iter().chain(last).find_map(|before| {
            let name = format!("{before} {rest}");
            let Some(Resolution::Certain(one)) = self.find(&name) else {
                return None;
            };
            let whole = fold(&one.place.name);
            let words: Vec<&str> = whole.split(' ').collect();
            let all = fold(&name).split(' ').all(|word| words.contains(&word));
            (all && !one.is_typo).then(|| in_full(&one.place))
        })
    }
}
