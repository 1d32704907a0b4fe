//! Who wants to leave, who does not, and who may: nobody who wants to is held, nobody who does not is lost, and who may is told how.

pub(super) mod clauses;
pub(super) mod lists;
mod read;

use self::lists::{LEAVING, RAIN, SENT};
use self::read::leaves;
use super::super::super::command::intent::{Heard, Intent, is_known};
use super::super::super::command::words::fold;
use super::super::super::command::{
    Command, is_foreign_stop, is_nearly_opt_out, is_opt_out, is_stop_anywhere,
};
use super::bench::Bench;
use super::mine;

impl Bench<'_> {
    /// With a single daily text its end is the end of all, unless the text speaks of one ("cancel mum's").
    pub(super) fn of_one_text(&self, heard: Heard) -> Heard {
        let one = self.me.subscriptions.len() <= 1 && !self.names_mine() && !self.says_one();
        if one {
            heard.counted_as(Intent::EndOne, Intent::Stop)
        } else {
            heard
        }
    }

    /// "Anúlalo", "piantatela", "enough": no place is called so, nor nearly so where nothing is sent to the phone.
    fn stops_in_some_language(&self, heard: &Heard, command: &Command) -> bool {
        let typed = self.said.typed();
        let mine = !self.me.subscriptions.is_empty();
        // "Shop", "stay": words of sentences are no slips.
        let slip = || {
            let words = self.said.plain_words();
            let known = words.iter().all(|word| is_known(word));
            is_nearly_opt_out(typed)
                && (!known || words.len() > 2 || heard.odds(Intent::Stop) >= 0.4)
                && !self.has_a_known_place()
        };
        let read = match command {
            Command::Forecast(_) | Command::HowToStop if mine => !self.is_a_place(typed),
            Command::Forecast(_) => self.is_no_place(typed),
            Command::Unclear | Command::About | Command::No | Command::Thanks => mine,
            _ => false,
        };
        let stops = if mine {
            is_foreign_stop(typed) || slip()
        } else {
            is_stop_anywhere(typed)
        };
        read && self.look_up.is_some() && stops
    }

    /// Whether a word is a place that many know: "no more texas" ends no texts.
    fn has_a_known_place(&self) -> bool {
        self.said.plain_words().iter().any(|word| {
            let found = self.find(word);
            let best = found.as_ref().and_then(|found| found.places().first());
            word.len() > 3 && best.is_some_and(|best| best.score >= 4.5)
        })
    }

    /// A word that stops in some language, by itself or beside one of theirs.
    pub(super) fn stops_at_once(
        &mut self,
        heard: &Heard,
        command: &Command,
        is_asked: bool,
    ) -> Option<Command> {
        if self.ends_in_a_stop(heard) {
            return Some(self.only_one_ended().unwrap_or(Command::Stop {
                named: String::new(),
            }));
        }
        if is_asked {
            return None;
        }
        if self.stops_in_some_language(heard, command) {
            return Some(Command::Stop {
                named: String::new(),
            });
        }
        self.stops_one_of_mine(heard, command)
    }

    /// "Arrête Metz", "basta bari": a word that stops in some language, and one of theirs.
    fn stops_one_of_mine(&mut self, heard: &Heard, command: &Command) -> Option<Command> {
        if self.said.len() > 4 || !matches!(command, Command::Forecast(_)) {
            return None;
        }
        let words = self.said.plain_words();
        let named = mine::named(self.me, &words);
        let [(one, _)] = named.as_slice() else {
            return None;
        };
        let name = fold(&self.me.subscriptions.get(*one)?.place.name);
        let rest: Vec<&str> = words
            .iter()
            .copied()
            .filter(|word| !name.split(' ').any(|part| part == *word))
            .collect();
        let stops = !rest.is_empty() && is_foreign_stop(&rest.join(" "));
        if stops {
            self.make(Intent::EndOne, heard, command)
        } else {
            None
        }
    }

    /// Whether somebody to whom texts are sent is likelier to want an end of them than to be told how.
    pub(super) fn means_it(&self, heard: &Heard) -> bool {
        let asks = self.asks || heard.odds(Intent::About) >= 0.2;
        const IDLE: [&str; 10] = [
            "stop sign",
            "stop light",
            "bus stop",
            "full stop",
            "non stop",
            "truck stop",
            "rest stop",
            "stop being",
            "stop lying",
            "stop guessing",
        ];
        let told = self.said.only_quotes(is_opt_out) || self.is_of_others() || self.is_code;
        let told = told || self.said.has_any(&IDLE);
        !self.me.subscriptions.is_empty()
            && !asks
            && !told
            && self.said.len() > 1
            && !self.is_rain_that_stops()
            && heard.odds(Intent::Stop) + heard.odds(Intent::DeleteMe) >= 0.42
    }

    /// What is asked about us, which may be how to leave.
    pub(super) fn about_us(&self) -> Command {
        if self.said.has_any(&LEAVING) {
            Command::HowToStop
        } else {
            Command::About
        }
    }

    /// How likely somebody wants no texts at all.
    pub(super) fn leaving(&self, heard: &Heard) -> f32 {
        heard.odds(Intent::Stop)
            + heard.odds(Intent::DeleteMe)
            + if self.me.subscriptions.is_empty() {
                0.0
            } else {
                heard.odds(Intent::WrongNumber)
            }
    }

    /// "Quit raining already": what shall end is no text.
    pub(super) fn is_rain_that_stops(&self) -> bool {
        self.said.has_any(&RAIN) && !self.said.has_any(&SENT)
    }

    /// Whether "don't stop" is all that is said.
    pub(super) fn may_beg(&self, heard: &Heard, read_stop: bool) -> bool {
        let (best, odds) = heard.best();
        let begs = matches!(
            best,
            Intent::Stop
                | Intent::EndOne
                | Intent::Thanks
                | Intent::No
                | Intent::Other
                | Intent::About
                | Intent::Resume
                | Intent::WrongNumber
                | Intent::Yes
        );
        (begs || odds < 0.6) && (!read_stop || heard.odds(Intent::Stop) < 0.97)
    }

    /// A word of thanks, a no, a move that may well be a farewell: "moved to Spain, no need any more".
    pub(super) fn may_leave(&self, heard: &Heard, intent: Intent, odds: f32) -> bool {
        let farewell = matches!(
            intent,
            Intent::Thanks
                | Intent::No
                | Intent::Move
                | Intent::Other
                | Intent::Resume
                | Intent::Subscribe
                | Intent::Machine
                | Intent::Call
                | Intent::Language
        );
        farewell
            && odds < 0.75
            && self.said.len() > 2
            && heard.odds(Intent::Stop) >= 0.25
            && self.known_share() > 0.6
    }

    /// "Rest stop near Breezewood PA", "Baixa da Banheira": a name that we do not know, where a name stands.
    pub(super) fn is_like_a_name(&self) -> bool {
        const JOINTS: [&str; 10] = [
            " da ", " de ", " do ", " di ", " del ", " della ", " du ", " am ", " an der ", " of ",
        ];
        let names = self.said.names();
        let mut strange = names.iter().filter(|name| name.is_strange);
        self.said.len() <= 6
            && strange.any(|name| {
                let joined =
                    name.is_capital && JOINTS.iter().any(|joint| name.text.contains(joint));
                (name.is_led && name.is_capital) || joined
            })
    }

    /// A text that is no known place, and perhaps an opt-out.
    pub(super) fn may_want_to_leave(&self, heard: &Heard, has_place: bool) -> bool {
        let (best, _) = heard.best();
        let likely = match self.said.len() {
            0..=1 if self.me.subscriptions.is_empty() || self.is_a_place(self.said.typed()) => {
                return false;
            }
            0..=1 => 0.55,
            2 if has_place && self.me.subscriptions.is_empty() => return false,
            2 if !self.is_no_place(self.said.typed()) => return false,
            2 => 0.6,
            _ if has_place => 0.6,
            _ => 0.4,
        };
        leaves(best)
            && self.leaving(heard) >= likely
            && !(self.is_like_a_name() && self.leaving(heard) < 0.7)
            && !self.said.is_of_weather()
            && self.known_share() > 0.6
    }
}
