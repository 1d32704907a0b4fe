//! Another language in the middle of a call: how it is asked for, and where the call goes on.

use super::caller::Caller;
use super::heard::key;
use super::step::{At, Step};
use super::wish::Input;
use crate::domain::command::words::fold;
use crate::domain::language::Language;

/// The key that asks for another language.
pub(super) const KEY: char = '8';

/// The language that an answer chooses: by its key in the list, or by its name anywhere.
#[must_use]
pub fn chosen_language(step: &Step, input: &Input, caller: &Caller) -> Option<Language> {
    let at = |key: char| {
        let at = key.to_digit(10)?.checked_sub(1)?;
        Language::ALL.get(usize::try_from(at).ok()?).copied()
    };
    let is_list = step.at == At::Languages;
    match input {
        Input::Digits(digits) if is_list => {
            let mut digits = digits.trim().chars();
            let one = digits.next()?;
            digits.next().is_none().then(|| at(one)).flatten()
        }
        Input::Speech { words, .. } => {
            let plain = fold(words.get(..words.len().min(60)).unwrap_or(""));
            let key = key(&plain, step.spoken(caller)).filter(|_| is_list);
            named(&plain).or_else(|| key.and_then(at))
        }
        Input::Digits(_) | Input::Silence => None,
    }
}

/// The call as it goes on in another language: from its beginning.
#[must_use]
pub fn begin_in(step: &Step, language: Language) -> Step {
    Step {
        turn: step.turn.saturating_add(1),
        misses: 0,
        language: Some(language),
        at: At::Start,
    }
}

impl Step {
    /// The language of the call at this step.
    #[must_use]
    pub fn spoken(&self, caller: &Caller) -> Language {
        self.language.unwrap_or_else(|| caller.language())
    }
}

/// The language whose name was said, in whatever language, as far as no town has that name alone.
fn named(plain: &str) -> Option<Language> {
    let is_frame = |word: &&str| FRAMES.split(' ').any(|frame| fold(frame) == **word);
    let mut rest = plain.split(' ').filter(|word| !is_frame(word));
    let (one, more) = (rest.next()?, rest.next());
    let names = |list: &str| list.split(' ').any(|name| fold(name) == one);
    let found = NAMES.iter().find(|(_, list)| names(list));
    found
        .map(|(language, _)| *language)
        .filter(|_| more.is_none())
}

/// Words around a language's name that say no more than that it is wanted.
const FRAMES: &str = "please thanks thank you speak speaking talk in to can could we i i'd like would want do switch change the language let's \
    por favor gracias habla hablo hablar hable en quiero quisiera puede idioma \
    s'il s il te vous plaît merci parle parlez parler je voudrais veux peux pouvez langue \
    bitte danke auf sprechen sprich sprechen sie ich möchte können sprache \
    fala falo falar fale em quero se faz obrigado obrigada língua \
    per favore piacere grazie parla parlo parlare parli voglio vorrei può lingua in";

/// The names of our languages in our languages.
const NAMES: [(Language, &str); 6] = [
    (
        Language::English,
        "english inglés anglais englisch inglês inglese",
    ),
    (
        Language::Spanish,
        "spanish español espagnol spanisch espanhol spagnolo castellano",
    ),
    (
        Language::French,
        "french francés français französisch francês francese",
    ),
    (
        Language::German,
        "german alemán allemand deutsch alemão tedesco",
    ),
    (
        Language::Portuguese,
        "portuguese portugués portugais portugiesisch português portoghese brasileiro",
    ),
    (Language::Italian, "italian italiano italien italienisch"),
];

/// What a recogniser should expect of somebody who asks for another language: their names in it.
pub(super) fn names_in_their_own() -> impl Iterator<Item = String> {
    [
        "English",
        "español",
        "français",
        "Deutsch",
        "português",
        "italiano",
    ]
    .into_iter()
    .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_asked_for_politely() {
        for (said, language) in [
            ("Spanish please", Language::Spanish),
            ("español por favor", Language::Spanish),
            ("speak Spanish", Language::Spanish),
            ("can we speak German, please?", Language::German),
            ("I'd like French", Language::French),
            ("en français s'il vous plaît", Language::French),
            ("Deutsch bitte", Language::German),
            ("sprechen Sie Deutsch?", Language::German),
            ("em português se faz favor", Language::Portuguese),
            ("parla italiano", Language::Italian),
            ("in English please", Language::English),
        ] {
            assert_eq!(named(&fold(said)), Some(language), "{said}");
        }
        for town in [
            "spanish fork",
            "please",
            "in",
            "french lick",
            "english bay please",
            "",
        ] {
            assert_eq!(named(town), None, "{town}");
        }
    }
}
