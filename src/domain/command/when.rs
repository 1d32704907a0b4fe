//! *When* words: `tomorrow`, `on friday`, `next few hours`, and the days of a schedule, breaks and trips.

mod dates;

use jiff::civil::{Date, Weekday};

use self::dates::{count_of, date_at};
use super::vocabulary::{
    DAYS_DAILY, DAYS_WEEKDAYS, DAYS_WEEKENDS, List, WHEN_HOURS, WHEN_IN_TWO_DAYS, WHEN_LEAD,
    WHEN_NOW, WHEN_TODAY, WHEN_TOMORROW, WHEN_TONIGHT, WHEN_WEEK, WHEN_WEEKEND,
};
use super::words::Words;
use crate::domain::forecast::Window;
use crate::domain::phone::Country;
use crate::domain::schedule::Days;

/// Which stretch of time was asked for. `InDays` needs the place's own today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum When {
    /// A window by name.
    Window(Window),
    /// So many days after today.
    InDays(u8),
    /// A day of a month.
    On {
        /// 1-12.
        month: i8,
        /// 1-31.
        day: i8,
    },
    /// `11/5`: the month first where people write so, else the day.
    Slashed(i8, i8),
}

impl When {
    /// The window that a date is in, seen from the place's today; `None`: too far ahead, or no day of the calendar.
    #[must_use]
    pub fn window(self, today: Date, reader: Option<Country>) -> Option<Window> {
        let days = match self {
            Self::Window(window) => return Some(window),
            Self::InDays(days) => i64::from(days),
            Self::On { month, day } => days_until(today, month, day)?,
            Self::Slashed(one, other) => {
                let month_first = reader.is_none_or(|country| country.code() == "US");
                let either = if month_first || other > 12 {
                    (one, other)
                } else {
                    (other, one)
                };
                let (month, day) = if either.0 > 12 {
                    (either.1, either.0)
                } else {
                    either
                };
                days_until(today, month, day)?
            }
        };
        let date = today.checked_add(jiff::Span::new().days(days)).ok()?;
        Some(match days {
            0 => Window::Today,
            1 if !matches!(self, Self::InDays(_)) => Window::Tomorrow,
            ..=6 => Window::Weekday(date.weekday()),
            7..=9 => Window::Week,
            _ => return None,
        })
    }
}

/// How far the next such day is ahead.
fn days_until(today: Date, month: i8, day: i8) -> Option<i64> {
    (0..=1).find_map(|years| {
        let date = Date::new(today.year() + years, month, day).ok()?;
        let days = i64::from(today.until(date).ok()?.get_days());
        (days >= 0).then_some(days)
    })
}

/// How long a break or a trip lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Span {
    /// So many days, today included.
    Days(u16),
    /// Until the next such day.
    Until(Weekday),
    /// Until that day of a month.
    UntilDate {
        /// 1-12.
        month: i8,
        /// 1-31.
        day: i8,
    },
    /// Until tomorrow.
    UntilTomorrow,
}

/// The *when* phrase that begins at a word, and how many words it takes.
pub(super) fn when_at(words: &Words<'_>, at: usize) -> Option<(When, usize)> {
    if let Some(ahead) = days_ahead(words, at) {
        return Some(ahead);
    }
    let lead = WHEN_LEAD.at(words, at);
    let led = (lead > 0).then(|| bare_when(words, at + lead)).flatten();
    if let Some((when, taken)) = led {
        return Some((when, lead + taken));
    }
    bare_when(words, at)
}

/// `in 3 days`.
fn days_ahead(words: &Words<'_>, at: usize) -> Option<(When, usize)> {
    let counted = words.get(at) == "in" && matches!(words.get(at + 2), "day" | "days");
    let count = counted.then(|| count_of(words.get(at + 1))).flatten()?;
    let when = match u8::try_from(count).ok()? {
        0 => When::Window(Window::Today),
        1 => When::Window(Window::Tomorrow),
        // A week from now has the name of today, and a weekday is what is asked for in the end.
        count @ 2..=6 => When::InDays(count),
        _ => When::Window(Window::Week),
    };
    Some((when, 3))
}

