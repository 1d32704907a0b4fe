//! Reading words for the sky: against the mean of the clouds of the hours that they are said of.

use std::ops::RangeInclusive;

use super::truth::{Span, Truth};
use super::words::hour;
use super::{Complaint, expect};
use crate::domain::forecast::{Conditions, Hour};

/// Sky words agree with the sky of the hours they are said of: with its mean by day or over all of them.
pub(super) fn check_sky(
    clause: &str,
    lead: &str,
    span: &Span,
    truth: &Truth<'_>,
) -> Result<(), Complaint> {
    let told = told_cover(clause).ok_or_else(|| format!("unread: {clause}"))?;
    let hours: Vec<&Hour> = truth.hours(span).collect();
    // `sunny until 10am, then cloudy`: each of its own part; before and after a spell, of any part.
    let parts: Vec<&[&Hour]> = match (clause.split_once(" until "), lead.contains(" until ")) {
        (Some((_, at)), _) => {
            let at = hour(at).ok_or_else(|| format!("no hour: {clause}"))?;
            let turn = hours.iter().position(|h| truth.local(h.start) == at % 24);
            vec![&hours[..turn.unwrap_or(hours.len())]]
        }
        (None, true) if clause.starts_with("then ") && told_cover(lead).is_some() => {
            let (_, at) = lead.split_once(" until ").unwrap_or_default();
            let at = hour(at.split([',', ' ']).next().unwrap_or(at)).unwrap_or(0);
            let turn = hours.iter().position(|h| truth.local(h.start) == at % 24);
            vec![&hours[turn.unwrap_or(0)..]]
        }
        _ if clause.starts_with("then ") || lead.contains(", then ") || lead.contains("later") => {
            let halves = (0..hours.len()).flat_map(|at| [&hours[..at], &hours[at..]]);
            halves.filter(|part| !part.is_empty()).collect()
        }
        _ => vec![&hours],
    };
    let holds = parts.iter().any(|part| is_sky(&told, part, truth));
    let known: Vec<Option<Conditions>> = hours.iter().map(|h| h.conditions).collect();
    expect(holds || parts.is_empty(), lead, &known)?;
    let lit = |h: &Hour| (5..23).contains(&truth.local(h.start));
    let dark = truth.latitude().abs() < 55.0 && !truth.hours(span).any(lit);
    expect(!(dark && clause.contains("sun")), lead, &"at night")
}

/// How much cloud a word means, of three.
pub(super) fn told_cover(words: &str) -> Option<RangeInclusive<f32>> {
    Some(match words {
        w if w.contains("partly sunny") || w.contains("partly cloudy") => 1.3..=2.6,
        w if w.contains("mostly sunny") || w.contains("mostly clear") => 0.4..=1.7,
        w if w.contains("sunny") || w.contains("clear") => 0.0..=0.8,
        w if w.contains("sunshine") => 0.0..=1.7,
        w if w.contains("cloudy") => 2.2..=3.0,
        _ => return None,
    })
}

fn is_sky(told: &RangeInclusive<f32>, hours: &[&Hour], truth: &Truth<'_>) -> bool {
    let mean = |hours: Vec<&&Hour>| {
        let cloud: Vec<f32> = hours
            .iter()
            .filter_map(|h| h.conditions)
            .filter_map(cloud)
            .collect();
        (!cloud.is_empty()).then(|| cloud.iter().sum::<f32>() / cloud.len() as f32)
    };
    let between = |from: i32, to: i32| {
        let within = |h: &&&Hour| {
            let middle = i32::from(h.span_hours.saturating_sub(1)) / 2;
            (from..to).contains(&((truth.local(h.start) + middle) % 24))
        };
        hours.iter().filter(within).collect::<Vec<_>>()
    };
    // Days are of different lengths; of the far north any may be one.
    let days = (3..=9).flat_map(|from| (15..=23).map(move |to| between(from, to)));
    let all = std::iter::once(hours.iter().collect());
    let mut known = all.chain(days).filter_map(mean).peekable();
    known.peek().is_none() || known.any(|mean| told.contains(&mean))
}

/// How much cloud, of three; of what hides the sky nobody knows.
pub(super) const fn cloud(conditions: Conditions) -> Option<f32> {
    Some(match conditions {
        Conditions::Clear => 0.0,
        Conditions::MostlyClear => 1.0,
        Conditions::PartlyCloudy => 2.0,
        Conditions::Smoke | Conditions::Haze | Conditions::Dust => return None,
        _ => 3.0,
    })
}
