//! Trip b, the daily tick: due rows in pages → one forecast a cell → one transaction a page → wake the sender.

use std::collections::HashMap;

use jiff::Timestamp;

use super::{App, ahead, drafts};
use crate::crash;
use crate::domain::compose::{self, Ask, ClockStyle};
use crate::domain::condition;
use crate::domain::delivery::SkipReason;
use crate::domain::forecast::{Forecast, Window};
use crate::domain::language::Language;
use crate::domain::message::MessageBody;
use crate::domain::phone::Country;
use crate::domain::schedule::Slot;
use crate::domain::subscriber::{Channel, Units};
use crate::store::{Due, OpenWork, Plan, Planned, StoreError};
use crate::weather::{Cell, Spot, WeatherError};

/// What a tick did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TickReport {
    /// Deliveries made.
    pub planned: usize,
    /// Dates that got a record saying why not.
    pub skipped: usize,
    /// Subscriptions that stay due for want of weather.
    pub waiting: usize,
    /// Whether there may be something to send now.
    pub ready: bool,
}

impl App {
    /// One tick: everything that is due now, what is unclear, what we owe. Running it twice does nothing twice.
    ///
    /// # Errors
    /// [`StoreError`] when the database does not answer; the next tick finds the same rows due.
    pub async fn tick(&self) -> Result<TickReport, StoreError> {
        let mut last = self.ticking.lock().await;
        if last.is_none() {
            *last = self.last_tick().await?;
        }
        let (now, before) = (self.clock.now(), *last);
        if before.is_none_or(|before| now.as_second() / RECOUNT_S != before.as_second() / RECOUNT_S)
        {
            self.recount_budget(now).await?;
            self.keep_totals(now).await?;
            self.let_go(now).await?;
        }
        let mut open = self.store.open_work().await?;
        let mut report = TickReport::default();
        if open.is_due(now) {
            report = self.plan_due(now, before).await?;
            open.waiting |= report.planned > 0;
        }
        if open.is_due(now.saturating_add(ahead::AHEAD).unwrap_or(now)) {
            self.fetch_ahead(now).await?;
        }
        self.see_to(open, now).await?;
        let fetched = self.weather.take_fresh();
        if !fetched.is_empty() {
            let rows = fetched
                .into_iter()
                .map(|(cell, forecast, at)| (cell.to_string(), (*forecast).clone(), at))
                .collect();
            self.store.keep_forecasts(rows).await?;
        }
        self.store.set_meta(LAST_TICK, &now.to_string()).await?;
        *last = Some(now);
        self.pulse.tick();
        self.wake.notify_one();
        if report != TickReport::default() {
            tracing::info!(
                planned = report.planned,
                skipped = report.skipped,
                waiting = report.waiting,
                "a tick made what was due"
            );
        }
        report.ready = open.waiting || open.owed || open.unclear;
        Ok(report)
    }

    /// Everything that is not over: most ticks find nothing, and ask no further.
    async fn see_to(&self, open: OpenWork, now: Timestamp) -> Result<(), StoreError> {
        if open.waiting {
            // Whether or not anything may be sent now: what has become too late ends here.
            self.store.claim(now, 0).await?;
        }
        if open.attempting {
            self.hold_interrupted(false).await?;
        }
        if open.unclear || open.unreported {
            self.settle_unclear(open, now, &|| self.pulse.job()).await?;
        }
        if open.owed {
            self.answer_owed(now).await?;
        }
        Ok(())
    }

    /// When the last tick was completed.
    ///
    /// # Errors
    /// [`StoreError`] when the database does not answer.
    pub async fn last_tick(&self) -> Result<Option<Timestamp>, StoreError> {
        Ok(self
            .store
            .meta(LAST_TICK)
            .await?
            .and_then(|text| text.parse().ok()))
    }

    /// Computes when everybody is due next if other tz data are in use than at the last start.
    ///
    /// # Errors
    /// [`StoreError`] when the database does not answer.
    pub async fn follow_zones(&self, version: &str) -> Result<bool, StoreError> {
        let known = self.store.meta(TZ_VERSION).await?;
        if version.is_empty() || known.as_deref() == Some(version) {
            return Ok(false);
        }
        let (now, mut after) = (self.clock.now(), None);
        loop {
            after = self.store.reschedule(after, PAGE, now).await?;
            if after.is_none() {
                break;
            }
        }
        // Last: a start that is cut short does it again.
        self.store.set_meta(TZ_VERSION, version).await?;
        if known.is_some() {
            tracing::info!(
                version,
                "time zone data are new; due times were computed again"
            );
        }
        Ok(true)
    }

