//! Postcodes: the shape of a code says which countries it may belong to, the longest known prefix where it is.

use super::gazetteer::Gazetteer;
use super::qualifiers::governs;
use super::texts::Text;
use crate::domain::phone::Country;

/// `9` a digit, `A` a letter; the countries whose codes look so, without spaces and hyphens.
const SHAPES: &[(&str, &str)] = &[
    ("999", "IS FO TW"),
    (
        "9999",
        "AL AR AT AU BD BE BG CC CH CX CY DK GL HM HU LI LU LV MD MK NF NO NU NZ PH SI SJ TN VE ZA NL AZ GE AM",
    ),
    (
        "99999",
        "US DE FR ES IT MX TR UA TH KR MY ID PK PE PR RS SE SK CZ FI EE HR DO DZ CR GT KE LK LT MA MC MP GU VI AS GP GF MQ RE YT NC PF PM SM VA WF UY PA HN FM MH PW AX GR SA TW IL EG VN BA ME BR",
    ),
    (
        "999999",
        "IN CN RU RO SG BY CO EC KZ MW VN TW HK MO KG UZ TJ TM NG",
    ),
    ("9999999", "JP CL IL PT"),
    ("99999999", "BR"),
    ("999999999", "US"),
    ("9999AA", "NL"),
    ("A9", "GB"),
    ("A99", "GB IE"),
    ("AA9", "GB GG JE IM"),
    ("AA99", "GB GG JE IM BM"),
    ("A9A", "GB CA"),
    ("AA9A", "GB"),
    ("A99AA", "GB"),
    ("A999AA", "GB"),
    ("AA99AA", "GB GG JE IM"),
    ("AA999AA", "GB GG JE IM GI"),
    ("A9A9AA", "GB"),
    ("AA9A9AA", "GB"),
    ("A9A9A9", "CA"),
    ("A999999", ""),
    ("A9999AAA", "AR"),
    ("A9999", "AR LU"),
    ("AA9999", "HT LV MD AZ"),
    ("AA999", "AD"),
    ("AAA9999", "MT"),
];

/// Codes that look like no other country's, written with their hyphen: pieces' lengths and the country.
const HYPHENATED: &[(usize, usize, &str)] = &[
    (3, 4, "JP"),
    (5, 3, "BR"),
    (4, 3, "PT"),
    (2, 3, "PL"),
    (5, 4, "US"),
];

/// A code, found in one country.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Found {
    pub(crate) country: Country,
    pub(crate) at: (f64, f64),
    pub(crate) town: Option<Text>,
    /// The code itself is known, or as much of it as tells the town.
    pub(crate) exact: bool,
    /// How much of it is known.
    pub(crate) length: usize,
}

/// A word or several that look like a postcode.
#[derive(Debug, Clone)]
pub(crate) struct Code {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) text: String,
    pub(crate) countries: Vec<Country>,
    /// No other kind of number looks like this.
    pub(crate) unmistakable: bool,
}

/// Every run of words that looks like a postcode, longest first.
pub(crate) fn codes(words: &[String], raw: &str) -> Vec<Code> {
    let mut found = Vec::new();
    for length in (1..=3usize).rev() {
        for start in 0..(words.len() + 1).saturating_sub(length) {
            let pieces = &words[start..start + length];
            if let Some(code) = code(pieces, start, raw) {
                found.push(code);
            }
        }
    }
    found
}

fn code(pieces: &[String], start: usize, raw: &str) -> Option<Code> {
    let text: String = pieces.concat().to_uppercase();
    let sane = text.is_ascii()
        && (2..=9).contains(&text.len())
        && pieces
            .iter()
            .all(|p| p.bytes().any(|b| b.is_ascii_digit()) || p.len() <= 4);
    sane.then_some(())?;
    let hyphen = hyphenated(pieces, raw);
    let spaced = pieces.len() > 1 && hyphen.is_none();
    let shape: String = text
        .chars()
        .map(|c| if c.is_ascii_digit() { '9' } else { 'A' })
        .collect();
    let irish = is_eircode(&shape);
    let known = SHAPES
        .iter()
        .find(|(known, _)| *known == shape)
        .map_or(if irish { "IE" } else { "" }, |(_, countries)| countries);
    let mut countries: Vec<Country> = known.split(' ').filter_map(Country::parse).collect();
    match hyphen {
        Some(only) => countries = vec![only],
        None if spaced => countries.retain(|c| may_be_spaced(*c, pieces)),
        None => countries.extend((shape == "99999").then(|| Country::parse("PL")).flatten()),
    }
    let unmistakable = hyphen.is_some()
        || [
            "9999AA", "A9A9A9", "AA9A9AA", "A999AA", "AA99AA", "AA999AA", "A9A9AA",
        ]
        .contains(&shape.as_str())
        || irish;
    (!countries.is_empty()).then_some(Code {
        start,
        end: start + pieces.len(),
        text: text
            .chars()
            .take(if hyphen.is_some_and(|c| c.code() == "US") {
                5
            } else {
                9
            })
            .collect(),
        countries,
        unmistakable,
    })
}

