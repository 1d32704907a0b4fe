//! `DAILY [place] [time] [days] [if rain|snow|frost|wind|heat]` in any order, and plain wording for it.

use super::clock::time_at;
use super::vocabulary::{ALERT, ALERT_WEAK, CONDITION_BESIDE, DAILY, DAILY_BESIDE, DAILY_LEAD};
use super::when::days_at;
use super::words::Words;
use super::{Command, DailyWish, place, without};
use crate::domain::schedule::{Days, SendTime};
use crate::domain::subscriber::{Channel, Condition};

/// Reads a wish for a daily text.
pub(super) fn read(words: &Words<'_>) -> Option<Command> {
    let mut free = vec![true; words.len()];
    let lead = (0..words.len())
        .find(|at| !DAILY_LEAD.contains(words.get(*at)))
        .unwrap_or(0);
    let first = words.get(lead);
    let named = matches!(
        first,
        "daily" | "subscribe" | "sub" | "join" | "everyday" | "signup"
    );
    let phrase = (0..words.len())
        .map(|at| (at, DAILY.at(words, at)))
        .find(|(_, taken)| *taken > 0);
    if named {
        free[..=lead].fill(false);
    } else {
        let (at, taken) = phrase
            .or_else(|| weekly(words))
            .or_else(|| timed_days(words))
            .or_else(|| alert(words))?;
        free[at..at + taken].fill(false);
        if taken == 0 || !phrase_alone(words, at, taken) {
            // "every weekday" names days as well.
            free[at..at + taken].fill(true);
        }
        free[..lead.min(at)].fill(false);
    }
    Some(Command::Daily(wish(words, free, named)))
}

/// "every monday", "every weekday": days said so mean a subscription.
fn weekly(words: &Words<'_>) -> Option<(usize, usize)> {
    (0..words.len())
        .filter(|at| matches!(words.get(*at), "every" | "each"))
        .find_map(|at| days_at(words, at).map(|(_, taken)| (at, taken)))
}

/// "weekdays at 7 boston", "monday to friday 6:30 leeds": days that come again and again, and a time.
fn timed_days(words: &Words<'_>) -> Option<(usize, usize)> {
    let again = (0..words.len()).find(|at| {
        days_at(words, *at).is_some_and(|(days, taken)| {
            let last = words.get(at + taken - 1);
            days == Days::WEEKDAYS
                || (days == Days::WEEKENDS
                    && (last == "weekends" || words.plain(*at).starts_with("fines")))
                || (days != Days::DAILY && days.iter().count() >= 3)
        })
    })?;
    let timed = (0..words.len()).any(|at| {
        let said = at > 0 && words.get(at - 1) == "at";
        time_at(words, at, said).is_some()
    });
    timed.then_some((again, 0))
}

/// "warn me if it snows in erie": a condition, and somebody to be told of it. "Tell me if it rains tomorrow" asks once.
fn alert(words: &Words<'_>) -> Option<(usize, usize)> {
    take_condition(words, &mut vec![true; words.len()])?;
    let strong = ALERT.is_in(words);
    let again = ["when", "whenever", "only"]
        .iter()
        .any(|word| words.has(word));
    let weak = ALERT_WEAK.is_in(words) && (again || words.has("text me"));
    let once = (0..words.len()).any(|at| {
        super::when::when_at(words, at).is_some_and(|(when, _)| {
            !matches!(
                when,
                super::When::Window(crate::domain::forecast::Window::Now)
            )
        })
    });
    (strong || (weak && !once)).then_some((0, 0))
}

fn phrase_alone(words: &Words<'_>, at: usize, taken: usize) -> bool {
    days_at(words, at).is_none_or(|(days, used)| used != taken || days == Days::DAILY)
}

fn wish(words: &Words<'_>, mut free: Vec<bool>, named: bool) -> DailyWish {
    let channel = take_channel(words, &mut free);
    let only_if = take_condition(words, &mut free);
    let time = take_time(words, &mut free, named).map(|time| in_the_evening(words, time));
    let bad_time = time.is_none() && take_bad_time(words, &mut free);
    let with_days = free.clone();
    let days = take_days(words, &mut free);
    take_plain(words, &mut free);
    let mut place = place::read(words, &free).place;
    let day_words: Vec<String> = (0..words.len())
        .filter(|at| with_days[*at] && !free[*at] && !DAILY_BESIDE.contains(words.get(*at)))
        .map(|at| words.plain(at).to_owned())
        .collect();
    if let Some(place) = place.as_mut() {
        // "sub sun city": a day's name inside a place's name.
        let mut wide = with_days;
        take_plain(words, &mut wide);
        let day_name = day_words.len() == 1
            && day_words
                .iter()
                .all(|word| !word.ends_with('s') && !word.contains(' '));
        if place.whole.is_none() && day_name {
            let text = words.typed(&wide);
            place.whole = (!text.is_empty()).then_some(super::WholeText {
                text,
                words: day_words,
            });
        }
    }
    DailyWish {
        place: place.filter(|place| !place.text.is_empty()),
        time,
        days,
        only_if,
        channel,
        bad_time,
    }
}

