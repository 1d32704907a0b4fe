//! What is said on the phone, read back into the first reader's English: numbers from words, hours from the parts of a day,
//! phrases by books of the second reader's own. What it does not know, it complains of.

use jiff::civil::Date;

use super::heard_numbers::digits;
use super::lexicon::{felt, tokens, turns};
use super::truth::Truth;
use super::{Complaint, check_next, expect, lists, read, words};
use crate::domain::compose::Ask;
use crate::domain::forecast::{Forecast, Window};
use crate::domain::language::Language;

/// Hears a forecast and compares it with its data.
pub(crate) fn check(said: &str, forecast: &Forecast, ask: &Ask<'_>) -> Result<(), Complaint> {
    let book = Book::of(ask.language);
    let (title, body) = said.split_once(". ").ok_or("no title")?;
    let english = book.english(body, unit(ask))?;
    let truth = Truth::new(forecast, ask);
    let heard = match ask.window {
        Window::Hours => check_hours(&english, &truth),
        Window::Week => check_days(&english, forecast, ask, &truth),
        Window::Weekend if book.title(title).is_none() => {
            check_days(&english, forecast, ask, &truth)
        }
        _ => {
            let head = book.title(title).ok_or("no title")?;
            read(
                &format!("Somewhere {head}: {english}"),
                forecast,
                ask,
                &truth,
            )
        }
    };
    heard.map_err(|complaint| format!("{english}\n{complaint}"))
}

fn unit(ask: &Ask<'_>) -> &'static str {
    match ask.units {
        crate::domain::subscriber::Units::Metric => "C",
        crate::domain::subscriber::Units::Imperial => "F",
    }
}

/// `At 14:00, 16C, cloudy. At 17:00, ...` as the list that is written: `14:00 16C cloudy, 17:00 ...`.
fn check_hours(english: &str, truth: &Truth<'_>) -> Result<(), Complaint> {
    let items = english.trim_end_matches('.').split(". ");
    let items = items.filter(|item| !item.starts_with("Forecast from"));
    let list: Vec<String> = items
        .map(|item| item.trim_start_matches("at ").replace(", ", " "))
        .collect();
    lists::check_hours(&[&list.join(", ")], truth)
}

fn check_days(
    english: &str,
    forecast: &Forecast,
    ask: &Ask<'_>,
    truth: &Truth<'_>,
) -> Result<(), Complaint> {
    let old = ask.now.as_second() - forecast.issued_at.as_second() > 3 * 3600;
    expect(english.contains("Forecast from") == old, english, &old)?;
    let mut before: Option<Date> = None;
    for sentence in english.trim_end_matches('.').split(". ") {
        if sentence.starts_with("Forecast from") {
            continue;
        }
        let (name, rest) = sentence.split_once(": ").ok_or("no day")?;
        let day = words::weekday(name).ok_or("not a day")?;
        let after = |date: Date| {
            let mut dates = std::iter::successors(date.tomorrow().ok(), |d| d.tomorrow().ok());
            dates.find(|date| date.weekday() == day)
        };
        let date = before
            .map_or_else(|| Some(truth.next(day)), after)
            .ok_or("no date")?;
        before = Some(date);
        check_next(rest, truth.rest_of(date), truth)?;
    }
    Ok(())
}

struct Book {
    language: Language,
    /// The words of a phrase, and what it means.
    phrases: Vec<(Vec<&'static str>, &'static str)>,
}

impl Book {
    fn of(language: Language) -> Self {
        let lines = match language {
            Language::English => include_str!("heard/english.txt"),
            Language::Spanish => include_str!("heard/spanish.txt"),
            Language::French => include_str!("heard/french.txt"),
            Language::German => include_str!("heard/german.txt"),
            Language::Portuguese => include_str!("heard/portuguese.txt"),
            Language::Italian => include_str!("heard/italian.txt"),
        };
        let phrase = |line: &'static str| {
            let (foreign, english) = line.split_once(" =")?;
            Some((foreign.split(' ').collect(), english.trim_start()))
        };
        let lines = lines
            .lines()
            .filter(|line| !line.starts_with('#') || line.starts_with("# "));
        let phrases = lines.skip(1).filter_map(phrase).collect();
        Self { language, phrases }
    }

    /// `Tue` of `Lyon, heute, Dienstag`; `None` of `Lyon`.
    fn title(&self, title: &str) -> Option<&'static str> {
        let last = title.rsplit(", ").next()?.to_lowercase();
        let words: Vec<&str> = last.split(' ').collect();
        let known = self.phrases.iter().find(|(foreign, _)| *foreign == words)?;
        ["now", "tonight"]
            .contains(&known.1)
            .then_some(known.1)
            .or_else(|| words::weekday(known.1).map(|_| known.1))
    }

    /// The sentences of a body in English, with figures for numbers.
    fn english(&self, body: &str, unit: &str) -> Result<String, Complaint> {
        let sentences = body.trim_end_matches('.').split(". ");
        let told: Result<Vec<String>, _> = sentences.map(|s| self.sentence(s, unit)).collect();
        Ok(told?.join(". ") + ".")
    }

    fn sentence(&self, sentence: &str, unit: &str) -> Result<String, Complaint> {
        let small = sentence.to_lowercase();
        let tokens = self.hours(digits(tokens(&small), self.language));
        let mut out = String::new();
        let mut rest = tokens.as_slice();
        while let Some((first, after)) = rest.split_first() {
            let known = self.phrases.iter().filter_map(|(foreign, english)| {
                let holes = self.matching(foreign, rest)?;
                Some((foreign.len(), filled(english, &holes)))
            });
            if let Some((length, english)) = known.max_by_key(|(length, _)| *length) {
                push(&mut out, &english);
                rest = &rest[length..];
            } else if first == "," || first.starts_with(|c: char| c.is_ascii_digit() || c == '-') {
                push(&mut out, first);
                rest = after;
            } else {
                return Err(format!("unheard: {first} in {sentence}"));
            }
        }
        Ok(settled(&out, unit))
    }

    fn matching(&self, phrase: &[&str], tokens: &[String]) -> Option<Vec<String>> {
        if phrase.len() > tokens.len() {
            return None;
        }
        let mut holes = Vec::new();
        for (want, token) in phrase.iter().zip(tokens) {
            let number = token.parse::<i32>().is_ok();
            let holds = match *want {
                "#" => number,
                "@" => token.ends_with(":00") && !token[1..].contains('-'),
                "%" => self.weekday(token).is_some(),
                word => {
                    if word != token {
                        return None;
                    }
                    continue;
                }
            };
            if !holds {
                return None;
            }
            let meant = self.weekday(token).filter(|_| *want == "%");
            holes.push(meant.map_or_else(|| token.clone(), str::to_owned));
        }
        Some(holes)
    }

    fn weekday(&self, word: &str) -> Option<&'static str> {
        let known = self
            .phrases
            .iter()
            .find(|(foreign, _)| *foreign == [word])?;
        words::weekday(known.1).map(|_| known.1)
    }

    /// Hours and ranges of hours as `14:00` and `14:00-18:00`.
    fn hours(&self, tokens: Vec<String>) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            let rest = &tokens[at..];
            if let Some((before, hour, length)) = hour_at(rest, self.language) {
                out.extend(before.map(str::to_owned));
                out.push(format!("{:02}:00", hour % 24));
                at += length;
            } else {
                out.push(tokens[at].clone());
                at += 1;
            }
        }
        ranges(out, self.language)
    }
}

