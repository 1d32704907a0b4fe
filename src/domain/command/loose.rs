//! Changes in people's own words: "make it 6:30 instead", "only on weekdays", "no texts tomorrow", "I'm away until monday".

use super::clock::time_at;
use super::vocabulary::{
    AWAY, AWAY_BESIDE, CHANGE_MARKS, CHANGE_WORDS, EVERYDAY, LIMITED_BESIDE, LIMITED_NOT, MOVED,
    PAUSES, UNITS_BESIDE,
};
use super::when::{When, day_at, days_at, span_at, when_at};
use super::words::{Words, is_one_of};
use super::{Command, Span, Which, place};
use crate::domain::forecast::Window;
use crate::domain::schedule::Days;
use crate::domain::subscriber::Units;

/// How long such a text is at most.
const MAX_WORDS: usize = 14;

/// Reads a change whose words say nothing else.
pub(super) fn read(words: &Words<'_>) -> Option<Command> {
    if words.len() == 0 || words.len() > MAX_WORDS {
        return None;
    }
    shifted(words)
        .or_else(|| moved(words))
        .or_else(|| units(words))
        .or_else(|| pause(words))
        .or_else(|| only_days(words))
        .or_else(|| another_time(words))
}

/// "Half an hour earlier please", "mezz'ora prima": nothing but by how much.
fn shifted(words: &Words<'_>) -> Option<Command> {
    const BESIDE: &str = "half|an|a|one|two|hour|hours|hr|hrs|min|mins|minute|minutes|minuten|minuti|minutos|earlier|later|sooner|please|pls|plz|bitte|svp|\
        halbe|eine|stunde|stunden|fruher|spater|eher|une|demi|heure|heures|plus|tot|tard|media|una|hora|horas|antes|despues|mas|temprano|tarde|\
        mezz|ora|mezzora|unora|prima|dopo|piu|tardi|meia|uma|mais|cedo|depois|make|it|do|can|you|by|send|me|ein|zwei|deux|dos|due|duas|ore|por|favor|per|favore|de";
    let minutes = super::said::turns::shift(words)?;
    let plain = (0..words.len()).all(|at| {
        let word = words.plain(at);
        word.split(' ')
            .all(|word| is_one_of(word, BESIDE) || word.bytes().all(|b| b.is_ascii_digit()))
    });
    (words.len() <= 7 && plain).then_some(Command::Shift {
        which: Which::Unsaid,
        minutes,
    })
}

/// "I'm on vacation until monday". Machines say so, too, but at greater length.
pub(super) fn away(words: &Words<'_>) -> Option<Command> {
    let replies = [
        "reply", "respond", "email", "emails", "office", "urgent", "contact", "message", "call",
    ];
    let machine = replies.iter().any(|reply| words.has(reply));
    if words.len() == 0 || words.len() > 10 || machine || !AWAY.is_in(words) {
        return None;
    }
    let (at, taken, span) = spans(words)?;
    let rest = (0..words.len())
        .filter(|other| !(at..at + taken).contains(other))
        .all(|other| {
            AWAY_BESIDE.contains(words.get(other))
                || EVERYDAY.contains(words.plain(other))
                || words.plain(other).is_empty()
        });
    rest.then_some(Command::Pause {
        which: Which::Unsaid,
        span: Some(span),
    })
}

/// "No texts tomorrow", "don't text me on weekends", "stop sending until friday": less for a while, and no opt-out. Every word
/// of the text says so, and the time comes last.
pub(super) fn limited(words: &Words<'_>) -> Option<Command> {
    if words.len() < 2 || words.len() > MAX_WORDS {
        return None;
    }
    let refuses = LIMITED_NOT.is_in(words);
    let stops = matches!(words.get(0), "stop" | "quit");
    if !refuses && !stops {
        return None;
    }
    let from =
        usize::from(words.get(words.len() - 1) != "nicht" && words.get(words.len() - 1) != "not");
    (from..words.len()).find_map(|at| {
        let before = (0..at).all(|other| LIMITED_BESIDE.contains(words.get(other)));
        let sends = (0..at).count() > 1 || refuses;
        if !before || !sends {
            return None;
        }
        let ends = |taken: usize| {
            (at + taken..words.len()).all(|other| LIMITED_TAIL.contains(&words.get(other)))
        };
        let which = Which::Unsaid;
        if let Some((days, taken)) = days_off(words, at)
            && ends(taken)
        {
            return Some(Command::Days {
                which,
                days: Some(days),
            });
        }
        let lead = matches!(words.get(at), "until" | "till" | "til" | "for" | "bis");
        if lead
            && let Some((span, taken)) = span_at(words, at)
            && ends(taken)
        {
            return Some(Command::Pause {
                which,
                span: Some(span),
            });
        }
        if stops {
            return None;
        }
        let (when, taken) = when_at(words, at).filter(|(_, taken)| ends(*taken))?;
        off(when, words.get(at))
            .map(|span| match span {
                Off::Day => Command::Skip {
                    which,
                    day: Some(when),
                },
                Off::Until(span) => Command::Pause {
                    which,
                    span: Some(span),
                },
            })
            .filter(|_| taken > 0)
    })
}

