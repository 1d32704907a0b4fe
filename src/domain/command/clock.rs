//! Times of day as people text them: `7`, `7am`, `6:30 pm`, `630am`, `18:30`, `7h30`, `7 uhr`, `noon`.

use super::words::Words;
use crate::domain::schedule::SendTime;

/// The time that begins at a word, and how many words it takes. A bare hour (`7`) counts only where `bare` says so, because
/// elsewhere it may be a postcode or a choice.
pub(super) fn time_at(words: &Words<'_>, at: usize, bare: bool) -> Option<(SendTime, usize)> {
    let word = words.get(at);
    if words.is_coordinate(at) {
        return None;
    }
    if let Some(time) = named(word) {
        return Some((time, 1));
    }
    if let Some(past) = half_past(words, at) {
        return Some(past);
    }
    let (hour, mut minute, shape) = numbers(word)?;
    let mut sure = shape.explicit;
    let mut taken = 1;
    if let Some((more, used)) = split_minutes(words, at, shape, bare) {
        (minute, taken, sure) = (more, 1 + used, true);
    }
    if let Some((more, used)) =
        spelled_minutes(words, at).filter(|_| minute == 0 && !shape.four_digits)
    {
        (minute, taken, sure) = (more, 1 + used, true);
    }
    if let Some(more) = past_the_hour(words.get(at + taken)).filter(|_| minute == 0) {
        (minute, taken, sure) = (more, taken + 1, true);
    }
    let mut half = shape.half;
    if let Some((found, used)) = half_after(words, at + taken).filter(|_| half.is_none()) {
        (half, taken, sure) = (Some(found), taken + used, true);
    }
    (sure || bare).then_some(())?;
    Some((on_clock(hour, minute, half)?, taken))
}

