//! When an answer was none: how often we ask again, and how a call ends that leads nowhere.

use super::prompt::Prompt;
use super::step::Step;
use super::talk::Talk;
use crate::domain::compose::spoken::Line;

/// Answers to one question that may be none. The last of them ends the call, with a way on.
pub(super) const MAX_MISSES: u8 = 3;

/// Turns that a call may have: nobody talks longer with a weather line, but two machines would.
pub(super) const MAX_TURNS: u8 = 60;

/// Whether the call has to end now.
pub(super) const fn is_over(step: &Step) -> bool {
    step.misses >= MAX_MISSES || step.turn >= MAX_TURNS
}

/// The last words of a call that led nowhere.
pub(super) fn give_up(talk: &Talk<'_>, told: Vec<String>) -> Prompt {
    let mut told = told;
    told.extend(talk.say(Line::GiveUp));
    talk.end(told)
}
