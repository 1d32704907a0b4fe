//! What the series say, asked in the second reader's own way.

use jiff::civil::{Date, Weekday};
use jiff::{SignedDuration, Timestamp};

use super::skies::{cloud, told_cover};
use super::words;
use crate::domain::compose::Ask;
use crate::domain::forecast::{Conditions, Forecast, Hour};
use crate::domain::subscriber::Units;

/// Seconds since 1970, from and to.
pub(super) type Span = std::ops::Range<i64>;

pub(super) struct Truth<'a> {
    forecast: &'a Forecast,
    ask: &'a Ask<'a>,
    today: Date,
}

impl<'a> Truth<'a> {
    pub(super) fn new(forecast: &'a Forecast, ask: &'a Ask<'a>) -> Self {
        let today = ask.now.to_zoned(ask.place.zone.rules().clone()).date();
        Self {
            forecast,
            ask,
            today,
        }
    }

    fn at(&self, date: Date, hour: i8) -> i64 {
        date.at(hour, 0, 0, 0)
            .to_zoned(self.ask.place.zone.rules().clone())
            .unwrap()
            .timestamp()
            .as_second()
    }

    fn begun(&self) -> i64 {
        self.ask.now.as_second().div_euclid(3600) * 3600
    }

    /// The local hour of the day.
    pub(super) fn local(&self, time: Timestamp) -> i32 {
        time.to_zoned(self.ask.place.zone.rules().clone())
            .hour()
            .into()
    }

    pub(super) fn local_at(&self, second: i64) -> i32 {
        self.local(Timestamp::from_second(second).unwrap())
    }

    pub(super) fn nearest(&self, time: Timestamp) -> i32 {
        self.local(time + SignedDuration::from_mins(30))
    }

    /// What a head such as `Lyon Tue` is about, and the date of it.
    pub(super) fn span_of(&self, head: &str) -> Result<(Span, Date), String> {
        let title = head.rsplit(' ').next().unwrap_or(head);
        match title {
            "now" => Ok((self.next_hours(12), self.today)),
            "tonight" => {
                let night = self.night(head);
                let dawn = self.at(self.evening().tomorrow().unwrap(), 6);
                Ok((night.start..dawn, self.evening()))
            }
            name => {
                let day = words::weekday(name).ok_or_else(|| format!("no title: {head}"))?;
                let date = self.next(day);
                Ok((self.rest_of(date), date))
            }
        }
    }

    /// The date on whose evening the night that is meant begins.
    fn evening(&self) -> Date {
        let small_hours = self.local(self.ask.now) < 6;
        if small_hours {
            self.today.yesterday().unwrap()
        } else {
            self.today
        }
    }

    /// From 18:00, or now, to nine.
    pub(super) fn night(&self, head: &str) -> Span {
        let small_hours = self.local(self.ask.now) < if head.ends_with("tonight") { 6 } else { 4 };
        let evening = if small_hours {
            self.today.yesterday().unwrap()
        } else {
            self.today
        };
        self.at(evening, 18).max(self.begun())..self.at(evening.tomorrow().unwrap(), 9)
    }

    pub(super) fn next_hours(&self, hours: i64) -> Span {
        self.begun()..self.begun() + hours * 3600
    }

    /// A date, or what is left of it.
    pub(super) fn rest_of(&self, date: Date) -> Span {
        let start = self.at(date, 0);
        let end = self.at(date.tomorrow().unwrap(), 0);
        if date == self.today {
            start.max(self.begun())..end
        } else {
            start..end
        }
    }

    pub(super) fn daytime(&self, date: Date) -> Span {
        self.at(date, 9)..self.at(date, 21)
    }

    pub(super) fn next(&self, day: Weekday) -> Date {
        let mut date = self.today;
        while date.weekday() != day {
            date = date.tomorrow().unwrap();
        }
        date
    }

    /// The day named after the one told.
    pub(super) fn after(&self, name: &str, day: Date, told: &Span) -> Result<Span, String> {
        let date = day.tomorrow().map_err(|e| e.to_string())?;
        if words::weekday(name) != Some(date.weekday()) {
            return Err(format!("{name} is not the day after {day}"));
        }
        let span = self.rest_of(date);
        // Where what is told reaches into the day, the rest of it is meant.
        Ok(span.start.max(told.end.min(span.end))..span.end)
    }

    /// Hours that begin in a span; longer stretches by their middle.
    pub(super) fn hours(&self, span: &Span) -> impl Iterator<Item = &'a Hour> + use<'a> {
        let span = span.clone();
        self.forecast.hours.iter().filter(move |h| {
            let middle = if h.span_hours > 1 {
                i64::from(h.span_hours) * 1800
            } else {
                0
            };
            span.contains(&(h.start.as_second() + middle))
        })
    }

    /// A value of every hour that has it; temperatures belong to the instant an hour begins.
    pub(super) fn known(
        &self,
        span: &Span,
        of: impl Fn(&Hour) -> Option<f32>,
    ) -> impl Iterator<Item = f32> {
        self.hours(span)
            .filter_map(of)
            .collect::<Vec<_>>()
            .into_iter()
    }

    /// Those of the instants, and the extremes of long stretches.
    fn temperatures(&self, span: &Span) -> impl Iterator<Item = i32> {
        let in_span = self
            .forecast
            .hours
            .iter()
            .filter(|h| span.contains(&h.start.as_second()));
        in_span
            .flat_map(|h| [h.temperature_c, h.low_c, h.high_c])
            .flatten()
            .map(|c| self.degrees(c))
    }

