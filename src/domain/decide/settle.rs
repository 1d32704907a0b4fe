//! What a text means where the grammar alone is not sure: the intent that it was heard with, filled with what it says besides.
//!
//! Sure stays sure: keywords, exact commands, a short text that is a place. The rest is weighed: a place found only inside of a
//! sentence, a wording that could be several things, an opt-out read out of a long sentence.

mod answers;
mod asked;
mod away;
mod bench;
mod corrected;
mod leave;
mod letter;
mod mine;
mod needed;
mod parts;
mod places;
mod sure;
mod wish;

use std::cell::RefCell;

use jiff::Timestamp;

use self::bench::Bench;
use self::corrected::{Instead, corrected};
use self::leave::clauses::without_courtesy;
use self::needed::needed;
use self::sure::is_sure;
use self::wish::text_of;
use super::super::command::follow::goes_on;
use super::super::command::intent::{Heard, Intent};
use super::super::command::said::Said;
use super::super::command::words::without_signature;
use super::super::command::{Asked, Command, Which};
use super::super::decision::Inbound;
use super::super::place::{PlaceQuery, Resolution};
use super::super::subscriber::{Question, Standing, Subscriber};
use super::turn::open_question;

/// How a name is looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spelling {
    /// As it was typed: no typo is forgiven.
    AsTyped,
    /// As somebody may have meant it.
    Forgiven,
}

/// Looks a name up.
pub type LookUp<'a> = &'a dyn Fn(&PlaceQuery, Spelling) -> Resolution;

/// The command that a text means, of somebody, in the light of what the grammar read.
#[must_use]
pub fn settle(
    command: Command,
    subscriber: Option<&Subscriber>,
    inbound: &Inbound,
    now: Timestamp,
    look_up: LookUp<'_>,
) -> Command {
    let stopped = subscriber.is_some_and(|me| matches!(me.standing, Standing::Stopped { .. }));
    if inbound.opt_out.is_some() || stopped || inbound.body.trim().is_empty() {
        return command;
    }
    let sender = &inbound.sender;
    let blank = Subscriber::new(sender.phone.clone(), sender.country, now);
    let me = subscriber.unwrap_or(&blank);
    let template = PlaceQuery {
        text: String::new(),
        country: me.country.or_else(|| sender.country()),
        state: sender.state.clone(),
    };
    settle_text(command, &inbound.body, me, &template, now, Some(look_up))
}

/// The same of a text from before, whose place or daily text was chosen since.
pub(super) fn again(command: Command, text: &str, me: &Subscriber, now: Timestamp) -> Command {
    let template = PlaceQuery {
        text: String::new(),
        country: me.country,
        state: None,
    };
    settle_text(command, text, me, &template, now, None)
}

fn settle_text(
    command: Command,
    text: &str,
    me: &Subscriber,
    template: &PlaceQuery,
    now: Timestamp,
    look_up: Option<LookUp<'_>>,
) -> Command {
    let text = without_signature(text);
    let read_again = |part: &str| {
        let read = Command::parse_from(part, template.country, Some(me.language()));
        settle_text(read, part, me, template, now, look_up)
    };
    if let Some(sentence) = letter::said_in(text) {
        return read_again(sentence);
    }
    match corrected(text) {
        Some(Instead::Time(head, time)) => {
            let which = Which::Unsaid;
            match read_again(head) {
                read @ (Command::Daily(_) | Command::Time { .. }) => {
                    return read.at_another_time(time);
                }
                // "Non alle 7, meglio alle 8".
                Command::Unclear | Command::No | Command::Forecast(_)
                    if !me.subscriptions.is_empty() =>
                {
                    let time = Some(time);
                    return Command::Time { which, time };
                }
                _ => {}
            }
        }
        Some(Instead::Number(number)) if open_question(me, now).is_some() => {
            return read_again(number);
        }
        _ => {}
    }
    let settled = settle_whole(command, text, me, template, now, look_up);
    match parts::meant(&settled, text, me, template, now, look_up) {
        Some(part) => part,
        None => settled,
    }
}

