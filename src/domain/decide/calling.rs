//! CALL ME: we ring and read the forecast of their own place aloud.

use super::super::compose::texts;
use super::super::decision::{Decision, FollowUp};
use super::super::facts::Rules;
use super::super::forecast::Window;
use super::super::subscriber::Channel;
use super::turn::Turn;

/// Whether we can call at all: a call needs a number of ours, which a messaging service is not.
pub(super) const fn can_call(rules: &Rules) -> bool {
    rules.own_number.is_some()
}

/// Rings as soon as the weather is in.
pub(super) fn call_me(mut turn: Turn<'_>) -> Decision {
    if !can_call(turn.rules) {
        return turn.say(texts::no_calls, "no_calls");
    }
    let Some(place) = turn.me.own_place().cloned() else {
        return turn.say(texts::call_where, "which_place");
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
