//! A forecast as one message: the facts of a window, the most telling first, whole ones until the room is full.

use jiff::civil::{Date, Weekday};
use jiff::{SignedDuration, Timestamp};

use super::english::clock::{ClockStyle, push_hour, weekday_short};
use super::english::written::{Detail, Reader};
use super::english::{label, lists};
use super::fit::{Clause, Draft};
use super::outlook::{
    High, Outlook, Stretch, Sun, covered, day_peak, extremes, full_hour, hour_before, local,
};
use crate::domain::forecast::{Forecast, Hour, Window};
use crate::domain::phone::Country;
use crate::domain::place::Place;
use crate::domain::subscriber::Units;

/// What is asked for, and for whom.
#[derive(Debug, Clone)]
pub struct Ask<'a> {
    /// Of which place.
    pub place: &'a Place,
    /// Of which time.
    pub window: Window,
    /// In which units.
    pub units: Units,
    /// By which clock.
    pub clock: ClockStyle,
    /// The reader's country: a place elsewhere is named with its own. `None`: without.
    pub reader: Option<Country>,
    /// The present.
    pub now: Timestamp,
    /// Septets that the text may have; 160 are one message.
    pub room: usize,
}

/// Why there is no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoText {
    /// The forecast does not cover the window.
    NoData,
}

/// The text for a window, the place first. It fits `room` GSM-7 septets, or the same share of 70 units where the place has
/// no Latin name.
///
/// # Errors
/// [`NoText::NoData`] when the forecast says nothing of the window.
pub fn forecast_text(forecast: &Forecast, ask: &Ask<'_>) -> Result<String, NoText> {
    compose(forecast, ask).ok_or(NoText::NoData)
}

/// The morning text: the day that lies ahead at `ask.now`, whatever the window asked for.
///
/// # Errors
/// [`NoText::NoData`] when the forecast says nothing of the day.
pub fn daily_text(forecast: &Forecast, ask: &Ask<'_>) -> Result<String, NoText> {
    let today = Ask {
        window: Window::Today,
        ..ask.clone()
    };
    forecast_text(forecast, &today)
}

/// From this age on a forecast says how old it is.
const OLD: SignedDuration = SignedDuration::from_hours(3);

/// From this local hour on a day's high is past.
const AFTERNOON_OVER: i8 = 16;

fn compose(forecast: &Forecast, ask: &Ask<'_>) -> Option<String> {
    let page = Page::new(forecast, ask);
    match ask.window {
        Window::Now => page.now_text(),
        Window::Today => page.today_text(),
        Window::Tonight => page.tonight_text(),
        Window::Tomorrow => page.day_text(page.today.tomorrow().ok()?, true),
        Window::Weekday(day) => match page.next(day)? {
            date if date == page.today => page.today_text(),
            date => page.day_text(date, false),
        },
        Window::Weekend => page.weekend_text(),
        Window::Week => page.week_text(),
        Window::Hours => page.hours_text(),
    }
}

/// What every text of one ask stands on.
struct Page<'a> {
    forecast: &'a Forecast,
    ask: &'a Ask<'a>,
    reader: Reader<'a>,
    sun: Sun,
    /// The local date and hour.
    today: Date,
    hour: i8,
}

impl<'a> Page<'a> {
    fn new(forecast: &'a Forecast, ask: &'a Ask<'a>) -> Self {
        let civil = ask.place.zone.rules().to_datetime(ask.now);
        Self {
            forecast,
            ask,
            reader: Reader {
                zone: &ask.place.zone,
                units: ask.units,
                clock: ask.clock,
            },
            sun: Sun::over(ask.place.coordinates, ask.now),
            today: civil.date(),
            hour: civil.hour(),
        }
    }

    fn now_text(&self) -> Option<String> {
        let stretch = Stretch::next(self.ask.now, 12)?;
        let outlook = self.outlook(stretch)?;
        let mut draft = self.draft("now");
        let present = self.present();
        if present.is_none()
            && stretch.hours(self.forecast).first()?.start
                > stretch.from + SignedDuration::from_hours(1)
        {
            return None;
        }
        draft.push(Clause::needed(0, present));
        let settled = outlook.spells.spells.is_empty();
        if settled && outlook.dry {
            draft.push(Clause::of(
                3,
                [Some("dry for the next 12 hours".to_owned())],
            ));
        } else if !settled {
            draft.push(self.lead(&outlook));
        }
        let high = self.high_today(&stretch).filter(|_| self.hour < 13);
        draft.push(Clause::of(
            4,
            [self.reader.temperatures(high, self.low_tonight(), true)],
        ));
        self.push_air(&mut draft, &outlook);
        draft.push(self.stale());
        draft.fit()
    }

