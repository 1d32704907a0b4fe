//! How words run together when they are said: `de el` is `del`, `di le` is `delle`, `de averses` is `d'averses`.

use crate::domain::language::Language;

/// Joins small words as the language does. Only words in small letters are: the article of a town's name stays.
pub(super) fn joined(text: &str, language: Language) -> String {
    let pairs: &[(&str, &str)] = match language {
        Language::English | Language::German => return text.to_owned(),
        Language::French => return elided(text),
        Language::Spanish => &[("a el ", "al "), ("de el ", "del ")],
        Language::Portuguese => &[
            ("a as ", "às "),
            ("a a ", "à "),
            ("a o ", "ao "),
            ("de as ", "das "),
            ("de a ", "da "),
            ("de o ", "do "),
        ],
        Language::Italian => &[
            ("a le ", "alle "),
            ("a l'", "all'"),
            ("a il ", "al "),
            ("a la ", "alla "),
            ("da le ", "dalle "),
            ("da l'", "dall'"),
            ("da il ", "dal "),
            ("da la ", "dalla "),
            ("di le ", "delle "),
            ("di l'", "dell'"),
        ],
    };
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut at_word = true;
    while let Some(first) = rest.chars().next() {
        let pair = pairs
            .iter()
            .find(|(apart, _)| at_word && rest.starts_with(apart));
        if let Some((apart, together)) = pair {
            out.push_str(together);
            rest = &rest[apart.len()..];
            continue;
        }
        at_word = !first.is_alphabetic() && first != '\'';
        out.push(first);
        rest = &rest[first.len_utf8()..];
    }
    out
}

/// `de` before a vowel, and before `le` and `les`.
fn elided(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(' ') {
        let vowel = word.starts_with(['a', 'e', 'é', 'i', 'o', 'u', 'y']) && word != "onze";
        let (before, of) = match out.strip_suffix("de") {
            Some(before) if before.is_empty() || before.ends_with([' ', ',']) => {
                (before.len(), true)
            }
            _ => (0, false),
        };
        match word {
            "le" if of => {
                out.truncate(before);
                out.push_str("du");
                continue;
            }
            _ if of && vowel => {
                out.truncate(before);
                out.push_str("d'");
            }
            _ if out.is_empty() => {}
            _ => out.push(' '),
        }
        out.push_str(word);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_words_run_together() {
        for (language, apart, together) in [
            (Language::English, "from the hour", "from the hour"),
            (Language::Spanish, "hasta el mediodía", "hasta el mediodía"),
            (
                Language::Spanish,
                "de el mediodía a el alba",
                "del mediodía al alba",
            ),
            (
                Language::Spanish,
                "la hora de El Salvador",
                "la hora de El Salvador",
            ),
            (Language::French, "risque de averses", "risque d'averses"),
            (
                Language::French,
                "à partir de une heure",
                "à partir d'une heure",
            ),
            (
                Language::French,
                "à partir de onze heures",
                "à partir de onze heures",
            ),
            (Language::French, "de le matin", "du matin"),
            (Language::French, "grande averse", "grande averse"),
            (Language::German, "ab ein Uhr", "ab ein Uhr"),
            (
                Language::Portuguese,
                "a partir de as duas",
                "a partir das duas",
            ),
            (Language::Portuguese, "até a as seis", "até às seis"),
            (Language::Portuguese, "para a área", "para a área"),
            (Language::Italian, "fino a le due", "fino alle due"),
            (Language::Italian, "da l'una", "dall'una"),
            (Language::Italian, "verso mezzogiorno", "verso mezzogiorno"),
        ] {
            assert_eq!(joined(apart, language), together);
        }
    }
}
