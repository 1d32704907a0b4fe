//! The words of callers, a file a language, and the ways to compare with them.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::domain::command::words::fold;
use crate::domain::compose::catalogue::catalogue;
use crate::domain::language::Language;

catalogue! {
    /// Words and phrases of one meaning.
    pub(super) enum Heard in "heard" {
        Yes = "yes",
        No = "no",
        Again = "again",
        Another = "another",
        Text = "text",
        Daily = "daily",
        Goodbye = "goodbye",
        Help = "help",
        Stop = "stop",
        EndTexts = "end_texts",
        EndDaily = "end_daily",
        Resume = "resume",
        Today = "today",
        Tomorrow = "tomorrow",
        Tonight = "tonight",
        Weekend = "weekend",
        Week = "week",
        Now = "now",
        Hours = "hours",
        Digits = "digits",
        Press = "press",
        Star = "star",
        Fillers = "fillers",
        PlacesIn = "places_in",
        AboutTexts = "about_texts",
        Polite = "polite",
        Mornings = "mornings",
    }
}

impl Heard {
    /// What a whole answer can mean.
    const WHOLE: [Self; 19] = [
        Self::Yes,
        Self::No,
        Self::Again,
        Self::Another,
        Self::Text,
        Self::Daily,
        Self::Goodbye,
        Self::Help,
        Self::Stop,
        Self::EndTexts,
        Self::EndDaily,
        Self::Resume,
        Self::Today,
        Self::Tomorrow,
        Self::Tonight,
        Self::Weekend,
        Self::Week,
        Self::Now,
        Self::Hours,
    ];

    /// The meaning of an answer as a whole; `plain` is folded.
    pub(super) fn of(plain: &str, language: Language) -> Option<Self> {
        static MEANINGS: LazyLock<Vec<HashMap<String, Heard>>> = LazyLock::new(|| {
            let of = |language| {
                // Of two meanings the first counts.
                let all = Heard::WHOLE.into_iter().rev().flat_map(move |heard| {
                    heard
                        .phrases(language)
                        .map(move |phrase| (fold(phrase), heard))
                });
                all.collect()
            };
            Language::ALL.map(of).to_vec()
        });
        MEANINGS
            .get(language as usize)
            .and_then(|all| all.get(plain))
            .copied()
    }

    /// Its phrases as they are written.
    pub(super) fn phrases(self, language: Language) -> impl Iterator<Item = &'static str> {
        self.text(language).split(',').map(str::trim)
    }

    /// The first of its phrases: what a recogniser should expect.
    pub(super) fn usual(self, language: Language) -> String {
        self.phrases(language).next().unwrap_or("").to_owned()
    }
}

/// One digit as a word: `nine`, `zwo`, `meia`.
pub(super) fn digit(plain: &str, language: Language) -> Option<char> {
    if let [digit @ b'0'..=b'9'] = plain.as_bytes() {
        return Some(char::from(*digit));
    }
    let mut digits = Heard::Digits.phrases(language).zip('0'..='9');
    let found = digits.find(|(names, _)| names.split('/').any(|name| fold(name) == plain));
    found.map(|(_, digit)| digit)
}

/// One key as it is called: `one`, `press nine`, `die Taste drei`, `star`.
pub(super) fn key(plain: &str, language: Language) -> Option<char> {
    let is_star = |text: &str| Heard::Star.phrases(language).any(|star| fold(star) == text);
    let of = |text: &str| digit(text, language).or_else(|| is_star(text).then_some('*'));
    of(plain).or_else(|| {
        let mut press = Heard::Press.phrases(language);
        press.find_map(|press| of(plain.strip_prefix(&fold(press))?.strip_prefix(' ')?))
    })
}

