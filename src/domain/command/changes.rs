//! `TIME`, `PLACE`, `DAYS`, `UNITS`, `PAUSE`, `RESUME`, `SKIP`, `TRIP`, `LANGUAGE`: changes to what is set.

use super::clock::time_at;
use super::vocabulary::{CHANGE_BESIDE, CHANGE_LEAD, DAYS_WEEKDAYS};
use super::when::{days_at, span_at, when_at};
use super::words::{Words, is_one_of};
use super::{Command, TripWish, Which, place};
use crate::domain::schedule::Days;
use crate::domain::subscriber::Units;

/// Reads a change by its first word.
pub(super) fn read(words: &Words<'_>) -> Option<Command> {
    if let Some(bare) = bare(words) {
        return Some(bare);
    }
    let lead = (0..words.len()).find(|at| !CHANGE_LEAD.contains(words.get(*at)))?;
    let from = lead + 1;
    let rest = words.len().saturating_sub(from);
    match words.get(lead) {
        "time" | "at" if words.get(lead) == "time" || rest > 0 => time(words, lead, from),
        "place" if !is_in_a_name(words, lead) => Some(moved_or_time(words, from)),
        "move" | "change" | "switch" if words.get(from) == "to" => {
            Some(moved_or_time(words, from + 1))
        }
        "days" | "day" => days(words, from),
        "units" | "unit" | "use" | "in" => units(words, from),
        "celsius" | "fahrenheit" | "metric" | "imperial" | "centigrade"
            if rest == 0 || words.get(from) == "please" =>
        {
            units(words, lead)
        }
        "pause" | "hold" | "suspend" | "snooze" | "stop" | "break" => pause(words, from),
        "resume" | "unpause" | "continue" | "unmute" => Some(resume(words, from)),
        "skip" | "cancel" => skip(words, from),
        "trip" | "travel" => trip(words, from),
        "change" | "set" | "switch" | "make" | "update" => {
            let skip = from + usize::from(matches!(words.get(from), "my" | "the" | "it" | "to"));
            again(words, skip)
        }
        _ => None,
    }
}

/// "Ort im Innkreis", "Ville Saint Jacques": the word for PLACE in another language begins names as well.
fn is_in_a_name(words: &Words<'_>, lead: usize) -> bool {
    const INSIDE: [&str; 22] = [
        "de", "del", "do", "da", "dos", "das", "di", "du", "des", "sur", "sous", "en", "la", "le",
        "les", "im", "am", "an", "bei", "ob", "saint", "sainte",
    ];
    words.plain(lead) != "place" && INSIDE.contains(&words.plain(lead + 1))
}

/// "change to 6:30" is a time, "change to lyon" a place.
fn moved_or_time(words: &Words<'_>, from: usize) -> Command {
    match time_at(words, from, true) {
        Some((time, taken)) if from + taken == words.len() => Command::Time {
            which: Which::Unsaid,
            time: Some(time),
        },
        _ => moved(words, from),
    }
}

/// A time or days and nothing else: a change of what is set.
fn bare(words: &Words<'_>) -> Option<Command> {
    if DAYS_WEEKDAYS.is(words) {
        return Some(Command::Days {
            which: Which::Unsaid,
            days: Some(Days::WEEKDAYS),
        });
    }
    let from = usize::from(words.get(0) == "at");
    if is_no_time(words) {
        return Some(Command::Time {
            which: Which::Unsaid,
            time: None,
        });
    }
    let (time, taken) = time_at(words, from, false)?;
    let polite = |at: usize| {
        matches!(
            words.get(at),
            "please"
                | "pls"
                | "plz"
                | "thanks"
                | "thx"
                | "then"
                | "ok"
                | "eastern"
                | "central"
                | "mountain"
                | "pacific"
                | "est"
                | "edt"
                | "cst"
                | "cdt"
                | "mst"
                | "mdt"
                | "pst"
                | "pdt"
                | "gmt"
                | "bst"
                | "cet"
                | "time"
                | "standard"
                | "et"
                | "ct"
                | "pt"
        )
    };
    (from + taken..words.len())
        .all(polite)
        .then_some(Command::Time {
            which: Which::Unsaid,
            time: Some(time),
        })
}

