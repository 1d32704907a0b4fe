//! How many intents there are.

/// How many there are.
pub(crate) const INTENTS: usize = 28;
