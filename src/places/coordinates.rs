//! Positions as people send them: decimal, degrees with minutes, with N/S/E/W, map links, geo: URIs.

use super::map_links;
use crate::domain::place::Coordinates;

/// The position that a text is, if it is nothing but one.
pub(crate) fn parse(text: &str) -> Option<Coordinates> {
    if let Some(found) = map_links::parse(text) {
        return Some(found);
    }
    let items = scan(text)?;
    let lower = text.to_lowercase();
    let labelled = ["lat", "gps", "coord"]
        .iter()
        .any(|label| lower.contains(label));
    let (first, second) = angles(&items, labelled)?;
    pair(first, second)
}

/// "95.0,200.5": written like a position, and none; no postcode has points and commas.
pub(crate) fn is_off_the_earth(text: &str) -> bool {
    let decimal = |half: &str| {
        let half = half.trim();
        half.contains('.') && half.parse::<f64>().is_ok_and(f64::is_finite)
    };
    text.split_once(',')
        .is_some_and(|(first, second)| decimal(first) && decimal(second))
}

/// One piece of a written position.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Item {
    Number {
        value: f64,
        decimals: usize,
        signed: bool,
    },
    /// N, S, E or W.
    Toward(char),
    Degrees,
    Comma,
}

/// An angle, and which way it says it goes.
#[derive(Debug, Clone, Copy)]
struct Angle {
    value: f64,
    toward: Option<char>,
}

fn pair(first: Angle, second: Angle) -> Option<Coordinates> {
    let swapped = matches!(first.toward, Some('E' | 'W'))
        || (first.toward.is_none() && first.value.abs() > 90.0);
    let (north, east) = if swapped {
        (second, first)
    } else {
        (first, second)
    };
    let right = matches!(north.toward, None | Some('N' | 'S'))
        && matches!(east.toward, None | Some('E' | 'W'));
    if !right {
        return None;
    }
    let signed = |angle: Angle| {
        if matches!(angle.toward, Some('S' | 'W')) {
            -angle.value.abs()
        } else {
            angle.value
        }
    };
    Coordinates::new(signed(north), signed(east))
}

/// Words that may stand around the numbers.
const LABELS: &str = " latitude longitude coordinates coords position location weather forecast lat long lon lng gps \
    wetter meteo météo clima tiempo loc my at for in is the and i'm im today tomorrow tonight now please ";

fn scan(text: &str) -> Option<Vec<Item>> {
    let mut items = Vec::new();
    let letters: Vec<char> = text.trim().chars().collect();
    let decimal_commas = has_decimal_commas(&letters);
    let mut at = 0;
    while at < letters.len() {
        let letter = letters[at];
        if starts_number(&letters, at) {
            let (item, after) = number(&letters, at, decimal_commas)?;
            items.push(item);
            at = after;
        } else if letter.is_alphabetic() && letter != 'º' {
            let after = (at..letters.len())
                .find(|i| !letters[*i].is_alphabetic() && letters[*i] != '\'')
                .unwrap_or(letters.len());
            if !word(&letters[at..after], &mut items) {
                return None;
            }
            at = after;
        } else {
            match letter {
                '°' | 'º' | '˚' => items.push(Item::Degrees),
                ',' | ';' | '/' | '|' => items.push(Item::Comma),
                '\'' | '"' | '′' | '″' | '’' | '”' | '´' | '(' | ')' | '[' | ']' | ':' | '='
                | '📍' | '\u{fe0f}' | '?' | '!' => {}
                c if c.is_whitespace() => {}
                _ => return None,
            }
            at += 1;
        }
        if items.len() > 24 {
            return None;
        }
    }
    Some(items)
}

/// A word is a direction, a unit or a label; anything else means that the text is no position.
fn word(letters: &[char], items: &mut Vec<Item>) -> bool {
    let word: String = letters.iter().collect::<String>().to_lowercase();
    let toward = match word.trim_matches('\'') {
        "n" | "north" | "nord" | "norte" => 'N',
        "s" | "south" | "sud" | "sur" => 'S',
        "e" | "east" | "est" | "este" | "ost" => 'E',
        "w" | "west" | "ouest" | "oeste" => 'W',
        "d" | "deg" | "degrees" => {
            items.push(Item::Degrees);
            return true;
        }
        "m" | "min" | "sec" => return true,
        other => return LABELS.contains(&format!(" {other} ")),
    };
    items.push(Item::Toward(toward));
    true
}

fn starts_number(letters: &[char], at: usize) -> bool {
    let digit = |i: usize| letters.get(i).is_some_and(char::is_ascii_digit);
    match letters[at] {
        '+' | '-' | '−' | '–' => {
            digit(at + 1) || (letters.get(at + 1) == Some(&'.') && digit(at + 2))
        }
        '.' => digit(at + 1),
        c => c.is_ascii_digit(),
    }
}

