//! English as the second reader knows it: hours, weekdays, numbers, what is wet.

use jiff::civil::Weekday;

/// `2pm`, `noon`, `midnight`, `14:00`; midnight is 24.
pub(super) fn hour(word: &str) -> Option<i32> {
    let word = word.trim_end_matches([',', '.', ')']);
    if let Some((hour, "00")) = word.split_once(':') {
        return hour
            .parse()
            .ok()
            .filter(|h| (0..24).contains(h))
            .map(|h: i32| if h == 0 { 24 } else { h });
    }
    match word {
        "noon" => return Some(12),
        "midnight" => return Some(24),
        _ => {}
    }
    let (digits, half) = word.split_at_checked(word.len().checked_sub(2)?)?;
    let hour: i32 = digits.parse().ok().filter(|h| (1..12).contains(h))?;
    match half {
        "am" => Some(hour),
        "pm" => Some(hour + 12),
        _ => None,
    }
}

/// `2-6pm`, `noon-3pm`, `14:00-18:00`.
pub(super) fn range(word: &str) -> Option<(i32, i32)> {
    let (first, last) = word.trim_end_matches([',', '.']).split_once('-')?;
    let last_hour = hour(last)?;
    let first_hour =
        hour(first).or_else(|| hour(&format!("{first}{}", &last[last.len() - 2..])))?;
    Some((first_hour % 24, last_hour))
}

pub(super) fn weekday(name: &str) -> Option<Weekday> {
    Some(match name {
        "Mon" => Weekday::Monday,
        "Tue" => Weekday::Tuesday,
        "Wed" => Weekday::Wednesday,
        "Thu" => Weekday::Thursday,
        "Fri" => Weekday::Friday,
        "Sat" => Weekday::Saturday,
        "Sun" => Weekday::Sunday,
        _ => return None,
    })
}

/// Eighths of the compass: 1 is north-east.
pub(super) fn compass(word: &str) -> Option<i32> {
    let points = ["n", "ne", "e", "se", "s", "sw", "w", "nw"];
    let at = points.iter().position(|point| *point == word)?;
    i32::try_from(at).ok()
}

/// The whole number that stands right before the first such sign: `70` in `(70%, 9mm)`.
pub(super) fn number_before(text: &str, sign: &str) -> Option<i32> {
    let text = text.to_uppercase();
    for (at, _) in text.match_indices(&sign.to_uppercase()) {
        let before = &text[..at];
        // 1cm is not 1C.
        if text[at + sign.len()..].starts_with(|c: char| c.is_alphabetic()) {
            continue;
        }
        let start = before
            .rfind(|c: char| !c.is_ascii_digit() && c != '-')
            .map_or(0, |i| i + 1);
        if let Ok(number) = before[start..].parse() {
            return Some(number);
        }
    }
    None
}

pub(super) fn is_wet(text: &str) -> bool {
    ["rain", "shower", "thunder", "sleet", "snow", "hail"]
        .iter()
        .any(|word| text.contains(word))
}

pub(super) fn is_fair(text: &str) -> bool {
    let fair = ["dry", "sunny", "sunshine", "clear"];
    let found = fair.iter().any(|word| text.contains(word));
    found && !text.contains("partly sunny")
}
