//! Texts that are no place, whatever they are called somewhere: greetings, thanks, everyday words.

use super::gazetteer::{Gazetteer, Named};
use super::query::Query;
use super::rank::Sender;
use super::words::Class;

/// Greetings, thanks, commands, reactions, numbers, worlds that exist in books.
pub(crate) fn is_no_place(gazetteer: &Gazetteer, query: &Query, sender: Sender) -> bool {
    let whole = Class::of(gazetteer, &query.whole());
    if whole.is_fiction() {
        return true;
    }
    if whole.is_refused() || query.is_all_filler() {
        return !is_a_town_at_home(gazetteer, query, sender);
    }
    let (start, end) = query.core();
    if (start..end).all(|at| query.class(at).is_airport()) {
        return true;
    }
    let core = Class::of(gazetteer, &query.words[start..end].join(" "));
    let refused = || {
        core.is_refused()
            || (start..end)
                .all(|at| query.class(at).may_be_dropped() || query.class(at).is_refused())
    };
    core.is_fiction()
        || is_reaction(query.raw)
        || (refused()
            && !is_a_great_name(gazetteer, query)
            && !is_asked_for(gazetteer, query, sender)
            && !is_with_its_state(gazetteer, query))
}

/// "el alto": an article and an everyday word, together the name of a great city.
fn is_a_great_name(gazetteer: &Gazetteer, query: &Query) -> bool {
    query.words.len() > 1
        && gazetteer
            .named(&query.whole())
            .take(50)
            .any(|(id, named)| named == Named::Name && gazetteer.spot(id).people >= 100_000)
}

/// "weather in nice", not "nice weather"; from France both.
fn is_asked_for(gazetteer: &Gazetteer, query: &Query, sender: Sender) -> bool {
    let (start, end) = query.core();
    let before = start > 0 && query.class(start - 1).is_topic();
    let name = query.words[start..end].join(" ");
    before || (query.asks_beside((start, end)) && is_town_of(gazetteer, &name, sender, 60_000))
}

/// "Start LA": an everyday word with a state's code in capitals behind it, and there is a town of that name.
fn is_with_its_state(gazetteer: &Gazetteer, query: &Query) -> bool {
    let [name, state] = &query.words[..] else {
        return false;
    };
    let code = state.len() == 2 && query.is_upper(state) && !query.is_upper(name);
    let states = || gazetteer.divisions_named(state).into_iter();
    code && gazetteer
        .named(name)
        .take(50)
        .filter(|(_, named)| *named == Named::Name)
        .any(|(id, _)| {
            let admin1 = gazetteer.spot(id).admin1;
            states().any(|(division, is_code)| is_code && admin1 == Some(division.id))
        })
}

/// "nice" from France, "hoi an" from Vietnam: also a word or two of chat, but a town of some size there.
fn is_a_town_at_home(gazetteer: &Gazetteer, query: &Query, sender: Sender) -> bool {
    let most = if query.words.len() > 1 {
        20_000
    } else {
        60_000
    };
    is_town_of(gazetteer, &query.whole(), sender, most)
}

fn is_town_of(gazetteer: &Gazetteer, name: &str, sender: Sender, most: u32) -> bool {
    gazetteer.named(name).take(50).any(|(id, named)| {
        let spot = gazetteer.spot(id);
        named == Named::Name && sender.country == Some(spot.country) && spot.people >= most
    })
}

/// `Liked "…"` and its translations quote the text that they are about.
fn is_reaction(raw: &str) -> bool {
    let quoted = raw.find(['“', '"', '«', '„', '"']);
    quoted.is_some_and(|at| at > 0) && raw.ends_with(['”', '"', '»', '“'])
}
