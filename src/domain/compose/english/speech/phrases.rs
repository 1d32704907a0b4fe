//! Spoken clauses with figures in them: spells, felt temperatures, the sun's strength, other days.

use super::Listener;
use super::times::{push_hour, push_when};
use crate::domain::compose::english::clock::weekday_long;
use crate::domain::compose::english::lead::{chance_of, name_of};
use crate::domain::compose::english::numbers::push_number;
use crate::domain::compose::english::words::{cover, push_name, short_name};
use crate::domain::compose::measure::{self, Amount, Rain, Snow};
use crate::domain::compose::outlook::{High, Outlook, Spell, hour_before, of_fog, of_spell};
use crate::domain::compose::telling::{Page, Story, Title};
use crate::domain::subscriber::Units;

impl Listener<'_> {
    pub(super) fn push_spell(&self, out: &mut String, spell: &Spell, outlook: &Outlook) {
        let chance = chance_of(spell, None);
        push_chance(out, chance);
        push_name(out, name_of(spell, chance));
        out.push_str(if spell.on_and_off {
            " on and off "
        } else {
            " "
        });
        push_when(out, of_spell(spell, &outlook.stretch, self.zone));
        if let Some((name, at)) = spell.turn {
            out.push_str(", turning to ");
            push_name(out, name);
            if !spell.coarse {
                out.push_str(" at ");
                push_hour(out, hour_before(at, self.zone));
            }
        }
        if chance.is_none_or(|percent| percent >= 60) {
            self.push_amount(out, spell);
        }
    }

    fn push_amount(&self, out: &mut String, spell: &Spell) {
        match measure::amount(spell, None, self.units) {
            None => {}
            Some(Amount::Rain(rain)) => {
                out.push_str(", about ");
                push_rain(out, rain);
            }
            Some(Amount::Snow(snow)) => {
                out.push_str(", ");
                push_snow(out, snow, self.units);
                out.push_str(" of snow");
            }
        }
    }

    pub(super) fn feels(&self, outlook: &Outlook) -> Option<String> {
        let (words, celsius) = match (outlook.feels_hot, outlook.feels_cold) {
            (Some(hot), _) => ("it feels as hot as ", hot),
            (None, Some(cold)) => ("it feels as cold as ", cold),
            (None, None) => return None,
        };
        let mut out = String::from(words);
        self.push_degrees(&mut out, celsius);
        Some(out)
    }

    pub(super) fn fog_besides(&self, outlook: &Outlook) -> Option<String> {
        let fog = outlook.fog.filter(|_| !outlook.spells.spells.is_empty())?;
        let mut out = String::from(if fog.freezing {
            "freezing fog "
        } else {
            "fog "
        });
        push_when(&mut out, of_fog(&fog, &outlook.stretch, self.zone));
        Some(out)
    }

    pub(super) fn uv(&self, outlook: &Outlook) -> Option<String> {
        let index = outlook.uv?.round() as i32;
        let mut out = String::from("the U V index reaches ");
        push_number(&mut out, index);
        out.push_str(if index >= 11 {
            ", which is extreme"
        } else {
            ", which is very high"
        });
        Some(out)
    }

    pub(super) fn against(&self, story: &Story<'_>) -> Option<String> {
        let High::Plain(high) = story.high? else {
            return None;
        };
        let change = measure::striking(high.celsius, story.day_before?, self.units)?;
        let mut out = String::from("that is ");
        push_number(&mut out, change.abs());
        out.push_str(if change > 0 {
            " degrees warmer than "
        } else {
            " degrees colder than "
        });
        out.push_str(match story.title {
            Title::Today(_) => "yesterday",
            _ => "today",
        });
        Some(out)
    }

    /// How old an old forecast is.
    pub(super) fn age(&self, page: &Page<'_>) -> Option<String> {
        let issued = page.old()?;
        let mut out = String::from("this forecast is from ");
        push_hour(&mut out, hour_before(issued, self.zone));
        let date = self.zone.rules().to_datetime(issued).date();
        if date != page.today {
            out.push_str(" on ");
            out.push_str(weekday_long(date.weekday()));
        }
        Some(out)
    }
}

/// A day in a few words: its greatest spell with its chance, else the sky.
pub(super) fn day(outlook: &Outlook) -> String {
    let mut out = String::new();
    if let Some(spell) = outlook.greatest() {
        let chance = chance_of(spell, None);
        push_chance(&mut out, chance);
        out.push_str(short_name(name_of(spell, chance)));
        return out;
    }
    if outlook.fog.is_some() {
        return "fog".to_owned();
    }
    match outlook.sky {
        Some(sky) => {
            out.push_str(cover(sky.cover, sky.by_day));
            if let Some((second, _)) = sky.turn {
                out.push_str(", then ");
                out.push_str(cover(second, sky.by_day));
            }
        }
        None if outlook.dry => out.push_str("dry"),
        None => {}
    }
    out
}

/// `a forty percent chance of `, nothing where it is as good as certain.
fn push_chance(out: &mut String, chance: Option<u8>) {
    match chance {
        Some(..=20) => out.push_str("a slight chance of "),
        Some(percent @ 30..=70) => {
            out.push_str(if percent == 80 { "an " } else { "a " });
            push_number(out, i32::from(percent));
            out.push_str(" percent chance of ");
        }
        _ => {}
    }
}

fn push_rain(out: &mut String, rain: Rain) {
    let (whole, tenth) = (rain.tenths / 10, rain.tenths % 10);
    if rain.tenths == 5 {
        out.push_str("half an inch");
        return;
    }
    push_number(out, whole);
    if tenth > 0 {
        out.push_str(" point ");
        push_number(out, tenth);
    }
    out.push_str(match (rain.units, rain.tenths) {
        (Units::Metric, _) => " millimeters",
        (Units::Imperial, 10) => " inch",
        (Units::Imperial, _) => " inches",
    });
}

fn push_snow(out: &mut String, snow: Snow, units: Units) {
    let (one, many) = match units {
        Units::Metric => (" centimeter", " centimeters"),
        Units::Imperial => (" inch", " inches"),
    };
    let (words, first, second) = match snow {
        Snow::Under(n) => ("less than ", n, None),
        Snow::About(n) => ("about ", n, None),
        Snow::Between(a, b) => ("", a, Some(b)),
        Snow::Over(n) => ("more than ", n, None),
    };
    out.push_str(words);
    push_number(out, i32::from(first));
    if let Some(second) = second {
        out.push_str(" to ");
        push_number(out, i32::from(second));
    }
    out.push_str(if first == 1 && second.is_none() {
        one
    } else {
        many
    });
}

/// Where the wind comes from, in words.
pub(super) fn compass(degrees: u16) -> &'static str {
    const POINTS: [&str; 8] = [
        "north",
        "north-east",
        "east",
        "south-east",
        "south",
        "south-west",
        "west",
        "north-west",
    ];
    POINTS[usize::from((degrees % 360 + 22) / 45) % 8]
}
