//! Answers about places and weather, help, small talk.

use super::super::{ClockStyle, clock_words};
use super::say::Say;
use super::{Line, around, first_fit, fits, listed, plain};
use crate::domain::forecast::Window;
use crate::domain::language::Language;
use crate::domain::schedule::SendTime;

/// What can be asked, and whose data it is.
#[must_use]
pub fn menu(language: Language) -> String {
    Say::Menu.text(language).to_owned()
}

/// HELP, where the carrier does not answer it.
#[must_use]
pub fn help(language: Language) -> String {
    Say::Help.text(language).to_owned()
}

/// A greeting returned.
#[must_use]
pub fn greeting(language: Language) -> String {
    Say::Greeting.text(language).to_owned()
}

/// Thanks returned.
#[must_use]
pub fn thanks(language: Language) -> String {
    Say::Thanks.text(language).to_owned()
}

/// After NO to a question.
#[must_use]
pub fn no_then(language: Language) -> String {
    Say::NoThen.text(language).to_owned()
}

/// A picture came, and no text.
#[must_use]
pub fn text_only(language: Language) -> String {
    Say::TextOnly.text(language).to_owned()
}

/// A sentence that is about something else.
#[must_use]
pub fn not_understood(language: Language) -> String {
    Say::NotUnderstood.text(language).to_owned()
}

/// Perhaps an opt-out: how to end everything.
#[must_use]
pub fn how_to_stop(language: Language) -> String {
    Say::HowToStop.text(language).to_owned()
}

/// We reached the wrong person, or they us.
#[must_use]
pub fn wrong_person(language: Language) -> String {
    Say::WrongPerson.text(language).to_owned()
}

/// Who is this, what does it cost, is there a person.
#[must_use]
pub fn about_us(language: Language) -> String {
    Say::AboutUs.text(language).to_owned()
}

/// Calls are wished where none can be made.
#[must_use]
pub fn no_calls(language: Language) -> String {
    Say::NoCalls.text(language).to_owned()
}

/// CALL ME.
#[must_use]
pub fn calling(language: Language, label: &str) -> String {
    around(label, |label| {
        Say::Calling.fill(language, &[("place", label)])
    })
}

/// CALL ME from somebody whose place we don't know.
#[must_use]
pub fn call_where(language: Language) -> String {
    Say::CallWhere.text(language).to_owned()
}

/// LANGUAGE: said in the new one.
#[must_use]
pub fn language_set(language: Language) -> String {
    Say::LanguageSet.text(language).to_owned()
}

/// LANGUAGE without one, or with one that is none of ours.
#[must_use]
pub fn which_language(language: Language) -> String {
    Say::WhichLanguage.text(language).to_owned()
}

/// A bare number that answers nothing.
#[must_use]
pub fn nothing_to_choose(language: Language) -> String {
    Say::NothingToChoose.text(language).to_owned()
}

/// Weather of nowhere: no place known yet.
#[must_use]
pub fn which_place(language: Language) -> String {
    Say::WhichPlace.text(language).to_owned()
}

/// No such place.
#[must_use]
pub fn unknown_place(language: Language, typed: &str) -> String {
    let typed = plain(typed).replace('"', "");
    if typed.is_empty() {
        return Say::UnknownPlaceUnsaid.text(language).to_owned();
    }
    around(&typed, |typed| {
        Say::UnknownPlace.fill(language, &[("typed", typed)])
    })
}

/// One reading of a typo that is not clear enough to take.
#[must_use]
pub fn did_you_mean(language: Language, label: &str) -> String {
    around(label, |label| {
        Say::DidYouMean.fill(language, &[("place", label)])
    })
}

/// Several readings, numbered.
#[must_use]
pub fn choice(language: Language, places: &[Line], sure: bool) -> String {
    let question = if sure { Say::Choice } else { Say::ChoiceUnsure };
    listed(language, places, true, |list| {
        question.fill(language, &[("list", list)])
    })
}

/// The same again, after a number that isn't among them.
#[must_use]
pub fn wrong_number(language: Language, lines: &[Line]) -> String {
    let count = lines.len().to_string();
    listed(language, lines, true, |list| match lines {
        [_] => Say::WrongNumberOne.fill(language, &[("list", list)]),
        _ => Say::WrongNumber.fill(language, &[("count", &count), ("list", list)]),
    })
}

/// The weather isn't in: it follows.
#[must_use]
pub fn late(language: Language, label: &str) -> String {
    around(label, |label| Say::Late.fill(language, &[("place", label)]))
}

/// There is a place, but no weather for it.
#[must_use]
pub fn no_weather(language: Language, label: &str) -> String {
    around(label, |label| {
        Say::NoWeather.fill(language, &[("place", label)])
    })
}

/// There is weather, but not for that time.
#[must_use]
pub fn no_forecast(language: Language, label: &str, window: Window) -> String {
    let when = window_words(window).text(language);
    around(label, |label| {
        Say::NoForecast.fill(language, &[("place", label), ("when", when)])
    })
}

const fn window_words(window: Window) -> Say {
    match window {
        Window::Now => Say::WindowNow,
        Window::Today => Say::WindowToday,
        Window::Tonight => Say::WindowTonight,
        Window::Tomorrow => Say::WindowTomorrow,
        Window::Weekday(_) => Say::WindowWeekday,
        Window::Weekend => Say::WindowWeekend,
        Window::Week => Say::WindowWeek,
        Window::Hours => Say::WindowHours,
    }
}

/// A forecast with how to get it daily, where that fits.
#[must_use]
pub fn with_daily_hint(
    language: Language,
    forecast: &str,
    time: SendTime,
    clock: ClockStyle,
) -> String {
    let time = clock_words(time, clock);
    let hint = Say::DailyHint.fill(language, &[("time", &time)]);
    first_fit([
        format!("{forecast}{hint}"),
        format!("{forecast}{}", Say::DailyHintShort.text(language)),
        forecast.to_owned(),
    ])
}

/// What is added when the place was guessed from the number.
#[must_use]
pub fn guessed(language: Language) -> &'static str {
    Say::Guessed.text(language)
}

/// The last answer before an hour's break.
#[must_use]
pub fn pausing(language: Language, minutes: i64) -> String {
    let text = match minutes.clamp(1, 60) {
        1 => Say::PausingOne.text(language).to_owned(),
        minutes => Say::Pausing.fill(language, &[("minutes", &minutes.to_string())]),
    };
    debug_assert!(fits(&text));
    text
}
