//! What a text asks for: `Command::parse` is total, and bounded however long the text is.

mod changes;
mod clock;
mod daily;
mod dictionary;
pub(crate) mod follow;
pub(crate) mod intent;
mod language;
mod loose;
mod noise;
mod opt_out;
mod place;
pub(crate) mod said;
mod sentence;
mod spoken;
mod talk;
#[cfg(test)]
mod tests;
mod vocabulary;
mod when;
mod without;
pub(crate) mod words;

use self::opt_out::OptOutWish;
use self::vocabulary::{
    BACK, CALL_ME, DELETE, DELETE_ME, HELP, List, MORE, MY_DATA, START, TRIP_OVER, YES,
};
use self::words::{Words, without_signature};
use super::language::Language;
use super::phone::Country;
use super::schedule::{Days, SendTime};
use super::subscriber::{Channel, Condition, Units};

pub use self::dictionary::language_from;
pub use self::noise::Noise;
pub use self::opt_out::{
    is_foreign_stop, is_nearly_opt_out, is_opt_out_in, is_stop_anywhere, misses_texts,
};
pub use self::place::{Asked, Inside, PlaceText, WholeText, Wide};
pub use self::talk::LAST;
pub use self::when::{Span, When};

/// What a text asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// A forecast, of a place or of my own.
    Forecast(Asked),
    /// More of the place asked for last.
    More,
    /// A daily text.
    Daily(DailyWish),
    /// Another time; `None`: it is not said or cannot be read.
    Time {
        /// For which of my places.
        which: Which,
        /// The new time.
        time: Option<SendTime>,
    },
    /// Another place.
    Place {
        /// The new place.
        place: Option<PlaceText>,
    },
    /// Other days.
    Days {
        /// For which of my places.
        which: Which,
        /// The new days.
        days: Option<Days>,
    },
    /// Earlier or later than it is.
    Shift {
        /// Which of my daily texts.
        which: Which,
        /// By so many minutes; earlier is negative.
        minutes: i32,
    },
    /// No more on some days.
    DaysOff {
        /// For which of my places.
        which: Which,
        /// On which.
        days: Days,
    },
    /// Only in some weather from now on; `None`: in any.
    OnlyIf {
        /// Which of my daily texts.
        which: Which,
        /// In which weather.
        only_if: Option<Condition>,
    },
    /// Another place for one of my daily texts.
    Move {
        /// Which of them.
        which: Which,
        /// The new place.
        place: Option<PlaceText>,
    },
    /// The end of one daily text, whose place is one of mine.
    EndOf {
        /// Which of them.
        which: Which,
    },
    /// We text the wrong person, or they us.
    WrongNumber,
    /// Perhaps an opt-out: how to end everything.
    HowToStop,
    /// Nothing that we understand.
    Unclear,
    /// Other units; `None`: which ones is not said.
    Units(Option<Units>),
    /// A break.
    Pause {
        /// Of which of my places.
        which: Which,
        /// For how long; `None`: until RESUME.
        span: Option<Span>,
    },
    /// The end of a break.
    Resume {
        /// Of which of my places.
        which: Which,
    },
    /// One date left out.
    Skip {
        /// Of which of my places.
        which: Which,
        /// Which date; `None`: the next one that is due.
        day: Option<When>,
    },
    /// Another place for a while.
    Trip(TripWish),
    /// What is set, what comes next, how the last one ended.
    Status,
    /// All that we keep.
    MyData,
    /// Erase everything, after a question.
    DeleteMe,
    /// The answer to that question.
    Delete,
    /// Ring and read it aloud, for a place or for my own.
    CallMe(Option<PlaceText>),
    /// How to ask.
    Menu,
    /// The carrier's HELP and INFO.
    Help,
    /// Who is this, what does it cost, is there a person.
    About,
    /// Another language; `None`: which one is not said, or it is none of ours.
    Language(Option<Language>),
    /// The end of everything; `named` is what the text says besides, often nothing: when it is exactly one of several of my
    /// places, only that one ends.
    Stop {
        /// As typed.
        named: String,
    },
    /// The end of one daily text.
    EndOne {
        /// Which of my places, as typed.
        named: String,
        /// Whether everything ends when it is neither mine nor any place: an opt-out is never missed.
        stops: bool,
        /// The whole text, which may be the name of a place.
        whole: String,
        /// When, where the text may be a question: "stop in paris tomorrow?"
        when: Option<When>,
    },
    /// Texts again after a stop.
    Start,
    /// START, unless a question of ours waits.
    Yes,
    /// Yes in other words, which never means START.
    Agree,
    /// No.
    No,
    /// A choice.
    Number(u32),
    /// A greeting.
    Greeting,
    /// Thanks, praise, a farewell, a picture of a thumb.
    Thanks,
    /// Nothing that anybody wants answered.
    Ignored(Noise),
}

/// Which of my daily texts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Which {
    /// It isn't said.
    #[default]
    Unsaid,
    /// All of them.
    All,
    /// That of a place, as typed.
    Named(String),
}

/// A daily text as it is wished.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DailyWish {
    /// Where; `None`: my own place.
    pub place: Option<PlaceText>,
    /// When; `None`: as before, or the usual time.
    pub time: Option<SendTime>,
    /// On which days; `None`: every day.
    pub days: Option<Days>,
    /// Only with this ahead.
    pub only_if: Option<Condition>,
    /// By text or by call; `None`: as before, or by text.
    pub channel: Option<Channel>,
    /// Whether the text has what looks like a time and is none (`25:00`).
    pub bad_time: bool,
}

