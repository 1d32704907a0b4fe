//! Spoken clauses: what falls and when, the sky, temperatures, wind, and another day in a sentence.

use super::hours::{hour_words, time_of_hour, when_words};
use super::measured::{bare_speed, change, degrees, speed, with_amount};
use super::numbers::{Before, number_words};
use super::words::{Word, compass, cover, fall, murk, weekday};
use crate::domain::compose::measure::{self, WindUnit};
use crate::domain::compose::outlook::{
    Cover, Fall, Family, Fog, High, Murk, Name, Outlook, Spell, When, fall as falls, falling,
    hour_before, of_fog, of_range, of_spell,
};
use crate::domain::compose::telling::{Day, Page, Story, Title};
use crate::domain::compose::written::lead::{After, after, name_of};
use crate::domain::forecast::{Conditions, Hour};
use crate::domain::language::Language;
use crate::domain::subscriber::Units;
use crate::domain::zone::Zone;

/// Who listens.
pub(super) struct Listener<'a> {
    pub(super) zone: &'a Zone,
    pub(super) units: Units,
    pub(super) wind_unit: WindUnit,
    pub(super) language: Language,
}

impl Listener<'_> {
    /// The hour that runs: `thirteen degrees and cloudy`.
    pub(super) fn present(&self, hour: &Hour, page: &Page<'_>) -> Option<String> {
        let degrees = hour.temperature_c.map(|celsius| self.degrees(celsius));
        let sky = sky_of(hour, page.sun.is_up_at(hour.start)).map(|word| self.text(word));
        match (degrees, sky) {
            (Some(degrees), Some(sky)) => {
                Some(self.fill(Word::Present, &[("degrees", &degrees), ("sky", sky)]))
            }
            (degrees, sky) => degrees.or(sky.map(str::to_owned)),
        }
    }

    /// What changes and when.
    pub(super) fn lead(&self, outlook: &Outlook) -> Option<String> {
        let spells = &outlook.spells.spells;
        let all = spells.iter().map(|spell| self.spell(spell, outlook));
        let all = all.reduce(|first, second| self.pair(Word::And, &first, &second));
        let Some(all) = all else {
            return self.sky(outlook);
        };
        let sky = match after(outlook) {
            None => return Some(all),
            Some(After::Dry) => Word::Dry,
            Some(After::Sun) => Word::Sunshine,
        };
        Some(self.pair(Word::Then, &all, self.text(sky)))
    }

    /// What falls before people get up.
    pub(super) fn early(&self, outlook: &Outlook) -> Option<String> {
        let spell = outlook.spells.early.as_ref()?;
        Some(self.spell(spell, outlook))
    }

    fn spell(&self, spell: &Spell, outlook: &Outlook) -> String {
        let chance = spell.chance.map(measure::chance);
        let mut what = self.name(name_of(spell, chance));
        if spell.on_and_off {
            what = self.fill(Word::OnAndOff, &[("what", &what)]);
        }
        what = self.chance(chance, what);
        let when = of_spell(
            spell,
            outlook.spells.spells.len() == 1,
            &outlook.stretch,
            self.zone,
        );
        let out = match spell.turn {
            None => self.at(&what, when),
            Some((name, _)) if spell.coarse => {
                let (what, other) = (self.at(&what, when), self.name(name));
                self.fill(Word::Turning, &[("what", &what), ("other", &other)])
            }
            Some((name, at)) => self.turning(&what, when, name, hour_before(at, self.zone)),
        };
        let amount = measure::amount(spell, None, self.units);
        match amount.filter(|_| chance.is_none_or(|percent| percent >= 60)) {
            Some(amount) => with_amount(&out, amount, self.units, self.language),
            None => out,
        }
    }

    /// `rain from nine in the morning, turning to snow at one in the afternoon, until seven in the evening`.
    fn turning(&self, what: &str, when: When, other: Name, hour: u8) -> String {
        let (first, last) = match when {
            When::Between(from, until) => (Some(When::From(from)), Some(until)),
            When::Until(until) => (None, Some(until)),
            When::Throughout(_) => (None, None),
            when => (Some(when), None),
        };
        let what = first.map_or(what.to_owned(), |when| self.at(what, when));
        let (other, time) = (self.name(other), time_of_hour(hour, self.language));
        let with = [("what", what.as_str()), ("other", &other), ("time", &time)];
        let out = self.fill(Word::TurningAt, &with);
        match last {
            Some(hour) => format!("{out}, {}", self.when(When::Until(hour))),
            None => out,
        }
    }

    /// Nothing where it is as good as certain.
    fn chance(&self, chance: Option<u8>, what: String) -> String {
        match chance {
            Some(..20) => self.fill(Word::SlightChance, &[("what", &what)]),
            Some(percent @ 20..=70) => {
                let percent = number_words(i32::from(percent), self.language, Before::Masculine);
                self.fill(Word::Chance, &[("percent", &percent), ("what", &what)])
            }
            _ => what,
        }
    }

    /// `heavy rain`, `showers with thunder`, `freezing rain and snow`.
    fn name(&self, name: Name) -> String {
        let mut what = self.text(fall(name)).to_owned();
        let with = match name.with {
            Some(Family::Snow) => Some(Word::AndSnow),
            Some(Family::Liquid | Family::Mixed | Family::Freezing) => Some(Word::AndRain),
            None => None,
        };
        for word in with
            .into_iter()
            .chain(name.thunder.then_some(Word::WithThunder))
        {
            what = self.fill(word, &[("what", &what)]);
        }
        what
    }

    fn sky(&self, outlook: &Outlook) -> Option<String> {
        if let Some(fog) = outlook.fog {
            let fog = self.fog(&fog, outlook);
            let Some(sky) = outlook.sky_after_fog else {
                return Some(fog);
            };
            return Some(self.pair(Word::Then, &fog, self.cover(sky.cover, sky.by_day)));
        }
        let Some(sky) = outlook.sky else {
            return outlook.dry.then(|| self.text(Word::Dry).to_owned());
        };
        let first = self.cover(sky.cover, sky.by_day);
        Some(match sky.turn {
            Some((second, at)) => {
                let when = self.when(When::Until(hour_before(at, self.zone)));
                let second = self.cover(second, sky.by_day);
                self.fill(
                    Word::UntilThen,
                    &[("first", first), ("when", &when), ("second", second)],
                )
            }
            None if outlook.dry && sky.cover == Cover::Cloudy => {
                self.fill(Word::ButDry, &[("what", first)])
            }
            None => first.to_owned(),
        })
    }

    pub(super) fn fog_besides(&self, outlook: &Outlook) -> Option<String> {
        let fog = outlook.fog.filter(|_| !outlook.spells.spells.is_empty())?;
        Some(self.fog(&fog, outlook))
    }

    fn fog(&self, fog: &Fog, outlook: &Outlook) -> String {
        let what = murk(fog.murk);
        self.at(self.text(what), of_fog(fog, &outlook.stretch, self.zone))
    }

    pub(super) fn temperatures(&self, story: &Story<'_>) -> Option<String> {
        let high = story.high.map(|high| match high {
            High::Plain(peak) => self.with_degrees(Word::High, peak.celsius),
            High::Late(peak) => {
                let time = time_of_hour(hour_before(peak.at, self.zone), self.language);
                let degrees = self.degrees(peak.celsius);
                self.fill(Word::HighLate, &[("degrees", &degrees), ("time", &time)])
            }
            High::Falling(top, bottom) => {
                let hour = hour_words(hour_before(bottom.at, self.zone), self.language);
                let (degrees, low) = (self.degrees(top.celsius), self.degrees(bottom.celsius));
                let with = [
                    ("degrees", degrees.as_str()),
                    ("low", &low),
                    ("hour", &hour),
                ];
                self.fill(Word::Falling, &with)
            }
        });
        let low = story.low.map(|low| {
            let word = if story.low_tonight {
                Word::LowTonight
            } else {
                Word::Low
            };
            self.with_degrees(word, low.celsius)
        });
        match (high, low) {
            (Some(high), Some(low)) => {
                Some(self.fill(Word::HighAndLow, &[("high", &high), ("low", &low)]))
            }
            (high, low) => high.or(low),
        }
    }

    pub(super) fn feels(&self, outlook: &Outlook) -> Option<String> {
        match (outlook.feels_hot, outlook.feels_cold) {
            (Some(hot), _) => Some(self.with_degrees(Word::FeelsHot, hot)),
            (None, Some(cold)) => Some(self.with_degrees(Word::FeelsCold, cold)),
            (None, None) => None,
        }
    }

    pub(super) fn wind(&self, outlook: &Outlook) -> Option<String> {
        let wind = outlook.wind?;
        let mut out = match wind.strong {
            Some(range) => {
                let when = of_range(range, wind.coarse, &outlook.stretch, self.zone);
                self.fill(Word::StrongWind, &[("when", &self.when(when))])
            }
            None => self.text(Word::Wind).to_owned(),
        };
        if let Some(degrees) = wind.from_deg {
            out.push(' ');
            out.push_str(self.text(compass(degrees)));
        }
        if let Some(mean) = wind.mean_kmh {
            let speed = speed(mean, self.wind_unit, self.language);
            out.push(' ');
            out.push_str(&self.fill(Word::WindSpeed, &[("speed", &speed)]));
        }
        let rounded = |kmh| self.wind_unit.round(kmh);
        let least = wind.mean_kmh.map(rounded);
        let gusts = wind.gusts_kmh;
        if let Some(gusts) = gusts.filter(|kmh| least.is_none_or(|least| rounded(*kmh) > least)) {
            let (comma, speed) = match least {
                Some(_) => (", ", bare_speed(gusts, self.wind_unit, self.language)),
                None => (" ", speed(gusts, self.wind_unit, self.language)),
            };
            out.push_str(comma);
            out.push_str(&self.fill(Word::Gusts, &[("speed", &speed)]));
        }
        Some(out)
    }

    pub(super) fn uv(&self, outlook: &Outlook) -> Option<String> {
        let index = outlook.uv?.round() as i32;
        let word = match index {
            11.. => Word::UvExtreme,
            _ => Word::UvVeryHigh,
        };
        let index = number_words(index, self.language, Before::Nothing);
        Some(self.fill(word, &[("index", &index)]))
    }

    /// A striking change from the day before.
    pub(super) fn against(&self, story: &Story<'_>) -> Option<String> {
        let High::Plain(high) = story.high? else {
            return None;
        };
        let striking = measure::striking(high.celsius, story.day_before?, self.units)?;
        let is_today = matches!(story.title, Title::Today(_));
        let word = match (striking > 0, is_today) {
            (true, true) => Word::WarmerThanYesterday,
            (true, false) => Word::WarmerThanToday,
            (false, true) => Word::ColderThanYesterday,
            (false, false) => Word::ColderThanToday,
        };
        let degrees = change(striking.abs(), self.language);
        Some(self.fill(word, &[("degrees", &degrees)]))
    }

    /// Another day in a sentence.
    pub(super) fn day(&self, day: &Day) -> Option<String> {
        let sky = Some(self.day_sky(&day.outlook)).filter(|sky| !sky.is_empty());
        let high = day.high.map(|high| self.degrees(high));
        let rest: Vec<String> = sky.into_iter().chain(high).collect();
        let name = self.text(weekday(day.date.weekday()));
        let rest = rest.join(", ");
        (!rest.is_empty()).then(|| self.fill(Word::Day, &[("day", name), ("rest", &rest)]))
    }

    /// A day in a few words: its greatest spell with its chance, else the sky.
    fn day_sky(&self, outlook: &Outlook) -> String {
        if let Some(spell) = outlook.greatest() {
            let chance = spell.chance.map(measure::chance);
            let what = self.text(fall(name_of(spell, chance))).to_owned();
            return self.chance(chance, what);
        }
        match (outlook.fog, outlook.sky) {
            (Some(fog), _) => self.text(murk(fog.murk.plain())).to_owned(),
            (None, Some(sky)) => {
                let first = self.cover(sky.cover, sky.by_day);
                match sky.turn {
                    Some((second, _)) => {
                        self.pair(Word::Then, first, self.cover(second, sky.by_day))
                    }
                    None => first.to_owned(),
                }
            }
            (None, None) if outlook.dry => self.text(Word::Dry).to_owned(),
            (None, None) => String::new(),
        }
    }

    pub(super) fn text(&self, word: Word) -> &'static str {
        word.text(self.language)
    }

    pub(super) fn fill(&self, word: Word, with: &[(&str, &str)]) -> String {
        word.fill(self.language, with)
    }

    fn pair(&self, word: Word, first: &str, second: &str) -> String {
        self.fill(word, &[("first", first), ("second", second)])
    }

    fn with_degrees(&self, word: Word, celsius: f32) -> String {
        self.fill(word, &[("degrees", &self.degrees(celsius))])
    }

    pub(super) fn degrees(&self, celsius: f32) -> String {
        degrees(celsius, self.units, self.language)
    }

    fn cover(&self, which: Cover, by_day: bool) -> &'static str {
        self.text(cover(which, by_day))
    }

    fn at(&self, what: &str, when: When) -> String {
        let when = self.when(when);
        self.fill(Word::Spell, &[("what", what), ("when", &when)])
    }

    fn when(&self, when: When) -> String {
        when_words(when, self.language)
    }
}

/// What an hour looks like: `cloudy`, `light rain`.
fn sky_of(hour: &Hour, by_day: bool) -> Option<Word> {
    let conditions = hour.conditions?;
    if let Some((kind, strength)) = falling(conditions) {
        let sure = matches!(falls(hour), Fall::Wet(..))
            && hour.precipitation_probability.is_none_or(|p| p >= 50);
        return sure.then(|| fall(Name::of(kind, strength)));
    }
    Some(match conditions {
        Conditions::Clear => cover(Cover::Clear, by_day),
        Conditions::MostlyClear => cover(Cover::MostlyClear, by_day),
        Conditions::PartlyCloudy => Word::PartlyCloudy,
        other => match Murk::of(other) {
            Some(hidden) => murk(hidden),
            None => cover(Cover::Cloudy, by_day),
        },
    })
}
