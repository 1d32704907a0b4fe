//! What we say when we could not keep up: a promise that could not be kept, a database that does not take anything.

use super::around;

/// The forecast that was promised did not come before it was too late.
#[must_use]
pub fn never_came(label: &str) -> String {
    around(label, |label| {
        format!(
            "Sorry, no forecast for {label} came in all this time, so I have nothing to send. Text me the place to ask again."
        )
    })
}

/// Nothing can be looked up or written down just now.
#[must_use]
pub fn trouble() -> String {
    "Sorry, something is wrong on our side and nothing was changed. Please text that again in a few minutes.".to_owned()
}