/// The hour that a few words say, with the small word that has run together with its article, and how many words it takes.
fn hour_at(words: &[String], language: Language) -> Option<(Option<&'static str>, i32, usize)> {
    let word = |at: usize| words.get(at).map_or("", String::as_str);
    let (before, article): (Option<&str>, usize) = match (language, word(0)) {
        (Language::Spanish, "las" | "la" | "el") => (None, 1),
        (Language::Spanish | Language::Portuguese, "al" | "ao" | "às" | "à") => (Some("a"), 1),
        (Language::Spanish | Language::Portuguese, "del" | "das" | "da" | "do") => (Some("de"), 1),
        (Language::Portuguese, "as" | "a" | "o") => (None, 1),
        (Language::Italian, "le" | "l'") => (None, 1),
        (Language::Italian, "alle" | "all'") => (Some("a"), 1),
        (Language::Italian, "dalle" | "dall'") => (Some("da"), 1),
        (Language::Italian, "delle" | "dell'") => (Some("di"), 1),
        _ => (None, 0),
    };
    let named = match word(article) {
        "noon" | "mediodía" | "midi" | "mezzogiorno" | "meio-dia" => Some(12),
        "midnight" | "medianoche" | "minuit" | "mitternacht" | "mezzanotte" | "meia-noite" => {
            Some(24)
        }
        _ => None,
    };
    if let Some(hour) = named {
        return Some((before, hour, article + 1));
    }
    let hour: i32 = word(article)
        .parse()
        .ok()
        .filter(|h| (0..=24).contains(h))?;
    let tail = |from: usize| format!("{} {} {}", word(from), word(from + 1), word(from + 2));
    let told = tail(article + 1);
    let half = |am: &[&str], pm: &[&str], night: &[&str]| {
        let of = |all: &[&str]| {
            all.iter()
                .find(|t| told.starts_with(**t))
                .map(|t| t.split(' ').count())
        };
        let pm_of = |hour: i32| if hour == 12 { 12 } else { hour + 12 };
        of(am)
            .map(|n| (hour % 12, n))
            .or_else(|| of(pm).map(|n| (pm_of(hour), n)))
            .or_else(|| of(night).map(|n| (if hour < 6 { hour } else { pm_of(hour) }, n)))
    };
    let (hour, length) = match language {
        Language::English => half(
            &["in the morning"],
            &["in the afternoon", "in the evening"],
            &["at night"],
        )?,
        Language::Spanish => half(
            &["de la madrugada", "de la mañana"],
            &["de la tarde", "de la noche"],
            &[],
        )?,
        Language::Portuguese => half(
            &["da madrugada", "da manhã"],
            &["da tarde", "da noite"],
            &[],
        )?,
        Language::French => (told.starts_with("heure")).then_some((hour, 1))?,
        Language::German => (told.starts_with("uhr")).then_some((hour, 1))?,
        Language::Italian if told.starts_with("di notte") => (hour, 2),
        Language::Italian => (article == 1).then_some((hour, 0))?,
    };
    Some((before, hour, article + 1 + length))
}

