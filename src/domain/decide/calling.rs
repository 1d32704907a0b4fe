//! CALL ME: we ring and read the forecast of a place aloud, of their own where none is named.

use super::super::command::PlaceText;
use super::super::compose::texts;
use super::super::decision::{Decision, FollowUp};
use super::super::facts::Rules;
use super::super::forecast::Window;
use super::super::subscriber::Channel;
use super::answering::{FoundPlace, find};
use super::turn::Turn;

/// Whether we can call at all: a call needs a number of ours, which a messaging service is not.
pub(super) const fn can_call(rules: &Rules) -> bool {
    rules.own_number.is_some()
}

/// Rings as soon as the weather is in.
pub(super) fn call_me(turn: Turn<'_>, named: Option<&PlaceText>) -> Decision {
    if !can_call(turn.rules) {
        return turn.say(texts::no_calls, "no_calls");
    }
    let blank = PlaceText::default();
    let named = named.or_else(|| turn.chosen.place.is_some().then_some(&blank));
    let own = turn.me.own_place().cloned();
    let (mut turn, place) = match (named, own) {
        (Some(named), _) => match find(turn, named) {
            Ok(FoundPlace { place, turn, .. }) => (turn, place),
            Err(decision) => return *decision,
        },
        (None, Some(place)) => (turn, place),
        (None, None) => return turn.say(texts::call_where, "which_place"),
    };
    let text = texts::calling(turn.language(), &turn.label(&place));
    turn.follow_up = Some(FollowUp {
        place,
        window: Window::Today,
        units: turn.me.units(),
        channel: Channel::Call,
    });
    turn.answer(text, "call")
}
