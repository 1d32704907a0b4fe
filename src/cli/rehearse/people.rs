//! The people of a rehearsal: where they live, what they text, and what they may expect after it.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;
use rand::rngs::StdRng;
use rand::{Rng, RngExt};

/// A phone, its town, and when its subscription was as it should be for a whole local day.
#[derive(Debug)]
pub(super) struct Person {
    pub(super) phone: String,
    pub(super) zone: &'static str,
    town: &'static str,
    time: (u8, u8),
    stopped: bool,
    /// It stopped us so long ago that we forgot what it had: it must subscribe again.
    forgotten: bool,
    /// Stretches in which nothing about the subscription changed and it was active: from, to.
    pub(super) steady: Vec<(Timestamp, Option<Timestamp>)>,
    /// Stretches after a STOP: from, to.
    silent: Vec<(Timestamp, Option<Timestamp>)>,
    /// What was texted and answered, for whoever looks for what went wrong.
    said: String,
}

/// Where the `n`th person lives, as a number of a town.
pub(super) const fn town_of(n: u32) -> usize {
    n as usize % TOWNS.len()
}

impl Person {
    pub(super) fn new(n: u32, dice: &mut StdRng) -> Self {
        let (town, zone, prefix) = TOWNS[town_of(n)];
        let digits = 11 - prefix.len();
        let phone = format!(
            "+{prefix}{:0digits$}",
            u64::from(n) + 10_u64.pow(u32::try_from(digits - 1).unwrap_or(6)) * 5
        );
        let time = time(dice);
        Self {
            phone,
            zone,
            town,
            time,
            stopped: true,
            forgotten: false,
            steady: Vec::new(),
            silent: Vec::new(),
            said: String::new(),
        }
    }

    pub(super) fn subscribes(&self) -> String {
        format!("DAILY {} {:02}:{:02}", self.town, self.time.0, self.time.1)
    }

    /// Something that a person may text on a day.
    pub(super) fn changes_mind(&mut self, dice: &mut impl Rng) -> String {
        match (self.stopped, self.forgotten) {
            (true, true) => return self.subscribes(),
            (true, false) => return "START".into(),
            (false, _) => {}
        }
        match dice.random_range(0..6) {
            0 => "STOP".into(),
            1 | 2 => {
                self.time = time(dice);
                format!("TIME {:02}:{:02}", self.time.0, self.time.1)
            }
            3 => self.town.into(),
            4 => "ME".into(),
            _ => "tomorrow".into(),
        }
    }

    pub(super) const fn is_subscribed(&self) -> bool {
        !self.stopped
    }

    /// Nothing may be expected of what was texted.
    pub(super) fn heard_nothing(&mut self, text: &str, now: Timestamp) {
        self.note(text, "no answer", now);
        self.changed(now, false);
    }

    /// What was texted and answered decides what may be expected from here on.
    pub(super) fn heard(&mut self, text: &str, replies: &[String], now: Timestamp) {
        let word = text.split(' ').next().unwrap_or_default();
        self.note(text, &replies.join(" | "), now);
        match word {
            "STOP" => {
                self.stopped = true;
                self.changed(now, false);
                self.silent.push((now, None));
            }
            "START" | "DAILY" => {
                // A choice, or a sentence about the place, is no subscription; what is resumed is told with its time, what is
                // not with the days after which it was erased.
                let on = replies.iter().any(|reply| match word {
                    "DAILY" => reply.contains("STOP"),
                    _ => reply
                        .replace(" 30 ", " ")
                        .contains(|c: char| c.is_ascii_digit()),
                });
                (self.stopped, self.forgotten) = (!on, !on);
                self.changed(now, on);
                if let Some((_, to @ None)) = self.silent.last_mut() {
                    *to = Some(now);
                }
            }
            "TIME" => self.changed(now, true),
            _ => {}
        }
    }

    pub(super) fn leaves(&mut self, now: Timestamp) {
        self.changed(now, false);
    }

    /// The local dates that lie wholly in a steady stretch: each must have exactly one record.
    pub(super) fn whole_days(&self) -> Vec<Date> {
        let Some(zone) = crate::domain::zone::Zone::named(self.zone) else {
            return Vec::new();
        };
        let mut days = Vec::new();
        for (from, to) in &self.steady {
            let Some(to) = to else { continue };
            let last = to.to_zoned(zone.rules().clone()).date();
            let mut date = from.to_zoned(zone.rules().clone()).date();
            while let Ok(next) = date.tomorrow() {
                date = next;
                if date >= last {
                    break;
                }
                // A date that the zone skips is no day.
                if date
                    .to_zoned(zone.rules().clone())
                    .is_ok_and(|start| start.date() == date)
                {
                    days.push(date);
                }
            }
        }
        days
    }

    /// Whether the phone had stopped us then.
    pub(super) fn is_silent_at(&self, at_ms: i64) -> bool {
        self.silent.iter().any(|(from, to)| {
            at_ms > from.as_millisecond() && to.is_none_or(|to| at_ms < to.as_millisecond())
        })
    }

    fn note(&mut self, text: &str, answer: &str, now: Timestamp) {
        self.said = format!("{}  {now}: {text} -> {answer}\n", self.said);
    }

    fn changed(&mut self, now: Timestamp, steady: bool) {
        if let Some((_, to @ None)) = self.steady.last_mut() {
            *to = Some(now);
        }
        if steady {
            self.steady.push((now, None));
        }
    }
}

/// Mostly mornings, and some at the hours at which clocks change.
fn time(dice: &mut impl Rng) -> (u8, u8) {
    let hour = [7, 7, 7, 7, 7, 7, 6, 0, 2, 23][dice.random_range(0..10)];
    let minute = [0, 0, 0, 0, 0, 30, 30, 59][dice.random_range(0..8)];
    (hour, minute)
}

impl fmt::Display for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (hour, minute) = self.time;
        write!(
            f,
            "{} ({}), {hour:02}:{minute:02}\n{}",
            self.town, self.zone, self.said
        )
    }
}

/// Towns whose clocks have odd rules, their zone, and the beginning of a phone number there.
const TOWNS: &[(&str, &str, &str)] = &[
    ("New York", "America/New_York", "1212"),
    ("Paris", "Europe/Paris", "336"),
    ("-31.55,159.08", "Australia/Lord_Howe", "614"),
    ("-43.95,-176.56", "Pacific/Chatham", "642"),
    ("Casablanca", "Africa/Casablanca", "2126"),
    ("-72.01,2.53", "Antarctica/Troll", "474"),
    ("Apia", "Pacific/Apia", "685"),
    ("Kathmandu", "Asia/Kathmandu", "97798"),
    ("1.87,-157.4", "Pacific/Kiritimati", "68673"),
    ("Tehran", "Asia/Tehran", "98912"),
    ("Phoenix AZ", "America/Phoenix", "1602"),
    ("Santiago Chile", "America/Santiago", "569"),
];
