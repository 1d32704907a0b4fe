//! Texts in which the grammar found an opt-out, and what they are.

use super::super::super::super::command::intent::{Heard, Intent};
use super::super::super::super::command::said::Said;
use super::super::super::super::command::{Command, Noise, Which, is_opt_out};
use super::super::bench::Bench;
use super::lists::{REVOKES, SENT, SOME_DAY, WANTS};

impl Bench<'_> {
    /// A text in which the grammar found an opt-out: that of everything, of one of several, or something else that only looks
    /// like one. In doubt the answer says how to stop.
    pub(in super::super) fn read_as_stop(&mut self, command: Command, heard: &Heard) -> Command {
        let (best, odds) = heard.best();
        let several = self.me.subscriptions.len() > 1;
        if several
            && best == Intent::EndOne
            && odds >= 0.35
            && let Some(made) = self.make(best, heard, &command)
        {
            return made;
        }
        if self.said.only_quotes(is_opt_out) || self.is_of_others() {
            // "Opting out of parkrun if it's wet. Is it?"
            let asks = heard.best().0 == Intent::Forecast;
            return asks
                .then(|| self.asked())
                .flatten()
                .unwrap_or(Command::HowToStop);
        }
        // "Stop, many thanks and a good day": nothing else is said.
        let only = matches!(&command, Command::Stop { named } if named.is_empty());
        if only && !self.asks && !self.is_rain_that_stops() {
            return self.only_one_ended().unwrap_or(command);
        }
        // "Revoco il consenso al trattamento dei miei dati".
        if !self.asks && self.said.has_any(&REVOKES) {
            return self.only_one_ended().unwrap_or(command);
        }
        if self.asks && heard.odds(Intent::About) >= 0.3 {
            return Command::HowToStop;
        }
        // "Non voglio più Verona, voglio Vicenza".
        let other = self.names_mine() && self.names_two() && self.said.has_any(&WANTS);
        if let Some(moved) = other.then(|| self.moved()).flatten() {
            return moved;
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
        // "Stop!! I told you yesterday.", "stop please, thank you very much x".
        let behind = typed.get(first.len()..).unwrap_or("");
        let alone = words == 1 && behind.starts_with(['!', '.']);
        let politely = (2..=3).contains(&words) && is_opt_out(first);
        if reason && (alone || politely) && is_opt_out(first) {
            return true;
        }
        reason
            && (2..=7).contains(&words)
            && is_opt_out(first)
            && Said::of(first, None, None).has_any(&SENT)
            && Heard::of(first).odds(I::Stop) >= 0.6
    }
}

pub(super) const fn leaves(intent: Intent) -> bool {
    matches!(
        intent,
        Intent::Stop | Intent::DeleteMe | Intent::WrongNumber | Intent::EndOne
    )
}