fn bare_when(words: &Words<'_>, at: usize) -> Option<(When, usize)> {
    let (taken, when) = named_when(words, at);
    if taken > 0 {
        return Some((when, taken + part_of_day(words, at + taken)));
    }
    if let Some(found) = on_date(words, at) {
        return Some(found);
    }
    if let Some((day, taken)) = day_at(words, at) {
        return Some((
            When::Window(Window::Weekday(day)),
            taken + part_of_day(words, at + taken),
        ));
    }
    let count: u8 = count_of(words.get(at))?.try_into().ok()?;
    let next = words.get(at + 1);
    if matches!(next, "day" | "days") && (2..=16).contains(&count) {
        let taken = 2 + usize::from(words.get(at + 2) == "forecast");
        return Some((When::Window(Window::Week), taken));
    }
    (matches!(next, "hours" | "hour" | "hrs" | "hr") && (1..=48).contains(&count))
        .then_some((When::Window(Window::Hours), 2))
}

/// `nov 24`, `the 24th of november`, `11/24`.
fn on_date(words: &Words<'_>, at: usize) -> Option<(When, usize)> {
    if let Some((month, day, taken)) = date_at(words, at) {
        return Some((When::On { month, day }, taken));
    }
    let (one, other) = (words.all.get(at)?, words.all.get(at + 1)?);
    let between = &words.source[one.at.end..other.at.start];
    let part = |word: &str| {
        let digits = word.len() <= 2 && word.bytes().all(|b| b.is_ascii_digit());
        digits
            .then(|| word.parse::<i8>().ok())
            .flatten()
            .filter(|part| (1..=31).contains(part))
    };
    let (first, second) = (part(&one.fold)?, part(&other.fold)?);
    (between == "/" && first.min(second) <= 12).then_some((When::Slashed(first, second), 2))
}

/// The longest phrase of any window.
fn named_when(words: &Words<'_>, at: usize) -> (usize, When) {
    let lists: [(&List, When); 8] = [
        (&WHEN_NOW, When::Window(Window::Now)),
        (&WHEN_TODAY, When::Window(Window::Today)),
        (&WHEN_TONIGHT, When::Window(Window::Tonight)),
        (&WHEN_TOMORROW, When::Window(Window::Tomorrow)),
        (&WHEN_IN_TWO_DAYS, When::InDays(2)),
        (&WHEN_WEEKEND, When::Window(Window::Weekend)),
        (&WHEN_WEEK, When::Window(Window::Week)),
        (&WHEN_HOURS, When::Window(Window::Hours)),
    ];
    let mut best = (0, When::Window(Window::Now));
    for (list, when) in lists {
        let taken = list.at(words, at);
        if taken > best.0 {
            best = (taken, when);
        }
    }
    best
}

/// `morning` in `tomorrow morning` says nothing that the window does not.
fn part_of_day(words: &Words<'_>, at: usize) -> usize {
    usize::from(matches!(
        words.get(at),
        "morning" | "afternoon" | "evening" | "night" | "am" | "pm"
    ))
}

/// A weekday's name.
pub(super) fn day_at(words: &Words<'_>, at: usize) -> Option<(Weekday, usize)> {
    Some((day_named(words.get(at))?, 1))
}

fn day_named(word: &str) -> Option<Weekday> {
    Some(match word {
        "mon" | "monday" | "mondays" | "montag" | "lundi" | "lunes" => Weekday::Monday,
        "tue" | "tues" | "tuesday" | "tuesdays" | "dienstag" | "mardi" | "martes" => {
            Weekday::Tuesday
        }
        "wed" | "weds" | "wednesday" | "wednesdays" | "wensday" | "mittwoch" | "mercredi"
        | "miercoles" => Weekday::Wednesday,
        "thu" | "thur" | "thurs" | "thursday" | "thursdays" | "donnerstag" | "jeudi" | "jueves" => {
            Weekday::Thursday
        }
        "fri" | "friday" | "fridays" | "freitag" | "vendredi" | "viernes" => Weekday::Friday,
        "sat" | "saturday" | "saturdays" | "sabados" | "samedis" | "samstag" | "samedi"
        | "sabado" => Weekday::Saturday,
        "sun" | "sunday" | "sundays" | "domingos" | "dimanches" | "domeniche" | "sonntag"
        | "dimanche" | "domingo" => Weekday::Sunday,
        _ => return None,
    })
}

