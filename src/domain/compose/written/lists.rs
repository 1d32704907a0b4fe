//! Days and hours in a row: the week, the weekend, the next hours, and the day after in one clause.

use std::fmt::Write;

use super::clauses::{Detail, Reader};
use super::clock::weekday_in;
use super::lead::{chance_of, name_of};
use super::phrases::Phrase;
use super::words::{cover, cover_of_hour, murk, short_name};
use crate::domain::compose::fit::{Clause, letters};
use crate::domain::compose::measure;
use crate::domain::compose::outlook::{
    Cover, Fall, Kind, Murk, Name, Outlook, Strength, Sun, fall, falling, nearest_hour,
};
use crate::domain::compose::telling::Day;
use crate::domain::forecast::{Conditions, Hour};
use crate::domain::language::Language;

/// `Wed: rain from 2pm, 15C`, or `Wed: rain 60%, 15C`.
pub(super) fn next_day(day: &Day, reader: &Reader<'_>) -> Clause {
    let name = weekday_in(day.date.weekday(), reader.language);
    let of = |what: String| {
        let high = day.high.map(|high| reader.degrees(high));
        let told = [Some(what).filter(|what| !what.is_empty()), high];
        joined(told).map(|told| format!("{name}: {told}"))
    };
    Clause::of(8, [of(next_word(&day.outlook, reader))])
}

/// The day after in a word or two: what falls with its chance, or the sky. Its hours are told when it is today.
fn next_word(outlook: &Outlook, reader: &Reader<'_>) -> String {
    if let Some(spell) = outlook.greatest() {
        // Whatever its chance, where that is known, its name is the same.
        let name = name_of(spell, spell.chance.map(|_| 0));
        let mut word = String::from(short_name(name, reader.language));
        if let Some(percent) = spell.chance.map(measure::chance) {
            let _ = write!(word, " {percent}%");
        }
        return word;
    }
    let sky = outlook.sky.filter(|_| outlook.fog.is_none());
    match sky {
        Some(sky) => cover(sky.whole, sky.by_day, reader.language).to_owned(),
        None => day_word(outlook, reader),
    }
}

/// `Sat: rain until noon, then dry, high 14C, low 8C`, shorter where there is no room.
pub(super) fn day_clause(day: &Day, reader: &Reader<'_>, rank: u8) -> Clause {
    let name = weekday_in(day.date.weekday(), reader.language);
    let of = |what: String, low: bool, wind: bool| {
        let told = [
            Some(what).filter(|what| !what.is_empty()),
            day.high.map(|high| reader.plain_high(high)),
            day.low
                .filter(|_| low)
                .map(|low| reader.low(low, day.low_tonight)),
            reader.wind(&day.outlook).filter(|_| wind),
        ];
        joined(told).map(|told| format!("{name} {told}"))
    };
    let dry = day.outlook.spells.spells.is_empty();
    let lead = |detail| reader.lead(&day.outlook, if dry { Detail::Brief } else { detail });
    Clause::needed_of(
        rank * 2,
        [
            of(lead(Detail::Amounts), true, false),
            of(lead(Detail::Brief), true, false),
            of(day_word(&day.outlook, reader), true, false),
            of(day_word(&day.outlook, reader), false, false),
        ],
    )
    .or_better(of(lead(Detail::Amounts), true, true))
}

fn joined<const N: usize>(told: [Option<String>; N]) -> Option<String> {
    let told: Vec<String> = told.into_iter().flatten().collect();
    (!told.is_empty()).then(|| told.join(", "))
}