    pub(super) fn warmest(&self, span: &Span) -> Option<i32> {
        self.temperatures(span).max()
    }

    pub(super) fn coldest(&self, span: &Span) -> Option<i32> {
        self.temperatures(span).min()
    }

    pub(super) fn chances(&self, span: &Span) -> impl Iterator<Item = i32> {
        self.hours(span)
            .filter_map(|h| h.precipitation_probability)
            .map(|p| (i32::from(p) + 5) / 10 * 10)
    }

    pub(super) fn running(&self) -> Option<&'a Hour> {
        self.forecast
            .hours
            .iter()
            .rfind(|h| h.start <= self.ask.now)
    }

    /// Whether a word for the sky is what the hour that runs looks like.
    pub(super) fn looks(&self, words: &str) -> bool {
        let now = self.running().and_then(|h| h.conditions).and_then(cloud);
        told_cover(words)
            .zip(now)
            .is_some_and(|(told, now)| told.contains(&now))
    }

    pub(super) fn clocks_change(&self, span: &Span) -> bool {
        let offset = |second: i64| {
            let time = Timestamp::from_second(second).unwrap();
            time.to_zoned(self.ask.place.zone.rules().clone()).offset()
        };
        offset(span.start) != offset(span.end)
    }

    /// No hour of it may be wet, and all of it is there.
    pub(super) fn dry(&self, span: &Span) -> bool {
        let known: i64 = self
            .hours(span)
            .map(|h| i64::from(h.span_hours) * 3600)
            .sum();
        known >= span.end - span.start && !self.hours(span).any(may_be_wet)
    }

    pub(super) fn degrees(&self, celsius: f32) -> i32 {
        (match self.ask.units {
            Units::Metric => celsius,
            Units::Imperial => celsius * 9.0 / 5.0 + 32.0,
        })
        .round() as i32
    }

    /// Where the wind comes from when it is about as strong as it gets, in eighths.
    pub(super) fn directions_at_the_windiest(&self, span: &Span) -> Vec<i32> {
        let force = |h: &Hour| h.wind_kmh.or(h.gusts_kmh);
        let most = self.hours(span).filter_map(force).fold(0.0, f32::max);
        self.hours(span)
            .filter(|h| force(h).is_some_and(|force| force >= most * 0.85))
            .filter_map(|h| h.wind_from_deg)
            .map(|degrees| (i32::from(degrees) * 2 + 45) / 90 % 8)
            .collect()
    }

    /// To 5 km/h, 5 mph, or 1 m/s.
    pub(super) fn speed(&self, kmh: f32) -> i32 {
        match self.speed_unit() {
            "m/s" => (kmh * 1000.0 / 3600.0).round() as i32,
            "mph" => (kmh / 1.609_344 / 5.0).round() as i32 * 5,
            _ => (kmh / 5.0).round() as i32 * 5,
        }
    }

    pub(super) fn unit(&self) -> &'static str {
        if self.ask.units == Units::Metric {
            "C"
        } else {
            "F"
        }
    }

    pub(super) fn latitude(&self) -> f64 {
        self.ask.place.coordinates.latitude()
    }

    pub(super) fn speed_unit(&self) -> &'static str {
        let nordic = ["NO", "SE", "FI", "DK", "IS", "SJ", "AX", "FO", "GL"];
        let reader = self.ask.reader.map(|country| country.to_string());
        if self.ask.units == Units::Imperial {
            "mph"
        } else if reader.is_some_and(|reader| nordic.contains(&reader.as_str())) {
            "m/s"
        } else {
            "km/h"
        }
    }
}

/// Anything in the data that could wet somebody.
pub(super) fn may_be_wet(hour: &Hour) -> bool {
    hour.precipitation_probability.is_some_and(|p| p >= 20)
        || hour.precipitation_mm.is_some_and(|mm| mm >= 0.1)
        || hour.snowfall_cm.is_some_and(|cm| cm >= 0.1)
        || hour.conditions.is_some_and(|c| !is_dry(c))
}

pub(super) const fn is_dry(conditions: Conditions) -> bool {
    use Conditions::{
        Clear, Cloudy, Dust, Fog, FreezingFog, Haze, MostlyClear, PartlyCloudy, Smoke,
    };
    matches!(
        conditions,
        Clear | MostlyClear | PartlyCloudy | Cloudy | Fog | FreezingFog | Smoke | Haze | Dust
    )
}

/// Whether a word for murk is what the data call it.
pub(super) fn is_murk(words: &str, conditions: Option<Conditions>) -> bool {
    use Conditions::{Dust, Fog, FreezingFog, Haze, Smoke};
    let called: &[Conditions] = match words {
        w if w.contains("fog") => &[Fog, FreezingFog],
        w if w.contains("smoke") => &[Smoke],
        w if w.contains("haze") => &[Haze],
        w if w.contains("dust") => &[Dust],
        _ => &[],
    };
    conditions.is_some_and(|c| called.contains(&c))
}

/// Whether a clause is about murk.
pub(super) fn tells_murk(clause: &str) -> bool {
    let murk = ["fog", "smoke", "haze", "dust"];
    murk.iter().any(|word| clause.contains(word))
}
