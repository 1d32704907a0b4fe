//! Spoken: the menu after a forecast, and why a forecast cannot be read.

/// What the menu has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Menu {
    /// Texts can be sent.
    pub texts: bool,
    /// The forecast could not be read and is owed.
    pub owed: bool,
    /// The other day is tomorrow; else it is today.
    pub tomorrow: bool,
    /// There are daily texts to stop.
    pub stop: bool,
    /// There is a stop to take back.
    pub resume: bool,
}

/// What may be pressed now.
#[must_use]
pub fn menu(it: &Menu) -> String {
    let mut lines = Vec::with_capacity(6);
    match (it.texts, it.owed) {
        (true, true) => lines.push("To get it by text as soon as I have it, press one."),
        (true, false) => lines.push("To get this as a text, press one."),
        (false, _) => {}
    }
    lines.push(if it.tomorrow {
        "For tomorrow, press two."
    } else {
        "For today, press two."
    });
    lines.push("For another place, press three.");
    if it.texts {
        lines.push("For a text with the weather every day at this time, press four.");
    }
    if it.stop {
        lines.push("To stop your daily texts, press nine.");
    }
    if it.resume {
        lines.push("You have stopped our texts. To get them again, press nine.");
    }
    lines.push(if it.owed {
        "To try once more, press star."
    } else {
        "To hear it again, press star."
    });
    lines.join(" ")
}

/// What a recognizer should expect at the menu.
#[must_use]
pub fn hints_of_menu() -> Vec<String> {
    [
        "text it to me",
        "tomorrow",
        "another place",
        "every day",
        "again",
        "goodbye",
        "tonight",
        "weekend",
        "one",
        "two",
        "three",
        "four",
        "nine",
    ]
    .map(str::to_owned)
    .to_vec()
}

/// The weather did not come in time.
#[must_use]
pub fn late(name: &str) -> String {
    format!("I am sorry, the weather for {name} is not in yet.")
}

/// The weather services are down.
#[must_use]
pub fn down(name: &str) -> String {
    format!(
        "I am sorry, the weather service does not answer just now, so I have nothing for {name}."
    )
}

/// To somebody who cannot be texted.
#[must_use]
pub fn call_again() -> String {
    "Please call again in a few minutes.".to_owned()
}

/// No service has weather for that place.
#[must_use]
pub fn no_weather(name: &str) -> String {
    format!("I am sorry, there is no forecast for {name}.")
}

/// The forecast does not reach that far.
#[must_use]
pub fn not_that_far(name: &str) -> String {
    format!("I am sorry, for {name} I have no forecast for that time.")
}
