//! Numbers as words, as people of each language say them: `minus twenty-two`, `soixante et onze`, `treinta y una`.

mod tables;

use crate::domain::language::Language;
use tables::*;

/// What the number stands before: some languages have a one for it, some a two and hundreds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::domain) enum Before {
    /// Nothing: a key, an index.
    Nothing,
    /// A masculine word: degrees, kilometres. German has the same one before neuter ones.
    Masculine,
    /// A feminine word: hours, miles.
    Feminine,
}

/// A number in words. Everything from −9999 to 9999; what lies beyond is said as the nearest of these.
pub(in crate::domain) fn number_words(number: i32, language: Language, before: Before) -> String {
    let least = match language {
        Language::English | Language::German => "minus ",
        Language::Spanish | Language::Portuguese => "menos ",
        Language::French => "moins ",
        Language::Italian => "meno ",
    };
    let sign = if number < 0 { least } else { "" };
    let n = number.unsigned_abs().min(9_999) as usize;
    let words = match language {
        Language::English => english(n),
        Language::Spanish => spanish(n, before),
        Language::French => french(n, before),
        Language::German => german(n, before),
        Language::Portuguese => portuguese(n, before),
        Language::Italian => italian(n, before),
    };
    format!("{sign}{words}")
}

fn english(n: usize) -> String {
    match n {
        0..20 => EN_SMALL[n].to_owned(),
        20..100 => tail(EN_TENS[n / 10], "-", n % 10, english),
        100..1000 => tail(
            &format!("{} hundred", EN_SMALL[n / 100]),
            " and ",
            n % 100,
            english,
        ),
        _ => {
            let and = if n % 1000 < 100 { " and " } else { " " };
            tail(
                &format!("{} thousand", english(n / 1000)),
                and,
                n % 1000,
                english,
            )
        }
    }
}

fn spanish(n: usize, before: Before) -> String {
    let rest = |n| spanish(n, before);
    let feminine = before == Before::Feminine;
    match n {
        1 => match before {
            Before::Nothing => "uno",
            Before::Masculine => "un",
            Before::Feminine => "una",
        }
        .to_owned(),
        21 => match before {
            Before::Nothing => "veintiuno",
            Before::Masculine => "veintiún",
            Before::Feminine => "veintiuna",
        }
        .to_owned(),
        0..30 => ES_SMALL[n].to_owned(),
        30..100 => tail(ES_TENS[n / 10], " y ", n % 10, rest),
        100 => "cien".to_owned(),
        101..200 => tail("ciento", " ", n % 100, rest),
        200..1000 => {
            let end = if feminine { "as" } else { "os" };
            tail(
                &format!("{}{end}", ES_HUNDREDS[n / 100]),
                " ",
                n % 100,
                rest,
            )
        }
        1000..2000 => tail("mil", " ", n % 1000, rest),
        _ => tail(&format!("{} mil", ES_SMALL[n / 1000]), " ", n % 1000, rest),
    }
}

fn french(n: usize, before: Before) -> String {
    let rest = |n| french(n, before);
    match n {
        1 if before == Before::Feminine => "une".to_owned(),
        0..17 => FR_SMALL[n].to_owned(),
        17..20 => format!("dix-{}", FR_SMALL[n - 10]),
        20..70 => match n % 10 {
            1 => format!("{} et {}", FR_TENS[n / 10], rest(1)),
            one => tail(FR_TENS[n / 10], "-", one, rest),
        },
        71 => "soixante et onze".to_owned(),
        70..80 => format!("soixante-{}", rest(n - 60)),
        80 => "quatre-vingts".to_owned(),
        81..100 => format!("quatre-vingt-{}", rest(n - 80)),
        100..200 => tail("cent", " ", n % 100, rest),
        200..1000 => {
            let many = if n.is_multiple_of(100) { "s" } else { "" };
            tail(
                &format!("{} cent{many}", FR_SMALL[n / 100]),
                " ",
                n % 100,
                rest,
            )
        }
        1000..2000 => tail("mille", " ", n % 1000, rest),
        _ => tail(
            &format!("{} mille", FR_SMALL[n / 1000]),
            " ",
            n % 1000,
            rest,
        ),
    }
}

fn german(n: usize, before: Before) -> String {
    let rest = |n| german(n, before);
    match n {
        1 => match before {
            Before::Nothing => "eins",
            Before::Masculine => "ein",
            Before::Feminine => "eine",
        }
        .to_owned(),
        0..20 => DE_SMALL[n].to_owned(),
        20..100 => match n % 10 {
            0 => DE_TENS[n / 10].to_owned(),
            1 => format!("einund{}", DE_TENS[n / 10]),
            one => format!("{}und{}", DE_SMALL[one], DE_TENS[n / 10]),
        },
        100..200 => tail("hundert", "", n % 100, rest),
        200..1000 => tail(&format!("{}hundert", DE_SMALL[n / 100]), "", n % 100, rest),
        1000..2000 => tail("tausend", "", n % 1000, rest),
        _ => tail(
            &format!("{}tausend", DE_SMALL[n / 1000]),
            "",
            n % 1000,
            rest,
        ),
    }
}

fn portuguese(n: usize, before: Before) -> String {
    let rest = |n| portuguese(n, before);
    let feminine = before == Before::Feminine;
    match n {
        1 if feminine => "uma".to_owned(),
        2 if feminine => "duas".to_owned(),
        0..20 => PT_SMALL[n].to_owned(),
        20..100 => tail(PT_TENS[n / 10], " e ", n % 10, rest),
        100 => "cem".to_owned(),
        101..200 => tail("cento", " e ", n % 100, rest),
        200..1000 => {
            let end = if feminine { "as" } else { "os" };
            tail(
                &format!("{}{end}", PT_HUNDREDS[n / 100]),
                " e ",
                n % 100,
                rest,
            )
        }
        _ => {
            let below = n % 1000;
            let and = if below <= 100 || below.is_multiple_of(100) {
                " e "
            } else {
                " "
            };
            let thousands = match n / 1000 {
                1 => "mil".to_owned(),
                many => format!("{} mil", rest(many)),
            };
            tail(&thousands, and, below, rest)
        }
    }
}

fn italian(n: usize, before: Before) -> String {
    match (n, before) {
        (1, Before::Masculine) => return "un".to_owned(),
        (1, Before::Feminine) => return "una".to_owned(),
        _ => {}
    }
    // Within a longer number a one is always "uno", and a three at its end is stressed.
    let rest = |n| match n {
        3 => "tré".to_owned(),
        n => italian(n, Before::Nothing),
    };
    match n {
        0..20 => IT_SMALL[n].to_owned(),
        20..100 => {
            let ten = IT_TENS[n / 10];
            let ten = match n % 10 {
                // Two vowels do not meet: "ventuno", "ventotto".
                1 | 8 => ten.get(..ten.len() - 1).unwrap_or(ten),
                _ => ten,
            };
            tail(ten, "", n % 10, rest)
        }
        100..200 => tail("cento", "", n % 100, rest),
        200..1000 => tail(&format!("{}cento", IT_SMALL[n / 100]), "", n % 100, rest),
        1000..2000 => tail("mille", "", n % 1000, rest),
        _ => tail(&format!("{}mila", IT_SMALL[n / 1000]), "", n % 1000, rest),
    }
}

/// `head`, and behind it what is left, if anything is.
fn tail(head: &str, between: &str, left: usize, words: impl Fn(usize) -> String) -> String {
    match left {
        0 => head.to_owned(),
        left => format!("{head}{between}{}", words(left)),
    }
}

#[cfg(test)]
mod tests;