    async fn plan_due(
        &self,
        now: Timestamp,
        before: Option<Timestamp>,
    ) -> Result<TickReport, StoreError> {
        let report = self.plan_pages(now, before).await;
        // After an error they are still due.
        drop(self.drafts.take(usize::MAX));
        report
    }

    async fn plan_pages(
        &self,
        now: Timestamp,
        before: Option<Timestamp>,
    ) -> Result<TickReport, StoreError> {
        let mut report = TickReport::default();
        let mut composed = HashMap::new();
        let mut page = self.store.take_due(now, None, PAGE).await?;
        while let Some(last) = page.last() {
            let after = last
                .subscription
                .next
                .zip(last.subscription.id)
                .map(|(slot, id)| (slot.at, id));
            let forecasts = self.forecasts_for(&page, now).await;
            let plans = self.plans(&page, &forecasts, &mut composed, now, before, &mut report);
            // A page may leave rows behind it: a subscription that slept for days has its next date due at once. What could
            // not be read is not in the page, and a page half full is no last one yet.
            let next = plans.iter().filter_map(|plan| plan.next);
            let leaves_rows = next.map(|slot| slot.at).any(|at| at <= now);
            let is_last = after.is_none() || page.len() * 2 < PAGE && !leaves_rows;
            crash::point("before-plan");
            let ahead = if is_last || leaves_rows {
                0
            } else {
                drafts::AHEAD
            };
            let write = self.write(plans, now, ahead);
            page = if is_last {
                write.await?;
                Vec::new()
            } else if leaves_rows {
                write.await?;
                self.store.take_due(now, after, PAGE).await?
            } else {
                // The next page is read while this one is written.
                let (written, next) = tokio::join!(write, self.store.take_due(now, after, PAGE));
                written?;
                next?
            };
            crash::point("after-plan");
            self.pulse.job();
            self.wake.notify_one();
        }
        // Of the page before, which was not known to be the last.
        self.write(Vec::new(), now, 0).await?;
        Ok(report)
    }

    async fn forecasts_for(&self, page: &[Due], now: Timestamp) -> Forecasts {
        let mut spots: HashMap<Cell, Spot> = HashMap::new();
        for due in page {
            let Some(slot) = due.subscription.next else {
                continue;
            };
            if self.reason_to_skip(due, slot, now).is_none() {
                let spot = Spot::from(due.subscription.place_on(slot.date));
                spots.entry(Cell::of(&spot)).or_insert(spot);
            }
        }
        let (cells, spots): (Vec<_>, Vec<_>) = spots.into_iter().unzip();
        let answers = self.weather.forecasts(&spots, now).await;
        cells.into_iter().zip(answers).collect()
    }

    fn plans(
        &self,
        page: &[Due],
        forecasts: &Forecasts,
        composed: &mut ComposedTexts,
        now: Timestamp,
        before: Option<Timestamp>,
        report: &mut TickReport,
    ) -> Vec<Plan> {
        let mut plans = Vec::with_capacity(page.len());
        for due in page {
            let (Some(slot), Some(id)) = (due.subscription.next, due.subscription.id) else {
                continue;
            };
            let what = match self.reason_to_skip(due, slot, now) {
                // We were up after it fell due and still could not: the weather was missing, not we.
                Some(SkipReason::TooLate) if before.is_some_and(|before| before > slot.at) => {
                    Planned::Skip {
                        reason: SkipReason::NoWeather,
                    }
                }
                Some(reason) => Planned::Skip { reason },
                None if !self.may_send(now) => Planned::Skip {
                    reason: SkipReason::Budget,
                },
                None => match self.compose_due(due, slot, forecasts, composed, now) {
                    Composed::Words(body, segments) => Planned::Send {
                        channel: self.channel(due.subscription.channel),
                        segments,
                        body,
                        expires_at: slot
                            .at
                            .saturating_add(self.lateness())
                            .unwrap_or(Timestamp::MAX),
                    },
                    Composed::Not(reason) => Planned::Skip { reason },
                    Composed::Wait => {
                        report.waiting += 1;
                        continue;
                    }
                },
            };
            match what {
                Planned::Send { .. } => report.planned += 1,
                Planned::Skip { .. } => report.skipped += 1,
            }
            plans.push(Plan {
                subscription: id,
                date: slot.date,
                due_at: slot.at,
                what,
                next: following(due, slot),
            });
        }
        plans
    }

