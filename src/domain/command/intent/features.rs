//! What a text looks like to the intent model: hashed words, pairs of words and parts of words. `build.rs` reads the phrasebook
//! with the same code, so that both see the same.

use super::concepts::concepts;

/// How many words of a text are looked at. What a text wants stands in these.
const MAX_WORDS: usize = 48;
/// How many letters of a word.
const MAX_LETTERS: usize = 16;

/// One feature and how much it counts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Feature {
    /// The hash of what was seen.
    pub(crate) key: u32,
    /// Its weight in this text.
    pub(crate) value: f32,
}

/// All features of a text, each once, by key; together of length one. A word that is not known may be a name.
#[must_use]
pub(crate) fn features(text: &str, is_known: impl Fn(u32) -> bool) -> Vec<Feature> {
    let typed = words(text);
    let words = named(&typed, is_known);
    let mut all: Vec<Feature> = Vec::with_capacity(words.len() * 14 + 4);
    let mut add = |parts: &[&str], value: f32| {
        all.push(Feature {
            key: hash(parts),
            value,
        });
    };
    let at = |at: usize| words.get(at).map_or("$", String::as_str);
    let before = |at: usize| {
        at.checked_sub(1)
            .map_or("^", |before| words[before].as_str())
    };
    for (nth, word) in words.iter().enumerate() {
        add(&["w", word], WORD);
        add(&["b", before(nth), word], PAIR);
        if nth + 2 < words.len() {
            add(&["s", word, at(nth + 2)], SKIP);
        }
        if is_no(word) {
            for denied in words.iter().skip(nth + 1).take(3) {
                add(&["no", denied], DENIED);
            }
        }
    }
    for word in &typed {
        parts(word, |part| add(&["c", part], PART));
    }
    let meant = concepts(&typed);
    for (nth, meaning) in meant.iter().enumerate() {
        add(&["m", meaning], MEANING);
        let next = meant.get(nth + 1).copied().unwrap_or("$");
        add(&["mm", meaning, next], MEANING);
        for other in &meant[nth + 1..] {
            let pair = [meaning.min(other), meaning.max(other)];
            add(&["mu", pair[0], pair[1]], TOGETHER);
        }
    }
    if let Some(last) = words.last() {
        add(&["b", last, "$"], PAIR);
    }
    add(&["n", length(words.len())], LENGTH);
    all.sort_unstable_by_key(|feature| feature.key);
    all.dedup_by(|next, kept| {
        let same = next.key == kept.key;
        if same {
            kept.value = kept.value.max(next.value);
        }
        same
    });
    let norm: f32 = all
        .iter()
        .map(|feature| feature.value * feature.value)
        .sum();
    let norm = norm.sqrt().max(1e-6);
    for feature in &mut all {
        feature.value /= norm;
    }
    all
}

/// The feature of a single word.
#[must_use]
pub(crate) fn word_key(word: &str) -> u32 {
    hash(&["w", word])
}

/// Stands for a word that the phrasebook does not know, or for several such: most often a name.
const UNKNOWN: &str = "<name>";
/// The same in a text.
pub(crate) const NAME: char = '\u{e000}';

fn named(typed: &[String], is_known: impl Fn(u32) -> bool) -> Vec<String> {
    let mut all: Vec<String> = Vec::with_capacity(typed.len());
    for word in typed {
        if word.starts_with('<') || is_known(word_key(word)) {
            all.push(word.clone());
        } else if all.last().map(String::as_str) != Some(UNKNOWN) {
            all.push(UNKNOWN.to_owned());
        }
    }
    all
}

const WORD: f32 = 1.0;
const PAIR: f32 = 0.9;
const MEANING: f32 = 0.6;
const SKIP: f32 = 0.5;
const DENIED: f32 = 0.5;
const TOGETHER: f32 = 0.4;
const PART: f32 = 0.3;
const LENGTH: f32 = 0.7;

/// What turns the words behind it.
fn is_no(word: &str) -> bool {
    const NO: &str = "not no never dont didnt wont cant doesnt isnt without nicht kein keine keinen nie pas jamais aucun ne nunca \
        jamas sin non mai niente senza nao n sem nem";
    NO.split(' ').any(|no| no == word)
}

fn length(words: usize) -> &'static str {
    match words {
        0 => "0",
        1 => "1",
        2 => "2",
        3..=4 => "4",
        5..=8 => "8",
        9..=16 => "16",
        17..=28 => "28",
        _ => "many",
    }
}

/// Three to five letters of a word, its ends marked: a typo leaves most of them as they are.
fn parts(word: &str, mut each: impl FnMut(&str)) {
    if word.len() < 3 || !word.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return;
    }
    let marked = format!("_{word}_");
    for size in 3..=5 {
        for from in 0..(marked.len() + 1).saturating_sub(size) {
            if let Some(part) = marked.get(from..from + size) {
                each(part);
            }
        }
    }
}

/// FNV-1a over the parts, with a mark between them.
fn hash(parts: &[&str]) -> u32 {
    let mut hash: u32 = 0x811c_9dc5;
    for part in parts {
        for byte in part.bytes().chain([0x1f]) {
            hash ^= u32::from(byte);
            hash = hash.wrapping_mul(0x0100_0193);
        }
    }
    hash
}

/// The words of a text in plain letters, with classes for numbers, times, weekdays and months, and its loud punctuation.
#[must_use]
pub(crate) fn words(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    for chunk in text.split_whitespace() {
        if all.len() >= MAX_WORDS {
            break;
        }
        if is_link(chunk) {
            all.push("<link>".to_owned());
            continue;
        }
        chunk_words(chunk, &mut all);
    }
    all.truncate(MAX_WORDS);
    all
}

