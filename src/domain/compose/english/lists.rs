//! Days and hours in a row: the week, the weekend, the next hours, and the day after in one clause.

use std::fmt::Write;

use super::clock::{push_hour, weekday_short};
use super::lead::{chance_of, name_of};
use super::words::{cover, short_name};
use super::written::{Detail, Reader};
use crate::domain::compose::fit::Clause;
use crate::domain::compose::measure;
use crate::domain::compose::outlook::{
    Cover, Fall, Name, Outlook, Sun, fall, falling, nearest_hour,
};
use crate::domain::compose::telling::Day;
use crate::domain::forecast::{Conditions, Hour};
use crate::domain::subscriber::Units;

/// `Wed: rain from 2pm, 15C`, or `Wed: rain 60%, 15C`.
pub(super) fn next_day(day: &Day, reader: &Reader<'_>) -> Clause {
    let of = |what: String| {
        let mut out = String::from(weekday_short(day.date.weekday()));
        out.push_str(": ");
        out.push_str(&what);
        if let Some(high) = day.high {
            if !what.is_empty() {
                out.push_str(", ");
            }
            reader.push_degrees(&mut out, high);
        }
        (out.len() > "Wed: ".len()).then_some(out)
    };
    let word = day_word(&day.outlook);
    Clause::of(
        8,
        [
            of(reader.lead(&day.outlook, Detail::After)),
            of(reader.lead(&day.outlook, Detail::Brief)),
            of(word),
        ],
    )
}

/// `Sat: rain until noon, then dry, high 14C, low 8C`, shorter where there is no room.
pub(super) fn day_clause(day: &Day, reader: &Reader<'_>, rank: u8) -> Clause {
    let of = |what: String, low: bool, wind: bool| {
        let mut out = String::from(weekday_short(day.date.weekday()));
        out.push(' ');
        out.push_str(&what);
        if let Some(high) = day.high {
            out.push_str(if what.is_empty() { "high " } else { ", high " });
            reader.push_degrees(&mut out, high);
        }
        if let Some(low) = day.low.filter(|_| low) {
            out.push_str(", low ");
            reader.push_degrees(&mut out, low);
        }
        if let Some(wind) = reader.wind(&day.outlook).filter(|_| wind) {
            out.push_str(", ");
            out.push_str(&wind);
        }
        (out.len() > "Sat ".len()).then_some(out)
    };
    let dry = day.outlook.spells.spells.is_empty();
    let lead = |detail| reader.lead(&day.outlook, if dry { Detail::Brief } else { detail });
    Clause::needed_of(
        rank * 2,
        [
            of(lead(Detail::Amounts), true, false),
            of(lead(Detail::Brief), true, false),
            of(day_word(&day.outlook), true, false),
            of(day_word(&day.outlook), false, false),
        ],
    )
    .or_better(of(lead(Detail::Amounts), true, true))
}

/// `Sun 14/8C rain 60%, Mon 15/9 sunny, ...`, as many days as fit, without the lows where that makes all of them fit.
pub(super) fn week(days: &[Day], reader: &Reader<'_>, room: usize) -> Option<String> {
    let told: Vec<(&Day, String)> = days
        .iter()
        .map(|day| (day, day_word(&day.outlook)))
        .filter(|(day, word)| day.high.is_some() || !word.is_empty())
        .collect();
    let first_high = told.iter().position(|(day, _)| day.high.is_some());
    let degrees = |celsius| measure::degrees(celsius, reader.units);
    let item = |out: &mut String, at: usize, (day, word): &(&Day, String), lows: bool| {
        out.push_str(if at > 0 { ", " } else { "" });
        out.push_str(weekday_short(day.date.weekday()));
        if let Some(high) = day.high {
            let _ = write!(out, " {}", degrees(high));
            if let Some(low) = day.low.filter(|_| lows) {
                let _ = write!(out, "/{}", degrees(low));
            }
        }
        out.extend((first_high == Some(at)).then_some(unit(reader.units)));
        if !word.is_empty() {
            out.push(' ');
            out.push_str(word);
        }
    };
    for lows in [true, false] {
        let mut out = String::with_capacity(room);
        let mut whole = true;
        for (at, day) in told.iter().enumerate() {
            let before = out.len();
            item(&mut out, at, day, lows);
            if out.len() > room {
                out.truncate(before);
                whole = false;
                break;
            }
        }
        if !out.is_empty() && (whole || !lows) {
            return Some(out);
        }
    }
    None
}