/// "every night at 9" is 21:00.
fn in_the_evening(words: &Words<'_>, time: SendTime) -> SendTime {
    let said = [
        "every night",
        "each night",
        "every evening",
        "each evening",
        "nightly",
    ];
    const LATE: [&str; 12] = [
        "abend", "abends", "soir", "soirs", "sera", "sere", "noche", "noches", "noite", "noites",
        "tarde", "tardes",
    ];
    let typed = |word: &super::words::Word| {
        let typed = word.typed.as_deref().unwrap_or("");
        typed.split(' ').any(|typed| LATE.contains(&typed))
    };
    let evening = said.iter().any(|said| words.has(said)) || words.all.iter().any(typed);
    let half = words.all.iter().any(|word| {
        let word = word.fold.as_str();
        word.ends_with("am")
            || word.ends_with("pm")
            || matches!(word, "morning" | "midnight" | "noon")
    });
    let later = SendTime::new(time.hour() + 12, time.minute());
    later
        .filter(|_| evening && !half && (4..12).contains(&time.hour()))
        .unwrap_or(time)
}

/// `by call`, `by phone`, `as a call`, `by text`.
fn take_channel(words: &Words<'_>, free: &mut [bool]) -> Option<Channel> {
    const SAYING: [(&str, Channel); 12] = [
        ("by phone call", Channel::Call),
        ("by a phone call", Channel::Call),
        ("by voice call", Channel::Call),
        ("by call", Channel::Call),
        ("by a call", Channel::Call),
        ("as a call", Channel::Call),
        ("as a phone call", Channel::Call),
        ("by phone", Channel::Call),
        ("by voice", Channel::Call),
        ("by text", Channel::Text),
        ("by sms", Channel::Text),
        ("as a text", Channel::Text),
    ];
    let rings = matches!(words.get(0), "call" | "ring" | "phone") && words.get(1) == "me";
    if rings && words.len() > 2 {
        free[..2].fill(false);
        return Some(Channel::Call);
    }
    let (at, taken, channel) = (0..words.len()).find_map(|at| {
        SAYING.iter().find_map(|(phrase, channel)| {
            let taken = words.phrase(at, phrase)?;
            Some((at, taken, *channel))
        })
    })?;
    free[at..at + taken].fill(false);
    Some(channel)
}

/// `if rain`, `if it snows`, `only when windy`.
fn take_condition(words: &Words<'_>, free: &mut [bool]) -> Option<Condition> {
    let at = (0..words.len())
        .find(|at| matches!(words.get(*at), "if" | "when" | "whenever"))
        .or_else(|| only_days_of(words))?;
    let start = if at > 0 && matches!(words.get(at - 1), "only" | "but") {
        at - 1
    } else {
        at
    };
    // "if it in ulm freezes": the place may stand between.
    let end = (at + 1..words.len().min(at + 12))
        .find(|end| condition(words.get(*end)).is_some())
        .filter(|end| {
            let other =
                (at + 1..*end).filter(|between| !CONDITION_BESIDE.contains(words.get(*between)));
            other.count() <= 3
        })?;
    let found = condition(words.get(end))?;
    for (between, free) in free.iter_mut().enumerate().take(end).skip(at + 1) {
        *free &= !CONDITION_BESIDE.contains(words.get(between));
    }
    let tail = usize::from(matches!(
        words.get(end + 1),
        "days" | "ones" | "expected" | "forecast" | "coming" | "predicted" | "likely" | "freezing"
    ));
    free[start..=at].fill(false);
    free[end..=end + tail].fill(false);
    Some(found)
}

/// "Just the really hot days": the `just`.
fn only_days_of(words: &Words<'_>) -> Option<usize> {
    (0..words.len()).find(|at| {
        let only = matches!(words.get(*at), "only" | "just");
        let day = (at + 2..words.len().min(at + 6))
            .find(|day| matches!(words.get(*day), "days" | "ones" | "nights"));
        let beside = |other: usize| {
            matches!(
                words.get(other),
                "the" | "on" | "really" | "very" | "for" | "any"
            ) || condition(words.get(other)).is_some()
        };
        only && day
            .is_some_and(|day| (at + 1..day).all(beside) && condition(words.get(day - 1)).is_some())
    })
}

