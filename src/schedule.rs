//! The metronome: tokio-cron-scheduler gives one UTC tick a minute; a watch beats in its place when it falls silent.

use std::sync::{Arc, Weak};
use std::time::Duration;

use tokio::runtime::Runtime;
use tokio::sync::Notify;
use tokio_cron_scheduler::{Job, JobScheduler, JobSchedulerError};
use tokio_util::sync::CancellationToken;

use crate::flow::App;

/// Ticks whenever the cron expression says so, or when `nudge` is notified, until `stop`. Ticks never overlap: a beat
/// that comes during a tick makes one more follow.
///
/// # Errors
/// The expression is not one.
pub async fn tick_until(
    app: Arc<App>,
    cron: &str,
    nudge: Arc<Notify>,
    stop: CancellationToken,
) -> Result<(), JobSchedulerError> {
    let mut metronome = Metronome::start(cron, &nudge)?;
    tokio::spawn({
        let cron = cron.to_owned();
        async move {
            nudge.notify_one();
            loop {
                tokio::select! {
                    () = stop.cancelled() => break,
                    () = nudge.notified() => {}
                    // The scheduler was seen to stand still after the wall clock was set back: beat ourselves, start it anew.
                    () = tokio::time::sleep(SILENCE) => {
                        tracing::debug!("no beat for a while; the scheduler is started again");
                        match Metronome::start(&cron, &nudge) {
                            Ok(again) => metronome = again,
                            Err(error) => tracing::error!(%error, "the scheduler did not start again; ticks come slower"),
                        }
                    }
                }
                if let Err(error) = app.tick().await {
                    tracing::error!(%error, "a tick could not use the database; the next one tries again");
                    app.pulse.job();
                }
                app.warm_figures().await;
            }
            drop(metronome);
        }
    });
    Ok(())
}

/// The scheduler, on a thread of its own until it is dropped. It looks at its jobs twice a second, whenever the next one is due, and each
/// look wakes a thread: so its runtime stands still until shortly before. With the thread everything ends that the scheduler started.
struct Metronome {
    _wanted: Arc<()>,
}

impl Metronome {
    fn start(cron: &str, nudge: &Arc<Notify>) -> Result<Self, JobSchedulerError> {
        let (nudge, beaten) = (Arc::clone(nudge), Arc::new(Notify::new()));
        let tell = Arc::clone(&beaten);
        let job = Job::new_async(cron, move |_, _| {
            let (nudge, tell) = (Arc::clone(&nudge), Arc::clone(&tell));
            Box::pin(async move {
                nudge.notify_one();
                tell.notify_one();
            })
        })?;
        let runtime = tokio::runtime::Builder::new_current_thread()
            // With its input and output it waits for a span of time, else until an instant, which a clock that is set may never reach.
            .enable_all()
            .build()
            .map_err(|_| JobSchedulerError::StartScheduler)?;
        let wanted = Arc::new(());
        let is_wanted = Arc::downgrade(&wanted);
        std::thread::Builder::new()
            .name("metronome".to_owned())
            .spawn(move || {
                if let Err(error) = beat(&runtime, job, &beaten, &is_wanted) {
                    tracing::error!(%error, "the scheduler does not run; ticks come slower");
                }
            })
            .map_err(|_| JobSchedulerError::StartScheduler)?;
        Ok(Self { _wanted: wanted })
    }
}

/// As long as it is wanted.
fn beat(
    runtime: &Runtime,
    job: Job,
    beaten: &Notify,
    is_wanted: &Weak<()>,
) -> Result<(), JobSchedulerError> {
    let mut scheduler = runtime.block_on(async {
        let scheduler = JobScheduler::new().await?;
        scheduler.add(job).await?;
        scheduler.start().await?;
        Ok::<_, JobSchedulerError>(scheduler)
    })?;
    while is_wanted.strong_count() > 0 {
        let next = runtime.block_on(scheduler.time_till_next_job());
        let pause = pause(next.ok().flatten());
        std::thread::sleep(pause);
        if pause.is_zero() {
            runtime.block_on(async {
                let _ = tokio::time::timeout(EARLY * 2, beaten.notified()).await;
                // What follows a beat (when the next one is) is written down by tasks of the scheduler.
                tokio::time::sleep(SETTLES).await;
            });
        }
    }
    Ok(())
}

/// How long nothing need be looked at. A wall clock that is set forward meanwhile, or a machine that slept, is noticed after that.
fn pause(next: Option<Duration>) -> Duration {
    next.map_or(Duration::ZERO, |next| {
        next.saturating_sub(EARLY).min(LONGEST)
    })
}

const EARLY: Duration = Duration::from_secs(1);
const LONGEST: Duration = Duration::from_secs(10);
const SETTLES: Duration = Duration::from_millis(50);

/// One beat a minute is the default; a slower expression still ticks this often, which costs one look at an index.
const SILENCE: Duration = Duration::from_secs(90);

#[cfg(test)]
mod tests;
