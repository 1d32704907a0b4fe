//! Other languages back into English, by lists of phrases of the second reader's own: what it does not know, it complains of.

mod french;
mod german;
mod italian;
mod portuguese;
mod spanish;

use super::Complaint;
use crate::domain::language::Language;

const ENGLISH_COMPASS: [&str; 8] = ["N", "NE", "E", "SE", "S", "SW", "W", "NW"];

struct Lexicon {
    words: &'static [(&'static str, &'static str)],
    compass: [&'static str; 8],
}

impl Lexicon {
    const fn of(language: Language) -> Option<Self> {
        let (words, compass) = match language {
            Language::English => return None,
            Language::Spanish => (spanish::WORDS, spanish::COMPASS),
            Language::French => (french::WORDS, french::COMPASS),
            Language::German => (german::WORDS, german::COMPASS),
            Language::Portuguese => (portuguese::WORDS, portuguese::COMPASS),
            Language::Italian => (italian::WORDS, italian::COMPASS),
        };
        Some(Self { words, compass })
    }
}

/// A text in English as the first reader's tables have it.
pub(super) fn english(text: &str, language: Language) -> Result<String, Complaint> {
    let Some(lexicon) = Lexicon::of(language) else {
        return Ok(text.to_owned());
    };
    let (head, body) = text.split_once(": ").ok_or("no head")?;
    let tokens = hours(tokens(body), language);
    let mut out = Vec::new();
    let mut rest = tokens.as_slice();
    while let Some((first, after)) = rest.split_first() {
        let known = lexicon
            .words
            .iter()
            .filter_map(|(foreign, english)| Some((matching(foreign, rest, &lexicon)?, *english)))
            .max_by_key(|(found, _)| found.0);
        if let Some(((length, holes), english)) = known {
            out.extend(filled(english, &holes));
            rest = &rest[length..];
        } else if is_sign(first) || first.starts_with(|c: char| c.is_ascii_digit() || c == '-') {
            out.push(first.replace("mi/h", "mph"));
            rest = after;
        } else if first == "UV" {
            out.push(first.clone());
            rest = after;
        } else if let Some(at) = lexicon.compass.iter().position(|point| point == first)
            && out.last().is_some_and(|last| last == ":")
        {
            out.push(ENGLISH_COMPASS[at].to_owned());
            rest = after;
        } else {
            return Err(format!("unread: {first} in {text}"));
        }
    }
    Ok(format!(
        "{}: {}",
        title(head, &lexicon),
        turns(&joined(&out))
    ))
}

/// `Lyon esta noche` is `Lyon tonight`.
fn title(head: &str, lexicon: &Lexicon) -> String {
    const TITLES: [&str; 9] = [
        "now", "tonight", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun",
    ];
    for (foreign, english) in lexicon.words.iter().filter(|w| TITLES.contains(&w.1)) {
        let lower = head.to_lowercase();
        if let Some(place) = lower.strip_suffix(&format!(" {foreign}")) {
            let name: String = head.chars().take(place.chars().count()).collect();
            return format!("{name} {english}");
        }
    }
    head.to_owned()
}

/// Words, figures and signs, each for itself; `l'` is a word.
pub(super) fn tokens(body: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    for word in body.split(' ') {
        let mut word = word;
        while let Some(inner) = word.strip_prefix('(') {
            tokens.push("(".to_owned());
            word = inner;
        }
        let inner = word.trim_end_matches([',', '.', ':', ')', ';']);
        let signs = &word[inner.len()..];
        match inner.split_once('\'') {
            Some((before, after)) => {
                tokens.push(format!("{before}'"));
                tokens.push(after.to_owned());
            }
            None => tokens.push(inner.to_owned()),
        }
        tokens.extend(signs.chars().map(String::from));
    }
    tokens.retain(|token| !token.is_empty());
    // A decimal comma.
    let figure = |c: char| c.is_ascii_digit();
    for token in tokens.iter_mut().filter(|t| t.starts_with(figure)) {
        *token = token.replace(',', ".");
    }
    tokens
}

/// Hours as `14:00`, ranges of them as `14:00-18:00`.
fn hours(tokens: Vec<String>, language: Language) -> Vec<String> {
    let hour = |text: &str| -> Option<String> {
        let hour: u8 = text.parse().ok().filter(|h| *h <= 24)?;
        Some(format!("{:02}:00", hour % 24))
    };
    let any = |text: &str| match text.split_once('-') {
        Some((a, b)) => Some(format!("{}-{}", hour(a)?, hour(b)?)),
        None => hour(text),
    };
    let mut out: Vec<String> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let before = at.checked_sub(1).map_or("", |at| &tokens[at]);
        let next = tokens.get(at + 1).map_or("", String::as_str);
        let with_h = token.strip_suffix('h').and_then(any);
        let with_word = match language {
            Language::German if next == "Uhr" => any(token),
            Language::Italian if before.to_lowercase() == "ore" => any(token),
            Language::Italian if IT_BEFORE_HOUR.contains(&before) => hour(token),
            _ => None,
        };
        if token == "Uhr" && before.parse::<u8>().is_err() && !before.contains('-') {
            out.push(token.clone());
        } else if token != "Uhr" && !(token.to_lowercase() == "ore" && any(next).is_some()) {
            out.push(with_h.or(with_word).unwrap_or_else(|| token.clone()));
        }
    }
    out
}

