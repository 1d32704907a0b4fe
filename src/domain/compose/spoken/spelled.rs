//! Spoken: names as they are said. Of several names one, without what stands in brackets; no abbreviation, no digit, no sign.

use super::numbers::{Before, number_words};
use crate::domain::language::Language;
use crate::domain::phone::Country;

/// `St. Louis` → `Saint Louis`, `100 Mile House` → `one hundred Mile House`, `Halle (Saale)` → `Halle`.
pub(super) fn spelled(name: &str, country: Country, language: Language) -> String {
    if is_position(name) {
        return position(language).to_owned();
    }
    let name = without_brackets(name);
    let name = one_of(&name, country, language);
    let speller = Speller {
        country: country.code(),
        numbers: language_of_names(country).unwrap_or(language),
        and: and(language),
    };
    let words: Vec<&str> = name.split_whitespace().collect();
    let last = words.len().saturating_sub(1);
    let mut said: Vec<String> = Vec::with_capacity(words.len());
    for (at, word) in words.into_iter().enumerate() {
        let word = speller.word(word, at > 0 && at == last);
        if !word.is_empty() {
            said.push(word);
        }
    }
    said.join(" ").replace(" ,", ",")
}

/// `12.34, -56.78`: a place that no town gives a name.
fn is_position(name: &str) -> bool {
    let is_sign = |c: char| c.is_ascii_digit() || ".,- ".contains(c);
    name.contains('.') && name.contains(", ") && name.chars().all(is_sign)
}

const fn position(language: Language) -> &'static str {
    match language {
        Language::English => "that position",
        Language::Spanish => "esa posición",
        Language::French => "cette position",
        Language::German => "diese Position",
        Language::Portuguese => "essa posição",
        Language::Italian => "quella posizione",
    }
}

const fn and(language: Language) -> &'static str {
    match language {
        Language::English => "and",
        Language::Spanish => "y",
        Language::French => "et",
        Language::German => "und",
        Language::Portuguese | Language::Italian => "e",
    }
}

/// What stands in brackets is dropped, unless nothing else is there.
fn without_brackets(name: &str) -> String {
    let mut depth = 0_usize;
    let mut outside = String::with_capacity(name.len());
    for c in name.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => outside.push(c),
            _ => {}
        }
    }
    match outside.trim() {
        "" => name.replace(['(', ')', '[', ']'], " "),
        said => said.to_owned(),
    }
}

/// Of names between strokes the one that its listeners use: in Spain the Spanish one stands last, of a Swiss town the French.
fn one_of(name: &str, country: Country, language: Language) -> String {
    let mut names = name
        .split('/')
        .map(str::trim)
        .filter(|name| !name.is_empty());
    let is_close = !name.contains(" /");
    let takes_last = match country.code() {
        "ES" => true,
        "CH" => is_close && language == Language::French,
        _ => false,
    };
    let one = if takes_last {
        names.next_back()
    } else {
        names.next()
    };
    one.unwrap_or(name).to_owned()
}

struct Speller<'a> {
    country: &'a str,
    numbers: Language,
    and: &'static str,
}

impl Speller<'_> {
    fn word(&self, word: &str, is_last: bool) -> String {
        let word = word.replace(['`', '\u{b4}', '\u{2018}', '\u{2019}'], "'");
        let (word, comma) = match word.strip_suffix([',', ';']) {
            Some(word) => (word.to_owned(), ","),
            None => (word, ""),
        };
        let mut said = String::with_capacity(word.len() + 8);
        let mut had_digits = false;
        for part in word.split(['-', '\u{2013}']) {
            let has_digits = part.contains(|c: char| c.is_numeric());
            let part = self.part(part, is_last);
            if part.is_empty() {
                continue;
            }
            if !said.is_empty() {
                said.push(if has_digits || had_digits { ' ' } else { '-' });
            }
            said.push_str(&part);
            had_digits = has_digits;
        }
        said.push_str(comma);
        said
    }

    /// What stands between blanks and hyphens.
    fn part(&self, part: &str, is_last: bool) -> String {
        if part == "&" || part == "+" {
            return self.and.to_owned();
        }
        if let Some(full) = abbreviated(part, self.country, is_last) {
            return full.to_owned();
        }
        // `St.James`, without a blank.
        if let Some((short, rest)) = part.split_once('.').filter(|(_, rest)| !rest.is_empty())
            && let Some(full) = abbreviated(&format!("{short}."), self.country, false)
        {
            return format!("{full} {}", self.part(rest, is_last));
        }
        if part.contains(|c: char| c.is_numeric()) {
            return self.with_digits(part);
        }
        letters(part, self.and)
    }

    /// `2`, `1ra.`, `14th`, `5B`, `Zapopan2`: runs of digits as numbers, what is an ordinal's ending with them.
    fn with_digits(&self, part: &str) -> String {
        let mut said: Vec<String> = Vec::new();
        let mut rest = part;
        while !rest.is_empty() {
            let digits = rest
                .find(|c: char| !c.is_ascii_digit())
                .unwrap_or(rest.len());
            let (number, after) = rest.split_at(digits);
            let until = after
                .find(|c: char| c.is_ascii_digit())
                .unwrap_or(after.len());
            let (between, after) = after.split_at(until);
            let plain = between.trim_matches('.').to_lowercase();
            match ordinal(number, &plain, self.numbers) {
                Some(ordinal) => said.push(ordinal),
                None => {
                    said.extend((!number.is_empty()).then(|| cardinal(number, self.numbers)));
                    said.push(letters(between, self.and));
                }
            }
            rest = after;
        }
        said.retain(|word| !word.is_empty());
        said.join(" ")
    }
}

