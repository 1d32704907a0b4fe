//! Who wants to leave, who does not, and who may: nobody who wants to is held, nobody who does not is lost, and who may is told how.

pub(super) mod lists;

use self::lists::{LEAVING, RAIN, SENT, SOME_DAY};
use super::super::super::command::intent::{Heard, Intent};
use super::super::super::command::said::Said;
use super::super::super::command::words::fold;
use super::super::super::command::{
    Command, Noise, Which, is_foreign_stop, is_nearly_opt_out, is_opt_out, is_stop_anywhere,
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
    fn stops_in_some_language(&self, command: &Command) -> bool {
        let typed = self.said.typed();
        let mine = !self.me.subscriptions.is_empty();
        let read = match command {
            Command::Forecast(_) if mine => !self.is_a_place(typed),
            Command::Forecast(_) => self.is_no_place(typed),
            Command::Unclear | Command::About | Command::No | Command::Thanks => mine,
            _ => false,
        };
        let stops = if mine {
            is_foreign_stop(typed) || (is_nearly_opt_out(typed) && !self.has_a_known_place())
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
            best.is_some_and(|best| best.score >= 4.5)
        })
    }

    /// A word that stops in some language, by itself or beside one of theirs.
    pub(super) fn stops_at_once(&mut self, heard: &Heard, command: &Command) -> Option<Command> {
        if self.stops_in_some_language(command) {
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

    /// A text in which the grammar found an opt-out: that of everything, of one of several, or something else that only looks
    /// like one. In doubt the answer says how to stop.
    pub(super) fn read_as_stop(&mut self, command: Command, heard: &Heard) -> Command {
        let (best, odds) = heard.best();
        let several = self.me.subscriptions.len() > 1;
        if several
            && best == Intent::EndOne
            && odds >= 0.35
            && let Some(made) = self.make(best, heard, &command)
        {
            return made;
        }
        let understood = self.known_share() >= 0.5;
        let leaving = self.leaving(heard);
        let other = understood && !leaves(best);
        if understood && self.is_wrong_number(heard) {
            return Command::WrongNumber;
        }
        // "Stop by Chicago on Friday": a place of nobody's, and no end of anything.
        if let Command::EndOne { named, .. } = &command
            && other
            && !self.names_mine()
            && self.is_a_place(named)
        {
            return command;
        }
        if self.says_so_at_once(heard) {
            return self.only_one_ended().unwrap_or(command);
        }
        let sure = (odds >= 0.4 && leaving < 0.2)
            || (odds >= 0.45 && leaving < 0.25)
            || (odds >= 0.6 && leaving < 0.35);
        if self.said.len() > 2 && other && sure {
            return self.instead_of_a_stop(best, odds, heard, &command);
        }
        if let Some(other) = self.no_whole_end(heard) {
            return other;
        }
        let doubted = self.said.len() > 3 && other && odds >= 0.4 && leaving < 0.5;
        if doubted || (self.is_code && leaving < 0.6) {
            return Command::HowToStop;
        }
        self.only_one_ended().unwrap_or(command)
    }

    /// "You have the wrong number" of somebody to whom nothing is sent.
    fn is_wrong_number(&self, heard: &Heard) -> bool {
        let wrong = heard.odds(Intent::WrongNumber) + heard.odds(Intent::Mistaken);
        self.me.subscriptions.is_empty()
            && self.said.len() > 2
            && wrong >= 0.6
            && heard.odds(Intent::Stop) < 0.3
    }

    fn instead_of_a_stop(
        &mut self,
        best: Intent,
        odds: f32,
        heard: &Heard,
        read: &Command,
    ) -> Command {
        let leaving = self.leaving(heard);
        // "Devo disdire la cena all'aperto stasera a Roma": what ends is a dinner.
        let asks = heard.odds(Intent::Forecast) >= 0.25 && leaving < 0.1;
        if asks && best != Intent::Machine && !self.places_in().is_empty() {
            return self.asked().unwrap_or(Command::HowToStop);
        }
        // "Revoco il consenso al trattamento dei miei dati".
        let revokes = self.said.has_any(&[
            "revoco",
            "revoque",
            "revoco el",
            "widerrufe",
            "widerruf",
            "i revoke",
            "revogo",
        ]);
        if revokes && matches!(best, Intent::MyData | Intent::DeleteMe | Intent::Other) {
            return read.clone();
        }
        match best {
            Intent::Machine if odds >= 0.9 && leaving < 0.05 && self.said.looks_sent() => {
                Command::Ignored(Noise::AutoReply)
            }
            Intent::Machine | Intent::Other => Command::HowToStop,
            Intent::Mistaken if self.me.subscriptions.is_empty() => Command::WrongNumber,
            Intent::Thanks | Intent::Greeting if leaving >= 0.02 => Command::HowToStop,
            Intent::Mistaken if leaving >= 0.1 => Command::HowToStop,
            _ => self.make(best, heard, read).unwrap_or(Command::HowToStop),
        }
    }

    /// What a text wants in which the grammar found a stop, where it is plainly no end of everything: a break with its end, one
    /// of several, a wrong number where nothing comes, the rain that shall stop.
    fn no_whole_end(&mut self, heard: &Heard) -> Option<Command> {
        let stops = heard.odds(Intent::Stop);
        if heard.odds(Intent::About) >= 0.2 && self.said.has_any(&SOME_DAY) {
            return Some(Command::HowToStop);
        }
        if heard.odds(Intent::Pause) >= 0.3 && self.said.clone().span(self.today()).is_some() {
            return Some(self.pause());
        }
        let one_of = ["one of them", "one of those", "one of these", "one of my"];
        if self.me.subscriptions.len() > 1 && self.said.has_any(&one_of) {
            return Some(Command::EndOf {
                which: Which::Unsaid,
            });
        }
        let mistaken = heard.odds(Intent::Mistaken) >= 0.8 && stops < 0.1;
        if mistaken && self.me.subscriptions.is_empty() {
            return Some(Command::WrongNumber);
        }
        let of_weather = self.said.len() > 2 && self.is_rain_that_stops();
        let scolds = self
            .said
            .has_any(&["stop being", "stop lying", "stop guessing"]);
        (stops < 0.8 && (of_weather || scolds)).then_some(Command::HowToStop)
    }

    /// "No more texts please, moved to hawaii and it's always the same": an opt-out of its own, and the reason behind it.
    fn says_so_at_once(&self, heard: &Heard) -> bool {
        use Intent as I;
        let reason = match heard.best() {
            (I::Machine | I::Move | I::Subscribe, odds) => odds < 0.5,
            (best, _) => matches!(
                best,
                I::Thanks | I::Other | I::No | I::About | I::Status | I::Mistaken | I::Greeting
            ),
        };
        let typed = self.said.typed();
        let Some((first, _)) = typed.split_once([',', '.', '!', ';', '\n', ':']) else {
            return false;
        };
        let words = first.split_whitespace().count();
        // "Stop!! I told you yesterday."
        let behind = typed.get(first.len()..).unwrap_or("");
        if reason && words == 1 && is_opt_out(first) && behind.starts_with(['!', '.']) {
            return true;
        }
        reason
            && (2..=7).contains(&words)
            && is_opt_out(first)
            && Said::of(first, None, None).has_any(&SENT)
            && Heard::of(first).odds(I::Stop) >= 0.6
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
        (begs || odds < 0.6) && (!read_stop || heard.odds(Intent::Stop) < 0.75)
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

const fn leaves(intent: Intent) -> bool {
    matches!(
        intent,
        Intent::Stop | Intent::DeleteMe | Intent::WrongNumber | Intent::EndOne
    )
}
