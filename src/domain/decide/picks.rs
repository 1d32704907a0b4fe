//! One of several that were offered, with more said: "2 tomorrow", "the second one daily 7am", "and the other one?".

use jiff::Timestamp;

use super::super::command::follow::{is_the_other, picked};
use super::super::command::said;
use super::super::command::words::fold;
use super::super::command::{Asked, Command, DailyWish, LAST, PlaceText, Span, TripWish};
use super::super::place::Place;
use super::super::subscriber::{Question, Subscriber};
use super::mine::is_same;
use super::turn::{Chosen, offered, remembered};
use super::understanding::{Meaning, by_number};

/// Reads it, if the text is one.
pub(super) fn by_pick(
    command: &Command,
    question: Option<&Question>,
    text: &str,
    me: &Subscriber,
    now: Timestamp,
) -> Option<Meaning> {
    let may = matches!(
        command,
        Command::Forecast(_)
            | Command::Daily(_)
            | Command::Unclear
            | Command::No
            | Command::More
            | Command::Number(_)
            | Command::Time { .. }
            | Command::Days { .. }
    );
    if !may {
        return None;
    }
    match question {
        Some(Question::Place { .. }) if is_the_other(text) => Some(Meaning::NotAmongThem),
        Some(Question::Place { options, .. }) => {
            let pick = picked(text)?;
            let place = one_of(options, pick.number)?;
            let said = read(&pick.rest, me)?;
            Some(match said {
                Said::Nothing => by_number(question, pick.number, me, now),
                Said::When(asked) => {
                    by_number(question, pick.number, me, now).at_another_time(&asked)
                }
                Said::Daily(wish) => daily(*wish, place, text),
            })
        }
        Some(Question::Subscription { .. }) => {
            let pick = picked(text)?;
            matches!(read(&pick.rest, me)?, Said::Nothing)
                .then(|| by_number(question, pick.number, me, now))
        }
        Some(_) => None,
        None => from_before(command, offered(me, now)?, text, me),
    }
}

/// "Every day, gladly: for which place?" and then a place.
pub(super) fn with_its_place(
    command: &Command,
    answer: &str,
    me: &Subscriber,
    now: Timestamp,
) -> Option<Meaning> {
    let Some(Question::Where { text }) = remembered(me, now) else {
        return None;
    };
    let Command::Forecast(Asked {
        place: Some(place),
        when,
    }) = command
    else {
        return None;
    };
    if place.inside.asks || place.inside.is_nameless() {
        return None;
    }
    // "Omaha at 5:45 am", "Kiel am Wochenende um 8": more than the place is said now.
    let said =
        match Command::parse_from(&format!("daily {answer}"), me.country, Some(me.language())) {
            Command::Daily(wish) if wish.place.is_some() => wish,
            _ => DailyWish::default(),
        };
    let more = said.time.is_some() || said.days.is_some() || said.only_if.is_some();
    if when.is_some() && !more {
        return None;
    }
    let place = said
        .place
        .clone()
        .filter(|_| more)
        .or_else(|| Some(place.clone()));
    let command = match Command::parse_from(text, me.country, Some(me.language())) {
        Command::Daily(wish) => Command::Daily(DailyWish {
            place,
            time: said.time.or(wish.time),
            days: said.days.or(wish.days),
            only_if: said.only_if.or(wish.only_if),
            channel: said.channel.or(wish.channel),
            bad_time: said.bad_time || (wish.bad_time && said.time.is_none()),
        }),
        Command::Place { .. } => Command::Place { place },
        Command::Trip(wish) => Command::Trip(TripWish { place, ..wish }),
        _ => Command::Daily(DailyWish { place, ..said }),
    };
    let chosen = Chosen {
        text: Some(text.clone()),
        ..Chosen::default()
    };
    Some(Meaning::Command(command, Box::new(chosen)))
}

