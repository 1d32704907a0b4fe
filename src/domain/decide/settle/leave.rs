//! Who wants to leave, who does not, and who may: nobody who wants to is held, nobody who does not is lost, and who may is told how.

use super::super::super::command::intent::{Heard, Intent};
use super::super::super::command::{Command, Noise, Which};
use super::bench::Bench;

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
        match best {
            Intent::Machine if odds >= 0.9 && leaving < 0.05 && self.said.looks_sent() => {
                Command::Ignored(Noise::AutoReply)
            }
            Intent::Machine | Intent::Other => Command::HowToStop,
            Intent::Mistaken if self.me.subscriptions.is_empty() => Command::WrongNumber,
            Intent::Thanks | Intent::Mistaken if leaving >= 0.1 => Command::HowToStop,
            _ => self.make(best, heard, read).unwrap_or(Command::HowToStop),
        }
    }

    /// What a text wants in which the grammar found a stop, where it is plainly no end of everything: a break with its end, one
    /// of several, a wrong number where nothing comes, the rain that shall stop.
    fn no_whole_end(&mut self, heard: &Heard) -> Option<Command> {
        const RAIN: [&str; 22] = [
            "rain", "raining", "snow", "wind", "pluie", "neige", "vent", "regen", "schnee",
            "sturm", "lluvia", "nieve", "viento", "llover", "pioggia", "neve", "vento", "piovere",
            "chuva", "chover", "frio", "niebla",
        ];
        const SENT: [&str; 20] = [
            "sms",
            "text",
            "texts",
            "texting",
            "message",
            "messages",
            "messaging",
            "nachrichten",
            "nachricht",
            "mensajes",
            "mensaje",
            "messaggi",
            "messaggio",
            "mensagens",
            "mensagem",
            "textos",
            "alerts",
            "alertas",
            "sending",
            "send",
        ];
        const SOME_DAY: [&str; 14] = [
            "if i ever",
            "ever want",
            "some day",
            "one day",
            "later on",
            "falls ich",
            "irgendwann",
            "spater mal",
            "un jour",
            "si algun dia",
            "algun dia",
            "se un giorno",
            "un giorno",
            "um dia",
        ];
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
        let of_weather =
            self.said.len() > 2 && self.said.has_any(&RAIN) && !self.said.has_any(&SENT);
        let scolds = self
            .said
            .has_any(&["stop being", "stop lying", "stop guessing"]);
        (stops < 0.8 && (of_weather || scolds)).then_some(Command::HowToStop)
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

    /// A text that is no known place, and perhaps an opt-out.
    pub(super) fn may_want_to_leave(&self, heard: &Heard, has_place: bool) -> bool {
        let (best, _) = heard.best();
        let likely = match self.said.len() {
            0..=1 => return false,
            2 if !self.is_no_place(self.said.typed()) => return false,
            2 => 0.6,
            _ if has_place => 0.6,
            _ => 0.4,
        };
        leaves(best)
            && self.leaving(heard) >= likely
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
