//! Whether a text is a cron expression with seconds first: six fields of numbers, names, ranges, lists and steps.

use std::ops::RangeInclusive;

/// `Ok`, or which field is wrong and why.
pub(super) fn check(text: &str) -> Result<(), String> {
    let fields: Vec<_> = text.split_whitespace().collect();
    if fields.len() != FIELDS.len() {
        return Err(format!(
            "has {} fields, not six (second minute hour day month weekday)",
            fields.len()
        ));
    }
    for (field, (name, range, names)) in fields.iter().zip(FIELDS) {
        if !field.split(',').all(|part| is_part(part, range, names)) {
            return Err(format!(
                "its {name} must lie in {}-{}",
                range.start(),
                range.end()
            ));
        }
    }
    Ok(())
}

fn is_part(part: &str, range: &RangeInclusive<u32>, names: &[&str]) -> bool {
    let (span, step) = part
        .split_once('/')
        .map_or((part, None), |(span, step)| (span, Some(step)));
    let step_fits =
        step.is_none_or(|step| digits(step).is_some_and(|n| (1..=*range.end()).contains(&n)));
    let value = |text: &str| {
        let named = names
            .iter()
            .position(|name| name.eq_ignore_ascii_case(text));
        let number = named
            .and_then(|at| u32::try_from(at).ok())
            .map(|at| at + range.start());
        number
            .or_else(|| digits(text))
            .filter(|n| range.contains(n))
    };
    let span_fits = match span.split_once('-') {
        _ if span == "*" => true,
        Some((from, to)) => {
            matches!((value(from), value(to)), (Some(from), Some(to)) if from <= to)
        }
        None => value(span).is_some(),
    };
    step_fits && span_fits
}

fn digits(text: &str) -> Option<u32> {
    let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|_| plain)
}

type Field = (&'static str, RangeInclusive<u32>, &'static [&'static str]);

static FIELDS: &[Field] = &[
    ("second", 0..=59, &[]),
    ("minute", 0..=59, &[]),
    ("hour", 0..=23, &[]),
    ("day of the month", 1..=31, &[]),
    (
        "month",
        1..=12,
        &[
            "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
        ],
    ),
    (
        "weekday",
        0..=7,
        &["sun", "mon", "tue", "wed", "thu", "fri", "sat"],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_cron_from_what_is_none() {
        for good in [
            "0 * * * * *",
            "*/15 0-10,30 5/2 1,15 jan-MAR mon-fri",
            "0 0 7 * * 7",
        ] {
            assert_eq!(check(good), Ok(()), "{good}");
        }
        for (bad, named) in [
            ("* * * * *", "has 5 fields"),
            ("", "has 0 fields"),
            ("60 * * * * *", "second"),
            ("0 5-1 * * * *", "minute"),
            ("0 * 24 * * *", "hour"),
            ("0 * * 0 * *", "day of the month"),
            ("0 * * * smarch *", "month"),
            ("0 * * * * 8", "weekday"),
            ("0 */0 * * * *", "minute"),
            ("0 +5 * * * *", "minute"),
            ("0 , * * * *", "minute"),
        ] {
            assert!(check(bad).unwrap_err().contains(named), "{bad}");
        }
    }
}
