//! A telling to be read aloud: whole words only, every number spelled, short enough to listen to.

mod phrases;
mod times;

use super::clock::weekday_long;
use super::countries;
use super::lead::after;
use super::numbers::push_number;
use super::words::cover;
use crate::domain::compose::measure;
use crate::domain::compose::outlook::{
    Cover, High, Outlook, hour_before, nearest_hour, of_fog, of_range,
};
use crate::domain::compose::telling::{Day, Page, Story, Telling, Title};
use crate::domain::forecast::Hour;
use crate::domain::subscriber::Units;
use crate::domain::zone::Zone;
use times::{push_hour, push_when};

/// 45 seconds at 150 words a minute.
const WORDS: usize = 110;

pub(in crate::domain::compose) fn speak(page: &Page<'_>) -> Option<String> {
    let listener = Listener {
        zone: &page.ask.place.zone,
        units: page.ask.units,
    };
    let name = spoken_name(page);
    let telling = page.telling()?;
    let title = match &telling {
        Telling::Story(story) => match story.title {
            Title::Now => format!("{name}, now."),
            Title::Tonight => format!("{name}, tonight."),
            Title::Today(day) => format!("{name}, today, {}.", weekday_long(day)),
            Title::Day(day) => format!("{name}, {}.", weekday_long(day)),
        },
        _ => format!("{name}."),
    };
    let sentences = match telling {
        Telling::Story(story) => listener.story(&story, page),
        Telling::Days(days) | Telling::Week(days) => {
            days.iter().filter_map(|day| listener.day(day)).collect()
        }
        Telling::Hours(hours) => listener.hours(hours, page),
    };
    if sentences.is_empty() {
        return None;
    }
    let mut text = title;
    let age = listener.age(page);
    let mut left = WORDS.saturating_sub(words(&text) + age.as_deref().map_or(0, words));
    for sentence in sentences.into_iter().chain(age) {
        let length = words(&sentence);
        if length > left {
            continue;
        }
        left -= length;
        text.push(' ');
        let mut letters = sentence.chars();
        text.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        text.push_str(letters.as_str());
        text.push('.');
    }
    Some(text)
}

fn words(text: &str) -> usize {
    text.split([' ', '-']).count()
}

/// The name in its own letters, with its state or country in full.
fn spoken_name(page: &Page<'_>) -> String {
    let place = page.ask.place;
    let mut name = place.name.replace(['\n', '\r'], " ");
    let foreign = page
        .ask
        .reader
        .is_some_and(|reader| reader != place.country);
    let has_states = matches!(place.country.code(), "US" | "CA" | "AU");
    let with = match (foreign, place.country.code()) {
        (true, "GB") => Some("the United Kingdom"),
        (true, "AE") => Some("the United Arab Emirates"),
        (true, "CD") => Some("Congo"),
        (true, code) if code != "US" => countries::name(place.country),
        _ if has_states => place.admin1.as_deref(),
        _ => None,
    };
    if let Some(with) = with.filter(|with| !name.eq_ignore_ascii_case(with)) {
        name.push_str(", ");
        name.push_str(with);
    }
    name
}

/// Who listens.
struct Listener<'a> {
    zone: &'a Zone,
    units: Units,
}

