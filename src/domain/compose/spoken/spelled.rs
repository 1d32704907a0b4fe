//! Spoken: names as they are said. Of several names one, without what stands in brackets; no abbreviation, no digit, no sign.

mod figures;

use self::figures::{cardinal, ordinal};
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
    let said = said.join(" ").replace(" ,", ",");
    match name.starts_with(|c: char| c.is_ascii_digit()) {
        true => with_capital(&said),
        false => said,
    }
}

fn with_capital(said: &str) -> String {
    let mut letters = said.chars();
    let mut capital: String = letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .collect();
    capital.push_str(letters.as_str());
    capital
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
mod tests;
