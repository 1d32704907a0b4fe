//! What a text says besides what it wants: times, days, spans, conditions, names. Read wherever they stand, by the grammar's own
//! readers, for texts whose intent is known.

mod codes;
mod manner;
mod names;
mod spans;
pub(super) mod turns;
pub(super) mod weather;

use jiff::civil::{Date, Weekday};

use super::clock::time_at;
use super::dictionary;
use super::place::take_when;
use super::spoken::spoken_at;
use super::vocabulary::LANGUAGES;
use super::when::{When, days_at, span_at};
use super::words::{Words, is_one_of, without_signature};
use super::{Span, intent};
use crate::domain::language::Language;
use crate::domain::phone::Country;
use crate::domain::schedule::{Days, SendTime};
use crate::domain::subscriber::{Condition, Units};

pub(crate) use self::names::Name;

/// How many words are looked at for what is said.
const MAX_WORDS: usize = 60;

/// A text, and which of its words are taken for something.
#[derive(Debug, Clone)]
pub(crate) struct Said<'a> {
    /// As typed.
    plain: Words<'a>,
    /// In the words of the grammar.
    read: Words<'a>,
    /// Of `read`: belongs to a time, to days, to a span.
    taken: Vec<bool>,
}

impl<'a> Said<'a> {
    /// Takes a text apart.
    pub(crate) fn of(text: &'a str, country: Option<Country>, answered: Option<Language>) -> Self {
        let mut plain = Words::of(without_signature(text)).in_their_script();
        plain.all.truncate(MAX_WORDS);
        let likely = dictionary::likely(country, answered);
        let mut read = dictionary::translated(&plain, &likely).unwrap_or_else(|| plain.clone());
        read.all.truncate(MAX_WORDS);
        let taken = vec![false; read.len()];
        Self { plain, read, taken }
    }

    /// How many words it has.
    pub(crate) fn len(&self) -> usize {
        self.plain.len()
    }

    /// Whether it begins with the word of a command, as the grammar lists them.
    pub(crate) fn begins_with_a_keyword(&self) -> bool {
        let lead = usize::from(matches!(self.read.get(0), "please" | "pls" | "plz"));
        matches!(
            self.read.get(lead),
            "daily"
                | "subscribe"
                | "sub"
                | "join"
                | "signup"
                | "time"
                | "place"
                | "days"
                | "units"
                | "pause"
                | "resume"
                | "skip"
                | "trip"
        )
    }

    /// Whether one of the words or phrases stands in it, in plain words as typed.
    pub(crate) fn has_any(&self, phrases: &[&str]) -> bool {
        phrases.iter().any(|phrase| self.plain.has(phrase))
    }

    /// The new time: the last that is said and not refused ("8 now not 7.30", "7 is too soon make it 8").
    pub(crate) fn time(&mut self) -> Option<SendTime> {
        let spoken = self.last_time(|said, at| {
            let (time, taken) = spoken_at(&said.plain, at)?;
            Some((time, taken))
        });
        if let Some((time, at, taken)) = spoken {
            self.take_typed(at, taken);
            return Some(self.half_of_day(time));
        }
        let read = self
            .last_read_time(false)
            .or_else(|| self.last_read_time(true));
        let (time, at, taken) = read?;
        self.take(at, taken);
        Some(self.half_of_day(time))
    }

    /// Whether a time is said that can be nothing else.
    pub(crate) fn has_time(&self) -> bool {
        let spoken = (0..self.plain.len()).any(|at| spoken_at(&self.plain, at).is_some());
        spoken || self.last_read_time(false).is_some()
    }

    fn last_time(
        &self,
        time: impl Fn(&Self, usize) -> Option<(SendTime, usize)>,
    ) -> Option<(SendTime, usize, usize)> {
        let mut found = None;
        let mut at = 0;
        while at < self.plain.len() {
            match time(self, at) {
                Some((time, taken)) => {
                    if !turns::is_refused(&self.plain, at, at + taken) {
                        found = Some((time, at, taken));
                    }
                    at += taken;
                }
                None => at += 1,
            }
        }
        found
    }

