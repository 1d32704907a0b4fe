//! "Daily Tacoma 6am, no wait 6:30", "two. sorry, three": what takes back the time or the number before it.

use super::super::super::command::read_time;
use super::super::super::command::words::fold;
use super::super::super::schedule::SendTime;

/// What is said instead of what stands before it.
pub(super) enum Instead<'a> {
    /// Another time than the one in the text before it.
    Time(&'a str, SendTime),
    /// Another number: the text that it is.
    Number(&'a str),
}

/// Reads the end of a text as a correction, where it is one.
pub(super) fn corrected(text: &str) -> Option<Instead<'_>> {
    let words: Vec<(usize, &str)> = text
        .split_inclusive(|c: char| c.is_whitespace())
        .scan(0, |at, word| {
            let from = *at;
            *at += word.len();
            Some((from, word.trim()))
        })
        .filter(|(_, word)| !word.is_empty())
        .collect();
    if !(3..=16).contains(&words.len()) {
        return None;
    }
    // The first of the words that take something back: nothing but them and the new one stands behind it.
    let marks = (1..words.len() - 1).find(|at| {
        let tail = &words[*at..];
        let marks = tail.iter().take_while(|(_, word)| takes_back(word)).count();
        marks > 0 && marks < tail.len() && marks + 3 >= tail.len()
    })?;
    let (from, _) = words[marks];
    let rest: Vec<&str> = words[marks..]
        .iter()
        .map(|(_, word)| *word)
        .skip_while(|word| takes_back(word) || is_at(word))
        .collect();
    let head = text
        .get(..from)?
        .trim_end_matches([' ', ',', '.', ';', ':', '-', '\n']);
    let new = rest.join(" ");
    let new = new.trim_matches(['.', ',', '!', ' ']);
    let begins = words.get(marks - 1).is_some_and(|(_, word)| {
        word.ends_with([',', '.', ';', '-', '!']) || strictly(words[marks].1)
    });
    if !begins || new.is_empty() {
        return None;
    }
    if is_number(head) && is_number(new) {
        let at = text.rfind(new)?;
        return text.get(at..at + new.len()).map(Instead::Number);
    }
    let had = head
        .split_whitespace()
        .any(|word| read_time(word.trim_matches([',', '.'])).is_some());
    read_time(new)
        .filter(|_| had)
        .map(|time| Instead::Time(head, time))
}

/// Words that take something back.
fn takes_back(word: &str) -> bool {
    const WORDS: [&str; 40] = [
        "no", "wait", "sorry", "actually", "rather", "make", "that", "scratch", "i", "mean",
        "meant", "oops", "nah", "nein", "quatsch", "doch", "lieber", "besser", "ich", "meine",
        "non", "plutot", "enfin", "pardon", "mejor", "digo", "perdon", "espera", "anzi", "scusa",
        "meglio", "alias", "nao", "desculpa", "or", "nee", "moment", "better", "ah", "oh",
    ];
    WORDS.contains(&fold(word).as_str())
}

/// Words that do so without a full stop or comma before them.
fn strictly(word: &str) -> bool {
    [
        "wait", "actually", "scratch", "oops", "quatsch", "anzi", "no",
    ]
    .contains(&fold(word).as_str())
}

fn is_at(word: &str) -> bool {
    [
        "at", "um", "a", "las", "alle", "as", "the", "die", "der", "la", "le", "el",
    ]
    .contains(&fold(word).as_str())
}

/// "Two", "3", "the third one": a number by itself.
fn is_number(text: &str) -> bool {
    let folded = fold(text);
    let mut words = folded.split(' ');
    let is = words.next().is_some_and(|word| {
        const NUMBERS: [&str; 39] = [
            "one", "two", "three", "four", "five", "six", "first", "second", "third", "fourth",
            "1st", "2nd", "3rd", "eins", "zwei", "drei", "vier", "erste", "zweite", "dritte", "un",
            "deux", "trois", "uno", "dos", "tres", "due", "tre", "dois", "um", "quatro", "cuatro",
            "quattro", "quatre", "zweiter", "dritter", "prima", "seconda", "terza",
        ];
        NUMBERS.contains(&word)
            || (word.len() == 1 && word.starts_with(|c: char| c.is_ascii_digit()))
    });
    is && words.all(|word| matches!(word, "one" | "please"))
}