fn number(letters: &[char], start: usize, decimal_commas: bool) -> Option<(Item, usize)> {
    let signed = !letters[start].is_ascii_digit() && letters[start] != '.';
    let mut written = String::new();
    let mut at = start;
    if signed {
        if letters[at] != '+' {
            written.push('-');
        }
        at += 1;
    }
    while let Some(letter) = letters.get(at) {
        let next_digit = letters.get(at + 1).is_some_and(char::is_ascii_digit);
        match letter {
            c if c.is_ascii_digit() => written.push(*c),
            '.' if next_digit || written.contains(|c: char| c.is_ascii_digit()) => {
                written.push('.')
            }
            ',' if decimal_commas && next_digit && !written.contains('.') => written.push('.'),
            _ => break,
        }
        at += 1;
    }
    let decimals = written.split_once('.').map_or(0, |(_, after)| after.len());
    let value = written.parse().ok()?;
    (written.len() < 24).then_some((
        Item::Number {
            value,
            decimals,
            signed,
        },
        at,
    ))
}

/// Whether commas stand in the numbers, as in `48,8566 2,3522`.
fn has_decimal_commas(letters: &[char]) -> bool {
    let digit = |i: usize| letters.get(i).is_some_and(char::is_ascii_digit);
    let commas: Vec<usize> = (1..letters.len())
        .filter(|i| letters[*i] == ',' && digit(i - 1) && digit(i + 1))
        .collect();
    let [first, second] = commas[..] else {
        return false;
    };
    !letters.contains(&'.')
        && letters[first..second]
            .iter()
            .any(|c| c.is_whitespace() || *c == ';')
}

fn angles(items: &[Item], labelled: bool) -> Option<(Angle, Angle)> {
    let towards = items
        .iter()
        .filter(|i| matches!(i, Item::Toward(_)))
        .count();
    match towards {
        0 => plain_angles(items, labelled),
        2 => directed_angles(items),
        _ => None,
    }
}

/// Two numbers, or two groups each headed by a number with a degree sign.
fn plain_angles(items: &[Item], labelled: bool) -> Option<(Angle, Angle)> {
    let numbers: Vec<(f64, usize, bool)> = items
        .iter()
        .filter_map(|item| {
            if let Item::Number {
                value,
                decimals,
                signed,
            } = item
            {
                Some((*value, *decimals, *signed))
            } else {
                None
            }
        })
        .collect();
    let degrees = items.contains(&Item::Degrees);
    let plain = |values: &[(f64, usize, bool)]| {
        sexagesimal(&values.iter().map(|v| v.0).collect::<Vec<_>>())
    };
    match numbers.len() {
        2 => {
            let comma = items.contains(&Item::Comma);
            let precise = numbers
                .iter()
                .any(|(_, decimals, _)| *decimals >= if comma || labelled { 1 } else { 2 });
            let signed = numbers.iter().any(|(.., signed)| *signed) && comma;
            (precise || signed || degrees).then_some(())?;
        }
        4 | 6 if degrees => {}
        _ => return None,
    }
    let (first, second) = numbers.split_at(numbers.len() / 2);
    Some((
        Angle {
            value: plain(first)?,
            toward: None,
        },
        Angle {
            value: plain(second)?,
            toward: None,
        },
    ))
}

/// `40 42 46 N 74 0 21 W` or `N 40.7 W 74`.
fn directed_angles(items: &[Item]) -> Option<(Angle, Angle)> {
    let before = matches!(items.first(), Some(Item::Toward(_)));
    let mut found = Vec::new();
    let (mut group, mut toward) = (Vec::new(), None);
    for item in items {
        match item {
            Item::Number { value, .. } => group.push(*value),
            Item::Toward(letter) if before => {
                if let Some(letter) = toward.replace(*letter) {
                    found.push((std::mem::take(&mut group), letter));
                }
            }
            Item::Toward(letter) => found.push((std::mem::take(&mut group), *letter)),
            Item::Degrees | Item::Comma => {}
        }
    }
    if let Some(letter) = toward {
        found.push((std::mem::take(&mut group), letter));
    }
    let [(first, one), (second, two)] = &found[..] else {
        return None;
    };
    (group.is_empty() && is_north(*one) != is_north(*two)).then_some(())?;
    Some((
        Angle {
            value: sexagesimal(first)?,
            toward: Some(*one),
        },
        Angle {
            value: sexagesimal(second)?,
            toward: Some(*two),
        },
    ))
}

fn is_north(letter: char) -> bool {
    matches!(letter, 'N' | 'S')
}

/// Degrees, minutes, seconds.
fn sexagesimal(parts: &[f64]) -> Option<f64> {
    let minutes = parts.get(1).copied().unwrap_or(0.0);
    let seconds = parts.get(2).copied().unwrap_or(0.0);
    let (degrees, fine) = (
        *parts.first()?,
        (0.0..60.0).contains(&minutes) && (0.0..60.0).contains(&seconds) && parts.len() <= 3,
    );
    let part = minutes / 60.0 + seconds / 3600.0;
    fine.then(|| {
        if degrees.is_sign_negative() {
            degrees - part
        } else {
            degrees + part
        }
    })
}

#[cfg(test)]
mod tests;
