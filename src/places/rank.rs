//! How likely a spot is what a sender means by a name.

use super::gazetteer::{Kind, Named, Spot};
use super::qualifiers::governs;
use crate::domain::phone::Country;

/// What is known about who asks.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Sender<'s> {
    pub(crate) country: Option<Country>,
    pub(crate) state: Option<&'s str>,
}

/// A place at home wins unless the one abroad is far bigger: Birmingham stays, Paris does not go to Texas.
/// A village at home counts for less: Cologne is not the one in Minnesota.
fn home(people: u32) -> f32 {
    (0.6 + 1.2 * (((people + 50) as f32).log10() - 3.0)).clamp(0.6, 2.4)
}

/// An alternate name is often that of another language, sometimes an error.
const OTHER_NAME: f32 = 0.9;
const EDIT: f32 = 1.4;
const OTHER_FIRST_LETTER: f32 = 0.8;

/// Weight of a spot for this sender, under one of its names.
pub(crate) fn score(spot: &Spot, named: Named, sender: Sender) -> f32 {
    let at_home = sender.country == Some(spot.country);
    let kin = !at_home
        && sender
            .country
            .is_some_and(|home| governs(home, spot.country));
    let bonus = match spot.kind {
        Kind::Capital => 2.4,
        Kind::Quarter => 2.1,
        _ => home(spot.people),
    };
    let share = match (at_home, kin) {
        (true, _) => 1.0,
        (_, true) => 0.6,
        _ => 0.0,
    };
    let mut score = weight(spot) + bonus * share;
    score += match (spot.kind, at_home) {
        (Kind::Capital, true) => 1.5,
        (Kind::Capital, false) => 1.0,
        (Kind::Seat, _) => 0.2,
        _ => 0.0,
    };
    score
        - match (named, at_home) {
            (Named::Name, _) | (Named::Nickname, true) => 0.0,
            (Named::OtherName, true) => 0.5,
            // Known in so many languages, it is known by its name in this one.
            (Named::OtherName, false) if spot.fame >= 50 => 0.4,
            (Named::OtherName, false) => OTHER_NAME,
            (Named::Nickname, false) => 0.3,
        }
}

/// An alternate name that has nothing of the name itself is often one that nobody uses any more.
pub(crate) fn unlike(spot: &Spot, named: Named, key: &str) -> f32 {
    if named != Named::OtherName || !key.is_ascii() {
        return 0.0;
    }
    let name = super::fold::fold(&spot.name.read());
    let shared = key
        .bytes()
        .zip(name.bytes())
        .take_while(|(a, b)| a == b)
        .count();
    let alike = shared >= 4
        || name.contains(key)
        || key.contains(&name)
        || (key.len() >= 6 && strsim::osa_distance(key, &name) <= 2);
    if alike { 0.0 } else { 1.2 }
}

/// People and fame: in how many languages a place has a name tells how far it is known.
fn weight(spot: &Spot) -> f32 {
    let people = match spot.kind {
        // Counts of quarters are often those of the whole city.
        Kind::Quarter => spot.people.min(30_000),
        Kind::Airport => 2_000,
        _ => spot.people,
    };
    let quarter = if spot.kind == Kind::Quarter { 0.7 } else { 0.0 };
    ((people + 50) as f32).log10() + 0.6 * (f32::from(spot.fame) + 1.0).log10() - quarter
}

/// What typing errors take off.
pub(crate) fn edits(count: usize, first_letter_differs: bool) -> f32 {
    count as f32 * EDIT
        + if first_letter_differs {
            OTHER_FIRST_LETTER
        } else {
            0.0
        }
}
