//! A second reader, written apart from the composer: it reads a finished text and compares every figure and hour in it
//! with the series. It knows English, phrase books of the other languages and the data, nothing of how the text was made.

mod clauses;
pub(crate) mod heard;
mod heard_numbers;
mod lexicon;
mod lists;
mod skies;
mod truth;
mod words;

use jiff::civil::Date;

use crate::domain::compose::Ask;
use crate::domain::forecast::{Forecast, Hour, Window};
use clauses::{check_lead, split_sentences};
use truth::{Span, Truth};
use words::{number_before, weekday};

/// What a reading complains of.
type Complaint = String;

/// Reads a text against its data.
pub(crate) fn check(text: &str, forecast: &Forecast, ask: &Ask<'_>) -> Result<(), Complaint> {
    let truth = Truth::new(forecast, ask);
    let english = lexicon::english(text, ask.language)?;
    let read = read(&english, forecast, ask, &truth);
    read.map_err(|complaint| format!("{english}\n{complaint}"))
}

fn read(
    text: &str,
    forecast: &Forecast,
    ask: &Ask<'_>,
    truth: &Truth<'_>,
) -> Result<(), Complaint> {
    let (head, body) = text.split_once(": ").ok_or("no head")?;
    let sentences = split_sentences(body);
    let told_age = sentences.iter().any(|s| s.starts_with("Forecast from"));
    for age in sentences
        .iter()
        .filter_map(|s| s.strip_prefix("Forecast from "))
    {
        let said = age.split(' ').next().and_then(words::hour);
        let real = truth.local(forecast.issued_at);
        expect(said.map(|hour| hour % 24) == Some(real), age, &real)?;
    }
    let old = ask.now.as_second() - forecast.issued_at.as_second() > 3 * 3600;
    if told_age != old {
        return Err(format!("old is {old}, told is {told_age}"));
    }
    let sentences: Vec<&str> = sentences
        .into_iter()
        .filter(|s| !s.starts_with("Forecast from"))
        .collect();
    match ask.window {
        Window::Week => lists::check_week(&sentences, truth),
        Window::Hours => lists::check_hours(&sentences, truth),
        Window::Weekend if !head.ends_with("Sat") && !head.ends_with("Sun") => {
            check_days(&sentences, truth)
        }
        _ => check_story(head, &sentences, truth),
    }
}

fn check_story(head: &str, sentences: &[&str], truth: &Truth<'_>) -> Result<(), Complaint> {
    let (span, day) = truth.span_of(head)?;
    let mut wet = false;
    for sentence in sentences {
        let plain = sentence.to_lowercase();
        if let Some((name, rest)) = sentence
            .split_once(": ")
            .filter(|(name, _)| weekday(name).is_some())
        {
            check_next(rest, truth.after(name, day, &span)?, truth)?;
        } else if plain.starts_with("high ")
            || plain.starts_with("low ")
            || plain.contains(" early, falling to ")
        {
            check_temperatures(&plain, head, &span, day, truth)?;
        } else if plain.starts_with("feels as ") {
            let felt = number_before(&plain, truth.unit()).ok_or("no felt temperature")?;
            let all = truth
                .known(&span, |h| h.feels_like_c)
                .map(|c| truth.degrees(c));
            let most = if plain.contains(" hot ") {
                all.max()
            } else {
                all.min()
            };
            expect(most == Some(felt), sentence, &most)?;
        } else if plain.starts_with("strong wind")
            || plain.contains(" wind ")
            || plain.contains("gusts to ")
            || plain.starts_with("wind ")
        {
            check_wind(&plain, &span, truth)?;
        } else if let Some(index) = plain.strip_prefix("uv ") {
            let most = truth
                .known(&span, |h| h.uv_index)
                .fold(0.0, f32::max)
                .round() as i32;
            expect(
                index.split(',').next() == Some(&most.to_string()),
                sentence,
                &most,
            )?;
            expect(index.contains("extreme") == (most >= 11), sentence, &most)?;
        } else if plain.contains("er than ") {
            check_against(&plain, day, truth)?;
        } else if head.ends_with("now") && !wet && number_before(&plain, truth.unit()).is_some() {
            wet |= words::is_wet(&plain);
            let now = truth
                .running()
                .and_then(|h| h.temperature_c)
                .map(|c| truth.degrees(c));
            expect(now == number_before(&plain, truth.unit()), sentence, &now)?;
        } else if head.ends_with("now") && sentence == &sentences[0] && truth.looks(&plain) {
            // The hour that runs, of which no temperature is known.
        } else if plain.starts_with("dry for the next") {
            expect(truth.dry(&span), sentence, &"wet hours")?;
        } else {
            check_lead(&plain, &span, truth)?;
            wet |= words::is_wet(&plain);
        }
    }
    let surely = truth.hours(&span).find(|h| {
        h.span_hours == 1
            && h.precipitation_probability >= Some(70)
            && h.precipitation_mm >= Some(0.5)
    });
    expect(
        wet || surely.is_none(),
        &sentences.join(". "),
        &surely.map(|h| h.start),
    )
}