    fn last_read_time(&self, bare: bool) -> Option<(SendTime, usize, usize)> {
        let mut found = None;
        let mut at = 0;
        while at < self.read.len() {
            let counts = matches!(
                self.read.get(at + 1),
                "day"
                    | "days"
                    | "week"
                    | "weeks"
                    | "month"
                    | "months"
                    | "tage"
                    | "jours"
                    | "dias"
                    | "giorni"
            );
            let time = time_at(&self.read, at, bare).filter(|_| !self.taken[at] && !counts);
            match time {
                Some((time, taken)) => {
                    let word = self.read.get(at);
                    let spelled = bare && matches!(word, "one" | "two");
                    if !turns::is_refused(&self.read, at, at + taken) && !spelled {
                        found = Some((time, at, taken));
                    }
                    at += taken.max(1);
                }
                None => at += 1,
            }
        }
        found
    }

    /// "each evening about 8", "shift to evening 6".
    fn half_of_day(&self, time: SendTime) -> SendTime {
        const LATE: &str = "evening|evenings|afternoon|arvo|nightly|night|nights|pm|abend|abends|soir|soirs|tarde|tardes|noche|noches|\
        noite|sera|nachmittag|pomeriggio|tonight|bedtime";
        const EARLY: &str = "am|morning|mornings|wake|breakfast|early|matin|manana|manha|mattina|mattino|morgens|morgen|fruh";
        let said = |list: &str| {
            self.plain
                .all
                .iter()
                .any(|word| is_one_of(&word.fold, list))
        };
        let (late, early) = (said(LATE), said(EARLY));
        if late && !early && (4..12).contains(&time.hour()) {
            return SendTime::new(time.hour() + 12, time.minute()).unwrap_or(time);
        }
        time
    }

    /// "an hour earlier", "30 min später": minutes to move by; `None`: it says no such thing.
    pub(crate) fn shift(&self) -> Option<i32> {
        turns::shift(&self.plain)
    }

    /// Whether something like a time stands in it that no clock shows: `25:00`.
    pub(crate) fn has_bad_time(&self) -> bool {
        self.plain.all.iter().any(|word| {
            let digits = word
                .fold
                .trim_end_matches(|c: char| c.is_ascii_alphabetic());
            let parts = digits.split_once([':', '.']);
            parts.is_some_and(|(hour, minute)| {
                let number = |part: &str| part.parse::<u32>().ok().filter(|_| part.len() <= 2);
                matches!((number(hour), number(minute)), (Some(h), Some(m)) if h > 24 || m > 59)
            })
        })
    }

    /// The days of a schedule that are said, and whether they are refused ("not wednesdays").
    pub(crate) fn days(&mut self) -> Option<(Days, bool)> {
        let mut on: Option<Days> = None;
        let mut off: Option<Days> = None;
        let mut at = 0;
        while at < self.read.len() {
            let found = self.days_at(at).filter(|_| !self.taken[at]);
            let Some((days, taken)) = found else {
                at += 1;
                continue;
            };
            let refused = turns::is_without(&self.read, &self.plain, at, at + taken);
            let kept = if refused { &mut off } else { &mut on };
            *kept = Some(match *kept {
                Some(before) if before != Days::DAILY => both(before, days),
                _ => days,
            });
            self.take(at, taken);
            at += taken;
        }
        match (on, off) {
            (Some(on), Some(off)) if on != Days::DAILY => {
                let left = Days::of(on.iter().filter(|day| !off.contains(*day)));
                left.map(|left| (left, false))
            }
            (_, Some(off)) => Some((off, true)),
            (on, None) => on.map(|on| (on, false)),
        }
    }