const IT_BEFORE_HOUR: [&str; 8] = [
    "alle", "dalle", "delle", "le", "all'", "dall'", "dell'", "l'",
];

/// How many tokens a phrase takes, and what its holes hold.
type Found = (usize, Vec<(char, String)>);

fn matching(phrase: &str, tokens: &[String], lexicon: &Lexicon) -> Option<Found> {
    // Most phrases are out at their first letter.
    let (want, token) = (phrase.as_bytes()[0], tokens[0].as_bytes()[0]);
    if want != b'{' && want.is_ascii() && want != token.to_ascii_lowercase() {
        return None;
    }
    let mut holes = Vec::new();
    let mut length = 0;
    for (want, token) in phrase.split(' ').zip(tokens) {
        length += 1;
        let figure = token.starts_with(|c: char| c.is_ascii_digit() || c == '-');
        let holds = match want {
            "{h}" => token.ends_with(":00"),
            "{t}" => figure && token.ends_with(['C', 'F']),
            "{p}" => token.ends_with('%'),
            "{s}" => {
                figure
                    && ["km/h", "m/s", "mph", "mi/h"]
                        .iter()
                        .any(|u| token.ends_with(u))
            }
            "{x}" => figure,
            "{c}" => lexicon.compass.contains(&token.as_str()),
            _ => {
                if token.to_lowercase() != want {
                    return None;
                }
                continue;
            }
        };
        if !holds {
            return None;
        }
        let kind = want.chars().nth(1)?;
        let meant = match kind {
            'c' => {
                let at = lexicon.compass.iter().position(|point| point == token)?;
                ENGLISH_COMPASS[at].to_owned()
            }
            's' => token.replace("mi/h", "mph"),
            _ => token.clone(),
        };
        holes.push((kind, meant));
    }
    (length == phrase.split(' ').count()).then_some((length, holes))
}

fn filled(english: &str, holes: &[(char, String)]) -> Vec<String> {
    let mut text = english.to_owned();
    for (kind, meant) in holes {
        text = text.replace(&format!("{{{kind}}}"), meant);
    }
    text.split(' ').map(str::to_owned).collect()
}

fn is_sign(token: &str) -> bool {
    matches!(token, "," | "." | ":" | "(" | ")" | ";")
}

fn joined(words: &[String]) -> String {
    let mut out = String::new();
    for word in words {
        let apart = !out.is_empty() && !out.ends_with('(') && (word == "(" || !is_sign(word));
        out.push_str(if apart { " " } else { "" });
        out.push_str(word);
    }
    felt(&out)
}

/// `felt -22C` is cold, `felt 38C` hot.
pub(super) fn felt(text: &str) -> String {
    let Some((before, after)) = text.split_once("felt ") else {
        return text.to_owned();
    };
    let figure = after.split(['.', ',', ' ']).next().unwrap_or("");
    let (degrees, unit) = figure.split_at(figure.len().saturating_sub(1));
    let hot = degrees.parse::<i32>().unwrap_or(0) >= if unit == "F" { 68 } else { 20 };
    let how = if hot { "hot" } else { "cold" };
    format!("{before}Feels as {how} as {after}")
}

/// Clauses that only their neighbours explain: `rain from 9, then snow at 15, until 20` is a turn.
pub(super) fn turns(text: &str) -> String {
    // The comma in `(70%, 9mm)` is no end of a clause.
    let text = text.replace("%, ", "%\u{1}");
    let sentences = text.split(". ").map(|sentence| {
        let mut wet = false;
        let clauses = sentence.split(", ").map(|clause| {
            let told = turn(clause, wet);
            // Days of a week are apart.
            let last = clause.rsplit(';').next().unwrap_or(clause);
            wet = super::words::is_wet(last) || (wet && told.starts_with("ending by "));
            told
        });
        clauses.collect::<Vec<_>>().join(", ")
    });
    let told = sentences.collect::<Vec<_>>().join(". ");
    told.replace("%\u{1}", "%, ")
}

fn turn(clause: &str, after_wet: bool) -> String {
    let (clause, stop) = match clause.strip_suffix('.') {
        Some(clause) => (clause, "."),
        None => (clause, ""),
    };
    let words: Vec<&str> = clause.split(' ').collect();
    let after_wet = after_wet && !clause.contains(';');
    let told = match words.as_slice() {
        ["then" | "later", rest @ ..] if after_wet && super::words::is_wet(clause) => {
            format!("turning to {}", rest.join(" "))
        }
        ["from", hour, rest @ ..] if after_wet && super::words::is_wet(clause) => {
            let rest = rest.join(" ");
            let (name, figures) = rest.split_at(rest.find(" (").unwrap_or(rest.len()));
            format!("turning to {name} at {hour}{figures}")
        }
        ["until", hour] if after_wet => format!("ending by {hour}"),
        ["until", hour, rest @ ..] if after_wet && rest[0].starts_with('(') => {
            format!("ending by {hour} {}", rest.join(" "))
        }
        _ => clause.to_owned(),
    };
    told + stop
}
