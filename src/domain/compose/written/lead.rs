//! The leading clause: what changes and when.

use std::fmt::Write;

use super::clauses::{Detail, Reader};
use super::clock::Before;
use super::phrases::Phrase;
use super::words::{amount, cover, murk, name};
use crate::domain::compose::measure;
use crate::domain::compose::outlook::{
    Cover, Name, Outlook, Sky, Spell, Strength, When, hour_before, of_fog, of_range, of_spell,
};
use crate::domain::language::Language;

impl Reader<'_> {
    /// What changes and when: `rain 2-6pm (70%, 5-10mm), then dry`. Empty where the data say nothing of it.
    pub(super) fn lead(&self, outlook: &Outlook, detail: Detail) -> String {
        let spells = outlook.spells.spells.as_slice();
        let [first, rest @ ..] = spells else {
            return self.dry(outlook);
        };
        let amounts = detail >= Detail::Amounts;
        let again = rest.first().filter(|second| alike(first, second));
        let mut out = self.spell(first, again, outlook, amounts);
        let peak = first
            .peak
            .filter(|_| detail == Detail::Whole && rest.is_empty());
        if let Some(peak) = peak {
            let when = self.when(of_range(peak, false, &outlook.stretch, self.zone));
            push(&mut out, &self.fill(Phrase::Heaviest, &[("when", &when)]));
        }
        for spell in rest.iter().filter(|_| again.is_none()) {
            push(&mut out, &self.spell(spell, None, outlook, amounts));
        }
        if detail >= Detail::After {
            out = self.with_sky(out, outlook);
        }
        out
    }

    /// `rain 2-6pm, then dry`.
    fn with_sky(&self, mut spells: String, outlook: &Outlook) -> String {
        if let Some(after) = after(outlook) {
            let sky = self.text(match after {
                After::Dry => Phrase::Dry,
                After::Sun => Phrase::Sunshine,
            });
            push(&mut spells, &self.fill(Phrase::Then, &[("sky", sky)]));
        }
        spells
    }

    /// What falls before people get up, with its amount and without.
    pub(super) fn early(&self, outlook: &Outlook) -> [Option<String>; 2] {
        let spell = outlook.spells.early.as_ref();
        [true, false].map(|amounts| Some(self.spell(spell?, None, outlook, amounts)))
    }

    /// One spell, or two of one name.
    fn spell(
        &self,
        spell: &Spell,
        again: Option<&Spell>,
        outlook: &Outlook,
        amounts: bool,
    ) -> String {
        let chance = chance_of(spell, again);
        let what = name(spell.first, self.language);
        let mut out = match spell.turn {
            Some((next, at)) => {
                self.turning(what, spell, next, hour_before(at, self.zone), outlook)
            }
            None => self.lasting(&what, spell, again, outlook),
        };
        if chance.is_some_and(|percent| percent < SMALL) {
            return self.hardly(&out);
        }
        let amount = amount(spell, again, self.units, self.language).filter(|_| amounts);
        push_figures(&mut out, chance, amount);
        out
    }

    /// `slight chance of rain 2-6pm`, where only the amounts say so.
    fn hardly(&self, spell: &str) -> String {
        let words = self.fill(Phrase::SlightChance, &[("spell", spell)]);
        let vowels = ['a', 'e', 'é', 'i', 'o', 'u'];
        match self.language {
            // `risque d'averses`
            Language::French => vowels.into_iter().fold(words, |words, vowel| {
                words.replace(&format!(" de {vowel}"), &format!(" d'{vowel}"))
            }),
            _ => words,
        }
    }

    /// `rain 2-6pm`, `showers on and off all day`, `rain until 9am and 4-6pm`.
    fn lasting(
        &self,
        name: &str,
        spell: &Spell,
        again: Option<&Spell>,
        outlook: &Outlook,
    ) -> String {
        let alone = outlook.spells.spells.len() == 1;
        let when = |spell: &Spell| self.when(of_spell(spell, alone, &outlook.stretch, self.zone));
        let phrase = match spell.on_and_off && again.is_none() {
            true => Phrase::SpellOnAndOff,
            false => Phrase::Spell,
        };
        let when = match again {
            Some(again) => self.fill(
                Phrase::Twice,
                &[("first", &when(spell)), ("second", &when(again))],
            ),
            None => when(spell),
        };
        self.fill(phrase, &[("name", name), ("when", &when)])
    }

    /// `rain from 9am, turning to snow at 3pm, ending by 8pm`.
    fn turning(
        &self,
        first: String,
        spell: &Spell,
        next: Name,
        at: u8,
        outlook: &Outlook,
    ) -> String {
        let next = name(next, self.language);
        let mut out = first;
        if !spell.opens && !spell.coarse {
            let from = hour_before(spell.from, self.zone);
            let from = self.dial.after(Before::From, from);
            out = self.fill(Phrase::Spell, &[("name", &out), ("when", &from)]);
        }
        if spell.coarse {
            return self.fill(Phrase::Turning, &[("spell", &out), ("name", &next)]);
        }
        let at = self.dial.after(Before::Turn, at);
        let with = [("spell", out.as_str()), ("name", &next), ("when", &at)];
        let mut out = self.fill(Phrase::TurningAt, &with);
        let when = of_spell(spell, false, &outlook.stretch, self.zone);
        if let When::Until(hour) | When::Between(_, hour) = when {
            let by = self.dial.after(Before::By, hour);
            out = self.fill(Phrase::Ending, &[("spell", &out), ("when", &by)]);
        }
        out
    }

    /// A stretch without spells: fog, sun and cloud, and that it is dry where that is known and not plain from the sky.
    fn dry(&self, outlook: &Outlook) -> String {
        if let Some(fog) = self.fog(outlook) {
            return fog;
        }
        let Some(sky) = outlook.sky else {
            let dry = outlook.dry.then(|| self.text(Phrase::Dry));
            return dry.unwrap_or_default().to_owned();
        };
        let words = match (sky.cover, sky.turn) {
            (Cover::Cloudy, None) if outlook.dry => self.text(Phrase::CloudyButDry),
            _ => cover(sky.cover, sky.by_day, self.language),
        };
        let Some((second, at)) = sky.turn else {
            return words.to_owned();
        };
        let until = self.dial.after(Before::Until, hour_before(at, self.zone));
        let later = cover(second, sky.by_day, self.language);
        self.fill(
            Phrase::SkyTurn,
            &[("sky", words), ("until", &until), ("later", later)],
        )
    }

    fn fog(&self, outlook: &Outlook) -> Option<String> {
        let fog = outlook.fog?;
        let when = self.when(of_fog(&fog, &outlook.stretch, self.zone));
        let name = murk(fog.murk, self.language);
        let mut out = self.fill(Phrase::FogWhen, &[("fog", name), ("when", &when)]);
        let dry = outlook.spells.spells.is_empty();
        if let Some(sky) = outlook.sky_after_fog.filter(|_| dry) {
            let sky = cover(sky.cover, sky.by_day, self.language);
            push(&mut out, &self.fill(Phrase::Then, &[("sky", sky)]));
        }
        Some(out)
    }

    /// `fog until 9am`, for a stretch that has spells too.
    pub(super) fn fog_besides(&self, outlook: &Outlook) -> Option<String> {
        let wet = !outlook.spells.spells.is_empty();
        self.fog(outlook).filter(|_| wet)
    }
}

