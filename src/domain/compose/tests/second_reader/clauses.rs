//! Reading a leading clause: every hour, chance and amount of it against the hours it names.

use super::skies::check_sky;
use super::truth::{Span, Truth, is_dry, is_murk, may_be_wet, tells_murk};
use super::words::{hour, is_fair, is_wet, number_before, range};
use super::{Complaint, expect};
use crate::domain::forecast::{Conditions, Hour};

pub(super) fn split_sentences(body: &str) -> Vec<&str> {
    body.trim_end_matches('.').split(". ").collect()
}

/// `rain until 9am and 4-6pm (70%, 9mm), heaviest 4-6pm, then dry`.
pub(super) fn check_lead(lead: &str, span: &Span, truth: &Truth<'_>) -> Result<(), Complaint> {
    let lead = &join_figures(lead);
    let mut last_end: Option<i64> = None;
    for clause in join_turns(lead) {
        let clause = clause.as_str();
        let fair_only = is_fair(clause) && !is_wet(clause);
        if clause.starts_with("heaviest ") {
            for named in named_hours(clause) {
                let mm = |hours: Vec<&Hour>| {
                    let known = hours.iter().filter_map(|h| h.precipitation_mm);
                    known.sum::<f32>()
                };
                let most = mm(hours_of(named, span, truth).collect());
                let all = mm(truth.hours(span).collect());
                expect(most >= all * 0.4 && most > 0.0, clause, &(most, all))?;
            }
        } else if clause.starts_with("then ") && fair_only {
            if let Some(end) = last_end {
                let rain: Vec<_> = truth.hours(&(end..span.end)).filter(|h| pours(h)).collect();
                expect(rain.is_empty() || tells_murk(lead), lead, &rain)?;
            }
        } else if is_wet(clause) {
            last_end = Some(check_spell(clause, span, truth)?);
        } else if tells_murk(clause) {
            last_end = Some(check_fog(clause, span, truth)?);
        } else if clause.contains("dry") {
            expect(truth.dry(span), lead, &"not all dry")?;
        } else {
            check_sky(clause, lead, span, truth)?;
        }
    }
    Ok(())
}

/// Clauses, a turn with what turns.
fn join_turns(lead: &str) -> Vec<String> {
    let mut clauses: Vec<String> = Vec::new();
    for clause in lead.split(", ") {
        let goes_on = clause.starts_with("ending by ") || clause.starts_with("turning to ");
        match clauses.last_mut() {
            Some(last) if goes_on => {
                last.push_str(", ");
                last.push_str(clause);
            }
            _ => clauses.push(clause.to_owned()),
        }
    }
    clauses
}

/// The comma in `(70%, 9mm)` is no end of a clause.
fn join_figures(lead: &str) -> String {
    lead.replace("%, ", "% ")
}

/// A wet clause; returns where the last of its hours ends.
fn check_spell(clause: &str, span: &Span, truth: &Truth<'_>) -> Result<i64, Complaint> {
    let turning = clause.contains("turning to ");
    let named = if turning {
        turn_hours(clause)
    } else {
        named_hours(clause)
    };
    let mut all: Vec<&Hour> = Vec::new();
    let coarse = truth.hours(span).any(|h| h.span_hours > 1);
    for range in &named {
        let hours: Vec<&Hour> = hours_of(*range, span, truth).collect();
        let (Some(first), Some(last)) = (hours.first(), hours.last()) else {
            expect(coarse, clause, &"outside the window")?;
            continue;
        };
        // An hour that comes twice has one name: the second may be meant.
        let twice = if truth.clocks_change(span) { 2 } else { 1 };
        let begins = hours.iter().take(twice).any(|h| may_be_wet(h));
        // In zones of half hours an hour reaches over the full one.
        let tail = hours.len().checked_sub(2).map_or(*last, |at| hours[at]);
        expect(
            begins && (may_be_wet(last) || may_be_wet(tail)),
            clause,
            &(first, last),
        )?;
        // What rounds to 20 % is no pause.
        let dry = hours
            .iter()
            .rev()
            .skip(1)
            .find(|h| !may_be_wet(h) && h.precipitation_probability.is_none_or(|p| p < 15));
        expect(
            dry.is_none() || clause.contains("on and off") || turning,
            clause,
            &dry,
        )?;
        all.extend(hours);
    }
    if named.is_empty() {
        all.extend(truth.hours(span));
    }
    if let Some(at) = turning_hour(clause) {
        let hour = hours_of((Some(at % 24), Some(at % 24 + 1)), span, truth).next();
        expect(hour.is_some_and(may_be_wet), clause, &hour)?;
    }
    // A day in a word or two names no hours.
    let bare = named.is_empty() && !clause.contains(" all ") && !clause.contains(" for the ");
    check_chance(clause, &all, coarse, bare)?;
    check_kind(clause, &all)?;
    // An hour that comes twice has one name.
    if !coarse && !truth.clocks_change(span) {
        check_amount(clause, &all, truth)?;
    }
    Ok(all
        .last()
        .map_or(span.end, |h| h.end().as_second())
        .min(span.end))
}

