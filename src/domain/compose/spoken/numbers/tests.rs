//! Numbers read back by a reader that knows nothing of how they are written: morphemes with a value, longest first.

use super::*;

/// What a morpheme does to the number read so far.
#[derive(Clone, Copy)]
enum Does {
    Adds(i32),
    Multiplies(i32),
    Nothing,
}

use Does::{Adds, Multiplies, Nothing};

fn morphemes(language: Language) -> Vec<(&'static str, Does)> {
    let list = match language {
        Language::English => {
            "zero=0 one=1 two=2 three=3 four=4 five=5 six=6 seven=7 eight=8 nine=9 ten=10 eleven=11 twelve=12 \
             thirteen=13 fourteen=14 fifteen=15 sixteen=16 seventeen=17 eighteen=18 nineteen=19 twenty=20 thirty=30 \
             forty=40 fifty=50 sixty=60 seventy=70 eighty=80 ninety=90 hundred=*100 thousand=*1000 and=."
        }
        Language::Spanish => {
            "cero=0 uno=1 un=1 una=1 ún=1 dos=2 dós=2 tres=3 trés=3 cuatro=4 cinco=5 seis=6 séis=6 siete=7 ocho=8 \
             nueve=9 diez=10 dieci=10 once=11 doce=12 trece=13 catorce=14 quince=15 veinte=20 veinti=20 treinta=30 \
             cuarenta=40 cincuenta=50 sesenta=60 setenta=70 ochenta=80 noventa=90 y=. cien=100 ciento=100 cientos=*100 \
             cientas=*100 quinientos=500 quinientas=500 sete=7 nove=9 mil=*1000"
        }
        Language::French => {
            "zéro=0 un=1 une=1 deux=2 trois=3 quatre=4 cinq=5 six=6 sept=7 huit=8 neuf=9 dix=10 onze=11 douze=12 \
             treize=13 quatorze=14 quinze=15 seize=16 vingt=20 vingts=20 quatre-vingt=80 quatre-vingts=80 trente=30 \
             quarante=40 cinquante=50 soixante=60 et=. cent=*100 cents=*100 mille=*1000"
        }
        Language::German => {
            "null=0 ein=1 eins=1 eine=1 zwei=2 drei=3 vier=4 fünf=5 sechs=6 sieben=7 acht=8 neun=9 zehn=10 elf=11 \
             zwölf=12 sechzehn=16 siebzehn=17 zwanzig=20 dreißig=30 vierzig=40 fünfzig=50 sechzig=60 siebzig=70 \
             achtzig=80 neunzig=90 und=. hundert=*100 tausend=*1000"
        }
        Language::Portuguese => {
            "zero=0 um=1 uma=1 dois=2 duas=2 três=3 quatro=4 cinco=5 seis=6 sete=7 oito=8 nove=9 dez=10 onze=11 \
             doze=12 treze=13 catorze=14 quinze=15 dezesseis=16 dezessete=17 dezoito=18 dezenove=19 vinte=20 trinta=30 \
             quarenta=40 cinquenta=50 sessenta=60 setenta=70 oitenta=80 noventa=90 e=. cem=100 cento=100 duzentos=200 \
             duzentas=200 trezentos=300 trezentas=300 quatrocentos=400 quatrocentas=400 quinhentos=500 quinhentas=500 \
             seiscentos=600 seiscentas=600 setecentos=700 setecentas=700 oitocentos=800 oitocentas=800 novecentos=900 \
             novecentas=900 mil=*1000"
        }
        Language::Italian => {
            "zero=0 uno=1 un=1 una=1 due=2 tre=3 tré=3 quattro=4 cinque=5 sei=6 sette=7 otto=8 nove=9 dieci=10 \
             undici=11 dodici=12 tredici=13 quattordici=14 quindici=15 sedici=16 diciassette=17 diciotto=18 \
             diciannove=19 venti=20 vent=20 trenta=30 trent=30 quaranta=40 quarant=40 cinquanta=50 cinquant=50 \
             sessanta=60 sessant=60 settanta=70 settant=70 ottanta=80 ottant=80 novanta=90 novant=90 cento=*100 \
             mille=1000 mila=*1000"
        }
    };
    let mut all: Vec<(&str, Does)> = list
        .split_ascii_whitespace()
        .map(|entry| {
            let (name, does) = entry.split_once('=').unwrap();
            let does = match does.strip_prefix('*') {
                Some(by) => Multiplies(by.parse().unwrap()),
                None if does == "." => Nothing,
                None => Adds(does.parse().unwrap()),
            };
            (name, does)
        })
        .collect();
    all.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    all
}