fn condition(word: &str) -> Option<Condition> {
    Some(match word {
        "rain" | "rains" | "raining" | "rainy" | "wet" | "showers" | "storms" | "storm" => {
            Condition::Rain
        }
        "snow" | "snows" | "snowing" | "snowy" => Condition::Snow,
        "frost" | "freezing" | "freeze" | "freezes" | "frosty" | "ice" | "icy" | "frosts"
        | "below" => Condition::Frost,
        "wind" | "windy" | "winds" | "gusts" | "gusty" | "stormy" | "blows" => Condition::Wind,
        "heat" | "hot" | "heatwave" => Condition::Heat,
        _ => return None,
    })
}

/// The first thing that can only be a time; else the last bare hour (`daily lyon 7`).
fn take_time(words: &Words<'_>, free: &mut [bool], named: bool) -> Option<SendTime> {
    let mut found = (0..words.len())
        .filter(|at| free[*at])
        .find_map(|at| time_at(words, at, false).map(|(time, taken)| (at, taken, time)));
    if found.is_none() {
        found = (0..words.len())
            .rev()
            .filter(|at| free[*at])
            .find_map(|at| {
                let said =
                    at > 0 && matches!(words.get(at - 1), "at" | "time" | "around" | "by" | "@");
                let bare = said || (named && bare_hour(words, at));
                let (time, taken) = time_at(words, at, true).filter(|_| bare)?;
                Some((at, taken, time))
            });
    }
    let (at, taken, time) = found?;
    let from = if at > 0 && matches!(words.get(at - 1), "at" | "around" | "by" | "time") {
        at - 1
    } else {
        at
    };
    let end = (at + taken).min(free.len());
    free[from..end].fill(false);
    Some(time)
}

/// A one- or two-digit hour at the end of the text or before its days; four digits with a leading zero (`0630`).
fn bare_hour(words: &Words<'_>, at: usize) -> bool {
    let word = words.get(at);
    let digits = word.bytes().all(|b| b.is_ascii_digit());
    digits
        && !words.is_coordinate(at)
        && (word.len() <= 2 || (word.len() == 4 && word.starts_with('0')))
}

/// `25:00`, `7:75am`: meant as a time.
fn take_bad_time(words: &Words<'_>, free: &mut [bool]) -> bool {
    let bad = (0..words.len()).filter(|at| free[*at]).find(|at| {
        let word = words.get(*at);
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let tail = &word[digits.len()..];
        let shaped = digits.starts_with(|c: char| c.is_ascii_digit());
        shaped
            && ((digits.contains(':') && digits.len() <= 8)
                || (matches!(tail, "am" | "pm" | "h" | "uhr") && digits.len() <= 5)
                || (digits.len() <= 2
                    && tail.is_empty()
                    && matches!(words.get(*at + 1), "uhr" | "heures" | "horas" | "oclock")))
    });
    if let Some(at) = bad {
        free[at] = false;
    }
    bad.is_some()
}

fn take_days(words: &Words<'_>, free: &mut [bool]) -> Option<Days> {
    let mut found: Option<Days> = None;
    let mut off: Option<Days> = None;
    let mut at = 0;
    while at < words.len() {
        match days_at(words, at).filter(|_| free[at]) {
            Some((days, taken)) => {
                let end = (at + taken).min(free.len());
                free[at..end].fill(false);
                if let Some(lead) = without::before(words, at) {
                    free[lead..end].fill(false);
                    off = Some(off.map_or(days, |before| both(before, days)));
                    at = end;
                    continue;
                }
                found = Some(match found {
                    Some(before) if before != Days::DAILY && days != Days::DAILY => {
                        both(before, days)
                    }
                    Some(before) if days == Days::DAILY => before,
                    _ => days,
                });
                at = end;
            }
            None => at += 1,
        }
    }
    match off {
        Some(off) => without::less(found.unwrap_or(Days::DAILY), off),
        None => found,
    }
}

fn both(one: Days, other: Days) -> Days {
    Days::of(one.iter().chain(other.iter())).unwrap_or(one)
}

/// Words of a wish that name nothing. At the end only long ones: `me`, `in`, `id` are states there.
fn take_plain(words: &Words<'_>, free: &mut [bool]) {
    for (at, free) in free.iter_mut().enumerate() {
        if *free && !DAILY_BESIDE.contains(words.get(at)) {
            break;
        }
        *free = false;
    }
    for at in (0..words.len()).rev() {
        let plain = DAILY_BESIDE.contains(words.get(at)) && words.get(at).len() > 2;
        if free[at] && !plain {
            break;
        }
        free[at] = false;
    }
}
