//! Daily texts: confirmations with their legal parts, changes, breaks, trips.

use super::super::ClockStyle;
use super::{Line, around, first_fit, fits, listed};
use crate::domain::subscriber::Units;

/// What a confirmation says.
#[derive(Debug, Clone, Default)]
pub struct Confirmed {
    /// Of which place.
    pub label: String,
    /// `7am`.
    pub time: String,
    /// `every day`.
    pub days: String,
    /// ` if rain`, or nothing.
    pub condition: String,
    /// `today`, `tomorrow`, `Mon`.
    pub first: String,
    /// Whether its time has already passed today.
    pub passed: bool,
    /// Whether its person lives by another country's clock.
    pub abroad: bool,
}

/// The confirmation of DAILY: who we are, what comes, how often, rates, HELP and STOP, in one segment.
#[must_use]
pub fn confirmation(it: &Confirmed) -> String {
    let Confirmed {
        time,
        days,
        condition,
        first,
        ..
    } = it;
    let clock = if it.abroad { " local time" } else { "" };
    let since = if it.passed {
        format!("from {first} ({time} has passed today)")
    } else {
        format!("from {first}")
    };
    let legal = "Msg&data rates may apply. Reply HELP for help, STOP to end.";
    let short = "Msg&data rates may apply. HELP for help, STOP to end.";
    let few_days = days.replace(", ", " ");
    let wordings = |label: &str| {
        [
            format!(
                "weatherline: {label} weather {days} at {time}{clock}{condition}, {since}. {legal}"
            ),
            format!("weatherline: {label} {days} at {time}{clock}{condition}, {since}. {short}"),
            format!("weatherline: {label} {days} at {time}{condition}, from {first}. {short}"),
            format!(
                "weatherline: {label} {few_days} {time}{condition}, from {first}. Msg&data rates may apply. HELP or STOP."
            ),
        ]
    };
    for wording in wordings(&it.label) {
        if fits(&wording) {
            return wording;
        }
    }
    around(&it.label, |label| first_fit(wordings(label)))
}

/// A change of TIME, DAYS or PLACE: what is set now.
#[must_use]
pub fn changed(it: &Confirmed) -> String {
    let Confirmed {
        time,
        days,
        condition,
        first,
        ..
    } = it;
    let since = if it.passed {
        format!("Next: {first} ({time} has passed today).")
    } else {
        format!("Next: {first}.")
    };
    around(&it.label, |label| {
        first_fit([
            format!("Done: {label} weather {days} at {time}{condition}. {since} ME lists all."),
            format!("Done: {label} {days} at {time}{condition}. Next: {first}. ME lists all."),
        ])
    })
}

/// TIME, DAYS, PAUSE … without any daily text.
#[must_use]
pub fn none_yet(label: Option<&str>, time: &str) -> String {
    match label {
        Some(label) => around(label, |label| {
            format!(
                "You have no daily text yet. Text DAILY {} {time} to get one.",
                label.to_uppercase()
            )
        }),
        None => format!(
            "You have no daily text yet. Text DAILY, a place and a time to get one, for example DAILY LYON {time}."
        ),
    }
}

/// DAILY without a place.
#[must_use]
pub fn daily_where() -> String {
    "Every day, gladly: for which place? Text for example DAILY LYON 7AM, or DAILY 90210."
        .to_owned()
}

/// A time that no clock shows.
#[must_use]
pub fn bad_time() -> String {
    "I didn't get the time. Text for example TIME 7AM, TIME 6:30PM or TIME 18:30.".to_owned()
}

/// DAYS without days.
#[must_use]
pub fn which_days() -> String {
    "Which days? Text for example DAYS WEEKDAYS, DAYS WEEKENDS, DAYS MON WED FRI or DAYS DAILY."
        .to_owned()
}

/// PLACE without a place.
#[must_use]
pub fn move_where() -> String {
    "To which place? Text for example PLACE LYON.".to_owned()
}

