//! Unclear sends: held, settled by a callback or by the carrier's message list, sent again only if provably absent and
//! fresh, else `unknown`.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio_util::sync::CancellationToken;

use super::at_once::at_once;
use super::{App, Prefer};
use crate::carrier::{Found, Wanted, report};
use crate::domain::delivery::DeliveryKind;
use crate::store::{OpenWork, StoreError, Unclear};

impl App {
    /// Holds what was interrupted: every row whose attempt was written down and never settled. At start that is every
    /// attempt of the process before; later, those whose request must be over.
    ///
    /// # Errors
    /// [`StoreError`] when the database does not answer.
    pub async fn hold_interrupted(&self, at_start: bool) -> Result<usize, StoreError> {
        let now = self.clock.now();
        let over = SignedDuration::from_millis(
            i64::try_from(self.settings.request_timeout_ms).unwrap_or(15_000) + 30_000,
        );
        let before = if at_start {
            Timestamp::MAX
        } else {
            now.saturating_sub(over).unwrap_or(Timestamp::MIN)
        };
        let held = self.store.hold_interrupted(before, now).await?;
        if held > 0 {
            tracing::warn!(
                held,
                "sends were interrupted; they are held until the carrier tells what became of them"
            );
        }
        Ok(held)
    }

    /// Settles whenever there is something to settle, until `stop`: what waits for the second look into the list, or for
    /// a receipt, need not wait for the next tick, too.
    pub async fn settle_until(self: Arc<Self>, stop: CancellationToken) {
        let step = async {
            loop {
                tokio::time::sleep(PAUSE).await;
                let settled = match self.store.open_work().await {
                    Ok(open) => self.settle_unclear(open, self.clock.now(), &|| {}).await,
                    Err(error) => Err(error),
                };
                if let Err(error) = settled {
                    tracing::error!(%error, "what is unclear could not be settled; it is tried again");
                }
            }
        };
        // Cut off in the middle of a question nothing is lost: each answer is written down on its own.
        tokio::select! {
            () = stop.cancelled() => {}
            () = step => {}
        }
    }

    /// Settles what can be settled now, unless that is being done already. `beat` is called whenever it got on with it.
    pub(super) async fn settle_unclear(
        &self,
        open: OpenWork,
        now: Timestamp,
        beat: &(dyn Fn() + Sync),
    ) -> Result<(), StoreError> {
        let Ok(_alone) = self.settling.try_lock() else {
            return Ok(());
        };
        if open.unclear {
            self.ask_for_unclear(now, beat).await?;
        }
        if open.unreported {
            self.ask_for_receipts(now, beat).await?;
        }
        Ok(())
    }

    async fn ask_for_unclear(
        &self,
        now: Timestamp,
        beat: &(dyn Fn() + Sync),
    ) -> Result<(), StoreError> {
        let before = now
            .saturating_sub(self.settle_after())
            .unwrap_or(Timestamp::MIN);
        let mut rows = self.store.unclear(before, MOST).await?;
        // One of a phone at a time: the second must see which message the first one took.
        let mut phones = HashSet::new();
        rows.retain(|row| phones.insert(row.phone.clone()));
        let mut answers = true;
        let started_ms = self.clock.monotonic_ms();
        for some in rows.chunks(AT_ONCE) {
            if self.clock.monotonic_ms() - started_ms > PATIENCE_MS {
                break;
            }
            let work = some.iter().map(|row| self.settle_one(row, answers, now));
            let answered: Vec<bool> = at_once(work.collect())
                .await
                .into_iter()
                .collect::<Result<_, _>>()?;
            beat();
            // A list that answered nobody is left alone until the next tick, which others wait for.
            answers &= answered.contains(&true);
        }
        Ok(())
    }

    /// Settles one row if that can be, and tells whether the carrier answered.
    async fn settle_one(
        &self,
        row: &Unclear,
        ask: bool,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        if !ask {
            self.not_provable(row, now).await?;
            return Ok(false);
        }
        let delivery = row.id;
        let taken = self.store.sids_of(&row.phone, delivery).await?;
        let wanted = Wanted {
            to: &row.phone,
            body: &row.body,
            attempted_at: row.attempted_at,
            now,
            taken: &taken,
        };
        let found = match row.kind {
            DeliveryKind::Call => self.carrier.find_call(&wanted).await,
            _ => self.carrier.find_text(&wanted).await,
        };
        match found {
            Ok(Found::Message {
                sid,
                status,
                error_code,
            }) => {
                tracing::info!(%delivery, status = status.name(), "the carrier's list settled an unclear send");
                self.store
                    .advance(report(delivery, sid, status, error_code), now)
                    .await?;
            }
            Ok(Found::Absent) if row.absent_checks == 0 => {
                self.store.note_absent(delivery, row.attempt, now).await?;
            }
            // Asked twice, apart, after the attempt: the carrier provably never heard of it.
            Ok(Found::Absent) => {
                tracing::info!(%delivery, "the carrier never heard of an unclear send");
                self.store.resend(delivery, row.attempt, now).await?;
            }
            Ok(Found::Truncated) => self.not_provable(row, now).await?,
            Err(_) => {
                self.not_provable(row, now).await?;
                return Ok(false);
            }
        }
        Ok(true)
    }

    async fn not_provable(&self, row: &Unclear, now: Timestamp) -> Result<(), StoreError> {
        let waited = now.duration_since(row.attempted_at) >= self.settle_after() * ENOUGH;
        if self.settings.prefer == Prefer::NeverMissing && waited && now < row.expires_at {
            tracing::warn!(delivery = %row.id, "nothing could be proven about an unclear send: it goes out again, as configured");
            self.store.resend(row.id, row.attempt, now).await?;
            return Ok(());
        }
        if now < row.expires_at {
            return Ok(());
        }
        tracing::error!(delivery = %row.id, "nothing could be proven about an unclear send: it ends unknown");
        self.store.give_up(row.id, row.attempt, now).await?;
        Ok(())
    }
}

/// How many settling times pass before "never missing" stops waiting for proof.
const ENOUGH: i32 = 4;
/// Rows of one tick, if the carrier is quick enough.
const MOST: usize = 1_000;
/// A tick must not keep a morning waiting: what is left then is looked at the next time.
pub(super) const PATIENCE_MS: i64 = 30_000;
/// Between two looks for something to settle.
const PAUSE: Duration = Duration::from_secs(5);
/// Questions to the carrier at the same time: sends need its connections too.
const AT_ONCE: usize = 8;
