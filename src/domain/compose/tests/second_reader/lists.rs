//! Reading days and hours in a row.

use jiff::civil::{Date, Weekday};

use super::clauses::{check_kind, check_lead};
use super::skies::{check_sky, cloud, told_cover};
use super::truth::{Truth, is_murk, may_be_wet, tells_murk};
use super::words::{self, number_before, weekday};
use super::{Complaint, expect};
use crate::domain::forecast::Hour;

pub(super) fn check_week(sentences: &[&str], truth: &Truth<'_>) -> Result<(), Complaint> {
    let mut day: Option<Date> = None;
    for item in sentences.first().ok_or("no list")?.split("; ") {
        let Some((name, rest)) = item
            .split_once(' ')
            .filter(|(name, _)| weekday(name).is_some())
        else {
            return Err(format!("not a day: {item}"));
        };
        let wanted: Weekday = weekday(name).ok_or("not a day")?;
        let mut date = day
            .map_or_else(|| Ok(truth.next(wanted)), |before| before.tomorrow())
            .map_err(|e| e.to_string())?;
        while date.weekday() != wanted {
            date = date.tomorrow().map_err(|e| e.to_string())?;
        }
        day = Some(date);
        let span = truth.rest_of(date);
        let figures = rest
            .split(' ')
            .next()
            .unwrap_or("")
            .trim_end_matches(truth.unit());
        let (high, low) = figures.split_once('/').unwrap_or((figures, ""));
        if let Ok(high) = high.parse::<i32>() {
            expect(
                truth.warmest(&span) == Some(high),
                item,
                &truth.warmest(&span),
            )?;
        }
        if let Ok(low) = low.parse::<i32>() {
            expect(
                truth.coldest(&span) == Some(low),
                item,
                &truth.coldest(&span),
            )?;
        }
        if let Some(percent) = number_before(item, "%") {
            expect(
                truth.chances(&span).any(|p| p == percent),
                item,
                &"no such chance",
            )?;
        }
        let word = rest.split_once(' ').map_or("", |(_, word)| word);
        let word = if high.parse::<i32>().is_ok() {
            word
        } else {
            rest
        };
        if !word.is_empty() {
            match word.strip_suffix(" later") {
                Some(sky) => check_sky(&format!("then {sky}"), word, &span, truth)?,
                None => check_lead(word, &span, truth)?,
            }
        }
    }
    Ok(())
}

pub(super) fn check_hours(sentences: &[&str], truth: &Truth<'_>) -> Result<(), Complaint> {
    let span = truth.next_hours(12);
    let mut hours = truth.hours(&span).filter(|h| h.span_hours == 1);
    for item in sentences.first().ok_or("no list")?.split(", ") {
        let (at, rest) = item.split_once(' ').ok_or("no hour")?;
        let at = words::hour(&at.to_lowercase()).ok_or_else(|| format!("no hour: {item}"))?;
        let hour = hours
            .find(|h| truth.nearest(h.start) == at % 24)
            .ok_or_else(|| format!("not there: {item}"))?;
        let figure = rest
            .split(' ')
            .next()
            .unwrap_or("")
            .trim_end_matches(truth.unit());
        if let Ok(said) = figure.parse::<i32>() {
            let real = hour.temperature_c.map(|c| truth.degrees(c));
            expect(real == Some(said), item, &real)?;
        }
        if let Some(percent) = number_before(item, "%") {
            let real = hour
                .precipitation_probability
                .map(|p| (i32::from(p) + 5) / 10 * 10);
            expect(real == Some(percent), item, &real)?;
        }
        let word = rest.split_once(' ').map_or("", |(_, word)| word);
        let word = if figure.parse::<i32>().is_ok() {
            word
        } else {
            rest
        };
        check_hour_word(word, hour)?;
    }
    Ok(())
}

/// What an hour of the list looks like; a passing cloud may be left out, but never said wrongly.
fn check_hour_word(word: &str, hour: &Hour) -> Result<(), Complaint> {
    if words::is_wet(word) {
        expect(may_be_wet(hour), word, hour)?;
        return check_kind(word, &[hour]);
    }
    match (told_cover(word), hour.conditions) {
        (Some(told), Some(real)) => expect(
            cloud(real).is_some_and(|real| told.contains(&real)),
            word,
            &real,
        ),
        (None, real) if tells_murk(word) => expect(is_murk(word, real), word, &real),
        (_, real) => expect(word.is_empty(), word, &real),
    }
}