/// As many daily texts as a phone may have.
#[must_use]
pub fn too_many(most: usize) -> String {
    format!(
        "You have {most} daily texts, and that's the most. End one first, for example STOP PARIS; ME lists them."
    )
}

/// PLACE to a place that another daily text has.
#[must_use]
pub fn already_yours(label: &str) -> String {
    around(label, |label| {
        format!("You already have a daily text for {label}. ME lists yours.")
    })
}

/// PLACE without a daily text.
#[must_use]
pub fn own_place(label: &str) -> String {
    around(label, |label| {
        format!(
            "Your place is {label} now: text TODAY or TOMORROW for its weather, DAILY to get it every day."
        )
    })
}

/// Which of several daily texts?
#[must_use]
pub fn which_subscription(mine: &[Line]) -> String {
    listed(mine, true, |list| {
        format!("Which one? Reply with a number: {list}")
    })
}

/// UNITS.
#[must_use]
pub fn units_set(units: Units) -> String {
    match units {
        Units::Metric => {
            "Done: Celsius, km/h and millimetres from now on. UNITS F for Fahrenheit.".to_owned()
        }
        Units::Imperial => {
            "Done: Fahrenheit, mph and inches from now on. UNITS C for Celsius.".to_owned()
        }
    }
}

/// UNITS without units.
#[must_use]
pub fn which_units() -> String {
    "Which units? Text UNITS C (Celsius, km/h) or UNITS F (Fahrenheit, mph).".to_owned()
}

/// PAUSE until a day.
#[must_use]
pub fn paused_until(label: &str, next: &str) -> String {
    around(label, |label| {
        format!("Paused: {label}. The next text comes {next}. RESUME starts it sooner.")
    })
}

/// PAUSE.
#[must_use]
pub fn paused(label: &str) -> String {
    around(label, |label| {
        format!(
            "Paused: {label}. No daily texts until you text RESUME. You can still ask me any time."
        )
    })
}

/// RESUME.
#[must_use]
pub fn resumed_one(label: &str, next: &str) -> String {
    around(label, |label| {
        format!("On again: {label}. The next text comes {next}.")
    })
}

/// RESUME, and nothing was paused.
#[must_use]
pub fn not_paused(label: &str, next: &str) -> String {
    around(label, |label| {
        format!("Nothing is paused. {label}: the next text comes {next}.")
    })
}

/// SKIP.
#[must_use]
pub fn skipped(label: &str, day: &str, next: &str) -> String {
    around(label, |label| {
        format!("OK, no {label} text {day}. The one after comes {next}. RESUME takes it back.")
    })
}

/// SKIP of a day that has none.
#[must_use]
pub fn nothing_to_skip(label: &str, day: &str, next: &str) -> String {
    around(label, |label| {
        format!("No {label} text is due {day}. The next one comes {next}.")
    })
}

/// TRIP without a place or a length.
#[must_use]
pub fn trip_how() -> String {
    "Where to, and for how long? Text for example TRIP PARIS 5 DAYS or TRIP PARIS UNTIL FRI. TRIP OVER ends it.".to_owned()
}

/// TRIP.
#[must_use]
pub fn trip_set(away: &str, home: &str, time: &str, until: &str) -> String {
    around(away, |away| {
        around(home, |home| {
            format!(
                "Have a good trip! {away} at {time} until {until}, then {home} again. TRIP OVER ends it sooner."
            )
        })
    })
}

/// TRIP OVER.
#[must_use]
pub fn trip_over(home: &str, next: &str) -> String {
    around(home, |home| {
        format!("Welcome back! {home} again. Next comes {next}.")
    })
}

/// TRIP OVER, and there was none.
#[must_use]
pub fn no_trip() -> String {
    "No trip is set. Text for example TRIP PARIS 5 DAYS.".to_owned()
}

/// A text for a clock style that a test can name.
#[must_use]
pub const fn example_time(clock: ClockStyle) -> &'static str {
    match clock {
        ClockStyle::H12 => "7AM",
        ClockStyle::H24 => "7:00",
    }
}
