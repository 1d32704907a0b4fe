//! Small talk and a question in one text: "merci, au top. dimanche ce sera pareil ?"

use jiff::Timestamp;

use super::super::super::command::intent::{Heard, Intent, is_known};
use super::super::super::command::said::{Name, Said};
use super::super::super::command::words::fold;
use super::super::super::command::{Asked, Command};
use super::super::super::place::{Place, PlaceQuery, Resolution};
use super::super::super::subscriber::{Question, Subscriber};
use super::super::mine::is_called;
use super::super::turn::open_question;
use super::super::understanding::the_one_in;
use super::leave::clauses::clauses;
use super::wish::text_of;
use super::{LookUp, Spelling, settle_whole};

/// How many sentences are listened to.
const MOST: usize = 6;

/// What one sentence of several asks for, where the whole says nothing that we understand.
pub(super) fn meant(
    whole: &Command,
    text: &str,
    me: &Subscriber,
    template: &PlaceQuery,
    now: Timestamp,
    look_up: Option<LookUp<'_>>,
) -> Option<Command> {
    let look_up = look_up?;
    if let Some(asked) = asked_last(whole, text, template, look_up) {
        return Some(asked);
    }
    if !says_little(whole, template, look_up) {
        return None;
    }
    let parts = sentences(text);
    if parts.len() < 2 || parts.len() > MOST || parts.iter().any(|part| may_leave(part)) {
        return None;
    }
    let read = |part: &&str| {
        let command = Command::parse_from(part, template.country, Some(me.language()));
        settle_whole(command, part, me, template, now, Some(look_up))
    };
    let clear = |command: &Command| asks(command, template, look_up);
    if let Some(Question::Place { options, .. }) = open_question(me, now) {
        // "Wrong ones. The one in Oregon."
        let called = |part: &&str| one_called(options, &the_one_in(part));
        return parts.iter().rev().find_map(called).map(Command::Number);
    }
    parts.iter().rev().map(read).find(clear).or_else(|| {
        let about = |command: &Command| matches!(command, Command::About | Command::Menu);
        matches!(whole, Command::Thanks | Command::Unclear)
            .then(|| parts.iter().rev().map(read).find(about))
            .flatten()
    })
}

/// The number of the only one that is called so.
fn one_called(options: &[Place], name: &str) -> Option<u32> {
    let mut fitting = (1_u32..)
        .zip(options)
        .filter(|(_, place)| is_called(place, name));
    let (number, _) = fitting.next()?;
    fitting.next().is_none().then_some(number)
}

/// "Saí de Recife agora, como tá em Caruaru?": of two places the one that is asked about, which stands in the last clause.
fn asked_last(
    whole: &Command,
    text: &str,
    template: &PlaceQuery,
    look_up: LookUp<'_>,
) -> Option<Command> {
    let Command::Forecast(Asked {
        place: Some(read),
        when,
    }) = whole
    else {
        return None;
    };
    let all = clauses(text);
    let (last, before) = all.split_last()?;
    let asks = text.trim_end().ends_with('?') && !before.is_empty() && !last.contains(&read.text);
    if !asks || before.iter().all(|clause| !clause.contains(&read.text)) {
        return None;
    }
    let mut said = Said::of(last, template.country, None);
    let is_there = |name: &&Name| {
        (name.is_strange || name.is_capital)
            && matches!(
                found(&name.text, template, look_up, Spelling::AsTyped),
                Resolution::Certain(_) | Resolution::Choice(_)
            )
    };
    let names = said.names();
    let name = names.iter().find(is_there)?;
    // "What about Leeds, West Yorkshire?": nothing but a name.
    let more = last.split_whitespace().count() > name.text.split_whitespace().count();
    let county = found(
        &format!("{}, {}", read.text, name.text),
        template,
        look_up,
        Spelling::AsTyped,
    );
    let apart = !matches!(county, Resolution::Certain(_));
    (more && apart).then(|| {
        Command::Forecast(Asked {
            place: Some(text_of(name.text.clone())),
            when: said.when().or(*when),
        })
    })
}

