//! Leaving clause by clause: what is said last, beside thanks, with a *not* before it, or of somebody else's texts.

use super::super::super::super::command::intent::{Heard, Intent};
use super::super::super::super::command::words::{fold, is_one_of};
use super::super::super::super::command::{Command, is_opt_out, is_opt_out_in, is_stop_anywhere};
use super::super::bench::Bench;
use super::lists::{ASKS_FOR_THEM, PREFERS_US, SAID_SO};

/// How many clauses of a text are listened to.
const MOST: usize = 8;

impl Bench<'_> {
    /// "Danke, war schön mit euch. Abmelden", "nunca pedi isto, parem": what is said last is an opt-out of its own.
    pub(super) fn ends_in_a_stop(&self, heard: &Heard) -> bool {
        let typed = self.said.typed();
        // "Non j'ai dit STOP", but "this rain wont STOP".
        let shouted = typed.trim_end_matches(['.', '!', ' ']).ends_with(" STOP")
            && typed.contains(|c: char| c.is_lowercase())
            && self.said.len() <= 8
            && self.said.has_any(&SAID_SO);
        if shouted && !self.asks {
            return true;
        }
        let Some(last) = clauses(typed).pop() else {
            return false;
        };
        let several = last.len() < typed.trim_end_matches(['.', '!', ' ']).len();
        let words = last.split_whitespace().count();
        // "Crouch End tonight, end of."
        let idle = last.eq_ignore_ascii_case("end of");
        let asks = typed.trim_end_matches([' ', '!', '.']).ends_with('?');
        let (best, odds) = heard.best();
        // "On holiday until Friday, don't text me".
        let wants =
            best != Intent::About && (wants_else(best) || best == Intent::Machine) && odds >= 0.7;
        if !several
            || words > 6
            || idle
            || asks
            || (wants && words > 1)
            || self.is_of_others()
            || self.is_code
        {
            return false;
        }
        let regional = || {
            self.me
                .country
                .is_some_and(|country| is_opt_out_in(last, country))
        };
        let brief = words <= 3;
        (brief && is_opt_out(last))
            || (is_opt_out(last) && Heard::of(last).odds(Intent::Stop) >= 0.4)
            || (brief && self.leaving(heard) >= 0.15 && (regional() || is_stop_anywhere(last)))
    }

    /// "Woken at 7 again. I don't want these any more": one clause says it plainly, and no other wants anything else.
    pub(in super::super) fn one_clause_leaves(&self, heard: &Heard) -> bool {
        let none = self.me.subscriptions.is_empty();
        let (best, odds) = heard.best();
        let wants = wants_else(best) && odds >= 0.7;
        let asks = self.said.typed().ends_with('?');
        if none || asks || wants || self.leaving(heard) < 0.08 {
            return false;
        }
        let clauses = clauses(self.said.typed());
        if !(2..=MOST).contains(&clauses.len()) {
            return false;
        }
        let mut leaves = false;
        let mut wants = false;
        for clause in clauses {
            if clause.split_whitespace().count() < 3 {
                continue;
            }
            let (best, odds) = self.of_one_text(Heard::of(clause)).best();
            if best == Intent::Stop && odds >= 0.6 && is_opt_out(clause) {
                return true;
            }
            leaves |= best == Intent::Stop && odds >= 0.85;
            wants |= wants_else(best) && odds >= 0.7;
        }
        leaves && !wants
    }

    /// "Non cancellatemi eh", "pls don't deactivate it", "no me saques de la lista": a *not* stands before the word that ends.
    pub(in super::super) fn would_not_leave(&self) -> bool {
        const NOTS: &str = "dont|not|never|non|no|nao|nicht|nid|ned|net|nod|pas|nunca|jamais|nie|ni|mai|ne|nn|n|naum";
        const ROMANCE: &str = "non|no|nao|ni|nn|ne|n|naum";
        // To the others "no" is a word of its own: "anzi no, disiscrivetemi".
        const SPANISH: &str = "saques|saquen|saqueis|quites|quiten|quiteis|borres|borren|cancelen|canceles|cancelar|baja";
        const BETWEEN: &str = "me|mi|ci|nos|us|te|lo|la|mich|uns|m|please|bitte|pls|vayan|vayas|va|vais|a|ever|quiero|want|to|voglio|veux|\
            dar|des|deis|den|dare|you|ya|eh|ja|jetzt|bloss|blos|still|yet|se|le|surtout|vous|de|wanna|do|vao|vai|vou|quero|queremos|gonna";
        let words = self.said.plain_words();
        let typed = self.said.typed();
        words.iter().enumerate().any(|(at, word)| {
            let english = is_one_of(word, "cancel|unsubscribe|remove|deactivate|delete|drop");
            if !ends_things(&words, at) {
                return false;
            }
            let before = (0..at)
                .rev()
                .take(5)
                .find(|before| !is_one_of(words[*before], BETWEEN));
            let Some(not) = before.filter(|before| is_one_of(words[*before], NOTS)) else {
                return false;
            };
            // "No, cancel it": the no is one of its own; and "no cancel" is no Spanish.
            let parted = typed.find([',', '.', '!', ';', ':']).is_some_and(|mark| {
                let first = fold(&typed[..mark]);
                first.split(' ').any(|typed| typed == words[not])
                    && !first.split(' ').any(|typed| typed == *word)
            });
            let alone =
                words[not] == "no" && !is_one_of(word, SPANISH) && !word.starts_with("desuscrib");
            let foreign = english && is_one_of(words[not], ROMANCE);
            !(parted || alone || foreign)
        })
    }

    /// "Tell Dave to stop texting me", "how do I unsubscribe from Spotify": somebody else's texts.
    pub(in super::super) fn is_of_others(&self) -> bool {
        const TELLS: &str = "tell|ask|get|make|told|asked|got|telling|asking";
        const OURS: &str = "you|u|ya|yall|them|they|these|this|it|your|everyone|someone|somebody|the|that|everything|all";
        const LEAVES: &str = "unsubscribe|unsubscribed|unsubscribing|opt|opted|opting|unsub";
        const WHAT_WE_DO: &str = "this|these|the|your|you|all|everything|here|it|list|texts|text|weather|service|alerts|messages|message|\
            daily|that|them|my|sms|number|any|subscription|notifications|updates|forecasts|forecast|further|future|receiving|getting|both";
        let words = self.said.plain_words();
        let told = words.iter().enumerate().any(|(at, word)| {
            let stop = (at + 2..words.len().min(at + 6))
                .find(|to| words[*to] == "to" && words.get(to + 1) == Some(&"stop"));
            is_one_of(word, TELLS)
                && stop
                    .is_some_and(|to| words[at + 1..to].iter().all(|name| !is_one_of(name, OURS)))
        });
        let from = words
            .iter()
            .position(|word| is_one_of(word, LEAVES))
            .and_then(|at| {
                (at + 1..words.len().min(at + 4)).find(|next| is_one_of(words[*next], "from|of"))
            });
        let elsewhere = from.is_some_and(|from| {
            let named: Vec<&str> = words.iter().skip(from + 1).take(3).copied().collect();
            !named.is_empty()
                && named.iter().all(|word| !is_one_of(word, WHAT_WE_DO))
                && !self.names_mine()
                && !named.iter().any(|word| self.is_a_place(word))
        });
        if self.said.has_any(&ASKS_FOR_THEM) || self.said.has_any(&PREFERS_US) {
            return true;
        }
        told || elsewhere
    }
}