/// "For how long in Lisbon?" and then "a week", "til Thursday", "5".
pub(super) fn with_its_length(
    command: &Command,
    answer: &str,
    me: &Subscriber,
    now: Timestamp,
) -> Option<Meaning> {
    let question = remembered(me, now)?;
    // "Forget the trip", while we ask where it goes or how long it is.
    let gives_up = matches!(command, Command::Resume { .. })
        || matches!(command, Command::Trip(wish) if wish.over);
    let away = me
        .subscriptions
        .iter()
        .any(|mine| mine.trip.is_some() || mine.pause.is_some());
    if gives_up && !away && is_of_a_trip(question, me) {
        return Some(Meaning::Declined);
    }
    let Question::HowLong { place } = question else {
        return None;
    };
    let span = match command {
        Command::Number(days) => u16::try_from(*days)
            .ok()
            .filter(|days| *days > 0)
            .map(Span::Days),
        Command::Forecast(Asked {
            place: Some(typed), ..
        }) if !typed.inside.is_nameless() && !typed.text.is_empty() && !is_until(&typed.text) => {
            None
        }
        Command::Forecast(_)
        | Command::Pause { .. }
        | Command::Skip { .. }
        | Command::Days { .. }
        | Command::Unclear
        | Command::Resume { .. }
        | Command::Trip(TripWish {
            place: None,
            over: false,
            ..
        }) => {
            let today = now.to_zoned(place.zone.rules().clone()).date();
            let mut said = said::Said::of(answer, me.country, Some(me.language()));
            said.span(today).or_else(|| said.weekday().map(Span::Until))
        }
        _ => None,
    };
    let wish = TripWish {
        place: Some(PlaceText::default()),
        span: Some(span?),
        over: false,
    };
    Some(chosen(Command::Trip(wish), place, None))
}

fn is_of_a_trip(question: &Question, me: &Subscriber) -> bool {
    match question {
        Question::HowLong { .. } => true,
        Question::Where { text } => {
            matches!(
                Command::parse_from(text, me.country, Some(me.language())),
                Command::Trip(_)
            )
        }
        _ => false,
    }
}

/// "Til Thursday": a word of time only, though it was read as a name.
fn is_until(text: &str) -> bool {
    matches!(
        fold(text).as_str(),
        "til"
            | "till"
            | "until"
            | "thru"
            | "through"
            | "bis"
            | "hasta"
            | "fino"
            | "ate"
            | "jusqua"
            | "jusqu a"
    )
}

/// Another one of a choice that was answered already.
fn from_before(
    command: &Command,
    options: &[Place],
    text: &str,
    me: &Subscriber,
) -> Option<Meaning> {
    if let Command::Number(number) = command {
        return Some(forecast(one_of(options, *number)?, Asked::default()));
    }
    if is_the_other(text) {
        let last = me.last_place.as_ref()?;
        let mut others = options.iter().filter(|place| !is_same(place, last));
        let other = others.next()?;
        return Some(match others.next() {
            None => forecast(other, Asked::default()),
            Some(_) => Meaning::NotAmongThem,
        });
    }
    let pick = picked(text)?;
    let place = one_of(options, pick.number)?;
    Some(match read(&pick.rest, me)? {
        Said::Nothing => forecast(place, Asked::default()),
        Said::When(asked) => forecast(place, asked),
        Said::Daily(wish) => daily(*wish, place, text),
    })
}

/// What a text says besides the one that it picks.
enum Said {
    Nothing,
    When(Asked),
    Daily(Box<DailyWish>),
}

fn read(rest: &str, me: &Subscriber) -> Option<Said> {
    if rest.is_empty() {
        return Some(Said::Nothing);
    }
    match Command::parse_from(rest, me.country, Some(me.language())) {
        Command::Forecast(asked) if asked.when.is_some() && asked.place.is_none() => {
            Some(Said::When(asked))
        }
        Command::Daily(wish) if wish.place.is_none() => Some(Said::Daily(Box::new(wish))),
        _ => None,
    }
}

fn one_of(options: &[Place], number: u32) -> Option<&Place> {
    if number == LAST {
        return options.last();
    }
    options.get(usize::try_from(number).ok()?.checked_sub(1)?)
}

fn forecast(place: &Place, asked: Asked) -> Meaning {
    let asked = Asked {
        place: Some(PlaceText::default()),
        when: asked.when,
    };
    chosen(Command::Forecast(asked), place, None)
}

fn daily(wish: DailyWish, place: &Place, text: &str) -> Meaning {
    let wish = DailyWish {
        place: Some(PlaceText::default()),
        ..wish
    };
    chosen(Command::Daily(wish), place, Some(text.to_owned()))
}

fn chosen(command: Command, place: &Place, text: Option<String>) -> Meaning {
    let chosen = Chosen {
        place: Some(place.clone()),
        text,
        ..Chosen::default()
    };
    Meaning::Command(command, Box::new(chosen))
}
