//! Hundreds of texts, and what they ask for.

mod languages;
mod machines;
mod opt_outs;
mod phrases;
mod tongues;

use jiff::civil::Weekday;
use proptest::prelude::*;

use super::*;
use crate::domain::forecast::Window;

/// A command in a few words, for tables.
fn short(command: &Command) -> String {
    match command {
        Command::Forecast(asked) => join(&[place(asked.place.as_ref()), when(asked.when)]),
        Command::Daily(wish) => {
            let time = wish.time.map(|time| time.to_string()).unwrap_or_default();
            let days = wish.days.map(|days| days.to_string()).unwrap_or_default();
            let only_if = wish
                .only_if
                .map(|it| format!("if {}", it.name()))
                .unwrap_or_default();
            let bad = if wish.bad_time { "bad time" } else { "" };
            join(&[
                "DAILY".to_owned(),
                place(wish.place.as_ref()),
                time,
                days,
                only_if,
                bad.to_owned(),
            ])
        }
        Command::Time { which: it, time } => join(&[
            "TIME".to_owned(),
            which(it),
            time.map_or("?".to_owned(), |time| time.to_string()),
        ]),
        Command::Place { place: it } => join(&["PLACE".to_owned(), place(it.as_ref())]),
        Command::Days { which: it, days } => join(&[
            "DAYS".to_owned(),
            which(it),
            days.map_or("?".to_owned(), |days| days.to_string()),
        ]),
        Command::Units(units) => format!("UNITS {}", units.map_or("?", Units::name)),
        Command::Pause {
            which: it,
            span: until,
        } => join(&["PAUSE".to_owned(), which(it), span(*until)]),
        Command::Resume { which: it } => join(&["RESUME".to_owned(), which(it)]),
        Command::Skip { which: it, day } => join(&["SKIP".to_owned(), which(it), when(*day)]),
        Command::Trip(wish) if wish.over => "TRIP over".to_owned(),
        Command::Trip(wish) => join(&[
            "TRIP".to_owned(),
            place(wish.place.as_ref()),
            span(wish.span),
        ]),
        Command::Stop { named } if named.is_empty() => "STOP".to_owned(),
        Command::Stop { named } => format!("STOP [{named}]"),
        Command::EndOne { named, stops, .. } => {
            format!("END [{named}]{}", if *stops { "" } else { " only" })
        }
        Command::Language(language) => {
            format!("language {}", language.map_or("?", Language::code))
        }
        Command::Number(number) => format!("#{number}"),
        Command::Ignored(noise) => format!("{noise:?}").to_lowercase(),
        other => format!("{other:?}").to_lowercase(),
    }
}

fn join(parts: &[String]) -> String {
    let parts: Vec<&str> = parts
        .iter()
        .map(String::as_str)
        .filter(|part| !part.is_empty())
        .collect();
    if parts.is_empty() {
        "mine".to_owned()
    } else {
        parts.join(" ")
    }
}

fn place(place: Option<&PlaceText>) -> String {
    place.map_or(String::new(), |place| match &place.whole {
        Some(whole) => format!("[{} | {}]", place.text, whole.text),
        None => format!("[{}]", place.text),
    })
}

fn which(which: &Which) -> String {
    match which {
        Which::Unsaid => String::new(),
        Which::All => "all".to_owned(),
        Which::Named(name) => format!("[{name}]"),
    }
}

fn when(when: Option<When>) -> String {
    match when {
        None => String::new(),
        Some(When::InDays(days)) => format!("+{days}"),
        Some(When::On { month, day }) => format!("{month}-{day}"),
        Some(When::Slashed(one, other)) => format!("{one}/{other}"),
        Some(When::Window(Window::Weekday(day))) => day_name(day).to_owned(),
        Some(When::Window(window)) => format!("{window:?}").to_lowercase(),
    }
}

fn span(span: Option<Span>) -> String {
    match span {
        None => String::new(),
        Some(Span::Days(days)) => format!("{days}d"),
        Some(Span::Until(day)) => format!("until {}", day_name(day)),
        Some(Span::UntilDate { month, day }) => format!("until {month}/{day}"),
        Some(Span::UntilTomorrow) => "until tomorrow".to_owned(),
    }
}

const fn day_name(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "mon",
        Weekday::Tuesday => "tue",
        Weekday::Wednesday => "wed",
        Weekday::Thursday => "thu",
        Weekday::Friday => "fri",
        Weekday::Saturday => "sat",
        Weekday::Sunday => "sun",
    }
}

/// Checks a table of `text => command` lines and shows all that differ at once.
fn check(table: &str) {
    let mut wrong = Vec::new();
    for line in table.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (text, expected) = line.split_once(" => ").expect("a table line has an arrow");
        let found = short(&Command::parse(text));
        if found != expected {
            wrong.push(format!("{text} => {found}   (not {expected})"));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} differ:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

proptest! {
    #[test]
    fn parsing_is_total(text in "\\PC{0,300}") {
        let _ = Command::parse(&text);
    }

    #[test]
    fn parsing_is_total_over_words_of_the_grammar(
        words in proptest::collection::vec(
            prop_oneof![
                Just("daily"), Just("stop"), Just("time"), Just("pause"), Just("until"), Just("fri"), Just("7am"), Just("if"),
                Just("rain"), Just("trip"), Just("skip"), Just("5"), Just("days"), Just("6:30"), Just("lyon"), Just("in"),
                Just("please"), Just("tomorrow"), Just("every"), Just("-"), Just("“"), Just("liked"), Just("for"), Just("quarter"),
                Just("past"), Just("uhr"), Just("99"), Just("and"), Just("to"), Just("units"), Just("f"), Just("weather"),
            ],
            0..14,
        ),
    ) {
        let _ = Command::parse(&words.join(" "));
    }
}

#[test]
fn the_longest_text_is_read_quickly() {
    for text in [
        "a ".repeat(800),
        "stop".repeat(400),
        "7".repeat(1_600),
        "é😀 ".repeat(600),
        "\"".repeat(1_600),
    ] {
        let _ = Command::parse(&text);
    }
    let long = "weather ".repeat(100_000);
    let _ = Command::parse(&long);
}

#[test]
fn no_place_is_longer_than_a_name_can_be() {
    let Command::Forecast(asked) = Command::parse(&"lorem ipsum dolor ".repeat(80)) else {
        panic!("a place");
    };
    assert!(asked.place.unwrap().text.chars().count() <= 80);
}