/// A trip as it is wished.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TripWish {
    /// Where to.
    pub place: Option<PlaceText>,
    /// How long.
    pub span: Option<Span>,
    /// Whether it is over.
    pub over: bool,
}

impl Command {
    /// Understands a text. Total: a text that is no command is a place, whatever it says.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        Self::parse_from(text, None, None)
    }

    /// The same, of a text from a country, of somebody who is answered in a language: these decide what a word means that
    /// says nothing by itself (`pausa`, `ora`), and is a place to others.
    #[must_use]
    pub fn parse_from(text: &str, country: Option<Country>, answered_in: Option<Language>) -> Self {
        let words = Words::of(without_signature(text));
        let plain = spoken::in_figures(&words.in_their_script());
        let likely = dictionary::likely(country, answered_in);
        let read = dictionary::translated(&plain, &likely);
        let read = read.as_ref().unwrap_or(&plain);
        let whole = || {
            [&plain, read]
                .into_iter()
                .find_map(|words| Some(Self::from(talk::read(words)?)))
        };
        loose::away(read)
            .or_else(|| first(&words, read))
            .or_else(|| without::read(read))
            .or_else(|| {
                language::read(&words)
                    .or_else(|| language::read(read))
                    .map(Self::Language)
            })
            .or_else(whole)
            .or_else(|| loose::limited(read))
            .or_else(|| changes::read(read))
            .or_else(|| loose::read(read))
            .or_else(|| daily::read(read))
            .unwrap_or_else(|| {
                let free = vec![true; read.len()];
                Self::Forecast(place::read(read, &free))
            })
    }

    /// The same with another time, where it has one.
    #[must_use]
    pub fn at_another_time(self, instead: SendTime) -> Self {
        match self {
            Self::Daily(wish) => Self::Daily(DailyWish {
                time: Some(instead),
                bad_time: false,
                ..wish
            }),
            Self::Time { which, .. } => Self::Time {
                which,
                time: Some(instead),
            },
            other => other,
        }
    }

    /// Whether somebody wants to leave, be it one daily text or all.
    #[must_use]
    pub const fn may_stop(&self) -> bool {
        matches!(
            self,
            Self::Stop { .. } | Self::EndOne { .. } | Self::EndOf { .. } | Self::HowToStop
        )
    }

    /// Whether it ends everything at once.
    #[must_use]
    pub const fn is_stop(&self) -> bool {
        matches!(self, Self::Stop { .. })
    }
}

/// Whether the text is an opt-out from everything, without a look at anybody's places.
#[must_use]
pub fn is_opt_out(text: &str) -> bool {
    let words = Words::of(without_signature(text));
    // Nearly no text gets past this: the rest is looked at only where it matters.
    if !matches!(opt_out::read(&words), Some(OptOutWish::All { .. })) {
        return false;
    }
    let read = dictionary::translated(&words, &[]);
    first(&words, read.as_ref().unwrap_or(&words)).is_some_and(|command| command.is_stop())
}

/// The language that the words of a text show clearly. A place's name shows none, nor do words that several languages share
/// (`si`, `no`, `pause`), nor the keywords that end things.
#[must_use]
pub fn language_of(text: &str) -> Option<Language> {
    let words = Words::of(text);
    if is_carrier_keyword(text) || noise::read(&words).is_some() {
        return None;
    }
    dictionary::shown(&words)
}

/// Whether the carrier acts upon the text by itself, where it does: the keyword alone.
#[must_use]
pub fn is_carrier_keyword(text: &str) -> bool {
    opt_out::is_keyword(text)
}

/// A time as people text it: `7`, `6:30 pm`, `18:30`, `noon`; `None` when the text is anything else.
#[must_use]
pub fn read_time(text: &str) -> Option<SendTime> {
    let words = Words::of(text);
    clock::time_at(&words, 0, true)
        .filter(|(_, taken)| *taken == words.len())
        .map(|(time, _)| time)
}

/// Days as people text them: `weekdays`, `mon wed fri`, `mon-fri`, `daily`; `None` when the text is anything else.
#[must_use]
pub fn read_days(text: &str) -> Option<Days> {
    let words = Words::of(text);
    when::days_at(&words, 0)
        .filter(|(_, taken)| *taken == words.len())
        .map(|(days, _)| days)
}

/// What comes before all else: texts that nobody wrote to be answered, commands that are whole texts, opt-outs.
fn first(words: &Words<'_>, read: &Words<'_>) -> Option<Command> {
    if let Some(noise) = noise::read(words) {
        return Some(Command::Ignored(noise));
    }
    if let Some(exact) = exact(words).or_else(|| exact(read)) {
        return Some(exact);
    }
    Some(match opt_out::read(words)? {
        OptOutWish::All { named } => Command::Stop { named },
        OptOutWish::One { named, stops, when } => Command::EndOne {
            named,
            stops,
            when,
            whole: words.source.trim().chars().take(80).collect(),
        },
    })
}

/// Commands that are whole texts.
fn exact(words: &Words<'_>) -> Option<Command> {
    let resume = Command::Resume {
        which: Which::Unsaid,
    };
    let trip_over = Command::Trip(TripWish {
        over: true,
        ..TripWish::default()
    });
    let whole: [(&List, Command); 10] = [
        (&BACK, resume),
        (&TRIP_OVER, trip_over),
        (&START, Command::Start),
        (&YES, Command::Yes),
        (&HELP, Command::Help),
        (&MY_DATA, Command::MyData),
        (&DELETE_ME, Command::DeleteMe),
        (&DELETE, Command::Delete),
        (&CALL_ME, Command::CallMe(None)),
        (&MORE, Command::More),
    ];
    whole
        .into_iter()
        .find_map(|(list, command)| list.is_politely(words).then_some(command))
}
