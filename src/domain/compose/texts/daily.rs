//! Daily texts: confirmations with their legal parts, changes, breaks, trips.

use super::super::ClockStyle;
use super::say::Say;
use super::{Day, Line, around, first_fit, fits, listed};
use crate::domain::language::Language;
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
    /// When the first one comes.
    pub first: Option<Day>,
    /// Whether its time has already passed today.
    pub passed: bool,
    /// Whether its person lives by another country's clock.
    pub abroad: bool,
}

/// The confirmation of DAILY: who we are, what comes, how often, rates, HELP and STOP, in one segment.
#[must_use]
pub fn confirmation(language: Language, it: &Confirmed) -> String {
    let local = if it.abroad {
        Say::Local.text(language)
    } else {
        ""
    };
    let passed = it.passed_words(language);
    let from = it.first.map_or(String::new(), |day| day.since(language));
    let wordings = |label: &str| {
        [
            (Say::Confirmation, it.days.clone()),
            (Say::ConfirmationShort, it.days.clone()),
            (Say::ConfirmationShorter, it.days.clone()),
            (Say::ConfirmationShortest, it.days.replace(", ", " ")),
        ]
        .map(|(say, days)| {
            say.fill(
                language,
                &[
                    ("place", label),
                    ("days", &days),
                    ("time", &it.time),
                    ("local", local),
                    ("condition", &it.condition),
                    ("from", &from),
                    ("passed", &passed),
                ],
            )
        })
    };
    let whole = first_fit(wordings(&it.label));
    if fits(&whole) {
        return whole;
    }
    around(&it.label, |label| first_fit(wordings(label)))
}

impl Confirmed {
    fn passed_words(&self, language: Language) -> String {
        if self.passed {
            Say::Passed.fill(language, &[("time", &self.time)])
        } else {
            String::new()
        }
    }
}

/// A change of TIME, DAYS or PLACE: what is set now.
#[must_use]
pub fn changed(language: Language, it: &Confirmed) -> String {
    let passed = it.passed_words(language);
    let next = it.first.map_or(String::new(), |day| day.on(language));
    around(&it.label, |label| {
        first_fit([Say::Changed, Say::ChangedShort].map(|say| {
            say.fill(
                language,
                &[
                    ("place", label),
                    ("days", &it.days),
                    ("time", &it.time),
                    ("condition", &it.condition),
                    ("next", &next),
                    ("passed", &passed),
                ],
            )
        }))
    })
}

/// TIME, DAYS, PAUSE … without any daily text.
#[must_use]
pub fn none_yet(language: Language, label: Option<&str>, time: &str) -> String {
    match label {
        Some(label) => around(label, |label| {
            let label = super::plain(&label.to_uppercase());
            Say::NoneYetHere.fill(language, &[("place", &label), ("time", time)])
        }),
        None => Say::NoneYet.fill(language, &[("time", time)]),
    }
}

/// DAILY without a place.
#[must_use]
pub fn daily_where(language: Language) -> String {
    Say::DailyWhere.text(language).to_owned()
}

/// A time that no clock shows.
#[must_use]
pub fn bad_time(language: Language) -> String {
    Say::BadTime.text(language).to_owned()
}

/// DAYS without days.
#[must_use]
pub fn which_days(language: Language) -> String {
    Say::WhichDays.text(language).to_owned()
}

/// PLACE without a place.
#[must_use]
pub fn move_where(language: Language) -> String {
    Say::MoveWhere.text(language).to_owned()
}

/// As many daily texts as a phone may have.
#[must_use]
pub fn too_many(language: Language, most: usize) -> String {
    Say::TooMany.fill(language, &[("count", &most.to_string())])
}

/// PLACE to a place that another daily text has.
#[must_use]
pub fn already_yours(language: Language, label: &str) -> String {
    around(label, |label| {
        Say::AlreadyYours.fill(language, &[("place", label)])
    })
}

/// PLACE without a daily text.
#[must_use]
pub fn own_place(language: Language, label: &str) -> String {
    around(label, |label| {
        Say::OwnPlace.fill(language, &[("place", label)])
    })
}

/// Which of several daily texts?
#[must_use]
pub fn which_subscription(language: Language, mine: &[Line]) -> String {
    listed(language, mine, true, |list| {
        Say::WhichSubscription.fill(language, &[("list", list)])
    })
}

/// UNITS.
#[must_use]
pub fn units_set(language: Language, units: Units) -> String {
    let say = match units {
        Units::Metric => Say::UnitsMetric,
        Units::Imperial => Say::UnitsImperial,
    };
    say.text(language).to_owned()
}

/// UNITS without units.
#[must_use]
pub fn which_units(language: Language) -> String {
    Say::WhichUnits.text(language).to_owned()
}

/// PAUSE until a day.
#[must_use]
pub fn paused_until(language: Language, label: &str, next: &str) -> String {
    around(label, |label| {
        Say::PausedUntil.fill(language, &[("place", label), ("next", next)])
    })
}

/// PAUSE.
#[must_use]
pub fn paused(language: Language, label: &str) -> String {
    around(label, |label| {
        Say::Paused.fill(language, &[("place", label)])
    })
}

/// RESUME.
#[must_use]
pub fn resumed_one(language: Language, label: &str, next: &str) -> String {
    around(label, |label| {
        Say::ResumedOne.fill(language, &[("place", label), ("next", next)])
    })
}

/// RESUME, and nothing was paused.
#[must_use]
pub fn not_paused(language: Language, label: &str, next: &str) -> String {
    around(label, |label| {
        Say::NotPaused.fill(language, &[("place", label), ("next", next)])
    })
}

/// SKIP.
#[must_use]
pub fn skipped(language: Language, label: &str, day: &str, next: &str) -> String {
    around(label, |label| {
        Say::Skipped.fill(language, &[("place", label), ("day", day), ("next", next)])
    })
}

/// SKIP of a day that has none.
#[must_use]
pub fn nothing_to_skip(language: Language, label: &str, day: &str, next: &str) -> String {
    around(label, |label| {
        Say::NothingToSkip.fill(language, &[("place", label), ("day", day), ("next", next)])
    })
}

/// TRIP without a place or a length.
#[must_use]
pub fn trip_how(language: Language) -> String {
    Say::TripHow.text(language).to_owned()
}

/// TRIP to a place, without a length.
#[must_use]
pub fn trip_how_long(language: Language, label: &str) -> String {
    around(label, |label| {
        Say::TripHowLong.fill(language, &[("place", label)])
    })
}

/// TRIP.
#[must_use]
pub fn trip_set(language: Language, away: &str, home: &str, time: &str, until: Day) -> String {
    let until = until.until(language);
    around(away, |away| {
        around(home, |home| {
            Say::TripSet.fill(
                language,
                &[
                    ("place", away),
                    ("home", home),
                    ("time", time),
                    ("until", &until),
                ],
            )
        })
    })
}

/// TRIP OVER.
#[must_use]
pub fn trip_over(language: Language, home: &str, next: &str) -> String {
    around(home, |home| {
        Say::TripOver.fill(language, &[("place", home), ("next", next)])
    })
}

/// TRIP OVER, and there was none.
#[must_use]
pub fn no_trip(language: Language) -> String {
    Say::NoTrip.text(language).to_owned()
}

/// A time as an example, for a clock style.
#[must_use]
pub const fn example_time(clock: ClockStyle) -> &'static str {
    match clock {
        ClockStyle::H12 => "7AM",
        ClockStyle::H24 => "7:00",
    }
}
