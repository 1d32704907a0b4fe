//! What several lines make together: the menu after a forecast, a choice among places, the list of languages.

use super::lines::Line;
use super::numbers::{Before, number_words};
use crate::domain::language::Language;

/// What the menu has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::domain) struct Menu {
    /// Texts can be sent.
    pub(in crate::domain) texts: bool,
    /// The forecast could not be read and is owed.
    pub(in crate::domain) owed: bool,
    /// The other day is tomorrow; else it is today.
    pub(in crate::domain) tomorrow: bool,
    /// What key nine does: stop the daily texts, take their pause back, or a stop of all.
    pub(in crate::domain) nine: Option<Line>,
}

/// What may be pressed now.
#[must_use]
pub(in crate::domain) fn menu(it: &Menu, language: Language) -> String {
    let mut lines = Vec::with_capacity(6);
    match (it.texts, it.owed) {
        (true, true) => lines.push(Line::MenuOwed),
        (true, false) => lines.push(Line::MenuText),
        (false, _) => {}
    }
    lines.push(match it.tomorrow {
        true => Line::MenuTomorrow,
        false => Line::MenuToday,
    });
    lines.push(Line::MenuAnother);
    lines.extend(it.texts.then_some(Line::MenuDaily));
    lines.extend(it.nine);
    lines.push(match it.owed {
        true => Line::MenuRetry,
        false => Line::MenuAgain,
    });
    let lines: Vec<&str> = lines.iter().map(|line| line.text(language)).collect();
    lines.join(" ")
}

/// Several places of one name.
#[must_use]
pub(in crate::domain) fn choice(names: &[String], language: Language) -> String {
    let mut text = Line::Several.text(language).to_owned();
    for (name, key) in names.iter().zip(1..) {
        let key = key_name(key, language);
        text.push(' ');
        text.push_str(&Line::Option.fill(language, &[("name", name), ("key", &key)]));
    }
    text.push(' ');
    text.push_str(Line::OptionOther.text(language));
    text
}

/// One line of the list of languages, in its own.
#[must_use]
pub(in crate::domain) fn language_option(language: Language) -> String {
    let at = Language::ALL.iter().position(|one| *one == language);
    let key = i32::try_from(at.unwrap_or(0) + 1).unwrap_or(1);
    let key = key_name(key, language);
    Line::LanguageOption.fill(language, &[("key", &key)])
}

/// A key of the phone, as it is called in a prompt.
#[must_use]
pub(in crate::domain) fn key_name(key: i32, language: Language) -> String {
    number_words(key, language, Before::Nothing)
}
