//! Answers about places and weather, help, small talk.

use super::super::{ClockStyle, clock_words};
use super::{Line, around, first_fit, fits, listed, plain};
use crate::domain::forecast::Window;
use crate::domain::schedule::SendTime;

/// What can be asked, and whose data it is.
#[must_use]
pub fn menu() -> String {
    "Text a place: LYON, 90210 TOMORROW. DAILY LYON 7AM, TIME 8AM, PAUSE, SKIP, TRIP, ME, UNITS F, MY DATA, STOP. \
     Weather data by Open-Meteo.com"
        .to_owned()
}

/// HELP, where the carrier does not answer it.
#[must_use]
pub fn help() -> String {
    "weatherline: forecasts by text. Text a place, or DAILY and a place; daily texts come once a day. Text ? for commands. \
     Msg&data rates may apply. STOP to end."
        .to_owned()
}

/// A greeting returned.
#[must_use]
pub fn greeting() -> String {
    "Hello! Text me a town, postcode or airport for its weather, or DAILY and a place for a forecast every morning. ? for more."
        .to_owned()
}

/// Thanks returned.
#[must_use]
pub fn thanks() -> String {
    "You're welcome! Text a place any time for its weather, or ? for what else I can do.".to_owned()
}

/// After NO to a question.
#[must_use]
pub fn no_then() -> String {
    "OK. Text the place another way: a town with its state or country, a postcode or an airport."
        .to_owned()
}

/// A picture came, and no text.
#[must_use]
pub fn text_only() -> String {
    "I can read text only. Text me a town, postcode or airport for its weather, or ? for help."
        .to_owned()
}

/// Calls are wished where none can be made.
#[must_use]
pub fn no_calls() -> String {
    "I can't call from here, only text. Text me a place and I'll text its weather.".to_owned()
}

/// CALL ME.
#[must_use]
pub fn calling(label: &str) -> String {
    around(label, |label| {
        format!("I'm calling you with the weather for {label}.")
    })
}

/// CALL ME from somebody whose place we don't know.
#[must_use]
pub fn call_where() -> String {
    "Which place? Text me a town or postcode first, then CALL ME. Or just call this number."
        .to_owned()
}

/// LANGUAGE, while there is one.
#[must_use]
pub fn one_language() -> String {
    "Sorry, I speak only English so far. Place names work in any language.".to_owned()
}

/// A bare number that answers nothing.
#[must_use]
pub fn nothing_to_choose() -> String {
    "There's nothing to choose right now. Text a town, a whole postcode or an airport for its weather, or ? for help."
        .to_owned()
}

/// Weather of nowhere: no place known yet.
#[must_use]
pub fn which_place() -> String {
    "Which place? Text a town, postcode or airport, for example LYON, 90210 or JFK.".to_owned()
}

/// No such place.
#[must_use]
pub fn unknown_place(typed: &str) -> String {
    let typed = plain(typed).replace('"', "");
    let rest = "Try a town with its state or country, a postcode or an airport. ? for help.";
    if typed.is_empty() {
        return format!("I don't know that place. {rest}");
    }
    around(&typed, |typed| {
        format!("I don't know a place \"{typed}\". {rest}")
    })
}

/// One reading of a typo that is not clear enough to take.
#[must_use]
pub fn did_you_mean(label: &str) -> String {
    around(label, |label| {
        format!("Did you mean {label}? Reply YES, or text the place another way.")
    })
}

/// Several readings, numbered.
#[must_use]
pub fn choice(places: &[Line], sure: bool) -> String {
    let question = if sure {
        "Which one?"
    } else {
        "Did you mean one of these?"
    };
    listed(places, true, |list| {
        format!("{question} Reply with a number: {list}")
    })
}

/// The same again, after a number that isn't among them.
#[must_use]
pub fn wrong_number(lines: &[Line]) -> String {
    let count = lines.len();
    listed(lines, true, |list| {
        if count == 1 {
            format!("Please reply 1 or YES for: {list}")
        } else {
            format!("Reply with a number from 1 to {count}: {list}")
        }
    })
}

/// The weather isn't in: it follows.
#[must_use]
pub fn late(label: &str) -> String {
    around(label, |label| {
        format!(
            "The weather service isn't answering right now, so I have nothing for {label} yet. I'll text it when I have it."
        )
    })
}

/// There is a place, but no weather for it.
#[must_use]
pub fn no_weather(label: &str) -> String {
    around(label, |label| {
        format!("I found {label}, but there is no weather forecast for it. Try a town nearby.")
    })
}

/// There is weather, but not for that time.
#[must_use]
pub fn no_forecast(label: &str, window: Window) -> String {
    let when = window_words(window);
    around(label, |label| {
        format!(
            "The forecast for {label} doesn't say anything about {when} yet. Try TODAY or TOMORROW."
        )
    })
}

fn window_words(window: Window) -> &'static str {
    match window {
        Window::Now => "now",
        Window::Today => "today",
        Window::Tonight => "tonight",
        Window::Tomorrow => "tomorrow",
        Window::Weekday(_) => "that day",
        Window::Weekend => "the weekend",
        Window::Week => "the week",
        Window::Hours => "the next hours",
    }
}

/// A forecast with how to get it daily, where that fits.
#[must_use]
pub fn with_daily_hint(forecast: &str, time: SendTime, clock: ClockStyle) -> String {
    let time = clock_words(time, clock);
    first_fit([
        format!("{forecast} Reply DAILY to get this every day at {time}."),
        format!("{forecast} Reply DAILY for this every day."),
        forecast.to_owned(),
    ])
}

/// What is added when the place was guessed from the number.
#[must_use]
pub const fn guessed() -> &'static str {
    " (Guessed from your number: text your town for yours.)"
}

/// The last answer before an hour's break.
#[must_use]
pub fn pausing(minutes: i64) -> String {
    let minutes = minutes.clamp(1, 60);
    let unit = if minutes == 1 { "minute" } else { "minutes" };
    let text = format!(
        "That's a lot of texts in one hour, so I'm pausing now. Text me again in {minutes} {unit}. Daily texts still come; STOP still works."
    );
    debug_assert!(fits(&text));
    text
}