fn is_link(chunk: &str) -> bool {
    let dotted = chunk.split_once('/').is_some_and(|(host, _)| {
        host.split_once('.').is_some_and(|(name, top)| {
            name.len() > 1 && top.chars().all(|c| c.is_alphabetic() || c == '.') && top.len() > 1
        })
    });
    chunk.contains("://") || chunk.starts_with("www.") || dotted
}

fn chunk_words(chunk: &str, all: &mut Vec<String>) {
    let mut word = String::new();
    let mut chars = chunk.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied().unwrap_or(' ');
        if c.is_alphanumeric() || is_mark(c) {
            if !is_mark(c) && word.len() < MAX_LETTERS {
                let latin = any_ascii::any_ascii_char(c).to_ascii_lowercase();
                word.push_str(latin.trim());
            }
        } else if matches!(c, '\'' | '’' | '‘' | '´' | '`') {
            if !is_contraction(&chars.clone().collect::<String>()) && word.len() <= 4 {
                push(&mut word, all);
            }
        } else if matches!(c, ':' | '.' | ',')
            && word.ends_with(|c: char| c.is_ascii_digit())
            && next.is_ascii_digit()
        {
            word.push(':');
        } else {
            push(&mut word, all);
            match c {
                NAME => once(UNKNOWN, all),
                '?' | '¿' | '？' => once("?", all),
                '!' | '¡' | '！' => once("!", all),
                '"' | '“' | '”' | '„' | '«' | '»' | '「' => once("<q>", all),
                '%' | '$' | '€' | '£' => once("<money>", all),
                '\u{1f000}'..='\u{1faff}' | '\u{2600}'..='\u{27bf}' => once("<e>", all),
                _ => {}
            }
        }
    }
    push(&mut word, all);
}

/// Marks on letters, and what cannot be seen.
const fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2069}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ad}')
}

/// "don't", "i'm": one word. "j'habite", "l'acqua": two.
fn is_contraction(rest: &str) -> bool {
    let end = rest
        .find(|c: char| !c.is_alphanumeric())
        .unwrap_or(rest.len());
    matches!(
        rest[..end].to_ascii_lowercase().as_str(),
        "" | "t" | "s" | "m" | "d" | "ve" | "re" | "ll"
    )
}

fn once(mark: &str, all: &mut Vec<String>) {
    if all.last().map(String::as_str) != Some(mark) {
        all.push(mark.to_owned());
    }
}

fn push(word: &mut String, all: &mut Vec<String>) {
    let taken = std::mem::take(word);
    if taken.is_empty() {
        return;
    }
    all.push(class(&taken).map_or_else(|| unstretched(&taken), str::to_owned));
}

/// `stooop` as `stoop`.
fn unstretched(word: &str) -> String {
    let mut plain = String::with_capacity(word.len());
    let mut run = (' ', 0);
    for c in word.chars() {
        run = if run.0 == c { (c, run.1 + 1) } else { (c, 1) };
        if run.1 <= 2 {
            plain.push(c);
        }
    }
    plain
}

/// What a number, a time, a weekday or a month stands for.
fn class(word: &str) -> Option<&'static str> {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        let rest = &word[digits..];
        return Some(match rest {
            "" => match digits {
                1 | 2 => "<n>",
                3 | 4 => "<nnn>",
                5 => "<zip>",
                _ => "<number>",
            },
            "am" | "pm" | "a" | "p" | "h" | "hs" | "uhr" | "hrs" => "<t>",
            "st" | "nd" | "rd" | "th" | "er" | "eme" => "<nth>",
            _ if rest.starts_with(':') || rest.starts_with('h') => "<t>",
            _ => return None,
        });
    }
    if DAYS.split(' ').any(|day| day == word) {
        return Some("<d>");
    }
    if DAYS_OFTEN.split(' ').any(|day| day == word) {
        return Some("<ds>");
    }
    if MONTHS.split(' ').any(|month| month == word) {
        return Some("<mo>");
    }
    None
}

const DAYS: &str = "mon tue tues wed weds thu thur thurs fri sat sun monday tuesday wednesday thursday friday saturday sunday \
    montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag lundi mardi mercredi jeudi vendredi samedi dimanche \
    lunes martes miercoles jueves viernes sabado domingo lunedi martedi mercoledi giovedi venerdi sabato domenica \
    segunda terca quarta quinta sexta";
const DAYS_OFTEN: &str = "mondays tuesdays wednesdays thursdays fridays saturdays sundays montags dienstags mittwochs \
    donnerstags freitags samstags sonntags lundis mardis mercredis jeudis vendredis samedis dimanches sabados domingos";
const MONTHS: &str = "jan feb apr jun jul aug sept sep oct nov dec january february april june july august september october \
    november december januar februar maerz april mai juni juli oktober dezember janvier fevrier avril juin juillet aout \
    septembre octobre novembre decembre enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre \
    diciembre gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre janeiro fevereiro marco junho julho \
    setembro outubro novembro dezembro";

/// Scores as probabilities.
pub(crate) fn soften(scores: &mut [f32]) {
    let most = scores.iter().copied().fold(f32::MIN, f32::max);
    let mut sum = 0.0;
    for score in scores.iter_mut() {
        *score = (*score - most).exp();
        sum += *score;
    }
    for score in scores.iter_mut() {
        *score /= sum;
    }
}
