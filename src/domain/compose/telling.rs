//! What there is to tell for an ask, before any words of any language.

use jiff::civil::{Date, Weekday};
use jiff::{SignedDuration, Timestamp};

use super::forecast::Ask;
use super::outlook::{
    High, Outlook, Peak, Stretch, Sun, covered, day_peak, extremes, falling, full_hour, local,
};
use crate::domain::forecast::{Forecast, Hour, Window};

/// What is told.
pub(super) enum Telling<'a> {
    /// One stretch in full.
    Story(Box<Story<'a>>),
    /// A few days, each in a sentence.
    Days(Vec<Day>),
    /// Many days, each in a word.
    Week(Vec<Day>),
    /// Hour by hour.
    Hours(&'a [Hour]),
}

/// One stretch in full.
pub(super) struct Story<'a> {
    pub(super) title: Title,
    /// The hour that runs.
    pub(super) present: Option<&'a Hour>,
    /// What falls in that hour is what the lead begins with.
    pub(super) sky_goes_on: bool,
    pub(super) outlook: Outlook,
    pub(super) high: Option<High>,
    pub(super) low: Option<Peak>,
    /// The low is that of the coming night, not of the stretch.
    pub(super) low_tonight: bool,
    /// The high of the day before, where both are known: which of the two days is today tells `title`.
    pub(super) day_before: Option<f32>,
    pub(super) next: Option<Day>,
}

impl Story<'_> {
    /// Without what the rest of it says as well: a felt temperature close to a told one, and what falls in the hour that
    /// runs, where the story begins with it.
    fn settled(mut self) -> Self {
        let high = self.high.map(|high| high.warmest().celsius);
        let low = self.low.map(|low| low.celsius);
        self.outlook.forget_mild_feels(high, low);
        let first = self.outlook.spells.spells.first().filter(|s| s.opens);
        let falls = self.present.and_then(|hour| falling(hour.conditions?));
        let family = falls.map(|(kind, _)| kind.family());
        self.sky_goes_on = family.is_some() && family == first.map(|s| s.first.kind.family());
        self
    }
}

/// What the stretch is called.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Title {
    Now,
    Tonight,
    Today(Weekday),
    Day(Weekday),
}

/// One day of several.
pub(super) struct Day {
    pub(super) date: Date,
    pub(super) outlook: Outlook,
    pub(super) low: Option<f32>,
    pub(super) high: Option<f32>,
    /// The low is that of the night after it.
    pub(super) low_tonight: bool,
}

/// From this age on a forecast says how old it is.
const OLD: SignedDuration = SignedDuration::from_hours(3);

/// From this local hour on a day's high is past.
const AFTERNOON_OVER: i8 = 16;

/// Until this local hour the night that runs is "tonight".
const SMALL_HOURS: i8 = 4;

/// An ask and the forecast to answer it from.
pub(super) struct Page<'a> {
    forecast: &'a Forecast,
    pub(super) ask: &'a Ask<'a>,
    pub(super) sun: Sun,
    /// The local date and hour.
    pub(super) today: Date,
    hour: i8,
}

impl<'a> Page<'a> {
    pub(super) fn new(forecast: &'a Forecast, ask: &'a Ask<'a>) -> Self {
        let civil = ask.place.zone.rules().to_datetime(ask.now);
        Self {
            forecast,
            ask,
            sun: Sun::over(ask.place.coordinates, ask.now),
            today: civil.date(),
            hour: civil.hour(),
        }
    }

