//! What a text means after our last question: numbers, YES and names choose among what was offered.

use jiff::Timestamp;

use super::super::command::words::fold;
use super::super::command::{Asked, Command, LAST, Which};
use super::super::place::Place;
use super::super::subscriber::{Question, Subscriber};
use super::mine::is_called;
use super::picks::{by_pick, with_its_length, with_its_place};
use super::settle;
use super::turn::{Chosen, open_question};

/// A command in the light of what we last asked.
#[derive(Debug, Clone, PartialEq)]
#[expect(
    clippy::large_enum_variant,
    reason = "one a text, never stored: a box would only cost a detour"
)]
pub(super) enum Meaning {
    /// A command, perhaps one from before with its question answered.
    Command(Command, Box<Chosen>),
    /// An answer to our question that is none of those offered.
    NotAmongThem,
    /// A choice, and nothing was offered.
    Nothing,
    /// No to our question.
    Declined,
    /// No, do not erase everything.
    NotErased,
    /// Yes, erase everything.
    Erase,
    /// A greeting, or thanks (`true`).
    SmallTalk(bool),
}

/// Reads the command together with the open question, if there is one.
pub(super) fn understand(command: Command, me: &Subscriber, text: &str, now: Timestamp) -> Meaning {
    let question = open_question(me, now);
    if let Some(meaning) = by_pick(&command, question, text, me, now)
        .or_else(|| with_its_place(&command, text, me, now))
        .or_else(|| with_its_length(&command, text, me, now))
    {
        return meaning;
    }
    match (paused_by(command, me), question) {
        (Command::Number(number), Some(Question::Place { .. } | Question::Subscription { .. })) => {
            by_number(question, number, me, now)
        }
        (Command::Number(_), _) => Meaning::Nothing,
        (Command::Yes | Command::Agree | Command::Delete, Some(Question::DeleteMe)) => {
            Meaning::Erase
        }
        (Command::Yes | Command::Agree, Some(Question::Place { options, .. }))
            if options.len() == 1 =>
        {
            by_number(question, 1, me, now)
        }
        (Command::Yes | Command::Agree, Some(_)) => Meaning::NotAmongThem,
        (Command::No, Some(Question::DeleteMe)) => Meaning::NotErased,
        (Command::No, Some(_)) => Meaning::Declined,
        (Command::No, None) => Meaning::Declined,
        (Command::Agree | Command::Thanks, _) => Meaning::SmallTalk(true),
        (Command::Greeting, _) => Meaning::SmallTalk(false),
        (command, Some(question)) => by_name(&command, question, me, now)
            .or_else(|| {
                (says_nothing(&command) || is_some_one(text)).then_some(Meaning::NotAmongThem)
            })
            .unwrap_or_else(|| Meaning::Command(command, Box::default())),
        (command, None) => Meaning::Command(command, Box::default()),
    }
}

impl Meaning {
    /// "2 tomorrow": the second one, and when.
    pub(super) fn at_another_time(self, said: &Asked) -> Self {
        match self {
            Self::Command(Command::Forecast(asked), chosen) => {
                let when = said.when.or(asked.when);
                Self::Command(Command::Forecast(Asked { when, ..asked }), chosen)
            }
            other => other,
        }
    }
}

/// "The witch one": one of those offered, and we do not know which.
fn is_some_one(text: &str) -> bool {
    let folded = fold(text);
    let words = folded.split(' ').count();
    (3..=4).contains(&words) && folded.starts_with("the ") && folded.ends_with(" one")
}

/// "I don't know": neither a place nor a question about the weather.
fn says_nothing(command: &Command) -> bool {
    let Command::Forecast(Asked {
        place: Some(place), ..
    }) = command
    else {
        return false;
    };
    place.text.contains(' ') && place.inside.is_nameless() && !place.inside.asks
}

/// Whether each word of a text is one of the place's name; small words do not count.
fn has_all(place: &Place, typed: &str) -> bool {
    let name = fold(&place.name);
    let words: Vec<&str> = name.split(' ').collect();
    let typed = fold(typed);
    typed.split(' ').all(|word| words.contains(&word))
        && typed.split(' ').any(|word| word.len() > 3)
}

/// "the one in illinois" as "illinois".
pub(super) fn the_one_in(typed: &str) -> String {
    const AROUND: [&str; 38] = [
        "the",
        "one",
        "in",
        "that",
        "i",
        "meant",
        "mean",
        "sorry",
        "want",
        "wanted",
        "was",
        "thinking",
        "of",
        "its",
        "actually",
        "el",
        "la",
        "de",
        "en",
        "celui",
        "celle",
        "der",
        "die",
        "das",
        "quello",
        "di",
        "o",
        "do",
        "from",
        "obviously",
        "clearly",
        "duh",
        "ofc",
        "please",
        "then",
        "no",
        "scusa",
        "quella",
    ];
    let folded = fold(typed);
    let left: Vec<&str> = folded
        .split(' ')
        .filter(|word| !AROUND.contains(word))
        .collect();
    if left.is_empty() || left.len() == folded.split(' ').count() {
        typed.to_owned()
    } else {
        left.join(" ")
    }
}

