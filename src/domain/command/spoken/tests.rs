//! Times of day in words.

use super::super::words::Words;
use super::{in_figures, spoken_at};

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
        ("fünf vor halb sieben", "06:25"),
        ("zehn vor sieben", "06:50"),
        ("fünf nach sieben", "07:05"),
        ("20 nach 6", "06:20"),
        ("viertel sieben", "06:15"),
        ("kurz nach 6", "06:00"),
        ("7h moins le quart", "06:45"),
        ("7h moins 10", "06:50"),
        ("6 h et demie", "06:30"),
        ("sept heures et quart", "07:15"),
        ("siete menos cuarto", "06:45"),
        ("7 y 20", "07:20"),
        ("sei e mezza", "06:30"),
        ("7 e un quarto", "07:15"),
        ("sete e quinze", "07:15"),
        ("10 para as 7", "06:50"),
        ("quinze para as sete", "06:45"),
        ("25 to 7", "06:35"),
        ("twenty five past six", "06:25"),
        ("10 minutes to 7", "06:50"),
        ("a quarter of seven", "06:45"),
        ("half seven in the evening", "19:30"),
    ] {
        let words = Words::of(text);
        let found = spoken_at(&words, 0)
            .filter(|(_, taken)| *taken == words.len())
            .map(|(time, _)| time.to_string());
        assert_eq!(found.as_deref(), Some(time), "{text}");
    }
}

#[test]
fn times_in_words_become_figures_and_the_rest_stays() {
    for (text, figures) in [
        ("daily boise quarter to seven", "daily boise 06:45"),
        ("Kiel um viertel vor sieben, bitte", "kiel 06:45 bitte"),
        ("lyon six heures moins le quart", "lyon 05:45"),
        ("todo dia 5 e meia", "todo dia 05:30"),
        ("seven oaks at 7", "seven oaks at 7"),
        ("rain 5 to 7", "rain 5 to 7"),
        ("y e", "y e"),
    ] {
        let words = in_figures(&Words::of(text));
        let read: Vec<&str> = (0..words.len()).map(|at| words.get(at)).collect();
        assert_eq!(read.join(" "), figures, "{text}");
    }
}

#[test]
fn other_numbers_are_no_times() {
    for text in ["7", "90210", "half", "25 heures", "boston", "30"] {
        assert_eq!(spoken_at(&Words::of(text), 0), None, "{text}");
    }
}
