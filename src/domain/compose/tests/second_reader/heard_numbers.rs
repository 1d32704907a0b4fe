//! Numbers of six languages, from words to digits, as the second reader hears them.

use crate::domain::language::Language;

type Atoms = &'static [(&'static str, i32)];

const ENGLISH: Atoms = &[
    ("zero", 0),
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
    ("hundred", 100),
];
const SPANISH: Atoms = &[
    ("cero", 0),
    ("un", 1),
    ("uno", 1),
    ("una", 1),
    ("dos", 2),
    ("tres", 3),
    ("cuatro", 4),
    ("cinco", 5),
    ("seis", 6),
    ("siete", 7),
    ("ocho", 8),
    ("nueve", 9),
    ("diez", 10),
    ("once", 11),
    ("doce", 12),
    ("trece", 13),
    ("catorce", 14),
    ("quince", 15),
    ("dieciséis", 16),
    ("diecisiete", 17),
    ("dieciocho", 18),
    ("diecinueve", 19),
    ("veinte", 20),
    ("veintiún", 21),
    ("veintiuno", 21),
    ("veintiuna", 21),
    ("veintidós", 22),
    ("veintitrés", 23),
    ("veinticuatro", 24),
    ("veinticinco", 25),
    ("veintiséis", 26),
    ("veintisiete", 27),
    ("veintiocho", 28),
    ("veintinueve", 29),
    ("treinta", 30),
    ("cuarenta", 40),
    ("cincuenta", 50),
    ("sesenta", 60),
    ("setenta", 70),
    ("ochenta", 80),
    ("noventa", 90),
    ("cien", 100),
    ("ciento", 100),
    ("doscientos", 200),
    ("doscientas", 200),
];
const FRENCH: Atoms = &[
    ("zéro", 0),
    ("un", 1),
    ("une", 1),
    ("deux", 2),
    ("trois", 3),
    ("quatre", 4),
    ("cinq", 5),
    ("six", 6),
    ("sept", 7),
    ("huit", 8),
    ("neuf", 9),
    ("dix", 10),
    ("onze", 11),
    ("douze", 12),
    ("treize", 13),
    ("quatorze", 14),
    ("quinze", 15),
    ("seize", 16),
    ("vingt", 20),
    ("trente", 30),
    ("quarante", 40),
    ("cinquante", 50),
    ("soixante", 60),
    ("cent", 100),
    ("cents", 100),
];
const GERMAN: Atoms = &[
    ("null", 0),
    ("eins", 1),
    ("eine", 1),
    ("ein", 1),
    ("zwei", 2),
    ("drei", 3),
    ("vier", 4),
    ("fünf", 5),
    ("sechs", 6),
    ("sieben", 7),
    ("acht", 8),
    ("neun", 9),
    ("zehn", 10),
    ("elf", 11),
    ("zwölf", 12),
    ("dreizehn", 13),
    ("vierzehn", 14),
    ("fünfzehn", 15),
    ("sechzehn", 16),
    ("siebzehn", 17),
    ("achtzehn", 18),
    ("neunzehn", 19),
    ("zwanzig", 20),
    ("dreißig", 30),
    ("vierzig", 40),
    ("fünfzig", 50),
    ("sechzig", 60),
    ("siebzig", 70),
    ("achtzig", 80),
    ("neunzig", 90),
    ("hundert", 100),
    ("und", 0),
];
const ITALIAN: Atoms = &[
    ("zero", 0),
    ("un", 1),
    ("uno", 1),
    ("una", 1),
    ("due", 2),
    ("tre", 3),
    ("tré", 3),
    ("quattro", 4),
    ("cinque", 5),
    ("sei", 6),
    ("sette", 7),
    ("otto", 8),
    ("nove", 9),
    ("dieci", 10),
    ("undici", 11),
    ("dodici", 12),
    ("tredici", 13),
    ("quattordici", 14),
    ("quindici", 15),
    ("sedici", 16),
    ("diciassette", 17),
    ("diciotto", 18),
    ("diciannove", 19),
    ("venti", 20),
    ("vent", 20),
    ("trenta", 30),
    ("trent", 30),
    ("quaranta", 40),
    ("quarant", 40),
    ("cinquanta", 50),
    ("cinquant", 50),
    ("sessanta", 60),
    ("sessant", 60),
    ("settanta", 70),
    ("settant", 70),
    ("ottanta", 80),
    ("ottant", 80),
    ("novanta", 90),
    ("novant", 90),
    ("cento", 100),
];
const PORTUGUESE: Atoms = &[
    ("zero", 0),
    ("um", 1),
    ("uma", 1),
    ("dois", 2),
    ("duas", 2),
    ("três", 3),
    ("quatro", 4),
    ("cinco", 5),
    ("seis", 6),
    ("sete", 7),
    ("oito", 8),
    ("nove", 9),
    ("dez", 10),
    ("onze", 11),
    ("doze", 12),
    ("treze", 13),
    ("catorze", 14),
    ("quinze", 15),
    ("dezesseis", 16),
    ("dezessete", 17),
    ("dezoito", 18),
    ("dezenove", 19),
    ("vinte", 20),
    ("trinta", 30),
    ("quarenta", 40),
    ("cinquenta", 50),
    ("sessenta", 60),
    ("setenta", 70),
    ("oitenta", 80),
    ("noventa", 90),
    ("cem", 100),
    ("cento", 100),
    ("duzentos", 200),
    ("duzentas", 200),
];