fn check_temperatures(
    plain: &str,
    head: &str,
    span: &Span,
    day: Date,
    truth: &Truth<'_>,
) -> Result<(), Complaint> {
    let unit = truth.unit();
    for clause in plain.split(", ") {
        let said = number_before(clause, unit);
        if clause.starts_with("high ") {
            let most = truth.warmest(&truth.rest_of(day));
            expect(most == said, clause, &most)?;
        } else if clause.starts_with("low ") {
            let night = clause.ends_with("tonight") || head.ends_with("tonight");
            let least = if night {
                truth.coldest(&truth.night(head))
            } else {
                truth.coldest(span)
            };
            expect(least == said, clause, &least)?;
        } else if clause.ends_with(" early") {
            let most = truth.warmest(&truth.rest_of(day));
            expect(most == said, clause, &most)?;
        } else if clause.starts_with("falling to ") {
            let by = clause.rsplit(' ').next().and_then(words::hour);
            let at = truth
                .hours(span)
                .filter(|h| Some(truth.local(h.start)) == by.map(|by| by % 24));
            let known: Vec<i32> = at
                .filter_map(|h| h.temperature_c)
                .map(|c| truth.degrees(c))
                .collect();
            expect(
                said.is_some_and(|said| known.contains(&said)),
                clause,
                &known,
            )?;
        } else {
            return Err(format!("unread: {clause}"));
        }
    }
    Ok(())
}

fn check_wind(plain: &str, span: &Span, truth: &Truth<'_>) -> Result<(), Complaint> {
    let unit = truth.speed_unit();
    let mean = truth
        .known(span, |h| h.wind_kmh)
        .map(|v| truth.speed(v))
        .max();
    let gusts = truth
        .known(span, |h| h.gusts_kmh)
        .map(|v| truth.speed(v))
        .max();
    let said_gusts = plain.split_once("gusts ").and_then(|(_, rest)| {
        let figure = rest.trim_start_matches("to ").split(' ').next()?;
        figure.trim_end_matches(unit).parse::<i32>().ok()
    });
    let figures = plain
        .split_once("gusts")
        .map_or(plain, |(before, _)| before);
    if let Some(said) = number_before(figures, unit) {
        expect(mean == Some(said), plain, &mean)?;
    }
    if let Some(said) = said_gusts {
        expect(gusts == Some(said), plain, &gusts)?;
    }
    expect(
        said_gusts.is_some() || number_before(figures, unit).is_some(),
        plain,
        &"no figure",
    )?;
    if plain.starts_with("strong wind") || plain.contains('(') {
        check_strong(plain, span, truth)?;
    }
    let said = plain.split(' ').find_map(words::compass);
    let real = truth.directions_at_the_windiest(span);
    expect(said.is_none_or(|said| real.contains(&said)), plain, &real)
}

