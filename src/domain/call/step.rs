//! Where a call stands, as the tail of the address that the next input goes to: `menu/3/0/today/45.7~4.8~…`.

use jiff::civil::Weekday;

use super::place_code;
use crate::domain::forecast::Window;
use crate::domain::language::Language;
use crate::domain::place::Place;
use crate::domain::schedule::SendTime;

/// Longer addresses are not ours.
const MAX_CHARS: usize = 4_000;

/// As many as one key can choose among, and as a listener keeps in mind.
pub(super) const MAX_OPTIONS: usize = 4;

/// Where a call stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// How many turns were taken: it makes each step of a call another one, and ends calls that would never end.
    pub turn: u8,
    /// Answers to the running question that were none.
    pub misses: u8,
    /// The language that was chosen in this call; else the caller's own.
    pub language: Option<Language>,
    /// What was asked.
    pub at: At,
}

/// What was asked.
#[derive(Debug, Clone, PartialEq)]
pub enum At {
    /// Nothing yet.
    Start,
    /// For which place.
    Ask,
    /// Whether they call from here, as their number hints.
    Offer {
        /// Here.
        place: Place,
    },
    /// In which language.
    Languages,
    /// Which of these, or whether this one.
    Pick {
        /// In the order of their keys.
        options: Vec<Place>,
        /// For when it was asked.
        window: Window,
        /// At what time a daily text is wished, if it is.
        daily: Option<SendTime>,
    },
    /// What next, after a forecast.
    Menu {
        /// Of where.
        place: Place,
        /// Of when.
        window: Window,
    },
}

impl Step {
    /// The beginning.
    pub const START: Self = Self {
        turn: 0,
        misses: 0,
        language: None,
        at: At::Start,
    };

    /// The tail of its address, without a slash before it; empty at the start.
    #[must_use]
    pub fn path(&self) -> String {
        let (turn, misses) = (self.turn, self.misses);
        let (kind, rest) = match &self.at {
            At::Start => return String::new(),
            At::Ask => ("ask", String::new()),
            At::Languages => ("languages", String::new()),
            At::Offer { place } => ("offer", format!("/{}", place_code::write(place))),
            At::Pick {
                options,
                window,
                daily,
            } => {
                let mut rest = format!("/{}", window_name(*window));
                if let Some(time) = daily {
                    rest.push_str(&format!("-{:02}{:02}", time.hour(), time.minute()));
                }
                for option in options {
                    rest.push('/');
                    rest.push_str(&place_code::write(option));
                }
                ("pick", rest)
            }
            At::Menu { place, window } => {
                let window = window_name(*window);
                ("menu", format!("/{window}/{}", place_code::write(place)))
            }
        };
        let language = self
            .language
            .map_or(String::new(), |language| format!("{}/", language.code()));
        format!("{language}{kind}/{turn}/{misses}{rest}")
    }

    /// Reads [`Step::path`]; `None` for anything else.
    #[must_use]
    pub fn parse(path: &str) -> Option<Self> {
        if path.len() > MAX_CHARS {
            return None;
        }
        if path.is_empty() {
            return Some(Self::START);
        }
        let chosen = |(code, _): &(&str, &str)| {
            let mut all = Language::ALL.into_iter();
            all.find(|language| language.code() == *code)
        };
        let language = path.split_once('/').as_ref().and_then(chosen);
        let mut parts = path.split('/').skip(usize::from(language.is_some()));
        let kind = parts.next()?;
        let turn = parts.next()?.parse().ok()?;
        let misses = parts.next()?.parse().ok()?;
        let at = match kind {
            "ask" => At::Ask,
            "languages" => At::Languages,
            "offer" => At::Offer {
                place: place_code::read(parts.next()?)?,
            },
            "pick" => {
                let when = parts.next()?;
                let (window, time) = when.split_once('-').unwrap_or((when, ""));
                let daily = match (time, when.len() > window.len()) {
                    (_, false) => None,
                    (time, true) => Some(parse_time(time)?),
                };
                let window = parse_window(window)?;
                let options: Vec<Place> = parts
                    .by_ref()
                    .take(MAX_OPTIONS)
                    .map(place_code::read)
                    .collect::<Option<_>>()?;
                if options.is_empty() {
                    return None;
                }
                At::Pick {
                    options,
                    window,
                    daily,
                }
            }
            "menu" => At::Menu {
                window: parse_window(parts.next()?)?,
                place: place_code::read(parts.next()?)?,
            },
            _ => return None,
        };
        parts.next().is_none().then_some(Self {
            turn,
            misses,
            language,
            at,
        })
    }

