//! Times of day in words, in six languages: "half seven", "viertel nach acht", "six heures moins le quart", "7 meno un quarto".

use super::words::Words;
use crate::domain::schedule::SendTime;

/// The time that begins at a word, and how many words it takes; words as they were typed.
pub(super) fn spoken_at(words: &Words<'_>, at: usize) -> Option<(SendTime, usize)> {
    let (minutes, taken) = before_the_hour(words, at)
        .or_else(|| after_the_hour(words, at))
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

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Early,
    Late,
}

/// "half seven", "quarter to eight", "viertel nach acht", "halb sieben", "ten past six", "quinze para as sete".
fn before_the_hour(words: &Words<'_>, at: usize) -> Option<(i32, usize)> {
    const LEADS: [(&str, i32); 33] = [
        ("half past", 30),
        ("half after", 30),
        ("half", 30),
        ("quarter past", 15),
        ("quarter after", 15),
        ("a quarter past", 15),
        ("quarter to", -15),
        ("a quarter to", -15),
        ("quarter of", -15),
        ("quarter til", -15),
        ("ten past", 10),
        ("10 past", 10),
        ("ten to", -10),
        ("10 to", -10),
        ("five past", 5),
        ("five to", -5),
        ("twenty past", 20),
        ("twenty to", -20),
        ("20 past", 20),
        ("20 to", -20),
        ("dreiviertel", -15),
        ("viertel nach", 15),
        ("viertel ab", 15),
        ("viertel vor", -15),
        ("zehn nach", 10),
        ("zehn vor", -10),
        ("10 nach", 10),
        ("10 vor", -10),
        ("halb", -30),
        ("halber", -30),
        ("quinze para as", -15),
        ("15 para as", -15),
        ("dez para as", -10),
    ];
    let (taken, minutes) = LEADS
        .iter()
        .filter_map(|(lead, minutes)| Some((phrase(words, at, lead)?, *minutes)))
        .max_by_key(|(taken, _)| *taken)?;
    let hour = hour(words.plain(at + taken))?;
    let oclock = usize::from(is_oclock(words.plain(at + taken + 1)));
    Some((hour * 60 + minutes, taken + 1 + oclock))
}

/// "7 y media", "six heures moins le quart", "7 meno un quarto", "5 and half", "sept heures trente", "acht uhr dreissig".
fn after_the_hour(words: &Words<'_>, at: usize) -> Option<(i32, usize)> {
    const TAILS: [(&str, i32); 38] = [
        ("et demie", 30),
        ("et demi", 30),
        ("et quart", 15),
        ("moins le quart", -15),
        ("moins quart", -15),
        ("moins dix", -10),
        ("moins vingt", -20),
        ("moins cinq", -5),
        ("y media", 30),
        ("y cuarto", 15),
        ("menos cuarto", -15),
        ("menos diez", -10),
        ("menos veinte", -20),
        ("menos cinco", -5),
        ("y diez", 10),
        ("y veinte", 20),
        ("e mezza", 30),
        ("e mezzo", 30),
        ("e trenta", 30),
        ("e un quarto", 15),
        ("e quarto", 15),
        ("e quindici", 15),
        ("meno un quarto", -15),
        ("meno dieci", -10),
        ("meno venti", -20),
        ("e meia", 30),
        ("e quinze", 15),
        ("menos um quarto", -15),
        ("menos dez", -10),
        ("and a half", 30),
        ("and half", 30),
        ("and a quarter", 15),
        ("thirty", 30),
        ("trente", 30),
        ("dreissig", 30),
        ("fifteen", 15),
        ("forty five", 45),
        ("quarante cinq", 45),
    ];
    let hour = hour(words.plain(at))?;
    let oclock = usize::from(is_oclock(words.plain(at + 1)));
    let from = at + 1 + oclock;
    let (taken, minutes) = TAILS
        .iter()
        .filter_map(|(tail, minutes)| Some((phrase(words, from, tail)?, *minutes)))
        .max_by_key(|(taken, _)| *taken)?;
    Some((hour * 60 + minutes, 1 + oclock + taken))
}

/// "8 o clock", "sept heures", "acht uhr 15", "6 in the evening".
fn plain_hour(words: &Words<'_>, at: usize) -> Option<(i32, usize)> {
    let hour = hour(words.plain(at))?;
    let next = words.plain(at + 1);
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

/// "in the evening", "du soir", "de la tarde", "abends".
fn part_of_day(words: &Words<'_>, at: usize) -> (Option<Part>, usize) {
    const PARTS: [(&str, Part); 37] = [
        ("in the morning", Part::Early),
        ("in the mornings", Part::Early),
        ("morning", Part::Early),
        ("du matin", Part::Early),
        ("le matin", Part::Early),
        ("de la manana", Part::Early),
        ("por la manana", Part::Early),
        ("da manha", Part::Early),
        ("da matina", Part::Early),
        ("del mattino", Part::Early),
        ("di mattina", Part::Early),
        ("morgens", Part::Early),
        ("fruh", Part::Early),
        ("in der fruh", Part::Early),
        ("am", Part::Early),
        ("pm", Part::Late),
        ("in the evening", Part::Late),
        ("in the evenings", Part::Late),
        ("in the afternoon", Part::Late),
        ("of an evening", Part::Late),
        ("evening", Part::Late),
        ("at night", Part::Late),
        ("of a night", Part::Late),
        ("du soir", Part::Late),
        ("le soir", Part::Late),
        ("de l apres midi", Part::Late),
        ("de la tarde", Part::Late),
        ("de la noche", Part::Late),
        ("por la tarde", Part::Late),
        ("da tarde", Part::Late),
        ("da noite", Part::Late),
        ("di sera", Part::Late),
        ("della sera", Part::Late),
        ("del pomeriggio", Part::Late),
        ("abends", Part::Late),
        ("am abend", Part::Late),
        ("nachmittags", Part::Late),
    ];
    PARTS
        .iter()
        .filter_map(|(said, part)| Some((Some(*part), phrase(words, at, said)?)))
        .max_by_key(|(_, taken)| *taken)
        .unwrap_or((None, 0))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_in_words() {
        for (text, time) in [
            ("half seven", "07:30"),
            ("half past 6", "06:30"),
            ("quarter to eight", "07:45"),
            ("viertel nach acht", "08:15"),
            ("halb sieben", "06:30"),
            ("dreiviertel acht", "07:45"),
            ("six heures moins le quart", "05:45"),
            ("sept heures et demie", "07:30"),
            ("7 meno un quarto", "06:45"),
            ("7 y media", "07:30"),
            ("siete menos diez", "06:50"),
            ("5 and half", "05:30"),
            ("7 e meia", "07:30"),
            ("eight o'clock", "08:00"),
            ("8 in the evening", "20:00"),
            ("6 de la tarde", "18:00"),
            ("7 30", "07:30"),
        ] {
            let words = Words::of(text);
            let found = spoken_at(&words, 0)
                .filter(|(_, taken)| *taken == words.len())
                .map(|(time, _)| time.to_string());
            assert_eq!(found.as_deref(), Some(time), "{text}");
        }
    }

    #[test]
    fn other_numbers_are_no_times() {
        for text in ["7", "90210", "half", "25 heures", "boston", "30"] {
            assert_eq!(spoken_at(&Words::of(text), 0), None, "{text}");
        }
    }
}
