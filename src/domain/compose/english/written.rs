//! The clauses of a written forecast but the leading one: each is one fact, whole or left out.

use std::fmt::Write;

use super::clock::{ClockStyle, push_hour, push_when};
use super::words::compass;
use crate::domain::compose::measure;
use crate::domain::compose::outlook::{High, Outlook, Peak, Wind, hour_before, of_range};
use crate::domain::subscriber::Units;
use crate::domain::zone::Zone;

/// Who reads it.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    pub(super) zone: &'a Zone,
    pub(super) units: Units,
    pub(super) clock: ClockStyle,
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

impl Reader<'_> {
    /// `high 14C, low 8C tonight`.
    pub(super) fn temperatures(
        &self,
        high: Option<High>,
        low: Option<Peak>,
        tonight: bool,
    ) -> Option<String> {
        let mut out = String::with_capacity(32);
        match high {
            Some(High::Plain(peak)) => {
                out.push_str("high ");
                self.push_degrees(&mut out, peak.celsius);
            }
            Some(High::Late(peak)) => {
                out.push_str("high ");
                self.push_degrees(&mut out, peak.celsius);
                out.push_str(" at ");
                push_hour(&mut out, hour_before(peak.at, self.zone), self.clock);
            }
            Some(High::Falling(top, bottom)) => {
                self.push_degrees(&mut out, top.celsius);
                out.push_str(" early, falling to ");
                self.push_degrees(&mut out, bottom.celsius);
                out.push_str(" by ");
                push_hour(&mut out, hour_before(bottom.at, self.zone), self.clock);
            }
            None => {}
        }
        if let Some(low) = low {
            out.push_str(if out.is_empty() { "low " } else { ", low " });
            self.push_degrees(&mut out, low.celsius);
            if tonight {
                out.push_str(" tonight");
            }
        }
        (!out.is_empty()).then_some(out)
    }

    /// `feels as cold as -22C`.
    pub(super) fn feels(&self, outlook: &Outlook) -> Option<String> {
        let (words, celsius) = match (outlook.feels_hot, outlook.feels_cold) {
            (Some(hot), _) => ("feels as hot as ", hot),
            (None, Some(cold)) => ("feels as cold as ", cold),
            (None, None) => return None,
        };
        let mut out = String::from(words);
        self.push_degrees(&mut out, celsius);
        Some(out)
    }

    /// `SW wind 25km/h, gusts 45`, or `strong wind 2-9pm: W 60km/h, gusts 100`.
    pub(super) fn wind(&self, outlook: &Outlook) -> Option<String> {
        let wind = outlook.wind?;
        let mut out = String::with_capacity(40);
        if let Some((from, to)) = wind.strong {
            out.push_str("strong wind ");
            let when = of_range((from, to), wind.coarse, &outlook.stretch, self.zone);
            push_when(&mut out, when, self.clock);
            out.push_str(": ");
        }
        self.push_wind(&mut out, wind);
        Some(out)
    }

    fn push_wind(&self, out: &mut String, wind: Wind) {
        let unit = match self.units {
            Units::Metric => "km/h",
            Units::Imperial => "mph",
        };
        if let Some(degrees) = wind.from_deg {
            out.push_str(compass(degrees));
            out.push(' ');
        }
        let mean = wind.mean_kmh.map(|mean| measure::speed(mean, self.units));
        let gusts = wind
            .gusts_kmh
            .map(|gusts| measure::speed(gusts, self.units));
        let named = if wind.strong.is_some() { "" } else { "wind " };
        match (mean, gusts) {
            (Some(mean), Some(gusts)) if gusts > mean => {
                let _ = write!(out, "{named}{mean}{unit}, gusts {gusts}");
            }
            (Some(mean), _) => {
                let _ = write!(out, "{named}{mean}{unit}");
            }
            (None, Some(gusts)) => {
                let _ = write!(out, "gusts to {gusts}{unit}");
            }
            (None, None) => {}
        }
    }

    /// `UV 9`.
    pub(super) fn uv(&self, outlook: &Outlook) -> Option<String> {
        outlook.uv.map(|uv| {
            let index = uv.round() as u8;
            let extreme = if index >= 11 { ", extreme" } else { "" };
            format!("UV {index}{extreme}")
        })
    }

    /// `8C colder than yesterday`, where that is striking.
    pub(super) fn against(&self, today: f32, before: f32, named: &str) -> Option<String> {
        let change = measure::striking(today, before, self.units)?;
        let unit = match self.units {
            Units::Metric => 'C',
            Units::Imperial => 'F',
        };
        let warmer = if change > 0 { "warmer" } else { "colder" };
        Some(format!("{}{unit} {warmer} than {named}", change.abs()))
    }

    /// `14C`.
    pub(super) fn push_degrees(&self, out: &mut String, celsius: f32) {
        let unit = match self.units {
            Units::Metric => 'C',
            Units::Imperial => 'F',
        };
        let _ = write!(out, "{}{unit}", measure::degrees(celsius, self.units));
    }
}