/// `Sun 14/8C rain 60%; Mon 15/9 fog, then sunny; ...`, as many days as fit, without the lows where that makes all of them fit.
pub(super) fn week(days: &[Day], reader: &Reader<'_>, room: usize) -> Option<String> {
    let told: Vec<(&Day, String)> = days
        .iter()
        .map(|day| (day, day_word(&day.outlook, reader)))
        .filter(|(day, word)| day.high.is_some() || !word.is_empty())
        .collect();
    let first_high = told.iter().position(|(day, _)| day.high.is_some());
    let degrees = |celsius| measure::degrees(celsius, reader.units);
    let item = |out: &mut String, at: usize, (day, word): &(&Day, String), lows: bool| {
        out.push_str(if at > 0 { "; " } else { "" });
        out.push_str(weekday_in(day.date.weekday(), reader.language));
        if let Some(high) = day.high {
            let _ = write!(out, " {}", degrees(high));
            if let Some(low) = day.low.filter(|_| lows) {
                let _ = write!(out, "/{}", degrees(low));
            }
        }
        out.extend((first_high == Some(at)).then_some(reader.degree()));
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
            if letters(&out) > room {
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
    let hours: Vec<&Hour> = hours.iter().filter(|h| h.span_hours == 1).collect();
    let mut sky = None;
    for (at, hour) in hours.iter().enumerate() {
        let before = out.len();
        if before > 0 {
            out.push_str(", ");
        }
        let name = nearest_hour(hour.start, reader.zone);
        out.push_str(&reader.dial.hour_in_list(name));
        let bare = out.len();
        if let Some(celsius) = hour.temperature_c {
            let _ = write!(out, " {}", measure::degrees(celsius, reader.units));
            if !with_unit {
                out.push(reader.degree());
                with_unit = true;
            }
        }
        let mut word = hour_word(hour, sun.is_up_at(hour.start), reader.language);
        if passes(sky, &hours[at..]) {
            word.clone_from(&said);
        } else if !word.is_empty() {
            sky = sky_of(hour);
        }
        if word != said && !word.is_empty() {
            out.push(' ');
            out.push_str(&word);
        }
        let full = letters(&out) > room;
        if out.len() == bare || full {
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

/// The sky of an hour in which nothing falls, in steps of cloud.
fn sky_of(hour: &Hour) -> Option<u8> {
    let dry = !matches!(fall(hour), Fall::Wet(..));
    match hour.conditions.filter(|_| dry)? {
        Conditions::Clear => Some(0),
        Conditions::MostlyClear => Some(1),
        Conditions::PartlyCloudy => Some(2),
        Conditions::Cloudy => Some(3),
        _ => None,
    }
}

/// Whether the sky is but one step from what was said, and not for three hours: a cloud that passes.
fn passes(said: Option<u8>, hours: &[&Hour]) -> bool {
    let stays = |said: u8| {
        let mut next = hours.iter().take(3).map(|h| sky_of(h));
        let now = next.next().flatten()?;
        let back = next
            .any(|sky| sky.is_some_and(|sky| sky.abs_diff(now) > 0 && (sky < now) == (said < now)));
        Some(now.abs_diff(said) == 1 && back)
    };
    said.and_then(stays).unwrap_or(false)
}

/// What falls with its chance, else the sky.
fn hour_word(hour: &Hour, by_day: bool, language: Language) -> String {
    if let Fall::Wet(kind, strength) = fall(hour) {
        let mut word = String::from(short_name(Name::of(kind, strength), language));
        push_chance(&mut word, hour.precipitation_probability);
        return word;
    }
    let word = condition_word(hour, by_day, language);
    word.unwrap_or_default().to_owned()
}

/// What the hour looks like: `cloudy`, `light rain`.
pub(in crate::domain::compose) fn condition_word(
    hour: &Hour,
    by_day: bool,
    language: Language,
) -> Option<&'static str> {
    let conditions = hour.conditions?;
    if let Some((kind, strength)) = falling(conditions) {
        let sure = matches!(fall(hour), Fall::Wet(..))
            && hour.precipitation_probability.is_none_or(|p| p >= 50);
        return sure.then(|| short_name(Name::of(kind, strength), language));
    }
    Some(match conditions {
        Conditions::Clear => cover_of_hour(Cover::Clear, by_day, language),
        Conditions::MostlyClear => cover_of_hour(Cover::MostlyClear, by_day, language),
        Conditions::PartlyCloudy => Phrase::PartlyCloudy.text(language),
        other => match Murk::of(other) {
            Some(hidden) => murk(hidden, language),
            None => cover(Cover::Cloudy, by_day, language),
        },
    })
}

/// The hour that runs: `13C, cloudy`.
pub(super) fn present(hour: &Hour, reader: &Reader<'_>, sun: &Sun) -> Option<String> {
    let celsius = hour.temperature_c.map(|celsius| reader.degrees(celsius));
    let sky = condition_word(hour, sun.is_up_at(hour.start), reader.language);
    joined([celsius, sky.map(str::to_owned)])
}

/// The day in a word or two: its greatest spell with its chance, else the sky.
pub(super) fn day_word(outlook: &Outlook, reader: &Reader<'_>) -> String {
    let language = reader.language;
    if let Some(spell) = outlook.greatest() {
        let chance = chance_of(spell, None);
        let mut word = String::from(short_name(name_of(spell, chance), language));
        push_chance(&mut word, spell.chance);
        return word;
    }
    let sky_word = |of: Cover, by_day| cover(of, by_day, language);
    if let Some(fog) = outlook.fog {
        let name = murk(fog.murk.plain(), language);
        let opens = fog.from <= outlook.stretch.from;
        return match outlook.sky_after_fog.filter(|_| opens) {
            Some(sky) => {
                let later = sky_word(sky.cover, sky.by_day);
                reader.fill(Phrase::SkyThen, &[("sky", name), ("later", later)])
            }
            None => name.to_owned(),
        };
    }
    let Some(sky) = outlook.sky else {
        let dry = outlook.dry.then(|| reader.text(Phrase::Dry));
        return dry.unwrap_or_default().to_owned();
    };
    let first = sky_word(sky.cover, sky.by_day);
    match sky.turn {
        Some((Cover::Cloudy, _)) => {
            let later = sky_word(Cover::Cloudy, sky.by_day);
            reader.fill(Phrase::SkyThen, &[("sky", first), ("later", later)])
        }
        Some((later, _)) if later > Cover::MostlyClear => {
            sky_word(sky.whole, sky.by_day).to_owned()
        }
        Some((later, _)) => {
            let later = sky_word(later, sky.by_day);
            reader.fill(Phrase::Later, &[("sky", later)])
        }
        None => first.to_owned(),
    }
}

/// The plainest word for the greatest spell, for where nothing else fits: `snow 30%`.
pub(super) fn bare_word(outlook: &Outlook, reader: &Reader<'_>) -> Option<String> {
    let spell = outlook.greatest()?;
    let kind = match spell.first.kind {
        Kind::Showers => Kind::Rain,
        Kind::Hail => Kind::Thunder,
        Kind::SnowShowers => Kind::Snow,
        kind => kind,
    };
    let name = Name::of(kind, Strength::Plain);
    let mut word = String::from(short_name(name, reader.language));
    push_chance(&mut word, spell.chance);
    Some(word)
}

fn push_chance(word: &mut String, percent: Option<u8>) {
    if let Some(percent) = percent.map(measure::chance).filter(|percent| *percent < 80) {
        let _ = write!(word, " {percent}%");
    }
}