/// "Pausa" is a town in Saxony, but not to somebody who has something to pause.
fn paused_by(command: Command, me: &Subscriber) -> Command {
    let alone = match &command {
        Command::Forecast(Asked {
            place: Some(place),
            when: None,
        }) => fold(&place.text) == "pausa",
        _ => false,
    };
    if alone && !me.subscriptions.is_empty() {
        return Command::Pause {
            which: Which::Unsaid,
            span: None,
        };
    }
    command
}

pub(super) fn by_number(
    question: Option<&Question>,
    number: u32,
    me: &Subscriber,
    now: Timestamp,
) -> Meaning {
    let last = || match question? {
        Question::Place { options, .. } => options.len().checked_sub(1),
        Question::Subscription { options, .. } => options.len().checked_sub(1),
        Question::DeleteMe
        | Question::Offered { .. }
        | Question::Where { .. }
        | Question::HowLong { .. } => None,
    };
    let at = if number == LAST {
        last()
    } else {
        usize::try_from(number)
            .ok()
            .and_then(|number| number.checked_sub(1))
    };
    let chosen = match question {
        Some(Question::Place { options, text }) => {
            at.and_then(|at| options.get(at)).map(|place| Chosen {
                place: Some(place.clone()),
                text: Some(text.clone()),
                ..Chosen::default()
            })
        }
        Some(Question::Subscription { options, text }) => {
            at.and_then(|at| options.get(at)).map(|id| Chosen {
                subscription: Some(*id),
                text: Some(text.clone()),
                ..Chosen::default()
            })
        }
        _ => None,
    };
    match chosen {
        Some(chosen) => again(chosen, me, now),
        None => Meaning::NotAmongThem,
    }
}

/// The text that led to the question, understood with its answer.
fn again(chosen: Chosen, me: &Subscriber, now: Timestamp) -> Meaning {
    let before = Subscriber {
        pending: None,
        ..me.clone()
    };
    let command = chosen.text.as_deref().map_or(Command::Menu, |text| {
        let read = Command::parse_from(text, me.country, Some(me.language()));
        settle::again(read, text, &before, now)
    });
    let command = match (command, chosen.subscription) {
        // One of several is to end, and which one was chosen.
        (Command::Stop { .. } | Command::EndOne { .. }, Some(_)) => Command::EndOf {
            which: Which::Unsaid,
        },
        (command, _) => command,
    };
    Meaning::Command(command, Box::new(chosen))
}

/// "illinois" after a choice of Springfields: a name that fits exactly one of those offered.
fn by_name(
    command: &Command,
    question: &Question,
    me: &Subscriber,
    now: Timestamp,
) -> Option<Meaning> {
    let Command::Forecast(asked) = command else {
        return None;
    };
    let typed = asked.place.as_ref().filter(|_| asked.when.is_none())?;
    let typed = &the_one_in(&typed.text);
    match question {
        Question::Place { options, text } => {
            let mut fitting = options.iter().filter(|place| is_called(place, typed));
            let mut place = fitting.next();
            let mut alone = fitting.next().is_none() && options.len() > 1;
            if place.is_none() {
                // "an der weinstraße", "d'ascq": a part of only one of the names.
                let mut partly = options.iter().filter(|place| has_all(place, typed));
                place = partly.next();
                alone = partly.next().is_none() && options.len() > 1;
            }
            let place = place?;
            alone.then(|| {
                let chosen = Chosen {
                    place: Some(place.clone()),
                    text: Some(text.clone()),
                    ..Chosen::default()
                };
                again(chosen, me, now)
            })
        }
        Question::Subscription { options, text } => {
            let mut fitting = options.iter().filter(|id| {
                me.subscriptions
                    .iter()
                    .any(|s| s.id.as_ref() == Some(*id) && is_called(&s.place, typed))
            });
            let id = *fitting.next()?;
            fitting.next().is_none().then(|| {
                let chosen = Chosen {
                    subscription: Some(id),
                    text: Some(text.clone()),
                    ..Chosen::default()
                };
                again(chosen, me, now)
            })
        }
        Question::DeleteMe
        | Question::Offered { .. }
        | Question::Where { .. }
        | Question::HowLong { .. } => None,
    }
}
