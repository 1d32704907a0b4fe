//! What we say when we could not keep up: a promise that could not be kept, a database that does not take anything.

use super::around;
use super::say::Say;
use crate::domain::language::Language;

/// The forecast that was promised did not come before it was too late.
#[must_use]
pub fn never_came(language: Language, label: &str) -> String {
    around(label, |label| {
        Say::NeverCame.fill(language, &[("place", label)])
    })
}

/// Nothing can be looked up or written down just now.
#[must_use]
pub fn trouble(language: Language) -> String {
    Say::Trouble.text(language).to_owned()
}