    /// The same question once more, after an answer that was none.
    pub(super) fn missed(&self) -> Self {
        Self {
            turn: self.turn.saturating_add(1),
            misses: self.misses.saturating_add(1),
            language: self.language,
            at: self.at.clone(),
        }
    }

    /// The same question once more, asked for.
    pub(super) fn again(&self) -> Self {
        self.then(self.at.clone())
    }

    /// Another question.
    pub(super) fn then(&self, at: At) -> Self {
        Self {
            turn: self.turn.saturating_add(1),
            misses: 0,
            language: self.language,
            at,
        }
    }
}

fn window_name(window: Window) -> &'static str {
    WINDOWS
        .iter()
        .find(|(_, known)| *known == window)
        .map_or("today", |(name, _)| name)
}

/// `0730`, and nothing else.
fn parse_time(text: &str) -> Option<SendTime> {
    let is_digits = text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
    let (hour, minute) = text.split_at_checked(2).filter(|_| is_digits)?;
    SendTime::new(hour.parse().ok()?, minute.parse().ok()?)
}

fn parse_window(name: &str) -> Option<Window> {
    WINDOWS
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, window)| *window)
}

const WINDOWS: [(&str, Window); 14] = [
    ("today", Window::Today),
    ("now", Window::Now),
    ("tonight", Window::Tonight),
    ("tomorrow", Window::Tomorrow),
    ("mon", Window::Weekday(Weekday::Monday)),
    ("tue", Window::Weekday(Weekday::Tuesday)),
    ("wed", Window::Weekday(Weekday::Wednesday)),
    ("thu", Window::Weekday(Weekday::Thursday)),
    ("fri", Window::Weekday(Weekday::Friday)),
    ("sat", Window::Weekday(Weekday::Saturday)),
    ("sun", Window::Weekday(Weekday::Sunday)),
    ("weekend", Window::Weekend),
    ("week", Window::Week),
    ("hours", Window::Hours),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::call::tests::{lyon, springfields};
    use proptest::prelude::*;

    #[test]
    fn every_kind_of_step_reads_back() {
        let mut steps = vec![
            At::Start,
            At::Ask,
            At::Languages,
            At::Offer { place: lyon() },
            At::Pick {
                options: springfields(),
                window: Window::Weekend,
                daily: None,
            },
            At::Pick {
                options: springfields(),
                window: Window::Today,
                daily: SendTime::new(7, 5),
            },
        ];
        for (_, window) in WINDOWS {
            let place = lyon();
            steps.push(At::Menu { place, window });
        }
        for at in steps {
            let fresh = at == At::Start;
            let (turn, misses) = if fresh { (0, 0) } else { (7, 2) };
            let languages = Language::ALL.map(Some).into_iter().chain([None]);
            for language in languages.filter(|language| !fresh || language.is_none()) {
                let step = Step {
                    turn,
                    misses,
                    language,
                    at: at.clone(),
                };
                assert_eq!(Step::parse(&step.path()), Some(step));
            }
        }
    }

    #[test]
    fn what_is_no_step_is_none() {
        let menu = Step::START.then(At::Menu {
            place: lyon(),
            window: Window::Today,
        });
        for path in [
            "/",
            "ask",
            "ask/1",
            "ask/1/0/",
            "ask/256/0",
            "ask/-1/0",
            "pick/1/0/today",
            "pick/1/0/someday/x",
            "pick/1/0/today-2500/x",
            "pick/1/0/today-/x",
            "pick/1/0/today-+730/x",
            "menu/1/0/today",
            "menu/1/0/today/Lyon",
            "hang-up/1/0",
            "nl/ask/1/0",
            "es",
            "es/es/ask/1/0",
            "offer/1/0",
            &format!("{}/more", menu.path()),
            &"x".repeat(5_000),
        ] {
            assert_eq!(Step::parse(path), None, "{path}");
        }
    }

    proptest! {
        #[test]
        fn parsing_is_total_and_reads_back_what_it_takes(path in ".{0,200}|((es|de)/)?(ask|pick|menu|offer|languages)/[0-9]{1,3}/[0-9]/[a-z]{3,8}/[-0-9a-zA-Z_.~/]{0,150}") {
            if let Some(step) = Step::parse(&path) {
                prop_assert_eq!(Step::parse(&step.path()), Some(step));
            }
        }
    }
}