/// Reads words; `None` where anything is left that is no number.
fn read(words: &str, all: &[(&str, Does)], most: i32) -> Option<i32> {
    if words.is_empty() {
        return Some(0);
    }
    // Longest first, with a way back: "sete|cientos" begins like "sete|nta".
    for (name, does) in all {
        let Some(rest) = words.strip_prefix(name) else {
            continue;
        };
        let rest = rest.trim_start_matches([' ', '-']);
        let value = match does {
            Nothing => read(rest, all, most),
            Adds(n) => read_after(*n, rest, all, most),
            Multiplies(by) if most > *by => read_after(*by, rest, all, *by),
            Multiplies(_) => None,
        };
        if value.is_some() {
            return value;
        }
    }
    None
}

/// What has been read so far, and the rest behind it: a multiplier right behind it multiplies it.
fn read_after(so_far: i32, rest: &str, all: &[(&str, Does)], most: i32) -> Option<i32> {
    for (name, does) in all {
        let (Multiplies(by), Some(after)) = (does, rest.strip_prefix(name)) else {
            continue;
        };
        let after = after.trim_start_matches([' ', '-']);
        if so_far < *by && *by < most {
            return read_after(so_far * by, after, all, *by);
        }
    }
    let left = read(rest, all, most)?;
    // Units of a German number stand before its tens; a thousand hundreds are no number.
    (left < most).then_some(so_far + left)
}

#[test]
fn every_number_is_read_back_in_every_language() {
    for language in Language::ALL {
        let all = morphemes(language);
        for before in [Before::Nothing, Before::Masculine, Before::Feminine] {
            let mut seen = std::collections::HashSet::new();
            for number in -99..=9_999 {
                let words = number_words(number, language, before);
                let (sign, plain) = ["minus ", "menos ", "moins ", "meno "]
                    .iter()
                    .find_map(|sign| words.strip_prefix(sign))
                    .map_or((1, words.as_str()), |plain| (-1, plain));
                let read = read(plain, &all, 1_000_000).map(|n| n * sign);
                assert_eq!(read, Some(number), "{language:?} {words}");
                assert!(!words.contains(|c: char| c.is_ascii_digit()), "{words}");
                assert!(!words.contains("  ") && words.trim() == words, "{words:?}");
                assert!(seen.insert(words));
            }
        }
    }
}

#[test]
fn numbers_as_people_say_them() {
    use Before::{Feminine, Masculine};
    use Language::{English, French, German, Italian, Portuguese, Spanish};
    for (language, number, before, words) in [
        (English, -42, Masculine, "minus forty-two"),
        (English, 113, Masculine, "one hundred and thirteen"),
        (English, 2_005, Masculine, "two thousand and five"),
        (Spanish, 1, Masculine, "un"),
        (Spanish, 21, Masculine, "veintiún"),
        (Spanish, 31, Feminine, "treinta y una"),
        (Spanish, 100, Masculine, "cien"),
        (Spanish, 250, Feminine, "doscientas cincuenta"),
        (Spanish, -2, Masculine, "menos dos"),
        (French, 21, Masculine, "vingt et un"),
        (French, 21, Feminine, "vingt et une"),
        (French, 71, Masculine, "soixante et onze"),
        (French, 80, Masculine, "quatre-vingts"),
        (French, 81, Masculine, "quatre-vingt-un"),
        (French, 97, Masculine, "quatre-vingt-dix-sept"),
        (French, 200, Masculine, "deux cents"),
        (French, 1_250, Masculine, "mille deux cent cinquante"),
        (German, 1, Masculine, "ein"),
        (German, 14, Masculine, "vierzehn"),
        (German, 21, Masculine, "einundzwanzig"),
        (German, -17, Masculine, "minus siebzehn"),
        (German, 105, Masculine, "hundertfünf"),
        (German, 2_300, Masculine, "zweitausenddreihundert"),
        (Portuguese, 2, Masculine, "dois"),
        (Portuguese, 22, Feminine, "vinte e duas"),
        (Portuguese, 101, Masculine, "cento e um"),
        (Portuguese, 1_200, Masculine, "mil e duzentos"),
        (
            Portuguese,
            1_234,
            Masculine,
            "mil duzentos e trinta e quatro",
        ),
        (Italian, 18, Masculine, "diciotto"),
        (Italian, 21, Masculine, "ventuno"),
        (Italian, 28, Masculine, "ventotto"),
        (Italian, 33, Masculine, "trentatré"),
        (Italian, 103, Masculine, "centotré"),
        (Italian, 2_000, Masculine, "duemila"),
    ] {
        assert_eq!(number_words(number, language, before), words);
    }
    assert_eq!(
        number_words(i32::MIN, English, Masculine),
        "minus nine thousand nine hundred and ninety-nine"
    );
}