/// What is said to fall does fall in one of the hours, as the data call it or as their amounts and degrees allow.
pub(super) fn check_kind(clause: &str, hours: &[&Hour]) -> Result<(), Complaint> {
    use Conditions::{
        FreezingRain, Hail, HeavyRain, HeavyShowers, HeavySnow, HeavySnowShowers, LightSnow,
        Showers, Sleet, Snow, SnowShowers, StrongThunderstorm, Thunderstorm,
    };
    let called = |wanted: &[Conditions]| {
        let known = |h: &&Hour| h.conditions.is_some_and(|c| wanted.contains(&c));
        hours.iter().any(known)
    };
    // Where the data have no word for it, amounts and the cold decide.
    let silent = |h: &Hour| h.conditions.is_none_or(is_dry);
    let white = |h: &Hour| h.snowfall_cm >= Some(0.1) || h.temperature_c <= Some(0.0);
    let pours = |h: &Hour| h.precipitation_mm >= Some(7.6);
    let some = |of: &dyn Fn(&Hour) -> bool| hours.iter().any(|h| silent(h) && of(h));
    for (word, holds) in [
        ("thunder", called(&[Thunderstorm, StrongThunderstorm, Hail])),
        ("strong thunder", called(&[StrongThunderstorm])),
        ("hail", called(&[Hail])),
        ("freezing rain", called(&[FreezingRain])),
        ("sleet", called(&[Sleet])),
        (
            "snow",
            called(&[
                LightSnow,
                Snow,
                HeavySnow,
                SnowShowers,
                HeavySnowShowers,
                Sleet,
            ]) || some(&white),
        ),
        (
            "heavy",
            called(&[
                HeavyRain,
                HeavyShowers,
                HeavySnow,
                HeavySnowShowers,
                StrongThunderstorm,
            ]) || some(&pours),
        ),
        (
            "showers",
            called(&[
                Conditions::LightShowers,
                Showers,
                HeavyShowers,
                SnowShowers,
                HeavySnowShowers,
            ]),
        ),
    ] {
        let coarse = hours.iter().any(|h| h.span_hours > 1) || hours.is_empty();
        expect(!clause.contains(word) || holds || coarse, clause, &word)?;
    }
    Ok(())
}

/// The chance of the hours that are named: in digits, in words, or as good as certain.
fn check_chance(clause: &str, all: &[&Hour], coarse: bool, bare: bool) -> Result<(), Complaint> {
    let chances = || {
        let wet = all.iter().filter(|h| may_be_wet(h));
        wet.filter_map(|h| h.precipitation_probability)
            .map(|p| (i32::from(p) + 5) / 10 * 10)
    };
    // An hour wet by its amount may have no chance of its own.
    let unknown = all.iter().any(|h| h.precipitation_probability.is_none());
    match number_before(clause, "%") {
        Some(percent) => {
            let most = chances().max();
            let short = all.split_last().and_then(|(_, rest)| {
                rest.iter()
                    .filter_map(|h| h.precipitation_probability)
                    .max()
            });
            let short = short.map(|p| (i32::from(p) + 5) / 10 * 10);
            expect(
                Some(percent) == most
                    || Some(percent) == short
                    || coarse
                    || (bare && chances().any(|p| p == percent)),
                clause,
                &most,
            )?;
        }
        None if clause.contains("slight chance") => {
            expect(coarse || chances().any(|p| p <= 20), clause, &"more")?;
        }
        None if !clause.contains("chance") => {
            let most = chances().max();
            expect(
                coarse || unknown || most.is_none_or(|p| p >= 80),
                clause,
                &most,
            )?;
        }
        None => {}
    }
    Ok(())
}

fn check_amount(clause: &str, hours: &[&Hour], truth: &Truth<'_>) -> Result<(), Complaint> {
    let Some((figure, unit)) = clause.split(['(', ' ', ')']).find_map(|word| {
        ["mm", "cm", "in"].into_iter().find_map(|unit| {
            let figure = word.strip_suffix(unit)?;
            figure
                .starts_with(|c: char| c.is_ascii_digit())
                .then_some((figure, unit))
        })
    }) else {
        return Ok(());
    };
    let (low, high) = figure.split_once('-').unwrap_or((figure, figure));
    let low: f32 = low.parse().map_err(|_| clause)?;
    let high: f32 = high.parse().map_err(|_| clause)?;
    let fits = |real: f32, slack: f32| match clause {
        _ if clause.contains("over ") => real >= low - slack,
        _ if clause.contains("under ") => real <= high + slack,
        _ => (low - slack..=high + slack).contains(&real),
    };
    let sum = |hours: &[&Hour], of: fn(&Hour) -> Option<f32>| {
        hours.iter().filter_map(|h| of(h)).sum::<f32>()
    };
    // Rain in steps of 1 mm, of 5 above 20, or of 0.1 in, of 0.5 above 2; snow by ranges, rounded at their ends.
    let holds = |hours: &[&Hour]| {
        let (rain, snow) = (
            sum(hours, |h| h.precipitation_mm),
            sum(hours, |h| h.snowfall_cm),
        );
        match unit {
            "mm" => fits(rain, if rain < 20.5 { 0.6 } else { 2.6 }),
            "cm" => fits(snow, 0.51),
            _ => {
                fits(snow / 2.54, 0.51) || fits(rain / 25.4, if rain < 50.8 { 0.06 } else { 0.26 })
            }
        }
    };
    let short = &hours[..hours.len().saturating_sub(1)];
    let real = (
        sum(hours, |h| h.precipitation_mm),
        sum(hours, |h| h.snowfall_cm),
        truth.unit(),
    );
    expect(holds(hours) || holds(short), clause, &real)
}

