//! What to answer, and what changes: pure, on the freshly loaded subscriber and on facts that were gathered before.

mod answering;
mod breaks;
mod calling;
mod daily;
mod leaving;
mod mine;
mod needs;
mod picks;
mod settle;
mod status;
#[cfg(test)]
mod tests;
mod turn;
mod understanding;

use jiff::{SignedDuration, Timestamp};

use self::turn::Turn;
use self::understanding::{Meaning, understand};
use super::command::{Command, is_carrier_keyword, is_opt_out_in};
use super::compose::texts;
use super::subscriber::{Question, Standing, StoppedBy, Subscriber};

pub use self::needs::needs;
pub use self::settle::{LookUp, Spelling, settle};
pub use super::decision::{
    Consent, ConsentKind, Decision, Facts, FollowUp, Inbound, LastDelivery, Needs, OptOut, Reading,
    Rules, Sender, Weather,
};

/// Daily texts that one phone may have: as many as one text can list by number.
pub const MAX_SUBSCRIPTIONS: usize = 6;

/// Decides. Runs inside the store's transaction, so that two texts of one phone never see the same state.
#[must_use]
pub fn decide(
    command: Command,
    subscriber: Option<Subscriber>,
    facts: &Facts,
    inbound: &Inbound,
    rules: &Rules,
    now: Timestamp,
) -> Decision {
    if rules.own_number.as_deref() == Some(inbound.sender.phone.e164()) {
        return Decision::silence("ignored");
    }
    let turn = Turn::new(subscriber, facts, inbound, rules, now);
    match inbound.opt_out {
        Some(OptOut::Stop) => return leaving::stop(turn, StoppedBy::Carrier),
        Some(OptOut::Start) => return leaving::start(turn),
        Some(OptOut::Help) => return Decision::silence("help"),
        None => {}
    }
    let regional = turn
        .me
        .country
        .is_some_and(|country| is_opt_out_in(&inbound.body, country));
    // "Baja" may answer a choice of places, if it is one of them.
    if regional && !turn.is_offered(&inbound.body) {
        return leaving::stop_by_words(turn);
    }
    if let Command::Stop { named } = &command {
        return match mine::only_one_named(&turn, named) {
            Some(at) => leaving::end_one(turn, &[at]),
            None => leaving::stop_by_words(turn),
        };
    }
    if let Command::EndOne {
        named,
        stops: true,
        whole,
        when,
    } = &command
    {
        let asks = when.is_some();
        if turn.me.subscriptions.is_empty() && leaving::ends_all(&turn, named, whole, asks) {
            return leaving::stop_by_words(turn);
        }
        if !turn.is_country_allowed() {
            return Decision {
                reply: None,
                ..leaving::end_named(turn, named, true, whole, None)
            };
        }
    }
    if matches!(command, Command::Ignored(_)) {
        return Decision::silence("ignored");
    }
    if !turn.is_country_allowed() {
        return Decision::silence("country");
    }
    if let Standing::Stopped { by, .. } = turn.me.standing {
        return while_stopped(turn, command, by);
    }
    within_limits(turn, command)
}

/// Stopped means silence, but for START, and for a notice once a day where the carrier lets it through.
fn while_stopped(turn: Turn<'_>, command: Command, by: StoppedBy) -> Decision {
    let asked_to_erase = turn.pending_delete();
    match command {
        Command::Start => leaving::start(turn),
        Command::Yes if !asked_to_erase => leaving::start(turn),
        _ if by == StoppedBy::Carrier => Decision::silence("stopped"),
        // Whoever left may still have everything erased.
        Command::DeleteMe | Command::Delete => within_limits(turn, command),
        Command::Yes | Command::Agree if asked_to_erase => within_limits(turn, command),
        Command::EndOne { stops: true, .. } => Decision::silence("stopped"),
        _ => leaving::notice(turn, by),
    }
}

fn within_limits(turn: Turn<'_>, command: Command) -> Decision {
    let leaves = matches!(command, Command::EndOne { stops: true, .. });
    match turn.answers_left() {
        _ if leaves => answer(turn, command),
        0 => Decision::silence("limited"),
        1 => {
            let minutes = turn.minutes_of_pause();
            let text = texts::pausing(turn.language(), minutes);
            turn.answer(text, "limited")
        }
        _ => answer(turn, command),
    }
}