/// Without a look at its single sentences.
fn settle_whole(
    command: Command,
    text: &str,
    me: &Subscriber,
    template: &PlaceQuery,
    now: Timestamp,
    look_up: Option<LookUp<'_>>,
) -> Command {
    let said = Said::of(text, template.country, Some(me.language()));
    let found = RefCell::default();
    let bench = Bench {
        said,
        found: &found,
        asks: text.contains(['?', '¿']),
        goes_on: goes_on(text),
        is_code: is_code(text),
        me,
        template,
        now,
        look_up,
    };
    let question = open_question(me, now);
    let command = bench.in_its_sense(command);
    // "Salta mañana", "Salta el sábado": nothing of theirs can be left out.
    if let Command::Skip { day, .. } = command
        && me.subscriptions.is_empty()
        && (bench.said.len() == 2 || (bench.said.len() <= 4 && day.is_some()))
        && let Some(first) = text
            .split_whitespace()
            .next()
            .filter(|first| bench.is_a_place(first))
    {
        return Command::Forecast(Asked {
            place: Some(text_of(first.to_owned())),
            when: bench.said.clone().when(),
        });
    }
    if bench.said.len() == 0 || is_sure(&command, &bench, question) {
        return bench.of_mine(command);
    }
    let names = bench.places_in();
    let heard = bench.of_one_text(Heard::of(&without_courtesy(text)));
    let heard = heard.weighted(|intent| bench.prior(intent, &names, question.is_some()));
    weigh(command, &heard, &bench, names, question)
}

fn weigh(
    command: Command,
    heard: &Heard,
    bench: &Bench<'_>,
    names: Vec<String>,
    question: Option<&Question>,
) -> Command {
    let mut bench = bench.clone();
    let meant = weighed(command, heard, &mut bench, names, question);
    if meant == Command::HowToStop && bench.means_it(heard) {
        return bench.only_one_ended().unwrap_or(Command::Stop {
            named: String::new(),
        });
    }
    meant
}

fn weighed(
    command: Command,
    heard: &Heard,
    bench: &mut Bench<'_>,
    names: Vec<String>,
    question: Option<&Question>,
) -> Command {
    if let Some(ended) = bench.stops_at_once(heard, &command, question.is_some()) {
        return ended;
    }
    let (best, _) = heard.best();
    let own = intent_of(&command);
    let has_place = !names.is_empty();
    if let Some(other) = bench.elsewhere(&command, question) {
        return other;
    }
    let read_stop = matches!(command, Command::Stop { .. });
    if question.is_some()
        && !(read_stop && heard.odds(Intent::Stop) >= 0.05)
        && let Some(answer) = bench.answer(heard, question)
    {
        return answer;
    }
    if let Some(stays) = bench.stays(heard, &command, has_place) {
        return stays;
    }
    if bench.one_clause_leaves(heard) && !bench.is_of_others() {
        return bench.only_one_ended().unwrap_or(Command::Stop {
            named: String::new(),
        });
    }
    if let Command::Ignored(_) = command {
        return bench.of_a_machine(heard).unwrap_or(command);
    }
    let stops = matches!(
        &command,
        Command::Stop { .. } | Command::EndOne { stops: true, .. }
    );
    if stops {
        return bench.read_as_stop(command, heard);
    }
    for (intent, odds) in heard.ranked().into_iter().take(2) {
        if Some(intent) == own {
            break;
        }
        if intent == Intent::Stop && bench.is_of_others() {
            return Command::HowToStop;
        }
        if bench.may_leave(heard, intent, odds) {
            return Command::HowToStop;
        }
        if odds < needed(&command, intent, has_place, bench) || !bench.fits(intent, has_place, odds)
        {
            continue;
        }
        if let Some(made) = bench.make(intent, heard, &command) {
            return made;
        }
    }
    let weak = matches!(command, Command::Forecast(_));
    if weak && bench.may_want_to_leave(heard, has_place) {
        return Command::HowToStop;
    }
    match (&command, own) {
        (Command::Forecast(_), _) => bench.forecast(command, heard, &names),
        (_, Some(own)) if own == best => bench.make(own, heard, &command).unwrap_or(command),
        _ => command,
    }
}

/// What the grammar took the text for.
const fn intent_of(command: &Command) -> Option<Intent> {
    Some(match command {
        Command::Forecast(_) => Intent::Forecast,
        Command::Daily(_) => Intent::Subscribe,
        Command::Time { .. } => Intent::Retime,
        Command::Days { .. } => Intent::Redays,
        Command::Place { .. } => Intent::Move,
        Command::Pause { .. } => Intent::Pause,
        Command::Skip { .. } => Intent::Skip,
        Command::Resume { .. } => Intent::Resume,
        Command::Trip(_) => Intent::Trip,
        Command::EndOne { .. } => Intent::EndOne,
        Command::Status => Intent::Status,
        Command::Thanks => Intent::Thanks,
        Command::Greeting => Intent::Greeting,
        Command::About => Intent::About,
        Command::No => Intent::No,
        Command::Agree => Intent::Yes,
        _ => return None,
    })
}

/// Whether it is written for a machine rather than for somebody: `{"cmd":"STOP"}`, `<script>`.
fn is_code(text: &str) -> bool {
    let marks = ['{', '}', '<', '>', ';', '=', '\\', '[', ']', '_'];
    [";--", "; --"].iter().any(|mark| text.contains(mark))
        || text.chars().filter(|c| marks.contains(c)).count() >= 2
}