/// `between 14 and 18:00`: the first may lack what the second has.
fn ranges(tokens: Vec<String>, language: Language) -> Vec<String> {
    let (start, middle) = match language {
        Language::English => ("from", "to"),
        Language::Spanish => ("entre", "y"),
        Language::French => ("entre", "et"),
        Language::German => ("zwischen", "und"),
        Language::Portuguese => ("entre", "e"),
        Language::Italian => ("tra", "e"),
    };
    let small = ["las", "la", "as", "a"];
    let mut out: Vec<String> = Vec::new();
    let mut rest = tokens.as_slice();
    while let Some((first, after)) = rest.split_first() {
        if first == start {
            let skip = usize::from(after.first().is_some_and(|w| small.contains(&w.as_str())));
            if let [from, join, to, ..] = &after[skip..]
                && join == middle
                && to.ends_with(":00")
                && let Some(from) = begun(from, to, language)
            {
                out.push(format!("{from:02}:00-{to}"));
                rest = &after[skip + 3..];
                continue;
            }
        }
        out.push(first.clone());
        rest = after;
    }
    out
}

/// The hour that a range begins with: of twelve, in the half of the day of the one that ends it.
fn begun(from: &str, to: &str, language: Language) -> Option<i32> {
    if let Some(from) = from.strip_suffix(":00") {
        return from.parse().ok();
    }
    let from: i32 = from.parse().ok()?;
    let to: i32 = to.strip_suffix(":00")?.parse().ok()?;
    let twelve = matches!(
        language,
        Language::English | Language::Spanish | Language::Portuguese
    );
    Some(
        from + if twelve && to >= 12 && from < 12 {
            12
        } else {
            0
        },
    )
}

fn filled(english: &str, holes: &[String]) -> String {
    let mut text = english.to_owned();
    for (at, meant) in holes.iter().enumerate() {
        text = text.replace(&format!("${}", at + 1), meant);
    }
    text
}

fn push(out: &mut String, words: &str) {
    let apart = !out.is_empty() && !words.is_empty() && !words.starts_with(',');
    out.push_str(if apart { " " } else { "" });
    out.push_str(words);
}

/// As it is written: an amount in brackets behind what falls, a day before a colon, an end by the hour.
fn settled(sentence: &str, unit: &str) -> String {
    let mut text = sentence.replace(", (", " (").replace('T', unit);
    if let Some((name, rest)) = text.split_once(", ")
        && let Some(day) = name.get(..3)
        && name.len() == 3
    {
        // A Tuesday lost its T to the unit.
        let day = ["Tue", "Thu"]
            .into_iter()
            .find(|d| d[1..] == day[1..])
            .unwrap_or(day);
        if words::weekday(day).is_some() {
            text = format!("{day}: {rest}");
        }
    }
    // German: "um 13 Uhr dann Schnee".
    while let Some((before, rest)) = text.split_once(", at ")
        && let Some((hour, rest)) = rest.split_once(" then ")
    {
        let end = rest.find([',', '(']).unwrap_or(rest.len());
        let (name, rest) = (rest[..end].trim_end(), &rest[end..]);
        let apart = if rest.starts_with('(') { " " } else { "" };
        text = format!("{before}, turning to {name} at {hour}{apart}{rest}");
    }
    let mut text = turns(&text);
    if text.contains("turning to ") {
        text = text.replace(", until ", ", ending by ");
    }
    felt(&text)
}
