//! Whether the weather that a subscription waits for is ahead, and its thresholds in words.

use jiff::Timestamp;

use super::compose::{falls_as_rain, falls_as_snow};
use super::forecast::{Forecast, Hour};
use super::subscriber::Condition;

/// Percent from which rain or snow counts as ahead.
const LIKELY: u8 = 50;
/// Amounts that count where the provider gives no chances.
const RAIN_MM: f32 = 0.2;
const SNOW_CM: f32 = 0.2;
/// Air at two metres; the ground freezes before it.
const FROST_C: f32 = 0.0;
/// 25 and 40 mph, which are 40 and 65 km/h.
const WIND_KMH: f32 = 40.0;
const GUSTS_KMH: f32 = 64.5;
/// 86 F.
const HEAT_C: f32 = 30.0;

/// Whether the condition is met in `[from, to)`. `None` where nothing says yes and too little of the stretch is known to
/// say no.
#[must_use]
pub fn holds(
    condition: Condition,
    forecast: &Forecast,
    from: Timestamp,
    to: Timestamp,
) -> Option<bool> {
    let first = forecast.hours.partition_point(|h| h.end() <= from);
    let mut known_mins = 0;
    for hour in forecast.hours[first..].iter().take_while(|h| h.start < to) {
        match met(condition, hour) {
            Some(true) => return Some(true),
            Some(false) => {
                known_mins += hour
                    .start
                    .max(from)
                    .duration_until(hour.end().min(to))
                    .as_mins()
            }
            None => {}
        }
    }
    let wanted = from.duration_until(to).as_mins();
    (known_mins > 0 && known_mins * 2 >= wanted).then_some(false)
}

/// Whether one hour meets it; `None` where its data do not tell.
fn met(condition: Condition, hour: &Hour) -> Option<bool> {
    match condition {
        Condition::Rain => likely(hour, falls_as_rain(hour), hour.precipitation_mm, RAIN_MM),
        Condition::Snow => likely(hour, falls_as_snow(hour), hour.snowfall_cm, SNOW_CM),
        Condition::Frost => hour.coldest_c().map(|celsius| celsius <= FROST_C),
        Condition::Heat => hour.warmest_c().map(|celsius| celsius >= HEAT_C),
        Condition::Wind => {
            let wind = hour.wind_kmh.map(|kmh| kmh >= WIND_KMH);
            let gusts = hour.gusts_kmh.map(|kmh| kmh >= GUSTS_KMH);
            match (wind, gusts) {
                (Some(true), _) | (_, Some(true)) => Some(true),
                (None, None) => None,
                _ => Some(false),
            }
        }
    }
}

fn likely(hour: &Hour, of_that_kind: bool, amount: Option<f32>, enough: f32) -> Option<bool> {
    match (hour.precipitation_probability, amount) {
        (Some(chance), _) => Some(of_that_kind && chance >= LIKELY),
        (None, Some(amount)) => Some(of_that_kind && amount >= enough),
        (None, None) => hour.conditions.map(|_| of_that_kind),
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;
    use crate::domain::forecast::Conditions;

    fn day(change: impl Fn(usize, &mut Hour)) -> Forecast {
        let start: Timestamp = "2026-11-22T06:00:00Z".parse().unwrap();
        let hours = (0..24)
            .map(|n| {
                let mut hour = Hour::empty(start + SignedDuration::from_hours(n as i64));
                change(n, &mut hour);
                hour
            })
            .collect();
        Forecast {
            provider: "test",
            issued_at: start,
            hours,
        }
    }

    fn check(condition: Condition, change: impl Fn(usize, &mut Hour)) -> Option<bool> {
        let forecast = day(change);
        let from = forecast.hours[0].start;
        holds(
            condition,
            &forecast,
            from,
            from + SignedDuration::from_hours(18),
        )
    }

    #[test]
    fn rain_and_snow_need_an_even_chance() {
        let wet = |what, chance| {
            move |n: usize, h: &mut Hour| {
                h.precipitation_probability = Some(if n == 9 { chance } else { 0 });
                h.precipitation_mm = Some(if n == 9 { 1.0 } else { 0.0 });
                h.conditions = Some(if n == 9 { what } else { Conditions::Cloudy });
            }
        };
        assert_eq!(
            check(Condition::Rain, wet(Conditions::Showers, 50)),
            Some(true)
        );
        assert_eq!(
            check(Condition::Rain, wet(Conditions::Showers, 40)),
            Some(false)
        );
        assert_eq!(
            check(Condition::Rain, wet(Conditions::Snow, 90)),
            Some(false)
        );
        assert_eq!(
            check(Condition::Snow, wet(Conditions::Snow, 90)),
            Some(true)
        );
        assert_eq!(
            check(Condition::Snow, wet(Conditions::Sleet, 90)),
            Some(true)
        );
        assert_eq!(
            check(Condition::Rain, wet(Conditions::Sleet, 90)),
            Some(true)
        );
        let after =
            |n: usize, h: &mut Hour| h.precipitation_mm = Some(if n >= 18 { 5.0 } else { 0.0 });
        assert_eq!(
            check(Condition::Rain, after),
            Some(false),
            "only after the stretch"
        );
    }

    #[test]
    fn without_chances_amounts_decide_and_without_amounts_conditions() {
        assert_eq!(
            check(Condition::Rain, |_, h| h.precipitation_mm = Some(0.3)),
            Some(true)
        );
        assert_eq!(
            check(Condition::Rain, |_, h| h.precipitation_mm = Some(0.1)),
            Some(false)
        );
        assert_eq!(
            check(Condition::Rain, |_, h| h.conditions =
                Some(Conditions::Rain)),
            Some(true)
        );
        assert_eq!(
            check(Condition::Rain, |_, h| h.conditions =
                Some(Conditions::Clear)),
            Some(false)
        );
    }

    #[test]
    fn frost_heat_and_wind_have_their_thresholds() {
        assert_eq!(
            check(Condition::Frost, |_, h| h.temperature_c = Some(0.0)),
            Some(true)
        );
        assert_eq!(
            check(Condition::Frost, |_, h| h.temperature_c = Some(0.4)),
            Some(false)
        );
        assert_eq!(
            check(Condition::Heat, |_, h| h.temperature_c = Some(30.0)),
            Some(true)
        );
        assert_eq!(
            check(Condition::Heat, |_, h| h.temperature_c = Some(29.9)),
            Some(false)
        );
        assert_eq!(
            check(Condition::Wind, |_, h| h.wind_kmh = Some(41.0)),
            Some(true)
        );
        assert_eq!(
            check(Condition::Wind, |_, h| h.gusts_kmh = Some(70.0)),
            Some(true)
        );
        assert_eq!(
            check(Condition::Wind, |_, h| h.gusts_kmh = Some(50.0)),
            Some(false)
        );
    }

    #[test]
    fn says_no_only_when_it_knows() {
        for condition in Condition::ALL {
            assert_eq!(check(condition, |_, _| ()), None, "{condition:?}");
        }
        let morning = |n: usize, h: &mut Hour| h.temperature_c = (n < 6).then_some(5.0);
        assert_eq!(check(Condition::Frost, morning), None);
        let most = |n: usize, h: &mut Hour| h.temperature_c = (n < 12).then_some(5.0);
        assert_eq!(check(Condition::Frost, most), Some(false));
        let empty = Forecast {
            hours: Vec::new(),
            ..day(|_, _| ())
        };
        let from = empty.issued_at;
        assert_eq!(
            holds(
                Condition::Frost,
                &empty,
                from,
                from + SignedDuration::from_hours(9)
            ),
            None
        );
    }
}
