//! Spoken: what was done, and what cannot be done.

use super::times::time_words;
use crate::domain::schedule::SendTime;

/// The beginning of a call of ours.
#[must_use]
pub fn here_is_your_forecast() -> String {
    "Hello, this is weatherline with your forecast.".to_owned()
}

/// A text is on its way.
#[must_use]
pub fn texted() -> String {
    "I have sent it to you as a text.".to_owned()
}

/// A text goes out when the weather is in.
#[must_use]
pub fn promised() -> String {
    "I will text it to you as soon as I have it.".to_owned()
}

/// A daily text is set.
#[must_use]
pub fn subscribed(name: &str, time: SendTime) -> String {
    format!(
        "Done. From now on you get a text with the weather for {name}, every day at {}. I have just sent you a text that \
         confirms it. Message and data rates may apply. To end it, reply STOP to any text, or press nine here.",
        time_words(time)
    )
}

/// Everything is stopped.
#[must_use]
pub fn stopped() -> String {
    "Done. You get no more texts from us.".to_owned()
}

/// Texts come again.
#[must_use]
pub fn resumed() -> String {
    "Done. You get our texts again, and I have just sent you one that says which.".to_owned()
}

/// Nothing to stop.
#[must_use]
pub fn none_to_stop() -> String {
    "You have no daily texts.".to_owned()
}

/// What "stop" can mean.
#[must_use]
pub fn how_to_stop() -> String {
    "To stop your daily texts, press nine. To end this call, just hang up.".to_owned()
}

/// What "stop" can mean for somebody without daily texts.
#[must_use]
pub fn how_to_hang_up() -> String {
    "To end this call, just hang up.".to_owned()
}

/// The caller's number is withheld.
#[must_use]
pub fn no_number() -> String {
    "I cannot do that, because your number is withheld. From a phone that shows its number I can, or text the name of \
     your town to this number."
        .to_owned()
}

/// A stop that only a text takes back.
#[must_use]
pub fn stopped_at_carrier() -> String {
    "You have stopped our texts. To get them again, text the word START to this number.".to_owned()
}

/// Texts that were sent never arrived.
#[must_use]
pub fn unreachable() -> String {
    "I cannot text you: texts do not reach this phone. You can call me whenever you like."
        .to_owned()
}

/// A stop that a key takes back.
#[must_use]
pub fn stopped_with_us() -> String {
    "I cannot text you, because you have stopped our texts.".to_owned()
}

/// The hour's texts are used up.
#[must_use]
pub fn too_many_texts() -> String {
    "You have had many texts from us in the last hour. Please try again in an hour.".to_owned()
}

/// No room for another daily text.
#[must_use]
pub fn too_many_daily() -> String {
    "You have as many daily texts as one phone can have. To change them, text us the word ME."
        .to_owned()
}

/// Something of ours failed.
#[must_use]
pub fn failed() -> String {
    "I am sorry, that did not work. Please try again in a few minutes.".to_owned()
}
