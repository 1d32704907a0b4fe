//! A telling as one written message.

use super::clauses::{Detail, Reader};
use super::clock::{Before, weekday_in};
use super::phrases::Phrase;
use super::{label, lists};
use crate::domain::compose::fit::{Clause, Draft};
use crate::domain::compose::outlook::{High, Outlook, hour_before};
use crate::domain::compose::telling::{Page, Story, Telling, Title};
use crate::domain::language::Language;

pub(in crate::domain::compose) fn write(page: &Page<'_>) -> Option<String> {
    let ask = page.ask;
    let reader = Reader::of(ask);
    let place = label::place_label_in(ask.place, ask.reader, ask.language);
    let telling = page.telling()?;
    let title = match &telling {
        Telling::Story(story) => title(story.title, ask.language),
        _ => "",
    };
    let mut draft = Draft::new(&place, title, ask.room);
    let age = age(page, &reader);
    match telling {
        Telling::Story(story) => push_story(&mut draft, &story, &reader, page),
        Telling::Days(days) => {
            for (rank, day) in days.iter().enumerate() {
                draft.push(lists::day_clause(day, &reader, u8::from(rank > 0) * 2));
            }
        }
        Telling::Week(days) => {
            let room = draft.room_beside(&age);
            draft.push(Clause::needed(0, lists::week(&days, &reader, room)));
        }
        Telling::Hours(hours) => {
            let room = draft.room_beside(&age);
            draft.push(Clause::needed(
                0,
                lists::hours(hours, &reader, &page.sun, room),
            ));
        }
    }
    draft.push(age);
    draft.fit()
}

fn title(title: Title, language: Language) -> &'static str {
    match title {
        Title::Now => Phrase::Now.text(language),
        Title::Tonight => Phrase::Tonight.text(language),
        Title::Today(day) | Title::Day(day) => weekday_in(day, language),
    }
}

fn push_story(draft: &mut Draft, story: &Story<'_>, reader: &Reader<'_>, page: &Page<'_>) {
    let outlook = &story.outlook;
    if story.title == Title::Now {
        let present = story.present.filter(|_| !story.sky_goes_on);
        let words = present.and_then(|hour| lists::present(hour, reader, &page.sun));
        // Where there is little room, what will fall matters more than the sky of this hour.
        let degrees = story.present.and_then(|hour| hour.temperature_c);
        let degrees = degrees.map(|celsius| reader.degrees(celsius));
        draft.push(Clause::needed_of(0, [words, degrees]));
    }
    draft.push(lead(story, reader));
    let storm = outlook.wind.is_some_and(|wind| wind.storm);
    let wind = Clause::of(if storm { 3 } else { 6 }, [reader.wind(outlook)]);
    let temperatures = reader.temperatures(story.high, story.low, story.low_tonight);
    let temperatures = match story.title {
        Title::Now => Clause::of(4, [temperatures]),
        _ => Clause::needed(2, temperatures),
    };
    if storm {
        draft.push(wind);
        draft.push(temperatures);
        draft.push(Clause::of(4, [reader.feels(outlook)]));
    } else {
        draft.push(temperatures);
        draft.push(Clause::of(4, [reader.feels(outlook)]));
        draft.push(wind);
    }
    draft.push(Clause::of(5, [reader.fog_besides(outlook)]));
    draft.push(Clause::needed_of(5, reader.early(outlook)));
    draft.push(Clause::of(7, [reader.uv(outlook)]));
    draft.push(Clause::of(8, [against(story, reader)]));
    if let Some(next) = &story.next {
        draft.push(lists::next_day(next, reader));
    }
}

fn lead(story: &Story<'_>, reader: &Reader<'_>) -> Clause {
    let outlook: &Outlook = &story.outlook;
    if story.title == Title::Now && outlook.spells.spells.is_empty() {
        let dry = outlook
            .dry
            .then(|| reader.text(Phrase::DryNextHours).to_owned());
        return Clause::of(3, [dry]);
    }
    let of = |detail| Some(reader.lead(outlook, detail)).filter(|lead| !lead.is_empty());
    let [brief, after, amounts] = [Detail::Brief, Detail::After, Detail::Amounts].map(of);
    let word = Some(lists::day_word(outlook, reader)).filter(|word| !word.is_empty());
    Clause::needed_of(
        0,
        [
            amounts,
            after,
            brief,
            word,
            lists::bare_word(outlook, reader),
        ],
    )
    .or_better(of(Detail::Whole))
}

fn against(story: &Story<'_>, reader: &Reader<'_>) -> Option<String> {
    let High::Plain(high) = story.high? else {
        return None;
    };
    let is_today = matches!(story.title, Title::Today(_));
    reader.against(high.celsius, story.day_before?, is_today)
}

/// `forecast from 8am`, where it is old.
fn age(page: &Page<'_>, reader: &Reader<'_>) -> Clause {
    let Some(issued) = page.old() else {
        return Clause::none();
    };
    let hour = hour_before(issued, reader.zone);
    let mut words = reader.dial.after(Before::Age, hour);
    let date = reader.zone.rules().to_datetime(issued).date();
    if date != page.today {
        let day = weekday_in(date.weekday(), reader.language);
        words = reader.fill(Phrase::AgeDay, &[("age", &words), ("day", day)]);
    }
    Clause::needed(1, Some(words))
}