    fn reason_to_skip(&self, due: &Due, slot: Slot, now: Timestamp) -> Option<SkipReason> {
        let subscription = &due.subscription;
        if subscription
            .pause
            .is_some_and(|pause| pause.until.is_none_or(|until| slot.date < until))
        {
            return Some(SkipReason::Paused);
        }
        if subscription.skip == Some(slot.date) {
            return Some(SkipReason::Asked);
        }
        let latest = slot
            .at
            .saturating_add(self.lateness())
            .unwrap_or(Timestamp::MAX);
        (now > latest).then_some(SkipReason::TooLate)
    }

    fn compose_due(
        &self,
        due: &Due,
        slot: Slot,
        forecasts: &Forecasts,
        composed: &mut ComposedTexts,
        now: Timestamp,
    ) -> Composed {
        let place = due.subscription.place_on(slot.date);
        let cell = Cell::of(&Spot::from(place));
        let forecast = match forecasts.get(&cell) {
            Some(Ok(forecast)) => forecast,
            Some(Err(WeatherError::NoData)) => return Composed::Not(SkipReason::NoWeather),
            Some(Err(WeatherError::Down)) | None => return Composed::Wait,
        };
        if let Some(wanted) = due.subscription.only_if {
            match condition::holds(wanted, forecast, now, end_of_day(slot, place, now)) {
                Some(true) => {}
                Some(false) => return Composed::Not(SkipReason::Condition),
                None => return Composed::Wait,
            }
        }
        let clock = ClockStyle::for_reader(due.language, due.country);
        let channel = self.channel(due.subscription.channel);
        let key = ComposeKey {
            channel,
            place: place.name.clone(),
            cell,
            units: due.units,
            language: due.language,
            reader: due.country,
        };
        let body = composed.entry(key).or_insert_with(|| {
            if channel == Channel::Call {
                let words = self.spoken_today(forecast, place, due, now);
                return words.map(|words| (words, 1));
            }
            let room = 160;
            let ask = Ask {
                language: due.language,
                place,
                reader: due.country,
                window: Window::Today,
                units: due.units,
                clock,
                now,
                room,
            };
            let text = compose::daily_text(forecast, &ask).ok()?;
            let body = MessageBody::new(&text);
            Some((body.as_str().to_owned(), body.segments()))
        });
        match body {
            Some((words, segments)) => Composed::Words(words.clone(), *segments),
            None => Composed::Wait,
        }
    }
}

type Forecasts = HashMap<Cell, Result<std::sync::Arc<Forecast>, WeatherError>>;

/// The texts of this tick: each is written once, and shared.
type ComposedTexts = HashMap<ComposeKey, Option<(String, usize)>>;

/// Subscriptions that get the very same text.
#[derive(PartialEq, Eq, Hash)]
struct ComposeKey {
    channel: Channel,
    place: String,
    cell: Cell,
    units: Units,
    language: Language,
    /// Decides on the clock's style and on whether the place's country is named.
    reader: Option<Country>,
}

enum Composed {
    Words(String, usize),
    Not(SkipReason),
    Wait,
}

fn following(due: &Due, slot: Slot) -> Option<Slot> {
    let mut subscription = due.subscription.clone();
    subscription.last_date = Some(slot.date);
    subscription.slot_from(slot.at)
}

fn end_of_day(slot: Slot, place: &crate::domain::place::Place, now: Timestamp) -> Timestamp {
    let end = slot
        .date
        .tomorrow()
        .and_then(|date| date.to_zoned(place.zone.rules().clone()))
        .map(|zoned| zoned.timestamp());
    end.unwrap_or(now).max(now)
}

const LAST_TICK: &str = "last_tick";
const TZ_VERSION: &str = "tz_version";
const PAGE: usize = 500;
/// How often what was spent is read from the database; in between it is counted.
const RECOUNT_S: i64 = 600;