/// Whether a text as a whole is small talk, nothing, or a place that there is not.
fn says_little(command: &Command, template: &PlaceQuery, look_up: LookUp<'_>) -> bool {
    match command {
        Command::Thanks
        | Command::Greeting
        | Command::Unclear
        | Command::No
        | Command::WrongNumber => true,
        Command::Forecast(Asked {
            place: Some(place), ..
        }) => {
            let names = [place.text.as_str()]
                .into_iter()
                .chain(place.inside.names.iter().map(String::as_str));
            !place.inside.is_nameless()
                && names.filter(|name| !name.is_empty()).all(|name| {
                    matches!(
                        found(name, template, look_up, Spelling::AsTyped),
                        Resolution::None
                    )
                })
        }
        _ => false,
    }
}

fn found(name: &str, template: &PlaceQuery, look_up: LookUp<'_>, spelling: Spelling) -> Resolution {
    let query = PlaceQuery {
        text: name.chars().take(80).collect(),
        ..template.clone()
    };
    look_up(&query, spelling)
}

/// Whether a sentence by itself asks for something: the weather of a place, a time, a daily text.
fn asks(command: &Command, template: &PlaceQuery, look_up: LookUp<'_>) -> bool {
    match command {
        Command::Forecast(Asked { place: None, .. }) => true,
        Command::Forecast(Asked {
            place: Some(place),
            when,
        }) => {
            let inside = &place.inside;
            if inside.is_nameless() {
                return inside.asks;
            }
            let strange = fold(&place.text).split(' ').any(|word| !is_known(word));
            let spelling = if strange {
                Spelling::Forgiven
            } else {
                Spelling::AsTyped
            };
            let names = [place.text.as_str()]
                .into_iter()
                .chain(inside.names.iter().map(String::as_str));
            let there = names.filter(|name| !name.is_empty()).any(|name| {
                matches!(
                    found(name, template, look_up, spelling),
                    Resolution::Certain(_) | Resolution::Choice(_)
                )
            });
            there && (strange || when.is_some() || inside.asks || inside.is_led)
        }
        Command::Daily(_)
        | Command::Time { time: Some(_), .. }
        | Command::Days { days: Some(_), .. }
        | Command::Shift { .. }
        | Command::DaysOff { .. }
        | Command::Move { .. }
        | Command::Place { place: Some(_) }
        | Command::Units(Some(_))
        | Command::Language(Some(_))
        | Command::Status
        | Command::MyData
        | Command::DeleteMe => true,
        _ => false,
    }
}

/// A sentence in which somebody may want to leave: the whole is listened to, then.
fn may_leave(part: &str) -> bool {
    let heard = Heard::of(part);
    heard.odds(Intent::Stop) + heard.odds(Intent::EndOne) + heard.odds(Intent::DeleteMe) >= 0.15
}

/// Between full stops, laughter and the like.
fn sentences(text: &str) -> Vec<&str> {
    let mut all = Vec::new();
    let mut from = 0;
    for (at, mark) in text.char_indices() {
        let ends = matches!(mark, '!' | '?' | '\n' | ';' | '…')
            || (mark == '.' && text[at + 1..].starts_with([' ', '\n', '.']));
        if ends {
            let end = at + mark.len_utf8();
            all.push(&text[from..end]);
            from = end;
        }
    }
    all.push(&text[from..]);
    let laughs = |part: &'_ str| -> Option<usize> {
        [
            " lol ", " haha ", " lmao ", " jaja ", " mdr ", " kkk ", " rs ",
        ]
        .iter()
        .find_map(|laugh| part.find(laugh).map(|at| at + laugh.len()))
    };
    all.into_iter()
        .flat_map(|part| match laughs(part) {
            Some(at) => vec![&part[..at], &part[at..]],
            None => vec![part],
        })
        .map(str::trim)
        .filter(|part| part.chars().any(char::is_alphanumeric))
        .collect()
}
