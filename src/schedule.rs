//! The metronome: tokio-cron-scheduler gives one UTC tick a minute; a watch beats in its place when it falls silent.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Notify, oneshot};
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

/// The scheduler, on a thread of its own until it is dropped. It looks at its jobs twice a second: among the daemon's threads each
/// look would wake two of them. With the thread everything ends that the scheduler started.
struct Metronome {
    _ends: oneshot::Sender<()>,
}

impl Metronome {
    fn start(cron: &str, nudge: &Arc<Notify>) -> Result<Self, JobSchedulerError> {
        let nudge = Arc::clone(nudge);
        let job = Job::new_async(cron, move |_, _| {
            let nudge = Arc::clone(&nudge);
            Box::pin(async move { nudge.notify_one() })
        })?;
        let (ends, end) = oneshot::channel();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build()
            .map_err(|_| JobSchedulerError::StartScheduler)?;
        std::thread::Builder::new()
            .name("metronome".to_owned())
            .spawn(move || {
                if let Err(error) = runtime.block_on(beat(job, end)) {
                    tracing::error!(%error, "the scheduler did not start; ticks come slower");
                }
            })
            .map_err(|_| JobSchedulerError::StartScheduler)?;
        Ok(Self { _ends: ends })
    }
}

async fn beat(job: Job, end: oneshot::Receiver<()>) -> Result<(), JobSchedulerError> {
    let scheduler = JobScheduler::new().await?;
    scheduler.add(job).await?;
    scheduler.start().await?;
    // Answered when the other end is dropped.
    let _ = end.await;
    Ok(())
}

/// One beat a minute is the default; a slower expression still ticks this often, which costs one look at an index.
const SILENCE: Duration = Duration::from_secs(90);
