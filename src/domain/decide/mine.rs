//! Which of my daily texts a command is about.

use super::super::command::words::fold;
use super::super::command::{Which, read_time};
use super::super::compose::place_label_in;
use super::super::language::Language;
use super::super::phone::Country;
use super::super::place::Place;
use super::super::subscriber::Subscription;
use super::turn::Turn;

/// What a command is about.
pub(super) enum Pick {
    /// These, by index.
    These(Vec<usize>),
    /// It could be any of several.
    Unclear,
    /// None of mine is called so.
    NotMine(String),
    /// I have none.
    NoneYet,
}

/// Picks by the answer to our question, by name or time, or the only one there is.
pub(super) fn pick(turn: &Turn<'_>, which: &Which) -> Pick {
    let mine = &turn.me.subscriptions;
    if mine.is_empty() {
        return Pick::NoneYet;
    }
    if let Some(id) = turn.chosen.subscription {
        return match mine.iter().position(|s| s.id == Some(id)) {
            Some(at) => Pick::These(vec![at]),
            None => Pick::Unclear,
        };
    }
    match which {
        Which::All => Pick::These((0..mine.len()).collect()),
        Which::Unsaid if mine.len() == 1 => Pick::These(vec![0]),
        Which::Unsaid => Pick::Unclear,
        Which::Named(name) => {
            let found = called(mine, name);
            match found.len() {
                0 => Pick::NotMine(name.clone()),
                1 => Pick::These(found),
                _ => Pick::Unclear,
            }
        }
    }
}

/// Those that are called so, or come at that time.
pub(super) fn called(mine: &[Subscription], name: &str) -> Vec<usize> {
    let by_name: Vec<usize> = (0..mine.len())
        .filter(|at| is_called(&mine[*at].place, name))
        .collect();
    if !by_name.is_empty() {
        return by_name;
    }
    let Some(time) = read_time(name) else {
        return Vec::new();
    };
    (0..mine.len())
        .filter(|at| mine[*at].time == time)
        .collect()
}

/// The one of several that a stop names, when it names one exactly and says nothing else.
pub(super) fn only_one_named(turn: &Turn<'_>, named: &str) -> Option<usize> {
    let mine = &turn.me.subscriptions;
    if mine.len() < 2 || named.is_empty() {
        return None;
    }
    match called(mine, named).as_slice() {
        [one] => Some(*one),
        _ => None,
    }
}

/// Whether a place is called so: every word is one of its name, its state or its country, and they begin like one of those.
pub(super) fn is_called(place: &Place, typed: &str) -> bool {
    let typed = fold(typed);
    if typed.is_empty() {
        return false;
    }
    let elsewhere = if place.country == Country::of(b"US") {
        b"FR"
    } else {
        b"US"
    };
    let mut names = vec![fold(&place.name)];
    for language in Language::ALL {
        let long = place_label_in(place, Some(Country::of(elsewhere)), language);
        names.push(fold(&long));
    }
    names.extend(place.admin1.as_deref().map(fold));
    names.extend(place.admin1_code.as_deref().map(fold));
    names.push(place.country.code().to_ascii_lowercase());
    let begins = names.iter().any(|name| {
        typed == *name || starts_with_words(&typed, name) || starts_with_words(name, &typed)
    });
    let words: Vec<&str> = names.iter().flat_map(|name| name.split(' ')).collect();
    begins && typed.split(' ').all(|word| words.contains(&word))
}

fn starts_with_words(long: &str, short: &str) -> bool {
    !short.is_empty()
        && long
            .strip_prefix(short)
            .is_some_and(|rest| rest.starts_with(' '))
}

/// Whether two places are one: the same spot, to about two kilometres.
pub(super) fn is_same(one: &Place, other: &Place) -> bool {
    let near = |a: f64, b: f64| (a - b).abs() < 0.02;
    one.country == other.country
        && near(one.coordinates.latitude(), other.coordinates.latitude())
        && near(one.coordinates.longitude(), other.coordinates.longitude())
}
