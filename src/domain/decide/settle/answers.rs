//! Answers to a question of ours, and to a wish to go on.

use super::super::super::command::intent::{Heard, Intent};
use super::super::super::command::{Asked, Command};
use super::super::super::subscriber::Question;
use super::bench::{Bench, is_named};
use super::wish::text_of;

impl Bench<'_> {
    /// "Don't stop, I love these": what was paused goes on; else a friendly word.
    pub(super) fn go_on(&self) -> Command {
        let paused = self
            .me
            .subscriptions
            .iter()
            .any(|mine| mine.pause.is_some() || mine.skip.is_some());
        if paused {
            self.resume()
        } else {
            Command::Thanks
        }
    }

    /// What somebody wants who says not to stop: "don't cancel on me now, Reno for Saturday?"
    pub(super) fn stays(
        &mut self,
        heard: &Heard,
        read: &Command,
        has_place: bool,
    ) -> Option<Command> {
        let read_stop = matches!(read, Command::Stop { .. });
        if self.would_not_leave() && self.may_beg(heard, false) {
            return Some(self.stays_with(heard, read));
        }
        if !self.said.begs_to_go_on() || !self.may_beg(heard, read_stop) {
            return None;
        }
        let asks = self.asks && has_place && !self.names_mine();
        let asked = asks.then(|| self.asked()).flatten();
        Some(asked.unwrap_or_else(|| self.go_on()))
    }

    /// "Don't take me off, just send it at 8": what it says besides, else a friendly word.
    fn stays_with(&mut self, heard: &Heard, read: &Command) -> Command {
        if self.me.subscriptions.is_empty() {
            return self.go_on();
        }
        let changed = if self.said.has_time() {
            self.make(Intent::Retime, heard, read)
        } else if self.said.days().is_some() {
            self.make(Intent::Redays, heard, read)
        } else {
            None
        };
        changed.unwrap_or_else(|| self.go_on())
    }

    /// An answer to our open question.
    pub(super) fn answer(&self, heard: &Heard, question: Option<&Question>) -> Option<Command> {
        let (best, odds) = heard.best();
        match question? {
            Question::DeleteMe if best == Intent::Yes && odds >= 0.5 && self.said.len() <= 5 => {
                Some(Command::Agree)
            }
            Question::Place { .. } | Question::Subscription { .. }
                if best == Intent::Yes && odds >= 0.5 =>
            {
                Some(Command::Agree)
            }
            Question::DeleteMe if best == Intent::No && odds >= 0.35 => Some(Command::No),
            Question::Place { options, .. } if self.another(options).is_some() => {
                self.another(options).map(|name| {
                    Command::Forecast(Asked {
                        place: Some(text_of(name)),
                        when: self.said.clone().when(),
                    })
                })
            }
            _ if best == Intent::No
                && odds >= 0.45
                && self.said.len() <= 6
                && !self.names_another() =>
            {
                Some(Command::No)
            }
            Question::Place { options, .. } => {
                let words = self.said.plain_words();
                let fits: Vec<usize> = (0..options.len())
                    .filter(|at| {
                        words.iter().any(|word| {
                            let others = options
                                .iter()
                                .enumerate()
                                .any(|(other, place)| other != *at && is_named(place, word));
                            is_named(&options[*at], word) && !others
                        })
                    })
                    .collect();
                let [one] = fits.as_slice() else { return None };
                let chooses = matches!(
                    best,
                    Intent::Choose | Intent::Forecast | Intent::No | Intent::Move
                ) || odds < 0.4;
                chooses.then(|| u32::try_from(one + 1).ok().map(Command::Number))?
            }
            _ => None,
        }
    }
}
