//! Signs of life: the daily job and the sender say when they got on with something. Whoever watches them needs no timer.

use jiff::tz::TimeZone;
use tokio::sync::watch;

use super::App;
use crate::store::StoreError;

/// How often each got on with something since the start.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Beats {
    /// The daily job: a page planned, a few forecasts fetched, some unclear sends settled, a tick completed, or one that
    /// failed.
    pub job: u64,
    /// The sender: texts claimed or settled, nothing found to send, or a try that failed.
    pub sender: u64,
    /// Ticks that were completed.
    pub ticks: u64,
}

/// Where the daily job and the sender give their signs of life.
#[derive(Debug)]
pub struct Pulse(watch::Sender<Beats>);

impl Default for Pulse {
    fn default() -> Self {
        Self(watch::Sender::new(Beats::default()))
    }
}

impl Pulse {
    /// The beats, and every change of them from now on.
    #[must_use]
    pub fn beats(&self) -> watch::Receiver<Beats> {
        self.0.subscribe()
    }

    /// The daily job got on with something, or saw that it cannot and told.
    pub fn job(&self) {
        self.0.send_modify(|beats| beats.job += 1);
    }

    pub(super) fn sender(&self) {
        self.0.send_modify(|beats| beats.sender += 1);
    }

    pub(super) fn tick(&self) {
        self.0.send_modify(|beats| {
            beats.job += 1;
            beats.ticks += 1;
        });
    }
}

impl App {
    /// How it stands in a few words without a phone in them, such as "next 07:00, 120 due": hours are the machine's.
    ///
    /// # Errors
    /// [`StoreError`] when the database does not answer.
    pub async fn in_a_word(&self) -> Result<String, StoreError> {
        let held = self.hold().map_or_else(String::new, |hold| {
            format!("nothing is sent since Twilio answered {}; ", hold.code)
        });
        Ok(match self.store.next_due().await? {
            None => format!("{held}nobody is subscribed"),
            Some((at, count)) => {
                let there = at.to_zoned(TimeZone::system());
                let today = there.date() == self.clock.now().to_zoned(TimeZone::system()).date();
                let form = if today { "%H:%M" } else { "%a %H:%M" };
                format!("{held}next {}, {count} due", there.strftime(form))
            }
        })
    }
}