/// Without what is polite and says nothing, before it and behind it; both are folded.
pub(super) fn without_polite(plain: &str, language: Language) -> &str {
    let polite: Vec<String> = Heard::Polite.phrases(language).map(fold).collect();
    let mut rest = plain;
    loop {
        let shorter = polite.iter().find_map(|one| {
            let before = |rest: &'_ str| {
                rest.strip_suffix(one.as_str())?
                    .strip_suffix(' ')
                    .map(str::len)
            };
            let after = |rest: &'_ str| {
                rest.strip_prefix(one.as_str())?
                    .strip_prefix(' ')
                    .map(str::len)
            };
            match (before(rest), after(rest)) {
                (Some(length), _) => rest.get(..length),
                (None, Some(length)) => rest.get(rest.len() - length..),
                (None, None) => None,
            }
        });
        match shorter {
            Some(shorter) => rest = shorter.trim(),
            None => return rest,
        }
    }
}

/// Whether one of the words that were said is of the morning.
pub(super) fn is_of_the_morning(plain: &str, language: Language) -> bool {
    let mut mornings = Heard::Mornings.phrases(language).map(fold);
    mornings.any(|one| plain.split(' ').any(|word| word == one))
}

/// Whether what was said, though more than a phrase, is about texts: then a stop means them and not the call.
pub(super) fn is_about_texts(plain: &str, language: Language) -> bool {
    let words = |language| Heard::AboutTexts.phrases(language).map(fold);
    let is_begun = |start: String| plain.split(' ').any(|word| word.starts_with(&start));
    words(language)
        .chain(words(Language::English))
        .any(is_begun)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::compose::catalogue::problems;

    #[test]
    fn the_catalogue_is_whole() {
        let found = problems(Heard::NAMES, Heard::FILES, false);
        assert_eq!(found, Vec::<String>::new());
    }

    #[test]
    fn no_phrase_has_two_meanings() {
        for language in Language::ALL {
            let mut seen = HashMap::new();
            for heard in Heard::WHOLE {
                for phrase in heard.phrases(language) {
                    assert!(!fold(phrase).is_empty(), "{language:?} {heard:?}");
                    let before = seen.insert(fold(phrase), heard);
                    assert!(
                        before.is_none_or(|before| before == heard),
                        "{language:?}: {phrase}"
                    );
                    assert_eq!(key(&fold(phrase), language), None, "{phrase}");
                }
            }
        }
    }

    #[test]
    fn politeness_says_nothing() {
        for (language, said, bare) in [
            (
                Language::English,
                "could you say that again please",
                "say that again",
            ),
            (Language::English, "please", "please"),
            (Language::English, "repeat please thank you", "repeat"),
            (Language::Italian, "ripeti per favore", "ripeti"),
            (
                Language::German,
                "bitte wiederholen Sie das bitte",
                "wiederholen sie",
            ),
            (Language::French, "répétez s'il vous plaît", "repetez"),
            (Language::Spanish, "puede repetir por favor", "repetir"),
            (Language::Portuguese, "pode repetir se faz favor", "repetir"),
            (Language::English, "pleasanton", "pleasanton"),
        ] {
            let plain = fold(said);
            assert_eq!(without_polite(&plain, language), bare, "{said}");
        }
        for language in Language::ALL {
            let polite = Heard::Polite.usual(language);
            for heard in Heard::WHOLE {
                let said = fold(&format!("{} {polite}", heard.usual(language)));
                let bare = without_polite(&said, language);
                let found = Heard::of(&said, language).or_else(|| Heard::of(bare, language));
                let is_choice = matches!(heard, Heard::Goodbye);
                assert!(found == Some(heard) || is_choice, "{language:?}: {said}");
            }
        }
    }

    #[test]
    fn keys_are_called_in_every_language() {
        for (language, said, digit) in [
            (Language::English, "press nine", '9'),
            (Language::Spanish, "pulse uno", '1'),
            (Language::Spanish, "la dos", '2'),
            (Language::French, "la touche huit", '8'),
            (Language::German, "die fünf", '5'),
            (Language::German, "drücken Sie zwo", '2'),
            (Language::Portuguese, "meia", '6'),
            (Language::Italian, "asterisco", '*'),
            (Language::Italian, "3", '3'),
        ] {
            assert_eq!(key(&fold(said), language), Some(digit), "{said}");
        }
        for language in Language::ALL {
            assert_eq!(Heard::Digits.phrases(language).count(), 10);
            assert_eq!(key("lyon", language), None);
        }
    }
}