/// Letters and what belongs between them; dots part initials, other signs are dropped, and so are digits of other scripts.
fn letters(text: &str, and: &str) -> String {
    let mut said = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '.' | '_' | ':' => said.push(' '),
            '&' | '+' => said.push_str(&format!(" {and} ")),
            '\'' | ',' => said.push(c),
            c if c.is_ascii_punctuation() || c.is_numeric() => {}
            '\u{b0}' | '\u{201c}' | '\u{201d}' | '\u{ab}' | '\u{bb}' => {}
            c => said.push(c),
        }
    }
    said.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A number; of more than four digits, digit by digit.
fn cardinal(digits: &str, language: Language) -> String {
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
fn ordinal(digits: &str, ending: &str, language: Language) -> Option<String> {
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

fn english_ordinal(number: usize) -> Option<String> {
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

/// The whole word for an abbreviation in a country's names.
fn abbreviated(part: &str, country: &str, is_last: bool) -> Option<&'static str> {
    let bare = part.trim_end_matches('.');
    let has_dot = bare.len() < part.len();
    let is_english = ENGLISH.split(' ').any(|code| code == country);
    let has = |codes: &str| codes.split(' ').any(|code| code == country);
    Some(match bare {
        "St" if is_english && is_last && !has_dot => "Street",
        "St" if has("DE AT LI IT") || country == "CH" && has_dot => "Sankt",
        "St" if has("NL BE CW SX AW SR") => "Sint",
        "St" if has("SE NO DK FI EE") => "Sankt",
        "St" => "Saint",
        "Ste" => "Sainte",
        "Sta" if has_dot => "Santa",
        "Sto" if has_dot => "Santo",
        "Mt" => "Mount",
        "Ft" => "Fort",
        "Pt" if country == "IN" => "Part",
        "Pt" if is_english => "Point",
        "Dr" if is_english && is_last => "Drive",
        "Dr" if country == "BR" => "Doutor",
        "Dr" => "Doctor",
        "Jr" => "Junior",
        "Sr" if is_english => "Senior",
        "Lt" if is_english => "Lieutenant",
        "Nr" if is_english => "Number",
        "Intl" => "International",
        "Afb" | "AFB" => "Air Force Base",
        "Ave" if is_english && is_last => "Avenue",
        "Co" if is_english && !has_dot => "County",
        "Rev" if has_dot => "Reverend",
        "Col" if has_dot && country == "MX" => "Colonia",
        "Col" if has_dot && is_english => "Colonel",
        "Col" | "Cnel" if has_dot => "Coronel",
        "Gral" | "Gen" if has_dot => "General",
        "Cap" if has_dot => "Capitán",
        "Tte" if has_dot => "Teniente",
        "Ten" if has_dot && country == "BR" => "Tenente",
        "Ten" if has_dot => "Teniente",
        "Pdte" if has_dot => "Presidente",
        "Lic" if has_dot => "Licenciado",
        "Av" if has_dot => "Avenida",
        "Urb" if has_dot => "Urbanización",
        "Brgy" => "Barangay",
        "No" if has_dot && is_english => "Number",
        "No" if has_dot => "Número",
        "Dist" if has_dot => "District",
        "Ltd" if has_dot => "Limited",
        "Sv" if has_dot => "Sveti",
        "Slov" if has_dot => "Slovenske",
        "Vel" if has_dot => "Velika",
        "\u{15a}w" if has_dot => "Święty",
        _ => return None,
    })
}

/// The language in which a country's names have their numbers; `None`: the listener's.
fn language_of_names(country: Country) -> Option<Language> {
    let code = country.code();
    let lists = [
        (Language::English, ENGLISH),
        (
            Language::Spanish,
            "ES MX AR CO CL PE VE EC GT CU BO DO HN PY SV NI CR PR PA UY GQ",
        ),
        (
            Language::French,
            "FR MC GP MQ GF RE YT NC PF PM BL MF SN CI HT",
        ),
        (Language::German, "DE AT LI"),
        (Language::Portuguese, "PT BR AO MZ CV GW ST TL"),
        (Language::Italian, "IT SM VA"),
    ];
    let found = lists
        .into_iter()
        .find(|(_, codes)| codes.split(' ').any(|one| one == code));
    found.map(|(language, _)| language)
}

/// Countries whose names are English ones.
const ENGLISH: &str = "US CA GB IE AU NZ ZA JE GG IM SH AG KN LC VC VI BZ JM BB GD BS BM TC KY GI MT IN PK LK SG MY PH KE NG GH EG JP GU AS MP";

#[cfg(test)]
mod tests {
    use super::*;

    fn said(name: &str, country: &str, language: Language) -> String {
        spelled(name, Country::parse(country).unwrap(), language)
    }

    #[test]
    fn names_are_whole_words() {
        use Language::{English, French, German, Italian, Portuguese, Spanish};
        for (name, country, language, heard) in [
            ("St. Louis", "US", English, "Saint Louis"),
            ("St. Louis", "US", German, "Saint Louis"),
            (
                "North St.James Town",
                "CA",
                English,
                "North Saint James Town",
            ),
            ("St Albans", "GB", English, "Saint Albans"),
            ("St. John's", "CA", French, "Saint John's"),
            ("Sault Ste. Marie", "CA", English, "Sault Sainte Marie"),
            ("St. Gallen", "CH", German, "Sankt Gallen"),
            (
                "St-Légier-La Chiésaz",
                "CH",
                French,
                "Saint-Légier-La Chiésaz",
            ),
            ("St. Pölten", "AT", German, "Sankt Pölten"),
            ("Mt. Pleasant", "US", English, "Mount Pleasant"),
            ("Ft Myers", "US", English, "Fort Myers"),
            ("100 Mile House", "CA", English, "one hundred Mile House"),
            ("100 Mile House", "CA", German, "one hundred Mile House"),
            ("Sector 3", "RO", English, "Sector three"),
            ("Sector 3", "RO", German, "Sector drei"),
            (
                "6th of October City",
                "EG",
                English,
                "sixth of October City",
            ),
            (
                "Central 14th Street / WMATA",
                "US",
                English,
                "Central fourteenth Street",
            ),
            ("25 de Mayo", "AR", English, "veinticinco de Mayo"),
            (
                "Ceiba 1ra. Sección (Jahuactal)",
                "MX",
                Spanish,
                "Ceiba primera Sección",
            ),
            (
                "Cabo 1\u{b0} Juan Roman",
                "CL",
                Spanish,
                "Cabo primero Juan Roman",
            ),
            ("Paris 05 Panthéon", "FR", French, "Paris cinq Panthéon"),
            ("Zapopan2", "MX", Spanish, "Zapopan dos"),
            ("Yanino-1", "RU", Italian, "Yanino uno"),
            ("Ct 0029", "CA", English, "Ct twenty-nine"),
            ("Sección 5 B", "MX", Spanish, "Sección cinco B"),
            ("Halle (Saale)", "DE", German, "Halle"),
            ("Frankfurt (Oder)", "DE", English, "Frankfurt"),
            ("(Kreis 9)", "CH", German, "Kreis neun"),
            ("Gasteiz / Vitoria", "ES", Spanish, "Vitoria"),
            ("Biel/Bienne", "CH", German, "Biel"),
            ("Biel/Bienne", "CH", French, "Bienne"),
            ("Horgen / Allmend", "CH", French, "Horgen"),
            ("Choi Wan Estate (I & II)", "HK", English, "Choi Wan Estate"),
            (
                "Science & Technology Garden",
                "CN",
                Portuguese,
                "Science e Technology Garden",
            ),
            ("Westward Ho!", "GB", English, "Westward Ho"),
            ("Washington, D.C.", "US", English, "Washington, D C"),
            ("12.30, -56.78", "ZZ", Spanish, "esa posición"),
            ("Aix-en-Provence", "FR", English, "Aix-en-Provence"),
            ("L’Aquila", "IT", Italian, "L'Aquila"),
            (
                "Bairro 25 de Junho A",
                "MZ",
                English,
                "Bairro vinte e cinco de Junho A",
            ),
        ] {
            assert_eq!(said(name, country, language), heard, "{name}");
        }
    }

    #[test]
    fn ordinals_are_words() {
        for (number, word) in [
            (1, "first"),
            (12, "twelfth"),
            (20, "twentieth"),
            (21, "twenty-first"),
            (45, "forty-fifth"),
            (89, "eighty-ninth"),
            (100, "one hundredth"),
            (163, "one hundred sixty-third"),
        ] {
            assert_eq!(english_ordinal(number).as_deref(), Some(word));
        }
        assert_eq!(english_ordinal(1000), None);
    }
}
