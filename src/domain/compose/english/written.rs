//! The clauses of a written forecast: each is one fact, whole or left out.

use std::fmt::Write;

use super::clock::{ClockStyle, push_hour, push_when};
use super::words::{compass, cover, push_name, snow_words};
use crate::domain::compose::measure;
use crate::domain::compose::outlook::{
    Cover, Family, High, Name, Outlook, Peak, Sky, Spell, When, Wind, hour_before, of_fog,
    of_range, of_spell,
};
use crate::domain::subscriber::Units;
use crate::domain::zone::Zone;

/// Who reads it.
#[derive(Clone, Copy)]
pub(in crate::domain::compose) struct Reader<'a> {
    pub(in crate::domain::compose) zone: &'a Zone,
    pub(in crate::domain::compose) units: Units,
    pub(in crate::domain::compose) clock: ClockStyle,
}

/// How much the leading clause tells.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::domain::compose) enum Detail {
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
    /// What changes and when: `Rain 2-6pm (70%, 9mm), then dry`. Without a capital and a full stop; empty where the data
    /// say nothing of it.
    pub(in crate::domain::compose) fn lead(&self, outlook: &Outlook, detail: Detail) -> String {
        let mut out = String::with_capacity(64);
        let spells = &outlook.spells.spells;
        match spells.as_slice() {
            [] => self.push_dry(&mut out, outlook),
            [first, rest @ ..] => {
                if detail == Detail::Whole {
                    if let Some(sky) = outlook.sky_before.filter(|_| !first.opens) {
                        if sky.turn.is_none() && sky.cover <= Cover::MostlyClear {
                            out.push_str(cover(sky.cover, sky.by_day));
                            out.push_str(", then ");
                            if article(first) {
                                out.push_str("a ");
                            }
                        }
                    }
                }
                let amounts = detail >= Detail::Amounts;
                match rest {
                    [second] if alike(first, second) => {
                        self.push_spell(&mut out, first, Some(second), outlook, amounts);
                    }
                    _ => {
                        self.push_spell(&mut out, first, None, outlook, amounts);
                        for spell in rest {
                            out.push_str(", ");
                            self.push_spell(&mut out, spell, None, outlook, amounts);
                        }
                    }
                }
                if detail >= Detail::After && outlook.dry_after {
                    out.push_str(", then ");
                    out.push_str(after(outlook.sky_after));
                }
            }
        }
        out
    }

    /// One or two spells of one name.
    fn push_spell(
        &self,
        out: &mut String,
        spell: &Spell,
        again: Option<&Spell>,
        outlook: &Outlook,
        amounts: bool,
    ) {
        let percent = [Some(spell), again]
            .into_iter()
            .flatten()
            .filter_map(|s| s.chance)
            .max();
        let chance = percent.map(measure::chance);
        match chance {
            Some(..=20) => out.push_str("slight chance of "),
            Some(percent @ 30..=50) => {
                let _ = write!(out, "{percent}% chance of ");
            }
            _ => {}
        }
        push_name(out, spell.first);
        if let Some(60..=70) = chance {
            out.push_str(" likely");
        }
        out.push(' ');
        if spell.on_and_off && again.is_none() {
            out.push_str("on and off ");
        }
        push_when(
            out,
            of_spell(spell, &outlook.stretch, self.zone),
            self.clock,
        );
        if let Some(again) = again {
            out.push_str(" and ");
            push_when(
                out,
                of_spell(again, &outlook.stretch, self.zone),
                self.clock,
            );
        }
        if let Some((name, at)) = spell.turn {
            out.push_str(", turning to ");
            push_name(out, name);
            if !spell.coarse {
                out.push_str(" at ");
                push_hour(out, hour_before(at, self.zone), self.clock);
            }
        }
        let likely = chance.is_none_or(|percent| percent >= 60);
        let amount = if amounts && likely {
            self.amount(spell, again)
        } else {
            None
        };
        match (chance.filter(|percent| (60..=70).contains(percent)), amount) {
            (Some(percent), Some(amount)) => {
                let _ = write!(out, " ({percent}%, {amount})");
            }
            (Some(percent), None) => {
                let _ = write!(out, " ({percent}%)");
            }
            (None, Some(amount)) => {
                let _ = write!(out, " ({amount})");
            }
            (None, None) => {}
        }
    }

    /// `9mm`, `0.4in`, `5-10cm`: of snow where there is some, else of rain.
    fn amount(&self, spell: &Spell, again: Option<&Spell>) -> Option<String> {
        let snow_cm = spell.snow_cm + again.map_or(0.0, |s| s.snow_cm);
        let millimetres = spell.millimetres + again.map_or(0.0, |s| s.millimetres);
        let snowy = |name: Name| name.kind.family() == Family::Snow;
        if snowy(spell.first) || spell.turn.is_some_and(|(name, _)| snowy(name)) {
            return Some(snow_words(measure::snow(snow_cm, self.units)?, self.units));
        }
        if snow_cm >= 0.5 {
            return None;
        }
        let rain = measure::rain(millimetres, self.units)?;
        let (whole, tenth) = (rain.tenths / 10, rain.tenths % 10);
        let unit = match rain.units {
            Units::Metric => "mm",
            Units::Imperial => "in",
        };
        Some(if tenth == 0 {
            format!("{whole}{unit}")
        } else {
            format!("{whole}.{tenth}{unit}")
        })
    }

    /// A stretch without spells: fog, sun and cloud, and that it is dry where that is known.
    fn push_dry(&self, out: &mut String, outlook: &Outlook) {
        if let Some(fog) = outlook.fog {
            let when = of_fog(&fog, &outlook.stretch, self.zone);
            out.push_str(if fog.freezing {
                "freezing fog "
            } else {
                "fog "
            });
            push_when(out, when, self.clock);
            if let (When::Until(_), Some(sky)) = (when, outlook.sky) {
                let (later, _) = sky.turn.unwrap_or((sky.cover, fog.to));
                if later != Cover::Cloudy {
                    let _ = write!(out, ", then {}", cover(later, sky.by_day));
                }
            }
            return;
        }
        match outlook.sky {
            Some(sky) => self.push_sky(out, sky, outlook.dry),
            None if outlook.dry => out.push_str("dry"),
            None => {}
        }
    }

    fn push_sky(&self, out: &mut String, sky: Sky, dry: bool) {
        if let Some((second, at)) = sky.turn {
            out.push_str(cover(sky.cover, sky.by_day));
            out.push_str(" until ");
            push_hour(out, hour_before(at, self.zone), self.clock);
            out.push_str(", then ");
            out.push_str(cover(second, sky.by_day));
            return;
        }
        out.push_str(match (sky.cover, dry) {
            (Cover::Cloudy, true) => "cloudy but dry",
            (Cover::Mixed, true) if sky.by_day => "dry, sun and clouds",
            _ => cover(sky.cover, sky.by_day),
        });
    }

    /// `fog until 9am`, for a stretch that has spells too.
    pub(in crate::domain::compose) fn fog_besides(&self, outlook: &Outlook) -> Option<String> {
        let fog = outlook.fog.filter(|_| !outlook.spells.spells.is_empty())?;
        let mut out = String::from(if fog.freezing {
            "freezing fog "
        } else {
            "fog "
        });
        push_when(
            &mut out,
            of_fog(&fog, &outlook.stretch, self.zone),
            self.clock,
        );
        Some(out)
    }

    /// `high 14C, low 8C tonight`.
    pub(in crate::domain::compose) fn temperatures(
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
    pub(in crate::domain::compose) fn feels(&self, outlook: &Outlook) -> Option<String> {
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
    pub(in crate::domain::compose) fn wind(&self, outlook: &Outlook) -> Option<String> {
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
    pub(in crate::domain::compose) fn uv(&self, outlook: &Outlook) -> Option<String> {
        outlook.uv.map(|uv| {
            let index = uv.round() as u8;
            let extreme = if index >= 11 { ", extreme" } else { "" };
            format!("UV {index}{extreme}")
        })
    }

    /// `8C colder than yesterday`, where that is striking.
    pub(in crate::domain::compose) fn against(
        &self,
        today: f32,
        before: f32,
        named: &str,
    ) -> Option<String> {
        let change = measure::degrees(today, self.units) - measure::degrees(before, self.units);
        let (striking, unit) = match self.units {
            Units::Metric => (6, 'C'),
            Units::Imperial => (10, 'F'),
        };
        let warmer = if change > 0 { "warmer" } else { "colder" };
        (change.abs() >= striking).then(|| format!("{}{unit} {warmer} than {named}", change.abs()))
    }

    /// `14C`.
    pub(in crate::domain::compose) fn push_degrees(&self, out: &mut String, celsius: f32) {
        let unit = match self.units {
            Units::Metric => 'C',
            Units::Imperial => 'F',
        };
        let _ = write!(out, "{}{unit}", measure::degrees(celsius, self.units));
    }
}

fn article(spell: &Spell) -> bool {
    spell
        .chance
        .is_some_and(|percent| measure::chance(percent) <= 50)
}

/// Whether two spells can share one name: "Showers 9-11am and 4-6pm".
fn alike(a: &Spell, b: &Spell) -> bool {
    let class = |s: &Spell| s.chance.map(|percent| measure::chance(percent) >= 60);
    a.first == b.first && a.turn.is_none() && b.turn.is_none() && class(a) == class(b)
}

/// What follows the last spell, known to be dry.
fn after(sky: Option<Sky>) -> &'static str {
    match sky {
        Some(Sky {
            cover: fair,
            turn: None,
            by_day,
        }) if fair <= Cover::MostlyClear => cover(fair, by_day),
        _ => "dry",
    }
}