    /// What to tell. `None` where the forecast says nothing of the window.
    pub(super) fn telling(&self) -> Option<Telling<'a>> {
        let story = match self.ask.window {
            Window::Now => self.now(),
            Window::Today => self.rest_of_today(),
            Window::Tonight => self.tonight(),
            Window::Tomorrow => self.day_ahead(self.today.tomorrow().ok()?),
            Window::Weekday(day) => match self.next(day)? {
                date if date == self.today => self.rest_of_today(),
                date => self.day_ahead(date),
            },
            Window::Weekend => return self.weekend(),
            Window::Week => return self.week(),
            Window::Hours => {
                let stretch = Stretch::next(self.ask.now, 12)?;
                return Some(Telling::Hours(stretch.hours(self.forecast)));
            }
        };
        story.map(|story| Telling::Story(Box::new(story.settled())))
    }

    /// When the forecast was made, if that has to be said.
    pub(super) fn old(&self) -> Option<Timestamp> {
        let issued = self.forecast.issued_at;
        (issued.duration_until(self.ask.now) > OLD).then_some(issued)
    }

    fn now(&self) -> Option<Story<'a>> {
        let stretch = Stretch::next(self.ask.now, 12)?;
        let outlook = self.outlook(stretch)?;
        // Of a stretch of six hours nobody knows how its present one is.
        let wet = !outlook.spells.spells.is_empty();
        let present = self.hour_now();
        let telling = |h: &&Hour| h.span_hours == 1 && (h.temperature_c.is_some() || !wet);
        let first = stretch.hours(self.forecast).first()?;
        if present.is_none() && first.start > stretch.from + SignedDuration::from_hours(1) {
            return None;
        }
        Some(Story {
            title: Title::Now,
            present: present.filter(telling),
            sky_goes_on: false,
            outlook,
            high: self
                .high_today(&stretch)
                .filter(|high| self.hour < 13 && matches!(high, High::Plain(_))),
            low: self.low_tonight(),
            low_tonight: true,
            day_before: None,
            next: self.day_from(self.today.tomorrow().ok()?, stretch.to),
        })
    }

    fn hour_now(&self) -> Option<&'a Hour> {
        let next = self
            .forecast
            .hours
            .partition_point(|h| h.start <= self.ask.now);
        let hour = self.forecast.hours.get(next.checked_sub(1)?)?;
        (hour.end() > self.ask.now).then_some(hour)
    }

    fn rest_of_today(&self) -> Option<Story<'a>> {
        let stretch = Stretch::rest_of_day(self.ask.now, self.ask.place)?;
        let high = self.high_today(&stretch);
        let small_hours = self.hour < SMALL_HOURS;
        let before = self.today.yesterday().ok().filter(|_| self.hour < 15);
        Some(Story {
            title: Title::Today(self.today.weekday()),
            present: None,
            sky_goes_on: false,
            outlook: self.outlook(stretch)?,
            high,
            low: if small_hours {
                extremes(self.forecast, stretch.from, stretch.to).map(|(low, _)| low)
            } else {
                self.low_tonight()
            },
            low_tonight: !small_hours,
            day_before: before.and_then(|date| self.peak(date)),
            next: self.day(self.today.tomorrow().ok()?),
        })
    }

    fn tonight(&self) -> Option<Story<'a>> {
        let stretch = Stretch::night(self.ask.now, self.ask.place)?;
        let evening = match self.hour < 6 {
            true => self.today.yesterday().ok()?,
            false => self.today,
        };
        Some(Story {
            title: Title::Tonight,
            present: None,
            sky_goes_on: false,
            outlook: self.outlook(stretch)?,
            high: None,
            low: self.low_of(evening),
            low_tonight: false,
            day_before: None,
            next: self.day_from(evening.tomorrow().ok()?, stretch.to),
        })
    }

    /// A whole day ahead.
    fn day_ahead(&self, date: Date) -> Option<Story<'a>> {
        let stretch = Stretch::day(date, self.ask.place)?;
        if !covered(self.forecast, stretch.from, stretch.to) {
            return None;
        }
        let is_tomorrow = self.today.tomorrow().ok() == Some(date);
        Some(Story {
            title: Title::Day(date.weekday()),
            present: None,
            sky_goes_on: false,
            outlook: self.outlook(stretch)?,
            high: High::of(self.forecast, self.ask.place, date, stretch.from),
            low: extremes(self.forecast, stretch.from, stretch.to).map(|(low, _)| low),
            low_tonight: false,
            day_before: is_tomorrow.then(|| self.peak(self.today)).flatten(),
            next: self.day(date.tomorrow().ok()?),
        })
    }

    /// Saturday and Sunday, or what is left of them.
    fn weekend(&self) -> Option<Telling<'a>> {
        let sunday = self.next(Weekday::Sunday)?;
        let one_day = match self.today.weekday() {
            Weekday::Sunday => self.rest_of_today(),
            Weekday::Saturday if self.hour >= 21 => self.day_ahead(sunday),
            _ => {
                let saturday = match sunday.yesterday().ok()? {
                    date if date == self.today => self.today_of_several(),
                    date => self.day(date),
                };
                let both = [saturday, self.day(sunday)];
                let days: Vec<Day> = both.into_iter().flatten().collect();
                return (!days.is_empty()).then_some(Telling::Days(days));
            }
        };
        one_day.map(|story| Telling::Story(Box::new(story.settled())))
    }

    /// Seven days, from tomorrow when today's best is over.
    fn week(&self) -> Option<Telling<'a>> {
        let mut date = match self.hour < AFTERNOON_OVER {
            true => self.today,
            false => self.today.tomorrow().ok()?,
        };
        let mut days = Vec::with_capacity(7);
        while days.len() < 7 {
            let Some(day) = self.day(date) else { break };
            days.push(day);
            date = date.tomorrow().ok()?;
        }
        (!days.is_empty()).then_some(Telling::Week(days))
    }

    fn day(&self, date: Date) -> Option<Day> {
        let stretch = match date == self.today {
            true => Stretch::rest_of_day(self.ask.now, self.ask.place)?,
            false => Stretch::day(date, self.ask.place)?,
        };
        self.day_of(date, stretch)
    }

    /// The day after what is told; where that reaches into it, from its end: nothing is said twice.
    fn day_from(&self, date: Date, told: Timestamp) -> Option<Day> {
        let whole = Stretch::day(date, self.ask.place)?;
        let from = told.max(whole.from);
        self.day_of(date, Stretch { from, ..whole })
    }

    /// What is left of today, with the low of the night that follows.
    fn today_of_several(&self) -> Option<Day> {
        let mut day = self.day(self.today)?;
        day.high = day.high.filter(|_| self.hour < AFTERNOON_OVER);
        if self.hour >= SMALL_HOURS {
            day.low = self.low_tonight().map(|low| low.celsius);
            day.low_tonight = true;
        }
        Some(day)
    }

    fn day_of(&self, date: Date, stretch: Stretch) -> Option<Day> {
        if !covered(self.forecast, stretch.from, stretch.to) {
            return None;
        }
        let extremes = extremes(self.forecast, stretch.from, stretch.to);
        Some(Day {
            date,
            outlook: self.outlook(stretch)?,
            low: extremes.map(|(low, _)| low.celsius),
            high: extremes.map(|(_, high)| high.celsius),
            low_tonight: false,
        })
    }

    fn outlook(&self, stretch: Stretch) -> Option<Outlook> {
        Outlook::of(self.forecast, stretch, &self.sun, &self.ask.place.zone)
    }

    fn high_today(&self, stretch: &Stretch) -> Option<High> {
        if self.hour >= AFTERNOON_OVER {
            return None;
        }
        // Where hours begin at a quarter to, the one that runs after midnight began on the day before.
        let midnight = local(self.ask.place, self.today, 0)?;
        High::of(
            self.forecast,
            self.ask.place,
            self.today,
            stretch.from.max(midnight),
        )
    }

    fn low_tonight(&self) -> Option<Peak> {
        match self.hour < SMALL_HOURS {
            true => self.low_of(self.today.yesterday().ok()?),
            false => self.low_of(self.today),
        }
    }

    /// The low of the night that begins on a date: from its evening, or now, to nine in the morning.
    fn low_of(&self, date: Date) -> Option<Peak> {
        let place = self.ask.place;
        let from = local(place, date, 18)?.max(full_hour(self.ask.now));
        let (low, _) = extremes(self.forecast, from, local(place, date.tomorrow().ok()?, 9)?)?;
        Some(low)
    }

    fn peak(&self, date: Date) -> Option<f32> {
        day_peak(self.forecast, self.ask.place, date).map(|peak| peak.celsius)
    }

    /// The next such day, today included.
    fn next(&self, day: Weekday) -> Option<Date> {
        let ahead = self.today.weekday().until(day);
        self.today.checked_add(jiff::Span::new().days(ahead)).ok()
    }
}