    fn days_at(&self, at: usize) -> Option<(Days, usize)> {
        if let Some(found) = days_at(&self.read, at) {
            return Some(found);
        }
        let said = |phrases: &[&str]| {
            phrases
                .iter()
                .find_map(|phrase| self.read.phrase(at, phrase))
        };
        if let Some(taken) = said(&[
            "weekend", "weekends", "wknd", "wknds", "finde", "findes", "fds",
        ]) {
            return Some((Days::WEEKENDS, taken));
        }
        let work = [
            "school days",
            "work days",
            "workdays",
            "working days",
            "business days",
            "days ouvres",
            "week days",
            "laborables",
        ];
        if let Some(taken) = said(&work) {
            return Some((Days::WEEKDAYS, taken));
        }
        let always = [
            "every single day",
            "all days",
            "7 days a week",
            "seven days a week",
            "all week",
            "every morning",
        ];
        said(&always).map(|taken| (Days::DAILY, taken))
    }

    /// How long: "til dec 5", "for a fortnight", "til the new year".
    pub(crate) fn span(&mut self, today: Date) -> Option<Span> {
        let found = (0..self.read.len())
            .find_map(|at| span_at(&self.read, at).map(|(span, taken)| (at, taken, span)))
            .or_else(|| spans::span(&self.read, today));
        let (at, taken, span) = found?;
        self.take(at, taken);
        Some(span)
    }

    /// Which day or stretch is asked about.
    pub(crate) fn when(&mut self) -> Option<When> {
        let mut kept: Vec<bool> = self.taken.iter().map(|taken| !taken).collect();
        let when = take_when(&self.read, &mut kept);
        self.taken = kept.iter().map(|kept| !kept).collect();
        when
    }

    /// In which weather only; `Some(None)`: in any.
    pub(crate) fn condition(&self) -> Option<Option<Condition>> {
        weather::condition(&self.plain)
    }

    /// Which units; the first that is not refused.
    pub(crate) fn units(&self) -> Option<Units> {
        weather::units(&self.plain)
    }

    /// Which language; the last that is named.
    pub(crate) fn language(&self) -> Option<Language> {
        (0..self.plain.len())
            .rev()
            .filter(|at| {
                self.plain.get(*at).len() > 3 && !turns::is_refused(&self.plain, *at, at + 1)
            })
            .find_map(|at| {
                let word = self.plain.get(at);
                LANGUAGES
                    .iter()
                    .find(|(_, list)| list.contains(word))
                    .map(|(language, _)| *language)
            })
    }

    /// A day of the week that is named.
    pub(crate) fn weekday(&self) -> Option<Weekday> {
        (0..self.read.len()).find_map(|at| super::when::day_at(&self.read, at).map(|(day, _)| day))
    }

    /// What may be names of places, the likeliest first.
    pub(crate) fn names(&self) -> Vec<Name> {
        names::names(&self.read, &self.taken, intent::is_known)
    }

    /// The words as typed, in plain letters.
    pub(crate) fn plain_words(&self) -> Vec<&str> {
        (0..self.plain.len()).map(|at| self.plain.get(at)).collect()
    }

    fn take(&mut self, at: usize, taken: usize) {
        let end = (at + taken).min(self.taken.len());
        if let Some(words) = self.taken.get_mut(at..end) {
            words.fill(true);
        }
    }

    /// The same, of words as they were typed.
    fn take_typed(&mut self, at: usize, taken: usize) {
        let (Some(first), Some(last)) =
            (self.plain.all.get(at), self.plain.all.get(at + taken - 1))
        else {
            return;
        };
        let (from, to) = (first.at.start, last.at.end);
        for (word, taken) in self.read.all.iter().zip(&mut self.taken) {
            *taken |= word.at.start >= from && word.at.end <= to;
        }
    }
}

fn both(one: Days, other: Days) -> Days {
    Days::of(one.iter().chain(other.iter())).unwrap_or(one)
}
