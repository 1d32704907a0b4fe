//! Times of day in words, in six languages: "half seven", "viertel nach acht", "six heures moins le quart", "7 meno un quarto".

mod parts;
#[cfg(test)]
mod tests;

use self::parts::{Part, part_of_day};
use super::words::{Word, Words};
use crate::domain::schedule::SendTime;

/// The time that begins at a word, and how many words it takes; words as they were typed.
pub(super) fn spoken_at(words: &Words<'_>, at: usize) -> Option<(SendTime, usize)> {
    let (minutes, taken) = before_the_hour(words, at)
        .or_else(|| after_the_hour(words, at))
        .or_else(|| about_the_hour(words, at))
        .or_else(|| plain_hour(words, at))?;
    let (half, more) = part_of_day(words, at + taken);
    let minutes = if half == Some(Part::Late) && (60..720).contains(&minutes) {
        minutes + 720
    } else {
        minutes
    };
    let minutes = minutes.rem_euclid(24 * 60);
    let hour = u8::try_from(minutes / 60).ok()?;
    let minute = u8::try_from(minutes % 60).ok()?;
    Some((SendTime::new(hour, minute)?, taken + more))
}

/// The words with each time of day that takes several of them as one word of figures: "viertel nach acht" as `08:15`.
pub(super) fn in_figures<'a>(words: &Words<'a>) -> Words<'a> {
    if words.len() < 2 {
        return words.clone();
    }
    let mut all: Vec<Word> = Vec::with_capacity(words.len());
    let mut at = 0;
    while at < words.len() {
        let Some((time, taken)) = surely_at(words, at) else {
            all.push(words.all[at].clone());
            at += 1;
            continue;
        };
        let last = &words.all[(at + taken).min(words.len()) - 1];
        let typed: Vec<&str> = (at..at + taken).map(|at| words.plain(at)).collect();
        all.push(Word {
            at: words.all[at].at.start..last.at.end,
            fold: time.to_string(),
            typed: Some(typed.join(" ")),
        });
        at += taken;
    }
    Words {
        source: words.source,
        all,
    }
}

/// A time in words that can be nothing else, wherever it stands.
fn surely_at(words: &Words<'_>, at: usize) -> Option<(SendTime, usize)> {
    let (_, sure) = before_the_hour(words, at)
        .or_else(|| after_the_hour(words, at))
        .or_else(|| about_the_hour(words, at))
        .or_else(|| hour_of_a_part(words, at))?;
    let (time, taken) = spoken_at(words, at)?;
    (taken >= sure && taken > 1).then_some((time, taken))
}

/// "6h da matina", "8 de la tarde": an hour and a part of the day that only some languages say so.
fn hour_of_a_part(words: &Words<'_>, at: usize) -> Option<(i32, usize)> {
    let (minutes, taken) = plain_hour(words, at)?;
    let part = words.plain(at + taken);
    let english = matches!(
        part,
        "in" | "at" | "am" | "pm" | "morning" | "evening" | "of"
    );
    let digits = words.plain(at).starts_with(|c: char| c.is_ascii_digit());
    let (_, more) = part_of_day(words, at + taken);
    (digits && more > 0 && !english).then_some((minutes, taken + more))
}

/// "kurz nach 6", "shortly after 6", "poco dopo le 7": the hour itself.
fn about_the_hour(words: &Words<'_>, at: usize) -> Option<(i32, usize)> {
    const LEADS: [&str; 14] = [
        "kurz nach",
        "kurz vor",
        "shortly after",
        "shortly before",
        "just after",
        "just before",
        "a bit after",
        "a bit before",
        "peu apres",
        "un peu apres",
        "poco despues de las",
        "poco dopo le",
        "pouco depois das",
        "bit after",
    ];
    let led = LEADS.iter().find_map(|lead| phrase(words, at, lead))?;
    let (hour, taken) = clock_hour(words, at + led)?;
    Some((hour * 60, led + taken))
}

/// "half seven", "quarter to eight", "viertel nach acht", "fünf vor halb sieben", "ten past six", "quinze para as sete".
fn before_the_hour(words: &Words<'_>, at: usize) -> Option<(i32, usize)> {
    if let Some((minutes, taken)) = half_or_quarter_of(words, at) {
        return Some((minutes, taken));
    }
    let (minutes, counted) = minutes_at(words, at)?;
    let (sign, linked) = linked(words, at + counted)?;
    let digits = words.plain(at).starts_with(|c: char| c.is_ascii_digit());
    // "5 to 7" is a stretch of time.
    if digits && minutes < 10 && words.plain(at + counted) == "to" {
        return None;
    }
    let from = at + counted + linked;
    let halb = usize::from(words.plain(from) == "halb");
    let (hour, taken) = clock_hour(words, from + halb)?;
    let half = if halb > 0 { 30 } else { 0 };
    Some((
        hour * 60 - half + sign * minutes,
        counted + linked + halb + taken,
    ))
}

