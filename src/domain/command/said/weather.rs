//! In which weather, and in which units.

use super::super::words::Words;
use super::turns::{is_refused, plain};
use crate::domain::subscriber::{Condition, Units};

/// The condition that is said and not refused; `Some(None)`: whatever the weather.
pub(in super::super) fn condition(words: &Words<'_>) -> Option<Option<Condition>> {
    const ANY: &str = "no matter|whatever|regardless|rain or not|rain or shine|either way|always|any weather|all weather|every time|\
        bei jedem|egal|immer|jedes wetter|quel que soit|toujours|peu importe|par tous les temps|tous les jours|\
        siempre|pase lo que pase|da igual|sea como sea|sempre|comunque|qualunque|con qualsiasi|qualquer|tanto faz|\
        come before|like before|wie vorher|comme avant|como antes";
    let mut found = None;
    for at in 0..words.len() {
        let Some(condition) = condition_of(words.get(at)).or_else(|| beyond(words, at)) else {
            continue;
        };
        let refused = is_refused(words, at, at + 1)
            || (at > 1
                && is_refused(words, at - 1, at)
                && matches!(words.get(at - 1), "if" | "the" | "when" | "de" | "la"));
        if !refused && found.is_none() {
            found = Some(condition);
        }
    }
    let any = ANY
        .split('|')
        .any(|phrase| (0..words.len()).any(|at| plain(words, at, phrase)));
    if any {
        return Some(None);
    }
    found.map(Some)
}

/// "Unter -5", "over 35", "above 30mph": which weather a figure means.
fn beyond(words: &Words<'_>, at: usize) -> Option<Condition> {
    let under = matches!(
        words.get(at),
        "under" | "unter" | "sous" | "bajo" | "sotto" | "abaixo" | "debajo" | "below"
    );
    let over = matches!(
        words.get(at),
        "over"
            | "above"
            | "uber"
            | "past"
            | "dessus"
            | "plus"
            | "mas"
            | "sopra"
            | "acima"
            | "mais"
            | "oltre"
            | "exceeds"
    );
    if !(under || over) {
        return None;
    }
    let figure = (at + 1..at + 4).find(|at| {
        let word = words.get(*at).trim_start_matches(['-', '−']);
        word.starts_with(|c: char| c.is_ascii_digit())
    })?;
    let word = words.get(figure);
    let number: i32 = word
        .trim_end_matches(|c: char| c.is_ascii_alphabetic())
        .replace('−', "-")
        .parse()
        .ok()?;
    let unit = |unit: &str| word.ends_with(unit) || words.get(figure + 1) == unit;
    if ["mph", "kmh", "km", "kts", "knots"]
        .iter()
        .any(|speed| unit(speed))
    {
        return over.then_some(Condition::Wind);
    }
    match number {
        ..=40 if under => Some(Condition::Frost),
        25..=130 if over => Some(Condition::Heat),
        _ => None,
    }
}

fn condition_of(word: &str) -> Option<Condition> {
    const STEMS: [(&str, Condition); 41] = [
        ("snow", Condition::Snow),
        ("schne", Condition::Snow),
        ("neig", Condition::Snow),
        ("nieve", Condition::Snow),
        ("nieva", Condition::Snow),
        ("neve", Condition::Snow),
        ("nevic", Condition::Snow),
        ("nevar", Condition::Snow),
        ("nevou", Condition::Snow),
        ("rain", Condition::Rain),
        ("wet", Condition::Rain),
        ("shower", Condition::Rain),
        ("regn", Condition::Rain),
        ("regen", Condition::Rain),
        ("pleu", Condition::Rain),
        ("pleuv", Condition::Rain),
        ("pluie", Condition::Rain),
        ("lluv", Condition::Rain),
        ("lluev", Condition::Rain),
        ("llov", Condition::Rain),
        ("piov", Condition::Rain),
        ("piogg", Condition::Rain),
        ("chov", Condition::Rain),
        ("chuv", Condition::Rain),
        ("frost", Condition::Frost),
        ("freez", Condition::Frost),
        ("froz", Condition::Frost),
        ("icy", Condition::Frost),
        ("minus", Condition::Frost),
        ("frier", Condition::Frost),
        ("gel", Condition::Frost),
        ("hela", Condition::Frost),
        ("hiel", Condition::Frost),
        ("ghiacc", Condition::Frost),
        ("glatt", Condition::Frost),
        ("geada", Condition::Frost),
        ("wind", Condition::Wind),
        ("gust", Condition::Wind),
        ("vent", Condition::Wind),
        ("heat", Condition::Heat),
        ("hitze", Condition::Heat),
    ];
    match word {
        "ice" | "below" | "zero" => return Some(Condition::Frost),
        "hot" | "hots" | "heiss" | "canicule" | "calor" | "caldo" | "scorcher" | "roasting" => {
            return Some(Condition::Heat);
        }
        "viento" | "sturm" | "stormy" | "blowing" | "bora" | "mistral" | "gale" | "gales" => {
            return Some(Condition::Wind);
        }
        "ventana" | "venti" | "vente" | "windsor" | "wetter" => return None,
        _ => {}
    }
    STEMS
        .iter()
        .find(|(stem, _)| word.starts_with(stem))
        .map(|(_, condition)| *condition)
}

/// Which units; the first that is not refused.
pub(super) fn units(words: &Words<'_>) -> Option<Units> {
    (0..words.len()).find_map(|at| {
        let word = words.get(at);
        let starts = |stems: &[&str]| stems.iter().any(|stem| word.starts_with(stem));
        let metric = starts(&[
            "cels", "centigr", "metri", "kilom", "millim", "cm", "kmh", "km",
        ]) || matches!(word, "c" | "mm" | "si");
        let imperial = starts(&[
            "fahr", "faren", "imperial", "mile", "inch", "mph", "pollic", "zoll", "pouce",
            "pulgad", "polegad", "milha", "meile",
        ]) || matches!(word, "f" | "feet" | "miglia");
        if !(metric || imperial) || is_refused(words, at, at + 1) {
            return None;
        }
        Some(if metric {
            Units::Metric
        } else {
            Units::Imperial
        })
    })
}