/// A letter and two digits (or D6W), then four letters and digits, of which the first is a letter.
fn is_eircode(shape: &str) -> bool {
    shape.len() == 7 && (shape.starts_with("A99A") || shape.starts_with("A9AA"))
}

/// The country whose codes are written with a hyphen just there.
fn hyphenated(pieces: &[String], raw: &str) -> Option<Country> {
    let [first, second] = pieces else { return None };
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    (digits(first) && digits(second)).then_some(())?;
    let written = ['-', '–', '−', '‐', 'ー', '－']
        .iter()
        .any(|hyphen| raw.contains(&format!("{first}{hyphen}{second}")));
    let (_, _, country) = HYPHENATED
        .iter()
        .find(|(one, two, _)| written && first.len() == *one && second.len() == *two)?;
    Country::parse(country)
}

/// Which countries write a space inside their codes, and where.
fn may_be_spaced(country: Country, pieces: &[String]) -> bool {
    let lengths: Vec<usize> = pieces.iter().map(String::len).collect();
    match country.code() {
        "SE" | "CZ" | "SK" | "GR" => lengths == [3, 2],
        "IN" => lengths == [3, 3],
        "NL" => lengths == [4, 2],
        "CA" => lengths == [3, 3],
        "IE" => lengths == [3, 4],
        "GB" | "GG" | "JE" | "IM" | "GI" => lengths.len() == 2 && lengths[1] == 3,
        "MT" => lengths == [3, 4],
        "LV" | "MD" | "AZ" | "LU" | "HT" | "AD" => {
            lengths.len() == 2 && pieces[0].bytes().all(|b| b.is_ascii_alphabetic())
        }
        "BR" => lengths == [5, 3],
        "JP" => lengths == [3, 4],
        "PT" => lengths == [4, 3],
        _ => false,
    }
}

/// Where a code is in one country, by its longest known prefix.
pub(crate) fn locate(gazetteer: &Gazetteer, country: Country, code: &str) -> Option<Found> {
    let british = ["GB", "GG", "JE", "IM", "GI"].contains(&country.code());
    let letters = code.bytes().take_while(u8::is_ascii_alphabetic).count();
    let local = match country.code() {
        // Only the outward half is known.
        _ if british && code.len() >= 5 => &code[..code.len() - 3],
        "LV" | "MD" | "AZ" | "AD" | "HT" if letters > 0 => &code[letters..],
        "LU" if letters == 0 => &format!("L{code}"),
        "AR" if letters == 1 => &code[1..code.len().min(5)],
        "NL" => &code[..code.len().min(4)],
        "IE" => &code[..code.len().min(3)],
        "US" => &code[..code.len().min(5)],
        _ => code,
    };
    let (length, value) = longest(gazetteer, country.code(), local)?;
    let enough = match country.code() {
        "US" | "GB" | "GG" | "JE" | "IM" | "GI" | "IE" | "PR" | "GU" | "VI" | "AS" | "MP" => {
            local.len()
        }
        "CA" => 3,
        _ => 2.min(local.len()),
    };
    let (latitude, longitude, town) = gazetteer.postcode(value);
    let exact = length >= enough;
    (exact || (country.code() == "US" && length >= 3)).then_some(Found {
        country,
        at: (latitude, longitude),
        town: town.filter(|_| exact),
        exact,
        length,
    })
}

/// The countries to look in for a sender's own country: a ZIP may be one of a territory.
pub(crate) fn kin(home: Country) -> impl Iterator<Item = Country> {
    [
        "PR", "GU", "VI", "AS", "MP", "JE", "GG", "IM", "GI", "GP", "MQ", "RE", "GF", "YT", "AX",
    ]
    .into_iter()
    .filter_map(Country::parse)
    .filter(move |other| *other != home && governs(home, *other))
}

fn longest(gazetteer: &Gazetteer, country: &str, code: &str) -> Option<(usize, u64)> {
    let map = &gazetteer.postcodes;
    let (mut node, mut out, mut best) = (map.root(), fst::raw::Output::zero(), None);
    for (at, byte) in country.bytes().chain(code.bytes()).enumerate() {
        let Some(input) = node.find_input(byte) else {
            break;
        };
        let transition = node.transition(input);
        node = map.node(transition.addr);
        out = out.cat(transition.out);
        if node.is_final() && at >= 1 {
            best = Some((at - 1, out.cat(node.final_output()).value()));
        }
    }
    best
}

#[cfg(test)]
mod tests;
