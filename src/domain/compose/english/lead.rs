//! The leading clause: what changes and when.

use std::fmt::Write;

use super::clock::{push_hour, push_when};
use super::words::{amount, cover, push_name};
use super::written::{Detail, Reader};
use crate::domain::compose::measure;
use crate::domain::compose::outlook::{
    Cover, Name, Outlook, Sky, Spell, Strength, When, hour_before, of_fog, of_range, of_spell,
};

impl Reader<'_> {
    /// What changes and when: `rain 2-6pm (70%, 9mm), then dry`. Empty where the data say nothing of it.
    pub(super) fn lead(&self, outlook: &Outlook, detail: Detail) -> String {
        let mut out = String::with_capacity(72);
        let amounts = detail >= Detail::Amounts;
        match outlook.spells.spells.as_slice() {
            [] => {
                self.push_dry(&mut out, outlook, detail);
                return out;
            }
            [first, rest @ ..] => {
                if detail == Detail::Whole {
                    push_before(&mut out, first, outlook);
                }
                let again = rest.first().filter(|second| alike(first, second));
                self.push_spell(&mut out, first, again, outlook, amounts);
                let peak = first
                    .peak
                    .filter(|_| detail == Detail::Whole && rest.is_empty());
                if let Some(peak) = peak {
                    out.push_str(", heaviest ");
                    push_when(
                        &mut out,
                        of_range(peak, false, &outlook.stretch, self.zone),
                        self.clock,
                    );
                }
                for spell in rest.iter().filter(|_| again.is_none()) {
                    out.push_str(", ");
                    self.push_spell(&mut out, spell, None, outlook, amounts);
                }
            }
        }
        let ended = outlook
            .spells
            .spells
            .iter()
            .all(|spell| spell.turn.is_none());
        if detail >= Detail::After && outlook.dry_after && ended {
            out.push_str(", then ");
            out.push_str(after(outlook.sky_after));
        }
        out
    }

    /// One spell, or two of one name.
    fn push_spell(
        &self,
        out: &mut String,
        spell: &Spell,
        again: Option<&Spell>,
        outlook: &Outlook,
        amounts: bool,
    ) {
        let chance = chance_of(spell, again);
        match chance {
            Some(..=20) => out.push_str("slight chance of "),
            Some(percent @ 30..=50) => {
                let _ = write!(out, "{percent}% chance of ");
            }
            _ => {}
        }
        push_name(out, name_of(spell, chance));
        match spell.turn {
            Some((name, at)) => {
                self.push_turn(out, spell, name, hour_before(at, self.zone), outlook)
            }
            None => {
                out.push_str(if spell.on_and_off && again.is_none() {
                    " on and off "
                } else {
                    " "
                });
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
            }
        }
        self.push_figures(
            out,
            chance,
            amount(spell, again, self.units).filter(|_| amounts),
        );
    }

    /// `rain from 9am, turning to snow at 3pm, ending by 8pm`.
    fn push_turn(&self, out: &mut String, spell: &Spell, name: Name, at: u8, outlook: &Outlook) {
        if !spell.opens && !spell.coarse {
            out.push_str(" from ");
            push_hour(out, hour_before(spell.from, self.zone), self.clock);
        }
        out.push_str(", turning to ");
        push_name(out, name);
        if spell.coarse {
            return;
        }
        out.push_str(" at ");
        push_hour(out, at, self.clock);
        if let When::Until(hour) | When::Between(_, hour) =
            of_spell(spell, &outlook.stretch, self.zone)
        {
            out.push_str(", ending by ");
            push_hour(out, hour, self.clock);
        }
    }

    /// ` (70%, 9mm)`: a chance that is not in words already, an amount where the chance is good.
    fn push_figures(&self, out: &mut String, chance: Option<u8>, amount: Option<String>) {
        let percent = chance.filter(|percent| (60..=70).contains(percent));
        let amount = amount.filter(|_| chance.is_none_or(|percent| percent >= 60));
        let _ = match (percent, amount) {
            (Some(percent), Some(amount)) => write!(out, " ({percent}%, {amount})"),
            (Some(percent), None) => write!(out, " ({percent}%)"),
            (None, Some(amount)) => write!(out, " ({amount})"),
            (None, None) => Ok(()),
        };
    }

    /// A stretch without spells: fog, sun and cloud, and that it is dry where that is known and not plain from the sky.
    fn push_dry(&self, out: &mut String, outlook: &Outlook, detail: Detail) {
        if outlook.fog.is_some() {
            self.push_fog(out, outlook);
            return;
        }
        let Some(sky) = outlook.sky else {
            out.push_str(if outlook.dry { "dry" } else { "" });
            return;
        };
        out.push_str(match (sky.cover, sky.turn) {
            (Cover::Cloudy, None) if outlook.dry => "cloudy but dry",
            (Cover::Mixed, None) if outlook.dry && sky.by_day && detail >= Detail::Amounts => {
                "dry, sun and clouds"
            }
            _ => cover(sky.cover, sky.by_day),
        });
        if let Some((second, at)) = sky.turn {
            out.push_str(" until ");
            push_hour(out, hour_before(at, self.zone), self.clock);
            let _ = write!(out, ", then {}", cover(second, sky.by_day));
        }
    }

    fn push_fog(&self, out: &mut String, outlook: &Outlook) {
        let Some(fog) = outlook.fog else { return };
        let when = of_fog(&fog, &outlook.stretch, self.zone);
        out.push_str(if fog.freezing {
            "freezing fog "
        } else {
            "fog "
        });
        push_when(out, when, self.clock);
        if let Some(sky) = outlook
            .sky_after_fog
            .filter(|_| outlook.spells.spells.is_empty())
        {
            let _ = write!(out, ", then {}", cover(sky.cover, sky.by_day));
        }
    }

    /// `fog until 9am`, for a stretch that has spells too.
    pub(super) fn fog_besides(&self, outlook: &Outlook) -> Option<String> {
        let mut out = String::new();
        if !outlook.spells.spells.is_empty() {
            self.push_fog(&mut out, outlook);
        }
        (!out.is_empty()).then_some(out)
    }
}