fn answer(mut turn: Turn<'_>, command: Command) -> Decision {
    if turn.inbound.body.trim().is_empty() && turn.inbound.media > 0 {
        return turn.say(texts::text_only, "text_only");
    }
    let meaning = understand(command, &turn.me, &turn.inbound.body, turn.now);
    // Small talk leaves a question open; anything else replaces it.
    let keeps = matches!(meaning, Meaning::NotAmongThem | Meaning::SmallTalk(_));
    let choice = match turn.me.pending.take_if(|_| !keeps).map(|it| it.question) {
        Some(Question::Place { options, .. }) if options.len() > 1 => Some(options),
        Some(Question::Offered { options }) => Some(options),
        _ => None,
    };
    match meaning {
        Meaning::NotAmongThem => answering::ask_again(turn),
        Meaning::Nothing => turn.say(texts::nothing_to_choose, "help"),
        Meaning::Declined => turn.say(texts::no_then, "declined"),
        Meaning::NotErased => turn.say(texts::not_erased, "declined"),
        Meaning::Erase => leaving::erase(turn),
        Meaning::SmallTalk(thanks) => small_talk(turn, thanks),
        Meaning::Command(command, chosen) => {
            turn.chosen = *chosen;
            // "And the other one?": what was offered stays in mind while nothing else is asked for.
            let goes_on = matches!(&command, Command::Forecast(asked) if turn.chosen.place.is_some() || asked.place.is_none());
            if let Some(options) = choice.filter(|_| goes_on) {
                turn.ask(Question::Offered { options });
            }
            run(turn, command)
        }
    }
}

fn run(turn: Turn<'_>, command: Command) -> Decision {
    match command {
        Command::Forecast(asked) => answering::forecast(turn, &asked),
        Command::More => answering::more(turn),
        Command::Daily(wish) => daily::daily(turn, &wish),
        Command::Place { place } => daily::place(turn, place.as_ref()),
        Command::Time { which, time } => daily::time(turn, &which, time),
        Command::Days { which, days } => daily::days(turn, &which, days),
        Command::Shift { which, minutes } => daily::shift(turn, &which, minutes),
        Command::DaysOff { which, days } => daily::days_off(turn, &which, days),
        Command::OnlyIf { which, only_if } => daily::only_if(turn, &which, only_if),
        Command::Move { which, place } => daily::move_one(turn, &which, place.as_ref()),
        Command::EndOf { which } => leaving::end_of(turn, &which),
        Command::WrongNumber => turn.say(texts::wrong_person, "wrong_person"),
        Command::HowToStop => turn.say(texts::how_to_stop, "how_to_stop"),
        Command::Unclear => turn.say(texts::not_understood, "help"),
        Command::Units(units) => status::units(turn, units),
        Command::Pause { which, span } => breaks::pause(turn, &which, span),
        Command::Resume { which } => breaks::resume(turn, &which),
        Command::Skip { which, day } => breaks::skip(turn, &which, day),
        Command::Trip(wish) => breaks::trip(turn, &wish),
        Command::Status => status::status(turn),
        Command::MyData => status::my_data(turn),
        Command::DeleteMe | Command::Delete => leaving::ask_to_erase(turn),
        Command::CallMe(place) => calling::call_me(turn, place.as_ref()),
        Command::Menu => turn.say(texts::menu, "help"),
        Command::Language(language) => status::language(turn, language),
        Command::Help => help(turn),
        Command::About => turn.say(texts::about_us, "help"),
        Command::EndOne {
            named,
            stops,
            whole,
            when,
        } => leaving::end_named(turn, &named, stops, &whole, when),
        Command::Start | Command::Yes => leaving::start(turn),
        Command::Stop { .. } => leaving::stop_by_words(turn),
        Command::Agree | Command::Thanks | Command::No => small_talk(turn, true),
        Command::Greeting => small_talk(turn, false),
        Command::Number(_) => turn.say(texts::nothing_to_choose, "help"),
        Command::Ignored(_) => Decision::silence("ignored"),
    }
}

/// HELP and INFO, unless the carrier has answered them.
fn help(turn: Turn<'_>) -> Decision {
    let word = turn.inbound.body.trim();
    let carrier_answers = word.eq_ignore_ascii_case("help") || word.eq_ignore_ascii_case("info");
    if turn.rules.answers_keywords && carrier_answers {
        return Decision::silence("help");
    }
    turn.say(texts::help, "help")
}

/// A greeting or thanks, returned at most once an hour: two polite machines must not greet each other for ever.
fn small_talk(mut turn: Turn<'_>, thanks: bool) -> Decision {
    let lately = turn
        .me
        .greeted_at
        .is_some_and(|at| super::facts::within(at, SignedDuration::from_hours(1), turn.now));
    if lately {
        return Decision::silence("small_talk");
    }
    turn.me.greeted_at = Some(turn.now);
    let say = if thanks {
        texts::thanks
    } else {
        texts::greeting
    };
    turn.say(say, "small_talk")
}

/// Who knows of a stop by these words.
fn stopped_by(inbound: &Inbound, rules: &Rules) -> StoppedBy {
    if rules.answers_keywords && is_carrier_keyword(&inbound.body) {
        StoppedBy::Carrier
    } else {
        StoppedBy::Us
    }
}
