//! `rehearse`: a year of mornings with clock changes, edits, stops, crashes and faults against the pretend world, judged by
//! the pretend carrier's own ledger.

mod judge;
mod people;
mod worlds;

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use tokio_util::sync::CancellationToken;

use super::directory::Directory;
use super::failure::Failure;
use super::logs;
use super::output::Output;
use super::serve::Signals;
use super::simulate::settings;
use crate::clock::Clock;
use crate::daemon;
use crate::flow::App;
use crate::sim::{FaultLevel, Options, Sim};

use self::judge::{Records, Verdict};
use self::people::Person;

/// How much goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Faults {
    /// Nothing.
    None,
    /// A bad day now and then.
    Some,
    /// The worst that is still a carrier.
    Many,
}

/// What may be chosen.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// How many days to live
    #[arg(long, value_name = "N", default_value_t = 365, value_parser = clap::value_parser!(u32).range(1..=3650))]
    days: u32,
    /// How many people subscribe
    #[arg(long, value_name = "N", default_value_t = 200, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    subscribers: u32,
    /// What happens by chance: the same seed, the same people, weather and faults
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// How much goes wrong
    #[arg(long, value_enum, default_value_t = Faults::Some)]
    faults: Faults,
}

/// Lives the mornings, prints what became of them, and fails if somebody was texted twice or lost.
pub(super) async fn run(asked: &Arguments, output: &mut Output) -> Result<(), Failure> {
    logs::start_quietly();
    let began_ms = Clock::System.monotonic_ms();
    let mut signals = Signals::listen()?;
    let stop = CancellationToken::new();
    // What was opened is closed and taken away by being dropped.
    let _stops = stop.clone().drop_guard();
    let (verdict, violations) = tokio::select! {
        lived = worlds::live_all(asked.days, asked.subscribers, asked.seed, asked.faults, &stop) => lived?,
        () = signals.told_to_stop() => {
            return Err(Failure::sentence("stopped before the last day: nothing can be said"));
        }
    };
    for line in verdict.wrongs() {
        output.line(line)?;
    }
    for line in verdict.lines(asked.seed, Clock::System.monotonic_ms() - began_ms) {
        output.line(&line)?;
    }
    for violation in violations.iter().take(10) {
        output.line(&format!("not as the wire documents say: {violation}"))?;
    }
    if verdict.is_good() && violations.is_empty() {
        Ok(())
    } else {
        output.flush()?;
        Err(Failure::sentence(
            "the promise was broken; the table above says how",
        ))
    }
}

/// One world from its first to its last day: the verdict, and what was not as the wire documents say. `lived` is called
/// after each day.
async fn live(
    days: u32,
    people: Vec<u32>,
    seed: u64,
    faults: Faults,
    lived: impl Fn(),
) -> anyhow::Result<(Verdict, Vec<String>)> {
    let mut rehearsal = Rehearsal::start(people, seed).await?;
    rehearsal.subscribe().await?;
    rehearsal.sim.faults().level(match faults {
        Faults::None => FaultLevel::None,
        Faults::Some => FaultLevel::Some,
        Faults::Many => FaultLevel::Many,
    });
    let mut records = Records::default();
    for day in 1..=days {
        rehearsal.live_a_day(faults).await?;
        if day % READ_EVERY == 0 {
            records.read(&rehearsal.app).await?;
        }
        lived();
    }
    rehearsal.sim.faults().clear();
    rehearsal.wind_up().await?;
    records.read(&rehearsal.app).await?;
    let verdict = judge::judge(&records, &rehearsal.sim, &rehearsal.people);
    let violations = rehearsal.sim.violations();
    rehearsal.end().await;
    Ok((verdict, violations))
}

struct Rehearsal {
    sim: Sim,
    app: Arc<App>,
    clock: Clock,
    settings: daemon::Settings,
    people: Vec<Person>,
    /// Draws the lives of the people and the crashes.
    dice: StdRng,
    /// Draws when the daemon is looked after; not from the same dice, as how often depends on how fast things go.
    checks: StdRng,
    stop: CancellationToken,
    _directory: Directory,
}

impl Rehearsal {
    async fn start(people: Vec<u32>, seed: u64) -> anyhow::Result<Self> {
        let clock = Clock::manual(START.parse()?);
        let now = clock.clone();
        let options = Options {
            seed,
            ..Options::new(Arc::new(move || now.now().as_millisecond()))
        };
        let directory = Directory::create_in_memory()?;
        let sim = Sim::start(options).await?;
        let mut settings = settings(&sim, &directory, false)?;
        settings.flow.segments_per_second = 0.0;
        settings.flow.request_timeout_ms = 250;
        settings.carrier.request_timeout_ms = 250;
        settings.flow.rules.replies_per_sender_per_hour = u32::MAX;
        let (app, stop) = open(&sim, &settings, &clock).await?;
        let mut dice = StdRng::seed_from_u64(seed);
        let people = people
            .into_iter()
            .map(|n| Person::new(n, &mut dice))
            .collect();
        Ok(Self {
            sim,
            app,
            clock,
            settings,
            people,
            dice,
            checks: StdRng::seed_from_u64(!seed),
            stop,
            _directory: directory,
        })
    }

