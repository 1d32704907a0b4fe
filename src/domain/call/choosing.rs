//! Small choices that hearing and answering share: what a key takes, which of several was named, which time is meant.

use crate::domain::command::When;
use crate::domain::command::words::fold;
use crate::domain::forecast::Window;
use crate::domain::place::Place;
use crate::domain::schedule::SendTime;
use crate::domain::subscriber::StoppedBy;

/// Whether a key can take a stop back: not what the carrier blocks, nor what never arrives.
pub(super) const fn can_resume(by: StoppedBy) -> bool {
    matches!(by, StoppedBy::Us | StoppedBy::Operator)
}

/// The stretch of time that a *when* word means at a place.
pub(super) fn window_of(when: When, place: &Place, now: jiff::Timestamp) -> Window {
    let today = now.to_zoned(place.zone.rules().clone()).date();
    when.window(today, None).unwrap_or(Window::Week)
}

/// The other of today and tomorrow.
pub(super) const fn other_day(window: Window) -> Window {
    match window {
        Window::Tomorrow => Window::Today,
        _ => Window::Tomorrow,
    }
}

/// What a key takes of a choice.
pub(super) enum Picked<'a> {
    This(&'a Place),
    None,
    Unclear,
}

pub(super) fn pick_key(key: char, options: &[Place]) -> Picked<'_> {
    let at = key.to_digit(10).and_then(|digit| digit.checked_sub(1));
    let chosen = at.and_then(|at| options.get(usize::try_from(at).ok()?));
    match (chosen, key, options.len()) {
        (Some(place), _, _) => Picked::This(place),
        // Of one place the second key is a no.
        (None, '2', 1) | (None, '0', _) => Picked::None,
        _ => Picked::Unclear,
    }
}

/// The only one of the options whose name or region was said.
pub(super) fn named_among<'a>(options: &'a [Place], plain: &str) -> Option<&'a Place> {
    let region = |place: &Place| place.admin1.as_deref().map(fold);
    let named: Vec<&Place> = options
        .iter()
        .filter(|place| {
            let name = fold(&place.name);
            let region = region(place);
            let both = region.as_ref().map(|region| format!("{name} {region}"));
            [Some(name), region, both].contains(&Some(plain.to_owned()))
        })
        .collect();
    match named[..] {
        [one] => Some(one),
        _ => None,
    }
}

/// The time that it is there now, to five minutes: what "every day at this time" means.
pub(super) fn time_there(place: &Place, now: jiff::Timestamp) -> SendTime {
    let there = now.to_zoned(place.zone.rules().clone());
    let part = |n: i8| u8::try_from(n).unwrap_or_default();
    SendTime::new(part(there.hour()), part(there.minute()) / 5 * 5).unwrap_or(SendTime::SEVEN)
}