impl Listener<'_> {
    fn story(&self, story: &Story<'_>, page: &Page<'_>) -> Vec<String> {
        let outlook = &story.outlook;
        let present = story.present.and_then(|hour| self.present(hour, page));
        let lead = match (story.title, outlook.spells.spells.is_empty(), outlook.dry) {
            (Title::Now, true, true) => Some("it stays dry for the next twelve hours".to_owned()),
            (Title::Now, true, false) => None,
            _ => self.lead(outlook),
        };
        let mut sentences = Vec::with_capacity(10);
        sentences.extend(present);
        sentences.extend(lead);
        sentences.extend(self.temperatures(story));
        sentences.extend(self.feels(outlook));
        sentences.extend(self.wind(outlook));
        sentences.extend(self.fog_besides(outlook));
        sentences.extend(self.uv(outlook));
        sentences.extend(self.against(story));
        sentences.extend(story.next.as_ref().and_then(|next| self.day(next)));
        sentences
    }

    fn present(&self, hour: &Hour, page: &Page<'_>) -> Option<String> {
        let mut out = String::new();
        if let Some(celsius) = hour.temperature_c {
            self.push_degrees(&mut out, celsius);
        }
        let by_day = page.sun.is_up_at(hour.start);
        if let Some(sky) = super::lists::condition_word(hour, by_day) {
            out.push_str(if out.is_empty() { "" } else { " and " });
            out.push_str(sky);
        }
        (!out.is_empty()).then_some(out)
    }

    /// What changes and when.
    fn lead(&self, outlook: &Outlook) -> Option<String> {
        let spells = &outlook.spells.spells;
        if spells.is_empty() {
            return self.sky(outlook);
        }
        let mut out = String::with_capacity(160);
        for (at, spell) in spells.iter().enumerate() {
            out.push_str(if at > 0 { ", and " } else { "" });
            self.push_spell(&mut out, spell, outlook);
        }
        if outlook.dry_after && spells.iter().all(|spell| spell.turn.is_none()) {
            out.push_str(", then ");
            out.push_str(after(outlook.sky_after));
        }
        Some(out)
    }

    fn sky(&self, outlook: &Outlook) -> Option<String> {
        if let Some(fog) = outlook.fog {
            let mut out = String::from(if fog.freezing {
                "freezing fog "
            } else {
                "fog "
            });
            push_when(&mut out, of_fog(&fog, &outlook.stretch, self.zone));
            if let Some(sky) = outlook.sky_after_fog {
                out.push_str(", then ");
                out.push_str(cover(sky.cover, sky.by_day));
            }
            return Some(out);
        }
        let Some(sky) = outlook.sky else {
            return outlook.dry.then(|| "dry".to_owned());
        };
        let mut out = String::from(cover(sky.cover, sky.by_day));
        match sky.turn {
            Some((second, at)) => {
                out.push_str(" until ");
                push_hour(&mut out, hour_before(at, self.zone));
                out.push_str(", then ");
                out.push_str(cover(second, sky.by_day));
            }
            None if outlook.dry && sky.cover == Cover::Cloudy => out.push_str(", but dry"),
            None => {}
        }
        Some(out)
    }

    fn temperatures(&self, story: &Story<'_>) -> Option<String> {
        let mut out = String::with_capacity(80);
        match story.high {
            Some(High::Plain(peak)) => {
                out.push_str("a high of ");
                self.push_degrees(&mut out, peak.celsius);
            }
            Some(High::Late(peak)) => {
                out.push_str("the high, ");
                self.push_degrees(&mut out, peak.celsius);
                out.push_str(", comes at ");
                push_hour(&mut out, hour_before(peak.at, self.zone));
            }
            Some(High::Falling(top, bottom)) => {
                self.push_degrees(&mut out, top.celsius);
                out.push_str(" early, falling to ");
                push_number(&mut out, measure::degrees(bottom.celsius, self.units));
                out.push_str(" by ");
                push_hour(&mut out, hour_before(bottom.at, self.zone));
            }
            None => {}
        }
        if let Some(low) = story.low {
            out.push_str(if out.is_empty() { "" } else { ", and " });
            out.push_str("a low of ");
            self.push_degrees(&mut out, low.celsius);
            out.push_str(if story.low_tonight { " tonight" } else { "" });
        }
        (!out.is_empty()).then_some(out)
    }

    fn wind(&self, outlook: &Outlook) -> Option<String> {
        let wind = outlook.wind?;
        let mut out = String::with_capacity(80);
        if let Some(range) = wind.strong {
            out.push_str("strong wind ");
            push_when(
                &mut out,
                of_range(range, wind.coarse, &outlook.stretch, self.zone),
            );
            out.push_str(", ");
        } else {
            out.push_str("wind ");
        }
        if let Some(degrees) = wind.from_deg {
            out.push_str("from the ");
            out.push_str(phrases::compass(degrees));
            out.push(' ');
        }
        let speed = |kmh: f32| measure::speed(kmh, self.units);
        let unit = match self.units {
            Units::Metric => " kilometers an hour",
            Units::Imperial => " miles an hour",
        };
        let mean = wind.mean_kmh.map(speed);
        let gusts = wind
            .gusts_kmh
            .map(speed)
            .filter(|gusts| mean.is_none_or(|mean| *gusts > mean));
        if let Some(mean) = mean {
            out.push_str("at ");
            push_number(&mut out, mean);
            out.push_str(unit);
        }
        if let Some(gusts) = gusts {
            out.push_str(if mean.is_some() {
                ", with gusts of "
            } else {
                "with gusts of "
            });
            push_number(&mut out, gusts);
            out.push_str(if mean.is_some() { "" } else { unit });
        }
        Some(out)
    }

    /// Another day in a sentence.
    fn day(&self, day: &Day) -> Option<String> {
        let mut out = String::from(weekday_long(day.date.weekday()));
        let word = phrases::day(&day.outlook);
        if !word.is_empty() {
            out.push_str(", ");
            out.push_str(&word);
        }
        if let Some(high) = day.high {
            out.push_str(", ");
            self.push_degrees(&mut out, high);
        }
        out.contains(',').then_some(out)
    }

    /// Every third hour.
    fn hours(&self, hours: &[Hour], page: &Page<'_>) -> Vec<String> {
        let single = hours.iter().filter(|hour| hour.span_hours == 1);
        let told = single.step_by(3).filter_map(|hour| {
            let mut out = String::from("at ");
            push_hour(&mut out, nearest_hour(hour.start, self.zone));
            out.push_str(", ");
            out.push_str(&self.present(hour, page)?);
            Some(out)
        });
        told.collect()
    }

    fn push_degrees(&self, out: &mut String, celsius: f32) {
        let degrees = measure::degrees(celsius, self.units);
        push_number(out, degrees);
        out.push_str(if degrees.abs() == 1 {
            " degree"
        } else {
            " degrees"
        });
    }
}