    async fn subscribe(&mut self) -> anyhow::Result<()> {
        for who in 0..self.people.len() {
            let text = self.people[who].subscribes();
            self.says(who, &text).await;
            let person = &self.people[who];
            anyhow::ensure!(person.is_subscribed(), "could not subscribe: {person}");
        }
        Ok(())
    }

    /// A person texts, and does so again when nobody answered.
    async fn says(&mut self, who: usize, text: &str) {
        for _ in 0..PATIENCE {
            let received = self.sim.text(&self.people[who].phone, text).await;
            if received.status == Some(200) {
                self.people[who].heard(text, &received.replies, self.clock.now());
                return;
            }
        }
        self.people[who].heard_nothing(text, self.clock.now());
    }

    /// One day: mornings as they fall due around the world, a few people who change their minds, now and then a crash.
    async fn live_a_day(&mut self, faults: Faults) -> anyhow::Result<()> {
        let until = self
            .clock
            .now()
            .saturating_add(SignedDuration::from_hours(24))?;
        let changes = self.people.len().div_ceil(100);
        let mut moments: Vec<Timestamp> = (0..changes).filter_map(|_| self.moment(until)).collect();
        moments.sort();
        for moment in moments {
            self.live_until(moment).await?;
            let who = self.dice.random_range(0..self.people.len());
            let text = self.people[who].changes_mind(&mut self.dice);
            self.says(who, &text).await;
        }
        let crash = faults != Faults::None && self.dice.random_ratio(1, 20);
        if crash {
            self.crash().await?;
        }
        self.live_until(until).await
    }

    fn moment(&mut self, until: Timestamp) -> Option<Timestamp> {
        let left = until.duration_since(self.clock.now()).as_secs();
        self.clock
            .now()
            .checked_add(SignedDuration::from_secs(self.dice.random_range(0..left)))
            .ok()
    }

    /// From one moment at which something happens to the next. While anything is unfinished, a tick comes now and then.
    async fn live_until(&mut self, to: Timestamp) -> anyhow::Result<()> {
        while self.clock.now() < to {
            let now = self.clock.now();
            // Who waits for the weather is due already: a minute later there is another tick.
            let soon = now.saturating_add(TICK)?;
            let open = self.app.store.open_work().await?;
            let due = open
                .next_due_at
                .map(|due| if due > now { due } else { soon });
            let check = if open.is_unfinished() {
                let minutes = self.checks.random_range(CHECKS);
                now.checked_add(SignedDuration::from_mins(minutes)).ok()
            } else {
                None
            };
            let callbacks = self
                .sim
                .next_step_at_ms()
                .and_then(|at| Timestamp::from_millisecond(at).ok())
                .filter(|at| *at > now);
            let next = due
                .into_iter()
                .chain(check)
                .chain(callbacks)
                .min()
                .unwrap_or(to)
                .min(to);
            self.clock.set(next);
            self.app.live(&self.stop).await?;
            self.sim.pump().await;
        }
        Ok(())
    }

    /// The process dies between the claim and the request, for whatever is due then, and comes back later.
    async fn crash(&mut self) -> anyhow::Result<()> {
        if let Some(due) = self.app.store.next_due_at().await? {
            if due > self.clock.now() {
                self.clock.set(due);
            }
            self.app.tick().await?;
            self.app.store.claim(self.clock.now(), 3).await?;
        }
        self.stop.cancel();
        self.app.store.close().await;
        // Mostly a restart; sometimes longer than a forecast is worth sending.
        let most = [30, 30, 120, 600][self.dice.random_range(0..4)];
        let down = SignedDuration::from_mins(self.dice.random_range(1..most));
        self.clock.set(self.clock.now().saturating_add(down)?);
        (self.app, self.stop) = open(&self.sim, &self.settings, &self.clock).await?;
        Ok(())
    }

    /// Nobody is due any more; whatever is open gets the hours that it may take to end.
    async fn wind_up(&mut self) -> anyhow::Result<()> {
        for person in &mut self.people {
            person.leaves(self.clock.now());
            self.sim.text(&person.phone, "STOP").await;
        }
        let end = self
            .clock
            .now()
            .saturating_add(SignedDuration::from_hours(14))?;
        while self.clock.now() < end {
            let step = self
                .clock
                .now()
                .saturating_add(SignedDuration::from_mins(10))?;
            self.live_until(step.min(end)).await?;
        }
        Ok(())
    }

    async fn end(self) {
        self.stop.cancel();
        self.app.store.close().await;
        self.sim.stop().await;
    }
}

async fn open(
    sim: &Sim,
    settings: &daemon::Settings,
    clock: &Clock,
) -> anyhow::Result<(Arc<App>, CancellationToken)> {
    let app = daemon::open(settings, clock.clone()).await?;
    let stop = CancellationToken::new();
    let address = daemon::answer(&app, settings, stop.clone()).await?;
    sim.connect(&settings.carrier.public_url, &format!("http://{address}"));
    Ok((app, stop))
}

/// A year from here has both changes of the clocks everywhere, Ramadan in Casablanca, and a leap day nowhere.
const START: &str = "2026-01-01T00:00:00Z";
/// Days between two readings of the records.
const READ_EVERY: u32 = 10;
const TICK: SignedDuration = SignedDuration::from_mins(1);
/// Minutes between two ticks while anything is unfinished.
const CHECKS: std::ops::RangeInclusive<i64> = 2..=25;
/// How often a text that nobody answered is texted.
const PATIENCE: u32 = 5;