fn push(out: &mut String, clause: &str) {
    out.push_str(", ");
    out.push_str(clause);
}

/// ` (70%, 5-10mm)`: how likely it is, where that is not as good as certain, and how much, where it is likely. Beside what falls
/// and not before it: so the sentence stays when the figure moves.
fn push_figures(out: &mut String, chance: Option<u8>, amount: Option<String>) {
    let amount = amount.filter(|_| chance.is_none_or(|percent| percent >= LIKELY));
    let chance = chance.filter(|percent| *percent < SURE);
    let chance = chance.map(|percent| format!("{percent}%"));
    let figures: Vec<String> = chance.into_iter().chain(amount).collect();
    if !figures.is_empty() {
        let _ = write!(out, " ({})", figures.join(", "));
    }
}

/// Percent under which a chance is no figure worth a place.
const SMALL: u8 = 20;

/// Percent from which something is likely.
const LIKELY: u8 = 60;

/// Percent from which it is as good as certain.
const SURE: u8 = 80;

/// The chance in tens.
pub(in crate::domain::compose) fn chance_of(spell: &Spell, again: Option<&Spell>) -> Option<u8> {
    let of = |spell: &Spell| spell.chance.map(measure::chance);
    again.map_or_else(|| of(spell), |again| of(spell).max(of(again)))
}

/// In a word or two what may fall or not is not called light.
pub(in crate::domain::compose) fn name_of(spell: &Spell, chance: Option<u8>) -> Name {
    let mut name = spell.first;
    if chance.is_some_and(|percent| percent < SURE) {
        name.strength = name.strength.max(Strength::Plain);
    }
    name
}

/// Whether two spells can share one name: "showers 9-11am and 4-6pm".
fn alike(a: &Spell, b: &Spell) -> bool {
    let likely = |s: &Spell| chance_of(s, None).map(|percent| percent >= SURE);
    let simple = |s: &Spell| s.turn.is_none() && !s.on_and_off;
    a.first == b.first && simple(a) && simple(b) && likely(a) == likely(b)
}

/// What follows the last spell.
#[derive(Clone, Copy)]
pub(in crate::domain::compose) enum After {
    Dry,
    Sun,
}

/// Sun where there is much of it for hours, else that it is dry.
pub(in crate::domain::compose) fn after(outlook: &Outlook) -> Option<After> {
    let turns = outlook.spells.spells.iter().any(|s| s.turn.is_some());
    let sunny = |sky: Sky| sky.daylight >= 6 && sky.whole <= Cover::MostlyClear;
    let sun = outlook.sky_after.is_some_and(sunny);
    let after = if sun { After::Sun } else { After::Dry };
    (outlook.dry_after && !turns).then_some(after)
}
