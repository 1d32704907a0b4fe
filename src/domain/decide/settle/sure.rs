//! Which readings of the grammar need no second one.

use super::super::super::command::words::fold;
use super::super::super::command::{Asked, Command, Noise, TripWish, Which};
use super::super::super::subscriber::Question;
use super::super::mine::called;
use super::bench::Bench;

/// Whether the grammar's reading needs no second one.
pub(super) fn is_sure(command: &Command, bench: &Bench<'_>, question: Option<&Question>) -> bool {
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
        Command::No => words <= 5,
        Command::Agree => words <= 3,
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
            "final de semana",
            "o final de semana",
            "o fim de semana",
            "finde",
            "el finde",
            "wochenende",
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
    let typed = fold(&place.text).split(' ').count();
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
    // "Sept-Îles en fin de semaine".
    let said_when = if asked.when.is_some() { 4 } else { 3 };
    let all = words <= 5 && bench.is_a_place(bench.said.typed());
    !turned
        && !stays
        && (whole || all || (wide && words <= 4) || (exact && words <= typed + said_when))
}
