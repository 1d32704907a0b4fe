//! A telling as one written message.

use super::clock::{push_hour, weekday_short};
use super::written::{Detail, Reader};
use super::{label, lists};
use crate::domain::compose::fit::{Clause, Draft};
use crate::domain::compose::outlook::{High, Outlook, hour_before};
use crate::domain::compose::telling::{Page, Story, Telling, Title};

pub(in crate::domain::compose) fn write(page: &Page<'_>) -> Option<String> {
    let reader = Reader {
        zone: &page.ask.place.zone,
        units: page.ask.units,
        clock: page.ask.clock,
    };
    let place = label::place_label(page.ask.place, page.ask.reader);
    let telling = page.telling()?;
    let title = match &telling {
        Telling::Story(story) => title(story.title),
        _ => "",
    };
    let mut draft = Draft::new(&place, title, page.ask.room);
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

fn title(title: Title) -> &'static str {
    match title {
        Title::Now => "now",
        Title::Tonight => "tonight",
        Title::Today(day) | Title::Day(day) => weekday_short(day),
    }
}

fn push_story(draft: &mut Draft, story: &Story<'_>, reader: &Reader<'_>, page: &Page<'_>) {
    let outlook = &story.outlook;
    if story.title == Title::Now {
        let words = story
            .present
            .and_then(|hour| lists::present(hour, reader, &page.sun));
        draft.push(Clause::needed(0, words));
    }
    draft.push(lead(story, reader));
    let strong = outlook.wind.is_some_and(|wind| wind.strong.is_some());
    let wind = Clause::of(if strong { 3 } else { 6 }, [reader.wind(outlook)]);
    let temperatures = reader.temperatures(story.high, story.low, story.low_tonight);
    let temperatures = match story.title {
        Title::Now => Clause::of(4, [temperatures]),
        _ => Clause::needed(2, temperatures),
    };
    if strong {
        draft.push(wind);
        draft.push(temperatures);
        draft.push(Clause::of(4, [reader.feels(outlook)]));
    } else {
        draft.push(temperatures);
        draft.push(Clause::of(4, [reader.feels(outlook)]));
        draft.push(wind);
    }
    draft.push(Clause::of(5, [reader.fog_besides(outlook)]));
    draft.push(Clause::of(7, [reader.uv(outlook)]));
    draft.push(Clause::of(8, [against(story, reader)]));
    if let Some(next) = &story.next {
        draft.push(lists::next_day(next, reader));
    }
}

fn lead(story: &Story<'_>, reader: &Reader<'_>) -> Clause {
    let outlook: &Outlook = &story.outlook;
    if story.title == Title::Now && outlook.spells.spells.is_empty() {
        let dry = outlook.dry.then(|| "dry for the next 12 hours".to_owned());
        return Clause::of(3, [dry]);
    }
    let of = |detail| Some(reader.lead(outlook, detail)).filter(|lead| !lead.is_empty());
    let [brief, after, amounts] = [Detail::Brief, Detail::After, Detail::Amounts].map(of);
    let word = Some(lists::day_word(outlook)).filter(|word| !word.is_empty());
    Clause::needed_of(0, [amounts, after, brief, word]).or_better(of(Detail::Whole))
}

fn against(story: &Story<'_>, reader: &Reader<'_>) -> Option<String> {
    let High::Plain(high) = story.high? else {
        return None;
    };
    let named = match story.title {
        Title::Today(_) => "yesterday",
        _ => "today",
    };
    reader.against(high.celsius, story.day_before?, named)
}

/// `forecast from 8am`, where it is old.
fn age(page: &Page<'_>, reader: &Reader<'_>) -> Clause {
    let Some(issued) = page.old() else {
        return Clause::none();
    };
    let mut words = String::from("forecast from ");
    push_hour(&mut words, hour_before(issued, reader.zone), reader.clock);
    let date = reader.zone.rules().to_datetime(issued).date();
    if date != page.today {
        words.push(' ');
        words.push_str(weekday_short(date.weekday()));
    }
    Clause::needed(1, Some(words))
}