/// `sunny, then `: a fair sky for hours before the first spell.
fn push_before(out: &mut String, first: &Spell, outlook: &Outlook) {
    let before = outlook.sky_before.filter(|_| !first.opens);
    let Some(sky) = before.filter(|sky| sky.turn.is_none() && sky.cover <= Cover::MostlyClear)
    else {
        return;
    };
    let a = if chance_of(first, None).is_some_and(|percent| percent <= 50) {
        "a "
    } else {
        ""
    };
    let _ = write!(out, "{}, then {a}", cover(sky.cover, sky.by_day));
}

/// The chance in tens.
pub(super) fn chance_of(spell: &Spell, again: Option<&Spell>) -> Option<u8> {
    let of = |spell: &Spell| spell.chance.map(measure::chance);
    again.map_or_else(|| of(spell), |again| of(spell).max(of(again)))
}

/// What may fall or not is not called light.
pub(super) fn name_of(spell: &Spell, chance: Option<u8>) -> Name {
    let mut name = spell.first;
    if chance.is_some_and(|percent| percent <= 50) {
        name.strength = name.strength.max(Strength::Plain);
    }
    name
}

/// Whether two spells can share one name: "showers 9-11am and 4-6pm".
fn alike(a: &Spell, b: &Spell) -> bool {
    let likely = |s: &Spell| chance_of(s, None).map(|percent| percent >= 60);
    let simple = |s: &Spell| s.turn.is_none() && !s.on_and_off;
    a.first == b.first && simple(a) && simple(b) && likely(a) == likely(b)
}

/// What follows the last spell, known to be dry.
pub(super) fn after(sky: Option<Sky>) -> &'static str {
    match sky {
        Some(Sky {
            cover: fair,
            turn: None,
            by_day,
        }) if fair <= Cover::MostlyClear => cover(fair, by_day),
        _ => "dry",
    }
}
