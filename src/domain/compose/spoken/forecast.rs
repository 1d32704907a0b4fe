//! A telling to be read aloud: whole words only, every number spelled, short enough to listen to.

use super::clauses::Listener;
use super::hours::{hour_words, time_of_hour};
use super::names::place_name;
use super::sound::joined;
use super::words::{Word, weekday};
use crate::domain::compose::measure::WindUnit;
use crate::domain::compose::outlook::{hour_before, nearest_hour};
use crate::domain::compose::telling::{Page, Story, Telling, Title};
use crate::domain::forecast::Hour;

/// 45 seconds at thirteen and a half letters a second, which is slower than any of the voices reads.
const LETTERS: usize = 600;

/// The telling of a page, sentence by sentence; `None` where the forecast says nothing of the window.
pub(in crate::domain::compose) fn speak(page: &Page<'_>) -> Option<String> {
    let listener = Listener {
        zone: &page.ask.place.zone,
        units: page.ask.units,
        wind_unit: WindUnit::of(page.ask.units, page.ask.reader),
        language: page.ask.language,
    };
    let telling = page.telling()?;
    let mut text = listener.title(&telling, page);
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
    let age = listener.age(page);
    let mut left = LETTERS.saturating_sub(text.chars().count());
    left = left.saturating_sub(age.as_deref().map_or(0, |age| age.chars().count() + 2));
    let last = sentences.len();
    for (at, sentence) in sentences.into_iter().chain(age).enumerate() {
        let sentence = joined(&sentence, page.ask.language);
        let length = sentence.chars().count() + 2;
        // Room for the age of an old forecast was kept.
        if at < last && length > left {
            continue;
        }
        left = left.saturating_sub(length);
        push_sentence(&mut text, &sentence);
    }
    Some(text)
}

fn push_sentence(text: &mut String, sentence: &str) {
    text.push(' ');
    let mut letters = sentence.chars();
    text.extend(letters.next().into_iter().flat_map(char::to_uppercase));
    text.push_str(letters.as_str());
    text.push('.');
}

impl Listener<'_> {
    fn title(&self, telling: &Telling<'_>, page: &Page<'_>) -> String {
        let name = place_name(page.ask.place, page.ask.reader, self.language);
        let place = ("place", name.as_str());
        let Telling::Story(story) = telling else {
            return Word::Title.fill(self.language, &[place]);
        };
        let (word, day) = match story.title {
            Title::Now => (Word::TitleNow, None),
            Title::Tonight => (Word::TitleTonight, None),
            Title::Today(day) => (Word::TitleToday, Some(day)),
            Title::Day(day) => (Word::TitleDay, Some(day)),
        };
        let day = day.map_or("", |day| weekday(day).text(self.language));
        word.fill(self.language, &[place, ("day", day)])
    }

    fn story(&self, story: &Story<'_>, page: &Page<'_>) -> Vec<String> {
        let outlook = &story.outlook;
        let present = story.present.and_then(|hour| match story.sky_goes_on {
            true => hour.temperature_c.map(|celsius| self.degrees(celsius)),
            false => self.present(hour, page),
        });
        let lead = match (story.title, outlook.spells.spells.is_empty(), outlook.dry) {
            (Title::Now, true, true) => Some(self.text(Word::DryNextHours).to_owned()),
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
        sentences.extend(self.early(outlook));
        sentences.extend(self.uv(outlook));
        sentences.extend(self.against(story));
        sentences.extend(story.next.as_ref().and_then(|next| self.day(next)));
        sentences
    }

    /// Every third hour.
    fn hours(&self, hours: &[Hour], page: &Page<'_>) -> Vec<String> {
        let single = hours.iter().filter(|hour| hour.span_hours == 1);
        let told = single.step_by(3).filter_map(|hour| {
            let at = nearest_hour(hour.start, self.zone);
            let (time, what) = (time_of_hour(at, self.language), self.present(hour, page)?);
            Some(self.fill(Word::AtTime, &[("time", &time), ("what", &what)]))
        });
        told.collect()
    }

    /// How old an old forecast is.
    fn age(&self, page: &Page<'_>) -> Option<String> {
        let issued = page.old()?;
        let hour = hour_words(hour_before(issued, self.zone), self.language);
        let date = self.zone.rules().to_datetime(issued).date();
        if date == page.today {
            return Some(self.fill(Word::Age, &[("hour", &hour)]));
        }
        let day = self.text(weekday(date.weekday()));
        Some(self.fill(Word::AgeDay, &[("hour", &hour), ("day", day)]))
    }
}
