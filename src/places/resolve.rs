//! The order in which a text is read: position, postcode, airport, name, name with filler, name with errors.

use super::gazetteer::{Gazetteer, Named};
use super::plus_code;
use super::postal::{self, Postal};
use super::postcode::Found;
use super::query::{self, Query};
use super::rank::Sender;
use super::reading::{self, Hit};
use super::verdict::{self, Verdict};
use super::{airport, articles, cases, coordinates, fuzzy, refused, street, typo};
use crate::domain::place::Coordinates;

/// What a text means, before it is made into places.
pub(crate) enum Meaning {
    /// A bare position.
    Position(Coordinates),
    /// Postcodes, best first; certain or not.
    Postcodes(Vec<Found>, bool),
    /// Named spots.
    Spots(Verdict),
}

/// Reads a text. Takes bounded time for any text. Typing errors are looked for only where they are forgiven.
pub(crate) fn read(gazetteer: &Gazetteer, text: &str, sender: Sender, forgiving: bool) -> Meaning {
    let raw = query::cut(text);
    if let Some(position) = coordinates::parse(raw) {
        return Meaning::Position(position);
    }
    if coordinates::is_off_the_earth(raw) {
        return Meaning::Spots(Verdict::None);
    }
    if let Some(position) = by_plus_code(gazetteer, raw, sender) {
        return Meaning::Position(position);
    }
    let Some(query) = Query::read(gazetteer, raw).filter(|q| q.raw.len() == text.trim().len())
    else {
        return Meaning::Spots(Verdict::None);
    };
    if let Some(hit) = airport::everyday_code(gazetteer, &query, sender) {
        return Meaning::Spots(if query.is_upper(&query.words[0]) {
            Verdict::Certain(hit)
        } else {
            Verdict::Guess(vec![hit])
        });
    }
    if refused::is_no_place(gazetteer, &query, sender) {
        return Meaning::Spots(perhaps_a_city(gazetteer, &query, sender));
    }
    match postal::read(gazetteer, &query, sender) {
        Some(Postal::At(found)) => return Meaning::Postcodes(vec![found], true),
        Some(Postal::Perhaps(found)) => return Meaning::Postcodes(found, false),
        None => {}
    }
    Meaning::Spots(named(gazetteer, &query, sender, forgiving))
}

/// "nice": mostly small talk, and the name of a city that the world knows.
fn perhaps_a_city(gazetteer: &Gazetteer, query: &Query, sender: Sender) -> Verdict {
    let known: Vec<Hit> = gazetteer
        .named(&query.whole())
        .take(50)
        .filter(|(_, named)| *named == Named::Name && query.words.len() == 1)
        .map(|(id, named)| (gazetteer.spot(id), named))
        .filter(|(spot, _)| spot.people >= 100_000 && spot.fame >= 45)
        .map(|(spot, named)| Hit {
            score: super::rank::score(&spot, named, sender),
            how: reading::How::Name { qualified: false },
            spot,
        })
        .take(1)
        .collect();
    if known.is_empty() {
        Verdict::None
    } else {
        Verdict::Guess(known)
    }
}

fn by_plus_code(gazetteer: &Gazetteer, raw: &str, sender: Sender) -> Option<Coordinates> {
    let code = plus_code::find(raw)?;
    if code.is_full() {
        return code.position(None);
    }
    let town = Query::read(gazetteer, code.town)?;
    match named(gazetteer, &town, sender, false) {
        Verdict::Certain(hit) => {
            code.position(Coordinates::new(hit.spot.latitude, hit.spot.longitude))
        }
        _ => None,
    }
}

