//! Small talk and short answers: greetings, thanks, yes and no, numbers.

use super::Command;
use super::vocabulary::{
    ABOUT, AGREE, GREETING, MENU, MISSED, NO, STATUS, TALK_BESIDE, THANKS, THANKS_FOR,
};
use super::words::Words;

/// What a short text says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Talk {
    Greeting,
    Thanks,
    Agree,
    No,
    Number(u32),
    Menu,
    Status,
    About,
}

impl From<Talk> for Command {
    fn from(talk: Talk) -> Self {
        match talk {
            Talk::Greeting => Self::Greeting,
            Talk::Thanks => Self::Thanks,
            Talk::Agree => Self::Agree,
            Talk::No => Self::No,
            Talk::Number(number) => Self::Number(number),
            Talk::Menu => Self::Menu,
            Talk::About => Self::About,
            Talk::Status => Self::Status,
        }
    }
}

/// Reads small talk; `None` when the text is about something.
pub(super) fn read(words: &Words<'_>) -> Option<Talk> {
    if words.len() == 0 {
        let source = words.source.trim();
        if !source.is_empty()
            && source
                .chars()
                .all(|c| c == '?' || c == '¿' || c == '？' || c.is_whitespace())
        {
            return Some(Talk::Menu);
        }
        return source
            .chars()
            .any(super::noise::is_pictogram)
            .then_some(Talk::Thanks);
    }
    if let Some(number) = number(words) {
        return Some(Talk::Number(number));
    }
    if words.len() <= 16 && ABOUT.is_in(words) {
        return Some(Talk::About);
    }
    if MENU.is_politely(words) {
        return Some(Talk::Menu);
    }
    if STATUS.is_politely(words) || MISSED.is_in(words) {
        return Some(Talk::Status);
    }
    if AGREE.is(words) {
        return Some(Talk::Agree);
    }
    if NO.is(words) {
        return Some(Talk::No);
    }
    small(words)
}

/// `2`, `#2`, `2.`, `option 2`, `number two`, `the second one`.
fn number(words: &Words<'_>) -> Option<u32> {
    const SAYING: [&str; 30] = [
        "option", "number", "no", "nr", "num", "the", "one", "please", "pls", "choice", "choose",
        "pick", "i", "want", "take", "thanks", "la", "el", "le", "il", "die", "das", "numero",
        "opcion", "nummer", "opcao", "opzione", "choix", "bitte", "svp",
    ];
    const UNDECIDED: [&str; 12] = [
        "both",
        "either",
        "any",
        "all of them",
        "any of them",
        "whichever",
        "idk",
        "dunno",
        "not sure",
        "im not sure",
        "i dont know",
        "dont know",
    ];
    if UNDECIDED.iter().any(|said| words.are(said)) {
        return Some(0);
    }
    let mut found = None;
    for at in 0..words.len() {
        let word = words.get(at);
        let counted =
            counted(word).filter(|_| !(word == "one" && words.len() > 1 && found.is_some()));
        match counted {
            Some(number) if found.is_none() => found = Some(number),
            _ if SAYING.contains(&word) => {}
            _ => return None,
        }
    }
    if words.len() == 1 && words.source.trim().starts_with('-') {
        return None;
    }
    found
}

/// Stands for the last of whatever was offered.
pub const LAST: u32 = u32::MAX;

fn counted(word: &str) -> Option<u32> {
    if matches!(
        word,
        "last" | "ultimo" | "ultima" | "dernier" | "derniere" | "letzte" | "letzter" | "letztes"
    ) {
        return Some(LAST);
    }
    const NUMBERS: [&str; 9] = [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    ];
    const ORDINALS: [&str; 9] = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
    ];
    const SHORT: [&str; 9] = [
        "1st", "2nd", "3rd", "4th", "5th", "6th", "7th", "8th", "9th",
    ];
    let spelled = [NUMBERS, ORDINALS, SHORT]
        .iter()
        .find_map(|list| list.iter().position(|name| *name == word));
    match spelled {
        Some(at) => u32::try_from(at + 1).ok(),
        None if word.len() <= 2 => word.parse().ok(),
        None => None,
    }
}

/// A text made of small talk only.
fn small(words: &Words<'_>) -> Option<Talk> {
    if words.len() > 10 {
        return None;
    }
    let mut thanks = false;
    let mut at = 0;
    while at < words.len() {
        let greeting = GREETING.at(words, at);
        let thanked = THANKS.at(words, at);
        if greeting.max(thanked) > 0 {
            thanks |= thanked >= greeting;
            at += greeting.max(thanked);
        } else if (at > 0 && TALK_BESIDE.contains(words.get(at)))
            || (thanks && THANKS_FOR.contains(words.get(at)))
        {
            at += 1;
        } else {
            return None;
        }
    }
    Some(if thanks { Talk::Thanks } else { Talk::Greeting })
}
