//! Speech as a recogniser writes it down, made into what somebody would have typed: fillers, digits, "Lyon in France".

use super::heard::{Heard, digit};
use crate::domain::command::words::fold;
use crate::domain::language::Language;

/// Without the sounds that people make before they speak, and without the full stop.
pub(super) fn typed(words: &str, language: Language) -> &str {
    let mut rest = words.trim().trim_end_matches(['.', '!', '?', ',']);
    while let Some((first, after)) = rest.split_once(' ') {
        let sound = fold(first);
        if !Heard::Fillers
            .phrases(language)
            .any(|one| fold(one) == sound)
        {
            break;
        }
        rest = after.trim_start();
    }
    rest
}

/// The digits of a postcode that was said one by one: `9 4 1 1 0`, `nine four one one oh`. `None` for anything else.
pub(super) fn digits(words: &str, language: Language) -> Option<String> {
    let mut all = String::new();
    for word in words.split([' ', '-', ',']).filter(|word| !word.is_empty()) {
        if word.bytes().all(|b| b.is_ascii_digit()) {
            all.push_str(word);
        } else {
            all.push(digit(&fold(word), language)?);
        }
    }
    (!all.is_empty()).then_some(all)
}

/// `Lyon in France` as it is typed: `Lyon, France`.
pub(super) fn without_in(place: &str, language: Language) -> Option<String> {
    let lower = place.to_ascii_lowercase();
    let (at, length) = Heard::PlacesIn
        .phrases(language)
        .filter_map(|word| {
            let between = format!(" {word} ");
            Some((lower.rfind(&between)?, between.len()))
        })
        .max()?;
    let (name, region) = (place.get(..at)?.trim(), place.get(at + length..)?.trim());
    let name = name.trim_end_matches(',');
    (!name.is_empty() && !region.is_empty()).then(|| format!("{name}, {region}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use Language::{English, French, German, Portuguese, Spanish};

    #[test]
    fn speech_becomes_what_is_typed() {
        assert_eq!(typed("Um, uh, Lyon.", English), "Lyon");
        assert_eq!(typed("Hello", English), "Hello");
        assert_eq!(typed(" ok. ", English), "ok");
        assert_eq!(typed("Äh, also Köln", German), "Köln");
        assert_eq!(digits("9 4 1 1 0", English).as_deref(), Some("94110"));
        assert_eq!(
            digits("nine four one one oh", English).as_deref(),
            Some("94110")
        );
        assert_eq!(digits("941-10", English).as_deref(), Some("94110"));
        assert_eq!(
            digits("fünf null sechs zwo eins", German).as_deref(),
            Some("50621")
        );
        assert_eq!(digits("Lyon two", English), None);
        assert_eq!(digits(" ", English), None);
    }

    #[test]
    fn a_town_in_a_country_is_typed_with_a_comma() {
        for (language, said, written) in [
            (English, "Lyon in France", "Lyon, France"),
            (English, "Portland, In Maine", "Portland, Maine"),
            (English, "İ in Köln", "İ, Köln"),
            (Spanish, "Santiago en Chile", "Santiago, Chile"),
            (French, "Porto au Portugal", "Porto, Portugal"),
            (German, "Zürich in der Schweiz", "Zürich, Schweiz"),
            (Portuguese, "Lyon na França", "Lyon, França"),
        ] {
            assert_eq!(without_in(said, language).as_deref(), Some(written));
        }
        assert_eq!(without_in("in France", English), None);
    }
}