/// "half past six", "half seven", "halb sieben", "viertel sieben", "dreiviertel sieben".
fn half_or_quarter_of(words: &Words<'_>, at: usize) -> Option<(i32, usize)> {
    const LEADS: [(&str, i32); 7] = [
        ("half past", 30),
        ("half after", 30),
        ("half", 30),
        ("halb", -30),
        ("halber", -30),
        ("viertel", -45),
        ("dreiviertel", -15),
    ];
    LEADS
        .iter()
        .filter_map(|(lead, minutes)| {
            let led = phrase(words, at, lead)?;
            let (hour, taken) = clock_hour(words, at + led)?;
            Some((hour * 60 + minutes, led + taken))
        })
        .max_by_key(|(_, taken)| *taken)
}

/// "a quarter", "ten", "20 minutes", "cinq": minutes, and how many words they take.
fn minutes_at(words: &Words<'_>, at: usize) -> Option<(i32, usize)> {
    let lead = usize::from(matches!(words.plain(at), "a" | "un" | "um" | "ein" | "le"));
    let word = words.plain(at + lead);
    let (minutes, taken) = match word {
        "quarter" | "viertel" | "quart" | "cuarto" | "quarto" => (15, 1),
        "twenty" if words.plain(at + lead + 1) == "five" => (25, 2),
        _ if lead > 0 => return None,
        _ => (minute_word(word)?, 1),
    };
    let unit = usize::from(matches!(
        words.plain(at + lead + taken),
        "minutes" | "minuten" | "minutos" | "minuti" | "min" | "mins"
    ));
    Some((minutes, lead + taken + unit))
}

fn minute_word(word: &str) -> Option<i32> {
    const WORDS: [(&str, i32); 6] = [
        ("five funf fuenf cinq cinco cinque", 5),
        ("ten zehn dix diez dieci dez", 10),
        ("fifteen quinze quince quindici", 15),
        ("twenty zwanzig vingt veinte venti vinte", 20),
        ("veinticinco venticinque funfundzwanzig", 25),
        ("thirty trente dreissig treinta trenta trinta", 30),
    ];
    if let Some(minutes) = number(word) {
        return (minutes % 5 == 0 && (5..60).contains(&minutes)).then_some(minutes);
    }
    WORDS
        .iter()
        .find(|(words, _)| words.split(' ').any(|one| one == word))
        .map(|(_, minutes)| *minutes)
}

/// What stands between minutes and the hour: after it (1) or before it (-1).
fn linked(words: &Words<'_>, at: usize) -> Option<(i32, usize)> {
    const LINKS: [(&str, i32); 16] = [
        ("past", 1),
        ("after", 1),
        ("nach", 1),
        ("ab", 1),
        ("to", -1),
        ("of", -1),
        ("til", -1),
        ("till", -1),
        ("before", -1),
        ("vor", -1),
        ("para as", -1),
        ("para a", -1),
        ("para las", -1),
        ("para la", -1),
        ("pras", -1),
        ("pra as", -1),
    ];
    LINKS
        .iter()
        .filter_map(|(link, sign)| Some((*sign, phrase(words, at, link)?)))
        .max_by_key(|(_, taken)| *taken)
}

/// An hour up to 24 with its "o'clock", and how many words that takes.
fn clock_hour(words: &Words<'_>, at: usize) -> Option<(i32, usize)> {
    let (hour, oclock) = hour_and_mark(words.plain(at))?;
    let more = usize::from(!oclock && is_oclock(words.plain(at + 1)));
    Some((hour, 1 + more))
}

/// "7h", "19uhr": the hour with its mark in one word.
fn hour_and_mark(word: &str) -> Option<(i32, bool)> {
    if let Some(hour) = hour(word) {
        return Some((hour, false));
    }
    let digits = ["uhr", "hs", "h", "u"]
        .iter()
        .find_map(|mark| word.strip_suffix(mark))?;
    Some((number(digits).filter(|hour| (0..=24).contains(hour))?, true))
}

