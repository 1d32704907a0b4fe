//! The conversation of a phone call, pure: where it stands and what was pressed or said → a wish → what is said next.
//!
//! [`hear`] understands, the trip fetches what the [`Wish`] needs and does what it asks for, [`next`] answers. Between two
//! steps nothing is kept: a [`Step`] travels in the address that the next input is sent to.

mod asking;
mod caller;
mod choosing;
mod hear;
mod heard;
mod mishap;
mod place_code;
mod prompt;
mod said;
mod step;
mod switch;
mod talk;
#[cfg(test)]
mod tests;
mod wish;

pub use caller::{Caller, Texting};
pub use hear::hear;
pub use prompt::{Accent, Keys, Prompt, Question};
pub use step::{At, Step};
pub use switch::{begin_in, chosen_language};
pub use talk::{Answer, delivered, next, too_many_calls};
pub use wish::{Act, Done, Facts, Input, Wish};