fn named(gazetteer: &Gazetteer, query: &Query, sender: Sender, forgiving: bool) -> Verdict {
    if let Some(hits) = airport::worded(gazetteer, query, sender) {
        return verdict::judge(&hits, query, query.core(), sender);
    }
    if let Some(town) = articles::apart(gazetteer, &query.words, sender)
        && let Some(town) = Query::read(gazetteer, &town)
    {
        let all = (0, town.words.len());
        let hits = reading::read(gazetteer, &town, all, sender).hits;
        return verdict::judge(&hits, &town, all, sender);
    }
    let core = query.core();
    let mut contradicted: Vec<Hit> = Vec::new();
    let mut doubtful = Verdict::None;
    for window in query.windows() {
        let mut reading = reading::read(gazetteer, query, window, sender);
        if window == core {
            let abroad = |hit: &Hit| sender.country != Some(hit.spot.country) && hit.score < 5.0;
            if reading.hits.first().is_none_or(abroad) {
                reading.hits.extend(airport::only(gazetteer, query, sender));
            }
            reading
                .hits
                .extend(airport::bare(gazetteer, query, sender, &reading.hits));
            reading::settle(&mut reading.hits);
        }
        match verdict::judge(&reading.hits, query, window, sender) {
            Verdict::None => contradicted.extend(reading.contradicted),
            guess @ Verdict::Guess(_) => doubtful = guess,
            sure if forgiving => return unless_mistyped(gazetteer, query, sender, sure),
            sure => return sure,
        }
    }
    if let Some(town) = in_an_address(gazetteer, query, sender) {
        return town;
    }
    if let Verdict::Guess(guessed) = &doubtful {
        let best = guessed.first().filter(|_| forgiving);
        return best
            .and_then(|best| better_mistyped(gazetteer, query, sender, best))
            .unwrap_or(doubtful);
    }
    if let Some(hits) = cases::inflected(gazetteer, query, sender) {
        return verdict::judge(&hits, query, core, sender);
    }
    if !contradicted.is_empty() {
        if let Some(typo) = forgiving
            .then(|| mistyped_at_home(gazetteer, query, sender))
            .flatten()
        {
            return Verdict::Certain(typo);
        }
        reading::settle(&mut contradicted);
        contradicted.truncate(4);
        return Verdict::Guess(contradicted);
    }
    if forgiving {
        mistyped(gazetteer, query, sender)
    } else {
        without_number(gazetteer, query, sender).unwrap_or(Verdict::None)
    }
}

/// A place that a mistyped name means more likely than the doubtful one of that very name.
fn better_mistyped(
    gazetteer: &Gazetteer,
    query: &Query,
    sender: Sender,
    doubtful: &Hit,
) -> Option<Verdict> {
    let home = |hit: &Hit| sender.country == Some(hit.spot.country);
    match mistyped(gazetteer, query, sender) {
        // A hamlet at home is no mistyped town abroad.
        Verdict::Certain(typo)
            if typo.score >= doubtful.score + 1.5 && (home(&typo) || !home(doubtful)) =>
        {
            Some(Verdict::Certain(typo))
        }
        _ => None,
    }
}

/// The town of an address.
fn in_an_address(gazetteer: &Gazetteer, query: &Query, sender: Sender) -> Option<Verdict> {
    street::towns(query).into_iter().find_map(|town| {
        let town = Query::read(gazetteer, &town)?;
        match named(gazetteer, &town, sender, false) {
            Verdict::Certain(hit) if hit.score >= 4.5 => Some(Verdict::Certain(hit)),
            choice @ Verdict::Choice(_) => Some(choice),
            _ => None,
        }
    })
}

/// A hamlet abroad is less likely meant than a city at home with one letter wrong.
fn unless_mistyped(gazetteer: &Gazetteer, query: &Query, sender: Sender, sure: Verdict) -> Verdict {
    let Verdict::Certain(hit) = &sure else {
        return sure;
    };
    let abroad = sender.country.is_some_and(|home| home != hit.spot.country);
    // What some language calls a town counts for less than what it calls itself.
    let other_name = matches!(hit.how, reading::How::OtherName { .. });
    let (most, highest) = if other_name {
        (1_000_000, 7.0)
    } else {
        (30_000, 5.5)
    };
    if !hit.how.is_bare() || hit.spot.people >= most || hit.score >= highest {
        return sure;
    }
    if !abroad {
        return if other_name && hit.spot.people < 30_000 {
            or_mistyped(gazetteer, query, sender, *hit)
        } else {
            sure
        };
    }
    let meant = typos(gazetteer, query, sender)
        .first()
        .copied()
        .filter(|typo| {
            sender.country == Some(typo.spot.country)
                && typo.score >= hit.score + 2.2
                && matches!(typo.how, reading::How::Typo { edits: 1 })
        });
    meant.map_or(sure, Verdict::Certain)
}

/// "bogata" is also a name of Bogota in New Jersey: ask, where one letter more makes a far bigger place.
fn or_mistyped(gazetteer: &Gazetteer, query: &Query, sender: Sender, hit: Hit) -> Verdict {
    let near = |typo: &&Hit| {
        typo.score >= hit.score + 1.5 && matches!(typo.how, reading::How::Typo { edits: 1 })
    };
    match typos(gazetteer, query, sender).first().filter(near) {
        Some(typo) => Verdict::Guess(vec![*typo, hit]),
        None => Verdict::Certain(hit),
    }
}

