//! What a text means where the grammar alone is not sure: the intent that it was heard with, filled with what it says besides.
//!
//! Sure stays sure: keywords, exact commands, a short text that is a place. The rest is weighed: a place found only inside of a
//! sentence, a wording that could be several things, an opt-out read out of a long sentence.

mod asked;
mod away;
mod bench;
mod leave;
mod letter;
mod mine;
mod needed;
mod places;
mod wish;

use std::cell::RefCell;

use jiff::Timestamp;

use self::bench::Bench;
use self::needed::needed;
use self::wish::text_of;
use super::super::command::follow::goes_on;
use super::super::command::intent::{Heard, Intent};
use super::super::command::said::Said;
use super::super::command::words::{fold, without_signature};
use super::super::command::{Asked, Command, Noise, TripWish, Which};
use super::super::decision::Inbound;
use super::super::place::{PlaceQuery, Resolution};
use super::super::subscriber::{Question, Standing, Subscriber};
use super::mine::called;
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
    if let Some(sentence) = letter::said_in(text) {
        let read = Command::parse_from(sentence, template.country, Some(me.language()));
        return settle_text(read, sentence, me, template, now, look_up);
    }
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
    let heard = bench.of_one_text(Heard::of(text));
    let heard = heard.weighted(|intent| bench.prior(intent, &names, question.is_some()));
    weigh(command, &heard, &bench, names, question)
}

/// Whether the grammar's reading needs no second one.
fn is_sure(command: &Command, bench: &Bench<'_>, question: Option<&Question>) -> bool {
    let words = bench.said.len();
    let mine = &bench.me.subscriptions;
    let named = |which: &Which| match which {
        Which::Named(name) => {
            !called(mine, name).is_empty() || (!name.contains(' ') && bench.is_a_place(name))
        }
        Which::Unsaid | Which::All => true,
    };
    let keyword = bench.said.begins_with_a_keyword();
    match command {
        // "Out of the office Friday, golfing in Scottsdale, hot?"
        Command::Ignored(Noise::AutoReply) => mine.is_empty() && words > 25,
        _ if words <= 1 => !bench.is_unknown(command),
        Command::Forecast(asked) => is_sure_forecast(asked, bench, question),
        Command::Stop { .. } => words <= 2,
        Command::EndOne { named, .. } => {
            (words <= 2 && !bench.says_one())
                || (words <= 3 && !bench.names_mine() && bench.is_a_place(named))
                || (words <= 4 && !called(mine, named).is_empty())
        }
        // "Heads up for Mildura, just the really hot days".
        Command::Daily(wish) if wish.only_if.is_some() && words <= 12 && !wish.bad_time => {
            let place = wish.place.as_ref().map(|place| place.text.as_str());
            place.is_some_and(|place| bench.is_a_place(place))
        }
        Command::Daily(wish) => keyword && words <= 10 && !wish.bad_time,
        Command::Time { which, time } => (keyword || words <= 3) && named(which) && time.is_some(),
        // "Every other day": the grammar knows that there is no such order.
        Command::Days { days: None, .. } => true,
        Command::Days { which, days } => {
            (keyword && days.is_some() || words <= 2 || bench.said.has_any(WITHOUT)) && named(which)
        }
        Command::DaysOff { which, .. } | Command::OnlyIf { which, .. } => {
            !mine.is_empty() && named(which)
        }
        Command::Pause { which, .. } => keyword && named(which),
        Command::Skip { which, .. } | Command::Resume { which } => keyword && named(which),
        Command::Place { .. } => keyword && words <= 6,
        Command::Trip(TripWish { over, place, span }) => {
            keyword && (*over || (place.is_some() && span.is_some())) || words <= 2
        }
        Command::Thanks | Command::Greeting | Command::About | Command::Status => {
            question.is_none() && words <= 8
        }
        Command::No | Command::Agree => words <= 3,
        _ => true,
    }
}

/// Words that leave days out.
const WITHOUT: &[&str] = &[
    "but", "except", "sauf", "ausser", "ohne", "excepto", "menos", "salvo", "tranne", "exceto",
    "pas", "nicht", "not", "non", "nao",
];

fn is_sure_forecast(asked: &Asked, bench: &Bench<'_>, question: Option<&Question>) -> bool {
    let words = bench.said.len();
    let Some(place) = &asked.place else {
        let brief = bench.goes_on && words <= if asked.when.is_some() { 8 } else { 5 };
        // "Fin de semaine" is a time, whoever says it.
        let weekend = [
            "fin de semaine",
            "fim de semana",
            "fin de semana",
            "fine settimana",
        ];
        return brief
            || weekend.contains(&fold(bench.said.typed()).as_str())
            || (words <= 2 && (asked.when.is_some() || bench.said.is_of_weather()))
            || (words <= 3 && (bench.asks || bench.me.subscriptions.is_empty()));
    };
    let numbers = !place.text.is_empty() && !place.text.contains(char::is_alphabetic);
    if numbers && words <= 4 {
        return true;
    }
    if question.is_some() {
        return false;
    }
    let typed = place.text.split_whitespace().count();
    let whole = place
        .whole
        .as_ref()
        .is_some_and(|whole| bench.is_a_place(&whole.text));
    let wide = place
        .inside
        .wide
        .as_ref()
        .is_some_and(|wide| bench.is_a_place(&wide.name.text));
    let exact = typed <= 5 && !place.text.is_empty() && bench.is_a_place(&place.text);
    // "No more reno": a place of mine beside a word that turns it; "in Lisbon till Wednesday": a trip.
    let turned = bench.names_mine()
        && (bench.turns() || called(&bench.me.subscriptions, &place.text).is_empty());
    let stays = bench.stays_somewhere();
    let all = words <= 5 && bench.is_a_place(bench.said.typed());
    !turned && !stays && (whole || all || (wide && words <= 4) || (exact && words <= typed + 3))
}

fn weigh(
    command: Command,
    heard: &Heard,
    bench: &Bench<'_>,
    names: Vec<String>,
    question: Option<&Question>,
) -> Command {
    let mut bench = bench.clone();
    if question.is_none()
        && let Some(ended) = bench.stops_at_once(heard, &command)
    {
        return ended;
    }
    let (best, _) = heard.best();
    let own = intent_of(&command);
    let has_place = !names.is_empty();
    if let Some(other) = bench.elsewhere(&command, question) {
        return other;
    }
    if question.is_some()
        && let Some(answer) = bench.answer(heard, question)
    {
        return answer;
    }
    let read_stop = matches!(command, Command::Stop { .. });
    if bench.said.begs_to_go_on() && bench.may_beg(heard, read_stop) {
        // "Dont cancel on me now, Reno for saturday?"
        if bench.asks && has_place && !bench.names_mine() {
            return bench.asked().unwrap_or_else(|| bench.go_on());
        }
        return bench.go_on();
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
        if bench.may_leave(heard, intent, odds) {
            return Command::HowToStop;
        }
        if odds < needed(&command, intent, has_place, &bench)
            || !bench.fits(intent, has_place, odds)
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
    text.chars().filter(|c| marks.contains(c)).count() >= 2
}
