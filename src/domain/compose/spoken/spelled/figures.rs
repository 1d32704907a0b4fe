//! Figures in names: numbers and ordinals as words.

use super::super::numbers::{Before, number_words};
use crate::domain::language::Language;

/// A number; of more than four digits, digit by digit.
pub(super) fn cardinal(digits: &str, language: Language) -> String {
    let plain = digits.trim_start_matches('0');
    if plain.len() <= 4 {
        let number = plain.parse().unwrap_or(0);
        return number_words(number, language, Before::Nothing);
    }
    let each = digits
        .bytes()
        .map(|b| number_words(i32::from(b - b'0'), language, Before::Nothing));
    each.collect::<Vec<_>>().join(" ")
}

/// `1` and `ra`, `6` and `th`: the word, where it is one.
pub(super) fn ordinal(digits: &str, ending: &str, language: Language) -> Option<String> {
    let number: usize = digits.parse().ok()?;
    if matches!(ending, "st" | "nd" | "rd" | "th") {
        return english_ordinal(number);
    }
    let (masculine, feminine) = match language {
        Language::Spanish => (SPANISH, true),
        Language::Portuguese => (PORTUGUESE, true),
        Language::Italian => (ITALIAN, true),
        Language::French => (FRENCH, false),
        _ => return None,
    };
    let word = masculine.split(' ').nth(number.checked_sub(1)?)?;
    let stem = word.strip_suffix('o').filter(|_| feminine);
    match (ending, stem) {
        ("ra" | "da" | "ta" | "ma" | "va" | "na" | "a" | "\u{aa}", Some(stem)) => {
            Some(format!("{stem}a"))
        }
        ("ro" | "do" | "to" | "mo" | "vo" | "no" | "o" | "er" | "\u{ba}" | "\u{b0}", Some(_)) => {
            Some(word.to_owned())
        }
        ("er" | "e" | "\u{e8}me" | "eme", None) => Some(word.to_owned()),
        _ => None,
    }
}

const SPANISH: &str = "primero segundo tercero cuarto quinto sexto séptimo octavo noveno décimo";
const PORTUGUESE: &str = "primeiro segundo terceiro quarto quinto sexto sétimo oitavo nono décimo";
const ITALIAN: &str = "primo secondo terzo quarto quinto sesto settimo ottavo nono decimo";
const FRENCH: &str =
    "premier deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième";

pub(super) fn english_ordinal(number: usize) -> Option<String> {
    const SMALL: &str = "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth \
                         fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth";
    const TENS: [&str; 10] = [
        "", "", "twent", "thirt", "fort", "fift", "sixt", "sevent", "eight", "ninet",
    ];
    let small = |n: usize| SMALL.split(' ').nth(n);
    match (number, number / 10 % 10, number % 10) {
        (0..20, ..) => small(number).map(str::to_owned),
        (20..100, tens, 0) => Some(format!("{}ieth", TENS[tens])),
        (20..100, tens, one) => Some(format!("{}y-{}", TENS[tens], small(one)?)),
        (100..1000, ..) => {
            let hundreds = i32::try_from(number / 100 * 100).ok()?;
            let hundreds = number_words(hundreds, Language::English, Before::Nothing);
            match number % 100 {
                0 => Some(format!("{hundreds}th")),
                rest => Some(format!("{hundreds} {}", english_ordinal(rest)?)),
            }
        }
        _ => None,
    }
}