    /// The hour that runs: `13C, cloudy`.
    fn present(&self) -> Option<String> {
        let hour = self.hour_now()?;
        let mut out = String::with_capacity(24);
        if let Some(celsius) = hour.temperature_c.filter(|_| hour.span_hours == 1) {
            self.reader.push_degrees(&mut out, celsius);
        }
        if let Some(sky) = lists::condition_word(hour, self.sun.is_up_at(hour.start)) {
            if !out.is_empty() {
                out.push_str(", ");
            }
            out.push_str(sky);
        }
        (!out.is_empty()).then_some(out)
    }

    fn hour_now(&self) -> Option<&'a Hour> {
        let next = self
            .forecast
            .hours
            .partition_point(|h| h.start <= self.ask.now);
        let hour = self.forecast.hours.get(next.checked_sub(1)?)?;
        (hour.end() > self.ask.now).then_some(hour)
    }

    fn today_text(&self) -> Option<String> {
        let stretch = Stretch::rest_of_day(self.ask.now, self.ask.place)?;
        let outlook = self.outlook(stretch)?;
        let mut draft = self.draft(weekday_short(self.today.weekday()));
        draft.push(self.lead(&outlook));
        let high = self.high_today(&stretch);
        let small_hours = self.hour < 4;
        let low = if small_hours {
            extremes(self.forecast, stretch.from, stretch.to).map(|(low, _)| low)
        } else {
            self.low_tonight()
        };
        draft.push(Clause::needed(
            2,
            self.reader.temperatures(high, low, !small_hours),
        ));
        self.push_air(&mut draft, &outlook);
        if self.hour < 15 {
            draft.push(self.against(high, self.today.yesterday().ok(), "yesterday"));
        }
        draft.push(self.next_day(self.today));
        draft.push(self.stale());
        draft.fit()
    }

    fn tonight_text(&self) -> Option<String> {
        let stretch = Stretch::night(self.ask.now, self.ask.place)?;
        let outlook = self.outlook(stretch)?;
        let mut draft = self.draft("tonight");
        draft.push(self.lead(&outlook));
        let night = if self.hour < 6 {
            self.today.yesterday().ok()?
        } else {
            self.today
        };
        draft.push(Clause::needed(
            2,
            self.reader.temperatures(None, self.low_of(night), false),
        ));
        self.push_air(&mut draft, &outlook);
        draft.push(self.next_day(night));
        draft.push(self.stale());
        draft.fit()
    }

    /// A whole day ahead.
    fn day_text(&self, date: Date, tomorrow: bool) -> Option<String> {
        let stretch = Stretch::day(date, self.ask.place)?;
        if !covered(self.forecast, stretch.from, stretch.to) {
            return None;
        }
        let outlook = self.outlook(stretch)?;
        let mut draft = self.draft(weekday_short(date.weekday()));
        draft.push(self.lead(&outlook));
        let high = High::of(self.forecast, self.ask.place, date, stretch.from);
        let low = extremes(self.forecast, stretch.from, stretch.to).map(|(low, _)| low);
        draft.push(Clause::needed(
            2,
            self.reader.temperatures(high, low, false),
        ));
        self.push_air(&mut draft, &outlook);
        if tomorrow {
            draft.push(self.against(high, Some(self.today), "today"));
        }
        draft.push(self.next_day(date));
        draft.push(self.stale());
        draft.fit()
    }

    fn weekend_text(&self) -> Option<String> {
        let saturday = match self.today.weekday() {
            Weekday::Sunday => None,
            _ => self.next(Weekday::Saturday),
        };
        if saturday == Some(self.today) && self.hour >= 21 || saturday.is_none() {
            return match saturday {
                None => self.today_text(),
                Some(day) => self.day_text(day.tomorrow().ok()?, false),
            };
        }
        let mut draft = self.draft("");
        let mut rank = 0;
        for date in [saturday?, saturday?.tomorrow().ok()?] {
            draft.push(lists::day_clause(
                &self.day_facts(date)?,
                &self.reader,
                rank,
            ));
            rank += 1;
        }
        draft.push(self.stale());
        draft.fit()
    }

    fn week_text(&self) -> Option<String> {
        let first = if self.hour < AFTERNOON_OVER {
            self.today
        } else {
            self.today.tomorrow().ok()?
        };
        let mut days = Vec::with_capacity(7);
        let mut date = first;
        for _ in 0..7 {
            match self.day_facts(date) {
                Some(facts) => days.push(facts),
                None => break,
            }
            date = date.tomorrow().ok()?;
        }
        let mut draft = self.draft("");
        draft.push(self.stale());
        let list = lists::week(&days, &self.reader, draft.room_left())?;
        draft.push_first(Clause::needed(0, Some(list)));
        draft.fit()
    }

    fn hours_text(&self) -> Option<String> {
        let stretch = Stretch::next(self.ask.now, 12)?;
        let mut draft = self.draft("");
        draft.push(self.stale());
        let hours = stretch.hours(self.forecast);
        let list = lists::hours(hours, &self.reader, &self.sun, draft.room_left())?;
        draft.push_first(Clause::needed(0, Some(list)));
        draft.fit()
    }

    fn draft(&self, when: &str) -> Draft {
        let place = label::place_label(self.ask.place, self.ask.reader);
        Draft::new(&place, when, self.ask.room)
    }

    fn outlook(&self, stretch: Stretch) -> Option<Outlook> {
        Outlook::of(self.forecast, stretch, &self.sun)
    }

    fn lead(&self, outlook: &Outlook) -> Clause {
        let of = |detail| Some(self.reader.lead(outlook, detail)).filter(|lead| !lead.is_empty());
        let [brief, after, amounts] = [Detail::Brief, Detail::After, Detail::Amounts].map(of);
        Clause::needed_of(0, [amounts, after, brief]).or_better(of(Detail::Whole))
    }

    /// Wind, felt temperatures, fog beside rain, the sun's strength, the sun's absence.
    fn push_air(&self, draft: &mut Draft, outlook: &Outlook) {
        draft.push(Clause::of(4, [self.reader.feels(outlook)]));
        draft.push(Clause::of(5, [self.reader.fog_besides(outlook)]));
        let strong = outlook.wind.is_some_and(|wind| wind.strong.is_some());
        draft.push(Clause::of(
            if strong { 3 } else { 6 },
            [self.reader.wind(outlook)],
        ));
        draft.push(Clause::of(7, [self.reader.uv(outlook)]));
    }

    fn high_today(&self, stretch: &Stretch) -> Option<High> {
        (self.hour < AFTERNOON_OVER)
            .then(|| {
                High::of(
                    self.forecast,
                    self.ask.place,
                    self.today,
                    stretch.from.max(full_hour(self.ask.now)),
                )
            })
            .flatten()
    }

    fn low_tonight(&self) -> Option<super::outlook::Peak> {
        let night = if self.hour < 4 {
            self.today.yesterday().ok()?
        } else {
            self.today
        };
        self.low_of(night)
    }

    /// The low of the night that begins on a date: from its evening, or now, to nine in the morning.
    fn low_of(&self, date: Date) -> Option<super::outlook::Peak> {
        let place = self.ask.place;
        let from = local(place, date, 18)?.max(full_hour(self.ask.now));
        let (low, _) = extremes(self.forecast, from, local(place, date.tomorrow().ok()?, 9)?)?;
        Some(low)
    }

    fn against(&self, high: Option<High>, before: Option<Date>, named: &str) -> Clause {
        let words = || {
            let High::Plain(today) = high? else {
                return None;
            };
            let before = day_peak(self.forecast, self.ask.place, before?)?;
            self.reader.against(today.celsius, before.celsius, named)
        };
        Clause::of(8, [words()])
    }

    /// The day after, in one clause.
    fn next_day(&self, date: Date) -> Clause {
        let facts = date.tomorrow().ok().and_then(|next| self.day_facts(next));
        facts.map_or_else(Clause::none, |facts| lists::next_day(&facts, &self.reader))
    }

    fn day_facts(&self, date: Date) -> Option<lists::Day> {
        let place = self.ask.place;
        let stretch = match date == self.today {
            true => Stretch::rest_of_day(self.ask.now, place)?,
            false => Stretch::day(date, place)?,
        };
        if !covered(self.forecast, stretch.from, stretch.to) {
            return None;
        }
        let extremes = extremes(self.forecast, stretch.from, stretch.to);
        Some(lists::Day {
            date,
            outlook: self.outlook(stretch)?,
            low: extremes.map(|(low, _)| low.celsius),
            high: extremes.map(|(_, high)| high.celsius),
        })
    }

    /// The next such day, today included.
    fn next(&self, day: Weekday) -> Option<Date> {
        let ahead = self.today.weekday().until(day);
        self.today.checked_add(jiff::Span::new().days(ahead)).ok()
    }

    fn stale(&self) -> Clause {
        let issued = self.forecast.issued_at;
        if issued.duration_until(self.ask.now) <= OLD {
            return Clause::none();
        }
        let zone = &self.ask.place.zone;
        let mut words = String::from("forecast from ");
        push_hour(&mut words, hour_before(issued, zone), self.ask.clock);
        let date = zone.rules().to_datetime(issued).date();
        if date != self.today {
            words.push(' ');
            words.push_str(weekday_short(date.weekday()));
        }
        Clause::needed(1, Some(words))
    }
}
