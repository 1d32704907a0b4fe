//! Everything we say on the phone that is no forecast: whole words only, numbers and keys spelled, no sentence a dead end.

mod asking;
mod doing;
mod menu;
mod names;
mod times;

pub use asking::*;
pub use doing::*;
pub use menu::*;
pub use names::{full_name, place_name};
pub use times::time_words;