fn check_fog(clause: &str, span: &Span, truth: &Truth<'_>) -> Result<i64, Complaint> {
    let mut end = span.end;
    let coarse = truth.hours(span).any(|h| h.span_hours > 1);
    let some = truth.hours(span).any(|h| is_murk(clause, h.conditions));
    expect(some, clause, &"none of it")?;
    for range in named_hours(clause) {
        let hours: Vec<&Hour> = hours_of(range, span, truth).collect();
        if hours.is_empty() && coarse {
            continue;
        }
        let foggy = |h: &&Hour| is_murk(clause, h.conditions);
        // An hour that comes twice has one name: the second may be meant.
        let first = hours
            .iter()
            .take(if truth.clocks_change(span) { 2 } else { 1 });
        expect(first.clone().any(foggy), clause, &hours)?;
        expect(
            hours.iter().filter(|h| foggy(h)).count() * 2 >= hours.len(),
            clause,
            &hours,
        )?;
        end = hours.last().map_or(span.end, |h| h.end().as_second());
    }
    Ok(end)
}

/// Rain that "dry" would deny.
fn pours(hour: &Hour) -> bool {
    hour.precipitation_probability.is_some_and(|p| p >= 20)
        || hour.precipitation_mm.is_some_and(|mm| mm >= 0.1)
        || hour.conditions.is_some_and(|c| !is_dry(c))
            && hour.precipitation_mm.is_none_or(|mm| mm > 0.0)
}

/// From hour to hour; `None` is the window's edge.
pub(super) type Named = (Option<i32>, Option<i32>);

pub(super) fn named_hours(clause: &str) -> Vec<Named> {
    let words: Vec<&str> = clause.split([' ', '(']).collect();
    let mut named = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let before = at.checked_sub(1).map_or("", |at| words[at]);
        if let Some((first, last)) = range(word) {
            named.push((Some(first), Some(last)));
        } else if let Some(hour) = hour(word) {
            named.push(match before {
                "until" => (None, Some(hour)),
                "from" => (Some(hour % 24), None),
                _ => (Some(hour % 24), Some(hour % 24 + 1)),
            });
        }
    }
    named
}

/// When it turns.
fn turning_hour(clause: &str) -> Option<i32> {
    let (_, turned) = clause.split_once("turning to ")?;
    let (_, rest) = turned.split_once(" at ")?;
    hour(rest.split([' ', ',']).next()?)
}

/// All of a spell that turns: from its beginning to its end.
fn turn_hours(clause: &str) -> Vec<Named> {
    let after = |word: &str| {
        let (_, rest) = clause.split_once(word)?;
        hour(rest.split([' ', ',']).next()?)
    };
    let (from, to) = (after(" from ").map(|h| h % 24), after("ending by "));
    if from.is_none() && to.is_none() {
        Vec::new()
    } else {
        vec![(from, to)]
    }
}

/// The hours of a span from one local hour to another.
pub(super) fn hours_of<'a>(
    (from, to): Named,
    span: &Span,
    truth: &Truth<'a>,
) -> impl Iterator<Item = &'a Hour> + use<'a> {
    let hours: Vec<&Hour> = truth.hours(span).filter(|h| h.span_hours == 1).collect();
    let first = match from {
        Some(from) => hours.iter().position(|h| truth.local(h.start) == from % 24),
        None => Some(0),
    };
    let base = from.unwrap_or_else(|| truth.local_at(span.start));
    let elapsed = |hour: i32| (hour - base).rem_euclid(24);
    let end = to.map_or(48, |to| {
        if to % 24 == base % 24 {
            24
        } else {
            elapsed(to)
        }
    });
    let chosen: Vec<&Hour> = match first {
        Some(first) => hours[first..]
            .iter()
            .take_while(|h| elapsed(truth.local(h.start)) < end)
            .copied()
            .collect(),
        None => Vec::new(),
    };
    chosen.into_iter()
}
