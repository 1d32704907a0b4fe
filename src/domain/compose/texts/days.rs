//! Days and dates in a text: when, from when, until when.

use jiff::civil::{Date, Weekday};

use super::super::{ClockStyle, clock_words};
use super::say::Say;
use crate::domain::language::Language;
use crate::domain::schedule::SendTime;

/// A day as people speak of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Day {
    /// This one.
    Today,
    /// The next.
    Tomorrow,
    /// One of the five after it.
    Weekday(Weekday),
    /// A later one.
    Date(Date),
}

impl Day {
    /// How a date is called on another one.
    #[must_use]
    pub fn of(date: Date, today: Date) -> Self {
        match (date - today).get_days() {
            0 => Self::Today,
            1 => Self::Tomorrow,
            2..=6 => Self::Weekday(date.weekday()),
            _ => Self::Date(date),
        }
    }

    /// `today`, `Fri`, `Fri Dec 4`; `am Fr`.
    #[must_use]
    pub fn on(self, language: Language) -> String {
        match self {
            Self::Today | Self::Tomorrow => self.name(language),
            Self::Weekday(_) => self.within(Say::OnWeekday, language),
            Self::Date(_) => self.within(Say::OnDate, language),
        }
    }

    /// `from today`, `from Fri`.
    #[must_use]
    pub fn since(self, language: Language) -> String {
        match self {
            Self::Today | Self::Tomorrow => self.within(Say::FromNear, language),
            Self::Weekday(_) => self.within(Say::FromWeekday, language),
            Self::Date(_) => self.within(Say::FromDate, language),
        }
    }

    /// `until tomorrow`, `until Fri Dec 4`.
    #[must_use]
    pub fn until(self, language: Language) -> String {
        match self {
            Self::Today | Self::Tomorrow => self.within(Say::UntilNear, language),
            Self::Weekday(_) => self.within(Say::UntilWeekday, language),
            Self::Date(_) => self.within(Say::UntilDate, language),
        }
    }

    fn within(self, say: Say, language: Language) -> String {
        say.fill(language, &[("day", &self.name(language))])
    }

    fn name(self, language: Language) -> String {
        match self {
            Self::Today => Say::Today.text(language).to_owned(),
            Self::Tomorrow => Say::Tomorrow.text(language).to_owned(),
            Self::Weekday(day) => weekday_name(language, day).to_owned(),
            Self::Date(date) => Say::Date.fill(
                language,
                &[
                    ("weekday", weekday_short(language, date.weekday())),
                    ("month", month(language, date.month())),
                    ("day", &date.day().to_string()),
                ],
            ),
        }
    }
}

/// A day that is not known: `then`.
#[must_use]
pub fn then(language: Language) -> String {
    Say::Then.text(language).to_owned()
}

/// `tomorrow at 7am`.
#[must_use]
pub fn next_at(language: Language, day: Option<Day>, time: SendTime, clock: ClockStyle) -> String {
    let day = day.map_or_else(String::new, |day| day.on(language));
    let time = clock_words(time, clock);
    Say::At.fill(language, &[("day", &day), ("time", &time)])
}

/// When the next one comes while there is a break without an end.
#[must_use]
pub fn after_resume(language: Language) -> String {
    Say::AfterResume.text(language).to_owned()
}

/// `Mon`, for lists.
pub(super) fn weekday_short(language: Language, day: Weekday) -> &'static str {
    nth(
        Say::WeekdayShort.text(language),
        day.to_monday_zero_offset(),
    )
}

/// `Nov 20`.
pub(super) fn last_date(language: Language, date: Date) -> String {
    Say::LastDate.fill(
        language,
        &[
            ("month", month(language, date.month())),
            ("day", &date.day().to_string()),
        ],
    )
}

/// `Nov 22, 2026`.
pub(super) fn long_date(language: Language, date: Date) -> String {
    Say::LongDate.fill(
        language,
        &[
            ("month", month(language, date.month())),
            ("day", &date.day().to_string()),
            ("year", &date.year().to_string()),
        ],
    )
}

fn weekday_name(language: Language, day: Weekday) -> &'static str {
    nth(
        Say::WeekdayNames.text(language),
        day.to_monday_zero_offset(),
    )
}

fn month(language: Language, month: i8) -> &'static str {
    nth(Say::Months.text(language), month - 1)
}

/// A word of a list.
fn nth(list: &'static str, at: i8) -> &'static str {
    usize::try_from(at)
        .ok()
        .and_then(|at| list.split(' ').nth(at))
        .unwrap_or("")
}