/// `3pm 13C cloudy, 4pm 13, 5pm 12 rain 60%`: words only where they change.
pub(super) fn hours(hours: &[Hour], reader: &Reader<'_>, sun: &Sun, room: usize) -> Option<String> {
    let mut out = String::with_capacity(room);
    let mut said = String::new();
    let mut with_unit = false;
    for hour in hours.iter().filter(|h| h.span_hours == 1) {
        let before = out.len();
        if before > 0 {
            out.push_str(", ");
        }
        push_hour(
            &mut out,
            nearest_hour(hour.start, reader.zone),
            reader.clock,
        );
        let bare = out.len();
        if let Some(celsius) = hour.temperature_c {
            let _ = write!(out, " {}", measure::degrees(celsius, reader.units));
            if !with_unit {
                out.push(unit(reader.units));
                with_unit = true;
            }
        }
        let word = hour_word(hour, sun.is_up_at(hour.start));
        if word != said && !word.is_empty() {
            out.push(' ');
            out.push_str(&word);
        }
        if out.len() == bare || out.len() > room {
            let full = out.len() > room;
            out.truncate(before);
            if full {
                break;
            }
            continue;
        }
        said = word;
    }
    (!out.is_empty()).then_some(out)
}

/// What falls with its chance, else the sky.
fn hour_word(hour: &Hour, by_day: bool) -> String {
    if let Fall::Wet(kind, strength) = fall(hour) {
        let mut word = String::from(short_name(Name::of(kind, strength)));
        push_chance(&mut word, hour.precipitation_probability);
        return word;
    }
    condition_word(hour, by_day).unwrap_or_default().to_owned()
}

/// What the hour looks like: `cloudy`, `light rain`.
pub(super) fn condition_word(hour: &Hour, by_day: bool) -> Option<&'static str> {
    let conditions = hour.conditions?;
    if let Some((kind, strength)) = falling(conditions) {
        let sure = matches!(fall(hour), Fall::Wet(..))
            && hour.precipitation_probability.is_none_or(|p| p >= 50);
        return sure.then(|| short_name(Name::of(kind, strength)));
    }
    Some(match conditions {
        Conditions::Clear => cover(Cover::Clear, by_day),
        Conditions::MostlyClear => cover(Cover::MostlyClear, by_day),
        Conditions::PartlyCloudy => "partly cloudy",
        Conditions::Fog => "fog",
        Conditions::FreezingFog => "freezing fog",
        _ => cover(Cover::Cloudy, by_day),
    })
}

/// The hour that runs: `13C, cloudy`.
pub(super) fn present(hour: &Hour, reader: &Reader<'_>, sun: &Sun) -> Option<String> {
    let mut out = String::with_capacity(24);
    if let Some(celsius) = hour.temperature_c {
        reader.push_degrees(&mut out, celsius);
    }
    if let Some(sky) = condition_word(hour, sun.is_up_at(hour.start)) {
        out.push_str(if out.is_empty() { "" } else { ", " });
        out.push_str(sky);
    }
    (!out.is_empty()).then_some(out)
}

/// The day in a word or two: its greatest spell with its chance, else the sky.
pub(super) fn day_word(outlook: &Outlook) -> String {
    if let Some(spell) = outlook.greatest() {
        let chance = chance_of(spell, None);
        let mut word = String::from(short_name(name_of(spell, chance)));
        push_chance(&mut word, spell.chance);
        return word;
    }
    if let Some(fog) = outlook.fog {
        return match outlook.sky_after_fog {
            Some(sky) if fog.from <= outlook.stretch.from => {
                format!("fog, then {}", cover(sky.cover, sky.by_day))
            }
            _ => "fog".to_owned(),
        };
    }
    match outlook.sky {
        Some(sky) => match sky.turn {
            Some((later, _)) if later > sky.cover => {
                format!("{}, then cloudy", cover(sky.cover, sky.by_day))
            }
            Some((later, _)) => cover(later, sky.by_day).to_owned() + " later",
            None => cover(sky.cover, sky.by_day).to_owned(),
        },
        None if outlook.dry => "dry".to_owned(),
        None => String::new(),
    }
}

fn push_chance(word: &mut String, percent: Option<u8>) {
    if let Some(percent) = percent.map(measure::chance).filter(|percent| *percent < 80) {
        let _ = write!(word, " {percent}%");
    }
}

const fn unit(units: Units) -> char {
    match units {
        Units::Metric => 'C',
        Units::Imperial => 'F',
    }
}
