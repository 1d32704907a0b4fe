//! The clauses of a written forecast but the leading one: each is one fact, whole or left out.

use super::clock::{Before, Dial};
use super::phrases::Phrase;
use super::words::compass;
use crate::domain::compose::Ask;
use crate::domain::compose::measure::{self, WindUnit};
use crate::domain::compose::outlook::{High, Outlook, Peak, When, Wind, hour_before, of_range};
use crate::domain::language::Language;
use crate::domain::subscriber::Units;
use crate::domain::zone::Zone;

/// Who reads it.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    pub(super) zone: &'a Zone,
    pub(super) units: Units,
    pub(super) language: Language,
    pub(super) dial: Dial,
    wind: WindUnit,
}

/// How much the leading clause tells.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Detail {
    /// What and when.
    Brief,
    /// And what comes after.
    After,
    /// And how much.
    Amounts,
    /// And what comes before.
    Whole,
}

impl<'a> Reader<'a> {
    pub(super) fn of(ask: &Ask<'a>) -> Self {
        Self {
            zone: &ask.place.zone,
            units: ask.units,
            language: ask.language,
            dial: Dial::new(ask.language, ask.clock),
            wind: WindUnit::of(ask.units, ask.reader),
        }
    }

    pub(super) fn text(&self, phrase: Phrase) -> &'static str {
        phrase.text(self.language)
    }

    pub(super) fn fill(&self, phrase: Phrase, with: &[(&str, &str)]) -> String {
        phrase.fill(self.language, with)
    }

    pub(super) fn when(&self, when: When) -> String {
        self.dial.when(when)
    }

    /// `high 14C, low 8C tonight`.
    pub(super) fn temperatures(
        &self,
        high: Option<High>,
        low: Option<Peak>,
        tonight: bool,
    ) -> Option<String> {
        let high = high.map(|high| self.high(high));
        let low = low.map(|low| self.low(low.celsius, tonight));
        match (high, low) {
            (Some(high), Some(low)) => Some(format!("{high}, {low}")),
            (high, low) => high.or(low),
        }
    }

    fn high(&self, high: High) -> String {
        match high {
            High::Plain(peak) => self.plain_high(peak.celsius),
            High::Late(peak) => {
                let at = self.dial.after(Before::At, hour_before(peak.at, self.zone));
                let degrees = self.degrees(peak.celsius);
                self.fill(Phrase::HighAt, &[("degrees", &degrees), ("when", &at)])
            }
            High::Falling(top, bottom) => {
                let by = hour_before(bottom.at, self.zone);
                self.fill(
                    Phrase::Falling,
                    &[
                        ("top", &self.degrees(top.celsius)),
                        ("bottom", &self.degrees(bottom.celsius)),
                        ("when", &self.dial.after(Before::By, by)),
                    ],
                )
            }
        }
    }

    /// `high 14C`.
    pub(super) fn plain_high(&self, celsius: f32) -> String {
        self.fill(Phrase::High, &[("degrees", &self.degrees(celsius))])
    }

    /// `low 8C`, `low 8C tonight`.
    pub(super) fn low(&self, celsius: f32, tonight: bool) -> String {
        let phrase = match tonight {
            true => Phrase::LowTonight,
            false => Phrase::Low,
        };
        self.fill(phrase, &[("degrees", &self.degrees(celsius))])
    }

    /// `feels as cold as -22C`.
    pub(super) fn feels(&self, outlook: &Outlook) -> Option<String> {
        let (phrase, celsius) = match (outlook.feels_hot, outlook.feels_cold) {
            (Some(hot), _) => (Phrase::FeelsHot, hot),
            (None, Some(cold)) => (Phrase::FeelsCold, cold),
            (None, None) => return None,
        };
        Some(self.fill(phrase, &[("degrees", &self.degrees(celsius))]))
    }

    /// `SW wind 25km/h, gusts 45`, `SW wind 40km/h, gusts 80 (2-9pm)`, or `strong wind 2-9pm: W 60km/h, gusts 100`.
    pub(super) fn wind(&self, outlook: &Outlook) -> Option<String> {
        let wind = outlook.wind?;
        let figures = self.wind_figures(wind)?;
        let Some(strong) = wind.strong else {
            return Some(figures);
        };
        let when = of_range(strong, wind.coarse, &outlook.stretch, self.zone);
        let when = self.when(when);
        if !wind.storm {
            return Some(format!("{figures} ({when})"));
        }
        let with = [("when", when.as_str()), ("wind", &figures)];
        Some(self.fill(Phrase::StrongWind, &with))
    }

    fn wind_figures(&self, wind: Wind) -> Option<String> {
        let from = wind.from_deg.map(|degrees| compass(degrees, self.language));
        let mean = wind.mean_kmh.map(|mean| self.wind.round(mean));
        let gusts = wind.gusts_kmh.map(|gusts| self.wind.round(gusts));
        let Some(mean) = mean else {
            let gusts = self.speed(gusts?);
            return Some(match from {
                Some(from) => self.fill(Phrase::GustsToFrom, &[("from", from), ("gusts", &gusts)]),
                None => self.fill(Phrase::GustsTo, &[("gusts", &gusts)]),
            });
        };
        let speed = self.speed(mean);
        let words = match (from, wind.storm) {
            (Some(from), false) => {
                self.fill(Phrase::WindFrom, &[("from", from), ("speed", &speed)])
            }
            (None, false) => self.fill(Phrase::Wind, &[("speed", &speed)]),
            (Some(from), true) => format!("{from} {speed}"),
            (None, true) => speed,
        };
        Some(match gusts.filter(|gusts| *gusts > mean) {
            Some(gusts) => self.fill(
                Phrase::Gusts,
                &[("wind", &words), ("gusts", &gusts.to_string())],
            ),
            None => words,
        })
    }

    /// `25km/h`.
    fn speed(&self, speed: i32) -> String {
        let unit = match self.wind {
            WindUnit::KilometresAnHour => Phrase::Kmh,
            WindUnit::MilesAnHour => Phrase::Mph,
            WindUnit::MetresASecond => Phrase::Ms,
        };
        self.fill(unit, &[("speed", &speed.to_string())])
    }

    /// `UV 9`.
    pub(super) fn uv(&self, outlook: &Outlook) -> Option<String> {
        let index = outlook.uv?.round() as u8;
        let phrase = match index {
            11.. => Phrase::UvExtreme,
            _ => Phrase::Uv,
        };
        Some(self.fill(phrase, &[("index", &index.to_string())]))
    }

    /// `8C colder than yesterday`, where that is striking; the other way where it is tomorrow that is told.
    pub(super) fn against(&self, day: f32, before: f32, is_today: bool) -> Option<String> {
        let change = measure::striking(day, before, self.units)?;
        let phrase = match (change > 0, is_today) {
            (true, true) => Phrase::WarmerThanYesterday,
            (false, true) => Phrase::ColderThanYesterday,
            (true, false) => Phrase::WarmerThanToday,
            (false, false) => Phrase::ColderThanToday,
        };
        let degrees = format!("{}{}", change.abs(), self.degree());
        Some(self.fill(phrase, &[("degrees", &degrees)]))
    }

    /// `14C`.
    pub(super) fn degrees(&self, celsius: f32) -> String {
        format!("{}{}", measure::degrees(celsius, self.units), self.degree())
    }

    /// The sign of a degree, which GSM-7 has none for.
    pub(super) const fn degree(&self) -> char {
        match self.units {
            Units::Metric => 'C',
            Units::Imperial => 'F',
        }
    }
}