/// It blows hard in some of the hours of a strong wind, and nearly so in the first and the last of them; in no hour outside.
fn check_strong(plain: &str, span: &Span, truth: &Truth<'_>) -> Result<(), Complaint> {
    let blows = |h: &&Hour, share: f32| {
        h.gusts_kmh >= Some(75.0 * share) || h.wind_kmh >= Some(60.0 * share)
    };
    if truth.hours(span).any(|h| h.span_hours > 1) || truth.clocks_change(span) {
        return Ok(());
    }
    // `2-9pm: W 60km/h`, and in speech `2-9pm, W 60km/h`.
    let when = plain
        .split([' '])
        .map(|word| word.trim_matches([':', ',', '(', ')']));
    let when = when.collect::<Vec<_>>().join(" ");
    let hours: Vec<&Hour> = match clauses::named_hours(&when).first() {
        Some(named) => clauses::hours_of(*named, span, truth).collect(),
        None => truth.hours(span).collect(),
    };
    // In zones of half hours an hour reaches over the full one.
    let (first, last) = (hours.first(), hours.iter().rev().take(2));
    let edges: Vec<&&Hour> = first.into_iter().chain(last.clone()).collect();
    let nearly = |h: &&Hour| blows(h, 0.84);
    let named = first.is_some_and(nearly) && last.into_iter().any(nearly);
    let strong = hours.iter().filter(|h| blows(h, 1.0)).count();
    expect(named && strong > 0, plain, &edges)?;
    let all = truth.hours(span).filter(|h| blows(h, 1.0)).count();
    expect(strong == all, plain, &(strong, all))
}

fn check_against(plain: &str, day: Date, truth: &Truth<'_>) -> Result<(), Complaint> {
    let said = number_before(plain, truth.unit()).ok_or("no difference")?;
    let said = if plain.contains("warmer") {
        said
    } else {
        -said
    };
    let today = truth.warmest(&truth.rest_of(day)).ok_or("no high")?;
    let before = truth
        .warmest(&truth.daytime(day.yesterday().map_err(|e| e.to_string())?))
        .ok_or("no high before")?;
    expect(today - before == said, plain, &(today, before))
}

fn check_next(rest: &str, span: Span, truth: &Truth<'_>) -> Result<(), Complaint> {
    let (lead, high) = match rest.rsplit_once(", ") {
        Some((lead, last)) if number_before(last, truth.unit()).is_some() => {
            (lead, number_before(last, truth.unit()))
        }
        _ if number_before(rest, truth.unit()).is_some() && !words::is_wet(rest) => {
            ("", number_before(rest, truth.unit()))
        }
        _ => (rest, None),
    };
    if let Some(high) = high {
        let most = truth.warmest(&span);
        expect(most == Some(high), rest, &most)?;
    }
    if lead.is_empty() {
        Ok(())
    } else {
        check_lead(lead, &span, truth)
    }
}

fn check_days(sentences: &[&str], truth: &Truth<'_>) -> Result<(), Complaint> {
    for sentence in sentences {
        let plain = sentence.to_lowercase();
        let (name, rest) = sentence.split_once(' ').ok_or("no day")?;
        let span = truth.rest_of(truth.next(weekday(name).ok_or("not a day")?));
        for clause in plain.split(", ") {
            let said = number_before(clause, truth.unit());
            if clause.contains("high ") {
                expect(
                    truth.warmest(&span) == said,
                    sentence,
                    &truth.warmest(&span),
                )?;
            } else if clause.starts_with("low ") {
                let night = clause.ends_with("tonight").then(|| truth.night(""));
                let least = truth.coldest(&night.unwrap_or(span.clone()));
                expect(least == said, sentence, &least)?;
            }
        }
        let end = ["high ", "low "]
            .iter()
            .filter_map(|w| rest.find(w))
            .min()
            .unwrap_or(rest.len());
        let lower = rest.to_lowercase();
        let winds = [", strong wind", " wind ", "gusts to "]
            .iter()
            .filter_map(|w| lower.find(w));
        // A wind clause begins at the comma before it.
        let wind = winds
            .min()
            .map_or(rest.len(), |at| rest[..=at].rfind(',').unwrap_or(at));
        let lead = rest[..end.min(wind)].trim_end_matches([',', ' ']);
        if !lead.is_empty() {
            check_lead(&lead.to_lowercase(), &span, truth)?;
        }
        let wind = lower[wind..].trim_start_matches([',', ' ']);
        if !wind.is_empty() {
            check_wind(wind, &span, truth)?;
        }
    }
    Ok(())
}

fn expect(holds: bool, said: &str, real: &dyn std::fmt::Debug) -> Result<(), Complaint> {
    if holds {
        Ok(())
    } else {
        Err(format!("said \"{said}\", the data say {real:?}"))
    }
}
