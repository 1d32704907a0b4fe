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
    /// What changes and when: `70% chance of rain 2-6pm (5-10mm), then dry`. Empty where the data say nothing of it.
    pub(super) fn lead(&self, outlook: &Outlook, detail: Detail) -> String {
        let spells = outlook.spells.spells.as_slice();
        let [first, rest @ ..] = spells else {
            return self.dry(outlook);
        };
        let amounts = detail >= Detail::Amounts;
        let again = rest.first().filter(|second| alike(first, second));
        let mut out = self.spell(first, again, outlook, amounts);
        if detail == Detail::Whole {
            out = self.after_fair_sky(out, first, outlook);
        }
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
        let ended = spells.iter().all(|spell| spell.turn.is_none());
        if let Some(sky) = after(outlook).filter(|_| detail >= Detail::After && ended) {
            let sky = match sky {
                After::Dry => self.text(Phrase::Dry),
                After::Sun => self.text(Phrase::Sunshine),
                After::Sky(sky) => cover(sky.cover, sky.by_day, self.language),
            };
            push(&mut out, &self.fill(Phrase::Then, &[("sky", sky)]));
        }
        out
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
        let what = name(name_of(spell, chance), self.language);
        let what = match spell.turn {
            Some((next, at)) => {
                self.turning(what, spell, next, hour_before(at, self.zone), outlook)
            }
            None => self.lasting(&what, spell, again, outlook),
        };
        let mut out = self.perhaps(what, chance);
        let amount = amount(spell, again, self.units, self.language).filter(|_| amounts);
        push_amount(&mut out, chance, amount);
        out
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

    /// `40% chance of rain 2-6pm`, where it is not as good as certain.
    fn perhaps(&self, spell: String, chance: Option<u8>) -> String {
        let words = match chance {
            Some(..=20) => self.fill(Phrase::SlightChance, &[("spell", &spell)]),
            Some(percent @ 30..=UNSURE) => {
                let percent = percent.to_string();
                self.fill(Phrase::Chance, &[("percent", &percent), ("spell", &spell)])
            }
            _ => return spell,
        };
        match self.language {
            Language::French => elided(&words),
            _ => words,
        }
    }

    /// `sun, then a 40% chance of rain from 2pm`, where there is sun for hours before what may fall or not. Of what falls
    /// surely, that matters more.
    fn after_fair_sky(&self, spell: String, first: &Spell, outlook: &Outlook) -> String {
        let perhaps = chance_of(first, None).is_some_and(|percent| percent <= 50);
        let before = outlook.sky_before.filter(sunny);
        if before.is_none() || first.opens || !perhaps {
            return spell;
        }
        let sky = self.text(Phrase::Sunshine);
        self.fill(Phrase::BeforeChance, &[("sky", sky), ("spell", &spell)])
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

/// ` (5-10mm)`: an amount, where the chance is good.
fn push_amount(out: &mut String, chance: Option<u8>, amount: Option<String>) {
    if let Some(amount) = amount.filter(|_| chance.is_none_or(|percent| percent >= 60)) {
        let _ = write!(out, " ({amount})");
    }
}

/// Percent up to which a chance is told; what is likelier than that is told as certain.
const UNSURE: u8 = 70;

/// French: `risque d'averses`.
fn elided(words: &str) -> String {
    let vowels = ['a', 'e', 'é', 'i', 'o', 'u'];
    vowels.into_iter().fold(words.to_owned(), |words, vowel| {
        words.replace(&format!(" de {vowel}"), &format!(" d'{vowel}"))
    })
}

/// The chance in tens.
pub(in crate::domain::compose) fn chance_of(spell: &Spell, again: Option<&Spell>) -> Option<u8> {
    let of = |spell: &Spell| spell.chance.map(measure::chance);
    again.map_or_else(|| of(spell), |again| of(spell).max(of(again)))
}

/// What may fall or not is not called light.
pub(in crate::domain::compose) fn name_of(spell: &Spell, chance: Option<u8>) -> Name {
    let mut name = spell.first;
    if chance.is_some_and(|percent| percent <= UNSURE) {
        name.strength = name.strength.max(Strength::Plain);
    }
    name
}

/// Whether two spells can share one name: "showers 9-11am and 4-6pm".
fn alike(a: &Spell, b: &Spell) -> bool {
    let likely = |s: &Spell| chance_of(s, None).map(|percent| percent > UNSURE);
    let simple = |s: &Spell| s.turn.is_none() && !s.on_and_off;
    a.first == b.first && simple(a) && simple(b) && likely(a) == likely(b)
}

/// What follows the last spell.
pub(in crate::domain::compose) enum After {
    Dry,
    Sun,
    Sky(Sky),
}

/// Sun where there is much of it, else that it is dry, or what the sky is where that is not certain. One word for all that
/// is more sun than cloud: how much more differs from run to run.
pub(in crate::domain::compose) fn after(outlook: &Outlook) -> Option<After> {
    let sky = outlook.sky_after.filter(|sky| sky.turn.is_none());
    match sky {
        Some(sky) if outlook.dry_after && sunny(&sky) => Some(After::Sun),
        _ if outlook.dry_after => Some(After::Dry),
        Some(sky) if outlook.hardly_wet_after && sky.cover >= Cover::Mixed => Some(After::Sky(sky)),
        _ => None,
    }
}

/// More sun than cloud, all the time.
pub(in crate::domain::compose) fn sunny(sky: &Sky) -> bool {
    sky.by_day && sky.turn.is_none() && sky.cover <= Cover::MostlyClear
}