/// "Um 25 Uhr bitte", "at 7:75": meant as a time, and none.
fn is_no_time(words: &Words<'_>) -> bool {
    const BESIDE: &str = "at|um|a|las|alle|les|as|bitte|please|pls|svp|por|favor|uhr|oclock|heures|horas|ore|to|make|it|instead";
    let shaped = |at: &usize| {
        let word = words.get(*at);
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let (hour, minute) = digits.split_once(':').unwrap_or((digits, ""));
        let number = |part: &str| part.parse::<u32>().ok().filter(|_| part.len() <= 2);
        let clock = matches!(words.plain(at + 1), "uhr" | "heures" | "horas" | "oclock")
            || word.ends_with("uhr");
        match (number(hour), number(minute)) {
            (Some(hour), Some(minute)) => hour > 24 || minute > 59,
            (Some(hour), None) => minute.is_empty() && clock && hour > 24,
            _ => false,
        }
    };
    let bad = (0..words.len()).find(shaped);
    bad.is_some_and(|bad| {
        (0..words.len()).all(|at| {
            at == bad || is_one_of(words.plain(at), BESIDE) || is_one_of(words.get(at), BESIDE)
        })
    })
}

/// "change my time to 6:30".
fn again(words: &Words<'_>, from: usize) -> Option<Command> {
    match words.get(from) {
        "time" => time(words, from, from + 1),
        "place" | "city" | "town" | "location" => Some(moved(words, from + 1)),
        "days" => days(words, from + 1),
        "units" | "unit" | "temperature" => units(words, from + 1),
        _ => {
            let to = from + usize::from(words.get(from) == "to");
            match time_at(words, to, true) {
                Some((time, taken))
                    if (to + taken..words.len()).all(|rest| {
                        matches!(
                            words.plain(rest),
                            "draus" | "daraus" | "please" | "pls" | "bitte" | "instead"
                        )
                    }) =>
                {
                    Some(Command::Time {
                        which: Which::Unsaid,
                        time: Some(time),
                    })
                }
                _ => of_a_place(words, from).or_else(|| elsewhere(words, to)),
            }
        }
    }
}

/// "change it to mendoza": a place behind a "to" that is no time, no days and no unit.
fn elsewhere(words: &Words<'_>, from: usize) -> Option<Command> {
    let led = from > 0 && words.get(from - 1) == "to";
    let left = words.len().saturating_sub(from);
    if !led || left == 0 || left > 4 {
        return None;
    }
    if let Some((days, _)) = days_at(words, from) {
        return Some(Command::Days {
            which: Which::Unsaid,
            days: Some(days),
        });
    }
    let other = (from..words.len()).any(|at| {
        let word = words.get(at);
        let unit = matches!(
            word,
            "c" | "f" | "celsius" | "fahrenheit" | "metric" | "imperial" | "text" | "call"
        );
        unit || word.starts_with(|c: char| c.is_ascii_digit())
    });
    (!other).then(|| moved(words, from))
}

/// "make tampa 630", "set ocala for 9pm", "change boise to quarter past 6": a name, and a time at the end.
fn of_a_place(words: &Words<'_>, from: usize) -> Option<Command> {
    let (at, time) = (from + 1..words.len()).find_map(|at| {
        let (time, taken) = time_at(words, at, true)?;
        (at + taken..words.len())
            .all(|rest| {
                matches!(
                    words.get(rest),
                    "please" | "pls" | "plz" | "instead" | "thanks"
                )
            })
            .then_some((at, time))
    })?;
    let free: Vec<bool> = (0..words.len())
        .map(|other| (from..at).contains(&other))
        .collect();
    match which(words, free) {
        Which::Named(name)
            if name.split_whitespace().count() <= 3
                && !name.contains(|c: char| c.is_ascii_digit()) =>
        {
            Some(Command::Time {
                which: Which::Named(name),
                time: Some(time),
            })
        }
        Which::All => Some(Command::Time {
            which: Which::All,
            time: Some(time),
        }),
        _ => None,
    }
}

/// `TIME 6:30am`, `TIME paris 6:30`, `TIME 6:30 paris`. Without any time it is one only when nothing else is said.
fn time(words: &Words<'_>, lead: usize, from: usize) -> Option<Command> {
    let found = (from..words.len())
        .find_map(|at| time_at(words, at, true).map(|(time, taken)| (at, taken, time)));
    let mut free = after(words, from);
    let Some((at, taken, time)) = found else {
        let shaped =
            (from..words.len()).any(|at| words.get(at).starts_with(|c: char| c.is_ascii_digit()));
        return (words.get(lead) == "time" && (from == words.len() || shaped)).then_some(
            Command::Time {
                which: Which::Unsaid,
                time: None,
            },
        );
    };
    free[at..(at + taken).min(words.len())].fill(false);
    let which = which(words, free);
    (words.get(lead) == "time" || which == Which::Unsaid).then_some(Command::Time {
        which,
        time: Some(time),
    })
}

fn moved(words: &Words<'_>, from: usize) -> Command {
    let from = from + usize::from(matches!(words.get(from), "to" | "is"));
    Command::Place {
        place: place::read(words, &after(words, from)).place,
    }
}