/// The days of a schedule that begin at a word (`weekdays`, `mon wed fri`, `mon-fri`, `every day`), and how many words.
pub(super) fn days_at(words: &Words<'_>, at: usize) -> Option<(Days, usize)> {
    for (list, days) in [
        (&DAYS_DAILY, Days::DAILY),
        (&DAYS_WEEKDAYS, Days::WEEKDAYS),
        (&DAYS_WEEKENDS, Days::WEEKENDS),
    ] {
        let taken = list.at(words, at);
        if taken > 0 {
            return Some((days, taken));
        }
    }
    if let Some(found) = by_letters(words, at) {
        return Some(found);
    }
    let lead = usize::from(matches!(words.get(at), "on" | "every" | "each" | "only"));
    let (first, taken) = day_at(words, at + lead)?;
    let mut used = lead + taken;
    if matches!(
        words.get(at + used),
        "to" | "thru" | "through" | "till" | "until"
    ) || matches!(words.plain(at + used), "a" | "al" | "au")
        || is_range(words, at + used)
    {
        let gap = usize::from(!is_range(words, at + used));
        if let Some((last, taken)) = day_at(words, at + used + gap) {
            return Some((range(first, last)?, used + gap + taken));
        }
    }
    let mut days = vec![first];
    loop {
        let and = usize::from(
            matches!(words.get(at + used), "and" | "n" | "u" | "nor" | "or")
                || matches!(words.plain(at + used), "ni" | "ou" | "oder" | "o" | "noch"),
        );
        let and = and
            + usize::from(
                and > 0
                    && matches!(
                        words.plain(at + used + and),
                        "le" | "la" | "il" | "el" | "on"
                    ),
            );
        match day_at(words, at + used + and) {
            Some((day, taken)) => {
                days.push(day);
                used += and + taken;
            }
            None => break,
        }
    }
    Some((Days::of(days)?, used))
}

/// `m w f`, `mwf`, `t th`.
fn by_letters(words: &Words<'_>, at: usize) -> Option<(Days, usize)> {
    use Weekday::{Friday, Monday, Thursday, Tuesday, Wednesday};
    let mwf = || Days::of([Monday, Wednesday, Friday]);
    let tt = || Days::of([Tuesday, Thursday]);
    let (days, taken) = [
        ("m w f", mwf()),
        ("mwf", mwf()),
        ("t th", tt()),
        ("tu th", tt()),
        ("tth", tt()),
    ]
    .into_iter()
    .find_map(|(letters, days)| Some((days?, words.phrase(at, letters)?)))?;
    Some((days, taken))
}

/// Whether only a dash stands between this word and the one before: `mon-fri`.
fn is_range(words: &Words<'_>, at: usize) -> bool {
    let (Some(before), Some(word)) = (
        at.checked_sub(1).and_then(|b| words.all.get(b)),
        words.all.get(at),
    ) else {
        return false;
    };
    let between = &words.source[before.at.end..word.at.start];
    matches!(between.trim(), "-" | "–" | "—")
}

fn range(first: Weekday, last: Weekday) -> Option<Days> {
    let mut day = first;
    let mut days = vec![day];
    while day != last {
        day = day.next();
        days.push(day);
    }
    Days::of(days)
}

/// `until fri`, `5 days`, `for a week`, `until dec 3`, and how many words that takes.
pub(super) fn span_at(words: &Words<'_>, at: usize) -> Option<(Span, usize)> {
    let lead = usize::from(matches!(
        words.get(at),
        "until" | "till" | "til" | "for" | "thru" | "through" | "bis" | "to" | "next"
    ));
    let until = matches!(
        words.get(at),
        "until" | "till" | "til" | "thru" | "through" | "bis" | "to"
    );
    let from = at
        + lead
        + usize::from(matches!(words.get(at + lead), "the" | "next" | "this") && lead > 0);
    let lead = from - at;
    let next = words.get(from);
    if let Some(count) = count_of(next) {
        let days = match words.get(from + 1) {
            "day" | "days" | "d" | "nights" | "night" => Some(count),
            "week" | "weeks" | "wk" | "wks" => count.checked_mul(7),
            "month" | "months" => count.checked_mul(30),
            _ => None,
        };
        if let Some(days) = days.filter(|days| (1..=366).contains(days)) {
            return Some((Span::Days(days), lead + 2));
        }
    }
    if !until {
        return (next == "week" && lead > 0).then_some((Span::Days(7), lead + 1));
    }
    if matches!(next, "tomorrow" | "tmrw") {
        return Some((Span::UntilTomorrow, lead + 1));
    }
    if let Some((day, taken)) = day_at(words, from) {
        return Some((Span::Until(day), lead + taken));
    }
    let (month, day, taken) = date_at(words, from)?;
    Some((Span::UntilDate { month, day }, lead + taken))
}
