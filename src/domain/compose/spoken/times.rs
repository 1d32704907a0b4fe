//! Spoken: times of day, in words.

use crate::domain::schedule::SendTime;

/// `seven in the morning`, `six thirty in the evening`, `noon`, `five past midnight` as `twelve oh five at night`.
#[must_use]
pub fn time_words(time: SendTime) -> String {
    let (hour, minute) = (time.hour(), time.minute());
    match (hour, minute) {
        (0, 0) => return "midnight".to_owned(),
        (12, 0) => return "noon".to_owned(),
        _ => {}
    }
    let part = match hour {
        0..5 | 22.. => "at night",
        5..12 => "in the morning",
        12..18 => "in the afternoon",
        18..22 => "in the evening",
    };
    let twelve = match hour % 12 {
        0 => 12,
        other => other,
    };
    let minutes = match minute {
        0 => String::new(),
        1..10 => format!(" oh {}", number(minute)),
        _ => format!(" {}", number(minute)),
    };
    format!("{}{minutes} {part}", number(twelve))
}

fn number(n: u8) -> String {
    const SMALL: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 6] = ["", "", "twenty", "thirty", "forty", "fifty"];
    match n {
        0..20 => SMALL[usize::from(n)].to_owned(),
        _ => {
            let tens = TENS[usize::from(n / 10) % 6];
            match n % 10 {
                0 => tens.to_owned(),
                one => format!("{tens}-{}", SMALL[usize::from(one)]),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_time_is_words_only() {
        for hour in 0..24 {
            for minute in 0..60 {
                let words = time_words(SendTime::new(hour, minute).unwrap());
                assert!(!words.contains(|c: char| c.is_ascii_digit()), "{words}");
            }
        }
        for (time, words) in [
            ("07:00", "seven in the morning"),
            ("18:30", "six thirty in the evening"),
            ("15:05", "three oh five in the afternoon"),
            ("00:45", "twelve forty-five at night"),
            ("12:00", "noon"),
        ] {
            assert_eq!(time_words(SendTime::parse(time).unwrap()), words);
        }
    }
}
