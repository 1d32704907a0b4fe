//! What a text tells people to text is understood, by whoever reads that language.

use super::super::*;
use super::every::every_text;
use crate::domain::command::Command;
use crate::domain::phone::Country;

/// Capitals that are no command: names of places, examples of postcodes, codes of languages, and the word for a text.
const NAMES: &str = "LYON SEVILLA KÖLN LISBOA ROMA PARIS PARIGI JFK FRI MO MI FR LUN MIE VIE SEG QUA SEX MER VEN SMS OK CEP CAP \
    EN ES DE PT IT F C D IL MO MA OR CA";

#[test]
fn what_a_text_tells_to_text_is_understood() {
    let mut wrong = Vec::new();
    for language in Language::ALL {
        let home = home(language);
        for (name, text) in every_text(language) {
            for words in capitals(&text) {
                let mut parts = words.split(' ').filter(|word| !word.contains(':'));
                let names = parts.all(|word| NAMES.split(' ').any(|name| name == word));
                let place = |command: &Command| matches!(command, Command::Forecast(asked) if asked.place.is_some());
                let command = Command::parse_from(&words, home, Some(language));
                let abroad = Command::parse_from(&words, Country::parse("US"), Some(language));
                if !names && (place(&command) || place(&abroad)) {
                    wrong.push(format!("{} {name}: {words}", language.code()));
                }
            }
        }
    }
    wrong.dedup();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A country that speaks it.
pub(super) fn home(language: Language) -> Option<Country> {
    let code = match language {
        Language::English => "US",
        Language::Spanish => "ES",
        Language::French => "FR",
        Language::German => "DE",
        Language::Portuguese => "BR",
        Language::Italian => "IT",
    };
    Country::parse(code)
}

/// Runs of words in capitals, with the times and numbers behind them.
fn capitals(text: &str) -> Vec<String> {
    let mut runs: Vec<String> = Vec::new();
    let mut run: Vec<&str> = Vec::new();
    for word in text.split(' ') {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let letters = bare.chars().filter(|c| c.is_alphabetic()).count();
        let capital = letters > 0 && !bare.chars().any(char::is_lowercase);
        let upper = capital && (letters > 1 || !run.is_empty());
        let number = letters <= 2 && bare.starts_with(|c: char| c.is_ascii_digit());
        if upper || (number && !run.is_empty()) {
            run.push(bare);
        }
        let ends = !(upper || number) || word.ends_with([',', '.', ';', ':', ')', '?']);
        if ends && !run.is_empty() {
            runs.push(run.join(" "));
            run.clear();
        }
    }
    if !run.is_empty() {
        runs.push(run.join(" "));
    }
    runs
}