#[derive(Clone, Copy)]
struct Shape {
    /// It can be nothing but a time: `6:30`, `7am`, `7h30`.
    explicit: bool,
    /// `0630` and `1830`, which could be a postcode.
    four_digits: bool,
    /// The half of the day that stands in the same word.
    half: Option<Half>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Half {
    Am,
    Pm,
    /// Twelve is midnight, the hours up to four are the small ones, the others those of the evening.
    Night,
}

fn named(word: &str) -> Option<SendTime> {
    match word {
        "noon" | "midday" | "12noon" | "mittag" | "midi" | "mediodia" => SendTime::new(12, 0),
        "midnight" | "12midnight" | "mitternacht" | "minuit" | "medianoche" => SendTime::new(0, 0),
        _ => None,
    }
}

fn half_past(words: &Words<'_>, at: usize) -> Option<(SendTime, usize)> {
    let (minutes, used): (i32, usize) = if words.phrase(at, "half past").is_some() {
        (30, 2)
    } else if words.phrase(at, "quarter past").is_some() {
        (15, 2)
    } else if words.phrase(at, "quarter to").is_some() {
        (-15, 2)
    } else if words.get(at) == "half" && numbers(words.get(at + 1)).is_some() {
        // "half seven" is 7:30 where people say so.
        (30, 1)
    } else if words.get(at) == "halfto" {
        (-30, 1)
    } else {
        return None;
    };
    let (time, taken) = time_at(words, at + used, true)?;
    let total = (i32::from(time.hour()) * 60 + minutes).rem_euclid(24 * 60);
    let time = SendTime::new(
        u8::try_from(total / 60).ok()?,
        u8::try_from(total % 60).ok()?,
    )?;
    Some((time, used + taken))
}

/// Hour and minute of one word.
fn numbers(word: &str) -> Option<(u32, u32, Shape)> {
    let (digits, half) = strip_half(word);
    let shape = Shape {
        explicit: half.is_some(),
        four_digits: false,
        half,
    };
    if let Some(hour) = spelled(digits) {
        return Some((hour, 0, shape));
    }
    let (digits, uhr) = match digits.strip_suffix("uhr") {
        Some(hours) => (hours, true),
        None => (digits, false),
    };
    for mark in [':', '.', 'h'] {
        if let Some((hour, minute)) = digits.split_once(mark) {
            let minute = minute.strip_suffix("min").unwrap_or(minute);
            let minute = minute.strip_suffix('m').unwrap_or(minute);
            let minute = if mark == 'h' && minute.is_empty() {
                "00"
            } else {
                minute
            };
            let minute = minute.strip_suffix(":00").unwrap_or(minute);
            if minute.len() != 2 || hour.is_empty() || hour.len() > 2 {
                return None;
            }
            let explicit = Shape {
                explicit: true,
                ..shape
            };
            return Some((number(hour)?, number(minute)?, explicit));
        }
    }
    let explicit = half.is_some() || uhr;
    match digits.len() {
        1 | 2 => Some((number(digits)?, 0, Shape { explicit, ..shape })),
        3 | 4 => {
            let (hour, minute) = digits.split_at(digits.len() - 2);
            let shape = Shape {
                explicit,
                four_digits: true,
                half,
            };
            Some((number(hour)?, number(minute)?, shape))
        }
        _ => None,
    }
}

fn strip_half(word: &str) -> (&str, Option<Half>) {
    for (ending, half) in [
        ("am", Half::Am),
        ("pm", Half::Pm),
        ("a", Half::Am),
        ("p", Half::Pm),
    ] {
        let digits = word.strip_suffix(ending);
        if let Some(digits) = digits.filter(|digits| digits.ends_with(|c: char| c.is_ascii_digit()))
        {
            return (digits, Some(half));
        }
    }
    (word, None)
}

fn number(digits: &str) -> Option<u32> {
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    digits.parse().ok()
}

fn spelled(word: &str) -> Option<u32> {
    const HOURS: [&str; 12] = [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    let at = HOURS.iter().position(|hour| *hour == word)?;
    u32::try_from(at + 1).ok()
}

/// "six thirty", "seven forty five", "six oh five".
fn spelled_minutes(words: &Words<'_>, at: usize) -> Option<(u32, usize)> {
    spelled(words.get(at))?;
    let tens = match words.get(at + 1) {
        "ten" => return Some((10, 1)),
        "fifteen" => return Some((15, 1)),
        "oh" => {
            return spelled(words.get(at + 2))
                .filter(|n| *n < 10)
                .map(|n| (n, 2));
        }
        "twenty" => 20,
        "thirty" => 30,
        "forty" | "fourty" => 40,
        "fifty" => 50,
        _ => return None,
    };
    let ones = spelled(words.get(at + 2)).filter(|n| *n < 10);
    Some(ones.map_or((tens, 1), |ones| (tens + ones, 2)))
}

/// "y media", "et quart": read as one word each.
fn past_the_hour(word: &str) -> Option<u32> {
    match word {
        "plus15" => Some(15),
        "plus30" => Some(30),
        _ => None,
    }
}

/// `am`, `a.m.`, `in the morning` after the number: the half of the day and how many words it takes.
fn half_after(words: &Words<'_>, at: usize) -> Option<(Half, usize)> {
    const AFTER: [(&str, Half); 17] = [
        ("in the mornin", Half::Am),
        ("in the morn", Half::Am),
        ("in da morning", Half::Am),
        ("in the evenin", Half::Pm),
        ("in the arvo", Half::Pm),
        ("this evening", Half::Pm),
        ("am", Half::Am),
        ("pm", Half::Pm),
        ("a m", Half::Am),
        ("p m", Half::Pm),
        ("in the morning", Half::Am),
        ("in the evening", Half::Pm),
        ("in the afternoon", Half::Pm),
        ("at night", Half::Night),
        ("in the night", Half::Night),
        ("atnight", Half::Night),
        ("oclock atnight", Half::Night),
    ];
    AFTER
        .iter()
        .find_map(|(phrase, half)| Some((*half, words.phrase(at, phrase)?)))
}

/// `6 30 am` and `7 uhr 30`, `7 uhr`, `7 oclock`: the minutes after the hour, and how many words they and the hour's word take.
fn split_minutes(words: &Words<'_>, at: usize, shape: Shape, bare: bool) -> Option<(u32, usize)> {
    if shape.explicit || shape.four_digits {
        return None;
    }
    let next = words.get(at + 1);
    if matches!(next, "uhr" | "oclock" | "hrs" | "h" | "heures") || (next == "hours" && bare) {
        let minute = (next != "hours").then(|| two_digits(words.get(at + 2)));
        return Some(minute.flatten().map_or((0, 1), |minute| (minute, 2)));
    }
    let minute = two_digits(next)?;
    half_after(words, at + 2)?;
    Some((minute, 1))
}

fn two_digits(word: &str) -> Option<u32> {
    (word.len() == 2).then(|| number(word)).flatten()
}

fn on_clock(hour: u32, minute: u32, half: Option<Half>) -> Option<SendTime> {
    let hour = match half {
        Some(Half::Am) if hour > 12 => return None,
        Some(Half::Am) => hour % 12,
        Some(Half::Night) if hour == 12 => 0,
        Some(Half::Night) if hour < 5 => hour,
        Some(Half::Pm | Half::Night) if hour < 12 => hour + 12,
        _ => hour,
    };
    SendTime::new(u8::try_from(hour).ok()?, u8::try_from(minute).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, bare: bool) -> Option<String> {
        let words = Words::of(text);
        time_at(&words, 0, bare)
            .filter(|(_, taken)| *taken == words.len())
            .map(|(time, _)| time.to_string())
    }

    #[test]
    fn reads_the_times_that_people_text() {
        for (text, time) in [
            ("7", "07:00"),
            ("7am", "07:00"),
            ("7 AM", "07:00"),
            ("7 a.m.", "07:00"),
            ("7a", "07:00"),
            ("6:30 pm", "18:30"),
            ("6.30pm", "18:30"),
            ("630am", "06:30"),
            ("0630", "06:30"),
            ("1830", "18:30"),
            ("18:30", "18:30"),
            ("18.30", "18:30"),
            ("7h30", "07:30"),
            ("7h", "07:00"),
            ("18h05", "18:05"),
            ("7 uhr", "07:00"),
            ("7 Uhr 30", "07:30"),
            ("7uhr", "07:00"),
            ("7 o'clock", "07:00"),
            ("7 in the morning", "07:00"),
            ("7 in the evening", "19:00"),
            ("9 at night", "21:00"),
            ("12 at night", "00:00"),
            ("2:30 at night", "02:30"),
            ("6 30 am", "06:30"),
            ("noon", "12:00"),
            ("midnight", "00:00"),
            ("12am", "00:00"),
            ("12:15 am", "00:15"),
            ("12pm", "12:00"),
            ("12", "12:00"),
            ("0", "00:00"),
            ("23", "23:00"),
            ("00:05", "00:05"),
            ("seven", "07:00"),
            ("half past six", "06:30"),
            ("quarter to 7", "06:45"),
            ("07:00:00", "07:00"),
        ] {
            assert_eq!(read(text, true).as_deref(), Some(time), "{text}");
        }
    }

    #[test]
    fn refuses_what_no_clock_shows() {
        for text in [
            "24", "25:00", "7:60", "13am", "7:5", "abc", "", "90210", "-7", "7:3000", "99pm",
        ] {
            assert_eq!(read(text, true), None, "{text}");
        }
    }

    #[test]
    fn a_bare_number_is_a_time_only_where_one_is_expected() {
        for text in ["7", "12", "0630", "1830", "seven"] {
            assert_eq!(read(text, false), None, "{text}");
        }
        for text in ["7am", "6:30", "noon", "7h30", "630am", "7 pm"] {
            assert!(read(text, false).is_some(), "{text}");
        }
    }
}