fn days(words: &Words<'_>, from: usize) -> Option<Command> {
    let found = (from..words.len())
        .find_map(|at| days_at(words, at).map(|(days, taken)| (at, taken, days)));
    let mut free = after(words, from);
    match found {
        Some((at, taken, days)) => {
            free[at..(at + taken).min(words.len())].fill(false);
            Some(Command::Days {
                which: which(words, free),
                days: Some(days),
            })
        }
        None => (from == words.len()).then_some(Command::Days {
            which: Which::Unsaid,
            days: None,
        }),
    }
}

fn units(words: &Words<'_>, from: usize) -> Option<Command> {
    let lead = from.checked_sub(1).map_or("", |lead| words.get(lead));
    let from = from + usize::from(matches!(words.get(from), "to" | "in" | "is"));
    let units = match words.get(from) {
        "f" | "fahrenheit" | "imperial" | "us" | "mph" | "farenheit" | "fahrenheight" => {
            Some(Units::Imperial)
        }
        "c" | "celsius" | "metric" | "si" | "kmh" | "centigrade" | "celcius" => Some(Units::Metric),
        _ => None,
    };
    let alone = from >= words.len();
    let named = matches!(lead, "units" | "unit");
    let short = words.len() <= from + 2;
    match units {
        Some(units) if short && (named || words.get(from).len() > 2 || lead == "temperature") => {
            Some(Command::Units(Some(units)))
        }
        None if named && (alone || short) => Some(Command::Units(None)),
        _ => None,
    }
}

/// `PAUSE`, `PAUSE until fri`, `PAUSE paris 5 days`.
fn pause(words: &Words<'_>, from: usize) -> Option<Command> {
    let word = from.checked_sub(1).map_or("", |lead| words.get(lead));
    let found = (from..words.len())
        .find_map(|at| span_at(words, at).map(|(span, taken)| (at, taken, span)));
    let mut free = after(words, from);
    let span = found.map(|(at, taken, span)| {
        free[at..(at + taken).min(words.len())].fill(false);
        span
    });
    let plain = matches!(word, "pause" | "suspend" | "snooze");
    if !plain && span.is_none() {
        return None;
    }
    Some(Command::Pause {
        which: which(words, free),
        span,
    })
}

fn resume(words: &Words<'_>, from: usize) -> Command {
    Command::Resume {
        which: which(words, after(words, from)),
    }
}

/// `SKIP`, `SKIP tomorrow`, `SKIP fri paris`; `cancel tomorrow`.
fn skip(words: &Words<'_>, from: usize) -> Option<Command> {
    let word = from.checked_sub(1).map_or("", |lead| words.get(lead));
    let found = (from..words.len())
        .find_map(|at| when_at(words, at).map(|(when, taken)| (at, taken, when)));
    let mut free = after(words, from);
    let day = found.map(|(at, taken, when)| {
        free[at..(at + taken).min(words.len())].fill(false);
        when
    });
    (word == "skip" || day.is_some()).then(|| Command::Skip {
        which: which(words, free),
        day,
    })
}

/// `TRIP paris 5 days`, `TRIP paris until fri`, `TRIP over`.
fn trip(words: &Words<'_>, from: usize) -> Option<Command> {
    let over = matches!(
        words.get(from),
        "over" | "off" | "end" | "ended" | "done" | "cancel" | "stop" | "none"
    );
    if over && words.len() <= from + 1 {
        return Some(Command::Trip(TripWish {
            over: true,
            ..TripWish::default()
        }));
    }
    let from = from + usize::from(words.get(from) == "to");
    let found = (from..words.len())
        .find_map(|at| span_at(words, at).map(|(span, taken)| (at, taken, span)));
    let mut free = after(words, from);
    let span = found.map(|(at, taken, span)| {
        free[at..(at + taken).min(words.len())].fill(false);
        span
    });
    Some(Command::Trip(TripWish {
        place: place::read(words, &free).place,
        span,
        over: false,
    }))
}

fn after(words: &Words<'_>, from: usize) -> Vec<bool> {
    (0..words.len()).map(|at| at >= from).collect()
}

/// Which of my places the remaining words name.
fn which(words: &Words<'_>, mut free: Vec<bool>) -> Which {
    for (at, free) in free.iter_mut().enumerate() {
        *free &= !CHANGE_BESIDE.contains(words.get(at));
    }
    let left: Vec<&str> = (0..words.len())
        .filter(|at| free[*at])
        .map(|at| words.get(at))
        .collect();
    match left.as_slice() {
        [] => Which::Unsaid,
        ["all"] | ["everything"] | ["both"] | ["every", "one"] => Which::All,
        _ => Which::Named(words.typed(&free).chars().take(80).collect()),
    }
}