/// May follow the time.
const LIMITED_TAIL: [&str; 12] = [
    "please", "pls", "plz", "thanks", "thank", "you", "ok", "not", "nicht", "only", "thx", "though",
];

enum Off {
    Day,
    Until(Span),
}

/// Which stretch is left out. What is no day says nothing ("not now", "don't text me at night").
const fn off(when: When, first: &str) -> Option<Off> {
    match when {
        When::Window(Window::Tomorrow | Window::Weekday(_)) | When::InDays(_) => Some(Off::Day),
        When::Window(Window::Today) if matches!(first.as_bytes(), b"today") => Some(Off::Day),
        When::Window(Window::Weekend | Window::Week) => {
            Some(Off::Until(Span::Until(jiff::civil::Weekday::Monday)))
        }
        _ => None,
    }
}

/// "sundays", "on weekends": the days that are left.
fn days_off(words: &Words<'_>, at: usize) -> Option<(Days, usize)> {
    let (days, taken) = days_at(words, at)?;
    let last = words.get(at + taken - 1);
    let usual = last.ends_with('s') && last != "tues" && last != "thurs" && last != "weds";
    let left = Days::of(Days::DAILY.iter().filter(|day| !days.contains(*day)))?;
    (usual && days != Days::DAILY).then_some((left, taken))
}

/// "I moved to omaha", "we live in omaha now".
fn moved(words: &Words<'_>) -> Option<Command> {
    let lead = MOVED.at(words, 0);
    if lead == 0 || lead == words.len() {
        return None;
    }
    let free: Vec<bool> = (0..words.len()).map(|at| at >= lead).collect();
    let place = place::read(words, &free).place;
    place.is_some().then_some(Command::Place { place })
}

/// "put it on hold", "traveling until friday, pause please": a break, how long, and everyday words.
fn pause(words: &Words<'_>) -> Option<Command> {
    let at = (0..words.len()).find(|at| PAUSES.at(words, *at) > 0)?;
    let said = at..at + PAUSES.at(words, at);
    let span = spans(words);
    let rest = (0..words.len())
        .filter(|other| !said.contains(other))
        .filter(|other| !span.is_some_and(|(from, taken, _)| (from..from + taken).contains(other)))
        .all(|other| EVERYDAY.contains(words.get(other)) || words.all[other].typed.is_some());
    rest.then_some(Command::Pause {
        which: Which::Unsaid,
        span: span.map(|(_, _, span)| span),
    })
}

/// "what is that in celsius".
fn units(words: &Words<'_>) -> Option<Command> {
    let units = words.all.iter().find_map(|word| match word.fold.as_str() {
        "celsius" | "centigrade" | "celcius" | "metric" => Some(Units::Metric),
        "fahrenheit" | "farenheit" | "imperial" => Some(Units::Imperial),
        _ => None,
    })?;
    let rest = words
        .all
        .iter()
        .all(|word| UNITS_BESIDE.contains(&word.fold));
    rest.then_some(Command::Units(Some(units)))
}

