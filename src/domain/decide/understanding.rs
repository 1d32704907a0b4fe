//! What a text means after our last question: numbers, YES and names choose among what was offered.

use jiff::Timestamp;

use super::super::command::Command;
use super::super::subscriber::{Question, Subscriber};
use super::mine::is_called;
use super::turn::{Chosen, open_question};

/// A command in the light of what we last asked.
#[derive(Debug, Clone, PartialEq)]
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
pub(super) fn understand(command: Command, me: &Subscriber, now: Timestamp) -> Meaning {
    let question = open_question(me, now);
    match (command, question) {
        (Command::Number(number), Some(Question::Place { .. } | Question::Subscription { .. })) => {
            by_number(question, number, me)
        }
        (Command::Number(_), _) => Meaning::Nothing,
        (Command::Yes | Command::Agree | Command::Delete, Some(Question::DeleteMe)) => {
            Meaning::Erase
        }
        (Command::Yes | Command::Agree, Some(Question::Place { options, .. }))
            if options.len() == 1 =>
        {
            by_number(question, 1, me)
        }
        (Command::Yes | Command::Agree, Some(_)) => Meaning::NotAmongThem,
        (Command::No, Some(Question::DeleteMe)) => Meaning::NotErased,
        (Command::No, Some(_)) => Meaning::Declined,
        (Command::Agree | Command::No | Command::Thanks, _) => Meaning::SmallTalk(true),
        (Command::Greeting, _) => Meaning::SmallTalk(false),
        (command, Some(question)) => by_name(&command, question, me)
            .unwrap_or_else(|| Meaning::Command(command, Box::default())),
        (command, None) => Meaning::Command(command, Box::default()),
    }
}

fn by_number(question: Option<&Question>, number: u32, me: &Subscriber) -> Meaning {
    let at = usize::try_from(number)
        .ok()
        .and_then(|number| number.checked_sub(1));
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
        Some(chosen) => again(chosen, me),
        None => Meaning::NotAmongThem,
    }
}

/// The text that led to the question, understood with its answer.
fn again(chosen: Chosen, me: &Subscriber) -> Meaning {
    let command = chosen.text.as_deref().map_or(Command::Menu, |text| {
        Command::parse_from(text, me.country, Some(me.language()))
    });
    Meaning::Command(command, Box::new(chosen))
}

/// "illinois" after a choice of Springfields: a name that fits exactly one of those offered.
fn by_name(command: &Command, question: &Question, me: &Subscriber) -> Option<Meaning> {
    let Command::Forecast(asked) = command else {
        return None;
    };
    let typed = &asked.place.as_ref().filter(|_| asked.when.is_none())?.text;
    match question {
        Question::Place { options, text } => {
            let mut fitting = options.iter().filter(|place| is_called(place, typed));
            let place = fitting.next()?;
            let alone = fitting.next().is_none() && options.len() > 1;
            alone.then(|| {
                let chosen = Chosen {
                    place: Some(place.clone()),
                    text: Some(text.clone()),
                    ..Chosen::default()
                };
                again(chosen, me)
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
                again(chosen, me)
            })
        }
        Question::DeleteMe => None,
    }
}
