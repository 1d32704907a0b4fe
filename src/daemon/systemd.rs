//! What systemd is told: ready, alive, what comes next, stopping. Where nobody listens, nothing.

use std::sync::Arc;

use sd_notify::NotifyState;
use tokio_util::sync::CancellationToken;

use crate::flow::{App, Beats};

/// The start is over.
pub(super) fn ready() {
    tell(&[NotifyState::Ready]);
}

/// The end has begun.
pub(super) fn stopping() {
    tell(&[
        NotifyState::Stopping,
        NotifyState::Status("finishing what is under way"),
    ]);
}

/// Pings the watchdog and says how it stands, as the daily job and the sender get on, until `stop`. No timer does that:
/// where one of the two stands still, the pings stop, and the unit's `WatchdogSec` later systemd starts the daemon anew.
pub(super) async fn keep_told(app: Arc<App>, stop: CancellationToken) {
    let mut beats = app.pulse.beats();
    let mut watchdog = sd_notify::watchdog_enabled()
        .is_some()
        .then(|| Watchdog(*beats.borrow()));
    let (mut ticks, mut said) = (None, String::new());
    loop {
        let now = *beats.borrow_and_update();
        if watchdog.as_mut().is_some_and(|dog| dog.is_fed_by(now)) {
            tell(&[NotifyState::Watchdog]);
        }
        if ticks != Some(now.ticks) {
            ticks = Some(now.ticks);
            match app.in_a_word().await {
                Ok(word) if word != said => {
                    tell(&[NotifyState::Status(&word)]);
                    said = word;
                }
                // The tick that cannot use the database either says so in the log.
                _ => {}
            }
        }
        tokio::select! {
            () = stop.cancelled() => return,
            changed = beats.changed() => if changed.is_err() { return },
        }
    }
}

/// The beats at the last ping. Both must have moved since for the next one: a sender that lives says nothing about the job.
struct Watchdog(Beats);

impl Watchdog {
    fn is_fed_by(&mut self, now: Beats) -> bool {
        let fed = now.job != self.0.job && now.sender != self.0.sender;
        if fed {
            self.0 = now;
        }
        fed
    }
}

fn tell(state: &[NotifyState<'_>]) {
    if let Err(error) = sd_notify::notify(state) {
        tracing::debug!(%error, "systemd could not be told");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_takes_both_to_feed_the_watchdog() {
        let mut dog = Watchdog(Beats::default());
        let beats = |job, sender| Beats {
            job,
            sender,
            ticks: job,
        };
        assert!(!dog.is_fed_by(beats(0, 9)));
        assert!(!dog.is_fed_by(beats(0, 50)));
        assert!(dog.is_fed_by(beats(1, 50)));
        assert!(!dog.is_fed_by(beats(8, 50)));
        assert!(dog.is_fed_by(beats(8, 51)));
        assert!(!dog.is_fed_by(beats(8, 51)));
    }
}