/// Whether a word there ends things: "cancellatemi", "saques de la lista", "take me off".
fn ends_things(words: &[&str], at: usize) -> bool {
    const STEMS: [&str; 32] = [
        "unsubscrib",
        "deactivat",
        "remove",
        "disiscri",
        "cancellate",
        "cancellar",
        "cancellami",
        "disattiv",
        "toglie",
        "rimuov",
        "eliminat",
        "eliminem",
        "desuscrib",
        "saques",
        "saquen",
        "saqueis",
        "quites",
        "quiten",
        "quiteis",
        "borres",
        "borren",
        "desabonn",
        "desinscri",
        "descadastr",
        "desativ",
        "abmeld",
        "abbestell",
        "kundig",
        "rausnehm",
        "rausschmei",
        "austrag",
        "disdir",
    ];
    const WORDS: &str = "cancel|cancela|cancelem|cancelen|canceles|cancelar|tirem|tire|tira|remova|removam|exclua|excluam|apague|enlevez|\
        enleve|retirez|supprimez|resiliez|losch|loscht|loschen|streicht|drop|delete|stop";
    let word = words[at];
    let phrase = |phrase: &str| {
        let mut wanted = phrase.split(' ').enumerate();
        wanted.all(|(nth, part)| words.get(at + nth).is_some_and(|word| *word == part))
    };
    STEMS.iter().any(|stem| word.starts_with(stem))
        || is_one_of(word, WORDS)
        || [
            "take me off",
            "take us off",
            "cut me off",
            "get rid of",
            "baja",
        ]
        .iter()
        .any(|one| phrase(one))
}

/// What is wanted that is no end of anything.
const fn wants_else(intent: Intent) -> bool {
    use Intent as I;
    matches!(
        intent,
        I::Forecast
            | I::Retime
            | I::Redays
            | I::Pause
            | I::Skip
            | I::Move
            | I::About
            | I::Machine
            | I::Trip
            | I::Subscribe
            | I::Resume
    )
}

/// The clauses of a text.
pub(in super::super) fn clauses(text: &str) -> Vec<&str> {
    text.split([',', '.', '!', '?', '¿', ';', '\n', ':', '…', '–', '—'])
        .flat_map(|clause| clause.split(" - "))
        .map(str::trim)
        .filter(|clause| clause.contains(char::is_alphabetic))
        .collect()
}

/// A text without the greeting, the thanks and the name below it, which say nothing of what is wanted.
pub(in super::super) fn without_courtesy(text: &str) -> String {
    let all = clauses(text);
    let courteous = |clause: &&str| {
        let short = clause.split_whitespace().count() <= 4;
        short && matches!(Command::parse(clause), Command::Greeting | Command::Thanks)
    };
    let kept: Vec<&str> = all
        .iter()
        .copied()
        .filter(|clause| !courteous(clause))
        .collect();
    let left: usize = kept
        .iter()
        .map(|clause| clause.split_whitespace().count())
        .sum();
    if left < 3 || kept.len() == all.len() {
        text.to_owned()
    } else {
        let asks = if text.contains('?') { "?" } else { "" };
        kept.join(", ") + asks
    }
}