const ARTICLES: &[&str] = &[
    "los", "las", "la", "el", "le", "les", "the", "de", "den", "des", "al", "da", "do", "a", "o",
    "new",
];

/// "ashville nc": the name exists, but not in that state; with one letter more it does.
fn mistyped_at_home(gazetteer: &Gazetteer, query: &Query, sender: Sender) -> Option<Hit> {
    let best = *typos(gazetteer, query, sender).first()?;
    let home = sender.country == Some(best.spot.country);
    let small = matches!(best.how, reading::How::Typo { edits: 1 });
    (home && small && best.score >= 6.0).then_some(best)
}

fn mistyped(gazetteer: &Gazetteer, query: &Query, sender: Sender) -> Verdict {
    let (start, end) = query.core();
    if let Some(verdict) = without_number(gazetteer, query, sender) {
        return verdict;
    }
    if (start..end).all(|at| is_a_word(query, at)) {
        return Verdict::None;
    }
    let hits = typos(gazetteer, query, sender);
    // "beijng" is as near to "being", but much nearer to what is asked here.
    let great = |hit: &Hit| hit.score >= 8.0 && matches!(hit.how, reading::How::Typo { edits: 1 });
    let like_a_word = (start..end).all(|at| is_like_a_word(gazetteer, query, at));
    if like_a_word && !hits.first().is_some_and(great) {
        return Verdict::None;
    }
    verdict::judge_typos(&hits)
}

fn typos(gazetteer: &Gazetteer, query: &Query, sender: Sender) -> Vec<Hit> {
    let (start, end) = query.core();
    // "arlinton va": a state's short form may be filler in some language.
    let state = |at: usize| {
        query
            .words
            .get(at)
            .is_some_and(|word| word.len() == 2 && !gazetteer.divisions_named(word).is_empty())
    };
    if state(end) {
        let hits = typo::read(gazetteer, query, (start, end + 1), sender);
        if !hits.is_empty() {
            return hits;
        }
    }
    let mut hits = typo::read(gazetteer, query, (start, end), sender);
    let count = query.words.len();
    let short = count <= 4 && (0..count).all(|at| !query.class(at).is_topic());
    let found = hits.first().is_some_and(|hit| hit.score >= 6.0);
    if short && !found && (start, end) != (0, count) {
        hits.extend(typo::read(gazetteer, query, (0, count), sender));
    } else if start > 0 && ARTICLES.contains(&query.words[start - 1].as_str()) {
        // "the los angelas forecast": an article is filler elsewhere, here part of the name.
        hits.extend(typo::read(gazetteer, query, (start - 1, end), sender));
    }
    reading::settle(&mut hits);
    hits
}

/// "1425 buenos aires": a town with a number that is no postcode that we know.
fn without_number(gazetteer: &Gazetteer, query: &Query, sender: Sender) -> Option<Verdict> {
    let is_number =
        |word: &&String| (4..=6).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit());
    let first = query.words.first().filter(is_number);
    let last = query.words.last().filter(is_number);
    let rest = match (first, last, query.words.len()) {
        (Some(_), None, 2..) => &query.words[1..],
        (None, Some(_), 2..) => &query.words[..query.words.len() - 1],
        _ => return None,
    };
    let text = rest.join(" ");
    let town = Query::read(gazetteer, &text)?;
    let asked = !refused::is_no_place(gazetteer, &town, sender);
    match named(gazetteer, &town, sender, false) {
        Verdict::Certain(hit) if asked && sender.country == Some(hit.spot.country) => {
            Some(Verdict::Certain(hit))
        }
        _ => None,
    }
}

fn is_a_word(query: &Query, at: usize) -> bool {
    let class = query.class(at);
    let (start, end) = query.core();
    let everyday = end - start == 1 && class.is_everyday();
    everyday || class.is_common() || class.is_refused() || class.is_filler()
}

/// Everyday words, also mistyped ones, are no mistyped names.
fn is_like_a_word(gazetteer: &Gazetteer, query: &Query, at: usize) -> bool {
    let word = &query.words[at];
    let (start, end) = query.core();
    if is_a_word(query, at) {
        return true;
    }
    end - start == 1
        && (4..=8).contains(&word.len())
        && fuzzy::near(&gazetteer.words, word, 1, &query.effort)
            .iter()
            .any(|near| {
                near.key.len() >= 4 && near.value & 0b10_0101 != 0 && !near.key.contains(' ')
            })
}