const fn atoms(language: Language) -> Atoms {
    match language {
        Language::English => ENGLISH,
        Language::Spanish => SPANISH,
        Language::French => FRENCH,
        Language::German => GERMAN,
        Language::Portuguese => PORTUGUESE,
        Language::Italian => ITALIAN,
    }
}

/// Words with every number in digits: `fifty-five` is `55`, `menos dos` is `-2`.
pub(super) fn digits(words: Vec<String>, language: Language) -> Vec<String> {
    let less = match language {
        Language::English | Language::German => "minus",
        Language::Spanish | Language::Portuguese => "menos",
        Language::French => "moins",
        Language::Italian => "meno",
    };
    let mut out: Vec<String> = Vec::new();
    let mut rest = words.as_slice();
    while let Some((first, after)) = rest.split_first() {
        // "Por ciento", "pour cent".
        if ["por", "pour", "per"].contains(&out.last().map_or("", String::as_str)) {
            out.push(first.clone());
            rest = after;
            continue;
        }
        let minus = first == less;
        let from = if minus { after } else { rest };
        if let Some((number, length)) = number(from, language) {
            out.push(if minus { -number } else { number }.to_string());
            rest = &from[length..];
        } else {
            out.push(first.clone());
            rest = after;
        }
    }
    out
}

/// The number that words begin with, and how many of them it takes.
fn number(words: &[String], language: Language) -> Option<(i32, usize)> {
    let mut pieces = pieces(words.first()?, language)?;
    let mut taken = 1;
    loop {
        let last = *pieces.last()?;
        let next = |at: usize| words.get(at).and_then(|word| self::pieces(word, language));
        let smaller = |more: &Vec<i32>| more[0] < last || more[0] == 100;
        let and = words.get(taken).map_or("", String::as_str);
        let joins = match (language, and) {
            (Language::English, "and") => last == 100,
            (Language::Spanish, "y") => (30..100).contains(&last),
            (Language::Portuguese, "e") => last >= 20,
            (Language::French, "et") => (20..=60).contains(&last),
            _ => false,
        };
        if let Some(more) = next(taken + 1).filter(|more| joins && more[0] < last)
            // "entre vingt et vingt-deux heures" joins nothing.
            && (language != Language::French || [1, 11].contains(&more[0]))
            && (language != Language::Spanish || more[0] < 10)
        {
            pieces.extend(more);
            taken += 2;
        } else if let Some(more) = next(taken)
            .filter(|more| last >= 20 && smaller(more))
            .or_else(|| next(taken).filter(|more| last < 10 && more[0] == 100))
        {
            pieces.extend(more);
            taken += 1;
        } else {
            return Some((value(&pieces), taken));
        }
    }
}

fn value(pieces: &[i32]) -> i32 {
    pieces.iter().fold(0, |sum, piece| match piece {
        100 if sum > 0 && sum < 10 => sum * 100,
        piece => sum + piece,
    })
}

/// What a word is made of: `fifty-five`, `einundzwanzig`, `trentotto`, `quatre-vingt-dix-sept`.
fn pieces(word: &str, language: Language) -> Option<Vec<i32>> {
    let atoms = atoms(language);
    let atom = |word: &str| {
        atoms
            .iter()
            .find(|(name, _)| *name == word)
            .map(|(_, n)| *n)
    };
    if word == "und" {
        return None;
    }
    match language {
        Language::German | Language::Italian => glued(word, atoms),
        Language::French if word.starts_with("quatre-vingt") => {
            let rest = word
                .trim_start_matches("quatre-vingt")
                .trim_start_matches('s');
            let rest = rest
                .trim_start_matches('-')
                .split('-')
                .filter(|w| !w.is_empty());
            let rest: Option<Vec<i32>> = rest.map(atom).collect();
            Some(std::iter::once(80).chain(rest?).collect())
        }
        _ => word.split('-').map(atom).collect(),
    }
}

fn glued(word: &str, atoms: Atoms) -> Option<Vec<i32>> {
    if let Some((_, n)) = atoms.iter().find(|(name, _)| *name == word) {
        return Some(vec![*n]);
    }
    atoms.iter().find_map(|(name, n)| {
        let rest = word.strip_prefix(name).filter(|rest| !rest.is_empty())?;
        let mut all = vec![*n];
        all.extend(glued(rest, atoms)?);
        Some(all)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_heard_as_they_are_said() {
        for (language, said, heard) in [
            (
                Language::English,
                "minus twenty-two degrees and one hundred and thirteen",
                "-22 degrees and 113",
            ),
            (
                Language::Spanish,
                "entre la una y las treinta y una, ciento cinco",
                "entre la 1 y las 31, 105",
            ),
            (
                Language::French,
                "entre vingt et vingt-deux, soixante et onze, quatre-vingt-dix-sept, deux cent dix",
                "entre 20 et 22, 71, 97, 210",
            ),
            (
                Language::German,
                "fünf bis einundzwanzig, zweihundertdreizehn und hundert",
                "5 bis 21, 213 und 100",
            ),
            (
                Language::Italian,
                "ventuno, trentotto, centotré e le sei",
                "21, 38, 103 e le 6",
            ),
            (
                Language::Portuguese,
                "entre as duas e as sete, cento e vinte e um",
                "entre as 2 e as 7, 121",
            ),
        ] {
            let words = said
                .replace(',', " ,")
                .split(' ')
                .map(str::to_owned)
                .collect();
            assert_eq!(digits(words, language).join(" ").replace(" ,", ","), heard);
        }
    }
}