/// "7 y media", "six heures moins le quart", "7h moins dix", "7 meno un quarto", "5 and half", "acht uhr dreissig".
fn after_the_hour(words: &Words<'_>, at: usize) -> Option<(i32, usize)> {
    const TAILS: [(&str, i32); 20] = [
        ("et demie", 30),
        ("et demi", 30),
        ("y media", 30),
        ("e mezza", 30),
        ("e mezzo", 30),
        ("e meia", 30),
        ("et quart", 15),
        ("y cuarto", 15),
        ("e un quarto", 15),
        ("e quarto", 15),
        ("moins le quart", -15),
        ("and a half", 30),
        ("and half", 30),
        ("and a quarter", 15),
        ("forty five", 45),
        ("quarante cinq", 45),
        ("quarante", 40),
        ("thirty", 30),
        ("trente", 30),
        ("dreissig", 30),
    ];
    let (hour, taken) = clock_hour(words, at)?;
    let from = at + taken;
    let tail = TAILS
        .iter()
        .filter_map(|(tail, minutes)| Some((phrase(words, from, tail)?, *minutes)))
        .max_by_key(|(taken, _)| *taken);
    if let Some((more, minutes)) = tail {
        return Some((hour * 60 + minutes, taken + more));
    }
    let sign = match words.plain(from) {
        "moins" | "menos" | "meno" => -1,
        "et" | "y" | "e" => 1,
        "fifteen" => return Some((hour * 60 + 15, taken + 1)),
        _ => return None,
    };
    let (minutes, more) = minutes_at(words, from + 1)?;
    Some((hour * 60 + sign * minutes, taken + 1 + more))
}

/// "8 o clock", "sept heures", "acht uhr 15", "6 in the evening".
fn plain_hour(words: &Words<'_>, at: usize) -> Option<(i32, usize)> {
    let (hour, marked) = hour_and_mark(words.plain(at))?;
    let next = words.plain(at + 1);
    if marked {
        let (part, _) = part_of_day(words, at + 1);
        return part.is_some().then_some((hour * 60, 1));
    }
    if next == "o" && words.plain(at + 2) == "clock" {
        return Some((hour * 60, 3));
    }
    let oclock = is_oclock(next);
    if oclock {
        let minutes: Option<i32> = words.plain(at + 2).parse().ok();
        let minutes = minutes.filter(|_| words.plain(at + 2).len() == 2);
        return Some(match minutes.filter(|minutes| *minutes < 60) {
            Some(minutes) => (hour * 60 + minutes, 3),
            None => (hour * 60, 2),
        });
    }
    let minutes =
        number(next).filter(|_| next.len() == 2 && next.bytes().all(|b| b.is_ascii_digit()));
    if let Some(minutes) = minutes.filter(|minutes| *minutes % 5 == 0 && *minutes < 60 && hour < 24)
    {
        return Some((hour * 60 + minutes, 2));
    }
    let before = at.checked_sub(1).map_or("", |before| words.plain(before));
    let led = matches!(
        before,
        "at" | "um"
            | "a"
            | "las"
            | "les"
            | "alle"
            | "as"
            | "by"
            | "gegen"
            | "around"
            | "about"
            | "vers"
    );
    let spelled = number(words.plain(at)).is_none() && led;
    let (part, _) = part_of_day(words, at + 1);
    (part.is_some() || spelled).then_some((hour * 60, 1))
}

fn is_oclock(word: &str) -> bool {
    matches!(
        word,
        "oclock" | "uhr" | "heures" | "heure" | "h" | "horas" | "hora" | "ore" | "hrs" | "hs"
    )
}

fn number(word: &str) -> Option<i32> {
    (word.len() <= 2).then(|| word.parse().ok()).flatten()
}

/// Of the clock: a number up to 24, or a word for one up to twelve.
fn hour(word: &str) -> Option<i32> {
    const SPELLED: [&str; 12] = [
        "one eins una uma",
        "two zwei deux dos due duas",
        "three drei trois tres tre",
        "four vier quatre cuatro quattro quatro",
        "five funf fuenf cinq cinco cinque",
        "six sechs seis sei",
        "seven sieben sept siete sette sete",
        "eight acht huit ocho otto oito",
        "nine neun neuf nueve nove",
        "ten zehn dix diez dieci dez",
        "eleven elf onze once undici",
        "twelve zwolf zwoelf douze doce dodici doze",
    ];
    if let Some(hour) = number(word) {
        return (0..=24).contains(&hour).then_some(hour);
    }
    let at = SPELLED
        .iter()
        .position(|words| words.split(' ').any(|spelled| spelled == word))?;
    i32::try_from(at + 1).ok()
}

/// Like [`Words::phrase`], of words as they were typed.
fn phrase(words: &Words<'_>, at: usize, phrase: &str) -> Option<usize> {
    let mut length = 0;
    for wanted in phrase.split(' ') {
        if words.plain(at + length) != wanted {
            return None;
        }
        length += 1;
    }
    Some(length)
}
