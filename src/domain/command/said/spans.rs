//! How long: spans as only people say them.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::super::Span;
use super::super::words::Words;

/// Spans that only people say: a fortnight, until the new year, this weekend, until march, until the 3rd.
pub(super) fn span(words: &Words<'_>, today: Date) -> Option<(usize, usize, Span)> {
    for at in 0..words.len() {
        if let Some((taken, span)) = named(words, at) {
            return Some((at, taken, span));
        }
        let until = at > 0 && is_until(words, at - 1);
        if until && let Some((taken, span)) = until_date(words, at, today) {
            return Some((at - 1, taken + 1, span));
        }
    }
    counted(words)
}

/// The longest name of a span at a word.
fn named(words: &Words<'_>, at: usize) -> Option<(usize, Span)> {
    const NAMED: [(&str, Span); 6] = [
        (
            "fortnight|14 tage|quinzaine|quinze jours|quincena|quinze dias|due settimane",
            Span::Days(14),
        ),
        (
            "new year|new years|neujahr|nouvel an|ano nuevo|capodanno|ano novo|january|jan",
            Span::UntilDate { month: 1, day: 1 },
        ),
        (
            "christmas|xmas|weihnachten|noel|navidad|natale|natal",
            Span::UntilDate { month: 12, day: 25 },
        ),
        (
            "this weekend|weekend|the weekend|this week|rest of the week|the week|week|next week|wknd",
            Span::Until(Weekday::Monday),
        ),
        (
            "a week|one week|for the week|1 week|eine week|une week|una week|uma week|thanksgiving week|holiday week",
            Span::Days(7),
        ),
        (
            "a month|one month|the month|einen monat|un mois|un mes|un mese|um mes",
            Span::Days(30),
        ),
    ];
    let near = |back: usize| at.checked_sub(back).is_some_and(|at| is_until(words, at));
    let dated = near(1) || near(2) || words.len() <= 6;
    NAMED
        .iter()
        .filter(|(_, span)| dated || !matches!(span, Span::UntilDate { .. }))
        .filter_map(|(phrases, span)| {
            let taken = phrases
                .split('|')
                .filter_map(|phrase| words.phrase(at, phrase));
            Some((taken.max()?, *span))
        })
        .max_by_key(|(taken, _)| *taken)
}

/// "10 tage", "three weeks".
fn counted(words: &Words<'_>) -> Option<(usize, usize, Span)> {
    (0..words.len()).find_map(|at| {
        let count = count_of(words.get(at))?;
        let days = match words.get(at + 1) {
            "day" | "days" | "tage" | "tagen" | "jours" | "jour" | "dias" | "dia" | "giorni"
            | "giorno" | "nights" | "nachte" => 1,
            "week" | "weeks" | "wochen" | "woche" | "semaines" | "semaine" | "semanas"
            | "semana" | "settimane" | "settimana" => 7,
            "month" | "months" | "monate" | "mois" | "meses" | "mesi" => 30,
            _ => return None,
        };
        let days = count
            .checked_mul(days)
            .filter(|days| (1..=366).contains(days))?;
        Some((at, 2, Span::Days(days)))
    })
}

fn count_of(word: &str) -> Option<u16> {
    const COUNTS: &str = "one a an ein eine einen un une una uno um uma|two zwei deux dos due dois duas couple|\
        three drei trois tres tre few|four vier quatre cuatro quattro quatro|five funf cinq cinco cinque|\
        six sechs seis sei|seven sieben sept siete sette sete|eight acht huit ocho otto oito|\
        nine neun neuf nueve nove|ten zehn dix diez dieci dez";
    let spelled = COUNTS
        .split('|')
        .position(|words| words.split(' ').any(|spelled| spelled == word));
    match spelled {
        Some(at) => u16::try_from(at + 1).ok(),
        None => word.parse().ok().filter(|_| word.len() <= 3),
    }
}

fn is_until(words: &Words<'_>, at: usize) -> bool {
    matches!(
        words.get(at),
        "until"
            | "till"
            | "til"
            | "thru"
            | "through"
            | "bis"
            | "jusqu"
            | "hasta"
            | "fino"
            | "ate"
            | "before"
            | "back"
            | "to"
            | "the"
            | "zum"
            | "au"
    ) || matches!(
        words.plain(at),
        "bis" | "jusquau" | "jusqua" | "jusquen" | "hasta" | "al" | "fino" | "ate" | "dia" | "el"
    )
}

/// "the 3rd", "march", "5": the next such day.
fn until_date(words: &Words<'_>, at: usize, today: Date) -> Option<(usize, Span)> {
    let first = words.get(at);
    if let Some(month) = month_of(first) {
        return Some((1, Span::UntilDate { month, day: 1 }));
    }
    let digits = first.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '.');
    let day: i8 = digits.parse().ok().filter(|day| (1..=31).contains(day))?;
    if matches!(
        words.get(at + 1),
        "days"
            | "day"
            | "weeks"
            | "week"
            | "months"
            | "tage"
            | "jours"
            | "dias"
            | "giorni"
            | "am"
            | "pm"
    ) {
        return None;
    }
    let more = usize::from(matches!(words.plain(at + 1), "de" | "of" | "di"));
    if let Some(month) = month_of(words.get(at + 1 + more)) {
        return Some((2 + more, Span::UntilDate { month, day }));
    }
    let month = if day > today.day() {
        today.month()
    } else {
        today.checked_add(1.month()).ok()?.month()
    };
    Some((1, Span::UntilDate { month, day }))
}

fn month_of(word: &str) -> Option<i8> {
    const MONTHS: &str = "january jan januar janner janvier enero gennaio janeiro|\
        february feb februar fevrier febrero febbraio fevereiro|march mar marz mars marzo marco|\
        april apr avril abril aprile|may mai mayo maggio maio|june jun juni juin junio giugno junho|\
        july jul juli juillet julio luglio julho|august aug aout agosto|\
        september sept sep septembre septiembre settembre setembro|\
        october oct oktober octobre octubre ottobre outubro|november nov novembre noviembre novembro|\
        december dec dezember decembre diciembre dicembre dezembro";
    let at = MONTHS
        .split('|')
        .position(|names| names.split(' ').any(|name| name == word))?;
    i8::try_from(at + 1).ok()
}