/// "only weekdays", "just on weekends please", "only send paris on weekdays".
fn only_days(words: &Words<'_>) -> Option<Command> {
    let mut first = (0..words.len()).find(|at| !is_polite(words.get(*at)))?;
    if !matches!(words.get(first), "only" | "just") {
        // "mon wed fri only"
        let last = (first..words.len()).rfind(|at| !is_polite(words.get(*at)))?;
        if words.get(last) != "only" || days_at(words, first).is_none_or(|(_, n)| first + n != last)
        {
            return None;
        }
        first = 0;
    }
    let from = if words.get(first) == "only" || words.get(first) == "just" {
        first + 1
    } else {
        first
    };
    let (at, taken, days) = (from..words.len())
        .find_map(|at| days_at(words, at).map(|(days, taken)| (at, taken, days)))?;
    let mut free: Vec<bool> = (0..words.len())
        .map(|other| other >= from && !(at..at + taken).contains(&other))
        .collect();
    for (other, free) in free.iter_mut().enumerate() {
        *free &= !CHANGE_WORDS.contains(words.get(other));
    }
    let named = words.typed(&free);
    if !named.is_empty() && (at + taken < words.len() || named.split(' ').count() > 3) {
        return None;
    }
    Some(Command::Days {
        which: which(named),
        days: Some(days),
    })
}

/// "make it 6:30 instead", "at 8 instead", "rather at 8", "change denver to 9".
fn another_time(words: &Words<'_>) -> Option<Command> {
    let corrected = is_corrected(words);
    let marked = CHANGE_MARKS.is_in(words) || corrected;
    let again = words
        .all
        .iter()
        .any(|word| word.fold == "every" || (word.fold == "daily" && word.typed.is_some()));
    if again {
        return None;
    }
    let (at, taken, time) = (0..words.len())
        .rev()
        .filter(|at| {
            at.checked_sub(1)
                .is_none_or(|b| time_at(words, b, true).is_none_or(|(_, n)| n < 2))
        })
        .find_map(|at| time_at(words, at, true).map(|(time, taken)| (at, taken, time)))?;
    let mut free: Vec<bool> = (0..words.len())
        .map(|other| !(at..at + taken).contains(&other))
        .collect();
    for (other, free) in free.iter_mut().enumerate() {
        *free &= !corrected && !CHANGE_WORDS.contains(words.get(other));
    }
    let named = words.typed(&free);
    let changes = matches!(
        words.get(0),
        "change" | "make" | "set" | "switch" | "move" | "update"
    );
    let all = matches!(
        named.as_str(),
        "both" | "all" | "beide" | "ambos" | "entrambi" | "tous les deux" | "les deux"
    );
    let said = all
        || (marked && (named.is_empty() || (changes && words.get(at.saturating_sub(1)) == "to")));
    (said && named.split(' ').count() <= 4).then(|| Command::Time {
        which: if all { Which::All } else { which(named) },
        time: Some(time),
    })
}

/// "No wait 630", "actually 7:15": a time that takes back another.
fn is_corrected(words: &Words<'_>) -> bool {
    let first = words.get(0);
    let takes_back = matches!(
        first,
        "no" | "nah" | "wait" | "actually" | "sorry" | "nein" | "non" | "oops"
    );
    let last = words.get(words.len().saturating_sub(1));
    let digits = last.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let like_a_time = digits.len() >= 3 && digits.bytes().all(|b| b.is_ascii_digit() || b == b':');
    let plain = (1..words.len().saturating_sub(1)).all(|at| {
        CHANGE_WORDS.contains(words.get(at)) || matches!(words.get(at), "no" | "wait" | "sorry")
    });
    (2..=5).contains(&words.len()) && takes_back && like_a_time && plain && first != last
}

fn which(named: String) -> Which {
    if named.is_empty() {
        Which::Unsaid
    } else {
        Which::Named(named.chars().take(80).collect())
    }
}

fn is_polite(word: &str) -> bool {
    matches!(
        word,
        "please"
            | "actually"
            | "oh"
            | "wait"
            | "sorry"
            | "ok"
            | "pls"
            | "plz"
            | "can"
            | "could"
            | "you"
            | "i"
            | "want"
            | "it"
            | "them"
            | "hi"
            | "hey"
    )
}

/// "until monday", "for two weeks", "back on monday", and where.
fn spans(words: &Words<'_>) -> Option<(usize, usize, Span)> {
    (0..words.len()).find_map(|at| {
        if words.get(at) == "back" {
            let on = usize::from(matches!(words.get(at + 1), "on" | "in" | "by"));
            return day_at(words, at + 1 + on)
                .map(|(day, taken)| (at, 1 + on + taken, Span::Until(day)));
        }
        span_at(words, at).map(|(span, taken)| (at, taken, span))
    })
}
